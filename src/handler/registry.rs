//! The registry: which handlers and mappings an app has registered.

use std::{error::Error, fmt};

use axum::http::StatusCode;

#[cfg(feature = "ws")]
use super::WebSocketHandler;
use super::{
    Caught, ErasedWebSocketHandler, ExceptionHandler,
    arg::HandlerArg,
    erased::ErasedHandler,
    mapping::{MappedTo, Mappings},
    table::Table,
};
use crate::exception::{HttpError, HttpException};

/// A registry of exception handlers, by type and by status, that is built apart from the layer.
///
/// [`ErrorHandlingLayer::exception_handlers`](crate::ErrorHandlingLayer::exception_handlers) adds its handlers to a
/// layer. The layer has the same methods, where they are described in full.
///
/// # Example
///
/// ```
/// use axum_exception::{Caught, ErrorHandlingLayer, ExceptionHandlers, HttpException, handlers};
///
/// fn exception_handlers() -> ExceptionHandlers {
///     ExceptionHandlers::new()
///         .map_exception(|_: &std::fmt::Error| HttpException::bad_gateway())
///         .status_handler(404, async |exception: Caught<HttpException>| handlers::http_exception(&exception))
/// }
///
/// let layer = ErrorHandlingLayer::new().exception_handlers(exception_handlers());
/// # let app: axum::Router = axum::Router::new().layer(layer);
/// ```
pub struct ExceptionHandlers<S = ()> {
    pub(super) http: Table<ErasedHandler<S>>,
    pub(super) websocket: Table<ErasedWebSocketHandler>,
    pub(super) mappings: Mappings,
}

impl<S: 'static> ExceptionHandlers<S> {
    /// Creates an empty registry, with which every exception gets its default response.
    #[must_use]
    pub fn new() -> Self {
        Self { http: Table::default(), websocket: Table::default(), mappings: Mappings::default() }
    }

    /// Registers a handler for a type of error, or the catch-all.
    ///
    /// See [`ErrorHandlingLayer::exception_handler`](crate::ErrorHandlingLayer::exception_handler).
    #[must_use]
    pub fn exception_handler<H, T>(mut self, handler: H) -> Self
    where
        H: ExceptionHandler<T, S>,
    {
        self.http.insert(H::Arg::error_type(), ErasedHandler::new(handler));
        self
    }

    /// Registers a handler for the `HttpException`s with a status.
    ///
    /// See [`ErrorHandlingLayer::status_handler`](crate::ErrorHandlingLayer::status_handler).
    ///
    /// # Panics
    ///
    /// Panics if `status` is not a valid HTTP status.
    #[must_use]
    #[track_caller]
    pub fn status_handler<H, T>(self, status: impl TryInto<StatusCode>, handler: H) -> Self
    where
        H: ExceptionHandler<T, S, Arg = Caught<HttpException>>,
    {
        self.insert_status_handler(status.try_into().ok(), ErasedHandler::new(handler))
    }

    #[track_caller]
    // A bad configuration fails while the layer is built, as a bad route does in axum.
    #[allow(clippy::panic)]
    fn insert_status_handler(mut self, status: Option<StatusCode>, handler: ErasedHandler<S>) -> Self {
        let Some(status) = status else {
            panic!("an exception handler was registered for an invalid HTTP status");
        };
        self.http.insert_status(status, handler);
        self
    }

    /// Maps a type of error to an exception.
    ///
    /// See [`ErrorHandlingLayer::map_exception`](crate::ErrorHandlingLayer::map_exception).
    #[must_use]
    pub fn map_exception<E, F, R>(mut self, map: F) -> Self
    where
        E: Error + 'static,
        F: Fn(&E) -> R + Send + Sync + 'static,
        R: MappedTo,
    {
        self.mappings.insert_function(map);
        self
    }

    /// Registers a type of error that says itself which response it has.
    ///
    /// See [`ErrorHandlingLayer::exception`](crate::ErrorHandlingLayer::exception).
    #[must_use]
    pub fn exception<E: HttpError>(mut self) -> Self {
        self.mappings.insert_http_error::<E>();
        self
    }

    /// Registers a handler for exceptions that are raised while a WebSocket is open.
    ///
    /// See [`ErrorHandlingLayer::websocket_handler`](crate::ErrorHandlingLayer::websocket_handler).
    #[cfg(feature = "ws")]
    #[cfg_attr(docsrs, doc(cfg(feature = "ws")))]
    #[must_use]
    pub fn websocket_handler<H, T>(mut self, handler: H) -> Self
    where
        H: WebSocketHandler<T>,
    {
        self.websocket.insert(H::Arg::error_type(), ErasedWebSocketHandler::new(handler));
        self
    }

    /// Adds all handlers of `other`.
    ///
    /// If both have a handler for the same type or status, the one of `other` is kept.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.http.merge(other.http);
        self.websocket.merge(other.websocket);
        self.mappings.merge(other.mappings);
        self
    }

    /// Provides the state that the handlers extract with [`State`](axum::extract::State).
    #[must_use]
    pub fn with_state(self, state: S) -> ExceptionHandlers
    where
        S: Clone + Send + Sync,
    {
        ExceptionHandlers {
            http: self.http.map(|handler| handler.with_state(state.clone())),
            websocket: self.websocket,
            mappings: self.mappings,
        }
    }
}

impl ExceptionHandlers {
    /// Returns `true` if there are handlers or mappings for types of errors.
    pub(crate) fn has_types(&self) -> bool {
        self.http.types.len() + self.mappings.len() > 0
    }

    /// Returns `true` if a handler extracts from the head of the request.
    pub(crate) fn need_head(&self) -> bool {
        self.http.handlers().any(|handler| handler.needs_head)
    }
}

impl<S: 'static> Default for ExceptionHandlers<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Clone for ExceptionHandlers<S> {
    fn clone(&self) -> Self {
        Self { http: self.http.clone(), websocket: self.websocket.clone(), mappings: self.mappings.clone() }
    }
}

impl<S> fmt::Debug for ExceptionHandlers<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExceptionHandlers")
            .field("statuses", &self.http.statuses.keys().collect::<Vec<_>>())
            .field("types", &self.http.types.len())
            .field("mappings", &self.mappings.len())
            .field("catch_all", &self.http.catch_all.is_some())
            .field("websocket_types", &self.websocket.types.len())
            .field("websocket_catch_all", &self.websocket.catch_all.is_some())
            .finish()
    }
}
