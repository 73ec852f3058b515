//! The `serde::Deserializer` over one node: what was asked for meets what is there.

use std::any::TypeId;

use serde::{
    Deserializer,
    de::{Visitor, value::MapDeserializer},
};

use crate::{
    json::{Kind, NodeId},
    report::{ErrorKind, Limit},
    value::{Number, Value},
};

use super::{
    coerce::{self, Scalar},
    halt::{Cause, Halt},
    invent::{Invented, Nothing},
    items::Items,
    members::{Members, Style},
    memory::{Flag, Spot},
    raw,
    slot::{is_derived, is_standard, is_stateless, quoted, raised},
    variant::Variant,
    walk::Walk,
    want::{BUFFER, Range, Want, expectation},
};

/// A node of the document, where a value is asked for.
#[derive(Clone, Copy)]
pub(super) struct Node<'w, 't> {
    pub(super) walk: &'w Walk<'t>,
    pub(super) id: NodeId,
}

/// The type of a visitor that treats all its objects alike, so that what one of them shows holds for all.
fn known<V>() -> Option<TypeId> {
    (is_derived::<V>() && is_stateless::<V>()).then(typeid::of::<V>)
}

/// Whether a visitor collects items that are all alike, however many there are.
fn is_collection<V>() -> bool {
    let name = std::any::type_name::<V>();
    is_standard::<V>()
        || ["indexmap::", "hashbrown::", "smallvec::"].iter().any(|krate| name.starts_with(krate))
}

/// Whether a type is a set, which only its name tells.
fn is_set<T>() -> bool {
    let name = std::any::type_name::<T>();
    [
        "std::collections::hash::set::HashSet<",
        "alloc::collections::btree::set::BTreeSet<",
        "indexmap::set::IndexSet<",
    ]
    .iter()
    .any(|set| name.starts_with(set))
}

pub(super) fn visit<'t, V: Visitor<'t>>(scalar: Scalar<'t>, visitor: V) -> Result<V::Value, Halt> {
    match scalar {
        Scalar::Null => visitor.visit_unit(),
        Scalar::Bool(value) => visitor.visit_bool(value),
        Scalar::Unsigned(value) => visitor.visit_u64(value),
        Scalar::Signed(value) => visitor.visit_i64(value),
        Scalar::WideUnsigned(value) => visitor.visit_u128(value),
        Scalar::WideSigned(value) => visitor.visit_i128(value),
        Scalar::Float(value) => visitor.visit_f64(value),
        Scalar::String(text) => visitor.visit_borrowed_str(text),
        Scalar::EmptyList => visitor.visit_seq(Nothing),
        Scalar::EmptyMap => visitor.visit_map(Nothing),
    }
}

/// The limit of an integer type that was exceeded.
fn limit(kind: &ErrorKind) -> Option<Scalar<'static>> {
    let (ErrorKind::LessThanEqual { le: Limit(Value::Number(limit)) }
    | ErrorKind::GreaterThanEqual { ge: Limit(Value::Number(limit)) }) = kind
    else {
        return None;
    };
    limit.as_u64().map(Scalar::Unsigned).or_else(|| limit.as_i64().map(Scalar::Signed))
}

impl<'w, 't> Node<'w, 't> {
    fn kind(self) -> Kind {
        self.walk.tape.kind(self.id)
    }

    /// The one text that counts, of those of a name; any other node as it is.
    fn one(self) -> Result<Self, Halt> {
        if self.kind() != Kind::Texts {
            return Ok(self);
        }
        let chosen = self.walk.tape.chosen(self.id);
        if self.walk.tape.is_absent(chosen) && !self.walk.has(self.id, Flag::KEPT) {
            return Err(self.walk.absent(self.id));
        }
        Ok(Self { id: chosen, ..self })
    }

    fn is_number(self) -> bool {
        matches!(self.kind(), Kind::Integer | Kind::Float)
    }

    /// Notes what is wrong with the node, and gives a stand-in for it.
    fn instead(self, kind: ErrorKind) -> Result<Invented<'w, 't>, Halt> {
        self.walk.mismatch(Spot::Node(self.id), kind)?;
        let rung = self.walk.rung();
        Ok(Invented { walk: self.walk, rung, depth: 0, offered: None, direct: false })
    }

