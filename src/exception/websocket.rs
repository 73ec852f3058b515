//! An error that closes a WebSocket.

use std::{error::Error, fmt};

use axum::BoxError;

use super::{
    CloseCode, Exception,
    reflection::{Reflected, Reflection},
};

/// An error that says how a WebSocket is to be closed: FastAPI's `WebSocketException`.
///
/// Raised while the WebSocket of a `ws::WebSocketUpgrade` (feature `ws`) is open, it closes it with its code
/// and its reason. Raised before, there is none to close yet: the handshake is denied with 403, `text/plain; charset=utf-8`, and no body.
///
/// ```
/// use axum_exception::{CloseCode, WebSocketException};
///
/// let exception = WebSocketException::new(CloseCode::POLICY_VIOLATION).with_reason("Not your room");
/// assert_eq!(exception.to_string(), "1008: Not your room");
/// assert_eq!(WebSocketException::policy_violation().to_string(), "1008");
/// ```
///
/// See [FastAPI: WebSockets](https://fastapi.tiangolo.com/advanced/websockets/).
#[derive(Clone)]
pub struct WebSocketException {
    code: CloseCode,
    reason: String,
    source: Option<Exception>,
    reflection: Reflection<Self>,
}

impl WebSocketException {
    /// An exception that closes with that code and no reason.
    #[must_use]
    pub fn new(code: CloseCode) -> Self {
        Self { code, reason: String::new(), source: None, reflection: Reflection::default() }
    }

    /// Sets the reason, which the client sees.
    ///
    /// A close frame has room for 123 bytes. What is longer is cut where a character ends; the log and
    /// handlers have all of it.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = reason.into();
        self.reflection.reset();
        self
    }

    /// Sets the cause, for the log and for handlers. A client never sees it.
    #[must_use]
    pub fn with_source(self, source: impl Into<BoxError>) -> Self {
        self.caused_by(Exception::new(source))
    }

    pub(crate) fn caused_by(mut self, source: Exception) -> Self {
        self.source = Some(source);
        self.reflection.reset();
        self
    }

    /// Returns the close code.
    #[must_use]
    pub fn code(&self) -> CloseCode {
        self.code
    }

    /// Returns the reason in full; empty if none was set.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// What caused it.
    ///
    /// Prefer it to [`Error::source`], which answers with a copy of the exception itself, so that the
    /// layer finds it behind `#[error(transparent)]`.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn Error + 'static)> {
        self.origin()
    }
}

/// One constructor a row.
macro_rules! by_name {
    ($($name:ident $code:ident $number:literal;)*) => {
        impl WebSocketException {
            $(
                #[doc = concat!("An exception that closes with ", $number, ".")]
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

impl Reflected for WebSocketException {
    fn origin(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source.as_error() as _)
    }
}

impl Error for WebSocketException {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.reflection.of(self))
    }
}

impl fmt::Display for WebSocketException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reason.as_str() {
            "" => self.code.fmt(f),
            reason => write!(f, "{}: {reason}", self.code),
        }
    }
}

impl fmt::Debug for WebSocketException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebSocketException")
            .field("code", &self.code.as_u16())
            .field("reason", &self.reason)
            .field("source", &self.source)
            .finish()
    }
}
