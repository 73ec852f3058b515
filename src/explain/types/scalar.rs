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
    /// An empty list, as a placeholder for a value that is not a list.
    EmptySeq,
    /// An empty map, as a placeholder for a value that is not a map.
    EmptyMap,
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
            Self::EmptySeq => Unexpected::Seq,
            Self::EmptyMap => Unexpected::Map,
            Self::WideUnsigned(_) | Self::WideSigned(_) => Unexpected::Other,
        }
    }
}
