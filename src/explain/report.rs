//! Findings → an error report: the list of errors as values, or straight as JSON text.

use std::{borrow::Cow, fmt::Write as _};

use crate::{
    json::{Echo, Kind, NodeId, SyntaxError, Tape},
    report::{CustomKind, ErrorDetail, ErrorKind, Loc, LocSegment},
    rules,
    value::{Map, Value, write_string},
};

use super::{
    memory::{Note, Spot},
    walk::Findings,
};

/// What is wrong with a document, in the order in which its type declares things.
#[derive(Debug)]
pub struct Report<'a>(Box<Parts<'a>>);

#[derive(Debug)]
struct Parts<'a> {
    content: Content<'a>,
    root: Loc,
    echo: usize,
    names: Names,
}

/// How the places right under the root are called where they are reported.
#[derive(Debug, Default)]
pub(crate) enum Names {
    /// As the type calls them.
    #[default]
    Own,
    /// As headers are called: `x-token` for `x_token`.
    Headers,
    /// By these, where the type counts them.
    Listed(Vec<String>),
    /// The same, where the type wants each in a pair with its value.
    Pairs(Vec<String>),
}

impl Names {
    /// Names the first of these steps.
    fn apply<'s>(&'s self, steps: &mut Vec<Step<'s>>) {
        let name = |step: &Step<'_>| match (self, step) {
            (Self::Headers, Step::Key(key)) => Some(key.replace('_', "-").to_ascii_lowercase().into()),
            (Self::Listed(names) | Self::Pairs(names), Step::Index(index)) => {
                names.get(*index).map(|name| name.as_str().into())
            }
            _ => None,
        };
        let Some((first, name)) = steps.first_mut().and_then(|first| name(first).map(|name| (first, name)))
        else {
            return;
        };
        *first = Step::Key(name);
        if matches!(self, Self::Pairs(_)) {
            match steps.get_mut(1) {
                Some(Step::Index(1)) => drop(steps.remove(1)),
                Some(step) => *step = Step::Key("[key]".into()),
                None => {}
            }
        }
    }
}

#[derive(Debug)]
// All of a report is behind one pointer.
#[allow(clippy::large_enum_variant)]
enum Content<'a> {
    /// The text is no JSON.
    Syntax(SyntaxError),
    Findings(Tape<'a>, Findings),
}

/// One step to the place of an error, borrowed.
enum Step<'s> {
    Key(Cow<'s, str>),
    Index(usize),
}

impl<'a> Report<'a> {
    pub(super) fn syntax(error: SyntaxError, root: Loc) -> Self {
        Self(Box::new(Parts { content: Content::Syntax(error), root, echo: 0, names: Names::Own }))
    }

    pub(super) fn findings(tape: Tape<'a>, findings: Findings, root: Loc, echo: usize) -> Self {
        Self(Box::new(Parts { content: Content::Findings(tape, findings), root, echo, names: Names::Own }))
    }

    pub(crate) fn named(mut self, names: Names) -> Self {
        self.0.names = names;
        self
    }

