//! Scalars by pydantic's lax rules, or by `serde_json`'s: facts about one node, without any type.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::{
    json::{Kind, NodeId, Tape},
    report::ErrorKind,
};

use super::{
    halt::Shape,
    want::{Range, Want},
};

/// A value as a visitor gets it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scalar<'t> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    WideUnsigned(u128),
    WideSigned(i128),
    Float(f64),
    String(&'t str),
    /// No scalar, but what stands in for a list that is none.
    EmptyList,
    /// The same for a map.
    EmptyMap,
}

impl Scalar<'_> {
    /// What a complaint about it would say.
    pub(super) fn shape(self) -> Shape {
        match self {
            Self::Null => Shape::Null,
            Self::Bool(value) => Shape::Bool(value),
            Self::Unsigned(value) => Shape::Unsigned(value),
            Self::Signed(value) => Shape::Signed(value),
            Self::Float(value) => Shape::Float(value),
            Self::String(text) => Shape::Text { address: text.as_ptr() as usize },
            Self::EmptyList => Shape::List,
            Self::EmptyMap => Shape::Object,
            Self::WideUnsigned(_) | Self::WideSigned(_) => Shape::Other,
        }
    }
}

/// The most digits of an integer in a string.
const MAX_DIGITS: usize = 4300;

/// The value of a node for a type that wants a scalar, leniently.
///
/// # Errors
///
/// What pydantic says about the node.
pub(super) fn lax<'t>(tape: &'t Tape<'_>, id: NodeId, want: Want) -> Result<Scalar<'t>, ErrorKind> {
    match want {
        Want::Bool => bool(tape, id).map(Scalar::Bool),
        Want::Integer(range) => integer(tape, id).and_then(|integer| integer.within(range)),
        Want::Float => float(tape, id).map(Scalar::Float),
        Want::Null if tape.kind(id) == Kind::Null => Ok(Scalar::Null),
        Want::Null => Err(want.type_error()),
        Want::List | Want::Set | Want::Tuple | Want::Map | Want::Struct => Err(want.type_error()),
        _ if tape.kind(id) == Kind::String => Ok(Scalar::String(tape.str(id))),
        _ => Err(want.type_error()),
    }
}

/// The value of a node as `serde_json` would hand it over, whatever the type wants.
pub(super) fn verbatim<'t>(tape: &'t Tape<'_>, id: NodeId) -> Option<Scalar<'t>> {
    let text = tape.str(id);
    Some(match tape.kind(id) {
        Kind::Null => Scalar::Null,
        Kind::True => Scalar::Bool(true),
        Kind::False => Scalar::Bool(false),
        Kind::String | Kind::Key => Scalar::String(text),
        // A zero that is negative is a float there.
        Kind::Integer if text == "-0" => Scalar::Float(-0.0),
        Kind::Integer => match (text.parse(), text.parse()) {
            (Ok(unsigned), _) => Scalar::Unsigned(unsigned),
            (_, Ok(signed)) => Scalar::Signed(signed),
            _ => Scalar::Float(text.parse().unwrap_or(f64::INFINITY)),
        },
        Kind::Float => Scalar::Float(text.parse().unwrap_or(f64::NAN)),
        Kind::Array | Kind::Object | Kind::Texts => return None,
    })
}

/// An integer of any size.
enum Integer {
    Signed(i128),
    /// Above what an `i128` holds.
    Unsigned(u128),
    /// Above what a `u128` holds.
    Huge,
    /// Below what an `i128` holds.
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