    /// What stands for the node by now, if it was lax or wrong.
    fn fix(self) -> Option<Scalar<'t>> {
        let memory = self.walk.memory.borrow();
        let fix = memory.fixes.get(&self.id).copied().filter(|_| !self.walk.is_lenient());
        if fix.is_some() && memory.stand_ins.contains(&self.id) {
            self.walk.taint();
        }
        fix
    }

    /// The variant that stands for the node by now. It comes as an object of one member, which an enum
    /// takes, and a tag, on which much else would depend, does not.
    fn variant(self) -> Option<&'static str> {
        let variant = self.walk.memory.borrow().variants.get(&self.id).copied()?;
        self.walk.taint();
        Some(variant)
    }

    /// A number for a type that wants one.
    ///
    /// `only` says whether the visitor makes nothing but numbers of that type; others get what
    /// `serde_json` would give them.
    fn number<V: Visitor<'t>>(self, want: Want, only: bool, visitor: V) -> Result<V::Value, Halt> {
        self.walk.vouch::<V>();
        let this = self.one()?;
        if self.walk.is_last.get() && want == Want::Float {
            let mut memory = self.walk.memory.borrow_mut();
            memory.mark(self.id, Flag::FLOAT);
            memory.mark(this.id, Flag::FLOAT);
        }
        this.one_number(want, only, visitor)
    }

    fn one_number<V: Visitor<'t>>(self, want: Want, only: bool, visitor: V) -> Result<V::Value, Halt> {
        if let Some(scalar) = self.fix() {
            return visit(scalar, visitor);
        }
        let tape = self.walk.tape;
        let judged = self.walk.judge(self.id, want);
        let wide = matches!(want, Want::Integer(Range::I128 | Range::U128));
        let sent = coerce::verbatim(tape, self.id).filter(|_| self.is_number() && !wide);
        let given = match (judged, sent) {
            // A float too large for a float: `serde_json` reads no such number at all.
            (_, Some(Scalar::Float(value))) if self.walk.strict && !value.is_finite() => {
                Err(ErrorKind::FiniteNumber)
            }
            (Err(kind), _) if only => Err(kind),
            (Ok(scalar), _) if only && !self.walk.strict => Ok(scalar),
            (_, Some(sent)) => Ok(sent),
            (judged, None) => judged,
        };
        match given {
            Ok(scalar) => visit(scalar, visitor).map_err(|halt: Halt| {
                halt.meaning(|cause| match cause {
                    Cause::Type { .. } => None,
                    Cause::Value { expected, .. } => match self.walk.judge(self.id, want) {
                        Err(kind) => Some(kind),
                        Ok(_) if expected.starts_with("a nonzero u") => {
                            Some(ErrorKind::GreaterThan { gt: Number::from(0).into() })
                        }
                        Ok(_) => None,
                    },
                    cause => Some(raised(cause)),
                })
            }),
            Err(kind) => {
                // What is said of a limit that is narrower holds for all that is beyond this one.
                let limit = limit(&kind).filter(|_| only && self.walk.is_last.get());
                let rung = self.walk.rung();
                let stand_in = Invented { rung, ..self.instead(kind)? };
                if let Some(limit) = limit {
                    return visit(limit, visitor);
                }
                match want {
                    Want::Float => stand_in.deserialize_f64(visitor),
                    Want::Integer(Range::I128) => stand_in.deserialize_i128(visitor),
                    Want::Integer(Range::U128) => stand_in.deserialize_u128(visitor),
                    _ => stand_in.deserialize_u64(visitor),
                }
            }
        }
    }

    /// A text for a type that wants one, and perhaps reads something else out of it.
    fn text<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.walk.vouch::<V>();
        self.one()?.one_text(visitor)
    }

    fn one_text<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        let want = self.text_want(&visitor);
        if self.kind() != Kind::String {
            let address =
                if self.walk.strict { None } else { coerce::address(self.walk.tape, self.id, want) };
            return match address {
                Some(address) => visitor.visit_string(address),
                None => self.instead(want.type_error())?.deserialize_str(visitor),
            };
        }
        visitor
            .visit_borrowed_str(self.walk.tape.str(self.id))
            .map_err(|halt: Halt| self.parse_error(want, halt))
    }

    fn text_want<V: Visitor<'t>>(self, visitor: &V) -> Want {
        if typeid::of::<V::Value>() == typeid::of::<String>() {
            return Want::String;
        }
        Want::of(&expectation(visitor)).unwrap_or(Want::String)
    }

    fn parse_error(self, want: Want, halt: Halt) -> Halt {
        halt.meaning(|cause| match cause {
            Cause::Custom(reason) if want == Want::Url && self.walk.tape.str(self.id).is_empty() => {
                let _ = reason;
                want.parse_error("input is empty")
            }
            Cause::Custom(reason) => want.parse_error(reason),
            // Visitors that say of any text they cannot read that it is an invalid value.
            Cause::Value { .. } => want.parse_error(&cause.to_string()),
            _ => None,
        })
    }

    /// `alike` says whether the items are of one type, which looks at them now and not later.
    fn list<V: Visitor<'t>>(self, alike: bool, visitor: V) -> Result<V::Value, Halt> {
        let items = Items::new(self.walk, self.id, alike);
        self.walk.descend(|| {
            let mut items = items;
            match visitor.visit_seq(&mut items) {
                Ok(value) => items.end().map(|()| value),
                Err(halt) if !items.has_started() => Err(self.refused(halt)),
                Err(halt) => Err(halt),
            }
        })
    }

    /// What it means that a visitor does not even look into a container.
    fn refused(self, halt: Halt) -> Halt {
        halt.meaning(|cause| match cause {
            Cause::Type { expected, .. } => {
                Some(Want::of(expected).map_or_else(|| raised(cause), Want::type_error))
            }
            cause => Some(raised(cause)),
        })
    }

    /// Whether a list may stand for the fields of a struct in their order.
    ///
    /// `serde_json` takes that, FastAPI does not, and where the whole document is at stake a list for an
    /// object is rather a mistake.
    fn may_list_fields(self) -> bool {
        self.walk.strict || self.id != NodeId::ROOT
    }

    /// The fields of a struct in their order, or nothing: what is wrong with one of them is not said.
    fn listed_fields<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        let mut items = Items::new(self.walk, self.id, false);
        let result = self.walk.leniently(|| {
            self.walk.descend(|| {
                let value = visitor.visit_seq(&mut items)?;
                items.end()?;
                Ok(value)
            })
        });
        result.map_err(|halt| halt.means(ErrorKind::ModelAttributesType))
    }

    fn object<V: Visitor<'t>>(self, style: Style, visitor: V) -> Result<V::Value, Halt> {
        let structural = is_derived::<V>() || is_standard::<V>();
        let mut members = Members::new(self.walk, self.id, style, structural)?;
        self.walk.descend(|| match visitor.visit_map(&mut members) {
            Err(halt) if !members.has_started() => Err(self.refused(halt)),
            result => members.end(result),
        })
    }

    /// A list of so many items, each of a type of its own.
    fn tuple<V: Visitor<'t>>(self, length: usize, visitor: V) -> Result<V::Value, Halt> {
        self.walk.vouch::<V>();
        if !matches!(self.kind(), Kind::Array | Kind::Texts) {
            return self.instead(Want::Tuple.type_error())?.deserialize_tuple(length, visitor);
        }
        let actual = self.walk.tape.count(self.id);
        if actual > length {
            let kind = ErrorKind::TooLong {
                field_type: "Tuple".into(),
                max_length: length,
                actual_length: Some(actual),
            };
            return self.instead(kind)?.deserialize_tuple(length, visitor);
        }
        for index in actual..length {
            self.walk.mismatch(Spot::MissingItem(self.id, index), ErrorKind::Missing)?;
        }
        let mut items = Items::new(self.walk, self.id, false).padded(length - actual);
        self.walk.descend(|| visitor.visit_seq(&mut items))
    }
}