    /// The same, without borrowing the document.
    #[must_use]
    pub fn into_owned(self) -> Report<'static> {
        let Parts { content, root, echo, names } = *self.0;
        let content = match content {
            Content::Syntax(error) => Content::Syntax(error),
            Content::Findings(tape, findings) => Content::Findings(tape.into_owned(), findings),
        };
        Report(Box::new(Parts { content, root, echo, names }))
    }

    /// The errors, as FastAPI lists them.
    ///
    /// If there may be more than were looked for, the last one says so: its type is `too_many_errors`.
    #[must_use]
    pub fn errors(&self) -> Vec<ErrorDetail> {
        let (tape, findings) = match &self.0.content {
            Content::Syntax(error) => {
                let loc = self.0.root.clone().index(error.position);
                let kind = ErrorKind::JsonInvalid { error: error.message.into() };
                return vec![ErrorDetail::of(kind, loc, Map::new().into())];
            }
            Content::Findings(tape, findings) => (tape, findings),
        };
        let (mut echo, mut places) = (Echo::new(self.0.echo), places(tape));
        let mut errors: Vec<ErrorDetail> = findings
            .notes
            .iter()
            .map(|note| {
                let steps = self.steps(tape, findings, note.spot);
                let steps = steps.into_iter().map(|step| match step {
                    Step::Key(key) => LocSegment::from(places.text(&key).into_owned()),
                    Step::Index(index) => LocSegment::from(index),
                });
                let loc = self.0.root.segments().iter().cloned().chain(steps).collect();
                let input = match input(tape, note) {
                    Some(node) if note.kind.counts_items() && tape.kind(node) == Kind::Texts => {
                        tape.list(node, &mut echo)
                    }
                    Some(node) => tape.value(node, &mut echo),
                    None => Value::Null,
                };
                ErrorDetail::of(note.kind.clone(), loc, input)
            })
            .collect();
        if let Some(kind) = more(findings) {
            errors.push(ErrorDetail::of(kind, self.0.root.clone(), Value::Null));
        }
        errors
    }

    /// Writes what [`errors`](Self::errors) gives as a JSON array, without building it first.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let mut text = String::new();
        self.write(&mut text);
        out.extend_from_slice(text.as_bytes());
    }

    /// The same into a text.
    pub(crate) fn write(&self, text: &mut String) {
        let Content::Findings(tape, findings) = &self.0.content else {
            let errors: Vec<Value> = self.errors().iter().map(Value::from).collect();
            text.push_str(&Value::from(errors).to_string());
            return;
        };
        let (mut echo, mut places) = (Echo::new(self.0.echo), places(tape));
        text.push('[');
        for note in &findings.notes {
            separate(text);
            let steps = self.steps(tape, findings, note.spot);
            self.write_error(text, &note.kind, &steps, &mut places, |text| match input(tape, note) {
                Some(node) if note.kind.counts_items() && tape.kind(node) == Kind::Texts => {
                    tape.write_list(node, &mut echo, text);
                }
                Some(node) => tape.write(node, &mut echo, text),
                None => text.push_str("null"),
            });
        }
        if let Some(kind) = more(findings) {
            separate(text);
            self.write_error(text, &kind, &[], &mut places, |text| text.push_str("null"));
        }
        text.push(']');
    }

    fn steps<'s>(&'s self, tape: &'s Tape<'_>, findings: &'s Findings, spot: Spot) -> Vec<Step<'s>> {
        let mut steps = steps(tape, findings, spot);
        self.0.names.apply(&mut steps);
        steps
    }

    // Writing into a `String` cannot fail.
    fn write_error(
        &self,
        text: &mut String,
        kind: &ErrorKind,
        steps: &[Step<'_>],
        places: &mut Echo,
        input: impl FnOnce(&mut String),
    ) {
        text.push_str("{\"type\":");
        let _ = write_string(text, kind.slug());
        text.push_str(",\"loc\":[");
        for segment in self.0.root.segments() {
            separate(text);
            let _ = match segment {
                LocSegment::Key(key) => write_string(text, key),
                LocSegment::Index(index) => write!(text, "{index}"),
            };
        }
        for step in steps {
            separate(text);
            let _ = match step {
                Step::Key(key) => write_string(text, &places.text(key)),
                Step::Index(index) => write!(text, "{index}"),
            };
        }
        text.push_str("],\"msg\":");
        let _ = write_string(text, &kind.msg());
        text.push_str(",\"input\":");
        input(text);
        let ctx = kind.ctx();
        if !ctx.is_empty() {
            let _ = write!(text, ",\"ctx\":{ctx}");
        }
        text.push('}');
    }

    /// The document that was read; nothing if it is no JSON.
    #[must_use]
    pub fn document(&self) -> Option<Value> {
        match &self.0.content {
            Content::Syntax(_) => None,
            Content::Findings(tape, _) => Some(tape.document()),
        }
    }

    /// A rule that could not be checked at all, which is no mistake of the client.
    pub(crate) fn misuse(&self) -> Option<&str> {
        match &self.0.content {
            Content::Syntax(_) => None,
            Content::Findings(_, findings) => findings.misuse.as_deref(),
        }
    }

    /// A name in a rule that is no name of a field, which is a mistake of the program, too.
    #[cfg_attr(not(feature = "tracing"), allow(dead_code))]
    pub(crate) fn misnamed(&self) -> Option<&str> {
        match &self.0.content {
            Content::Syntax(_) => None,
            Content::Findings(_, findings) => findings.misnamed.as_deref(),
        }
    }

    /// Whether the search ended by itself, and not at a limit.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        match &self.0.content {
            Content::Syntax(_) => true,
            Content::Findings(_, findings) => !findings.incomplete,
        }
    }

    /// How many values were looked at, over all walks.
    #[must_use]
    pub fn work(&self) -> usize {
        match &self.0.content {
            Content::Syntax(_) => 0,
            Content::Findings(_, findings) => findings.work,
        }
    }
}

