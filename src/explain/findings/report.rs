//! Findings become errors of the document, if what they are about was sent.

use std::collections::HashSet;

use crate::{
    explain::state::Location,
    json::{Kind, NodeId},
    report::ErrorKind,
    rules::{DependsOn, Finding, Findings, Naming, Step, Violation},
};

use super::{
    lookups::Lookups,
    placement::{Placement, Target},
};

impl Placement<'_, '_> {
    /// Adds the findings to the errors of the document, as far as the values that they are about were sent.
    pub(crate) fn place(&mut self, found: Findings) {
        let Findings { findings, naming, is_full, .. } = found;
        let mut lookups = Lookups::default();
        // Limits on lengths wait for what is inside, which comes first, and may be reported instead.
        let mut limits: Vec<(Finding, Target)> = Vec::new();
        let mut closed: Option<Vec<Step>> = None;
        for finding in findings {
            if closed.as_ref().is_some_and(|closed| finding.steps.starts_with(closed)) {
                continue;
            }
            while let Some((limit, target)) = limits.pop() {
                if finding.steps.starts_with(&limit.steps) {
                    limits.push((limit, target));
                    break;
                }
                self.report(limit, target);
            }
            let target = match naming {
                Naming::Sent => self.target_of(&finding, &mut lookups),
                Naming::Rust => self.rust_target_of(&finding.steps, &mut lookups),
            };
            if self.has_too_many(&finding, &target) {
                closed = Some(finding.steps.clone());
            } else if matches!(finding.violation, Violation::TooLong(..)) {
                limits.push((finding, target));
                continue;
            }
            self.report(finding, target);
        }
        while let Some((limit, target)) = limits.pop() {
            self.report(limit, target);
        }
        if is_full {
            self.learned.notes.leave_out();
        }
    }

    /// Returns `true` if a list is too long, whatever its items are.
    fn has_too_many(&self, finding: &Finding, target: &Target) -> bool {
        let Violation::TooLong(most, told) = finding.violation else { return false };
        let kind = || self.kind_of(Violation::TooLong(most, told), Some(target.node));
        target.is_value() && self.is_read(target.node) && kind().counts_before_looking()
    }

    /// Reports a finding, if it counts.
    fn report(&mut self, finding: Finding, target: Target) {
        let is_value = target.is_value();
        let is_sent = target.rest.is_empty();
        let Target { node, parent, rest, of_key, part } = target;
        let Finding { violation, depends_on, overrides, is_of_whole, is_cut, .. } = finding;
        let is_unset = matches!(violation, Violation::NotSet);
        let yields_to_parts = matches!(violation, Violation::TooLong(..));
        let kind = self.kind_of(violation, Some(node).filter(|_| is_value));
        // However many items could not be read, all of them are there.
        let counts_items = is_value && kind.counts_before_looking();
        let mut depends_on = depends_on;
        if yields_to_parts && !counts_items {
            if let (ErrorKind::TooLong { max_length, .. }, true) = (&kind, is_value) {
                depends_on = DependsOn::ValidItems { max_length: *max_length, length: 0 };
            } else if self.learned.notes.has_within(self.tape, node) {
                if is_cut {
                    self.learned.notes.leave_out();
                }
                return;
            }
        }
        let kind = overrides.apply_to(match part {
            Some(part) => kind.of_a_part(&part),
            None => kind,
        });
        let location = match self.location(node, rest, of_key, is_unset) {
            Location::Node(node) if is_of_whole && self.learned.evidence.tag(node).is_some() => {
                Location::Variant(node)
            }
            location => location,
        };
        let counts = if counts_items && self.is_read(node) {
            self.learned.notes.retract_within(self.tape, node);
            true
        } else if is_unset && matches!(location, Location::Missing(..)) {
            // It is missing, whatever is beside it.
            self.is_read(node)
        } else {
            self.counts(depends_on, node, parent, is_sent)
        };
        if counts {
            self.learned.notes.add(location, kind);
        } else {
            if is_cut {
                self.learned.notes.leave_out();
            }
            // Of several strings of one name it is the one that counts.
            self.learned.notes.tighten([location, Location::Node(self.tape.chosen(node))], kind);
        }
    }

    /// Returns `true` if everything that a rule looked at was sent.
    fn counts(&mut self, depends_on: DependsOn, node: NodeId, parent: NodeId, is_sent: bool) -> bool {
        match depends_on {
            DependsOn::ValidItems { max_length: most, .. } if is_sent => {
                // The rule itself knows best how many items a set has that was read as it was sent.
                let is_certain = self.is_as_sent(node) && !self.learned.notes.has_within(self.tape, node);
                let are_too_many = is_certain || self.count_right(node) > most;
                if are_too_many {
                    self.learned.notes.retract_within(self.tape, node);
                }
                are_too_many
            }
            DependsOn::Length | DependsOn::ValidItems { .. } | DependsOn::Value => self.is_as_sent(node),
            DependsOn::Siblings => self.is_as_sent(parent),
        }
    }

    fn location(&mut self, node: NodeId, rest: Vec<Step>, of_key: bool, is_unset: bool) -> Location {
        let evidence = &mut self.learned.evidence;
        if let ([Step::Key(name)], true, Some(fields)) = (rest.as_slice(), is_unset, evidence.fields(node)) {
            if let Some((place, field)) = fields.iter().enumerate().find(|(_, field)| *field == name) {
                return Location::missing(node, field, Some(place));
            }
        }
        if !rest.is_empty() {
            Location::Unsent(node, evidence.push_unsent(rest))
        } else if of_key {
            Location::Key(node)
        } else {
            Location::Node(node)
        }
    }

    /// Returns the number of items of a map or set that are right, at least. Of items of a set that look
    /// alike only one counts.
    fn count_right(&self, node: NodeId) -> usize {
        let wrong: HashSet<NodeId> =
            self.learned.notes.nodes().filter_map(|wrong| self.item_around(wrong, node)).collect();
        let is_right = |item: &NodeId| self.is_as_sent(*item) && !wrong.contains(item);
        match self.tape.kind(node) {
            Kind::Object => self.tape.members(node).map(|(_, value)| value).filter(is_right).count(),
            _ => {
                let items = self.tape.items(node).filter(is_right);
                items.map(|item| self.likeness(item)).collect::<HashSet<_>>().len()
            }
        }
    }

    /// Returns the item of a container that a node is, or is in.
    fn item_around(&self, node: NodeId, container: NodeId) -> Option<NodeId> {
        let mut item = node;
        while item != container && self.tape.is_within(item, container) {
            let outer = self.tape.parent(item);
            if outer == container {
                return Some(item);
            }
            item = outer;
        }
        None
    }

    /// Returns the same string for all values that may become the same value: `1`, `"1"` and `1.0`, `A` and
    /// `a`.
    fn likeness(&self, node: NodeId) -> String {
        let mut json = String::new();
        self.tape.write_raw(node, &mut json);
        if let Ok(number) = json.trim_matches('"').trim().parse::<f64>() {
            return number.to_string();
        }
        match json.as_str() {
            "true" => "1".to_owned(),
            "false" => "0".to_owned(),
            _ => {
                json.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
            }
        }
    }
}
