//! What is inside of a node: items, members and variants, in the order in which they are best visited.

use std::any::TypeId;

use serde::{
    Deserializer,
    de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor},
    forward_to_deserialize_any,
};

use crate::{
    json::{Kind, NodeId},
    kind::ErrorKind,
};

use super::{
    coerce,
    deserializer::{Node, visit},
    halt::{Cause, Halt},
    invent::{Content, Text},
    memory::{Flag, Spot},
    walk::{Walk, raised},
    want::{Range, Want},
};

/// The items of a list.
pub(super) struct Items<'w, 't> {
    walk: &'w Walk<'t>,
    list: NodeId,
    items: std::vec::IntoIter<NodeId>,
    /// The place of the next item.
    place: usize,
    /// Whether all items are alike, so that some can be left out.
    alike: bool,
    /// How many items are to be made up behind the real ones.
    padding: usize,
    started: bool,
}

impl<'w, 't> Items<'w, 't> {
    pub(super) fn new(walk: &'w Walk<'t>, list: NodeId, alike: bool) -> Self {
        let alike = alike && walk.may_skip();
        let place = if alike { walk.memory.borrow().resume(list) } else { 0 };
        if place > 0 {
            walk.taint();
        }
        let items: Vec<NodeId> = walk.tape.items(list).skip(place).collect();
        Self { walk, list, items: items.into_iter(), place, alike, padding: 0, started: false }
    }

    pub(super) fn padded(self, padding: usize) -> Self {
        Self { padding, ..self }
    }

    /// Refuses what a visitor left over, as a parser would.
    pub(super) fn end(self) -> Result<(), Halt> {
        let left = self.items.len();
        if left == 0 {
            return Ok(());
        }
        let length = self.place;
        let kind = ErrorKind::TooLong {
            field_type: "List".into(),
            max_length: length,
            actual_length: Some(length + left),
        };
        Err(Halt::with_kind("trailing items".to_owned(), kind))
    }

    pub(super) fn has_started(&self) -> bool {
        self.started
    }
}

impl<'t> SeqAccess<'t> for &mut Items<'_, 't> {
    type Error = Halt;

    fn next_element_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, Halt> {
        self.started = true;
        let walk = self.walk;
        let Some(item) = self.items.next() else {
            let Some(padding) = self.padding.checked_sub(1) else {
                return Ok(None);
            };
            self.padding = padding;
            return walk.invented(walk.nothing(typeid::of::<S>(), None), seed).map(Some);
        };
        let place = self.place;
        self.place += 1;
        match walk.real(item, seed) {
            Ok(value) => Ok(Some(value)),
            Err(Halt::Settled) if !walk.is_lenient() => {
                let spent = walk.has(item, Flag::SPENT);
                if self.alike && walk.may_skip() {
                    // Here the list ends for now; the next walk begins with what was not done yet.
                    walk.memory.borrow_mut().resume_at(self.list, place + usize::from(spent));
                    walk.skip();
                    self.items = Vec::new().into_iter();
                    return Ok(None);
                }
                if spent {
                    walk.memory.borrow_mut().give_up(self.list);
                }
                Err(Halt::Settled)
            }
            Err(halt) => Err(halt),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() + self.padding)
    }
}

/// What kind of visitor takes the members of an object.
#[derive(Clone, Copy)]
pub(super) enum Style {
    /// A derive's: it has said which fields it knows.
    Struct { fields: &'static [&'static str], visitor: TypeId, adjacent: bool },
    /// A derive's that looks for a tag among anything else.
    Tagged,
    /// A map with any number of members that are all alike.
    Collection,
    /// Any other.
    Open,
}

