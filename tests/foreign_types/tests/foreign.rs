//! Plants errors into documents for foreign types, and measures how well the engine finds them.

use std::{sync::Mutex, thread};

use foreign_types::{
    examples::{Class, Examples},
    expectations::EXPECTATIONS,
    measure::{Measured, measure},
    settings::Settings,
    subject::{Group, Mode, Outcome},
    subjects::groups,
    tally::Tally,
};

const CLASSES: [Class; 4] = [Class::Invented, Class::WrongPlace, Class::Missed, Class::OnlyAround];

/// The examples of each class that are printed for a crate that fails.
const SHOWN_OF_FAILURE: usize = 3;

#[test]
fn valid_documents_are_accepted() {
    for group in groups() {
        for subject in group.subjects {
            for document in subject.documents {
                let value = (subject.read)(document).unwrap_or_else(|error| {
                    panic!("{}, {}: serde_json refuses {document}: {error}", group.name, subject.name)
                });
                for mode in [Mode::Strict, Mode::Lax] {
                    let outcome = (subject.explain)(document, mode);
                    assert!(matches!(&outcome, Outcome::Value(other) if *other == value), "{outcome:?}");
                }
            }
        }
    }
}

#[test]
fn planted_errors_are_found() {
    let settings = Settings::from_env();
    let (mut total, mut examples) = (Tally::default(), Examples::default());
    let mut failures = Vec::new();
    println!("FOREIGN_SEED={} FOREIGN_CASES={}", settings.seed, settings.cases);
    println!("{:>22} types docs  precision   one exact around missed   several exact around missed", "");
    for (group, measured) in measure_all(&settings) {
        print_row(group.name, &measured.tally);
        total += measured.tally;
        let expectation = EXPECTATIONS.iter().find(|expectation| expectation.group == group.name);
        let mut failed = expectation.map_or(Vec::new(), |expected| expected.failures(&measured.tally));
        if !failed.is_empty() {
            failed.extend(shown(&measured.examples, Some(group.name), SHOWN_OF_FAILURE));
        }
        failures.extend(measured.faults);
        failures.extend(failed);
        examples.merge(measured.examples);
    }
    print_row("all", &total);
    for line in shown(&examples, None, settings.show) {
        println!("{line}");
    }
    assert!(failures.is_empty(), "FOREIGN_SEED={}\n{}", settings.seed, failures.join("\n"));
}

#[test]
fn every_crate_has_expectations() {
    let expected: Vec<&str> = EXPECTATIONS.iter().map(|expectation| expectation.group).collect();
    let measured: Vec<&str> = groups().iter().map(|group| group.name).collect();
    assert_eq!(expected, measured);
}

/// Returns the commonest examples of each class.
fn shown(examples: &Examples, group: Option<&str>, most: usize) -> Vec<String> {
    let of_class = |class: Class| {
        let heading = format!("== {class:?}: {} different", examples.kinds(class));
        let shown = examples.of(class, group, most).into_iter();
        [heading].into_iter().chain(shown.map(|(count, example)| format!("{count} times. {example}")))
    };
    CLASSES.into_iter().flat_map(of_class).collect()
}

fn print_row(name: &str, tally: &Tally) {
    let Tally { types, documents, single, several, .. } = tally;
    println!(
        "{name:>22} {types:>5} {documents:>4} {:>9.2}% {:>5} {:>5.1} {:>6} {:>6}   {:>7} {:>5.1} {:>6} {:>6}",
        tally.precision(),
        single.planted,
        single.exact_percent(),
        single.around,
        single.missed,
        several.planted,
        several.exact_percent(),
        several.around,
        several.missed,
    );
}

/// Measures all crates, on as many threads as there are processors.
fn measure_all(settings: &Settings) -> Vec<(Group, Measured)> {
    let mut chosen = groups();
    chosen.retain(|group| settings.only.as_ref().is_none_or(|only| only == group.name));
    let waiting = Mutex::new(chosen);
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap().pop();
                    let Some(group) = next else { break };
                    let measured = measure(&group, settings);
                    done.lock().unwrap().push((group, measured));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by_key(|(group, _)| group.name);
    done
}
