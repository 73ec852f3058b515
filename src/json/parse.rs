//! JSON text → [`Value`], as Python's `json.loads` reads it.

use std::str::FromStr;

use super::{Echo, Grammar, MAX_DEPTH, Malformed, NodeId, Tape, scan};
use crate::value::Value;

/// Reads JSON as Python does: keys keep their order, integers their digits, and `NaN` is a number.
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
        read(text).map(|tape| tape.value(NodeId::ROOT, &mut Echo::whole()))
    }
}

/// The value of a document as an error report echoes it.
///
/// # Errors
///
/// If it is none.
pub(crate) fn echo(text: &str) -> Result<Value, ParseError> {
    read(text).map(|tape| tape.document())
}

fn read(text: &str) -> Result<Tape<'_>, ParseError> {
    let grammar = Grammar { strict: false, max_depth: MAX_DEPTH };
    scan(text.into(), grammar).map_err(ParseError)
}

/// Why a text is no JSON value.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ParseError(Malformed);
