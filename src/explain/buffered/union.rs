//! Untagged unions: the errors of each member, under the name of the member.
//!
//! `serde` tries one member after the other, and drops their errors. But they are constructed, in the order of the
//! members, and so they are recorded. A mark in the place of the whole value shows how many members there are and
//! what each expects, because each refuses it exactly once. Then the errors of one member after the other are
//! mended, until it accepts the value.

use std::{cmp::Ordering, ops::Range};

use crate::{
    explain::{
        state::{Cause, Location, Member, Pass, Reading, Substitute},
        types::{Scalar, union_label},
    },
    json::{Kind, NodeId},
    report::ErrorKind,
};

use super::{
    ENUM,
    found::{Found, Next, WrongValue},
    replacement::Replacements,
    search::{Begun, Search, begin},
    value::{ValueSearch, is_about},
    view::{RefusedMark, View},
    world::{OfMember, World},
};

/// The explanation of one union.
#[derive(Debug)]
pub(super) struct UnionSearch<'t> {
    union: NodeId,
    complaint: Cause,
    stage: Stage<'t>,
    /// The errors of the members that are done.
    errors: Vec<UnionError>,
    /// What makes one of the members accept the value.
    repair: Option<OfMember<'t>>,
    /// `true` if the value is only a part of what the members look at: the union is flattened into a container.
    is_in_pieces: bool,
}

#[derive(Debug)]
struct UnionError {
    label: Option<String>,
    location: Location,
    kind: ErrorKind,
}

#[derive(Debug)]
enum Stage<'t> {
    /// A mark is in the place of the value.
    Probe { original: Option<Reading> },
    /// The members are known, and the value is read as it was sent.
    Original(Members),
    Member(Box<OneMember<'t>>),
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

/// The look at one member.
#[derive(Debug)]
struct OneMember<'t> {
    errors: Errors,
    place: usize,
    complaint: Cause,
    search: Option<Search<'t>>,
    world: World<'t>,
    steps_left: usize,
}

impl<'t> UnionSearch<'t> {
    /// The number of members of a union that is explained.
    const MAX_MEMBERS: usize = 8;

    /// The number of passes for one member.
    const MAX_STEPS: usize = 200;

    /// Begins to explain why no member accepts a value. `original` is what its type did with the value, if nothing
    /// else was read then.
    pub(super) fn begin(
        pass: &mut Pass<'t>,
        union: NodeId,
        complaint: &Cause,
        original: Option<Reading>,
    ) -> Self {
        pass.learned.nodes.try_out(union, Substitute { scalar: Scalar::Mark(0), is_placeholder: true });
        Self {
            union,
            complaint: complaint.clone(),
            stage: Stage::Probe { original },
            errors: Vec::new(),
            repair: None,
            is_in_pieces: false,
        }
    }

    /// Returns `true` if the union is a part of a container.
    pub(super) fn is_inside(&self, container: NodeId) -> bool {
        self.union != container
    }

