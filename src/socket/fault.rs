//! Errors of a WebSocket that its peer caused.

use std::{error::Error, io};

use crate::exception::{CloseCode, Exception, links};

/// An error that the peer caused.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    message: String,
    /// The code to close the WebSocket with; `None` if the peer is gone or has closed it.
    pub(crate) code: Option<CloseCode>,
}

/// The message of the error when sending over a connection that has ended.
pub(super) const CLOSED: &str = "Trying to work with closed connection";

/// The beginning of the message of each such error, and its code (RFC 6455, §7.4.1).
///
/// The type of the errors belongs to the library that axum uses, which is not worth a dependency.
const MESSAGES: &[(&str, Option<CloseCode>)] = &[
    ("Connection closed normally", None),
    (CLOSED, None),
    ("WebSocket protocol error: Connection reset without closing handshake", None),
    ("WebSocket protocol error: Sending after closing is not allowed", None),
    ("WebSocket protocol error: Remote sent after having closed", None),
    ("WebSocket protocol error: ", Some(CloseCode::PROTOCOL_ERROR)),
    ("UTF-8 encoding error", Some(CloseCode::INVALID_PAYLOAD)),
    ("Space limit exceeded: ", Some(CloseCode::MESSAGE_TOO_BIG)),
];

impl Fault {
    /// Returns `None` for an error of the program itself.
    pub(super) fn of(error: &(dyn Error + 'static)) -> Option<Self> {
        let message = error.to_string();
        if links(error).any(<dyn Error>::is::<io::Error>) {
            return Some(Self { message, code: None });
        }
        let (_, code) = MESSAGES.iter().find(|(beginning, _)| message.starts_with(beginning))?;
        Some(Self { message, code: *code })
    }

    /// Returns `true` if an exception is this error, raised with `?`, possibly inside an error of the app.
    pub(crate) fn is_cause_of(&self, exception: &Exception) -> bool {
        exception.chain().take(2).any(|link| link.to_string() == self.message)
    }
}
