//! Places in a document.

use std::fmt;

use serde_json::Value;

/// One step from a container to a value in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Key(String),
    Index(usize),
}

/// The steps from the root of a document to a value, or to a member that is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(pub Vec<Step>);

impl Place {
    /// Returns the place one step below.
    pub fn then(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// Returns the place of a member.
    pub fn member(&self, name: &str) -> Self {
        self.then(Step::Key(name.to_owned()))
    }

    /// Returns the place of the container, or the root itself.
    pub fn parent(&self) -> Self {
        Self(self.0[..self.0.len().saturating_sub(1)].to_vec())
    }

    /// Returns whether `other` is this place or below it.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// Returns whether one of the two places contains the other.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.contains(other) || other.contains(self)
    }

    /// Returns the value at this place.
    pub fn find<'v>(&self, document: &'v Value) -> Option<&'v Value> {
        self.0.iter().try_fold(document, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => value.get(index),
        })
    }

    /// Returns the value at this place.
    pub fn find_mut<'v>(&self, document: &'v mut Value) -> Option<&'v mut Value> {
        self.0.iter().try_fold(document, |value, step| match step {
            Step::Key(key) => value.get_mut(key),
            Step::Index(index) => value.get_mut(index),
        })
    }

    /// Returns the same place for all items of a list, as `items.#.name`.
    pub fn pattern(&self) -> String {
        let steps = self.0.iter().map(|step| match step {
            Step::Key(key) => key.clone(),
            Step::Index(_) => "#".to_owned(),
        });
        steps.collect::<Vec<_>>().join(".")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        for step in &self.0 {
            match step {
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, ".{index}")?,
            }
        }
        Ok(())
    }
}

/// Returns the places of all values of a document, containers first.
pub fn places(document: &Value) -> Vec<Place> {
    let mut found = vec![Place::default()];
    let mut next = 0;
    while let Some(place) = found.get(next).cloned() {
        match place.find(document) {
            Some(Value::Object(members)) => found.extend(members.keys().map(|key| place.member(key))),
            Some(Value::Array(items)) => {
                found.extend((0..items.len()).map(|index| place.then(Step::Index(index))));
            }
            _ => {}
        }
        next += 1;
    }
    found
}
