//! One document, walked again and again: what happens at a place where a value is asked for.

use std::{
    any::TypeId,
    cell::{Cell, RefCell},
    panic::{AssertUnwindSafe, catch_unwind},
};

use serde::de::{DeserializeOwned, DeserializeSeed, Visitor};

use crate::{
    json::{Kind, NodeId, Tape},
    kind::{ErrorKind, Raised},
};

use super::{
    coerce::{self, Scalar},
    deserializer::Node,
    halt::{Cause, Complaint, Halt},
    invent::{Content, Invented},
    memory::{Flag, Map, Memory, Note, Reader, Spot, Trust},
    want::Want,
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

/// Where a value is being made.
#[derive(Clone, Copy, Debug)]
struct Slot {
    /// The type of the seed, which stands for the type of the value and how it is read.
    seed: TypeId,
    reader: Reader,
    value: TypeId,
    trusted: bool,
}

/// What is being made, innermost last: to know where user code panicked.
#[derive(Clone, Copy, Debug)]
enum Active {
    Real(NodeId),
    Invented(TypeId),
}

pub(super) struct Walk<'t> {
    pub(super) tape: &'t Tape<'t>,
    pub(super) strict: bool,
    bounds: Bounds,
    pub(super) memory: RefCell<Memory<'t>>,
    active: RefCell<Vec<Active>>,
    enums: RefCell<Vec<TypeId>>,
    slot: Cell<Option<Slot>>,
    /// How many enclosing slots are not known to pass errors on.
    untrusted: Cell<u32>,
    /// How many enclosing slots are known to make the best of an error.
    lenient: Cell<u32>,
    /// Grows with every value that is not what the client sent.
    taint: Cell<u64>,
    /// Grows with every value that a visitor took without saying what it wants.
    pub(super) anything: Cell<u64>,
    /// An error is on its way up.
    raised: Cell<bool>,
    impatient: Cell<bool>,
    /// An enum was asked for.
    pub(super) asked_enum: Cell<bool>,
    /// Something that was made up was not looked at, or only kept for later.
    pub(super) ignored: Cell<bool>,
    depth: Cell<usize>,
    work: Cell<usize>,
    over: Cell<Option<Over>>,
}

/// What a slot has to restore and to compare.
struct Entered {
    outer: Option<Slot>,
    raised: bool,
    taint: u64,
    anything: u64,
    changes: u64,
    swallows: bool,
}

/// Walks a document until nothing new is found.
pub(super) fn walk<T: DeserializeOwned>(tape: &Tape<'_>, strict: bool, bounds: Bounds) -> Outcome<T> {
    let walk = Walk::new(tape, strict, bounds);
    let mut value = None;
    loop {
        walk.begin();
        let changes = walk.memory.borrow().changes;
        let seed = std::marker::PhantomData::<T>;
        // User code meets values here that it would never get from a parser, and may panic on them.
        let result = catch_unwind(AssertUnwindSafe(|| walk.real(NodeId::ROOT, seed)));
        let genuine = walk.taint.get() == 0;
        match result {
            Ok(Ok(made)) if genuine && walk.memory.borrow().notes.is_empty() => {
                value = Some(made);
                break;
            }
            Ok(Ok(_)) if walk.memory.borrow().notes.is_empty() => walk.memory.borrow_mut().restart(),
            Ok(_) => {}
            Err(_) => walk.recover(),
        }
        let memory = walk.memory.borrow();
        if walk.over.get().is_some() || memory.changes == changes || memory.full {
            break;
        }
    }
    Outcome { value, findings: walk.finish() }
}

impl<'t> Walk<'t> {
    fn new(tape: &'t Tape<'t>, strict: bool, bounds: Bounds) -> Self {
        Self {
            tape,
            strict,
            bounds,
            memory: RefCell::new(Memory::new(tape)),
            active: RefCell::default(),
            enums: RefCell::default(),
            slot: Cell::new(None),
            untrusted: Cell::new(0),
            lenient: Cell::new(0),
            taint: Cell::new(0),
            anything: Cell::new(0),
            raised: Cell::new(false),
            impatient: Cell::new(false),
            asked_enum: Cell::new(false),
            ignored: Cell::new(false),
            depth: Cell::new(0),
            work: Cell::new(0),
            over: Cell::new(None),
        }
    }

