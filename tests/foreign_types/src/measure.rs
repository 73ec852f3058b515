//! Plants errors, and counts how well they are found.

use crate::{
    bed::{Bed, is_list_for_object},
    examples::Examples,
    mutation::{Mutation, applied},
    random::Random,
    settings::Settings,
    subject::{Group, Mode},
    tally::Tally,
    trial::Trial,
};

/// What a run found.
#[derive(Default)]
pub struct Measured {
    pub tally: Tally,
    pub examples: Examples,
    /// What must never happen.
    pub faults: Vec<String>,
}

/// Tests the types of a crate.
pub fn measure(group: &Group, settings: &Settings) -> Measured {
    let mut measured = Measured::default();
    for subject in &group.subjects {
        measured.tally.types += 1;
        for document in subject.documents {
            let bed = Bed::new(group.name, subject, document);
            let part = measured.tally.documents as u64;
            measured.run(&bed, settings.cases, &mut Random::new(settings.seed, part));
        }
    }
    measured
}

impl Measured {
    fn run(&mut self, bed: &Bed<'_>, cases: usize, random: &mut Random) {
        self.tally.documents += 1;
        self.plant(bed, &[]);
        for mutation in bed.accepted(cases, random) {
            if !is_list_for_object(&bed.document, &mutation) {
                self.plant(bed, &[mutation]);
            }
        }
        for mutation in bed.singles(cases, random) {
            self.plant(bed, &[mutation]);
        }
        for _ in 0..cases {
            if let Some(mutations) = bed.several(random) {
                self.plant(bed, &mutations);
            }
        }
    }

    /// Gives a document to the engine, and judges what is reported if `serde_json` refuses it.
    fn plant(&mut self, bed: &Bed<'_>, planted: &[Mutation]) {
        let read = (bed.subject.read)(&applied(&bed.document, planted).to_string());
        for mode in [Mode::Strict, Mode::Lax] {
            let trial = Trial::new(bed, planted, mode);
            self.faults.extend(trial.fault(&read));
            // By the lax rules, `true` may be the tag of another variant.
            if mode == Mode::Lax && bed.changes_tag(planted) {
                continue;
            }
            let Some((reported, verdict)) = trial.judged() else { continue };
            self.tally.count_reported(reported, &verdict);
            if mode == Mode::Strict {
                self.tally.count_planted(&verdict, bed.subject.is_plain);
            }
            if !verdict.is_perfect() {
                self.examples.extend(trial.example());
            }
        }
    }
}
