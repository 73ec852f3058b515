//! The rules for one field.

// A rule is stated when the field is let go; what a method gives back is for the next rule, if there is one.
#![allow(clippy::must_use_candidate)]

use std::fmt::Display;

use serde::Serialize;

use super::{
    Length, Measured, MultipleOf, RuleError,
    found::{At, Found, Reads},
};
use crate::{
    report::{Choices, ErrorKind, Limit},
    value::Value,
};

/// A field, waiting for its rules.
///
/// Each method states one rule; of those that are broken, the first in pydantic's order is reported.
pub struct Field<'f, T: ?Sized> {
    /// What is not there obeys all rules.
    value: Option<&'f T>,
    place: Place<'f>,
}

/// Where a field is, and what was found there.
struct Place<'f> {
    found: &'f mut Found,
    at: At<'f>,
    /// How many rules were broken before.
    start: usize,
    /// Boxed, because it is moved from rule to rule and nearly always nothing.
    worst: Option<Box<Broken>>,
}

/// A rule that is broken.
struct Broken {
    rank: Rank,
    kind: ErrorKind,
    reads: Reads,
}

/// In which order rules are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// How many items there are, before any of them is looked at.
    Items,
    OneOf,
    MultipleOf,
    Le,
    Lt,
    Ge,
    Gt,
    MinLength,
    MaxLength,
    #[cfg_attr(not(any(feature = "garde", feature = "pattern")), allow(dead_code))]
    Pattern,
    Form,
    Custom,
}

impl<'f, T: ?Sized> Field<'f, T> {
    pub(super) fn new(found: &'f mut Found, at: At<'f>, value: Option<&'f T>) -> Self {
        let value = value.filter(|_| !found.is_done());
        let start = found.len();
        Self { value, place: Place { found, at, start, worst: None } }
    }

    /// States a rule: `broken` says whether and how the value breaks it.
    fn rule(mut self, rank: Rank, broken: impl FnOnce(&T) -> Option<ErrorKind>) -> Self {
        if let Some(kind) = self.value.and_then(broken) {
            self.place.note(rank, kind, Reads::Own);
        }
        self
    }

    /// A rule of the app's own: pydantic's `AfterValidator`.
    ///
    /// It is asked if the rules before it are kept, and what is inside the value, too. A text becomes
    /// `value_error`, with `Value error, ` before it; for anything else there is [`RuleError`].
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
        if let Some(value) = self.value.filter(|_| self.place.is_right()) {
            if let Err(error) = rule(value) {
                self.place.note(Rank::Custom, error.into().into_kind(), Reads::Own);
            }
        }
        self
    }

    /// The value, if there is one, and where what is found in it belongs.
    pub(super) fn inside(&mut self) -> Option<(&'f T, &mut Found, At<'f>)> {
        self.value.map(|value| (value, &mut *self.place.found, self.place.at))
    }
}

/// Numbers, dates, and whatever else has an order.
impl<T> Field<'_, T>
where
    T: PartialOrd + Serialize,
{
    /// `greater_than`: `Input should be greater than 0`, `ctx` `{"gt": 0}`.
    pub fn gt(self, limit: T) -> Self {
        self.limited(Rank::Gt, limit, T::gt, |gt| ErrorKind::GreaterThan { gt })
    }

    /// `greater_than_equal`: `Input should be greater than or equal to 1`, `ctx` `{"ge": 1}`.
    pub fn ge(self, limit: T) -> Self {
        self.limited(Rank::Ge, limit, T::ge, |ge| ErrorKind::GreaterThanEqual { ge })
    }

    /// `less_than`: `Input should be less than 5`, `ctx` `{"lt": 5}`.
    pub fn lt(self, limit: T) -> Self {
        self.limited(Rank::Lt, limit, T::lt, |lt| ErrorKind::LessThan { lt })
    }

    /// `less_than_equal`: `Input should be less than or equal to 10`, `ctx` `{"le": 10}`.
    pub fn le(self, limit: T) -> Self {
        self.limited(Rank::Le, limit, T::le, |le| ErrorKind::LessThanEqual { le })
    }

    /// What cannot be compared, such as a float that is no number, obeys no limit.
    fn limited(self, rank: Rank, limit: T, obeys: fn(&T, &T) -> bool, kind: fn(Limit) -> ErrorKind) -> Self {
        self.rule(rank, move |value| if obeys(value, &limit) { None } else { Some(kind(shown(&limit))) })
    }
}

