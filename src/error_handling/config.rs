//! What was configured, once for all requests.

use std::sync::Arc;

use crate::handler::ExceptionHandlers;

pub(super) struct Config<S = ()> {
    /// Shared with the tasks of WebSockets.
    pub(super) handlers: Arc<ExceptionHandlers<S>>,
    pub(super) switches: Switches,
}

/// What counts as raised, and how it is answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Switches {
    pub(super) bare_statuses: bool,
    pub(super) native_rejections: bool,
    pub(super) native_statuses: bool,
}

impl<S: 'static> Default for Config<S> {
    fn default() -> Self {
        let switches = Switches { bare_statuses: true, native_rejections: true, native_statuses: false };
        Self { handlers: Arc::default(), switches }
    }
}

impl<S> Clone for Config<S> {
    fn clone(&self) -> Self {
        Self { handlers: Arc::clone(&self.handlers), switches: self.switches }
    }
}
