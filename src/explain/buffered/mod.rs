//! Errors without a path. serde buffers flattened, tagged and untagged content before it deserializes it, so
//! its errors do not say where they belong.
//!
//! A string that serde refuses still lies in the document, and its address names it. For anything else there
//! has to be only one value that the error fits, or an experiment decides. Otherwise the error is that of the
//! whole container.

mod bisect;
mod blame;

use crate::{
    json::{Kind, NodeId},
    report::{Choices, ErrorKind},
};

use super::{
    state::{Cause, Location, NodeFlags, Pass},
    types::{Expected, Scalar, Unexpected, probe_at, scalar_of},
};

pub(crate) use self::bisect::go_on_experimenting;
use self::{
    bisect::{mark, search_missing},
    blame::blame,
};

/// The number of values among which a value is looked for.
const MAX_VALUES: usize = 10_000;

/// Finds the place in a container that an error is about. Returns whether it is found, or looked for in the
/// next pass.
pub(crate) fn resolve(pass: &mut Pass<'_>, container: NodeId, cause: &Cause) -> bool {
    if go_on_experimenting(pass, container, Some(cause)) {
        return true;
    }
    match cause {
        Cause::Type { found, expected } | Cause::Value { found, expected } => {
            resolve_value(pass, container, found.value, expected, cause)
        }
        Cause::UnknownVariant { address, expected, .. } => {
            resolve_variant(pass, container, *address, expected)
        }
        Cause::UnknownField { address, .. } => resolve_field(pass, *address),
        Cause::Missing(name) => resolve_missing(pass, container, name),
        Cause::Custom(_) | Cause::Length { .. } | Cause::Duplicate(_) => false,
    }
}

fn resolve_value(
    pass: &mut Pass<'_>,
    container: NodeId,
    value: Unexpected,
    expected: &str,
    cause: &Cause,
) -> bool {
    if let Unexpected::Str { address } = value {
        if let Some(probe) = probe_at(address) {
            let candidate = Expected::of(expected).map(Expected::placeholder);
            if !pass.learned.members.resolve_probe(probe, candidate).is_made() {
                pass.learned.flags.give_up(container);
            }
            return true;
        }
    }
    if pass.tape.is_of_strings() && read_otherwise(pass, container, value, expected) {
        return true;
    }
    match suspects(pass, container, value).as_slice() {
        [] => false,
        [node] => {
            blame(pass, container, *node, expected, cause);
            true
        }
        several => mark(pass, container, several, expected),
    }
}

fn resolve_variant(
    pass: &mut Pass<'_>,
    container: NodeId,
    address: usize,
    variants: &'static [&'static str],
) -> bool {
    let Some(node) = pass.tape.at_address(address).filter(|&node| pass.tape.kind(node) == Kind::String)
    else {
        return false;
    };
    pass.note(Location::Node(node), ErrorKind::Enum { expected: Choices::Declared(variants) });
    let first = variants.first();
    if !first.is_some_and(|name| pass.learned.nodes.use_variant(node, name).is_made()) {
        pass.learned.flags.give_up(container);
    }
    true
}

fn resolve_field(pass: &mut Pass<'_>, address: usize) -> bool {
    let Some(key) = pass.tape.at_address(address).filter(|&key| pass.tape.kind(key) == Kind::Key) else {
        return false;
    };
    let value = pass.tape.value_of(key);
    pass.note(Location::Node(value), ErrorKind::ExtraForbidden);
    pass.learned.flags.decide(value, NodeFlags::HIDDEN);
    true
}

fn resolve_missing(pass: &mut Pass<'_>, container: NodeId, name: &'static str) -> bool {
    pass.scan(container);
    let (tape, learned) = (pass.tape, &mut pass.learned);
    // An object that was made up may be the one that lacks the field.
    if learned.members.has_probed_map(container, tape) {
        learned.flags.give_up(container);
        return true;
    }
    let lacking: Vec<NodeId> = std::iter::once(container)
        .chain(buffered_values(pass, container))
        .filter(|&node| {
            pass.tape.kind(node) == Kind::Object
                && pass.member(node, name).is_none()
                && !pass.learned.members.is_required(node, name)
        })
        .collect();
    if let &[object] = lacking.as_slice() {
        pass.learned.members.require_probed(object, name);
        pass.note(Location::missing(object, name, None), ErrorKind::Missing);
        return true;
    }
    search_missing(pass, container, name, lacking)
}

