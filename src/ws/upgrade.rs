//! The extractor of WebSockets.

use std::{borrow::Cow, fmt, future::Future, time::Duration};

use axum::{
    extract::{
        FromRequestParts,
        ws::{DefaultOnFailedUpgrade, OnFailedUpgrade, WebSocketUpgrade as Native},
    },
    http::{HeaderValue, request::Parts},
    response::Response,
};

use super::{
    layers::Layers,
    task::{Callback, Task, erase},
};
use crate::{
    exception::{Exception, HttpException},
    extract::handshake::is_handshake,
    request_context::RequestContext,
    socket::{Outcome, WebSocket},
};

/// The time that a peer has to reply to a close frame.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(10);

/// Extractor for establishing WebSocket connections whose callback may fail.
///
/// It has the methods of axum's extractor of this name, and [`close_timeout`](Self::close_timeout).
///
/// # Example
///
/// ```
/// use axum::{Router, response::Response, routing::any};
/// use axum_exception::{
///     ErrorHandlingLayer, WebSocketException,
///     ws::{Message, WebSocketUpgrade},
/// };
///
/// async fn double(upgrade: WebSocketUpgrade) -> Response {
///     upgrade.on_upgrade(|mut socket| async move {
///         while let Some(message) = socket.recv().await {
///             let Message::Text(text) = message? else { continue };
///             let number: i64 = text.parse().map_err(|_| {
///                 WebSocketException::unsupported_data().with_reason("Numbers, please")
///             })?;
///             socket.send(Message::text((2 * number).to_string())).await?;
///         }
///         Ok(())
///     })
/// }
///
/// let app: Router = Router::new().route("/double", any(double)).layer(ErrorHandlingLayer::new());
/// ```
///
/// Use it with [`any`](axum::routing::any), because the handshake is a GET request in HTTP/1.1 and a CONNECT
/// request in HTTP/2.
///
/// # Errors
///
/// Rejects a request with an [`HttpException`]:
///
/// * 404 if it is not a WebSocket handshake. For such requests the route does not exist, as in FastAPI.
/// * The status and the text of axum's rejection if the handshake is invalid, for example if its key is missing.
#[must_use]
pub struct WebSocketUpgrade<F = DefaultOnFailedUpgrade> {
    native: Native<F>,
    context: RequestContext,
    close_timeout: Duration,
}

impl<F> WebSocketUpgrade<F> {
    /// Sets the size of the read buffer. Defaults to 128 KiB.
    pub fn read_buffer_size(self, size: usize) -> Self {
        self.with(|native| native.read_buffer_size(size))
    }

    /// Sets how many bytes are buffered before they are written. Defaults to 128 KiB.
    ///
    /// With 0, each message is written immediately.
    pub fn write_buffer_size(self, size: usize) -> Self {
        self.with(|native| native.write_buffer_size(size))
    }

    /// Limits the bytes that are buffered for a peer that does not read. Defaults to no limit.
    pub fn max_write_buffer_size(self, max: usize) -> Self {
        self.with(|native| native.max_write_buffer_size(max))
    }

    /// Limits the size of a message that is received. Defaults to 64 MiB.
    pub fn max_message_size(self, max: usize) -> Self {
        self.with(|native| native.max_message_size(max))
    }

    /// Limits the size of a frame that is received. Defaults to 16 MiB.
    pub fn max_frame_size(self, max: usize) -> Self {
        self.with(|native| native.max_frame_size(max))
    }

    /// Accepts frames that are not masked. Off by default.
    pub fn accept_unmasked_frames(self, accept: bool) -> Self {
        self.with(|native| native.accept_unmasked_frames(accept))
    }

    /// Sets how long the peer has to reply to a close frame, before the connection is dropped. Defaults to 10
    /// seconds.
    pub fn close_timeout(mut self, timeout: Duration) -> Self {
        self.close_timeout = timeout;
        self
    }

    /// Sets the subprotocols that the server supports, in order of preference.
    ///
    /// The first one that the client has requested is selected.
    pub fn protocols<I>(self, protocols: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<Cow<'static, str>>,
    {
        self.with(|native| native.protocols(protocols))
    }

    /// Returns the subprotocols that the client has requested.
    pub fn requested_protocols(&self) -> impl Iterator<Item = &HeaderValue> {
        self.native.requested_protocols()
    }

    /// Sets the subprotocol.
    pub fn set_selected_protocol(&mut self, protocol: HeaderValue) {
        self.native.set_selected_protocol(protocol);
    }

    /// Returns the subprotocol that was selected.
    #[must_use]
    pub fn selected_protocol(&self) -> Option<&HeaderValue> {
        self.native.selected_protocol()
    }

    /// Sets a callback for upgrades that fail, which happens after the response to the handshake was sent.
    ///
    /// By default such an error is ignored.
    pub fn on_failed_upgrade<C>(self, callback: C) -> WebSocketUpgrade<C>
    where
        C: OnFailedUpgrade,
    {
        let Self { native, context, close_timeout } = self;
        WebSocketUpgrade { native: native.on_failed_upgrade(callback), context, close_timeout }
    }

    /// Returns the response to the handshake, and calls `callback` with the WebSocket as soon as it is open.
    ///
    /// The future of the callback resolves to `()` or to [`Result<()>`](crate::Result). When it ends, the
    /// WebSocket is closed, see [the module](super).
    #[must_use = "to set up the WebSocket, this response must be returned"]
    pub fn on_upgrade<C, Fut>(self, callback: C) -> Response
    where
        C: FnOnce(WebSocket) -> Fut + Send + 'static,
        Fut: Future + Send + 'static,
        Fut::Output: Outcome,
        F: OnFailedUpgrade,
    {
        self.upgrade(erase(callback))
    }

    fn upgrade(self, callback: Callback) -> Response
    where
        F: OnFailedUpgrade,
    {
        let Self { native, context, close_timeout } = self;
        let layers = Layers::default();
        let task = Task { layers: layers.clone(), context, close_timeout };
        let mut response = native.on_upgrade(|socket| task.run(socket, callback));
        response.extensions_mut().insert(layers);
        response
    }

    fn with(self, change: impl FnOnce(Native<F>) -> Native<F>) -> Self {
        Self { native: change(self.native), ..self }
    }
}

impl<S> FromRequestParts<S> for WebSocketUpgrade
where
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Exception> {
        match Native::from_request_parts(parts, state).await {
            Ok(native) => Ok(Self {
                native,
                context: RequestContext::new(&parts.method, &parts.extensions),
                close_timeout: CLOSE_TIMEOUT,
            }),
            Err(_) if !is_handshake(&parts.method, &parts.headers) => Err(HttpException::not_found().into()),
            Err(rejection) => Err(rejection.into()),
        }
    }
}

impl<F> fmt::Debug for WebSocketUpgrade<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebSocketUpgrade").field("native", &self.native).finish_non_exhaustive()
    }
}
