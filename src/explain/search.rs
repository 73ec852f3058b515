//! Experiments on buffered content: which of several values, or of several objects, is a complaint about?
//!
//! Values are told apart by marks that no client sends: the next complaint names one of them. Objects that
//! may lack a field get it, one after the other, until the complaint is gone; an object is to blame if
//! taking the field away from it alone brings the complaint back.

use crate::{
    json::{Kind, NodeId},
    report::ErrorKind,
};

use super::{
    coerce::Scalar,
    halt::{Cause, Shape},
    invent::{self, Content},
    memory::{Filler, Memory, Spot},
    walk::Walk,
    want::Want,
};

/// How many values are told apart.
const MOST_VALUES: usize = 16;

/// How many objects are told apart.
const MOST_OBJECTS: usize = 64;

/// The numbers that mark values where texts would be welcome.
const FIRST_MARK: u64 = 95;

/// An experiment on a container.
#[derive(Debug)]
pub(super) enum Search<'t> {
    /// Each of these values wears a mark: the one that the type complains about is to blame.
    Marks { expected: String, marked: Vec<Marked<'t>> },
    /// One object after the other gets the field.
    Adding(Adding),
    /// Of these objects, which had got the field, one after the other is without it.
    Removing { name: &'static str, to_test: Vec<NodeId>, tested: NodeId, guilty: Vec<NodeId> },
}

/// Which objects have got a field that some of them lack.
#[derive(Debug)]
pub(super) struct Adding {
    name: &'static str,
    /// Those that have not got it yet, the next one last.
    waiting: Vec<NodeId>,
    /// Those that have, and may keep it.
    added: Vec<NodeId>,
    current: NodeId,
    /// Whether the type of the current one was seen to know the field.
    known: bool,
    /// Whether it did not mind a text.
    takes_text: bool,
}

/// A value that wears a mark, and what stood for it before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked<'t> {
    node: NodeId,
    mark: usize,
    before: Option<Scalar<'t>>,
}

impl<'t> Walk<'t> {
    /// Begins to tell values apart that a complaint fits equally well.
    pub(super) fn mark(&self, container: NodeId, candidates: &[NodeId], expected: &str) -> bool {
        let mut memory = self.memory.borrow_mut();
        if candidates.len() > MOST_VALUES || !memory.settled.insert((container, expected.to_owned())) {
            return false;
        }
        // A text is told by its address, but not if it is what is wanted.
        let wants_text = matches!(
            Want::of(expected),
            Some(want) if !matches!(want, Want::Bool | Want::Integer(_) | Want::Float | Want::Null)
                && !want.is_kind(Kind::Array) && !want.is_kind(Kind::Object)
        );
        let mut marked = Vec::new();
        for (mark, &node) in candidates.iter().enumerate() {
            let scalar = if wants_text {
                Scalar::Unsigned(FIRST_MARK + mark as u64)
            } else {
                Scalar::String(invent::probe(invent::MARK_PROBES + mark))
            };
            let before = memory.fixes.insert(node, scalar);
            memory.stand_ins.insert(node);
            marked.push(Marked { node, mark, before });
        }
        memory.searches.insert(container, Search::Marks { expected: expected.to_owned(), marked });
        memory.changes += 1;
        true
    }

    /// Begins to find out which objects lack a field.
    pub(super) fn search_missing(
        &self,
        container: NodeId,
        name: &'static str,
        candidates: Vec<NodeId>,
    ) -> bool {
        let mut memory = self.memory.borrow_mut();
        if candidates.len() > MOST_OBJECTS || !memory.settled.insert((container, format!("`{name}`"))) {
            return false;
        }
        let mut waiting = candidates;
        waiting.reverse();
        let Some(current) = waiting.pop() else {
            return false;
        };
        memory.fill(current, name);
        let adding = Adding { name, waiting, added: Vec::new(), current, known: false, takes_text: false };
        memory.searches.insert(container, Search::Adding(adding));
        true
    }

