//! serde's messages → pydantic's errors.
//!
//! `invalid type: string "XL", expected i32` has the value and the expectation, which is all that pydantic's
//! error needs. If a message has less, the error has less as well: nothing is guessed.

use super::{
    serde_path::Path,
    unexpected_value::{UnexpectedValue, debug_string},
};
use crate::{
    explain::{Expected, IntegerType},
    report::{AppMessage, Choices, ErrorDetail, ErrorKind, Loc, LocSegment},
    value::{Number, Value},
};

/// An error without its location.
pub(super) struct BareError {
    pub(super) kind: ErrorKind,
    pub(super) input: Value,
}

impl BareError {
    /// An error whose value is not known.
    pub(super) fn of(kind: ErrorKind) -> Self {
        Self { kind, input: Value::Null }
    }

    pub(super) fn at(self, loc: Loc) -> ErrorDetail {
        ErrorDetail::of(self.kind, loc, self.input)
    }
}

/// The most missing items that are reported for one tuple. Types have few items, so a longer tuple is not
/// serde's.
const MAX_MISSING_ITEMS: usize = 64;

/// Returns the errors that a message stands for, if it is about the fields or the items of the value at the
/// end of a path.
pub(super) fn field_errors(source: &Loc, path: &Path, message: &str) -> Option<Vec<ErrorDetail>> {
    let below = |segment: LocSegment| path.clone().join(segment).within(source);
    let missing = |segment| BareError::of(ErrorKind::Missing).at(below(segment));
    if let Some(name) = quoted_name(message, "missing field `") {
        return Some(vec![missing(name.to_owned().into())]);
    }
    if let Some(name) = quoted_name(message, "unknown field `") {
        let name = LocSegment::from(name.to_owned());
        let loc = if path.ends_with(&name) { path.clone().within(source) } else { below(name) };
        return Some(vec![BareError::of(ErrorKind::ExtraForbidden).at(loc)]);
    }
    if let Some(name) = quoted_name(message, "duplicate field `") {
        return Some(vec![BareError::of(value_error(message)).at(below(name.to_owned().into()))]);
    }
    let (length, size) = too_short(message)?;
    let indices = length..size.min(length + MAX_MISSING_ITEMS);
    Some(indices.map(|index| missing(index.into())).collect())
}

/// Returns the error that a message about a single value stands for.
pub(super) fn error(message: &str) -> BareError {
    value_mismatch(message)
        .or_else(|| url_with_input(message))
        .unwrap_or_else(|| BareError::of(parse_error(message)))
}

/// Parses a message of the crate `url`: `empty host: "http://"`.
fn url_with_input(message: &str) -> Option<BareError> {
    let (error, input) = message.split_once(": ")?;
    let (input, "") = debug_string(input)? else { return None };
    Some(BareError { kind: url_error(error)?, input: input.into() })
}

fn url_error(message: &str) -> Option<ErrorKind> {
    match Expected::of_message(message)? {
        (Expected::Url, kind) => Some(kind),
        _ => None,
    }
}

fn value_mismatch(message: &str) -> Option<BareError> {
    if let Some(name) = quoted_name(message, "unknown variant `") {
        let (_, expected) = message.rsplit_once("`, expected ")?;
        return Some(BareError { kind: no_variant(expected), input: name.into() });
    }
    if let Some(rest) = message.strip_prefix("invalid type: ") {
        let (value, expectation) = UnexpectedValue::split(rest)?;
        return Some(BareError { kind: wrong_type(&value, expectation), input: value.into_value() });
    }
    if let Some(rest) = message.strip_prefix("invalid value: ") {
        let (value, expectation) = UnexpectedValue::split(rest)?;
        let kind = wrong_value(&value, expectation).unwrap_or_else(|| value_error(message));
        return Some(BareError { kind, input: value.into_value() });
    }
    if message.starts_with("invalid length ") && message.contains(", expected struct ") {
        return Some(BareError::of(ErrorKind::ModelAttributesType));
    }
    None
}

/// Returns the name between the backticks after `prefix`, which ends with the first of them.
pub(super) fn quoted_name<'a>(message: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = message.strip_prefix(prefix)?;
    // The name may contain a backtick. The words behind it are serde's.
    let end = ["`, expected ", "`, there are no "].iter().find_map(|after| rest.rfind(after));
    rest.get(..end.or_else(|| rest.rfind('`'))?)
}

/// Returns the error for a string that is not one of the names in ``one of `a`, `b`, `c` ``.
pub(super) fn no_variant(expected: &str) -> ErrorKind {
    ErrorKind::Enum { expected: variants(expected) }
}

