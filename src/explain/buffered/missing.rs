//! The search for the object that lacks a field.
//!
//! All objects without the field get a mark as the field. The type that requires it refuses the mark, or takes it
//! for the tag of an enum. Then it gets a value as the field. Several objects may lack the field, so the error may
//! stay until all of them have it. An object lacks the field if the error comes back when only this object is without
//! it again.

use crate::{
    explain::{
        state::{Cause, Owner, Pass, Reading, Substitute},
        types::{Candidate, Expected, MARKS, Scalar, Unexpected, probe_at},
    },
    json::{Kind, NodeId},
};

use super::{
    compare::{ONE_MEMBER, is_about_other},
    found::{Found, Next},
    invention::{Invention, State},
    parts::buffered_values,
    replacement::scalar_for,
    view::{RefusedMark, View},
};

/// The search for one object that lacks a field.
#[derive(Debug)]
pub(super) struct MissingSearch {
    container: NodeId,
    name: &'static str,
    complaint: Cause,
    /// The objects without the field. A list is one of them where an enum looks for its tag in it.
    suspects: Vec<Owner>,
    /// The objects that were given the field without an effect on the error.
    given: Vec<(Owner, Candidate)>,
    trial: Trial,
}

#[derive(Debug)]
enum Trial {
    /// All suspects from the first on have a mark, at most as many as there are marks.
    All,
    /// Only one suspect has a mark: the next one, if the type says nothing about it.
    One(usize),
    /// One suspect has a value that its type may accept.
    Value(Attempt),
    /// One suspect has an object that a union may accept.
    Invention(Attempt, Invention),
    /// The error is gone, and one of the objects that have the field is without it again.
    Withdrawal { tested: (Owner, Candidate), guilty: Vec<(Owner, Candidate)> },
}

/// One suspect with a value as the field.
#[derive(Debug)]
struct Attempt {
    place: usize,
    candidate: Candidate,
    others: std::vec::IntoIter<Candidate>,
    /// What the type expects as the field, in its words.
    expected: String,
    /// The error of the union that is the type, if it is one.
    refusal: Option<Cause>,
}

impl MissingSearch {
    /// Begins a search. Returns `None` if no object lacks the field.
    pub(super) fn begin(
        pass: &mut Pass<'_>,
        container: NodeId,
        name: &'static str,
        complaint: &Cause,
    ) -> Option<Self> {
        pass.scan(container);
        let suspects = lacking(pass, container, name);
        let mut search = Self {
            container,
            name,
            complaint: complaint.clone(),
            suspects,
            given: Vec::new(),
            trial: Trial::All,
        };
        search.mark_all(pass).then_some(search)
    }

    /// Begins to look for the value of a member that an object was offered and that a union has refused. `raised` are
    /// the errors of the container. The last one is that of the union.
    pub(super) fn of_union(
        pass: &mut Pass<'_>,
        container: NodeId,
        complaint: &Cause,
        raised: &[Cause],
    ) -> Option<Self> {
        let probe = raised.iter().find_map(|error| match error.refused()? {
            Unexpected::Str { address } => probe_at(address),
            _ => None,
        });
        let (owner, name) = pass.learned.members.probed(probe?)?;
        let suspects = vec![owner];
        let complaint = complaint.clone();
        let mut search = Self { container, name, complaint, suspects, given: Vec::new(), trial: Trial::All };
        search.mark_all(pass).then_some(search)
    }

