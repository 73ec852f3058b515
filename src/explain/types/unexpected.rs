//! The value that a visitor refused, as far as that identifies a value of the document.

use serde::de;

use super::candidate::mark_of;

/// A refused value, without its content where the content identifies nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Unexpected {
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    /// The address of a string. A string that was never copied still lies in the document.
    Str {
        address: usize,
    },
    /// A mark, by its number.
    Mark(usize),
    Newtype,
    Null,
    Seq,
    Map,
    Other,
}

impl From<de::Unexpected<'_>> for Unexpected {
    fn from(unexpected: de::Unexpected<'_>) -> Self {
        match unexpected {
            de::Unexpected::Bool(value) => Self::Bool(value),
            de::Unexpected::Unsigned(value) => Self::Unsigned(value),
            de::Unexpected::Signed(value) => Self::Signed(value),
            de::Unexpected::Float(value) => Self::Float(value),
            de::Unexpected::Str(string) => Self::Str { address: string.as_ptr() as usize },
            de::Unexpected::Bytes(bytes) => mark_of(bytes).map_or(Self::Other, Self::Mark),
            de::Unexpected::Unit | de::Unexpected::Option => Self::Null,
            de::Unexpected::NewtypeStruct => Self::Newtype,
            de::Unexpected::Seq => Self::Seq,
            de::Unexpected::Map => Self::Map,
            _ => Self::Other,
        }
    }
}