#[derive(Clone, Copy)]
enum Member {
    Real { key: NodeId, value: NodeId, place: usize },
    Missing { name: &'static str, offered: Option<Content> },
}

/// The members of an object.
pub(super) struct Members<'w, 't> {
    walk: &'w Walk<'t>,
    object: NodeId,
    style: Style,
    members: std::vec::IntoIter<Member>,
    current: Option<Member>,
    /// The fields that were made up.
    offered_missing: Vec<&'static str>,
    /// How often anything was taken before the first member.
    anything: u64,
    started: bool,
}

impl<'w, 't> Members<'w, 't> {
    /// The members in the order that gets furthest: what failed before comes last.
    pub(super) fn new(walk: &'w Walk<'t>, object: NodeId, style: Style) -> Result<Self, Halt> {
        let mut members = Vec::new();
        if walk.is_lenient() {
            // Nothing is noted here, so nothing may be held back.
            members.extend(real_members(walk, object));
        } else {
            arrange(walk, object, style, &mut members)?;
        }
        let anything = walk.anything.get();
        let missing = members.iter().filter_map(|member| match member {
            Member::Missing { name, .. } => Some(*name),
            Member::Real { .. } => None,
        });
        let offered_missing = missing.collect();
        Ok(Self {
            walk,
            object,
            style,
            members: members.into_iter(),
            current: None,
            offered_missing,
            anything,
            started: false,
        })
    }

    pub(super) fn has_started(&self) -> bool {
        self.started
    }

    /// Settles what the visitor said at the end.
    pub(super) fn end<V>(self, result: Result<V, Halt>) -> Result<V, Halt> {
        let complaint = match result {
            Ok(_) if self.members.len() > 0 => {
                return Err(Halt::complain(Cause::Custom("trailing members".to_owned())));
            }
            Err(Halt::Complaint(complaint)) if !self.walk.is_lenient() => complaint,
            result => return result,
        };
        match complaint.cause {
            Cause::Missing(name) if self.is_own(name) => Err(self.learn_missing(name)),
            Cause::Duplicate(name) if self.learn_duplicate(name) => Err(self.walk.refuse()),
            Cause::Custom(ref text) if self.learn_extra(text) => Err(self.walk.refuse()),
            _ => Err(Halt::Complaint(complaint)),
        }
    }

    /// Whether a missing field is one of this very object, and not of something inside that was taken
    /// for anything first.
    fn is_own(&self, name: &'static str) -> bool {
        if self.walk.tape.member(self.object, name).is_some() {
            return false;
        }
        match self.style {
            Style::Struct { fields, .. } => fields.contains(&name),
            Style::Tagged => !self.walk.memory.borrow().labels.contains_key(&self.object),
            Style::Open => self.walk.anything.get() == self.anything,
            Style::Collection => false,
        }
    }

    fn learn_missing(&self, name: &'static str) -> Halt {
        let walk = self.walk;
        let (rank, visitor) = match self.style {
            Style::Struct { fields, adjacent: true, .. } if fields.first() == Some(&name) => {
                return walk.condemn(self.object, tag_not_found(name));
            }
            Style::Tagged => return walk.condemn(self.object, tag_not_found(name)),
            Style::Struct { fields, adjacent, visitor } => {
                let rank = fields.iter().position(|field| *field == name);
                (rank, Some(visitor).filter(|_| !adjacent))
            }
            Style::Open | Style::Collection => (None, None),
        };
        walk.note(Spot::Missing(self.object, name, rank_of(rank)), ErrorKind::Missing);
        let mut memory = walk.memory.borrow_mut();
        let is_new = match visitor {
            Some(visitor) => memory.demand(visitor, name),
            None => memory.demand_anything(self.object, name),
        };
        if self.offered_missing.contains(&name) {
            memory.give_up(self.object);
        } else if !is_new {
            // It was learnt on this very walk, behind the back of this object.
            memory.changes += 1;
        }
        drop(memory);
        walk.refuse()
    }

    /// Whether a field that came twice was one that was made up, or stands twice in the document.
    fn learn_duplicate(&self, name: &'static str) -> bool {
        let Style::Struct { fields, visitor, .. } = self.style else {
            return false;
        };
        let walk = self.walk;
        let mut memory = walk.memory.borrow_mut();
        if memory.demanded(Some(visitor), Some(self.object)).contains(&name)
            && walk.tape.member(self.object, name).is_none()
        {
            // It is there under an alias.
            let rank = fields.iter().position(|field| *field == name);
            memory.retract_spot(Spot::Missing(self.object, name, rank_of(rank)));
            return memory.is_present(self.object, name);
        }
        false
    }

