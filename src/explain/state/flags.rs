//! What earlier passes decided about single nodes.

use bitflags::bitflags;

use crate::json::NodeId;

use super::progress::{Progress, Steps};

bitflags! {
    /// Decisions and observations about a node.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(crate) struct NodeFlags: u32 {
        /// The value cannot be used: a placeholder replaces it.
        const REPLACED = 1 << 0;
        /// No placeholder was accepted for it.
        const HOPELESS = 1 << 1;
        /// It failed once: its siblings are visited before it.
        const LAST = 1 << 2;
        /// Its struct must not see it.
        const HIDDEN = 1 << 3;
        /// An empty string that counts as a missing member.
        const ABSENT = 1 << 4;
        /// A member of a map. Maps have no missing members, so an empty string is one.
        const KEPT = 1 << 5;
        /// Strings of one name: a visitor that accepts anything gets the one that counts.
        const SINGLE = 1 << 6;
        /// Strings of one name: a visitor that accepts anything gets a list, even of one.
        const LISTED = 1 << 7;
        /// serde took it for anything, to look at it once it has all of the container around it.
        const BUFFERED = 1 << 8;
        /// A value was made in its place, possibly with placeholders inside.
        const READ = 1 << 9;
        /// A value was made of exactly what was sent.
        const AS_SENT = 1 << 10;
        /// It was read as a float.
        const FLOAT = 1 << 11;
        /// It was read as the only part of a newtype.
        const NEWTYPE = 1 << 12;
        /// Its type is not known, because its tag was made up: nothing in it is an error.
        const SILENT = 1 << 13;
        /// The visitor around it was seen to go on after an error in it, so an error in it is none.
        const TOLERATED = 1 << 14;
        /// Another member of its object counts instead of it.
        const IGNORED = 1 << 15;
        /// It is visited before its siblings.
        const FIRST = 1 << 16;
        /// The visitor around it was seen to return an error in it.
        const REPORTED = 1 << 17;
        /// serde buffers it, and looks at it as soon as it has all of it: its own type returns the errors in it.
        const UNTAGGED = 1 << 18;
        /// An object that may be read in another order than that of the document.
        const UNORDERED = 1 << 19;
        /// It was looked for its tag.
        const LABELLED = 1 << 20;
        /// It was read as a list.
        const LIST = 1 << 21;
        /// Strings of one name that serde takes for anything.
        const UNTYPED = 1 << 22;
        /// An object with one more member, which shows whether everything unknown is read into a map.
        const EXTENDED = 1 << 23;
        /// An object for which it is known whether everything unknown is read into a map.
        const EXPLORED = 1 << 24;
        /// Strings of one name, for which a list was tried and refused.
        const UNLISTED = 1 << 25;
        /// The type refused the value as it was sent, and gets it in its own spelling.
        const RESPELLED = 1 << 26;
        /// The enums in it are reported as literals.
        const LITERAL = 1 << 27;
        /// Only the first wrong item in it is reported.
        const FAIL_FAST = 1 << 28;
    }
}

/// The flags of all nodes of a document.
#[derive(Debug)]
pub(crate) struct FlagTable {
    flags: Vec<NodeFlags>,
    steps: Steps,
}

impl FlagTable {
    pub(super) fn new(nodes: usize) -> Self {
        Self { flags: vec![NodeFlags::empty(); nodes], steps: Steps::default() }
    }

    pub(super) fn steps(&self) -> u64 {
        self.steps.total()
    }

    pub(crate) fn has(&self, node: NodeId, flags: NodeFlags) -> bool {
        self.flags.get(node.index()).is_some_and(|of_node| of_node.intersects(flags))
    }

    /// Decides something that makes the next pass go differently.
    pub(crate) fn decide(&mut self, node: NodeId, flag: NodeFlags) -> Progress {
        let Some(flags) = self.flags.get_mut(node.index()) else { return Progress::None };
        let is_new = !flags.contains(flag);
        flags.insert(flag);
        self.steps.count(is_new)
    }

    /// Takes a decision about all nodes back.
    pub(crate) fn forget(&mut self, flag: NodeFlags) -> Progress {
        let mut is_new = false;
        for flags in &mut self.flags {
            is_new |= flags.intersects(flag);
            flags.remove(flag);
        }
        self.steps.count(is_new)
    }

    /// Records something that makes no difference to the next pass.
    pub(crate) fn observe(&mut self, node: NodeId, flag: NodeFlags) {
        if let Some(flags) = self.flags.get_mut(node.index()) {
            flags.insert(flag);
        }
    }

    /// Gives up on a node: the next pass tries placeholders, and if that was done already, nothing more.
    pub(crate) fn give_up(&mut self, node: NodeId) -> Progress {
        let flag =
            if self.has(node, NodeFlags::REPLACED) { NodeFlags::HOPELESS } else { NodeFlags::REPLACED };
        self.decide(node, flag)
    }
}