/// Numbers.
impl<T> Field<'_, T>
where
    T: MultipleOf + Serialize,
{
    /// `multiple_of`: `Input should be a multiple of 5`, `ctx` `{"multiple_of": 5}`.
    ///
    /// Floats may be off by a billionth.
    pub fn multiple_of(self, step: T) -> Self {
        self.rule(Rank::MultipleOf, move |value| {
            (!value.is_multiple_of(&step)).then(|| ErrorKind::MultipleOf { multiple_of: shown(&step) })
        })
    }
}

/// Texts, lists, sets and maps.
impl<T> Field<'_, T>
where
    T: Length + ?Sized,
{
    /// `string_too_short` or `too_short`: `String should have at least 3 characters`, `ctx`
    /// `{"min_length": 3}`.
    pub fn min_length(self, length: usize) -> Self {
        self.rule(Rank::MinLength, |value| {
            let actual = value.length();
            (actual < length).then(|| too_short(T::MEASURED, length, actual))
        })
    }

    /// `string_too_long` or `too_long`: `List should have at most 2 items after validation, not 3`.
    ///
    /// A list that is too long is reported instead of everything in it.
    ///
    /// So is a set or a map that has more items than that which are right.
    pub fn max_length(mut self, length: usize) -> Self {
        let actual = self.value.map_or(0, T::length);
        if actual > length {
            let (rank, reads) = match T::MEASURED {
                Measured::String => (Rank::MaxLength, Reads::Own),
                measured if measured.is_counted_first() => (Rank::Items, Reads::Count),
                _ => (Rank::MaxLength, Reads::Right { most: length, of: actual }),
            };
            self.place.note(rank, too_long(T::MEASURED, length, actual), reads);
        }
        self
    }
}

/// Texts.
impl<T> Field<'_, T>
where
    T: AsRef<str> + ?Sized,
{
    /// `string_pattern_mismatch`: `String should match pattern '^[a-z]+$'`, `ctx` `{"pattern": "^[a-z]+$"}`.
    ///
    /// Keep the pattern in a `static`: one that is made in place is compiled each time. One that is no regular
    /// expression is a mistake of the program: a plain 500.
    #[cfg(feature = "pattern")]
    #[cfg_attr(docsrs, doc(cfg(feature = "pattern")))]
    pub fn pattern(mut self, pattern: &super::Pattern) -> Self {
        match self.value.map(|value| pattern.is_match(value.as_ref())) {
            Some(Ok(false)) => {
                let pattern = pattern.as_str().into();
                self.place.note(Rank::Pattern, ErrorKind::StringPatternMismatch { pattern }, Reads::Own);
            }
            Some(Err(reason)) => self.place.found.misuse = Some(reason),
            Some(Ok(true)) | None => {}
        }
        self
    }

    /// `string_not_ascii`: `String should contain only ASCII characters`.
    pub fn ascii(self) -> Self {
        self.rule(Rank::Form, |value| (!value.as_ref().is_ascii()).then_some(ErrorKind::StringNotAscii))
    }

    /// An address of the form `name@domain`: `value is not a valid email address: …`, `value_error` with
    /// the reason in `ctx`.
    ///
    /// Neither quotes nor comments nor addresses in brackets are taken, and the domain has a period in it, as
    /// pydantic's `EmailStr` has it; a display name, which that takes off, is not taken either; but for that the crate `email_address` decides. Reasons it
    /// does not tell apart are `It is not valid`.
    #[cfg(feature = "email")]
    #[cfg_attr(docsrs, doc(cfg(feature = "email")))]
    pub fn email(self) -> Self {
        self.rule(Rank::Form, |value| super::email::fault(value.as_ref()))
    }

    /// An absolute URL, of any scheme: `url_parsing`, `Input should be a valid URL, relative URL without a
    /// base`.
    ///
    /// A field of the type `url::Url` needs no rule for that.
    #[cfg(feature = "url")]
    #[cfg_attr(docsrs, doc(cfg(feature = "url")))]
    pub fn url(self) -> Self {
        self.rule(Rank::Form, |value| {
            let error = ::url::Url::parse(value.as_ref()).err()?.to_string();
            Some(ErrorKind::UrlParsing { error })
        })
    }
}

/// Choices.
impl<T: ?Sized> Field<'_, T> {
    /// `literal_error`: `Input should be 'a', 'b' or 'c'`, `ctx` `{"expected": "'a', 'b' or 'c'"}`.
    ///
    /// A fixed choice is better an enum, which needs no rule.
    pub fn one_of<U>(self, choices: impl AsRef<[U]>) -> Self
    where
        T: PartialEq<U>,
        U: Serialize,
    {
        self.rule(Rank::OneOf, |value| {
            let choices = choices.as_ref();
            (!choices.iter().any(|choice| value == choice)).then(|| ErrorKind::LiteralError {
                expected: Choices::Values(
                    choices.iter().map(|choice| Value::from_serialize(choice).unwrap_or_default()).collect(),
                ),
            })
        })
    }
}

