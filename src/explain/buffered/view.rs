//! Views of a reading: the error that an experiment watches, and the marks that were refused.

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
        /// The number of errors before those of the member.
        before: usize,
        /// The number of errors behind them, but for the one with which the union ends.
        behind: usize,
        /// The error with which the union ends if no member fits.
        closing: Cause,
    },
}

impl View {
    /// Returns the error as it is in a reading, if there is one.
    pub(super) fn error<'r>(&self, reading: &'r Reading) -> Option<&'r Cause> {
        match self {
            Self::Returned => reading.returned.as_ref(),
            Self::OfMember { .. } => self.of_member(reading).last(),
        }
    }

    /// Returns the errors that were raised, the watched one last.
    pub(super) fn raised<'r>(&self, reading: &'r Reading) -> &'r [Cause] {
        match self {
            Self::Returned => &reading.raised,
            Self::OfMember { .. } => self.of_member(reading),
        }
    }

    /// Returns the marks that were refused, in the order in which they were met.
    pub(super) fn marks<'r>(&self, reading: &'r Reading) -> Vec<RefusedMark<'r>> {
        self.raised(reading).iter().filter_map(RefusedMark::in_error).collect()
    }

    /// Returns what the type of the watched error did.
    pub(super) fn reading(&self, reading: &Reading) -> Reading {
        Reading { raised: self.raised(reading).to_vec(), returned: self.error(reading).cloned() }
    }

    /// Returns the errors of the member, unless it accepts the value.
    fn of_member<'r>(&self, reading: &'r Reading) -> &'r [Cause] {
        let Self::OfMember { before, behind, closing } = self else { return &[] };
        match reading.raised.split_last() {
            Some((last, raised)) if last == closing && reading.returned.as_ref() == Some(closing) => {
                raised.get(*before..raised.len().saturating_sub(*behind)).unwrap_or_default()
            }
            _ => &[],
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
                Unexpected::Newtype => Some(Self { number: 0, expected: Some(expected), tags: None }),
                _ => None,
            },
            Cause::UnknownVariant { name, expected, .. } => {
                mark_in_name(name).map(|number| Self { number, expected: None, tags: Some(expected) })
            }
            _ => None,
        }
    }
}
