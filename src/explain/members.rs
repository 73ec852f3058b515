//! The members of an object, and what the visitor that takes them says.

use std::any::TypeId;

use serde::de::{DeserializeSeed, MapAccess};

use crate::{json::NodeId, report::ErrorKind};

use super::{
    arrange::{arrange, rank_of, real_members},
    halt::{Cause, Complaint, Halt},
    invent::{Content, Text},
    key::Key,
    memory::{Flag, Spot},
    slot::{quoted, raised},
    walk::Walk,
};

/// What kind of visitor takes the members of an object.
#[derive(Clone, Copy)]
pub(super) enum Style {
    /// A derive's: it has said which fields it knows.
    Struct { fields: &'static [&'static str], visitor: Option<TypeId>, adjacent: bool },
    /// A derive's that looks for a tag among anything else.
    Tagged,
    /// A map with any number of members that are all alike.
    Collection,
    /// Any other.
    Open,
}

#[derive(Clone, Copy)]
pub(super) enum Member {
    Real { key: NodeId, value: NodeId, place: usize },
    Missing { name: &'static str, offered: Option<Content> },
}

/// Members that are taken as they come: the next key, its place, and the end.
#[derive(Clone, Copy)]
struct Alike {
    next: NodeId,
    place: usize,
    end: NodeId,
}

/// The members of an object.
pub(super) struct Members<'w, 't> {
    walk: &'w Walk<'t>,
    object: NodeId,
    style: Style,
    members: std::vec::IntoIter<Member>,
    /// Where members that are taken as they come go on, and where they end: those that are all alike, and
    /// those of a struct of which nothing is known yet.
    alike: Option<Alike>,
    current: Option<Member>,
    structural: bool,
    /// How much had been made up before.
    taint: u64,
    /// Whether this might be an adjacently tagged enum that does not say so: the first of two fields is an
    /// enum, and whether the second has to be there may depend on it.
    perhaps_adjacent: bool,
    /// The fields that were made up.
    offered_missing: Vec<&'static str>,
    /// How often anything was taken before the first member.
    anything: u64,
    started: bool,
    /// Whether the rest was left for the next walk.
    cut: bool,
    /// The first member of a map in which something was left for the next walk.
    unfinished: Option<(usize, NodeId)>,
}

impl<'w, 't> Members<'w, 't> {
    /// The members in the order that gets furthest: what failed before comes last.
    ///
    /// `structural` says whether the visitor judges its fields one by one, as those of derives do.
    pub(super) fn new(
        walk: &'w Walk<'t>,
        object: NodeId,
        style: Style,
        structural: bool,
    ) -> Result<Self, Halt> {
        let taint = walk.tainted();
        let mut members = Vec::new();
        let mut alike = None;
        if matches!(style, Style::Collection) {
            let resume = if walk.may_skip() { walk.memory.borrow().resume(object) } else { None };
            if resume.is_some() {
                walk.taint();
            }
            let (place, next) = resume.unwrap_or((0, walk.tape.first(object)));
            alike = Some(Alike { next, place, end: walk.tape.end(object) });
        } else if matches!(style, Style::Struct { adjacent: false, .. }) && walk.has_learnt_nothing() {
            alike = Some(Alike { next: walk.tape.first(object), place: 0, end: walk.tape.end(object) });
        } else if walk.is_lenient() {
            // Nothing is noted here, so nothing may be held back.
            members.extend(real_members(walk, object));
        } else {
            arrange(walk, object, style, &mut members)?;
        }
        let anything = walk.anything.get();
        let missing = members.iter().filter_map(|member| match member {
            Member::Missing { name, .. } => Some(*name),
            Member::Real { .. } => None,
        });
        let offered_missing = missing.collect();
        Ok(Self {
            walk,
            object,
            style,
            members: members.into_iter(),
            alike,
            current: None,
            structural,
            taint,
            perhaps_adjacent: false,
            offered_missing,
            anything,
            started: false,
            cut: false,
            unfinished: None,
        })
    }

