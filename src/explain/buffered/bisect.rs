//! Experiments on buffered content: which of several values, or of several objects, is an error about?
//!
//! Values are told apart by marks that no client sends: the next error names one of them. Objects that may
//! lack a field get it, one after the other, until the error is gone. An object lacks the field if taking it
//! away from this object alone brings the error back.

use crate::{
    explain::{
        state::{Cause, Experiment, FieldSearch, Location, Marked, Marks, Pass, Withdrawal},
        types::{Expected, FIRST_MARK_PROBE, Scalar, UNUSUAL_INTEGER, Unexpected, probe, probe_at},
    },
    json::{Kind, NodeId},
    report::ErrorKind,
};

use super::blame::blame;

/// The number of values that are told apart.
const MAX_MARKS: usize = 16;

/// The number of objects that are told apart.
const MAX_OBJECTS: usize = 64;

/// The first of the numbers that mark values where the type would accept strings.
const FIRST_MARK: u64 = 95;

/// Begins to tell apart the values that an error fits equally well.
pub(super) fn mark(pass: &mut Pass<'_>, container: NodeId, candidates: &[NodeId], expected: &str) -> bool {
    if candidates.len() > MAX_MARKS || !pass.learned.begin_experiment(container, expected.to_owned()) {
        return false;
    }
    // A string is recognized by its address, but not if the type expects a string.
    let expects_str = matches!(
        Expected::of(expected),
        Some(wanted) if !matches!(wanted, Expected::Bool | Expected::Integer(_) | Expected::Float | Expected::Null)
            && !wanted.is_kind(Kind::Array) && !wanted.is_kind(Kind::Object)
    );
    let mut marked = Vec::new();
    for (mark, &node) in candidates.iter().enumerate() {
        let scalar = if expects_str {
            Scalar::Unsigned(FIRST_MARK + mark as u64)
        } else {
            Scalar::Str(probe(FIRST_MARK_PROBE + mark))
        };
        let before = pass.learned.nodes.mark(node, scalar);
        marked.push(Marked { node, mark, before });
    }
    let marks = Marks { expected: expected.to_owned(), marked };
    pass.learned.go_on(container, Experiment::Marks(marks));
    true
}

/// Begins to find out which objects lack a field.
pub(super) fn search_missing(
    pass: &mut Pass<'_>,
    container: NodeId,
    name: &'static str,
    candidates: Vec<NodeId>,
) -> bool {
    if candidates.len() > MAX_OBJECTS || !pass.learned.begin_experiment(container, experiment_on(name)) {
        return false;
    }
    let mut waiting = candidates;
    waiting.reverse();
    let Some(current) = waiting.pop() else {
        return false;
    };
    pass.learned.members.add_probed(current, name);
    let search =
        FieldSearch { name, waiting, added: Vec::new(), current, is_known: false, accepts_str: false };
    pass.learned.go_on(container, Experiment::Fields(search));
    true
}

/// The name of an experiment that looks for objects without a field.
fn experiment_on(field: &str) -> String {
    format!("`{field}`")
}

/// Goes on with the experiment on a container after its type has returned an error, or none. Returns whether
/// there is such an experiment.
pub(crate) fn go_on_experimenting(pass: &mut Pass<'_>, container: NodeId, cause: Option<&Cause>) -> bool {
    match pass.learned.take_experiment(container) {
        None => return false,
        Some(Experiment::Marks(marks)) => read_mark(pass, container, marks, cause),
        Some(Experiment::Fields(search)) => try_field(pass, container, search, cause),
        Some(Experiment::Withdrawal(withdrawal)) => confirm(pass, container, withdrawal, cause),
    }
    true
}

fn read_mark<'t>(pass: &mut Pass<'t>, container: NodeId, marks: Marks<'t>, cause: Option<&Cause>) {
    let Marks { expected, mut marked } = marks;
    let (value, is_same) = match cause {
        Some(Cause::Type { found, expected: now }) => (Some(found.value), *now == expected),
        Some(Cause::Value { found, .. }) => (Some(found.value), false),
        _ => (None, false),
    };
    let number = match value {
        Some(Unexpected::Str { address }) => {
            probe_at(address).and_then(|probe| probe.checked_sub(FIRST_MARK_PROBE))
        }
        Some(Unexpected::Unsigned(value)) => {
            value.checked_sub(FIRST_MARK).and_then(|mark| usize::try_from(mark).ok())
        }
        _ => None,
    };
    let place = marked.iter().position(|marked| Some(marked.mark) == number);
    let Some(place) = place else {
        unmark(pass, &marked);
        return;
    };
    let named = marked.remove(place);
    unmark(pass, &[named]);
    let culprit = match marked.as_slice() {
        _ if is_same => Some(named.node),
        // The type accepts all others as they are.
        [last] => Some(last.node),
        _ => None,
    };
    match (culprit, cause) {
        (Some(node), Some(cause)) => {
            unmark(pass, &marked);
            // The next value of this kind may be searched for again.
            pass.learned.allow_experiment(container, expected.clone());
            blame(pass, container, node, &expected, cause);
        }
        _ => pass.learned.go_on(container, Experiment::Marks(Marks { expected, marked })),
    }
}