    fn begin(&self) {
        /// After as much work as for so many walks.
        const PATIENCE: usize = 8;
        let found = !self.memory.borrow().notes.is_empty();
        self.impatient.set(found && self.work.get() > PATIENCE * self.tape.len());
        self.active.borrow_mut().clear();
        self.enums.borrow_mut().clear();
        self.slot.set(None);
        self.untrusted.set(0);
        self.lenient.set(0);
        self.taint.set(0);
        self.anything.set(0);
        self.raised.set(false);
        self.depth.set(0);
    }

    fn finish(self) -> Findings {
        let tape = self.tape;
        let mut memory = self.memory.into_inner();
        let mut notes = std::mem::take(&mut memory.notes);
        notes.sort_by_cached_key(|note| place(tape, &memory, note.spot));
        let incomplete = memory.full || self.over.get().is_some();
        Findings { notes, labels: memory.labels, incomplete, over: self.over.get(), work: self.work.get() }
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

    /// A failure was passed over.
    pub(super) fn skip(&self) {
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

    /// The visitor of the slot itself is at work: what it returns, the slot returns, and if a derive or
    /// serde made it, it returns every error that it meets.
    pub(super) fn vouch<V: Visitor<'t>>(&self) {
        let Some(slot) = self.slot.get().filter(|slot| !slot.trusted) else {
            return;
        };
        if !is_standard::<V>() && !is_derived::<V>() {
            return;
        }
        let wrapped = [
            typeid::of::<V::Value>(),
            typeid::of::<Option<V::Value>>(),
            typeid::of::<Box<V::Value>>(),
            typeid::of::<Option<Box<V::Value>>>(),
        ];
        if wrapped.contains(&slot.value) {
            self.memory.borrow_mut().trust.insert(slot.reader, Trust::Propagates);
            self.slot.set(Some(Slot { trusted: true, ..slot }));
            self.untrusted.set(self.untrusted.get().saturating_sub(1));
        }
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

    fn enter(&self, seed: TypeId, value: TypeId, reader: Option<Reader>, active: Active) -> Entered {
        // Nothing is noted about what is made of nothing.
        let trust = match reader {
            Some(reader) => self.memory.borrow().trust.get(&reader).copied(),
            None => Some(Trust::Propagates),
        };
        let reader = reader.unwrap_or((seed, None));
        let outer = self.slot.replace(Some(Slot { seed, reader, value, trusted: trust.is_some() }));
        if trust.is_none() {
            self.untrusted.set(self.untrusted.get() + 1);
        }
        let swallows = trust == Some(Trust::Swallows);
        if swallows {
            self.lenient.set(self.lenient.get() + 1);
        }
        self.active.borrow_mut().push(active);
        Entered {
            outer,
            raised: self.raised.get(),
            taint: self.taint.get(),
            anything: self.anything.get(),
            changes: self.memory.borrow().changes,
            swallows,
        }
    }

    /// Restores what was before; the slot that is left, if it is still unknown whether errors leave it.
    fn leave(&self, entered: &Entered) -> Option<Reader> {
        self.active.borrow_mut().pop();
        if entered.swallows {
            self.lenient.set(self.lenient.get().saturating_sub(1));
        }
        let untrusted = self.slot.replace(entered.outer).filter(|slot| !slot.trusted).map(|slot| slot.reader);
        if untrusted.is_some() {
            self.untrusted.set(self.untrusted.get().saturating_sub(1));
        }
        untrusted
    }

    /// Makes a value of a node of the document.
    pub(super) fn real<S: DeserializeSeed<'t>>(&self, node: NodeId, seed: S) -> Result<S::Value, Halt> {
        self.step()?;
        let bad = !self.is_lenient() && self.has(node, Flag::BAD);
        if bad && self.has(node, Flag::SPENT) {
            return Err(self.refuse());
        }
        let slot = typeid::of::<S>();
        // A seed that knows more than its type may read one value otherwise than the next.
        let reader = (slot, Some(node).filter(|_| !is_stateless::<S>()));
        let entered = self.enter(slot, typeid::of::<S::Value>(), Some(reader), Active::Real(node));
        let result = if bad {
            self.taint();
            seed.deserialize(self.nothing(slot, None))
        } else {
            seed.deserialize(Node { walk: self, id: node })
        };
        let unsure = self.leave(&entered);
        match result {
            Ok(value) => {
                if self.raised.get() && !entered.raised {
                    // It made a value in spite of an error inside: then that was none.
                    self.raised.set(entered.raised);
                    let mut memory = self.memory.borrow_mut();
                    memory.retract(self.tape, node);
                    memory.learn_trust(reader, Trust::Swallows);
                }
                if !self.is_lenient() {
                    self.go_on_searching(node, None);
                }
                Ok(value)
            }
            Err(Halt::Over) => Err(Halt::Over),
            Err(halt) => {
                if let Some(reader) = unsure {
                    self.memory.borrow_mut().learn_trust(reader, Trust::Propagates);
                }
                let Halt::Complaint(complaint) = halt else {
                    let mut memory = self.memory.borrow_mut();
                    if memory.changes == entered.changes && !self.is_lenient() {
                        // The next walk would fail just the same.
                        memory.give_up(node);
                    }
                    return Err(Halt::Settled);
                };
                if self.is_lenient() {
                    return Err(Halt::Complaint(complaint));
                }
                Err(if bad {
                    self.settle_invented(slot, &complaint, Some(node))
                } else {
                    self.settle(node, slot, *complaint, &entered)
                })
            }
        }
    }

    /// Makes a value of nothing.
    pub(super) fn invented<S: DeserializeSeed<'t>>(
        &self,
        parent: Invented<'_, 't>,
        seed: S,
    ) -> Result<S::Value, Halt> {
        self.step()?;
        self.taint();
        let slot = typeid::of::<S>();
        let entered = self.enter(slot, typeid::of::<S::Value>(), None, Active::Invented(slot));
        let own = self.memory.borrow().rung(slot);
        let rung = if own > 0 { own } else { parent.rung };
        let result = seed.deserialize(Invented { walk: self, rung, ..parent });
        self.leave(&entered);
        match result {
            Ok(value) => {
                // What failed inside was none of the client's.
                self.raised.set(entered.raised);
                Ok(value)
            }
            Err(Halt::Complaint(complaint)) => Err(self.settle_invented(slot, &complaint, None)),
            Err(halt) => Err(halt),
        }
    }

