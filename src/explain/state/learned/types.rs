//! What was learned about types: what they require, what they accept, and what they do with errors.

use std::any::TypeId;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::{
    explain::types::{ATTEMPTS, SeedType},
    json::NodeId,
};

use crate::explain::state::{
    frame::{Propagation, Reader},
    progress::{Progress, Steps},
    template::Template,
};

/// Facts about types that hold wherever they are read.
#[derive(Debug)]
pub(crate) struct Types {
    propagation: FxHashMap<Reader, Propagation>,
    attempts: FxHashMap<TypeId, u8>,
    templates: FxHashMap<TypeId, Template>,
    /// Nodes that types accepted which refuse placeholders.
    accepted: FxHashMap<TypeId, NodeId>,
    /// Visitors that refuse names that they do not know.
    closed: FxHashSet<TypeId>,
    /// Visitors of structs that cannot be given all their fields at once.
    minimal: FxHashSet<TypeId>,
    required: FxHashMap<TypeId, Vec<&'static str>>,
    max_variants: usize,
    steps: Steps,
}

impl Types {
    /// The number of types of a small document: with room for them, the table need not grow.
    const FEW_TYPES: usize = 14;

    pub(super) fn new() -> Self {
        Self {
            propagation: FxHashMap::with_capacity_and_hasher(Self::FEW_TYPES, FxBuildHasher),
            attempts: FxHashMap::default(),
            templates: FxHashMap::default(),
            accepted: FxHashMap::default(),
            closed: FxHashSet::default(),
            minimal: FxHashSet::default(),
            required: FxHashMap::default(),
            max_variants: 0,
            steps: Steps::default(),
        }
    }

    pub(super) fn steps(&self) -> u64 {
        self.steps.total()
    }

    pub(crate) fn propagation(&self, reader: Reader) -> Option<Propagation> {
        self.propagation.get(&reader).copied()
    }

    pub(crate) fn learn_propagation(&mut self, reader: Reader, propagation: Propagation) -> Progress {
        let before = self.propagation.insert(reader, propagation);
        self.steps.count(before != Some(propagation))
    }

    /// Records that a reader returns all errors, which its visitor shows before it meets one: no pass depends
    /// on it.
    pub(crate) fn presume_propagation(&mut self, reader: Reader) {
        self.propagation.insert(reader, Propagation::Propagates);
    }

    /// Returns the number of the candidate that a type is offered.
    pub(crate) fn attempt(&self, seed: TypeId) -> u8 {
        self.attempts.get(&seed).copied().unwrap_or(0)
    }

    /// Offers a type the next candidate, if there is one.
    pub(crate) fn try_next(&mut self, seed: TypeId) -> Progress {
        let attempt = self.attempts.entry(seed).or_insert(0);
        let has_next = *attempt < ATTEMPTS;
        *attempt += u8::from(has_next);
        self.steps.count(has_next)
    }

    /// Records that a type has accepted a node as it was sent. Only of a type that has refused a placeholder that is
    /// of interest.
    pub(crate) fn accept(&mut self, seed: SeedType, node: NodeId) -> Progress {
        let is_of_interest =
            seed.is_stateless && !self.attempts.is_empty() && self.attempts.contains_key(&seed.id);
        let is_new = is_of_interest && !self.accepted.contains_key(&seed.id);
        if is_new {
            self.accepted.insert(seed.id, node);
        }
        self.steps.count(is_new)
    }

    /// Returns a node that a type has accepted, if it has refused a placeholder.
    pub(crate) fn accepted(&self, seed: TypeId) -> Option<NodeId> {
        if self.accepted.is_empty() { None } else { self.accepted.get(&seed).copied() }
    }

    pub(crate) fn template(&self, seed: TypeId) -> Option<&Template> {
        self.templates.get(&seed)
    }

    /// Changes how a type is made without input. `learn` returns whether it changed the template.
    pub(crate) fn learn_template(
        &mut self,
        seed: TypeId,
        learn: impl FnOnce(&mut Template) -> bool,
    ) -> Progress {
        let template = self.templates.entry(seed).or_default();
        let is_new = learn(template);
        if template.is_empty() {
            self.templates.remove(&seed);
        }
        self.steps.count(is_new)
    }

    pub(crate) fn is_closed(&self, visitor: Option<TypeId>) -> bool {
        visitor.is_some_and(|visitor| self.closed.contains(&visitor))
    }

    /// Records that a visitor refuses names that it does not know.
    pub(crate) fn close(&mut self, visitor: Option<TypeId>) -> Progress {
        let is_new = visitor.is_some_and(|visitor| self.closed.insert(visitor));
        self.steps.count(is_new)
    }

    pub(crate) fn is_minimal(&self, visitor: TypeId) -> bool {
        self.minimal.contains(&visitor)
    }

    /// Gives a visitor no more fields than it requires where the struct is made without input.
    pub(crate) fn make_minimal(&mut self, visitor: TypeId) -> Progress {
        let is_new = self.minimal.insert(visitor);
        self.steps.count(is_new)
    }

    /// Records a field that every object for this visitor requires.
    pub(crate) fn require(&mut self, visitor: TypeId, name: &'static str) -> Progress {
        let names = self.required.entry(visitor).or_default();
        let is_new = !names.contains(&name);
        if is_new {
            names.push(name);
        }
        self.steps.count(is_new)
    }

    /// Returns the fields that a visitor is known to require.
    pub(crate) fn required(&self, visitor: TypeId) -> &[&'static str] {
        self.required.get(&visitor).map(Vec::as_slice).unwrap_or_default()
    }

    /// Records that a placeholder was made for an enum with this many variants.
    pub(crate) fn saw_variants(&mut self, count: usize) {
        self.max_variants = self.max_variants.max(count);
    }

    /// Returns the number of variants of the largest enum for which a placeholder was made.
    pub(crate) fn max_variants(&self) -> usize {
        self.max_variants
    }
}