/// What may be absent.
impl<'f, T> Field<'f, Option<T>> {
    /// Rules for what is in it. What is absent obeys all of them.
    ///
    /// [`Check::optional`](super::Check::optional) says the same of a field; this is for the items of a list.
    pub fn some(self) -> Field<'f, T> {
        let Self { value, place } = self;
        Field { value: value.and_then(Option::as_ref), place }
    }
}

/// Lists.
impl<T: ?Sized> Field<'_, T> {
    /// Rules for each item of a list, as far as it is a slice: [`nested`](Self::nested) is for others.
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
            let place = &mut self.place;
            rules(Field::new(place.found, At::ItemOf(&place.at, index, items.len()), Some(item)));
        }
        self
    }
}

/// Maps.
impl<'f, T: ?Sized> Field<'f, T> {
    /// Rules for the value under each key. The key has to be displayed as the client sends it.
    pub fn each_value<K, V>(mut self, mut rules: impl FnMut(Field<'_, V>) -> Field<'_, V>) -> Self
    where
        &'f T: IntoIterator<Item = (&'f K, &'f V)>,
        K: Display + 'f,
        V: 'f,
    {
        let length = count(self.value);
        for (key, value) in self.value.into_iter().flatten() {
            let place = &mut self.place;
            rules(Field::new(place.found, At::Shown(&place.at, key, length), Some(value)));
        }
        self
    }

    /// Rules for each key, which has to be displayed as the client sends it. Their errors are at `[…, "the key", "[key]"]`.
    pub fn each_key<K, V>(mut self, mut rules: impl FnMut(Field<'_, K>) -> Field<'_, K>) -> Self
    where
        &'f T: IntoIterator<Item = (&'f K, &'f V)>,
        K: Display + 'f,
        V: 'f,
    {
        let length = count(self.value);
        for (key, _) in self.value.into_iter().flatten() {
            let place = &mut self.place;
            let value = At::Shown(&place.at, key, length);
            rules(Field::new(place.found, At::ToKey(&value), Some(key)));
        }
        self
    }
}

/// How many entries a map has.
fn count<M: IntoIterator + Copy>(map: Option<M>) -> usize {
    let entries = map.into_iter().flatten();
    match entries.size_hint() {
        (least, Some(most)) if least == most => least,
        _ => entries.count(),
    }
}

impl Place<'_> {
    #[cold]
    fn note(&mut self, rank: Rank, kind: ErrorKind, reads: Reads) {
        if self.worst.as_ref().is_none_or(|worst| rank < worst.rank) {
            self.worst = Some(Box::new(Broken { rank, kind, reads }));
        }
    }

    #[cold]
    fn settle(&mut self, Broken { kind, reads, .. }: Broken) {
        if reads == Reads::Count {
            self.found.truncate(self.start);
        }
        // What is wrong inside goes first, unless it may come to more than that.
        if self.found.len() == self.start || matches!(reads, Reads::Right { .. }) {
            self.found.push(self.at, kind, reads);
        }
    }

    /// Whether no rule is broken yet, neither here nor inside.
    fn is_right(&self) -> bool {
        self.worst.is_none() && self.found.len() == self.start && !self.found.is_done()
    }
}

/// The rules of a field are complete when it is let go.
impl Drop for Place<'_> {
    #[inline]
    fn drop(&mut self) {
        if let Some(worst) = self.worst.take() {
            self.settle(*worst);
        }
    }
}

impl<T: ?Sized> std::fmt::Debug for Field<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Field").finish_non_exhaustive()
    }
}

/// A limit as it is reported; `null` if it cannot be serialized.
fn shown<T: Serialize>(limit: &T) -> Limit {
    Limit(Value::from_serialize(limit).unwrap_or_default())
}

pub(crate) fn too_short(measured: Measured, min_length: usize, actual_length: usize) -> ErrorKind {
    match measured {
        Measured::String => ErrorKind::StringTooShort { min_length },
        _ => ErrorKind::TooShort { field_type: measured.name().into(), min_length, actual_length },
    }
}

pub(crate) fn too_long(measured: Measured, max_length: usize, actual: usize) -> ErrorKind {
    match measured {
        Measured::String => ErrorKind::StringTooLong { max_length },
        _ => ErrorKind::TooLong {
            field_type: measured.name().into(),
            max_length,
            // How many more there are is not counted where it is not known beforehand.
            actual_length: measured.is_counted_first().then_some(actual),
        },
    }
}
