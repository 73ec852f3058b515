//! The layer, with which an app registers handlers and decides what counts as raised.

use std::{error::Error, fmt, sync::Arc};

use axum::http::StatusCode;
use tower_layer::Layer;

use super::{
    config::{Config, Switches},
    service::ErrorHandling,
    state::IsStateFor,
};
#[cfg(feature = "ws")]
use crate::handler::WebSocketHandler;
use crate::{
    exception::{HttpError, HttpException},
    format::Formatting,
    handler::{Caught, ExceptionHandler, ExceptionHandlers, MappedTo},
};

/// Layer that turns every failure of an Axum app into a response as FastAPI would send it, through one
/// registry of handlers.
///
/// # Example
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
/// # What is handled
///
/// | failure | default response |
/// | --- | --- |
/// | an [`HttpException`] that a handler, an extractor or a middleware returned | its status, `{"detail": …}`, its headers |
/// | a [`RequestValidationError`](crate::RequestValidationError) | 422, `{"detail": [{"type": …, "loc": […], "msg": …, "input": …}]}` |
/// | any other error that was returned as an [`Exception`](crate::Exception), a panic | 500, `text/plain; charset=utf-8`, `Internal Server Error` |
/// | an empty error response (4xx or 5xx): the router's own 404 and 405, `Err(StatusCode)` | its status and headers, `{"detail": "Not Found"}` or the like |
/// | a rejection of axum, axum-extra or tower-http, as an error or as a response | the response of the exception that FastAPI raises in its place |
/// | an error of the inner service, so that `HandleErrorLayer` is not needed | 504 for `tower`'s timeout, 503 for its load shedding (feature `tower`, on by default), else 500 |
///
/// Every other response is left untouched, whatever its status. A response that is replaced passes on the
/// headers that middleware inside the layer has added (`Allow`, `Set-Cookie`, `Vary`, CORS), but not those
/// that described its body.
///
/// # Which handler runs
///
/// An error and its [`source()`](Error::source)s are a chain, outermost first. The handler is:
///
/// 1. if the error or its cause is an [`HttpException`]: the handler for its status;
/// 2. otherwise the handler for the first link of the chain that has one. The exceptions of this crate have a default
///    response, so the search ends where the error or its cause is one of them;
/// 3. otherwise the catch-all. Without one, the response is a plain 500 that reveals nothing.
///
/// If a handler raises an exception itself, its handler is looked up in the same way. No handler runs twice
/// for a request. If the catch-all raises an exception, the response is the plain 500.
///
/// The response of a handler is final. An outer layer may still handle an exception whose response is the
/// default.
///
/// A type behind thiserror's `#[error(transparent)]`, `Box` or `Arc` is not found, because such an error hides it: its
/// `source()` is the one of the error inside. There are three exceptions to this: the exceptions of this crate are found,
/// `#[http(transparent)]` of [`HttpError`] shows the error inside, and [`map_exception`](Self::map_exception) on the outer type
/// may return any exception.
///
/// # Rejections of axum
///
/// Rejections are recognized by status, content type and body text (or its prefix, where the rest varies),
/// because axum attaches nothing else to the response. They contain less than FastAPI would report: axum's
/// extractors stop at the first error. The extractors of this crate ([`extract`](crate::extract)) report
/// everything.
///
/// * `input` is the value if the text quotes it, or if it is a string of the query. Otherwise it is `null`.
/// * For `Query`, and for `Form` with GET, a string of the query is looked up by the name in the text. It is
///   used only if the error can be about no other string. The layer does not have the body of a `Form` with
///   POST.
/// * An integer that does not fit its type is `less_than_equal` or `greater_than_equal` only if the text and
///   the string determine the limit, as for a negative integer in an unsigned field. Otherwise it is
///   `int_parsing_size`.
/// * axum's `Query`, `Form` and `Path` cannot read a number or a boolean in flattened, tagged or untagged
///   content, and `Query` and `Form` cannot read `i128`, `u128` or a list. If the value is valid for its
///   type, this is a bug of the app: the response is a plain 500, and the log names the extractor of this
///   crate that reads it. An untagged enum does not tell which value it is, so there the error is
///   `value_error`.
/// * The `loc` of a path parameter contains its name, `["path", "user_id"]`, if the layer is inside the router.
///   Outside of the router, where the route is unknown, it is `["path"]`.
/// * The `loc` of `json_invalid` is `["body", offset]`, with the offset in bytes, if the error is in the first
///   line and `serde_json` reports the same place as CPython. Otherwise it is `["body"]`. The message is
///   CPython's if it follows from the one of `serde_json`, which is used otherwise. A document that ends inside
///   of a number or a literal, or after a comma, has the error of a value that is missing at its end.
/// * Valid JSON with a key that is not a number or a boolean, in a map with such keys, is a `value_error` of the
///   map, because the text does not have the key. So is invalid JSON at the same place. A number out of range is
///   a `value_error` as well. For an enum, `serde_json` reports `null`, a number or a list as JSON that is
///   invalid there, and so does the response.
/// * A `Json` or a `Form` that a handler returns and that does not serialize is a
///   [`ResponseValidationError`](crate::ResponseValidationError), if the message is one of `serde_json` or
///   serde: the response is a plain 500, and the log has the message. axum sends it to the client instead. A
///   message of the app's own `Serialize` cannot be told from a response of the app, and passes unchanged.
///   `Json` in [`extract`](crate::extract) handles it as well.
/// * For a request without a body and without a content type, the error is `model_attributes_type` instead of a missing
///   body, because axum checks the content type first.
///
/// # Where to add it
///
/// Add it last to a router, because `Router::layer` only wraps the routes that exist already, or first in a
/// `ServiceBuilder`. It handles the failures of everything inside it. Add logging, CORS and compression
/// around it, and timeouts, limits and authentication inside.
///
/// The layer can also wrap a whole `Router`. There it does not know the route of a request, and it does not
/// recognize rejections of HEAD requests, because the router has removed their text.
///
/// A nested router without a `fallback` inherits the one of the outer router, so a layer on the nested router
/// alone never sees its 404.
///
/// # What no layer can handle
///
/// * Requests that hyper rejects before the app sees them, such as malformed ones or those with a URI that is too long.
/// * Failures after the response has started: in a body that is being streamed, or in a spawned task.
///
/// # Source
///
/// See [FastAPI: Handling Errors](https://fastapi.tiangolo.com/tutorial/handling-errors/).
#[must_use]
pub struct ErrorHandlingLayer<S = ()> {
    config: Arc<Config<S>>,
}

