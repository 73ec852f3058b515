//! Passes over a document until nothing new is found.
//!
//! A pass ends with a value, or with an error and something learned: where the error is, what stands in for a
//! value, what a type requires. The next pass goes further because of it. Every method of
//! [`Learned`](super::state::Learned) that makes a difference to the next pass counts as progress, and what
//! can be learned about a document is finite: a pass without progress is the last one, and so is one that
//! reaches a limit.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::{
    json::{NodeId, Tape},
    rules::Findings,
};

use super::{
    core::{Seed, read_node},
    error_list::ErrorList,
    findings::{FieldSpelling, Placement},
    state::{Acceptance, Bounds, Error, Mode, Pass, Recording},
    valid_prefix::ValidPrefix,
};

/// A document, and how it is read.
#[derive(Clone, Copy)]
pub(super) struct Document<'t> {
    pub(super) tape: &'t Tape<'t>,
    pub(super) acceptance: Acceptance,
    pub(super) bounds: Bounds,
    pub(super) valid_prefix: ValidPrefix,
    /// The names of fields behind the names in rules, where they differ.
    pub(super) spelling: Option<FieldSpelling>,
}

/// The type of a whole document and its rules, without their types.
pub(super) trait RootValue<'t> {
    /// Returns the seed of the value, which every pass reads anew.
    fn seed(&mut self) -> &mut dyn Seed<'t>;

    /// Reads the value with `serde_json`.
    fn parse(&mut self, text: &str) -> Result<(), serde_json::Error>;

    fn has_rules(&self) -> bool;

    /// Returns `true` if the value of the last pass obeys its rules.
    fn is_allowed(&self) -> bool;

    /// Returns the rules that the value of the last pass breaks, at most this many.
    fn check(&self, most: usize) -> Findings;
}

/// The result of all passes over a document.
pub(super) struct Outcome {
    /// `true` if the last pass made a value without placeholders, and the value obeys its rules.
    pub(super) is_valid: bool,
    pub(super) errors: ErrorList,
}

/// Reads a document until nothing new is found. At the end rules are checked.
pub(super) fn run<'t>(document: Document<'t>, root: &mut dyn RootValue<'t>) -> Outcome {
    let Document { tape, acceptance, bounds, valid_prefix, spelling } = document;
    let mut pass = Pass::new(tape, acceptance, bounds);
    for (list, beginning) in valid_prefix.beginnings(tape) {
        pass.learned.nodes.skip_to(list, beginning);
    }
    let has_value = search(&mut pass, root.seed()) && keep_digits(&mut pass, acceptance, bounds, root);
    let is_valid = has_value && (!root.has_rules() || root.is_allowed());
    if is_valid || !root.has_rules() || pass.reached().is_some() {
        return Outcome { is_valid, errors: ErrorList::new(pass) };
    }
    let mut misuse = None;
    if let Some(found) = check_rules(&mut pass, root, bounds.errors) {
        misuse.clone_from(&found.misuse);
        Placement::of_request(tape, &mut pass.learned, spelling).place(found);
    }
    let errors = ErrorList::new(pass).with_broken_rules(has_value, misuse);
    Outcome { is_valid: false, errors }
}

/// Places the rules that a value breaks in a document that was made of the value itself.
pub(super) fn place_in_response(tape: &Tape<'_>, bounds: Bounds, found: Findings) -> ErrorList {
    let mut pass = Pass::new(tape, Acceptance::default(), bounds);
    Placement::of_response(tape, &mut pass.learned).place(found);
    ErrorList::new(pass)
}

/// Makes the value again, if serde has buffered a number in it without some of its digits: with all of them, unless a
/// type does not accept that. Returns `true` if there is a value.
fn keep_digits<'t>(
    pass: &mut Pass<'t>,
    acceptance: Acceptance,
    bounds: Bounds,
    root: &mut dyn RootValue<'t>,
) -> bool {
    if !pass.has_lost_digits() {
        return true;
    }
    let mut exact = Pass::new(pass.tape, acceptance, bounds).keep_buffered_digits();
    if search(&mut exact, root.seed()) {
        *pass = exact;
        return true;
    }
    *pass = Pass::new(pass.tape, acceptance, bounds);
    search(pass, root.seed())
}

/// The result of one pass.
enum Made {
    /// A value, possibly with placeholders in it.
    Value,
    Nothing,
    /// Nothing, because code of the app panicked.
    Panicked,
}

/// Makes passes until nothing new is found. Returns whether the last one made a value without placeholders.
fn search<'t>(pass: &mut Pass<'t>, seed: &mut dyn Seed<'t>) -> bool {
    /// Passes are incremental after as much work as for this many of them.
    const FULL_PASSES: usize = 8;
    loop {
        let has_found = !pass.learned.notes.is_empty();
        let incremental = has_found && pass.work() > FULL_PASSES * pass.tape.len();
        pass.begin(Mode::Search { incremental });
        let progress = pass.learned.progress();
        let had_experiments = pass.learned.has_experiments();
        match read(pass, seed) {
            // A type may have recovered from the error that the limit is reached.
            Made::Value if pass.reached().is_some() => return false,
            Made::Value if pass.learned.notes.is_empty() => {
                if had_experiments || pass.learned.has_experiments() {
                    continue;
                }
                if pass.counters().tainted == 0 {
                    return true;
                }
                pass.learned.nodes.restart();
            }
            Made::Panicked => give_up_on_panic(pass),
            Made::Value | Made::Nothing => {}
        }
        let is_stuck = pass.learned.progress() == progress;
        if is_stuck || pass.reached().is_some() || pass.learned.notes.is_full() {
            return false;
        }
    }
}

