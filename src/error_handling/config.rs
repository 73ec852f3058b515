//! The configuration of the layer.

use std::sync::Arc;

use crate::{format::Formatting, handler::ExceptionHandlers};

pub(super) struct Config<S = ()> {
    /// Shared with WebSocket tasks, which outlive their request.
    pub(super) handlers: Arc<ExceptionHandlers<S>>,
    /// `None` for FastAPI's own format.
    pub(super) formatting: Option<Formatting>,
    pub(super) switches: Switches,
}

/// The settings that are on or off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Switches {
    pub(super) convert_empty_errors: bool,
    pub(super) recognize_rejections: bool,
    pub(super) keep_rejection_status: bool,
}

impl<S: 'static> Default for Config<S> {
    fn default() -> Self {
        let switches =
            Switches { convert_empty_errors: true, recognize_rejections: true, keep_rejection_status: false };
        Self { handlers: Arc::default(), formatting: None, switches }
    }
}

impl<S> Clone for Config<S> {
    fn clone(&self) -> Self {
        Self {
            handlers: Arc::clone(&self.handlers),
            formatting: self.formatting.clone(),
            switches: self.switches,
        }
    }
}