    /// Goes to the next member, if there is one.
    fn advance(&mut self) {
        let Some(alike) = &mut self.alike else {
            self.current = self.members.next();
            return;
        };
        let (walk, tape) = (self.walk, self.walk.tape);
        while alike.next < alike.end {
            let key = alike.next;
            alike.next = tape.behind_member(key);
            // What a name means that comes twice is up to the type, for `serde_json`.
            if !walk.strict && tape.is_repeated(key) {
                continue;
            }
            let place = alike.place;
            alike.place += 1;
            let value = if walk.strict { tape.behind(key) } else { tape.value_of(key) };
            if let Style::Struct { fields, .. } = self.style {
                let name = tape.str(key);
                let field = fields.iter().position(|field| *field == name);
                walk.memory.borrow_mut().set_rank(value, field.unwrap_or(fields.len() + place));
                self.current = Some(Member::Real { key, value, place });
                return;
            }
            if walk.has(value, Flag::ABSENT) {
                continue;
            }
            if !walk.is_lenient() && walk.has(value, Flag::SKIP) {
                walk.taint();
                continue;
            }
            self.current = Some(Member::Real { key, value, place });
            return;
        }
        self.current = None;
    }

    pub(super) fn has_started(&self) -> bool {
        self.started
    }

    /// Settles what the visitor said at the end.
    pub(super) fn end<V>(self, result: Result<V, Halt>) -> Result<V, Halt> {
        let complaint = match result {
            Ok(_) if self.members.len() > 0 || self.alike.is_some_and(|alike| alike.next < alike.end) => {
                return Err(Halt::complain(Cause::Custom("trailing members".to_owned())));
            }
            Err(Halt::Complaint(complaint)) if !self.walk.is_lenient() => complaint,
            result => return result,
        };
        match complaint.cause {
            Cause::Missing(name) if self.is_own(name) => Err(self.learn_missing(name)),
            Cause::Duplicate(name) if self.learn_duplicate(name) => Err(self.walk.refuse()),
            Cause::Custom(ref text) if self.learn_extra(text) => Err(self.walk.refuse()),
            _ => Err(Halt::Complaint(complaint)),
        }
    }

    /// Whether a missing field is one of this very object, and not of something inside that was taken
    /// for anything first.
    fn is_own(&self, name: &'static str) -> bool {
        // Code by hand may want a field because of the stand-in for another.
        let trusted = self.structural || self.walk.tainted() == self.taint;
        if !trusted || self.walk.member(self.object, name).is_some() {
            return false;
        }
        match self.style {
            Style::Struct { fields, .. } => fields.contains(&name),
            Style::Tagged => !self.walk.memory.borrow().labels.contains_key(&self.object),
            Style::Open => self.walk.anything.get() == self.anything,
            Style::Collection => false,
        }
    }

    fn learn_missing(&self, name: &'static str) -> Halt {
        let walk = self.walk;
        let (rank, visitor) = match self.style {
            Style::Struct { fields, adjacent: true, .. } if fields.first() == Some(&name) => {
                return walk.condemn(self.object, tag_not_found(name));
            }
            Style::Tagged => return walk.condemn(self.object, tag_not_found(name)),
            Style::Struct { fields, adjacent, visitor } => {
                let rank = fields.iter().position(|field| *field == name);
                (rank, visitor.filter(|_| !adjacent && !self.perhaps_adjacent))
            }
            Style::Open | Style::Collection => (None, None),
        };
        walk.note(Spot::Missing(self.object, name, rank_of(rank)), ErrorKind::Missing);
        let mut memory = walk.memory.borrow_mut();
        let is_new = match visitor {
            Some(visitor) => memory.demand(visitor, name),
            None => memory.demand_anything(self.object, name),
        };
        if self.offered_missing.contains(&name) {
            memory.give_up(self.object);
        } else if !is_new {
            // It was learnt on this very walk, behind the back of this object.
            memory.changes += 1;
        }
        drop(memory);
        walk.refuse()
    }

