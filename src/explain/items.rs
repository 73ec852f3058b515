//! The items of a list, from the first that is not done yet.

use serde::de::{DeserializeSeed, SeqAccess};

use crate::{json::NodeId, report::ErrorKind};

use super::{halt::Halt, memory::Flag, walk::Walk};

/// The items of a list.
pub(super) struct Items<'w, 't> {
    walk: &'w Walk<'t>,
    list: NodeId,
    next: NodeId,
    end: NodeId,
    /// The place of the next item.
    place: usize,
    /// Whether all items are alike, so that some can be left out.
    alike: bool,
    /// How many items are to be made up behind the real ones.
    padding: usize,
    started: bool,
    /// Whether the rest was left for the next walk.
    cut: bool,
    /// The first item in which something was left for the next walk.
    unfinished: Option<(usize, NodeId)>,
}

impl<'w, 't> Items<'w, 't> {
    pub(super) fn new(walk: &'w Walk<'t>, list: NodeId, alike: bool) -> Self {
        let alike = alike && walk.may_skip();
        let resume = if alike { walk.memory.borrow().resume(list) } else { None };
        if resume.is_some() {
            walk.taint();
        }
        let (place, next) = resume.unwrap_or((0, walk.tape.first(list)));
        let end = walk.tape.end(list);
        Self { walk, list, next, end, place, alike, padding: 0, started: false, cut: false, unfinished: None }
    }

    pub(super) fn padded(self, padding: usize) -> Self {
        Self { padding, ..self }
    }

    /// Refuses what a visitor left over, as a parser would.
    pub(super) fn end(self) -> Result<(), Halt> {
        if self.cut || self.next >= self.end {
            return Ok(());
        }
        let kind = ErrorKind::TooLong {
            field_type: "List".into(),
            max_length: self.place,
            actual_length: Some(self.walk.tape.count(self.list)),
        };
        Err(Halt::with_kind("trailing items".to_owned(), kind))
    }

    /// Goes no further before this item is done, if every walk should only do what is new.
    fn wait_for(&mut self, place: usize, item: NodeId) {
        let walk = self.walk;
        if self.alike && walk.may_skip() && walk.is_impatient() {
            walk.memory.borrow_mut().resume_at(self.list, (place, item));
            walk.skip();
            self.cut = true;
        }
    }

    pub(super) fn has_started(&self) -> bool {
        self.started
    }
}

impl<'t> SeqAccess<'t> for &mut Items<'_, 't> {
    type Error = Halt;

    fn next_element_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, Halt> {
        self.started = true;
        let walk = self.walk;
        if self.cut {
            return Ok(None);
        }
        let item = self.next;
        if item >= self.end {
            let Some(padding) = self.padding.checked_sub(1) else {
                if self.alike && self.unfinished.is_none() {
                    walk.finish_with(self.list, self.place, self.end);
                }
                return Ok(None);
            };
            self.padding = padding;
            return walk.invented(walk.nothing(typeid::of::<S>(), None), seed).map(Some);
        }
        let place = self.place;
        self.place += 1;
        self.next = walk.tape.end(item);
        let cuts = walk.cuts.get();
        match walk.real(item, seed) {
            Ok(value) => {
                if walk.cuts.get() != cuts {
                    self.unfinished.get_or_insert((place, item));
                    self.wait_for(place, item);
                }
                Ok(Some(value))
            }
            Err(Halt::Settled) if !walk.is_lenient() => {
                let spent = walk.has(item, Flag::SPENT);
                if self.alike && walk.may_skip() {
                    // Here the list ends for now; the next walk begins with what was not done yet.
                    let own = if spent { (place + 1, self.next) } else { (place, item) };
                    let resume = self.unfinished.unwrap_or(own);
                    walk.memory.borrow_mut().resume_at(self.list, resume);
                    walk.skip();
                    self.cut = true;
                    return Ok(None);
                }
                if spent {
                    walk.memory.borrow_mut().give_up(self.list);
                }
                Err(Halt::Settled)
            }
            Err(halt) => Err(halt),
        }
    }
}
