//! The division of the errors of a union into those of its members.

use crate::explain::state::Cause;

/// The division of the errors of a union into those of its members.
pub(super) struct Division<'d> {
    /// Returns `true` if a member refuses the value as a whole. That is its only error.
    refuses: &'d dyn Fn(usize, &Cause) -> bool,
    /// Returns `true` if a member cannot but refuse the value as a whole.
    is_single: &'d dyn Fn(usize) -> bool,
    /// Returns `true` if the error at this place is that of a union that is itself a member.
    is_inner: &'d dyn Fn(usize) -> bool,
    /// `true` if a member may have raised other errors before the one that it returned. Otherwise it has done so only if
    /// it returned that of a union inside it.
    is_loose: bool,
    lengths: Vec<usize>,
    found: Option<Vec<usize>>,
}

impl<'d> Division<'d> {
    pub(super) fn new(
        refuses: &'d dyn Fn(usize, &Cause) -> bool,
        is_single: &'d dyn Fn(usize) -> bool,
        is_inner: &'d dyn Fn(usize) -> bool,
        is_loose: bool,
    ) -> Self {
        Self { refuses, is_single, is_inner, is_loose, lengths: Vec::new(), found: None }
    }

    /// Returns the number of errors of each member, if there is only one way to divide the errors.
    pub(super) fn of(mut self, raised: &[Cause], members: usize) -> Option<Vec<usize>> {
        let is_only = self.divide(raised, members);
        self.found.filter(|_| is_only)
    }

    /// Divides the rest of the errors. Returns `false` as soon as there is a second way to do it.
    fn divide(&mut self, raised: &[Cause], members: usize) -> bool {
        let place = self.lengths.len();
        let Some(first) = raised.first().filter(|_| place < members) else {
            let is_whole = raised.is_empty() && place == members;
            if is_whole && self.found.is_some() {
                return false;
            }
            if is_whole {
                self.found = Some(self.lengths.clone());
            }
            return true;
        };
        let refuses = (self.refuses)(place, first);
        if !refuses && (self.is_single)(place) {
            return true;
        }
        let longest = if refuses || (self.is_inner)(place) {
            1
        } else {
            (raised.len() + place + 1).saturating_sub(members)
        };
        for length in 1..=longest {
            let Some((run, rest)) = raised.split_at_checked(length) else { break };
            let ends_with_union = matches!(run.last(), Some(Cause::Custom(_)));
            let may_be_run = if (self.is_inner)(place) {
                ends_with_union
            } else {
                length == 1 || ends_with_union || self.is_loose
            };
            if may_be_run {
                self.lengths.push(length);
                let is_only = self.divide(rest, members);
                self.lengths.pop();
                if !is_only {
                    return false;
                }
            }
        }
        true
    }
}
