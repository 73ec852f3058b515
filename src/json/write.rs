//! The echo of nodes in an error report: as a [`Value`] or directly as JSON, within a budget of bytes.

use crate::value::{Map, Value, write_string};

use super::tape::{Kind, NodeId, Tape};

/// The mark in place of what the budget did not allow.
const CUT: &str = "…";

/// The form in which the value of a member is echoed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    AsSent,
    /// Of the strings of one name, the one that counts.
    OneString,
    /// The strings of one name, also if it is only one.
    List,
}

/// The budget of an echo: the number of bytes that may still be echoed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Echo {
    left: usize,
    /// `true` once something was left out.
    pub(crate) cut: bool,
    /// Leaves out the keys that FastAPI leaves out of an echo.
    hides: bool,
}

impl Echo {
    pub(crate) fn new(bytes: usize) -> Self {
        Self { left: bytes, cut: false, hides: true }
    }

    /// Returns the budget for the document itself: unlimited, and without FastAPI's omissions.
    pub(super) fn whole() -> Self {
        Self { left: usize::MAX, cut: false, hides: false }
    }

    /// Returns `true` for a key that FastAPI's encoder leaves out, because it could be SQLAlchemy's.
    fn hides(&self, key: &str) -> bool {
        self.hides && key.starts_with("_sa")
    }

    /// Takes these bytes from the budget. If they do not fit, returns `false` and empties it.
    ///
    /// Callers write brackets and commas even if they do not fit, strings only as far as they do.
    fn take(&mut self, bytes: usize) -> bool {
        let fits = bytes <= self.left;
        self.left = if fits { self.left - bytes } else { 0 };
        self.cut |= !fits;
        fits
    }

    /// Returns as much of a string as fits, with a mark in place of the rest.
    pub(crate) fn string<'t>(&mut self, string: &'t str) -> std::borrow::Cow<'t, str> {
        let room = self.left;
        if self.take(string.len() + 2) {
            return string.into();
        }
        let mut end = room.min(string.len());
        while !string.is_char_boundary(end) {
            end -= 1;
        }
        format!("{}{CUT}", string.get(..end).unwrap_or_default()).into()
    }
}

impl Tape<'_> {
    /// Returns the whole document, as FastAPI echoes it.
    pub(crate) fn document(&self) -> Value {
        self.value(NodeId::ROOT, &mut Echo::new(usize::MAX))
    }

    /// Returns a node and everything in it, as far as the budget allows.
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
                self.object(self.members(id).map(|(key, value)| (key, value, Shown::AsSent)), echo)
            }
        }
    }

    /// Returns an object of these keys and values.
    pub(crate) fn object(
        &self,
        members: impl IntoIterator<Item = (NodeId, NodeId, Shown)>,
        echo: &mut Echo,
    ) -> Value {
        let mut object = Map::new();
        echo.take(2);
        for (key, value, shown) in members {
            if echo.hides(self.str(key)) {
                continue;
            }
            if !echo.take(self.str(key).len() + 4) {
                object.insert(CUT, CUT);
                break;
            }
            let value = match shown {
                Shown::AsSent => self.value(value, echo),
                Shown::OneString => self.value(self.chosen(value), echo),
                Shown::List => self.list(value, echo),
            };
            object.insert(self.str(key), value);
        }
        Value::Object(object)
    }

    /// Returns the items of a node as a list, even for a name with only one string.
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

    /// Writes the JSON of [`value`](Self::value) without building the value.
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

    /// Writes the JSON of [`list`](Self::list) without building the value.
    pub(crate) fn write_list(&self, id: NodeId, echo: &mut Echo, out: &mut String) {
        out.push('[');
        echo.take(2);
        for (position, item) in self.items(id).enumerate() {
            if position > 0 {
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

    /// Writes the JSON of a node as it was spelled, without blanks.
    pub(crate) fn write_raw(&self, id: NodeId, out: &mut String) {
        match self.kind(id) {
            Kind::Null => out.push_str("null"),
            Kind::True => out.push_str("true"),
            Kind::False => out.push_str("false"),
            Kind::Integer | Kind::Float => out.push_str(self.str(id)),
            Kind::String | Kind::Key => quote(out, self.str(id)),
            Kind::Array | Kind::Strings => {
                out.push('[');
                for (position, item) in self.items(id).enumerate() {
                    out.push_str(if position > 0 { "," } else { "" });
                    self.write_raw(item, out);
                }
                out.push(']');
            }
            Kind::Object => {
                out.push('{');
                for (position, (key, value)) in self.members(id).enumerate() {
                    out.push_str(if position > 0 { "," } else { "" });
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

fn quote(out: &mut String, string: &str) {
    // Writing into a `String` cannot fail.
    let _ = write_string(out, string);
}
