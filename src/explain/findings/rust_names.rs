//! The place in a document of a field that is known by its name in Rust.
//!
//! What serde calls the field is known only as far as passes saw it. Where it is not certain, the error is
//! that of the container, or it has the name that the field has in Rust.

use crate::{
    explain::{state::NodeFlags, types::Container},
    json::{Kind, NodeId},
    rules::Step,
};

use super::{
    lookups::Lookups,
    placement::{Placement, Target},
};

/// Where one step leads.
enum Next {
    Into(NodeId),
    /// To the same value: the only part of a newtype, which clients do not see.
    Here,
    /// To something that was not sent, with its name for clients if that is known.
    Unsent(Option<&'static str>),
    /// To some part of the container that is not known.
    Lost,
}

impl<'t> Placement<'_, 't> {
    /// Follows the steps of a finding as far as they lead.
    pub(super) fn rust_target_of(&self, steps: &[Step], lookups: &mut Lookups<'t>) -> Target {
        let (mut parent, mut node) = (NodeId::ROOT, NodeId::ROOT);
        let mut rest = steps;
        // Where the only part of a newtype has been reached.
        let mut inside = None;
        let there = |node, parent, rest: Vec<Step>| Target { node, parent, rest, of_key: false, part: None };
        while let [step, behind @ ..] = rest {
            if let Some(content) = self.learned.evidence.content(node) {
                (parent, node) = (node, content);
                continue;
            }
            match self.rust_step(node, step, behind, inside != Some(node), lookups) {
                Next::Into(next) => (parent, node) = (node, next),
                Next::Here => inside = Some(node),
                Next::Unsent(name) => {
                    let step = name.map_or_else(|| step.clone(), |name| Step::Key(name.to_owned()));
                    return there(node, parent, [&[step], behind].concat());
                }
                Next::Lost => {
                    return Target { part: Some(named(rest)), ..there(node, parent, Vec::new()) };
                }
            }
            rest = behind;
        }
        there(node, parent, Vec::new())
    }

    fn rust_step(
        &self,
        node: NodeId,
        step: &Step,
        behind: &[Step],
        is_outside: bool,
        lookups: &mut Lookups<'t>,
    ) -> Next {
        let evidence = &self.learned.evidence;
        let is_wrapped = is_outside && self.has(node, NodeFlags::NEWTYPE);
        let container = self.learned.evidence.container(node);
        match (self.tape.kind(node), step) {
            (Kind::Object, Step::Key(name)) => {
                let Some(fields) = evidence.fields(node) else {
                    return match self.any_member(node, name, container.is_some(), lookups) {
                        Some(member) => Next::Into(member),
                        None => Next::Unsent(None),
                    };
                };
                let field = serde_name(fields, name);
                match field.and_then(|field| lookups.member(self, node, field)) {
                    Some(member) => Next::Into(member),
                    None => Next::Unsent(field),
                }
            }
            (Kind::Object, Step::Index(0))
                if is_wrapped || evidence.fields(node).is_some() || evidence.tag(node).is_some() =>
            {
                Next::Here
            }
            // The key of a map, which is a number in Rust.
            (Kind::Object, Step::Index(index) | Step::ItemOf { index, .. }) => {
                lookups.member(self, node, &index.to_string()).map_or(Next::Lost, Next::Into)
            }
            (Kind::Object, Step::Nth(index)) => self.nth_member(node, *index, container, lookups),
            (Kind::Array, _) | (Kind::Strings, _) if self.is_all_sent || self.is_list(node, container) => {
                let (Step::Index(index) | Step::Nth(index) | Step::ItemOf { index, .. }) = step else {
                    return Next::Lost;
                };
                let item = lookups.item(self, node, *index);
                if matches!(step, Step::Index(0)) && !evidence.is_bare(node) {
                    let may_be_wrapped = is_wrapped || is_outside && self.hides_newtypes(node, container);
                    if let Some(next) = self.list_or_first(item, behind, may_be_wrapped, lookups) {
                        return next;
                    }
                }
                item.filter(|_| self.keeps_order(node, lookups)).map_or(Next::Lost, Next::Into)
            }
            // A scalar has no items. The value that was made of it has.
            (_, Step::Nth(_) | Step::ItemOf { .. } | Step::Index(1..)) => Next::Lost,
            // The step leads into what was made of the scalar, so the error is that of the scalar.
            _ => Next::Here,
        }
    }

