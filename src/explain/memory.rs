//! What one walk leaves for the next: the errors so far, and what was learnt about types and nodes.

use std::{any::TypeId, collections::HashSet, hash::BuildHasherDefault};

use crate::{
    json::{NodeId, Tape},
    report::ErrorKind,
    rules::Step,
};

use super::{
    coerce::Scalar,
    halt::Shape,
    invent::{Content, RECIPE_PROBES, Recipe},
    search::Search,
    seen::Seen,
    spread::{Map, Set},
};

/// Where an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Spot {
    /// A value.
    Node(NodeId),
    /// What an object says of itself as the variant that its tag names.
    Variant(NodeId),
    /// The key before a value.
    Key(NodeId),
    /// A member that is not there; the number is its place in the declaration.
    Missing(NodeId, &'static str, u32),
    /// An item that is not there.
    MissingItem(NodeId, usize),
    /// Something in a value that was not sent, and breaks a rule all the same; the number says which of them.
    Unsent(NodeId, usize),
}

impl Spot {
    /// The node that the error is about, or in.
    pub(super) fn node(self) -> NodeId {
        match self {
            Self::Node(node)
            | Self::Variant(node)
            | Self::Key(node)
            | Self::Missing(node, ..)
            | Self::MissingItem(node, _)
            | Self::Unsent(node, _) => node,
        }
    }
}

/// One error: where and what. Words are found when it is written.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) spot: Spot,
    pub(super) kind: ErrorKind,
}

/// What became of a node on earlier walks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flag(u16);

impl Flag {
    /// Its own value cannot be used: a stand-in takes its place.
    pub(super) const BAD: Self = Self(1);
    /// Not even a stand-in was taken.
    pub(super) const SPENT: Self = Self(2);
    /// It failed once: whatever stands beside it is visited first.
    pub(super) const LATE: Self = Self(4);
    /// An empty text that counts as none: a member that is not there.
    pub(super) const ABSENT: Self = Self(32);
    /// A member of a map, which knows no missing ones: an empty text is one.
    pub(super) const KEPT: Self = Self(64);
    /// Texts of which the one that counts is taken for anything, however many there are.
    pub(super) const SINGLE: Self = Self(128);
    /// Texts that are taken for a list, even if there is only one.
    pub(super) const LISTED: Self = Self(256);
    /// A member that its struct must not see.
    pub(super) const SKIP: Self = Self(8);
    /// serde took it for anything, to look at it when all of the container around it is there.
    pub(super) const BUFFERED: Self = Self(16);
    /// A value was made of it on the last walk, whatever is in it.
    pub(super) const VISITED: Self = Self(512);
    /// The same of nothing but what was sent.
    pub(super) const SOUND: Self = Self(1024);
    /// A float was asked for on the last walk.
    pub(super) const FLOAT: Self = Self(2048);
    /// The only part of a newtype was asked for on the last walk.
    pub(super) const NEWTYPE: Self = Self(4096);
}

/// Whether a failure inside a type comes out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// It does: what is wrong inside is an error.
    Propagates,
    /// It was seen to make a value anyway: what is wrong inside is none.
    Swallows,
}

/// Whoever reads a value: a type of seeds, or a seed that knows more than its type, at its node.
pub(super) type Reader = (TypeId, Option<NodeId>);

/// How many kinds of stand-ins a type is offered.
pub(super) const RUNGS: u8 = 14;

