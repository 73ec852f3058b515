//! The error of a broken rule, in the words for the value that was sent.

use std::collections::HashSet;

use crate::{
    explain::{state::NodeFlags, types::Container},
    json::{Kind, NodeId},
    report::{AppMessage, ErrorKind, Limit},
    rules::{Counted, Measured, Violation, not_an_email},
    value::Value,
};

use super::placement::Placement;

impl Placement<'_, '_> {
    /// Returns the error that a rule claims. A value that was sent is looked at for it.
    pub(super) fn kind_of(&self, violation: Violation, node: Option<NodeId>) -> ErrorKind {
        let Some(node) = node else { return violation.into_kind() };
        match violation {
            Violation::Known(ErrorKind::TooLong { field_type, max_length, actual_length: Some(actual) }) => {
                // The value may have fewer items than were sent.
                let sent = self.tape.count(node);
                ErrorKind::TooLong { field_type, max_length, actual_length: Some(actual.max(sent)) }
            }
            Violation::BeyondLimit(kind)
                if self.has(node, NodeFlags::FLOAT) || self.tape.kind(node) == Kind::Float =>
            {
                with_float(kind)
            }
            // If the number does not confirm the claim, something else was counted: bytes, or what the value
            // became.
            Violation::TooShort(length, told) => {
                let counted = self.counted(node).filter(|counted| counted.length < length);
                Violation::TooShort(length, counted.or(told)).into_kind()
            }
            Violation::TooLong(length, told) => {
                let counted = self.counted(node).filter(|counted| counted.length > length);
                Violation::TooLong(length, counted.or(told)).into_kind()
            }
            Violation::NotEmail => match self.string(node) {
                Some(string) => not_an_email(string),
                None => Violation::NotEmail.into_kind(),
            },
            Violation::NotSet if self.tape.kind(node) != Kind::Null => {
                // A rule of the app that uses the code of the other rule.
                ErrorKind::ValueError { error: AppMessage("not set".to_owned()) }
            }
            Violation::NotSet => {
                self.learned.evidence.null_error(node).cloned().unwrap_or(ErrorKind::Missing)
            }
            violation => violation.into_kind(),
        }
    }

    /// Returns the string at a place, the one that counts if there are several.
    fn string(&self, node: NodeId) -> Option<&str> {
        let node = if self.tape.kind(node) == Kind::Strings { self.tape.chosen(node) } else { node };
        (self.tape.kind(node) == Kind::String).then(|| self.tape.str(node))
    }

    fn counted(&self, node: NodeId) -> Option<Counted> {
        let container = self.learned.evidence.container(node);
        match self.tape.kind(node) {
            Kind::Object if self.learned.evidence.fields(node).is_some() => None,
            Kind::Object => Some(Counted { measured: Measured::Dictionary, length: self.tape.count(node) }),
            Kind::Array | Kind::Strings if container == Some(Container::Set) => {
                Some(Counted { measured: Measured::Set, length: self.count_different(node) })
            }
            Kind::Array => {
                let measured = container.map_or(Measured::List, Container::measured);
                Some(Counted { measured, length: self.tape.count(node) })
            }
            Kind::Strings if container.is_some() => {
                let measured = container.map_or(Measured::List, Container::measured);
                Some(Counted { measured, length: self.tape.count(node) })
            }
            _ => {
                let length = self.string(node)?.chars().count();
                Some(Counted { measured: Measured::String, length })
            }
        }
    }

    /// Returns the number of different items of a list.
    fn count_different(&self, list: NodeId) -> usize {
        let items = self.tape.items(list).map(|item| {
            let mut json = String::new();
            self.tape.write_raw(item, &mut json);
            json
        });
        items.collect::<HashSet<_>>().len()
    }
}

/// Shows the limit as a float.
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
