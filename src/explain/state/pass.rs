//! One pass: one deserialization of the document.

use std::any::TypeId;

use crate::{
    explain::types::{SeedType, VisitorType},
    json::{NodeId, Tape},
    report::ErrorKind,
};

use super::{
    error::Error,
    flags::NodeFlags,
    frame::{Frame, Propagation, Reader},
    learned::Learned,
    notes::Location,
    recording::{begin_recording, recorded},
};

/// What is accepted beyond the types themselves. By default FastAPI's rules hold.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Acceptance {
    /// Accepts only what `serde_json` accepts.
    pub(crate) is_strict: bool,
    /// Accepts a list for a struct also by the lax rules.
    pub(crate) structs_from_lists: bool,
}

/// The limits of all passes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub(crate) errors: usize,
    pub(crate) depth: usize,
    pub(crate) work: usize,
}

/// The limit at which the search for errors ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Work,
    Depth,
    /// An integer is looked at that has more digits than Python reads.
    Digits,
}

/// The digits of numbers that serde buffers, where `serde_json` keeps them.
#[derive(Clone, Copy, Debug, Default)]
struct BufferedDigits {
    are_kept: bool,
    are_lost: bool,
}

/// The work that was done, and its limits.
#[derive(Clone, Copy, Debug)]
struct Budget {
    bounds: Bounds,
    work: usize,
    reached: Option<Limit>,
}

/// The purpose of a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Finds errors. An incremental pass visits only what earlier passes left.
    Search { incremental: bool },
    /// Makes the value that rules check. Where any placeholder will do, each round uses another one.
    Rules { round: u8 },
}

/// Counters that only grow: comparing two readings shows what happened in between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counters {
    /// Values that are not what the client sent.
    pub(crate) tainted: u64,
    /// Values that a visitor accepted without saying what it expects.
    pub(crate) anything: u64,
    /// Lists and maps that were left to the next pass in part.
    pub(crate) cut: u64,
    /// Placeholders for single values that serde buffers: they are known, and so is what they stand for.
    pub(crate) substituted: u64,
}

/// The state before a frame, which [`Pass::leave`] restores and compares with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entered {
    outer: Option<Frame>,
    was_raised: bool,
    is_recovering: bool,
    pub(crate) counters: Counters,
    pub(crate) progress: u64,
    /// The number of errors that were recorded.
    pub(crate) recorded: usize,
}

/// The facts about a frame that was left.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Left {
    /// The reader, if it is still unknown what it does with errors.
    pub(crate) unknown: Option<Reader>,
    pub(crate) asked_for_enum: bool,
}

/// One deserialization of the document, and what is left of the earlier ones.
#[derive(Debug)]
pub(crate) struct Pass<'t> {
    pub(crate) tape: &'t Tape<'t>,
    pub(crate) learned: Learned<'t>,
    acceptance: Acceptance,
    budget: Budget,
    mode: Mode,
    digits: BufferedDigits,
    state: State,
}

/// The state at the current place of the current pass.
#[derive(Debug, Default)]
struct State {
    frame: Option<Frame>,
    counters: Counters,
    /// The number of enclosing frames whose propagation is unknown.
    unknown_frames: u32,
    /// The number of enclosing places where errors are passed on as they are, and none is noted.
    quiet: u32,
    /// `true` if an error is being passed on.
    is_raised: bool,
    /// The enums for which placeholders are being made, the outermost first.
    enums: Vec<TypeId>,
    depth: usize,
    /// `true` if code of the app is running, which may panic.
    in_user_code: bool,
}

impl<'t> Pass<'t> {
    pub(crate) fn new(tape: &'t Tape<'t>, acceptance: Acceptance, bounds: Bounds) -> Self {
        Self {
            tape,
            learned: Learned::new(tape, bounds.errors),
            acceptance,
            budget: Budget { bounds, work: 0, reached: None },
            mode: Mode::Search { incremental: false },
            digits: BufferedDigits::default(),
            state: State::default(),
        }
    }