#[derive(Debug)]
pub(super) struct Memory<'t> {
    pub(super) notes: Vec<Note>,
    spots: Set<Spot>,
    /// Grows with everything learnt that makes another walk go differently.
    pub(super) changes: u64,
    /// An error was left out because there are too many.
    pub(super) full: bool,
    flags: Vec<u16>,
    ranks: Vec<u32>,
    /// The string that says which variant a tagged container is.
    pub(super) labels: Map<NodeId, NodeId>,
    /// What a node stands for where a visitor takes anything and asks later.
    pub(super) fixes: Map<NodeId, Scalar<'t>>,
    /// Strings that are no variant, and one that is.
    pub(super) variants: Map<NodeId, &'static str>,
    /// Nodes whose fix is not what the client meant, but a stand-in.
    pub(super) stand_ins: Set<NodeId>,
    /// Where to go on in a list or map, because what is before is done.
    resume: Map<NodeId, (usize, NodeId)>,
    pub(super) trust: Map<Reader, Trust>,
    rungs: Map<TypeId, u8>,
    pub(super) recipes: Map<TypeId, Recipe>,
    /// Visitors that refuse names they do not know.
    closed: Set<TypeId>,
    /// Visitors that cannot be given all their fields at once.
    lean: Set<TypeId>,
    demanded: Map<TypeId, Vec<&'static str>>,
    demanded_at: Map<NodeId, Vec<&'static str>>,
    /// Members that are there after all, under another name.
    present: Set<(NodeId, &'static str)>,
    pub(super) fillers: Vec<Filler>,
    /// Experiments that are going on, by the container they are made on.
    pub(super) searches: Map<NodeId, Search<'t>>,
    /// Fields of which it was seen that the type of an object knows them.
    pub(super) known: Set<(NodeId, &'static str)>,
    /// What was searched for, and where.
    pub(super) settled: HashSet<(NodeId, String)>,
    /// The fields of structs, as seen on the last walk.
    pub(super) fields: Map<NodeId, &'static [&'static str]>,
    pub(super) seen: Seen,
    /// What breaks rules without having been sent: the steps to it.
    pub(super) unsent: Vec<Vec<Step>>,
    /// A name in a rule that is no name of a field.
    pub(super) misnamed: Option<String>,
}

/// A member that is not there, of which it is not known yet what it should be.
#[derive(Debug)]
pub(super) struct Filler {
    pub(super) parent: NodeId,
    pub(super) name: &'static str,
    pub(super) content: Content,
    /// Whether the parent has it at the moment.
    pub(super) active: bool,
}

impl<'t> Memory<'t> {
    pub(super) fn new(tape: &Tape<'_>) -> Self {
        Self {
            notes: Vec::new(),
            spots: Set::default(),
            changes: 0,
            full: false,
            flags: vec![0; tape.len()],
            ranks: Vec::new(),
            labels: Map::default(),
            fixes: Map::default(),
            variants: Map::default(),
            stand_ins: Set::default(),
            resume: Map::default(),
            trust: Map::with_capacity_and_hasher(14, BuildHasherDefault::default()),
            rungs: Map::default(),
            recipes: Map::default(),
            closed: Set::default(),
            lean: Set::default(),
            demanded: Map::default(),
            demanded_at: Map::default(),
            present: Set::default(),
            fillers: Vec::new(),
            searches: Map::default(),
            known: Set::default(),
            settled: HashSet::new(),
            fields: Map::default(),
            seen: Seen::default(),
            unsent: Vec::new(),
            misnamed: None,
        }
    }

    /// Whether something in a container that is made up could be taken for a value of this shape.
    pub(super) fn invents_shape(&self, container: NodeId, tape: &Tape<'_>, shape: Shape) -> bool {
        let fits = |content: Content| match shape {
            Shape::Bool(_) => matches!(content, Content::Bool),
            Shape::Unsigned(_) | Shape::Signed(_) => matches!(content, Content::Integer),
            Shape::Float(_) => matches!(content, Content::Float),
            Shape::Null => matches!(content, Content::Null),
            Shape::List => matches!(content, Content::List),
            Shape::Object => matches!(content, Content::Object),
            Shape::Text { .. } | Shape::Other => true,
        };
        let filled = self
            .fillers
            .iter()
            .any(|filler| filler.active && fits(filler.content) && tape.is_within(filler.parent, container));
        let is_inside = |node: &NodeId| tape.is_within(*node, container);
        let is_like = |node: &NodeId| self.fixes.get(node).is_some_and(|scalar| scalar.shape() == shape);
        let fixed = self.stand_ins.iter().any(|node| is_like(node) && is_inside(node));
        filled || fixed || shape == Shape::Object && self.variants.keys().any(is_inside)
    }

