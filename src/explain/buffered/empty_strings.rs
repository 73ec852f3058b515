//! Empty strings in a form that serde buffers. For a field an empty string is missing, as in FastAPI. For a map of everything
//! unknown it is a string, and for a list it is an item.

use crate::{
    explain::{
        state::{Cause, Experiment, NodeFlags, Pass, Reading},
        types::{UNKNOWN_MARK, Unexpected},
    },
    json::{Kind, NodeId},
};

/// Finds out whether a form is read into a map of everything unknown, if that matters for an empty string in it.
pub(crate) fn look_for_a_map(pass: &mut Pass<'_>) {
    let form = NodeId::ROOT;
    if pass.has(form, NodeFlags::EXPLORED) || absent(pass).is_empty() {
        return;
    }
    pass.learned.flags.decide(form, NodeFlags::EXPLORED);
    pass.learned.flags.decide(form, NodeFlags::EXTENDED);
    pass.learned.experiment(form, Box::new(Map));
}

/// The form has a member more, which only a map reads. The mark in it is refused if there is a map.
#[derive(Debug)]
struct Map;

impl<'t> Experiment<'t> for Map {
    fn go_on(self: Box<Self>, pass: &mut Pass<'t>, _: NodeId, reading: Reading) {
        pass.learned.flags.forget(NodeFlags::EXTENDED);
        let is_refused = |error: &Cause| error.refused() == Some(Unexpected::Mark(UNKNOWN_MARK));
        if reading.raised.iter().chain(&reading.returned).any(is_refused) {
            let absent = absent(pass);
            // Fields of the struct itself are left out again in the next pass.
            pass.learned.flags.forget(NodeFlags::ABSENT);
            for strings in absent {
                pass.learned.flags.decide(strings, NodeFlags::KEPT);
            }
        }
    }
}

/// Reads an empty string as a list of one, if that may be the member that a type lacks.
pub(super) fn read_as_list(pass: &mut Pass<'_>, container: NodeId, name: &str) -> bool {
    let Some(strings) = pass.tape.member(container, name) else { return false };
    if !absent(pass).contains(&strings) || pass.has(strings, NodeFlags::UNLISTED | NodeFlags::LISTED) {
        return false;
    }
    // A type asks for what it lacks after everything else: the other lists were right.
    for other in tried(pass) {
        pass.learned.flags.decide(other, NodeFlags::KEPT);
    }
    pass.learned.flags.forget(NodeFlags::ABSENT);
    pass.learned.flags.decide(strings, NodeFlags::LISTED).is_made()
}

/// Reads an empty string as a string again, if its type has refused the list.
pub(super) fn read_as_string(pass: &mut Pass<'_>) -> bool {
    let tried = tried(pass);
    for strings in &tried {
        pass.learned.flags.decide(*strings, NodeFlags::UNLISTED);
    }
    !tried.is_empty()
}

/// Returns the names whose only string is empty, and so counts as missing, in content that serde buffers.
fn absent(pass: &mut Pass<'_>) -> Vec<NodeId> {
    names(pass, |pass, strings| pass.has(strings, NodeFlags::ABSENT) && pass.has(strings, NodeFlags::UNTYPED))
}

/// Returns the names whose empty string is read as a list for now.
fn tried(pass: &mut Pass<'_>) -> Vec<NodeId> {
    names(pass, |pass, strings| {
        let is_settled = pass.has(strings, NodeFlags::UNLISTED | NodeFlags::KEPT);
        pass.has(strings, NodeFlags::LISTED) && !is_settled && pass.tape.is_absent(pass.tape.chosen(strings))
    })
}

fn names(pass: &mut Pass<'_>, is_one: impl Fn(&Pass<'_>, NodeId) -> bool) -> Vec<NodeId> {
    if pass.tape.kind(NodeId::ROOT) != Kind::Object {
        return Vec::new();
    }
    pass.scan(NodeId::ROOT);
    let strings = pass.tape.members(NodeId::ROOT).map(|(_, strings)| strings);
    strings.filter(|&strings| pass.tape.kind(strings) == Kind::Strings && is_one(pass, strings)).collect()
}
