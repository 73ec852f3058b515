//! The place in a document of a field that is known by the name that clients use.

use crate::{
    json::NodeId,
    rules::{Finding, Step},
};

use super::{
    lookups::Lookups,
    placement::{Placement, Target},
};

impl<'t> Placement<'_, 't> {
    /// Follows the steps of a finding as far as they lead.
    pub(super) fn target_of(&mut self, finding: &Finding, lookups: &mut Lookups<'t>) -> Target {
        let (mut parent, mut node) = (NodeId::ROOT, NodeId::ROOT);
        let mut rest = finding.steps.iter();
        let mut of_key = false;
        while let Some(step) = rest.as_slice().first() {
            let depth = finding.steps.len() - rest.len();
            let next = match step {
                // Where several keys became one, it is not known whose value it is.
                Step::Key(_)
                    if finding
                        .map_length(depth)
                        .is_some_and(|length| self.has_merged(node, length, lookups)) =>
                {
                    None
                }
                Step::Key(name) => lookups.member(self, node, name).or_else(|| {
                    let field = self.spelling.and_then(|field_of| field_of(name))?;
                    lookups.member(self, node, &field)
                }),
                // Where items were left out, it is not known which.
                Step::ItemOf { length, .. } if lookups.count(self, node) != *length => None,
                // The same holds where the items may have another order.
                Step::Index(index) | Step::ItemOf { index, .. } | Step::Nth(index) => {
                    lookups.item(self, node, *index).filter(|_| self.keeps_order(node, lookups))
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
        if let Some(Step::Key(name)) = rest.as_slice().first() {
            self.learned.evidence.check_name(node, name);
        }
        Target { node, parent, rest: rest.cloned().collect(), of_key, part: None }
    }

    /// Returns `true` if a map does not have as many entries as were sent.
    fn has_merged(&self, map: NodeId, length: usize, lookups: &mut Lookups<'t>) -> bool {
        // A map that is flattened shares its object with other members.
        let is_whole = !self.is_all_sent && self.learned.evidence.container(map).is_some();
        is_whole && lookups.count(self, map) != length
    }
}