    /// Draws the conclusion from a reading.
    pub(super) fn step(&mut self, pass: &mut Pass<'_>, view: &View, reading: &Reading) -> Next<'static> {
        let error = view.error(reading);
        // A union drops the error about the mark.
        let marks = view.marks(reading);
        let refused = error.and_then(RefusedMark::in_error).or_else(|| marks.last().copied());
        match std::mem::replace(&mut self.trial, Trial::All) {
            Trial::All => {
                let marked = 0..self.suspects.len().min(MARKS);
                marked.clone().for_each(|place| self.unmark(pass, place));
                match refused {
                    Some(mark) => self.judge(pass, mark, mark.number, refusal_of_union(&marks, error)),
                    None if error == Some(&self.complaint) => {
                        // None of these: their types do not ask for the field.
                        self.suspects.retain(|owner| is_list(pass, *owner));
                        self.mark_one(pass, 0)
                    }
                    None => self.mark_one(pass, 0),
                }
            }
            Trial::One(place) => {
                self.unmark(pass, place);
                match (refused, error) {
                    (Some(mark), _) => self.judge(pass, mark, place, refusal_of_union(&marks, error)),
                    // A type that does not buffer the field gets any placeholder in the place of a mark.
                    (None, None) => self.found(pass, place, Candidate::Mark(0)),
                    // An object that is an enum has one member and no other.
                    (None, Some(Cause::Value { expected, .. })) if expected == ONE_MEMBER => {
                        self.mark_one(pass, place + 1)
                    }
                    (None, Some(error))
                        if *error != self.complaint
                            && (matches!(error, Cause::Value { .. }) && self.is_container(place)
                                || is_about_other(pass, error, Scalar::Mark(0))) =>
                    {
                        self.found(pass, place, Candidate::Mark(0))
                    }
                    // Now the type goes on, and refuses something else, or the mark in its own words.
                    (None, Some(Cause::Custom(message)))
                        if self.suspects.len() == 1 && !message.starts_with("unknown field") =>
                    {
                        let candidates = candidates("").into_iter();
                        self.try_value(pass, place, candidates, String::new(), None)
                    }
                    _ => self.mark_one(pass, place + 1),
                }
            }
            Trial::Value(attempt) => self.read_value(pass, view, reading, attempt),
            Trial::Invention(attempt, invention) => {
                self.read_invention(pass, view, reading, attempt, invention)
            }
            Trial::Withdrawal { tested, mut guilty } => {
                if error == Some(&self.complaint) {
                    self.give(pass, tested.0, tested.1);
                    guilty.push(tested);
                }
                self.withdraw_next(pass, guilty)
            }
        }
    }

    fn mark_all(&mut self, pass: &mut Pass<'_>) -> bool {
        if self.suspects.is_empty() {
            return false;
        }
        if self.suspects.iter().all(|owner| is_list(pass, *owner)) {
            return matches!(self.mark_one(pass, 0), Next::GoOn);
        }
        for place in 0..self.suspects.len().min(MARKS) {
            if self.suspects.get(place).is_some_and(|owner| !is_list(pass, *owner)) {
                self.mark(pass, place, place);
            }
        }
        self.trial = Trial::All;
        true
    }

    fn mark_one(&mut self, pass: &mut Pass<'_>, place: usize) -> Next<'static> {
        if place >= self.suspects.len() {
            return self.give_up(pass);
        }
        self.mark(pass, place, 0);
        self.trial = Trial::One(place);
        Next::GoOn
    }

    fn is_container(&self, place: usize) -> bool {
        self.suspects.get(place) == Some(&Owner::Node(self.container))
    }

    /// Gives a suspect a mark as the field.
    fn mark(&self, pass: &mut Pass<'_>, place: usize, number: usize) {
        if let Some(&owner) = self.suspects.get(place) {
            self.give(pass, owner, Candidate::Mark(number));
        }
    }

    fn unmark(&self, pass: &mut Pass<'_>, place: usize) {
        if let Some(&owner) = self.suspects.get(place) {
            self.take(pass, owner);
        }
    }

    /// Gives an object the field. A list becomes an object for that.
    fn give(&self, pass: &mut Pass<'_>, owner: Owner, candidate: Candidate) {
        if let (true, Owner::Node(list)) = (is_list(pass, owner), owner) {
            pass.learned.nodes.try_out(list, Substitute { scalar: Scalar::Map, is_placeholder: true });
        }
        pass.learned.members.offer(owner, self.name, candidate);
    }

    fn take(&self, pass: &mut Pass<'_>, owner: Owner) {
        if let Owner::Node(node) = owner {
            pass.learned.nodes.end_trial(node);
        }
        pass.learned.members.withdraw(owner, self.name);
    }

    /// Ends the search without a result.
    fn give_up(&mut self, pass: &mut Pass<'_>) -> Next<'static> {
        for (owner, _) in std::mem::take(&mut self.given) {
            self.take(pass, owner);
        }
        Next::NotFound
    }

    /// Decides about a suspect whose type has refused a mark as the field.
    fn judge(
        &mut self,
        pass: &mut Pass<'_>,
        mark: RefusedMark<'_>,
        place: usize,
        refusal: Option<Cause>,
    ) -> Next<'static> {
        if let Some(tags) = mark.tags {
            return match self.suspects.get(place) {
                Some(&owner) => Next::Found(Found::NoTag { owner, name: self.name, tags }),
                None => self.give_up(pass),
            };
        }
        let expected = mark.expected.unwrap_or_default().to_owned();
        let candidates = if refusal.is_some() { of_union() } else { candidates(&expected) };
        self.try_value(pass, place, candidates.into_iter(), expected, refusal)
    }

    fn try_value(
        &mut self,
        pass: &mut Pass<'_>,
        place: usize,
        mut candidates: std::vec::IntoIter<Candidate>,
        expected: String,
        refusal: Option<Cause>,
    ) -> Next<'static> {
        let owner = self.suspects.get(place).copied();
        match (owner, candidates.next()) {
            (Some(owner), Some(candidate)) => {
                let candidate = match (candidate, pass.learned.members.node_of(owner)) {
                    (Candidate::Map, Some(node)) => pass.learned.members.invent(node),
                    (candidate, _) => candidate,
                };
                self.give(pass, owner, candidate);
                self.trial =
                    Trial::Value(Attempt { place, candidate, others: candidates, expected, refusal });
                Next::GoOn
            }
            _ => self.exclude(pass, place),
        }
    }

    fn read_value(
        &mut self,
        pass: &mut Pass<'_>,
        view: &View,
        reading: &Reading,
        attempt: Attempt,
    ) -> Next<'static> {
        let error = view.error(reading);
        if let (Some(refusal), Candidate::Invented(number)) = (&attempt.refusal, attempt.candidate) {
            let invention = Invention::new(Owner::Invented(number), refusal.clone());
            return self.read_invention(pass, view, reading, attempt, invention);
        }
        let Attempt { place, candidate, others, expected, refusal } = attempt;
        let value = scalar_for(candidate).unwrap_or(Scalar::Map).unexpected();
        match error {
            // The members of a union refuse it.
            Some(error) if refusal.as_ref() == Some(error) => {
                self.try_value(pass, place, others, expected, refusal)
            }
            Some(error) if *error == self.complaint => {
                if place < self.suspects.len() {
                    self.given.push((self.suspects.remove(place), candidate));
                }
                self.go_on(pass)
            }
            Some(Cause::UnknownVariant { name, expected: variants, .. }) if matches!(candidate, Candidate::Str(string) if string == name) =>
            {
                let names = || variants.iter().copied().take(8);
                let variants = names().map(Candidate::Str).chain(names().map(Candidate::Variant));
                let variants: Vec<Candidate> = variants.collect();
                self.try_value(pass, place, variants.into_iter(), String::new(), None)
            }
            // The type refuses this value as well.
            Some(error) if error.refused() == Some(value) && is_of_field(error, &expected) => {
                self.try_value(pass, place, others, expected, refusal)
            }
            // A conversion of the app may refuse the value.
            Some(Cause::Custom(_) | Cause::Length { .. }) if others.len() > 0 => {
                self.try_value(pass, place, others, expected, refusal)
            }
            _ => self.found(pass, place, candidate),
        }
    }

