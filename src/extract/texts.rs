//! What all sources of texts have in common: path, query, form, headers and cookies.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

pub(super) use super::quick::Pair;
use super::{
    quick,
    refusal::{About, Shown},
};
use crate::{
    exception::Exception,
    explain::{self, Names, RootShape},
    json::{Layout, Repeated, Tape, TextRules, grouped, tape_of},
    report::Loc,
    rules::Validator,
    value::Value,
};

/// A source of texts, and what is to be known of its request when it is refused.
pub(super) struct Source<'a> {
    /// What the `loc` of a mistake begins with.
    pub(super) root: Loc,
    pub(super) pairs: Vec<Pair<'a>>,
    pub(super) rules: TextRules,
    pub(super) layout: Layout,
    pub(super) names: Names,
    /// Whether the texts are a body, which handlers may show.
    pub(super) is_body: bool,
    pub(super) about: About,
}

/// The last of several texts counts, and an empty one is a text.
pub(super) const LAST: TextRules = TextRules { repeated: Repeated::Last, empty_is_missing: false };

/// The value of these texts, or all that is wrong with them; what is to be known for that is not asked for
/// before.
pub(super) fn read<'a, T, V>(
    pairs: Vec<Pair<'a>>,
    source: impl FnOnce(Vec<Pair<'a>>) -> Source<'a>,
) -> Result<T, Exception>
where
    T: DeserializeOwned,
    V: Validator<T>,
{
    match quick::read(&pairs).filter(V::is_valid) {
        Some(value) => Ok(value),
        None => source(pairs).explain::<T, V>(),
    }
}

impl Source<'_> {
    /// The value of texts that are not right as they are, or all that is wrong with them.
    pub(super) fn explain<T, V>(mut self) -> Result<T, Exception>
    where
        T: DeserializeOwned,
        V: Validator<T>,
    {
        let explain = self.about.explain.clone().unwrap_or_default().at(self.root.clone());
        if self.layout == Layout::Named && RootShape::of::<T>() == RootShape::Pairs {
            self.layout = Layout::Pairs;
            self.names = Names::Pairs(self.pairs.iter().map(|(name, _)| name.clone().into_owned()).collect());
        }
        let tape = tape(&self.pairs, self.layout, self.rules);
        explain.strings_with::<T, V>(tape, self.names.spelling()).map_err(|error| self.refuse(error))
    }

    fn refuse(self, error: explain::Error<'static>) -> Exception {
        let report = match error {
            explain::Error::Report(report) => report,
            // Strings can always be read.
            error @ explain::Error::Unreadable(_) => return Exception::new(error),
        };
        let shown = if self.is_body { Shown::Fields } else { Shown::Nothing };
        self.about.refuse(report.named(self.names), shown)
    }
}

/// These texts by name, as a value to show.
pub(super) fn document_of(pairs: &[Pair<'_>], rules: TextRules) -> Value {
    tape(pairs, Layout::Named, rules).document()
}

fn tape(pairs: &[Pair<'_>], layout: Layout, rules: TextRules) -> Tape<'static> {
    let pairs = pairs.iter().map(|(name, text)| (name.as_ref(), text.as_ref()));
    grouped(pairs, layout, |groups| tape_of(groups, layout, rules))
}

/// The names of headers as a type calls them: its own fields, and else with `_` for `-`.
pub(super) fn field_of<T: DeserializeOwned>() -> impl Fn(&str) -> Cow<'static, str> {
    let fields: &[&'static str] = match RootShape::of::<T>() {
        RootShape::Struct(fields) => fields,
        _ => &[],
    };
    move |header| {
        let same = |field: &&&str| {
            let dashed =
                field.bytes().map(|byte| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() });
            field.len() == header.len() && dashed.eq(header.bytes())
        };
        match fields.iter().find(same) {
            Some(field) => (*field).into(),
            None => header.replace('-', "_").into(),
        }
    }
}
