//! A document and what is known of the types behind it: what findings are placed with.

use crate::{
    explain::state::{Learned, NodeFlags},
    json::{NodeId, Tape},
    rules::Step,
};

/// A document, and what is known of the types that it was read into.
pub(crate) struct Placement<'p, 't> {
    pub(super) tape: &'t Tape<'t>,
    pub(super) learned: &'p mut Learned<'t>,
    /// `true` if the document was made of the value, so that everything in the value was sent.
    pub(super) is_all_sent: bool,
    pub(super) spelling: Option<FieldSpelling>,
}

/// Returns the name of a field by the name that a rule may use for it.
pub(crate) type FieldSpelling = fn(&str) -> Option<String>;

/// Where a finding belongs.
pub(super) struct Target {
    /// The innermost value on the way that was sent.
    pub(super) node: NodeId,
    /// The value around `node`. The root is its own parent.
    pub(super) parent: NodeId,
    /// The steps from `node` to something that was not sent.
    pub(super) rest: Vec<Step>,
    pub(super) of_key: bool,
    /// The part of `node` that the finding is about, if its place is not known.
    pub(super) part: Option<String>,
}

impl Target {
    /// Returns `true` if it is a value that was sent.
    pub(super) fn is_value(&self) -> bool {
        self.rest.is_empty() && !self.of_key && self.part.is_none()
    }
}

impl<'p, 't> Placement<'p, 't> {
    /// The placement of findings in a document that a client sent.
    pub(crate) fn of_request(
        tape: &'t Tape<'t>,
        learned: &'p mut Learned<'t>,
        spelling: Option<FieldSpelling>,
    ) -> Self {
        Self { tape, learned, is_all_sent: false, spelling }
    }

    /// The placement of findings in a document that was made of the value itself.
    pub(crate) fn of_response(tape: &'t Tape<'t>, learned: &'p mut Learned<'t>) -> Self {
        Self { tape, learned, is_all_sent: true, spelling: None }
    }

    pub(super) fn has(&self, node: NodeId, flag: NodeFlags) -> bool {
        self.learned.flags.has(node, flag)
    }

    /// Returns `true` if a value was made of exactly what was sent.
    pub(super) fn is_as_sent(&self, node: NodeId) -> bool {
        self.is_all_sent || self.has(node, NodeFlags::AS_SENT)
    }

    /// Returns `true` if a value was made, possibly with placeholders inside.
    pub(super) fn is_read(&self, node: NodeId) -> bool {
        self.is_all_sent || self.has(node, NodeFlags::READ)
    }
}