    /// The root of stand-ins for a slot.
    pub(super) fn nothing(&self, slot: TypeId, offered: Option<Content>) -> Invented<'_, 't> {
        let rung = self.memory.borrow().rung(slot);
        Invented { walk: self, rung, depth: 0, offered, direct: false }
    }

    /// Which of the stand-ins suits the slot that is being filled.
    pub(super) fn rung(&self) -> u8 {
        self.slot.get().map_or(0, |slot| self.memory.borrow().rung(slot.seed))
    }

    /// Says where the complaint of a type about a node belongs.
    fn settle(&self, node: NodeId, slot: TypeId, complaint: Complaint, entered: &Entered) -> Halt {
        let tainted = self.taint.get() != entered.taint;
        let is_container = matches!(self.tape.kind(node), Kind::Array | Kind::Object);
        let buffered = is_container && self.anything.get() != entered.anything;
        if buffered && complaint.kind.is_none() && self.resolve(node, &complaint) {
            return self.refuse();
        }
        if tainted {
            // It may be about a stand-in: another one, or none, but no error.
            let mut memory = self.memory.borrow_mut();
            if !memory.climb(slot) {
                memory.give_up(node);
            }
            drop(memory);
            return self.refuse();
        }
        let meaning = match complaint.kind {
            // It is about something in the container, but nobody knows about what.
            None if buffered => Meaning::Error(Spot::Node(node), raised(&complaint.cause)),
            _ => self.meaning(node, complaint),
        };
        match meaning {
            Meaning::Error(spot, kind) => {
                self.note(spot, kind);
                self.memory.borrow_mut().set(node, Flag::BAD);
            }
            Meaning::Value(scalar) => {
                let mut memory = self.memory.borrow_mut();
                memory.fixes.insert(node, scalar);
                memory.changes += 1;
            }
        }
        self.refuse()
    }