/// Makes one pass. Code of the app may meet values that no parser would give it, and may panic on them.
fn read<'t>(pass: &mut Pass<'t>, seed: &mut dyn Seed<'t>) -> Made {
    let _recording = Recording::begin();
    match catch_unwind(AssertUnwindSafe(|| read_node(pass, NodeId::ROOT, seed))) {
        Ok(Ok(())) => Made::Value,
        Ok(Err(Error::Settled | Error::Limit | Error::Open(_))) => Made::Nothing,
        // A panic of the engine itself is a bug, which no test may overlook.
        Err(panic) if cfg!(debug_assertions) && !pass.is_in_user_code() => resume_unwind(panic),
        Err(_) => Made::Panicked,
    }
}

/// Learns that code of the app panics in the innermost frame: a placeholder or nothing is tried instead.
fn give_up_on_panic(pass: &mut Pass<'_>) {
    let Some(frame) = pass.frame() else { return };
    match frame.node {
        Some(node) => {
            pass.learned.flags.give_up(node);
        }
        None => {
            if !pass.learned.try_next(frame.seed).is_made() {
                pass.stop();
            }
        }
    }
}

/// Makes a value that may have placeholders in it, and checks its rules.
fn check_rules<'t>(pass: &mut Pass<'t>, root: &mut dyn RootValue<'t>, most: usize) -> Option<Findings> {
    /// The number of variants that are tried.
    const MAX_ROUNDS: usize = 8;
    let mut found = check_round(pass, root, most, 0)?;
    if pass.counters().tainted == 0 || found.is_empty() {
        return Some(found);
    }
    // Limits and conditions may come from other fields. What is found because of a placeholder changes with
    // it.
    found.keep_common(check_round(pass, root, most, 1));
    for round in 2..pass.learned.types.max_variants().min(MAX_ROUNDS) {
        // Not every variant can be made of placeholders.
        let round = u8::try_from(round).unwrap_or(u8::MAX);
        if let Some(other) = check_round(pass, root, most, round) {
            found.keep_common(Some(other));
        }
    }
    Some(found)
}

fn check_round<'t>(
    pass: &mut Pass<'t>,
    root: &mut dyn RootValue<'t>,
    most: usize,
    round: u8,
) -> Option<Findings> {
    pass.begin(Mode::Rules { round });
    pass.learned.nodes.restart();
    match read(pass, root.seed()) {
        // Rules are code of the app as well.
        Made::Value => catch_unwind(AssertUnwindSafe(|| root.check(most))).ok(),
        Made::Nothing | Made::Panicked => None,
    }
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use serde_json::Error as JsonError;

    use super::*;
    use crate::{
        explain::{core::At, state::Error as PassError, types::SeedType},
        json::{Grammar, scan},
    };

    /// A value that panics while it is read: in code of the app, or in the engine's own.
    struct Panics {
        in_user_code: bool,
    }

    impl<'t> Seed<'t> for Panics {
        fn deserialize(&mut self, pass: &mut Pass<'t>, _: At<'_>) -> Result<(), PassError> {
            pass.set_in_user_code(self.in_user_code);
            panic!("while a value is read");
        }

        fn seed_type(&self) -> SeedType {
            SeedType::of::<std::marker::PhantomData<u8>>()
        }
    }

    impl<'t> RootValue<'t> for Panics {
        fn seed(&mut self) -> &mut dyn Seed<'t> {
            self
        }

        fn parse(&mut self, _: &str) -> Result<(), JsonError> {
            Ok(())
        }

        fn has_rules(&self) -> bool {
            false
        }

        fn is_allowed(&self) -> bool {
            true
        }

        fn check(&self, most: usize) -> Findings {
            Findings::new(most)
        }
    }

    fn is_valid(mut root: Panics) -> std::thread::Result<bool> {
        let tape = scan("1".into(), Grammar { strict: false, max_depth: 10, max_digits: 10 })
            .map_err(|_| Box::new("not a document") as Box<dyn std::any::Any + Send>)?;
        let bounds = Bounds { errors: 10, depth: 10, work: 1000 };
        let document = Document {
            tape: &tape,
            acceptance: Acceptance::default(),
            bounds,
            valid_prefix: ValidPrefix::default(),
            spelling: None,
        };
        catch_unwind(AssertUnwindSafe(|| run(document, &mut root).is_valid))
    }

    #[test]
    fn panics_of_the_app_are_caught() {
        assert_eq!(is_valid(Panics { in_user_code: true }).ok(), Some(false));
    }

    #[test]
    fn panics_of_the_engine_are_not_caught_in_debug_builds() {
        assert_eq!(is_valid(Panics { in_user_code: false }).is_err(), cfg!(debug_assertions));
    }
}
