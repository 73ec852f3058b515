//! The items of a sequence: those of a list, from the first that is not done yet, and placeholders.

use std::any::TypeId;

use crate::{
    explain::{
        placeholder::{Offer, Placeholder},
        state::{Error, NodeFlags, Pass},
    },
    json::NodeId,
    report::ErrorKind,
};

use super::{
    frame::{read_node, read_placeholder},
    seed::Seed,
};

/// The items of a sequence.
#[derive(Debug)]
pub(crate) enum Items {
    List(ListItems),
    Placeholders { next: Placeholder, left: usize },
    Empty,
}

/// The items of a list of the document.
#[derive(Debug)]
pub(crate) struct ListItems {
    list: NodeId,
    next: NodeId,
    end: NodeId,
    /// The place of the next item.
    place: usize,
    /// `true` if all items are alike, so that some can be left out.
    are_alike: bool,
    /// The number of placeholders behind the items.
    padding: usize,
    has_started: bool,
    /// `true` if the rest was left to the next pass.
    is_cut: bool,
    /// The first item in which something was left to the next pass.
    unfinished: Option<(usize, NodeId)>,
    /// The item that failed last. A visitor that asks for another one has recovered from that.
    failed: Option<NodeId>,
    /// `true` if the visitor was written by hand: it may recover from errors, and read an item otherwise because of the
    /// items before it.
    is_foreign: bool,
    /// The type of the first item that was not made of what was sent.
    tainted: Option<TypeId>,
}

impl Items {
    pub(super) fn empty() -> Self {
        Self::Empty
    }

    pub(super) fn of_placeholder(item: Placeholder, count: usize) -> Self {
        Self::Placeholders { next: item, left: count }
    }

    pub(super) fn of_list(pass: &mut Pass<'_>, list: NodeId, are_alike: bool) -> Self {
        let are_alike = are_alike && pass.may_skip();
        let resume = if are_alike { pass.learned.nodes.resume(list) } else { None };
        if resume.is_some() {
            pass.taint();
        }
        let (place, next) = resume.unwrap_or((0, pass.tape.first(list)));
        Self::List(ListItems {
            list,
            next,
            end: pass.tape.end(list),
            place,
            are_alike,
            padding: 0,
            has_started: false,
            is_cut: false,
            unfinished: None,
            failed: None,
            is_foreign: false,
            tainted: None,
        })
    }

    /// Says whether the visitor was written by hand.
    pub(super) fn of_foreign(mut self, is_foreign: bool) -> Self {
        if let Self::List(items) = &mut self {
            items.is_foreign = is_foreign;
        }
        self
    }

    /// Adds placeholders behind the items.
    pub(super) fn padded(mut self, padding: usize) -> Self {
        if let Self::List(items) = &mut self {
            items.padding = padding;
        }
        self
    }

    pub(super) fn has_started(&self) -> bool {
        matches!(self, Self::List(items) if items.has_started)
    }

    /// Learns that the visitor returned the error of an item.
    pub(super) fn settle(&self, pass: &mut Pass<'_>) {
        if let Self::List(ListItems { is_foreign: true, failed: Some(item), .. }) = self {
            pass.learned.flags.decide(*item, NodeFlags::REPORTED);
        }
    }

    /// Refuses items that the visitor left over, as a parser would.
    pub(super) fn end(&self, pass: &Pass<'_>) -> Result<(), Error> {
        match self {
            Self::List(items) => items.end(pass),
            Self::Placeholders { .. } | Self::Empty => Ok(()),
        }
    }

    /// Reads the next item, if there is one.
    pub(crate) fn next<'t>(&mut self, pass: &mut Pass<'t>, seed: &mut dyn Seed<'t>) -> Result<bool, Error> {
        match self {
            Self::List(items) => items.next(pass, seed),
            Self::Placeholders { left: 0, .. } | Self::Empty => Ok(false),
            Self::Placeholders { next, left } => {
                let item = *next;
                *left -= 1;
                *next = item.next_sibling();
                read_placeholder(pass, item, seed).map(|()| true)
            }
        }
    }
}

