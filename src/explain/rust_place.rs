//! The way through a document to what has a name in Rust.
//!
//! What serde calls it is only known as far as it can be seen. Where that is not certain nobody is blamed
//! but the container, or the error stands under the name that Rust has for it.

use crate::{
    json::{Kind, NodeId},
    rules::Step,
};

use super::{
    memory::Flag,
    seen::Container,
    verdict::{Place, Ways},
    walk::Walk,
};

/// Where a step leads.
enum Next {
    Into(NodeId),
    /// To the same value: the only part of a type that is nothing but this part for clients.
    Here,
    /// To something that was not sent, under this name if it is known.
    Unsent(Option<&'static str>),
    /// To some part of the container, and nobody knows to which.
    Lost,
}

impl Walk<'_> {
    /// Follows the way of a finding as far as it leads.
    pub(super) fn rust_place_of<'w>(&'w self, steps: &[Step], ways: &mut Ways<'w>) -> Place {
        let (mut parent, mut node) = (NodeId::ROOT, NodeId::ROOT);
        let mut rest = steps;
        // Where the only part of a newtype has been reached.
        let mut inside = None;
        let there = |node, parent, rest: Vec<Step>| Place { node, parent, rest, of_key: false, part: None };
        while let [step, behind @ ..] = rest {
            if let Some(&content) = self.memory.borrow().seen.contents.get(&node) {
                (parent, node) = (node, content);
                continue;
            }
            match self.rust_step(node, step, behind, inside != Some(node), ways) {
                Next::Into(next) => (parent, node) = (node, next),
                Next::Here => inside = Some(node),
                Next::Unsent(name) => {
                    let step = name.map_or_else(|| step.clone(), |name| Step::Key(name.to_owned()));
                    return there(node, parent, [&[step], behind].concat());
                }
                Next::Lost => {
                    return Place { part: Some(named(rest)), ..there(node, parent, Vec::new()) };
                }
            }
            rest = behind;
        }
        there(node, parent, Vec::new())
    }

    fn rust_step<'w>(
        &'w self,
        node: NodeId,
        step: &Step,
        behind: &[Step],
        is_outside: bool,
        ways: &mut Ways<'w>,
    ) -> Next {
        let memory = self.memory.borrow();
        let is_wrapped = is_outside && memory.has(node, Flag::NEWTYPE);
        let container = memory.seen.container(node);
        match (self.tape.kind(node), step) {
            (Kind::Object, Step::Key(name)) => {
                let Some(fields) = memory.fields.get(&node) else {
                    return match self.any_member(node, name, container.is_some(), ways) {
                        Some(member) => Next::Into(member),
                        None => Next::Unsent(None),
                    };
                };
                let field = serde_name(fields, name);
                match field.and_then(|field| ways.there(self, node, field)) {
                    Some(member) => Next::Into(member),
                    None => Next::Unsent(field),
                }
            }
            (Kind::Object, Step::Index(0))
                if is_wrapped || memory.fields.contains_key(&node) || memory.labels.contains_key(&node) =>
            {
                Next::Here
            }
            // The key of a map, which is a number in Rust.
            (Kind::Object, Step::Index(index) | Step::ItemOf(index, _)) => {
                ways.there(self, node, &index.to_string()).map_or(Next::Lost, Next::Into)
            }
            (Kind::Object, Step::Nth(index)) => self.nth_member(node, *index, container, ways),
            (Kind::Array, _) | (Kind::Texts, _) if self.all_sent.get() || self.is_list(node, container) => {
                let (Step::Index(index) | Step::Nth(index) | Step::ItemOf(index, _)) = step else {
                    return Next::Lost;
                };
                let item = ways.item(self, node, *index);
                if matches!(step, Step::Index(0)) && !memory.seen.is_bare(node) {
                    let may_be_wrapped = is_wrapped || is_outside && self.hides_newtypes(node, container);
                    if let Some(next) = self.list_or_first(item, behind, may_be_wrapped, ways) {
                        return next;
                    }
                }
                item.filter(|_| self.keeps_order(node, ways)).map_or(Next::Lost, Next::Into)
            }
            // A scalar has no items: what was made of it has.
            (_, Step::Nth(_) | Step::ItemOf(..) | Step::Index(1..)) => Next::Lost,
            // Whatever was made of it, it is this value.
            _ => Next::Here,
        }
    }

    /// Whether a list may be in a newtype without anybody having seen that: serde took it for anything at
    /// first, or a type is made of it.
    fn hides_newtypes(&self, list: NodeId, container: Option<Container>) -> bool {
        !self.all_sent.get() && (container.is_some() || self.has(list, Flag::BUFFERED))
    }

    /// Whether the first step into a list leads nowhere, because the list is all of a newtype, if it does
    /// not lead to the first item for sure.
    fn list_or_first<'w>(
        &'w self,
        first: Option<NodeId>,
        behind: &[Step],
        may_be_wrapped: bool,
        ways: &mut Ways<'w>,
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
            Kind::Object => ways.there(self, first, &index.to_string()).is_some(),
            _ => return Some(Next::Here),
        };
        may_be_wrapped.then_some(if has_parts { Next::Lost } else { Next::Here })
    }

    fn is_list(&self, node: NodeId, container: Option<Container>) -> bool {
        self.tape.kind(node) == Kind::Array || container.is_some()
    }

    /// A member of an object of which it is not known what its type calls its fields.
    fn any_member<'w>(
        &'w self,
        object: NodeId,
        name: &str,
        is_map: bool,
        ways: &mut Ways<'w>,
    ) -> Option<NodeId> {
        let exact = ways.there(self, object, name);
        if !self.all_sent.get() {
            // What is called as in Rust may be one that the type does not know, if there is another one.
            let is_other = |spelling: String| {
                let other = ways.there(self, object, &spelling);
                other.is_some() && other != exact
            };
            return exact.filter(|_| is_map || !spellings(name).into_iter().any(is_other));
        }
        if exact.is_some() {
            return exact;
        }
        // What the type has written itself has no members that it does not know.
        let mut alike = spellings(name).into_iter().filter_map(|name| ways.there(self, object, &name));
        let first = alike.next()?;
        alike.all(|other| other == first).then_some(first)
    }

    fn nth_member(
        &self,
        object: NodeId,
        index: usize,
        container: Option<Container>,
        ways: &mut Ways<'_>,
    ) -> Next {
        let is_sorted = !self.all_sent.get() && container == Some(Container::Sorted);
        if !is_sorted && !self.all_sent.get() && ways.count(self, object) != 1 {
            return Next::Lost;
        }
        ways.value(self, object, index, is_sorted).map_or(Next::Lost, Next::Into)
    }
}

/// What a field of this name is called by serde, if that is certain: the same, or the same in the style of
/// all fields of the struct.
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

/// What `#[serde(rename_all = "…")]` makes of the name of a field.
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

/// The names on a way, without the numbers of what nobody has put in that order.
fn named(steps: &[Step]) -> String {
    let names = steps.iter().filter_map(|step| match step {
        Step::Key(name) => Some(name.as_str()),
        Step::Index(_) | Step::ItemOf(..) | Step::Nth(_) | Step::ToKey => None,
    });
    names.collect::<Vec<_>>().join(".")
}