    /// The integer in the form that `serde_json` would choose.
    fn within<'t>(self, range: Range) -> Result<Scalar<'t>, ErrorKind> {
        match self {
            Self::Tiny => Err(range.too_small()),
            Self::Huge => Err(range.too_large()),
            Self::Unsigned(value) if value > range.max => Err(range.too_large()),
            Self::Unsigned(value) => Ok(Scalar::WideUnsigned(value)),
            Self::Signed(value) if value < range.min => Err(range.too_small()),
            Self::Signed(value) if u128::try_from(value).is_ok_and(|value| value > range.max) => {
                Err(range.too_large())
            }
            Self::Signed(value) => Ok(if range == Range::I128 {
                Scalar::WideSigned(value)
            } else if range == Range::U128 {
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
    let text = tape.str(id);
    match tape.kind(id) {
        Kind::True => Ok(Integer::Signed(1)),
        Kind::False => Ok(Integer::Signed(0)),
        Kind::Integer => Ok(match text.strip_prefix('-') {
            Some(digits) => Integer::new(true, digits),
            None => Integer::new(false, text),
        }),
        Kind::Float => {
            /// 2⁶³, from where on floats are too coarse for pydantic to take them for integers.
            const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;
            let value: f64 = text.parse().unwrap_or(f64::NAN);
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
        Kind::String | Kind::Key => integer_text(text),
        Kind::Null | Kind::Array | Kind::Object | Kind::Texts => Err(ErrorKind::IntType),
    }
}

/// An integer as pydantic reads it: as it stands, or else without what it overlooks.
fn integer_text(text: &str) -> Result<Integer, ErrorKind> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    // Only as it stands: too many digits behind a blank or a `+` are no integer at all.
    if digits > MAX_DIGITS && !unsigned.starts_with('0') {
        return Err(ErrorKind::IntParsingSize);
    }
    cleaned(text).ok_or(ErrorKind::IntParsing)
}

/// Without blanks around, zeros in front, single `_` between digits, and `.0` behind.
fn cleaned(text: &str) -> Option<Integer> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => whole,
        Some(_) => return None,
        None => text,
    };
    if !whole.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    // Among the zeros any `_` goes, and behind them pydantic looks for a sign once more.
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

/// The text of an IP address that is written as a number, or as a boolean, which is one in Python.
pub(super) fn address(tape: &Tape<'_>, id: NodeId, want: Want) -> Option<String> {
    let number: u128 = match tape.kind(id) {
        Kind::True => 1,
        Kind::False => 0,
        Kind::Integer if tape.str(id) == "-0" => 0,
        Kind::Integer => tape.str(id).parse().ok()?,
        _ => return None,
    };
    match (want, u32::try_from(number)) {
        (Want::IpV4 | Want::Ip, Ok(number)) => Some(Ipv4Addr::from(number).to_string()),
        (Want::IpV6 | Want::Ip, _) => Some(Ipv6Addr::from(number).to_string()),
        _ => None,
    }
}

fn float(tape: &Tape<'_>, id: NodeId) -> Result<f64, ErrorKind> {
    let text = tape.str(id);
    match tape.kind(id) {
        Kind::True => Ok(1.0),
        Kind::False => Ok(0.0),
        Kind::Float => Ok(text.parse().unwrap_or(f64::NAN)),
        Kind::Integer => {
            let value = text.parse().unwrap_or(f64::INFINITY);
            if f64::is_finite(value) { Ok(value) } else { Err(ErrorKind::FloatType) }
        }
        Kind::String | Kind::Key => float_text(text).ok_or(ErrorKind::FloatParsing),
        Kind::Null | Kind::Array | Kind::Object | Kind::Texts => Err(ErrorKind::FloatType),
    }
}

/// A number as pydantic reads it: with blanks around, or with single `_` inside, but not with both.
fn float_text(text: &str) -> Option<f64> {
    if let Ok(value) = text.trim().parse() {
        return Some(value);
    }
    let misplaced = text.starts_with('_') || text.ends_with('_') || text.contains("__");
    if misplaced || !text.contains('_') {
        return None;
    }
    text.replace('_', "").parse().ok()
}

fn bool(tape: &Tape<'_>, id: NodeId) -> Result<bool, ErrorKind> {
    let text = tape.str(id);
    match tape.kind(id) {
        Kind::True => Ok(true),
        Kind::False => Ok(false),
        Kind::Integer => match text.parse::<i64>() {
            Ok(0) => Ok(false),
            Ok(1) => Ok(true),
            Ok(_) => Err(ErrorKind::BoolParsing),
            Err(_) => Err(ErrorKind::BoolType),
        },
        Kind::Float => {
            let value: f64 = text.parse().unwrap_or(f64::NAN);
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
        Kind::String | Kind::Key => {
            let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
            if is(&["1", "true", "t", "yes", "y", "on"]) {
                Ok(true)
            } else if is(&["0", "false", "f", "no", "n", "off"]) {
                Ok(false)
            } else {
                Err(ErrorKind::BoolParsing)
            }
        }
        Kind::Null | Kind::Array | Kind::Object | Kind::Texts => Err(ErrorKind::BoolType),
    }
}
