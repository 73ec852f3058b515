//! The tags of objects inside content that serde buffers. They stand in the `loc` of the errors below them.
//!
//! Once nothing stops the type any more, all strings of an object get marks. A type that takes one of the marks for the
//! name of a variant has shown the tag.

use crate::{
    explain::state::{Cause, Experiment, NodeFlags, Pass, Reading, Substitute},
    explain::types::{MARKS, Scalar},
    json::{Kind, NodeId},
};

use super::view::RefusedMark;

/// Looks for the tags of the objects around the errors in a container.
#[derive(Debug)]
pub(super) struct TagSearch {
    /// The objects that were not looked at.
    objects: Vec<NodeId>,
    object: NodeId,
    /// The strings of the object that have marks.
    marked: Vec<NodeId>,
}

impl TagSearch {
    /// The number of objects in one container that are looked at in one search, but for those around the last one.
    const MAX_OBJECTS: usize = 64;

    /// Begins a search, if there are errors in objects of the container.
    pub(super) fn begin(pass: &mut Pass<'_>, container: NodeId) -> Option<Self> {
        let tape = pass.tape;
        let mut objects: Vec<NodeId> = Vec::new();
        // The innermost container asks first. What is none of its content is none of any other container's.
        while objects.len() < Self::MAX_OBJECTS {
            let Some(node) = pass.learned.take_wrong_in(container, tape) else { break };
            let around: Vec<NodeId> = std::iter::successors(Some(node), |node| Some(tape.parent(*node)))
                .take_while(|node| *node != container)
                .collect();
            // What another type reads inside the container is none of its content.
            let is_content = |node: &NodeId| {
                let is_key = tape.kind(*node) == Kind::Key;
                is_key || pass.has(*node, NodeFlags::BUFFERED) && !pass.has(*node, NodeFlags::UNTAGGED)
            };
            if !around.iter().all(is_content) {
                continue;
            }
            for object in around {
                let is_new = tape.kind(object) == Kind::Object
                    && !pass.has(object, NodeFlags::LABELLED)
                    && pass.learned.nodes.substitute(object).is_none();
                if is_new {
                    pass.learned.flags.observe(object, NodeFlags::LABELLED);
                    objects.push(object);
                }
            }
        }
        let mut search = Self { objects, object: container, marked: Vec::new() };
        search.mark_next(pass).then_some(search)
    }

    fn mark_next(&mut self, pass: &mut Pass<'_>) -> bool {
        let tape = pass.tape;
        while let Some(object) = self.objects.pop() {
            // The objects of one list are of one type.
            let list = tape.parent(object);
            match pass.learned.evidence.tag_in_list(list) {
                Some(None) => continue,
                Some(Some(key)) => {
                    let tag =
                        tape.member(object, tape.str(key)).filter(|tag| tape.kind(*tag) == Kind::String);
                    if let Some(tag) = tag {
                        pass.learned.evidence.has_tag(object, tag);
                    }
                    continue;
                }
                None => {}
            }
            self.marked = mark_strings(pass, object);
            self.object = object;
            if !self.marked.is_empty() {
                return true;
            }
        }
        false
    }
}

/// Gives marks to all strings of an object that are read as they were sent. Returns the strings.
pub(super) fn mark_strings(pass: &mut Pass<'_>, object: NodeId) -> Vec<NodeId> {
    let tape = pass.tape;
    let strings = tape.members(object).map(|(_, value)| value);
    let is_sent =
        |node: &NodeId| tape.kind(*node) == Kind::String && pass.learned.nodes.substitute(*node).is_none();
    let strings: Vec<NodeId> = strings.filter(is_sent).take(MARKS).collect();
    for (number, &string) in strings.iter().enumerate() {
        let mark = Substitute { scalar: Scalar::Mark(number), is_placeholder: true };
        pass.learned.nodes.try_out(string, mark);
    }
    strings
}

/// Takes the marks away, and returns the string whose mark was taken for a tag.
pub(super) fn read_tag(pass: &mut Pass<'_>, strings: &[NodeId], error: Option<&Cause>) -> Option<NodeId> {
    for &string in strings {
        pass.learned.nodes.end_trial(string);
    }
    let mark = error.and_then(RefusedMark::in_error).filter(|mark| mark.tags.is_some())?;
    strings.get(mark.number).copied()
}

impl<'t> Experiment<'t> for TagSearch {
    fn go_on(mut self: Box<Self>, pass: &mut Pass<'t>, container: NodeId, reading: Reading) {
        let tag = read_tag(pass, &self.marked, reading.returned.as_ref());
        if let Some(tag) = tag {
            pass.learned.evidence.has_tag(self.object, tag);
        }
        let list = pass.tape.parent(self.object);
        if pass.tape.kind(list) == Kind::Array {
            let key = tag.and_then(|tag| pass.tape.key_of(tag));
            pass.learned.evidence.has_tag_in_list(list, key);
        }
        if self.mark_next(pass) {
            pass.learned.experiment(container, self);
        }
    }
}
