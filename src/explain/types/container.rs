//! The containers that a list or an object is read into.

use crate::{report::ErrorKind, rules::Measured};

use super::{expected::Expected, type_name::unwrapped};

/// The container that a list or an object was read into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    List,
    Deque,
    /// A container with an order of its own.
    Set,
    /// A map that is sorted by its keys, which are strings.
    SortedMap,
    /// A map in any other order, or a type that is not known.
    Other,
}

impl Container {
    /// Returns what pydantic's errors call a list that is read into this container.
    pub(crate) fn measured(self) -> Measured {
        match self {
            Self::List | Self::Other | Self::SortedMap => Measured::List,
            Self::Deque => Measured::Deque,
            Self::Set => Measured::Set,
        }
    }

    /// Returns the container with this type name, if it is known.
    pub(crate) fn of(name: &str) -> Option<Self> {
        const KNOWN: [(&str, Container); 12] = [
            ("alloc::vec::Vec<", Container::List),
            ("alloc::collections::linked_list::LinkedList<", Container::List),
            ("[", Container::List),
            ("(", Container::List),
            ("alloc::collections::vec_deque::VecDeque<", Container::Deque),
            ("std::collections::hash::set::HashSet<", Container::Set),
            ("alloc::collections::btree::set::BTreeSet<", Container::Set),
            ("alloc::collections::binary_heap::BinaryHeap<", Container::Set),
            ("indexmap::set::IndexSet<", Container::Set),
            ("alloc::collections::btree::map::BTreeMap<alloc::string::String, ", Container::SortedMap),
            ("alloc::collections::btree::map::BTreeMap<", Container::Other),
            ("std::collections::hash::map::HashMap<", Container::Other),
        ];
        if let Some(inner) = unwrapped(name) {
            return Self::of(inner);
        }
        KNOWN.iter().find(|(known, _)| name.starts_with(known)).map(|&(_, container)| container)
    }

    /// Returns `true` if a type is a set for pydantic, so that a value that is not a list is not a valid set.
    pub(crate) fn is_set(name: &str) -> bool {
        !name.starts_with("alloc::collections::binary_heap::")
            && unwrapped(name).is_none()
            && Self::of(name) == Some(Self::Set)
    }
}

/// Returns the error for a `null` where an optional value of this type must not be `None`.
pub(crate) fn null_error(name: &str) -> Option<ErrorKind> {
    let name = name.strip_prefix("core::option::Option<")?.strip_suffix('>')?;
    if let Some(expected) = Expected::of_type(name) {
        return Some(expected.type_error());
    }
    Some(match Container::of(name)? {
        Container::Set => ErrorKind::SetType,
        Container::SortedMap | Container::Other => ErrorKind::DictType,
        Container::List | Container::Deque if name.starts_with(['(', '[']) => ErrorKind::TupleType,
        Container::List | Container::Deque => ErrorKind::ListType,
    })
}

#[cfg(test)]
mod tests {
    use std::{
        any::type_name,
        collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque},
        sync::Arc,
    };

    use super::*;

    #[test]
    fn nulls_have_the_error_of_their_type() {
        for (name, kind) in [
            (type_name::<Option<String>>(), Some(ErrorKind::StringType)),
            (type_name::<Option<bool>>(), Some(ErrorKind::BoolType)),
            (type_name::<Option<u64>>(), Some(ErrorKind::IntType)),
            (type_name::<Option<f32>>(), Some(ErrorKind::FloatType)),
            (type_name::<Option<uuid::Uuid>>(), Some(ErrorKind::UuidType)),
            (type_name::<Option<url::Url>>(), Some(ErrorKind::UrlType)),
            (type_name::<Option<Vec<u8>>>(), Some(ErrorKind::ListType)),
            (type_name::<Option<VecDeque<u8>>>(), Some(ErrorKind::ListType)),
            (type_name::<Option<LinkedList<u8>>>(), Some(ErrorKind::ListType)),
            (type_name::<Option<(u8, u8)>>(), Some(ErrorKind::TupleType)),
            (type_name::<Option<[u8; 2]>>(), Some(ErrorKind::TupleType)),
            (type_name::<Option<HashSet<u8>>>(), Some(ErrorKind::SetType)),
            (type_name::<Option<BTreeSet<u8>>>(), Some(ErrorKind::SetType)),
            (type_name::<Option<Box<HashMap<u8, u8>>>>(), Some(ErrorKind::DictType)),
            (type_name::<Option<Arc<BTreeMap<String, u8>>>>(), Some(ErrorKind::DictType)),
            (type_name::<Option<super::Container>>(), None),
            (type_name::<u8>(), None),
        ] {
            assert_eq!(null_error(name), kind, "{name}");
        }
    }
}
