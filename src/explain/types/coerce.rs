//! Scalars by pydantic's lax rules, or by `serde_json`'s: facts about one node, without its type.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::{
    json::{Kind, MAX_DIGITS, NodeId, Tape},
    report::ErrorKind,
};

use super::{expected::Expected, integer::IntegerType, scalar::Scalar};

/// Returns the value of a node for a type that expects a scalar, by pydantic's lax rules.
///
/// # Errors
///
/// Returns the error that pydantic reports for the node.
pub(crate) fn coerce<'t>(
    tape: &'t Tape<'_>,
    id: NodeId,
    expected: Expected,
) -> Result<Scalar<'t>, ErrorKind> {
    match expected {
        Expected::Bool => bool(tape, id).map(Scalar::Bool),
        Expected::Integer(integer_type) => integer(tape, id).and_then(|integer| integer.within(integer_type)),
        Expected::Float => float(tape, id).map(Scalar::Float),
        Expected::Null if tape.kind(id) == Kind::Null => Ok(Scalar::Null),
        Expected::Null
        | Expected::List
        | Expected::Set
        | Expected::Tuple
        | Expected::Map
        | Expected::Struct
        | Expected::File => Err(expected.type_error()),
        _ if tape.kind(id) == Kind::String => Ok(Scalar::Str(tape.str(id))),
        _ => Err(expected.type_error()),
    }
}

/// Checks a string for a type that expects a number or a boolean, by pydantic's lax rules. Other types are
/// not known to refuse a string.
///
/// # Errors
///
/// Returns the error that pydantic reports for the string.
pub(crate) fn check_string(string: &str, expected: Expected) -> Result<(), ErrorKind> {
    match expected {
        Expected::Integer(integer_type) => parse_integer(string)?.within(integer_type).map(|_| ()),
        Expected::Float => parse_float(string).map(|_| ()).ok_or(ErrorKind::FloatParsing),
        Expected::Bool => parse_bool(string).map(|_| ()).ok_or(ErrorKind::BoolParsing),
        _ => Ok(()),
    }
}

/// Returns the value of a node for a type that expects a scalar, by the rules of `serde_json`.
///
/// # Errors
///
/// Returns pydantic's error for a value that `serde_json` refuses.
pub(crate) fn coerce_strictly<'t>(
    tape: &'t Tape<'_>,
    id: NodeId,
    expected: Expected,
) -> Result<Scalar<'t>, ErrorKind> {
    match (scalar_of(tape, id), expected) {
        (Some(Scalar::Float(value)), Expected::Integer(_)) if value.fract() != 0.0 => {
            Err(ErrorKind::IntFromFloat)
        }
        (Some(Scalar::Unsigned(_) | Scalar::Signed(_) | Scalar::Float(_)), Expected::Integer(_)) => {
            coerce(tape, id, expected)
        }
        (Some(scalar @ (Scalar::Unsigned(_) | Scalar::Signed(_) | Scalar::Float(_))), Expected::Float)
        | (Some(scalar @ Scalar::Bool(_)), Expected::Bool)
        | (Some(scalar @ Scalar::Null), Expected::Null) => Ok(scalar),
        (Some(Scalar::Str(_)), Expected::Bool | Expected::Integer(_) | Expected::Float | Expected::Null) => {
            Err(expected.type_error())
        }
        (Some(scalar @ Scalar::Str(_)), _) => Ok(scalar),
        _ => Err(expected.type_error()),
    }
}

/// Returns the value of a key by the rules of `serde_json`: a number or a boolean in quotes.
///
/// # Errors
///
/// Returns pydantic's error for a key that `serde_json` refuses.
pub(crate) fn coerce_key_strictly(key: &str, expected: Expected) -> Result<Scalar<'_>, ErrorKind> {
    let is_json_number = key.bytes().all(|byte| byte.is_ascii_digit() || b"-+.eE".contains(&byte))
        && serde_json::from_str::<serde_json::Value>(key).is_ok();
    match expected {
        Expected::Bool if key == "true" => Ok(Scalar::Bool(true)),
        Expected::Bool if key == "false" => Ok(Scalar::Bool(false)),
        Expected::Bool => Err(ErrorKind::BoolParsing),
        Expected::Float if is_json_number => {
            key.parse().map(Scalar::Float).map_err(|_| ErrorKind::FloatParsing)
        }
        Expected::Float => Err(ErrorKind::FloatParsing),
        Expected::Integer(IntegerType::I128) => {
            key.parse().map(Scalar::WideSigned).map_err(|_| ErrorKind::IntParsing)
        }
        Expected::Integer(IntegerType::U128) => {
            key.parse().map(Scalar::WideUnsigned).map_err(|_| ErrorKind::IntParsing)
        }
        Expected::Integer(integer_type) if is_json_number && key != "-0" => match key.parse::<i128>() {
            Ok(value) if value < integer_type.min() => Err(integer_type.too_small()),
            Ok(value) if value > 0 && value.unsigned_abs() > integer_type.max() => {
                Err(integer_type.too_large())
            }
            Ok(value) => match (u64::try_from(value), i64::try_from(value)) {
                (Ok(value), _) => Ok(Scalar::Unsigned(value)),
                (_, Ok(value)) => Ok(Scalar::Signed(value)),
                _ => Err(ErrorKind::IntParsing),
            },
            Err(_) => Err(ErrorKind::IntParsing),
        },
        _ => Err(ErrorKind::IntParsing),
    }
}

