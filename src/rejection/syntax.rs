//! What serde_json says of a text that is no JSON → what CPython would say.

use std::borrow::Cow;

use super::{trail, words::Finding};
use crate::report::{ErrorKind, LocSegment};

/// What is wrong with a text that is no JSON.
pub(super) enum Syntax {
    /// There is no text.
    Empty,
    /// It is no text that CPython could decode.
    Unreadable,
    /// `offset` counts from the beginning; `None` if the text has several lines.
    Invalid { error: Cow<'static, str>, offset: Option<usize> },
    /// It is JSON after all, but a list in it has too many items.
    Data { trail: Vec<LocSegment>, finding: Finding },
}

/// Reads what serde_json says of a text that is no JSON: `… at line 1 column 2`.
pub(super) fn read(text: &str) -> Option<Syntax> {
    let (message, line, column) = position(text)?;
    let (trail, said) = message.rsplit_once(": ").unwrap_or(("", message));
    if said == "EOF while parsing a value" && (line, column) == (1, 0) {
        return Some(Syntax::Empty);
    }
    if matches!(said, "invalid unicode code point" | "recursion limit exceeded") {
        return Some(Syntax::Unreadable);
    }
    if said == "trailing characters" && !trail.is_empty() {
        let (trail, _) = trail::split(&format!("{trail}: "));
        return Some(Syntax::Data { trail, finding: Finding::of(ErrorKind::TupleType) });
    }
    let error: Cow<'static, str> = match said {
        "expected value" | "expected ident" | "EOF while parsing a value" => "Expecting value".into(),
        "key must be a string" => "Expecting property name enclosed in double quotes".into(),
        "expected `:`" => "Expecting ':' delimiter".into(),
        "expected `,` or `}`" | "expected `,` or `]`" => "Expecting ',' delimiter".into(),
        "trailing characters" => "Extra data".into(),
        "EOF while parsing a string" => "Unterminated string starting at".into(),
        "invalid escape" => "Invalid \\escape".into(),
        said if said.starts_with("control character ") => "Invalid control character at".into(),
        // What CPython would say depends on more than serde_json tells.
        said => said.to_owned().into(),
    };
    // A column counts the bytes that were read: with the offending one, unless there was none left.
    let offset = if said.starts_with("EOF ") { column } else { column.saturating_sub(1) };
    Some(Syntax::Invalid { error, offset: (line == 1).then_some(offset) })
}

/// The text without ` at line 1 column 2`.
pub(super) fn without_position(text: &str) -> &str {
    position(text).map_or(text, |(text, ..)| text)
}

fn position(text: &str) -> Option<(&str, usize, usize)> {
    let (text, position) = text.rsplit_once(" at line ")?;
    let (line, column) = position.split_once(" column ")?;
    Some((text, line.parse().ok()?, column.parse().ok()?))
}
