//! The errors that were found, and where.

use rustc_hash::FxHashSet;

use crate::{
    json::{NodeId, Tape},
    report::ErrorKind,
};

/// Where an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Location {
    /// A value.
    Node(NodeId),
    /// An object as the variant that its tag names.
    Variant(NodeId),
    /// The key before a value.
    Key(NodeId),
    /// A member that is not there. The number is its place in the declaration.
    Missing(NodeId, &'static str, u32),
    /// An item that is not there.
    MissingItem(NodeId, usize),
    /// Something in a value that was not sent and breaks a rule nevertheless. The number is its place in
    /// [`Evidence`](super::Evidence).
    Unsent(NodeId, usize),
}

impl Location {
    /// Returns the node that the error is about, or in.
    pub(crate) fn node(self) -> NodeId {
        match self {
            Self::Node(node)
            | Self::Variant(node)
            | Self::Key(node)
            | Self::Missing(node, ..)
            | Self::MissingItem(node, _)
            | Self::Unsent(node, _) => node,
        }
    }

    /// Returns the location of a missing field with its place among the fields of its struct.
    pub(crate) fn missing(object: NodeId, name: &'static str, place: Option<usize>) -> Self {
        let place = place.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX);
        Self::Missing(object, name, place)
    }
}

/// A member of an untagged union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// The value that is of one of the members.
    pub(crate) union: NodeId,
    /// The place of the member among those of the union.
    pub(crate) place: u32,
    pub(crate) label: Option<String>,
}

/// The members of unions that an error is in, by their number in the [`Evidence`](super::Evidence).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Members(pub(super) u32);

/// One error. Its `loc` and its `msg` are made when it is written.
#[derive(Debug)]
pub(crate) struct Note {
    pub(crate) location: Location,
    /// The members of unions that report the error.
    pub(crate) members: Option<Members>,
    pub(crate) kind: ErrorKind,
}

/// The errors that were found, at most one at each location and at most as many as the limit allows.
#[derive(Debug)]
pub(crate) struct Notes {
    notes: Vec<Note>,
    locations: FxHashSet<(Location, Option<Members>)>,
    limit: usize,
    is_full: bool,
    may_hide: bool,
}

impl Notes {
    pub(super) fn new(limit: usize) -> Self {
        Self { notes: Vec::new(), locations: FxHashSet::default(), limit, is_full: false, may_hide: false }
    }

    /// Adds an error, unless its location has one.
    pub(crate) fn add(&mut self, location: Location, kind: ErrorKind) {
        self.add_for_members(location, None, kind);
    }

    /// Adds an error of a member of a union, unless its location has one of the same member.
    pub(crate) fn add_for_members(&mut self, location: Location, members: Option<Members>, kind: ErrorKind) {
        if self.locations.contains(&(location, members)) {
            return;
        }
        if self.notes.len() >= self.limit {
            self.is_full = true;
            return;
        }
        self.locations.insert((location, members));
        self.notes.push(Note { location, members, kind });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// Returns `true` if an error was left out, because there were too many.
    pub(crate) fn is_full(&self) -> bool {
        self.is_full
    }

    /// Says that an error was left out.
    pub(crate) fn leave_out(&mut self) {
        self.is_full = true;
    }

    /// Records that there may be an error that cannot be told from one of a placeholder.
    pub(crate) fn hide_one(&mut self) {
        self.may_hide = true;
    }

    /// Returns `true` if there may be an error that is not among these.
    pub(crate) fn may_hide(&self) -> bool {
        self.may_hide
    }

    /// Takes back the errors of a node and of everything in it.
    pub(crate) fn retract_within(&mut self, tape: &Tape<'_>, node: NodeId) {
        let locations = &mut self.locations;
        self.notes.retain(|note| {
            let keep = !tape.is_within(note.location.node(), node);
            if !keep {
                locations.remove(&(note.location, note.members));
            }
            keep
        });
    }

    /// Takes back the error at one location.
    pub(crate) fn retract(&mut self, location: Location) {
        if self.locations.remove(&(location, None)) {
            self.notes.retain(|note| note.location != location || note.members.is_some());
        }
    }

    /// Returns `true` if there is an error at a node or inside it.
    pub(crate) fn has_within(&self, tape: &Tape<'_>, node: NodeId) -> bool {
        self.notes.iter().any(|note| tape.is_within(note.location.node(), node))
    }

    /// Returns the nodes at or in which there are errors.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.notes.iter().map(|note| note.location.node())
    }

    /// Replaces the limit of a type, which was exceeded, by the limit of a rule, which is narrower.
    pub(crate) fn tighten(&mut self, locations: [Location; 2], kind: ErrorKind) {
        let is_limit = |note: &Note| {
            matches!(
                (&note.kind, &kind),
                (ErrorKind::LessThanEqual { .. }, ErrorKind::LessThanEqual { .. })
                    | (ErrorKind::GreaterThanEqual { .. }, ErrorKind::GreaterThanEqual { .. })
            )
        };
        let of_type = self.notes.iter_mut().find(|note| locations.contains(&note.location) && is_limit(note));
        if let Some(note) = of_type {
            note.kind = kind;
        }
    }

    pub(crate) fn into_vec(self) -> Vec<Note> {
        self.notes
    }
}
