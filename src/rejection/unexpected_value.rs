//! Values as serde displays them in its messages.

use crate::{
    explain::parse_bool,
    value::{Number, Value},
};

/// A value as serde displays it.
pub(super) enum UnexpectedValue {
    Bool(bool),
    Integer(Number),
    Float(f64),
    String(String),
    Null,
    List,
    Object,
    Other,
}

impl UnexpectedValue {
    /// Splits ``string "XL", expected i32`` into the value and the expectation.
    pub(super) fn split(message: &str) -> Option<(Self, &str)> {
        if let Some(rest) = message.strip_prefix("string ") {
            let (string, rest) = debug_string(rest)?;
            return Some((Self::String(string), rest.strip_prefix(", expected ")?));
        }
        let (shown, expectation) = message.split_once(", expected ")?;
        Some((Self::parse(shown)?, expectation))
    }

    fn parse(shown: &str) -> Option<Self> {
        let content = |before: &str| shown.strip_prefix(before)?.strip_suffix('`');
        Some(if let Some(value) = content("boolean `") {
            Self::Bool(value == "true")
        } else if let Some(digits) = content("integer `") {
            Self::Integer(Number::from_digits(digits)?)
        } else if let Some(float) = content("floating point `") {
            Self::Float(float.parse().ok()?)
        } else if let Some(c) = content("character `") {
            Self::String(c.to_owned())
        } else {
            match shown {
                "null" | "unit value" | "Option value" => Self::Null,
                "sequence" => Self::List,
                "map" => Self::Object,
                _ => Self::Other,
            }
        })
    }

    pub(super) fn into_value(self) -> Value {
        match self {
            Self::Bool(value) => value.into(),
            Self::Integer(number) => number.into(),
            Self::Float(value) => value.into(),
            Self::String(string) => string.into(),
            Self::Null | Self::List | Self::Object | Self::Other => Value::Null,
        }
    }

    /// Returns whether pydantic tries to interpret the value as a boolean and fails.
    pub(super) fn is_uninterpretable_bool(&self) -> bool {
        match self {
            Self::Integer(_) => true,
            Self::Float(float) => float.fract() == 0.0,
            Self::String(string) => parse_bool(string).is_none(),
            Self::Bool(_) | Self::Null | Self::List | Self::Object | Self::Other => false,
        }
    }
}

/// Parses a string as Rust's `{:?}` writes it, and returns the rest behind it.
pub(super) fn debug_string(text: &str) -> Option<(String, &str)> {
    let mut chars = text.strip_prefix('"')?.chars();
    let mut string = String::new();
    loop {
        match chars.next()? {
            '"' => return Some((string, chars.as_str())),
            '\\' => string.push(match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '0' => '\0',
                'u' => {
                    let (digits, rest) = chars.as_str().strip_prefix('{')?.split_once('}')?;
                    chars = rest.chars();
                    char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
                }
                escaped => escaped,
            }),
            plain => string.push(plain),
        }
    }
}
