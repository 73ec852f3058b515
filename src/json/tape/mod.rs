//! A document as a flat list of nodes in the order of its text, with strings borrowed from it.

mod arena;
mod build;
mod node;

use std::borrow::Cow;

use crate::value::Number;

pub(super) use self::arena::TextArena;
use self::node::Node;
pub(crate) use self::node::{Kind, NodeId};

/// A document: its nodes, and the text from which they borrow.
#[derive(Debug)]
pub(crate) struct Tape<'a> {
    text: Cow<'a, str>,
    nodes: Nodes,
    /// The rules of a source of strings by name, if the tape is made of one.
    strings: Option<StringRules>,
    /// The files of a form: the string that is the name of the file, and the number of the file.
    files: Vec<(NodeId, usize)>,
}

/// The rules for reading a source of strings by name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StringRules {
    pub(crate) repeated: Repeated,
    /// Treats an empty string as missing where one string is expected.
    pub(crate) empty_is_missing: bool,
}

/// The string that counts where one is expected and a name has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeated {
    /// The first, as in headers.
    First,
    /// The last, as in a query or a form.
    Last,
}

/// A document without its text.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    nodes: Vec<Node>,
    /// The content of the strings that have escapes.
    arena: TextArena,
    /// The strings that have escapes, in the order of the arena.
    escaped: Vec<Escaped>,
}

/// A string that has escapes: where its content is in the arena.
#[derive(Clone, Copy, Debug)]
struct Escaped {
    start: u32,
    length: u32,
    node: NodeId,
}

impl<'a> Tape<'a> {
    /// Creates an empty tape for a JSON text.
    pub(super) fn new(text: Cow<'a, str>) -> Self {
        let nodes = Vec::with_capacity(text.len() / 8 + 1);
        Self::with_nodes(text, Nodes { nodes, ..Nodes::default() })
    }

    /// Creates an empty tape for strings by name, which are still to come.
    pub(super) fn of_strings(rules: StringRules) -> Self {
        Self { strings: Some(rules), ..Self::with_nodes(Cow::Borrowed(""), Nodes::default()) }
    }

    /// Sets the text of a tape of strings.
    pub(super) fn with_text(self, text: TextArena) -> Self {
        Self { text: text.into_string().into(), ..self }
    }

    pub(super) fn with_nodes(text: Cow<'a, str>, nodes: Nodes) -> Self {
        Self { text, nodes, strings: None, files: Vec::new() }
    }