    /// Keeps the digits of numbers also in what serde buffers, in all passes.
    pub(crate) fn keep_buffered_digits(mut self) -> Self {
        self.digits.are_kept = true;
        self
    }

    pub(crate) fn keeps_buffered_digits(&self) -> bool {
        self.digits.are_kept
    }

    /// Records that serde buffers a number without some of its digits.
    pub(crate) fn lose_digits(&mut self) {
        self.digits.are_lost = true;
    }

    /// Returns `true` if serde has buffered a number without some of its digits.
    pub(crate) fn has_lost_digits(&self) -> bool {
        self.digits.are_lost
    }

    /// Begins another pass over the document.
    pub(crate) fn begin(&mut self, mode: Mode) {
        self.mode = mode;
        self.state = State::default();
    }

    /// Returns the number of values that were looked at, over all passes.
    pub(crate) fn work(&self) -> usize {
        self.budget.work
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.acceptance.is_strict
    }

    /// Returns `true` if a list may stand for the fields of a struct in their order, as it may for `serde_json`.
    pub(crate) fn accepts_structs_from_lists(&self) -> bool {
        self.acceptance.is_strict || self.acceptance.structs_from_lists
    }

    /// Returns `true` if the pass makes the value that rules check.
    pub(crate) fn is_for_rules(&self) -> bool {
        matches!(self.mode, Mode::Rules { .. })
    }

    pub(crate) fn is_incremental(&self) -> bool {
        self.mode == Mode::Search { incremental: true }
    }

    /// Returns which placeholders are used where any will do.
    pub(crate) fn round(&self) -> u8 {
        match self.mode {
            Mode::Rules { round } => round,
            Mode::Search { .. } => 0,
        }
    }

    /// Records whether code of the app runs from here on.
    pub(crate) fn set_in_user_code(&mut self, in_user_code: bool) {
        self.state.in_user_code = in_user_code;
    }

    /// Returns `true` if code of the app was running last.
    pub(crate) fn is_in_user_code(&self) -> bool {
        self.state.in_user_code
    }

    pub(crate) fn counters(&self) -> Counters {
        self.state.counters
    }

    pub(crate) fn frame(&self) -> Option<Frame> {
        self.state.frame
    }

    pub(crate) fn reached(&self) -> Option<Limit> {
        self.budget.reached
    }

    /// Ends the search, because it cannot go on.
    pub(crate) fn stop(&mut self) {
        self.budget.reached.get_or_insert(Limit::Work);
    }

    /// Ends the search at an integer with more digits than Python reads.
    pub(crate) fn refuse_digits(&mut self) -> Error {
        self.budget.reached = Some(Limit::Digits);
        Error::Limit
    }

    /// Counts one more value that is looked at.
    pub(crate) fn step(&mut self) -> Result<(), Error> {
        self.budget.work += 1;
        if self.budget.work > self.budget.bounds.work {
            self.budget.reached.get_or_insert(Limit::Work);
        }
        if self.budget.reached.is_some() { Err(Error::Limit) } else { Ok(()) }
    }

    /// Counts the values of a container that are looked at although no visitor asks for them.
    pub(crate) fn scan(&mut self, container: NodeId) {
        self.budget.work += self.tape.end(container).index() - container.index();
    }

    /// Goes one level deeper into the document.
    pub(crate) fn descend(
        &mut self,
        inside: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if self.state.depth >= self.budget.bounds.depth {
            self.budget.reached = Some(Limit::Depth);
            return Err(Error::Limit);
        }
        self.state.depth += 1;
        let result = inside(self);
        self.state.depth -= 1;
        result
    }

    /// Returns `true` if a list or an object is read without this part.
    pub(crate) fn is_left_out(&mut self, node: NodeId) -> bool {
        let is_left_out = self.learned.nodes.is_left_out(node) && !self.is_quiet();
        if is_left_out {
            self.taint_by_substitute();
        }
        is_left_out
    }

    pub(crate) fn has(&self, node: NodeId, flags: NodeFlags) -> bool {
        self.learned.flags.has(node, flags)
    }

