//! One call of a seed: what goes in, what comes out, and what is learned if nothing does.

use crate::{
    explain::{
        buffered::{
            check_unplaced, go_on_experimenting, look_for_a_map, look_for_tags, nameless, resolve,
            try_lax_rules,
        },
        placeholder::{self, Offer, Placeholder},
        state::{
            Cause, Entered, Error, Left, Location, NodeFlags, OpenError, Pass, Propagation, Reader, Reading,
            take_recorded,
        },
        types::{Expected, Scalar, SeedType, scalar_of},
    },
    json::{Kind, NodeId},
    report::{Choices, ErrorKind},
};

use super::{
    seed::{At, Seed},
    sent::coerced,
};

/// Makes a value of a node of the document.
pub(crate) fn read_node<'t>(pass: &mut Pass<'t>, node: NodeId, seed: &mut dyn Seed<'t>) -> Result<(), Error> {
    read_observed(pass, node, seed).0
}

/// Makes a value of a node of the document. Returns as well whether the type of the value asked for an enum.
pub(super) fn read_observed<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    seed: &mut dyn Seed<'t>,
) -> (Result<(), Error>, bool) {
    if let Err(error) = pass.step() {
        return (Err(error), false);
    }
    if !pass.is_quiet() && pass.has(node, NodeFlags::TOLERATED) {
        return pass.quietly(|pass| read_entered(pass, node, seed));
    }
    read_entered(pass, node, seed)
}

fn read_entered<'t>(pass: &mut Pass<'t>, node: NodeId, seed: &mut dyn Seed<'t>) -> (Result<(), Error>, bool) {
    let is_replaced = !pass.is_quiet() && pass.has(node, NodeFlags::REPLACED);
    if is_replaced && pass.has(node, NodeFlags::HOPELESS) {
        return (Err(pass.refuse()), false);
    }
    let seed_type = seed.seed_type();
    let entered = pass.enter(seed_type, Some(node));
    let result = if is_replaced {
        pass.taint();
        replace(pass, node, seed_type, seed)
    } else {
        seed.deserialize(pass, At::Node(node))
    };
    let left = pass.leave(&entered);
    let result = match result {
        Ok(()) => {
            succeeded(pass, node, seed_type, &entered);
            Ok(())
        }
        Err(Error::Limit) => Err(Error::Limit),
        Err(error) => Err(failed(pass, node, seed_type, error, &entered, left, is_replaced)),
    };
    (result, left.asked_for_enum)
}

/// Makes a value without a node: of what its type has accepted elsewhere, or of a placeholder.
fn replace<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    seed_type: SeedType,
    seed: &mut dyn Seed<'t>,
) -> Result<(), Error> {
    match pass.learned.types.accepted(seed_type.id) {
        Some(other) if !pass.tape.is_within(other, node) => {
            pass.quietly(|pass| seed.deserialize(pass, At::Node(other)))
        }
        _ => {
            let placeholder = Placeholder::of(pass, seed_type.id, Offer::Any);
            seed.deserialize(pass, At::Placeholder(placeholder))
        }
    }
}

fn succeeded(pass: &mut Pass<'_>, node: NodeId, seed: SeedType, entered: &Entered) {
    let tape = pass.tape;
    if pass.has_recovered(entered) {
        // A value was made in spite of an error inside it, so that was not an error.
        pass.learned.notes.retract_within(tape, node);
        pass.learned.types.learn_propagation(Reader::new(seed, Some(node)), Propagation::Recovers);
    }
    if !pass.is_quiet() {
        // The errors from which the type has recovered are of no further use.
        let has_buffered = pass.counters().anything != entered.counters.anything;
        let mut raised = if has_buffered { take_recorded(entered.recorded) } else { Vec::new() };
        let has_experiment = go_on_experimenting(pass, node, || Reading {
            raised: std::mem::take(&mut raised),
            returned: None,
        });
        if !raised.is_empty() && pass.counters().tainted == entered.counters.tainted {
            try_lax_rules(pass, node, &raised);
        }
        let is_substituted = pass.counters().substituted != entered.counters.substituted;
        let is_part = pass.has(node, NodeFlags::BUFFERED) && !pass.has(node, NodeFlags::UNTAGGED);
        if is_substituted && !has_experiment && !is_part && has_buffered {
            look_for_tags(pass, node);
        }
        if node == NodeId::ROOT && tape.is_of_strings() && !pass.learned.has_experiment(node) {
            look_for_a_map(pass);
        }
        if pass.learned.has_experiment(node) {
            pass.is_unfinished();
        }
    }
    let is_as_sent = pass.counters().tainted == entered.counters.tainted;
    if is_as_sent && !pass.is_quiet() {
        pass.learned.accept(seed, node);
    }
    if pass.is_for_rules() {
        let learned = &mut pass.learned;
        learned.flags.observe(node, NodeFlags::READ);
        if matches!(tape.kind(node), Kind::Array | Kind::Object | Kind::Strings) {
            learned.evidence.placed(node, seed.value_name);
        }
        if is_as_sent {
            learned.flags.observe(node, NodeFlags::AS_SENT);
        }
    }
}

