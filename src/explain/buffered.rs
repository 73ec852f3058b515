//! Complaints about values that were taken for anything first, and looked at when it was too late to ask
//! where they came from: flattened, tagged and untagged content.
//!
//! A string that serde complains about still lies in the document, and its address says which it is. For
//! the rest there has to be only one value that the complaint fits. Otherwise the whole is to blame.

use crate::{
    json::{Kind, NodeId},
    report::ErrorKind,
};

use super::{
    coerce::{self, Scalar},
    halt::{Cause, Complaint, Found, Shape},
    invent::{self, Content},
    memory::{Flag, Memory, Spot},
    slot::{quoted, raised},
    walk::Walk,
    want::Want,
};

/// Among more values than this nothing is searched.
const MANY: usize = 10_000;

impl<'t> Walk<'t> {
    /// Finds out what in a container a complaint is about; whether it was found, or must not be asked.
    pub(super) fn resolve(&self, container: NodeId, complaint: &Complaint) -> bool {
        if self.go_on_searching(container, Some(&complaint.cause)) {
            return true;
        }
        match &complaint.cause {
            Cause::Type { found, expected } | Cause::Value { found, expected } => {
                if let Shape::Text { address } = found.shape {
                    if let Some(probe) = invent::probe_at(address) {
                        return self.resolve_probe(container, probe, expected);
                    }
                }
                if self.tape.is_of_texts() && self.take_otherwise(container, found, expected) {
                    return true;
                }
                match self.suspects(container, found).as_slice() {
                    [] => false,
                    [node] => self.blame(container, *node, expected, &complaint.cause),
                    several => self.mark(container, several, expected),
                }
            }
            Cause::UnknownVariant { address, expected, .. } => match self.tape.at_address(*address) {
                Some(node) if self.tape.kind(node) == Kind::String => {
                    self.note(Spot::Node(node), ErrorKind::Enum { expected: quoted(expected, " or ") });
                    let mut memory = self.memory.borrow_mut();
                    match expected.first() {
                        Some(name) if !memory.variants.contains_key(&node) => {
                            memory.variants.insert(node, name);
                            memory.changes += 1;
                        }
                        _ => memory.give_up(container),
                    }
                    true
                }
                _ => false,
            },
            Cause::UnknownField { address, .. } => match self.tape.at_address(*address) {
                Some(key) if self.tape.kind(key) == Kind::Key => {
                    let value = self.tape.value_of(key);
                    self.note(Spot::Node(value), ErrorKind::ExtraForbidden);
                    self.memory.borrow_mut().set(value, Flag::SKIP);
                    true
                }
                _ => false,
            },
            Cause::Missing(name) => self.resolve_missing(container, name),
            Cause::Custom(_) | Cause::Length { .. } | Cause::Duplicate(_) => false,
        }
    }

    /// Whether texts were taken for a list where one text is wanted, or the other way round.
    fn take_otherwise(&self, container: NodeId, found: &Found, expected: &str) -> bool {
        let wants_list = matches!(Want::of(expected), Some(Want::List | Want::Set | Want::Tuple));
        match found.shape {
            Shape::Text { address } if wants_list => {
                let text = self.tape.at_address(address).filter(|&text| self.tape.is_chosen(text));
                if let Some(text) = text {
                    self.memory.borrow_mut().set(self.tape.parent(text), Flag::LISTED);
                }
                text.is_some()
            }
            Shape::List if !wants_list => {
                self.scan(container);
                let mut memory = self.memory.borrow_mut();
                let mut texts = self.buffered(container, &memory);
                texts.retain(|&node| self.tape.kind(node) == Kind::Texts);
                let is_settled =
                    |node: &NodeId| memory.has(*node, Flag::SINGLE) || memory.has(*node, Flag::LISTED);
                let (settled, open): (Vec<NodeId>, Vec<NodeId>) = texts.into_iter().partition(is_settled);
                // It is not known which of them it is: one, and if that was wrong, twice as many.
                for &texts in open.iter().take(settled.len().max(1)) {
                    memory.set(texts, Flag::SINGLE);
                }
                !open.is_empty()
            }
            _ => false,
        }
    }

    /// The values in a container that a complaint fits.
    fn suspects(&self, container: NodeId, found: &Found) -> Vec<NodeId> {
        if let Shape::Text { address } = found.shape {
            let node = self.tape.at_address(address).filter(|&node| self.tape.kind(node) == Kind::String);
            return node.into_iter().collect();
        }
        self.scan(container);
        let memory = self.memory.borrow();
        if memory.invents_shape(container, self.tape, found.shape) {
            // It could also be about something that was made up.
            return Vec::new();
        }
        let matching = self.buffered(container, &memory).into_iter().filter(|&node| {
            let genuine = !memory.stand_ins.contains(&node) && !memory.variants.contains_key(&node);
            let fits = match memory.fixes.get(&node) {
                Some(scalar) => scalar.shape() == found.shape,
                None => self.has_shape(node, found.shape),
            };
            genuine && fits
        });
        matching.collect()
    }

    /// The values in a container that serde looks at when it has all of it.
    fn buffered(&self, container: NodeId, memory: &Memory<'_>) -> Vec<NodeId> {
        let mut nodes = Vec::new();
        let mut next = self.tape.first(container);
        while next < self.tape.end(container) && nodes.len() < MANY {
            if memory.has(next, Flag::BUFFERED) {
                nodes.push(next);
                next = self.tape.first(next);
            } else if self.tape.kind(next) == Kind::Key {
                next = self.tape.behind(next);
            } else {
                // Whoever took this answers for it.
                next = self.tape.end(next);
            }
        }
        nodes
    }

