//! One member of an object, and the kind of visitor that reads it.

use std::any::TypeId;

use crate::{explain::types::Candidate, json::NodeId};

/// The kind of visitor that reads the members of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    /// The visitor of a derive, which has said which fields it knows.
    Struct {
        fields: &'static [&'static str],
        /// The identity of the visitor, if it treats all objects alike.
        uniform: Option<TypeId>,
        is_adjacent: bool,
    },
    /// The visitor of a derive that looks for a tag among all members.
    Tagged,
    /// A map with any number of members that are all alike.
    Collection,
    /// Any other visitor.
    Open,
}

impl Style {
    /// Returns the identity of a visitor that treats all objects alike.
    pub(in crate::explain::core) fn uniform(self) -> Option<TypeId> {
        match self {
            Self::Struct { uniform, .. } => uniform,
            Self::Tagged | Self::Collection | Self::Open => None,
        }
    }

    /// Returns the fields that the visitor has named.
    pub(super) fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Struct { fields, .. } => fields,
            Self::Tagged | Self::Collection | Self::Open => &[],
        }
    }
}

/// A member that a visitor is given.
#[derive(Clone, Copy, Debug)]
pub(super) enum Member {
    Sent {
        key: NodeId,
        value: NodeId,
        place: usize,
    },
    Missing {
        name: &'static str,
        candidate: Option<Candidate>,
    },
    /// A member that no struct knows.
    Unknown,
}

/// The name of a member that no struct knows.
pub(super) const UNKNOWN: &str = "\u{FFFD}";