    /// Adds an error unless its place has one.
    pub(super) fn note(&mut self, spot: Spot, kind: ErrorKind, most: usize) {
        if self.spots.contains(&spot) {
            return;
        }
        if self.notes.len() >= most {
            self.full = true;
            return;
        }
        self.spots.insert(spot);
        self.notes.push(Note { spot, kind });
    }

    /// Takes back what was said about a node and everything in it.
    pub(super) fn retract(&mut self, tape: &Tape<'_>, node: NodeId) {
        let spots = &mut self.spots;
        self.notes.retain(|note| {
            let keep = !tape.is_within(note.spot.node(), node);
            if !keep {
                spots.remove(&note.spot);
            }
            keep
        });
    }

    /// Whether anything is wrong with a node or inside.
    pub(super) fn has_notes_in(&self, tape: &Tape<'_>, node: NodeId) -> bool {
        self.notes.iter().any(|note| tape.is_within(note.spot.node(), node))
    }

    /// Notes a name that a rule has for a field, if the struct has none of that name.
    pub(super) fn suspect(&mut self, object: NodeId, name: &str) {
        let is_none = self.fields.get(&object).is_some_and(|fields| !fields.contains(&name));
        if is_none && self.misnamed.is_none() {
            self.misnamed = Some(name.to_owned());
        }
    }

    /// Lets a rule speak for the limit of a type, which is wider and was exceeded.
    pub(super) fn tighten(&mut self, spots: [Spot; 2], kind: ErrorKind) {
        let is_limit = |note: &Note| {
            matches!(
                (&note.kind, &kind),
                (ErrorKind::LessThanEqual { .. }, ErrorKind::LessThanEqual { .. })
                    | (ErrorKind::GreaterThanEqual { .. }, ErrorKind::GreaterThanEqual { .. })
            )
        };
        if let Some(note) = self.notes.iter_mut().find(|note| spots.contains(&note.spot) && is_limit(note)) {
            note.kind = kind;
        }
    }

    pub(super) fn retract_spot(&mut self, spot: Spot) {
        if self.spots.remove(&spot) {
            self.notes.retain(|note| note.spot != spot);
        }
    }

    pub(super) fn has(&self, node: NodeId, flag: Flag) -> bool {
        self.flags.get(node.index()).is_some_and(|flags| flags & flag.0 != 0)
    }

    pub(super) fn set(&mut self, node: NodeId, flag: Flag) {
        if let Some(flags) = self.flags.get_mut(node.index()) {
            self.changes += u64::from(*flags & flag.0 == 0);
            *flags |= flag.0;
        }
    }

    /// The same for what makes no difference to the next walk.
    pub(super) fn mark(&mut self, node: NodeId, flag: Flag) {
        if let Some(flags) = self.flags.get_mut(node.index()) {
            *flags |= flag.0;
        }
    }

    /// A node cannot become a value: next a stand-in is tried, and then nothing more.
    pub(super) fn give_up(&mut self, node: NodeId) {
        let flag = if self.has(node, Flag::BAD) { Flag::SPENT } else { Flag::BAD };
        self.set(node, flag);
    }

    /// A value's place among its siblings in the report.
    pub(super) fn rank(&self, tape: &Tape<'_>, node: NodeId) -> u32 {
        match self.ranks.get(node.index()) {
            Some(&rank) if rank != u32::MAX => rank,
            _ => u32::try_from(tape.position(node)).unwrap_or(u32::MAX),
        }
    }

    /// The place of something that was not sent among the fields of its struct.
    pub(super) fn rank_of_unsent(&self, object: NodeId, which: usize) -> u32 {
        let fields = self.fields.get(&object).copied().unwrap_or_default();
        let rank = match self.unsent.get(which).and_then(|steps| steps.first()) {
            Some(Step::Key(name)) => fields.iter().position(|field| field == name),
            _ => None,
        };
        rank.and_then(|rank| u32::try_from(rank).ok()).unwrap_or(u32::MAX)
    }

    pub(super) fn set_rank(&mut self, node: NodeId, rank: usize) {
        if self.ranks.is_empty() {
            self.ranks = vec![u32::MAX; self.flags.len()];
        }
        if let Some(place) = self.ranks.get_mut(node.index()) {
            *place = u32::try_from(rank).unwrap_or(u32::MAX - 1);
        }
    }

