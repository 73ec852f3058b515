//! Plants errors into documents for foreign types, and measures how well the engine finds them.

use std::{sync::Mutex, thread};

use foreign_types::{
    examples::{Class, Examples},
    measure::{Measured, Tally, measure},
    settings::Settings,
    subject::{Group, Mode, Outcome},
    subjects::groups,
};

const CLASSES: [Class; 4] = [Class::Invented, Class::WrongPlace, Class::Missed, Class::OnlyAround];

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
    let measured = measure_all(settings);
    let mut total = Tally::default();
    let mut examples = Examples::default();
    println!("seed {}, {} cases of each kind for each document", settings.seed, settings.cases);
    println!("{:>22} types docs  precision   one exact around missed   several exact around missed", "");
    for (group, measured) in measured {
        print_row(group.name, &measured.tally);
        for fault in &measured.faults {
            println!("{fault}");
        }
        total += measured.tally;
        examples.extend(measured.examples);
    }
    print_row("all", &total);
    for class in CLASSES {
        println!("== {class:?}: {} different", examples.kinds(class));
        for (count, example) in examples.of(class, None, settings.show) {
            println!("{count} times. {example}");
        }
    }
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
fn measure_all(settings: Settings) -> Vec<(Group, Measured)> {
    let waiting = Mutex::new(groups());
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
