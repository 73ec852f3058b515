//! Findings → an error report: the list of errors as values, or straight as JSON text.

use std::fmt::Write as _;

use crate::{
    ErrorDetail, Loc, LocSegment, Value,
    json::{Echo, NodeId, SyntaxError, Tape},
    kind::{CustomKind, ErrorKind},
    value::{Map, write_string},
};

use super::{
    memory::{Note, Spot},
    walk::Findings,
};

/// What is wrong with a document, in the order in which its type declares things.
#[derive(Debug)]
pub struct Report<'a> {
    content: Content<'a>,
    root: Loc,
    echo: usize,
}

#[derive(Debug)]
enum Content<'a> {
    /// The text is no JSON.
    Syntax(SyntaxError),
    Findings(Box<(Tape<'a>, Findings)>),
}

/// One step to the place of an error, borrowed.
enum Step<'s> {
    Key(&'s str),
    Index(usize),
}

impl<'a> Report<'a> {
    pub(super) fn syntax(error: SyntaxError, root: Loc) -> Self {
        Self { content: Content::Syntax(error), root, echo: 0 }
    }

    pub(super) fn findings(tape: Tape<'a>, findings: Findings, root: Loc, echo: usize) -> Self {
        Self { content: Content::Findings(Box::new((tape, findings))), root, echo }
    }

    /// The errors, as FastAPI lists them.
    ///
    /// If there may be more than were looked for, the last one says so: its type is `too_many_errors`.
    #[must_use]
    pub fn errors(&self) -> Vec<ErrorDetail> {
        let (tape, findings) = match &self.content {
            Content::Syntax(error) => {
                let loc = self.root.clone().index(error.position);
                let kind = ErrorKind::JsonInvalid { error: error.message.into() };
                return vec![ErrorDetail::of(kind, loc, Map::new().into())];
            }
            Content::Findings(both) => (&both.0, &both.1),
        };
        let mut echo = Echo::new(self.echo);
        let mut errors: Vec<ErrorDetail> = findings
            .notes
            .iter()
            .map(|note| {
                let steps = steps(tape, findings, note.spot).into_iter().map(|step| match step {
                    Step::Key(key) => LocSegment::from(key.to_owned()),
                    Step::Index(index) => LocSegment::from(index),
                });
                let loc = self.root.segments().iter().cloned().chain(steps).collect();
                ErrorDetail::of(note.kind.clone(), loc, tape.value(input(tape, findings, note), &mut echo))
            })
            .collect();
        if let Some(kind) = more(findings) {
            errors.push(ErrorDetail::of(kind, self.root.clone(), Value::Null));
        }
        errors
    }

    /// Writes what [`errors`](Self::errors) gives as a JSON array, without building it first.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let Content::Findings(both) = &self.content else {
            let errors: Vec<Value> = self.errors().iter().map(Value::from).collect();
            out.extend_from_slice(Value::from(errors).to_string().as_bytes());
            return;
        };
        let (tape, findings) = &**both;
        let mut echo = Echo::new(self.echo);
        let mut text = String::from("[");
        for note in &findings.notes {
            separate(&mut text);
            let steps = steps(tape, findings, note.spot);
            self.write_error(&mut text, &note.kind, &steps, |text| {
                tape.write(input(tape, findings, note), &mut echo, text);
            });
        }
        if let Some(kind) = more(findings) {
            separate(&mut text);
            self.write_error(&mut text, &kind, &[], |text| text.push_str("null"));
        }
        text.push(']');
        out.extend_from_slice(text.as_bytes());
    }

    // Writing into a `String` cannot fail.
    fn write_error(
        &self,
        text: &mut String,
        kind: &ErrorKind,
        steps: &[Step<'_>],
        input: impl FnOnce(&mut String),
    ) {
        text.push_str("{\"type\":");
        let _ = write_string(text, kind.slug());
        text.push_str(",\"loc\":[");
        for segment in self.root.segments() {
            separate(text);
            let _ = match segment {
                LocSegment::Key(key) => write_string(text, key),
                LocSegment::Index(index) => write!(text, "{index}"),
            };
        }
        for step in steps {
            separate(text);
            let _ = match step {
                Step::Key(key) => write_string(text, key),
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
        match &self.content {
            Content::Syntax(_) => None,
            Content::Findings(both) => Some(both.0.value(NodeId::ROOT, &mut Echo::new(usize::MAX))),
        }
    }

    /// Whether the search ended by itself, and not at a limit.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        match &self.content {
            Content::Syntax(_) => true,
            Content::Findings(both) => !both.1.incomplete,
        }
    }

    /// How many values were looked at, over all walks.
    #[must_use]
    pub fn work(&self) -> usize {
        match &self.content {
            Content::Syntax(_) => 0,
            Content::Findings(both) => both.1.work,
        }
    }
}

/// A comma, unless something was just opened.
fn separate(text: &mut String) {
    if !text.ends_with('[') {
        text.push(',');
    }
}

/// The value that an error is about: the container, where something is not in it.
fn input(tape: &Tape<'_>, findings: &Findings, note: &Note) -> NodeId {
    match note.spot {
        Spot::Node(node) if findings.chosen.contains(&node) && note.kind != ErrorKind::ExtraForbidden => {
            tape.chosen(node)
        }
        Spot::Key(value) => tape.key_of(value).unwrap_or(value),
        spot => spot.node(),
    }
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
        Spot::Node(_) => {}
        Spot::Key(_) => steps.push(Step::Key("[key]")),
        Spot::Missing(_, name, _) => steps.push(Step::Key(name)),
        Spot::MissingItem(_, index) => steps.push(Step::Index(index)),
    }
    let label = |object| findings.labels.get(&object).copied();
    let mut node = spot.node();
    if let (Spot::Missing(..), Some(tag)) = (spot, label(node)) {
        steps.push(Step::Key(tape.str(tag)));
    }
    if node != NodeId::ROOT && findings.chosen.contains(&tape.parent(node)) {
        // Of several texts this is the one that counts, and not an item of a list.
        node = tape.parent(node);
    }
    while node != NodeId::ROOT {
        steps.push(match tape.key_of(node) {
            Some(key) => Step::Key(tape.str(key)),
            None => Step::Index(tape.position(node)),
        });
        let parent = tape.parent(node);
        if let Some(tag) = label(parent).filter(|&tag| tag != node) {
            steps.push(Step::Key(tape.str(tag)));
        }
        node = parent;
    }
    steps.reverse();
    steps
}