    pub(crate) fn taint(&mut self) {
        self.state.counters.tainted += 1;
    }

    /// Counts a value that a visitor accepted without saying what it expects.
    pub(crate) fn accept_anything(&mut self) {
        begin_recording();
        self.state.counters.anything += 1;
    }

    /// Records that the next placeholder is for a single member whose place is known.
    pub(crate) fn substitute_member(&mut self) {
        self.state.counters.substituted += 1;
    }

    /// Counts a placeholder for a single value that serde buffers.
    pub(crate) fn taint_by_substitute(&mut self) {
        self.state.counters.substituted += 1;
        self.taint();
    }

    /// Leaves a part of a list or map to the next pass: a failure inside it is passed over.
    pub(crate) fn cut(&mut self) {
        self.state.counters.cut += 1;
        self.state.is_raised = false;
        self.taint();
    }

    /// Visits what is around the current value once more, because an experiment on it goes on.
    pub(crate) fn is_unfinished(&mut self) {
        self.state.counters.cut += 1;
        self.taint();
    }

    /// Returns `true` if errors are passed on as they are here, and none is noted.
    pub(crate) fn is_quiet(&self) -> bool {
        self.state.quiet > 0
    }

    /// Passes errors on as they are, without noting them.
    pub(crate) fn quietly<R>(&mut self, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.state.quiet += 1;
        let result = inside(self);
        self.state.quiet -= 1;
        result
    }

    /// Returns `true` if failures can be passed over here without any effect on the frames around.
    pub(crate) fn may_skip(&self) -> bool {
        self.state.unknown_frames == 0 && self.state.quiet == 0
    }

    /// Returns `true` if this is the first pass, and it has taken everything as it came.
    pub(crate) fn has_learned_nothing(&self) -> bool {
        self.learned.progress() == 0 && !self.is_quiet()
    }

    /// Leaves out a finished list or map in further passes, if there have been many.
    pub(crate) fn finish(&mut self, container: NodeId, length: usize, end: NodeId) {
        /// Short lists stay, for visitors that count their items.
        const FEW: usize = 16;
        if length > FEW && self.may_skip() && self.is_incremental() && !self.learned.has_experiments() {
            self.learned.nodes.skip_to(container, (length, end));
        }
    }

    /// Returns the value of the member with this name, unless it counts as missing.
    pub(crate) fn member(&self, object: NodeId, name: &str) -> Option<NodeId> {
        self.tape.member(object, name).filter(|&value| !self.has(value, NodeFlags::ABSENT))
    }

    /// Adds an error to the report.
    pub(crate) fn note(&mut self, location: Location, kind: ErrorKind) {
        self.learned.notes.add(location, kind);
    }

    /// Fails with something that is noted, or that no pass can make work.
    pub(crate) fn refuse(&mut self) -> Error {
        self.taint();
        self.state.is_raised = true;
        Error::Settled
    }

    /// Notes an error. `Ok` means that a placeholder may take the value's place in this pass.
    pub(crate) fn mismatch(&mut self, location: Location, kind: ErrorKind) -> Result<(), Error> {
        if self.is_quiet() {
            return Err(Error::of_kind(kind));
        }
        self.note(location, kind);
        if self.state.unknown_frames > 0 {
            // A type around might recover from the error, and then it is none.
            return Err(self.refuse());
        }
        self.taint();
        Ok(())
    }

    /// Notes an error of a node, and replaces the node by a placeholder from now on.
    pub(crate) fn condemn(&mut self, node: NodeId, kind: ErrorKind) -> Error {
        self.note(Location::Node(node), kind);
        self.learned.flags.decide(node, NodeFlags::REPLACED);
        self.refuse()
    }