    /// Returns the error of the union as a whole.
    pub(super) fn as_a_whole(&self, container: NodeId) -> Found<'t> {
        Found::Unexplained(if self.is_in_pieces { container } else { self.union })
    }

    /// Draws the conclusion from a reading. `None` means that it goes on. Otherwise the union is done, and the
    /// value is whether it could be explained.
    pub(super) fn step(&mut self, pass: &mut Pass<'t>, container: NodeId, reading: Reading) -> Option<bool> {
        let placeholder = Stage::Probe { original: None };
        match std::mem::replace(&mut self.stage, placeholder) {
            Stage::Probe { original } => {
                pass.learned.nodes.end_trial(self.union);
                let Some(members) = self.members(&reading) else { return Some(false) };
                match original {
                    Some(original) => self.begin_members(pass, container, members, original),
                    None => {
                        self.stage = Stage::Original(members);
                        None
                    }
                }
            }
            Stage::Original(members) => self.begin_members(pass, container, members, reading),
            Stage::Member(member) => self.go_on(pass, container, member, &reading),
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
        self.is_in_pieces = of_union.iter().any(|cause| !matches!(cause, Cause::Custom(_)) && mark(cause).is_none());
        if self.is_in_pieces {
            return None;
        }
        let expected: Vec<Option<String>> =
            of_union.iter().map(|cause| mark(cause)?.expected.map(str::to_owned)).collect();
        let count = expected.iter().flatten().count();
        (1..=Self::MAX_MEMBERS).contains(&count).then_some(Members { before, expected })
    }

    fn begin_members(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        members: Members,
        original: Reading,
    ) -> Option<bool> {
        match self.raised_by(pass, &members, &original) {
            Some(runs) => self.begin_member(pass, container, Errors { members, runs, original }, 0),
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
        let count = members.expected.len();
        let start = members.before;
        let surplus = (raised.len() - start).checked_sub(count)?;
        let single = |place: usize| start + place..start + place + 1;
        if surplus == 0 {
            return Some((0..count).map(single).collect());
        }
        // All members but one refuse the value as a whole.
        let refuses = |place: usize, cause: Option<&Cause>| {
            let expected = members.expected.get(place).cloned().flatten();
            let words = cause.and_then(Cause::expected);
            expected.is_some() && words == expected.as_deref()
                && cause.is_some_and(|cause| is_about(pass, cause, self.union))
        };
        let open = (0..count).find(|place| !refuses(*place, raised.get(start + place)))?;
        let is_certain =
            (open + 1..count).all(|place| refuses(place, raised.get(start + place + surplus)));
        let run = |place: usize| match place.cmp(&open) {
            Ordering::Less => single(place),
            Ordering::Equal => start + open..start + open + surplus + 1,
            Ordering::Greater => single(place + surplus),
        };
        is_certain.then(|| (0..count).map(run).collect())
    }

    fn begin_member(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        errors: Errors,
        from: usize,
    ) -> Option<bool> {
        let places = errors.members.expected.iter().enumerate().skip(from);
        let next = places.into_iter().find(|(_, expected)| expected.is_some()).map(|(place, _)| place);
        let run = next.and_then(|place| errors.runs.get(place)).cloned();
        let complaint = run.and_then(|run| errors.original.raised.get(run)?.last()).cloned();
        let (Some(place), Some(complaint)) = (next, complaint) else {
            return Some(self.finish(pass, container));
        };
        let world = World::Member(OfMember::default());
        let steps_left = Self::MAX_STEPS;
        let mut member = Box::new(OneMember { errors, place, complaint, search: None, world, steps_left });
        if self.settle(pass, container, &mut member) {
            self.stage = Stage::Member(member);
            None
        } else {
            self.end_member(pass, container, member, false)
        }
    }

    /// Begins to find the place of the error of a member. Returns `false` if nothing can be tried.
    fn settle(&self, pass: &mut Pass<'t>, container: NodeId, member: &mut OneMember<'t>) -> bool {
        let words = member.errors.members.expected.get(member.place).cloned().flatten().unwrap_or_default();
        let is_whole = !matches!(pass.tape.kind(self.union), Kind::Array | Kind::Object | Kind::Strings)
            || member.complaint.expected().is_some_and(|expected| expected.starts_with(&words))
                && is_about(pass, &member.complaint, self.union);
        let names_key = matches!(member.complaint, Cause::UnknownVariant { .. }) && words == ENUM;
        if names_key || is_whole && words != ENUM {
            let expected = words;
            let accepted = Replacements::new(pass, self.union, &expected, &member.complaint).into_coerced();
            let wrong = WrongValue { node: self.union, expected, accepted, choices: choices(&member.complaint) };
            let complaint = member.complaint.clone();
            let goes_on = member.world.apply(pass, self.union, &complaint, Found::Value(wrong));
            // From a placeholder for the whole value nothing is learned, but that the type goes on behind it.
            return goes_on && (accepted.is_some() || self.repair.is_none() && self.union != container);
        }
        let complaint = member.complaint.clone();
        let of_enum = choices(&complaint).is_none() && words == ENUM;
        if let Some(search) = of_enum.then(|| ValueSearch::prove_enum(pass, self.union, &complaint)).flatten() {
            member.search = Some(Search::Value(search));
            return true;
        }
        match begin(pass, self.union, &complaint, None) {
            Begun::Search(search) => {
                member.search = Some(search);
                true
            }
            Begun::Found(found) => member.world.apply(pass, self.union, &complaint, found),
            Begun::Nothing => {
                self.say_unplaced(&mut member.world, &complaint);
                false
            }
        }
    }

    fn say_unplaced(&self, world: &mut World<'t>, complaint: &Cause) {
        if let World::Member(world) = world {
            world.add(Location::Node(self.union), complaint.to_value_error());
        }
    }

    fn go_on(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        mut member: Box<OneMember<'t>>,
        reading: &Reading,
    ) -> Option<bool> {
        member.steps_left = member.steps_left.saturating_sub(1);
        let run = member.errors.runs.get(member.place).cloned().unwrap_or_default();
        let view = View::OfMember {
            before: run.start,
            behind: member.errors.original.raised.len().saturating_sub(run.end + 1),
            closing: self.complaint.clone(),
        };
        if let Some(mut search) = member.search.take() {
            match search.step(pass, &view, reading) {
                Next::GoOn => member.search = Some(search),
                Next::Found(found) => {
                    let complaint = member.complaint.clone();
                    if !member.world.apply(pass, self.union, &complaint, found) {
                        return self.end_member(pass, container, member, false);
                    }
                }
                Next::NotFound => {
                    self.say_unplaced(&mut member.world, &member.complaint.clone());
                    return self.end_member(pass, container, member, false);
                }
            }
        } else {
            match view.error(reading) {
                None => return self.end_member(pass, container, member, true),
                Some(complaint) if member.steps_left > 0 => {
                    member.complaint = complaint.clone();
                    if !self.settle(pass, container, &mut member) {
                        return self.end_member(pass, container, member, false);
                    }
                }
                Some(_) => return self.end_member(pass, container, member, false),
            }
        }
        self.stage = Stage::Member(member);
        None
    }

    fn end_member(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        member: Box<OneMember<'t>>,
        accepted: bool,
    ) -> Option<bool> {
        let OneMember { errors, place, world, .. } = *member;
        let members = &errors.members;
        let World::Member(world) = world else { return Some(false) };
        world.end(pass, self.union);
        if accepted && world.notes().is_empty() {
            // By the lax rules this member accepts the value.
            world.keep(pass);
            return Some(true);
        }
        let is_only = members.expected.iter().flatten().count() == 1;
        let expected = members.expected.get(place).cloned().flatten();
        let label = expected.filter(|_| !is_only).map(|expected| union_label(&expected));
        self.errors.extend(world.notes().iter().map(|(location, kind)| UnionError {
            label: label.clone(),
            location: *location,
            kind: kind.clone(),
        }));
        if accepted && self.repair.is_none() {
            self.repair = Some(world);
        }
        self.begin_member(pass, container, errors, place + 1)
    }

    /// Notes what was found about all members. Returns `false` if nothing was.
    fn finish(&mut self, pass: &mut Pass<'t>, container: NodeId) -> bool {
        if self.errors.is_empty() {
            return false;
        }
        if !World::Document.is_silent(pass, container, self.union) {
            let mut last: Option<(String, Member)> = None;
            for UnionError { label, location, kind } in std::mem::take(&mut self.errors) {
                let member = label.map(|label| match &last {
                    Some((known, member)) if *known == label => *member,
                    _ => {
                        let member = pass.learned.evidence.member_of(self.union, label.clone());
                        last = Some((label, member));
                        member
                    }
                });
                pass.learned.notes.add_for_member(location, member, kind);
            }
        }
        match self.repair.take() {
            Some(repair) => repair.keep(pass),
            None => {
                pass.learned.flags.give_up(container);
            }
        }
        true
    }
}

fn choices(complaint: &Cause) -> Option<&'static [&'static str]> {
    match complaint {
        Cause::UnknownVariant { expected, .. } => Some(expected),
        _ => None,
    }
}
