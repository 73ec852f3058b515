//! The search for the value that an error of a container is about.
//!
//! Marks take the place of values. A type meets the values in the order of the document and stops at the first one
//! that it refuses, so the wrong value is the last one whose mark is met. That is only a suspicion: types may have
//! another order. A value is wrong if its type refuses a mark with the very words of the error, or if the error
//! goes when another value takes its place.

use rustc_hash::FxHashSet;

use crate::{
    explain::{
        state::{Cause, NodeFlags, Pass, Reading, Substitute},
        types::{Expected, MARKS, Scalar, Unexpected},
    },
    json::{Kind, NodeId},
};

use super::{
    ENUM,
    compare::{complaint_kind, is_about, is_about_other, is_of, is_same_expectation},
    found::{Found, Next, WrongValue},
    parts::{buffered_values, parts},
    replacement::Replacements,
    view::{RefusedMark, View},
};

/// The search for one wrong value.
#[derive(Debug)]
pub(super) struct ValueSearch<'t> {
    container: NodeId,
    complaint: Cause,
    scope: Scope,
    parts: Vec<NodeId>,
    /// The wrong value is one of `parts[low..high]`.
    low: usize,
    high: usize,
    /// The containers around the parts, and what their types expect: they are suspects themselves.
    around: Vec<(NodeId, String)>,
    innocent: FxHashSet<NodeId>,
    /// The members whose keys were not looked at.
    keys: std::vec::IntoIter<NodeId>,
    /// `true` if the type reads the parts in the order of the document.
    is_ordered: bool,
    /// The part whose mark was met last, and what its type expects, where the parts have no order.
    met: Option<(NodeId, Refused)>,
    /// `true` if there were marks already.
    is_marked: bool,
    /// `true` if the error comes before some part is read, so that it cannot be about the container as a whole.
    is_inside: bool,
    trial: Trial<'t>,
}

/// The values among which a value is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// Those that are equal to the one that was refused.
    Equal,
    /// All parts of a container, and then the parts of those.
    Parts,
    /// The members of a container whose keys the app converts.
    Keys,
}

/// The change for the next pass.
#[derive(Debug)]
enum Trial<'t> {
    None,
    /// The parts from here on have marks.
    Marks(usize),
    /// Something stands for a node.
    Value(Box<Proof<'t>>),
    /// A member is left out.
    LeftOut(NodeId),
}

/// The attempt to find a value that a type accepts in the place of a suspect.
#[derive(Debug)]
struct Proof<'t> {
    node: NodeId,
    expected: String,
    replacements: Replacements<'t>,
    tried: Substitute<'t>,
    /// The last value and the error after it, if that says nothing for sure.
    unclear: Option<(Substitute<'t>, Cause)>,
    choices: Option<&'static [&'static str]>,
    /// `true` if the value is known to be wrong, and only another one is looked for.
    is_wrong: bool,
}

/// The error of a type about a mark.
#[derive(Debug)]
struct Refused {
    expected: String,
    tags: Option<&'static [&'static str]>,
    /// `true` if the type dropped the error, and returned the one that is searched for.
    is_dropped: bool,
}

impl Refused {
    fn of(mark: &RefusedMark<'_>) -> Self {
        Self { expected: mark.expected.unwrap_or_default().to_owned(), tags: mark.tags, is_dropped: false }
    }
}

/// The conclusion about a node from the error after a trial.
#[derive(Debug, PartialEq)]
enum Verdict {
    /// The error is gone.
    Gone,
    /// The error says of the new value what it said of the old one.
    Follows,
    Innocent,
    Unclear,
}

impl<'t> ValueSearch<'t> {
    /// The number of equal values that are told apart one by one.
    const MAX_EQUAL: usize = 16;

    /// The number of suspects that may turn out to be innocent.
    const MAX_INNOCENT: usize = 24;