/// Decides whether strings of one name are read as a list or as one string, if that can explain an error.
fn read_otherwise(pass: &mut Pass<'_>, container: NodeId, value: Unexpected, expected: &str) -> bool {
    let expects_list =
        matches!(Expected::of(expected), Some(Expected::List | Expected::Set | Expected::Tuple));
    let tape = pass.tape;
    match value {
        Unexpected::Str { address } if expects_list => {
            let string = tape.at_address(address).filter(|&string| tape.is_chosen(string));
            if let Some(string) = string {
                pass.learned.flags.decide(tape.parent(string), NodeFlags::LISTED);
            }
            string.is_some()
        }
        Unexpected::Seq if !expects_list => {
            pass.scan(container);
            let mut names = buffered_values(pass, container);
            names.retain(|&node| tape.kind(node) == Kind::Strings);
            let is_settled = |node: &NodeId| pass.has(*node, NodeFlags::SINGLE | NodeFlags::LISTED);
            let (settled, open): (Vec<NodeId>, Vec<NodeId>) = names.into_iter().partition(is_settled);
            // It is not known which name it is: one is tried, and if that was wrong, twice as many.
            for &strings in open.iter().take(settled.len().max(1)) {
                pass.learned.flags.decide(strings, NodeFlags::SINGLE);
            }
            !open.is_empty()
        }
        _ => false,
    }
}

/// Returns the values in a container that a visitor may have refused.
fn suspects(pass: &mut Pass<'_>, container: NodeId, value: Unexpected) -> Vec<NodeId> {
    let tape = pass.tape;
    if let Unexpected::Str { address } = value {
        let node = tape.at_address(address).filter(|&node| tape.kind(node) == Kind::String);
        return node.into_iter().collect();
    }
    pass.scan(container);
    if pass.learned.may_be_placeholder(container, tape, value) {
        return Vec::new();
    }
    let nodes = &pass.learned.nodes;
    let may_be_it = |&node: &NodeId| match nodes.substitute(node) {
        Some(substitute) => !substitute.is_placeholder && substitute.scalar.unexpected() == value,
        None => nodes.variant(node).is_none() && is_value(pass, node, value),
    };
    let mut matching = buffered_values(pass, container);
    matching.retain(may_be_it);
    matching
}

/// Returns the values in a container that serde looks at only when it has all of the container.
fn buffered_values(pass: &Pass<'_>, container: NodeId) -> Vec<NodeId> {
    let tape = pass.tape;
    let mut nodes = Vec::new();
    let mut next = tape.first(container);
    while next < tape.end(container) && nodes.len() < MAX_VALUES {
        if pass.has(next, NodeFlags::BUFFERED) {
            nodes.push(next);
            next = tape.first(next);
        } else if tape.kind(next) == Kind::Key {
            next = tape.behind(next);
        } else {
            // The visitor that read this value directly returns its errors there.
            next = tape.end(next);
        }
    }
    nodes
}

/// Returns `true` if a node is a value like the one that was refused.
fn is_value(pass: &Pass<'_>, node: NodeId, value: Unexpected) -> bool {
    match (pass.tape.kind(node), value) {
        (Kind::Array, Unexpected::Seq) | (Kind::Object, Unexpected::Map) => true,
        (Kind::String | Kind::Key, _) => false,
        (_, Unexpected::Float(value)) => {
            matches!(
                scalar_of(pass.tape, node).map(Scalar::unexpected),
                Some(Unexpected::Float(there)) if there.to_bits() == value.to_bits()
            )
        }
        _ => scalar_of(pass.tape, node).is_some_and(|scalar| scalar.unexpected() == value),
    }
}