/// How many bytes the names may take that lead to all errors: each error has those of everything around it, and a
/// client may have chosen long ones.
fn places(tape: &Tape<'_>) -> Echo {
    Echo::new(4 * tape.text_len() + 256 * 1024)
}

/// A comma, unless something was just opened.
fn separate(text: &mut String) {
    if !text.ends_with('[') {
        text.push(',');
    }
}

/// The value that an error is about: the container, where something is not in it. Of texts by name it is
/// never all of them, of which any may be a secret.
fn input(tape: &Tape<'_>, note: &Note) -> Option<NodeId> {
    let is_all =
        note.spot.node() == NodeId::ROOT && matches!(tape.kind(NodeId::ROOT), Kind::Object | Kind::Array);
    Some(match note.spot {
        _ if tape.is_of_texts() && is_all => return None,
        Spot::Key(value) => tape.key_of(value).unwrap_or(value),
        Spot::Missing(..) if tape.is_of_texts() => return None,
        Spot::Unsent(..) => return None,
        Spot::Node(texts) if tape.kind(texts) == Kind::Texts && !note.kind.is_of_several() => {
            tape.chosen(texts)
        }
        spot => spot.node(),
    })
}

/// That there may be more errors than these.
fn more(findings: &Findings) -> Option<ErrorKind> {
    findings.incomplete.then(|| {
        ErrorKind::Custom(Box::new(CustomKind {
            slug: "too_many_errors".into(),
            msg: "There may be more errors than those shown".to_owned(),
            ctx: Map::new(),
        }))
    })
}

/// The way from the root to an error, with the tags of the objects it leads through.
fn steps<'s>(tape: &'s Tape<'_>, findings: &'s Findings, spot: Spot) -> Vec<Step<'s>> {
    let mut steps = Vec::new();
    match spot {
        Spot::Node(_) | Spot::Variant(_) => {}
        Spot::Key(_) => steps.push(Step::Key("[key]".into())),
        Spot::Missing(_, name, _) => steps.push(Step::Key(name.into())),
        Spot::MissingItem(_, index) => steps.push(Step::Index(index)),
        Spot::Unsent(_, which) => {
            let rest = findings.unsent.get(which).map(Vec::as_slice).unwrap_or_default();
            steps.extend(rest.iter().rev().map(|step| match step {
                rules::Step::Key(name) => Step::Key(name.as_str().into()),
                rules::Step::Index(index) | rules::Step::ItemOf(index, _) | rules::Step::Nth(index) => {
                    Step::Index(*index)
                }
                rules::Step::ToKey => Step::Key("[key]".into()),
            }));
        }
    }
    let label = |object| findings.labels.get(&object).copied();
    let mut node = spot.node();
    if let (Spot::Missing(..) | Spot::Unsent(..) | Spot::Variant(_), Some(tag)) = (spot, label(node)) {
        steps.push(Step::Key(tape.str(tag).into()));
    }
    while node != NodeId::ROOT {
        if tape.is_chosen(node) {
            node = tape.parent(node);
            continue;
        }
        steps.push(match tape.key_of(node) {
            Some(key) => Step::Key(tape.str(key).into()),
            None => Step::Index(tape.position(node)),
        });
        let parent = tape.parent(node);
        if let Some(tag) = label(parent).filter(|&tag| tag != node && tape.parent(tag) != node) {
            steps.push(Step::Key(tape.str(tag).into()));
        }
        node = parent;
    }
    steps.reverse();
    steps
}
