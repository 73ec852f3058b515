//! What passes learned: errors, decisions about nodes, and facts about types. Every method that learns
//! something that makes the next pass go differently counts it as progress; without progress the next pass
//! would only repeat the last.

mod members;
mod nodes;
mod types;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    explain::types::Unexpected,
    json::{NodeId, Tape},
};

use super::{
    evidence::Evidence,
    experiment::Experiment,
    flags::FlagTable,
    notes::Notes,
    progress::{Progress, Steps},
};

use self::{members::Members, nodes::Nodes, types::Types};

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
    experiments: FxHashMap<NodeId, Experiment<'t>>,
    /// The experiments that were made already: a container, and the error that started them.
    experimented: FxHashSet<(NodeId, String)>,
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
            experimented: FxHashSet::default(),
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

    /// Returns `true` if something that was made up inside a container could be the value that a visitor
    /// refused.
    pub(crate) fn may_be_placeholder(&self, container: NodeId, tape: &Tape<'_>, value: Unexpected) -> bool {
        self.members.has_probed_like(container, tape, value)
            || self.nodes.has_placeholder_like(container, tape, value)
    }

    pub(crate) fn has_experiments(&self) -> bool {
        !self.experiments.is_empty()
    }

    /// Marks an experiment as made. Returns whether it is new.
    pub(crate) fn begin_experiment(&mut self, container: NodeId, error: String) -> bool {
        self.experimented.insert((container, error))
    }

    /// Allows an experiment to be made once more.
    pub(crate) fn allow_experiment(&mut self, container: NodeId, error: String) {
        self.experimented.remove(&(container, error));
    }

    /// Takes the experiment on a container, if there is one. Its next step goes to [`go_on`](Self::go_on).
    pub(crate) fn take_experiment(&mut self, container: NodeId) -> Option<Experiment<'t>> {
        if self.experiments.is_empty() {
            return None;
        }
        let experiment = self.experiments.remove(&container);
        self.steps.count(experiment.is_some());
        experiment
    }

    /// Waits for what the type of a container says in the next pass.
    pub(crate) fn go_on(&mut self, container: NodeId, experiment: Experiment<'t>) {
        self.experiments.insert(container, experiment);
    }
}
