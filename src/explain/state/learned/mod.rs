//! What passes learned: errors, decisions about nodes, and facts about types. Every method that learns
//! something that makes the next pass go differently counts it as progress; without progress the next pass
//! would only repeat the last.

mod members;
mod nodes;
mod types;

use std::{any::TypeId, collections::BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    explain::types::SeedType,
    json::{NodeId, Tape},
};

use super::{
    error::Cause,
    evidence::Evidence,
    experiment::Experiment,
    flags::{FlagTable, NodeFlags},
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
    /// The errors of containers for which no place was found, and whether they are about something inside.
    unplaced: FxHashMap<(NodeId, String), bool>,
    /// The nodes in buffered content at or in which there are errors, as long as nobody asked for them.
    wrong: BTreeSet<NodeId>,
    /// The number of tests of a container by the lax rules, and `true` if another one is due.
    tested: FxHashMap<NodeId, (usize, bool)>,
    /// The words of the errors of containers for which a place was found.
    placed: FxHashSet<(NodeId, String)>,
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
            unplaced: FxHashMap::default(),
            wrong: BTreeSet::new(),
            tested: FxHashMap::default(),
            placed: FxHashSet::default(),
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

    /// Offers a type the next candidate, if there is one. The first time, everything is visited once more: what the type
    /// accepts elsewhere is a better one.
    pub(crate) fn try_next(&mut self, seed: TypeId) -> Progress {
        if self.types.attempt(seed) == 0 {
            self.nodes.restart();
        }
        self.types.try_next(seed)
    }

    /// Records that a type has accepted a node as it was sent. If that helps where placeholders were refused, those
    /// places are tried once more.
    pub(crate) fn accept(&mut self, seed: SeedType, node: NodeId) {
        if self.types.accept(seed, node).is_made() {
            self.flags.forget(NodeFlags::HOPELESS);
            self.nodes.restart();
        }
    }

    pub(crate) fn has_experiments(&self) -> bool {
        !self.experiments.is_empty()
    }

    pub(crate) fn has_experiment(&self, container: NodeId) -> bool {
        !self.experiments.is_empty() && self.experiments.contains_key(&container)
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

    /// Records that no place was found for an error of a container. `is_inside` says whether it is certainly about
    /// something inside.
    pub(crate) fn give_up_placing(&mut self, container: NodeId, cause: &Cause, is_inside: bool) -> Progress {
        let before = self.unplaced.insert((container, cause.to_string()), is_inside);
        self.steps.count(before.is_none())
    }

    /// Returns whether an error of a container is certainly about something inside, if no place was found for it.
    pub(crate) fn unplaced(&self, container: NodeId, cause: &Cause) -> Option<bool> {
        if self.unplaced.is_empty() {
            return None;
        }
        self.unplaced.get(&(container, cause.to_string())).copied()
    }

    /// Records that there is an error at or in a node in buffered content.
    pub(crate) fn is_wrong(&mut self, node: NodeId) {
        self.wrong.insert(node);
    }

    /// Takes one of the nodes in a container, in buffered content, at or in which there are errors.
    pub(crate) fn take_wrong_in(&mut self, container: NodeId, tape: &Tape<'_>) -> Option<NodeId> {
        let node = self.wrong.range(container..tape.end(container)).next().copied()?;
        self.wrong.remove(&node);
        Some(node)
    }

    /// Begins a test of a container by the lax rules. Returns `false` if none is due.
    pub(crate) fn begin_lax_test(&mut self, container: NodeId) -> bool {
        const MAX_TESTS: usize = 4;
        let (tests, is_due) = self.tested.entry(container).or_insert((0, true));
        if !std::mem::replace(is_due, false) || *tests >= MAX_TESTS {
            return false;
        }
        *tests += 1;
        true
    }

    /// Tests a container by the lax rules once more.
    pub(crate) fn try_lax_rules_again(&mut self, container: NodeId) {
        if let Some((_, is_due)) = self.tested.get_mut(&container) {
            *is_due = true;
        }
    }

    /// Records that a place was found for an error of a container: the same words come again if the type refuses what
    /// took the place of the value.
    pub(crate) fn has_placed(&mut self, container: NodeId, cause: &Cause) {
        self.placed.insert((container, words(cause)));
    }

    /// Records that a member is left out, so that its type may say that it is missing.
    pub(crate) fn has_left_out(&mut self, container: NodeId, name: &str) {
        self.placed.insert((container, format!("missing field `{name}`")));
    }

    /// Returns `true` if an error quotes one about a member that is left out.
    pub(crate) fn quotes_left_out(&self, container: NodeId, cause: &Cause) -> bool {
        let Cause::Custom(message) = cause else { return false };
        let of_container = self.placed.iter().filter(|(other, _)| *other == container);
        message.contains("missing field `")
            && of_container
                .map(|(_, words)| words)
                .any(|words| words.starts_with("missing field `") && message.contains(words.as_str()))
    }

    pub(crate) fn was_placed(&self, container: NodeId, cause: &Cause) -> bool {
        self.placed.contains(&(container, words(cause)))
    }
}

/// Returns what an error says without the value that it says it of.
fn words(cause: &Cause) -> String {
    cause.expected().map_or_else(|| cause.to_string(), str::to_owned)
}
