//! Texts by name, as a query or a form has them → a tape that the engine reads like a document.

use indexmap::IndexMap;

use super::tape::{Kind, NodeId, Repeated, StringRules, Tape};

/// What a tape of texts is as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// An object: texts by name.
    Named,
    /// A list: the names do not matter.
    Listed,
    /// A list of pairs: names with one text each.
    Pairs,
    /// One text.
    Single,
}

/// A name and its texts, in order.
pub(crate) type Group<'a> = (&'a str, &'a [&'a str]);

/// Puts the texts of each name together, in the order of their first one; for pairs leaves each with its
/// name.
pub(crate) fn grouped<'a, R>(
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
    layout: Layout,
    then: impl FnOnce(&[Group<'_>]) -> R,
) -> R {
    if layout == Layout::Pairs {
        let texts: Vec<(&str, [&str; 1])> = pairs.map(|(name, text)| (name, [text])).collect();
        return then(&texts.iter().map(|(name, text)| (*name, text.as_slice())).collect::<Vec<_>>());
    }
    let mut by_name: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for (name, text) in pairs {
        by_name.entry(name).or_default().push(text);
    }
    let groups: Vec<Group<'_>> = by_name.iter().map(|(name, texts)| (*name, texts.as_slice())).collect();
    then(&groups)
}

/// The tape of these texts. Of [`Layout::Single`] only the first group counts.
pub(crate) fn tape_of(groups: &[Group<'_>], layout: Layout, rules: StringRules) -> Tape<'static> {
    let mut builder = Builder { text: String::new(), starts: Vec::new() };
    for (name, texts) in groups {
        builder.push(name);
        builder.push(chosen(texts, rules));
        texts.iter().for_each(|text| builder.push(text));
    }
    let Builder { text, starts } = builder;
    let mut starts = starts.into_iter();
    let mut tape = Tape::new(text.into());
    tape.strings = Some(rules);
    let root = match layout {
        Layout::Named => tape.push(Kind::Object, 0, 0, NodeId::ROOT, 0),
        Layout::Listed | Layout::Pairs => tape.push(Kind::Array, 0, 0, NodeId::ROOT, 0),
        Layout::Single => NodeId::ROOT,
    };
    for (place, (name, texts)) in groups.iter().enumerate() {
        let name_start = starts.next().unwrap_or_default();
        if layout == Layout::Named {
            let key = tape.push_key(name_start, root);
            tape.set_length(key, name.len());
        }
        let start = starts.next().unwrap_or_default();
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        if layout == Layout::Pairs {
            let pair = tape.push(Kind::Array, name_start, 0, root, place);
            tape.push(Kind::String, name_start, name.len(), pair, 0);
            tape.push(Kind::String, start, chosen(texts, rules).len(), pair, 1);
            tape.close(pair);
            // The text itself has just been used, and its copies have no nodes.
            let _ = starts.by_ref().take(texts.len()).count();
            continue;
        }
        let group = tape.push(Kind::Strings, start, 0, root, place);
        tape.push(Kind::String, start, chosen(texts, rules).len(), group, 0);
        for (index, text) in (0..).zip(texts.iter()) {
            let start = starts.next().unwrap_or_default();
            tape.push(Kind::String, start, text.len(), group, index);
        }
        tape.close(group);
        if layout == Layout::Single {
            return tape;
        }
    }
    tape.close(root);
    tape
}

fn chosen<'a>(texts: &[&'a str], rules: StringRules) -> &'a str {
    let text = match rules.repeated {
        Repeated::First => texts.first(),
        Repeated::Last => texts.last(),
    };
    text.copied().unwrap_or_default()
}

struct Builder {
    text: String,
    starts: Vec<usize>,
}

impl Builder {
    /// Every text ends with a blank, so that empty ones have addresses of their own.
    fn push(&mut self, text: &str) {
        self.starts.push(self.text.len());
        self.text.push_str(text);
        self.text.push(' ');
    }
}
