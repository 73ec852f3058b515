//! The layer: how an app says which handlers there are, and what counts as raised.

use std::{error::Error, fmt, sync::Arc};

use axum::http::StatusCode;
use tower_layer::Layer;

use super::{
    config::{Config, Switches},
    service::ErrorHandling,
};
#[cfg(feature = "ws")]
use crate::handler::WebSocketHandler;
use crate::{
    exception::HttpException,
    handler::{Caught, ExceptionHandler, ExceptionHandlers},
};

/// Answers every failure of an Axum app as FastAPI does, through one map of handlers.
///
/// One line is enough:
///
/// ```
/// use axum::{Router, routing::get};
/// use axum_exception::{ErrorHandlingLayer, HttpException};
///
/// async fn item() -> Result<&'static str, HttpException> {
///     Err(HttpException::not_found().with_detail("Item not found"))
/// }
///
/// let app: Router = Router::new().route("/items/foo", get(item)).layer(ErrorHandlingLayer::new());
/// ```
///
/// # What is answered
///
/// * an [`Exception`](crate::Exception) that a handler, an extractor or a middleware returned,
/// * a bare status, 4xx or 5xx without a body: the router's own 404 and 405, and `Err(StatusCode)`,
/// * a rejection of axum, axum-extra or tower-http, as an error or by its text: what FastAPI says in its
///   place, with what the text tells,
/// * an error of the wrapped service, so that `HandleErrorLayer` is not needed: `tower`'s timeout is a
///   504, its load shedding a 503 (feature `tower`, on by default),
/// * a panic.
///
/// Everything else passes untouched, whatever its status. An answer keeps the headers that middleware
/// inside has added (`Allow`, `Set-Cookie`, `Vary`, CORS) and drops those that described the body it
/// replaces.
///
/// # Which handler answers
///
/// An error and its [`source()`](Error::source)s are a chain, outermost first.
///
/// 1. If the error or its cause is an [`HttpException`] and its status has a handler: that one.
/// 2. Otherwise the first link of the chain that has a handler. The exceptions of this crate have a
///    default answer, which ends the search where the error or its cause is one of them.
/// 3. Otherwise the catch-all, and without one a plain 500 that says nothing.
///
/// What a handler raises is looked up again; none runs twice for one request. What the catch-all raises is
/// the plain 500. An answer of a handler is final. A default answer is not: a layer further out may still have a handler for it.
///
/// A type behind `#[error(transparent)]`, `Box` or `Arc` cannot be found, except for the exceptions of
/// this crate. [`map_exception`](Self::map_exception) on the outer type helps.
///
/// # What a rejection of axum's tells
///
/// Less than FastAPI would say: axum's extractors stop at the first mistake, and their text is all there is.
/// The extractors of this crate ([`extract`](crate::extract)) know everything.
///
/// * `input` is the value where the text quotes it, else `null`.
/// * A parameter of the path is named after the route, `["path", "user_id"]`; around a router, which keeps
///   its route to itself, it is `["path"]`.
/// * `json_invalid` is at `["body", offset]`, in bytes, if the mistake is in the first line, else at
///   `["body"]`. Its text is CPython's where serde_json leaves no doubt, else serde_json's.
/// * A request without a body and without a content type is told that a model is expected
///   (`model_attributes_type`), not that the body is missing: axum looks at the content type first.
///
/// # Where it goes
///
/// Last on the router (`Router::layer` wraps only what is there already), or first in a
/// `ServiceBuilder`: it answers for everything inside it. Put logging, CORS and compression around it,
/// timeouts, limits and authentication inside.
///
/// It also works around a whole `Router`, but cannot know there which route has matched. Nor can it tell
/// what axum has refused in a HEAD request: the router has taken the text off by then.
///
/// A nested router without a `fallback` of its own takes that of the router outside, so a layer that is
/// only on the nested one never sees its 404.
///
/// # What no layer can answer
///
/// What hyper refuses before the app sees it (a malformed request, a too long URI), and what fails after
/// the response has begun: a body that is being streamed, a task that was spawned.
#[must_use]
pub struct ErrorHandlingLayer<S = ()> {
    config: Arc<Config<S>>,
}

