//! Messages of axum's `Path` → pydantic's errors. They leave out names that the route has.

use super::{
    decoder_limit::DecoderLimit,
    serde_message::{BareError, not_a_char, out_of_range, quoted_name, value_error},
    string_message::judge,
};
use crate::{
    explain::{Expected, IntegerType},
    report::{ErrorDetail, ErrorKind, Loc},
    value::Number,
};

const EXTRACTOR: &str = "Path";

/// The error that a message stands for, or the reason why the client cannot send a valid value.
type Parsed = Result<Vec<ErrorDetail>, DecoderLimit>;

/// Parses a message. The route completes it with the names of the parameters.
pub(super) fn parse(message: &str, route: Option<&str>) -> Option<Parsed> {
    let names: Vec<&str> = route.map(parameters).unwrap_or_default();
    let only_name = || match names.as_slice() {
        [name] => Some(*name),
        _ => None,
    };
    if let Some(name) = message.strip_prefix("Invalid UTF-8 in `").and_then(|rest| rest.strip_suffix('`')) {
        return one(BareError::of(ErrorKind::StringUnicode), Some(name));
    }
    let Some(rest) = message.strip_prefix("Cannot parse ") else {
        if let Some(name) = quoted_name(message, "missing field `") {
            return one(BareError::of(ErrorKind::Missing), Some(name));
        }
        if message == "Unexpected key type" {
            return Some(Err(DecoderLimit::unsupported(EXTRACTOR, "keys of this type")));
        }
        return judged(message, None, only_name());
    };
    if let Some((value, target)) = backticked(rest).and_then(|rest| rest.rsplit_once("` to a `")) {
        if let Some((name, value)) = value.split_once("` with value `") {
            return one(unparsable(value, target), Some(name));
        }
        return one(unparsable(value, target), only_name());
    }
    if let Some((value, target)) = rest
        .strip_prefix("value at index ")
        .and_then(|rest| rest.strip_suffix('`'))
        .and_then(|rest| rest.rsplit_once("` to a `"))
    {
        let (index, value) = value.split_once(" with value `")?;
        let name = index.parse::<usize>().ok().and_then(|index| names.get(index).copied());
        return one(unparsable(value, target), name);
    }
    // `name` with value `value`: message
    let (name, rest) = rest.strip_prefix('`')?.split_once("` with value `")?;
    let (value, message) = rest.split_once("`: ")?;
    judged(message, Some(value), Some(name))
}

fn one(error: BareError, name: Option<&str>) -> Option<Parsed> {
    Some(Ok(vec![error.at(loc(name))]))
}

fn judged(message: &str, value: Option<&str>, name: Option<&str>) -> Option<Parsed> {
    Some(judge(message, value, EXTRACTOR).map(|error| vec![error.at(loc(name))]))
}

/// Returns the location of a parameter, or of all of them if the name is not known.
fn loc(name: Option<&str>) -> Loc {
    match name {
        Some(name) => Loc::from("path").key(name.to_owned()),
        None => Loc::from("path"),
    }
}

/// Returns the string between two backticks, if they are its first and last characters.
fn backticked(text: &str) -> Option<&str> {
    text.strip_prefix('`')?.strip_suffix('`')
}

/// Returns the error for a parameter that cannot be parsed as the type with this name.
fn unparsable(value: &str, target: &str) -> BareError {
    let kind = match Expected::of_type(target) {
        Some(Expected::Integer(integer_type)) => unparsable_integer(value, integer_type),
        Some(Expected::Float) => ErrorKind::FloatParsing,
        Some(Expected::Bool) => ErrorKind::BoolParsing,
        Some(Expected::Char) => not_a_char(value),
        _ => value_error(&format!("expected {target}")),
    };
    BareError { kind, input: value.into() }
}

fn unparsable_integer(value: &str, integer_type: IntegerType) -> ErrorKind {
    match Number::from_digits(value) {
        Some(number) => out_of_range(&number, integer_type),
        None => ErrorKind::IntParsing,
    }
}

/// Returns the names of the parameters in a route: `/users/{user_id}/{*rest}` has `user_id` and `rest`.
fn parameters(route: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = route;
    while let Some((_, after)) = rest.split_once('{') {
        // `{{` is a brace in the path.
        if let Some(literal) = after.strip_prefix('{') {
            rest = literal;
            continue;
        }
        let Some((name, after)) = after.split_once('}') else { break };
        let name = name.trim_start_matches('*');
        if !name.starts_with("__private__axum_") {
            names.push(name);
        }
        rest = after;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::parameters;

    #[test]
    fn names_are_read_from_a_route() {
        assert_eq!(parameters("/users/{user_id}/{*rest}"), ["user_id", "rest"]);
        assert_eq!(parameters("/{{literal}}/{id}.{ext}"), ["id", "ext"]);
        assert_eq!(parameters("/a/{*__private__axum_nest_tail_param}"), [""; 0]);
        assert_eq!(parameters("/broken/{"), [""; 0]);
    }
}
