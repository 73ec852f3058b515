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
    let of_group = |node: NodeId| {
        let is_group = tape.kind(node) == Kind::Strings && !pass.has(node, NodeFlags::BUFFERED);
        if is_group { tape.chosen(node) } else { node }
    };
    let is_part = |node: &NodeId| {
        pass.has(*node, NodeFlags::BUFFERED)
            && !pass.has(*node, NodeFlags::HIDDEN | NodeFlags::ABSENT | NodeFlags::UNTAGGED)
    };
    values.into_iter().map(of_group).filter(is_part).collect()
}

/// The number of values among which a value is looked for.
const MAX_VALUES: usize = 10_000;

/// Returns the values in a container that serde looks at only when it has all of the container.
pub(super) fn buffered_values(pass: &Pass<'_>, container: NodeId) -> Vec<NodeId> {
    let tape = pass.tape;
    let mut nodes = Vec::new();
    let mut next = tape.first(container);
    while next < tape.end(container) && nodes.len() < MAX_VALUES {
        if pass.has(next, NodeFlags::BUFFERED) && !pass.has(next, NodeFlags::UNTAGGED) {
            nodes.push(next);
            // What is in a value that something stands for is not looked at.
            let is_replaced = pass.learned.nodes.substitute(next).is_some();
            next = if is_replaced { tape.end(next) } else { tape.first(next) };
        } else if tape.kind(next) == Kind::Key {
            next = tape.behind(next);
        } else if tape.kind(next) == Kind::Strings {
            let chosen = tape.chosen(next);
            if pass.has(chosen, NodeFlags::BUFFERED) && !pass.has(chosen, NodeFlags::UNTAGGED) {
                nodes.push(chosen);
            }
            next = tape.end(next);
        } else {
            // The visitor that read this value directly returns its errors there.
            next = tape.end(next);
        }
    }
    nodes
}
