//! Conclusions from an error once its place is found: a note, and another value in that place, so that the type
//! goes on to its next error.

use rustc_hash::FxHashSet;

use crate::{
    explain::{
        state::{
            Cause, Location, Member, NodeFlags, Owner, Pass, Substitute, union_tag_invalid,
            union_tag_not_found,
        },
        types::{Candidate, Expected, Scalar, coerce, respelled, scalar_of},
    },
    json::{Kind, NodeId},
    report::{Choices, ErrorKind},
    value::Number,
};

use super::{
    found::{Found, WrongValue},
    nameless,
    replacement::scalar_for,
};

/// The document, or what one member of a union makes of it.
#[derive(Debug)]
pub(super) enum World<'t> {
    Document,
    Member(OfMember<'t>),
}

/// An error of a member of a union.
#[derive(Clone, Debug)]
pub(super) struct OfUnion {
    pub(super) location: Location,
    /// The members that the error is in, the innermost first.
    pub(super) members: Vec<Member>,
    pub(super) kind: ErrorKind,
}

/// The findings about one member of a union, which hold for this member only.
#[derive(Debug, Default)]
pub(super) struct OfMember<'t> {
    notes: Vec<OfUnion>,
    silent: FxHashSet<NodeId>,
    substitutes: Vec<(NodeId, Substitute<'t>)>,
    offered: Vec<(Owner, &'static str, Candidate)>,
}

impl<'t> OfMember<'t> {
    pub(super) fn notes(&self) -> &[OfUnion] {
        &self.notes
    }

    pub(super) fn add(&mut self, location: Location, members: Vec<Member>, kind: ErrorKind) {
        let is_known = |known: &OfUnion| known.location == location && known.members == members;
        if !self.notes.iter().any(is_known) {
            self.notes.push(OfUnion { location, members, kind });
        }
    }

    /// Ends the look at the member: the document is as it was.
    pub(super) fn end(&self, pass: &mut Pass<'t>, union: NodeId) {
        pass.learned.nodes.end_member(union, pass.tape);
        for (owner, name, _) in &self.offered {
            pass.learned.members.withdraw(*owner, name);
        }
    }

    /// Lets the document be as the member needs it.
    pub(super) fn keep(&self, pass: &mut Pass<'t>, world: &mut World<'t>) {
        for &(node, substitute) in &self.substitutes {
            world.substitute(pass, node, substitute);
        }
        for &(owner, name, candidate) in &self.offered {
            world.offer(pass, owner, name, candidate);
        }
    }
}

impl<'t> World<'t> {
    /// Notes an error that was found, and removes it from the way of the next one. Returns `false` if the type
    /// cannot go on.
    pub(super) fn apply(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        complaint: &Cause,
        found: Found<'t>,
    ) -> bool {
        match found {
            Found::Value(wrong) => self.replace_value(pass, container, complaint, &wrong),
            Found::InvalidTag { tag, tags } => {
                let member = if pass.tape.is_chosen(tag) { pass.tape.parent(tag) } else { tag };
                let object = pass.tape.parent(member);
                if pass.tape.key_of(member).is_none() {
                    // The enum has looked for its tag in a list.
                    self.note(pass, container, Location::Node(object), ErrorKind::ModelAttributesType);
                    return object != container && self.leave_out(pass, container, object);
                }
                if is_flattened(pass, container, object) {
                    let kind = ErrorKind::Enum { expected: Choices::Declared(tags) };
                    self.note(pass, container, Location::Node(tag), kind);
                } else {
                    let kind = union_tag_invalid(pass.tape, tag, Choices::Declared(tags));
                    self.note(pass, container, Location::Node(object), kind);
                }
                self.silence(pass, object);
                self.try_scalars(pass, tag, tags.first().map(|name| Candidate::Str(name)))
            }
            Found::NoTag { owner, name, tags } => {
                if let Owner::Node(node) = owner {
                    let is_list = pass.tape.kind(node) != Kind::Object;
                    let (location, kind) = if is_list {
                        (Location::Node(node), ErrorKind::ModelAttributesType)
                    } else if is_flattened(pass, container, node) {
                        (Location::missing(node, name, None), ErrorKind::Missing)
                    } else {
                        (Location::Node(node), union_tag_not_found(name))
                    };
                    self.note(pass, container, location, kind);
                    if is_list {
                        self.try_scalars(pass, node, Some(Candidate::Map));
                    }
                    self.silence(pass, node);
                }
                let tag = tags.first().map(|tag| Candidate::Str(tag));
                tag.inspect(|tag| self.offer(pass, owner, name, *tag)).is_some()
            }
            Found::Missing { owners, name } => {
                for (owner, candidate) in owners {
                    self.add_missing(pass, container, owner, name);
                    self.offer(pass, owner, name, candidate);
                }
                true
            }
            Found::Key(value) => {
                self.note(pass, container, Location::Key(value), nameless(complaint));
                self.leave_out(pass, container, value)
            }
            Found::Union { node, .. } | Found::Unexplained(node) => {
                self.note(pass, container, Location::Node(node), nameless(complaint));
                node != container && self.leave_out(pass, container, node)
            }
        }
    }

    fn add_missing(&mut self, pass: &mut Pass<'t>, container: NodeId, owner: Owner, name: &'static str) {
        let Owner::Node(node) = owner else { return };
        if pass.tape.member(node, name).is_some_and(|member| pass.learned.nodes.is_left_out(member)) {
            // It is there, but it is wrong.
            return;
        }
        if pass.tape.kind(node) == Kind::Array {
            self.note(pass, container, Location::Node(node), ErrorKind::ModelAttributesType);
            self.try_scalars(pass, node, Some(Candidate::Map));
            self.silence(pass, node);
        } else {
            self.note(pass, container, Location::missing(node, name, None), ErrorKind::Missing);
        }
    }

    fn replace_value(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        complaint: &Cause,
        wrong: &WrongValue<'t>,
    ) -> bool {
        let node = wrong.node;
        let is_coerced = wrong.accepted.is_some_and(|accepted| !accepted.is_placeholder);
        if let Some((actual, length)) = wrong_length(pass, complaint, node) {
            if actual > length {
                self.note(pass, container, Location::Node(node), too_long(actual, length));
            }
            for index in actual..length {
                self.note(pass, container, Location::MissingItem(node, index), ErrorKind::Missing);
            }
        } else if !is_coerced {
            let kind = kind_of(pass, complaint, wrong);
            self.note(pass, container, Location::Node(node), kind);
        }
        if let Some(accepted) = wrong.accepted {
            return self.substitute(pass, node, accepted);
        }
        let expected = complaint.expected().and_then(Expected::of).or_else(|| Expected::of(&wrong.expected));
        match expected {
            Some(expected) => self.try_scalars(pass, node, Some(expected.placeholder())),
            None => self.leave_out(pass, container, node),
        }
    }

    /// Reads a container without a part that nothing can stand for.
    pub(super) fn leave_out(&mut self, pass: &mut Pass<'t>, container: NodeId, node: NodeId) -> bool {
        if let Some(key) = pass.tape.key_of(node) {
            pass.learned.has_left_out(container, pass.tape.str(key));
        }
        self.substitute(pass, node, Substitute { scalar: Scalar::Absent, is_placeholder: true })
    }

    fn try_scalars(&mut self, pass: &mut Pass<'t>, node: NodeId, candidate: Option<Candidate>) -> bool {
        candidate
            .and_then(scalar_for)
            .is_some_and(|scalar| self.substitute(pass, node, Substitute { scalar, is_placeholder: true }))
    }

    fn substitute(&mut self, pass: &mut Pass<'t>, node: NodeId, substitute: Substitute<'t>) -> bool {
        match self {
            Self::Document if substitute.is_placeholder => {
                pass.learned.nodes.replace(node, substitute.scalar).is_made()
            }
            Self::Document => pass.learned.nodes.coerce(node, substitute.scalar).is_made(),
            Self::Member(world) => {
                const MAX_SUBSTITUTES: usize = 100;
                world.substitutes.push((node, substitute));
                pass.learned.nodes.use_for_member(node, substitute);
                world.substitutes.len() < MAX_SUBSTITUTES
            }
        }
    }

    fn offer(&mut self, pass: &mut Pass<'t>, owner: Owner, name: &'static str, candidate: Candidate) {
        pass.learned.members.offer(owner, name, candidate);
        if let Self::Member(world) = self {
            world.offered.push((owner, name, candidate));
        }
    }

    /// Notes an error, unless it is about something that was made up, or below a tag that was.
    pub(super) fn note(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        location: Location,
        kind: ErrorKind,
    ) {
        if self.is_silent(pass, container, location.node()) {
            return;
        }
        match self {
            Self::Document => {
                pass.learned.is_wrong(location.node());
                pass.note(location, kind);
            }
            Self::Member(world) => world.add(location, Vec::new(), kind),
        }
    }

    /// Adds an error of a member of a union, wherever it is.
    pub(super) fn add(&mut self, location: Location, kind: ErrorKind) {
        if let Self::Member(world) = self {
            world.add(location, Vec::new(), kind);
        }
    }

    /// Notes an error of a member of a union.
    pub(super) fn note_of_union(&mut self, pass: &mut Pass<'t>, error: OfUnion) {
        let OfUnion { location, members, kind } = error;
        match self {
            Self::Document => {
                pass.learned.is_wrong(location.node());
                let members = pass.learned.evidence.members(members);
                pass.learned.notes.add_for_members(location, members, kind);
            }
            Self::Member(world) => world.add(location, members, kind),
        }
    }

    pub(super) fn is_silent(&self, pass: &Pass<'_>, container: NodeId, node: NodeId) -> bool {
        let mut node = node;
        loop {
            let is_of_member = matches!(self, Self::Member(world) if world.silent.contains(&node));
            if is_of_member || pass.has(node, NodeFlags::SILENT) || pass.learned.nodes.is_placeholder(node) {
                return true;
            }
            if node == container || node == NodeId::ROOT {
                return false;
            }
            node = pass.tape.parent(node);
        }
    }

    /// Notes nothing in a node from now on.
    fn silence(&mut self, pass: &mut Pass<'t>, node: NodeId) {
        match self {
            Self::Document => {
                pass.learned.flags.decide(node, NodeFlags::SILENT);
            }
            Self::Member(world) => {
                world.silent.insert(node);
            }
        }
    }
}

/// Returns the value of the member of an object in a container whose key is at an address.
pub(super) fn unknown_member(pass: &Pass<'_>, container: NodeId, address: usize) -> Option<NodeId> {
    let tape = pass.tape;
    let key = tape.at_address(address).filter(|&key| tape.kind(key) == Kind::Key)?;
    tape.is_within(key, container).then(|| tape.value_of(key))
}

/// Returns `true` if an enum with a tag is flattened into an object: then the tag is one of the object's own fields.
fn is_flattened(pass: &Pass<'_>, container: NodeId, object: NodeId) -> bool {
    object == container && pass.has(object, NodeFlags::UNORDERED)
}

/// Returns the number of items of a list, and the number that a tuple has which refuses the list because of that.
fn wrong_length(pass: &Pass<'_>, complaint: &Cause, node: NodeId) -> Option<(usize, usize)> {
    let Cause::Length { length: actual, expected } = complaint else { return None };
    let is_list = pass.tape.kind(node) == Kind::Array && pass.tape.count(node) == *actual;
    let length = Expected::tuple_length(expected).filter(|length| is_list && length != actual)?;
    Some((*actual, length))
}

/// Returns the error for a list with too many items for a tuple.
pub(super) fn too_long(actual: usize, length: usize) -> ErrorKind {
    ErrorKind::TooLong { field_type: "Tuple".into(), max_length: length, actual_length: Some(actual) }
}

/// Returns the error for a value that its type refuses.
fn kind_of(pass: &Pass<'_>, complaint: &Cause, wrong: &WrongValue<'_>) -> ErrorKind {
    if let Some(variants) = wrong.choices {
        return ErrorKind::Enum { expected: Choices::Declared(variants) };
    }
    let node = wrong.node;
    let kind_of_node = pass.tape.kind(node);
    let is_conversion = !matches!(complaint, Cause::Type { .. } | Cause::Value { .. });
    let words = complaint.expected().filter(|_| !is_conversion).unwrap_or(&wrong.expected);
    let wanted = Expected::of(words).filter(|wanted| !wanted.is_kind(kind_of_node));
    let pydantic = wanted.and_then(|wanted| respelled(pass.tape, node, wanted, words));
    if let Some(Err(kind)) = pydantic {
        return kind;
    }
    if is_conversion && kind_of_node == Kind::String {
        let parsed = wanted.and_then(|wanted| wanted.parse_error(&complaint.to_string()));
        return parsed.unwrap_or_else(|| complaint.to_value_error());
    }
    let is_value = matches!(complaint, Cause::Value { .. });
    match (wanted, wanted.map(|wanted| coerce(pass.tape, node, wanted))) {
        (Some(_), Some(Err(kind))) => kind,
        (Some(_), _) if is_value && words.starts_with("a nonzero u") => {
            ErrorKind::GreaterThan { gt: Number::from(0).into() }
        }
        // Only code of the app refuses such a value, and no remedy is known.
        (Some(_), _) if is_value || is_conversion => complaint.to_value_error(),
        (Some(wanted), _) => {
            let is_sent = scalar_of(pass.tape, node).is_some();
            if is_sent || !wanted.is_kind(kind_of_node) {
                wanted.type_error()
            } else {
                complaint.to_value_error()
            }
        }
        (None, _) => complaint.to_value_error(),
    }
}
