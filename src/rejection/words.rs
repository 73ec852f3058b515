//! serde's words → pydantic's.
//!
//! `invalid type: string "XL", expected i32` says what was there and what was expected, which is all that
//! pydantic's type and message need. Where a text does not say enough, the report says less, not more.

use super::trail;
use crate::{
    report::{AppMessage, Choices, ErrorDetail, ErrorKind, Loc, LocSegment},
    value::{Number, Value},
};

/// What is wrong, and with which value.
pub(super) struct Finding {
    pub(super) kind: ErrorKind,
    pub(super) input: Value,
}

impl Finding {
    /// A finding whose value the text does not show.
    pub(super) fn of(kind: ErrorKind) -> Self {
        Self { kind, input: Value::Null }
    }
}

/// What a message of serde says of the value at the end of the trail.
pub(super) fn findings(source: &Loc, trail: Vec<LocSegment>, message: &str) -> Vec<ErrorDetail> {
    let here = |trail: Vec<LocSegment>, finding: Finding| {
        ErrorDetail::of(finding.kind, trail::append(source, trail), finding.input)
    };
    if let Some(name) = quoted(message, "missing field `") {
        let mut trail = trail;
        trail.push(name.to_owned().into());
        return vec![here(trail, Finding::of(ErrorKind::Missing))];
    }
    if let Some(name) = quoted(message, "unknown field `") {
        let mut trail = trail;
        let name = LocSegment::from(name.to_owned());
        if trail.last() != Some(&name) {
            trail.push(name);
        }
        return vec![here(trail, Finding::of(ErrorKind::ExtraForbidden))];
    }
    if let Some(name) = quoted(message, "duplicate field `") {
        let mut trail = trail;
        trail.push(name.to_owned().into());
        return vec![here(trail, Finding::of(value_error(message)))];
    }
    if let Some((length, size)) = too_short(message) {
        let missing = |index: usize| {
            let mut trail = trail.clone();
            trail.push(index.into());
            here(trail, Finding::of(ErrorKind::Missing))
        };
        // A type has few items; a text that says otherwise is not serde's.
        return (length..size.min(length + 64)).map(missing).collect();
    }
    vec![here(trail, finding(message))]
}

/// What a message of serde says of a value.
pub(super) fn finding(message: &str) -> Finding {
    said_of_a_value(message)
        .or_else(|| said_of_a_url(message))
        .unwrap_or_else(|| Finding::of(parse_error(message)))
}

/// `empty host: "http://"`, as the crate `url` says it.
fn said_of_a_url(message: &str) -> Option<Finding> {
    let (error, text) = message.split_once(": ")?;
    let (text, "") = debugged(text)? else { return None };
    let kind = url_parsing(error)?;
    Some(Finding { kind, input: text.into() })
}

fn url_parsing(error: &str) -> Option<ErrorKind> {
    const ERRORS: &[&str] = &[
        "relative URL without a base",
        "empty host",
        "invalid international domain name",
        "invalid port number",
        "invalid IPv4 address",
        "invalid IPv6 address",
        "invalid domain character",
    ];
    ERRORS.contains(&error).then(|| ErrorKind::UrlParsing { error: error.to_owned() })
}

fn said_of_a_value(message: &str) -> Option<Finding> {
    if let Some(name) = quoted(message, "unknown variant `") {
        let (_, expected) = message.split_once("`, expected ")?;
        return Some(Finding { kind: ErrorKind::Enum { expected: variants(expected) }, input: name.into() });
    }
    if let Some(rest) = message.strip_prefix("invalid type: ") {
        let (found, expected) = found(rest)?;
        return Some(Finding { kind: wrong_type(&found, expected), input: found.into_value() });
    }
    if let Some(rest) = message.strip_prefix("invalid value: ") {
        let (found, expected) = found(rest)?;
        return Some(Finding { kind: wrong_value(&found, expected)?, input: found.into_value() });
    }
    if message.starts_with("invalid length ") && message.contains(", expected struct ") {
        return Some(Finding::of(ErrorKind::ModelAttributesType));
    }
    None
}

/// The name between the backticks behind `before`.
pub(super) fn quoted<'a>(message: &'a str, before: &str) -> Option<&'a str> {
    let rest = message.strip_prefix(before)?;
    // The name may hold a backtick; what follows it is serde's.
    let end = ["`, expected ", "`, there are no "].iter().find_map(|after| rest.find(after));
    rest.get(..end.or_else(|| rest.rfind('`'))?)
}

