//! A place where a value is asked for: what goes in, what comes out, and what it means if nothing does.

use std::any::TypeId;

use serde::de::{DeserializeSeed, Visitor};

use crate::{
    json::{Kind, NodeId},
    report::{ErrorKind, Raised},
};

use super::{
    coerce::{self, Scalar},
    deserializer::Node,
    halt::{Cause, Complaint, Halt},
    invent::{Content, Invented},
    memory::{Flag, Reader, Spot, Trust},
    walk::Walk,
    want::Want,
};

/// Where a value is being made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// The type of the seed, which stands for the type of the value and how it is read.
    pub(super) seed: TypeId,
    pub(super) value: TypeId,
    /// What the value is made of, if it is not made of nothing.
    pub(super) node: Option<NodeId>,
    /// Whether the seed reads all values alike.
    stateless: bool,
    pub(super) trusted: bool,
}

impl Slot {
    fn reader(&self) -> Reader {
        (self.seed, self.node.filter(|_| !self.stateless))
    }
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

impl<'t> Walk<'t> {
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
            self.memory.borrow_mut().trust.insert(slot.reader(), Trust::Propagates);
            self.slot.set(Some(Slot { trusted: true, ..slot }));
            self.untrusted.set(self.untrusted.get().saturating_sub(1));
        }
    }

    fn enter<S: DeserializeSeed<'t>>(&self, node: Option<NodeId>) -> Entered {
        let memory = self.memory.borrow();
        let trust = match node {
            Some(node) => memory.trust.get(&reader::<S>(node)).copied(),
            // Nothing is noted about what is made of nothing.
            None => Some(Trust::Propagates),
        };
        if trust.is_none() {
            self.untrusted.set(self.untrusted.get() + 1);
        }
        let swallows = trust == Some(Trust::Swallows);
        if swallows {
            self.lenient.set(self.lenient.get() + 1);
        }
        let entered = Entered {
            outer: self.slot.get(),
            raised: self.raised.get(),
            taint: self.taint.get(),
            anything: self.anything.get(),
            changes: memory.changes,
            swallows,
        };
        self.slot.set(Some(Slot {
            seed: typeid::of::<S>(),
            value: typeid::of::<S::Value>(),
            node,
            stateless: is_stateless::<S>(),
            trusted: trust.is_some(),
        }));
        entered
    }

    /// Restores what was before; the slot that is left, if it is still unknown whether errors leave it.
    fn leave(&self, entered: &Entered) -> Option<Reader> {
        if entered.swallows {
            self.lenient.set(self.lenient.get().saturating_sub(1));
        }
        let slot = self.slot.replace(entered.outer).filter(|slot| !slot.trusted);
        let untrusted = slot.map(|slot| slot.reader());
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
        let entered = self.enter::<S>(Some(node));
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
                    memory.learn_trust(reader::<S>(node), Trust::Swallows);
                }
                if !self.is_lenient() {
                    self.go_on_searching(node, None);
                }
                if self.is_last.get() {
                    let mut memory = self.memory.borrow_mut();
                    memory.mark(node, Flag::VISITED);
                    if matches!(self.tape.kind(node), Kind::Array | Kind::Object | Kind::Texts) {
                        memory.seen.place::<S::Value>(node);
                    }
                    if self.taint.get() == entered.taint {
                        memory.mark(node, Flag::SOUND);
                    }
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
        let entered = self.enter::<S>(None);
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

/// A seed that knows more than its type may read one value otherwise than the next.
fn reader<'t, S: DeserializeSeed<'t>>(node: NodeId) -> Reader {
    (typeid::of::<S>(), Some(node).filter(|_| !is_stateless::<S>()))
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
