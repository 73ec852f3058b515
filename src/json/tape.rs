//! A document as a flat list of nodes in the order of the text, strings borrowed from it.

use std::{borrow::Cow, collections::HashMap};

use crate::value::Number;

/// Which node of a tape; the root is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId(pub(super) u32);

impl NodeId {
    pub(crate) const ROOT: Self = Self(0);

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    True,
    False,
    /// Digits, of any number.
    Integer,
    /// A number with a fraction or an exponent, or one that JSON does not know: `NaN`, `Infinity`.
    Float,
    String,
    Array,
    Object,
    /// All the texts of one name, from a source that knows nothing but texts. Its first node is the one
    /// that counts where one is asked for, the others are all of them in order.
    Strings,
    /// The name of the member whose value is the next node.
    Key,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// Text that stood with escapes, and is in the arena now.
    pub(super) escaped: bool,
    /// The key of a member that an earlier one of the same name stands for.
    pub(super) repeated: bool,
    /// Where in the text it starts; a string behind its quote.
    pub(super) start: u32,
    /// Text: its length, or if escaped which one. A container: the node behind it.
    pub(super) extent: u32,
    pub(super) parent: NodeId,
    /// A value: its place among its siblings. A key: its value's node.
    pub(super) link: u32,
}

/// A document: its nodes, and the text that they borrow from.
#[derive(Debug)]
pub(crate) struct Tape<'a> {
    text: Cow<'a, str>,
    nodes: Nodes,
    /// Whether it is made of texts by name, and by which rules.
    pub(super) strings: Option<StringRules>,
}

/// How a source of texts is to be understood.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StringRules {
    pub(crate) repeated: Repeated,
    /// An empty text is none, where one text is asked for.
    pub(crate) empty_is_missing: bool,
}

/// Which of several texts of one name counts where one is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeated {
    /// The first, as of headers.
    First,
    /// The last, as in a query or a form.
    Last,
}

/// A document without its text.
#[derive(Debug)]
pub(super) struct Nodes {
    nodes: Vec<Node>,
    /// The texts that had escapes, one after the other.
    arena: String,
    /// Where in the arena the escaped texts are, and whose they are, in order.
    escaped: Vec<(u32, u32, NodeId)>,
}

impl<'a> Tape<'a> {
    pub(super) fn new(text: Cow<'a, str>) -> Self {
        let nodes = Vec::with_capacity(text.len() / 8 + 1);
        Self::with_nodes(text, Nodes { nodes, arena: String::new(), escaped: Vec::new() })
    }

    pub(super) fn with_nodes(text: Cow<'a, str>, nodes: Nodes) -> Self {
        Self { text, nodes, strings: None }
    }