    /// What a complaint about a node says to the client.
    fn meaning(&self, node: NodeId, complaint: Complaint) -> Meaning<'t> {
        let error = |kind| Meaning::Error(Spot::Node(node), kind);
        if let Some(kind) = complaint.kind {
            return error(kind);
        }
        match &complaint.cause {
            Cause::Type { expected, .. } | Cause::Value { expected, .. } => {
                let fixed = self.memory.borrow().fixes.contains_key(&node);
                let want = Want::of(expected).filter(|want| !want.is_kind(self.tape.kind(node)));
                match want.map(|want| self.judge(node, want)) {
                    Some(Err(kind)) => error(kind),
                    Some(Ok(scalar))
                        if !self.strict && !fixed && coerce::verbatim(self.tape, node) != Some(scalar) =>
                    {
                        Meaning::Value(scalar)
                    }
                    _ => error(raised(&complaint.cause)),
                }
            }
            Cause::UnknownVariant { expected, .. } => {
                error(ErrorKind::Enum { expected: quoted(expected, " or ") })
            }
            Cause::Missing(name) if self.tape.kind(node) == Kind::Object => {
                Meaning::Error(Spot::Missing(node, name, u32::MAX), ErrorKind::Missing)
            }
            cause => error(raised(cause)),
        }
    }

    /// Whether a node is what is wanted.
    pub(super) fn judge(&self, node: NodeId, want: Want) -> Result<Scalar<'t>, ErrorKind> {
        if self.strict {
            match (coerce::verbatim(self.tape, node), want) {
                (Some(Scalar::Float(value)), Want::Integer(_)) if value.fract() != 0.0 => {
                    Err(ErrorKind::IntFromFloat)
                }
                (Some(Scalar::Unsigned(_) | Scalar::Signed(_) | Scalar::Float(_)), Want::Integer(_)) => {
                    coerce::lax(self.tape, node, want)
                }
                (
                    Some(scalar @ (Scalar::Unsigned(_) | Scalar::Signed(_) | Scalar::Float(_))),
                    Want::Float,
                )
                | (Some(scalar @ Scalar::Bool(_)), Want::Bool)
                | (Some(scalar @ Scalar::Null), Want::Null) => Ok(scalar),
                (Some(Scalar::String(_)), Want::Bool | Want::Integer(_) | Want::Float | Want::Null) => {
                    Err(want.type_error())
                }
                (Some(scalar @ Scalar::String(_)), _) => Ok(scalar),
                _ => Err(want.type_error()),
            }
        } else {
            coerce::lax(self.tape, node, want)
        }
    }

    /// Says what to try next where a value of nothing was not taken.
    fn settle_invented(&self, slot: TypeId, complaint: &Complaint, node: Option<NodeId>) -> Halt {
        if !self.learn_recipe(slot, &complaint.cause) {
            let mut memory = self.memory.borrow_mut();
            if !memory.climb(slot) {
                if let Some(node) = node {
                    memory.give_up(node);
                }
            }
        }
        self.refuse()
    }

    /// Does something where errors are passed on as they come, and nothing is noted.
    pub(super) fn leniently<R>(&self, inside: impl FnOnce() -> R) -> R {
        self.lenient.set(self.lenient.get() + 1);
        let result = inside();
        self.lenient.set(self.lenient.get().saturating_sub(1));
        result
    }

    /// User code panicked on a stand-in, or on what a client sent.
    fn recover(&self) {
        let innermost = self.active.borrow().last().copied();
        let mut memory = self.memory.borrow_mut();
        match innermost {
            Some(Active::Real(node)) => memory.give_up(node),
            Some(Active::Invented(slot)) if memory.climb(slot) => {}
            Some(Active::Invented(_)) => self.over.set(Some(Over::Work)),
            None => {}
        }
    }

    /// How many values of an enum are being invented in each other.
    pub(super) fn begin_enum(&self, visitor: TypeId) -> usize {
        let mut enums = self.enums.borrow_mut();
        enums.push(visitor);
        enums.iter().filter(|&&outer| outer == visitor).count() - 1
    }

    pub(super) fn end_enum(&self) {
        self.enums.borrow_mut().pop();
    }

    /// What is known of the type in this slot, if it takes anything: (as a whole, whether it has members).
    pub(super) fn recipe(&self) -> Option<(Option<Content>, bool)> {
        let slot = self.slot.get()?;
        let memory = self.memory.borrow();
        memory.recipes.get(&slot.seed).map(|recipe| (recipe.whole, !recipe.members.is_empty()))
    }

    pub(super) fn recipe_members(&self) -> Vec<(&'static str, Option<Content>)> {
        let memory = self.memory.borrow();
        let recipe = self.slot.get().and_then(|slot| memory.recipes.get(&slot.seed));
        recipe
            .into_iter()
            .flat_map(|recipe| &recipe.members)
            .map(|&(name, content)| (name, Some(content)))
            .collect()
    }

    /// The fields to give to the visitor of a struct that is made of nothing.
    pub(super) fn fields_to_invent(
        &self,
        visitor: TypeId,
        fields: &'static [&'static str],
    ) -> Vec<(&'static str, Option<Content>)> {
        let memory = self.memory.borrow();
        let demanded = memory.is_lean(visitor).then(|| memory.demanded(Some(visitor), None));
        demanded.unwrap_or_else(|| fields.to_vec()).into_iter().map(|name| (name, None)).collect()
    }

    /// A struct could not be made of nothing: perhaps with fewer fields, or with one more.
    pub(super) fn settle_invented_struct(&self, visitor: TypeId, halt: Halt) -> Halt {
        let mut memory = self.memory.borrow_mut();
        let learnt = match &halt {
            Halt::Over => return Halt::Over,
            Halt::Complaint(complaint) => match complaint.cause {
                Cause::Missing(name) => memory.demand(visitor, name),
                _ => memory.make_lean(visitor),
            },
            Halt::Settled => memory.make_lean(visitor),
        };
        drop(memory);
        if learnt { self.refuse() } else { halt }
    }
}

