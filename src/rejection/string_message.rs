//! Messages about the strings of a query, a form or a path → pydantic's errors.
//!
//! Such a source has only strings, and the standard library parses them. So a message can be compared with
//! the string: it tells which types are possible, and which string of several was refused.

use std::num::NonZeroU8;

use super::{
    decoder_limit::DecoderLimit,
    serde_message::{BareError, error, field_errors, no_variant},
    serde_path::Path,
    unexpected_value::UnexpectedValue,
};
use crate::{
    explain::{Expected, check_string},
    report::{ErrorDetail, ErrorKind, Loc},
    value::Value,
};

/// Returns the errors that a message with a path stands for, if nothing is known of the strings that were
/// sent.
///
/// # Errors
///
/// Returns a [`DecoderLimit`] if the client cannot send a value that axum's `extractor` accepts.
pub(super) fn errors(
    source: &'static str,
    text: &str,
    extractor: &'static str,
) -> Result<Vec<ErrorDetail>, DecoderLimit> {
    let (path, message) = Path::split(text);
    let source = Loc::from(source);
    if let Some(limit) = container_limit(&path, message, extractor) {
        return Err(limit);
    }
    match field_errors(&source, &path, message) {
        Some(errors) => Ok(errors),
        None => judge(message, None, extractor).map(|error| vec![error.at(path.within(&source))]),
    }
}

/// Returns the limit that a message is about, if the decoder passes the whole source, or a pair of it, to a
/// type that expects something else.
fn container_limit(path: &Path, message: &str, extractor: &'static str) -> Option<DecoderLimit> {
    if path.has_keys() {
        return None;
    }
    let (value, expectation) = UnexpectedValue::split(message.strip_prefix("invalid type: ")?)?;
    match value {
        UnexpectedValue::List => Some(DecoderLimit::passes(extractor, "sequence", expectation)),
        UnexpectedValue::Object => Some(DecoderLimit::passes(extractor, "map", expectation)),
        _ => None,
    }
}

/// Returns the error that a message about a string stands for. `string` is the string, if it is known.
///
/// # Errors
///
/// Returns a [`DecoderLimit`] if the type accepts the string, or any other one of the same kind.
pub(super) fn judge(
    message: &str,
    string: Option<&str>,
    extractor: &'static str,
) -> Result<BareError, DecoderLimit> {
    if let Some(name) = message.strip_suffix(" is not supported") {
        if let Some(expected @ Expected::Integer(_)) = Expected::of_type(name) {
            return match string.map(|string| (string, check_string(string, expected))) {
                Some((string, Err(kind))) => Ok(BareError { kind, input: string.into() }),
                _ => Err(DecoderLimit::unsupported(extractor, name)),
            };
        }
    }
    if let Some(judged) = uninterpreted(message, string, extractor) {
        return judged;
    }
    let mut error = error(message);
    if let Some(string) = string {
        if let Some(kind) = unparsed(message, string).or_else(|| unknown_variant(message, string)) {
            error.kind = kind;
        }
        error.input = string.into();
    }
    Ok(error)
}

/// Judges a string that was passed to a type as it is, although the type expects something else.
fn uninterpreted(
    message: &str,
    string: Option<&str>,
    extractor: &'static str,
) -> Option<Result<BareError, DecoderLimit>> {
    let (value, expectation) = UnexpectedValue::split(message.strip_prefix("invalid type: ")?)?;
    let UnexpectedValue::String(passed) = value else { return None };
    // The message may be about a part of the string, which the app has parsed itself.
    if string.is_some_and(|string| string != passed) {
        return None;
    }
    let expected = Expected::of(expectation)?;
    match expected {
        Expected::Integer(_) | Expected::Float | Expected::Bool => {
            if let Err(kind) = check_string(&passed, expected) {
                return Some(Ok(BareError { kind, input: passed.into() }));
            }
        }
        Expected::List | Expected::Set | Expected::Tuple => {}
        _ => return None,
    }
    Some(Err(DecoderLimit::passes(extractor, "string", expectation)))
}

