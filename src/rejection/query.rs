//! Messages of axum's `Query` → pydantic's errors, with the strings of the query that was sent.
//!
//! Most messages do not quote the string. A message names the parameter, and the query string has the rest.

use std::borrow::Cow;

use super::{
    decoder_limit::DecoderLimit,
    serde_message::{BareError, field_errors, quoted_name},
    serde_path::{Path, begins_with_message},
    string_message::{self, judge, refused},
};
use crate::{
    report::{ErrorDetail, ErrorKind, Loc},
    value::Value,
};

const QUERY: &str = "query";

/// Returns the errors that a message stands for. `query` is the query string, if it is known.
///
/// # Errors
///
/// Returns a [`DecoderLimit`] if the client cannot send a value that axum's `extractor` accepts.
pub(super) fn errors(
    text: &str,
    query: Option<&str>,
    extractor: &'static str,
) -> Result<Vec<ErrorDetail>, DecoderLimit> {
    let Some(query) = query.map(Query::parse) else {
        return string_message::errors(QUERY, text, extractor);
    };
    if let Some(parameter) = query.parameter(text) {
        return parameter.errors(extractor);
    }
    let errors = string_message::errors(QUERY, text, extractor)?;
    Ok(errors.into_iter().map(|error| query.completed(error, text)).collect())
}

/// The names and strings that were sent, in order.
struct Query<'q>(Vec<(Cow<'q, str>, Cow<'q, str>)>);

/// The parameter that a message is about.
struct Parameter<'a> {
    loc: Loc,
    name: &'a str,
    /// The strings that the message may be about.
    strings: Vec<&'a str>,
    message: &'a str,
}

impl<'q> Query<'q> {
    fn parse(query: &'q str) -> Self {
        Self(form_urlencoded::parse(query.as_bytes()).collect())
    }

    /// Returns the names in the order in which they were sent first.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().enumerate().filter_map(|(at, (name, _))| {
            let is_first = !self.0.iter().take(at).any(|(other, _)| other == name);
            is_first.then_some(name.as_ref())
        })
    }

    fn strings(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(other, _)| other == name).map(|(_, string)| string.as_ref()).collect()
    }

    /// Finds the parameter that a message with a path is about.
    ///
    /// The path contains a name that the client chose, so any characters are possible in it. It counts only
    /// if no other name can be in this place.
    fn parameter<'a>(&'a self, text: &'a str) -> Option<Parameter<'a>> {
        if begins_with_message(text) {
            return None;
        }
        let of_pair = self.in_pair(text).into_iter();
        let mut found = of_pair.chain(self.names().filter_map(|name| self.named(name, text)));
        match (found.next(), found.next()) {
            (Some(parameter), None) => Some(parameter),
            _ => None,
        }
    }

    /// Finds the parameter in `[1][1]: message`, which is about the string of the second pair in a list of
    /// pairs.
    fn in_pair<'a>(&'a self, text: &'a str) -> Option<Parameter<'a>> {
        let (index, message) = text.strip_prefix('[')?.split_once("][1]: ")?;
        let (name, string) = self.0.get(index.parse::<usize>().ok()?)?;
        Some(Parameter { loc: loc(name), name, strings: vec![string], message })
    }

    /// Returns the parameter with this name, if a message begins with it.
    fn named<'a>(&'a self, name: &'a str, text: &'a str) -> Option<Parameter<'a>> {
        let rest = text.strip_prefix(name)?;
        let strings = self.strings(name);
        if let Some(message) = rest.strip_prefix(": ") {
            return Some(Parameter { loc: loc(name), name, strings, message });
        }
        // `ids[1]: message`
        if let Some((index, message)) = rest.strip_prefix('[').and_then(|rest| rest.split_once("]: ")) {
            let index = index.parse::<usize>().ok()?;
            let strings = vec![*strings.get(index)?];
            return Some(Parameter { loc: loc(name).index(index), name, strings, message });
        }
        // `color.red: expected unit variant`
        let (variant, message) = rest.strip_prefix('.')?.split_once(": ")?;
        let is_variant = message == "expected unit variant" && strings.contains(&variant);
        is_variant.then(|| Parameter { loc: loc(name), name, strings: vec![variant], message })
    }

    /// Completes an error whose message names no parameter, or one that cannot be told from others.
    fn completed(&self, error: ErrorDetail, text: &str) -> ErrorDetail {
        if let Some(name) = quoted_name(text, "missing field `") {
            let is_sent = self.names().any(|sent| sent == name);
            return if is_sent { error } else { error.with_input(self.document()) };
        }
        let name = if error.loc().len() == 1 {
            error.input().as_str().and_then(|input| self.sender(input))
        } else {
            None
        };
        match name {
            Some(name) => error.with_loc(loc(name)),
            None => error,
        }
    }

    /// Returns the name of the parameter with this string, if no other one has it.
    ///
    /// Content that serde has buffered has no path.
    fn sender(&self, string: &str) -> Option<&str> {
        let mut pairs = self.0.iter().filter(|(name, other)| name == string || other == string);
        match (pairs.next(), pairs.next()) {
            (Some((name, _)), None) if name != string => Some(name),
            _ => None,
        }
    }

    /// Returns all that was sent, as the `input` of a missing parameter shows it.
    fn document(&self) -> Value {
        self.names().map(|name| (name, one_or_list(&self.strings(name)))).collect()
    }
}

impl Parameter<'_> {
    fn errors(self, extractor: &'static str) -> Result<Vec<ErrorDetail>, DecoderLimit> {
        let Self { loc, name, strings, message } = self;
        if quoted_name(message, "unknown field `") == Some(name) {
            let input = one_or_list(&strings);
            return Ok(vec![BareError { kind: ErrorKind::ExtraForbidden, input }.at(loc)]);
        }
        if let Some(errors) = field_errors(&loc, &Path::default(), message) {
            return Ok(errors);
        }
        judge(message, refused(message, &strings), extractor).map(|error| vec![error.at(loc)])
    }
}

/// Returns the strings of one name as FastAPI shows them if no field of the type has this name.
fn one_or_list(strings: &[&str]) -> Value {
    match strings {
        [string] => (*string).into(),
        strings => strings.to_vec().into(),
    }
}

fn loc(name: &str) -> Loc {
    Loc::from(QUERY).key(name.to_owned())
}
