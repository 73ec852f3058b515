//! The findings of other validation crates, put in pydantic's order.

use super::{
    findings::{Finding, Findings, MAX_NAME_BYTES, Naming},
    path::Step,
    violation::{DependsOn, Overrides, Priority, Violation},
};

/// The broken rules of a value in the order of another crate, possibly several for one place.
#[derive(Debug, Default)]
pub(crate) struct ForeignFindings {
    all: Vec<(Priority, Finding)>,
    /// The number of bytes of the names on all paths.
    bytes: usize,
    is_full: bool,
}

/// An error of another crate in pydantic's terms.
pub(crate) struct ForeignError {
    pub(crate) priority: Priority,
    pub(crate) violation: Violation,
    pub(crate) depends_on: DependsOn,
    pub(crate) overrides: Overrides,
}

impl ForeignError {
    pub(crate) fn new(priority: Priority, violation: Violation, depends_on: DependsOn) -> Self {
        Self { priority, violation, depends_on, overrides: Overrides::default() }
    }
}

impl ForeignFindings {
    pub(crate) fn add(&mut self, steps: Vec<Step>, error: ForeignError) {
        self.bytes = self.bytes.saturating_add(steps.iter().map(Step::name_length).sum());
        if self.bytes > MAX_NAME_BYTES {
            self.is_full = true;
            return;
        }
        let ForeignError { priority, violation, depends_on, overrides } = error;
        self.all.push((priority, Finding::new(steps, violation, depends_on, overrides)));
    }

    /// Returns at most `limit` findings: one for each place, and none for a value that has findings inside.
    ///
    /// A limit on a length is the exception: it stands before the findings inside, because only the document
    /// shows whether the value is a list, whose length is reported instead of its items. The findings inside
    /// are counted apart, so that they do not displace others.
    pub(crate) fn into_findings(self, limit: usize) -> Findings {
        let mut findings = Findings::new(limit);
        findings.naming = Naming::Rust;
        findings.is_full = self.is_full;
        let (mut outside, mut inside) = (0, 0);
        let mut last_list = None;
        for finding in innermost(self.all) {
            let list = last_list.and_then(|list| findings.findings.get_mut(list));
            if let Some(list) = list.filter(|list: &&mut Finding| finding.steps.starts_with(&list.steps)) {
                if inside == limit {
                    list.is_cut = true;
                    continue;
                }
                inside += 1;
            } else {
                if outside == limit {
                    findings.is_full = true;
                    break;
                }
                outside += 1;
                last_list = is_too_long(&finding).then_some(findings.findings.len());
            }
            findings.findings.push(finding);
        }
        findings
    }
}

fn is_too_long(finding: &Finding) -> bool {
    matches!(finding.violation, Violation::TooLong(..))
}

/// Returns the first finding of each place in pydantic's order, and leaves out values that have findings
/// inside unless they may be lists that are too long.
fn innermost(mut all: Vec<(Priority, Finding)>) -> impl Iterator<Item = Finding> {
    all.sort_by(|(priority, one), (other_priority, other)| {
        (&one.steps, priority).cmp(&(&other.steps, other_priority))
    });
    all.dedup_by(|(_, later), (_, first)| later.steps == first.steps);
    // The findings inside a value follow it, so they come first from the end.
    let mut kept: Vec<Finding> = Vec::new();
    for (_, finding) in all.into_iter().rev() {
        let has_inner = kept.last().is_some_and(|last| last.steps.starts_with(&finding.steps));
        if !has_inner || is_too_long(&finding) {
            kept.push(finding);
        }
    }
    kept.into_iter().rev()
}