    /// Whether a text is the complaint about an unknown field of a struct with flattened parts.
    fn learn_extra(&self, text: &str) -> bool {
        if !matches!(self.style, Style::Open) {
            return false;
        }
        let walk = self.walk;
        let name = text.strip_prefix("unknown field `").and_then(|rest| rest.strip_suffix('`'));
        let Some(value) = name.and_then(|name| walk.tape.member(self.object, name)) else {
            return false;
        };
        walk.note(Spot::Node(value), ErrorKind::ExtraForbidden);
        walk.memory.borrow_mut().set(value, Flag::SKIP);
        true
    }

    fn key_failed(&self, key: NodeId, value: NodeId, complaint: &super::halt::Complaint) -> Halt {
        let walk = self.walk;
        if let Cause::UnknownField { expected, .. } = complaint.cause {
            walk.note(Spot::Node(value), ErrorKind::ExtraForbidden);
            let mut memory = walk.memory.borrow_mut();
            memory.set(value, Flag::SKIP);
            if let Style::Struct { fields, visitor, .. } = self.style {
                if fields == expected {
                    memory.close(visitor);
                }
            }
        } else if walk.has(key, Flag::BAD) {
            walk.memory.borrow_mut().set(value, Flag::SKIP);
        } else {
            let kind = match &complaint.cause {
                Cause::UnknownVariant { expected, .. } => {
                    ErrorKind::Enum { expected: super::walk::quoted(expected, " or ") }
                }
                cause => complaint.kind.clone().unwrap_or_else(|| raised(cause)),
            };
            walk.note(Spot::Key(value), kind);
            walk.memory.borrow_mut().set(key, Flag::BAD);
        }
        walk.refuse()
    }

    /// Ends a map for now behind a member that failed, if maps can do without it.
    fn pass_over(&mut self, member: Member, halt: Halt) -> Result<(), Halt> {
        let walk = self.walk;
        let Member::Real { value, place, .. } = member else {
            return Err(halt);
        };
        if !matches!(halt, Halt::Settled) || !matches!(self.style, Style::Collection) || !walk.may_skip() {
            return Err(halt);
        }
        let done = walk.has(value, Flag::SPENT) || walk.has(value, Flag::SKIP);
        walk.memory.borrow_mut().resume_at(self.object, place + usize::from(done));
        walk.skip();
        self.members = Vec::new().into_iter();
        Ok(())
    }
}

fn tag_not_found(name: &str) -> ErrorKind {
    ErrorKind::UnionTagNotFound { discriminator: format!("'{name}'") }
}

fn rank_of(place: Option<usize>) -> u32 {
    place.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX)
}

fn real_members<'w>(walk: &'w Walk<'_>, object: NodeId) -> impl Iterator<Item = Member> + 'w {
    // What a name means that comes twice is up to the type, for `serde_json`.
    let strict = walk.strict;
    let all = walk.tape.all_members(object).filter(move |_| strict);
    let unique = walk.tape.members(object).filter(move |_| !strict);
    all.chain(unique).enumerate().map(|(place, (key, value))| Member::Real { key, value, place })
}

