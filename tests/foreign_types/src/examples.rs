//! Examples of reports that are not as precise as they could be, each kind of them once.

use std::{collections::BTreeMap, fmt};

use crate::{
    mutation::Mutation,
    subject::{Mode, Reported},
};

/// What is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Where nothing is wrong, beside what is.
    Invented,
    /// Where nothing is wrong, instead of what is.
    WrongPlace,
    Missed,
    /// Only a container of what is wrong.
    OnlyAround,
}

/// A document and what was reported about it.
#[derive(Clone, Debug)]
pub struct Example {
    pub class: Class,
    pub group: &'static str,
    pub subject: &'static str,
    pub mode: Mode,
    /// The place it is about, for all items of a list.
    pub pattern: String,
    pub document: String,
    pub planted: Vec<Mutation>,
    pub reported: Vec<Reported>,
}

/// Examples with how often there was one like it.
#[derive(Default)]
pub struct Examples(BTreeMap<(Class, &'static str, &'static str, String), (usize, Example)>);

impl Examples {
    /// Counts an example. Of several that are alike, the shortest is kept.
    pub fn add(&mut self, example: Example) {
        let key = (example.class, example.group, example.subject, example.pattern.clone());
        let (count, kept) = self.0.entry(key).or_insert_with(|| (0, example.clone()));
        *count += 1;
        if (example.planted.len(), example.document.len()) < (kept.planted.len(), kept.document.len()) {
            *kept = example;
        }
    }

    /// Adds the examples of another run.
    pub fn merge(&mut self, other: Self) {
        for (key, (count, example)) in other.0 {
            self.0.entry(key).or_insert((0, example)).0 += count;
        }
    }

    /// Returns the examples of a class that occurred most often, of all groups or one.
    pub fn of(&self, class: Class, group: Option<&str>, most: usize) -> Vec<&(usize, Example)> {
        let is_of =
            |example: &Example| example.class == class && group.is_none_or(|name| name == example.group);
        let mut found: Vec<_> = self.0.values().filter(|(_, example)| is_of(example)).collect();
        found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        found.truncate(most);
        found
    }

    /// Returns the number of different examples of a class.
    pub fn kinds(&self, class: Class) -> usize {
        self.0.keys().filter(|(other, ..)| *other == class).count()
    }
}

impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { class, group, subject, mode, pattern, document, .. } = self;
        writeln!(f, "{class:?}: {group}, {subject}, {mode:?}, {pattern}")?;
        writeln!(f, "  document: {document}")?;
        for mutation in &self.planted {
            writeln!(f, "  planted:  {mutation}")?;
        }
        for error in &self.reported {
            writeln!(f, "  reported: {error}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Reported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = crate::place::Place(self.loc.clone());
        write!(f, "{place} {}: {}", self.kind, self.msg)
    }
}

impl Extend<Example> for Examples {
    fn extend<I: IntoIterator<Item = Example>>(&mut self, examples: I) {
        examples.into_iter().for_each(|example| self.add(example));
    }
}
