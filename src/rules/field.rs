//! The rules of one field.

// Each method returns the field for the next rule, so its result may be dropped.
#![allow(clippy::must_use_candidate)]

use std::{any::type_name, fmt::Display};

use serde::Serialize;

use super::{
    Length, Measured, MultipleOf, RuleError, Rules, check,
    field_state::FieldState,
    findings::Findings,
    path::Position,
    violation::{DependsOn, Priority},
};
use crate::{
    report::{Choices, ErrorKind, Limit},
    value::Value,
};

/// Checks the rules of one field.
///
/// Each method checks one rule. Of the broken rules, the first in pydantic's order is reported.
pub struct Field<'f, T: ?Sized> {
    /// `None` obeys every rule.
    value: Option<&'f T>,
    state: FieldState<'f>,
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

impl<T> Field<'_, T>
where
    T: Rules + ?Sized,
{
    /// Checks the rules that the type of the field states itself.
    pub fn nested(self) -> Self {
        if let Some(value) = self.value {
            check::within(self.state.findings, self.state.position, |check| value.rules(check));
        }
        self
    }
}

/// Rules for numbers, dates and other types that have an order.
///
/// The limit is in `ctx` as serde writes it. A decimal is a number there.
impl<T> Field<'_, T>
where
    T: PartialOrd + Serialize,
{
    /// Requires a value greater than `limit`.
    ///
    /// Reports `greater_than`, `Input should be greater than 0`, with `ctx` `{"gt": 0}`.
    pub fn gt(self, limit: T) -> Self {
        self.limited(Priority::Gt, limit, T::gt, |gt| ErrorKind::GreaterThan { gt })
    }

    /// Requires a value greater than or equal to `limit`.
    ///
    /// Reports `greater_than_equal`, `Input should be greater than or equal to 1`, with `ctx` `{"ge": 1}`.
    pub fn ge(self, limit: T) -> Self {
        self.limited(Priority::Ge, limit, T::ge, |ge| ErrorKind::GreaterThanEqual { ge })
    }

    /// Requires a value less than `limit`.
    ///
    /// Reports `less_than`, `Input should be less than 5`, with `ctx` `{"lt": 5}`.
    pub fn lt(self, limit: T) -> Self {
        self.limited(Priority::Lt, limit, T::lt, |lt| ErrorKind::LessThan { lt })
    }

    /// Requires a value less than or equal to `limit`.
    ///
    /// Reports `less_than_equal`, `Input should be less than or equal to 10`, with `ctx` `{"le": 10}`.
    pub fn le(self, limit: T) -> Self {
        self.limited(Priority::Le, limit, T::le, |le| ErrorKind::LessThanEqual { le })
    }

    /// Checks a limit. Values that cannot be compared, such as NaN, break it.
    fn limited(
        self,
        priority: Priority,
        limit: T,
        obeys: fn(&T, &T) -> bool,
        kind: fn(Limit) -> ErrorKind,
    ) -> Self {
        self.rule(priority, move |value| if obeys(value, &limit) { None } else { Some(kind(shown(&limit))) })
    }
}

/// Rules for numbers.
impl<T> Field<'_, T>
where
    T: MultipleOf + Serialize,
{
    /// Requires a multiple of `step`. Floats may differ from one by a billionth.
    ///
    /// Reports `multiple_of`, `Input should be a multiple of 5`, with `ctx` `{"multiple_of": 5}`.
    pub fn multiple_of(self, step: T) -> Self {
        self.rule(Priority::MultipleOf, move |value| {
            (!value.is_multiple_of(&step)).then(|| ErrorKind::MultipleOf { multiple_of: shown(&step) })
        })
    }
}

/// Rules for floats.
impl<T> Field<'_, T>
where
    T: Copy + Into<f64>,
{
    /// Requires a number that is neither infinite nor NaN, as pydantic's `allow_inf_nan=False`.
    ///
    /// Only strings can be such numbers, as in a query: JSON does not have them.
    ///
    /// Reports `finite_number`, `Input should be a finite number`.
    pub fn finite(self) -> Self {
        self.rule(Priority::Finite, |value| {
            let value: f64 = (*value).into();
            (!value.is_finite()).then_some(ErrorKind::FiniteNumber)
        })
    }
}