    pub(super) fn resume(&self, container: NodeId) -> Option<(usize, NodeId)> {
        self.resume.get(&container).copied()
    }

    /// The same without any need for another walk.
    pub(super) fn pass_over(&mut self, container: NodeId, place: (usize, NodeId)) {
        self.resume.insert(container, place);
    }

    pub(super) fn resume_at(&mut self, container: NodeId, place: (usize, NodeId)) {
        let place_before = self.resume.insert(container, place);
        self.changes += u64::from(place_before != Some(place));
    }

    /// Nothing was wrong after all: what was passed over has to be visited, too.
    pub(super) fn restart(&mut self) {
        self.changes += u64::from(!self.resume.is_empty());
        self.resume.clear();
    }

    pub(super) fn learn_trust(&mut self, slot: Reader, trust: Trust) {
        self.changes += u64::from(self.trust.insert(slot, trust) != Some(trust));
    }

    pub(super) fn rung(&self, slot: TypeId) -> u8 {
        self.rungs.get(&slot).copied().unwrap_or(0)
    }

    /// The next kind of stand-in for a type; whether there was one.
    pub(super) fn climb(&mut self, slot: TypeId) -> bool {
        let rung = self.rungs.entry(slot).or_insert(0);
        if *rung >= RUNGS {
            return false;
        }
        *rung += 1;
        self.changes += 1;
        true
    }

    pub(super) fn is_closed(&self, visitor: Option<TypeId>) -> bool {
        visitor.is_some_and(|visitor| self.closed.contains(&visitor))
    }

    pub(super) fn close(&mut self, visitor: Option<TypeId>) {
        self.changes += u64::from(visitor.is_some_and(|visitor| self.closed.insert(visitor)));
    }

    pub(super) fn is_lean(&self, visitor: TypeId) -> bool {
        self.lean.contains(&visitor)
    }

    pub(super) fn make_lean(&mut self, visitor: TypeId) -> bool {
        let is_new = self.lean.insert(visitor);
        self.changes += u64::from(is_new);
        is_new
    }

    /// A field that every object for this visitor must have.
    pub(super) fn demand(&mut self, visitor: TypeId, name: &'static str) -> bool {
        let names = self.demanded.entry(visitor).or_default();
        let is_new = !names.contains(&name);
        if is_new {
            names.push(name);
        }
        self.changes += u64::from(is_new);
        is_new
    }

    /// A field that this one object must have.
    pub(super) fn demand_at(&mut self, node: NodeId, name: &'static str) -> bool {
        let names = self.demanded_at.entry(node).or_default();
        let is_new = !names.contains(&name);
        if is_new {
            names.push(name);
        }
        self.changes += u64::from(is_new);
        is_new
    }

    /// The same for a visitor that may take the field for anything first: then it gets a probe.
    pub(super) fn demand_anything(&mut self, node: NodeId, name: &'static str) -> bool {
        let number = self.fillers.len();
        if number < RECIPE_PROBES {
            self.fillers.push(Filler { parent: node, name, content: Content::Probe(number), active: true });
        }
        self.demand_at(node, name)
    }

    pub(super) fn demanded(&self, visitor: Option<TypeId>, node: Option<NodeId>) -> Vec<&'static str> {
        let of_type = visitor.and_then(|visitor| self.demanded.get(&visitor));
        let of_node = node.and_then(|node| self.demanded_at.get(&node));
        let mut names: Vec<&'static str> = of_type.into_iter().flatten().copied().collect();
        for name in of_node.into_iter().flatten() {
            if !names.contains(name) {
                names.push(name);
            }
        }
        if let Some(node) = node {
            names.retain(|name| !self.present.contains(&(node, name)));
        }
        names
    }

    /// Something else gave the member its value.
    pub(super) fn is_present(&mut self, node: NodeId, name: &'static str) -> bool {
        let is_new = self.present.insert((node, name));
        self.changes += u64::from(is_new);
        is_new
    }
}