fn arrange(walk: &Walk<'_>, object: NodeId, style: Style, members: &mut Vec<Member>) -> Result<(), Halt> {
    let (mut late, mut spent, mut extra) = (Vec::new(), Vec::new(), Vec::new());
    let mut memory = walk.memory.borrow_mut();
    let skipped =
        if matches!(style, Style::Collection) && walk.may_skip() { memory.resume(object) } else { 0 };
    let mut left_out = skipped > 0;
    for member in real_members(walk, object).skip(skipped) {
        let Member::Real { key, value, place } = member else { continue };
        if memory.has(value, Flag::SKIP) {
            left_out = true;
            continue;
        }
        if let Style::Struct { fields, visitor, adjacent } = style {
            let name = walk.tape.str(key);
            let field = fields.iter().position(|field| *field == name);
            memory.set_rank(value, field.unwrap_or(fields.len() + place));
            if field.is_none() && memory.is_closed(visitor) {
                extra.push(value);
                continue;
            }
            // With the tag known first, nothing has to be buffered.
            if adjacent && field == Some(0) {
                members.insert(0, member);
                continue;
            }
        }
        if memory.has(value, Flag::SPENT) {
            spent.push(member);
        } else if memory.has(value, Flag::LATE) {
            late.push(member);
        } else {
            members.push(member);
        }
    }
    let (visitor, fields): (_, &[_]) = match style {
        Style::Struct { fields, visitor, adjacent } => (Some(visitor).filter(|_| !adjacent), fields),
        _ => (None, &[]),
    };
    let mut demanded = memory.demanded(visitor, Some(object));
    demanded.retain(|name| walk.tape.member(object, name).is_none());
    let missing: Vec<Member> = demanded
        .iter()
        .map(|name| {
            let filler =
                memory.fillers.iter().rev().find(|filler| filler.parent == object && filler.name == *name);
            Member::Missing { name, offered: filler.map(|filler| filler.content) }
        })
        .collect();
    let searched = memory
        .fillers
        .iter()
        .filter(|filler| filler.active && filler.parent == object && !demanded.contains(&filler.name));
    let searched: Vec<Member> =
        searched.map(|filler| Member::Missing { name: filler.name, offered: Some(filler.content) }).collect();
    drop(memory);
    if left_out {
        walk.taint();
    }
    for value in extra {
        walk.mismatch(Spot::Node(value), ErrorKind::ExtraForbidden)?;
    }
    for name in demanded {
        let rank = rank_of(fields.iter().position(|field| *field == name));
        walk.mismatch(Spot::Missing(object, name, rank), ErrorKind::Missing)?;
    }
    members.extend(late.into_iter().chain(missing).chain(searched).chain(spent));
    Ok(())
}

impl<'t> MapAccess<'t> for &mut Members<'_, 't> {
    type Error = Halt;

    fn next_key_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, Halt> {
        self.started = true;
        let walk = self.walk;
        let Some(member) = self.members.next() else {
            return Ok(None);
        };
        walk.step()?;
        self.current = Some(member);
        let (key, value) = match member {
            Member::Missing { name, .. } => return seed.deserialize(Text(name)).map(Some),
            Member::Real { key, value, .. } => (key, value),
        };
        let result = if !walk.is_lenient() && walk.has(key, Flag::BAD) {
            walk.taint();
            seed.deserialize(walk.nothing(typeid::of::<S>(), None))
        } else {
            seed.deserialize(Key { walk, key, value })
        };
        match result {
            Ok(name) => Ok(Some(name)),
            Err(Halt::Complaint(complaint)) if !walk.is_lenient() => {
                Err(self.key_failed(key, value, &complaint))
            }
            Err(halt) => Err(halt),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Halt> {
        let walk = self.walk;
        match self.current {
            None => walk.invented(walk.nothing(typeid::of::<S>(), None), seed),
            Some(Member::Missing { offered, .. }) => {
                let slot = typeid::of::<S>();
                let changes = walk.memory.borrow().changes;
                let result = walk.invented(walk.nothing(slot, offered), seed);
                let mut memory = walk.memory.borrow_mut();
                if matches!(result, Err(Halt::Settled)) && memory.changes == changes {
                    memory.give_up(self.object);
                }
                result
            }
            Some(Member::Real { key, value, .. }) => {
                let spent = walk.has(value, Flag::SPENT);
                let result = match self.style {
                    Style::Struct { fields, adjacent: true, .. }
                        if fields.first().is_some_and(|tag| *tag == walk.tape.str(key)) =>
                    {
                        walk.adjacent_tag(self.object, value, seed)
                    }
                    _ => walk.real(value, seed),
                };
                if matches!(result, Err(Halt::Settled)) && !walk.is_lenient() {
                    let mut memory = walk.memory.borrow_mut();
                    if !matches!(self.style, Style::Collection) {
                        memory.set(value, Flag::LATE);
                    }
                    if spent {
                        // Everything else was visited before it.
                        memory.give_up(self.object);
                    }
                }
                result
            }
        }
    }

    fn next_entry_seed<K, V>(&mut self, key: K, value: V) -> Result<Option<(K::Value, V::Value)>, Halt>
    where
        K: DeserializeSeed<'t>,
        V: DeserializeSeed<'t>,
    {
        let entry = match self.next_key_seed(key) {
            Ok(None) => return Ok(None),
            Ok(Some(key)) => self.next_value_seed(value).map(|value| (key, value)),
            Err(halt) => Err(halt),
        };
        match (entry, self.current) {
            (Ok(entry), _) => Ok(Some(entry)),
            (Err(halt), Some(member)) => self.pass_over(member, halt).map(|()| None),
            (Err(halt), None) => Err(halt),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.members.len())
    }
}

/// The name of a member, which is a text wherever something else is wanted.
struct Key<'w, 't> {
    walk: &'w Walk<'t>,
    key: NodeId,
    value: NodeId,
}

impl<'t> Key<'_, 't> {
    fn text(&self) -> &'t str {
        self.walk.tape.str(self.key)
    }

