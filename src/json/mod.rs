//! A JSON reader that works as Python's `json` module does: bytes → text → a flat tape of nodes.
//!
//! It rejects the documents that CPython rejects, with CPython's message and position. It keeps a document
//! as it was written: strings are borrowed from the text, numbers stay digits, keys stay in order.

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
    strings::{FileNode, Layout, Sent, grouped, tape_of},
    tape::{Kind, NodeId, StringRules, Tape},
    write::{Echo, Shown},
};
pub use self::{parse::ParseError, tape::Repeated};

/// The reason why a document cannot be read at all, as opposed to a syntax error, which has a position.
///
/// FastAPI returns 400 with the detail `There was an error parsing the body` for these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// The bytes are not valid in any of JSON's encodings.
    #[error("the document is not valid UTF-8, UTF-16 or UTF-32")]
    Encoding,
    /// An integer that the type looks at has more than 4,300 digits.
    #[error("an integer has more than 4300 digits")]
    LongInteger,
    /// Lists and objects are nested more deeply than the limit allows.
    #[error("the document is nested too deeply")]
    Depth,
    /// The document is larger than 4 GiB.
    #[error("the document is too large")]
    Size,
}

/// The position at which a text stops being JSON, with CPython's message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}: char {position}")]
pub(crate) struct SyntaxError {
    pub(crate) message: &'static str,
    /// The number of code points before it, without a byte order mark.
    pub(crate) position: usize,
}

/// The reason why a text has no tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub(crate) enum Malformed {
    Syntax(SyntaxError),
    Unreadable(Unreadable),
}