    fn has_shape(&self, node: NodeId, shape: Shape) -> bool {
        match (self.tape.kind(node), shape) {
            (Kind::Null, Shape::Null) | (Kind::Array, Shape::List) | (Kind::Object, Shape::Object) => true,
            (Kind::True, Shape::Bool(value)) => value,
            (Kind::False, Shape::Bool(value)) => !value,
            (Kind::Integer | Kind::Float, _) => match (coerce::verbatim(self.tape, node), shape) {
                (Some(Scalar::Unsigned(there)), Shape::Unsigned(value)) => there == value,
                (Some(Scalar::Signed(there)), Shape::Signed(value)) => there == value,
                (Some(Scalar::Float(there)), Shape::Float(value)) => there.to_bits() == value.to_bits(),
                _ => false,
            },
            _ => false,
        }
    }

    /// Says of a value in a container what is wrong with it, and puts something else in its place.
    pub(super) fn blame(&self, container: NodeId, node: NodeId, expected: &str, cause: &Cause) -> bool {
        let want = Want::of(expected).filter(|want| !want.is_kind(self.tape.kind(node)));
        if !self.strict && !self.memory.borrow().fixes.contains_key(&node) {
            let coerced = want.and_then(|want| coerce::lax(self.tape, node, want).ok());
            if let Some(scalar) = coerced.filter(|&scalar| Some(scalar) != coerce::verbatim(self.tape, node))
            {
                let mut memory = self.memory.borrow_mut();
                memory.fixes.insert(node, scalar);
                memory.changes += 1;
                return true;
            }
        }
        let kind = match want {
            Some(want) => match coerce::lax(self.tape, node, want) {
                Err(kind) => kind,
                Ok(_) => want.type_error(),
            },
            None => raised(cause),
        };
        // A value that only user code refuses, in words that are not known, has no known remedy.
        let kind = if want.is_some_and(|want| {
            matches!(cause, Cause::Value { .. }) && coerce::lax(self.tape, node, want).is_ok()
        }) {
            raised(cause)
        } else {
            kind
        };
        self.note(Spot::Node(node), kind);
        let stand_in = Content::scalar(expected);
        let mut memory = self.memory.borrow_mut();
        match stand_in {
            Some(scalar) if memory.stand_ins.insert(node) => {
                memory.fixes.insert(node, scalar);
                memory.changes += 1;
            }
            _ => memory.give_up(container),
        }
        true
    }

    /// A member that was made up is not what it should be: now it is known what that is.
    fn resolve_probe(&self, container: NodeId, probe: usize, expected: &str) -> bool {
        let mut memory = self.memory.borrow_mut();
        let known = Content::expected(expected);
        match (memory.fillers.get_mut(probe), known) {
            (Some(filler), Some(content)) if matches!(filler.content, Content::Probe(_)) => {
                filler.content = content;
                memory.changes += 1;
            }
            _ => memory.give_up(container),
        }
        true
    }

    fn resolve_missing(&self, container: NodeId, name: &'static str) -> bool {
        self.scan(container);
        let mut memory = self.memory.borrow_mut();
        // An object that was made up may be what lacks the field.
        let invented = memory.fillers.iter().any(|filler| {
            filler.active
                && matches!(filler.content, Content::Object)
                && self.tape.is_within(filler.parent, container)
        });
        if invented {
            memory.give_up(container);
            return true;
        }
        let lacking: Vec<NodeId> = std::iter::once(container)
            .chain(self.buffered(container, &memory))
            .filter(|&node| {
                self.tape.kind(node) == Kind::Object
                    && self.tape.member(node, name).is_none_or(|value| memory.has(value, Flag::ABSENT))
                    && !memory.demanded(None, Some(node)).contains(&name)
            })
            .collect();
        if let &[object] = lacking.as_slice() {
            memory.demand_anything(object, name);
            drop(memory);
            self.note(Spot::Missing(object, name, u32::MAX), ErrorKind::Missing);
            return true;
        }
        drop(memory);
        self.search_missing(container, name, lacking)
    }

    /// Learns from the complaint of a type that was made of nothing what it should be made of.
    pub(super) fn learn_recipe(&self, slot: std::any::TypeId, cause: &Cause) -> bool {
        /// More members than this are not made up.
        const MOST: usize = 64;
        let mut memory = self.memory.borrow_mut();
        let of_probe = |address| {
            let number = invent::probe_at(address)?;
            number.checked_sub(invent::RECIPE_PROBES)
        };
        let recipe = memory.recipes.entry(slot).or_default();
        let learnt = match cause {
            Cause::Missing(name) if recipe.members.len() < MOST => {
                let is_new = recipe.members.iter().all(|(known, _)| known != name);
                let probe = Content::Probe(invent::RECIPE_PROBES + recipe.members.len());
                if is_new {
                    recipe.members.push((name, probe));
                    recipe.whole = Some(Content::Object);
                }
                is_new
            }
            Cause::Type { found: Found { shape: Shape::Text { address }, .. }, expected } => {
                let content = Content::expected(expected);
                match (of_probe(*address), content) {
                    (Some(number), Some(content)) => recipe.set(number, content),
                    (None, Some(content)) if recipe.whole.is_none() => {
                        recipe.whole = Some(content);
                        true
                    }
                    _ => false,
                }
            }
            Cause::Type { expected, .. } if recipe.whole.is_none() => {
                recipe.whole = Content::expected(expected);
                recipe.whole.is_some()
            }
            Cause::UnknownVariant { address, expected, .. } => match (of_probe(*address), expected.first()) {
                (Some(number), Some(name)) => recipe.set(number, Content::Text(name)),
                _ => false,
            },
            _ => false,
        };
        if recipe.whole.is_none() && recipe.members.is_empty() {
            memory.recipes.remove(&slot);
        }
        memory.changes += u64::from(learnt);
        learnt
    }
}
