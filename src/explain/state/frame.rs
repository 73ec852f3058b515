//! Where a value is being made: one call of a `DeserializeSeed`.

use std::any::TypeId;

use crate::{explain::types::SeedType, json::NodeId};

/// One call of a seed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) seed: TypeId,
    pub(crate) value: TypeId,
    is_stateless: bool,
    /// The node of the document that the value is made of. A placeholder has none.
    pub(crate) node: Option<NodeId>,
    /// `true` if the propagation of the type is known.
    pub(crate) is_known: bool,
    /// `true` if the type asked for an enum.
    pub(crate) asked_for_enum: bool,
}

impl Frame {
    pub(crate) fn new(seed: SeedType, node: Option<NodeId>, is_known: bool) -> Self {
        let SeedType { id, value, is_stateless, .. } = seed;
        Self { seed: id, value, is_stateless, node, is_known, asked_for_enum: false }
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader(self.seed, self.node.filter(|_| !self.is_stateless))
    }
}

/// The reader of a value: a type of seeds, or a seed that knows more than its type, at its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Reader(TypeId, Option<NodeId>);

impl Reader {
    pub(crate) fn new(seed: SeedType, node: Option<NodeId>) -> Self {
        Self(seed.id, node.filter(|_| !seed.is_stateless))
    }
}

/// The way in which a type handles errors inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Propagation {
    /// It returns them, so an error inside is an error.
    Propagates,
    /// It was seen to make a value nevertheless, so an error inside is none.
    Recovers,
}