/// Returns the value of a node as `serde_json` would hand it over to a visitor that accepts anything.
pub(crate) fn scalar_of<'t>(tape: &'t Tape<'_>, id: NodeId) -> Option<Scalar<'t>> {
    let spelling = tape.str(id);
    Some(match tape.kind(id) {
        Kind::Null => Scalar::Null,
        Kind::True => Scalar::Bool(true),
        Kind::False => Scalar::Bool(false),
        Kind::String | Kind::Key => Scalar::Str(spelling),
        // `serde_json` reads a negative zero as a float.
        Kind::Integer if spelling == "-0" => Scalar::Float(-0.0),
        Kind::Integer => match (spelling.parse(), spelling.parse()) {
            (Ok(unsigned), _) => Scalar::Unsigned(unsigned),
            (_, Ok(signed)) => Scalar::Signed(signed),
            _ => Scalar::Float(spelling.parse().unwrap_or(f64::INFINITY)),
        },
        Kind::Float => Scalar::Float(spelling.parse().unwrap_or(f64::NAN)),
        Kind::Array | Kind::Object | Kind::Strings => return None,
    })
}

/// An integer of any size.
enum Integer {
    Signed(i128),
    /// Above the range of `i128`.
    Unsigned(u128),
    /// Above the range of `u128`.
    Huge,
    /// Below the range of `i128`.
    Tiny,
}

impl Integer {
    fn new(negative: bool, digits: &str) -> Self {
        match (negative, digits.parse::<u128>()) {
            (false, Ok(value)) => i128::try_from(value).map_or(Self::Unsigned(value), Self::Signed),
            (false, Err(_)) => Self::Huge,
            (true, Ok(value)) => 0_i128.checked_sub_unsigned(value).map_or(Self::Tiny, Self::Signed),
            (true, Err(_)) => Self::Tiny,
        }
    }

    /// Returns the integer in the form that `serde_json` would choose.
    fn within<'t>(self, integer_type: IntegerType) -> Result<Scalar<'t>, ErrorKind> {
        match self {
            Self::Tiny => Err(integer_type.too_small()),
            Self::Huge => Err(integer_type.too_large()),
            Self::Unsigned(value) if value > integer_type.max() => Err(integer_type.too_large()),
            Self::Unsigned(value) => Ok(Scalar::WideUnsigned(value)),
            Self::Signed(value) if value < integer_type.min() => Err(integer_type.too_small()),
            Self::Signed(value) if u128::try_from(value).is_ok_and(|value| value > integer_type.max()) => {
                Err(integer_type.too_large())
            }
            Self::Signed(value) => Ok(if integer_type == IntegerType::I128 {
                Scalar::WideSigned(value)
            } else if integer_type == IntegerType::U128 {
                Scalar::WideUnsigned(value.unsigned_abs())
            } else if let Ok(value) = u64::try_from(value) {
                Scalar::Unsigned(value)
            } else if let Ok(value) = i64::try_from(value) {
                Scalar::Signed(value)
            } else {
                Scalar::WideSigned(value)
            }),
        }
    }
}

fn integer(tape: &Tape<'_>, id: NodeId) -> Result<Integer, ErrorKind> {
    let string = tape.str(id);
    match tape.kind(id) {
        Kind::True => Ok(Integer::Signed(1)),
        Kind::False => Ok(Integer::Signed(0)),
        Kind::Integer => Ok(match string.strip_prefix('-') {
            Some(digits) => Integer::new(true, digits),
            None => Integer::new(false, string),
        }),
        Kind::Float => {
            /// 2⁶³: from here on pydantic does not accept a float as an integer.
            const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;
            let value: f64 = string.parse().unwrap_or(f64::NAN);
            if !value.is_finite() {
                Err(ErrorKind::FiniteNumber)
            } else if value.fract() != 0.0 {
                Err(ErrorKind::IntFromFloat)
            } else if value.abs() >= TOO_LARGE {
                Err(ErrorKind::IntParsingSize)
            } else {
                #[allow(clippy::cast_possible_truncation)]
                Ok(Integer::Signed(value as i128))
            }
        }
        Kind::String | Kind::Key => parse_integer(string),
        Kind::Null | Kind::Array | Kind::Object | Kind::Strings => Err(ErrorKind::IntType),
    }
}

/// Parses an integer as pydantic does: as it stands, or without the characters that pydantic ignores.
fn parse_integer(string: &str) -> Result<Integer, ErrorKind> {
    let unsigned = string.strip_prefix('-').unwrap_or(string);
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    // Only as it stands: too many digits after a blank or a `+` are not an integer at all.
    if digits > MAX_DIGITS && !unsigned.starts_with('0') {
        return Err(ErrorKind::IntParsingSize);
    }
    parse_cleaned(string).ok_or(ErrorKind::IntParsing)
}