    /// Whether a field that came twice was one that was made up, or stands twice in the document.
    fn learn_duplicate(&self, name: &'static str) -> bool {
        let Style::Struct { fields, visitor, .. } = self.style else {
            return false;
        };
        let walk = self.walk;
        let mut memory = walk.memory.borrow_mut();
        if memory.demanded(visitor, Some(self.object)).contains(&name)
            && walk.tape.member(self.object, name).is_none()
        {
            // It is there under an alias.
            let rank = fields.iter().position(|field| *field == name);
            memory.retract_spot(Spot::Missing(self.object, name, rank_of(rank)));
            return memory.is_present(self.object, name);
        }
        false
    }

    /// Whether a text is the complaint about an unknown field of a struct with flattened parts.
    fn learn_extra(&self, text: &str) -> bool {
        if !matches!(self.style, Style::Open) {
            return false;
        }
        let walk = self.walk;
        let name = text.strip_prefix("unknown field `").and_then(|rest| rest.strip_suffix('`'));
        let Some(value) = name.and_then(|name| walk.tape.member(self.object, name)) else {
            return false;
        };
        walk.note(Spot::Node(value), ErrorKind::ExtraForbidden);
        walk.memory.borrow_mut().set(value, Flag::SKIP);
        true
    }

    fn key_failed(&self, key: NodeId, value: NodeId, complaint: &Complaint) -> Halt {
        let walk = self.walk;
        if let Cause::UnknownField { expected, .. } = complaint.cause {
            walk.note(Spot::Node(value), ErrorKind::ExtraForbidden);
            let mut memory = walk.memory.borrow_mut();
            memory.set(value, Flag::SKIP);
            if let Style::Struct { fields, visitor, .. } = self.style {
                if fields == expected {
                    memory.close(visitor);
                }
            }
        } else if walk.has(key, Flag::BAD) {
            walk.memory.borrow_mut().set(value, Flag::SKIP);
        } else {
            let kind = match &complaint.cause {
                Cause::UnknownVariant { expected, .. } => {
                    ErrorKind::Enum { expected: quoted(expected, " or ") }
                }
                cause => complaint.kind.clone().unwrap_or_else(|| raised(cause)),
            };
            walk.note(Spot::Key(value), kind);
            walk.memory.borrow_mut().set(key, Flag::BAD);
        }
        walk.refuse()
    }

    /// Goes no further before this member is done, if every walk should only do what is new.
    fn wait_for(&mut self, place: usize, key: NodeId) {
        let walk = self.walk;
        if let Some(alike) = self.alike.as_mut().filter(|_| walk.may_skip() && walk.is_impatient()) {
            walk.memory.borrow_mut().resume_at(self.object, (place, key));
            walk.skip();
            alike.next = alike.end;
            self.cut = true;
        }
    }

    /// Ends a map for now behind a member that failed, if maps can do without it.
    fn pass_over(&mut self, member: Member, halt: Halt) -> Result<(), Halt> {
        let walk = self.walk;
        let (Member::Real { key, value, place }, Some(alike)) = (member, &mut self.alike) else {
            return Err(halt);
        };
        if !matches!(halt, Halt::Settled) || !walk.may_skip() {
            return Err(halt);
        }
        let done = walk.has(value, Flag::SPENT) || walk.has(value, Flag::SKIP);
        let own = if done { (place + 1, alike.next) } else { (place, key) };
        let resume = self.unfinished.unwrap_or(own);
        walk.memory.borrow_mut().resume_at(self.object, resume);
        walk.skip();
        alike.next = alike.end;
        self.cut = true;
        Ok(())
    }
}

impl<'t> MapAccess<'t> for &mut Members<'_, 't> {
    type Error = Halt;

