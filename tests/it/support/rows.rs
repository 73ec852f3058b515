//! Errors as FastAPI writes them, and rows of requests and what they are answered with.

use super::Reply;

pub(crate) fn refused(errors: &[String]) -> Reply {
    Reply::json(422, format!(r#"{{"detail":[{}]}}"#, errors.join(",")))
}

pub(crate) fn error(kind: &str, loc: &str, msg: &str, input: &str, ctx: &str) -> String {
    let msg = msg.replace('"', "\\\"");
    let ctx = if ctx.is_empty() { String::new() } else { format!(r#","ctx":{ctx}"#) };
    format!(r#"{{"type":"{kind}","loc":{loc},"msg":"{msg}","input":{input}{ctx}}}"#)
}

/// `value_error`, as a validator of pydantic raises it.
pub(crate) fn raised(loc: &str, msg: &str, input: &str) -> String {
    error("value_error", loc, &format!("Value error, {msg}"), input, r#"{"error":{}}"#)
}

pub(crate) fn missing(loc: &str, input: &str) -> String {
    error("missing", loc, "Field required", input, "")
}

pub(crate) fn no_string(loc: &str, input: &str) -> String {
    error("string_type", loc, "Input should be a valid string", input, "")
}

pub(crate) fn no_int(loc: &str, input: &str) -> String {
    let msg = "Input should be a valid integer, unable to parse string as an integer";
    error("int_parsing", loc, msg, input, "")
}

pub(crate) fn short(loc: &str, min: usize, input: &str) -> String {
    let s = if min == 1 { "" } else { "s" };
    let msg = format!("String should have at least {min} character{s}");
    error("string_too_short", loc, &msg, input, &format!(r#"{{"min_length":{min}}}"#))
}

pub(crate) fn long(loc: &str, max: usize, input: &str) -> String {
    let s = if max == 1 { "" } else { "s" };
    let msg = format!("String should have at most {max} character{s}");
    error("string_too_long", loc, &msg, input, &format!(r#"{{"max_length":{max}}}"#))
}

pub(crate) fn few(what: &str, loc: &str, min: usize, actual: usize, input: &str) -> String {
    let s = if min == 1 { "" } else { "s" };
    let msg = format!("{what} should have at least {min} item{s} after validation, not {actual}");
    let ctx = format!(r#"{{"field_type":"{what}","min_length":{min},"actual_length":{actual}}}"#);
    error("too_short", loc, &msg, input, &ctx)
}

/// `actual` is `null` where it is not counted.
pub(crate) fn many(what: &str, loc: &str, max: usize, actual: &str, input: &str) -> String {
    let s = if max == 1 { "" } else { "s" };
    let not = if actual == "null" { "more" } else { actual };
    let msg = format!("{what} should have at most {max} item{s} after validation, not {not}");
    let ctx = format!(r#"{{"field_type":"{what}","max_length":{max},"actual_length":{actual}}}"#);
    error("too_long", loc, &msg, input, &ctx)
}

/// `ge`, `gt`, `le` or `lt`; the limit as it is in the text, and in `ctx`.
pub(crate) fn beyond(which: &str, loc: &str, limits: [&str; 2], input: &str) -> String {
    let (kind, words) = match which {
        "ge" => ("greater_than_equal", "greater than or equal to"),
        "gt" => ("greater_than", "greater than"),
        "le" => ("less_than_equal", "less than or equal to"),
        _ => ("less_than", "less than"),
    };
    let [shown, limit] = limits;
    error(kind, loc, &format!("Input should be {words} {shown}"), input, &format!(r#"{{"{which}":{limit}}}"#))
}

pub(crate) fn no_email(loc: &str, reason: &str, input: &str) -> String {
    let msg = format!("value is not a valid email address: {reason}");
    error("value_error", loc, &msg, input, &format!(r#"{{"reason":"{reason}"}}"#))
}

pub(crate) fn no_url(loc: &str, reason: &str, input: &str) -> String {
    let msg = format!("Input should be a valid URL, {reason}");
    error("url_parsing", loc, &msg, input, &format!(r#"{{"error":"{reason}"}}"#))
}

/// The JSON that the docs of a module show.
pub(crate) fn shown_in_docs(source: &str) -> axum_exception::Value {
    let (_, shown) = source.split_once("//! ```json\n").unwrap();
    let (shown, _) = shown.split_once("//! ```").unwrap();
    shown.replace("//! ", "").parse().unwrap()
}
