//! The lax rules in content that serde buffers, where a type recovers from the errors of its parts.
//!
//! An untagged union goes on with its next member if one refuses a value, and a flattened `Option` is `None`. What one
//! of them refuses may be right by the lax rules: `"5"` for a number. As in pydantic, a struct that reads more of the
//! fields that were sent fits better, whether or not it needs the lax rules. Of two that read as many, the one that needs
//! none fits better. A value that several types read is as it was sent, because one of them accepts it.

use crate::{
    explain::{
        state::{Cause, Experiment, NodeFlags, Pass, Reading, Substitute},
        types::{Expected, Scalar, Unexpected, coerce, scalar_of},
    },
    json::{NodeId, Tape},
};

use super::{
    compare::is_about,
    parts::{buffered_values, parts},
    view::RefusedMark,
};

/// The test whether a type accepts more of a container with some values read by the lax rules.
#[derive(Debug)]
pub(super) struct Laxness<'t> {
    /// The values that the lax rules change, with what they make of them.
    coerced: Vec<(NodeId, Scalar<'t>)>,
    /// The values that more than one type reads, so that one of them accepts the value as it was sent.
    shared: Vec<NodeId>,
    /// The errors from which the type recovers in the container as it was sent.
    before: Vec<Cause>,
    /// The other values that are still to be compared.
    others: std::vec::IntoIter<NodeId>,
    /// The number of the others that are read only if nothing is coerced.
    unread: usize,
    /// `true` if the type needs no lax rules for the container as it was sent.
    is_exact: bool,
    stage: Stage<'t>,
}

#[derive(Debug)]
enum Stage<'t> {
    /// Something that no type accepts is in the place of a value.
    Refused(NodeId, Scalar<'t>, Vec<Cause>),
    /// The coerced values are in place.
    Coerced,
    /// The coerced values are in place, and something that no type accepts is in the place of another one. The type has
    /// recovered from this many errors without it.
    WithoutOther(NodeId, usize),
    /// Something that no type accepts is in the place of a value, and everything else is as it was sent.
    OnlyWithoutOther(NodeId, usize),
}

impl<'t> Laxness<'t> {
    /// The number of values in a container that the lax rules change, and of those that are left as they are.
    const MAX_VALUES: usize = 16;

    /// The number of errors that are looked at.
    const MAX_ERRORS: usize = 64;

    /// Begins a test, if the type has recovered from an error about something that is right by the lax rules.
    pub(super) fn begin(pass: &mut Pass<'t>, container: NodeId, raised: &[Cause]) -> Option<Self> {
        pass.scan(container);
        let before = raised.to_vec();
        let is_coerced = |node: &NodeId| pass.learned.nodes.substitute(*node).is_some();
        let is_exact = !buffered_values(pass, container).iter().any(is_coerced);
        let mut test = Self {
            coerced: Vec::new(),
            shared: Vec::new(),
            before,
            others: Vec::new().into_iter(),
            unread: 0,
            is_exact,
            stage: Stage::Coerced,
        };
        test.refuse_next(pass, container, raised.to_vec()).then_some(test)
    }

    /// Puts something that no type accepts in the place of the next value. Returns `false` if there is none.
    fn refuse_next(&mut self, pass: &mut Pass<'t>, container: NodeId, raised: Vec<Cause>) -> bool {
        let mut next = None;
        // What was raised last is what the type has not got beyond.
        for error in raised.iter().rev().take(Self::MAX_ERRORS) {
            next = coercible(pass, container, error).filter(|(node, _)| self.is_new(*node));
            if next.is_some() {
                break;
            }
        }
        let Some((node, scalar)) = next else { return false };
        if self.coerced.len() + self.shared.len() >= Self::MAX_VALUES {
            return false;
        }
        self.put(pass);
        leave_out(pass, node);
        self.stage = Stage::Refused(node, scalar, raised);
        true
    }

    fn is_new(&self, node: NodeId) -> bool {
        !self.shared.contains(&node) && self.coerced.iter().all(|(other, _)| *other != node)
    }

    fn put(&self, pass: &mut Pass<'t>) {
        for &(node, scalar) in &self.coerced {
            pass.learned.nodes.try_out(node, Substitute { scalar, is_placeholder: false });
        }
    }

    fn take(&self, pass: &mut Pass<'t>) {
        for &(node, _) in &self.coerced {
            pass.learned.nodes.end_trial(node);
        }
    }

    /// Begins to find out who reads the values that are not coerced.
    fn compare(&mut self, pass: &mut Pass<'t>, container: NodeId, recovered: usize) -> bool {
        pass.scan(container);
        let mut others = parts(pass, container);
        others.retain(|node| self.is_new(*node));
        others.truncate(Self::MAX_VALUES);
        self.others = others.into_iter();
        self.compare_next(pass, container, recovered)
    }

