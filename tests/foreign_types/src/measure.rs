//! Plants errors, and counts how well they are found.

use std::{fmt::Write, ops::AddAssign};

use crate::{
    bed::{Bed, is_list_for_object},
    examples::{Class, Example, Examples},
    judge::{Found, judge},
    mutation::{Mutation, applied},
    random::Random,
    settings::Settings,
    subject::{Group, Mode, Outcome, Reported},
};

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
    pub single: Recall,
    pub several: Recall,
    /// Those of types that are plain derives, alone or with others.
    pub plain_missed: usize,
}

/// What a run found.
#[derive(Default)]
pub struct Measured {
    pub tally: Tally,
    pub examples: Examples,
    /// What must never happen.
    pub faults: Vec<String>,
}

impl Recall {
    fn count(&mut self, found: &[Found]) {
        self.planted += found.len();
        for found in found {
            match found {
                Found::Exact => self.exact += 1,
                Found::Around => self.around += 1,
                Found::Missed => self.missed += 1,
            }
        }
    }

    /// Returns the share of exact places, in percent.
    pub fn exact_percent(&self) -> f64 {
        percent(self.exact, self.planted)
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

impl Tally {
    /// Returns the share of reported errors that are right, in percent.
    pub fn precision(&self) -> f64 {
        percent(self.reported - self.wrong, self.reported)
    }
}

fn percent(part: usize, all: usize) -> f64 {
    if all == 0 { 100.0 } else { 100.0 * part as f64 / all as f64 }
}

/// Tests the types of a crate.
pub fn measure(group: &Group, settings: Settings) -> Measured {
    let mut measured = Measured::default();
    for subject in &group.subjects {
        measured.tally.types += 1;
        for document in subject.documents {
            let bed = Bed::new(group.name, subject, document);
            let part = measured.tally.documents as u64;
            measured.run(&bed, settings, &mut Random::new(settings.seed, part));
        }
    }
    measured
}

impl Measured {
    fn run(&mut self, bed: &Bed<'_>, settings: Settings, random: &mut Random) {
        self.tally.documents += 1;
        for mode in [Mode::Strict, Mode::Lax] {
            self.check(bed, &[], mode);
        }
        self.accepted(bed, settings, random);
        for mutation in bed.singles(settings.cases, random) {
            self.plant(bed, &[mutation]);
        }
        for _ in 0..settings.cases {
            if let Some(mutations) = bed.several(random) {
                self.plant(bed, &mutations);
            }
        }
    }

    /// Checks that what `serde_json` accepts gives the same value.
    fn accepted(&mut self, bed: &Bed<'_>, settings: Settings, random: &mut Random) {
        let mut accepted = bed.accepted.clone();
        random.shuffle(&mut accepted);
        for mutation in accepted.into_iter().take(settings.cases) {
            if !is_list_for_object(&bed.document, &mutation) {
                self.check(bed, &[mutation], Mode::Strict);
            }
        }
    }

    fn check(&mut self, bed: &Bed<'_>, mutations: &[Mutation], mode: Mode) {
        let document = applied(&bed.document, mutations);
        if let Some(fault) = bed.subject.fault(&document, mode) {
            let mut text =
                format!("{}, {}, {mode:?}: {fault}\n  document: {document}\n", bed.group, bed.subject.name);
            for mutation in mutations {
                let _ = writeln!(text, "  planted:  {mutation}");
            }
            self.faults.push(text);
        }
    }

    /// Plants errors, which `serde_json` refuses one by one, and judges what is reported.
    fn plant(&mut self, bed: &Bed<'_>, planted: &[Mutation]) {
        self.check(bed, planted, Mode::Strict);
        if let Some(errors) = reported(bed, planted, Mode::Strict) {
            let verdict = judge(&applied(&bed.document, planted), planted, &errors);
            self.tally.reported += errors.len();
            self.tally.wrong += verdict.wrong.len();
            let recall = if planted.len() == 1 { &mut self.tally.single } else { &mut self.tally.several };
            recall.count(&verdict.found);
            if bed.subject.is_plain {
                self.tally.plain_missed +=
                    verdict.found.iter().filter(|found| **found == Found::Missed).count();
            }
            self.keep(bed, planted, Mode::Strict);
        }
        // The lax rules accept more, but what is reported must be as true.
        self.check(bed, planted, Mode::Lax);
        if let Some(errors) = reported(bed, planted, Mode::Lax) {
            let verdict = judge(&applied(&bed.document, planted), planted, &errors);
            self.tally.reported += errors.len();
            self.tally.wrong += verdict.wrong.len();
            if !verdict.wrong.is_empty() {
                self.keep(bed, planted, Mode::Lax);
            }
        }
    }

    /// Keeps an example of what is not exact, with as few mutations as show it.
    fn keep(&mut self, bed: &Bed<'_>, planted: &[Mutation], mode: Mode) {
        let Some((class, _)) = classify(bed, planted, mode) else { return };
        let shrunk = shrink(bed, planted, mode, class);
        let Some((class, pattern)) = classify(bed, &shrunk, mode) else { return };
        let document = applied(&bed.document, &shrunk).to_string();
        let reported = reported(bed, &shrunk, mode).unwrap_or_default();
        let (group, subject) = (bed.group, bed.subject.name);
        self.examples.add(Example {
            class,
            group,
            subject,
            mode,
            pattern,
            document,
            planted: shrunk,
            reported,
        });
    }
}

fn reported(bed: &Bed<'_>, planted: &[Mutation], mode: Mode) -> Option<Vec<Reported>> {
    match (bed.subject.explain)(&applied(&bed.document, planted).to_string(), mode) {
        Outcome::Errors(errors) => Some(errors),
        _ => None,
    }
}

/// Returns the worst of what is not exact about a report, and where it is.
fn classify(bed: &Bed<'_>, planted: &[Mutation], mode: Mode) -> Option<(Class, String)> {
    let errors = reported(bed, planted, mode)?;
    let verdict = judge(&applied(&bed.document, planted), planted, &errors);
    let first = |how: Found| verdict.found.iter().position(|found| *found == how);
    let missed = first(Found::Missed).filter(|_| mode == Mode::Strict);
    let (class, at) = match (verdict.wrong.is_empty(), missed, first(Found::Around)) {
        (false, Some(missed), _) => (Class::WrongPlace, missed),
        (false, None, _) => (Class::Invented, 0),
        (true, Some(missed), _) => (Class::Missed, missed),
        (true, None, Some(around)) if mode == Mode::Strict => (Class::OnlyAround, around),
        _ => return None,
    };
    let mutation = &planted[at];
    let others = if planted.len() > 1 { " beside others" } else { "" };
    Some((class, format!("{} {}{others}", mutation.name(), mutation.place.pattern())))
}

/// Leaves out mutations as long as the report is as bad.
fn shrink(bed: &Bed<'_>, planted: &[Mutation], mode: Mode, class: Class) -> Vec<Mutation> {
    let mut kept = planted.to_vec();
    let mut at = 0;
    while at < kept.len() && kept.len() > 1 {
        let mut fewer = kept.clone();
        fewer.remove(at);
        if classify(bed, &fewer, mode).is_some_and(|(other, _)| other <= class) {
            kept = fewer;
        } else {
            at += 1;
        }
    }
    kept
}