    /// Enters a seed that makes a value of a node, or of nothing.
    pub(crate) fn enter(&mut self, seed: SeedType, node: Option<NodeId>) -> Entered {
        let propagation = match node {
            Some(node) => self.learned.types.propagation(Reader::new(seed, Some(node))),
            // Nothing is noted about a placeholder.
            None => Some(Propagation::Propagates),
        };
        let is_recovering = propagation == Some(Propagation::Recovers);
        self.state.unknown_frames += u32::from(propagation.is_none());
        self.state.quiet += u32::from(is_recovering);
        let entered = Entered {
            outer: self.state.frame,
            was_raised: self.state.is_raised,
            is_recovering,
            counters: self.state.counters,
            progress: self.learned.progress(),
            recorded: if self.state.counters.anything == 0 { 0 } else { recorded() },
        };
        self.state.frame = Some(Frame::new(seed, node, propagation.is_some()));
        entered
    }

    /// Leaves a seed.
    pub(crate) fn leave(&mut self, entered: &Entered) -> Left {
        self.state.quiet -= u32::from(entered.is_recovering).min(self.state.quiet);
        let frame = std::mem::replace(&mut self.state.frame, entered.outer);
        let unknown = frame.filter(|frame| !frame.is_known);
        self.state.unknown_frames -= u32::from(unknown.is_some()).min(self.state.unknown_frames);
        Left {
            unknown: unknown.map(|frame| frame.reader()),
            asked_for_enum: frame.is_some_and(|frame| frame.asked_for_enum),
        }
    }

    /// Returns `true` if the value of a frame was made although an error was being passed on inside it.
    pub(crate) fn has_recovered(&mut self, entered: &Entered) -> bool {
        let has_recovered = self.state.is_raised && !entered.was_raised;
        if has_recovered {
            self.state.is_raised = entered.was_raised;
        }
        has_recovered
    }

    /// Reads a value inside a visitor that was written by hand. Unless the visitor was seen to return an error in the
    /// value, it may recover from one.
    pub(crate) fn within_foreign<R>(&mut self, node: NodeId, inside: impl FnOnce(&mut Self) -> R) -> R {
        let is_unknown = u32::from(!self.has(node, NodeFlags::REPORTED));
        self.state.unknown_frames += is_unknown;
        let result = inside(self);
        self.state.unknown_frames -= is_unknown.min(self.state.unknown_frames);
        result
    }

    /// Learns that a visitor has gone on after an error in a value: it is no error.
    pub(crate) fn tolerate(&mut self, node: NodeId) {
        self.learned.notes.retract_within(self.tape, node);
        self.learned.flags.decide(node, NodeFlags::TOLERATED);
        self.state.is_raised = false;
    }

    /// Forgets an error inside a placeholder, which is not one of the client's.
    pub(crate) fn forget_error(&mut self, entered: &Entered) {
        self.state.is_raised = entered.was_raised;
    }

    /// Learns that the current frame returns errors, if `visitor` makes the value of the frame itself.
    pub(crate) fn presume_propagation(&mut self, visitor: VisitorType, makes: impl FnOnce(TypeId) -> bool) {
        let Some(frame) = self.state.frame.as_mut().filter(|frame| !frame.is_known) else { return };
        if makes(frame.value) && visitor.returns_errors() {
            frame.is_known = true;
            self.learned.types.presume_propagation(frame.reader());
            self.state.unknown_frames -= self.state.unknown_frames.min(1);
        }
    }

    /// Returns `true` if it is unknown what the current frame does with errors.
    pub(crate) fn is_frame_unknown(&self) -> bool {
        self.state.frame.is_some_and(|frame| !frame.is_known)
    }

    /// Records that the current frame asks for an enum.
    pub(crate) fn ask_for_enum(&mut self) {
        if let Some(frame) = &mut self.state.frame {
            frame.asked_for_enum = true;
        }
    }

    /// Begins a placeholder for an enum. Returns how many placeholders for it are around.
    pub(crate) fn begin_enum(&mut self, visitor: TypeId) -> usize {
        let around = self.state.enums.iter().filter(|&&outer| outer == visitor).count();
        self.state.enums.push(visitor);
        around
    }

    pub(crate) fn end_enum(&mut self) {
        self.state.enums.pop();
    }
}
