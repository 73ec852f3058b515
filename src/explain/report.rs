//! The error report: the list of errors as values, or straight as JSON.

use std::{
    borrow::Cow,
    fmt::{self, Write as _},
};

use crate::{
    json::{Echo, Kind, NodeId, Shown, SyntaxError, Tape},
    report::{CustomKind, ErrorDetail, ErrorKind, Loc, LocSegment},
    rules,
    value::{Map, Value, write_string},
};

use super::{
    error_list::ErrorList,
    findings::FieldSpelling,
    state::{Location, Note, members_of},
};

/// The errors in a document, in the order in which its type declares its fields.
pub struct Report<'a>(Box<Parts<'a>>);

struct Parts<'a> {
    content: Contents<'a>,
    root: Loc,
    echo: usize,
    names: Names,
    root_input: RootInput,
}

/// Shows the errors.
impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Report").field(&self.errors()).finish()
    }
}

/// The `input` of an error of the whole document, such as a missing field.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RootInput {
    /// The document.
    AsSent,
    /// Strings by name, for a model with these fields.
    Model(&'static [&'static str]),
    /// Nothing.
    Null,
}

/// The names of the members of a document in its report.
#[derive(Debug, Default)]
pub(crate) enum Names {
    /// The names that the type has for them.
    #[default]
    Own,
    /// The names that the source has for the fields of the type.
    Spelled(Spelling),
    /// These names, where the type has a list of the values.
    Listed(Vec<String>),
    /// These names, where the type has a list of names and values.
    Pairs(Vec<String>),
}

/// The spelling of the names of fields in a source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spelling {
    /// Returns the name of a field in the source.
    pub(crate) name_of: fn(&str) -> String,
    /// Returns the field with this name in the source.
    pub(crate) field_of: FieldSpelling,
    /// The fields, if they are known. Other names stay as they were sent.
    pub(crate) fields: Option<&'static [&'static str]>,
}

impl Spelling {
    fn name_of(&self, key: &str) -> Option<String> {
        self.fields.is_none_or(|fields| fields.contains(&key)).then(|| (self.name_of)(key))
    }
}

impl Names {
    /// Returns the fields behind the names of the source, where they differ.
    pub(crate) fn spelling(&self) -> Option<FieldSpelling> {
        match self {
            Self::Spelled(spelling) => Some(spelling.field_of),
            Self::Own | Self::Listed(_) | Self::Pairs(_) => None,
        }
    }

    /// Names the first of these steps.
    fn apply<'s>(&'s self, steps: &mut Vec<Step<'s>>) {
        let name = |step: &Step<'_>| match (self, step) {
            (Self::Spelled(spelling), Step::Key(key)) => spelling.name_of(key).map(Into::into),
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
enum Contents<'a> {
    /// The document is not JSON.
    Syntax(SyntaxError),
    Errors(Tape<'a>, ErrorList),
}

/// One step to the location of an error, borrowed.
enum Step<'s> {
    Key(Cow<'s, str>),
    Index(usize),
}

impl<'a> Report<'a> {
    pub(super) fn syntax(error: SyntaxError, root: Loc) -> Self {
        Self::of(Contents::Syntax(error), root, 0, RootInput::Null)
    }

    pub(super) fn new(tape: Tape<'a>, errors: ErrorList, root: Loc, echo: usize) -> Self {
        // Any string of a source may be a secret.
        let root_input = if tape.is_of_strings() { RootInput::Null } else { RootInput::AsSent };
        Self::of(Contents::Errors(tape, errors), root, echo, root_input)
    }

    fn of(content: Contents<'a>, root: Loc, echo: usize, root_input: RootInput) -> Self {
        Self(Box::new(Parts { content, root, echo, names: Names::Own, root_input }))
    }

    pub(crate) fn named(mut self, names: Names) -> Self {
        self.0.names = names;
        self
    }