/// Parses an integer without surrounding blanks, leading zeros, single `_` between digits, and a trailing
/// `.0`.
fn parse_cleaned(string: &str) -> Option<Integer> {
    let string = string.trim();
    let (negative, string) = match string.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, string.strip_prefix('+').unwrap_or(string)),
    };
    let whole = match string.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => whole,
        Some(_) => return None,
        None => string,
    };
    if !whole.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    // pydantic ignores any `_` among the zeros, and looks for a sign once more after them.
    let significant = match whole.trim_start_matches(['0', '_']) {
        "" if whole.ends_with('0') => "0",
        rest => rest,
    };
    if significant.ends_with('_') || significant.contains("__") {
        return None;
    }
    let joined = if significant.contains('_') { &significant.replace('_', "") } else { significant };
    let (negative, digits) = match joined.strip_prefix('-') {
        Some(digits) if !negative => (true, digits),
        _ => (negative, joined),
    };
    let is_number = digits == "0"
        || !digits.is_empty()
            && digits.len() <= MAX_DIGITS
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Integer::new(negative, digits))
}

/// Returns the IP address that a number stands for, or a boolean, which is a number in Python.
pub(crate) fn ip_address(tape: &Tape<'_>, id: NodeId, expected: Expected) -> Option<String> {
    let number: u128 = match tape.kind(id) {
        Kind::True => 1,
        Kind::False => 0,
        Kind::Integer if tape.str(id) == "-0" => 0,
        Kind::Integer => tape.str(id).parse().ok()?,
        _ => return None,
    };
    match (expected, u32::try_from(number)) {
        (Expected::IpV4 | Expected::Ip, Ok(number)) => Some(Ipv4Addr::from(number).to_string()),
        (Expected::IpV6 | Expected::Ip, _) => Some(Ipv6Addr::from(number).to_string()),
        _ => None,
    }
}

fn float(tape: &Tape<'_>, id: NodeId) -> Result<f64, ErrorKind> {
    let string = tape.str(id);
    match tape.kind(id) {
        Kind::True => Ok(1.0),
        Kind::False => Ok(0.0),
        Kind::Float => Ok(string.parse().unwrap_or(f64::NAN)),
        Kind::Integer => {
            let value = string.parse().unwrap_or(f64::INFINITY);
            if f64::is_finite(value) { Ok(value) } else { Err(ErrorKind::FloatType) }
        }
        Kind::String | Kind::Key => parse_float(string).ok_or(ErrorKind::FloatParsing),
        Kind::Null | Kind::Array | Kind::Object | Kind::Strings => Err(ErrorKind::FloatType),
    }
}

/// Returns `true` if a node is a finite number that is infinite as an `f32`.
pub(crate) fn is_too_large_for_f32(tape: &Tape<'_>, id: NodeId, value: f64) -> bool {
    #[allow(clippy::cast_possible_truncation)]
    let is_finite = (value as f32).is_finite();
    // `Infinity`, `NaN` and `"inf"` are meant as they are.
    !is_finite && tape.str(id).bytes().any(|byte| byte.is_ascii_digit())
}

/// Parses a float as pydantic does: with surrounding blanks or with single `_` inside, but not with both.
fn parse_float(string: &str) -> Option<f64> {
    if let Ok(value) = string.trim().parse() {
        return Some(value);
    }
    let misplaced = string.starts_with('_') || string.ends_with('_') || string.contains("__");
    if misplaced || !string.contains('_') {
        return None;
    }
    string.replace('_', "").parse().ok()
}

fn bool(tape: &Tape<'_>, id: NodeId) -> Result<bool, ErrorKind> {
    let string = tape.str(id);
    match tape.kind(id) {
        Kind::True => Ok(true),
        Kind::False => Ok(false),
        Kind::Integer => match string.parse::<i64>() {
            Ok(0) => Ok(false),
            Ok(1) => Ok(true),
            Ok(_) => Err(ErrorKind::BoolParsing),
            Err(_) => Err(ErrorKind::BoolType),
        },
        Kind::Float => {
            let value: f64 = string.parse().unwrap_or(f64::NAN);
            if value == 0.0 {
                Ok(false)
            } else if value == 1.0 {
                Ok(true)
            } else if value.fract() == 0.0 && value.abs() < 9_223_372_036_854_775_808.0 {
                Err(ErrorKind::BoolParsing)
            } else {
                Err(ErrorKind::BoolType)
            }
        }
        Kind::String | Kind::Key => parse_bool(string).ok_or(ErrorKind::BoolParsing),
        Kind::Null | Kind::Array | Kind::Object | Kind::Strings => Err(ErrorKind::BoolType),
    }
}

/// Parses a boolean as pydantic does.
pub(crate) fn parse_bool(string: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| string.eq_ignore_ascii_case(word));
    if is(&["1", "true", "t", "yes", "y", "on"]) {
        Some(true)
    } else if is(&["0", "false", "f", "no", "n", "off"]) {
        Some(false)
    } else {
        None
    }
}
