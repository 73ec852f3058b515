//! How far `serde_json` came before it refused a document: what lies before that needs no second look.

use crate::json::{Kind, NodeId, Tape};

/// Up to where in a document nothing is wrong, as far as that is known.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Accepted(usize);

impl Accepted {
    /// What `serde_json` had accepted when it stopped with an error.
    pub(super) fn before(error: &serde_json::Error, text: &str) -> Self {
        let Some(lines_before) = error.line().checked_sub(1) else {
            // It does not say.
            return Self::default();
        };
        let mut rest = text;
        for _ in 0..lines_before {
            rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
        }
        Self(text.len() - rest.len() + error.column())
    }

    /// The same for a tape, unless its text is not that of the document.
    pub(super) fn for_text_of(self, document: usize, tape: &Tape<'_>) -> Self {
        if tape.text_len() == document { self } else { Self::default() }
    }

    /// The lists that may begin with what was not accepted because it saves most of them, and where: at which
    /// item, and which node that is.
    ///
    /// An error is found at the end of a value or behind it, so the item that has just begun may be right, and
    /// the one before it wrong.
    pub(super) fn beginnings(self, tape: &Tape<'_>) -> Vec<(NodeId, (usize, NodeId))> {
        /// Below that it saves nothing.
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
