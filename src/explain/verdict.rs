//! What rules have found, as errors of the document: where it stands there, and whether it counts.

use std::collections::{HashMap, HashSet};

use crate::{
    json::{Kind, NodeId, Tape},
    report::ErrorKind,
    rules::{Claim, Finding, Found, Naming, Reads, Step},
};

use super::{
    arrange::rank_of,
    memory::{Flag, Spot},
    seen::Container,
    walk::{Bounds, Findings, Walk},
};

/// Where a finding is.
pub(super) struct Place {
    /// The innermost value on the way to it that was sent.
    pub(super) node: NodeId,
    /// What leads to `node`; the root's is the root.
    pub(super) parent: NodeId,
    /// The steps from there to something that was not sent.
    pub(super) rest: Vec<Step>,
    pub(super) of_key: bool,
    /// What it is about in `node`, if nobody knows where that is.
    pub(super) part: Option<String>,
}

/// The rules that a value breaks, of which a document tells everything.
pub(super) fn against(tape: &Tape<'_>, bounds: Bounds, found: Found) -> Findings {
    let walk = Walk::new(tape, false, bounds);
    walk.all_sent.set(true);
    walk.hold_against(found);
    walk.finish()
}

impl Walk<'_> {
    /// Puts the rules that a value breaks on the list, if the value was really sent as far as they see it.
    pub(super) fn hold_against(&self, found: Found) {
        let Found { findings, naming, is_full, .. } = found;
        let mut ways = Ways::default();
        // What may be reported instead of what is inside, which comes first, and what surely is.
        let mut limits: Vec<(Finding, Place)> = Vec::new();
        let mut closed: Option<Vec<Step>> = None;
        for finding in findings {
            if closed.as_ref().is_some_and(|closed| finding.steps.starts_with(closed)) {
                continue;
            }
            while let Some((limit, place)) = limits.pop() {
                if finding.steps.starts_with(&limit.steps) {
                    limits.push((limit, place));
                    break;
                }
                self.hold(limit, place);
            }
            let place = match naming {
                Naming::Sent => {
                    let place = self.place_of(&finding, &mut ways);
                    if let Some(Step::Key(name)) = place.rest.first() {
                        self.memory.borrow_mut().suspect(place.node, name);
                    }
                    place
                }
                Naming::Rust => self.rust_place_of(&finding.steps, &mut ways),
            };
            if self.has_too_many(&finding, &place) {
                closed = Some(finding.steps.clone());
            } else if matches!(finding.claim, Claim::AtMost(..)) {
                limits.push((finding, place));
                continue;
            }
            self.hold(finding, place);
        }
        while let Some((limit, place)) = limits.pop() {
            self.hold(limit, place);
        }
        self.memory.borrow_mut().full |= is_full;
    }

    /// Whether it is a list that is too long whatever its items are.
    fn has_too_many(&self, finding: &Finding, place: &Place) -> bool {
        let Claim::AtMost(most, told) = finding.claim else { return false };
        let is_it = place.rest.is_empty() && !place.of_key && place.part.is_none();
        let is_there = self.all_sent.get() || self.has(place.node, Flag::VISITED);
        is_it && is_there && self.kind_of(Claim::AtMost(most, told), Some(place.node)).counts_before_looking()
    }

    fn hold(&self, finding: Finding, place: Place) {
        let Place { node, parent, rest, of_key, part } = place;
        let Finding { claim, reads, said, is_of_whole, is_cut, .. } = finding;
        let is_sent = rest.is_empty();
        let is_unset = matches!(claim, Claim::NotSet);
        let yields_to_parts = matches!(claim, Claim::AtMost(..));
        let is_it = is_sent && !of_key && part.is_none();
        let kind = self.kind_of(claim, Some(node).filter(|_| is_it));
        // However many items could not be read, all of them are there.
        let counts_items = is_it && kind.counts_before_looking();
        let reads = match &kind {
            ErrorKind::TooLong { max_length, .. } if yields_to_parts && !counts_items && is_it => {
                Reads::Right { most: *max_length, of: 0 }
            }
            _ if yields_to_parts && !counts_items && self.memory.borrow().has_notes_in(self.tape, node) => {
                self.memory.borrow_mut().full |= is_cut;
                return;
            }
            _ => reads,
        };
        let kind = said.about(match part {
            Some(part) => kind.of_a_part(&part),
            None => kind,
        });
        let spot = match self.spot(node, rest, of_key, is_unset) {
            Spot::Node(node) if is_of_whole && self.memory.borrow().labels.contains_key(&node) => {
                Spot::Variant(node)
            }
            spot => spot,
        };
        let sound = |node| self.all_sent.get() || self.has(node, Flag::SOUND);
        let visited = || self.all_sent.get() || self.has(node, Flag::VISITED);
        let counts = match reads {
            _ if counts_items && visited() => {
                self.memory.borrow_mut().retract(self.tape, node);
                true
            }
            // What is not there is not there, whatever is beside it.
            _ if is_unset && matches!(spot, Spot::Missing(..)) => visited(),
            Reads::Right { most, .. } if is_sent => {
                // Of a set that was read as it was sent, the rule itself knows best how many there are.
                let is_certain = sound(node) && !self.memory.borrow().has_notes_in(self.tape, node);
                let are_too_many = is_certain || self.right_items(node) > most;
                if are_too_many {
                    self.memory.borrow_mut().retract(self.tape, node);
                }
                are_too_many
            }
            Reads::Count | Reads::Right { .. } | Reads::Own => sound(node),
            Reads::Siblings => sound(parent),
        };
        self.memory.borrow_mut().full |= is_cut && !counts;
        if counts {
            self.note(spot, kind);
        } else {
            // Of several texts of a name it is the one that counts.
            self.memory.borrow_mut().tighten([spot, Spot::Node(self.tape.chosen(node))], kind);
        }
    }

    fn spot(&self, node: NodeId, rest: Vec<Step>, of_key: bool, is_unset: bool) -> Spot {
        let mut memory = self.memory.borrow_mut();
        if let ([Step::Key(name)], true, Some(fields)) = (rest.as_slice(), is_unset, memory.fields.get(&node))
        {
            if let Some(field) = fields.iter().position(|field| field == name) {
                let name = fields.get(field).copied().unwrap_or_default();
                return Spot::Missing(node, name, rank_of(Some(field)));
            }
        }
        if !rest.is_empty() {
            memory.unsent.push(rest);
            Spot::Unsent(node, memory.unsent.len() - 1)
        } else if of_key {
            Spot::Key(node)
        } else {
            Spot::Node(node)
        }
    }

    /// What a header is called as a field, if this may be one: `x_token` for `x-token`.
    fn field_of_header(&self, name: &str) -> Option<String> {
        let may_be_one = self.tape.is_of_texts() && name.contains('-');
        may_be_one.then(|| name.replace('-', "_").to_ascii_lowercase())
    }

    /// How many items of a map or set are right, at least: of those of a set that look alike only one.
    fn right_items(&self, node: NodeId) -> usize {
        let memory = self.memory.borrow();
        let wrong: HashSet<NodeId> =
            memory.notes.iter().filter_map(|note| self.item_around(note.spot.node(), node)).collect();
        let is_right =
            |item: &NodeId| (self.all_sent.get() || memory.has(*item, Flag::SOUND)) && !wrong.contains(item);
        match self.tape.kind(node) {
            Kind::Object => self.tape.members(node).map(|(_, value)| value).filter(is_right).count(),
            _ => {
                let items = self.tape.items(node).filter(is_right);
                items.map(|item| self.likeness(item)).collect::<HashSet<_>>().len()
            }
        }
    }

    /// The item of a container that a node is, or is in.
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

    /// The same for all values that may become the same one: `1`, `"1"` and `1.0`, `A` and `a`.
    fn likeness(&self, node: NodeId) -> String {
        let mut text = String::new();
        self.tape.write_raw(node, &mut text);
        if let Ok(number) = text.trim_matches('"').trim().parse::<f64>() {
            return number.to_string();
        }
        match text.as_str() {
            "true" => "1".to_owned(),
            "false" => "0".to_owned(),
            _ => {
                text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
            }
        }
    }

    /// Whether a map does not have as many entries as were sent.
    fn has_merged(&self, map: NodeId, length: usize, ways: &mut Ways<'_>) -> bool {
        // What is flattened has other members beside its own.
        let is_all = !self.all_sent.get() && self.memory.borrow().seen.container(map).is_some();
        is_all && ways.count(self, map) != length
    }

    /// Whether the items of a list are in the order in which they were sent, as far as that is known.
    pub(super) fn keeps_order(&self, list: NodeId, ways: &mut Ways<'_>) -> bool {
        let container = self.memory.borrow().seen.container(list);
        self.all_sent.get()
            || !matches!(container, Some(Container::Set | Container::Other))
            || ways.count(self, list) == 1
    }

    /// Follows the way of a finding through the document, as far as it leads.
    fn place_of<'w>(&'w self, finding: &Finding, ways: &mut Ways<'w>) -> Place {
        let (mut parent, mut node) = (NodeId::ROOT, NodeId::ROOT);
        let mut rest = finding.steps.iter();
        let mut of_key = false;
        while let Some(step) = rest.as_slice().first() {
            let depth = finding.steps.len() - rest.len();
            let entries = finding.entries.iter().find(|(place, _)| *place == depth);
            let next = match step {
                // Where several keys became one, nobody knows whose value it is.
                Step::Key(_) if entries.is_some_and(|&(_, length)| self.has_merged(node, length, ways)) => {
                    None
                }
                Step::Key(name) => ways.there(self, node, name).or_else(|| {
                    let field = self.field_of_header(name)?;
                    ways.there(self, node, &field)
                }),
                // Where items were left out, nobody knows which.
                Step::ItemOf(_, length) if ways.count(self, node) != *length => None,
                // Nor where they may have come into another order.
                Step::Index(index) | Step::ItemOf(index, _) | Step::Nth(index) => {
                    ways.item(self, node, *index).filter(|_| self.keeps_order(node, ways))
                }
                Step::ToKey => {
                    of_key = true;
                    rest.next();
                    break;
                }
            };
            let Some(next) = next else { break };
            rest.next();
            (parent, node) = (node, next);
        }
        Place { node, parent, rest: rest.cloned().collect(), of_key, part: None }
    }
}

