//! How a type that accepts anything was made without any input.

use crate::explain::types::Candidate;

/// The value that a visitor that accepts anything is offered. Its errors show what it needs.
#[derive(Debug, Default)]
pub(crate) struct Template {
    whole: Option<Candidate>,
    /// The members, if it is an object.
    members: Vec<(&'static str, Candidate)>,
}

impl Template {
    /// The number of members that are made up at most.
    const MAX_MEMBERS: usize = 64;

    pub(crate) fn whole(&self) -> Option<Candidate> {
        self.whole
    }

    pub(crate) fn members(&self) -> &[(&'static str, Candidate)] {
        &self.members
    }

    pub(super) fn is_empty(&self) -> bool {
        self.whole.is_none() && self.members.is_empty()
    }

    /// Offers another kind of value, unless the kind is known. Returns whether the template changed.
    pub(crate) fn offer(&mut self, whole: Option<Candidate>) -> bool {
        let is_new = self.whole.is_none() && whole.is_some();
        if is_new {
            self.whole = whole;
        }
        is_new
    }

    /// Adds a member, at first as a probe. Returns whether the template changed.
    pub(crate) fn add(&mut self, name: &'static str, probe: impl FnOnce(usize) -> Candidate) -> bool {
        let is_known = self.members.iter().any(|(known, _)| *known == name);
        if is_known || self.members.len() >= Self::MAX_MEMBERS {
            return false;
        }
        let probe = probe(self.members.len());
        self.members.push((name, probe));
        self.whole = Some(Candidate::Map);
        true
    }

    /// Replaces the probe in a member by what the member should be. Returns whether the template changed.
    pub(crate) fn set(&mut self, member: usize, candidate: Candidate) -> bool {
        match self.members.get_mut(member) {
            Some((_, known @ Candidate::Probe(_))) => {
                *known = candidate;
                true
            }
            _ => false,
        }
    }
}
