//! The rules of one field.

// Each method returns the field for the next rule, so its result may be dropped.
#![allow(clippy::must_use_candidate)]

use std::cmp::Ordering;

use super::{
    Length, Measured, RuleError, Rules, check,
    field_state::FieldState,
    findings::Findings,
    operands::{Float, LimitedBy, OneOf, SteppedBy, Str},
    path::Position,
    violation::{DependsOn, Priority},
};
use crate::report::{Choices, ErrorKind, Limit};

/// Checks the rules of one field.
///
/// Each method checks one rule. Of the broken rules, the first in pydantic's order is reported.
pub struct Field<'f, T: ?Sized> {
    /// `None` obeys every rule.
    pub(super) value: Option<&'f T>,
    pub(super) state: FieldState<'f>,
}

impl<'f, T: ?Sized> Field<'f, T> {
    pub(super) fn new(findings: &'f mut Findings, position: Position<'f>, value: Option<&'f T>) -> Self {
        let value = value.filter(|_| !findings.is_done());
        Self { value, state: FieldState::new(findings, position) }
    }

    /// Checks a rule. `broken` returns the error if the value breaks it.
    fn rule(mut self, priority: Priority, broken: impl FnOnce(&T) -> Option<ErrorKind>) -> Self {
        if let Some(kind) = self.value.and_then(broken) {
            self.state.note(priority, kind, DependsOn::Value);
        }
        self
    }

    /// Checks a rule of the app, like pydantic's `AfterValidator`.
    ///
    /// It runs only if the rules before it hold, for the value and for everything inside it. A string becomes
    /// a `value_error` whose message begins with `Value error, `. For other errors return a [`RuleError`].
    ///
    /// ```
    /// # use axum_exception::rules::{Check, Rules};
    /// # struct Address { zip: String }
    /// fn zip_code(zip: &str) -> Result<(), &'static str> {
    ///     if zip.len() == 5 { Ok(()) } else { Err("a zip code has five digits") }
    /// }
    ///
    /// # impl Rules for Address {
    /// #     fn rules(&self, check: &mut Check<'_>) {
    /// check.field("zip", &self.zip).custom(|zip| zip_code(zip));
    /// #     }
    /// # }
    /// ```
    pub fn custom<E>(mut self, rule: impl FnOnce(&T) -> Result<(), E>) -> Self
    where
        E: Into<RuleError>,
    {
        if let Some(value) = self.value.filter(|_| self.state.is_valid()) {
            if let Err(error) = rule(value) {
                self.state.note(Priority::Custom, error.into().into_kind(), DependsOn::Value);
            }
        }
        self
    }
}

/// Rules that the type of the field has.
impl<T: ?Sized> Field<'_, T> {
    /// Checks the rules that the type of the field states itself.
    pub fn nested(self) -> Self
    where
        T: Rules,
    {
        if let Some(value) = self.value {
            check::within(self.state.findings, self.state.position, |check| value.rules(check));
        }
        self
    }
}

