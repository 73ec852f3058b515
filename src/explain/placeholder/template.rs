//! How types that accept anything are made without input, which only their errors show.

use std::any::TypeId;

use crate::explain::{
    state::{Cause, Learned, Pass, Progress, Template},
    types::{Candidate, Expected, FIRST_TEMPLATE_PROBE, Unexpected, probe_at},
};

/// Returns the template for the type of the current frame, if it has one: the value as a whole, and whether
/// it has members.
pub(crate) fn template_of(pass: &Pass<'_>) -> Option<(Option<Candidate>, bool)> {
    let template = pass.learned.types.template(pass.frame()?.seed)?;
    Some((template.whole(), !template.members().is_empty()))
}

/// Returns the members that the type of the current frame is known to need.
pub(crate) fn template_members(pass: &Pass<'_>) -> Vec<(&'static str, Option<Candidate>)> {
    let template = pass.frame().and_then(|frame| pass.learned.types.template(frame.seed));
    let members = template.map(Template::members).unwrap_or_default();
    members.iter().map(|&(name, candidate)| (name, Some(candidate))).collect()
}

/// Returns the fields for a struct that is made of placeholders.
pub(crate) fn fields_to_offer(
    pass: &Pass<'_>,
    visitor: TypeId,
    fields: &'static [&'static str],
) -> Vec<(&'static str, Option<Candidate>)> {
    let types = &pass.learned.types;
    let names = if types.is_minimal(visitor) { types.required(visitor) } else { fields };
    names.iter().map(|&name| (name, None)).collect()
}

/// Learns from the error of a type that was made without input what it should be made of.
pub(super) fn learn_template(learned: &mut Learned<'_>, seed: TypeId, cause: &Cause) -> Progress {
    let member_at = |address| probe_at(address)?.checked_sub(FIRST_TEMPLATE_PROBE);
    learned.types.learn_template(seed, |template| match cause {
        Cause::Missing(name) => template.add(name, |member| Candidate::Probe(FIRST_TEMPLATE_PROBE + member)),
        Cause::Type { found, expected } => {
            let candidate = Expected::of(expected).map(Expected::placeholder);
            let member = match found.value {
                Unexpected::Str { address } => member_at(address),
                _ => None,
            };
            match (member, candidate) {
                (Some(member), Some(candidate)) => template.set(member, candidate),
                (Some(_), None) => false,
                (None, candidate) => template.offer(candidate),
            }
        }
        Cause::UnknownVariant { address, expected, .. } => match (member_at(*address), expected.first()) {
            (Some(member), Some(name)) => template.set(member, Candidate::Str(name)),
            _ => false,
        },
        _ => false,
    })
}
