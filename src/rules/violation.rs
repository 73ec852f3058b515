//! Violations of rules, and the values that they depend on.

use std::borrow::Cow;

use super::{Measured, not_an_email};
use crate::report::{AppMessage, CustomKind, ErrorKind};

/// A violation of a rule. Some errors need the value as the client sent it, and are completed where it is
/// known.
#[derive(Debug, PartialEq)]
#[cfg_attr(not(all(feature = "garde_0_23", feature = "validator_0_21")), allow(dead_code))]
pub(crate) enum Violation {
    /// The error is complete.
    Known(ErrorKind),
    /// A number is beyond a limit. The limit is shown as a float if the type is a float.
    BeyondLimit(ErrorKind),
    /// The length is less than this minimum.
    TooShort(usize, Option<Counted>),
    /// The length is greater than this maximum.
    TooLong(usize, Option<Counted>),
    NotEmail,
    /// An optional value that is required is `None`.
    NotSet,
}

/// The length of a value, if it is known without the document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Counted {
    pub(crate) measured: Measured,
    pub(crate) length: usize,
}

impl Violation {
    /// Returns the error for a value that is not known.
    pub(crate) fn into_kind(self) -> ErrorKind {
        let raised = |error: String| ErrorKind::ValueError { error: AppMessage(error) };
        match self {
            Self::Known(kind) | Self::BeyondLimit(kind) => kind,
            Self::TooShort(min, Some(Counted { measured, length })) => measured.too_short(min, length),
            Self::TooLong(max, Some(Counted { measured, length })) => measured.too_long(max, length),
            Self::TooShort(min, None) => raised(format!("length is lower than {min}")),
            Self::TooLong(max, None) => raised(format!("length is greater than {max}")),
            Self::NotEmail => not_an_email(""),
            Self::NotSet => ErrorKind::Missing,
        }
    }
}

/// The values that a rule reads. A broken rule is reported only if the client sent all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(any(feature = "garde_0_23", feature = "validator_0_21")), allow(dead_code))]
pub(crate) enum DependsOn {
    /// The value itself, with everything in it.
    Value,
    /// Only the number of items.
    Length,
    /// More than `max_length` items that are valid by themselves, out of `length`.
    ValidItems { max_length: usize, length: usize },
    /// The values around it as well.
    Siblings,
}

/// The `type` and `msg` of the app, in place of pydantic's.
#[derive(Debug, Default)]
pub(crate) struct Overrides {
    pub(crate) code: Option<Cow<'static, str>>,
    pub(crate) msg: Option<String>,
}

impl Overrides {
    pub(crate) fn apply_to(self, kind: ErrorKind) -> ErrorKind {
        if self.code.is_none() && self.msg.is_none() {
            return kind;
        }
        let CustomKind { error_type, msg, ctx } = *kind.into_custom();
        let (error_type, msg) = (self.code.unwrap_or(error_type), self.msg.unwrap_or(msg));
        ErrorKind::Custom(Box::new(CustomKind { error_type, msg, ctx }))
    }
}

/// The order in which pydantic checks the rules of one value. The first broken rule is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Priority {
    /// The number of items of a list, before any of them is checked.
    ItemCount,
    OneOf,
    Finite,
    MultipleOf,
    Le,
    Lt,
    Ge,
    Gt,
    MinLength,
    MaxLength,
    #[cfg_attr(not(any(feature = "garde_0_23", feature = "pattern")), allow(dead_code))]
    Pattern,
    Format,
    Custom,
}
