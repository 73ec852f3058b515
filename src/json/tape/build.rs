//! The methods that fill a tape, node by node in the order of the text.

use std::collections::HashMap;

use super::{Escaped, Kind, Node, NodeId, Tape};

impl Tape<'_> {
    /// Adds a node and returns its number.
    pub(in crate::json) fn push(
        &mut self,
        kind: Kind,
        start: usize,
        extent: usize,
        parent: NodeId,
        link: u32,
    ) -> NodeId {
        let id = NodeId(in_32_bits(self.len()));
        self.nodes.nodes.push(Node {
            kind,
            escaped: false,
            repeated: false,
            start: in_32_bits(start),
            extent: in_32_bits(extent),
            parent,
            link,
        });
        id
    }

    /// Adds the key of the member whose value is the next node.
    pub(in crate::json) fn push_key(&mut self, start: usize, object: NodeId) -> NodeId {
        let id = self.push(Kind::Key, start, 0, object, 0);
        self.change(id, |node| node.link = id.next().0);
        id
    }

    /// Sets the length of a string or a key.
    pub(in crate::json) fn set_length(&mut self, id: NodeId, length: usize) {
        self.change(id, |node| node.extent = in_32_bits(length));
    }

    /// Makes a string the name of the file with this number.
    pub(in crate::json) fn name_file(&mut self, name: NodeId, number: usize) {
        self.files.push((name, number));
    }

    /// Gives a string with escapes its content.
    pub(in crate::json) fn unescape(&mut self, id: NodeId, content: &str) {
        let number = in_32_bits(self.nodes.escaped.len());
        let start = in_32_bits(self.nodes.arena.push(content));
        self.nodes.escaped.push(Escaped { start, length: in_32_bits(content.len()), node: id });
        self.change(id, |node| {
            node.escaped = true;
            node.extent = number;
        });
    }

    /// Ends a container behind its last node.
    pub(in crate::json) fn close(&mut self, container: NodeId) {
        let end = in_32_bits(self.len());
        self.change(container, |node| node.extent = end);
    }

    /// Makes the first of several members of one name represent the last one.
    pub(in crate::json) fn unify_members(&mut self, object: NodeId, count: u32) {
        for (first, key, value) in self.repeated_members(object, count) {
            let position = self.node(first.next()).link;
            self.change(first, |node| node.link = value.0);
            self.change(key, |node| node.repeated = true);
            self.change(value, |node| node.link = position);
        }
    }

    /// Returns (the first key of that name, key, value) for each member whose name has occurred before.
    fn repeated_members(&self, object: NodeId, count: u32) -> Vec<(NodeId, NodeId, NodeId)> {
        /// The number of members up to which comparing all pairs is cheaper than hashing.
        const FEW: u32 = 8;
        let mut repeated = Vec::new();
        if count <= FEW {
            let mut keys = [object; FEW as usize];
            for (position, (key, value)) in self.all_members(object).enumerate() {
                let name = self.str(key);
                let mut earlier = keys.iter().take(position);
                if let Some(&first) = earlier.find(|&&first| self.str(first) == name) {
                    repeated.push((first, key, value));
                }
                if let Some(slot) = keys.get_mut(position) {
                    *slot = key;
                }
            }
        } else {
            let mut seen = HashMap::with_capacity(count as usize);
            for (key, value) in self.all_members(object) {
                let first = *seen.entry(self.str(key)).or_insert(key);
                if first != key {
                    repeated.push((first, key, value));
                }
            }
        }
        repeated
    }

    fn change(&mut self, id: NodeId, change: impl FnOnce(&mut Node)) {
        if let Some(node) = self.nodes.nodes.get_mut(id.index()) {
            change(node);
        }
    }
}

/// Returns a size in 32 bits, which fits: the scanner rejects documents of 4 GiB and more.
fn in_32_bits(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}
