//! The common part of all extractors that read names and strings: path, query, form, headers and cookies.

use serde::de::DeserializeOwned;

use super::{
    extractor_context::ExtractorContext,
    fast_path::{self, Pair},
    source_errors::BodyShown,
};
use crate::{
    exception::Exception,
    explain::{self, Explain, Names, RootInput, RootShape, RootType},
    json::{FileNode, Layout, Repeated, Sent, StringRules, Tape, grouped, tape_of},
    report::Loc,
    rules::Validator,
    value::Value,
};

/// A source of names and strings, with the context of its request.
pub(super) struct StringSource<'a> {
    /// The beginning of the `loc` of each error.
    pub(super) root: Loc,
    pub(super) pairs: Vec<Pair<'a>>,
    /// The files of a form, in order.
    pub(super) files: Vec<PlacedFile>,
    pub(super) rules: StringRules,
    pub(super) layout: Layout,
    pub(super) names: Names,
    /// `true` if the strings are those of a model, which is the `input` of an error such as a missing field.
    pub(super) is_model: bool,
    /// `true` if the source is the body.
    pub(super) is_body: bool,
    pub(super) context: ExtractorContext,
}

/// A file in the place of the string of a pair.
pub(super) struct PlacedFile {
    /// The place of the pair.
    #[cfg_attr(not(feature = "multipart"), allow(dead_code))]
    pub(super) pair: usize,
    pub(super) node: FileNode,
}

/// Of several strings with one name the last counts, and an empty string is a string.
pub(super) const LAST: StringRules = StringRules { repeated: Repeated::Last, empty_is_missing: false };

/// Reads a value from strings, and checks its rules. `source` is called only if the fast path fails.
pub(super) fn read<'a, T, V>(
    pairs: Vec<Pair<'a>>,
    source: impl FnOnce(Vec<Pair<'a>>) -> StringSource<'a>,
) -> Result<T, Exception>
where
    T: DeserializeOwned,
    V: Validator<T>,
{
    match fast_path::read(&pairs).filter(V::is_valid) {
        Some(value) => Ok(value),
        None => source(pairs).explain::<T, V>(),
    }
}

impl<'a> StringSource<'a> {
    /// A source in which each field has a name.
    pub(super) fn named(root: &'static str, pairs: Vec<Pair<'a>>, context: ExtractorContext) -> Self {
        Self {
            root: Loc::from(root),
            pairs,
            files: Vec::new(),
            rules: LAST,
            layout: Layout::Named,
            names: Names::Own,
            is_model: false,
            is_body: false,
            context,
        }
    }

    /// Reads a value that the fast path could not read, or returns every error in it.
    pub(super) fn explain<T, V>(self) -> Result<T, Exception>
    where
        T: DeserializeOwned,
        V: Validator<T>,
    {
        let root_type = RootType::of::<T>();
        let (explain, tape, source) = self.prepare(root_type.shape);
        #[cfg(feature = "multipart")]
        super::form::set_addresses(tape.files());
        explain
            .pairs_with::<T, V>(tape, source.names.spelling())
            .map_err(|error| source.invalid(error, root_type))
    }

    /// Puts the strings into the layout that a type with this shape expects.
    fn prepare(mut self, shape: RootShape) -> (Explain, Tape<'static>, Self) {
        let explain = self.context.explain.clone().unwrap_or_default().at(self.root.clone());
        if self.layout == Layout::Named && shape == RootShape::Pairs {
            self.layout = Layout::Pairs;
            self.names = Names::Pairs(self.pairs.iter().map(|(name, _)| name.clone().into_owned()).collect());
        }
        let tape = tape(&self.pairs, &self.files, self.layout, self.rules);
        (explain, tape, self)
    }

    fn invalid(self, error: explain::Error<'static>, root_type: RootType) -> Exception {
        let report = match error {
            explain::Error::Report(report) => report,
            // Strings can always be read.
            error @ explain::Error::Unreadable(_) => return Exception::new(error),
        };
        let root_input = match root_type.shape {
            _ if !self.is_model || root_type.is_params => RootInput::Null,
            RootShape::Struct(fields) => RootInput::Model(fields),
            _ => RootInput::Model(&[]),
        };
        let body = if self.is_body { BodyShown::Fields } else { BodyShown::None };
        self.context.invalid(report.named(self.names).with_root_input(root_input), body)
    }
}

/// Returns `true` if a source has a field of a type. A type whose fields are not known has all of them.
pub(super) fn has_field(pairs: &[Pair<'_>], shape: RootShape) -> bool {
    match shape {
        RootShape::Struct(fields @ [_, ..]) => pairs.iter().any(|(name, _)| fields.contains(&name.as_ref())),
        _ => !pairs.is_empty(),
    }
}

/// Returns strings by name as a value that can be shown.
pub(super) fn document_of(pairs: &[Pair<'_>], files: &[PlacedFile], rules: StringRules) -> Value {
    tape(pairs, files, Layout::Named, rules).document()
}

fn tape(pairs: &[Pair<'_>], files: &[PlacedFile], layout: Layout, rules: StringRules) -> Tape<'static> {
    let mut files = files.iter().peekable();
    let sent = pairs.iter().enumerate().map(|(at, (name, string))| {
        let file = files.next_if(|file| file.pair == at);
        (name.as_ref(), file.map_or(Sent::String(string), |file| Sent::File(&file.node)))
    });
    grouped(sent, layout, |groups| tape_of(groups, layout, rules))
}
