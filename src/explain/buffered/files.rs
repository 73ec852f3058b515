//! Files in a form that serde buffers. Whether a single file is a list of one, only its type knows. Its errors do not say
//! which file they are about, so one file after the other is tried.

use crate::{
    explain::state::{NodeFlags, Pass},
    json::{Kind, NodeId},
};

use super::parts::buffered_values;

/// Reads single files as lists, because a type has refused a file in the place of a list: one, and if that was not enough,
/// twice as many.
pub(super) fn read_as_files(pass: &mut Pass<'_>, container: NodeId) -> bool {
    let names = names(pass, container);
    let is_settled = |name: &NodeId| pass.has(*name, NodeFlags::LISTED | NodeFlags::UNLISTED);
    let (settled, open): (Vec<NodeId>, Vec<NodeId>) = names.into_iter().partition(is_settled);
    for &name in open.iter().take(settled.len().max(1)) {
        pass.learned.flags.decide(name, NodeFlags::LISTED);
    }
    !open.is_empty()
}

/// Reads a list of one file as a single file again, because a type has refused a list in the place of a file.
pub(super) fn read_as_file(pass: &mut Pass<'_>, container: NodeId) -> bool {
    let names = names(pass, container).into_iter();
    let mut tried =
        names.filter(|name| pass.has(*name, NodeFlags::LISTED) && !pass.has(*name, NodeFlags::UNLISTED));
    let next = tried.next();
    next.map(|name| pass.learned.flags.decide(name, NodeFlags::UNLISTED)).is_some()
}

/// Returns the names under which a single file was sent.
fn names(pass: &mut Pass<'_>, container: NodeId) -> Vec<NodeId> {
    pass.scan(container);
    let tape = pass.tape;
    let names = buffered_values(pass, container).into_iter().map(|node| {
        // A file that is not read as a list is buffered itself.
        if tape.is_chosen(node) { tape.parent(node) } else { node }
    });
    let is_file = |name: &NodeId| {
        tape.kind(*name) == Kind::Strings
            && tape.count(*name) == 1
            && tape.kind(tape.chosen(*name)) == Kind::Object
    };
    names.filter(is_file).collect()
}
