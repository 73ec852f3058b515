//! The errors of one member of a union.
//!
//! The place of each is searched for, it is noted, and something else is put there, until the member accepts the value.

use crate::{
    explain::{
        buffered::{
            ENUM,
            compare::{ONE_MEMBER, is_about},
            found::{Found, Next, WrongValue},
            nameless,
            replacement::Replacements,
            search::{Begun, Search, begin},
            tags::{mark_strings, read_tag},
            value::ValueSearch,
            view::View,
            world::{OfMember, World, too_long, unknown_member},
        },
        state::{Cause, Location, Pass, Reading},
        types::{Expected, TAGGED_ENUM},
    },
    json::{Kind, NodeId},
    report::ErrorKind,
};

use super::UnionSearch;

/// The search for all errors of one member.
#[derive(Debug)]
pub(super) struct MemberSearch<'t> {
    union: NodeId,
    /// The words of the member about what it expects.
    words: String,
    complaint: Cause,
    view: View,
    search: Option<Inside<'t>>,
    world: World<'t>,
    /// The objects with tags, and their tags.
    tags: Vec<(NodeId, NodeId)>,
    /// The objects around the errors in which no tag was looked for, once the member is done.
    untagged: Option<Vec<NodeId>>,
    /// `true` if something that the member accepts is needed in the place of the value.
    needs_value: bool,
    steps_left: usize,
}

/// The search for the place of one error of the member.
#[derive(Debug)]
enum Inside<'t> {
    /// Strings of an object have marks. One of them may be its tag.
    Tag {
        object: NodeId,
        strings: Vec<NodeId>,
        /// `None` as long as the member is not done, or whether it accepts the value.
        accepted: Option<bool>,
    },
    Search(Box<Search<'t>>),
    /// The error is that of a union in the member.
    Union(Box<UnionSearch<'t>>),
}

/// The next step of the search.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Something was changed for the next pass.
    GoOn,
    /// The member is done. The value is whether it accepts the value of the union.
    Done(bool),
}

impl Step {
    /// Goes on, or ends without success.
    fn go_on_if(goes_on: bool) -> Self {
        if goes_on { Self::GoOn } else { Self::Done(false) }
    }
}

impl<'t> MemberSearch<'t> {
    /// The number of passes.
    const MAX_STEPS: usize = 200;

    /// The number of objects in which tags are looked for once the member is done.
    const MAX_OBJECTS: usize = 8;

    pub(super) fn new(union: NodeId, words: String, complaint: Cause, view: View, needs_value: bool) -> Self {
        Self {
            union,
            words,
            complaint,
            view,
            search: None,
            world: World::Member(OfMember::default()),
            tags: Vec::new(),
            untagged: None,
            needs_value,
            steps_left: Self::MAX_STEPS,
        }
    }

    /// Returns what was found: the errors with what mends them, and the objects with tags and their tags.
    pub(super) fn into_findings(self) -> (World<'t>, Vec<(NodeId, NodeId)>) {
        (self.world, self.tags)
    }

    /// Begins the search. Returns `None` if it goes on with the next reading, or else whether the member accepts the
    /// value.
    pub(super) fn begin(&mut self, pass: &mut Pass<'t>) -> Option<bool> {
        let is_tagged = self.words.starts_with(TAGGED_ENUM) && pass.tape.kind(self.union) == Kind::Object;
        if is_tagged && self.look_for_tag(pass, self.union, None) {
            return None;
        }
        let step = Step::go_on_if(self.settle(pass));
        self.end(pass, step)
    }

    /// Draws the conclusion from a reading. Returns `None` if the search goes on, or else whether the member accepts the
    /// value.
    pub(super) fn step(&mut self, pass: &mut Pass<'t>, reading: &Reading) -> Option<bool> {
        self.steps_left = self.steps_left.saturating_sub(1);
        let step = match self.search.take() {
            Some(inside) => self.go_on_inside(pass, inside, reading),
            None => match self.view.error(reading).cloned() {
                None => Step::Done(true),
                Some(complaint) if self.steps_left > 0 => {
                    self.complaint = complaint;
                    Step::go_on_if(self.settle(pass))
                }
                Some(_) => Step::Done(false),
            },
        };
        self.end(pass, step)
    }