    fn new(container: NodeId, complaint: &Cause, parts: Vec<NodeId>) -> Self {
        Self {
            container,
            complaint: complaint.clone(),
            scope: Scope::Equal,
            low: 0,
            high: parts.len(),
            parts,
            around: Vec::new(),
            innocent: FxHashSet::default(),
            keys: Vec::new().into_iter(),
            is_ordered: true,
            met: None,
            is_marked: false,
            is_inside: false,
            trial: Trial::None,
        }
    }

    /// Begins a search. Returns `None` if there is nothing to search.
    pub(super) fn begin(pass: &mut Pass<'t>, container: NodeId, complaint: &Cause) -> Option<Self> {
        pass.scan(container);
        let mut equal = equal_values(pass, container, complaint);
        if equal.len() > Self::MAX_EQUAL {
            // The containers around them are fewer.
            equal.clear();
        }
        let mut search = Self::new(container, complaint, equal);
        let is_begun = match (search.parts.as_slice(), complaint.expected()) {
            (&[node], Some(expected)) if Expected::of(expected).is_some() => {
                let expected = expected.to_owned();
                search.prove(pass, node, expected, None, false)
            }
            _ => false,
        };
        (is_begun || search.narrow(pass)).then_some(search)
    }

    /// Begins to find out which variants an enum has that refused a value.
    pub(super) fn prove_enum(pass: &mut Pass<'t>, node: NodeId, complaint: &Cause) -> Option<Self> {
        let mut search = Self::new(node, complaint, Vec::new());
        search.prove(pass, node, ENUM.to_owned(), None, false).then_some(search)
    }

