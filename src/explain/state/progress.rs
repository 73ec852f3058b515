//! Progress: whether something was learned that makes the next pass go differently.

/// The result of learning something: the next pass goes differently because of it, or it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    Made,
    None,
}

impl Progress {
    pub(crate) fn is_made(self) -> bool {
        self == Self::Made
    }
}

/// Counts progress.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Steps(u64);

impl Steps {
    /// Returns the number of steps so far.
    pub(super) fn total(self) -> u64 {
        self.0
    }

    pub(super) fn count(&mut self, is_new: bool) -> Progress {
        self.0 += u64::from(is_new);
        if is_new { Progress::Made } else { Progress::None }
    }
}