    /// Looks for tags once the member is done.
    fn end(&mut self, pass: &mut Pass<'t>, step: Step) -> Option<bool> {
        match step {
            Step::Done(accepted) if !self.look_for_next_tag(pass, accepted) => Some(accepted),
            Step::GoOn | Step::Done(_) => None,
        }
    }

    fn go_on_inside(&mut self, pass: &mut Pass<'t>, inside: Inside<'t>, reading: &Reading) -> Step {
        match inside {
            Inside::Search(mut search) => match search.step(pass, &self.view, reading) {
                Next::GoOn => {
                    self.search = Some(Inside::Search(search));
                    Step::GoOn
                }
                Next::Found(Found::Union { node, behind }) => {
                    let union = UnionSearch::begin(pass, node, &self.complaint, None);
                    self.search = Some(Inside::Union(Box::new(union.without(pass, behind))));
                    Step::GoOn
                }
                Next::Found(found) => self.apply(pass, found),
                Next::NotFound => self.say_unplaced(pass),
            },
            Inside::Tag { object, strings, accepted } => {
                let tag = read_tag(pass, &strings, self.view.error(reading));
                self.tags.extend(tag.map(|tag| (object, tag)));
                match accepted {
                    Some(accepted) => Step::Done(accepted),
                    None => Step::go_on_if(self.settle(pass)),
                }
            }
            Inside::Union(mut union) => {
                match union.step(pass, self.union, &mut self.world, self.view.reading(reading)) {
                    None => {
                        self.search = Some(Inside::Union(union));
                        Step::GoOn
                    }
                    Some(true) => Step::GoOn,
                    Some(false) if union.is_innocent() => self.say_unplaced(pass),
                    Some(false) => {
                        let whole = union.as_a_whole(self.union);
                        self.apply(pass, whole)
                    }
                }
            }
        }
    }

    fn apply(&mut self, pass: &mut Pass<'t>, found: Found<'t>) -> Step {
        Step::go_on_if(self.world.apply(pass, self.union, &self.complaint, found))
    }

    /// Notes an error of the member for which no place was found.
    fn say_unplaced(&mut self, pass: &mut Pass<'t>) -> Step {
        self.world.note(pass, self.union, Location::Node(self.union), nameless(&self.complaint));
        Step::Done(false)
    }

    /// Begins to look for the tag of an object. Returns `false` if it has none.
    fn look_for_tag(&mut self, pass: &mut Pass<'t>, object: NodeId, accepted: Option<bool>) -> bool {
        let strings = mark_strings(pass, object);
        let is_marked = !strings.is_empty();
        self.search = is_marked.then_some(Inside::Tag { object, strings, accepted });
        is_marked
    }

    /// Begins to look for the tag of the next object around an error. Returns `false` if no object is left.
    fn look_for_next_tag(&mut self, pass: &mut Pass<'t>, accepted: bool) -> bool {
        let mut objects = match self.untagged.take() {
            Some(objects) => objects,
            None => self.objects_with_errors(pass),
        };
        while let Some(object) = objects.pop() {
            if self.look_for_tag(pass, object, Some(accepted)) {
                self.untagged = Some(objects);
                return true;
            }
        }
        self.untagged = Some(objects);
        false
    }

