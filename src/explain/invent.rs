//! Stand-ins: values out of nothing for a result that nobody will see.
//!
//! They only have to be taken by the visitor that asks, so that the walk goes on behind it.

use serde::{
    Deserializer,
    de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor},
    forward_to_deserialize_any,
};

use super::{
    coerce::Scalar,
    halt::Halt,
    memory::RUNGS,
    walk::Walk,
    want::{BUFFER, Want, expectation},
};

/// How deep stand-ins may be nested in each other: a recursive type needs an end.
const MAX_DEPTH: u8 = 24;

/// A value out of nothing.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content {
    /// A string with an address of its own, to see who complains about it.
    Probe(usize),
    Text(&'static str),
    Integer,
    Float,
    Bool,
    Null,
    List,
    Object,
}

impl Content {
    /// What to offer to somebody who expects this.
    pub(super) fn expected(expectation: &str) -> Option<Self> {
        Some(match Want::of(expectation)? {
            Want::Bool => Self::Bool,
            Want::Integer(_) => Self::Integer,
            Want::Float => Self::Float,
            Want::Char => Self::Text("a"),
            Want::Null => Self::Null,
            Want::List | Want::Set | Want::Tuple => Self::List,
            Want::Map | Want::Struct => Self::Object,
            want => Self::Text(text_for(want)),
        })
    }
}

impl Content {
    /// The same as a value for a place in the document, unless that would need something inside.
    pub(super) fn scalar<'t>(expectation: &str) -> Option<Scalar<'t>> {
        if Want::of(expectation) == Some(Want::Map) {
            return Some(Scalar::EmptyMap);
        }
        Some(match Self::expected(expectation)? {
            Self::Text(text) => Scalar::String(text),
            // Numbers that no client sends, so that a complaint about them is told apart.
            Self::Integer => Scalar::Unsigned(TELLING),
            Self::Float => Scalar::Float(113.125),
            Self::Bool => Scalar::Bool(false),
            Self::Null => Scalar::Null,
            Self::List => Scalar::EmptyList,
            Self::Probe(_) | Self::Object => return None,
        })
    }
}

/// A number that fits into every type and that hardly a client sends.
pub(super) const TELLING: u64 = 113;

/// What a visitor that takes anything is offered, as far as its complaints told.
#[derive(Debug, Default)]
pub(super) struct Recipe {
    pub(super) whole: Option<Content>,
    /// The members, if it is an object.
    pub(super) members: Vec<(&'static str, Content)>,
}

impl Recipe {
    /// Says what a member should be; whether that is news.
    pub(super) fn set(&mut self, number: usize, content: Content) -> bool {
        match self.members.get_mut(number) {
            Some((_, known)) if matches!(known, Content::Probe(_)) => {
                *known = content;
                true
            }
            _ => false,
        }
    }
}

/// The text behind all probes: each is one byte of it, at an address of its own.
static PROBES: &str = match std::str::from_utf8(&[b'?'; 1024]) {
    Ok(text) => text,
    Err(_) => "",
};

/// Where the probes of members in recipes start; those before are for members of the document.
pub(super) const RECIPE_PROBES: usize = 256;

/// Where the probes that mark values of the document start.
pub(super) const MARK_PROBES: usize = 512;

pub(super) fn probe(number: usize) -> &'static str {
    PROBES.get(number..=number).unwrap_or_default()
}

/// Which probe a text is.
pub(super) fn probe_at(address: usize) -> Option<usize> {
    address.checked_sub(PROBES.as_ptr() as usize).filter(|&number| number < PROBES.len())
}

fn text_for(want: Want) -> &'static str {
    match want {
        Want::Uuid => "67e55044-10b1-426f-9247-bb680e5fe0c8",
        Want::Url => "http://localhost/",
        Want::IpV4 | Want::Ip => "127.0.0.1",
        Want::IpV6 => "::1",
        Want::Date => "2000-01-01",
        Want::Time => "00:00:00",
        Want::Datetime => "2000-01-01T00:00:00Z",
        _ => "",
    }
}

/// Texts that this or that type reads.
const TEXTS: [&str; RUNGS as usize] = [
    "",
    "a",
    "1",
    "user@example.com",
    "67e55044-10b1-426f-9247-bb680e5fe0c8",
    "2000-01-01T00:00:00Z",
    "2000-01-01",
    "2000-01-01T00:00:00",
    "00:00:00",
    "http://localhost/",
    "127.0.0.1",
    "::1",
    "password1A!",
    "2000-01-01 00:00:00.0 +00:00:00",
];

const INTEGERS: [u64; RUNGS as usize] = [0, 1, 2, 3, 18, 10, 7, 50, 5, 100, 64, 1000, 2024, 2000];

