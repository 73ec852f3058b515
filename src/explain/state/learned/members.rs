//! What was learned about the members of single objects: those that are required, and those that are made up.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    explain::types::{Candidate, FIRST_TEMPLATE_PROBE, UNUSUAL_INTEGER, Unexpected, probe_at},
    json::{NodeId, Tape},
};

use crate::explain::state::progress::{Progress, Steps};

/// A member that is not there, with the value that it is offered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Probed {
    pub(crate) object: NodeId,
    pub(crate) name: &'static str,
    pub(crate) candidate: Candidate,
    /// `true` if the object has it at the moment.
    is_active: bool,
}

/// Facts about the members of objects.
#[derive(Debug, Default)]
pub(crate) struct Members {
    required: FxHashMap<NodeId, Vec<&'static str>>,
    /// Required members that are there after all, under another name.
    aliased: FxHashSet<(NodeId, &'static str)>,
    probed: Vec<Probed>,
    /// Members that the type of an object was seen to know.
    known: FxHashSet<(NodeId, &'static str)>,
    steps: Steps,
}

impl Members {
    pub(super) fn steps(&self) -> u64 {
        self.steps.total()
    }

    /// Records a member that this object requires.
    pub(crate) fn require(&mut self, object: NodeId, name: &'static str) -> Progress {
        let names = self.required.entry(object).or_default();
        let is_new = !names.contains(&name);
        if is_new {
            names.push(name);
        }
        self.steps.count(is_new)
    }

    /// Records a member that this object requires, and offers a probe for it: serde may buffer the member.
    pub(crate) fn require_probed(&mut self, object: NodeId, name: &'static str) -> Progress {
        self.push(object, name);
        self.require(object, name)
    }

    pub(crate) fn is_required(&self, object: NodeId, name: &str) -> bool {
        let is_required = self.required.get(&object).is_some_and(|names| names.contains(&name));
        is_required && !self.aliased.iter().any(|&(aliased, known)| aliased == object && known == name)
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

    /// Records that the type of an object knows a member.
    pub(crate) fn is_known(&mut self, object: NodeId, name: &'static str) {
        self.known.insert((object, name));
    }

    pub(crate) fn knows(&self, object: NodeId, name: &'static str) -> bool {
        self.known.contains(&(object, name))
    }

    /// Gives an object a member that it lacks, without reporting it.
    pub(crate) fn add_probed(&mut self, object: NodeId, name: &'static str) -> Progress {
        let is_new = self.push(object, name);
        self.steps.count(is_new)
    }

    fn push(&mut self, object: NodeId, name: &'static str) -> bool {
        let number = self.probed.len();
        let has_room = number < FIRST_TEMPLATE_PROBE;
        if has_room {
            self.probed.push(Probed { object, name, candidate: Candidate::Probe(number), is_active: true });
        }
        has_room
    }

    /// Returns what a required member of an object is offered.
    pub(crate) fn candidate(&self, object: NodeId, name: &str) -> Option<Candidate> {
        let is_it = |probed: &&Probed| probed.object == object && probed.name == name;
        self.probed.iter().rev().find(is_it).map(|probed| probed.candidate)
    }

    /// Returns the members that an object has at the moment only to see what its type says.
    pub(crate) fn added(&self, object: NodeId) -> impl Iterator<Item = &Probed> {
        self.probed.iter().filter(move |probed| probed.is_active && probed.object == object)
    }

    /// Returns `true` if a map was made up as a member of something inside a container.
    pub(crate) fn has_probed_map(&self, container: NodeId, tape: &Tape<'_>) -> bool {
        self.probed.iter().any(|probed| {
            let is_map = matches!(probed.candidate, Candidate::Map);
            probed.is_active && is_map && tape.is_within(probed.object, container)
        })
    }

    /// Returns `true` if a member that was made up inside a container could be the value that a visitor
    /// refused.
    pub(super) fn has_probed_like(&self, container: NodeId, tape: &Tape<'_>, value: Unexpected) -> bool {
        let is_like = |candidate: Candidate| match value {
            Unexpected::Bool(_) => matches!(candidate, Candidate::Bool),
            Unexpected::Unsigned(_) | Unexpected::Signed(_) => matches!(candidate, Candidate::Integer),
            Unexpected::Float(_) => matches!(candidate, Candidate::Float),
            Unexpected::Null => matches!(candidate, Candidate::Null),
            Unexpected::Seq => matches!(candidate, Candidate::Seq),
            Unexpected::Map => matches!(candidate, Candidate::Map),
            Unexpected::Str { .. } | Unexpected::Other => true,
        };
        self.probed.iter().any(|probed| {
            probed.is_active && is_like(probed.candidate) && tape.is_within(probed.object, container)
        })
    }

    /// Replaces a probe by what the member should be, once a visitor has said it.
    pub(crate) fn resolve_probe(&mut self, probe: usize, candidate: Option<Candidate>) -> Progress {
        let is_new = match (self.probed.get_mut(probe), candidate) {
            (Some(probed), Some(candidate)) if matches!(probed.candidate, Candidate::Probe(_)) => {
                probed.candidate = candidate;
                true
            }
            _ => false,
        };
        self.steps.count(is_new)
    }

    /// Learns from a refused value that was made up what it should have been.
    pub(crate) fn learn_from_refusal(&mut self, value: Unexpected, candidate: Option<Candidate>) -> Progress {
        let probed = match value {
            Unexpected::Str { address } => probe_at(address).and_then(|probe| self.probed.get_mut(probe)),
            Unexpected::Unsigned(UNUSUAL_INTEGER) => {
                let is_integer =
                    |probed: &&mut Probed| probed.is_active && matches!(probed.candidate, Candidate::Integer);
                self.probed.iter_mut().rev().find(is_integer)
            }
            _ => None,
        };
        let is_new = match (probed, candidate) {
            (Some(probed), Some(candidate)) => match (probed.candidate, candidate) {
                (Candidate::Integer, Candidate::Integer) => false,
                (Candidate::Probe(_) | Candidate::Integer, _) => {
                    probed.candidate = candidate;
                    true
                }
                _ => false,
            },
            _ => false,
        };
        self.steps.count(is_new)
    }

    /// Offers an integer where a probe was offered.
    pub(crate) fn offer_integer(&mut self, object: NodeId, name: &'static str) -> Progress {
        self.change(object, name, |probed| probed.candidate = Candidate::Integer)
    }

    /// Takes a member away from an object that was given it.
    pub(crate) fn suspend(&mut self, object: NodeId, name: &'static str) -> Progress {
        self.change(object, name, |probed| probed.is_active = false)
    }

    /// Gives a member back that was taken away.
    pub(crate) fn restore(&mut self, object: NodeId, name: &'static str) -> Progress {
        self.change(object, name, |probed| probed.is_active = true)
    }

    fn change(&mut self, object: NodeId, name: &'static str, change: impl FnOnce(&mut Probed)) -> Progress {
        let is_it = |probed: &&mut Probed| probed.object == object && probed.name == name;
        let probed = self.probed.iter_mut().rev().find(is_it);
        let is_there = probed.is_some();
        if let Some(probed) = probed {
            change(probed);
        }
        self.steps.count(is_there)
    }
}
