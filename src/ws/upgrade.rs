//! The extractor of WebSockets.

use std::{borrow::Cow, fmt, future::Future, time::Duration};

use axum::{
    extract::{
        FromRequestParts, MatchedPath,
        ws::{DefaultOnFailedUpgrade, OnFailedUpgrade, WebSocketUpgrade as Native},
    },
    http::{HeaderValue, Method, request::Parts},
    response::Response,
};

use super::{layers::Layers, task::Task};
use crate::{
    exception::{Exception, HttpException},
    extract::handshake::is_handshake,
    socket::{Outcome, WebSocket},
};

/// How long a peer has to answer a close frame.
const PATIENCE: Duration = Duration::from_secs(10);

/// Extractor for WebSockets, as axum's: what is done with one may fail.
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
/// A request that is no WebSocket handshake is answered with 404, as FastAPI does: for it the route does
/// not exist. What else is wrong with a handshake, such as a key that is missing, has axum's status and
/// text in an [`HttpException`].
///
/// Use it with [`any`](axum::routing::any): a WebSocket over HTTP/2 is asked for with CONNECT.
#[must_use]
pub struct WebSocketUpgrade<F = DefaultOnFailedUpgrade> {
    native: Native<F>,
    method: Method,
    route: Option<MatchedPath>,
    patience: Duration,
}

impl<F> WebSocketUpgrade<F> {
    /// Sets the size of the read buffer, 128 KiB by default.
    pub fn read_buffer_size(self, size: usize) -> Self {
        self.with(|native| native.read_buffer_size(size))
    }

    /// Sets how much is gathered before it is written, 128 KiB by default; with 0 each message is written at
    /// once.
    pub fn write_buffer_size(self, size: usize) -> Self {
        self.with(|native| native.write_buffer_size(size))
    }

    /// Sets how much may wait for a peer that does not read; no limit by default.
    pub fn max_write_buffer_size(self, max: usize) -> Self {
        self.with(|native| native.max_write_buffer_size(max))
    }

    /// Sets how large a message may be, 64 MiB by default.
    pub fn max_message_size(self, max: usize) -> Self {
        self.with(|native| native.max_message_size(max))
    }

    /// Sets how large a frame may be, 16 MiB by default.
    pub fn max_frame_size(self, max: usize) -> Self {
        self.with(|native| native.max_frame_size(max))
    }

    /// Whether frames that are not masked are taken; they are not by default.
    pub fn accept_unmasked_frames(self, accept: bool) -> Self {
        self.with(|native| native.accept_unmasked_frames(accept))
    }

    /// Sets how long the peer has to answer a close frame, 10 seconds by default. After that the connection
    /// is dropped.
    pub fn close_timeout(mut self, timeout: Duration) -> Self {
        self.patience = timeout;
        self
    }

    /// Sets the subprotocols that are known, best first. The first that the client knows, too, is chosen.
    pub fn protocols<I>(self, protocols: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<Cow<'static, str>>,
    {
        self.with(|native| native.protocols(protocols))
    }

    /// The subprotocols that the client knows.
    pub fn requested_protocols(&self) -> impl Iterator<Item = &HeaderValue> {
        self.native.requested_protocols()
    }

    /// Chooses a subprotocol.
    pub fn set_selected_protocol(&mut self, protocol: HeaderValue) {
        self.native.set_selected_protocol(protocol);
    }

    /// The subprotocol that was chosen.
    #[must_use]
    pub fn selected_protocol(&self) -> Option<&HeaderValue> {
        self.native.selected_protocol()
    }

    /// Sets what is called if the connection cannot be upgraded, which happens after the answer to the
    /// handshake. By default nothing is.
    pub fn on_failed_upgrade<C>(self, callback: C) -> WebSocketUpgrade<C>
    where
        C: OnFailedUpgrade,
    {
        let Self { native, method, route, patience } = self;
        WebSocketUpgrade { native: native.on_failed_upgrade(callback), method, route, patience }
    }

    /// The answer to the handshake; `callback` is called with the WebSocket as soon as it is open.
    ///
    /// The future that it returns ends in `()` or in [`Result<()>`](crate::Result), and how it ends is how
    /// the WebSocket is closed: see [the module](super).
    #[must_use = "to set up the WebSocket, this response must be returned"]
    pub fn on_upgrade<C, Fut>(self, callback: C) -> Response
    where
        C: FnOnce(WebSocket) -> Fut + Send + 'static,
        Fut: Future + Send + 'static,
        Fut::Output: Outcome,
        F: OnFailedUpgrade,
    {
        let Self { native, method, route, patience } = self;
        let layers = Layers::default();
        let task = Task { layers: layers.clone(), method, route, patience };
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
                method: parts.method.clone(),
                route: parts.extensions.get().cloned(),
                patience: PATIENCE,
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
