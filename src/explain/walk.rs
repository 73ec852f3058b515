//! One document, walked again and again: what happens at a place where a value is asked for.

use std::{
    any::TypeId,
    cell::{Cell, RefCell},
    marker::PhantomData,
    panic::{AssertUnwindSafe, catch_unwind},
};

use serde::de::DeserializeOwned;

use crate::{
    json::{NodeId, Tape},
    report::{ErrorKind, Raised},
    rules::{Judge, Step},
};

use super::{
    accepted::Accepted,
    halt::{Cause, Complaint, Halt},
    memory::{Flag, Memory, Note, Spot},
    slot::Slot,
    spread::Map,
};

/// How far a walk may go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) errors: usize,
    pub(super) depth: usize,
    pub(super) work: usize,
}

/// Why no more was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    Work,
    Depth,
}

/// What walking a document came to.
pub(super) struct Outcome<T> {
    /// The value, if nothing in it was made up.
    pub(super) value: Option<T>,
    pub(super) findings: Findings,
}

/// The errors, in the order of the declaration.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) notes: Vec<Note>,
    /// What breaks rules without having been sent: the steps to it.
    pub(super) unsent: Vec<Vec<Step>>,
    /// Whether the value breaks rules, so that it is none even if no error can be shown.
    pub(super) is_forbidden: bool,
    /// A rule that cannot be checked at all.
    pub(super) misuse: Option<String>,
    /// A name in a rule that is no name of a field.
    pub(super) misnamed: Option<String>,
    /// The string that tells which variant a tagged container is.
    pub(super) labels: Map<NodeId, NodeId>,
    /// Whether there may be more errors than these.
    pub(super) incomplete: bool,
    pub(super) over: Option<Over>,
    pub(super) work: usize,
}

impl Findings {
    /// What a type says for itself, where nothing could be pinned down.
    pub(super) fn blame_all(&mut self, error: String) {
        let kind = ErrorKind::ValueError { error: Raised(error) };
        self.notes.push(Note { spot: Spot::Node(NodeId::ROOT), kind });
    }
}

pub(super) struct Walk<'t> {
    pub(super) tape: &'t Tape<'t>,
    pub(super) strict: bool,
    pub(super) bounds: Bounds,
    pub(super) memory: RefCell<Memory<'t>>,
    pub(super) enums: RefCell<Vec<TypeId>>,
    pub(super) slot: Cell<Option<Slot>>,
    /// How many enclosing slots are not known to pass errors on.
    pub(super) untrusted: Cell<u32>,
    /// How many enclosing slots are known to make the best of an error.
    pub(super) lenient: Cell<u32>,
    /// Grows with every value that is not what the client sent.
    pub(super) taint: Cell<u64>,
    /// Grows with every value that a visitor took without saying what it wants.
    pub(super) anything: Cell<u64>,
    /// An error is on its way up.
    pub(super) raised: Cell<bool>,
    pub(super) impatient: Cell<bool>,
    /// An enum was asked for.
    pub(super) asked_enum: Cell<bool>,
    /// Grows with every list or map of which a part was left for the next walk.
    pub(super) cuts: Cell<u64>,
    /// Something that was made up was not looked at, or only kept for later.
    pub(super) ignored: Cell<bool>,
    pub(super) depth: Cell<usize>,
    pub(super) work: Cell<usize>,
    pub(super) over: Cell<Option<Over>>,
    /// Whether this is the last walk, which makes the value that rules will look at.
    pub(super) is_last: Cell<bool>,
    /// The how-manieth counter-check this is: stand-ins differ from what they are on other walks, where they can.
    pub(super) counter_check: Cell<u8>,
    /// Of how many variants the largest enum has one that was made of nothing.
    pub(super) invented_variants: Cell<usize>,
    /// Whether nothing in the value is a stand-in.
    pub(super) all_sent: Cell<bool>,
}

