//! The content type of a request, if it is not the one that an extractor reads.

use std::{borrow::Cow, fmt};

use crate::{
    report::{Choices, ErrorDetail, ErrorKind, Loc, OneLine},
    value::Value,
};

/// A content type that an extractor does not read.
#[derive(Clone, Debug)]
pub(crate) struct ContentTypeMismatch {
    expected: &'static str,
    received: Received,
}

#[derive(Clone, Debug)]
enum Received {
    /// A rejection of axum does not say which one it was.
    Unknown,
    Nothing,
    ContentType(String),
}

impl ContentTypeMismatch {
    /// The content type of a request, which has been read.
    pub(crate) fn new(expected: &'static str, received: Option<&[u8]>) -> Self {
        let received = match received {
            Some(received) => Received::ContentType(String::from_utf8_lossy(received).into_owned()),
            None => Received::Nothing,
        };
        Self { expected, received }
    }

    /// The content type of a request that axum rejected.
    pub(crate) fn unknown(expected: &'static str) -> Self {
        Self { expected, received: Received::Unknown }
    }

    /// Returns the error of the header.
    pub(crate) fn to_error(&self) -> ErrorDetail {
        let loc = Loc::from(["header", "content-type"]);
        let input = match &self.received {
            Received::Nothing => return ErrorDetail::missing(loc),
            Received::Unknown => Value::Null,
            Received::ContentType(received) => received.as_str().into(),
        };
        let expected = Choices::Quoted(vec![self.expected.to_owned()]);
        ErrorDetail::of(ErrorKind::LiteralError { expected }, loc, input)
    }
}

/// Writes the content type for the log.
impl fmt::Display for ContentTypeMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let received: Cow<'_, str> = match &self.received {
            Received::Unknown => "another one or none".into(),
            Received::Nothing => "none".into(),
            Received::ContentType(received) => format!("`{}`", OneLine(received)).into(),
        };
        write!(f, "the content type should be `{}`, and is {received}", self.expected)
    }
}
