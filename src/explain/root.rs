//! The type of a whole document and its rules.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::rules::{Findings, Validator};

use super::{core::Seed, de::Root, guard::Guard, passes::RootValue};

/// The value of a whole document, once there is one, and the rules for it.
pub(super) struct CheckedRoot<T, R> {
    root: Root<T>,
    guard: Guard,
    rules: PhantomData<R>,
}

impl<T, R> CheckedRoot<T, R> {
    pub(super) fn new(guard: Guard) -> Self {
        Self { root: Root::new(), guard, rules: PhantomData }
    }

    pub(super) fn into_value(self) -> Option<T> {
        self.root.into_value()
    }
}

impl<'t, T: DeserializeOwned, R: Validator<T>> RootValue<'t> for CheckedRoot<T, R> {
    fn seed(&mut self) -> &mut dyn Seed<'t> {
        &mut self.root
    }

    fn parse(&mut self, text: &str) -> Result<(), serde_json::Error> {
        self.root.set(self.guard.read(text)?);
        Ok(())
    }

    fn has_rules(&self) -> bool {
        R::HAS_RULES
    }

    fn is_allowed(&self) -> bool {
        self.root.value().is_some_and(R::is_valid)
    }

    fn check(&self, most: usize) -> Findings {
        self.root.value().map_or_else(|| Findings::new(most), |value| R::check(value, most))
    }
}