/// Walks a document until nothing new is found; at the end rules have their say.
pub(super) fn walk<T, J>(tape: &Tape<'_>, strict: bool, bounds: Bounds, accepted: Accepted) -> Outcome<T>
where
    T: DeserializeOwned,
    J: Judge<T>,
{
    let walk = Walk::new(tape, strict, bounds);
    for (list, beginning) in accepted.beginnings(tape) {
        walk.memory.borrow_mut().pass_over(list, beginning);
    }
    let value = walk.search();
    if !J::HAS_RULES || walk.over.get().is_some() || value.as_ref().is_some_and(J::allows) {
        return Outcome { value, findings: walk.finish() };
    }
    let is_forbidden = value.is_some();
    let mut misuse = None;
    // Rules are the app's own code, too.
    let judge = |value: T| catch_unwind(AssertUnwindSafe(|| J::judge(&value, bounds.errors))).ok();
    if let Some(mut found) = walk.last().and_then(judge) {
        misuse.clone_from(&found.misuse);
        if walk.tainted() > 0 && !found.is_empty() {
            // Limits and conditions may come from other fields: what is found because of a stand-in changes
            // with it.
            walk.counter_check.set(1);
            found.keep_common(walk.last().and_then(judge));
            /// More variants than that are not tried.
            const MOST: usize = 8;
            for round in 2..walk.invented_variants.get().min(MOST) {
                walk.counter_check.set(u8::try_from(round).unwrap_or(u8::MAX));
                // Not every variant can be made of nothing.
                if let Some(other) = walk.last().and_then(judge) {
                    found.keep_common(Some(other));
                }
            }
        }
        walk.hold_against(found);
    }
    let mut findings = Findings { is_forbidden, misuse, ..walk.finish() };
    if is_forbidden && findings.notes.is_empty() && findings.misuse.is_none() && !findings.incomplete {
        // A type or a rule that is of another mind every time.
        findings.blame_all("a rule is broken".to_owned());
    }
    Outcome { value: None, findings }
}

impl<'t> Walk<'t> {
    pub(super) fn new(tape: &'t Tape<'t>, strict: bool, bounds: Bounds) -> Self {
        Self {
            tape,
            strict,
            bounds,
            memory: RefCell::new(Memory::new(tape)),
            enums: RefCell::default(),
            slot: Cell::new(None),
            untrusted: Cell::new(0),
            lenient: Cell::new(0),
            taint: Cell::new(0),
            anything: Cell::new(0),
            raised: Cell::new(false),
            impatient: Cell::new(false),
            asked_enum: Cell::new(false),
            cuts: Cell::new(0),
            ignored: Cell::new(false),
            depth: Cell::new(0),
            work: Cell::new(0),
            over: Cell::new(None),
            is_last: Cell::new(false),
            counter_check: Cell::new(0),
            invented_variants: Cell::new(0),
            all_sent: Cell::new(false),
        }
    }

    /// Walks until nothing new is found; the value, if nothing in it was made up.
    fn search<T: DeserializeOwned>(&self) -> Option<T> {
        loop {
            self.begin();
            let changes = self.memory.borrow().changes;
            let result = self.once();
            let genuine = self.taint.get() == 0;
            match result {
                // Something inside may have made the best of it that there is no going on.
                Ok(Ok(_)) if self.over.get().is_some() => return None,
                Ok(Ok(made)) if genuine && self.memory.borrow().notes.is_empty() => return Some(made),
                Ok(Ok(_)) if self.memory.borrow().notes.is_empty() => self.memory.borrow_mut().restart(),
                Ok(_) => {}
                Err(_) => self.recover(),
            }
            let memory = self.memory.borrow();
            if self.over.get().is_some() || memory.changes == changes || memory.full {
                return None;
            }
        }
    }

    /// Walks once more over all there is: a value that may have stand-ins in it, and what it was made of.
    fn last<T: DeserializeOwned>(&self) -> Option<T> {
        self.begin();
        self.impatient.set(false);
        self.is_last.set(true);
        self.memory.borrow_mut().restart();
        self.once().ok().and_then(Result::ok)
    }

    // User code meets values here that it would never get from a parser, and may panic on them.
    fn once<T: DeserializeOwned>(&self) -> std::thread::Result<Result<T, Halt>> {
        catch_unwind(AssertUnwindSafe(|| self.real(NodeId::ROOT, PhantomData::<T>)))
    }

    fn begin(&self) {
        /// After as much work as for so many walks.
        const PATIENCE: usize = 8;
        let found = !self.memory.borrow().notes.is_empty();
        self.impatient.set(found && self.work.get() > PATIENCE * self.tape.len());
        self.enums.borrow_mut().clear();
        self.slot.set(None);
        self.untrusted.set(0);
        self.lenient.set(0);
        self.taint.set(0);
        self.anything.set(0);
        self.raised.set(false);
        self.depth.set(0);
    }

    pub(super) fn finish(self) -> Findings {
        let tape = self.tape;
        let mut memory = self.memory.into_inner();
        let mut notes = std::mem::take(&mut memory.notes);
        notes.sort_by_cached_key(|note| place(tape, &memory, note.spot));
        let incomplete = memory.full || self.over.get().is_some();
        Findings {
            notes,
            unsent: memory.unsent,
            is_forbidden: false,
            misuse: None,
            misnamed: memory.misnamed,
            labels: memory.labels,
            incomplete,
            over: self.over.get(),
            work: self.work.get(),
        }
    }

    /// Counts one more value looked at.
    pub(super) fn step(&self) -> Result<(), Halt> {
        let work = self.work.get() + 1;
        self.work.set(work);
        if work > self.bounds.work && self.over.get().is_none() {
            self.over.set(Some(Over::Work));
        }
        if self.over.get().is_some() { Err(Halt::Over) } else { Ok(()) }
    }

    /// Goes one level deeper in the document.
    pub(super) fn descend<R>(&self, inside: impl FnOnce() -> Result<R, Halt>) -> Result<R, Halt> {
        let depth = self.depth.get();
        if depth >= self.bounds.depth {
            self.over.set(Some(Over::Depth));
            return Err(Halt::Over);
        }
        self.depth.set(depth + 1);
        let result = inside();
        self.depth.set(depth);
        result
    }

    pub(super) fn has(&self, node: NodeId, flag: Flag) -> bool {
        self.memory.borrow().has(node, flag)
    }

    pub(super) fn taint(&self) {
        self.taint.set(self.taint.get() + 1);
    }

    pub(super) fn tainted(&self) -> u64 {
        self.taint.get()
    }

    pub(super) fn take_anything(&self) {
        self.anything.set(self.anything.get() + 1);
    }

    pub(super) fn is_lenient(&self) -> bool {
        self.lenient.get() > 0
    }

    /// Whether failures may be passed over here without anybody above noticing.
    pub(super) fn may_skip(&self) -> bool {
        self.untrusted.get() == 0 && self.lenient.get() == 0
    }

    /// All that is in a list or map has been visited: if there have been many walks, not again.
    pub(super) fn finish_with(&self, container: NodeId, length: usize, end: NodeId) {
        /// What costs little may as well be there for whoever counts it.
        const FEW: usize = 16;
        let mut memory = self.memory.borrow_mut();
        if length > FEW && self.may_skip() && self.is_impatient() && memory.searches.is_empty() {
            memory.pass_over(container, (length, end));
        }
    }

    /// Whether there have been so many walks that every further one should only do what is new.
    pub(super) fn is_impatient(&self) -> bool {
        self.impatient.get()
    }

    /// Counts values that are looked at without being asked for.
    pub(super) fn scan(&self, container: NodeId) {
        let values = self.tape.end(container).index() - container.index();
        self.work.set(self.work.get() + values);
    }

    /// A failure was passed over, or work that is not done yet.
    pub(super) fn skip(&self) {
        self.cuts.set(self.cuts.get() + 1);
        self.raised.set(false);
        self.taint();
    }

    /// Whether this is the first walk and everything in it was taken as it came.
    pub(super) fn has_learnt_nothing(&self) -> bool {
        self.memory.borrow().changes == 0 && !self.is_lenient()
    }

    /// The failure of an empty text where one is asked for: on the next walk it is not there.
    pub(super) fn absent(&self, texts: NodeId) -> Halt {
        self.memory.borrow_mut().set(texts, Flag::ABSENT);
        self.refuse()
    }

    /// The value of the member of that name, if it counts as there.
    pub(super) fn member(&self, object: NodeId, name: &str) -> Option<NodeId> {
        self.tape.member(object, name).filter(|&value| !self.has(value, Flag::ABSENT))
    }

    /// The failure of something that is on the list already, or will never work.
    pub(super) fn refuse(&self) -> Halt {
        self.taint();
        self.raised.set(true);
        Halt::Settled
    }

    /// Puts an error on the list; `Ok` if a stand-in may take the value's place and the walk go on.
    pub(super) fn mismatch(&self, spot: Spot, kind: ErrorKind) -> Result<(), Halt> {
        if self.is_lenient() {
            return Err(Halt::Complaint(Box::new(Complaint {
                cause: Cause::Custom(kind.msg().into_owned()),
                kind: Some(kind),
            })));
        }
        self.note(spot, kind);
        if self.untrusted.get() > 0 {
            // Something above might make a value of the failure, and then it is no error.
            return Err(self.refuse());
        }
        self.taint();
        Ok(())
    }

    pub(super) fn note(&self, spot: Spot, kind: ErrorKind) {
        self.memory.borrow_mut().note(spot, kind, self.bounds.errors);
    }

    /// The error of a node on the list, and a stand-in from now on.
    pub(super) fn condemn(&self, node: NodeId, kind: ErrorKind) -> Halt {
        self.note(Spot::Node(node), kind);
        self.memory.borrow_mut().set(node, Flag::BAD);
        self.refuse()
    }

    /// User code panicked on a stand-in, or on what a client sent.
    fn recover(&self) {
        let Some(slot) = self.slot.get() else {
            return;
        };
        let mut memory = self.memory.borrow_mut();
        match slot.node {
            Some(node) => memory.give_up(node),
            None if memory.climb(slot.seed) => {}
            None => self.over.set(Some(Over::Work)),
        }
    }
}

/// Where an error stands in the report: the places that lead to it, a key before its value.
fn place(tape: &Tape<'_>, memory: &Memory<'_>, spot: Spot) -> (Vec<u32>, bool) {
    let (mut node, last) = match spot {
        Spot::Node(node) | Spot::Variant(node) | Spot::Key(node) => (node, None),
        Spot::Missing(node, _, rank) => (node, Some(rank)),
        Spot::MissingItem(node, index) => (node, Some(u32::try_from(index).unwrap_or(u32::MAX))),
        Spot::Unsent(node, which) => (node, Some(memory.rank_of_unsent(node, which))),
    };
    let mut places: Vec<u32> = last.into_iter().collect();
    while node != NodeId::ROOT {
        places.push(memory.rank(tape, node));
        node = tape.parent(node);
    }
    places.reverse();
    (places, !matches!(spot, Spot::Key(_)))
}