    /// The same with a text of its own.
    pub(crate) fn into_owned(self) -> Tape<'static> {
        Tape { text: Cow::Owned(self.text.into_owned()), nodes: self.nodes, strings: self.strings }
    }

    pub(super) fn into_nodes(self) -> Nodes {
        self.nodes
    }

    /// A node that stands where no node is: `null`.
    const NOTHING: Node = Node {
        kind: Kind::Null,
        escaped: false,
        repeated: false,
        start: 0,
        extent: 0,
        parent: NodeId::ROOT,
        link: 0,
    };

    fn node(&self, id: NodeId) -> Node {
        self.nodes.nodes.get(id.index()).copied().unwrap_or(Self::NOTHING)
    }

    /// How many nodes there are, keys included.
    pub(crate) fn len(&self) -> usize {
        self.nodes.nodes.len()
    }

    /// Returns the text of the document.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The length of the text in bytes.
    pub(crate) fn text_len(&self) -> usize {
        self.text.len()
    }

    /// Whether it is made of texts by name.
    pub(crate) fn is_of_strings(&self) -> bool {
        self.strings.is_some()
    }

    /// Whether a node is an empty text that counts as none.
    pub(crate) fn is_absent(&self, text: NodeId) -> bool {
        self.strings.is_some_and(|rules| rules.empty_is_missing) && self.str(text).is_empty()
    }

    /// The one text of several that counts.
    pub(crate) fn chosen(&self, texts: NodeId) -> NodeId {
        texts.next()
    }

    /// Whether a node is such a one.
    pub(crate) fn is_chosen(&self, id: NodeId) -> bool {
        let parent = self.parent(id);
        id == parent.next() && self.kind(parent) == Kind::Strings
    }

    pub(crate) fn kind(&self, id: NodeId) -> Kind {
        self.node(id).kind
    }

    /// The container around a value or a key; the root's is the root.
    pub(crate) fn parent(&self, id: NodeId) -> NodeId {
        self.node(id).parent
    }

    /// Where in the text a node starts; a string behind its quote.
    pub(crate) fn start(&self, id: NodeId) -> usize {
        self.node(id).start as usize
    }

    /// A value's place among its siblings.
    pub(crate) fn position(&self, id: NodeId) -> usize {
        self.node(id).link as usize
    }

    /// The key before a value, if the value is a member of an object.
    pub(crate) fn key_of(&self, value: NodeId) -> Option<NodeId> {
        if value == NodeId::ROOT || self.kind(self.parent(value)) != Kind::Object {
            return None;
        }
        Some(NodeId(value.0.saturating_sub(1)))
    }

    /// The text of a string or a key, the spelling of a number; the same address for the same node.
    pub(crate) fn str(&self, id: NodeId) -> &str {
        let node = self.node(id);
        let (source, start, length) = if node.escaped {
            let (start, length, _) =
                self.nodes.escaped.get(node.extent as usize).copied().unwrap_or((0, 0, id));
            (self.nodes.arena.as_str(), start, length)
        } else {
            (self.text.as_ref(), node.start, node.extent)
        };
        let start = start as usize;
        source.get(start..start + length as usize).unwrap_or_default()
    }

    /// The string or key whose text is at this very address.
    pub(crate) fn at_address(&self, address: usize) -> Option<NodeId> {
        let offset = |text: &str| {
            let offset = address.checked_sub(text.as_ptr() as usize)?;
            (offset < text.len()).then(|| u32::try_from(offset).ok()).flatten()
        };
        if let Some(start) = offset(&self.nodes.arena) {
            let at = self.nodes.escaped.binary_search_by_key(&start, |&(start, _, _)| start).ok()?;
            return self.nodes.escaped.get(at).map(|&(_, _, id)| id);
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

    /// The node behind the opening of a container, or behind a key.
    pub(crate) fn first(&self, container: NodeId) -> NodeId {
        match self.kind(container) {
            Kind::Strings => container.next().next(),
            _ => container.next(),
        }
    }

    /// The value that stands behind a key in the text.
    pub(crate) fn behind(&self, key: NodeId) -> NodeId {
        key.next()
    }

    /// The node behind the member that a key begins.
    pub(crate) fn behind_member(&self, key: NodeId) -> NodeId {
        self.end(key.next())
    }

    /// Whether the member of a key is part of an earlier one of the same name.
    pub(crate) fn is_repeated(&self, key: NodeId) -> bool {
        self.node(key).repeated
    }

    /// The node behind a value and everything in it.
    pub(crate) fn end(&self, id: NodeId) -> NodeId {
        let node = self.node(id);
        match node.kind {
            Kind::Array | Kind::Object | Kind::Strings => NodeId(node.extent),
            _ => id.next(),
        }
    }

    /// Whether a node is another one or in it.
    pub(crate) fn is_within(&self, id: NodeId, outer: NodeId) -> bool {
        outer <= id && id < self.end(outer)
    }

    /// The items of a list.
    pub(crate) fn items(&self, list: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.end(list);
        let mut next = self.first(list);
        std::iter::from_fn(move || {
            let item = next;
            (item < end).then(|| next = self.end(item))?;
            Some(item)
        })
    }

    /// The members of an object as (key, value): of a name that comes twice only the first key, with the
    /// last value.
    pub(crate) fn members(&self, object: NodeId) -> impl Iterator<Item = (NodeId, NodeId)> + '_ {
        self.all_members(object)
            .filter(|&(key, _)| !self.node(key).repeated)
            .map(|(key, _)| (key, NodeId(self.node(key).link)))
    }

    /// The members of an object as they stand in the text, repeated ones too.
    pub(crate) fn all_members(&self, object: NodeId) -> impl Iterator<Item = (NodeId, NodeId)> + '_ {
        let end = self.end(object);
        let mut next = object.next();
        std::iter::from_fn(move || {
            let key = next;
            (key < end).then(|| next = self.end(key.next()))?;
            Some((key, key.next()))
        })
    }

    /// The value behind a key.
    pub(crate) fn value_of(&self, key: NodeId) -> NodeId {
        NodeId(self.node(key).link)
    }

    /// The value of the member of that name.
    pub(crate) fn member(&self, object: NodeId, name: &str) -> Option<NodeId> {
        if self.kind(object) != Kind::Object {
            return None;
        }
        self.members(object).find(|&(key, _)| self.str(key) == name).map(|(_, value)| value)
    }

    /// How many items or members a container has.
    pub(crate) fn count(&self, id: NodeId) -> usize {
        match self.kind(id) {
            Kind::Array | Kind::Strings => self.items(id).count(),
            Kind::Object => self.members(id).count(),
            _ => 0,
        }
    }

    /// A number as Python keeps it; zero for any other node.
    pub(crate) fn number(&self, id: NodeId) -> Number {
        let text = self.str(id);
        match self.kind(id) {
            Kind::Integer => Number::from_digits(text).unwrap_or(Number::from(0)),
            _ => text.parse().unwrap_or(f64::NAN).into(),
        }
    }

    pub(super) fn push(
        &mut self,
        kind: Kind,
        start: usize,
        extent: usize,
        parent: NodeId,
        link: u32,
    ) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.nodes.len()).unwrap_or(u32::MAX));
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let extent = u32::try_from(extent).unwrap_or(u32::MAX);
        self.nodes.nodes.push(Node { kind, escaped: false, repeated: false, start, extent, parent, link });
        id
    }

    /// Gives a string the text that it stands for instead of the text that it stands in.
    pub(super) fn unescape(&mut self, id: NodeId, plain: &str) {
        let entry = (self.nodes.arena.len(), plain.len(), self.nodes.escaped.len());
        self.nodes.arena.push_str(plain);
        // Nothing that is cut off one text may lie where the next one begins.
        self.nodes.arena.push('\n');
        let [start, length, number] =
            [entry.0, entry.1, entry.2].map(|size| u32::try_from(size).unwrap_or(u32::MAX));
        self.nodes.escaped.push((start, length, id));
        if let Some(node) = self.nodes.nodes.get_mut(id.index()) {
            node.escaped = true;
            node.extent = number;
        }
    }

    /// Closes a container behind its last node.
    pub(super) fn close(&mut self, container: NodeId) {
        let end = u32::try_from(self.nodes.nodes.len()).unwrap_or(u32::MAX);
        if let Some(node) = self.nodes.nodes.get_mut(container.index()) {
            node.extent = end;
        }
    }

    pub(super) fn push_key(&mut self, start: usize, object: NodeId) -> NodeId {
        let id = self.push(Kind::Key, start, 0, object, 0);
        if let Some(node) = self.nodes.nodes.get_mut(id.index()) {
            node.link = id.next().0;
        }
        id
    }

    pub(super) fn set_length(&mut self, id: NodeId, length: usize) {
        if let Some(node) = self.nodes.nodes.get_mut(id.index()) {
            node.extent = u32::try_from(length).unwrap_or(u32::MAX);
        }
    }

    /// Lets the first of several members of one name stand for the last.
    pub(super) fn unify_members(&mut self, object: NodeId, count: u32) {
        /// Up to here comparing all pairs is cheaper than hashing.
        const FEW: u32 = 8;
        let mut repeated = Vec::new();
        if count <= FEW {
            let mut keys = [object; FEW as usize];
            for (place, (key, value)) in self.all_members(object).enumerate() {
                let name = self.str(key);
                let mut earlier = keys.iter().take(place);
                if let Some(&first) = earlier.find(|&&first| self.str(first) == name) {
                    repeated.push((first, key, value));
                }
                if let Some(slot) = keys.get_mut(place) {
                    *slot = key;
                }
            }
        } else {
            let mut seen = HashMap::with_capacity(count as usize);
            for (key, value) in self.all_members(object) {
                let first = *seen.entry(self.str(key)).or_insert(key);
                if first != key {
                    repeated.push((first, key, value));
                }
            }
        }
        for (first, key, value) in repeated {
            let place = self.node(first.next()).link;
            if let Some(node) = self.nodes.nodes.get_mut(first.index()) {
                node.link = value.0;
            }
            if let Some(node) = self.nodes.nodes.get_mut(key.index()) {
                node.repeated = true;
            }
            if let Some(node) = self.nodes.nodes.get_mut(value.index()) {
                node.link = place;
            }
        }
    }
}
