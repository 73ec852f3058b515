//! serde_json's syntax errors → those of CPython's decoder.

use std::borrow::Cow;

use super::{serde_message::BareError, serde_path::Path};
use crate::report::ErrorKind;

/// An error of a JSON document.
pub(super) enum JsonError {
    /// The document is empty.
    Empty,
    /// CPython could not decode the document.
    Undecodable,
    /// `offset` counts from the beginning. It is `None` if the document has several lines.
    Invalid { error: Cow<'static, str>, offset: Option<usize> },
    /// The document is valid JSON, but a list in it has too many items.
    TooManyItems { path: Path, error: BareError },
}

/// Parses a syntax error of serde_json: `… at line 1 column 2`.
pub(super) fn parse(text: &str) -> Option<JsonError> {
    let (text, line, column) = split_position(text)?;
    let (path, message) = text.rsplit_once(": ").unwrap_or(("", text));
    if message == "EOF while parsing a value" && (line, column) == (1, 0) {
        return Some(JsonError::Empty);
    }
    if matches!(message, "invalid unicode code point" | "recursion limit exceeded") {
        return Some(JsonError::Undecodable);
    }
    if message == "trailing characters" && !path.is_empty() {
        let (path, _) = Path::split(&format!("{path}: "));
        return Some(JsonError::TooManyItems { path, error: BareError::of(ErrorKind::TupleType) });
    }
    let error: Cow<'static, str> = match message {
        "expected value" | "expected ident" | "EOF while parsing a value" => "Expecting value".into(),
        "key must be a string" => "Expecting property name enclosed in double quotes".into(),
        "expected `:`" => "Expecting ':' delimiter".into(),
        "expected `,` or `}`" | "expected `,` or `]`" => "Expecting ',' delimiter".into(),
        "trailing characters" => "Extra data".into(),
        "EOF while parsing a string" => "Unterminated string starting at".into(),
        "invalid escape" => "Invalid \\escape".into(),
        message if message.starts_with("control character ") => "Invalid control character at".into(),
        // CPython's message depends on more than serde_json reports.
        message => message.to_owned().into(),
    };
    // The column counts the bytes that were read, with the invalid one unless the document ended before it.
    let offset = if message.starts_with("EOF ") { column } else { column.saturating_sub(1) };
    Some(JsonError::Invalid { error, offset: (line == 1).then_some(offset) })
}

/// Removes ` at line 1 column 2`.
pub(super) fn without_position(text: &str) -> &str {
    split_position(text).map_or(text, |(text, ..)| text)
}

fn split_position(text: &str) -> Option<(&str, usize, usize)> {
    let (text, position) = text.rsplit_once(" at line ")?;
    let (line, column) = position.split_once(" column ")?;
    Some((text, line.parse().ok()?, column.parse().ok()?))
}
