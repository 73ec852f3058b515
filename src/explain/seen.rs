//! What the last walk sees of the types, for rules that know values only as Rust has them.

use crate::{json::NodeId, report::ErrorKind, rules::Measured};

use super::spread::Map;

/// What became of the containers of a document, and of its nulls.
#[derive(Debug, Default)]
pub(super) struct Seen {
    containers: Map<NodeId, Known>,
    /// Where an enum has the content of its variant, of which Rust knows no step.
    pub(super) contents: Map<NodeId, NodeId>,
    /// What should have been there where nothing was, and was taken for none.
    pub(super) nulls: Map<NodeId, ErrorKind>,
}

/// What is known of a container.
#[derive(Clone, Copy, Debug)]
struct Known {
    container: Container,
    /// Whether it is of the type that is wanted there, with nothing around it in Rust.
    is_bare: bool,
}

/// What a list or an object was read into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    List,
    Deque,
    /// Its items are in an order of its own.
    Set,
    /// A map from texts in their order.
    Sorted,
    /// A map in any other order, or a type of which nothing is known.
    Other,
}

impl Container {
    /// What the errors of pydantic call a list.
    pub(super) fn measured(self) -> Measured {
        match self {
            Self::List | Self::Other | Self::Sorted => Measured::List,
            Self::Deque => Measured::Deque,
            Self::Set => Measured::Set,
        }
    }

    /// What a type is, which only its name tells, if it is one of those that are known.
    fn of(name: &str) -> Option<Self> {
        const WRAPPERS: [&str; 4] =
            ["core::option::Option<", "alloc::boxed::Box<", "alloc::rc::Rc<", "alloc::sync::Arc<"];
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
            ("alloc::collections::btree::map::BTreeMap<alloc::string::String, ", Container::Sorted),
            ("alloc::collections::btree::map::BTreeMap<", Container::Other),
            ("std::collections::hash::map::HashMap<", Container::Other),
        ];
        if let Some(inner) = WRAPPERS.iter().find_map(|wrapper| name.strip_prefix(wrapper)) {
            return Self::of(inner);
        }
        KNOWN.iter().find(|(known, _)| name.starts_with(known)).map(|&(_, container)| container)
    }
}

impl Seen {
    pub(super) fn container(&self, node: NodeId) -> Option<Container> {
        self.containers.get(&node).map(|known| known.container)
    }

    /// Whether a container is known not to be in a newtype.
    pub(super) fn is_bare(&self, node: NodeId) -> bool {
        self.containers.get(&node).is_some_and(|known| known.is_bare)
    }

    /// A visitor makes a value of that type of a container.
    pub(super) fn visit<T>(&mut self, node: NodeId) {
        let container = Container::of(std::any::type_name::<T>()).unwrap_or(Container::Other);
        self.containers.insert(node, Known { container, is_bare: false });
    }

    /// The place of a container wants a value of that type, whatever visitor it uses.
    pub(super) fn place<T>(&mut self, node: NodeId) {
        let name = std::any::type_name::<T>();
        if let Some(container) = Container::of(name) {
            self.containers.insert(node, Known { container, is_bare: true });
        } else if name.ends_with("::__DeserializeWith") || name.contains("::__DeserializeWith<") {
            // What a function of the app's own makes of what its visitor made.
            self.containers.insert(node, Known { container: Container::Other, is_bare: false });
        }
    }

    /// A null was taken for none of a type.
    pub(super) fn none<T>(&mut self, node: NodeId) {
        if let Some(kind) = type_error(std::any::type_name::<T>()) {
            self.nulls.insert(node, kind);
        }
    }
}

/// What is wrong with a null for an optional value of a type that must not be none.
fn type_error(name: &str) -> Option<ErrorKind> {
    let name = name.strip_prefix("core::option::Option<")?.strip_suffix('>')?;
    Some(match name {
        "alloc::string::String" | "char" => ErrorKind::StringType,
        "bool" => ErrorKind::BoolType,
        "f32" | "f64" => ErrorKind::FloatType,
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => ErrorKind::IntType,
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => ErrorKind::IntType,
        "url::Url" => ErrorKind::UrlType,
        "uuid::Uuid" => ErrorKind::UuidType,
        name => match Container::of(name)? {
            Container::Set => ErrorKind::SetType,
            Container::Sorted | Container::Other => ErrorKind::DictType,
            Container::List | Container::Deque if name.starts_with(['(', '[']) => ErrorKind::TupleType,
            Container::List | Container::Deque => ErrorKind::ListType,
        },
    })
}
