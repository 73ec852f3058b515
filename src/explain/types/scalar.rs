//! Values without parts, as visitors receive them.

use super::unexpected::Unexpected;

/// A value that a visitor receives in one call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scalar<'t> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    WideUnsigned(u128),
    WideSigned(i128),
    Float(f64),
    Str(&'t str),
    /// A variant of an enum as an object.
    Variant(&'static str),
    /// Bytes that no type accepts.
    Mark(usize),
    /// A newtype with a mark in it. What serde has buffered is refused before the visitor sees it, so no type of a
    /// single value accepts it.
    Newtype,
    /// Nothing at all: a list or an object is read without it.
    Absent,
    /// An empty list, as a placeholder for a value that is not a list.
    EmptySeq,
    /// A map, as a placeholder for a value that is not a map. It is empty but for the members that its node was
    /// given.
    Map,
}

impl Scalar<'_> {
    /// Returns what an error about this value says of it.
    pub(crate) fn unexpected(self) -> Unexpected {
        match self {
            Self::Null => Unexpected::Null,
            Self::Bool(value) => Unexpected::Bool(value),
            Self::Unsigned(value) => Unexpected::Unsigned(value),
            Self::Signed(value) => Unexpected::Signed(value),
            Self::Float(value) => Unexpected::Float(value),
            Self::Str(string) => Unexpected::Str { address: string.as_ptr() as usize },
            Self::Mark(number) => Unexpected::Mark(number),
            Self::Newtype => Unexpected::Newtype,
            Self::EmptySeq => Unexpected::Seq,
            Self::Map | Self::Variant(_) => Unexpected::Map,
            Self::WideUnsigned(_) | Self::WideSigned(_) | Self::Absent => Unexpected::Other,
        }
    }
}
