//! The nodes of a tape.

/// The number of a node in its tape; the root is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId(pub(super) u32);

impl NodeId {
    pub(crate) const ROOT: Self = Self(0);

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    pub(super) fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// The kind of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    True,
    False,
    /// Any number of digits.
    Integer,
    /// A number with a fraction or an exponent, or `NaN`, `Infinity`, `-Infinity`, which JSON does not have.
    Float,
    String,
    Array,
    Object,
    /// All strings of one name, from a source of strings by name. Its first node is the string that counts
    /// where one is expected; the other nodes are all strings in order.
    Strings,
    /// The name of a member, whose value is the next node.
    Key,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// `true` for a string with escapes, whose content is in the arena.
    pub(super) escaped: bool,
    /// `true` for the key of a member that an earlier member of the same name represents.
    pub(super) repeated: bool,
    /// The offset of the node in the text; of a string, the offset of its first character.
    pub(super) start: u32,
    /// Of a scalar, its length in bytes; of a string with escapes, its index among them; of a container, the
    /// node behind it.
    pub(super) extent: u32,
    pub(super) parent: NodeId,
    /// Of a value, its position among its siblings; of a key, the node of its value.
    pub(super) link: u32,
}

impl Node {
    /// The node that stands for a node that does not exist: `null`.
    pub(super) const ABSENT: Self = Self {
        kind: Kind::Null,
        escaped: false,
        repeated: false,
        start: 0,
        extent: 0,
        parent: NodeId::ROOT,
        link: 0,
    };
}
