//! The order in which the members of an object are visited.

use std::any::TypeId;

use crate::{
    explain::state::{Error, Location, NodeFlags, Owner, Pass},
    json::{NodeId, Tape},
    report::ErrorKind,
};

use super::member::{Member, Style};

/// Returns the members of an object as they stand in the document.
pub(super) fn sent_members<'t>(
    tape: &'t Tape<'_>,
    is_strict: bool,
    object: NodeId,
) -> impl Iterator<Item = Member> + 't {
    // In strict mode the type decides what a repeated name means, as with `serde_json`.
    let all = tape.all_members(object).filter(move |_| is_strict);
    let unique = tape.members(object).filter(move |_| !is_strict);
    all.chain(unique).enumerate().map(|(place, (key, value))| Member::Sent { key, value, place })
}

/// The members of an object, sorted by when they are visited.
#[derive(Default)]
struct Sorted {
    members: Vec<Member>,
    last: Vec<Member>,
    hopeless: Vec<Member>,
    /// Members that the visitor is known to refuse.
    extra: Vec<NodeId>,
    /// `true` if a member is held back from the visitor.
    is_any_hidden: bool,
}

/// Returns the members of an object in the order in which the visitor gets furthest: those that failed before
/// come last, and before them those that are missing. Notes the errors that are known.
pub(super) fn order(pass: &mut Pass<'_>, object: NodeId, style: Style) -> Result<Vec<Member>, Error> {
    let visitor = style.uniform();
    let is_closed = pass.learned.types.is_closed(visitor) || pass.learned.members.is_closed(object);
    let mut missing = required(pass, object, style, visitor);
    let sorted = sort(pass, object, style, is_closed, &mut missing);
    let learned = &pass.learned.members;
    let replaced: Vec<Member> = missing
        .iter()
        .map(|&name| Member::Missing { name, candidate: learned.candidate(object, name) })
        .collect();
    let added: Vec<Member> = learned
        .offered(Owner::Node(object))
        .into_iter()
        .filter(|(name, _)| !missing.contains(name))
        .map(|(name, candidate)| Member::Missing { name, candidate })
        .collect();
    if sorted.is_any_hidden {
        pass.taint();
    }
    for value in sorted.extra {
        pass.mismatch(Location::Node(value), ErrorKind::ExtraForbidden)?;
    }
    for name in missing {
        let place = style.fields().iter().position(|field| *field == name);
        pass.mismatch(Location::missing(object, name, place), ErrorKind::Missing)?;
    }
    let mut members = sorted.members;
    members.extend(sorted.last.into_iter().chain(replaced).chain(added).chain(sorted.hopeless));
    if pass.has(object, NodeFlags::EXTENDED) {
        members.push(Member::Unknown);
    }
    Ok(members)
}

/// Returns the members that an object is known to require.
fn required(pass: &Pass<'_>, object: NodeId, style: Style, visitor: Option<TypeId>) -> Vec<&'static str> {
    let visitor = visitor.filter(|_| !matches!(style, Style::Struct { is_adjacent: true, .. }));
    let of_visitor = visitor.map(|visitor| pass.learned.types.required(visitor)).unwrap_or_default();
    pass.learned.members.required(of_visitor, object)
}

/// Sorts the members of an object, and removes their names from those that may be missing.
fn sort(
    pass: &mut Pass<'_>,
    object: NodeId,
    style: Style,
    is_closed: bool,
    missing: &mut Vec<&'static str>,
) -> Sorted {
    let mut sorted = Sorted::default();
    let tape = pass.tape;
    for member in sent_members(tape, pass.is_strict(), object) {
        let Member::Sent { key, value, place } = member else { continue };
        if pass.has(value, NodeFlags::ABSENT | NodeFlags::IGNORED) {
            continue;
        }
        if pass.has(value, NodeFlags::HIDDEN) {
            sorted.is_any_hidden = true;
            continue;
        }
        if pass.is_left_out(value) {
            continue;
        }
        if !missing.is_empty() {
            let name = tape.str(key);
            missing.retain(|required| *required != name);
        }
        if let Style::Struct { fields, is_adjacent, .. } = style {
            let name = tape.str(key);
            let field = fields.iter().position(|field| *field == name);
            if field.is_none() && pass.is_incremental() && !is_closed {
                // No visitor asks for it, as the first pass has shown.
                sorted.is_any_hidden = true;
                continue;
            }
            pass.learned.evidence.set_rank(tape, value, field.unwrap_or(fields.len() + place));
            if field.is_none() && is_closed {
                sorted.extra.push(value);
                continue;
            }
            if is_adjacent && field == Some(0) {
                // With the tag first, serde does not buffer the content.
                sorted.members.insert(0, member);
                continue;
            }
        }
        if pass.has(value, NodeFlags::FIRST) {
            sorted.members.insert(0, member);
        } else if pass.has(value, NodeFlags::HOPELESS) {
            sorted.hopeless.push(member);
        } else if pass.has(value, NodeFlags::LAST) {
            sorted.last.push(member);
        } else {
            sorted.members.push(member);
        }
    }
    sorted
}
