//! One document with planted errors, and what the engine makes of it.

use std::fmt::Write;

use serde_json::Value;

use crate::{
    bed::Bed,
    examples::{Class, Example},
    judge::{Found, Verdict, judge},
    mutation::{Mutation, applied},
    subject::{Mode, Outcome},
};

/// A document that was given to the engine.
pub struct Trial<'b> {
    bed: &'b Bed<'b>,
    planted: Vec<Mutation>,
    mode: Mode,
    document: Value,
    outcome: Outcome,
}

impl<'b> Trial<'b> {
    /// Plants errors, and runs the engine.
    pub fn new(bed: &'b Bed<'b>, planted: &[Mutation], mode: Mode) -> Self {
        let document = applied(&bed.document, planted);
        let outcome = (bed.subject.explain)(&document.to_string(), mode);
        Self { bed, planted: planted.to_vec(), mode, document, outcome }
    }

    /// Returns the number of errors in the report, and how true they are. `None` if there is no report.
    pub fn judged(&self) -> Option<(usize, Verdict)> {
        match &self.outcome {
            Outcome::Errors(errors) => Some((errors.len(), judge(&self.document, &self.planted, errors))),
            _ => None,
        }
    }

    /// Describes what must never happen: a panic, or another decision than that of `serde_json`.
    pub fn fault(&self, read: &Result<Value, String>) -> Option<String> {
        let fault = match (read, &self.outcome) {
            (_, Outcome::Panic) => "the engine panics".to_owned(),
            (_, Outcome::Unreadable(reason)) => format!("the engine cannot read it: {reason}"),
            (Ok(value), Outcome::Value(other)) if value != other => {
                format!("serde_json reads {value}, the engine {other}")
            }
            (Ok(_), Outcome::Errors(errors)) => {
                format!("serde_json accepts it, the engine reports {errors:?}")
            }
            (Err(reason), Outcome::Value(_)) if self.mode == Mode::Strict => {
                format!("the strict engine accepts it, serde_json does not: {reason}")
            }
            (Err(_), Outcome::Errors(errors)) if errors.is_empty() => "the report is empty".to_owned(),
            _ => return None,
        };
        let Self { bed, mode, document, .. } = self;
        let mut text =
            format!("{}, {}, {mode:?}: {fault}\n  document: {document}\n", bed.group, bed.subject.name);
        for mutation in &self.planted {
            let _ = writeln!(text, "  planted:  {mutation}");
        }
        Some(text)
    }

    /// Returns the worst of what is not exact, with as few errors planted as show it.
    ///
    /// The lax rules accept more, so nothing can be missed in this mode.
    pub fn example(&self) -> Option<Example> {
        let (mut class, mut pattern) = self.classify()?;
        let mut smallest = Trial::new(self.bed, &self.planted, self.mode);
        let mut at = 0;
        while at < smallest.planted.len() && smallest.planted.len() > 1 {
            let mut fewer = smallest.planted.clone();
            fewer.remove(at);
            let smaller = Trial::new(self.bed, &fewer, self.mode);
            match smaller.classify() {
                Some((other, place)) if other <= class => {
                    (smallest, class, pattern) = (smaller, other, place)
                }
                _ => at += 1,
            }
        }
        let reported = match smallest.outcome {
            Outcome::Errors(errors) => errors,
            _ => Vec::new(),
        };
        Some(Example {
            class,
            group: self.bed.group,
            subject: self.bed.subject.name,
            mode: self.mode,
            pattern,
            document: smallest.document.to_string(),
            planted: smallest.planted,
            reported,
        })
    }

    /// Returns the worst of what is not exact, and where it is.
    fn classify(&self) -> Option<(Class, String)> {
        let (_, verdict) = self.judged()?;
        let first = |how| verdict.found.iter().position(|found| *found == how);
        let (missed, around) = match self.mode {
            Mode::Strict => (first(Found::Missed), first(Found::Around)),
            Mode::Lax => (None, None),
        };
        let (class, at) = match (verdict.wrong.is_empty(), missed, around) {
            (false, Some(missed), _) => (Class::WrongPlace, missed),
            (false, None, _) => (Class::Invented, 0),
            (true, Some(missed), _) => (Class::Missed, missed),
            (true, None, Some(around)) => (Class::OnlyAround, around),
            (true, None, None) => return None,
        };
        let mutation = &self.planted[at];
        let others = if self.planted.len() > 1 { " beside others" } else { "" };
        Some((class, format!("{} {}{others}", mutation.name(), mutation.place.pattern())))
    }
}