macro_rules! integers {
    ($($method:ident: $type:ty = $range:ident),* $(,)?) => {$(
        fn $method<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
            let only = is_standard::<V>() && typeid::of::<V::Value>() == typeid::of::<$type>();
            self.number(Want::Integer(Range::$range), only, visitor)
        }
    )*};
}

impl<'t> Deserializer<'t> for Node<'_, 't> {
    type Error = Halt;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        if self.kind() == Kind::Texts {
            // Who takes anything gets a list where there are several, until it is known what is wanted.
            let memory = self.walk.memory.borrow();
            let single = memory.has(self.id, Flag::SINGLE) || self.walk.tape.count(self.id) == 1;
            let single = single && !memory.has(self.id, Flag::LISTED);
            drop(memory);
            if single {
                return self.one()?.deserialize_any(visitor);
            }
            self.walk.take_anything();
            if expectation(&visitor) == BUFFER {
                self.walk.memory.borrow_mut().mark(self.id, Flag::BUFFERED);
            }
            return self.list(false, visitor);
        }
        self.walk.take_anything();
        if expectation(&visitor) == BUFFER {
            self.walk.memory.borrow_mut().mark(self.id, Flag::BUFFERED);
        }
        if let Some(scalar) = self.fix() {
            return visit(scalar, visitor);
        }
        if let Some(name) = self.variant() {
            return visitor.visit_map(MapDeserializer::new(std::iter::once((name, ()))));
        }
        match coerce::verbatim(self.walk.tape, self.id) {
            Some(scalar @ Scalar::String(_)) => {
                let want = Want::of(&expectation(&visitor));
                visit(scalar, visitor).map_err(|halt: Halt| match want {
                    Some(want) => self.parse_error(want, halt),
                    None => halt,
                })
            }
            Some(scalar) => visit(scalar, visitor),
            None => {
                let tagged = expectation(&visitor).starts_with("internally tagged enum ");
                match self.kind() {
                    Kind::Array if !tagged => self.list(false, visitor),
                    Kind::Array if self.may_list_fields() => self.listed_fields(visitor),
                    Kind::Array => self.instead(ErrorKind::ModelAttributesType)?.deserialize_any(visitor),
                    _ => self.object(if tagged { Style::Tagged } else { Style::Open }, visitor),
                }
            }
        }
    }

    integers! {
        deserialize_i8: i8 = I8, deserialize_i16: i16 = I16, deserialize_i32: i32 = I32,
        deserialize_i64: i64 = I64, deserialize_i128: i128 = I128,
        deserialize_u8: u8 = U8, deserialize_u16: u16 = U16, deserialize_u32: u32 = U32,
        deserialize_u64: u64 = U64, deserialize_u128: u128 = U128,
    }

    fn deserialize_f32<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        let only = is_standard::<V>() && typeid::of::<V::Value>() == typeid::of::<f32>();
        self.number(Want::Float, only, visitor)
    }

    fn deserialize_f64<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        let only = is_standard::<V>() && typeid::of::<V::Value>() == typeid::of::<f64>();
        self.number(Want::Float, only, visitor)
    }

    fn deserialize_bool<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.walk.vouch::<V>();
        let this = self.one()?;
        match this.walk.judge(this.id, Want::Bool) {
            Ok(scalar) => visit(scalar, visitor),
            Err(kind) => this.instead(kind)?.deserialize_bool(visitor),
        }
    }

    fn deserialize_char<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.walk.vouch::<V>();
        let this = self.one()?;
        if this.kind() != Kind::String {
            return this.instead(ErrorKind::StringType)?.deserialize_char(visitor);
        }
        let text = this.walk.tape.str(this.id);
        visitor.visit_borrowed_str(text).map_err(|halt: Halt| {
            halt.meaning(|cause| match cause {
                Cause::Value { .. } if text.is_empty() => Some(ErrorKind::StringTooShort { min_length: 1 }),
                Cause::Value { .. } => Some(ErrorKind::StringTooLong { max_length: 1 }),
                _ => None,
            })
        })
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.text(visitor)
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.text(visitor)
    }

    fn deserialize_bytes<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.walk.vouch::<V>();
        match self.kind() {
            Kind::Texts => self.one()?.deserialize_bytes(visitor),
            Kind::String => visitor.visit_borrowed_bytes(self.walk.tape.str(self.id).as_bytes()),
            Kind::Array => self.list(is_collection::<V>(), visitor),
            _ => self.instead(ErrorKind::BytesType)?.deserialize_bytes(visitor),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        if self.kind() != Kind::Null {
            return visitor.visit_some(self);
        }
        if self.walk.is_last.get() {
            self.walk.memory.borrow_mut().seen.none::<V::Value>(self.id);
        }
        visitor.visit_none()
    }

    fn deserialize_unit<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.walk.vouch::<V>();
        match self.kind() {
            Kind::Null => visitor.visit_unit(),
            _ => self.one()?.instead(ErrorKind::NoneRequired)?.deserialize_unit(visitor),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'t>>(self, _: &'static str, visitor: V) -> Result<V::Value, Halt> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Halt> {
        if name == raw::NAME {
            let mut json = String::new();
            self.walk.tape.write_raw(self.id, &mut json);
            return raw::visit(json, visitor);
        }
        if self.walk.is_last.get() {
            self.walk.memory.borrow_mut().mark(self.id, Flag::NEWTYPE);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.walk.vouch::<V>();
        if !matches!(self.kind(), Kind::Array | Kind::Texts) {
            let want = if is_set::<V::Value>() { Want::Set } else { Want::List };
            return self.instead(want.type_error())?.deserialize_seq(visitor);
        }
        if self.walk.is_last.get() {
            self.walk.memory.borrow_mut().seen.visit::<V::Value>(self.id);
        }
        self.list(is_collection::<V>(), visitor)
    }

    fn deserialize_tuple<V: Visitor<'t>>(self, length: usize, visitor: V) -> Result<V::Value, Halt> {
        self.tuple(length, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Halt> {
        self.tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.walk.vouch::<V>();
        let collection = is_collection::<V>();
        if self.kind() != Kind::Object {
            let struct_like = !collection && Want::of(&expectation(&visitor)) == Some(Want::Struct);
            let want = if struct_like { Want::Struct } else { Want::Map };
            return self.one()?.instead(want.type_error())?.deserialize_map(visitor);
        }
        if self.walk.is_last.get() && collection {
            self.walk.memory.borrow_mut().seen.visit::<V::Value>(self.id);
        }
        self.object(if collection { Style::Collection } else { Style::Open }, visitor)
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Halt> {
        self.walk.vouch::<V>();
        match self.kind() {
            Kind::Object => {
                let adjacent =
                    fields.len() == 2 && expectation(&visitor).starts_with("adjacently tagged enum ");
                let style = Style::Struct { fields, visitor: known::<V>(), adjacent };
                if self.walk.is_last.get() {
                    let content = fields.last().filter(|_| adjacent);
                    let content = content.and_then(|name| self.walk.member(self.id, name));
                    let mut memory = self.walk.memory.borrow_mut();
                    memory.fields.insert(self.id, fields);
                    memory.seen.contents.extend(content.map(|content| (self.id, content)));
                }
                self.object(style, visitor)
            }
            Kind::Array if self.may_list_fields() => self.listed_fields(visitor),
            _ => {
                self.one()?.instead(ErrorKind::ModelAttributesType)?.deserialize_struct(name, fields, visitor)
            }
        }
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Halt> {
        self.walk.vouch::<V>();
        self.walk.asked_enum.set(true);
        let tape = self.walk.tape;
        let visitor_type = known::<V>();
        let unknown = || ErrorKind::Enum { expected: quoted(variants, " or ") };
        match self.kind() {
            Kind::Texts => self.one()?.deserialize_enum(name, variants, visitor),
            Kind::String => {
                let text = tape.str(self.id);
                if self.walk.memory.borrow().is_closed(visitor_type) && !variants.contains(&text) {
                    return self.instead(unknown())?.deserialize_enum(name, variants, visitor);
                }
                visitor.visit_enum(Variant { walk: self.walk, name: self.id, content: None }).map_err(
                    |halt| {
                        halt.meaning(|cause| match cause {
                            Cause::UnknownVariant { expected, .. } => {
                                if *expected == variants {
                                    self.walk.memory.borrow_mut().close(visitor_type);
                                }
                                Some(unknown())
                            }
                            Cause::Type { .. } => Some(unknown()),
                            _ => None,
                        })
                    },
                )
            }
            Kind::Object => {
                let mut members = tape.all_members(self.id);
                let count = tape.all_members(self.id).count();
                let (Some((key, content)), 1) = (members.next(), count) else {
                    return self.instead(unknown())?.deserialize_enum(name, variants, visitor);
                };
                let known =
                    !self.walk.memory.borrow().is_closed(visitor_type) || variants.contains(&tape.str(key));
                if !known {
                    return self.instead(unknown())?.deserialize_enum(name, variants, visitor);
                }
                if self.walk.is_last.get() {
                    self.walk.memory.borrow_mut().seen.contents.insert(self.id, content);
                }
                let variant = Variant { walk: self.walk, name: key, content: Some(content) };
                let result = self.walk.descend(|| visitor.visit_enum(variant));
                if matches!(result, Err(Halt::Settled)) && self.walk.has(content, Flag::SPENT) {
                    self.walk.memory.borrow_mut().give_up(self.id);
                }
                result.map_err(|halt| {
                    halt.meaning(|cause| match cause {
                        Cause::UnknownVariant { expected, .. } => {
                            if *expected == variants {
                                self.walk.memory.borrow_mut().close(visitor_type);
                            }
                            Some(unknown())
                        }
                        _ => None,
                    })
                })
            }
            _ => self.instead(unknown())?.deserialize_enum(name, variants, visitor),
        }
    }

    /// Only the tag of an internally tagged enum is asked for like this.
    fn deserialize_identifier<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        let this = self.one()?;
        this.walk.tag(this.id, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_unit()
    }
}
