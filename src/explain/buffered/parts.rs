//! The values in a container that serde buffers.

use crate::{
    explain::state::{NodeFlags, Pass},
    json::{Kind, NodeId},
};

/// Returns the values directly in a container that serde buffers.
pub(super) fn parts(pass: &Pass<'_>, container: NodeId) -> Vec<NodeId> {
    let tape = pass.tape;
    let values: Vec<NodeId> = match tape.kind(container) {
        Kind::Object => tape.members(container).map(|(_, value)| value).collect(),
        Kind::Array | Kind::Strings => tape.items(container).collect(),
        _ => Vec::new(),
    };
    let of_group = |node: NodeId| if is_read_as_one(pass, node) { tape.chosen(node) } else { node };
    let is_part = |node: &NodeId| {
        pass.has(*node, NodeFlags::BUFFERED)
            && !pass.has(*node, NodeFlags::HIDDEN | NodeFlags::ABSENT | NodeFlags::UNTAGGED)
    };
    values.into_iter().map(of_group).filter(is_part).collect()
}

/// Returns `true` for all that was sent under a name, if only the value that counts is buffered.
fn is_read_as_one(pass: &Pass<'_>, node: NodeId) -> bool {
    let is_single = pass.has(node, NodeFlags::SINGLE) && !pass.has(node, NodeFlags::LISTED);
    let is_list = pass.has(node, NodeFlags::BUFFERED) && !is_single && !pass.has(node, NodeFlags::UNLISTED);
    pass.tape.kind(node) == Kind::Strings && !is_list
}

/// The number of values among which a value is looked for.
const MAX_VALUES: usize = 10_000;

/// Returns the values in a container that serde looks at only when it has all of the container.
pub(super) fn buffered_values(pass: &Pass<'_>, container: NodeId) -> Vec<NodeId> {
    let tape = pass.tape;
    let mut nodes = Vec::new();
    let mut next = tape.first(container);
    while next < tape.end(container) && nodes.len() < MAX_VALUES {
        if is_read_as_one(pass, next) {
            let chosen = tape.chosen(next);
            if pass.has(chosen, NodeFlags::BUFFERED) && !pass.has(chosen, NodeFlags::UNTAGGED) {
                nodes.push(chosen);
            }
            next = tape.end(next);
        } else if pass.has(next, NodeFlags::BUFFERED) && !pass.has(next, NodeFlags::UNTAGGED) {
            nodes.push(next);
            // What is in a value that something stands for is not looked at.
            let is_replaced = pass.learned.nodes.substitute(next).is_some();
            next = if is_replaced { tape.end(next) } else { tape.first(next) };
        } else if tape.kind(next) == Kind::Key {
            next = tape.behind(next);
        } else {
            // The visitor that read this value directly returns its errors there.
            next = tape.end(next);
        }
    }
    nodes
}
