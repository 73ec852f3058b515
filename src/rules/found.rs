//! What rules have found, and where in the value.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    fmt,
};

use super::Measured;
use crate::report::{AppMessage, CustomKind, ErrorKind, LocSegment};

/// The rules that are broken.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) findings: Vec<Finding>,
    /// Up to how many there may be.
    most: usize,
    /// How many bytes the names on the way to them may still have.
    room: usize,
    /// Whether one was left out because there are too many.
    pub(crate) is_full: bool,
    /// A rule that cannot be checked at all, which is a mistake of the program.
    pub(crate) misuse: Option<String>,
    pub(crate) naming: Naming,
}

/// How many bytes the names on the way to what is found may have in all: clients choose those of maps.
pub(super) const ROOM: usize = 4 * 1024 * 1024;

/// A rule that is broken.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) steps: Vec<Step>,
    /// Which of the steps go into maps, and how many entries these have: not every map has all that were sent.
    pub(crate) entries: Vec<(usize, usize)>,
    pub(crate) claim: Claim,
    pub(crate) reads: Reads,
    pub(crate) said: Said,
    /// Whether it is what the type of the value says of all its parts, and not what is said from outside.
    pub(crate) is_of_whole: bool,
    /// Whether some of what is wrong inside was left out because there is too much of it.
    pub(crate) is_cut: bool,
}

/// What is wrong. What depends on the value is found out where the value is known.
#[derive(Debug, PartialEq)]
#[cfg_attr(not(all(feature = "garde", feature = "validator")), allow(dead_code))]
pub(crate) enum Claim {
    Breaks(ErrorKind),
    /// A number is beyond a limit, which is shown as a float where a float was asked for.
    Beyond(ErrorKind),
    /// It has less than that.
    AtLeast(usize, Option<Counted>),
    /// It has more than that.
    AtMost(usize, Option<Counted>),
    NotEmail,
    NotSet,
}

/// What was counted, as far as that is known without looking at what was sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Counted {
    pub(crate) measured: Measured,
    pub(crate) length: usize,
}

/// What the app wants said instead of pydantic's words.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) code: Option<Cow<'static, str>>,
    pub(crate) msg: Option<String>,
}

impl Said {
    pub(crate) fn about(self, kind: ErrorKind) -> ErrorKind {
        if self.code.is_none() && self.msg.is_none() {
            return kind;
        }
        let CustomKind { error_type, msg, ctx } = *kind.into_custom();
        let (error_type, msg) = (self.code.unwrap_or(error_type), self.msg.unwrap_or(msg));
        ErrorKind::Custom(Box::new(CustomKind { error_type, msg, ctx }))
    }
}

impl Claim {
    /// What can be said if nothing is known of the value.
    pub(crate) fn into_kind(self) -> ErrorKind {
        let raised = |text: String| ErrorKind::ValueError { error: AppMessage(text) };
        match self {
            Self::Breaks(kind) | Self::Beyond(kind) => kind,
            Self::AtLeast(length, Some(Counted { measured, length: actual })) => {
                super::too_short(measured, length, actual)
            }
            Self::AtMost(length, Some(Counted { measured, length: actual })) => {
                super::too_long(measured, length, actual)
            }
            Self::AtLeast(length, None) => raised(format!("length is lower than {length}")),
            Self::AtMost(length, None) => raised(format!("length is greater than {length}")),
            Self::NotEmail => super::not_an_email(""),
            Self::NotSet => ErrorKind::Missing,
        }
    }
}

/// What a rule has seen, all of which must have been sent if it is to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(any(feature = "garde", feature = "validator")), allow(dead_code))]
pub(crate) enum Reads {
    /// The value it is about, and all that is in it.
    Own,
    /// How many items there are, whatever they are.
    Count,
    /// That of its items more than so many are right, whatever the others are.
    Right { most: usize, of: usize },
    /// The value around it, too.
    Siblings,
}

/// Whose names the steps to a finding are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(any(feature = "garde", feature = "validator")), allow(dead_code))]
pub(crate) enum Naming {
    /// Those that clients send.
    Sent,
    /// Those of the fields of structs.
    Rust,
}

/// One step from a value into it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(not(feature = "validator"), allow(dead_code))]
pub(crate) enum Step {
    Key(String),
    Index(usize),
    /// An item of a list of so many: not every list has all the items that were sent.
    ItemOf(usize, usize),
    /// To what comes at that place when the value is iterated, which is not the order of the document for
    /// maps and sets.
    Nth(usize),
    /// From a value in a map to its key.
    ToKey,
}

impl Step {
    /// How long it is, if it is a name.
    pub(super) fn length(&self) -> usize {
        if let Self::Key(name) = self { name.len() } else { 0 }
    }

    fn without_number(&self) -> Self {
        match self {
            Self::Index(_) | Self::ItemOf(..) | Self::Nth(_) => Self::Index(0),
            step => step.clone(),
        }
    }

    pub(crate) fn into_segment(self) -> LocSegment {
        match self {
            Self::Key(name) => name.into(),
            Self::Index(index) | Self::ItemOf(index, _) | Self::Nth(index) => index.into(),
            Self::ToKey => "[key]".into(),
        }
    }
}

impl Found {
    #[inline]
    pub(crate) fn new(most: usize) -> Self {
        Self { findings: Vec::new(), most, room: ROOM, is_full: false, misuse: None, naming: Naming::Sent }
    }

    /// Whether no more needs to be looked for.
    #[inline]
    pub(super) fn is_done(&self) -> bool {
        self.is_full || self.misuse.is_some()
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.findings.len()
    }

