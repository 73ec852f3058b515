//! The errors of a document, in the order of the declaration of its type.

use rustc_hash::FxHashMap;

use crate::{
    json::{Kind, NodeId, Tape, Unreadable},
    report::{AppMessage, ErrorKind},
    rules::Step,
};

use super::state::{Evidence, EvidenceParts, FlagTable, Limit, Location, Member, NodeFlags, Note, Pass};

/// The errors of a document.
#[derive(Debug)]
pub(super) struct ErrorList {
    pub(super) notes: Vec<Note>,
    /// The steps to what breaks rules without having been sent.
    pub(super) unsent: Vec<Vec<Step>>,
    /// The strings that name the variants of tagged objects.
    pub(super) tags: FxHashMap<NodeId, NodeId>,
    /// Members of unions, by number.
    pub(super) members: Vec<Vec<Member>>,
    /// The strings by name that were read as a list.
    pub(super) lists: Vec<NodeId>,
    /// The empty strings by name that count as missing.
    pub(super) absent: Vec<NodeId>,
    /// `true` if the value breaks rules, so that it is not valid even if no error can be shown.
    pub(super) is_forbidden: bool,
    /// A rule that cannot be checked at all.
    pub(super) misuse: Option<String>,
    /// A name in a rule for which there is no field.
    pub(super) misnamed: Option<String>,
    /// `true` if there may be more errors.
    pub(super) is_incomplete: bool,
    pub(super) reached: Option<Limit>,
    pub(super) work: usize,
}

impl ErrorList {
    pub(super) fn new(pass: Pass<'_>) -> Self {
        let (tape, reached, work) = (pass.tape, pass.reached(), pass.work());
        let learned = pass.learned;
        let is_incomplete = learned.notes.is_full() || learned.notes.may_hide() || reached.is_some();
        let is_by_name = tape.is_of_strings() && tape.kind(NodeId::ROOT) == Kind::Object;
        let members = || is_by_name.then(|| tape.members(NodeId::ROOT)).into_iter().flatten();
        let strings = || members().map(|(_, value)| value);
        let lists = strings().filter(|&value| learned.flags.has(value, NodeFlags::LIST)).collect();
        let absent = strings().filter(|&value| learned.flags.has(value, NodeFlags::ABSENT)).collect();
        let mut notes = learned.notes.into_vec();
        notes.sort_by_cached_key(|note| place(tape, &learned.evidence, note));
        apply_options(&mut notes, tape, &learned.flags);
        let EvidenceParts { unsent, misnamed, tags, members } = learned.evidence.into_parts();
        Self {
            notes,
            unsent,
            tags,
            members,
            lists,
            absent,
            is_forbidden: false,
            misuse: None,
            misnamed,
            is_incomplete,
            reached,
            work,
        }
    }

    /// Adds what rules came to. A value that breaks rules is not valid, even if no error can be shown.
    pub(super) fn with_broken_rules(mut self, is_forbidden: bool, misuse: Option<String>) -> Self {
        self.is_forbidden = is_forbidden;
        self.misuse = misuse;
        if is_forbidden && self.notes.is_empty() && self.misuse.is_none() && !self.is_incomplete {
            // The type or the rule decides differently every time.
            self.push_for_document("a rule is broken".to_owned());
        }
        self
    }

    /// Returns why the document cannot be read, if it cannot.
    pub(super) fn unreadable(&self) -> Option<Unreadable> {
        match self.reached? {
            Limit::Depth => Some(Unreadable::Depth),
            Limit::Digits => Some(Unreadable::LongInteger),
            Limit::Work => None,
        }
    }

    /// Adds an error of the whole document, where no place is known.
    pub(super) fn push_for_document(&mut self, error: String) {
        let kind = ErrorKind::ValueError { error: AppMessage(error) };
        self.notes.push(Note { location: Location::Node(NodeId::ROOT), members: None, kind });
    }
}

/// The place of a missing field whose place in the declaration is not known: behind the fields that were sent, and
/// before those that are extra.
const UNKNOWN_PLACE: u32 = u32::MAX - 1;

/// Applies the options of fields to the errors in them.
fn apply_options(notes: &mut Vec<Note>, tape: &Tape<'_>, flags: &FlagTable) {
    let around = |node: NodeId| {
        std::iter::successors(Some(node), |node| (*node != NodeId::ROOT).then(|| tape.parent(*node)))
    };
    let mut failed: FxHashMap<NodeId, NodeId> = FxHashMap::default();
    notes.retain_mut(|note| {
        let node = note.location.node();
        if let ErrorKind::Enum { expected } = &note.kind {
            if around(node).any(|node| flags.has(node, NodeFlags::LITERAL)) {
                note.kind = ErrorKind::LiteralError { expected: expected.clone() };
            }
        }
        let mut item = node;
        for node in around(node) {
            if flags.has(node, NodeFlags::FAIL_FAST) {
                return *failed.entry(node).or_insert(item) == item;
            }
            item = node;
        }
        true
    });
}

/// Returns the place of an error in the report: the places that lead to it, and a key before its value. The errors
/// of one member of a union stand together.
fn place(tape: &Tape<'_>, evidence: &Evidence, note: &Note) -> (Vec<u32>, bool) {
    let location = note.location;
    let (mut node, last) = match location {
        Location::Node(node) | Location::Variant(node) | Location::Key(node) => (node, None),
        Location::Missing(node, _, place) => (node, Some(place.min(UNKNOWN_PLACE))),
        Location::MissingItem(node, index) => (node, Some(u32::try_from(index).unwrap_or(u32::MAX))),
        Location::Unsent(node, which) => (node, Some(evidence.rank_of_unsent(node, which))),
    };
    let mut places: Vec<u32> = last.into_iter().collect();
    loop {
        let members = evidence.members_of(note).iter().filter(|member| member.union == node);
        places.extend(members.map(|member| member.place));
        if node == NodeId::ROOT {
            break;
        }
        // An extra member of a value of one type may be a field of another type.
        let is_extra = places.is_empty() && matches!(note.kind, ErrorKind::ExtraForbidden);
        places.push(if is_extra && note.members.is_some() { u32::MAX } else { evidence.rank(tape, node) });
        node = tape.parent(node);
    }
    places.reverse();
    (places, !matches!(location, Location::Key(_)))
}
