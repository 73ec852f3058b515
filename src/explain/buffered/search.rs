//! The search for the place of one error.

use crate::{
    explain::{
        state::{Cause, NodeFlags, Pass, Reading, Substitute},
        types::{Expected, Scalar, Unexpected, probe_at},
    },
    json::{Kind, NodeId},
};

use super::{
    found::{Found, Next, WrongValue},
    missing::MissingSearch,
    replacement::Replacements,
    value::ValueSearch,
    view::{RefusedMark, View},
};

/// The search for the place of one error.
#[derive(Debug)]
pub(super) enum Search<'t> {
    Value(Box<ValueSearch<'t>>),
    Missing(Box<MissingSearch>),
    Tag(TagTest),
}

/// The beginning of a search.
#[derive(Debug)]
pub(super) enum Begun<'t> {
    Search(Search<'t>),
    /// The error names its place itself.
    Found(Found<'t>),
    /// There is nothing that the error could be about.
    Nothing,
}

/// Begins to search for the place of an error in a container.
pub(super) fn begin<'t>(
    pass: &mut Pass<'t>,
    container: NodeId,
    complaint: &Cause,
    probes: Option<&mut bool>,
) -> Begun<'t> {
    match complaint {
        Cause::Type { found, expected } | Cause::Value { found, expected } => {
            if let Unexpected::Str { address } = found.value {
                if let (Some(probe), Some(is_probe)) = (probe_at(address), probes) {
                    let candidate = Expected::of(expected).map(Expected::placeholder);
                    if pass.learned.members.resolve_probe(probe, candidate).is_made() {
                        *is_probe = true;
                        return Begun::Nothing;
                    }
                }
                let tape = pass.tape;
                let node = tape.at_address(address).filter(|&node| tape.kind(node) == Kind::String);
                let is_known = Expected::of(expected).is_some();
                if let Some(node) = node.filter(|&node| is_known && tape.is_within(node, container)) {
                    return Begun::Found(refused_string(pass, node, expected, complaint));
                }
            }
        }
        Cause::UnknownVariant { address, expected, .. } => {
            if let Some(begun) = unknown_variant(pass, container, *address, expected) {
                return begun;
            }
        }
        Cause::Missing(name) => {
            return match MissingSearch::begin(pass, container, name, complaint) {
                Some(search) => Begun::Search(Search::Missing(Box::new(search))),
                None => Begun::Nothing,
            };
        }
        Cause::UnknownField { .. } | Cause::Custom(_) | Cause::Length { .. } | Cause::Duplicate(_) => {}
    }
    ValueSearch::begin(pass, container, complaint)
        .map_or(Begun::Nothing, |search| Begun::Search(Search::Value(Box::new(search))))
}

/// A refused string lies in the document, so its address names it.
fn refused_string<'t>(pass: &Pass<'t>, node: NodeId, expected: &str, complaint: &Cause) -> Found<'t> {
    let accepted = Replacements::new(pass, node, expected, complaint).into_coerced();
    Found::Value(WrongValue { node, expected: expected.to_owned(), accepted, choices: None })
}

fn unknown_variant<'t>(
    pass: &mut Pass<'t>,
    container: NodeId,
    address: usize,
    variants: &'static [&'static str],
) -> Option<Begun<'t>> {
    let tape = pass.tape;
    let name = tape.at_address(address).filter(|&name| tape.is_within(name, container))?;
    let of_enum = |node: NodeId| {
        let accepted =
            variants.first().map(|name| Substitute { scalar: Scalar::Variant(name), is_placeholder: true });
        Found::Value(WrongValue { node, expected: String::new(), accepted, choices: Some(variants) })
    };
    if tape.kind(name) == Kind::Key {
        let object = tape.parent(name);
        return (object != container).then(|| Begun::Found(of_enum(object)));
    }
    let member = if tape.is_chosen(name) { tape.parent(name) } else { name };
    let may_be_tag = tape.key_of(member).is_some() && pass.has(name, NodeFlags::BUFFERED);
    if !may_be_tag {
        return Some(Begun::Found(of_enum(name)));
    }
    pass.learned.nodes.try_out(name, Substitute { scalar: Scalar::Mark(0), is_placeholder: true });
    Some(Begun::Search(Search::Tag(TagTest { name, variants })))
}

/// The test whether a string that names no variant is the tag of the object around it. As a tag, a mark is taken for
/// a name as well.
#[derive(Debug)]
pub(super) struct TagTest {
    name: NodeId,
    variants: &'static [&'static str],
}

impl TagTest {
    fn step<'t>(&self, pass: &mut Pass<'t>, view: &View, reading: &Reading) -> Next<'t> {
        pass.learned.nodes.end_trial(self.name);
        let mark = view.error(reading).and_then(RefusedMark::in_error);
        if let Some(tags) = mark.and_then(|mark| mark.tags) {
            return Next::Found(Found::InvalidTag { tag: self.name, tags });
        }
        let first = self.variants.first();
        let accepted = first.map(|name| Substitute { scalar: Scalar::Variant(name), is_placeholder: true });
        let choices = Some(self.variants);
        Next::Found(Found::Value(WrongValue { node: self.name, expected: String::new(), accepted, choices }))
    }
}

impl<'t> Search<'t> {
    /// Returns `true` if the error is certainly about something inside the container.
    pub(super) fn is_inside(&self) -> bool {
        matches!(self, Self::Value(search) if search.is_inside())
    }

    /// Draws the conclusion from a reading.
    pub(super) fn step(&mut self, pass: &mut Pass<'t>, view: &View, reading: &Reading) -> Next<'t> {
        match self {
            Self::Value(search) => search.step(pass, view, reading),
            Self::Tag(test) => test.step(pass, view, reading),
            Self::Missing(search) => match search.step(pass, view, reading) {
                Next::GoOn => Next::GoOn,
                Next::Found(found) => Next::Found(found),
                Next::NotFound => Next::NotFound,
            },
        }
    }
}