/// Rules for numbers, dates and other types that implement `PartialOrd` and `Serialize`.
///
/// The limit has the type of the field. It is in `ctx` as serde writes it. A decimal is a number there.
///
/// An `Option` has no limits, because `None` is less than every value. Use
/// [`Check::optional`](super::Check::optional).
impl<T> Field<'_, T> {
    /// Requires a value greater than `limit`.
    ///
    /// Reports `greater_than`, `Input should be greater than 0`, with `ctx` `{"gt": 0}`.
    pub fn gt<L, M>(self, limit: L) -> Self
    where
        T: LimitedBy<L, M>,
    {
        self.limited(Priority::Gt, limit, Ordering::is_gt, |gt| ErrorKind::GreaterThan { gt })
    }

    /// Requires a value greater than or equal to `limit`.
    ///
    /// Reports `greater_than_equal`, `Input should be greater than or equal to 1`, with `ctx` `{"ge": 1}`.
    pub fn ge<L, M>(self, limit: L) -> Self
    where
        T: LimitedBy<L, M>,
    {
        self.limited(Priority::Ge, limit, Ordering::is_ge, |ge| ErrorKind::GreaterThanEqual { ge })
    }

    /// Requires a value less than `limit`.
    ///
    /// Reports `less_than`, `Input should be less than 5`, with `ctx` `{"lt": 5}`.
    pub fn lt<L, M>(self, limit: L) -> Self
    where
        T: LimitedBy<L, M>,
    {
        self.limited(Priority::Lt, limit, Ordering::is_lt, |lt| ErrorKind::LessThan { lt })
    }

    /// Requires a value less than or equal to `limit`.
    ///
    /// Reports `less_than_equal`, `Input should be less than or equal to 10`, with `ctx` `{"le": 10}`.
    pub fn le<L, M>(self, limit: L) -> Self
    where
        T: LimitedBy<L, M>,
    {
        self.limited(Priority::Le, limit, Ordering::is_le, |le| ErrorKind::LessThanEqual { le })
    }

    /// Checks a limit. Values that cannot be compared, such as NaN, break it.
    fn limited<L, M>(
        self,
        priority: Priority,
        limit: L,
        obeys: fn(Ordering) -> bool,
        kind: fn(Limit) -> ErrorKind,
    ) -> Self
    where
        T: LimitedBy<L, M>,
    {
        self.rule(priority, move |value| match value.order(&limit) {
            Some(order) if obeys(order) => None,
            _ => Some(kind(Limit(T::limit_value(&limit)))),
        })
    }
}

/// Rules for numbers.
impl<T> Field<'_, T> {
    /// Requires a multiple of `step`. Floats may differ from one by a billionth.
    ///
    /// Reports `multiple_of`, `Input should be a multiple of 5`, with `ctx` `{"multiple_of": 5}`.
    pub fn multiple_of<S, M>(self, step: S) -> Self
    where
        T: SteppedBy<S, M>,
    {
        self.rule(Priority::MultipleOf, move |value| {
            let kind = || ErrorKind::MultipleOf { multiple_of: Limit(T::step_value(&step)) };
            (!value.is_multiple(&step)).then(kind)
        })
    }
}

/// Rules for floats.
impl<T> Field<'_, T> {
    /// Requires a number that is neither infinite nor NaN, as pydantic's `allow_inf_nan=False`.
    ///
    /// Only strings can be such numbers, as in a query: JSON does not have them.
    ///
    /// Reports `finite_number`, `Input should be a finite number`.
    pub fn finite<M>(self) -> Self
    where
        T: Float<M>,
    {
        self.rule(Priority::Finite, |value| (!value.float().is_finite()).then_some(ErrorKind::FiniteNumber))
    }
}

/// Rules for strings, lists, sets and maps.
impl<T: ?Sized> Field<'_, T> {
    /// Requires at least `length` characters, items or entries.
    ///
    /// Reports `string_too_short` for strings, `String should have at least 3 characters`, with `ctx`
    /// `{"min_length": 3}`, and `too_short` for everything else.
    pub fn min_length(self, length: usize) -> Self
    where
        T: Length,
    {
        self.rule(Priority::MinLength, |value| {
            let actual = value.length();
            (actual < length).then(|| T::MEASURED.too_short(length, actual))
        })
    }

    /// Requires at most `length` characters, items or entries.
    ///
    /// Reports `string_too_long` for strings, and `too_long` for everything else: `List should have at most 2
    /// items after validation, not 3`.
    ///
    /// For a list that is too long, only this error is reported and none for its items. The same holds for a
    /// set or map with more than `length` valid items.
    pub fn max_length(mut self, length: usize) -> Self
    where
        T: Length,
    {
        let actual = self.value.map_or(0, T::length);
        if actual > length {
            let (priority, depends_on) = match T::MEASURED {
                Measured::String => (Priority::MaxLength, DependsOn::Value),
                measured if measured.is_counted_first() => (Priority::ItemCount, DependsOn::Length),
                _ => (Priority::MaxLength, DependsOn::ValidItems { max_length: length, length: actual }),
            };
            self.state.note(priority, T::MEASURED.too_long(length, actual), depends_on);
        }
        self
    }
}

