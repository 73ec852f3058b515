//! What stands for the values of nodes, and where passes go on in lists and maps.

use rustc_hash::FxHashMap;

use crate::{
    explain::types::{Scalar, Unexpected},
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
    /// Variants that stand for strings that name none.
    variants: FxHashMap<NodeId, &'static str>,
    /// Where to go on in a list or map, because what is before is done: a place, and the node there.
    resume: FxHashMap<NodeId, (usize, NodeId)>,
    steps: Steps,
}

impl<'t> Nodes<'t> {
    pub(super) fn steps(&self) -> u64 {
        self.steps.total()
    }

    pub(crate) fn substitute(&self, node: NodeId) -> Option<Substitute<'t>> {
        self.substitutes.get(&node).copied()
    }

    pub(crate) fn is_placeholder(&self, node: NodeId) -> bool {
        self.substitutes.get(&node).is_some_and(|substitute| substitute.is_placeholder)
    }

    /// Lets a node stand for the value that the lax rules make of it.
    pub(crate) fn coerce(&mut self, node: NodeId, scalar: Scalar<'t>) -> Progress {
        let is_placeholder = self.is_placeholder(node);
        self.substitutes.insert(node, Substitute { scalar, is_placeholder });
        self.steps.count(true)
    }

    /// Lets a placeholder stand for a node, unless one does already.
    pub(crate) fn replace(&mut self, node: NodeId, scalar: Scalar<'t>) -> Progress {
        let is_new = !self.is_placeholder(node);
        if is_new {
            self.substitutes.insert(node, Substitute { scalar, is_placeholder: true });
        }
        self.steps.count(is_new)
    }

    /// Marks a node with a placeholder, and returns what stood for it before.
    pub(crate) fn mark(&mut self, node: NodeId, scalar: Scalar<'t>) -> Option<Substitute<'t>> {
        self.steps.count(true);
        self.substitutes.insert(node, Substitute { scalar, is_placeholder: true })
    }

    /// Takes a mark away: what stood for the node before stands for it again.
    pub(crate) fn unmark(&mut self, node: NodeId, before: Option<Substitute<'t>>) {
        match before {
            Some(substitute) => self.substitutes.insert(node, substitute),
            None => self.substitutes.remove(&node),
        };
    }

    pub(crate) fn variant(&self, node: NodeId) -> Option<&'static str> {
        self.variants.get(&node).copied()
    }

    /// Lets a variant stand for a string that names none, unless one does already.
    pub(crate) fn use_variant(&mut self, node: NodeId, name: &'static str) -> Progress {
        let is_new = !self.variants.contains_key(&node);
        if is_new {
            self.variants.insert(node, name);
        }
        self.steps.count(is_new)
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

    /// Returns `true` if a placeholder inside a container could be the value that a visitor refused.
    pub(super) fn has_placeholder_like(&self, container: NodeId, tape: &Tape<'_>, value: Unexpected) -> bool {
        let is_inside = |node: &NodeId| tape.is_within(*node, container);
        let is_like = |substitute: &Substitute<'_>| {
            substitute.is_placeholder && substitute.scalar.unexpected() == value
        };
        self.substitutes.iter().any(|(node, substitute)| is_like(substitute) && is_inside(node))
            || value == Unexpected::Map && self.variants.keys().any(is_inside)
    }
}