impl<S: 'static> ErrorHandlingLayer<S> {
    /// Creates a layer without handlers, with which every exception gets its default response.
    pub fn new() -> Self {
        Self { config: Arc::new(Config::default()) }
    }

    /// Registers a handler for a type of error, as FastAPI's `@app.exception_handler(MyException)` does.
    ///
    /// The last argument of the handler is [`Caught<E>`](Caught), where `E` is the type of error. A handler
    /// whose last argument is [`Exception`](crate::Exception) is the catch-all, for exceptions that no other
    /// handler and no default handles. The arguments before it are extractors that implement
    /// [`FromRequestParts`](axum::extract::FromRequestParts). If one of them fails, its rejection counts as raised by
    /// the handler.
    ///
    /// A handler replaces the one that was registered before for the same type. If a handler extracts
    /// anything but
    /// [`State`](axum::extract::State), the layer clones the head of every request.
    ///
    /// # Example
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
        self.exception_handlers(ExceptionHandlers::new().exception_handler(handler))
    }

    /// Registers a handler for the [`HttpException`]s with a status, as `@app.exception_handler(404)` does.
    ///
    /// It takes precedence over handlers for a type. As in Starlette, 500 registers the catch-all: its
    /// handler is called for unhandled exceptions, with an `HttpException` whose
    /// [`cause`](HttpException::cause) is the exception, and never for an `HttpException` with status 500
    /// that was raised.
    ///
    /// # Panics
    ///
    /// Panics if `status` is not a valid HTTP status.
    ///
    /// # Example
    ///
    /// ```
    /// use axum::{http::{StatusCode, Uri}, response::IntoResponse};
    /// use axum_exception::{Caught, ErrorHandlingLayer, HttpException};
    ///
    /// async fn not_found(uri: Uri, _: Caught<HttpException>) -> impl IntoResponse {
    ///     (StatusCode::NOT_FOUND, format!("There is nothing at {}", uri.path()))
    /// }
    ///
    /// let layer = ErrorHandlingLayer::new().status_handler(404, not_found);
    /// # let app: axum::Router = axum::Router::new().layer(layer);
    /// ```
    #[track_caller]
    pub fn status_handler<H, T>(self, status: impl TryInto<StatusCode>, handler: H) -> Self
    where
        H: ExceptionHandler<T, S, Arg = Caught<HttpException>>,
    {
        self.exception_handlers(ExceptionHandlers::new().status_handler(status, handler))
    }

    /// Registers a handler for exceptions that are raised while a WebSocket is open (feature `ws`).
    ///
    /// The arguments of the handler are the [`WebSocket`](crate::ws::WebSocket) and [`Caught<E>`](Caught), or
    /// [`Exception`](crate::Exception) for the catch-all. The handler may send messages. It chooses the close frame by
    /// sending one, or by raising another exception, such as a [`WebSocketException`](crate::WebSocketException).
    /// Otherwise the close frame is the default one of the exception. There are no extractors, because the request has
    /// ended. A closure can capture values instead: `async move |mut socket: WebSocket, error: Caught<E>| …`.
    ///
    /// Handlers are looked up as for responses, except that there are no statuses. Each runs once for a
    /// WebSocket, and those of an inner layer come first. If the catch-all raises an exception, the WebSocket
    /// is closed with that.
    /// [`map_exception`](Self::map_exception) applies. The handlers of
    /// [`exception_handler`](Self::exception_handler) do not run, because there is no response any more.
    ///
    /// # Example
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
    ///     Err(WebSocketException::new(MALFORMED).with_reason("This is not JSON").into())
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
        self.exception_handlers(ExceptionHandlers::new().websocket_handler(handler))
    }

    /// Maps a type of error to an exception.
    ///
    /// The function returns an [`HttpException`], an [`Exception`](crate::Exception) or another exception of this crate,
    /// or an `Option` of one. An error for which it returns `None` is not mapped. The lookup of a handler continues with
    /// the exception, and the error becomes its cause. The log has both in one line.
    ///
    /// For the error type of the app, prefer [`HttpError`], which needs no function.
    ///
    /// # Example
    ///
    /// ```
    /// use std::io::{Error, ErrorKind};
    /// use axum_exception::{ErrorHandlingLayer, HttpException};
    ///
    /// let layer = ErrorHandlingLayer::new().map_exception(|error: &Error| match error.kind() {
    ///     ErrorKind::NotFound => Some(HttpException::not_found()),
    ///     ErrorKind::TimedOut => Some(HttpException::gateway_timeout()),
    ///     _ => None, // 500
    /// });
    /// # let app: axum::Router = axum::Router::new().layer(layer);
    /// ```
    pub fn map_exception<E, F, R>(self, map: F) -> Self
    where
        E: Error + 'static,
        F: Fn(&E) -> R + Send + Sync + 'static,
        R: MappedTo,
    {
        self.exception_handlers(ExceptionHandlers::new().map_exception(map))
    }

    /// Registers an error type of the app that has an HTTP response, for errors that `?` converted into an
    /// [`Exception`](crate::Exception).
    ///
    /// A handler that returns `Result<T, AppError>` does not require it. See [`HttpError`].
    ///
    /// # Example
    ///
    /// ```
    /// use axum_exception::{ErrorHandlingLayer, HttpError, HttpException, Result};
    ///
    /// #[derive(Debug, thiserror::Error)]
    /// #[error("no rows")]
    /// struct NoRows;
    ///
    /// impl HttpError for NoRows {
    ///     fn http(&self) -> Option<HttpException> {
    ///         Some(HttpException::not_found())
    ///     }
    /// }
    ///
    /// async fn read() -> Result<&'static str> {
    ///     Err(NoRows)? // 404
    /// }
    ///
    /// let layer = ErrorHandlingLayer::new().exception::<NoRows>();
    /// # let app: axum::Router = axum::Router::new().route("/", axum::routing::get(read)).layer(layer);
    /// ```
    pub fn exception<E: HttpError>(self) -> Self {
        self.exception_handlers(ExceptionHandlers::new().exception::<E>())
    }

    /// Adds the handlers of a registry that was built elsewhere, as FastAPI's `exception_handlers={…}` does.
    ///
    /// If the layer has a handler for the same type or status, it is replaced. See [`ExceptionHandlers`] for
    /// an example.
    pub fn exception_handlers(self, handlers: ExceptionHandlers<S>) -> Self {
        let mut config = self.into_config();
        config.handlers = Arc::new(Arc::unwrap_or_clone(config.handlers).merge(handlers));
        Self { config: Arc::new(config) }
    }

    /// Converts empty error responses (4xx or 5xx, no body, no `content-type`) into [`HttpException`]s. On by
    /// default.
    ///
    /// If it is off, the router's own 404 and 405 and `Err(StatusCode::NOT_FOUND)` are sent as axum returns
    /// them.
    pub fn convert_empty_errors(self, convert: bool) -> Self {
        self.with_switches(|switches| switches.convert_empty_errors = convert)
    }

    /// Recognizes the rejections of axum, axum-extra and tower-http in responses by their text. On by
    /// default.
    ///
    /// They are recognized by status, content type and body text (or its prefix, where the rest varies). A
    /// response that the app builds from these, such as `(rejection.status(), rejection.body_text())`, cannot
    /// be distinguished from a rejection, so an app with such responses may turn this off.
    ///
    /// If it is off, these responses are sent as axum returns them. A rejection that is raised as an error,
    /// `Err(rejection)?`, is still handled.
    pub fn recognize_rejections(self, recognize: bool) -> Self {
        self.with_switches(|switches| switches.recognize_rejections = recognize)
    }

    /// Keeps the status that axum gives a rejection (400, 415, 422) instead of FastAPI's 422. Off by default.
    ///
    /// The extractors of this crate then have the same statuses as those of axum: 415 for a content type that they do not
    /// read, 422 for wrong values in a body, and 400 for a body that is not JSON and for all other sources. With several
    /// errors, the first one determines the status. The error of a 415 is that of the header `content-type`. Errors that a
    /// handler raises itself stay at 422.
    pub fn keep_rejection_status(self, keep: bool) -> Self {
        self.with_switches(|switches| switches.keep_rejection_status = keep)
    }

    /// Provides the state that the handlers extract with [`State`](axum::extract::State).
    ///
    /// Call it last. A layer whose handlers extract a state that it does not have cannot be added to a router: it does
    /// not compile.
    ///
    /// # Example
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
        let Config { handlers, formatting, switches } = self.into_config();
        let handlers = Arc::unwrap_or_clone(handlers).with_state(state);
        ErrorHandlingLayer { config: Arc::new(Config { handlers: Arc::new(handlers), formatting, switches }) }
    }

    pub(super) fn with_formatting(self, change: impl FnOnce(&mut Formatting)) -> Self {
        let mut config = self.into_config();
        change(config.formatting.get_or_insert_default());
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

// `()` is the only `S`: a layer whose handlers still require their state must not compile.
impl<Inner, S> Layer<Inner> for ErrorHandlingLayer<S>
where
    (): IsStateFor<S>,
{
    type Service = ErrorHandling<Inner>;

    fn layer(&self, inner: Inner) -> Self::Service {
        ErrorHandling::new(inner, Arc::clone(&<()>::without_state(self).config))
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