/// The deserializer of nothing.
#[derive(Clone, Copy)]
pub(super) struct Invented<'w, 't> {
    pub(super) walk: &'w Walk<'t>,
    /// Which of the stand-ins of a kind.
    pub(super) rung: u8,
    pub(super) depth: u8,
    /// What to give to a visitor that takes anything.
    pub(super) offered: Option<Content>,
    /// Whether that stands for itself, not for what its slot turns out to need.
    pub(super) direct: bool,
}

impl<'w, 't> Invented<'w, 't> {
    fn text(self) -> &'static str {
        TEXTS.get(usize::from(self.plain_rung())).copied().unwrap_or_default()
    }

    fn integer(self) -> u64 {
        INTEGERS.get(usize::from(self.plain_rung())).copied().unwrap_or_default()
    }

    /// The rung for what is no container: where any will do, another one for the counter-check.
    fn plain_rung(self) -> u8 {
        if self.rung == 0 { self.walk.counter_check.get().min(1) } else { self.rung }
    }

    fn deeper(self) -> Result<Self, Halt> {
        if self.depth >= MAX_DEPTH {
            return Err(self.walk.refuse());
        }
        Ok(Self { depth: self.depth + 1, offered: None, direct: false, ..self })
    }

    /// On every second rung no two siblings are alike: whoever wants one below the other gets that.
    fn next_sibling(self) -> Self {
        let last = RUNGS - 1;
        Self { rung: if self.rung % 2 == 1 && self.rung < last { self.rung + 2 } else { self.rung }, ..self }
    }

    fn content<V: Visitor<'t>>(self, content: Content, visitor: V) -> Result<V::Value, Halt> {
        match content {
            Content::Probe(number) => visitor.visit_borrowed_str(probe(number)),
            Content::Text(text) => visitor.visit_borrowed_str(text),
            Content::Integer if self.rung == 0 => visitor.visit_u64(TELLING),
            Content::Integer => visitor.visit_u64(self.integer()),
            Content::Float => visitor.visit_f64(0.0),
            Content::Bool => visitor.visit_bool(false),
            Content::Null => visitor.visit_unit(),
            Content::List => visitor.visit_seq(Nothing),
            Content::Object => visitor.visit_map(Nothing),
        }
    }

    /// An object of the members that the type in this slot is known to need.
    fn recipe<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        let members = self.walk.recipe_members();
        let deeper = self.deeper()?;
        visitor.visit_map(Members { parent: deeper, names: members.into_iter(), next: None })
    }
}

macro_rules! numbers {
    ($($method:ident => $visit:ident: $number:ty),*) => {$(
        fn $method<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
            #[allow(clippy::cast_possible_truncation, clippy::cast_lossless, clippy::cast_precision_loss)]
            visitor.$visit(self.integer() as $number)
        }
    )*};
}

impl<'t> Deserializer<'t> for Invented<'_, 't> {
    type Error = Halt;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.walk.take_anything();
        if expectation(&visitor) == BUFFER {
            self.walk.ignored.set(true);
        }
        if let Some(content) = self.offered.filter(|_| self.direct) {
            return self.content(content, visitor);
        }
        if let Some((whole, has_members)) = self.walk.recipe() {
            return match whole {
                Some(Content::Object) | None if has_members => self.recipe(visitor),
                Some(content) => self.content(content, visitor),
                None => self.content(Content::Object, visitor),
            };
        }
        if let Some(content) = self.offered {
            return self.content(content, visitor);
        }
        const ANYTHING: [Content; 8] = [
            Content::Object,
            Content::Text("a"),
            Content::Integer,
            Content::Null,
            Content::Bool,
            Content::List,
            Content::Float,
            Content::Text(""),
        ];
        let expected = Content::expected(&expectation(&visitor)).filter(|_| self.rung == 0);
        let content = expected.or_else(|| ANYTHING.get(usize::from(self.rung)).copied());
        self.content(content.unwrap_or(Content::Text(self.text())), visitor)
    }

    numbers! {
        deserialize_i8 => visit_u64: u64, deserialize_i16 => visit_u64: u64, deserialize_i32 => visit_u64: u64,
        deserialize_i64 => visit_u64: u64, deserialize_u8 => visit_u64: u64, deserialize_u16 => visit_u64: u64,
        deserialize_u32 => visit_u64: u64, deserialize_u64 => visit_u64: u64,
        deserialize_i128 => visit_i128: i128, deserialize_u128 => visit_u128: u128,
        deserialize_f32 => visit_f64: f64, deserialize_f64 => visit_f64: f64
    }

    fn deserialize_bool<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_bool(self.plain_rung() % 2 == 1)
    }

    fn deserialize_char<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_char('a')
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        if let Some(content @ (Content::Probe(_) | Content::Text(_))) = self.offered {
            return self.content(content, visitor);
        }
        let known = Want::of(&expectation(&visitor)).map(text_for).filter(|text| !text.is_empty());
        let text = known.filter(|_| self.rung == 0).unwrap_or_else(|| self.text());
        visitor.visit_borrowed_str(text)
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_borrowed_bytes(self.text().as_bytes())
    }

    fn deserialize_byte_buf<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        if self.rung == 0 || self.rung >= RUNGS {
            visitor.visit_none()
        } else {
            visitor.visit_some(self.deeper()?)
        }
    }

    fn deserialize_unit<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'t>>(self, _: &'static str, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Halt> {
        if name == super::raw::NAME {
            return super::raw::visit("null".to_owned(), visitor);
        }
        // The same place, so what is known about it stays known.
        let inner = Self { offered: self.offered, direct: self.direct, ..self.deeper()? };
        visitor.visit_newtype_struct(inner)
    }

    fn deserialize_seq<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        if self.rung == 0 {
            return visitor.visit_seq(Nothing);
        }
        visitor.visit_seq(Items { parent: self.deeper()?, left: 1 })
    }

    fn deserialize_tuple<V: Visitor<'t>>(self, length: usize, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_seq(Items { parent: self.deeper()?, left: length })
    }

    fn deserialize_tuple_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Halt> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.recipe(visitor)
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Halt> {
        let parent = self.deeper()?;
        let visitor_type = typeid::of::<V>();
        let names = self.walk.fields_to_invent(visitor_type, fields);
        let result = visitor.visit_map(Members { parent, names: names.into_iter(), next: None });
        result.map_err(|halt| self.walk.settle_invented_struct(visitor_type, halt))
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Halt> {
        let parent = self.deeper()?;
        self.walk.asked_enum.set(true);
        let visitor_type = typeid::of::<V>();
        // A type that is being invented already takes its next variant, or it would never end.
        let invented = &self.walk.invented_variants;
        invented.set(invented.get().max(variants.len()));
        let round = usize::from(self.walk.counter_check.get());
        let place = usize::from(self.rung) + round + self.walk.begin_enum(visitor_type);
        let variant = variants.get(place % variants.len().max(1)).copied().unwrap_or_default();
        let result = visitor.visit_enum(Variant { parent, variant });
        self.walk.end_enum();
        result
    }

    fn deserialize_identifier<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.deserialize_any(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.walk.ignored.set(true);
        visitor.visit_unit()
    }
}