    pub(crate) fn with_root_input(mut self, root_input: RootInput) -> Self {
        self.0.root_input = root_input;
        self
    }

    /// Returns the report without borrowing from the document.
    #[must_use]
    pub fn into_owned(self) -> Report<'static> {
        let Parts { content, root, echo, names, root_input } = *self.0;
        let content = match content {
            Contents::Syntax(error) => Contents::Syntax(error),
            Contents::Errors(tape, errors) => Contents::Errors(tape.into_owned(), errors),
        };
        Report(Box::new(Parts { content, root, echo, names, root_input }))
    }

    /// Returns the errors, as FastAPI lists them.
    ///
    /// If there may be more errors, the last one says so. Its type is `too_many_errors`.
    #[must_use]
    pub fn errors(&self) -> Vec<ErrorDetail> {
        let (tape, errors) = match &self.0.content {
            Contents::Syntax(error) => {
                let loc = self.0.root.clone().index(error.position);
                let kind = ErrorKind::JsonInvalid { error: error.message.into() };
                return vec![ErrorDetail::of(kind, loc, Map::new().into())];
            }
            Contents::Errors(tape, errors) => (tape, errors),
        };
        let (mut echo, mut names) = (Echo::new(self.0.echo), names(tape));
        let mut details: Vec<ErrorDetail> = errors
            .notes
            .iter()
            .flat_map(|note| {
                let steps = self.steps(tape, errors, note);
                let loc = self.loc(steps, &mut names);
                let input = match self.input(tape, note) {
                    Some(NodeId::ROOT) if self.is_model(tape) => self.model(tape, errors, note, &mut echo),
                    Some(node) if is_about_items(tape, note, node) => tape.list(node, &mut echo),
                    Some(node) => tape.value(node, &mut echo),
                    None => Value::Null,
                };
                match &note.kind {
                    ErrorKind::Nested { errors } => errors.0.iter().map(|error| error.below(&loc)).collect(),
                    kind => vec![ErrorDetail::of(kind.clone(), loc, input)],
                }
            })
            .collect();
        if let Some(kind) = more(errors) {
            details.push(ErrorDetail::of(kind, self.0.root.clone(), Value::Null));
        }
        details
    }

