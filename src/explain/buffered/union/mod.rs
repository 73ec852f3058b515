//! Untagged unions: the errors of each member, under the name of the member.
//!
//! `serde` tries one member after the other, and drops their errors. But they are constructed, in the order of the
//! members, and so they are recorded. A newtype in the place of the whole value shows how many members there are and
//! what each expects, because each refuses it exactly once. Then the errors of one member after the other are
//! mended, until it accepts the value.

mod division;
mod member;

use std::ops::Range;

use crate::{
    explain::{
        state::{Cause, Location, Member, Pass, Reading, Substitute},
        types::{Expected, Scalar, union_label},
    },
    json::{Kind, NodeId},
};

use self::{division::Division, member::MemberSearch};
use super::{
    compare::is_about,
    found::Found,
    view::{RefusedMark, View},
    world::{OfMember, OfUnion, World},
};

/// The explanation of one union.
#[derive(Debug)]
pub(super) struct UnionSearch<'t> {
    union: NodeId,
    complaint: Cause,
    stage: Stage<'t>,
    /// The errors of the members that are done.
    errors: Vec<OfUnion>,
    /// What makes one of the members accept the value.
    repair: Option<OfMember<'t>>,
    /// `true` if the value is only a part of what the members look at: the union is flattened into a container.
    is_in_pieces: bool,
    /// `true` if each member has refused a mark in the place of the value.
    is_union: bool,
    /// `true` if some member raises no error about the value: then it is not what the error is about.
    is_innocent: bool,
    /// What is left out, because another union there could fail in the same way.
    left_out: Vec<NodeId>,
}

#[derive(Debug)]
enum Stage<'t> {
    /// A newtype is in the place of the value.
    Probe {
        original: Option<Reading>,
    },
    /// The members are known, and the value is read as it was sent.
    Original(Members),
    Member(OneMember<'t>),
}

/// The member that is looked at.
#[derive(Debug)]
struct OneMember<'t> {
    errors: Errors,
    /// The place of its error among those of all members.
    place: usize,
    search: Box<MemberSearch<'t>>,
}

/// The members of a union, by the errors that they raise.
#[derive(Debug)]
struct Members {
    /// The number of errors before the first one of the union.
    before: usize,
    /// What the member expects that raises the error at this place. Some errors are of unions inside the union.
    expected: Vec<Option<String>>,
}

/// The errors of all members.
#[derive(Debug)]
struct Errors {
    members: Members,
    /// Where the errors of each member are, in the same order.
    runs: Vec<Range<usize>>,
    original: Reading,
}

impl<'t> UnionSearch<'t> {
    /// The number of members of a union that is explained.
    const MAX_MEMBERS: usize = 8;

    /// The number of errors that are divided among the members.
    const MAX_RAISED: usize = 40;

    /// Begins to explain why no member accepts a value. `original` is what its type did with the value, if nothing
    /// else was read then.
    pub(super) fn begin(
        pass: &mut Pass<'t>,
        union: NodeId,
        complaint: &Cause,
        original: Option<Reading>,
    ) -> Self {
        pass.learned.nodes.try_out(union, Substitute { scalar: Scalar::Newtype, is_placeholder: true });
        Self {
            union,
            complaint: complaint.clone(),
            stage: Stage::Probe { original },
            errors: Vec::new(),
            repair: None,
            is_in_pieces: false,
            is_union: false,
            is_innocent: false,
            left_out: Vec::new(),
        }
    }

    /// Leaves out what is read behind the union.
    pub(super) fn without(mut self, pass: &mut Pass<'t>, behind: Vec<NodeId>) -> Self {
        for &node in &behind {
            pass.learned.nodes.try_out(node, Substitute { scalar: Scalar::Absent, is_placeholder: true });
        }
        self.left_out = behind;
        self
    }

    /// Returns `true` if the error is not about the value at all.
    pub(super) fn is_innocent(&self) -> bool {
        self.is_innocent
    }

    /// Returns `true` if the error is certainly that of the union, or of one in pieces around it.
    pub(super) fn is_certain(&self, container: NodeId) -> bool {
        self.union != container || self.is_union
    }

