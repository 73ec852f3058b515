//! An object that is made for a union: it gets one field after the other, until a member of the union accepts it.

use crate::explain::{
    state::{Cause, Owner, Pass, Reading},
    types::{Candidate, Scalar},
};

use super::{missing::candidates, replacement::scalar_for, view::View};

/// An object that is being made.
#[derive(Debug)]
pub(super) struct Invention {
    /// The object, and the objects inside it.
    objects: Vec<Owner>,
    /// The error of the union if no member accepts the object.
    refusal: Cause,
    /// The field that was added last.
    last: Option<Field>,
    fields_left: usize,
}

/// A field, its value, and what else may be its value.
#[derive(Debug)]
struct Field {
    object: Owner,
    name: &'static str,
    value: Candidate,
    others: std::vec::IntoIter<Candidate>,
}

/// The state of an object after a reading.
#[derive(Debug, PartialEq)]
pub(super) enum State {
    /// A member of the union accepts it.
    Accepted,
    /// Something was changed for the next pass.
    GoOn,
    /// No value is known that makes a member accept it.
    Refused,
}

impl Invention {
    /// The number of fields that are added.
    const MAX_FIELDS: usize = 16;

    pub(super) fn new(object: Owner, refusal: Cause) -> Self {
        Self { objects: vec![object], refusal, last: None, fields_left: Self::MAX_FIELDS }
    }

    /// Draws the conclusion from a reading of the object.
    pub(super) fn step(&mut self, pass: &mut Pass<'_>, view: &View, reading: &Reading) -> State {
        if view.error(reading) != Some(&self.refusal) {
            return State::Accepted;
        }
        let raised = view.raised(reading);
        if let Some(Field { object, name, value, mut others }) = self.last.take() {
            let unexpected = scalar_for(value).unwrap_or(Scalar::Map).unexpected();
            let refused = raised.iter().find(|error| error.refused() == Some(unexpected));
            if let Some(error) = refused {
                if matches!(value, Candidate::Mark(_)) {
                    others = candidates(error.expected().unwrap_or_default()).into_iter();
                }
                return self.give(pass, object, name, others);
            }
        }
        let members = &pass.learned.members;
        let missing = raised.iter().find_map(|error| match error {
            Cause::Missing(name) => {
                let object = self.objects.iter().rev().find(|object| !members.has(**object, name));
                object.map(|object| (*object, *name))
            }
            _ => None,
        });
        match missing {
            Some((object, name)) if self.fields_left > 0 => {
                self.fields_left -= 1;
                self.give(pass, object, name, vec![Candidate::Mark(0)].into_iter())
            }
            _ => State::Refused,
        }
    }

    fn give(
        &mut self,
        pass: &mut Pass<'_>,
        object: Owner,
        name: &'static str,
        mut values: std::vec::IntoIter<Candidate>,
    ) -> State {
        let Some(value) = values.next() else { return State::Refused };
        let value = match (value, pass.learned.members.node_of(object)) {
            (Candidate::Map, Some(node)) => pass.learned.members.invent(node),
            (value, _) => value,
        };
        if let Candidate::Invented(number) = value {
            self.objects.push(Owner::Invented(number));
        }
        pass.learned.members.offer(object, name, value);
        self.last = Some(Field { object, name, value, others: values });
        State::GoOn
    }
}
