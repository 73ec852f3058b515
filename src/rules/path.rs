//! The path from a value to a part of it.

use std::fmt;

use crate::report::LocSegment;

/// One step from a value into it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(not(feature = "validator_0_21"), allow(dead_code))]
pub(crate) enum Step {
    Key(String),
    Index(usize),
    /// To an item of a list, with the length of the list: a list may have fewer items than the client sent.
    ItemOf {
        index: usize,
        length: usize,
    },
    /// To the item at this place of an iteration. For maps and sets that is not the order of the document.
    Nth(usize),
    /// From a value in a map to its key.
    ToKey,
}

impl Step {
    /// Returns the length in bytes of the name, if the step has one.
    pub(super) fn name_length(&self) -> usize {
        if let Self::Key(name) = self { name.len() } else { 0 }
    }

    /// Returns the step with the same number for all items.
    pub(super) fn without_number(&self) -> Self {
        match self {
            Self::Index(_) | Self::ItemOf { .. } | Self::Nth(_) => Self::Index(0),
            step => step.clone(),
        }
    }

    pub(crate) fn into_segment(self) -> LocSegment {
        match self {
            Self::Key(name) => name.into(),
            Self::Index(index) | Self::ItemOf { index, .. } | Self::Nth(index) => index.into(),
            Self::ToKey => "[key]".into(),
        }
    }
}

/// A step into a map, by its number on the path, and the number of entries of the map. A map may have fewer
/// entries than the client sent.
#[derive(Debug)]
pub(super) struct MapStep {
    pub(super) depth: usize,
    pub(super) length: usize,
}

/// The position of a part while its rules are checked: a chain of steps, collected only if a rule is broken.
#[derive(Clone, Copy)]
pub(super) enum Position<'a> {
    Root,
    Key(&'a Position<'a>, &'a str),
    Index(&'a Position<'a>, usize),
    ItemOf {
        list: &'a Position<'a>,
        index: usize,
        length: usize,
    },
    /// The value under a key of a map with this many entries.
    Entry {
        map: &'a Position<'a>,
        key: &'a dyn fmt::Display,
        length: usize,
    },
    ToKey(&'a Position<'a>),
}

impl Position<'_> {
    /// Collects the steps from the root, and those of them that lead into maps.
    pub(super) fn steps(self) -> (Vec<Step>, Vec<MapStep>) {
        let mut steps = Vec::new();
        let mut map_steps = Vec::new();
        let mut position = self;
        loop {
            let (outer, step) = match position {
                Self::Root => break,
                Self::Key(outer, name) => (outer, Step::Key(name.to_owned())),
                Self::Index(outer, index) => (outer, Step::Index(index)),
                Self::ItemOf { list, index, length } => (list, Step::ItemOf { index, length }),
                Self::Entry { map, key, length } => {
                    map_steps.push(MapStep { depth: steps.len() + 1, length });
                    (map, Step::Key(key.to_string()))
                }
                Self::ToKey(outer) => (outer, Step::ToKey),
            };
            steps.push(step);
            position = *outer;
        }
        steps.reverse();
        // The depths were counted from the end.
        for map_step in &mut map_steps {
            map_step.depth = steps.len() - map_step.depth;
        }
        (steps, map_steps)
    }
}
