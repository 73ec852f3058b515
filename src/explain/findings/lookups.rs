//! Lookups in large containers that do not begin from the start each time.

use std::collections::HashMap;

use crate::{
    explain::{state::NodeFlags, types::Container},
    json::{Kind, NodeId},
};

use super::placement::Placement;

/// Positions in large containers, so that not every finding has to search from the start.
#[derive(Default)]
pub(super) struct Lookups<'t> {
    /// The item of a list that was looked up last.
    items: HashMap<NodeId, (usize, NodeId)>,
    counts: HashMap<NodeId, usize>,
    members: HashMap<NodeId, HashMap<&'t str, NodeId>>,
    /// The values of maps in their own order.
    values: HashMap<NodeId, Vec<NodeId>>,
}

impl<'t> Lookups<'t> {
    pub(super) fn item(
        &mut self,
        placement: &Placement<'_, 't>,
        list: NodeId,
        index: usize,
    ) -> Option<NodeId> {
        if !matches!(placement.tape.kind(list), Kind::Array | Kind::Strings) {
            return None;
        }
        let end = placement.tape.end(list);
        let known = self.items.get(&list).copied().filter(|&(place, _)| place <= index);
        let (mut place, mut item) = known.unwrap_or((0, placement.tape.first(list)));
        while place < index && item < end {
            item = placement.tape.end(item);
            place += 1;
        }
        self.items.insert(list, (place, item));
        (item < end).then_some(item)
    }

    pub(super) fn count(&mut self, placement: &Placement<'_, 't>, list: NodeId) -> usize {
        *self.counts.entry(list).or_insert_with(|| placement.tape.count(list))
    }

    /// Returns the value at a place of a map, in the order of its keys or in that of the document.
    pub(super) fn value(
        &mut self,
        placement: &Placement<'_, 't>,
        map: NodeId,
        index: usize,
        is_sorted: bool,
    ) -> Option<NodeId> {
        let tape = placement.tape;
        let values = self.values.entry(map).or_insert_with(|| {
            let mut members: Vec<(NodeId, NodeId)> = tape.members(map).collect();
            if is_sorted {
                members.sort_by_key(|&(key, _)| tape.str(key));
            }
            members.into_iter().map(|(_, value)| value).collect()
        });
        values.get(index).copied()
    }

    /// Returns a member that does not count as missing.
    pub(super) fn member(
        &mut self,
        placement: &Placement<'_, 't>,
        object: NodeId,
        name: &str,
    ) -> Option<NodeId> {
        self.any_member(placement, object, name).filter(|&value| !placement.has(value, NodeFlags::ABSENT))
    }

    fn any_member(&mut self, placement: &Placement<'_, 't>, object: NodeId, name: &str) -> Option<NodeId> {
        /// Up to this number of nodes, looking at all members is cheaper.
        const FEW: usize = 32;
        let tape = placement.tape;
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

impl<'t> Placement<'_, 't> {
    /// Returns `true` if the items of a list are in the order in which they were sent, as far as that is
    /// known.
    pub(super) fn keeps_order(&self, list: NodeId, lookups: &mut Lookups<'t>) -> bool {
        let container = self.learned.evidence.container(list);
        self.is_all_sent
            || !matches!(container, Some(Container::Set | Container::Other))
            || lookups.count(self, list) == 1
    }
}
