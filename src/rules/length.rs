//! How long a value is, and what is counted.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque},
    rc::Rc,
    sync::Arc,
};

use crate::value::Map;

/// A value that has a length.
///
/// For a collection of the app's own:
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
    note = "for an `Option`, say `check.optional(…)` instead of `check.field(…)`"
)]
pub trait Length {
    /// What it is that has the length.
    const MEASURED: Measured;

    /// How many characters, items or entries there are.
    fn length(&self) -> usize;
}

/// What has a length, as the message of an error calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measured {
    /// A text, counted in characters: `String should have at least 3 characters`.
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
    /// What the errors of pydantic call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::List => "List",
            Self::Deque => "Deque",
            Self::Set => "Set",
            Self::Dictionary => "Dictionary",
        }
    }

    /// Whether its items are counted before they are looked at.
    pub(super) fn is_counted_first(self) -> bool {
        matches!(self, Self::List | Self::Deque)
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

macro_rules! texts {
    ($($type:ty),*) => {$(
        impl Length for $type {
            const MEASURED: Measured = Measured::String;

            fn length(&self) -> usize {
                self.chars().count()
            }
        }
    )*};
}

texts!(str, String, Cow<'_, str>, Box<str>, Arc<str>, Rc<str>);
