//! Strings by name, as in a query or a form, and the tape through which the engine reads them like a
//! document.

use indexmap::IndexMap;

use super::tape::{Kind, NodeId, Repeated, StringRules, Tape, TextArena};

/// The root of a tape of strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// An object: strings by name.
    Named,
    /// A list: the names do not matter.
    Listed,
    /// A list of pairs: names with one string each.
    Pairs,
    /// One string.
    Single,
}

/// A name and its strings, in order.
pub(crate) type Group<'a> = (&'a str, &'a [&'a str]);

/// Calls `then` with the strings grouped by name, in the order of the first string of each name.
///
/// For [`Layout::Pairs`] every string stays a group of its own.
pub(crate) fn grouped<'a, R>(
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
    layout: Layout,
    then: impl FnOnce(&[Group<'_>]) -> R,
) -> R {
    if layout == Layout::Pairs {
        let pairs: Vec<(&str, [&str; 1])> = pairs.map(|(name, string)| (name, [string])).collect();
        return then(&pairs.iter().map(|(name, string)| (*name, string.as_slice())).collect::<Vec<_>>());
    }
    let mut by_name: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for (name, string) in pairs {
        by_name.entry(name).or_default().push(string);
    }
    let groups: Vec<Group<'_>> = by_name.iter().map(|(name, strings)| (*name, strings.as_slice())).collect();
    then(&groups)
}

/// Returns the tape of these strings. For [`Layout::Single`] only the first group counts.
pub(crate) fn tape_of(groups: &[Group<'_>], layout: Layout, rules: StringRules) -> Tape<'static> {
    let mut arena = TextArena::default();
    let mut starts = Vec::new();
    for (name, strings) in groups {
        starts.push(arena.push(name));
        starts.push(arena.push(chosen(strings, rules)));
        starts.extend(strings.iter().map(|string| arena.push(string)));
    }
    let mut starts = starts.into_iter();
    let mut tape = Tape::of_strings(arena, rules);
    let root = match layout {
        Layout::Named => tape.push(Kind::Object, 0, 0, NodeId::ROOT, 0),
        Layout::Listed | Layout::Pairs => tape.push(Kind::Array, 0, 0, NodeId::ROOT, 0),
        Layout::Single => NodeId::ROOT,
    };
    for (position, (name, strings)) in groups.iter().enumerate() {
        let name_start = starts.next().unwrap_or_default();
        if layout == Layout::Named {
            let key = tape.push_key(name_start, root);
            tape.set_length(key, name.len());
        }
        let start = starts.next().unwrap_or_default();
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        if layout == Layout::Pairs {
            let pair = tape.push(Kind::Array, name_start, 0, root, position);
            tape.push(Kind::String, name_start, name.len(), pair, 0);
            tape.push(Kind::String, start, chosen(strings, rules).len(), pair, 1);
            tape.close(pair);
            // The string that counts has a node now; its copies in the arena do not get one.
            let _ = starts.by_ref().take(strings.len()).count();
            continue;
        }
        let group = tape.push(Kind::Strings, start, 0, root, position);
        tape.push(Kind::String, start, chosen(strings, rules).len(), group, 0);
        for (index, string) in (0..).zip(strings.iter()) {
            let start = starts.next().unwrap_or_default();
            tape.push(Kind::String, start, string.len(), group, index);
        }
        tape.close(group);
        if layout == Layout::Single {
            return tape;
        }
    }
    tape.close(root);
    tape
}

fn chosen<'a>(strings: &[&'a str], rules: StringRules) -> &'a str {
    let string = match rules.repeated {
        Repeated::First => strings.first(),
        Repeated::Last => strings.last(),
    };
    string.copied().unwrap_or_default()
}