/// The ways into large containers, so that not every finding has to look for its own from the start.
#[derive(Default)]
pub(super) struct Ways<'w> {
    /// Where in a list the last finding was.
    items: HashMap<NodeId, (usize, NodeId)>,
    counts: HashMap<NodeId, usize>,
    members: HashMap<NodeId, HashMap<&'w str, NodeId>>,
    /// The values of a map in its own order.
    values: HashMap<NodeId, Vec<NodeId>>,
}

impl<'w> Ways<'w> {
    pub(super) fn item(&mut self, walk: &Walk<'_>, list: NodeId, index: usize) -> Option<NodeId> {
        if !matches!(walk.tape.kind(list), Kind::Array | Kind::Texts) {
            return None;
        }
        let end = walk.tape.end(list);
        let known = self.items.get(&list).copied().filter(|&(place, _)| place <= index);
        let (mut place, mut item) = known.unwrap_or((0, walk.tape.first(list)));
        while place < index && item < end {
            item = walk.tape.end(item);
            place += 1;
        }
        self.items.insert(list, (place, item));
        (item < end).then_some(item)
    }

    pub(super) fn count(&mut self, walk: &Walk<'_>, list: NodeId) -> usize {
        *self.counts.entry(list).or_insert_with(|| walk.tape.count(list))
    }

