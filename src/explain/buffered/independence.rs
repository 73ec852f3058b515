//! The check whether an error for which no place is found is about the document at all, or about a placeholder.

use crate::{
    explain::{
        state::{Cause, Experiment, Location, Owner, Pass, Reading, Substitute},
        types::{Candidate, Scalar},
    },
    json::NodeId,
};

use super::parts::buffered_values;

/// All placeholders in a container are replaced by marks. If the error stays, no placeholder is met before it.
#[derive(Debug)]
pub(super) struct Independence {
    complaint: Cause,
    nodes: Vec<NodeId>,
    members: Vec<(Owner, &'static str, Option<Candidate>)>,
}

impl Independence {
    pub(super) fn begin(pass: &mut Pass<'_>, container: NodeId, complaint: &Cause) -> Self {
        pass.scan(container);
        let mark = Substitute { scalar: Scalar::Mark(0), is_placeholder: true };
        let mut nodes = buffered_values(pass, container);
        nodes.retain(|&node| pass.learned.nodes.is_placeholder(node));
        for &node in &nodes {
            pass.learned.nodes.try_out(node, mark);
        }
        let owners = std::iter::once(container).chain(buffered_values(pass, container)).map(Owner::Node);
        let mut members = Vec::new();
        for owner in owners {
            for (name, candidate) in pass.learned.members.offered(owner) {
                pass.learned.members.offer(owner, name, Candidate::Mark(0));
                members.push((owner, name, candidate));
            }
        }
        Self { complaint: complaint.clone(), nodes, members }
    }
}

impl<'t> Experiment<'t> for Independence {
    fn go_on(self: Box<Self>, pass: &mut Pass<'t>, container: NodeId, reading: Reading) {
        for &node in &self.nodes {
            pass.learned.nodes.end_trial(node);
        }
        for &(owner, name, candidate) in &self.members {
            if let Some(candidate) = candidate {
                pass.learned.members.offer(owner, name, candidate);
            }
        }
        let is_independent = reading.returned.as_ref() == Some(&self.complaint);
        if is_independent {
            pass.note(Location::Node(container), super::nameless(&self.complaint));
        } else {
            pass.learned.notes.hide_one();
        }
        pass.learned.flags.give_up(container);
    }
}