    fn next_key_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, Halt> {
        self.started = true;
        let walk = self.walk;
        self.advance();
        let Some(member) = &self.current else {
            let done = !self.cut && self.unfinished.is_none() && matches!(self.style, Style::Collection);
            if let Some(alike) = self.alike.filter(|_| done) {
                walk.finish_with(self.object, alike.place, alike.end);
            }
            return Ok(None);
        };
        walk.step()?;
        let (key, value) = match *member {
            Member::Missing { name, .. } => return seed.deserialize(Text(name)).map(Some),
            Member::Real { key, value, .. } => (key, value),
        };
        if matches!(self.style, Style::Collection) {
            walk.memory.borrow_mut().mark(value, Flag::KEPT);
        }
        let result = if !walk.is_lenient() && walk.has(key, Flag::BAD) {
            walk.taint();
            seed.deserialize(walk.nothing(typeid::of::<S>(), None))
        } else {
            seed.deserialize(Key { walk, key, value })
        };
        match result {
            Ok(name) => Ok(Some(name)),
            Err(Halt::Complaint(complaint)) if !walk.is_lenient() => {
                Err(self.key_failed(key, value, &complaint))
            }
            Err(halt) => Err(halt),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Halt> {
        let walk = self.walk;
        match self.current {
            None => walk.invented(walk.nothing(typeid::of::<S>(), None), seed),
            Some(Member::Missing { name, offered }) => {
                let slot = typeid::of::<S>();
                let changes = walk.memory.borrow().changes;
                walk.ignored.set(false);
                let result = walk.invented(walk.nothing(slot, offered), seed);
                let mut memory = walk.memory.borrow_mut();
                if !walk.ignored.get() {
                    memory.known.insert((self.object, name));
                }
                if matches!(result, Err(Halt::Settled)) && memory.changes == changes {
                    memory.give_up(self.object);
                }
                result
            }
            Some(Member::Real { key, value, place }) => {
                let cuts = walk.cuts.get();
                let spent = walk.has(value, Flag::SPENT);
                walk.asked_enum.set(false);
                let result = match self.style {
                    Style::Struct { fields, adjacent: true, .. }
                        if fields.first().is_some_and(|tag| *tag == walk.tape.str(key)) =>
                    {
                        walk.adjacent_tag(self.object, value, seed)
                    }
                    _ => walk.real(value, seed),
                };
                if let Style::Struct { fields: [tag, _], .. } = self.style {
                    self.perhaps_adjacent |= walk.asked_enum.get() && *tag == walk.tape.str(key);
                }
                if result.is_ok() && walk.cuts.get() != cuts && matches!(self.style, Style::Collection) {
                    self.unfinished.get_or_insert((place, key));
                    self.wait_for(place, key);
                }
                if matches!(result, Err(Halt::Settled)) && !walk.is_lenient() {
                    let mut memory = walk.memory.borrow_mut();
                    if !matches!(self.style, Style::Collection) {
                        memory.set(value, Flag::LATE);
                    }
                    if spent {
                        // Everything else was visited before it.
                        memory.give_up(self.object);
                    }
                }
                result
            }
        }
    }

    fn next_entry_seed<K, V>(&mut self, key: K, value: V) -> Result<Option<(K::Value, V::Value)>, Halt>
    where
        K: DeserializeSeed<'t>,
        V: DeserializeSeed<'t>,
    {
        let entry = match self.next_key_seed(key) {
            Ok(None) => return Ok(None),
            Ok(Some(key)) => self.next_value_seed(value).map(|value| (key, value)),
            Err(halt) => Err(halt),
        };
        match (entry, self.current) {
            (Ok(entry), _) => Ok(Some(entry)),
            (Err(halt), Some(member)) => self.pass_over(member, halt).map(|()| None),
            (Err(halt), None) => Err(halt),
        }
    }
}

fn tag_not_found(name: &str) -> ErrorKind {
    ErrorKind::UnionTagNotFound { discriminator: format!("'{name}'") }
}
