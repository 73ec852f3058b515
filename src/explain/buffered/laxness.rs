//! The lax rules in content that serde buffers, where a type recovers from the errors of its parts.
//!
//! An untagged union goes on with its next member if one refuses a value, and a flattened `Option` is `None`. What one
//! of them refuses may be right by the lax rules: `"5"` for a number. As in pydantic, a struct that reads more of the
//! fields that were sent fits better, whether or not it needs the lax rules.

use crate::{
    explain::{
        state::{Cause, Experiment, NodeFlags, Pass, Reading, Substitute},
        types::{Expected, Scalar, Unexpected, coerce, scalar_of},
    },
    json::{Kind, NodeId, Tape},
};

use super::{
    compare::is_about,
    parts::{buffered_values, parts},
};

/// The test whether a type reads more of a container with some values read by the lax rules.
#[derive(Debug)]
pub(super) struct Laxness<'t> {
    /// The values that the lax rules change, with what they make of them.
    coerced: Vec<(NodeId, Scalar<'t>)>,
    stage: Stage,
    /// The number of errors from which the type recovers in a container as it was sent.
    before: usize,
}

#[derive(Debug)]
enum Stage {
    /// The coerced values are in place.
    Coerced,
    /// One member after the other is replaced, with the coerced values in place and without them.
    Counting { members: Vec<NodeId>, place: usize, is_coerced: bool, behind: usize, counts: Counts },
}

/// The numbers of members that the type reads.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    as_sent: usize,
    coerced: usize,
}

impl<'t> Laxness<'t> {
    /// The number of values in a container that the lax rules change.
    const MAX_COERCED: usize = 16;

    /// The number of errors that are looked at.
    const MAX_ERRORS: usize = 64;

    /// The number of members of an object that are replaced.
    const MAX_MEMBERS: usize = 16;

    /// Begins a test, if the type has recovered from an error about something that is right by the lax rules.
    pub(super) fn begin(pass: &mut Pass<'t>, container: NodeId, raised: &[Cause]) -> Option<Self> {
        pass.scan(container);
        let mut test = Self { coerced: Vec::new(), stage: Stage::Coerced, before: raised.len() };
        test.coerce(pass, container, raised).then_some(test)
    }

    /// Puts coerced values in place for the next pass. Returns `false` if there is none that is new.
    fn coerce(&mut self, pass: &mut Pass<'t>, container: NodeId, raised: &[Cause]) -> bool {
        let before = self.coerced.len();
        for error in raised.iter().take(Self::MAX_ERRORS) {
            if self.coerced.len() >= Self::MAX_COERCED {
                break;
            }
            if let Some((node, scalar)) = coercible(pass, container, error) {
                if self.coerced.iter().all(|(other, _)| *other != node) {
                    self.coerced.push((node, scalar));
                }
            }
        }
        self.put(pass);
        self.coerced.len() > before
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

    /// Replaces the next member, by something that no type accepts. Returns `false` if none is left.
    fn replace_next(&self, pass: &mut Pass<'t>) -> bool {
        let Stage::Counting { members, place, is_coerced, .. } = &self.stage else { return false };
        let Some(&member) = members.get(*place) else { return false };
        if *is_coerced {
            self.put(pass);
        }
        pass.learned.nodes.try_out(member, Substitute { scalar: Scalar::Newtype, is_placeholder: true });
        true
    }
}

impl<'t> Experiment<'t> for Laxness<'t> {
    fn go_on(mut self: Box<Self>, pass: &mut Pass<'t>, container: NodeId, reading: Reading) {
        self.take(pass);
        match &mut self.stage {
            Stage::Coerced => {
                if reading.returned.is_some() {
                    return;
                }
                if self.coerce(pass, container, &reading.raised) {
                    pass.learned.experiment(container, self);
                    return;
                }
                self.take(pass);
                let mut members = members_beside(pass, container, &self.coerced);
                // Those that the lax rules change say the most.
                members.sort_by_key(|member| self.coerced.iter().all(|(node, _)| node != member));
                members.truncate(Self::MAX_MEMBERS);
                let counts = Counts::default();
                let behind = reading.raised.len();
                self.stage = Stage::Counting { members, place: 0, is_coerced: false, behind, counts };
            }
            Stage::Counting { members, place, is_coerced, behind, counts } => {
                if let Some(member) = members.get(*place) {
                    pass.learned.nodes.end_trial(*member);
                }
                let usual = if *is_coerced { *behind } else { self.before };
                // A type that reads the member raises one more error.
                let is_read = usize::from(reading.raised.len() > usual);
                if *is_coerced {
                    counts.coerced += is_read;
                    *place += 1;
                } else {
                    counts.as_sent += is_read;
                }
                *is_coerced = !*is_coerced;
            }
        }
        if self.replace_next(pass) {
            pass.learned.experiment(container, self);
            return;
        }
        if let Stage::Counting { counts, .. } = self.stage {
            if counts.coerced > counts.as_sent {
                for (node, scalar) in self.coerced {
                    pass.learned.nodes.coerce(node, scalar);
                }
            }
        }
    }
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

/// Returns the members of the objects that have some of these values.
fn members_beside(pass: &Pass<'_>, container: NodeId, values: &[(NodeId, Scalar<'_>)]) -> Vec<NodeId> {
    let tape = pass.tape;
    let mut objects: Vec<NodeId> = Vec::new();
    for &(node, _) in values {
        let object = tape.parent(member_of(tape, node));
        if tape.kind(object) == Kind::Object && !objects.contains(&object) {
            objects.push(object);
        }
    }
    if objects.is_empty() {
        objects.push(container);
    }
    objects.into_iter().flat_map(|object| parts(pass, object)).collect()
}
