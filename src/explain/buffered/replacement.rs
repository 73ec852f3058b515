//! The values that are tried in the place of a value that a type refused.

use super::ENUM;
use crate::{
    explain::{
        state::{Cause, Pass, Substitute},
        types::{
            ATTEMPTS, Candidate, Expected, Scalar, UNUSUAL_INTEGER, candidate_integer, candidate_str, coerce,
            scalar_of,
        },
    },
    json::{Kind, NodeId},
};

/// Values for one node, the best ones first.
#[derive(Debug)]
pub(super) struct Replacements<'t> {
    values: std::vec::IntoIter<Substitute<'t>>,
}

impl<'t> Replacements<'t> {
    /// The number of values of the document that are tried.
    const MAX_SENT: usize = 4;

    /// Returns what may stand for a node whose type has described what it expects.
    pub(super) fn new(pass: &Pass<'t>, node: NodeId, expected: &str, complaint: &Cause) -> Self {
        let mut values: Vec<Substitute<'t>> = coerced(pass, node, expected).into_iter().collect();
        let mut placeholders = Vec::new();
        let wanted = Expected::of(expected);
        let is_conversion = !matches!(complaint, Cause::Type { .. });
        if is_conversion || wanted.is_none() {
            // What is accepted elsewhere is most likely accepted here.
            placeholders.extend(values_of_same_name(pass, node));
        }
        placeholders.extend(wanted.and_then(|wanted| scalar_for(wanted.placeholder())));
        if expected == ENUM {
            // An enum says which variants it has.
            placeholders.push(Scalar::Str("a"));
        }
        // Items, the members of maps and optional fields need not be there.
        placeholders.push(Scalar::Absent);
        if is_conversion || wanted.is_none() {
            placeholders.extend(ladder(pass, node, wanted));
        }
        let sent = scalar_of(pass.tape, node);
        placeholders.retain(|scalar| Some(*scalar) != sent);
        values.extend(placeholders.into_iter().map(|scalar| Substitute { scalar, is_placeholder: true }));
        Self { values: values.into_iter() }
    }

    /// Returns the names of variants, as strings and as objects, for an enum that has named them.
    pub(super) fn of_variants(variants: &'static [&'static str]) -> Self {
        const MAX_VARIANTS: usize = 8;
        let names = || variants.iter().copied().take(MAX_VARIANTS);
        let scalars = names().map(Scalar::Str).chain(names().map(Scalar::Variant)).chain([Scalar::Absent]);
        let values: Vec<_> = scalars.map(|scalar| Substitute { scalar, is_placeholder: true }).collect();
        Self { values: values.into_iter() }
    }

    /// Leaves out values without which the node is not read at all.
    pub(super) fn present(self) -> Self {
        let values: Vec<_> = self.values.filter(|value| value.scalar != Scalar::Absent).collect();
        Self { values: values.into_iter() }
    }

    /// Returns what the lax rules make of the node, if they make something of it.
    pub(super) fn into_coerced(mut self) -> Option<Substitute<'t>> {
        self.next().filter(|first| !first.is_placeholder)
    }

    pub(super) fn next(&mut self) -> Option<Substitute<'t>> {
        self.values.next()
    }
}

/// Returns what the lax rules make of a node, if that is something else.
fn coerced<'t>(pass: &Pass<'t>, node: NodeId, expected: &str) -> Option<Substitute<'t>> {
    if pass.is_strict() || pass.learned.nodes.substitute(node).is_some() {
        return None;
    }
    let wanted = Expected::of(expected).filter(|wanted| !wanted.is_kind(pass.tape.kind(node)))?;
    let scalar = coerce(pass.tape, node, wanted).ok()?;
    (Some(scalar) != scalar_of(pass.tape, node)).then_some(Substitute { scalar, is_placeholder: false })
}

/// Returns the value of a candidate, unless it needs parts.
pub(super) fn scalar_for<'t>(candidate: Candidate) -> Option<Scalar<'t>> {
    Some(match candidate {
        Candidate::Str(string) => Scalar::Str(string),
        Candidate::Variant(name) => Scalar::Variant(name),
        // Numbers that no client sends, so that an error about them is recognized.
        Candidate::Integer => Scalar::Unsigned(UNUSUAL_INTEGER),
        Candidate::Number(number) => Scalar::Unsigned(number),
        Candidate::Float => Scalar::Float(113.125),
        Candidate::Bool => Scalar::Bool(false),
        Candidate::Null => Scalar::Null,
        Candidate::Seq => Scalar::EmptySeq,
        Candidate::Map => Scalar::Map,
        Candidate::Mark(number) => Scalar::Mark(number),
        Candidate::Probe(_) | Candidate::Invented(_) => return None,
    })
}

fn ladder<'t>(pass: &Pass<'t>, node: NodeId, wanted: Option<Expected>) -> Vec<Scalar<'t>> {
    let candidate = wanted.map(Expected::placeholder);
    let kind = pass.tape.kind(node);
    match candidate {
        Some(Candidate::Str(_)) => (0..ATTEMPTS).map(|attempt| Scalar::Str(candidate_str(attempt))).collect(),
        Some(Candidate::Integer | Candidate::Float) => integers(),
        Some(Candidate::Bool) => vec![Scalar::Bool(true)],
        Some(_) => Vec::new(),
        None if kind == Kind::String => {
            (0..ATTEMPTS).map(|attempt| Scalar::Str(candidate_str(attempt))).collect()
        }
        None if matches!(kind, Kind::Integer | Kind::Float) => integers(),
        None => vec![Scalar::Str("a"), Scalar::Unsigned(UNUSUAL_INTEGER), Scalar::Null, Scalar::Map],
    }
}

fn integers<'t>() -> Vec<Scalar<'t>> {
    (0..ATTEMPTS).map(|attempt| Scalar::Unsigned(candidate_integer(attempt))).collect()
}

/// Returns values without parts that have the same name as a node in other objects of the same list, or that are in
/// the same list.
fn values_of_same_name<'t>(pass: &Pass<'t>, node: NodeId) -> Vec<Scalar<'t>> {
    let tape = pass.tape;
    if node == NodeId::ROOT {
        return Vec::new();
    }
    let parent = tape.parent(node);
    let others: Vec<NodeId> = match tape.key_of(node).map(|key| tape.str(key)) {
        Some(name) if parent != NodeId::ROOT => {
            let list = tape.parent(parent);
            let objects = tape.items(list).filter(|_| tape.kind(list) == Kind::Array);
            objects.filter_map(|object| tape.member(object, name)).take(64).collect()
        }
        Some(_) => Vec::new(),
        None => tape.items(parent).take(64).collect(),
    };
    let of_kind = tape.kind(node);
    let is_alike = |other: &NodeId| *other != node && tape.kind(*other) == of_kind;
    let mut scalars: Vec<Scalar<'t>> = Vec::new();
    for scalar in others.into_iter().filter(is_alike).filter_map(|other| scalar_of(tape, other)) {
        if !scalars.contains(&scalar) && scalars.len() < Replacements::MAX_SENT {
            scalars.push(scalar);
        }
    }
    scalars
}