impl ListItems {
    fn end(&self, pass: &Pass<'_>) -> Result<(), Error> {
        if self.is_cut || self.next >= self.end {
            return Ok(());
        }
        Err(Error::of_kind(ErrorKind::TooLong {
            field_type: "List".into(),
            max_length: self.place,
            actual_length: Some(pass.tape.count(self.list)),
        }))
    }

    fn next<'t>(&mut self, pass: &mut Pass<'t>, seed: &mut dyn Seed<'t>) -> Result<bool, Error> {
        self.has_started = true;
        if let Some(failed) = self.failed.take().filter(|_| !pass.is_quiet()) {
            pass.tolerate(failed);
        }
        if self.is_cut {
            return Ok(false);
        }
        while self.next < self.end && pass.is_left_out(self.next) {
            self.place += 1;
            self.next = pass.tape.end(self.next);
        }
        let item = self.next;
        if item >= self.end {
            return self.pad(pass, seed);
        }
        let place = self.place;
        self.place += 1;
        self.next = pass.tape.end(item);
        let before = pass.counters();
        let cut_before = before.cut;
        let result = if self.tainted.is_some_and(|tainted| tainted != seed.seed_type().id) {
            // The placeholder may be why the visitor asks for this type.
            pass.quietly(|pass| read_node(pass, item, seed))
        } else if self.is_foreign {
            pass.within_foreign(item, |pass| read_node(pass, item, seed))
        } else {
            read_node(pass, item, seed)
        };
        if self.is_foreign && pass.counters().tainted != before.tainted {
            self.tainted.get_or_insert(seed.seed_type().id);
        }
        match result {
            Ok(()) => {
                if pass.counters().cut != cut_before {
                    self.unfinished.get_or_insert((place, item));
                    self.wait_for(pass, place, item);
                }
                Ok(true)
            }
            Err(Error::Settled) if !pass.is_quiet() => {
                self.failed = Some(item);
                self.pass_over(pass, place, item)
            }
            Err(error) => Err(error),
        }
    }

    /// Reads a placeholder behind the items, or ends.
    fn pad<'t>(&mut self, pass: &mut Pass<'t>, seed: &mut dyn Seed<'t>) -> Result<bool, Error> {
        let Some(padding) = self.padding.checked_sub(1) else {
            if self.are_alike && self.unfinished.is_none() {
                pass.finish(self.list, self.place, self.end);
            }
            return Ok(false);
        };
        self.padding = padding;
        let placeholder = Placeholder::of(pass, seed.seed_type().id, Offer::Any);
        read_placeholder(pass, placeholder, seed).map(|()| true)
    }

    /// Ends the list for now behind an item that failed, if a list can do without it.
    fn pass_over(&mut self, pass: &mut Pass<'_>, place: usize, item: NodeId) -> Result<bool, Error> {
        let is_hopeless = pass.has(item, NodeFlags::HOPELESS);
        if self.are_alike && pass.may_skip() {
            // The next pass begins with what is not done yet.
            let own = if is_hopeless { (place + 1, self.next) } else { (place, item) };
            pass.learned.nodes.resume_at(self.list, self.unfinished.unwrap_or(own));
            pass.cut();
            self.is_cut = true;
            self.failed = None;
            return Ok(false);
        }
        if is_hopeless {
            pass.learned.flags.give_up(self.list);
        }
        Err(Error::Settled)
    }

    /// Goes no further before this item is done, in an incremental pass.
    fn wait_for(&mut self, pass: &mut Pass<'_>, place: usize, item: NodeId) {
        if self.are_alike && pass.may_skip() && pass.is_incremental() {
            pass.learned.nodes.resume_at(self.list, (place, item));
            pass.cut();
            self.is_cut = true;
        }
    }
}