impl<S: 'static> ErrorHandlingLayer<S> {
    /// A layer with the default answers.
    pub fn new() -> Self {
        Self { config: Arc::new(Config::default()) }
    }

    /// Registers a handler for a type of error: FastAPI's `@app.exception_handler(MyException)`.
    ///
    /// Its last argument is [`Caught<E>`](Caught) and says which type it is for. With
    /// [`Exception`](crate::Exception) as its last argument it is the catch-all, for what no other
    /// handler and no default answers. Before that it may take any extractors that implement
    /// [`FromRequestParts`](axum::extract::FromRequestParts); if one of them fails, that is the answer.
    ///
    /// A handler registered later for the same type takes the place of the earlier one. A handler that
    /// extracts something from the request makes the layer copy the request's head, for every request;
    /// one that only takes [`State`](axum::extract::State) does not.
    ///
    /// ```
    /// use axum::{Json, http::{StatusCode, Uri}, response::IntoResponse};
    /// use axum_exception::{Caught, ErrorHandlingLayer, Exception};
    /// use serde_json::json;
    ///
    /// async fn on_io(uri: Uri, error: Caught<std::io::Error>) -> impl IntoResponse {
    ///     (StatusCode::BAD_GATEWAY, Json(json!({ "path": uri.path(), "kind": error.kind().to_string() })))
    /// }
    ///
    /// async fn on_anything_else(exception: Exception) -> impl IntoResponse {
    ///     (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({ "error": "internal" })))
    /// }
    ///
    /// let layer = ErrorHandlingLayer::new().exception_handler(on_io).exception_handler(on_anything_else);
    /// # let app: axum::Router = axum::Router::new().layer(layer);
    /// ```
    pub fn exception_handler<H, T>(self, handler: H) -> Self
    where
        H: ExceptionHandler<T, S>,
    {
        self.with_handlers(|handlers| handlers.exception_handler(handler))
    }

    /// Registers a handler for the [`HttpException`]s of a status: `@app.exception_handler(404)`.
    ///
    /// It goes before any handler by type. 500 is the catch-all's place, as in Starlette: that handler
    /// sees errors that nobody has handled, as an `HttpException` whose
    /// [`cause`](HttpException::cause) they are, and never an `HttpException` of status 500 that was
    /// raised.
    ///
    /// # Panics
    ///
    /// If `status` is no HTTP status.
    #[track_caller]
    pub fn status_handler<H, T>(self, status: impl TryInto<StatusCode>, handler: H) -> Self
    where
        H: ExceptionHandler<T, S, Arg = Caught<HttpException>>,
    {
        let handlers = ExceptionHandlers::new().status_handler(status, handler);
        self.exception_handlers(handlers)
    }

    /// Registers a handler for what is raised while a WebSocket is open (feature `ws`).
    ///
    /// It is an async function of the [`WebSocket`](crate::ws::WebSocket) and [`Caught<E>`](Caught), or
    /// [`Exception`](crate::Exception) for the catch-all. It may send messages. How the WebSocket is then
    /// closed it says by sending a close frame, or by raising something else:
    /// [`WebSocketException`](crate::WebSocketException) with another code. If it does neither, the close
    /// frame is that of the exception. It takes no extractors, since the request is gone; a closure holds what
    /// it needs: `async move |mut socket: WebSocket, error: Caught<E>| …`.
    ///
    /// Which handler is asked goes by the same rules as for responses, only that there are no statuses; each
    /// runs once for a WebSocket, and with what the catch-all raises the WebSocket is closed. Those of an
    /// inner layer come first. [`exception_handler`](Self::exception_handler)s are not asked, as there is no
    /// response any more; [`map_exception`](Self::map_exception) counts.
    ///
    /// ```
    /// use axum_exception::{
    ///     Caught, CloseCode, ErrorHandlingLayer, Result, WebSocketException,
    ///     ws::{Message, WebSocket},
    /// };
    ///
    /// const MALFORMED: CloseCode = CloseCode::new(4400).unwrap();
    ///
    /// async fn malformed(mut socket: WebSocket, error: Caught<serde_json::Error>) -> Result<()> {
    ///     socket.send(Message::text(format!("line {}", error.line()))).await?;
    ///     Err(WebSocketException::new(MALFORMED).with_reason("This is no JSON").into())
    /// }
    ///
    /// let layer = ErrorHandlingLayer::new().websocket_handler(malformed);
    /// # let app: axum::Router = axum::Router::new().layer(layer);
    /// ```
    #[cfg(feature = "ws")]
    #[cfg_attr(docsrs, doc(cfg(feature = "ws")))]
    pub fn websocket_handler<H, T>(self, handler: H) -> Self
    where
        H: WebSocketHandler<T>,
    {
        self.with_handlers(|handlers| handlers.websocket_handler(handler))
    }

    /// Says which HTTP exception a type of error is, without answering it.
    ///
    /// The search for a handler goes on with that exception, whose cause the error becomes.
    ///
    /// ```
    /// use axum_exception::{ErrorHandlingLayer, HttpException};
    ///
    /// #[derive(Debug, thiserror::Error)]
    /// #[error("no rows")]
    /// struct NoRows;
    ///
    /// let layer = ErrorHandlingLayer::new().map_exception(|_: &NoRows| HttpException::not_found());
    /// # let app: axum::Router = axum::Router::new().layer(layer);
    /// ```
    pub fn map_exception<E, F>(self, map: F) -> Self
    where
        E: Error + 'static,
        F: Fn(&E) -> HttpException + Send + Sync + 'static,
    {
        self.with_handlers(|handlers| handlers.map_exception(map))
    }

    /// Adds handlers that were collected elsewhere: FastAPI's `exception_handlers={…}`.
    pub fn exception_handlers(self, handlers: ExceptionHandlers<S>) -> Self {
        self.with_handlers(|own| own.merge(handlers))
    }

    /// Converts empty error responses (4xx or 5xx, no body, no `content-type`) into [`HttpException`]s. On by
    /// default.
    ///
    /// Off, the router's own 404 and 405 and `Err(StatusCode::NOT_FOUND)` pass as axum sends them.
    pub fn convert_empty_errors(self, convert: bool) -> Self {
        self.with_switches(|switches| switches.convert_empty_errors = convert)
    }

    /// Recognizes the rejections of axum, axum-extra and tower-http in responses by their text. On by default.
    ///
    /// Nothing marks a rejection in a response but its status, its `content-type` and its text, or the
    /// beginning of the text where the rest is in somebody else's words. A response that the app itself makes
    /// of these, such as `(rejection.status(), rejection.body_text())`, looks the same: such an app may want
    /// this off.
    ///
    /// Off, these responses pass as axum sends them. A rejection that is raised as an error, `Err(rejection)?`,
    /// is handled all the same.
    pub fn recognize_rejections(self, recognize: bool) -> Self {
        self.with_switches(|switches| switches.recognize_rejections = recognize)
    }

    /// Keeps the status that axum gives a rejection (400, 415, 422) instead of FastAPI's 422. Off by default.
    pub fn keep_rejection_status(self, keep: bool) -> Self {
        self.with_switches(|switches| switches.keep_rejection_status = keep)
    }

    /// Gives the handlers the state they extract with [`State`](axum::extract::State).
    ///
    /// It is the last call of the chain. Without it the compiler says that `ErrorHandlingLayer<App>` is no
    /// [`Layer`], only `ErrorHandlingLayer<()>` is.
    ///
    /// ```
    /// use axum::{extract::State, http::StatusCode, response::IntoResponse};
    /// use axum_exception::{Caught, ErrorHandlingLayer};
    ///
    /// #[derive(Clone)]
    /// struct App { support: &'static str }
    ///
    /// async fn on_io(State(app): State<App>, _: Caught<std::io::Error>) -> impl IntoResponse {
    ///     (StatusCode::BAD_GATEWAY, format!("Write to {}", app.support))
    /// }
    ///
    /// let layer = ErrorHandlingLayer::new().exception_handler(on_io).with_state(App { support: "help@" });
    /// # let app: axum::Router = axum::Router::new().layer(layer);
    /// ```
    pub fn with_state(self, state: S) -> ErrorHandlingLayer
    where
        S: Clone + Send + Sync,
    {
        let Config { handlers, switches } = self.into_config();
        let handlers = Arc::unwrap_or_clone(handlers).with_state(state);
        ErrorHandlingLayer { config: Arc::new(Config { handlers: Arc::new(handlers), switches }) }
    }

    fn with_handlers(self, change: impl FnOnce(ExceptionHandlers<S>) -> ExceptionHandlers<S>) -> Self {
        let mut config = self.into_config();
        config.handlers = Arc::new(change(Arc::unwrap_or_clone(config.handlers)));
        Self { config: Arc::new(config) }
    }

    fn with_switches(self, change: impl FnOnce(&mut Switches)) -> Self {
        let mut config = self.into_config();
        change(&mut config.switches);
        Self { config: Arc::new(config) }
    }

    fn into_config(self) -> Config<S> {
        Arc::unwrap_or_clone(self.config)
    }
}

impl<S: 'static> Default for ErrorHandlingLayer<S> {
    fn default() -> Self {
        Self::new()
    }
}

// Not for every `S`: a layer whose handlers still wait for their state must not compile.
impl<Inner> Layer<Inner> for ErrorHandlingLayer {
    type Service = ErrorHandling<Inner>;

    fn layer(&self, inner: Inner) -> Self::Service {
        ErrorHandling::new(inner, Arc::clone(&self.config))
    }
}

impl<S> Clone for ErrorHandlingLayer<S> {
    fn clone(&self) -> Self {
        Self { config: Arc::clone(&self.config) }
    }
}

impl<S> fmt::Debug for ErrorHandlingLayer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorHandlingLayer")
            .field("handlers", &self.config.handlers)
            .field("switches", &self.config.switches)
            .finish()
    }
}