    /// Draws the conclusion from a reading.
    pub(super) fn step(&mut self, pass: &mut Pass<'t>, view: &View, reading: &Reading) -> Next<'t> {
        match std::mem::replace(&mut self.trial, Trial::None) {
            Trial::None => self.go_on(pass),
            Trial::Marks(from) => {
                for node in self.parts.get(from..self.high).unwrap_or_default() {
                    pass.learned.nodes.end_trial(*node);
                }
                self.read_marks(pass, view, reading, from)
            }
            Trial::LeftOut(value) => {
                pass.learned.nodes.end_trial(value);
                self.read_without(pass, view.error(reading), value)
            }
            Trial::Value(proof) => {
                pass.learned.nodes.end_trial(proof.node);
                self.read_value(pass, view.error(reading), proof)
            }
        }
    }

    /// Returns `true` if the error is certainly about something inside the container.
    pub(super) fn is_inside(&self) -> bool {
        self.is_inside
    }

    /// Sets the next marks. Returns `false` if nothing is left to search.
    fn narrow(&mut self, pass: &mut Pass<'t>) -> bool {
        loop {
            let count = self.high.saturating_sub(self.low);
            if count > 0 {
                let from =
                    if count == 1 || !self.is_ordered { self.low } else { self.low + count.div_ceil(2) };
                self.mark(pass, from);
                return true;
            }
            // The parts are right: is it the container around them?
            while let Some((node, expected)) = self.around.pop() {
                if !self.innocent.contains(&node) && self.prove(pass, node, expected, None, false) {
                    return true;
                }
            }
            match self.scope {
                Scope::Equal => {
                    self.scope = Scope::Parts;
                    self.search_in(pass, self.container);
                }
                // Keys are read before their values, so no mark was met.
                Scope::Parts if pass.has(self.container, NodeFlags::UNORDERED) => {
                    self.scope = Scope::Keys;
                    let mut keys = parts(pass, self.container);
                    keys.truncate(Self::MAX_INNOCENT);
                    self.keys = keys.into_iter();
                    return self.leave_out_next(pass);
                }
                Scope::Parts | Scope::Keys => return false,
            }
        }
    }

    /// Leaves out the next member.
    fn leave_out_next(&mut self, pass: &mut Pass<'t>) -> bool {
        let Some(value) = self.keys.next() else { return false };
        pass.learned.nodes.try_out(value, Substitute { scalar: Scalar::Absent, is_placeholder: true });
        self.trial = Trial::LeftOut(value);
        true
    }

    fn read_without(&mut self, pass: &mut Pass<'t>, error: Option<&Cause>, value: NodeId) -> Next<'t> {
        let in_document = |address| pass.tape.at_address(address).is_some();
        let is_gone = match error.map(Cause::refused) {
            None => true,
            Some(Some(Unexpected::Str { address })) => in_document(address),
            Some(_) => false,
        };
        if is_gone {
            return Next::Found(Found::Key(value));
        }
        if self.leave_out_next(pass) { Next::GoOn } else { Next::NotFound }
    }

    fn go_on(&mut self, pass: &mut Pass<'t>) -> Next<'t> {
        if self.narrow(pass) { Next::GoOn } else { Next::NotFound }
    }

    fn search_in(&mut self, pass: &mut Pass<'t>, container: NodeId) {
        self.parts = parts(pass, container);
        self.parts.retain(|part| !self.innocent.contains(part));
        self.low = 0;
        self.high = self.parts.len();
        self.is_ordered = !pass.has(container, NodeFlags::UNORDERED);
        self.met = None;
    }

    fn mark(&mut self, pass: &mut Pass<'t>, from: usize) {
        for (number, &node) in self.parts.iter().take(self.high).skip(from).enumerate() {
            let scalar = Scalar::Mark(number.min(MARKS - 1));
            pass.learned.nodes.try_out(node, Substitute { scalar, is_placeholder: true });
        }
        self.is_marked = true;
        self.trial = Trial::Marks(from);
    }

    fn read_marks(&mut self, pass: &mut Pass<'t>, view: &View, reading: &Reading, from: usize) -> Next<'t> {
        let error = view.error(reading);
        let is_same = error == Some(&self.complaint);
        let marks = view.marks(reading);
        let marks = || marks.iter().filter(|mark| mark.number < self.high - from);
        if !self.is_ordered {
            let first = marks().next().map(|mark| (mark.number, Refused::of(mark)));
            return self.read_first_mark(pass, first, is_same);
        }
        // A union meets several marks, any other type stops at the first one.
        let Some(last) = marks().max_by_key(|mark| mark.number).copied() else {
            if is_same {
                self.is_inside |= self.scope == Scope::Parts;
                self.high = from;
            } else if self.high - from > 1 {
                // Something accepts the marks, or the type took another way because of them.
                self.low = from;
            } else {
                return self.exclude(pass, from);
            }
            return self.go_on(pass);
        };
        let is_alone = marks().all(|mark| mark.number == last.number);
        self.low = from + last.number;
        match self.parts.get(self.low) {
            Some(&node) if is_alone && self.high - self.low == 1 => {
                self.judge(pass, node, &Refused { is_dropped: is_same, ..Refused::of(&last) })
            }
            _ => self.go_on(pass),
        }
    }

    /// Takes the marks away in the order in which they are met. The last one that is met is that of the wrong value.
    fn read_first_mark(
        &mut self,
        pass: &mut Pass<'t>,
        first: Option<(usize, Refused)>,
        is_same: bool,
    ) -> Next<'t> {
        let first = first.and_then(|(number, mark)| Some((*self.parts.get(number)?, mark)));
        if let Some((node, mark)) = first {
            let is_alone = self.parts.len() == 1;
            self.parts.retain(|part| *part != node);
            self.high = self.parts.len();
            self.met = Some((node, Refused { is_dropped: is_same, ..mark }));
            if !is_alone {
                return self.go_on(pass);
            }
        } else if is_same {
            self.is_inside |= self.scope == Scope::Parts && !self.parts.is_empty();
        }
        match self.met.take() {
            Some((node, mark)) => self.judge(pass, node, &mark),
            None => {
                self.high = self.low;
                self.go_on(pass)
            }
        }
    }

    /// Decides about a suspect whose type has refused a mark.
    fn judge(&mut self, pass: &mut Pass<'t>, node: NodeId, mark: &Refused) -> Next<'t> {
        if let Some(tags) = mark.tags {
            let is_valid = pass.tape.kind(node) == Kind::String && tags.contains(&pass.tape.str(node));
            if is_valid {
                return self.exclude_node(pass, node);
            }
            return Next::Found(Found::InvalidTag { tag: node, tags });
        }
        if mark.is_dropped {
            // The mark was refused, and the type went on to the same error: a union has dropped what its members
            // said.
            return Next::Found(Found::Union { node, behind: self.behind(pass, node) });
        }
        let expected = mark.expected.clone();
        if is_same_expectation(&self.complaint, &expected) && is_about(pass, &self.complaint, node) {
            // Another value is only looked for where the kind of value is not known.
            let is_known =
                complaint_kind(&self.complaint).is_some() && !pass.learned.nodes.is_placeholder(node);
            let coerced = Replacements::new(pass, node, &expected, &self.complaint).into_coerced();
            if coerced.is_some() {
                return Next::Found(self.wrong(node, expected, coerced, None));
            }
            if is_known || !self.prove(pass, node, expected.clone(), None, true) {
                return Next::Found(self.wrong(node, expected, None, None));
            }
            return Next::GoOn;
        }
        let is_container = matches!(pass.tape.kind(node), Kind::Array | Kind::Object | Kind::Strings);
        if self.scope == Scope::Parts && is_container {
            self.around.push((node, expected));
            self.search_in(pass, node);
            return self.go_on(pass);
        }
        if self.prove(pass, node, expected, None, false) { Next::GoOn } else { self.exclude(pass, self.low) }
    }

    /// Returns the parts that the type reads after a value, or never.
    fn behind(&self, pass: &Pass<'_>, node: NodeId) -> Vec<NodeId> {
        let mut behind: Vec<NodeId> = if self.is_ordered { Vec::new() } else { self.parts.clone() };
        let mut inner = node;
        let containers = self.around.iter().rev().map(|(container, _)| *container).chain([self.container]);
        for (depth, container) in containers.enumerate() {
            if depth > 0 || self.is_ordered {
                let of_container = parts(pass, container).into_iter();
                behind.extend(of_container.skip_while(|part| *part != inner).skip(1));
            }
            inner = container;
        }
        behind
    }

    /// Begins to try values in the place of a suspect. Returns `false` if none is known.
    fn prove(
        &mut self,
        pass: &mut Pass<'t>,
        node: NodeId,
        expected: String,
        choices: Option<&'static [&'static str]>,
        is_wrong: bool,
    ) -> bool {
        let mut replacements = match choices {
            Some(variants) => Replacements::of_variants(variants),
            None => Replacements::new(pass, node, &expected, &self.complaint),
        };
        if node == self.container {
            replacements = replacements.present();
        }
        let Some(tried) = replacements.next() else { return false };
        pass.learned.nodes.try_out(node, tried);
        let unclear = None;
        self.trial =
            Trial::Value(Box::new(Proof { node, expected, replacements, tried, unclear, choices, is_wrong }));
        true
    }

    fn read_value(
        &mut self,
        pass: &mut Pass<'t>,
        error: Option<&Cause>,
        mut proof: Box<Proof<'t>>,
    ) -> Next<'t> {
        let node = proof.node;
        match self.verdict(pass, error, &proof) {
            Verdict::Gone => {
                // If two values lead to the same error of something else, the type accepts the first one as well.
                let accepted = match proof.unclear {
                    Some((first, before)) if Some(&before) == error => first,
                    _ => proof.tried,
                };
                return Next::Found(self.wrong(node, proof.expected, Some(accepted), proof.choices));
            }
            Verdict::Follows => proof.is_wrong = true,
            Verdict::Innocent => return self.exclude_node(pass, node),
            Verdict::Unclear => {}
        }
        if let (Some(Cause::UnknownVariant { expected: variants, name, .. }), None) = (error, proof.choices) {
            if matches!(proof.tried.scalar, Scalar::Str(string) if string == name)
                && self.prove(pass, node, proof.expected.clone(), Some(variants), proof.is_wrong)
            {
                return Next::GoOn;
            }
        }
        proof.unclear = error.map(|error| (proof.tried, error.clone()));
        match proof.replacements.next() {
            Some(next) => {
                pass.learned.nodes.try_out(node, next);
                proof.tried = next;
                self.trial = Trial::Value(proof);
                Next::GoOn
            }
            // Its type may refuse a mark with the same words.
            None if self.scope == Scope::Equal && !self.is_marked => {
                self.low = self.parts.iter().position(|part| *part == node).unwrap_or(self.low);
                self.high = self.low + 1;
                self.go_on(pass)
            }
            None if proof.is_wrong => Next::Found(self.wrong(node, proof.expected, None, proof.choices)),
            None => self.exclude_node(pass, node),
        }
    }

    fn verdict(&self, pass: &Pass<'_>, error: Option<&Cause>, proof: &Proof<'_>) -> Verdict {
        let Some(error) = error else { return Verdict::Gone };
        let is_conversion = matches!(self.complaint, Cause::Custom(_) | Cause::Length { .. });
        if *error == self.complaint {
            // A conversion may say the same of every value.
            return if is_conversion { Verdict::Unclear } else { Verdict::Innocent };
        }
        if follows(pass, &self.complaint, error, proof) {
            return Verdict::Follows;
        }
        if error.refused() == Some(proof.tried.scalar.unexpected()) {
            return Verdict::Unclear;
        }
        // Two values that a type accepts lead to the same error of something else.
        let is_repeated = error.refused() != Some(Unexpected::Other)
            && proof.unclear.as_ref().is_some_and(|(_, before)| before == error);
        if self.makes_struct(error, proof) || is_about_other(pass, error, proof.tried.scalar) || is_repeated {
            Verdict::Gone
        } else {
            Verdict::Unclear
        }
    }

    /// Returns `true` if a struct was expected, and a map in its place lacks a field.
    fn makes_struct(&self, error: &Cause, proof: &Proof<'_>) -> bool {
        let is_struct = complaint_kind(&self.complaint) == Some(Expected::Struct);
        is_struct && proof.tried.scalar == Scalar::Map && matches!(error, Cause::Missing(_))
    }

    fn exclude(&mut self, pass: &mut Pass<'t>, place: usize) -> Next<'t> {
        match self.parts.get(place) {
            Some(&node) => self.exclude_node(pass, node),
            None => Next::NotFound,
        }
    }

    /// Goes on without a suspect.
    fn exclude_node(&mut self, pass: &mut Pass<'t>, node: NodeId) -> Next<'t> {
        self.innocent.insert(node);
        if self.innocent.len() > Self::MAX_INNOCENT {
            return Next::NotFound;
        }
        if self.is_ordered {
            self.parts.retain(|part| *part != node);
            self.low = 0;
            self.high = self.parts.len();
        } else {
            let container = self.around.last().map_or(self.container, |(container, _)| *container);
            self.search_in(pass, container);
        }
        self.go_on(pass)
    }

    fn wrong(
        &self,
        node: NodeId,
        expected: String,
        accepted: Option<Substitute<'t>>,
        choices: Option<&'static [&'static str]>,
    ) -> Found<'t> {
        Found::Value(WrongValue { node, expected, accepted, choices })
    }
}

/// Returns `true` if an error says of a new value what another error said of the value before.
fn follows(pass: &Pass<'_>, complaint: &Cause, error: &Cause, proof: &Proof<'_>) -> bool {
    let is_same_kind = std::mem::discriminant(complaint) == std::mem::discriminant(error);
    is_same_kind
        && complaint.expected().is_some()
        && complaint.expected() == error.expected()
        && complaint != error
        && is_about(pass, complaint, proof.node)
        && is_of(error, proof.tried.scalar)
}

/// Returns the values in a container that are equal to the one that was refused.
fn equal_values(pass: &Pass<'_>, container: NodeId, complaint: &Cause) -> Vec<NodeId> {
    if matches!(complaint, Cause::Custom(_) | Cause::Missing(_) | Cause::Duplicate(_)) {
        return Vec::new();
    }
    let mut equal = buffered_values(pass, container);
    equal.retain(|&node| node != container && is_about(pass, complaint, node));
    equal
}