    /// Goes on with the experiment on a container, if there is one, after its type has complained, or not.
    pub(super) fn go_on_searching(&self, container: NodeId, cause: Option<&Cause>) -> bool {
        if self.memory.borrow().searches.is_empty() {
            return false;
        }
        let Some(search) = self.memory.borrow_mut().searches.remove(&container) else {
            return false;
        };
        self.memory.borrow_mut().changes += 1;
        match search {
            Search::Marks { expected, marked } => self.read_mark(container, expected, marked, cause),
            Search::Adding(adding) => self.add(container, adding, cause),
            Search::Removing { name, to_test, tested, guilty } => {
                self.remove(container, name, to_test, tested, guilty, cause);
            }
        }
        true
    }

    fn read_mark(
        &self,
        container: NodeId,
        expected: String,
        mut marked: Vec<Marked<'t>>,
        cause: Option<&Cause>,
    ) {
        let (shape, same) = match cause {
            Some(Cause::Type { found, expected: now }) => (Some(found.shape), *now == expected),
            Some(Cause::Value { found, .. }) => (Some(found.shape), false),
            _ => (None, false),
        };
        let number = match shape {
            Some(Shape::Text { address }) => {
                invent::probe_at(address).and_then(|probe| probe.checked_sub(invent::MARK_PROBES))
            }
            Some(Shape::Unsigned(value)) => {
                value.checked_sub(FIRST_MARK).and_then(|mark| usize::try_from(mark).ok())
            }
            _ => None,
        };
        let place = marked.iter().position(|marked| Some(marked.mark) == number);
        let mut memory = self.memory.borrow_mut();
        let Some(place) = place else {
            marked.iter().for_each(|marked| memory.unmark(*marked));
            return;
        };
        let named = marked.remove(place);
        memory.unmark(named);
        let culprit = match marked.as_slice() {
            _ if same => Some(named.node),
            // All others take what they were given.
            [last] => Some(last.node),
            _ => None,
        };
        match (culprit, cause) {
            (Some(node), Some(cause)) => {
                marked.iter().for_each(|marked| memory.unmark(*marked));
                // The next of its kind may be told apart again.
                memory.settled.remove(&(container, expected.clone()));
                drop(memory);
                self.blame(container, node, &expected, cause);
            }
            _ => {
                memory.searches.insert(container, Search::Marks { expected, marked });
            }
        }
    }

    fn add(&self, container: NodeId, mut adding: Adding, cause: Option<&Cause>) {
        let mut memory = self.memory.borrow_mut();
        let name = adding.name;
        if memory.reads_probe(cause) {
            adding.known = true;
        } else if matches!(cause, Some(Cause::Missing(missing)) if *missing == name) {
            adding.added.push(adding.current);
            if !memory.fill_next(&mut adding) {
                adding.added.iter().for_each(|&object| memory.suspend(object, name));
                return;
            }
        } else if match cause {
            None => true,
            Some(cause) => {
                let known = adding.known || memory.known.contains(&(adding.current, name));
                known && self.is_elsewhere(cause)
            }
        } {
            // The current one made the difference.
            drop(memory);
            return self.test_next(container, name, adding.added, vec![adding.current]);
        } else if !adding.takes_text {
            // Perhaps a text is what is missing, and this complaint is about something else. A number tells.
            adding.takes_text = true;
            memory.offer_number(adding.current, name);
        } else {
            // The complaint may be about the field itself, which has no business there.
            memory.suspend(adding.current, name);
            if !memory.fill_next(&mut adding) {
                adding.added.iter().for_each(|&object| memory.suspend(object, name));
                return;
            }
        }
        memory.searches.insert(container, Search::Adding(adding));
    }

    /// Whether a complaint is surely about something that the client sent, or did not send.
    fn is_elsewhere(&self, cause: &Cause) -> bool {
        let in_document = |address| self.tape.at_address(address).is_some();
        match cause {
            Cause::Type { found, .. } | Cause::Value { found, .. } => match found.shape {
                Shape::Text { address } => in_document(address),
                shape => shape != Shape::Unsigned(invent::TELLING),
            },
            Cause::UnknownVariant { address, .. } | Cause::UnknownField { address, .. } => {
                in_document(*address)
            }
            Cause::Missing(_) => true,
            Cause::Custom(_) | Cause::Length { .. } | Cause::Duplicate(_) => false,
        }
    }