fn variants(expected: &str) -> Choices {
    Choices::Quoted(expected.split('`').skip(1).step_by(2).map(str::to_owned).collect())
}

/// Parses `invalid length 1, expected a tuple of size 3` as 1 and 3.
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

/// Returns the error for a value of another type than expected.
fn wrong_type(value: &UnexpectedValue, expectation: &str) -> ErrorKind {
    let Some(expected) = Expected::of(expectation) else {
        return value_error(&format!("expected {expectation}"));
    };
    match (expected, value) {
        (Expected::Integer(_), UnexpectedValue::String(string)) if string.trim().parse::<i128>().is_err() => {
            ErrorKind::IntParsing
        }
        (Expected::Integer(_), UnexpectedValue::Float(float)) if float.fract() != 0.0 => {
            ErrorKind::IntFromFloat
        }
        (Expected::Float, UnexpectedValue::String(string)) if string.trim().parse::<f64>().is_err() => {
            ErrorKind::FloatParsing
        }
        (Expected::Bool, value) if value.is_uninterpretable_bool() => ErrorKind::BoolParsing,
        // pydantic would accept some of these values, but axum has rejected them.
        _ => expected.type_error(),
    }
}

/// Returns the error for a value of the expected type that is invalid.
fn wrong_value(value: &UnexpectedValue, expectation: &str) -> Option<ErrorKind> {
    match (Expected::of(expectation), value) {
        (Some(Expected::Integer(integer_type)), UnexpectedValue::Integer(number)) => {
            Some(out_of_range(number, integer_type))
        }
        (Some(Expected::Char), UnexpectedValue::String(string)) => Some(not_a_char(string)),
        (Some(Expected::Char), _) => Some(ErrorKind::StringTooLong { max_length: 1 }),
        (Some(Expected::Decimal), UnexpectedValue::String(_)) => Some(ErrorKind::DecimalParsing),
        _ => url_error(expectation),
    }
}

/// Returns the error for a string that is not exactly one character.
pub(super) fn not_a_char(string: &str) -> ErrorKind {
    if string.is_empty() {
        ErrorKind::StringTooShort { min_length: 1 }
    } else {
        ErrorKind::StringTooLong { max_length: 1 }
    }
}

/// Returns the error for an integer that a type cannot represent.
pub(super) fn out_of_range(number: &Number, integer_type: IntegerType) -> ErrorKind {
    let is_unsigned = integer_type.min() == 0;
    let is_negative = number.to_string().starts_with('-');
    if is_negative && (is_unsigned || number.as_f64() < Number::from(integer_type.min()).as_f64()) {
        integer_type.too_small()
    } else if number.as_i64() == Some(0) {
        // Only a `NonZero` type rejects zero.
        if is_unsigned {
            ErrorKind::GreaterThan { gt: Number::from(0).into() }
        } else {
            value_error("expected a nonzero integer")
        }
    } else {
        integer_type.too_large()
    }
}

/// Returns the error for the message of a parser, such as a `FromStr` of the standard library.
fn parse_error(message: &str) -> ErrorKind {
    match Expected::of_message(message) {
        // The messages of `url` are plain words, which an app may use for its own errors. They count only
        // with a URL.
        Some((Expected::Url, _)) | None => value_error(message),
        Some((_, kind)) => kind,
    }
}

/// Returns pydantic's error for a message of the app.
pub(super) fn value_error(message: &str) -> ErrorKind {
    ErrorKind::ValueError { error: AppMessage(message.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::error;

    #[test]
    fn expectations_of_every_known_type_have_pydantics_error() {
        for (message, kind) in [
            ("invalid type: integer `1`, expected a formatted date string", "date_type"),
            ("invalid type: null, expected a `Duration`", "time_delta_type"),
            ("invalid type: sequence, expected byte array", "bytes_type"),
            ("invalid type: null, expected tuple variant Shape::Point", "tuple_type"),
            ("invalid type: null, expected adjacently tagged enum Shape", "model_attributes_type"),
            ("invalid type: null, expected str", "string_type"),
            ("invalid type: null, expected something else", "value_error"),
        ] {
            assert_eq!(error(message).kind.error_type(), kind, "{message}");
        }
    }

    #[test]
    fn messages_of_urls_count_only_with_a_url() {
        for (message, kind) in [
            ("empty host: \"http://\"", "url_parsing"),
            ("invalid value: string \"http://\", expected empty host", "url_parsing"),
            ("empty host", "value_error"),
        ] {
            assert_eq!(error(message).kind.error_type(), kind, "{message}");
        }
    }
}
