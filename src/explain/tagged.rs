//! The string that says which variant of an enum an object is.

use serde::de::{DeserializeSeed, Visitor};

use crate::{
    json::{Kind, NodeId},
    report::ErrorKind,
};

use super::{
    halt::{Cause, Halt},
    memory::{Flag, Spot},
    slot::{quoted, raised},
    walk::Walk,
};

impl<'t> Walk<'t> {
    /// The tag of an internally tagged enum, the only value that is asked for as a name.
    pub(super) fn tag<V: Visitor<'t>>(&self, tag: NodeId, visitor: V) -> Result<V::Value, Halt> {
        let member = self.member_of(tag);
        let object = self.tape.parent(member);
        let is_text = self.tape.kind(tag) == Kind::String;
        // What is no text is no tag; asking for one that cannot be tells which there are.
        let text = if is_text { self.tape.str(tag) } else { "\u{0}" };
        let result = visitor.visit_borrowed_str(text);
        if self.is_lenient() || self.tape.key_of(member).is_none() {
            return result;
        }
        match result {
            Ok(value) if is_text => {
                self.memory.borrow_mut().labels.insert(object, tag);
                Ok(value)
            }
            Ok(_) => Err(self.condemn_tagged(object, tag, ErrorKind::StringType)),
            Err(halt) => Err(self.refuse_tag(object, tag, halt)),
        }
    }

    /// The value of the member that is a tag: of a text the group of all that have its name.
    fn member_of(&self, tag: NodeId) -> NodeId {
        if self.tape.is_chosen(tag) { self.tape.parent(tag) } else { tag }
    }

    /// The tag of an adjacently tagged enum.
    pub(super) fn adjacent_tag<S: DeserializeSeed<'t>>(
        &self,
        object: NodeId,
        tag: NodeId,
        seed: S,
    ) -> Result<S::Value, Halt> {
        if self.is_lenient() {
            return self.real(tag, seed);
        }
        let result = self.leniently(|| self.real(tag, seed));
        let tag = if self.tape.kind(tag) == Kind::Texts { self.tape.chosen(tag) } else { tag };
        match result {
            Ok(value) => {
                self.memory.borrow_mut().labels.insert(object, tag);
                Ok(value)
            }
            Err(halt) => Err(self.refuse_tag(object, tag, halt)),
        }
    }

    /// With a tag that is none, nothing can be said about what is beside it.
    fn condemn_tagged(&self, object: NodeId, tag: NodeId, kind: ErrorKind) -> Halt {
        self.note(Spot::Node(tag), kind);
        self.memory.borrow_mut().set(object, Flag::BAD);
        self.refuse()
    }

    fn refuse_tag(&self, object: NodeId, tag: NodeId, halt: Halt) -> Halt {
        let Halt::Complaint(complaint) = halt else {
            return halt;
        };
        let key = self.tape.key_of(self.member_of(tag)).map_or("", |key| self.tape.str(key));
        let discriminator = format!("'{key}'");
        let kind = match (complaint.cause, complaint.kind) {
            (Cause::UnknownVariant { expected, .. }, _) => ErrorKind::UnionTagInvalid {
                discriminator,
                tag: self.python(tag),
                expected_tags: quoted(expected, ", "),
            },
            (_, Some(ErrorKind::Enum { expected })) => ErrorKind::UnionTagInvalid {
                discriminator,
                tag: self.python(tag),
                expected_tags: expected.replace(" or ", ", "),
            },
            (cause, _) => {
                return self.condemn_tagged(object, tag, raised(&cause));
            }
        };
        self.condemn(object, kind)
    }

    /// A value as Python's `str` shows it.
    fn python(&self, node: NodeId) -> String {
        match self.tape.kind(node) {
            Kind::Null => "None".to_owned(),
            Kind::True => "True".to_owned(),
            Kind::False => "False".to_owned(),
            Kind::Integer | Kind::Float => self.tape.number(node).to_string(),
            Kind::String | Kind::Key => self.tape.str(node).to_owned(),
            Kind::Array | Kind::Object | Kind::Texts => {
                let mut echo = crate::json::Echo::new(200);
                self.tape.value(node, &mut echo).to_string()
            }
        }
    }
}
