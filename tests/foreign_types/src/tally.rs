//! Counts of planted and reported errors.

use std::ops::AddAssign;

use crate::judge::{Found, Verdict};

/// How well planted errors were found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recall {
    pub planted: usize,
    pub exact: usize,
    pub around: usize,
    pub missed: usize,
}

/// The counts of a crate.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub types: usize,
    pub documents: usize,
    pub reported: usize,
    pub wrong: usize,
    /// Of documents with one error.
    pub single: Recall,
    /// Of documents with several errors.
    pub several: Recall,
    /// Missed in types that are plain derives.
    pub plain_missed: usize,
}

impl Recall {
    fn count(&mut self, found: &[Found]) {
        let of = |how| found.iter().filter(|found| **found == how).count();
        self.planted += found.len();
        self.exact += of(Found::Exact);
        self.around += of(Found::Around);
        self.missed += of(Found::Missed);
    }

    /// Returns the share of exact places, in percent.
    pub fn exact_percent(&self) -> f64 {
        percent(self.exact, self.planted)
    }

    /// Returns the share of planted errors that no error is near to, in percent.
    pub fn missed_percent(&self) -> f64 {
        100.0 - percent(self.planted - self.missed, self.planted)
    }
}

impl Tally {
    /// Counts the errors of a report, right and wrong.
    pub fn count_reported(&mut self, reported: usize, verdict: &Verdict) {
        self.reported += reported;
        self.wrong += verdict.wrong.len();
    }

    /// Counts how well the planted errors were found.
    pub fn count_planted(&mut self, verdict: &Verdict, is_plain: bool) {
        let recall = if verdict.found.len() == 1 { &mut self.single } else { &mut self.several };
        let missed = recall.missed;
        recall.count(&verdict.found);
        if is_plain {
            self.plain_missed += recall.missed - missed;
        }
    }

    /// Returns the share of reported errors that are right, in percent.
    pub fn precision(&self) -> f64 {
        percent(self.reported - self.wrong, self.reported)
    }
}

impl AddAssign for Recall {
    fn add_assign(&mut self, other: Self) {
        self.planted += other.planted;
        self.exact += other.exact;
        self.around += other.around;
        self.missed += other.missed;
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.types += other.types;
        self.documents += other.documents;
        self.reported += other.reported;
        self.wrong += other.wrong;
        self.single += other.single;
        self.several += other.several;
        self.plain_missed += other.plain_missed;
    }
}

fn percent(part: usize, all: usize) -> f64 {
    if all == 0 { 100.0 } else { 100.0 * part as f64 / all as f64 }
}