    fn scalar<V: Visitor<'t>>(self, want: Want, visitor: V) -> Result<V::Value, Halt> {
        let judged = if self.walk.strict {
            strict_key(self.text(), want)
        } else {
            coerce::lax(self.walk.tape, self.key, want)
        };
        match judged {
            Ok(scalar) => visit(scalar, visitor),
            Err(kind) => {
                self.walk.mismatch(Spot::Key(self.value), kind)?;
                let stand_in = self.walk.nothing(typeid::of::<V>(), None);
                match want {
                    Want::Bool => stand_in.deserialize_bool(visitor),
                    Want::Float => stand_in.deserialize_f64(visitor),
                    _ => stand_in.deserialize_u64(visitor),
                }
            }
        }
    }
}

/// A key by the rules of `serde_json`: a number or a boolean in quotes.
fn strict_key<'t>(text: &'t str, want: Want) -> Result<coerce::Scalar<'t>, ErrorKind> {
    use coerce::Scalar;
    let is_json_number = text.bytes().all(|byte| byte.is_ascii_digit() || b"-+.eE".contains(&byte))
        && serde_json::from_str::<serde_json::Value>(text).is_ok();
    match want {
        Want::Bool if text == "true" => Ok(Scalar::Bool(true)),
        Want::Bool if text == "false" => Ok(Scalar::Bool(false)),
        Want::Bool => Err(ErrorKind::BoolParsing),
        Want::Float if is_json_number => text.parse().map(Scalar::Float).map_err(|_| ErrorKind::FloatParsing),
        Want::Float => Err(ErrorKind::FloatParsing),
        Want::Integer(Range::I128) => text.parse().map(Scalar::WideSigned).map_err(|_| ErrorKind::IntParsing),
        Want::Integer(Range::U128) => {
            text.parse().map(Scalar::WideUnsigned).map_err(|_| ErrorKind::IntParsing)
        }
        Want::Integer(range) if is_json_number && text != "-0" => match text.parse::<i128>() {
            Ok(value) if value < range.min => Err(range.too_small()),
            Ok(value) if value > 0 && value.unsigned_abs() > range.max => Err(range.too_large()),
            Ok(value) => match (u64::try_from(value), i64::try_from(value)) {
                (Ok(value), _) => Ok(Scalar::Unsigned(value)),
                (_, Ok(value)) => Ok(Scalar::Signed(value)),
                _ => Err(ErrorKind::IntParsing),
            },
            Err(_) => Err(ErrorKind::IntParsing),
        },
        _ => Err(ErrorKind::IntParsing),
    }
}

