//! What searches find.

use crate::{
    explain::{
        state::{Owner, Pass, Substitute},
        types::Candidate,
    },
    json::NodeId,
};

/// The result of one step of a search.
#[derive(Debug)]
pub(super) enum Next<'t> {
    /// Something was changed for the next pass.
    GoOn,
    Found(Found<'t>),
    NotFound,
}

/// The place and the reason of an error.
#[derive(Debug)]
pub(super) enum Found<'t> {
    Value(WrongValue<'t>),
    /// A value that is no tag of an enum.
    InvalidTag {
        tag: NodeId,
        tags: &'static [&'static str],
    },
    /// Objects that lack a field, and what their types accept as the field.
    Missing {
        owners: Vec<(Owner, Candidate)>,
        name: &'static str,
    },
    /// An object that lacks the tag of an enum.
    NoTag {
        owner: Owner,
        name: &'static str,
        tags: &'static [&'static str],
    },
    /// The key before a value.
    Key(NodeId),
    /// A value that none of the members of a union accepts.
    Union {
        node: NodeId,
        /// What its type reads after it, or never.
        behind: Vec<NodeId>,
    },
    /// The same, but the members cannot be told apart.
    Unexplained(NodeId),
}

impl Found<'_> {
    /// Returns `true` if this was not concluded from a change of the error.
    pub(super) fn is_certain(&self) -> bool {
        match self {
            Self::InvalidTag { .. } | Self::NoTag { .. } | Self::Union { .. } | Self::Unexplained(_) => true,
            Self::Value(wrong) => wrong.accepted.is_none(),
            Self::Missing { .. } | Self::Key(_) => false,
        }
    }

    /// Takes back what was changed to find it.
    pub(super) fn take_back(&self, pass: &mut Pass<'_>) {
        if let Self::Missing { owners, name } = self {
            for (owner, _) in owners {
                pass.learned.members.withdraw(*owner, name);
            }
        }
    }
}

/// A value that its type refuses.
#[derive(Debug)]
pub(super) struct WrongValue<'t> {
    pub(super) node: NodeId,
    /// What the type expects, in its words.
    pub(super) expected: String,
    /// Another value, which the type accepts.
    pub(super) accepted: Option<Substitute<'t>>,
    /// The variants of the type, if it is an enum.
    pub(super) choices: Option<&'static [&'static str]>,
}
