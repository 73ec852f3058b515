//! The position of a field, and the first of its broken rules in pydantic's order.

use super::{
    findings::Findings,
    path::Position,
    violation::{DependsOn, Priority},
};
use crate::report::ErrorKind;

/// The state of a field while its rules are checked. The rules are complete when it is dropped.
pub(super) struct FieldState<'f> {
    pub(super) findings: &'f mut Findings,
    pub(super) position: Position<'f>,
    /// The number of findings before those in this field.
    start: usize,
    /// Boxed, because it is moved from rule to rule and almost always `None`.
    first: Option<Box<BrokenRule>>,
}

/// A broken rule of the field itself.
struct BrokenRule {
    priority: Priority,
    kind: ErrorKind,
    depends_on: DependsOn,
}

impl<'f> FieldState<'f> {
    pub(super) fn new(findings: &'f mut Findings, position: Position<'f>) -> Self {
        let start = findings.len();
        Self { findings, position, start, first: None }
    }

    /// Notes a broken rule, if it is the first in pydantic's order.
    #[cold]
    pub(super) fn note(&mut self, priority: Priority, kind: ErrorKind, depends_on: DependsOn) {
        if self.first.as_ref().is_none_or(|first| priority < first.priority) {
            self.first = Some(Box::new(BrokenRule { priority, kind, depends_on }));
        }
    }

    #[cold]
    fn report(&mut self, BrokenRule { kind, depends_on, .. }: BrokenRule) {
        if depends_on == DependsOn::Length {
            self.findings.truncate(self.start);
        }
        // Findings inside go first, except if it is not known yet which of the two is reported.
        if self.findings.len() == self.start || matches!(depends_on, DependsOn::ValidItems { .. }) {
            self.findings.push(self.position, kind, depends_on);
        }
    }

    /// Returns whether no rule is broken so far, neither for the field nor inside.
    pub(super) fn is_valid(&self) -> bool {
        self.first.is_none() && self.findings.len() == self.start && !self.findings.is_done()
    }
}

impl Drop for FieldState<'_> {
    #[inline]
    fn drop(&mut self) {
        if let Some(first) = self.first.take() {
            self.report(*first);
        }
    }
}
