//! The length of a value, and what is counted for it.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque},
    rc::Rc,
    sync::Arc,
};

use crate::{report::ErrorKind, value::Map};

/// A type whose values have a length, for [`min_length`](super::Field::min_length) and
/// [`max_length`](super::Field::max_length).
///
/// Implement it for a collection of your own:
///
/// ```
/// use axum_exception::rules::{Length, Measured};
///
/// struct Basket(Vec<String>);
///
/// impl Length for Basket {
///     const MEASURED: Measured = Measured::List;
///
///     fn length(&self) -> usize {
///         self.0.len()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no length",
    note = "for an `Option`, write `check.optional(…)` instead of `check.field(…)`, and `some` for the items of a list"
)]
pub trait Length {
    /// The name of the type in the message of an error.
    const MEASURED: Measured;

    /// Returns the number of characters, items or entries.
    fn length(&self) -> usize;
}

/// The kinds of values that have a length. The message of an error begins with the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measured {
    /// A string, measured in characters: `String should have at least 3 characters`.
    String,
    /// `List should have at least 3 items after validation, not 1`.
    List,
    /// `Deque should have …`.
    Deque,
    /// `Set should have …`.
    Set,
    /// `Dictionary should have …`.
    Dictionary,
}

impl Measured {
    /// Returns the name in pydantic's errors.
    fn name(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::List => "List",
            Self::Deque => "Deque",
            Self::Set => "Set",
            Self::Dictionary => "Dictionary",
        }
    }

    /// Returns whether pydantic counts the items before it checks them.
    pub(super) fn is_counted_first(self) -> bool {
        matches!(self, Self::List | Self::Deque)
    }

    /// Returns the error for a value whose length is less than a minimum.
    pub(super) fn too_short(self, min_length: usize, actual_length: usize) -> ErrorKind {
        match self {
            Self::String => ErrorKind::StringTooShort { min_length },
            _ => ErrorKind::TooShort { field_type: self.name().into(), min_length, actual_length },
        }
    }

    /// Returns the error for a value whose length is greater than a maximum.
    pub(super) fn too_long(self, max_length: usize, actual_length: usize) -> ErrorKind {
        match self {
            Self::String => ErrorKind::StringTooLong { max_length },
            _ => ErrorKind::TooLong {
                field_type: self.name().into(),
                max_length,
                // Where the items are not counted first, pydantic stops at the first one that is too many.
                actual_length: self.is_counted_first().then_some(actual_length),
            },
        }
    }
}

macro_rules! lengths {
    ($($measured:ident: $([$($parameter:ident),*] $type:ty),*;)*) => {$($(
        impl<$($parameter),*> Length for $type {
            const MEASURED: Measured = Measured::$measured;

            fn length(&self) -> usize {
                self.len()
            }
        }
    )*)*};
}

lengths! {
    List: [T] [T], [T] Vec<T>, [T] LinkedList<T>, [T] Box<[T]>, [T] Arc<[T]>, [T] Rc<[T]>;
    Deque: [T] VecDeque<T>;
    Set: [T, S] HashSet<T, S>, [T] BTreeSet<T>;
    Dictionary: [K, V, S] HashMap<K, V, S>, [K, V] BTreeMap<K, V>, [] Map;
}

impl<T, const N: usize> Length for [T; N] {
    const MEASURED: Measured = Measured::List;

    fn length(&self) -> usize {
        N
    }
}

impl<T: Length + ?Sized> Length for &T {
    const MEASURED: Measured = T::MEASURED;

    fn length(&self) -> usize {
        T::length(self)
    }
}

macro_rules! strings {
    ($($type:ty),*) => {$(
        impl Length for $type {
            const MEASURED: Measured = Measured::String;

            fn length(&self) -> usize {
                self.chars().count()
            }
        }
    )*};
}

strings!(str, String, Cow<'_, str>, Box<str>, Arc<str>, Rc<str>);
