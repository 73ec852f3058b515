//! In which order the members of an object are best visited.

use crate::{json::NodeId, report::ErrorKind};

use super::{
    halt::Halt,
    members::{Member, Style},
    memory::{Flag, Spot},
    walk::Walk,
};

pub(super) fn rank_of(place: Option<usize>) -> u32 {
    place.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX)
}

/// The bit of a field, if it is among the first 64.
fn bit(field: usize) -> u64 {
    u32::try_from(field).ok().and_then(|field| 1_u64.checked_shl(field)).unwrap_or(0)
}

pub(super) fn real_members<'w>(walk: &'w Walk<'_>, object: NodeId) -> impl Iterator<Item = Member> + 'w {
    // What a name means that comes twice is up to the type, for `serde_json`.
    let strict = walk.strict;
    let all = walk.tape.all_members(object).filter(move |_| strict);
    let unique = walk.tape.members(object).filter(move |_| !strict);
    all.chain(unique).enumerate().map(|(place, (key, value))| Member::Real { key, value, place })
}

/// The members in the order that gets furthest: what failed before comes last, before that what is missing.
pub(super) fn arrange(
    walk: &Walk<'_>,
    object: NodeId,
    style: Style,
    members: &mut Vec<Member>,
) -> Result<(), Halt> {
    let (mut late, mut spent, mut extra) = (Vec::new(), Vec::new(), Vec::new());
    let mut memory = walk.memory.borrow_mut();
    let fields: &[_] = if let Style::Struct { fields, .. } = style { fields } else { &[] };
    // Which fields are there, as far as the bits last.
    let mut there = 0_u64;
    let mut left_out = false;
    let impatient = walk.is_impatient();
    for member in real_members(walk, object) {
        let Member::Real { key, value, place } = member else { continue };
        if memory.has(value, Flag::ABSENT) {
            continue;
        }
        if memory.has(value, Flag::SKIP) {
            left_out = true;
            continue;
        }
        if let Style::Struct { fields, visitor, adjacent } = style {
            let name = walk.tape.str(key);
            let field = fields.iter().position(|field| *field == name);
            match field {
                Some(field) => there |= bit(field),
                // Nobody wants it, which was to be seen on the first walk.
                None if impatient && !memory.is_closed(visitor) => {
                    left_out = true;
                    continue;
                }
                None => {}
            }
            memory.set_rank(value, field.unwrap_or(fields.len() + place));
            if field.is_none() && memory.is_closed(visitor) {
                extra.push(value);
                continue;
            }
            // With the tag known first, nothing has to be buffered.
            if adjacent && field == Some(0) {
                members.insert(0, member);
                continue;
            }
        }
        if memory.has(value, Flag::SPENT) {
            spent.push(member);
        } else if memory.has(value, Flag::LATE) {
            late.push(member);
        } else {
            members.push(member);
        }
    }
    let visitor = match style {
        Style::Struct { visitor, adjacent: false, .. } => visitor,
        _ => None,
    };
    let mut demanded = memory.demanded(visitor, Some(object));
    demanded.retain(|name| match fields.iter().take(64).position(|field| field == name) {
        Some(field) => there & bit(field) == 0,
        None => walk.tape.member(object, name).is_none_or(|value| memory.has(value, Flag::ABSENT)),
    });
    let missing: Vec<Member> = demanded
        .iter()
        .map(|name| {
            let filler =
                memory.fillers.iter().rev().find(|filler| filler.parent == object && filler.name == *name);
            Member::Missing { name, offered: filler.map(|filler| filler.content) }
        })
        .collect();
    let searched = memory
        .fillers
        .iter()
        .filter(|filler| filler.active && filler.parent == object && !demanded.contains(&filler.name));
    let searched: Vec<Member> =
        searched.map(|filler| Member::Missing { name: filler.name, offered: Some(filler.content) }).collect();
    drop(memory);
    if left_out {
        walk.taint();
    }
    for value in extra {
        walk.mismatch(Spot::Node(value), ErrorKind::ExtraForbidden)?;
    }
    for name in demanded {
        let rank = rank_of(fields.iter().position(|field| *field == name));
        walk.mismatch(Spot::Missing(object, name, rank), ErrorKind::Missing)?;
    }
    members.extend(late.into_iter().chain(missing).chain(searched).chain(spent));
    Ok(())
}
