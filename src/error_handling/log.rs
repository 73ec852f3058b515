//! Each exception once into the log.

use axum::http::StatusCode;

use super::head::Head;
#[cfg(feature = "tracing")]
use crate::exception::BuiltIn;
use crate::exception::Exception;

/// An exception, and what it was taken for: itself, or what it was mapped to.
#[cfg_attr(not(feature = "tracing"), allow(dead_code))]
pub(super) struct Entry {
    pub(super) raised: Exception,
    pub(super) taken_for: Exception,
}

/// Logs what was raised while a request was handled, and with which status it was answered.
///
/// ERROR with 5xx, DEBUG otherwise. Values that a client sent are not part of it.
#[cfg(feature = "tracing")]
pub(super) fn exceptions(entries: &[Entry], status: StatusCode, head: &Head) {
    for Entry { raised, taken_for: exception } in entries {
        let new = exception.claim_log();
        if !(raised.same_as(exception) || raised.claim_log()) || !new {
            continue;
        }
        let causes = Causes(exception);
        let misuse = misuse(exception);
        let (method, route, status) = (&head.method, head.route(), status.as_u16());
        let misuse = misuse.as_deref();
        if status >= 500 {
            event!(::tracing::Level::ERROR, %method, route, status, misuse, error = %causes, "exception");
        } else {
            event!(::tracing::Level::DEBUG, %method, route, status, misuse, error = %causes, "exception");
        }
    }
}

#[cfg(not(feature = "tracing"))]
pub(super) fn exceptions(_entries: &[Entry], _status: StatusCode, _head: &Head) {}

/// Why an exception could not be answered as it stands.
#[cfg(feature = "tracing")]
fn misuse(exception: &Exception) -> Option<String> {
    match exception.built_in() {
        Some(BuiltIn::Http(http)) => http.misuse(),
        _ => None,
    }
}

/// An error and its causes in one line.
#[cfg(feature = "tracing")]
struct Causes<'a>(&'a Exception);

#[cfg(feature = "tracing")]
impl std::fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut previous = String::new();
        for (index, link) in self.0.chain().enumerate() {
            let text = link.to_string();
            // A transparent wrapper says what its cause says.
            if index > 0 && text == previous {
                continue;
            }
            if index > 0 {
                f.write_str(": ")?;
            }
            f.write_str(&text)?;
            previous = text;
            // What it was made from quotes what the client sent.
            if matches!(BuiltIn::of(link), Some(BuiltIn::RequestValidation(_))) {
                break;
            }
        }
        Ok(())
    }
}
