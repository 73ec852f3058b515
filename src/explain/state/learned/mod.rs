//! What passes learned: errors, decisions about nodes, and facts about types. Every method that learns
//! something that makes the next pass go differently counts it as progress; without progress the next pass
//! would only repeat the last.

mod members;
mod nodes;
mod types;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::json::{NodeId, Tape};

use super::{
    error::Cause,
    evidence::Evidence,
    experiment::Experiment,
    flags::FlagTable,
    notes::Notes,
    progress::{Progress, Steps},
};

use self::{members::Members, nodes::Nodes, types::Types};

pub(crate) use self::members::Owner;

/// The facts and decisions that passes leave to the next pass.
#[derive(Debug)]
pub(crate) struct Learned<'t> {
    pub(crate) notes: Notes,
    pub(crate) evidence: Evidence,
    pub(crate) flags: FlagTable,
    pub(crate) nodes: Nodes<'t>,
    pub(crate) types: Types,
    pub(crate) members: Members,
    /// Experiments that are going on, by the container that they are made on.
    experiments: FxHashMap<NodeId, Box<dyn Experiment<'t> + 't>>,
    /// The errors of containers for which no place was found.
    unplaced: FxHashSet<(NodeId, String)>,
    steps: Steps,
}

impl<'t> Learned<'t> {
    pub(crate) fn new(tape: &Tape<'_>, max_errors: usize) -> Self {
        Self {
            notes: Notes::new(max_errors),
            evidence: Evidence::default(),
            flags: FlagTable::new(tape.len()),
            nodes: Nodes::default(),
            types: Types::new(),
            members: Members::default(),
            experiments: FxHashMap::default(),
            unplaced: FxHashSet::default(),
            steps: Steps::default(),
        }
    }

    /// Returns how much was learned so far.
    pub(crate) fn progress(&self) -> u64 {
        self.steps.total()
            + self.flags.steps()
            + self.nodes.steps()
            + self.types.steps()
            + self.members.steps()
    }

    /// Asks for another pass over a node about which nothing new was learned.
    pub(crate) fn revisit(&mut self) -> Progress {
        self.steps.count(true)
    }

    pub(crate) fn has_experiments(&self) -> bool {
        !self.experiments.is_empty()
    }

    /// Takes the experiment on a container, if there is one.
    pub(crate) fn take_experiment(&mut self, container: NodeId) -> Option<Box<dyn Experiment<'t> + 't>> {
        if self.experiments.is_empty() {
            return None;
        }
        let experiment = self.experiments.remove(&container);
        self.steps.count(experiment.is_some());
        experiment
    }

    /// Waits for what the type of a container does in the next pass.
    pub(crate) fn experiment(&mut self, container: NodeId, experiment: Box<dyn Experiment<'t> + 't>) {
        self.experiments.insert(container, experiment);
        self.steps.count(true);
    }

    /// Records that no place was found for an error of a container.
    pub(crate) fn give_up_placing(&mut self, container: NodeId, cause: &Cause) -> Progress {
        let is_new = self.unplaced.insert((container, cause.to_string()));
        self.steps.count(is_new)
    }

    pub(crate) fn is_unplaced(&self, container: NodeId, cause: &Cause) -> bool {
        !self.unplaced.is_empty() && self.unplaced.contains(&(container, cause.to_string()))
    }
}
