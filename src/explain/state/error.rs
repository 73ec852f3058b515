//! The engine's `serde::de::Error`: what a visitor says is wrong, kept as facts.

use std::fmt::{self, Display};

use serde::de::{self, Expected};

use super::recording::record;
use crate::{
    explain::types::Unexpected,
    report::{AppMessage, ErrorKind},
};

/// Why a value was not made.
#[derive(Debug)]
pub(crate) enum Error {
    /// The error is noted, or the next pass will meet it again.
    Settled,
    /// A limit is reached, and the pass ends.
    Limit,
    /// A visitor raised the error, and it is not decided yet where it belongs.
    Open(Box<OpenError>),
}

/// An error that has no location yet.
#[derive(Debug)]
pub(crate) struct OpenError {
    pub(crate) cause: Cause,
    /// The kind that is reported, where the place at which the error was raised decides it.
    pub(crate) kind: Option<ErrorKind>,
}

/// The facts that a visitor gave.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cause {
    Custom(String),
    Type { found: RefusedValue, expected: String },
    Value { found: RefusedValue, expected: String },
    Length { length: usize, expected: String },
    UnknownVariant { address: usize, name: String, expected: &'static [&'static str] },
    UnknownField { address: usize, name: String, expected: &'static [&'static str] },
    Missing(&'static str),
    Duplicate(&'static str),
}

/// The value that a visitor refused.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RefusedValue {
    pub(crate) value: Unexpected,
    /// The value in serde's words.
    shown: String,
}

impl RefusedValue {
    fn new(unexpected: de::Unexpected<'_>) -> Self {
        Self { value: unexpected.into(), shown: unexpected.to_string() }
    }
}

impl Error {
    fn open(cause: Cause) -> Self {
        record(&cause);
        Self::Open(Box::new(OpenError { cause, kind: None }))
    }

    /// Returns an error that the engine raises itself.
    pub(crate) fn of_kind(kind: ErrorKind) -> Self {
        let cause = Cause::Custom(kind.msg().into_owned());
        Self::Open(Box::new(OpenError { cause, kind: Some(kind) }))
    }

    /// Decides the kind of the error.
    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Self {
        if let Self::Open(error) = &mut self {
            error.kind = Some(kind);
        }
        self
    }

    /// Decides the kind of the error, unless it is decided.
    pub(crate) fn or_kind(mut self, kind: impl FnOnce(&Cause) -> Option<ErrorKind>) -> Self {
        if let Self::Open(error) = &mut self {
            if error.kind.is_none() {
                error.kind = kind(&error.cause);
            }
        }
        self
    }
}

impl Cause {
    /// Returns what was expected, in the words of the visitor.
    pub(crate) fn expected(&self) -> Option<&str> {
        match self {
            Self::Type { expected, .. } | Self::Value { expected, .. } | Self::Length { expected, .. } => {
                Some(expected)
            }
            _ => None,
        }
    }

    /// Returns the value that was refused.
    pub(crate) fn refused(&self) -> Option<Unexpected> {
        match self {
            Self::Type { found, .. } | Self::Value { found, .. } => Some(found.value),
            _ => None,
        }
    }

    /// Returns the error in the words of the type that raised it.
    pub(crate) fn to_value_error(&self) -> ErrorKind {
        ErrorKind::ValueError { error: AppMessage(self.to_string()) }
    }
}

/// serde's own wording.
impl Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Custom(message) => f.write_str(message),
            Self::Type { found, expected } => write!(f, "invalid type: {}, expected {expected}", found.shown),
            Self::Value { found, expected } => {
                write!(f, "invalid value: {}, expected {expected}", found.shown)
            }
            Self::Length { length, expected } => write!(f, "invalid length {length}, expected {expected}"),
            Self::UnknownVariant { name, .. } => write!(f, "unknown variant `{name}`"),
            Self::UnknownField { name, .. } => write!(f, "unknown field `{name}`"),
            Self::Missing(name) => write!(f, "missing field `{name}`"),
            Self::Duplicate(name) => write!(f, "duplicate field `{name}`"),
        }
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settled => f.write_str("invalid value"),
            Self::Limit => f.write_str("too many values"),
            Self::Open(error) => error.cause.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: Display>(message: T) -> Self {
        Self::open(Cause::Custom(message.to_string()))
    }

    fn invalid_type(unexpected: de::Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::open(Cause::Type { found: RefusedValue::new(unexpected), expected: expected.to_string() })
    }

    fn invalid_value(unexpected: de::Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::open(Cause::Value { found: RefusedValue::new(unexpected), expected: expected.to_string() })
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::open(Cause::Length { length, expected: expected.to_string() })
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let address = variant.as_ptr() as usize;
        Self::open(Cause::UnknownVariant { address, name: variant.to_owned(), expected })
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let address = field.as_ptr() as usize;
        Self::open(Cause::UnknownField { address, name: field.to_owned(), expected })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::open(Cause::Missing(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::open(Cause::Duplicate(field))
    }
}
