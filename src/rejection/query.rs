//! Messages of axum's `Query` → pydantic's errors, with the strings of the query that was sent.
//!
//! Most messages do not quote the string. A message names the parameter, and the query string has the rest.

use std::borrow::Cow;

use indexmap::IndexMap;

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
    let Some(query) = query else {
        return string_message::errors(QUERY, text, extractor);
    };
    let pairs: Vec<Pair<'_>> = form_urlencoded::parse(query.as_bytes()).collect();
    let query = Query::new(&pairs);
    if let Some(parameter) = query.parameter(text) {
        return parameter.errors(extractor);
    }
    let errors = string_message::errors(QUERY, text, extractor)?;
    Ok(errors.into_iter().map(|error| query.completed(error, text)).collect())
}

type Pair<'q> = (Cow<'q, str>, Cow<'q, str>);

/// The names and strings that were sent, in order.
struct Query<'q> {
    pairs: &'q [Pair<'q>],
    /// The strings of each name. A query may have thousands of names.
    strings: IndexMap<&'q str, Vec<&'q str>>,
}

/// The parameter that a message is about.
struct Parameter<'a> {
    loc: Loc,
    name: &'a str,
    /// The strings that the message may be about.
    strings: Vec<&'a str>,
    message: &'a str,
}

impl<'q> Query<'q> {
    fn new(pairs: &'q [Pair<'q>]) -> Self {
        let mut strings: IndexMap<&str, Vec<&str>> = IndexMap::new();
        for (name, string) in pairs {
            strings.entry(name).or_default().push(string);
        }
        Self { pairs, strings }
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
        let named = self.strings.iter().filter_map(|(name, strings)| named(name, strings, text));
        let mut found = of_pair.chain(named);
        match (found.next(), found.next()) {
            (Some(parameter), None) => Some(parameter),
            _ => None,
        }
    }

    /// Finds the parameter in `[1][1]: message`, which is about the string of the second pair in a list of
    /// pairs.
    fn in_pair<'a>(&'a self, text: &'a str) -> Option<Parameter<'a>> {
        let (index, message) = text.strip_prefix('[')?.split_once("][1]: ")?;
        let (name, string) = self.pairs.get(index.parse::<usize>().ok()?)?;
        Some(Parameter { loc: loc(name), name, strings: vec![string], message })
    }

    /// Completes an error whose message names no parameter, or one that cannot be told from others.
    fn completed(&self, error: ErrorDetail, text: &str) -> ErrorDetail {
        if let Some(name) = quoted_name(text, "missing field `") {
            let is_sent = self.strings.contains_key(name);
            return if is_sent { error } else { error.with_input(self.document()) };
        }
        let has_name = error.loc().len() > 1;
        match error.input().as_str().and_then(|input| self.sender(input)) {
            Some(name) if !has_name => error.with_loc(loc(name)),
            _ => error,
        }
    }

    /// Returns the name of the parameter with this string, if no other one has it.
    ///
    /// Content that serde has buffered has no path.
    fn sender(&self, string: &str) -> Option<&str> {
        let mut pairs = self.pairs.iter().filter(|(name, other)| name == string || other == string);
        match (pairs.next(), pairs.next()) {
            (Some((name, _)), None) if name != string => Some(name),
            _ => None,
        }
    }

    /// Returns all that was sent, as the `input` of a missing parameter shows it.
    fn document(&self) -> Value {
        self.strings.iter().map(|(name, strings)| (*name, one_or_list(strings))).collect()
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

/// Returns the parameter with this name, if a message begins with it.
fn named<'a>(name: &'a str, strings: &[&'a str], text: &'a str) -> Option<Parameter<'a>> {
    let rest = text.strip_prefix(name)?;
    if let Some(message) = rest.strip_prefix(": ") {
        return Some(Parameter { loc: loc(name), name, strings: strings.to_vec(), message });
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
