//! Nodes → what an error report echoes: as a [`Value`], or straight as text, within a budget of bytes.

use crate::value::{Map, Value, write_string};

use super::tape::{Kind, NodeId, Tape};

/// What stands where something was left out because the budget was spent.
const CUT: &str = "…";

/// How many bytes of a document may still be echoed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Echo {
    left: usize,
    /// Whether something had to be left out.
    pub(crate) cut: bool,
    /// Whether to leave out what FastAPI leaves out of an echo.
    hides: bool,
}

impl Echo {
    pub(crate) fn new(bytes: usize) -> Self {
        Self { left: bytes, cut: false, hides: true }
    }

    /// No echo, but the document itself.
    pub(super) fn whole() -> Self {
        Self { left: usize::MAX, cut: false, hides: false }
    }

    /// FastAPI's encoder takes such keys for SQLAlchemy's own and leaves them out.
    fn hides(&self, key: &str) -> bool {
        self.hides && key.starts_with("_sa")
    }

    /// Takes that many bytes, if there are any left at all: the last to get something may overdraw by
    /// its own brackets, never by a text.
    fn take(&mut self, bytes: usize) -> bool {
        let fits = bytes <= self.left;
        self.left = if fits { self.left - bytes } else { 0 };
        self.cut |= !fits;
        fits
    }

    /// As much of a text as fits, with a mark where the rest was.
    pub(crate) fn string<'t>(&mut self, text: &'t str) -> std::borrow::Cow<'t, str> {
        let room = self.left;
        if self.take(text.len() + 2) {
            return text.into();
        }
        let mut end = room.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        format!("{}{CUT}", text.get(..end).unwrap_or_default()).into()
    }
}

impl Tape<'_> {
    /// The whole document.
    pub(crate) fn document(&self) -> Value {
        self.value(NodeId::ROOT, &mut Echo::new(usize::MAX))
    }

    /// A node and everything in it, or as much as the budget allows.
    pub(crate) fn value(&self, id: NodeId, echo: &mut Echo) -> Value {
        match self.kind(id) {
            Kind::Null => leaf(Value::Null, 4, echo),
            Kind::True => leaf(true.into(), 4, echo),
            Kind::False => leaf(false.into(), 5, echo),
            Kind::Integer | Kind::Float => leaf(self.number(id).into(), self.str(id).len(), echo),
            Kind::String | Kind::Key => echo.string(self.str(id)).into(),
            Kind::Strings if self.count(id) == 1 => self.value(self.chosen(id), echo),
            Kind::Array | Kind::Strings => self.list(id, echo),
            Kind::Object => {
                let mut members = Map::new();
                echo.take(2);
                for (key, value) in self.members(id) {
                    if echo.hides(self.str(key)) {
                        continue;
                    }
                    if !echo.take(self.str(key).len() + 4) {
                        members.insert(CUT, CUT);
                        break;
                    }
                    members.insert(self.str(key), self.value(value, echo));
                }
                Value::Object(members)
            }
        }
    }

    /// The items of a node as a list, even if it is the only text of a name.
    pub(crate) fn list(&self, id: NodeId, echo: &mut Echo) -> Value {
        let mut items = Vec::new();
        echo.take(2);
        for item in self.items(id) {
            if !echo.take(1) {
                items.push(CUT.into());
                break;
            }
            items.push(self.value(item, echo));
        }
        Value::Array(items)
    }

    /// The text of what [`value`](Self::value) gives, without building it.
    pub(crate) fn write(&self, id: NodeId, echo: &mut Echo, out: &mut String) {
        match self.kind(id) {
            Kind::String | Kind::Key => quote(out, &echo.string(self.str(id))),
            Kind::Strings if self.count(id) == 1 => self.write(self.chosen(id), echo, out),
            Kind::Array | Kind::Strings => self.write_list(id, echo, out),
            Kind::Object => {
                out.push('{');
                echo.take(2);
                for (key, value) in self.members(id) {
                    if echo.hides(self.str(key)) {
                        continue;
                    }
                    if !out.ends_with('{') {
                        out.push(',');
                    }
                    let fits = echo.take(self.str(key).len() + 4);
                    quote(out, if fits { self.str(key) } else { CUT });
                    out.push(':');
                    if !fits {
                        quote(out, CUT);
                        break;
                    }
                    self.write(value, echo, out);
                }
                out.push('}');
            }
            Kind::Null | Kind::True | Kind::False | Kind::Integer | Kind::Float => {
                out.push_str(&self.value(id, echo).to_string());
            }
        }
    }
}

impl Tape<'_> {
    /// The text of what [`list`](Self::list) gives.
    pub(crate) fn write_list(&self, id: NodeId, echo: &mut Echo, out: &mut String) {
        out.push('[');
        echo.take(2);
        for (place, item) in self.items(id).enumerate() {
            if place > 0 {
                out.push(',');
            }
            if !echo.take(1) {
                quote(out, CUT);
                break;
            }
            self.write(item, echo, out);
        }
        out.push(']');
    }

    /// The JSON text of a node, as it was spelled but for blanks.
    pub(crate) fn write_raw(&self, id: NodeId, out: &mut String) {
        match self.kind(id) {
            Kind::Null => out.push_str("null"),
            Kind::True => out.push_str("true"),
            Kind::False => out.push_str("false"),
            Kind::Integer | Kind::Float => out.push_str(self.str(id)),
            Kind::String | Kind::Key => quote(out, self.str(id)),
            Kind::Array | Kind::Strings => {
                out.push('[');
                for (place, item) in self.items(id).enumerate() {
                    out.push_str(if place > 0 { "," } else { "" });
                    self.write_raw(item, out);
                }
                out.push(']');
            }
            Kind::Object => {
                out.push('{');
                for (place, (key, value)) in self.members(id).enumerate() {
                    out.push_str(if place > 0 { "," } else { "" });
                    quote(out, self.str(key));
                    out.push(':');
                    self.write_raw(value, out);
                }
                out.push('}');
            }
        }
    }
}

fn leaf(value: Value, length: usize, echo: &mut Echo) -> Value {
    if echo.take(length) { value } else { CUT.into() }
}

fn quote(out: &mut String, text: &str) {
    // Writing into a `String` cannot fail.
    let _ = write_string(out, text);
}
