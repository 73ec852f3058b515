//! The members of an object, one after the other.

use crate::{
    explain::{
        placeholder::{Offer, Placeholder},
        state::{Cause, Error, Location, NodeFlags, OpenError, Pass},
        types::{Candidate, Scalar, UNKNOWN_MARK},
    },
    json::NodeId,
    report::{Choices, ErrorKind},
};

use super::{
    super::{
        frame::{read_observed, read_placeholder},
        seed::{At, Seed},
        tag::read_adjacent,
    },
    member::{Member, Style, UNKNOWN},
    order::{order, sent_members},
};

/// The members of an object of the document.
#[derive(Debug)]
pub(crate) struct ObjectMembers {
    pub(super) object: NodeId,
    pub(super) style: Style,
    members: std::vec::IntoIter<Member>,
    in_order: Option<InOrder>,
    current: Option<Member>,
    /// The number of values that were made up before the first member.
    pub(super) tainted: u64,
    /// The number of values that were accepted without an expectation before the first member.
    pub(super) anything: u64,
    /// `true` if this may be an adjacently tagged enum that does not say so: the first of two fields is an
    /// enum, and the second may be required or not because of it.
    pub(super) may_be_adjacent: bool,
    /// The missing fields for which there are placeholders.
    pub(super) replaced: Vec<&'static str>,
    has_started: bool,
    /// `true` if the rest was left to the next pass.
    is_cut: bool,
    /// The first member of a map in which something was left to the next pass.
    unfinished: Option<(usize, NodeId)>,
    /// `true` if the visitor was written by hand, so that it may recover from errors.
    is_foreign: bool,
    /// The progress before the first member.
    progress: u64,
    /// What failed last. A visitor that asks for more has recovered from that.
    failed: Option<Failed>,
}

/// A part of a member that failed.
#[derive(Debug)]
enum Failed {
    /// A key that the visitor refused, with its value.
    Key {
        key: NodeId,
        value: NodeId,
        open: Box<OpenError>,
    },
    Value(NodeId),
}

/// Members that are read in their own order: those of a map, and those of a struct about which nothing was
/// learned.
#[derive(Clone, Copy, Debug)]
struct InOrder {
    next: NodeId,
    place: usize,
    end: NodeId,
}

impl ObjectMembers {
    pub(super) fn new(
        pass: &mut Pass<'_>,
        object: NodeId,
        style: Style,
        is_foreign: bool,
    ) -> Result<Self, Error> {
        let tainted = pass.counters().tainted;
        let progress = pass.learned.progress();
        let mut members = Vec::new();
        let mut in_order = None;
        let (first, end) = (pass.tape.first(object), pass.tape.end(object));
        if matches!(style, Style::Collection) {
            let resume = if pass.may_skip() { pass.learned.nodes.resume(object) } else { None };
            if resume.is_some() {
                pass.taint();
            }
            let (place, next) = resume.unwrap_or((0, first));
            in_order = Some(InOrder { next, place, end });
        } else if matches!(style, Style::Struct { is_adjacent: false, .. }) && pass.has_learned_nothing() {
            in_order = Some(InOrder { next: first, place: 0, end });
        } else if pass.is_quiet() {
            // Nothing is noted here, so nothing may be held back.
            members.extend(sent_members(pass.tape, pass.is_strict(), object));
        } else {
            members = order(pass, object, style)?;
        }
        let replaced = members.iter().filter_map(|member| match member {
            Member::Missing { name, .. } => Some(*name),
            Member::Sent { .. } | Member::Unknown => None,
        });
        let replaced = replaced.collect();
        Ok(Self {
            object,
            style,
            members: members.into_iter(),
            in_order,
            current: None,
            tainted,
            anything: pass.counters().anything,
            may_be_adjacent: false,
            replaced,
            has_started: false,
            is_cut: false,
            unfinished: None,
            is_foreign,
            progress,
            failed: None,
        })
    }

    pub(super) fn has_started(&self) -> bool {
        self.has_started
    }

    /// Returns the key and the value of the member that was read last, if it was sent.
    pub(super) fn last_sent(&self) -> Option<(NodeId, NodeId)> {
        match self.current {
            Some(Member::Sent { key, value, .. }) => Some((key, value)),
            _ => None,
        }
    }

    /// Returns `true` if the visitor ended before the last member.
    pub(super) fn has_more(&self) -> bool {
        self.members.len() > 0 || self.in_order.is_some_and(|in_order| in_order.next < in_order.end)
    }

