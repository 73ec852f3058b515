//! What passes saw of the types behind the document. Rules know values only as Rust has them: this is how
//! their findings are placed in the document.

use rustc_hash::FxHashMap;

use crate::{
    explain::types::{Container, is_deserialized_with, null_error},
    json::{NodeId, Tape},
    report::ErrorKind,
    rules::Step,
};

use super::notes::{Member, Members, Note};

/// The facts about the types that nodes were read into.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    containers: FxHashMap<NodeId, ReadInto>,
    contents: FxHashMap<NodeId, NodeId>,
    null_errors: FxHashMap<NodeId, ErrorKind>,
    fields: FxHashMap<NodeId, &'static [&'static str]>,
    tags: FxHashMap<NodeId, NodeId>,
    /// The key of the tag of the objects in a list, or `None` if they have none.
    list_tags: FxHashMap<NodeId, Option<NodeId>>,
    /// The places of values among the fields of their structs, by node.
    ranks: Vec<u32>,
    unsent: Vec<Vec<Step>>,
    misnamed: Option<String>,
    /// Members of unions, the innermost first, by number.
    members: Vec<Vec<Member>>,
}

/// A container, and whether nothing is around it in Rust.
#[derive(Clone, Copy, Debug)]
struct ReadInto {
    container: Container,
    is_bare: bool,
}

impl Evidence {
    pub(crate) fn container(&self, node: NodeId) -> Option<Container> {
        self.containers.get(&node).map(|read| read.container)
    }

    /// Returns `true` if a container is known not to be inside a newtype.
    pub(crate) fn is_bare(&self, node: NodeId) -> bool {
        self.containers.get(&node).is_some_and(|read| read.is_bare)
    }

    /// Records that a visitor makes a value of this type of a container.
    pub(crate) fn visited(&mut self, node: NodeId, type_name: &str) {
        let container = Container::of(type_name).unwrap_or(Container::Other);
        self.containers.insert(node, ReadInto { container, is_bare: false });
    }

    /// Records that the place of a container is of this type, whichever visitor reads it.
    pub(crate) fn placed(&mut self, node: NodeId, type_name: &str) {
        if let Some(container) = Container::of(type_name) {
            self.containers.insert(node, ReadInto { container, is_bare: true });
        } else if is_deserialized_with(type_name) {
            // A function of the app makes something else of what the visitor made.
            self.containers.insert(node, ReadInto { container: Container::Other, is_bare: false });
        }
    }

    /// Records that a `null` was read as `None` of this type.
    pub(crate) fn read_none(&mut self, node: NodeId, type_name: &str) {
        if let Some(kind) = null_error(type_name) {
            self.null_errors.insert(node, kind);
        }
    }

    /// Returns the error for a `null` that must not be `None`.
    pub(crate) fn null_error(&self, node: NodeId) -> Option<&ErrorKind> {
        self.null_errors.get(&node)
    }

    /// Records where an enum has the content of its variant, to which no step leads in Rust.
    pub(crate) fn has_content(&mut self, node: NodeId, content: NodeId) {
        self.contents.insert(node, content);
    }

    pub(crate) fn content(&self, node: NodeId) -> Option<NodeId> {
        self.contents.get(&node).copied()
    }

