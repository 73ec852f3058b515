//! The members of a map, without their type.

use std::any::TypeId;

use crate::{
    explain::{
        state::{Error, Pass},
        types::{Scalar, VisitorType, is_exact, scalar_of},
    },
    json::{Kind, NodeId, Tape},
    value::{JSON_NUMBER, keeps_digits},
};

use super::{
    members::Members,
    seed::{At, Seed},
};

/// The members of a map, one after the other.
pub(crate) trait Entries<'t> {
    /// Reads the next key, if there is one.
    fn next_key(&mut self, pass: &mut Pass<'t>, seed: &mut dyn Seed<'t>) -> Result<bool, Error>;

    /// Reads the value of the member whose key was read last.
    fn next_value(&mut self, pass: &mut Pass<'t>, seed: &mut dyn Seed<'t>) -> Result<(), Error>;

    /// Reads the next key and its value, if there is one.
    fn next_entry(
        &mut self,
        pass: &mut Pass<'t>,
        key: &mut dyn Seed<'t>,
        value: &mut dyn Seed<'t>,
    ) -> Result<bool, Error>;
}

impl<'t> Entries<'t> for Members {
    fn next_key(&mut self, pass: &mut Pass<'t>, seed: &mut dyn Seed<'t>) -> Result<bool, Error> {
        Self::next_key(self, pass, seed)
    }

    fn next_value(&mut self, pass: &mut Pass<'t>, seed: &mut dyn Seed<'t>) -> Result<(), Error> {
        Self::next_value(self, pass, seed)
    }

    fn next_entry(
        &mut self,
        pass: &mut Pass<'t>,
        key: &mut dyn Seed<'t>,
        value: &mut dyn Seed<'t>,
    ) -> Result<bool, Error> {
        Self::next_entry(self, pass, key, value)
    }
}

/// The digits of a number, as `serde_json` hands them over with `arbitrary_precision`: a map with one member.
pub(crate) struct Digits(Option<String>);

impl Digits {
    /// Returns the digits of a node, if a visitor that accepts anything would lose some of them otherwise.
    ///
    /// The types of `serde_json` get all numbers like this, so that they keep the spelling.
    pub(super) fn of(tape: &Tape<'_>, node: NodeId, visitor: VisitorType) -> Option<Self> {
        if !matches!(tape.kind(node), Kind::Integer | Kind::Float) || !keeps_digits() {
            return None;
        }
        let spelling = tape.str(node);
        let keeps_spelling = [TypeId::of::<serde_json::Number>(), TypeId::of::<serde_json::Value>()];
        let is_needed = keeps_spelling.contains(&visitor.value)
            || match scalar_of(tape, node) {
                Some(Scalar::Float(value)) => !is_exact(spelling, value),
                _ => false,
            };
        // `serde_json` spells some exponents otherwise. Python's `NaN` and `Infinity` are no numbers for it.
        let number: serde_json::Number = spelling.parse().ok().filter(|_| is_needed)?;
        Some(Self(Some(number.to_string())))
    }
}

impl<'t> Entries<'t> for Digits {
    fn next_key(&mut self, pass: &mut Pass<'t>, seed: &mut dyn Seed<'t>) -> Result<bool, Error> {
        match self.0 {
            Some(_) => seed.deserialize(pass, At::Fixed(Scalar::Str(JSON_NUMBER))).map(|()| true),
            None => Ok(false),
        }
    }

    fn next_value(&mut self, pass: &mut Pass<'t>, seed: &mut dyn Seed<'t>) -> Result<(), Error> {
        seed.deserialize(pass, At::Transient(&self.0.take().unwrap_or_default()))
    }

    fn next_entry(
        &mut self,
        pass: &mut Pass<'t>,
        key: &mut dyn Seed<'t>,
        value: &mut dyn Seed<'t>,
    ) -> Result<bool, Error> {
        if !self.next_key(pass, key)? {
            return Ok(false);
        }
        self.next_value(pass, value).map(|()| true)
    }
}
