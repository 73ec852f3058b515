//! Validation errors as FastAPI serializes them, one function for each type of error.

use std::borrow::Borrow;

use super::Reply;

/// Returns the reply to a request with these errors.
pub(crate) fn unprocessable<S: Borrow<str>>(errors: &[S]) -> Reply {
    Reply::json(422, format!(r#"{{"detail":[{}]}}"#, errors.join(",")))
}

/// Returns an error of any type. `loc`, `input` and `ctx` are JSON; `ctx` is left out if it is empty.
pub(crate) fn error(kind: &str, loc: &str, msg: &str, input: &str, ctx: &str) -> String {
    let msg = msg.replace('"', "\\\"");
    let ctx = if ctx.is_empty() { String::new() } else { format!(r#","ctx":{ctx}"#) };
    format!(r#"{{"type":"{kind}","loc":{loc},"msg":"{msg}","input":{input}{ctx}}}"#)
}

/// Returns the error of a custom validator.
pub(crate) fn value_error(loc: &str, msg: &str, input: &str) -> String {
    error("value_error", loc, &format!("Value error, {msg}"), input, r#"{"error":{}}"#)
}

/// Returns an error of a type whose message is always the same.
pub(crate) fn fixed(kind: &str, loc: &str, input: &str) -> String {
    error(kind, loc, fixed_msg(kind), input, "")
}

/// Returns pydantic's message for a type of error that has only one.
pub(crate) fn fixed_msg(kind: &str) -> &'static str {
    match kind {
        "bool_parsing" => "Input should be a valid boolean, unable to interpret input",
        "bool_type" => "Input should be a valid boolean",
        "dict_type" => "Input should be a valid dictionary",
        "extra_forbidden" => "Extra inputs are not permitted",
        "float_parsing" => "Input should be a valid number, unable to parse string as a number",
        "float_type" => "Input should be a valid number",
        "int_from_float" => "Input should be a valid integer, got a number with a fractional part",
        "int_parsing" => "Input should be a valid integer, unable to parse string as an integer",
        "int_parsing_size" => "Unable to parse input string as an integer, exceeded maximum size",
        "int_type" => "Input should be a valid integer",
        "ip_v4_address" => "Input is not a valid IPv4 address",
        "list_type" => "Input should be a valid list",
        "ip_any_address" => "value is not a valid IPv4 or IPv6 address",
        "ip_v6_address" => "Input is not a valid IPv6 address",
        "missing" => "Field required",
        "model_attributes_type" => "Input should be a valid dictionary or object to extract fields from",
        "none_required" => "Input should be None",
        "string_not_ascii" => "String should contain only ASCII characters",
        "string_type" => "Input should be a valid string",
        "string_unicode" => "Input should be a valid string, unable to parse raw data as a unicode string",
        "too_many_errors" => "There may be more errors than those shown",
        "tuple_type" => "Input should be a valid tuple",
        "url_type" => "URL input should be a string or URL",
        "uuid_type" => "UUID input should be a string, bytes or UUID object",
        _ => panic!("no fixed message for {kind}"),
    }
}

pub(crate) fn missing(loc: &str, input: &str) -> String {
    fixed("missing", loc, input)
}

pub(crate) fn string_type(loc: &str, input: &str) -> String {
    fixed("string_type", loc, input)
}

pub(crate) fn int_parsing(loc: &str, input: &str) -> String {
    fixed("int_parsing", loc, input)
}

pub(crate) fn string_too_short(loc: &str, min: usize, input: &str) -> String {
    let s = if min == 1 { "" } else { "s" };
    let msg = format!("String should have at least {min} character{s}");
    error("string_too_short", loc, &msg, input, &format!(r#"{{"min_length":{min}}}"#))
}

pub(crate) fn string_too_long(loc: &str, max: usize, input: &str) -> String {
    let s = if max == 1 { "" } else { "s" };
    let msg = format!("String should have at most {max} character{s}");
    error("string_too_long", loc, &msg, input, &format!(r#"{{"max_length":{max}}}"#))
}

pub(crate) fn too_short(field_type: &str, loc: &str, min: usize, actual: usize, input: &str) -> String {
    let s = if min == 1 { "" } else { "s" };
    let msg = format!("{field_type} should have at least {min} item{s} after validation, not {actual}");
    let ctx = format!(r#"{{"field_type":"{field_type}","min_length":{min},"actual_length":{actual}}}"#);
    error("too_short", loc, &msg, input, &ctx)
}

/// `actual` is `null` where pydantic does not count the items.
pub(crate) fn too_long(field_type: &str, loc: &str, max: usize, actual: &str, input: &str) -> String {
    let s = if max == 1 { "" } else { "s" };
    let not = if actual == "null" { "more" } else { actual };
    let msg = format!("{field_type} should have at most {max} item{s} after validation, not {not}");
    let ctx = format!(r#"{{"field_type":"{field_type}","max_length":{max},"actual_length":{actual}}}"#);
    error("too_long", loc, &msg, input, &ctx)
}

/// Returns the error of a bound (`ge`, `gt`, `le` or `lt`). `limits` are the limit in the message and in `ctx`.
pub(crate) fn out_of_range(bound: &str, loc: &str, limits: [&str; 2], input: &str) -> String {
    let (kind, words) = match bound {
        "ge" => ("greater_than_equal", "greater than or equal to"),
        "gt" => ("greater_than", "greater than"),
        "le" => ("less_than_equal", "less than or equal to"),
        _ => ("less_than", "less than"),
    };
    let [shown, limit] = limits;
    let msg = format!("Input should be {words} {shown}");
    error(kind, loc, &msg, input, &format!(r#"{{"{bound}":{limit}}}"#))
}

pub(crate) fn email_error(loc: &str, reason: &str, input: &str) -> String {
    let msg = format!("value is not a valid email address: {reason}");
    error("value_error", loc, &msg, input, &format!(r#"{{"reason":"{reason}"}}"#))
}

pub(crate) fn url_parsing(loc: &str, reason: &str, input: &str) -> String {
    let msg = format!("Input should be a valid URL, {reason}");
    error("url_parsing", loc, &msg, input, &format!(r#"{{"error":"{reason}"}}"#))
}

/// Returns the first JSON block in the docs of a module.
pub(crate) fn json_in_docs(source: &str) -> axum_exception::Value {
    let (_, shown) = source.split_once("//! ```json\n").unwrap();
    let (shown, _) = shown.split_once("//! ```").unwrap();
    shown.replace("//! ", "").parse().unwrap()
}
