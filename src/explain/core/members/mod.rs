//! The members of a map: those of an object, and placeholders.

mod member;
mod object;
mod order;
mod settle;

use crate::{
    explain::{
        placeholder::{Offer, Placeholder},
        state::{Error, Owner, Pass},
        types::{Candidate, Scalar},
    },
    json::NodeId,
};

use super::{
    frame::read_placeholder,
    seed::{At, RAW_VALUE, Seed},
};

pub(super) use self::member::Style;
use self::object::ObjectMembers;

/// The members of a map.
#[derive(Debug)]
pub(crate) enum Members {
    Object(ObjectMembers),
    Placeholders(PlaceholderMembers),
    /// The JSON of a value, for a `RawValue` of `serde_json`.
    Raw(Option<String>),
    /// A variant without content.
    Variant(Option<&'static str>),
    Empty,
}

/// Members that stand in for those of an object.
#[derive(Debug)]
pub(crate) struct PlaceholderMembers {
    next: Placeholder,
    names: std::vec::IntoIter<(&'static str, Option<Candidate>)>,
    candidate: Option<Candidate>,
}

impl Members {
    pub(super) fn empty() -> Self {
        Self::Empty
    }

    pub(super) fn raw(json: String) -> Self {
        Self::Raw(Some(json))
    }

    pub(super) fn variant(name: &'static str) -> Self {
        Self::Variant(Some(name))
    }

    pub(super) fn of_placeholder(value: Placeholder, names: Vec<(&'static str, Option<Candidate>)>) -> Self {
        Self::Placeholders(PlaceholderMembers { next: value, names: names.into_iter(), candidate: None })
    }

    /// Returns the members that a placeholder for a node is given.
    pub(super) fn given_to(pass: &mut Pass<'_>, node: NodeId) -> Result<Self, Error> {
        let members = pass.learned.members.offered(Owner::Node(node));
        let value = Placeholder::of_frame(pass).deeper(pass)?;
        Ok(Self::of_placeholder(value, members))
    }

    /// Orders the members of an object so that the visitor gets furthest.
    pub(super) fn of_object(
        pass: &mut Pass<'_>,
        object: NodeId,
        style: Style,
        is_foreign: bool,
    ) -> Result<Self, Error> {
        ObjectMembers::new(pass, object, style, is_foreign).map(Self::Object)
    }

    pub(super) fn has_started(&self) -> bool {
        matches!(self, Self::Object(members) if members.has_started())
    }

    /// Settles what the visitor returned at the end. `returns_errors` says whether the visitor returns every
    /// error that it meets.
    pub(super) fn end(
        self,
        pass: &mut Pass<'_>,
        result: Result<(), Error>,
        returns_errors: impl Fn() -> bool,
    ) -> Result<(), Error> {
        match self {
            Self::Object(members) => members.end(pass, result, returns_errors),
            _ => result,
        }
    }

    /// Reads the next key, if there is one.
    pub(crate) fn next_key<'t>(
        &mut self,
        pass: &mut Pass<'t>,
        seed: &mut dyn Seed<'t>,
    ) -> Result<bool, Error> {
        let name = match self {
            Self::Object(members) => return members.next_key(pass, seed),
            Self::Placeholders(members) => members.names.next().map(|(name, candidate)| {
                members.candidate = candidate;
                name
            }),
            Self::Raw(json) => json.is_some().then_some(RAW_VALUE),
            Self::Variant(name) => name.take(),
            Self::Empty => None,
        };
        let Some(name) = name else { return Ok(false) };
        seed.deserialize(pass, At::Fixed(Scalar::Str(name))).map(|()| true)
    }

    /// Reads the value of the member whose key was read last.
    pub(crate) fn next_value<'t>(
        &mut self,
        pass: &mut Pass<'t>,
        seed: &mut dyn Seed<'t>,
    ) -> Result<(), Error> {
        match self {
            Self::Object(members) => members.next_value(pass, seed),
            Self::Placeholders(members) => match members.candidate.take() {
                Some(candidate) => {
                    let member = members.next.with_offer(Offer::Exactly(candidate));
                    seed.deserialize(pass, At::Placeholder(member))
                }
                None => {
                    let member = members.next;
                    members.next = member.next_sibling();
                    read_placeholder(pass, member, seed)
                }
            },
            Self::Raw(json) => {
                let json = json.take().unwrap_or_default();
                seed.deserialize(pass, At::Transient(&json))
            }
            Self::Variant(_) => seed.deserialize(pass, At::Fixed(Scalar::Null)),
            Self::Empty => seed.deserialize(pass, At::Fixed(Scalar::Str(""))),
        }
    }

    /// Reads the next key and its value, if there is one.
    pub(crate) fn next_entry<'t>(
        &mut self,
        pass: &mut Pass<'t>,
        key: &mut dyn Seed<'t>,
        value: &mut dyn Seed<'t>,
    ) -> Result<bool, Error> {
        let entry = match self.next_key(pass, key) {
            Ok(true) => self.next_value(pass, value),
            Ok(false) => return Ok(false),
            Err(error) => Err(error),
        };
        match (entry, self) {
            (Ok(()), _) => Ok(true),
            (Err(error), Self::Object(members)) => members.pass_over(pass, error).map(|()| false),
            (Err(error), _) => Err(error),
        }
    }
}
