//! The part of a document that `serde_json` accepted before it returned an error. It needs no second look.

use crate::json::{Kind, NodeId, Tape};

/// The length of the part of a document in which nothing is wrong, as far as that is known.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ValidPrefix(usize);

impl ValidPrefix {
    /// Returns what `serde_json` had accepted when it stopped with an error.
    pub(super) fn before(error: &serde_json::Error, text: &str) -> Self {
        let Some(lines_before) = error.line().checked_sub(1) else {
            // The error has no position.
            return Self::default();
        };
        let mut rest = text;
        for _ in 0..lines_before {
            rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
        }
        Self(text.len() - rest.len() + error.column())
    }

    /// Returns the prefix for a tape, unless its text differs from the document.
    pub(super) fn for_text_of(self, document: usize, tape: &Tape<'_>) -> Self {
        if tape.text_len() == document { self } else { Self::default() }
    }

    /// Returns the lists that can begin with a later item, where that saves most of them: the list, the place
    /// of the item, and its node.
    ///
    /// An error is found at the end of a value or behind it. So the item that has just begun may be right,
    /// and the one before it wrong.
    pub(super) fn beginnings(self, tape: &Tape<'_>) -> Vec<(NodeId, (usize, NodeId))> {
        /// Up to this number of items it saves nothing.
        const FEW: usize = 4;
        let Self(end) = self;
        let mut beginnings = Vec::new();
        let mut node = NodeId::ROOT;
        loop {
            let has_begun = |value: &NodeId| tape.start(*value) < end;
            let next = match tape.kind(node) {
                Kind::Array => {
                    let mut last = [None; 2];
                    for item in tape.items(node).take_while(has_begun).enumerate() {
                        last = [last[1], Some(item)];
                    }
                    if let [Some((place, item)), _] = last {
                        if place > FEW && 2 * place > tape.count(node) {
                            beginnings.push((node, (place, item)));
                        }
                    }
                    last[1].map(|(_, item)| item)
                }
                Kind::Object => tape.all_members(node).map(|(_, value)| value).take_while(has_begun).last(),
                _ => None,
            };
            let Some(next) = next else { break beginnings };
            node = next;
        }
    }
}
