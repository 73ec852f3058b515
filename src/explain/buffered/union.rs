//! Untagged unions: the errors of each member, under the name of the member.
//!
//! `serde` tries one member after the other, and drops their errors. But they are constructed, in the order of the
//! members, and so they are recorded. A newtype in the place of the whole value shows how many members there are and
//! what each expects, because each refuses it exactly once. Then the errors of one member after the other are
//! mended, until it accepts the value.

use std::ops::Range;

use crate::{
    explain::{
        state::{Cause, Location, Member, Pass, Reading, Substitute},
        types::{Expected, Scalar, TAGGED_ENUM, union_label},
    },
    json::{Kind, NodeId},
    report::ErrorKind,
};

use super::{
    ENUM,
    compare::{ONE_MEMBER, is_about},
    division::Division,
    found::{Found, Next, WrongValue},
    nameless,
    replacement::Replacements,
    search::{Begun, Search, begin},
    tags::{mark_strings, read_tag},
    value::ValueSearch,
    view::{RefusedMark, View},
    world::{OfMember, OfUnion, World, too_long, unknown_member},
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
    search: Option<Inside<'t>>,
    world: World<'t>,
    /// The objects with tags, and their tags.
    tags: Vec<(NodeId, NodeId)>,
    /// The objects around the errors in which no tag was looked for, once the member is done.
    untagged: Option<Vec<NodeId>>,
    steps_left: usize,
}

