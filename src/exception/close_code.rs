//! The codes that a close frame may have.

use std::fmt;

/// The code of a close frame: why a WebSocket is closed.
///
/// The valid codes are those that RFC 6455 (§7.4) and IANA's registry allow in a frame: 1000–1003, 1007–1014,
/// and 3000–4999 for libraries and apps. 1005, 1006 and 1015 only stand for a close without a code, and all
/// other codes are reserved: a peer treats them as a protocol error. No value of this type has one of those
/// codes.
///
/// Declare an app's own codes as constants, so that they are checked at compile time:
///
/// ```
/// use axum_exception::CloseCode;
///
/// const TOKEN_EXPIRED: CloseCode = CloseCode::new(4001).unwrap();
///
/// assert_eq!(TOKEN_EXPIRED.as_u16(), 4001);
/// assert!(CloseCode::new(1006).is_none());
/// assert!(CloseCode::try_from(5000).is_err());
/// ```
///
/// See [RFC 6455, §7.4](https://www.rfc-editor.org/rfc/rfc6455#section-7.4) and
/// [IANA: WebSocket Close Code Number Registry](https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CloseCode(u16);

impl CloseCode {
    /// Returns the close code with this number, or `None` if it may not be sent.
    #[must_use]
    pub const fn new(code: u16) -> Option<Self> {
        match code {
            1000..=1003 | 1007..=1014 | 3000..=4999 => Some(Self(code)),
            _ => None,
        }
    }

    /// Returns the number.
    #[must_use]
    pub const fn as_u16(self) -> u16 {
        self.0
    }
}

/// Writes one constant for each row.
macro_rules! codes {
    ($($name:ident $code:literal $meaning:literal;)*) => {
        impl CloseCode {
            $(
                #[doc = concat!($code, ": ", $meaning, ".")]
                pub const $name: Self = Self($code);
            )*
        }
    };
}

codes! {
    NORMAL 1000 "the purpose of the connection is fulfilled";
    GOING_AWAY 1001 "the server shuts down, or the browser leaves the page";
    PROTOCOL_ERROR 1002 "the peer violated the protocol";
    UNSUPPORTED_DATA 1003 "the endpoint does not accept messages of this type, such as binary messages";
    INVALID_PAYLOAD 1007 "the data of a message does not match its type, such as a text message that is not UTF-8";
    POLICY_VIOLATION 1008 "the peer violated a rule; the code for errors of the client that no other code fits";
    MESSAGE_TOO_BIG 1009 "a message is too large";
    MANDATORY_EXTENSION 1010 "the server lacks an extension that the client requires; only a client sends it";
    INTERNAL_ERROR 1011 "the server failed";
    SERVICE_RESTART 1012 "the server restarts; the client may reconnect";
    TRY_AGAIN_LATER 1013 "the server is overloaded; the client may try again later";
    BAD_GATEWAY 1014 "a server upstream of this one failed";
}

impl TryFrom<u16> for CloseCode {
    type Error = InvalidCloseCode;

    fn try_from(code: u16) -> Result<Self, InvalidCloseCode> {
        Self::new(code).ok_or(InvalidCloseCode(code))
    }
}

impl From<CloseCode> for u16 {
    fn from(code: CloseCode) -> Self {
        code.0
    }
}

impl fmt::Display for CloseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The error of converting a number that a close frame may not have into a [`CloseCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} cannot be sent as the code of a close frame")]
pub struct InvalidCloseCode(u16);