    /// Returns `true` if a list may be inside a newtype without a pass having seen that: serde buffered it,
    /// or a type is made of it.
    fn hides_newtypes(&self, list: NodeId, container: Option<Container>) -> bool {
        !self.is_all_sent && (container.is_some() || self.has(list, NodeFlags::BUFFERED))
    }

    /// Returns where the first step into a list leads, unless it certainly leads to the first item: the list
    /// may be all of a newtype.
    fn list_or_first(
        &self,
        first: Option<NodeId>,
        behind: &[Step],
        may_be_wrapped: bool,
        lookups: &mut Lookups<'t>,
    ) -> Option<Next> {
        let Some(first) = first.filter(|_| may_be_wrapped || !behind.is_empty()) else {
            // It has no first item.
            return may_be_wrapped.then_some(Next::Here);
        };
        let Some(Step::Index(index)) = behind.first() else {
            return may_be_wrapped.then_some(Next::Lost);
        };
        let has_parts = match self.tape.kind(first) {
            Kind::Array => true,
            Kind::Object => lookups.member(self, first, &index.to_string()).is_some(),
            _ => return Some(Next::Here),
        };
        may_be_wrapped.then_some(if has_parts { Next::Lost } else { Next::Here })
    }

    fn is_list(&self, node: NodeId, container: Option<Container>) -> bool {
        self.tape.kind(node) == Kind::Array || container.is_some()
    }

    /// Returns a member of an object whose type has field names that are not known.
    fn any_member(
        &self,
        object: NodeId,
        name: &str,
        is_map: bool,
        lookups: &mut Lookups<'t>,
    ) -> Option<NodeId> {
        let exact = lookups.member(self, object, name);
        if !self.is_all_sent {
            // The member with the name in Rust may be one that the type does not know, if there is another
            // one.
            let is_other = |spelling: String| {
                let other = lookups.member(self, object, &spelling);
                other.is_some() && other != exact
            };
            return exact.filter(|_| is_map || !spellings(name).into_iter().any(is_other));
        }
        if exact.is_some() {
            return exact;
        }
        // The type wrote the document itself, so it knows all members.
        let mut alike = spellings(name).into_iter().filter_map(|name| lookups.member(self, object, &name));
        let first = alike.next()?;
        alike.all(|other| other == first).then_some(first)
    }

    fn nth_member(
        &self,
        object: NodeId,
        index: usize,
        container: Option<Container>,
        lookups: &mut Lookups<'t>,
    ) -> Next {
        let is_sorted = !self.is_all_sent && container == Some(Container::SortedMap);
        if !is_sorted && !self.is_all_sent && lookups.count(self, object) != 1 {
            return Next::Lost;
        }
        lookups.value(self, object, index, is_sorted).map_or(Next::Lost, Next::Into)
    }
}

/// Returns serde's name of a field, if it is certain: the same name, or the name in the style of all fields
/// of the struct.
fn serde_name(fields: &'static [&'static str], name: &str) -> Option<&'static str> {
    if let Some(field) = fields.iter().find(|field| **field == name) {
        return Some(field);
    }
    let spellings = spellings(name);
    let mut alike = fields.iter().filter(|field| spellings.iter().any(|spelling| spelling == *field));
    match (alike.next(), alike.next()) {
        (Some(field), None) => Some(field),
        _ => None,
    }
}

/// Returns the names that `#[serde(rename_all = "…")]` makes of the name of a field.
fn spellings(name: &str) -> [String; 5] {
    let mut pascal = String::with_capacity(name.len());
    let mut is_start = true;
    for letter in name.chars() {
        match letter {
            '_' => is_start = true,
            _ if std::mem::take(&mut is_start) => pascal.push(letter.to_ascii_uppercase()),
            _ => pascal.push(letter),
        }
    }
    let mut camel = pascal.clone();
    if let Some(first) = camel.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    let screaming = name.to_ascii_uppercase();
    [camel, pascal, name.replace('_', "-"), screaming.replace('_', "-"), screaming]
}

/// Returns the names in the steps, without the numbers of items.
fn named(steps: &[Step]) -> String {
    let names = steps.iter().filter_map(|step| match step {
        Step::Key(name) => Some(name.as_str()),
        Step::Index(_) | Step::ItemOf { .. } | Step::Nth(_) | Step::ToKey => None,
    });
    names.collect::<Vec<_>>().join(".")
}