/// A type and the message of its `FromStr`.
type Parser = (&'static str, fn(&str) -> Option<String>);

macro_rules! parsers {
    ($($name:literal: $parsed:ty),* $(,)?) => {
        [$(($name, |string| string.parse::<$parsed>().err().map(|error| error.to_string()))),*]
    };
}

/// The types that axum's decoders parse.
const PARSERS: [Parser; 12] = parsers! {
    "i8": i8, "i16": i16, "i32": i32, "i64": i64, "u8": u8, "u16": u16, "u32": u32, "u64": u64,
    "u8": NonZeroU8, "f32": f32, "f64": f64, "bool": bool,
};

/// Returns the error for a string that the standard library could not parse, if it is the same for every type
/// that has this message for this string.
fn unparsed(message: &str, string: &str) -> Option<ErrorKind> {
    let mut kinds = PARSERS
        .iter()
        .filter(|(_, parse)| parse(string).as_deref() == Some(message))
        .map(|(name, _)| check_string(string, Expected::of_type(name)?).err());
    let first = kinds.next()??;
    kinds.all(|kind| kind.as_ref() == Some(&first)).then_some(first)
}

/// Returns the error for a string that is not the name of a variant. The string may contain any words of the
/// message.
fn unknown_variant(message: &str, string: &str) -> Option<ErrorKind> {
    let expected = message.strip_prefix("unknown variant `")?.strip_prefix(string)?;
    expected.strip_prefix("`, expected ").map(no_variant)
}

/// Returns the string that a message is about, if this is certain. `strings` are those of one name, in order.
///
/// A decoder stops at the first string that it refuses.
pub(super) fn refused<'s>(message: &str, strings: &[&'s str]) -> Option<&'s str> {
    let about = About::of(message);
    let mut refused = strings.iter().copied().filter(|string| about.may_be(string));
    let first = refused.next()?;
    (refused.all(|other| other == first) || about.is_always(first)).then_some(first)
}

/// The part of a message that tells which string it is about.
enum About<'m> {
    /// The message of a `FromStr` of the standard library.
    Parser(&'m str),
    /// The name of a variant, and the words behind it, which begin with a backtick.
    Variant(&'m str),
    /// The value that the message quotes, or `null`.
    Value(Value),
}

impl<'m> About<'m> {
    fn of(message: &'m str) -> Self {
        match Expected::of_message(message) {
            Some((Expected::Integer(_) | Expected::Float | Expected::Bool, _)) => Self::Parser(message),
            _ => match message.strip_prefix("unknown variant `") {
                Some(variant) => Self::Variant(variant),
                None => Self::Value(error(message).input),
            },
        }
    }

    /// Returns `false` if the message cannot be about a string.
    fn may_be(&self, string: &str) -> bool {
        match self {
            Self::Parser(message) => says(message, string).any(|says| says),
            Self::Variant(variant) => {
                variant.strip_prefix(string).is_some_and(|rest| rest.starts_with("`, "))
            }
            Self::Value(Value::String(quoted)) => quoted == string,
            Self::Value(Value::Number(number)) => string.parse() == Ok(number.as_f64()),
            Self::Value(_) => true,
        }
    }

    /// Returns `true` if every type that may have this message has it for a string.
    fn is_always(&self, string: &str) -> bool {
        matches!(self, Self::Parser(message) if says(message, string).all(|says| says))
    }
}

/// Returns whether each type has a message for a string, for the types that may have this message at all.
fn says(message: &str, string: &str) -> impl Iterator<Item = bool> {
    let kind = |expected| std::mem::discriminant(&expected);
    let of_message = Expected::of_message(message).map(|(expected, _)| kind(expected));
    PARSERS
        .iter()
        .filter(move |(name, _)| Expected::of_type(name).map(kind) == of_message)
        .map(move |(_, parse)| parse(string).as_deref() == Some(message))
}