pub(super) enum Meaning<'t> {
    Error(Spot, ErrorKind),
    /// None: by the lax rules it is this value.
    Value(Scalar<'t>),
}

/// Whether a visitor is one of serde's own, of which it is known what it takes.
pub(super) fn is_standard<V>() -> bool {
    let name = std::any::type_name::<V>();
    name.starts_with("serde::") || name.starts_with("serde_core::")
}

/// Whether a visitor was made by a derive: those stand in an anonymous constant.
///
/// If the compiler should spell that otherwise one day, everything is learnt object by object, which only
/// takes longer.
pub(super) fn is_derived<V>() -> bool {
    std::any::type_name::<V>().contains("::_::<impl ")
}

/// Whether all values of a type behave alike, as those of derived visitors and their seeds do.
pub(super) fn is_stateless<S>() -> bool {
    let is_ours = || std::any::type_name::<S>().starts_with(concat!(env!("CARGO_CRATE_NAME"), "::"));
    size_of::<S>() == 0 || is_ours()
}

/// An error in the words of the type that complains.
pub(super) fn raised(cause: &Cause) -> ErrorKind {
    ErrorKind::ValueError { error: Raised(cause.to_string()) }
}

/// `'a', 'b' or 'c'`.
pub(super) fn quoted(names: &[&str], last: &str) -> String {
    let mut text = String::new();
    for (place, name) in names.iter().enumerate() {
        if place > 0 {
            text.push_str(if place + 1 == names.len() { last } else { ", " });
        }
        text.push('\'');
        text.push_str(name);
        text.push('\'');
    }
    text
}

/// Where an error stands in the report: the places that lead to it, a key before its value.
fn place(tape: &Tape<'_>, memory: &Memory<'_>, spot: Spot) -> (Vec<u32>, bool) {
    let (mut node, last) = match spot {
        Spot::Node(node) | Spot::Key(node) => (node, None),
        Spot::Missing(node, _, rank) => (node, Some(rank)),
        Spot::MissingItem(node, index) => (node, Some(u32::try_from(index).unwrap_or(u32::MAX))),
    };
    let mut places: Vec<u32> = last.into_iter().collect();
    while node != NodeId::ROOT {
        places.push(memory.rank(tape, node));
        node = tape.parent(node);
    }
    places.reverse();
    (places, !matches!(spot, Spot::Key(_)))
}
