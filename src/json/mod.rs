//! JSON text as Python's `json` module reads it: bytes → text → a flat tape of nodes.
//!
//! What is refused, with which words and at which place, is CPython's. What is read is kept as it was
//! written: strings are borrowed from the text, numbers stay digits, keys stay in order.

mod decode;
mod parse;
mod scan;
mod strings;
mod tape;
mod write;

pub(crate) use self::{
    decode::decode,
    parse::echo,
    scan::{Grammar, MAX_DEPTH, MAX_DIGITS, scan},
    strings::{Layout, grouped, tape_of},
    tape::{Kind, NodeId, StringRules, Tape},
    write::Echo,
};
pub use self::{parse::ParseError, tape::Repeated};

/// Why a document cannot be read at all, as opposed to a mistake in it that has a place.
///
/// FastAPI answers these with status 400 and `There was an error parsing the body`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// The bytes are text in none of JSON's encodings.
    #[error("the document is not valid UTF-8, UTF-16 or UTF-32")]
    Encoding,
    /// An integer has more than 4,300 digits.
    #[error("an integer has more than 4300 digits")]
    LongInteger,
    /// Lists and objects are nested deeper than the limit.
    #[error("the document is nested too deeply")]
    Depth,
    /// The document is larger than 4 GiB.
    #[error("the document is too large")]
    Size,
}

/// Where a text stops being JSON, in CPython's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}: char {position}")]
pub(crate) struct SyntaxError {
    pub(crate) message: &'static str,
    /// In code points from the start of the text, a byte order mark not counted.
    pub(crate) position: usize,
}

/// Why a text gives no tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub(crate) enum Malformed {
    Syntax(SyntaxError),
    Unreadable(Unreadable),
}