    /// Returns the tape with a copy of its text.
    pub(crate) fn into_owned(self) -> Tape<'static> {
        let Self { text, nodes, strings, files } = self;
        Tape { text: Cow::Owned(text.into_owned()), nodes, strings, files }
    }

    pub(super) fn into_nodes(self) -> Nodes {
        self.nodes
    }

    fn node(&self, id: NodeId) -> Node {
        self.nodes.nodes.get(id.index()).copied().unwrap_or(Node::ABSENT)
    }

    /// Returns the number of nodes, including keys.
    pub(crate) fn len(&self) -> usize {
        self.nodes.nodes.len()
    }

    /// Returns the text of the document.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the length of the text in bytes.
    pub(crate) fn text_len(&self) -> usize {
        self.text.len()
    }

    /// Returns `true` if the tape is made of strings by name.
    pub(crate) fn is_of_strings(&self) -> bool {
        self.strings.is_some()
    }

    /// Returns `true` for an empty string that counts as missing.
    pub(crate) fn is_absent(&self, string: NodeId) -> bool {
        self.strings.is_some_and(|rules| rules.empty_is_missing) && self.str(string).is_empty()
    }

    /// Returns the addresses by which files are recognized, those of their names, in order, with the numbers of the files.
    #[cfg_attr(not(feature = "multipart"), allow(dead_code))]
    pub(crate) fn files(&self) -> Vec<(usize, usize)> {
        self.files.iter().map(|&(name, number)| (self.str(name).as_ptr() as usize, number)).collect()
    }

    /// Returns the string that counts where one is expected.
    pub(crate) fn chosen(&self, strings: NodeId) -> NodeId {
        strings.next()
    }

    /// Returns `true` for the string that counts where one is expected.
    pub(crate) fn is_chosen(&self, id: NodeId) -> bool {
        let parent = self.parent(id);
        id == parent.next() && self.kind(parent) == Kind::Strings
    }

    /// Returns the kind of a node.
    pub(crate) fn kind(&self, id: NodeId) -> Kind {
        self.node(id).kind
    }

    /// Returns the container of a value or a key; that of the root is the root.
    pub(crate) fn parent(&self, id: NodeId) -> NodeId {
        self.node(id).parent
    }

    /// Returns the offset of a node in the text; of a string, that of its first character.
    pub(crate) fn start(&self, id: NodeId) -> usize {
        self.node(id).start as usize
    }

    /// Returns the position of a value among its siblings.
    pub(crate) fn position(&self, id: NodeId) -> usize {
        self.node(id).link as usize
    }

    /// Returns the key of a value that is a member of an object.
    pub(crate) fn key_of(&self, value: NodeId) -> Option<NodeId> {
        if value == NodeId::ROOT || self.kind(self.parent(value)) != Kind::Object {
            return None;
        }
        Some(NodeId(value.0.saturating_sub(1)))
    }

    /// Returns the content of a string or a key, or the spelling of a number.
    ///
    /// Its address is the same for every call with the same node.
    pub(crate) fn str(&self, id: NodeId) -> &str {
        let node = self.node(id);
        let (source, start, length) = if node.escaped {
            let escaped = self.nodes.escaped.get(node.extent as usize);
            let (start, length) = escaped.map_or((0, 0), |escaped| (escaped.start, escaped.length));
            (self.nodes.arena.as_str(), start, length)
        } else {
            (self.text.as_ref(), node.start, node.extent)
        };
        let start = start as usize;
        source.get(start..start + length as usize).unwrap_or_default()
    }

    /// Returns the string or key whose content begins at this address.
    pub(crate) fn at_address(&self, address: usize) -> Option<NodeId> {
        let offset = |text: &str| {
            let offset = address.checked_sub(text.as_ptr() as usize)?;
            (offset < text.len()).then(|| u32::try_from(offset).ok()).flatten()
        };
        if let Some(start) = offset(self.nodes.arena.as_str()) {
            let at = self.nodes.escaped.binary_search_by_key(&start, |escaped| escaped.start).ok()?;
            return self.nodes.escaped.get(at).map(|escaped| escaped.node);
        }
        let start = offset(&self.text)?;
        let at = self.nodes.nodes.partition_point(|node| node.start < start);
        let rest = self.nodes.nodes.get(at..)?;
        let found = rest
            .iter()
            .take_while(|node| node.start == start)
            .position(|node| matches!(node.kind, Kind::String | Kind::Key) && !node.escaped)?;
        u32::try_from(at + found).ok().map(NodeId)
    }

    /// Returns the first node in a container.
    pub(crate) fn first(&self, container: NodeId) -> NodeId {
        match self.kind(container) {
            Kind::Strings => self.end(container.next()),
            _ => container.next(),
        }
    }

    /// Returns the value that follows a key in the text.
    pub(crate) fn behind(&self, key: NodeId) -> NodeId {
        key.next()
    }

    /// Returns the node behind the member that a key begins.
    pub(crate) fn behind_member(&self, key: NodeId) -> NodeId {
        self.end(key.next())
    }

    /// Returns `true` for the key of a member that an earlier member of the same name represents.
    pub(crate) fn is_repeated(&self, key: NodeId) -> bool {
        self.node(key).repeated
    }

    /// Returns the node behind a value and everything in it.
    pub(crate) fn end(&self, id: NodeId) -> NodeId {
        let node = self.node(id);
        match node.kind {
            Kind::Array | Kind::Object | Kind::Strings => NodeId(node.extent),
            _ => id.next(),
        }
    }

    /// Returns `true` if a node is `outer` or in it.
    pub(crate) fn is_within(&self, id: NodeId, outer: NodeId) -> bool {
        outer <= id && id < self.end(outer)
    }

    /// Iterates over the items of a list.
    pub(crate) fn items(&self, list: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.end(list);
        let mut next = self.first(list);
        std::iter::from_fn(move || {
            let item = next;
            (item < end).then(|| next = self.end(item))?;
            Some(item)
        })
    }

    /// Iterates over the members of an object as (key, value). For a repeated name, that is its first key
    /// with its last value.
    pub(crate) fn members(&self, object: NodeId) -> impl Iterator<Item = (NodeId, NodeId)> + '_ {
        self.all_members(object)
            .filter(|&(key, _)| !self.node(key).repeated)
            .map(|(key, _)| (key, NodeId(self.node(key).link)))
    }

    /// Iterates over the members of an object as they are in the text, including repeated ones.
    pub(crate) fn all_members(&self, object: NodeId) -> impl Iterator<Item = (NodeId, NodeId)> + '_ {
        let end = self.end(object);
        let mut next = object.next();
        std::iter::from_fn(move || {
            let key = next;
            (key < end).then(|| next = self.end(key.next()))?;
            Some((key, key.next()))
        })
    }

    /// Returns the value of a key: that of the last member of its name.
    pub(crate) fn value_of(&self, key: NodeId) -> NodeId {
        NodeId(self.node(key).link)
    }

    /// Returns the value of the member of this name.
    pub(crate) fn member(&self, object: NodeId, name: &str) -> Option<NodeId> {
        if self.kind(object) != Kind::Object {
            return None;
        }
        self.members(object).find(|&(key, _)| self.str(key) == name).map(|(_, value)| value)
    }

    /// Returns the number of items or members of a container.
    pub(crate) fn count(&self, id: NodeId) -> usize {
        match self.kind(id) {
            Kind::Array | Kind::Strings => self.items(id).count(),
            Kind::Object => self.members(id).count(),
            _ => 0,
        }
    }

    /// Returns the number of a node as Python reads it; zero for any other node.
    pub(crate) fn number(&self, id: NodeId) -> Number {
        let spelling = self.str(id);
        match self.kind(id) {
            Kind::Integer => Number::from_digits(spelling).unwrap_or(Number::from(0)),
            _ => spelling.parse().unwrap_or(f64::NAN).into(),
        }
    }
}