    /// Goes to the next member, if there is one.
    fn advance(&mut self, pass: &mut Pass<'_>) {
        let Some(in_order) = &mut self.in_order else {
            self.current = self.members.next();
            return;
        };
        let tape = pass.tape;
        while in_order.next < in_order.end {
            let key = in_order.next;
            in_order.next = tape.behind_member(key);
            // In strict mode the type decides what a repeated name means, as with `serde_json`.
            if !pass.is_strict() && tape.is_repeated(key) {
                continue;
            }
            let place = in_order.place;
            in_order.place += 1;
            let value = if pass.is_strict() { tape.behind(key) } else { tape.value_of(key) };
            if let Style::Struct { fields, .. } = self.style {
                let name = tape.str(key);
                let field = fields.iter().position(|field| *field == name);
                pass.learned.evidence.set_rank(tape, value, field.unwrap_or(fields.len() + place));
            } else if pass.has(value, NodeFlags::ABSENT) {
                continue;
            } else if !pass.is_quiet() && pass.has(value, NodeFlags::HIDDEN) {
                pass.taint();
                continue;
            }
            self.current = Some(Member::Sent { key, value, place });
            return;
        }
        self.current = None;
    }

    pub(super) fn next_key<'t>(
        &mut self,
        pass: &mut Pass<'t>,
        seed: &mut dyn Seed<'t>,
    ) -> Result<bool, Error> {
        self.has_started = true;
        self.recover(pass);
        self.advance(pass);
        let is_collection = matches!(self.style, Style::Collection);
        let Some(member) = self.current else {
            let is_done = is_collection && !self.is_cut && self.unfinished.is_none();
            if let Some(in_order) = self.in_order.filter(|_| is_done) {
                pass.finish(self.object, in_order.place, in_order.end);
            }
            return Ok(false);
        };
        pass.step()?;
        let (key, value) = match member {
            Member::Missing { name, .. } => {
                return seed.deserialize(pass, At::Fixed(Scalar::Str(name))).map(|()| true);
            }
            Member::Unknown => {
                pass.taint();
                return seed.deserialize(pass, At::Fixed(Scalar::Str(UNKNOWN))).map(|()| true);
            }
            Member::Sent { key, value, .. } => (key, value),
        };
        if is_collection {
            pass.learned.flags.observe(value, NodeFlags::KEPT);
        }
        let at = if !pass.is_quiet() && pass.has(key, NodeFlags::REPLACED) {
            pass.taint();
            At::Placeholder(Placeholder::of(pass, seed.seed_type().id, Offer::Any))
        } else {
            At::Key { key, value }
        };
        match seed.deserialize(pass, at) {
            Ok(()) => Ok(true),
            Err(Error::Open(open)) if !pass.is_quiet() => {
                self.failed = Some(Failed::Key { key, value, open });
                Err(Error::Settled)
            }
            Err(error) => Err(error),
        }
    }

    /// Forgets what failed last, because the visitor goes on.
    fn recover(&mut self, pass: &mut Pass<'_>) {
        if let Some(Failed::Value(value)) = self.failed.take().filter(|_| !pass.is_quiet()) {
            pass.tolerate(value);
        }
    }

    /// Learns from what failed last that the visitor has ended with it. Notes the error of a key.
    pub(super) fn settle_key(&mut self, pass: &mut Pass<'_>) -> Option<Error> {
        match self.failed.take()? {
            Failed::Key { key, value, open } => Some(self.refuse_key(pass, key, value, &open)),
            Failed::Value(value) => {
                if self.is_foreign {
                    pass.learned.flags.decide(value, NodeFlags::REPORTED);
                }
                None
            }
        }
    }

    pub(super) fn next_value<'t>(
        &mut self,
        pass: &mut Pass<'t>,
        seed: &mut dyn Seed<'t>,
    ) -> Result<(), Error> {
        self.recover(pass);
        match self.current {
            None => {
                let placeholder = Placeholder::of(pass, seed.seed_type().id, Offer::Any);
                read_placeholder(pass, placeholder, seed)
            }
            Some(Member::Missing { candidate, .. }) => self.replace_missing(pass, candidate, seed),
            Some(Member::Unknown) => {
                pass.accept_anything();
                seed.deserialize(pass, At::Fixed(Scalar::Mark(UNKNOWN_MARK)))
            }
            Some(Member::Sent { key, value, place }) => self.read_value(pass, key, value, place, seed),
        }
    }

    fn replace_missing<'t>(
        &self,
        pass: &mut Pass<'t>,
        candidate: Option<Candidate>,
        seed: &mut dyn Seed<'t>,
    ) -> Result<(), Error> {
        let placeholder = Placeholder::of(pass, seed.seed_type().id, candidate.into());
        if candidate.is_some() {
            pass.substitute_member();
        }
        let result = read_placeholder(pass, placeholder, seed);
        if matches!(result, Err(Error::Settled)) && pass.learned.progress() == self.progress {
            // Nothing in the object helps any more.
            pass.learned.flags.give_up(self.object);
        }
        result
    }

    fn read_value<'t>(
        &mut self,
        pass: &mut Pass<'t>,
        key: NodeId,
        value: NodeId,
        place: usize,
        seed: &mut dyn Seed<'t>,
    ) -> Result<(), Error> {
        let cut = pass.counters().cut;
        let was_hopeless = pass.has(value, NodeFlags::HOPELESS);
        let is_first_field = self.style.fields().first().is_some_and(|field| *field == pass.tape.str(key));
        let result = match self.style {
            Style::Struct { is_adjacent: true, .. } if is_first_field => {
                read_adjacent(pass, self.object, value, seed)
            }
            style => {
                let (result, asked_for_enum) = if self.is_foreign {
                    pass.within_foreign(value, |pass| read_observed(pass, value, seed))
                } else {
                    read_observed(pass, value, seed)
                };
                self.may_be_adjacent |= asked_for_enum && is_first_field && style.fields().len() == 2;
                result
            }
        };
        let is_collection = matches!(self.style, Style::Collection);
        if result.is_ok() && pass.counters().cut != cut && is_collection {
            self.unfinished.get_or_insert((place, key));
            self.wait_for(pass, place, key);
        }
        if matches!(result, Err(Error::Settled)) && !pass.is_quiet() {
            if !is_collection {
                pass.learned.flags.decide(value, NodeFlags::LAST);
            }
            self.failed = Some(Failed::Value(value));
            if was_hopeless {
                // Everything else was visited before it.
                pass.learned.flags.give_up(self.object);
            }
        }
        result
    }

    /// Notes the error of a key that the visitor refused.
    fn refuse_key(&self, pass: &mut Pass<'_>, key: NodeId, value: NodeId, open: &OpenError) -> Error {
        if let Cause::UnknownField { expected, .. } = open.cause {
            pass.note(Location::Node(value), ErrorKind::ExtraForbidden);
            pass.learned.flags.decide(value, NodeFlags::HIDDEN);
            if self.style.fields() == expected {
                pass.learned.types.close(self.style.uniform());
                pass.learned.members.refuse_key(self.object);
            }
        } else if pass.has(key, NodeFlags::REPLACED) {
            pass.learned.flags.decide(value, NodeFlags::HIDDEN);
        } else {
            let kind = match &open.cause {
                Cause::UnknownVariant { expected, .. } => {
                    ErrorKind::Enum { expected: Choices::Declared(expected) }
                }
                cause => open.kind.clone().unwrap_or_else(|| cause.to_value_error()),
            };
            pass.note(Location::Key(value), kind);
            pass.learned.flags.decide(key, NodeFlags::REPLACED);
        }
        pass.refuse()
    }

    /// Goes no further before this member is done, in an incremental pass.
    fn wait_for(&mut self, pass: &mut Pass<'_>, place: usize, key: NodeId) {
        if pass.may_skip() && pass.is_incremental() {
            self.cut(pass, (place, key));
        }
    }

    /// Ends a map for now behind a member that failed, if a map can do without it.
    pub(super) fn pass_over(&mut self, pass: &mut Pass<'_>, error: Error) -> Result<(), Error> {
        let error = self.settle_key(pass).unwrap_or(error);
        let (Some(Member::Sent { key, value, place }), Some(in_order)) = (self.current, self.in_order) else {
            return Err(error);
        };
        if !matches!(error, Error::Settled) || !pass.may_skip() {
            return Err(error);
        }
        let is_done = pass.has(value, NodeFlags::HOPELESS | NodeFlags::HIDDEN);
        let own = if is_done { (place + 1, in_order.next) } else { (place, key) };
        self.failed = None;
        self.cut(pass, self.unfinished.unwrap_or(own));
        Ok(())
    }

    /// Leaves the rest of the map to the next pass.
    fn cut(&mut self, pass: &mut Pass<'_>, resume: (usize, NodeId)) {
        if let Some(in_order) = &mut self.in_order {
            pass.learned.nodes.resume_at(self.object, resume);
            pass.cut();
            in_order.next = in_order.end;
            self.is_cut = true;
        }
    }
}