    /// Appends the errors as a JSON array, without making an [`ErrorDetail`] of each.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let mut text = String::new();
        self.write(&mut text);
        out.extend_from_slice(text.as_bytes());
    }

    /// Appends the errors as a JSON array.
    pub(crate) fn write(&self, text: &mut String) {
        let Contents::Errors(tape, errors) = &self.0.content else {
            let errors: Vec<Value> = self.errors().iter().map(Value::from).collect();
            text.push_str(&Value::from(errors).to_string());
            return;
        };
        let (mut echo, mut names) = (Echo::new(self.0.echo), names(tape));
        text.push('[');
        for note in &errors.notes {
            let steps = self.steps(tape, errors, note);
            if let ErrorKind::Nested { errors } = &note.kind {
                let loc = self.loc(steps, &mut names);
                for error in &errors.0 {
                    separate(text);
                    text.push_str(&error.below(&loc).to_json());
                }
                continue;
            }
            separate(text);
            self.write_error(text, &note.kind, &steps, &mut names, |text| match self.input(tape, note) {
                Some(NodeId::ROOT) if self.is_model(tape) => {
                    let _ = write!(text, "{}", self.model(tape, errors, note, &mut echo));
                }
                Some(node) if is_about_items(tape, note, node) => {
                    tape.write_list(node, &mut echo, text);
                }
                Some(node) => tape.write(node, &mut echo, text),
                None => text.push_str("null"),
            });
        }
        if let Some(kind) = more(errors) {
            separate(text);
            self.write_error(text, &kind, &[], &mut names, |text| text.push_str("null"));
        }
        text.push(']');
    }

    /// Returns the value that an error is about: the container, where something is missing.
    fn input(&self, tape: &Tape<'_>, note: &Note) -> Option<NodeId> {
        let node = match note.location {
            Location::Key(value) => tape.key_of(value).unwrap_or(value),
            Location::Unsent(..) => return None,
            Location::Node(strings) if tape.kind(strings) == Kind::Strings && !note.kind.is_of_several() => {
                tape.chosen(strings)
            }
            location => location.node(),
        };
        let is_container = matches!(tape.kind(node), Kind::Object | Kind::Array);
        let is_shown = match self.0.root_input {
            RootInput::AsSent => true,
            RootInput::Model(_) => tape.kind(node) != Kind::Array,
            RootInput::Null => false,
        };
        (node != NodeId::ROOT || !is_container || is_shown).then_some(node)
    }

    /// Returns `true` if the document is the strings of a model.
    fn is_model(&self, tape: &Tape<'_>) -> bool {
        matches!(self.0.root_input, RootInput::Model(_)) && tape.kind(NodeId::ROOT) == Kind::Object
    }

    /// Returns the strings of a model: those of its fields first, and then all others, as FastAPI collects them.
    fn model(&self, tape: &Tape<'_>, errors: &ErrorList, note: &Note, echo: &mut Echo) -> Value {
        let fields = match self.0.root_input {
            RootInput::Model(fields) => fields,
            RootInput::AsSent | RootInput::Null => &[],
        };
        // Without its tag, it is not known which fields an enum has.
        let has_fields =
            !matches!(note.kind, ErrorKind::UnionTagInvalid { .. } | ErrorKind::UnionTagNotFound { .. });
        let is_shown = |value: &NodeId| !has_fields || !errors.absent.contains(value);
        let members = || tape.members(NodeId::ROOT).filter(|(_, value)| is_shown(value));
        let of_fields = fields.iter().filter_map(|field| {
            let (key, value) = members().find(|&(key, _)| tape.str(key) == *field)?;
            let shown = if errors.lists.contains(&value) { Shown::List } else { Shown::OneString };
            Some((key, value, shown))
        });
        let others = members().filter(|&(key, _)| !fields.contains(&tape.str(key)));
        tape.object(of_fields.chain(others.map(|(key, value)| (key, value, Shown::AsSent))), echo)
    }

    fn steps<'s>(&'s self, tape: &'s Tape<'_>, errors: &'s ErrorList, note: &Note) -> Vec<Step<'s>> {
        let mut steps = steps(tape, errors, note);
        self.0.names.apply(&mut steps);
        steps
    }

    fn loc(&self, steps: Vec<Step<'_>>, names: &mut Echo) -> Loc {
        let steps = steps.into_iter().map(|step| match step {
            Step::Key(key) => LocSegment::from(names.string(&key).into_owned()),
            Step::Index(index) => LocSegment::from(index),
        });
        self.0.root.segments().iter().cloned().chain(steps).collect()
    }

    // Writing into a `String` cannot fail.
    fn write_error(
        &self,
        text: &mut String,
        kind: &ErrorKind,
        steps: &[Step<'_>],
        names: &mut Echo,
        input: impl FnOnce(&mut String),
    ) {
        text.push_str("{\"type\":");
        let _ = write_string(text, kind.error_type());
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
                Step::Key(key) => write_string(text, &names.string(key)),
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

    /// Returns the document, or `None` if it is not JSON.
    #[must_use]
    pub fn document(&self) -> Option<Value> {
        match &self.0.content {
            Contents::Syntax(_) => None,
            Contents::Errors(tape, _) => Some(tape.document()),
        }
    }

    /// Returns a rule that could not be checked at all, which is an error of the program.
    pub(crate) fn misuse(&self) -> Option<&str> {
        match &self.0.content {
            Contents::Syntax(_) => None,
            Contents::Errors(_, errors) => errors.misuse.as_deref(),
        }
    }

    /// Returns a name in a rule for which there is no field, which is an error of the program as well.
    #[cfg_attr(not(feature = "tracing"), allow(dead_code))]
    pub(crate) fn misnamed(&self) -> Option<&str> {
        match &self.0.content {
            Contents::Syntax(_) => None,
            Contents::Errors(_, errors) => errors.misnamed.as_deref(),
        }
    }

    /// Returns whether every error was looked for, so that no limit was reached.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        match &self.0.content {
            Contents::Syntax(_) => true,
            Contents::Errors(_, errors) => !errors.is_incomplete,
        }
    }

    /// Returns the number of values that were looked at, over all passes.
    #[must_use]
    pub fn work(&self) -> usize {
        match &self.0.content {
            Contents::Syntax(_) => 0,
            Contents::Errors(_, errors) => errors.work,
        }
    }
}