    /// Records the fields of the struct that an object was read into.
    pub(crate) fn has_fields(&mut self, object: NodeId, fields: &'static [&'static str]) {
        self.fields.insert(object, fields);
    }

    pub(crate) fn fields(&self, object: NodeId) -> Option<&'static [&'static str]> {
        self.fields.get(&object).copied()
    }

    /// Records the string that names the variant of a tagged object.
    pub(crate) fn has_tag(&mut self, object: NodeId, tag: NodeId) {
        self.tags.insert(object, tag);
    }

    pub(crate) fn tag(&self, object: NodeId) -> Option<NodeId> {
        self.tags.get(&object).copied()
    }

    /// Records the key of the tag of the objects in a list.
    pub(crate) fn has_tag_in_list(&mut self, list: NodeId, key: Option<NodeId>) {
        self.list_tags.insert(list, key);
    }

    pub(crate) fn tag_in_list(&self, list: NodeId) -> Option<Option<NodeId>> {
        self.list_tags.get(&list).copied()
    }

    /// Records the place of a value among the fields of its struct.
    pub(crate) fn set_rank(&mut self, tape: &Tape<'_>, node: NodeId, rank: usize) {
        if self.ranks.is_empty() {
            self.ranks = vec![u32::MAX; tape.len()];
        }
        if let Some(place) = self.ranks.get_mut(node.index()) {
            *place = u32::try_from(rank).unwrap_or(u32::MAX - 1);
        }
    }

    /// Returns the place of a value among its siblings in the report.
    pub(crate) fn rank(&self, tape: &Tape<'_>, node: NodeId) -> u32 {
        match self.ranks.get(node.index()) {
            Some(&rank) if rank != u32::MAX => rank,
            _ => u32::try_from(tape.position(node)).unwrap_or(u32::MAX),
        }
    }

    /// Returns the place of something that was not sent among the fields of its struct.
    pub(crate) fn rank_of_unsent(&self, object: NodeId, which: usize) -> u32 {
        let fields = self.fields(object).unwrap_or_default();
        let rank = match self.unsent.get(which).and_then(|steps| steps.first()) {
            Some(Step::Key(name)) => fields.iter().position(|field| field == name),
            _ => None,
        };
        rank.and_then(|rank| u32::try_from(rank).ok()).unwrap_or(u32::MAX)
    }

    /// Keeps the steps to something that was not sent, and returns their number.
    pub(crate) fn push_unsent(&mut self, steps: Vec<Step>) -> usize {
        self.unsent.push(steps);
        self.unsent.len() - 1
    }

    /// Records a name in a rule for which the struct has no field.
    pub(crate) fn check_name(&mut self, object: NodeId, name: &str) {
        let is_unknown = self.fields(object).is_some_and(|fields| !fields.contains(&name));
        if is_unknown && self.misnamed.is_none() {
            self.misnamed = Some(name.to_owned());
        }
    }

    /// Returns the number of members of unions, the innermost first.
    pub(crate) fn members(&mut self, members: Vec<Member>) -> Option<Members> {
        /// Errors of the same member follow each other.
        const RECENT: usize = 16;
        if members.is_empty() {
            return None;
        }
        let recent = self.members.iter().enumerate().rev().take(RECENT);
        let known = recent.into_iter().find(|(_, known)| **known == members).map(|(number, _)| number);
        let number = known.unwrap_or_else(|| {
            self.members.push(members);
            self.members.len() - 1
        });
        u32::try_from(number).ok().map(Members)
    }

    /// Returns the members of unions that an error is in.
    pub(crate) fn members_of(&self, note: &Note) -> &[Member] {
        members_of(&self.members, note)
    }

    pub(crate) fn into_parts(self) -> EvidenceParts {
        let Self { unsent, misnamed, tags, members, .. } = self;
        EvidenceParts { unsent, misnamed, tags, members }
    }
}

/// Returns the members of unions that an error is in.
pub(crate) fn members_of<'m>(members: &'m [Vec<Member>], note: &Note) -> &'m [Member] {
    let number = note.members.and_then(|Members(number)| usize::try_from(number).ok());
    number.and_then(|number| members.get(number)).map(Vec::as_slice).unwrap_or_default()
}

/// The part of the evidence that a report needs.
pub(crate) struct EvidenceParts {
    pub(crate) unsent: Vec<Vec<Step>>,
    pub(crate) misnamed: Option<String>,
    pub(crate) tags: FxHashMap<NodeId, NodeId>,
    pub(crate) members: Vec<Vec<Member>>,
}