    /// Returns the error of the union as a whole.
    pub(super) fn as_a_whole(&self, container: NodeId) -> Found<'t> {
        Found::Unexplained(if self.is_in_pieces { container } else { self.union })
    }

    /// Draws the conclusion from a reading. `None` means that it goes on. Otherwise the union is done, and the
    /// value is whether it could be explained.
    pub(super) fn step(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        world: &mut World<'t>,
        reading: Reading,
    ) -> Option<bool> {
        let is_explained = self.go_on_with(pass, container, world, reading);
        if is_explained.is_some() {
            for &node in &self.left_out {
                pass.learned.nodes.end_trial(node);
            }
        }
        is_explained
    }

    fn go_on_with(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        outer: &mut World<'t>,
        reading: Reading,
    ) -> Option<bool> {
        let placeholder = Stage::Probe { original: None };
        match std::mem::replace(&mut self.stage, placeholder) {
            Stage::Probe { original } => {
                pass.learned.nodes.end_trial(self.union);
                let Some(members) = self.members(&reading) else { return Some(false) };
                match original {
                    Some(original) => self.begin_members(pass, container, outer, members, original),
                    None => {
                        self.stage = Stage::Original(members);
                        None
                    }
                }
            }
            Stage::Original(members) => self.begin_members(pass, container, outer, members, reading),
            Stage::Member(mut member) => {
                let accepted = member.search.step(pass, &reading);
                self.go_on(pass, container, outer, member, accepted)
            }
        }
    }

    /// Returns the members, if each refused the mark exactly once.
    fn members(&mut self, reading: &Reading) -> Option<Members> {
        let (last, raised) = reading.raised.split_last()?;
        if reading.returned.as_ref() != Some(&self.complaint) || *last != self.complaint {
            return None;
        }
        let mark = |cause| RefusedMark::in_error(cause).filter(|mark| mark.number == 0);
        let before = raised.iter().position(|cause| mark(cause).is_some())?;
        let of_union = raised.get(before..)?;
        self.is_in_pieces =
            of_union.iter().any(|cause| !matches!(cause, Cause::Custom(_)) && mark(cause).is_none());
        if self.is_in_pieces {
            return None;
        }
        let expected: Vec<Option<String>> =
            of_union.iter().map(|cause| mark(cause)?.expected.map(str::to_owned)).collect();
        let count = expected.iter().flatten().count();
        self.is_union = count > 0;
        (1..=Self::MAX_MEMBERS).contains(&count).then_some(Members { before, expected })
    }

    fn begin_members(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        outer: &mut World<'t>,
        members: Members,
        original: Reading,
    ) -> Option<bool> {
        let of_members = original.raised.len().saturating_sub(members.before + 1);
        self.is_innocent = of_members < members.expected.len();
        match self.raised_by(pass, &members, &original) {
            Some(runs) => self.begin_member(pass, container, outer, Errors { members, runs, original }, 0),
            None => Some(false),
        }
    }

    /// Returns where the errors of each member are. Most members raise one error. If there are more errors, it has to
    /// be certain whose they are.
    fn raised_by(&self, pass: &Pass<'_>, members: &Members, original: &Reading) -> Option<Vec<Range<usize>>> {
        let (last, raised) = original.raised.split_last()?;
        if *last != self.complaint || raised.len() < members.before {
            return None;
        }
        let of_union = raised.get(members.before..).filter(|raised| raised.len() <= Self::MAX_RAISED)?;
        let refuses = |place: usize, cause: &Cause| {
            let expected = members.expected.get(place).and_then(Option::as_deref);
            expected.is_some() && cause.expected() == expected && is_about(pass, cause, self.union)
        };
        let is_inner = |place: usize| members.expected.get(place).is_some_and(Option::is_none);
        let is_container = matches!(pass.tape.kind(self.union), Kind::Array | Kind::Object);
        let is_single = |place: usize| {
            let words = members.expected.get(place).and_then(Option::as_deref);
            is_container && words.and_then(Expected::of).is_some_and(Expected::is_single)
        };
        let divide = |is_loose| {
            let division = Division::new(&refuses, &is_single, &is_inner, is_loose);
            division.of(of_union, members.expected.len())
        };
        // A type may drop an error before it returns another one.
        let found = divide(false).or_else(|| divide(true));
        let mut start = members.before;
        let run = |length: &usize| {
            start += length;
            start - length..start
        };
        found.map(|lengths| lengths.iter().map(run).collect())
    }

    fn begin_member(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        outer: &mut World<'t>,
        errors: Errors,
        from: usize,
    ) -> Option<bool> {
        let places = errors.members.expected.iter().enumerate().skip(from);
        let next = places.into_iter().find(|(_, expected)| expected.is_some()).map(|(place, _)| place);
        let run = next.and_then(|place| errors.runs.get(place)).cloned();
        let complaint = run.and_then(|run| errors.original.raised.get(run)?.last()).cloned();
        let (Some(place), Some(complaint)) = (next, complaint) else {
            return Some(self.finish(pass, container, outer));
        };
        let words = errors.members.expected.get(place).cloned().flatten().unwrap_or_default();
        let run = errors.runs.get(place).cloned().unwrap_or_default();
        let view = View::OfMember {
            before: run.start,
            behind: errors.original.raised.len().saturating_sub(run.end + 1),
            closing: self.complaint.clone(),
        };
        let needs_value = self.repair.is_none() && self.union != container;
        let mut search = Box::new(MemberSearch::new(self.union, words, complaint, view, needs_value));
        let accepted = search.begin(pass);
        self.go_on(pass, container, outer, OneMember { errors, place, search }, accepted)
    }

    /// Goes on with a member, or with the next one if it is known whether the member accepts the value.
    fn go_on(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        outer: &mut World<'t>,
        member: OneMember<'t>,
        accepted: Option<bool>,
    ) -> Option<bool> {
        match accepted {
            None => {
                self.stage = Stage::Member(member);
                None
            }
            Some(accepted) => self.end_member(pass, container, outer, member, accepted),
        }
    }

    fn end_member(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        outer: &mut World<'t>,
        member: OneMember<'t>,
        accepted: bool,
    ) -> Option<bool> {
        let OneMember { errors, place, search } = member;
        let members = &errors.members;
        let (world, tags) = search.into_findings();
        let World::Member(world) = world else { return Some(false) };
        world.end(pass, self.union);
        if accepted && world.notes().is_empty() {
            // By the lax rules this member accepts the value.
            world.keep(pass, outer);
            return Some(true);
        }
        let is_only = members.expected.iter().flatten().count() == 1;
        let expected = members.expected.get(place).cloned().flatten();
        let label = expected.filter(|_| !is_only).map(|expected| union_label(&expected));
        let this = Member { union: self.union, place: u32::try_from(place).unwrap_or(u32::MAX), label };
        self.errors.extend(world.notes().iter().cloned().map(|mut error| {
            for &(object, tag) in &tags {
                let is_of_object = [object, tag].map(Location::Node).contains(&error.location);
                if !is_of_object && pass.tape.is_within(error.location.node(), object) {
                    let label = Some(pass.tape.str(tag).to_owned());
                    error.members.push(Member { union: object, place: 0, label });
                }
            }
            error.members.push(this.clone());
            error
        }));
        if accepted && self.repair.is_none() {
            self.repair = Some(world);
        }
        self.begin_member(pass, container, outer, errors, place + 1)
    }

    /// Notes what was found about all members. Returns `false` if nothing was.
    fn finish(&mut self, pass: &mut Pass<'t>, container: NodeId, outer: &mut World<'t>) -> bool {
        if self.errors.is_empty() {
            return false;
        }
        let is_silent = outer.is_silent(pass, container, self.union);
        for error in std::mem::take(&mut self.errors).into_iter().filter(|_| !is_silent) {
            outer.note_of_union(pass, error);
        }
        match self.repair.take() {
            Some(repair) => repair.keep(pass, outer),
            None if self.union != container => {
                outer.leave_out(pass, container, self.union);
            }
            None => {
                pass.learned.flags.give_up(container);
            }
        }
        true
    }
}
