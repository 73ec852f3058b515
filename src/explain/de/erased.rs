//! Visitors and seeds as trait objects.

use std::{any::TypeId, fmt::Write as _, marker::PhantomData};

use serde::de::{DeserializeOwned, DeserializeSeed, Expected, Visitor};

use crate::explain::{
    core::{At, Given, Seed, Visit},
    state::{Error, Pass},
    types::{Expectation, SeedType, VisitorType},
};

use super::{Source, accept::Accept};

/// Records that code of the app runs from here on: a panic is not one of the engine.
pub(super) fn into_user(pass: &mut Pass<'_>) {
    pass.set_in_user_code(true);
}

/// Records that the engine's own code runs from here on.
pub(super) fn from_user(pass: &mut Pass<'_>) {
    pass.set_in_user_code(false);
}

/// A visitor, and then its value.
pub(super) struct ErasedVisitor<V, T, A> {
    visitor: Option<V>,
    value: Option<T>,
    accepts: PhantomData<A>,
}

impl<'t, V: Visitor<'t>, A: Accept> ErasedVisitor<V, V::Value, A> {
    pub(super) fn new(visitor: V) -> Self {
        Self { visitor: Some(visitor), value: None, accepts: PhantomData }
    }

    pub(super) fn into_value(self) -> Result<V::Value, Error> {
        self.value.ok_or(Error::Settled)
    }
}

impl<'t, V: Visitor<'t>, A: Accept> Visit<'t> for ErasedVisitor<V, V::Value, A> {
    fn visit(&mut self, pass: &mut Pass<'t>, given: Given<'_, 't>) -> Result<(), Error> {
        let Some(visitor) = self.visitor.take() else { return Err(Error::Settled) };
        into_user(pass);
        let result = A::visit(visitor, pass, given);
        from_user(pass);
        self.value = Some(result?);
        Ok(())
    }

    fn expectation(&self, pass: &mut Pass<'t>) -> Expectation {
        let mut expectation = Expectation::new();
        into_user(pass);
        if let Some(visitor) = &self.visitor {
            // Writing into an `Expectation` cannot fail.
            let _ = write!(expectation, "{}", visitor as &dyn Expected);
        }
        from_user(pass);
        expectation
    }

    fn visitor_type(&self) -> VisitorType {
        VisitorType::of::<V>()
    }

    fn makes(&self, outer: TypeId) -> bool {
        outer == typeid::of::<V::Value>()
            || outer == typeid::of::<Option<V::Value>>()
            || outer == typeid::of::<Box<V::Value>>()
            || outer == typeid::of::<Option<Box<V::Value>>>()
    }
}

/// A seed, and then its value.
pub(super) struct ErasedSeed<S, T> {
    seed: Option<S>,
    value: Option<T>,
}

impl<'t, S: DeserializeSeed<'t>> ErasedSeed<S, S::Value> {
    pub(super) fn new(seed: S) -> Self {
        Self { seed: Some(seed), value: None }
    }

    pub(super) fn into_value(self) -> Result<S::Value, Error> {
        self.value.ok_or(Error::Settled)
    }
}

impl<'t, S: DeserializeSeed<'t>> Seed<'t> for ErasedSeed<S, S::Value> {
    fn deserialize(&mut self, pass: &mut Pass<'t>, at: At<'_>) -> Result<(), Error> {
        let Some(seed) = self.seed.take() else { return Err(Error::Settled) };
        into_user(pass);
        let result = seed.deserialize(Source { pass: &mut *pass, at });
        from_user(pass);
        self.value = Some(result?);
        Ok(())
    }

    fn seed_type(&self) -> SeedType {
        SeedType::of::<S>()
    }
}

/// The type of the whole document, which every pass reads anew.
pub(crate) struct Root<T> {
    value: Option<T>,
}

impl<T> Root<T> {
    pub(crate) fn new() -> Self {
        Self { value: None }
    }

    pub(crate) fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    pub(crate) fn into_value(self) -> Option<T> {
        self.value
    }

    /// Sets a value that was read otherwise.
    pub(crate) fn set(&mut self, value: T) {
        self.value = Some(value);
    }
}

impl<'t, T: DeserializeOwned> Seed<'t> for Root<T> {
    fn deserialize(&mut self, pass: &mut Pass<'t>, at: At<'_>) -> Result<(), Error> {
        self.value = None;
        into_user(pass);
        let result = T::deserialize(Source { pass: &mut *pass, at });
        from_user(pass);
        self.value = Some(result?);
        Ok(())
    }

    fn seed_type(&self) -> SeedType {
        SeedType::of::<PhantomData<T>>()
    }
}