macro_rules! key_scalars {
    ($($method:ident => $want:expr),* $(,)?) => {$(
        fn $method<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
            self.scalar($want, visitor)
        }
    )*};
}

impl<'t> Deserializer<'t> for Key<'_, 't> {
    type Error = Halt;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_borrowed_str(self.text())
    }

    key_scalars! {
        deserialize_bool => Want::Bool,
        deserialize_i8 => Want::Integer(Range::I8), deserialize_i16 => Want::Integer(Range::I16),
        deserialize_i32 => Want::Integer(Range::I32), deserialize_i64 => Want::Integer(Range::I64),
        deserialize_i128 => Want::Integer(Range::I128),
        deserialize_u8 => Want::Integer(Range::U8), deserialize_u16 => Want::Integer(Range::U16),
        deserialize_u32 => Want::Integer(Range::U32), deserialize_u64 => Want::Integer(Range::U64),
        deserialize_u128 => Want::Integer(Range::U128),
        deserialize_f32 => Want::Float, deserialize_f64 => Want::Float,
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Halt> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Halt> {
        visitor.visit_enum(Variant { walk: self.walk, name: self.key, content: None })
    }

    fn deserialize_bytes<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_borrowed_bytes(self.text().as_bytes())
    }

    fn deserialize_byte_buf<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_borrowed_bytes(self.text().as_bytes())
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        char str string unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// A variant by its name, with what belongs to it.
pub(super) struct Variant<'w, 't> {
    pub(super) walk: &'w Walk<'t>,
    /// The string or key that names it.
    pub(super) name: NodeId,
    pub(super) content: Option<NodeId>,
}

impl<'t> EnumAccess<'t> for Variant<'_, 't> {
    type Error = Halt;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'t>>(self, seed: S) -> Result<(S::Value, Self), Halt> {
        let value = seed.deserialize(Key { walk: self.walk, key: self.name, value: self.name })?;
        Ok((value, self))
    }
}

impl<'w, 't> Variant<'w, 't> {
    /// The content of a variant that has some.
    fn content(&self, expected: &str) -> Result<Node<'w, 't>, Halt> {
        match self.content {
            Some(id) => Ok(Node { walk: self.walk, id }),
            None => Err(serde::de::Error::invalid_type(serde::de::Unexpected::UnitVariant, &expected)),
        }
    }
}

impl<'t> VariantAccess<'t> for Variant<'_, 't> {
    type Error = Halt;

    fn unit_variant(self) -> Result<(), Halt> {
        let Some(content) = self.content else {
            return Ok(());
        };
        if self.walk.tape.kind(content) == Kind::Null {
            return Ok(());
        }
        self.walk.mismatch(Spot::Node(content), ErrorKind::NoneRequired)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'t>>(self, seed: S) -> Result<S::Value, Halt> {
        let content = self.content("newtype variant")?;
        self.walk.real(content.id, seed)
    }

    fn tuple_variant<V: Visitor<'t>>(self, length: usize, visitor: V) -> Result<V::Value, Halt> {
        let content = self.content("tuple variant")?;
        self.walk.real(content.id, Within { visitor, ask: Ask::Tuple(length) })
    }

    fn struct_variant<V: Visitor<'t>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Halt> {
        let content = self.content("struct variant")?;
        self.walk.real(content.id, Within { visitor, ask: Ask::Struct(fields) })
    }
}

/// A visitor as a seed, so that the content of a variant is a place like any other.
struct Within<V> {
    visitor: V,
    ask: Ask,
}

enum Ask {
    Tuple(usize),
    Struct(&'static [&'static str]),
}

impl<'t, V: Visitor<'t>> DeserializeSeed<'t> for Within<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        match self.ask {
            Ask::Tuple(length) => deserializer.deserialize_tuple(length, self.visitor),
            Ask::Struct(fields) => deserializer.deserialize_struct("", fields, self.visitor),
        }
    }
}