    fn remove(
        &self,
        container: NodeId,
        name: &'static str,
        to_test: Vec<NodeId>,
        tested: NodeId,
        mut guilty: Vec<NodeId>,
        cause: Option<&Cause>,
    ) {
        if matches!(cause, Some(Cause::Missing(missing)) if *missing == name) {
            let mut memory = self.memory.borrow_mut();
            memory.restore(tested, name);
            guilty.push(tested);
        } else {
            self.memory.borrow_mut().suspend(tested, name);
        }
        self.test_next(container, name, to_test, guilty);
    }

    /// Takes the field away from the next object, or says which ones lack it.
    fn test_next(
        &self,
        container: NodeId,
        name: &'static str,
        mut to_test: Vec<NodeId>,
        guilty: Vec<NodeId>,
    ) {
        let mut memory = self.memory.borrow_mut();
        if let Some(tested) = to_test.pop() {
            memory.suspend(tested, name);
            memory.searches.insert(container, Search::Removing { name, to_test, tested, guilty });
            return;
        }
        memory.settled.remove(&(container, format!("`{name}`")));
        for &object in &guilty {
            memory.demand_at(object, name);
        }
        drop(memory);
        for object in guilty {
            self.note(Spot::Missing(object, name, u32::MAX), ErrorKind::Missing);
        }
    }
}

impl<'t> Memory<'t> {
    /// Lets a value stand for what it stood for before.
    fn unmark(&mut self, marked: Marked<'t>) {
        match marked.before {
            Some(scalar) => self.fixes.insert(marked.node, scalar),
            None => self.fixes.remove(&marked.node),
        };
        self.stand_ins.remove(&marked.node);
    }

    /// Gives an object a field, and nothing to the report.
    fn fill(&mut self, parent: NodeId, name: &'static str) {
        let number = self.fillers.len();
        if number < invent::RECIPE_PROBES {
            self.fillers.push(Filler { parent, name, content: Content::Probe(number), active: true });
            self.changes += 1;
        }
    }

    fn filler(&mut self, parent: NodeId, name: &str) -> Option<&mut Filler> {
        self.fillers.iter_mut().rev().find(|filler| filler.parent == parent && filler.name == name)
    }

    /// Gives the next object its turn; whether there is one.
    fn fill_next(&mut self, adding: &mut Adding) -> bool {
        let Some(next) = adding.waiting.pop() else {
            return false;
        };
        adding.current = next;
        adding.known = false;
        adding.takes_text = false;
        self.fill(next, adding.name);
        true
    }

    fn offer_number(&mut self, parent: NodeId, name: &'static str) {
        if let Some(filler) = self.filler(parent, name) {
            filler.content = Content::Integer;
            self.changes += 1;
        }
    }

    fn suspend(&mut self, parent: NodeId, name: &'static str) {
        if let Some(filler) = self.filler(parent, name) {
            filler.active = false;
            self.changes += 1;
        }
    }

    fn restore(&mut self, parent: NodeId, name: &'static str) {
        if let Some(filler) = self.filler(parent, name) {
            filler.active = true;
            self.changes += 1;
        }
    }

    /// Whether a complaint is about a field that was made up, and says what it should be.
    fn reads_probe(&mut self, cause: Option<&Cause>) -> bool {
        let Some(Cause::Type { found, expected } | Cause::Value { found, expected }) = cause else {
            return false;
        };
        let filler = match found.shape {
            Shape::Text { address } => {
                invent::probe_at(address).and_then(|probe| self.fillers.get_mut(probe))
            }
            Shape::Unsigned(invent::TELLING) => self
                .fillers
                .iter_mut()
                .rev()
                .find(|filler| filler.active && matches!(filler.content, Content::Integer)),
            _ => None,
        };
        match (filler, Content::expected(expected)) {
            (Some(filler), Some(content))
                if matches!(filler.content, Content::Probe(_) | Content::Integer)
                    && !matches!((filler.content, content), (Content::Integer, Content::Integer)) =>
            {
                filler.content = content;
                self.changes += 1;
                true
            }
            _ => false,
        }
    }
}
