//! JSON text as Python's `json` module reads it: bytes → text → a flat tape of nodes.
//!
//! What is refused, with which words and at which place, is CPython's. What is read is kept as it was
//! written: strings are borrowed from the text, numbers stay digits, keys stay in order.

mod decode;
mod parse;
mod scan;
mod tape;
mod texts;
mod write;

use std::fmt;

pub(crate) use self::{
    decode::decode,
    parse::echo,
    scan::{Rules, scan},
    tape::{Kind, NodeId, Tape, TextRules},
    texts::{Layout, grouped, tape_of},
    write::Echo,
};
pub use self::{parse::ParseError, tape::Repeated};

/// Why a document cannot be read at all, as opposed to a mistake in it that has a place.
///
/// FastAPI answers these with status 400 and `There was an error parsing the body`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unreadable {
    /// The bytes are text in none of JSON's encodings.
    Encoding,
    /// An integer has more than 4,300 digits.
    LongInteger,
    /// Lists and objects are nested deeper than the limit.
    Depth,
    /// The document is larger than 4 GiB.
    Size,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Encoding => "the document is not valid UTF-8, UTF-16 or UTF-32",
            Self::LongInteger => "an integer has more than 4300 digits",
            Self::Depth => "the document is nested too deeply",
            Self::Size => "the document is too large",
        })
    }
}

impl std::error::Error for Unreadable {}

/// Where a text stops being JSON, in CPython's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) message: &'static str,
    /// In code points from the start of the text, a byte order mark not counted.
    pub(crate) position: usize,
}

/// Why a text gives no tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Malformed {
    Syntax(SyntaxError),
    Unreadable(Unreadable),
}