    /// Returns the objects inside the value in which there are errors.
    fn objects_with_errors(&self, pass: &Pass<'_>) -> Vec<NodeId> {
        let World::Member(world) = &self.world else { return Vec::new() };
        let mut objects: Vec<NodeId> = Vec::new();
        for error in world.notes() {
            let node = error.location.node();
            let around = std::iter::successors(Some(node), |node| Some(pass.tape.parent(*node)));
            let inside = around.take_while(|node| *node != self.union && *node != NodeId::ROOT);
            let is_around = |object: &NodeId| {
                let is_wrong = *object == node && matches!(error.location, Location::Node(_));
                pass.tape.kind(*object) == Kind::Object && !is_wrong
            };
            for object in inside.filter(is_around) {
                if !objects.contains(&object) && objects.len() < Self::MAX_OBJECTS {
                    objects.push(object);
                }
            }
        }
        objects
    }

    /// Begins to find the place of the error of the member. Returns `false` if nothing can be tried.
    fn settle(&mut self, pass: &mut Pass<'t>) -> bool {
        let union = self.union;
        if let Some(kind) = self.refused_list(pass) {
            self.world.add(Location::Node(union), kind);
            return false;
        }
        let is_about_all = is_about(pass, &self.complaint, union);
        let expected = self.complaint.expected();
        let is_replaced = pass.learned.nodes.substitute(union).is_some();
        let has_parts = matches!(pass.tape.kind(union), Kind::Array | Kind::Object | Kind::Strings);
        let is_whole = !has_parts && !is_replaced
            || is_about_all && expected.is_some_and(|expected| expected.starts_with(&self.words));
        let is_enum = self.words == ENUM;
        let choices = match self.complaint {
            Cause::UnknownVariant { expected, .. } => Some(expected),
            _ => None,
        };
        if is_enum && choices.is_some() || is_whole && !is_enum {
            return !is_replaced && self.replace_whole(pass, choices);
        }
        if let Cause::UnknownField { address, .. } = self.complaint {
            if let Some(value) = unknown_member(pass, union, address) {
                self.world.note(pass, union, Location::Node(value), ErrorKind::ExtraForbidden);
                return self.world.leave_out(pass, union, value);
            }
        }
        if is_enum && is_about_all && matches!(expected, Some(ENUM | ONE_MEMBER)) {
            if let Some(search) = ValueSearch::prove_enum(pass, union, &self.complaint) {
                self.search = Some(Inside::Search(Box::new(Search::Value(Box::new(search)))));
                return true;
            }
        }
        match begin(pass, union, &self.complaint, None) {
            Begun::Search(search) => {
                self.search = Some(Inside::Search(Box::new(search)));
                true
            }
            Begun::Found(found) => self.world.apply(pass, union, &self.complaint, found),
            Begun::Nothing => {
                self.say_unplaced(pass);
                false
            }
        }
    }

    /// Notes that the value is wrong as a whole, and puts something else in its place. Returns `false` if the member
    /// cannot go on, or if nothing is learned from that.
    fn replace_whole(&mut self, pass: &mut Pass<'t>, choices: Option<&'static [&'static str]>) -> bool {
        let expected = self.words.clone();
        let accepted = Replacements::new(pass, self.union, &expected, &self.complaint).into_coerced();
        let wrong = WrongValue { node: self.union, expected, accepted, choices };
        let goes_on = self.world.apply(pass, self.union, &self.complaint, Found::Value(wrong));
        // From a placeholder for the whole value nothing is learned, but that the type goes on behind it.
        goes_on && (accepted.is_some() || self.needs_value)
    }

    /// Returns the error of the member for a list that it refuses whatever the items are.
    fn refused_list(&self, pass: &Pass<'_>) -> Option<ErrorKind> {
        if pass.tape.kind(self.union) != Kind::Array {
            return None;
        }
        let actual = pass.tape.count(self.union);
        match Expected::of(&self.words)? {
            Expected::Struct if !pass.accepts_structs_from_lists() => Some(ErrorKind::ModelAttributesType),
            Expected::Tuple => {
                let length = Expected::tuple_length(&self.words).filter(|length| actual > *length)?;
                Some(too_long(actual, length))
            }
            _ => None,
        }
    }
}
