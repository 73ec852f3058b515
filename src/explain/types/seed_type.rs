//! The types of seeds and visitors, as far as they tell how values are read.

use std::any::{TypeId, type_name};

use serde::de::{DeserializeSeed, Visitor};

use super::type_name::{is_collection, is_derived, is_serde};

/// The type of a seed, which stands for the type of the value and for how it is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SeedType {
    pub(crate) id: TypeId,
    pub(crate) value: TypeId,
    pub(crate) value_name: &'static str,
    /// `true` if the seed reads all values alike, because it knows nothing but its type.
    pub(crate) is_stateless: bool,
}

impl SeedType {
    pub(crate) fn of<'t, S: DeserializeSeed<'t>>() -> Self {
        Self {
            id: typeid::of::<S>(),
            value: typeid::of::<S::Value>(),
            value_name: type_name::<S::Value>(),
            is_stateless: size_of::<S>() == 0,
        }
    }
}

/// The type of a visitor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VisitorType {
    pub(crate) id: TypeId,
    name: &'static str,
    pub(crate) value: TypeId,
    pub(crate) value_name: &'static str,
    is_zero_sized: bool,
}

impl VisitorType {
    pub(crate) fn of<'t, V: Visitor<'t>>() -> Self {
        Self {
            id: typeid::of::<V>(),
            name: type_name::<V>(),
            value: typeid::of::<V::Value>(),
            value_name: type_name::<V::Value>(),
            is_zero_sized: size_of::<V>() == 0,
        }
    }

    /// Returns `true` if serde itself wrote the visitor, so that it is known what it accepts.
    pub(crate) fn is_serde(self) -> bool {
        is_serde(self.name)
    }

    /// Returns `true` if a derive or serde wrote the visitor. Such a visitor returns every error that it
    /// meets.
    pub(crate) fn returns_errors(self) -> bool {
        is_serde(self.name) || is_derived(self.name)
    }

    /// Returns `true` if the visitor collects values that are all alike, however many there are.
    pub(crate) fn is_collection(self) -> bool {
        is_collection(self.name)
    }

    /// Returns the identity of a visitor that treats all objects alike: what is learned from one object then
    /// holds for all of them.
    pub(crate) fn uniform(self) -> Option<TypeId> {
        (is_derived(self.name) && self.is_zero_sized).then_some(self.id)
    }
}