/// The names in ``one of `a`, `b`, `c` ``.
fn variants(expected: &str) -> Choices {
    Choices::Quoted(expected.split('`').skip(1).step_by(2).map(str::to_owned).collect())
}

/// `invalid length 1, expected a tuple of size 3` → 1 and 3.
fn too_short(message: &str) -> Option<(usize, usize)> {
    let (length, expected) = message.strip_prefix("invalid length ")?.split_once(", expected ")?;
    let size = ["a tuple of size ", "an array of length ", "tuple of ", "array of length "]
        .iter()
        .find_map(|before| expected.strip_prefix(before))
        .or_else(|| expected.strip_prefix("tuple struct ")?.split_once(" with ").map(|(_, size)| size))?;
    let digits = size.split(|c: char| !c.is_ascii_digit()).next()?;
    let (length, size) = (length.parse().ok()?, digits.parse().ok()?);
    (length < size).then_some((length, size))
}

/// A value as serde shows it.
enum Found {
    Bool(bool),
    Integer(Number),
    Float(f64),
    Text(String),
    Null,
    List,
    Object,
    Other,
}

impl Found {
    fn into_value(self) -> Value {
        match self {
            Self::Bool(value) => value.into(),
            Self::Integer(number) => number.into(),
            Self::Float(value) => value.into(),
            Self::Text(text) => text.into(),
            Self::Null | Self::List | Self::Object | Self::Other => Value::Null,
        }
    }
}

/// ``string "XL", expected i32`` → the value and what was expected.
fn found(text: &str) -> Option<(Found, &str)> {
    if let Some(rest) = text.strip_prefix("string ") {
        let (text, rest) = debugged(rest)?;
        return Some((Found::Text(text), rest.strip_prefix(", expected ")?));
    }
    let (shown, expected) = text.split_once(", expected ")?;
    let value = |before: &str| shown.strip_prefix(before)?.strip_suffix('`');
    let found = if let Some(value) = value("boolean `") {
        Found::Bool(value == "true")
    } else if let Some(digits) = value("integer `") {
        Found::Integer(Number::from_digits(digits)?)
    } else if let Some(float) = value("floating point `") {
        Found::Float(float.parse().ok()?)
    } else if let Some(c) = value("character `") {
        Found::Text(c.to_owned())
    } else {
        match shown {
            "null" | "unit value" | "Option value" => Found::Null,
            "sequence" => Found::List,
            "map" => Found::Object,
            _ => Found::Other,
        }
    };
    Some((found, expected))
}

