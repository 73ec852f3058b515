//! Experiments on buffered content: which of several values, or of several objects, is a complaint about?
//!
//! Values are told apart by marks that no client sends: the next complaint names one of them. Objects that
//! may lack a field get it, one after the other, until the complaint is gone; an object is to blame if
//! taking the field away from it alone brings the complaint back.

use crate::{
    json::{Kind, NodeId},
    kind::ErrorKind,
};

use super::{
    coerce::Scalar,
    halt::{Cause, Shape},
    invent::{self, Content},
    memory::{Filler, Memory, Spot},
    walk::Walk,
    want::Want,
};

/// How many values or objects are told apart.
const MOST: usize = 16;

/// The numbers that mark values where texts would be welcome.
const FIRST_MARK: u64 = 95;

/// An experiment on a container.
#[derive(Debug)]
pub(super) enum Search<'t> {
    /// Each of these values wears a mark: the one that the type complains about is to blame.
    Marks { expected: String, marked: Vec<Marked<'t>> },
    /// The first so many of these objects have got the field.
    Adding { name: &'static str, candidates: Vec<NodeId>, added: usize },
    /// Of these objects, which had got the field, one after the other is without it.
    Removing { name: &'static str, to_test: Vec<NodeId>, tested: NodeId, guilty: Vec<NodeId> },
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
        if candidates.len() > MOST || !memory.settled.insert((container, expected.to_owned())) {
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
        if candidates.len() > MOST || !memory.settled.insert((container, format!("`{name}`"))) {
            return false;
        }
        let Some(&first) = candidates.first() else {
            return false;
        };
        memory.fill(first, name);
        memory.searches.insert(container, Search::Adding { name, candidates, added: 1 });
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
            Search::Adding { name, candidates, added } => self.add(container, name, candidates, added, cause),
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

    fn add(
        &self,
        container: NodeId,
        name: &'static str,
        candidates: Vec<NodeId>,
        added: usize,
        cause: Option<&Cause>,
    ) {
        let mut memory = self.memory.borrow_mut();
        if memory.reads_probe(cause) {
            memory.searches.insert(container, Search::Adding { name, candidates, added });
        } else if !matches!(cause, Some(Cause::Missing(missing)) if *missing == name) {
            // The last one made the difference.
            let mut to_test: Vec<NodeId> = candidates.into_iter().take(added).collect();
            let guilty = to_test.pop().into_iter().collect();
            drop(memory);
            self.test_next(container, name, to_test, guilty);
        } else if let Some(&next) = candidates.get(added) {
            memory.fill(next, name);
            memory.searches.insert(container, Search::Adding { name, candidates, added: added + 1 });
        } else {
            candidates.iter().for_each(|&object| memory.empty(object, name));
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
            self.memory.borrow_mut().empty(tested, name);
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

    fn empty(&mut self, parent: NodeId, name: &'static str) {
        self.suspend(parent, name);
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
        let Shape::Text { address } = found.shape else {
            return false;
        };
        let filler = invent::probe_at(address).and_then(|probe| self.fillers.get_mut(probe));
        match (filler, Content::expected(expected)) {
            (Some(filler), Some(content)) if matches!(filler.content, Content::Probe(_)) => {
                filler.content = content;
                self.changes += 1;
                true
            }
            _ => false,
        }
    }
}
