//! The error type of a walk: what a visitor complains about, kept as facts.

use std::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};

use crate::report::ErrorKind;

/// Why a value was not made.
#[derive(Debug)]
pub(super) enum Halt {
    /// What is wrong is on the list, or will be met again on the next walk.
    Settled,
    /// The walk ends here: a limit is reached.
    Over,
    /// Somebody complains, and nobody has said yet where that belongs.
    Complaint(Box<Complaint>),
}

#[derive(Debug)]
pub(super) struct Complaint {
    pub(super) cause: Cause,
    /// What it means, where the place of the complaint tells.
    pub(super) kind: Option<ErrorKind>,
}

#[derive(Debug)]
pub(super) enum Cause {
    Custom(String),
    Type { found: Found, expected: String },
    Value { found: Found, expected: String },
    Length { length: usize, expected: String },
    UnknownVariant { address: usize, name: String, expected: &'static [&'static str] },
    UnknownField { address: usize, name: String, expected: &'static [&'static str] },
    Missing(&'static str),
    Duplicate(&'static str),
}

/// The value that a visitor did not like.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) shape: Shape,
    text: String,
}

/// What identifies a value in the document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    /// Where the text is: in the document itself, if it was never copied.
    Text {
        address: usize,
    },
    Null,
    List,
    Object,
    Other,
}

impl Halt {
    pub(super) fn complain(cause: Cause) -> Self {
        Self::Complaint(Box::new(Complaint { cause, kind: None }))
    }

    /// A complaint of our own.
    pub(super) fn with_kind(message: String, kind: ErrorKind) -> Self {
        Self::Complaint(Box::new(Complaint { cause: Cause::Custom(message), kind: Some(kind) }))
    }

    /// The same complaint with what it means, whatever was said before.
    pub(super) fn means(mut self, kind: ErrorKind) -> Self {
        if let Self::Complaint(complaint) = &mut self {
            complaint.kind = Some(kind);
        }
        self
    }

    /// The same complaint with what it means, unless that was said already.
    pub(super) fn meaning(mut self, kind: impl FnOnce(&Cause) -> Option<ErrorKind>) -> Self {
        if let Self::Complaint(complaint) = &mut self {
            if complaint.kind.is_none() {
                complaint.kind = kind(&complaint.cause);
            }
        }
        self
    }
}

impl Found {
    fn new(unexpected: Unexpected<'_>) -> Self {
        let shape = match unexpected {
            Unexpected::Bool(value) => Shape::Bool(value),
            Unexpected::Unsigned(value) => Shape::Unsigned(value),
            Unexpected::Signed(value) => Shape::Signed(value),
            Unexpected::Float(value) => Shape::Float(value),
            Unexpected::Str(text) => Shape::Text { address: text.as_ptr() as usize },
            Unexpected::Unit | Unexpected::Option => Shape::Null,
            Unexpected::Seq => Shape::List,
            Unexpected::Map => Shape::Object,
            _ => Shape::Other,
        };
        Self { shape, text: unexpected.to_string() }
    }
}

/// serde's own wording.
impl Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Custom(message) => f.write_str(message),
            Self::Type { found, expected } => write!(f, "invalid type: {}, expected {expected}", found.text),
            Self::Value { found, expected } => {
                write!(f, "invalid value: {}, expected {expected}", found.text)
            }
            Self::Length { length, expected } => write!(f, "invalid length {length}, expected {expected}"),
            Self::UnknownVariant { name, .. } => write!(f, "unknown variant `{name}`"),
            Self::UnknownField { name, .. } => write!(f, "unknown field `{name}`"),
            Self::Missing(name) => write!(f, "missing field `{name}`"),
            Self::Duplicate(name) => write!(f, "duplicate field `{name}`"),
        }
    }
}

impl Display for Halt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settled => f.write_str("invalid value"),
            Self::Over => f.write_str("too many values"),
            Self::Complaint(complaint) => complaint.cause.fmt(f),
        }
    }
}

impl std::error::Error for Halt {}

impl de::Error for Halt {
    fn custom<T: Display>(message: T) -> Self {
        Self::complain(Cause::Custom(message.to_string()))
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::complain(Cause::Type { found: Found::new(unexpected), expected: expected.to_string() })
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::complain(Cause::Value { found: Found::new(unexpected), expected: expected.to_string() })
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::complain(Cause::Length { length, expected: expected.to_string() })
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let address = variant.as_ptr() as usize;
        Self::complain(Cause::UnknownVariant { address, name: variant.to_owned(), expected })
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let address = field.as_ptr() as usize;
        Self::complain(Cause::UnknownField { address, name: field.to_owned(), expected })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::complain(Cause::Missing(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::complain(Cause::Duplicate(field))
    }
}
