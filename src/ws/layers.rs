//! How the handlers of the layers reach a task that none of them sees.

use std::sync::{Arc, Mutex, PoisonError};

use crate::handler::ExceptionHandlers;

/// Rides in the extensions of the answer to a handshake, where every layer that it passes adds its handlers.
///
/// The task begins when the answer has been sent, so it finds them all.
#[derive(Clone, Default)]
pub(crate) struct Layers(Arc<Mutex<Vec<Arc<ExceptionHandlers>>>>);

impl Layers {
    /// Adds the handlers of a layer; the innermost comes first.
    pub(crate) fn add(&self, handlers: &Arc<ExceptionHandlers>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(handlers));
    }

    /// What the layers have, innermost first.
    pub(super) fn handlers(&self) -> Vec<Arc<ExceptionHandlers>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
