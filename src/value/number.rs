//! JSON numbers that keep every digit.

use std::fmt;

use serde::{Serialize, Serializer};

/// A JSON number: an integer of any size, or a float.
///
/// [`Display`](fmt::Display) writes it as Python does: `1.0`, `1e+16`, `1e-07`, and all digits of an integer.
///
/// ```
/// use axum_exception::value::Number;
///
/// assert_eq!(Number::from(1e16).to_string(), "1e+16");
/// assert_eq!(Number::from(u128::MAX).to_string(), "340282366920938463463374607431768211455");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Number(Repr);

#[derive(Clone, Debug, PartialEq)]
enum Repr {
    Signed(i64),
    /// Only above `i64::MAX`, so that equal numbers compare equal.
    Unsigned(u64),
    /// Only integers that neither of them holds, without leading zeros.
    Digits(Box<str>),
    Float(f64),
}

impl Number {
    /// Parses an integer from its decimal digits, with an optional `-` before them; `None` for any other
    /// string.
    ///
    /// ```
    /// use axum_exception::value::Number;
    ///
    /// let number = Number::from_digits("-00123456789012345678901234567890").unwrap();
    /// assert_eq!(number.to_string(), "-123456789012345678901234567890");
    /// assert!(Number::from_digits("1.5").is_none());
    /// ```
    #[must_use]
    pub fn from_digits(string: &str) -> Option<Self> {
        let (sign, digits) = match string.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", string),
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        if let Ok(value) = string.parse::<i64>() {
            return Some(value.into());
        }
        if let Ok(value) = string.parse::<u64>() {
            return Some(value.into());
        }
        let significant = digits.trim_start_matches('0');
        Some(Self(Repr::Digits(format!("{sign}{significant}").into())))
    }

    /// Returns the integer, if it is one that fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Signed(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the integer, if it is one that fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match self.0 {
            Repr::Signed(value) => value.try_into().ok(),
            Repr::Unsigned(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the integer, if it is one that fits.
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        match &self.0 {
            Repr::Signed(value) => Some((*value).into()),
            Repr::Unsigned(value) => Some((*value).into()),
            Repr::Digits(digits) => digits.parse().ok(),
            Repr::Float(_) => None,
        }
    }

    /// Returns the number as a float; for a long integer, the nearest float.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Repr::Signed(value) => *value as f64,
            Repr::Unsigned(value) => *value as f64,
            Repr::Digits(digits) => digits.parse().unwrap_or(f64::NAN),
            Repr::Float(value) => *value,
        }
    }

    /// Returns `true` for an integer, which is a number without a fraction or an exponent: not for `1.0`.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        !matches!(self.0, Repr::Float(_))
    }

    pub(crate) fn is_finite(&self) -> bool {
        !matches!(self.0, Repr::Float(value) if !value.is_finite())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Signed(value) => write!(f, "{value}"),
            Repr::Unsigned(value) => write!(f, "{value}"),
            Repr::Digits(digits) => f.write_str(digits),
            Repr::Float(value) => write_float(f, *value),
        }
    }
}

/// Writes a float as Python's `repr` does: with the shortest digits that parse back, and with an exponent
/// from 1e16 up and below 1e-4.
fn write_float(f: &mut fmt::Formatter<'_>, value: f64) -> fmt::Result {
    if !value.is_finite() {
        return f.write_str("null");
    }
    let mut buffer = zmij::Buffer::new();
    let shortest = buffer.format_finite(value);
    if let Some((mantissa, exponent)) = shortest.split_once('e') {
        // Python's exponent has at least two digits.
        let (sign, digits) = match exponent.strip_prefix('-') {
            Some(digits) => ('-', digits),
            None => ('+', exponent.trim_start_matches('+')),
        };
        return write!(f, "{mantissa}e{sign}{digits:0>2}");
    }
    if value == 0.0 || value.abs() >= 1e-4 {
        return f.write_str(shortest);
    }
    // `zmij` writes an exponent only below 1e-5, so this is 0.0000ddd.
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let digits = shortest.trim_start_matches(['-', '0', '.']);
    match digits.split_at_checked(1) {
        Some((first, "")) => write!(f, "{sign}{first}e-05"),
        Some((first, rest)) => write!(f, "{sign}{first}.{rest}e-05"),
        None => f.write_str(shortest),
    }
}

/// Writes one conversion for each integer type.
macro_rules! from_integer {
    ($($signed:ty)*; $($wide:ty)*) => {
        $(impl From<$signed> for Number {
            fn from(value: $signed) -> Self {
                Self(Repr::Signed(value.into()))
            }
        })*
        $(impl From<$wide> for Number {
            fn from(value: $wide) -> Self {
                Self(if let Ok(value) = i64::try_from(value) {
                    Repr::Signed(value)
                } else if let Ok(value) = u64::try_from(value) {
                    Repr::Unsigned(value)
                } else {
                    Repr::Digits(value.to_string().into())
                })
            }
        })*
    };
}

from_integer!(i8 i16 i32 i64 u8 u16 u32; i128 isize u128 usize);

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        u128::from(value).into()
    }
}

impl From<f32> for Number {
    fn from(value: f32) -> Self {
        f64::from(value).into()
    }
}

impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Self(Repr::Float(value))
    }
}

impl From<serde_json::Number> for Number {
    fn from(number: serde_json::Number) -> Self {
        if let Some(value) = number.as_i64() {
            return value.into();
        }
        if let Some(value) = number.as_u64() {
            return value.into();
        }
        // With `arbitrary_precision`, which the app may turn on, this keeps all digits.
        let spelling = number.to_string();
        Self::from_digits(&spelling).unwrap_or_else(|| spelling.parse().unwrap_or(f64::NAN).into())
    }
}

impl From<Number> for serde_json::Value {
    fn from(number: Number) -> Self {
        match number.0 {
            Repr::Signed(value) => value.into(),
            Repr::Unsigned(value) => value.into(),
            Repr::Digits(_) | Repr::Float(_) => number.as_f64().into(),
        }
    }
}

/// The name of the newtype struct as which a long integer is serialized.
pub(super) const DIGITS: &str = "$axum_exception::Digits";

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Repr::Signed(value) => serializer.serialize_i64(*value),
            Repr::Unsigned(value) => serializer.serialize_u64(*value),
            // Not `serialize_u128`: `serde_json::to_value` fails on it, and a client must not be able to
            // break the handler that echoes its input.
            Repr::Digits(digits) => serializer.serialize_newtype_struct(DIGITS, &Digits(digits)),
            Repr::Float(value) => serializer.serialize_f64(*value),
        }
    }
}

/// The digits of a long integer. Every serializer gets a float, except this crate's own, which gets the
/// digits because it says that it is not human-readable.
struct Digits<'a>(&'a str);

impl Serialize for Digits<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_f64(self.0.parse().unwrap_or(f64::NAN))
        } else {
            serializer.serialize_str(self.0)
        }
    }
}
