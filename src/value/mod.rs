//! JSON values that keep and print what Python's `json` module keeps and prints.
//!
//! Error reports echo what a client has sent, so the order of keys, the digits of a long integer and the
//! spelling of a float must not change. `serde_json::Value` keeps them only under features that would
//! change the whole program.

mod convert;
mod display;
mod json_number;
mod map;
mod number;
mod serde_impls;
mod serializer;

use serde::Serialize;

pub(crate) use self::{
    display::write_string,
    json_number::{JSON_NUMBER, keeps_digits},
};
pub use self::{map::Map, number::Number, serializer::SerializeError};
pub use crate::json::ParseError;

/// A JSON value with ordered keys, integers of any size, and floats printed as Python prints them.
///
/// [`Display`](std::fmt::Display) writes compact JSON: without blanks, with non-ASCII characters as they are, and with
/// `null` for floats that are not finite. [`FromStr`](std::str::FromStr) parses JSON as Python does.
///
/// ```
/// use axum_exception::Value;
///
/// let value = Value::from_iter([("size", Value::from(1e16)), ("name", Value::from("café"))]);
/// assert_eq!(value.to_string(), r#"{"size":1e+16,"name":"café"}"#);
/// assert_eq!(value.get("name").and_then(Value::as_str), Some("café"));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer of any size, or a float.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// An object, with its keys in insertion order.
    Object(Map),
}

impl Value {
    /// Converts anything that serializes into a value, by `serde_json`'s rules.
    ///
    /// # Errors
    ///
    /// Returns an error if `value`'s own `Serialize` fails, or if a map has a key that is not a string, a
    /// number or a boolean.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use axum_exception::Value;
    ///
    /// let value = Value::from_serialize(&BTreeMap::from([(1, Some(0.5)), (2, None)])).unwrap();
    /// assert_eq!(value.to_string(), r#"{"1":0.5,"2":null}"#);
    /// ```
    pub fn from_serialize<T>(value: &T) -> Result<Self, SerializeError>
    where
        T: Serialize + ?Sized,
    {
        value.serialize(serializer::ValueSerializer)
    }

    /// Returns `true` if this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the boolean, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// Returns the integer, if this is one that fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// Returns the number as a float, if this is one; for a long integer, the nearest float.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number.as_f64()),
            _ => None,
        }
    }

    /// Returns the string, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(string) => Some(string),
            _ => None,
        }
    }

    /// Returns the items, if this is a list.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the members, if this is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Map> {
        match self {
            Self::Object(map) => Some(map),
            _ => None,
        }
    }

    /// Returns the value of the member with this key, if this is an object that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get(key)
    }

    /// Returns `true` if JSON can express the value: it contains no `NaN` and no infinity.
    pub(crate) fn is_finite(&self) -> bool {
        match self {
            Self::Number(number) => number.is_finite(),
            Self::Array(items) => items.iter().all(Self::is_finite),
            Self::Object(map) => map.iter().all(|(_, value)| value.is_finite()),
            Self::Null | Self::Bool(_) | Self::String(_) => true,
        }
    }
}
