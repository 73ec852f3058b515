//! What validation crates found, in pydantic's order.

use super::{
    field::Rank,
    found::{Claim, Finding, Found, Naming, ROOM, Reads, Said, Step},
};

/// Rules that are broken, in the order in which another crate tells them, and several at one place.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    all: Vec<(Rank, Finding)>,
    /// How many bytes the names on the way to them have.
    bytes: usize,
    is_full: bool,
}

impl Gathered {
    pub(crate) fn add(&mut self, rank: Rank, steps: Vec<Step>, claim: Claim, reads: Reads, said: Said) {
        self.bytes = self.bytes.saturating_add(steps.iter().map(Step::length).sum());
        if self.bytes > ROOM {
            self.is_full = true;
            return;
        }
        let (is_of_whole, is_cut) = (false, false);
        let finding = Finding { steps, entries: Vec::new(), claim, reads, said, is_of_whole, is_cut };
        self.all.push((rank, finding));
    }

    /// One finding for each place, and none for what has a finding inside, up to so many: first a list that
    /// has too many items, and then what is inside.
    ///
    /// What is inside such lists is not counted with the others, of which it must not take the place.
    pub(crate) fn into_found(mut self, most: usize) -> Found {
        self.all
            .sort_by(|(rank, one), (other_rank, other)| (&one.steps, rank).cmp(&(&other.steps, other_rank)));
        self.all.dedup_by(|(_, later), (_, first)| later.steps == first.steps);
        // What is inside a value comes right behind it, so that from the end it comes first.
        let mut kept: Vec<Finding> = Vec::new();
        for (_, finding) in self.all.into_iter().rev() {
            let inner = kept.last().is_some_and(|last| last.steps.starts_with(&finding.steps));
            // A list that is too long is reported instead of its items; whether it is one, the document tells.
            if !inner || matches!(finding.claim, Claim::AtMost(..)) {
                kept.push(finding);
            }
        }
        let mut found = Found::new(most);
        found.naming = Naming::Rust;
        found.is_full = self.is_full;
        let (mut outside, mut inside) = (0, 0);
        let mut last_list = None;
        for finding in kept.into_iter().rev() {
            let list = last_list.and_then(|list| found.findings.get_mut(list));
            if let Some(list) = list.filter(|list: &&mut Finding| finding.steps.starts_with(&list.steps)) {
                if inside == most {
                    list.is_cut = true;
                    continue;
                }
                inside += 1;
            } else {
                if outside == most {
                    found.is_full = true;
                    break;
                }
                outside += 1;
                last_list = matches!(finding.claim, Claim::AtMost(..)).then_some(found.findings.len());
            }
            found.findings.push(finding);
        }
        found
    }
}