/// Reads a string as Rust's `{:?}` writes it, and returns what follows it.
fn debugged(text: &str) -> Option<(String, &str)> {
    let mut chars = text.strip_prefix('"')?.chars();
    let mut read = String::new();
    loop {
        match chars.next()? {
            '"' => return Some((read, chars.as_str())),
            '\\' => read.push(match chars.next()? {
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
            plain => read.push(plain),
        }
    }
}

/// The least and the greatest integer of a type.
pub(super) fn limits(name: &str) -> Option<(Number, Number)> {
    macro_rules! of {
        ($($int:ident)*) => {
            match name {
                $(stringify!($int) => Some(($int::MIN.into(), $int::MAX.into())),)*
                _ => None,
            }
        };
    }
    of!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize)
}

/// A type that was expected.
fn integer(expected: &str) -> Option<(Number, Number)> {
    limits(expected.strip_prefix("a nonzero ").unwrap_or(expected))
}

/// The value is of another kind than the type takes.
fn wrong_type(found: &Found, expected: &str) -> ErrorKind {
    if integer(expected).is_some() {
        return match found {
            Found::Text(text) if text.trim().parse::<i128>().is_err() => ErrorKind::IntParsing,
            Found::Float(float) if float.fract() != 0.0 => ErrorKind::IntFromFloat,
            // pydantic would have taken some of these; axum has not.
            _ => ErrorKind::IntType,
        };
    }
    let struct_like = expected.starts_with("struct ") || expected.starts_with("internally tagged enum ");
    match expected {
        "f32" | "f64" => match found {
            Found::Text(text) if text.trim().parse::<f64>().is_err() => ErrorKind::FloatParsing,
            _ => ErrorKind::FloatType,
        },
        "a boolean" => match found {
            Found::Null | Found::List | Found::Object => ErrorKind::BoolType,
            Found::Float(float) if float.fract() != 0.0 => ErrorKind::BoolType,
            Found::Text(text) if is_bool(text) => ErrorKind::BoolType,
            Found::Bool(_) | Found::Other => ErrorKind::BoolType,
            _ => ErrorKind::BoolParsing,
        },
        "a string" | "a borrowed string" | "a character" | "a str" | "str" | "string" => {
            ErrorKind::StringType
        }
        "a sequence" => ErrorKind::ListType,
        "a map" => ErrorKind::DictType,
        "unit" => ErrorKind::NoneRequired,
        "a formatted UUID string" | "a UUID string" => ErrorKind::UuidType,
        "a string representing an URL" => ErrorKind::UrlType,
        "IPv4 address" => ErrorKind::IpV4Address,
        "IPv6 address" => ErrorKind::IpV6Address,
        "IP address" => ErrorKind::IpAnyAddress,
        _ if struct_like => ErrorKind::ModelAttributesType,
        _ if expected.starts_with("unit struct ") => ErrorKind::NoneRequired,
        _ if expected.starts_with("tuple struct ")
            || expected.starts_with("a tuple of size ")
            || expected.starts_with("an array of length ") =>
        {
            ErrorKind::TupleType
        }
        _ => value_error(&format!("expected {expected}")),
    }
}

/// The texts that pydantic takes for a boolean, and axum does not.
fn is_bool(text: &str) -> bool {
    ["0", "1", "t", "f", "y", "n", "on", "off", "yes", "no", "true", "false"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// The value is of the right kind, and still wrong.
fn wrong_value(found: &Found, expected: &str) -> Option<ErrorKind> {
    if let (Found::Integer(number), Some((min, max))) = (found, integer(expected)) {
        return Some(out_of_range(number, min, max));
    }
    match expected {
        "a character" => Some(match found {
            Found::Text(text) if text.is_empty() => ErrorKind::StringTooShort { min_length: 1 },
            _ => ErrorKind::StringTooLong { max_length: 1 },
        }),
        _ => url_parsing(expected),
    }
}

/// The kind of an integer that a type cannot hold.
pub(super) fn out_of_range(number: &Number, min: Number, max: Number) -> ErrorKind {
    let negative = number.to_string().starts_with('-');
    if negative && (min.as_i64() == Some(0) || number.as_f64() < min.as_f64()) {
        ErrorKind::GreaterThanEqual { ge: min.into() }
    } else if number.as_i64() == Some(0) {
        // Only a `NonZero` type refuses it.
        if min.as_i64() == Some(0) {
            ErrorKind::GreaterThan { gt: Number::from(0).into() }
        } else {
            value_error("expected a nonzero integer")
        }
    } else {
        ErrorKind::LessThanEqual { le: max.into() }
    }
}

/// What `FromStr` of the standard library and of some crates says.
fn parse_error(message: &str) -> ErrorKind {
    if let Some(error) = message.strip_prefix("UUID parsing failed: ") {
        return ErrorKind::UuidParsing { error: error.to_owned() };
    }
    match message {
        "invalid digit found in string" | "cannot parse integer from empty string" => ErrorKind::IntParsing,
        "number too large to fit in target type" | "number too small to fit in target type" => {
            ErrorKind::IntParsingSize
        }
        "number would be zero for non-zero type" => ErrorKind::GreaterThan { gt: Number::from(0).into() },
        "invalid float literal" | "cannot parse float from empty string" => ErrorKind::FloatParsing,
        "provided string was not `true` or `false`" => ErrorKind::BoolParsing,
        "too many characters in string" => ErrorKind::StringTooLong { max_length: 1 },
        "cannot parse char from empty string" => ErrorKind::StringTooShort { min_length: 1 },
        "invalid IPv4 address syntax" => ErrorKind::IpV4Address,
        "invalid IPv6 address syntax" => ErrorKind::IpV6Address,
        "invalid IP address syntax" => ErrorKind::IpAnyAddress,
        _ => value_error(message),
    }
}

/// What user code says, as pydantic passes it on.
pub(super) fn value_error(message: &str) -> ErrorKind {
    ErrorKind::ValueError { error: AppMessage(message.to_owned()) }
}
