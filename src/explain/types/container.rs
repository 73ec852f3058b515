//! The containers that a list or an object is read into.

use crate::rules::Measured;

use super::type_name::unwrapped;

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

    /// Whether a type is a set for pydantic, so that a value that is not a list is not a valid set.
    pub(crate) fn is_set(name: &str) -> bool {
        !name.starts_with("alloc::collections::binary_heap::")
            && unwrapped(name).is_none()
            && Self::of(name) == Some(Self::Set)
    }
}
