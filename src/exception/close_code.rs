//! Codes that may stand in a close frame.

use std::fmt;

/// Why a WebSocket was closed: a code that may be sent.
///
/// What may be sent is what RFC 6455 (§7.4) and IANA's registry allow: 1000–1003, 1007–1014, and 3000–4999
/// for libraries and apps. 1005, 1006 and 1015 only stand for closings without a code, and everything else
/// is reserved: a peer answers it with a protocol error. So there is no value of this type for those.
///
/// An app's own codes are best constants, which are checked while they are compiled:
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CloseCode(u16);

impl CloseCode {
    /// The close code with that number; `None` if it may not be sent.
    #[must_use]
    pub const fn new(code: u16) -> Option<Self> {
        match code {
            1000..=1003 | 1007..=1014 | 3000..=4999 => Some(Self(code)),
            _ => None,
        }
    }

    /// The number.
    #[must_use]
    pub const fn as_u16(self) -> u16 {
        self.0
    }
}

/// One constant a row.
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
    NORMAL 1000 "what the connection was for is done";
    GOING_AWAY 1001 "the server shuts down, or the page is left";
    PROTOCOL_ERROR 1002 "the peer has broken the protocol";
    UNSUPPORTED_DATA 1003 "a kind of message that is not understood, such as binary for text";
    INVALID_PAYLOAD 1007 "a message that is not what its kind says, such as text that is no UTF-8";
    POLICY_VIOLATION 1008 "the peer may not do that; what a client's mistake has that fits nothing else";
    MESSAGE_TOO_BIG 1009 "a message that is too big";
    MANDATORY_EXTENSION 1010 "a client's word: the server lacks an extension";
    INTERNAL_ERROR 1011 "the server has failed";
    SERVICE_RESTART 1012 "the server restarts; come back";
    TRY_AGAIN_LATER 1013 "the server has too much to do; come back later";
    BAD_GATEWAY 1014 "another server, on which this one relies, has failed";
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

/// A number that may not stand in a close frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} cannot be sent as the code of a close frame")]
pub struct InvalidCloseCode(u16);
