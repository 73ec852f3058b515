//! The data of experiments: which of several values, or of several objects, is an error about?

use crate::json::NodeId;

use super::substitute::Substitute;

/// An experiment on a container.
#[derive(Debug)]
pub(crate) enum Experiment<'t> {
    /// Each of these values has a mark: the one that the type refuses is the cause.
    Marks(Marks<'t>),
    /// One object after the other gets a field.
    Fields(FieldSearch),
    /// One after the other, the objects that got the field are without it once more.
    Withdrawal(Withdrawal),
}

/// Values that were replaced by marks that no client sends.
#[derive(Debug)]
pub(crate) struct Marks<'t> {
    /// The description of what the type expected.
    pub(crate) expected: String,
    pub(crate) marked: Vec<Marked<'t>>,
}

/// A value with a mark, and what stood for it before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marked<'t> {
    pub(crate) node: NodeId,
    pub(crate) mark: usize,
    pub(crate) before: Option<Substitute<'t>>,
}

/// The search for the objects that lack a field: they get it, one after the other, until the error is gone.
#[derive(Debug)]
pub(crate) struct FieldSearch {
    pub(crate) name: &'static str,
    /// The objects that have not got it yet, the next one last.
    pub(crate) waiting: Vec<NodeId>,
    /// The objects that have got it and may keep it.
    pub(crate) added: Vec<NodeId>,
    pub(crate) current: NodeId,
    /// `true` if the type of the current object was seen to know the field.
    pub(crate) is_known: bool,
    /// `true` if the type accepted a string as the field.
    pub(crate) accepts_str: bool,
}

/// The counter-check: an object lacks the field if taking it away from this object alone brings the error
/// back.
#[derive(Debug)]
pub(crate) struct Withdrawal {
    pub(crate) name: &'static str,
    pub(crate) to_test: Vec<NodeId>,
    pub(crate) tested: NodeId,
    pub(crate) guilty: Vec<NodeId>,
}