/// An empty list or object.
pub(super) struct Nothing;

impl<'t> SeqAccess<'t> for Nothing {
    type Error = Halt;

    fn next_element_seed<S: DeserializeSeed<'t>>(&mut self, _: S) -> Result<Option<S::Value>, Halt> {
        Ok(None)
    }
}

impl<'t> MapAccess<'t> for Nothing {
    type Error = Halt;

    fn next_key_seed<S: DeserializeSeed<'t>>(&mut self, _: S) -> Result<Option<S::Value>, Halt> {
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Halt> {
        seed.deserialize(Text(""))
    }
}

struct Items<'w, 't> {
    parent: Invented<'w, 't>,
    left: usize,
}

impl<'t> SeqAccess<'t> for Items<'_, 't> {
    type Error = Halt;

    fn next_element_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, Halt> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        let parent = self.parent;
        self.parent = parent.next_sibling();
        parent.walk.invented(parent, seed).map(Some)
    }
}

/// Members with their names and, where something is known, their contents.
struct Members<'w, 't> {
    parent: Invented<'w, 't>,
    names: std::vec::IntoIter<(&'static str, Option<Content>)>,
    next: Option<Content>,
}

impl<'t> MapAccess<'t> for Members<'_, 't> {
    type Error = Halt;

    fn next_key_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, Halt> {
        let Some((name, content)) = self.names.next() else {
            return Ok(None);
        };
        self.next = content;
        seed.deserialize(Text(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Halt> {
        match self.next.take() {
            Some(content) => {
                seed.deserialize(Invented { offered: Some(content), direct: true, ..self.parent })
            }
            None => {
                let parent = self.parent;
                self.parent = parent.next_sibling();
                parent.walk.invented(parent, seed)
            }
        }
    }
}

struct Variant<'w, 't> {
    parent: Invented<'w, 't>,
    variant: &'static str,
}

impl<'t> EnumAccess<'t> for Variant<'_, 't> {
    type Error = Halt;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'t>>(self, seed: S) -> Result<(S::Value, Self), Halt> {
        let value = seed.deserialize(Text(self.variant))?;
        Ok((value, self))
    }
}

impl<'t> VariantAccess<'t> for Variant<'_, 't> {
    type Error = Halt;

    fn unit_variant(self) -> Result<(), Halt> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'t>>(self, seed: S) -> Result<S::Value, Halt> {
        self.parent.walk.invented(self.parent, seed)
    }

    fn tuple_variant<V: Visitor<'t>>(self, length: usize, visitor: V) -> Result<V::Value, Halt> {
        self.parent.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'t>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Halt> {
        self.parent.deserialize_struct("", fields, visitor)
    }
}

/// A name.
pub(super) struct Text(pub(super) &'static str);

impl<'t> Deserializer<'t> for Text {
    type Error = Halt;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_borrowed_str(self.0)
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
