//! An error that closes a WebSocket.

use std::{borrow::Cow, error::Error, fmt};

use axum::BoxError;

use super::{
    CloseCode, DefaultClose, DefaultResponse, Exception, built_in::BuiltInException, mirror::Mirrored,
};

/// An error with the code and the reason of a close frame: FastAPI's `WebSocketException`.
///
/// Raised while the WebSocket of a `ws::WebSocketUpgrade` (feature `ws`) is open, it closes the WebSocket
/// with its code and its reason. Raised earlier, it denies the handshake: the response is 403, `text/plain;
/// charset=utf-8`, without a body.
///
/// ```
/// use axum_exception::{CloseCode, WebSocketException};
///
/// let exception = WebSocketException::new(CloseCode::POLICY_VIOLATION).with_reason("Not your room");
/// assert_eq!(exception.to_string(), "1008: Not your room");
/// assert_eq!(WebSocketException::policy_violation().to_string(), "1008");
/// ```
///
/// See [FastAPI: WebSockets](https://fastapi.tiangolo.com/advanced/websockets/#using-depends-and-others) and
/// [RFC 6455, §7.4](https://www.rfc-editor.org/rfc/rfc6455#section-7.4).
#[derive(Clone)]
pub struct WebSocketException {
    pub(super) state: Mirrored<Data, Self>,
}

#[derive(Clone)]
pub(super) struct Data {
    code: CloseCode,
    reason: String,
    source: Option<Exception>,
}

impl WebSocketException {
    /// Creates an exception that closes with this code and without a reason.
    #[must_use]
    pub fn new(code: CloseCode) -> Self {
        Self { state: Mirrored::new(Data { code, reason: String::new(), source: None }) }
    }

    /// Sets the reason, which the client sees.
    ///
    /// A close frame has room for 123 bytes of it (RFC 6455, §5.5). A longer reason is cut at the end of a
    /// character; handlers and the log get all of it.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.state.reason = reason.into();
        self
    }

    /// Sets the cause, for the log and for handlers. It is never sent to the client.
    #[must_use]
    pub fn with_source(self, source: impl Into<BoxError>) -> Self {
        self.caused_by(Exception::new(source))
    }

    pub(crate) fn caused_by(mut self, source: Exception) -> Self {
        self.state.source = Some(source);
        self
    }

    /// Returns the close code.
    #[must_use]
    pub fn code(&self) -> CloseCode {
        self.state.code
    }

    /// Returns the reason in full; empty if none was set.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.state.reason
    }

    /// Returns the cause that was set.
    ///
    /// Prefer it to [`Error::source`], which returns a copy of the exception itself so that the layer finds
    /// it behind `#[error(transparent)]`.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn Error + 'static)> {
        self.origin().map(|origin| origin.as_error() as _)
    }
}

impl BuiltInException for WebSocketException {
    fn origin(&self) -> Option<&Exception> {
        self.state.source.as_ref()
    }

    fn default_response(&self) -> DefaultResponse<'_> {
        DefaultResponse::Denied
    }

    fn default_close(&self) -> DefaultClose<'_> {
        DefaultClose { code: self.code(), reason: Cow::Borrowed(self.reason()) }
    }
}

/// Writes one constructor for each row.
macro_rules! by_name {
    ($($name:ident $code:ident $number:literal;)*) => {
        impl WebSocketException {
            $(
                #[doc = concat!("Creates an exception that closes with ", $number, ".")]
                #[must_use]
                pub fn $name() -> Self {
                    Self::new(CloseCode::$code)
                }
            )*
        }
    };
}

by_name! {
    normal NORMAL 1000;
    going_away GOING_AWAY 1001;
    protocol_error PROTOCOL_ERROR 1002;
    unsupported_data UNSUPPORTED_DATA 1003;
    invalid_payload INVALID_PAYLOAD 1007;
    policy_violation POLICY_VIOLATION 1008;
    message_too_big MESSAGE_TOO_BIG 1009;
    internal_error INTERNAL_ERROR 1011;
    service_restart SERVICE_RESTART 1012;
    try_again_later TRY_AGAIN_LATER 1013;
    bad_gateway BAD_GATEWAY 1014;
}

impl From<CloseCode> for WebSocketException {
    fn from(code: CloseCode) -> Self {
        Self::new(code)
    }
}

/// Writes `1008: Not your room`, or `1008` without a reason.
impl fmt::Display for WebSocketException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reason() {
            "" => self.code().fmt(f),
            reason => write!(f, "{}: {reason}", self.code()),
        }
    }
}
