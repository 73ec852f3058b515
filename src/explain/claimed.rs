//! What a rule claims, in the words for the value that was sent.

use std::collections::HashSet;

use crate::{
    json::{Kind, NodeId},
    report::{ErrorKind, Limit, Raised},
    rules::{Claim, Counted, Measured, not_an_email},
    value::Value,
};

use super::{memory::Flag, seen::Container, walk::Walk};

impl Walk<'_> {
    /// What is claimed, in full; of a node, if it was sent.
    pub(super) fn kind_of(&self, claim: Claim, node: Option<NodeId>) -> ErrorKind {
        let Some(node) = node else { return claim.into_kind() };
        match claim {
            Claim::Breaks(ErrorKind::TooLong { field_type, max_length, actual_length: Some(actual) }) => {
                // The value may have fewer items than were sent.
                let sent = self.tape.count(node);
                ErrorKind::TooLong { field_type, max_length, actual_length: Some(actual.max(sent)) }
            }
            Claim::Beyond(kind) if self.has(node, Flag::FLOAT) || self.tape.kind(node) == Kind::Float => {
                with_float(kind)
            }
            // If the count does not bear it out, something else was counted: bytes, or what became of it.
            Claim::AtLeast(length, told) => {
                let counted = self.counted(node).filter(|counted| counted.length < length);
                Claim::AtLeast(length, counted.or(told)).into_kind()
            }
            Claim::AtMost(length, told) => {
                let counted = self.counted(node).filter(|counted| counted.length > length);
                Claim::AtMost(length, counted.or(told)).into_kind()
            }
            Claim::NotEmail => match self.text(node) {
                Some(text) => not_an_email(text),
                None => Claim::NotEmail.into_kind(),
            },
            Claim::NotSet if self.tape.kind(node) != Kind::Null => {
                // A rule of the app's own in the words of the other one.
                ErrorKind::ValueError { error: Raised("not set".to_owned()) }
            }
            Claim::NotSet => {
                let should_be = self.memory.borrow().seen.nulls.get(&node).cloned();
                should_be.unwrap_or(ErrorKind::Missing)
            }
            claim => claim.into_kind(),
        }
    }

    /// The text at a place, the one that counts if there are several.
    fn text(&self, node: NodeId) -> Option<&str> {
        let node = if self.tape.kind(node) == Kind::Texts { self.tape.chosen(node) } else { node };
        (self.tape.kind(node) == Kind::String).then(|| self.tape.str(node))
    }

    fn counted(&self, node: NodeId) -> Option<Counted> {
        let memory = self.memory.borrow();
        let container = memory.seen.container(node);
        match self.tape.kind(node) {
            Kind::Object if memory.fields.contains_key(&node) => None,
            Kind::Object => Some(Counted { measured: Measured::Dictionary, length: self.tape.count(node) }),
            Kind::Array | Kind::Texts if container == Some(Container::Set) => {
                Some(Counted { measured: Measured::Set, length: self.different(node) })
            }
            Kind::Array => {
                let measured = container.map_or(Measured::List, Container::measured);
                Some(Counted { measured, length: self.tape.count(node) })
            }
            Kind::Texts if container.is_some() => {
                let measured = container.map_or(Measured::List, Container::measured);
                Some(Counted { measured, length: self.tape.count(node) })
            }
            _ => {
                let length = self.text(node)?.chars().count();
                Some(Counted { measured: Measured::String, length })
            }
        }
    }

    /// How many different items a list has.
    fn different(&self, list: NodeId) -> usize {
        let texts = self.tape.items(list).map(|item| {
            let mut text = String::new();
            self.tape.write_raw(item, &mut text);
            text
        });
        texts.collect::<HashSet<_>>().len()
    }
}

/// The same with a float for a limit.
fn with_float(kind: ErrorKind) -> ErrorKind {
    let float = |limit: Limit| match limit.0 {
        Value::Number(number) => Limit(Value::from(number.as_f64())),
        other => Limit(other),
    };
    match kind {
        ErrorKind::GreaterThanEqual { ge } => ErrorKind::GreaterThanEqual { ge: float(ge) },
        ErrorKind::LessThanEqual { le } => ErrorKind::LessThanEqual { le: float(le) },
        kind => kind,
    }
}