fn failed(
    pass: &mut Pass<'_>,
    node: NodeId,
    seed: SeedType,
    error: Error,
    entered: &Entered,
    left: Left,
    is_replaced: bool,
) -> Error {
    if let Some(reader) = left.unknown {
        pass.learned.types.learn_propagation(reader, Propagation::Propagates);
    }
    let Error::Open(open) = error else {
        if pass.learned.progress() == entered.progress && !pass.is_quiet() {
            // The next pass would fail in the same way.
            pass.learned.flags.give_up(node);
        }
        return Error::Settled;
    };
    if pass.is_quiet() {
        return Error::Open(open);
    }
    if is_replaced {
        placeholder::settle(pass, seed.id, &open.cause, Some(node))
    } else {
        settle(pass, node, seed, *open, entered)
    }
}

/// Makes a value of nothing.
pub(super) fn read_placeholder<'t>(
    pass: &mut Pass<'t>,
    placeholder: Placeholder,
    seed: &mut dyn Seed<'t>,
) -> Result<(), Error> {
    pass.step()?;
    pass.taint();
    let seed_type = seed.seed_type();
    let entered = pass.enter(seed_type, None);
    let result = match pass.learned.types.accepted(seed_type.id) {
        Some(other) => pass.quietly(|pass| seed.deserialize(pass, At::Node(other))),
        None => {
            let placeholder = placeholder.for_seed(pass, seed_type.id);
            seed.deserialize(pass, At::Placeholder(placeholder))
        }
    };
    pass.leave(&entered);
    match result {
        Ok(()) => {
            pass.forget_error(&entered);
            Ok(())
        }
        Err(Error::Open(open)) => Err(placeholder::settle(pass, seed_type.id, &open.cause, None)),
        Err(error) => Err(error),
    }
}

/// The meaning of an error of a type about a node.
enum Meaning<'t> {
    Error(Location, ErrorKind),
    /// No error: by the lax rules the node is this value.
    Value(Scalar<'t>),
}

/// Decides where the error of a type about a node belongs.
fn settle(pass: &mut Pass<'_>, node: NodeId, seed: SeedType, open: OpenError, entered: &Entered) -> Error {
    let counters = pass.counters();
    let is_tainted = counters.tainted != entered.counters.tainted;
    let is_container = matches!(pass.tape.kind(node), Kind::Array | Kind::Object);
    let is_buffered = counters.anything != entered.counters.anything
        && (is_container || pass.has(node, NodeFlags::BUFFERED));
    let substituted = counters.substituted - entered.counters.substituted;
    let are_known = counters.tainted - entered.counters.tainted == substituted;
    if is_buffered {
        let reading =
            || Reading { raised: take_recorded(entered.recorded), returned: Some(open.cause.clone()) };
        if go_on_experimenting(pass, node, reading)
            || open.kind.is_none() && resolve(pass, node, reading(), are_known)
        {
            return pass.refuse();
        }
    }
    if is_buffered && is_tainted && check_unplaced(pass, node, &open.cause, are_known) {
        return pass.refuse();
    }
    if is_tainted {
        // The error may be about a placeholder: another one is tried, or none, and nothing is noted.
        if !pass.learned.try_next(seed.id).is_made() {
            pass.learned.flags.give_up(node);
        }
        return pass.refuse();
    }
    let meaning = match open.kind {
        // It is about something inside the container, and it is not known about what.
        None if is_buffered => Meaning::Error(Location::Node(node), nameless(&open.cause)),
        Some(kind) => Meaning::Error(Location::Node(node), kind),
        None => meaning(pass, node, &open.cause),
    };
    match meaning {
        Meaning::Error(location, kind) => {
            pass.note(location, kind);
            pass.learned.flags.decide(node, NodeFlags::REPLACED);
        }
        Meaning::Value(scalar) => {
            pass.learned.nodes.coerce(node, scalar);
        }
    }
    pass.refuse()
}

/// Returns what an error about a node means for the client.
fn meaning<'t>(pass: &Pass<'t>, node: NodeId, cause: &Cause) -> Meaning<'t> {
    let error = |kind| Meaning::Error(Location::Node(node), kind);
    match cause {
        Cause::Type { expected, .. } | Cause::Value { expected, .. } => {
            let wanted = Expected::of(expected).filter(|wanted| !wanted.is_kind(pass.tape.kind(node)));
            match wanted.map(|wanted| coerced(pass, node, wanted)) {
                Some(Err(kind)) => error(kind),
                Some(Ok(scalar))
                    if !pass.is_strict()
                        && pass.learned.nodes.substitute(node).is_none()
                        && scalar_of(pass.tape, node) != Some(scalar) =>
                {
                    Meaning::Value(scalar)
                }
                _ => error(cause.to_value_error()),
            }
        }
        Cause::UnknownVariant { expected, .. } => {
            error(ErrorKind::Enum { expected: Choices::Declared(expected) })
        }
        Cause::Missing(name) if pass.tape.kind(node) == Kind::Object => {
            Meaning::Error(Location::missing(node, name, None), ErrorKind::Missing)
        }
        cause => error(cause.to_value_error()),
    }
}
