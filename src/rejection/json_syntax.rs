//! serde_json's syntax errors → those of CPython's decoder.

use std::borrow::Cow;

use super::{
    serde_message::{BareError, value_error},
    serde_path::Path,
};
use crate::report::ErrorKind;

/// An error of a JSON document.
pub(super) enum JsonError {
    /// The document is empty.
    Empty,
    /// CPython could not decode the document.
    Undecodable,
    /// `offset` counts from the beginning. It is `None` if the document has several lines, or if serde_json
    /// reports another place than CPython.
    Invalid { error: Cow<'static, str>, offset: Option<usize> },
    /// The document is or may be valid JSON, but serde_json cannot read this value.
    Value { path: Path, error: BareError },
}

/// The message for a key that is not a number, in a map with numbers as its keys.
const NUMERIC_KEY: &str = "expected key to be a number in quotes";

/// Parses a syntax error of serde_json: `… at line 1 column 2`.
pub(super) fn parse(text: &str) -> Option<JsonError> {
    let (text, line, column) = split_position(text)?;
    // A message is the same for a value and for a key of a map, and the path of a key ends with `?`.
    let (path, message) = match text.strip_suffix(NUMERIC_KEY) {
        Some(path) => (path.trim_end_matches("invalid value: ").trim_end_matches(": "), NUMERIC_KEY),
        None => text.rsplit_once(": ").unwrap_or(("", text)),
    };
    let path = Path::parse(path);
    if message == "EOF while parsing a value" && (line, column) == (1, 0) {
        return Some(JsonError::Empty);
    }
    if matches!(message, "invalid unicode code point" | "recursion limit exceeded") {
        return Some(JsonError::Undecodable);
    }
    if let Some(error) = error_of_value(message, &path, (line, column)) {
        // Of a key that begins with a number, the path has only the number.
        let path = if message == "expected `\"`" { path.parent() } else { path.without_unknown_key() };
        return Some(JsonError::Value { path, error });
    }
    let (error, offset) = syntax_error(message, &path, (line, column));
    Some(JsonError::Invalid { error, offset: offset.filter(|_| line == 1) })
}

/// Returns the error for a document that is or may be valid JSON.
fn error_of_value(message: &str, path: &Path, position: (usize, usize)) -> Option<BareError> {
    /// `{"-x` is the shortest document in which a number or a boolean as a key can be invalid.
    const FIRST_KEY: (usize, usize) = (1, 4);
    let may_be_key = path.ends_with_unknown_key() || path.is_empty() && position >= FIRST_KEY;
    let kind = match message {
        "trailing characters" if !path.is_empty() => ErrorKind::TupleType,
        NUMERIC_KEY | "expected `\"`" => value_error(NUMERIC_KEY),
        "number out of range" => value_error(message),
        "invalid number" | "expected ident" if may_be_key => value_error(message),
        "lone leading surrogate in hex escape" | "unexpected end of hex escape" => ErrorKind::StringUnicode,
        _ => return None,
    };
    Some(BareError::of(kind))
}

/// Returns CPython's message and offset. Where they depend on more than serde_json reports, the message is
/// that of serde_json, or there is no offset.
fn syntax_error(message: &str, path: &Path, position: (usize, usize)) -> (Cow<'static, str>, Option<usize>) {
    const VALUE: &str = "Expecting value";
    const PROPERTY_NAME: &str = "Expecting property name enclosed in double quotes";
    // The column counts the bytes that were read, with the invalid one unless the document ended before it.
    let (_, column) = position;
    let offset = if message.starts_with("EOF ") { column } else { column.saturating_sub(1) };
    let (error, offset) = match message {
        "expected value" | "EOF while parsing a value" => (VALUE, Some(offset)),
        // The literal begins one to four bytes before.
        "expected ident" => (VALUE, None),
        "key must be a string" => (PROPERTY_NAME, Some(offset)),
        "expected `:`" => ("Expecting ':' delimiter", Some(offset)),
        "expected `,` or `}`" | "expected `,` or `]`" => ("Expecting ',' delimiter", Some(offset)),
        "trailing characters" => ("Extra data", Some(offset)),
        "trailing comma" if path.ends_with_unknown_key() => (PROPERTY_NAME, Some(offset)),
        "trailing comma" if !path.is_empty() => (VALUE, Some(offset)),
        // The string begins anywhere before.
        "EOF while parsing a string" => ("Unterminated string starting at", None),
        // `[`, `{`, and `{` with a blank.
        "EOF while parsing a list" if position <= (1, 1) => (VALUE, Some(offset)),
        "EOF while parsing an object" if position <= (1, 2) => (PROPERTY_NAME, Some(offset)),
        message if message.starts_with("control character ") => {
            ("Invalid control character at", Some(offset))
        }
        // Another message for `\u`, at another place.
        "invalid escape" => return (message.to_owned().into(), None),
        message => return (message.to_owned().into(), Some(offset)),
    };
    (error.into(), offset)
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
