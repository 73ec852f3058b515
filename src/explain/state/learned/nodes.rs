//! What stands for the values of nodes, and where passes go on in lists and maps.

use rustc_hash::FxHashMap;

use crate::{
    explain::types::Scalar,
    json::{NodeId, Tape},
};

use crate::explain::state::{
    progress::{Progress, Steps},
    substitute::Substitute,
};

/// Decisions about nodes that need more than a flag.
#[derive(Debug, Default)]
pub(crate) struct Nodes<'t> {
    substitutes: FxHashMap<NodeId, Substitute<'t>>,
    /// What stands for nodes as long as one member of a union is looked at.
    of_member: FxHashMap<NodeId, Substitute<'t>>,
    /// What stands for nodes in the next pass only.
    trials: FxHashMap<NodeId, Substitute<'t>>,
    /// How often a node got another placeholder.
    replacements: FxHashMap<NodeId, u8>,
    /// Where to go on in a list or map, because what is before is done: a place, and the node there.
    resume: FxHashMap<NodeId, (usize, NodeId)>,
    steps: Steps,
}

impl<'t> Nodes<'t> {
    /// The number of placeholders that are tried for one node.
    const MAX_REPLACEMENTS: u8 = 8;

    pub(super) fn steps(&self) -> u64 {
        self.steps.total()
    }

    pub(crate) fn substitute(&self, node: NodeId) -> Option<Substitute<'t>> {
        let lasting = || self.substitutes.get(&node).copied();
        if self.trials.is_empty() && self.of_member.is_empty() {
            return lasting();
        }
        self.trials.get(&node).or_else(|| self.of_member.get(&node)).copied().or_else(lasting)
    }

    pub(crate) fn is_placeholder(&self, node: NodeId) -> bool {
        self.substitute(node).is_some_and(|substitute| substitute.is_placeholder)
    }

    /// Returns `true` if nothing stands for a node.
    pub(crate) fn is_left_out(&self, node: NodeId) -> bool {
        !(self.substitutes.is_empty() && self.trials.is_empty() && self.of_member.is_empty())
            && self.substitute(node).is_some_and(|substitute| substitute.scalar == Scalar::Absent)
    }

    /// Lets a node stand for the value that the lax rules make of it.
    pub(crate) fn coerce(&mut self, node: NodeId, scalar: Scalar<'t>) -> Progress {
        self.substitutes.insert(node, Substitute { scalar, is_placeholder: false });
        self.steps.count(true)
    }

    /// Lets a placeholder stand for a node, unless too many were tried.
    pub(crate) fn replace(&mut self, node: NodeId, scalar: Scalar<'t>) -> Progress {
        let replacements = self.replacements.entry(node).or_insert(0);
        let has_more = *replacements < Self::MAX_REPLACEMENTS;
        if has_more {
            *replacements += 1;
            self.substitutes.insert(node, Substitute { scalar, is_placeholder: true });
        }
        self.steps.count(has_more)
    }

    /// Lets something stand for a node until the end of the trial.
    pub(crate) fn try_out(&mut self, node: NodeId, substitute: Substitute<'t>) {
        self.trials.insert(node, substitute);
    }

    /// Ends a trial: what stood for the node before stands for it again.
    pub(crate) fn end_trial(&mut self, node: NodeId) {
        self.trials.remove(&node);
    }

    /// Lets something stand for a node as long as one member of a union is looked at.
    pub(crate) fn use_for_member(&mut self, node: NodeId, substitute: Substitute<'t>) {
        self.of_member.insert(node, substitute);
    }

    /// Ends the look at one member of a union.
    pub(crate) fn end_member(&mut self, union: NodeId, tape: &Tape<'_>) {
        self.of_member.retain(|&node, _| !tape.is_within(node, union));
    }

    pub(crate) fn resume(&self, container: NodeId) -> Option<(usize, NodeId)> {
        self.resume.get(&container).copied()
    }

    /// Leaves out what is before a place, because nothing there is of interest any more.
    pub(crate) fn skip_to(&mut self, container: NodeId, place: (usize, NodeId)) {
        self.resume.insert(container, place);
    }

    /// Goes on at a place in the next pass.
    pub(crate) fn resume_at(&mut self, container: NodeId, place: (usize, NodeId)) -> Progress {
        let before = self.resume.insert(container, place);
        self.steps.count(before != Some(place))
    }

    /// Visits everything again, including what was left out.
    pub(crate) fn restart(&mut self) -> Progress {
        let left_out = !self.resume.is_empty();
        self.resume.clear();
        self.steps.count(left_out)
    }
}
