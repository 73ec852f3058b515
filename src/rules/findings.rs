//! The broken rules of a value, and how many of them are kept.

use std::collections::HashSet;

use super::{
    path::{MapStep, Position, Step},
    violation::{DependsOn, Overrides, Violation},
};
use crate::report::ErrorKind;

/// The broken rules of a value.
#[derive(Debug)]
pub(crate) struct Findings {
    pub(crate) findings: Vec<Finding>,
    /// The most findings that are kept.
    limit: usize,
    /// The number of bytes that the names on further paths may have.
    room: usize,
    /// `true` if a finding was left out because of a limit.
    pub(crate) is_full: bool,
    /// Why a rule cannot be checked at all. That is a bug in the app.
    pub(crate) misuse: Option<String>,
    pub(crate) naming: Naming,
}

/// The most bytes of all names on the paths to findings. Clients choose the names in maps.
pub(super) const MAX_NAME_BYTES: usize = 4 * 1024 * 1024;

/// A broken rule.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) steps: Vec<Step>,
    map_steps: Vec<MapStep>,
    pub(crate) violation: Violation,
    pub(crate) depends_on: DependsOn,
    pub(crate) overrides: Overrides,
    /// `true` if the type states the rule for all its parts together, like a model validator of pydantic.
    pub(crate) is_of_whole: bool,
    /// `true` if findings inside the value were left out because of the limit.
    pub(crate) is_cut: bool,
}

impl Finding {
    pub(super) fn new(
        steps: Vec<Step>,
        violation: Violation,
        depends_on: DependsOn,
        overrides: Overrides,
    ) -> Self {
        let map_steps = Vec::new();
        Self { steps, map_steps, violation, depends_on, overrides, is_of_whole: false, is_cut: false }
    }

    /// Returns the number of entries of the map that the step with this number leads into, if it leads into
    /// one.
    pub(crate) fn map_length(&self, depth: usize) -> Option<usize> {
        self.map_steps.iter().find(|step| step.depth == depth).map(|step| step.length)
    }
}

/// The names on the paths to findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(any(feature = "garde_0_23", feature = "validator_0_21")), allow(dead_code))]
pub(crate) enum Naming {
    /// The names that clients send.
    Sent,
    /// The names of the fields of structs in Rust.
    Rust,
}

impl Findings {
    #[inline]
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            findings: Vec::new(),
            limit,
            room: MAX_NAME_BYTES,
            is_full: false,
            misuse: None,
            naming: Naming::Sent,
        }
    }

    /// Returns whether more findings would be left out, so that no further rule needs to be checked.
    #[inline]
    pub(super) fn is_done(&self) -> bool {
        self.is_full || self.misuse.is_some()
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.findings.len()
    }

    /// Returns whether every rule was checked and none is broken.
    pub(crate) fn is_empty(&self) -> bool {
        self.findings.is_empty() && !self.is_done()
    }

    /// Adds a broken rule.
    pub(super) fn push(&mut self, position: Position<'_>, kind: ErrorKind, depends_on: DependsOn) {
        // The steps are collected only for a finding that is kept.
        if self.findings.len() >= self.limit {
            self.is_full = true;
            return;
        }
        let (steps, map_steps) = position.steps();
        let bytes = steps.iter().map(Step::name_length).sum();
        match self.room.checked_sub(bytes) {
            Some(room) => {
                self.room = room;
                let finding = Finding::new(steps, Violation::Known(kind), depends_on, Overrides::default());
                self.findings.push(Finding { map_steps, ..finding });
            }
            None => self.is_full = true,
        }
    }

    /// Adds a broken rule for all parts of a value together.
    pub(super) fn push_whole(&mut self, position: Position<'_>, kind: ErrorKind) {
        let before = self.len();
        self.push(position, kind, DependsOn::Value);
        if let Some(finding) = self.findings.get_mut(before) {
            finding.is_of_whole = true;
        }
    }

    /// Removes all findings but the first `len`.
    pub(super) fn truncate(&mut self, len: usize) {
        self.findings.truncate(len);
        // No rule was checked after the limit was reached, so the removed findings reached it.
        self.is_full = false;
    }

    /// Settles the limits on the lengths of maps and sets, for a value whose items are all known: reports
    /// either that a container is too long or what is wrong with its items.
    pub(super) fn into_settled(self) -> Vec<Finding> {
        let mut settled: Vec<Finding> = Vec::new();
        for finding in self.findings {
            if let DependsOn::ValidItems { max_length, length } = finding.depends_on {
                let item =
                    |other: &Finding| other.steps.strip_prefix(finding.steps.as_slice())?.first().cloned();
                let invalid: HashSet<Step> = settled.iter().filter_map(item).collect();
                if length.saturating_sub(invalid.len()) <= max_length {
                    continue;
                }
                settled.retain(|other| item(other).is_none());
            }
            settled.push(finding);
        }
        settled
    }
}
