//! What was learned about the members of single objects: those that are required, and those that are made up.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    explain::types::{Candidate, FIRST_TEMPLATE_PROBE},
    json::{NodeId, Tape},
};

use crate::explain::state::progress::{Progress, Steps};

/// An object that is given members that it does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Owner {
    /// An object of the document, or a placeholder for one of its values.
    Node(NodeId),
    /// An object that is itself such a member, by its number.
    Invented(usize),
}

/// A member that is not there, with the value that it has nevertheless.
#[derive(Clone, Copy, Debug)]
struct Offered {
    name: &'static str,
    candidate: Candidate,
    /// `true` if the object has it at the moment.
    is_active: bool,
}

/// Facts about the members of objects.
#[derive(Debug, Default)]
pub(crate) struct Members {
    required: FxHashMap<NodeId, Vec<&'static str>>,
    /// Required members that are there after all, under another name.
    aliased: FxHashSet<(NodeId, &'static str)>,
    /// The number of keys of an object that a visitor has refused, one after the other, because it has no such field.
    refused: FxHashMap<NodeId, usize>,
    offered: FxHashMap<Owner, Vec<Offered>>,
    /// The members that were offered a probe, by the number of the probe.
    probed: Vec<(Owner, &'static str)>,
    /// The nodes in which objects were invented, by the number of the object.
    invented: Vec<NodeId>,
    /// The same, by node.
    invented_at: BTreeMap<NodeId, Vec<usize>>,
    steps: Steps,
}

impl Members {
    /// The number of keys that a visitor that was written by hand has to refuse one by one.
    const MAX_REFUSED: usize = 8;

    /// The number of objects that are invented at most.
    const MAX_INVENTED: usize = 10_000;

    pub(super) fn steps(&self) -> u64 {
        self.steps.total()
    }

    /// Records that the visitor of an object has refused a key that is not one of the fields which it has named.
    pub(crate) fn refuse_key(&mut self, object: NodeId) {
        *self.refused.entry(object).or_default() += 1;
    }

    /// Returns `true` if the visitor of an object has refused some keys already, so that it will refuse all that are not
    /// among its fields.
    pub(crate) fn is_closed(&self, object: NodeId) -> bool {
        !self.refused.is_empty() && self.refused.get(&object).is_some_and(|keys| *keys >= Self::MAX_REFUSED)
    }

    /// Records a member that this object requires, and offers a probe for it: serde may buffer the member.
    pub(crate) fn require_probed(&mut self, object: NodeId, name: &'static str) -> Progress {
        let owner = Owner::Node(object);
        let number = self.probed.len();
        if number < FIRST_TEMPLATE_PROBE && self.find(owner, name).is_none() {
            self.probed.push((owner, name));
            self.offer(owner, name, Candidate::Probe(number));
        }
        let names = self.required.entry(object).or_default();
        let is_new = !names.contains(&name);
        if is_new {
            names.push(name);
        }
        self.steps.count(is_new)
    }

    /// Returns the members that an object requires, those that its visitor requires of all objects first.
    pub(crate) fn required(&self, of_visitor: &[&'static str], object: NodeId) -> Vec<&'static str> {
        let mut names = of_visitor.to_vec();
        for name in self.required.get(&object).into_iter().flatten() {
            if !names.contains(name) {
                names.push(name);
            }
        }
        if !self.aliased.is_empty() {
            names.retain(|name| !self.aliased.contains(&(object, name)));
        }
        names
    }

    /// Records that a member is there under another name.
    pub(crate) fn is_aliased(&mut self, object: NodeId, name: &'static str) -> Progress {
        let is_new = self.aliased.insert((object, name));
        self.steps.count(is_new)
    }

    fn find(&self, owner: Owner, name: &str) -> Option<&Offered> {
        self.offered.get(&owner)?.iter().find(|offered| offered.name == name)
    }

    /// Gives an object a member that it lacks.
    pub(crate) fn offer(&mut self, owner: Owner, name: &'static str, candidate: Candidate) {
        let offered = self.offered.entry(owner).or_default();
        match offered.iter_mut().find(|offered| offered.name == name) {
            Some(offered) => {
                offered.candidate = candidate;
                offered.is_active = true;
            }
            None => offered.push(Offered { name, candidate, is_active: true }),
        }
        self.steps.count(true);
    }

    /// Takes a member away from an object that was given it.
    pub(crate) fn withdraw(&mut self, owner: Owner, name: &str) {
        let offered = self.offered.get_mut(&owner).into_iter().flatten();
        offered.filter(|offered| offered.name == name).for_each(|offered| offered.is_active = false);
        self.steps.count(true);
    }

    /// Returns the value of a member that an object was given.
    pub(crate) fn candidate(&self, object: NodeId, name: &str) -> Option<Candidate> {
        self.find(Owner::Node(object), name)
            .filter(|offered| offered.is_active)
            .map(|offered| offered.candidate)
    }

    /// Returns the members that an object was given.
    pub(crate) fn offered(&self, owner: Owner) -> Vec<(&'static str, Option<Candidate>)> {
        let offered = self.offered.get(&owner).into_iter().flatten().filter(|offered| offered.is_active);
        offered.map(|offered| (offered.name, Some(offered.candidate))).collect()
    }

    pub(crate) fn has(&self, owner: Owner, name: &str) -> bool {
        self.find(owner, name).is_some_and(|offered| offered.is_active)
    }

    /// Invents an object as a member of something in a node.
    pub(crate) fn invent(&mut self, within: NodeId) -> Candidate {
        if self.invented.len() >= Self::MAX_INVENTED {
            return Candidate::Map;
        }
        let number = self.invented.len();
        self.invented.push(within);
        self.invented_at.entry(within).or_default().push(number);
        Candidate::Invented(number)
    }

    /// Returns the objects that were invented in a container.
    pub(crate) fn invented_in(&self, container: NodeId, tape: &Tape<'_>) -> Vec<Owner> {
        let inside = self.invented_at.range(container..tape.end(container));
        inside.flat_map(|(_, numbers)| numbers).copied().map(Owner::Invented).collect()
    }

    /// Returns the node of an object, or the node in which it was invented.
    pub(crate) fn node_of(&self, owner: Owner) -> Option<NodeId> {
        match owner {
            Owner::Node(node) => Some(node),
            Owner::Invented(number) => self.invented.get(number).copied(),
        }
    }

    /// Returns the object and the member that were offered a probe.
    pub(crate) fn probed(&self, probe: usize) -> Option<(Owner, &'static str)> {
        self.probed.get(probe).copied()
    }

    /// Replaces a probe by what the member should be, once a visitor has said it.
    pub(crate) fn resolve_probe(&mut self, probe: usize, candidate: Option<Candidate>) -> Progress {
        let owner = self.probed.get(probe).copied();
        let offered = owner.and_then(|(owner, name)| {
            self.offered.get_mut(&owner)?.iter_mut().find(|offered| offered.name == name)
        });
        let is_new = match (offered, candidate) {
            (Some(offered), Some(candidate)) if matches!(offered.candidate, Candidate::Probe(_)) => {
                offered.candidate = candidate;
                true
            }
            _ => false,
        };
        self.steps.count(is_new)
    }
}