    fn read_invention(
        &mut self,
        pass: &mut Pass<'_>,
        view: &View,
        reading: &Reading,
        attempt: Attempt,
        mut invention: Invention,
    ) -> Next<'static> {
        match invention.step(pass, view, reading) {
            State::Accepted => self.found(pass, attempt.place, attempt.candidate),
            State::GoOn => {
                self.trial = Trial::Invention(attempt, invention);
                Next::GoOn
            }
            State::Refused => {
                let Attempt { place, others, expected, refusal, .. } = attempt;
                self.try_value(pass, place, others, expected, refusal)
            }
        }
    }

    /// The error is gone since an object has the field.
    fn found(&mut self, pass: &mut Pass<'_>, place: usize, candidate: Candidate) -> Next<'static> {
        let Some(&owner) = self.suspects.get(place) else { return self.give_up(pass) };
        self.give(pass, owner, candidate);
        self.withdraw_next(pass, vec![(owner, candidate)])
    }

    /// Takes the field away from the next object that got it before the error was gone.
    fn withdraw_next(&mut self, pass: &mut Pass<'_>, guilty: Vec<(Owner, Candidate)>) -> Next<'static> {
        match self.given.pop() {
            Some(tested) => {
                self.take(pass, tested.0);
                self.trial = Trial::Withdrawal { tested, guilty };
                Next::GoOn
            }
            None => {
                for (owner, _) in &guilty {
                    if let Owner::Node(node) = owner {
                        pass.learned.nodes.end_trial(*node);
                    }
                }
                Next::Found(Found::Missing { owners: guilty, name: self.name })
            }
        }
    }

    /// Goes on without a suspect: its type does not accept the field.
    fn exclude(&mut self, pass: &mut Pass<'_>, place: usize) -> Next<'static> {
        self.unmark(pass, place);
        if place < self.suspects.len() {
            self.suspects.remove(place);
        }
        self.go_on(pass)
    }

    fn go_on(&mut self, pass: &mut Pass<'_>) -> Next<'static> {
        if self.mark_all(pass) { Next::GoOn } else { self.give_up(pass) }
    }
}

/// Returns `true` if a suspect is a list, in which an enum may look for its tag.
fn is_list(pass: &Pass<'_>, owner: Owner) -> bool {
    let Owner::Node(node) = owner else { return false };
    pass.tape.kind(node) == Kind::Array && !pass.learned.nodes.is_placeholder(node)
}

/// Returns `true` if the words of an error may be those of the type of the field.
fn is_of_field(error: &Cause, expected: &str) -> bool {
    expected.is_empty() || Expected::of(expected).is_none() || error.expected() == Some(expected)
}

/// Returns the error of a union that has refused a mark, if its members have refused the mark before.
fn refusal_of_union(marks: &[RefusedMark<'_>], error: Option<&Cause>) -> Option<Cause> {
    error.filter(|error| marks.len() > 1 && matches!(error, Cause::Custom(_))).cloned()
}

/// Returns the values for a member that is a union.
fn of_union() -> Vec<Candidate> {
    vec![Candidate::Integer, Candidate::Str("a"), Candidate::Bool, Candidate::Seq, Candidate::Map]
}

/// Returns the values for a member whose type has described what it expects.
pub(super) fn candidates(expected: &str) -> Vec<Candidate> {
    let Some(wanted) = Expected::of(expected) else {
        return vec![
            Candidate::Str("a"),
            Candidate::Integer,
            Candidate::Map,
            Candidate::Null,
            Candidate::Seq,
        ];
    };
    let first = wanted.placeholder();
    let mut candidates = vec![first];
    match first {
        Candidate::Str(_) => {
            candidates.extend(["a", "1"].map(Candidate::Str));
        }
        Candidate::Integer | Candidate::Float => candidates.extend([0, 1, 2].map(Candidate::Number)),
        _ => {}
    }
    candidates
}

/// Returns the objects in a container that lack a field, and the empty lists, where an enum may look for its tag.
fn lacking(pass: &Pass<'_>, container: NodeId, name: &str) -> Vec<Owner> {
    let members = &pass.learned.members;
    let lacks = |node: &NodeId| {
        let is_placeholder =
            pass.learned.nodes.substitute(*node).is_some_and(|substitute| substitute.scalar == Scalar::Map);
        let is_replaced = pass.learned.nodes.is_placeholder(*node);
        match pass.tape.kind(*node) {
            _ if is_placeholder => true,
            _ if is_replaced => false,
            Kind::Object => {
                pass.member(*node, name).is_none_or(|member| pass.learned.nodes.is_left_out(member))
            }
            Kind::Array => pass.tape.count(*node) == 0,
            _ => false,
        }
    };
    let nodes = std::iter::once(container).chain(buffered_values(pass, container)).filter(lacks);
    let invented = members.invented_in(container, pass.tape);
    let owners = nodes.map(Owner::Node).chain(invented);
    owners.filter(|owner| !members.has(*owner, name)).collect()
}