/// The search for the place of an error of a member.
#[derive(Debug)]
enum Inside<'t> {
    /// Strings of an object have marks. One of them may be its tag.
    Tag {
        object: NodeId,
        strings: Vec<NodeId>,
        /// Whether the member accepts the value, if it is done.
        accepted: Option<bool>,
    },
    Search(Box<Search<'t>>),
    /// The error is that of a union in the member.
    Union(Box<UnionSearch<'t>>),
}

impl<'t> OneMember<'t> {
    /// The number of passes.
    const MAX_STEPS: usize = 200;

    /// The number of objects in which tags are looked for once the member is done.
    const MAX_OBJECTS: usize = 8;

    fn new(errors: Errors, place: usize, complaint: Cause) -> Self {
        Self {
            errors,
            place,
            complaint,
            search: None,
            world: World::Member(OfMember::default()),
            tags: Vec::new(),
            untagged: None,
            steps_left: Self::MAX_STEPS,
        }
    }

    /// Begins to look for the tag of an object. Returns `false` if it has none.
    fn look_for_tag(&mut self, pass: &mut Pass<'t>, object: NodeId, accepted: Option<bool>) -> bool {
        let strings = mark_strings(pass, object);
        let is_marked = !strings.is_empty();
        self.search = is_marked.then_some(Inside::Tag { object, strings, accepted });
        is_marked
    }

    /// Begins to look for the tag of the next object around an error. Returns `false` if no object is left.
    fn look_for_next_tag(&mut self, pass: &mut Pass<'t>, union: NodeId, accepted: bool) -> bool {
        let World::Member(world) = &self.world else { return false };
        let untagged = self.untagged.get_or_insert_with(|| {
            let mut objects: Vec<NodeId> = Vec::new();
            for error in world.notes() {
                let node = error.location.node();
                let around = std::iter::successors(Some(node), |node| Some(pass.tape.parent(*node)));
                let inside = around.take_while(|node| *node != union && *node != NodeId::ROOT);
                let is_read = |object: &NodeId| {
                    let is_whole = *object == node && matches!(error.location, Location::Node(_));
                    pass.tape.kind(*object) == Kind::Object && !is_whole
                };
                for object in inside.filter(is_read) {
                    if !objects.contains(&object) && objects.len() < Self::MAX_OBJECTS {
                        objects.push(object);
                    }
                }
            }
            objects
        });
        let mut objects = std::mem::take(untagged);
        while let Some(object) = objects.pop() {
            if self.look_for_tag(pass, object, Some(accepted)) {
                self.untagged = Some(objects);
                return true;
            }
        }
        false
    }

    /// Returns what the member expects, in its words.
    fn words(&self) -> Option<&str> {
        self.errors.members.expected.get(self.place)?.as_deref()
    }
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
            Stage::Member(member) => self.go_on(pass, container, outer, member, &reading),
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
        let mut member = Box::new(OneMember::new(errors, place, complaint));
        if self.look_for_tag(pass, &mut member) || self.settle(pass, container, &mut member) {
            self.stage = Stage::Member(member);
            None
        } else {
            self.end_member(pass, container, outer, member, false)
        }
    }

    /// Begins to look for the tag of the value. Returns `false` if it has none.
    fn look_for_tag(&self, pass: &mut Pass<'t>, member: &mut OneMember<'t>) -> bool {
        let is_tagged = member.words().is_some_and(|words| words.starts_with(TAGGED_ENUM));
        if !is_tagged || pass.tape.kind(self.union) != Kind::Object {
            return false;
        }
        member.look_for_tag(pass, self.union, None)
    }

    /// Begins to find the place of the error of a member. Returns `false` if nothing can be tried.
    fn settle(&self, pass: &mut Pass<'t>, container: NodeId, member: &mut OneMember<'t>) -> bool {
        let words = member.words().unwrap_or_default().to_owned();
        let is_replaced = pass.learned.nodes.substitute(self.union).is_some();
        let has_parts = matches!(pass.tape.kind(self.union), Kind::Array | Kind::Object | Kind::Strings);
        let is_whole = !has_parts && !is_replaced
            || member.complaint.expected().is_some_and(|expected| expected.starts_with(&words))
                && is_about(pass, &member.complaint, self.union);
        if let Some(kind) = self.refused_list(pass, &words) {
            member.world.add(Location::Node(self.union), kind);
            return false;
        }
        let names_key = matches!(member.complaint, Cause::UnknownVariant { .. }) && words == ENUM;
        if names_key || is_whole && words != ENUM {
            if is_replaced {
                return false;
            }
            let expected = words;
            let accepted = Replacements::new(pass, self.union, &expected, &member.complaint).into_coerced();
            let wrong =
                WrongValue { node: self.union, expected, accepted, choices: choices(&member.complaint) };
            let complaint = member.complaint.clone();
            let goes_on = member.world.apply(pass, self.union, &complaint, Found::Value(wrong));
            // From a placeholder for the whole value nothing is learned, but that the type goes on behind it.
            return goes_on && (accepted.is_some() || self.repair.is_none() && self.union != container);
        }
        let complaint = member.complaint.clone();
        if let Cause::UnknownField { address, .. } = complaint {
            if let Some(value) = unknown_member(pass, self.union, address) {
                member.world.note(pass, self.union, Location::Node(value), ErrorKind::ExtraForbidden);
                return member.world.leave_out(pass, self.union, value);
            }
        }
        let of_enum = words == ENUM
            && choices(&complaint).is_none()
            && complaint.expected().is_some_and(|expected| expected == ENUM || expected == ONE_MEMBER)
            && is_about(pass, &complaint, self.union);
        if let Some(search) = of_enum.then(|| ValueSearch::prove_enum(pass, self.union, &complaint)).flatten()
        {
            member.search = Some(Inside::Search(Box::new(Search::Value(Box::new(search)))));
            return true;
        }
        match begin(pass, self.union, &complaint, None) {
            Begun::Search(search) => {
                member.search = Some(Inside::Search(Box::new(search)));
                true
            }
            Begun::Found(found) => member.world.apply(pass, self.union, &complaint, found),
            Begun::Nothing => {
                self.say_unplaced(pass, &mut member.world, &complaint);
                false
            }
        }
    }

    /// Returns the error of a member for a list that it refuses whatever the items are.
    fn refused_list(&self, pass: &Pass<'_>, words: &str) -> Option<ErrorKind> {
        if pass.tape.kind(self.union) != Kind::Array {
            return None;
        }
        let actual = pass.tape.count(self.union);
        match Expected::of(words)? {
            Expected::Struct if !pass.accepts_structs_from_lists() => Some(ErrorKind::ModelAttributesType),
            Expected::Tuple => {
                let length = Expected::tuple_length(words).filter(|length| actual > *length)?;
                Some(too_long(actual, length))
            }
            _ => None,
        }
    }

    fn say_unplaced(&self, pass: &mut Pass<'t>, world: &mut World<'t>, complaint: &Cause) {
        world.note(pass, self.union, Location::Node(self.union), nameless(complaint));
    }

    fn go_on(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        outer: &mut World<'t>,
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
        if let Some(search) = member.search.take() {
            match search {
                Inside::Search(mut search) => match search.step(pass, &view, reading) {
                    Next::GoOn => member.search = Some(Inside::Search(search)),
                    Next::Found(Found::Union { node, behind }) => {
                        let union = UnionSearch::begin(pass, node, &member.complaint, None);
                        member.search = Some(Inside::Union(Box::new(union.without(pass, behind))));
                    }
                    Next::Found(found) => {
                        let complaint = member.complaint.clone();
                        if !member.world.apply(pass, self.union, &complaint, found) {
                            return self.end_member(pass, container, outer, member, false);
                        }
                    }
                    Next::NotFound => {
                        self.say_unplaced(pass, &mut member.world, &member.complaint.clone());
                        return self.end_member(pass, container, outer, member, false);
                    }
                },
                Inside::Tag { object, strings, accepted } => {
                    let tag = read_tag(pass, &strings, view.error(reading));
                    member.tags.extend(tag.map(|tag| (object, tag)));
                    if let Some(accepted) = accepted {
                        return self.end_member(pass, container, outer, member, accepted);
                    }
                    if !self.settle(pass, container, &mut member) {
                        return self.end_member(pass, container, outer, member, false);
                    }
                }
                Inside::Union(mut union) => {
                    match union.step(pass, self.union, &mut member.world, view.reading(reading)) {
                        None => member.search = Some(Inside::Union(union)),
                        Some(true) => {}
                        Some(false) if union.is_innocent() => {
                            self.say_unplaced(pass, &mut member.world, &member.complaint.clone());
                            return self.end_member(pass, container, outer, member, false);
                        }
                        Some(false) => {
                            let complaint = member.complaint.clone();
                            let whole = union.as_a_whole(self.union);
                            if !member.world.apply(pass, self.union, &complaint, whole) {
                                return self.end_member(pass, container, outer, member, false);
                            }
                        }
                    }
                }
            }
        } else {
            match view.error(reading) {
                None => return self.end_member(pass, container, outer, member, true),
                Some(complaint) if member.steps_left > 0 => {
                    member.complaint = complaint.clone();
                    if !self.settle(pass, container, &mut member) {
                        return self.end_member(pass, container, outer, member, false);
                    }
                }
                Some(_) => return self.end_member(pass, container, outer, member, false),
            }
        }
        self.stage = Stage::Member(member);
        None
    }

    fn end_member(
        &mut self,
        pass: &mut Pass<'t>,
        container: NodeId,
        outer: &mut World<'t>,
        mut member: Box<OneMember<'t>>,
        accepted: bool,
    ) -> Option<bool> {
        if member.look_for_next_tag(pass, self.union, accepted) {
            self.stage = Stage::Member(member);
            return None;
        }
        let OneMember { errors, place, world, tags, .. } = *member;
        let members = &errors.members;
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

fn choices(complaint: &Cause) -> Option<&'static [&'static str]> {
    match complaint {
        Cause::UnknownVariant { expected, .. } => Some(expected),
        _ => None,
    }
}
