//! Collects the handlers of the layers for the task of a WebSocket.

use std::sync::{Arc, Mutex, PoisonError};

use crate::handler::ExceptionHandlers;

/// An extension of the response to a handshake, to which every layer on its way adds its handlers.
///
/// The task starts after the response was sent, so it finds all of them.
#[derive(Clone, Default)]
pub(crate) struct Layers(Arc<Mutex<Vec<Arc<ExceptionHandlers>>>>);

impl Layers {
    /// Adds the handlers of a layer; the innermost comes first.
    pub(crate) fn add(&self, handlers: &Arc<ExceptionHandlers>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(handlers));
    }

    /// Returns the handlers of all layers, innermost first.
    pub(super) fn handlers(&self) -> Vec<Arc<ExceptionHandlers>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