/// Rules for strings, lists, sets and maps.
impl<T> Field<'_, T>
where
    T: Length + ?Sized,
{
    /// Requires at least `length` characters, items or entries.
    ///
    /// Reports `string_too_short` for strings, `String should have at least 3 characters`, with `ctx`
    /// `{"min_length": 3}`, and `too_short` for everything else.
    pub fn min_length(self, length: usize) -> Self {
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
    pub fn max_length(mut self, length: usize) -> Self {
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
impl<T> Field<'_, T>
where
    T: AsRef<str> + ?Sized,
{
    /// Requires a string that matches a regular expression.
    ///
    /// Reports `string_pattern_mismatch`, `String should match pattern '^[a-z]+$'`, with `ctx`
    /// `{"pattern": "^[a-z]+$"}`.
    ///
    /// Keep the pattern in a `static`: a pattern created in place is compiled for each request. An invalid
    /// pattern is a bug in the app: the client gets a plain 500, and the log has the reason.
    #[cfg(feature = "pattern")]
    #[cfg_attr(docsrs, doc(cfg(feature = "pattern")))]
    pub fn pattern(mut self, pattern: &super::Pattern) -> Self {
        match self.value.map(|value| pattern.is_match(value.as_ref())) {
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
    pub fn ascii(self) -> Self {
        self.rule(Priority::Format, |value| (!value.as_ref().is_ascii()).then_some(ErrorKind::StringNotAscii))
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
    pub fn email(self) -> Self {
        self.rule(Priority::Format, |value| super::email::error(value.as_ref()))
    }

    /// Requires an absolute URL of any scheme.
    ///
    /// Reports `url_parsing`, `Input should be a valid URL, relative URL without a base`.
    ///
    /// A field of the type `url::Url` does not need this rule.
    #[cfg(feature = "url")]
    #[cfg_attr(docsrs, doc(cfg(feature = "url")))]
    pub fn url(self) -> Self {
        self.rule(Priority::Format, |value| {
            let error = ::url::Url::parse(value.as_ref()).err()?.to_string();
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
    pub fn one_of<U>(self, choices: impl AsRef<[U]>) -> Self
    where
        T: PartialEq<U>,
        U: Serialize,
    {
        self.rule(Priority::OneOf, |value| {
            let choices = choices.as_ref();
            (!choices.iter().any(|choice| value == choice)).then(|| ErrorKind::LiteralError {
                expected: Choices::Values(
                    choices.iter().map(|choice| Value::from_serialize(choice).unwrap_or_default()).collect(),
                ),
            })
        })
    }
}

/// Rules for optional values.
impl<T> Field<'_, Option<T>> {
    /// Checks rules for the value inside the `Option`. `None` obeys all of them.
    ///
    /// Use it for the items of a list. For a field use [`Check::optional`](super::Check::optional).
    ///
    /// ```
    /// # use axum_exception::rules::{Check, Rules};
    /// # struct Item { sizes: Vec<Option<i64>> }
    /// # impl Rules for Item {
    /// #     fn rules(&self, check: &mut Check<'_>) {
    /// check.field("sizes", &self.sizes).each(|size| size.some(|size| size.ge(1)));
    /// #     }
    /// # }
    /// ```
    pub fn some(self, rules: impl FnOnce(Field<'_, T>) -> Field<'_, T>) -> Self {
        if let Some(value) = self.value.and_then(Option::as_ref) {
            rules(Field::new(self.state.findings, self.state.position, Some(value)));
        }
        self
    }
}

/// Rules for lists.
impl<T: ?Sized> Field<'_, T> {
    /// Checks rules for each item of a slice, array or `Vec`. For other lists use [`nested`](Self::nested).
    ///
    /// ```
    /// # use axum_exception::rules::{Check, Rules};
    /// # struct Item { tags: Vec<String> }
    /// # impl Rules for Item {
    /// #     fn rules(&self, check: &mut Check<'_>) {
    /// check.field("tags", &self.tags).each(|tag| tag.min_length(1).max_length(20));
    /// #     }
    /// # }
    /// ```
    pub fn each<I>(mut self, mut rules: impl FnMut(Field<'_, I>) -> Field<'_, I>) -> Self
    where
        T: AsRef<[I]>,
    {
        let items = self.value.map(AsRef::as_ref).unwrap_or_default();
        for (index, item) in items.iter().enumerate() {
            let state = &mut self.state;
            let position = Position::ItemOf { list: &state.position, index, length: items.len() };
            rules(Field::new(state.findings, position, Some(item)));
        }
        self
    }
}

/// Rules for maps.
impl<'f, T: ?Sized> Field<'f, T> {
    /// Checks rules for the value of each entry.
    ///
    /// The `Display` output of a key must be the key as the client sends it.
    pub fn each_value<K, V>(mut self, mut rules: impl FnMut(Field<'_, V>) -> Field<'_, V>) -> Self
    where
        &'f T: IntoIterator<Item = (&'f K, &'f V)>,
        K: Display + 'f,
        V: 'f,
    {
        let length = count(self.value);
        for (key, value) in self.value.into_iter().flatten() {
            let state = &mut self.state;
            let position = Position::Entry { map: &state.position, key, length };
            rules(Field::new(state.findings, position, Some(value)));
        }
        self
    }

    /// Checks rules for each key. Their errors have the `loc` `[…, "the key", "[key]"]`.
    ///
    /// The `Display` output of a key must be the key as the client sends it.
    pub fn each_key<K, V>(mut self, mut rules: impl FnMut(Field<'_, K>) -> Field<'_, K>) -> Self
    where
        &'f T: IntoIterator<Item = (&'f K, &'f V)>,
        K: Display + 'f,
        V: 'f,
    {
        let length = count(self.value);
        for (key, _) in self.value.into_iter().flatten() {
            let state = &mut self.state;
            let value = Position::Entry { map: &state.position, key, length };
            rules(Field::new(state.findings, Position::ToKey(&value), Some(key)));
        }
        self
    }
}

/// Returns the number of entries of a map.
fn count<M: IntoIterator + Copy>(map: Option<M>) -> usize {
    let entries = map.into_iter().flatten();
    match entries.size_hint() {
        (least, Some(most)) if least == most => least,
        _ => entries.count(),
    }
}

/// Returns a limit as it is reported: `null` if it cannot be serialized.
/// Returns a limit as it is shown. A decimal is a number, as in FastAPI, although its type may be written as a string.
fn shown<T: Serialize>(limit: &T) -> Limit {
    let shown = Value::from_serialize(limit).unwrap_or_default();
    let is_decimal = matches!(type_name::<T>(), "rust_decimal::decimal::Decimal" | "bigdecimal::BigDecimal");
    let number = shown.as_str().filter(|_| is_decimal).and_then(|digits| digits.parse::<Value>().ok());
    Limit(number.unwrap_or(shown))
}

impl<T: ?Sized> std::fmt::Debug for Field<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Field").finish_non_exhaustive()
    }
}
