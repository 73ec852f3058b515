//! Values that a type accepts, but that axum's decoders cannot read.

/// The reason why a decoder refuses every string for a type: a bug of the app, and not an error of the
/// client.
///
/// It does not quote what the client sent, because it is logged.
#[derive(Debug, thiserror::Error)]
#[error(
    "axum's `{extractor}` {reason}: use `axum_exception::extract::{extractor}`, or read the value with \
     `#[serde(deserialize_with = …)]`"
)]
pub(super) struct DecoderLimit {
    extractor: &'static str,
    reason: String,
}

impl DecoderLimit {
    /// Something else was passed to the visitor of a type than it expects.
    pub(super) fn passes(extractor: &'static str, passed: &str, expectation: &str) -> Self {
        Self { extractor, reason: format!("passes a {passed} where a type expects {expectation}") }
    }

    /// The decoder lacks a method of `Deserializer`.
    pub(super) fn unsupported(extractor: &'static str, what: &str) -> Self {
        Self { extractor, reason: format!("does not support {what}") }
    }
}
