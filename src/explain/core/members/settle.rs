//! What is learned from the error with which a visitor ends an object.

use crate::{
    explain::state::{Cause, Error, Location, NodeFlags, Pass, union_tag_not_found},
    report::ErrorKind,
};

use super::{member::Style, object::ObjectMembers};

impl ObjectMembers {
    /// Settles what the visitor returned at the end.
    pub(super) fn end(
        mut self,
        pass: &mut Pass<'_>,
        result: Result<(), Error>,
        returns_errors: impl Fn() -> bool,
    ) -> Result<(), Error> {
        if result.is_err() {
            if let Some(error) = self.settle_key(pass) {
                return Err(error);
            }
        }
        let open = match result {
            Ok(()) if self.has_more() => {
                return Err(serde::de::Error::custom("trailing members"));
            }
            Err(Error::Open(open)) if !pass.is_quiet() => open,
            result => return result,
        };
        let is_settled = match &open.cause {
            Cause::Missing(name) if self.is_own(pass, name, &returns_errors) => {
                return Err(self.learn_missing(pass, name));
            }
            Cause::Duplicate(name) => {
                self.learn_alias(pass, name)
                    || returns_errors() && self.learn_duplicate(pass, name, &open.cause)
            }
            Cause::Custom(message) => self.learn_extra(pass, message),
            _ => false,
        };
        Err(if is_settled { pass.refuse() } else { Error::Open(open) })
    }

    /// Returns `true` if a missing field is one of this object, and not of something inside that serde
    /// buffered.
    fn is_own(&self, pass: &Pass<'_>, name: &'static str, returns_errors: &dyn Fn() -> bool) -> bool {
        // Hand-written code may require a field because of the placeholder for another.
        let is_certain = pass.counters().tainted == self.tainted || returns_errors();
        if !is_certain || pass.member(self.object, name).is_some() {
            return false;
        }
        match self.style {
            Style::Struct { fields, .. } => fields.contains(&name),
            Style::Tagged => pass.learned.evidence.tag(self.object).is_none(),
            Style::Open => pass.counters().anything == self.anything,
            Style::Collection => false,
        }
    }

    fn learn_missing(&self, pass: &mut Pass<'_>, name: &'static str) -> Error {
        let (place, visitor) = match self.style {
            Style::Struct { fields, is_adjacent: true, .. } if fields.first() == Some(&name) => {
                return pass.condemn(self.object, union_tag_not_found(name));
            }
            Style::Tagged => return pass.condemn(self.object, union_tag_not_found(name)),
            Style::Struct { fields, is_adjacent, .. } => {
                let place = fields.iter().position(|field| *field == name);
                (place, self.style.uniform().filter(|_| !is_adjacent && !self.may_be_adjacent))
            }
            Style::Open | Style::Collection => (None, None),
        };
        pass.note(Location::missing(self.object, name, place), ErrorKind::Missing);
        let learned = &mut pass.learned;
        let progress = match visitor {
            Some(visitor) => learned.types.require(visitor, name),
            None => learned.members.require_probed(self.object, name),
        };
        if self.replaced.contains(&name) {
            learned.flags.give_up(self.object);
        } else if !progress.is_made() {
            // It was learned in this pass, from another object.
            learned.revisit();
        }
        pass.refuse()
    }

    /// Learns that a required field is there under another name. Returns whether the duplicate is explained
    /// by that.
    fn learn_alias(&self, pass: &mut Pass<'_>, name: &'static str) -> bool {
        let Style::Struct { fields, .. } = self.style else {
            return false;
        };
        let learned = &mut pass.learned;
        let of_visitor =
            self.style.uniform().map(|visitor| learned.types.required(visitor)).unwrap_or_default();
        let is_required = learned.members.required(of_visitor, self.object).contains(&name);
        if !is_required || pass.tape.member(self.object, name).is_some() {
            return false;
        }
        let place = fields.iter().position(|field| *field == name);
        learned.notes.retract(Location::missing(self.object, name, place));
        learned.members.is_aliased(self.object, name).is_made()
    }

    /// Learns which of two members for one field counts. Returns `false` if that is not known.
    ///
    /// As in pydantic, a field's own name goes before its aliases. In strict mode the second one is an error.
    fn learn_duplicate(&self, pass: &mut Pass<'_>, name: &str, cause: &Cause) -> bool {
        let Some((key, value)) = self.last_sent() else { return false };
        if pass.is_strict() {
            pass.note(Location::Node(value), cause.to_value_error());
            pass.learned.flags.decide(value, NodeFlags::HIDDEN);
            return true;
        }
        let is_own = pass.tape.str(key) == name;
        let flag = if is_own { NodeFlags::FIRST } else { NodeFlags::IGNORED };
        pass.learned.flags.decide(value, flag).is_made()
    }

    /// Learns from the error about an unknown field of a struct with flattened parts. Returns whether it is
    /// one.
    fn learn_extra(&self, pass: &mut Pass<'_>, message: &str) -> bool {
        if !matches!(self.style, Style::Open) {
            return false;
        }
        let name = message.strip_prefix("unknown field `").and_then(|rest| rest.strip_suffix('`'));
        let Some(value) = name.and_then(|name| pass.tape.member(self.object, name)) else {
            return false;
        };
        pass.note(Location::Node(value), ErrorKind::ExtraForbidden);
        pass.learned.flags.decide(value, NodeFlags::HIDDEN);
        true
    }
}