fn unmark<'t>(pass: &mut Pass<'t>, marked: &[Marked<'t>]) {
    for marked in marked {
        pass.learned.nodes.unmark(marked.node, marked.before);
    }
}

fn try_field(pass: &mut Pass<'_>, container: NodeId, mut search: FieldSearch, cause: Option<&Cause>) {
    let name = search.name;
    if learns_from_refusal(pass, cause) {
        search.is_known = true;
    } else if matches!(cause, Some(Cause::Missing(missing)) if *missing == name) {
        search.added.push(search.current);
        if !try_next_object(pass, &mut search) {
            return;
        }
    } else if makes_difference(pass, &search, cause) {
        let FieldSearch { added, current, .. } = search;
        return confirm_next(pass, container, name, added, vec![current]);
    } else if !search.accepts_str {
        // Perhaps a string is the right value, and this error is about something else. A number decides.
        search.accepts_str = true;
        pass.learned.members.offer_integer(search.current, name);
    } else {
        // The error may be about the field itself, which does not belong there.
        pass.learned.members.suspend(search.current, name);
        if !try_next_object(pass, &mut search) {
            return;
        }
    }
    pass.learned.go_on(container, Experiment::Fields(search));
}

/// Returns `true` if the field of the current object made the error go away.
fn makes_difference(pass: &Pass<'_>, search: &FieldSearch, cause: Option<&Cause>) -> bool {
    let Some(cause) = cause else { return true };
    let is_known = search.is_known || pass.learned.members.knows(search.current, search.name);
    is_known && is_about_document(pass, cause)
}

/// Gives the field to the next object. Without a next object the search ends, and what was added is taken
/// away.
fn try_next_object(pass: &mut Pass<'_>, search: &mut FieldSearch) -> bool {
    let Some(next) = search.waiting.pop() else {
        for &object in &search.added {
            pass.learned.members.suspend(object, search.name);
        }
        return false;
    };
    search.current = next;
    search.is_known = false;
    search.accepts_str = false;
    pass.learned.members.add_probed(next, search.name);
    true
}

/// Returns `true` if an error is about a member that was made up. Learns from it what the member should be.
fn learns_from_refusal(pass: &mut Pass<'_>, cause: Option<&Cause>) -> bool {
    let Some(Cause::Type { found, expected } | Cause::Value { found, expected }) = cause else {
        return false;
    };
    let candidate = Expected::of(expected).map(Expected::placeholder);
    pass.learned.members.learn_from_refusal(found.value, candidate).is_made()
}

/// Returns `true` if an error is certainly about something that the client sent, or did not send.
fn is_about_document(pass: &Pass<'_>, cause: &Cause) -> bool {
    let in_document = |address| pass.tape.at_address(address).is_some();
    match cause {
        Cause::Type { found, .. } | Cause::Value { found, .. } => match found.value {
            Unexpected::Str { address } => in_document(address),
            value => value != Unexpected::Unsigned(UNUSUAL_INTEGER),
        },
        Cause::UnknownVariant { address, .. } | Cause::UnknownField { address, .. } => in_document(*address),
        Cause::Missing(_) => true,
        Cause::Custom(_) | Cause::Length { .. } | Cause::Duplicate(_) => false,
    }
}

fn confirm(pass: &mut Pass<'_>, container: NodeId, withdrawal: Withdrawal, cause: Option<&Cause>) {
    let Withdrawal { name, to_test, tested, mut guilty } = withdrawal;
    if matches!(cause, Some(Cause::Missing(missing)) if *missing == name) {
        pass.learned.members.restore(tested, name);
        guilty.push(tested);
    } else {
        pass.learned.members.suspend(tested, name);
    }
    confirm_next(pass, container, name, to_test, guilty);
}

/// Takes the field away from the next object, or reports the objects that lack it.
fn confirm_next(
    pass: &mut Pass<'_>,
    container: NodeId,
    name: &'static str,
    mut to_test: Vec<NodeId>,
    guilty: Vec<NodeId>,
) {
    if let Some(tested) = to_test.pop() {
        pass.learned.members.suspend(tested, name);
        let withdrawal = Withdrawal { name, to_test, tested, guilty };
        pass.learned.go_on(container, Experiment::Withdrawal(withdrawal));
        return;
    }
    pass.learned.allow_experiment(container, experiment_on(name));
    for object in guilty {
        pass.learned.members.require(object, name);
        pass.note(Location::missing(object, name, None), ErrorKind::Missing);
    }
}