    /// What comes at that place of a map, in the order of its keys or in that of the document.
    pub(super) fn value(
        &mut self,
        walk: &Walk<'_>,
        map: NodeId,
        index: usize,
        is_sorted: bool,
    ) -> Option<NodeId> {
        let tape = walk.tape;
        let values = self.values.entry(map).or_insert_with(|| {
            let mut members: Vec<(NodeId, NodeId)> = tape.members(map).collect();
            if is_sorted {
                members.sort_by_key(|&(key, _)| tape.str(key));
            }
            members.into_iter().map(|(_, value)| value).collect()
        });
        values.get(index).copied()
    }

    /// A member that counts as there.
    pub(super) fn there(&mut self, walk: &'w Walk<'_>, object: NodeId, name: &str) -> Option<NodeId> {
        self.member(walk, object, name).filter(|&value| !walk.has(value, Flag::ABSENT))
    }

    fn member(&mut self, walk: &'w Walk<'_>, object: NodeId, name: &str) -> Option<NodeId> {
        /// Up to here looking at all of them is cheaper.
        const FEW: usize = 32;
        let tape = walk.tape;
        if tape.kind(object) != Kind::Object {
            return None;
        }
        if tape.end(object).index() - object.index() <= FEW {
            return tape.member(object, name);
        }
        let members = self
            .members
            .entry(object)
            .or_insert_with(|| tape.members(object).map(|(key, value)| (tape.str(key), value)).collect());
        members.get(name).copied()
    }
}
