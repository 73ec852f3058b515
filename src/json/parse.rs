//! Parsing of JSON into a [`Value`], as Python's `json.loads` does it.

use std::str::FromStr;

use super::{Echo, Grammar, MAX_DEPTH, MAX_DIGITS, Malformed, NodeId, Tape, scan};
use crate::value::Value;

/// Parses JSON as Python does: keys keep their order, integers keep their digits, and `NaN` is a number.
///
/// ```
/// use axum_exception::Value;
///
/// let value: Value = r#"{"b": 123456789012345678901234567890, "a": 1e-7}"#.parse().unwrap();
/// assert_eq!(value.to_string(), r#"{"b":123456789012345678901234567890,"a":1e-07}"#);
/// let error = "[1,".parse::<Value>().unwrap_err();
/// assert_eq!(error.to_string(), "Expecting value: char 3");
/// ```
impl FromStr for Value {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        read(text, MAX_DIGITS).map(|tape| tape.value(NodeId::ROOT, &mut Echo::whole()))
    }
}

/// Returns the value of a document as an error report echoes it.
///
/// # Errors
///
/// Returns an error if the text is not JSON, or cannot be read.
pub(crate) fn echo(text: &str) -> Result<Value, ParseError> {
    read(text, usize::MAX).map(|tape| tape.document())
}

fn read(text: &str, max_digits: usize) -> Result<Tape<'_>, ParseError> {
    let grammar = Grammar { strict: false, max_depth: MAX_DEPTH, max_digits };
    scan(text.into(), grammar).map_err(ParseError)
}

/// The error of parsing a string that is not a JSON value into a [`Value`].
///
/// Its message is that of Python's `json.JSONDecodeError`, with the position in code points.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ParseError(Malformed);
