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

/// A value that was sent under a name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sent<'a> {
    String(&'a str),
    /// A file, which only a multipart form has.
    File(&'a FileNode),
}

/// A file of a form, as it is shown and recognized in a tape.
#[derive(Clone, Debug)]
pub(crate) struct FileNode {
    /// The number of the file among those of the form.
    pub(crate) number: usize,
    pub(crate) filename: String,
    pub(crate) size: u64,
    pub(crate) headers: Vec<(String, String)>,
}

impl FileNode {
    /// Returns `true` for what a browser sends if no file was selected.
    fn is_unselected(&self) -> bool {
        self.filename.is_empty() && self.size == 0
    }
}

impl Sent<'_> {
    fn is_unselected(&self) -> bool {
        matches!(self, Self::File(file) if file.is_unselected())
    }
}

/// A name and the values that were sent under it, in order.
pub(crate) type Group<'a> = (&'a str, &'a [Sent<'a>]);

/// Calls `then` with what was sent, grouped by name, in the order of the first of each name.
///
/// For [`Layout::Pairs`] everything stays a group of its own.
pub(crate) fn grouped<'a, R>(
    pairs: impl Iterator<Item = (&'a str, Sent<'a>)>,
    layout: Layout,
    then: impl FnOnce(&[Group<'_>]) -> R,
) -> R {
    if layout == Layout::Pairs {
        let pairs: Vec<(&str, [Sent<'_>; 1])> = pairs.map(|(name, sent)| (name, [sent])).collect();
        return then(&pairs.iter().map(|(name, sent)| (*name, sent.as_slice())).collect::<Vec<_>>());
    }
    let mut by_name: IndexMap<&str, Vec<Sent<'_>>> = IndexMap::new();
    for (name, sent) in pairs {
        by_name.entry(name).or_default().push(sent);
    }
    let groups: Vec<Group<'_>> = by_name.iter().map(|(name, sent)| (*name, sent.as_slice())).collect();
    then(&groups)
}

/// Returns the tape of what was sent. For [`Layout::Single`] only the first group counts.
///
/// A file that was not selected is no item of a list. Where one value counts, it is an empty string. A name under which
/// there is nothing else is left out.
pub(crate) fn tape_of(groups: &[Group<'_>], layout: Layout, rules: StringRules) -> Tape<'static> {
    let mut builder = Builder { text: TextArena::default(), tape: Tape::of_strings(rules) };
    let root = match layout {
        Layout::Named => builder.open(Kind::Object, NodeId::ROOT, 0),
        Layout::Listed | Layout::Pairs => builder.open(Kind::Array, NodeId::ROOT, 0),
        Layout::Single => NodeId::ROOT,
    };
    let groups = groups.iter().filter(|(_, sent)| !sent.iter().all(Sent::is_unselected));
    for (position, (name, sent)) in (0..).zip(groups) {
        let chosen = match rules.repeated {
            Repeated::First => sent.first(),
            Repeated::Last => sent.last(),
        };
        let chosen = chosen.copied().filter(|sent| !sent.is_unselected()).unwrap_or(Sent::String(""));
        if layout == Layout::Pairs {
            let pair = builder.open(Kind::Array, root, position);
            builder.string(name, pair, 0);
            builder.sent(chosen, pair, 1);
            builder.tape.close(pair);
            continue;
        }
        if layout == Layout::Named {
            builder.key(name, root);
        }
        let group = builder.open(Kind::Strings, root, position);
        builder.sent(chosen, group, 0);
        for (index, sent) in (0..).zip(sent.iter().filter(|sent| !sent.is_unselected())) {
            builder.sent(*sent, group, index);
        }
        builder.tape.close(group);
        if layout == Layout::Single {
            return builder.finish();
        }
    }
    builder.tape.close(root);
    builder.finish()
}

/// A tape and its text, which grow together.
struct Builder {
    text: TextArena,
    tape: Tape<'static>,
}

impl Builder {
    fn finish(self) -> Tape<'static> {
        self.tape.with_text(self.text)
    }

    fn open(&mut self, kind: Kind, parent: NodeId, position: u32) -> NodeId {
        self.tape.push(kind, self.text.len(), 0, parent, position)
    }

    fn key(&mut self, name: &str, object: NodeId) {
        let start = self.text.push(name);
        let key = self.tape.push_key(start, object);
        self.tape.set_length(key, name.len());
    }

    fn string(&mut self, string: &str, parent: NodeId, position: u32) -> NodeId {
        let start = self.text.push(string);
        self.tape.push(Kind::String, start, string.len(), parent, position)
    }

    fn sent(&mut self, sent: Sent<'_>, parent: NodeId, position: u32) {
        match sent {
            Sent::String(string) => drop(self.string(string, parent, position)),
            Sent::File(file) => self.file(file, parent, position),
        }
    }

    /// Adds a file as an object of what is known of it.
    fn file(&mut self, file: &FileNode, parent: NodeId, position: u32) {
        let object = self.open(Kind::Object, parent, position);
        self.key("filename", object);
        let filename = self.string(&file.filename, object, 0);
        self.tape.name_file(filename, file.number);
        self.key("size", object);
        let size = file.size.to_string();
        let start = self.text.push(&size);
        self.tape.push(Kind::Integer, start, size.len(), object, 1);
        self.key("headers", object);
        let headers = self.open(Kind::Object, object, 2);
        for (position, (name, value)) in (0..).zip(&file.headers) {
            self.key(name, headers);
            self.string(value, headers, position);
        }
        self.tape.close(headers);
        self.tape.close(object);
    }
}
