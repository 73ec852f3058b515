//! What an error of a WebSocket itself says about its peer.

use std::{error::Error, io};

use crate::exception::{CloseCode, Exception, links};

/// An error that the peer is to blame for.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    text: String,
    /// What it is to be told; `None` if it is gone, or has closed.
    pub(crate) code: Option<CloseCode>,
}

/// What sending fails with when the connection is over.
pub(super) const CLOSED: &str = "Trying to work with closed connection";

/// By what such an error is known, and the code that RFC 6455 (§7.4.1) has for it. The type is that of the
/// library below axum, which nobody should depend on for this.
const TEXTS: &[(&str, Option<CloseCode>)] = &[
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
    /// `None` for an error that is the program's own.
    pub(super) fn of(error: &(dyn Error + 'static)) -> Option<Self> {
        let text = error.to_string();
        if links(error).any(<dyn Error>::is::<io::Error>) {
            return Some(Self { text, code: None });
        }
        let (_, code) = TEXTS.iter().find(|(beginning, _)| text.starts_with(beginning))?;
        Some(Self { text, code: *code })
    }

    /// Whether an exception is this error, raised with `?`, perhaps in an error of the app's own.
    pub(crate) fn is_cause_of(&self, exception: &Exception) -> bool {
        exception.chain().take(2).any(|link| link.to_string() == self.text)
    }
}