    /// Leaves the next value out of what the type reads by the lax rules. If there is none, or nothing more can change,
    /// the test ends, and `false` is returned.
    fn compare_next(&mut self, pass: &mut Pass<'t>, container: NodeId, recovered: usize) -> bool {
        // Of two that need the lax rules, the first one fits.
        if self.unread >= self.coerced.len() + usize::from(!self.is_exact) {
            return false;
        }
        match self.others.next() {
            Some(other) => {
                self.put(pass);
                leave_out(pass, other);
                self.stage = Stage::WithoutOther(other, recovered);
                true
            }
            None => {
                self.keep(pass, container);
                false
            }
        }
    }

    /// Keeps the coerced values: as in pydantic, a struct that reads more of the fields fits better.
    fn keep(&self, pass: &mut Pass<'t>, container: NodeId) {
        for &(node, scalar) in &self.coerced {
            pass.learned.nodes.coerce(node, scalar);
        }
        if !self.coerced.is_empty() {
            pass.learned.try_lax_rules_again(container);
        }
    }

    /// Returns `true` if the type recovers from an error that it did not raise before.
    fn has_new_error(&self, pass: &Pass<'_>, raised: &[Cause]) -> bool {
        let is_shared = |error: &Cause| self.shared.iter().any(|node| is_about(pass, error, *node));
        raised.iter().any(|error| !self.before.contains(error) && !is_shared(error))
    }
}

impl<'t> Experiment<'t> for Laxness<'t> {
    fn go_on(mut self: Box<Self>, pass: &mut Pass<'t>, container: NodeId, reading: Reading) {
        self.take(pass);
        let goes_on = match std::mem::replace(&mut self.stage, Stage::Coerced) {
            Stage::Refused(node, scalar, raised) => {
                pass.learned.nodes.end_trial(node);
                if reading.raised.iter().filter_map(RefusedMark::in_error).count() == 1 {
                    self.coerced.push((node, scalar));
                    self.put(pass);
                    true
                } else {
                    self.shared.push(node);
                    let goes_on = self.refuse_next(pass, container, raised.clone());
                    if !goes_on && !self.has_new_error(pass, &raised) && !self.coerced.is_empty() {
                        // What is raised then is not known before it is read again.
                        self.put(pass);
                        self.stage = Stage::Coerced;
                        true
                    } else {
                        goes_on
                    }
                }
            }
            Stage::Coerced if reading.returned.is_some() => false,
            Stage::Coerced if self.has_new_error(pass, &reading.raised) => {
                self.refuse_next(pass, container, reading.raised)
            }
            Stage::Coerced => self.compare(pass, container, reading.raised.len()),
            Stage::WithoutOther(other, recovered) => {
                pass.learned.nodes.end_trial(other);
                if reading.returned.is_none() && reading.raised.len() <= recovered {
                    // The struct that needs the lax rules does not read it.
                    leave_out(pass, other);
                    self.stage = Stage::OnlyWithoutOther(other, recovered);
                    true
                } else {
                    self.compare_next(pass, container, recovered)
                }
            }
            Stage::OnlyWithoutOther(other, recovered) => {
                pass.learned.nodes.end_trial(other);
                self.unread +=
                    usize::from(reading.returned.is_some() || reading.raised.len() > self.before.len());
                self.compare_next(pass, container, recovered)
            }
        };
        if goes_on {
            pass.learned.experiment(container, self);
        } else {
            self.take(pass);
        }
    }
}

/// Puts something that no type accepts in the place of a value.
fn leave_out(pass: &mut Pass<'_>, node: NodeId) {
    pass.learned.nodes.try_out(node, Substitute { scalar: Scalar::Newtype, is_placeholder: true });
}

/// Returns the value in a container that an error is about, if it is right by the lax rules, and what they make of it.
fn coercible<'t>(pass: &mut Pass<'t>, container: NodeId, error: &Cause) -> Option<(NodeId, Scalar<'t>)> {
    let tape: &'t Tape<'t> = pass.tape;
    let Cause::Type { found, expected } = error else { return None };
    let wanted = Expected::of(expected)?;
    let values = if let Unexpected::Str { address } = found.value {
        let is_buffered =
            |node: &NodeId| tape.is_within(*node, container) && pass.has(*node, NodeFlags::BUFFERED);
        tape.at_address(address).filter(is_buffered).into_iter().collect()
    } else {
        pass.scan(container);
        let mut values = buffered_values(pass, container);
        values.retain(|&node| is_about(pass, error, node));
        values
    };
    let coerced = |node: NodeId| {
        let scalar = coerce(tape, node, wanted).ok()?;
        let is_changed = Some(scalar) != scalar_of(tape, node) && node != container;
        (is_changed && pass.learned.nodes.substitute(node).is_none()).then_some((node, scalar))
    };
    // A union of single values is one of them as it was sent.
    values.into_iter().filter(|&node| tape.key_of(member_of(tape, node)).is_some()).find_map(coerced)
}

/// Returns the node behind the key of a string, which may be one of several of the same name.
fn member_of(tape: &Tape<'_>, node: NodeId) -> NodeId {
    if tape.is_chosen(node) { tape.parent(node) } else { node }
}
