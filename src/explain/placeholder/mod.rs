//! Placeholders: values that stand in where the document has none, for a result that nobody will see. A
//! visitor only has to accept them, so that the pass can go on.

mod settle;
mod template;

use std::any::TypeId;

use super::{
    state::{Error, Pass},
    types::{ATTEMPTS, Candidate, candidate_integer, candidate_str},
};

pub(crate) use self::{
    settle::{settle, settle_struct},
    template::{fields_to_offer, template_members, template_of},
};

/// A place for a value that is not in the document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placeholder {
    /// Which of the candidates of a kind is used.
    pub(crate) attempt: u8,
    depth: u8,
    pub(crate) offer: Offer,
}

/// The value of a placeholder for a visitor that accepts anything.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Offer {
    /// Whatever the visitor describes, or the next candidate.
    Any,
    /// This, unless more is known of the type.
    Hint(Candidate),
    /// This.
    Exactly(Candidate),
}

impl Offer {
    pub(crate) fn candidate(self) -> Option<Candidate> {
        match self {
            Self::Any => None,
            Self::Hint(candidate) | Self::Exactly(candidate) => Some(candidate),
        }
    }
}

impl From<Option<Candidate>> for Offer {
    fn from(candidate: Option<Candidate>) -> Self {
        match candidate {
            None => Self::Any,
            Some(candidate @ (Candidate::Mark(_) | Candidate::Invented(_))) => Self::Exactly(candidate),
            Some(candidate) => Self::Hint(candidate),
        }
    }
}

impl Placeholder {
    /// Limits how deeply placeholders are nested: a recursive type needs an end.
    const MAX_DEPTH: u8 = 24;

    /// Returns the placeholder for a value of a type.
    pub(crate) fn of(pass: &Pass<'_>, seed: TypeId, offer: Offer) -> Self {
        Self { attempt: pass.learned.types.attempt(seed), depth: 0, offer }
    }

    /// Returns the placeholder for the value of the current frame.
    pub(crate) fn of_frame(pass: &Pass<'_>) -> Self {
        let attempt = pass.frame().map_or(0, |frame| pass.learned.types.attempt(frame.seed));
        Self { attempt, depth: 0, offer: Offer::Any }
    }

    /// Returns the placeholder for a value inside this one.
    pub(crate) fn deeper(self, pass: &mut Pass<'_>) -> Result<Self, Error> {
        if self.depth >= Self::MAX_DEPTH {
            return Err(pass.refuse());
        }
        Ok(Self { depth: self.depth + 1, offer: Offer::Any, ..self })
    }

    /// Returns the placeholder for the next sibling. With every second candidate no two siblings are alike,
    /// for a type that requires one to be less than the other.
    pub(crate) fn next_sibling(self) -> Self {
        let is_spread = self.attempt % 2 == 1 && self.attempt < ATTEMPTS - 1;
        Self { attempt: if is_spread { self.attempt + 2 } else { self.attempt }, ..self }
    }

    pub(crate) fn with_offer(self, offer: Offer) -> Self {
        Self { offer, ..self }
    }

    /// Returns the placeholder with the candidate that its own type is known to need.
    pub(crate) fn for_seed(self, pass: &Pass<'_>, seed: TypeId) -> Self {
        let own = pass.learned.types.attempt(seed);
        Self { attempt: if own > 0 { own } else { self.attempt }, ..self }
    }

    /// Returns the candidate for a value without parts. Where any will do, further rounds use another one.
    pub(crate) fn plain_attempt(self, pass: &Pass<'_>) -> u8 {
        if self.attempt == 0 { pass.round().min(1) } else { self.attempt }
    }

    pub(crate) fn str(self, pass: &Pass<'_>) -> &'static str {
        candidate_str(self.plain_attempt(pass))
    }

    pub(crate) fn integer(self, pass: &Pass<'_>) -> u64 {
        candidate_integer(self.plain_attempt(pass))
    }
}