    /// Adds a rule that is broken.
    pub(super) fn push(&mut self, at: At<'_>, kind: ErrorKind, reads: Reads) {
        // Only those that stay need to know their way.
        if self.findings.len() >= self.most {
            self.is_full = true;
            return;
        }
        let (steps, entries) = at.steps();
        let bytes = steps.iter().map(Step::length).sum();
        match self.room.checked_sub(bytes) {
            Some(room) => {
                self.room = room;
                let (claim, said) = (Claim::Breaks(kind), Said::default());
                let (is_of_whole, is_cut) = (false, false);
                self.findings.push(Finding { steps, entries, claim, reads, said, is_of_whole, is_cut });
            }
            None => self.is_full = true,
        }
    }

    /// Adds a rule for all parts of a value that is broken.
    pub(super) fn push_whole(&mut self, at: At<'_>, kind: ErrorKind) {
        let before = self.len();
        self.push(at, kind, Reads::Own);
        if let Some(finding) = self.findings.get_mut(before) {
            finding.is_of_whole = true;
        }
    }

    /// Takes back all but the first ones.
    pub(super) fn truncate(&mut self, len: usize) {
        self.findings.truncate(len);
        // If there were too many, it was because of those: behind too many nothing is looked for.
        self.is_full = false;
    }

    /// Keeps what was found in another value, too, that differs in what no client has sent.
    ///
    /// If there is no other value, a rule counts only if all around it was sent.
    pub(crate) fn keep_common(&mut self, other: Option<Self>) {
        let Some(other) = other else {
            for finding in &mut self.findings {
                finding.reads = Reads::Siblings;
            }
            return;
        };
        let theirs = by_place(&other.findings);
        let ours = by_place(&self.findings);
        let is_common = |(number, finding): (usize, &Finding)| {
            // Almost always they are found one after the other just alike.
            let same = |other: &&Finding| other.steps == finding.steps && other.claim == finding.claim;
            if other.findings.get(number).filter(same).is_some() {
                return true;
            }
            let place = finding.steps.iter().map(Step::without_number).collect::<Vec<_>>();
            let like = |all: &HashMap<_, Vec<&Finding>>| -> Vec<bool> {
                let there = all.get(&place).into_iter().flatten();
                there
                    .filter(|other| other.claim == finding.claim)
                    .map(|other| other.steps == finding.steps)
                    .collect()
            };
            let like_theirs = like(&theirs);
            // The items of a set are in another order each time, but there are as many of them.
            like_theirs.contains(&true) || like_theirs.len() == like(&ours).len()
        };
        let keep: Vec<bool> = self.findings.iter().enumerate().map(is_common).collect();
        let mut keep = keep.into_iter();
        self.findings.retain(|_| keep.next().unwrap_or_default());
    }

    /// What was found, where all items are there: a map or set is too long, or some of its items are wrong.
    pub(super) fn into_settled(self) -> Vec<Finding> {
        let mut settled: Vec<Finding> = Vec::new();
        for finding in self.findings {
            if let Reads::Right { most, of } = finding.reads {
                let item =
                    |other: &Finding| other.steps.strip_prefix(finding.steps.as_slice())?.first().cloned();
                let wrong: HashSet<Step> = settled.iter().filter_map(item).collect();
                if of.saturating_sub(wrong.len()) <= most {
                    continue;
                }
                settled.retain(|other| item(other).is_none());
            }
            settled.push(finding);
        }
        settled
    }

    /// Whether a rule is broken, or cannot be checked.
    pub(crate) fn is_empty(&self) -> bool {
        self.findings.is_empty() && !self.is_done()
    }
}

/// Findings by their places, whatever the numbers of items.
fn by_place(findings: &[Finding]) -> HashMap<Vec<Step>, Vec<&Finding>> {
    let mut places: HashMap<_, Vec<&Finding>> = HashMap::new();
    for finding in findings {
        let place = finding.steps.iter().map(Step::without_number).collect();
        places.entry(place).or_default().push(finding);
    }
    places
}

/// Where in a value something is, without making a list of it before somebody asks.
#[derive(Clone, Copy)]
pub(super) enum At<'a> {
    Root,
    Key(&'a At<'a>, &'a str),
    Index(&'a At<'a>, usize),
    ItemOf(&'a At<'a>, usize, usize),
    /// Where a map of so many entries has a value under this key.
    Shown(&'a At<'a>, &'a dyn fmt::Display, usize),
    ToKey(&'a At<'a>),
}

impl At<'_> {
    /// The steps, and for those into maps how many entries these have.
    fn steps(self) -> (Vec<Step>, Vec<(usize, usize)>) {
        let mut steps = Vec::new();
        let mut entries = Vec::new();
        let mut at = self;
        loop {
            let (outer, step) = match at {
                Self::Root => break,
                Self::Key(outer, name) => (outer, Step::Key(name.to_owned())),
                Self::Index(outer, index) => (outer, Step::Index(index)),
                Self::ItemOf(outer, index, length) => (outer, Step::ItemOf(index, length)),
                Self::Shown(outer, key, length) => {
                    entries.push((steps.len() + 1, length));
                    (outer, Step::Key(key.to_string()))
                }
                Self::ToKey(outer) => (outer, Step::ToKey),
            };
            steps.push(step);
            at = *outer;
        }
        steps.reverse();
        // They were counted from the end.
        for (place, _) in &mut entries {
            *place = steps.len() - *place;
        }
        (steps, entries)
    }
}
