//! Which of the errors that a type raised an experiment is about, and which marks they mention.

use crate::explain::{
    state::{Cause, Reading},
    types::{Unexpected, mark_in_name},
};

/// The error that an experiment watches.
#[derive(Debug)]
pub(super) enum View {
    /// The one that the type of the container returns.
    Returned,
    /// The one of one member of a union, which the union drops.
    OfMember {
        /// The number of errors before the first one of the union.
        before: usize,
        /// The place of the member's error among those of the union.
        place: usize,
        /// The number of errors of the union.
        count: usize,
        /// The error with which the union ends if no member fits.
        closing: Cause,
    },
}

impl View {
    /// Returns the error as it is in a reading, if there is one.
    pub(super) fn error<'r>(&self, reading: &'r Reading) -> Option<&'r Cause> {
        match self {
            Self::Returned => reading.returned.as_ref(),
            Self::OfMember { before, place, count, closing } => {
                let closes = reading.raised.get(before + count).is_some_and(|cause| cause == closing);
                reading.raised.get(before + place).filter(|_| closes)
            }
        }
    }

    /// Returns the marks that were refused, in the order in which they were met.
    pub(super) fn marks<'r>(&self, reading: &'r Reading) -> Vec<RefusedMark<'r>> {
        match self {
            Self::Returned => reading.raised.iter().filter_map(RefusedMark::in_error).collect(),
            Self::OfMember { .. } => {
                self.error(reading).and_then(RefusedMark::in_error).into_iter().collect()
            }
        }
    }
}

/// A mark that a type refused.
#[derive(Clone, Copy, Debug)]
pub(super) struct RefusedMark<'r> {
    pub(super) number: usize,
    /// What the type expected there.
    pub(super) expected: Option<&'r str>,
    /// The tags that there are, if the mark was taken for the tag of an enum.
    pub(super) tags: Option<&'static [&'static str]>,
}

impl<'r> RefusedMark<'r> {
    pub(super) fn in_error(cause: &'r Cause) -> Option<Self> {
        match cause {
            Cause::Type { found, expected } | Cause::Value { found, expected } => match found.value {
                Unexpected::Mark(number) => Some(Self { number, expected: Some(expected), tags: None }),
                _ => None,
            },
            Cause::UnknownVariant { name, expected, .. } => {
                mark_in_name(name).map(|number| Self { number, expected: None, tags: Some(expected) })
            }
            _ => None,
        }
    }
}