/// Returns `true` if an error is about the strings of a name as a list, although it may be only one.
fn is_about_items(tape: &Tape<'_>, note: &Note, node: NodeId) -> bool {
    let is_of_list = note.kind.counts_items() || matches!(note.location, Location::MissingItem(..));
    is_of_list && tape.kind(node) == Kind::Strings
}

/// Limits the bytes of the names in all locations. Each error has the names of everything around it, and a
/// client may have chosen long ones.
fn names(tape: &Tape<'_>) -> Echo {
    Echo::new(4 * tape.text_len() + 256 * 1024)
}

/// Appends a comma, unless a list was just opened.
fn separate(text: &mut String) {
    if !text.ends_with('[') {
        text.push(',');
    }
}

/// Returns the error that says that there may be more.
fn more(errors: &ErrorList) -> Option<ErrorKind> {
    errors.is_incomplete.then(|| {
        ErrorKind::Custom(Box::new(CustomKind {
            error_type: "too_many_errors".into(),
            msg: "There may be more errors than those shown".to_owned(),
            ctx: Map::new(),
        }))
    })
}

/// Returns the steps from the root to an error, with the tags of the objects and the members of the unions on the way.
fn steps<'s>(tape: &'s Tape<'_>, errors: &'s ErrorList, note: &Note) -> Vec<Step<'s>> {
    let location = note.location;
    let mut steps = Vec::new();
    match location {
        Location::Node(_) | Location::Variant(_) => {}
        Location::Key(_) => steps.push(Step::Key("[key]".into())),
        Location::Missing(_, name, _) => steps.push(Step::Key(name.into())),
        Location::MissingItem(_, index) => steps.push(Step::Index(index)),
        Location::Unsent(_, which) => {
            let rest = errors.unsent.get(which).map(Vec::as_slice).unwrap_or_default();
            steps.extend(rest.iter().rev().map(|step| match step {
                rules::Step::Key(name) => Step::Key(name.as_str().into()),
                rules::Step::Index(index) | rules::Step::ItemOf { index, .. } | rules::Step::Nth(index) => {
                    Step::Index(*index)
                }
                rules::Step::ToKey => Step::Key("[key]".into()),
            }));
        }
    }
    let tag_of = |object| errors.tags.get(&object).copied();
    let mut node = location.node();
    if let (Location::Missing(..) | Location::Unsent(..) | Location::Variant(_), Some(tag)) =
        (location, tag_of(node))
    {
        steps.push(Step::Key(tape.str(tag).into()));
    }
    let members = members_of(&errors.members, note);
    let labels = |node| {
        let of_node = members.iter().filter(move |member| member.union == node);
        of_node.filter_map(|member| Some(Step::Key(member.label.as_deref()?.into())))
    };
    steps.extend(labels(node));
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
        if let Some(tag) = tag_of(parent).filter(|&tag| tag != node && tape.parent(tag) != node) {
            steps.push(Step::Key(tape.str(tag).into()));
        }
        steps.extend(labels(parent));
        node = parent;
    }
    steps.reverse();
    steps
}