/// Rules for strings.
impl<T: ?Sized> Field<'_, T> {
    /// Requires a string that matches a regular expression.
    ///
    /// Reports `string_pattern_mismatch`, `String should match pattern '^[a-z]+$'`, with `ctx`
    /// `{"pattern": "^[a-z]+$"}`.
    ///
    /// Keep the pattern in a `static`: a pattern created in place is compiled for each request. An invalid
    /// pattern is a bug in the app: the client gets a plain 500, and the log has the reason.
    #[cfg(feature = "pattern")]
    #[cfg_attr(docsrs, doc(cfg(feature = "pattern")))]
    pub fn pattern(mut self, pattern: &super::Pattern) -> Self
    where
        T: Str,
    {
        match self.value.map(|value| pattern.is_match(value.string())) {
            Some(Ok(false)) => {
                let pattern = pattern.as_str().into();
                let kind = ErrorKind::StringPatternMismatch { pattern };
                self.state.note(Priority::Pattern, kind, DependsOn::Value);
            }
            Some(Err(reason)) => self.state.findings.misuse = Some(reason),
            Some(Ok(true)) | None => {}
        }
        self
    }

    /// Requires a string of ASCII characters only.
    ///
    /// Reports `string_not_ascii`, `String should contain only ASCII characters`.
    pub fn ascii(self) -> Self
    where
        T: Str,
    {
        self.rule(Priority::Format, |value| (!value.string().is_ascii()).then_some(ErrorKind::StringNotAscii))
    }

    /// Requires an email address, `name@domain`.
    ///
    /// Reports `value_error`, `value is not a valid email address: …`, with the reason in `ctx`. The reason
    /// is `It is not valid.` if no better one is known.
    ///
    /// Quoted local parts, comments and bracketed IP addresses are rejected and the domain needs a dot, as
    /// with pydantic's `EmailStr`. Unlike `EmailStr`, display names are rejected as well. Everything else is
    /// decided by the
    /// [`email_address`](https://docs.rs/email_address) crate.
    #[cfg(feature = "email")]
    #[cfg_attr(docsrs, doc(cfg(feature = "email")))]
    pub fn email(self) -> Self
    where
        T: Str,
    {
        self.rule(Priority::Format, |value| super::email::error(value.string()))
    }

    /// Requires an absolute URL of any scheme.
    ///
    /// Reports `url_parsing`, `Input should be a valid URL, relative URL without a base`.
    ///
    /// A field of the type `url::Url` does not need this rule.
    #[cfg(feature = "url")]
    #[cfg_attr(docsrs, doc(cfg(feature = "url")))]
    pub fn url(self) -> Self
    where
        T: Str,
    {
        self.rule(Priority::Format, |value| {
            let error = ::url::Url::parse(value.string()).err()?.to_string();
            Some(ErrorKind::UrlParsing { error })
        })
    }
}

/// A rule for any type.
impl<T: ?Sized> Field<'_, T> {
    /// Requires one of the given values.
    ///
    /// Reports `literal_error`, `Input should be 'a', 'b' or 'c'`, with `ctx` `{"expected": "'a', 'b' or
    /// 'c'"}`.
    ///
    /// If the values are fixed, prefer an enum, which needs no rule.
    pub fn one_of<U, M>(self, choices: impl AsRef<[U]>) -> Self
    where
        T: OneOf<U, M>,
    {
        self.rule(Priority::OneOf, |value| {
            let choices = choices.as_ref();
            (!choices.iter().any(|choice| value.is(choice))).then(|| ErrorKind::LiteralError {
                expected: Choices::Values(choices.iter().map(T::choice_value).collect()),
            })
        })
    }
}

impl<T: ?Sized> std::fmt::Debug for Field<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Field").finish_non_exhaustive()
    }
}
