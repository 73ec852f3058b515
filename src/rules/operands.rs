//! The types that a rule accepts, with compile errors that name the cause if a type has no such rule.
//!
//! An `Option` is the usual cause. Its `None` is less than every value and equal to no other, so that a rule for it
//! refuses a field that was not sent. [`UseCheckOptional`] makes such a rule ambiguous.

use std::{any::type_name, cmp::Ordering};

use serde::Serialize;

use super::MultipleOf;
use crate::value::Value;

/// Marks the implementations that rules use.
#[derive(Debug)]
pub struct Itself;

/// Marks the implementations for `Option`, which no rule uses.
#[derive(Debug)]
pub struct UseCheckOptional;

/// Implemented for no type. The compiler tries the implementations that require it, which is why it reports the trait of a
/// rule, and not what the other implementation of that trait requires.
pub trait NoType {}

/// A type whose fields may have limits of the type `L`.
#[diagnostic::on_unimplemented(
    message = "a field of the type `{Self}` has no limits of the type `{L}`",
    label = "not a limit for this field",
    note = "for an `Option`, write `check.optional(…)` instead of `check.field(…)`, and `some` for the items of a list",
    note = "a limit has the type of the field, which implements `PartialOrd` and `Serialize`"
)]
pub trait LimitedBy<L, M> {
    /// Returns the order of the value and the limit.
    fn order(&self, limit: &L) -> Option<Ordering>;

    /// Returns the limit for an error.
    fn limit_value(limit: &L) -> Value;
}

impl<T> LimitedBy<T, Itself> for T
where
    T: PartialOrd + Serialize,
{
    fn order(&self, limit: &T) -> Option<Ordering> {
        self.partial_cmp(limit)
    }

    fn limit_value(limit: &T) -> Value {
        shown(limit)
    }
}

impl<T> LimitedBy<Self, UseCheckOptional> for Option<T> {
    fn order(&self, _: &Self) -> Option<Ordering> {
        None
    }

    fn limit_value(_: &Self) -> Value {
        Value::Null
    }
}

/// A type whose fields may be multiples of an `S`.
#[diagnostic::on_unimplemented(
    message = "a field of the type `{Self}` has no multiples",
    note = "for an `Option`, write `check.optional(…)` instead of `check.field(…)`, and `some` for the items of a list",
    note = "a step has the type of the field, which implements `MultipleOf` and `Serialize`"
)]
pub trait SteppedBy<S, M> {
    /// Returns whether the value is a multiple.
    fn is_multiple(&self, step: &S) -> bool;

    /// Returns the step for an error.
    fn step_value(step: &S) -> Value;
}

impl<T> SteppedBy<T, Itself> for T
where
    T: MultipleOf + Serialize,
{
    fn is_multiple(&self, step: &T) -> bool {
        self.is_multiple_of(step)
    }

    fn step_value(step: &T) -> Value {
        shown(step)
    }
}

impl<T: NoType> SteppedBy<Self, UseCheckOptional> for Option<T> {
    fn is_multiple(&self, _: &Self) -> bool {
        false
    }

    fn step_value(_: &Self) -> Value {
        Value::Null
    }
}

/// A type whose fields may be one of several `U`.
#[diagnostic::on_unimplemented(
    message = "a field of the type `{Self}` cannot be one of several `{U}`",
    label = "the field and the choices cannot be compared",
    note = "for an `Option`, write `check.optional(…)` instead of `check.field(…)`, and `some` for the items of a list"
)]
pub trait OneOf<U, M> {
    /// Returns whether the value is this choice.
    fn is(&self, choice: &U) -> bool;

    /// Returns a choice for an error.
    fn choice_value(choice: &U) -> Value;
}

impl<T, U> OneOf<U, Itself> for T
where
    T: PartialEq<U> + ?Sized,
    U: Serialize,
{
    fn is(&self, choice: &U) -> bool {
        self == choice
    }

    fn choice_value(choice: &U) -> Value {
        Value::from_serialize(choice).unwrap_or_default()
    }
}

impl<T> OneOf<Self, UseCheckOptional> for Option<T> {
    fn is(&self, _: &Self) -> bool {
        false
    }

    fn choice_value(_: &Self) -> Value {
        Value::Null
    }
}

/// A string.
#[diagnostic::on_unimplemented(
    message = "a field of the type `{Self}` is not a string",
    note = "for an `Option`, write `check.optional(…)` instead of `check.field(…)`, and `some` for the items of a list"
)]
pub trait Str {
    /// Returns the string.
    fn string(&self) -> &str;
}

impl<T> Str for T
where
    T: AsRef<str> + ?Sized,
{
    fn string(&self) -> &str {
        self.as_ref()
    }
}

/// A float.
#[diagnostic::on_unimplemented(
    message = "a field of the type `{Self}` is not a float",
    note = "for an `Option`, write `check.optional(…)` instead of `check.field(…)`, and `some` for the items of a list"
)]
pub trait Float<M> {
    /// Returns the number.
    fn float(&self) -> f64;
}

impl<T> Float<Itself> for T
where
    T: Copy + Into<f64>,
{
    fn float(&self) -> f64 {
        (*self).into()
    }
}

impl<T: NoType> Float<UseCheckOptional> for Option<T> {
    fn float(&self) -> f64 {
        f64::NAN
    }
}

/// A list of `I`.
#[diagnostic::on_unimplemented(
    message = "a field of the type `{Self}` is not a slice, array or `Vec`",
    note = "for an `Option`, write `check.optional(…)` instead of `check.field(…)`, and `some` for the items of a list",
    note = "for another list of a type that has rules use `nested`"
)]
pub trait Items<I> {
    /// Returns the items.
    fn items(&self) -> &[I];
}

impl<T, I> Items<I> for T
where
    T: AsRef<[I]> + ?Sized,
{
    fn items(&self) -> &[I] {
        self.as_ref()
    }
}

/// Returns a limit for an error, or `null` if it cannot be serialized. A decimal is a number, as in FastAPI, although
/// its type may be written as a string.
fn shown<T: Serialize>(limit: &T) -> Value {
    let shown = Value::from_serialize(limit).unwrap_or_default();
    let is_decimal = matches!(type_name::<T>(), "rust_decimal::decimal::Decimal" | "bigdecimal::BigDecimal");
    let number = shown.as_str().filter(|_| is_decimal).and_then(|digits| digits.parse::<Value>().ok());
    number.unwrap_or(shown)
}
