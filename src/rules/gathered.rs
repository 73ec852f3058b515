//! What validation crates found, in pydantic's order.

use super::{
    field::Rank,
    found::{Claim, Finding, Found, Naming, Reads, Said, Step},
};

/// Rules that are broken, in the order in which another crate tells them, and several at one place.
#[derive(Debug, Default)]
pub(crate) struct Gathered(Vec<(Rank, Finding)>);

impl Gathered {
    pub(crate) fn add(&mut self, rank: Rank, steps: Vec<Step>, claim: Claim, reads: Reads, said: Said) {
        self.0.push((rank, Finding { steps, claim, reads, said, is_of_whole: false }));
    }

    /// One finding for each place, and none for what has a finding inside, up to so many.
    pub(crate) fn into_found(mut self, most: usize) -> Found {
        self.0
            .sort_by(|(rank, one), (other_rank, other)| (&one.steps, rank).cmp(&(&other.steps, other_rank)));
        self.0.dedup_by(|(_, later), (_, first)| later.steps == first.steps);
        let mut found = Found::new(most);
        found.naming = Naming::Rust;
        // What is inside a value comes right behind it, so that from the end it comes first.
        for (_, finding) in self.0.into_iter().rev() {
            let inner = found.findings.last().is_some_and(|last| last.steps.starts_with(&finding.steps));
            // A list that is too long is reported instead of its items; whether it is one, the document tells.
            if inner && !matches!(finding.claim, Claim::AtMost(..)) {
                continue;
            }
            found.add(finding);
        }
        // The other way around each of them would be looked for from the start of its list.
        found.findings.reverse();
        found
    }
}
