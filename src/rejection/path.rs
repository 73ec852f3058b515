//! What `Path` says of a URL: it leaves out names, which the route knows.

use super::words::{Finding, finding, limits, out_of_range, quoted, value_error};
use crate::{
    report::{ErrorKind, Loc},
    value::Number,
};

/// Reads what `Path` says; the route knows the names it leaves out.
pub(super) fn read(said: &str, route: Option<&str>) -> Option<(Finding, Loc)> {
    let names: Vec<&str> = route.map(parameters).unwrap_or_default();
    let named =
        |name: Option<&str>| name.iter().fold(Loc::from("path"), |loc, name| loc.key((*name).to_owned()));
    let only = || match names.as_slice() {
        [name] => Some(*name),
        _ => None,
    };
    if let Some(key) = said.strip_prefix("Invalid UTF-8 in `").and_then(|rest| rest.strip_suffix('`')) {
        return Some((Finding::of(ErrorKind::StringUnicode), named(Some(key))));
    }
    let Some(rest) = said.strip_prefix("Cannot parse ") else {
        if let Some(name) = quoted(said, "missing field `") {
            return Some((Finding::of(ErrorKind::Missing), named(Some(name))));
        }
        return Some((finding(said), named(only())));
    };
    if let Some((value, target)) = backticked(rest).and_then(|rest| rest.rsplit_once("` to a `")) {
        if let Some((key, value)) = value.split_once("` with value `") {
            return Some((unparsed(value, target), named(Some(key))));
        }
        return Some((unparsed(value, target), named(only())));
    }
    if let Some((value, target)) = rest
        .strip_prefix("value at index ")
        .and_then(|rest| rest.strip_suffix('`'))
        .and_then(|rest| rest.rsplit_once("` to a `"))
    {
        let (index, value) = value.split_once(" with value `")?;
        let name = index.parse::<usize>().ok().and_then(|index| names.get(index).copied());
        return Some((unparsed(value, target), named(name)));
    }
    // `key` with value `value`: message
    let (key, rest) = rest.strip_prefix('`')?.split_once("` with value `")?;
    let (value, message) = rest.split_once("`: ")?;
    let Finding { kind, .. } = finding(message);
    Some((Finding { kind, input: value.into() }, named(Some(key))))
}

/// What stands between the first and the last backtick, if nothing stands around them.
fn backticked(text: &str) -> Option<&str> {
    text.strip_prefix('`')?.strip_suffix('`')
}

/// A text of a path that is not a `target`.
fn unparsed(value: &str, target: &str) -> Finding {
    let kind = if let Some((min, max)) = limits(target) {
        match Number::from_digits(value) {
            Some(number) => out_of_range(&number, min, max),
            None => ErrorKind::IntParsing,
        }
    } else {
        match target {
            "f32" | "f64" => ErrorKind::FloatParsing,
            "bool" => ErrorKind::BoolParsing,
            "char" if value.is_empty() => ErrorKind::StringTooShort { min_length: 1 },
            "char" => ErrorKind::StringTooLong { max_length: 1 },
            _ => value_error(&format!("expected {target}")),
        }
    };
    Finding { kind, input: value.into() }
}

/// The names in a route template: `/users/{user_id}/{*rest}` → `user_id`, `rest`.
fn parameters(route: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = route;
    while let Some((_, after)) = rest.split_once('{') {
        // `{{` is a brace of the path itself.
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
