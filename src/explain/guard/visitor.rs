//! Guarded visitors, which refuse some lists and floats.

use std::{
    any::type_name,
    fmt::{self, Write as _},
    marker::PhantomData,
};

use serde::{
    Deserializer,
    de::{EnumAccess, Error, Expected, MapAccess, SeqAccess, Unexpected, Visitor},
};

use super::{Guard, Guarded, Watched};
use crate::explain::types::TAGGED_ENUM;

/// The lists that a visitor is not given.
pub(super) trait Lists {
    /// Returns `true` if a list is not for this visitor.
    fn are_refused<'de, V: Visitor<'de>>(visitor: &V) -> bool;
}

/// Gives every list to a visitor.
pub(super) struct AnyList;

impl Lists for AnyList {
    #[inline]
    fn are_refused<'de, V: Visitor<'de>>(_: &V) -> bool {
        false
    }
}

/// Gives no list to the visitor of a struct.
pub(super) struct NoList;

impl Lists for NoList {
    #[inline]
    fn are_refused<'de, V: Visitor<'de>>(_: &V) -> bool {
        true
    }
}

/// Gives a list to a visitor that accepts anything, but not to a tagged enum, which looks for its tag.
pub(super) struct NoTaggedList;

impl Lists for NoTaggedList {
    #[inline]
    fn are_refused<'de, V: Visitor<'de>>(visitor: &V) -> bool {
        makes_tuple::<V>() && is_tagged_enum(visitor)
    }
}

/// Returns `true` if a visitor makes a tuple, as that of a tagged enum does: the tag, and the content. The compiler knows
/// it, so no other visitor has to describe itself.
#[inline]
fn makes_tuple<'de, V: Visitor<'de>>() -> bool {
    type_name::<V::Value>().starts_with('(')
}

/// Returns `true` if a visitor describes itself as a tagged enum.
fn is_tagged_enum(visitor: &dyn Expected) -> bool {
    let mut prefix = Prefix { rest: TAGGED_ENUM };
    // The error says that the description begins otherwise.
    let _ = write!(prefix, "{visitor}");
    prefix.rest.is_empty()
}

/// The part of a beginning that is still to be written.
struct Prefix {
    rest: &'static str,
}

impl fmt::Write for Prefix {
    fn write_str(&mut self, written: &str) -> fmt::Result {
        if written.starts_with(self.rest) {
            self.rest = "";
            return Ok(());
        }
        self.rest = self.rest.strip_prefix(written).ok_or(fmt::Error)?;
        Ok(())
    }
}

/// A visitor whose parts are guarded.
pub(super) struct GuardedVisitor<V, L> {
    visitor: V,
    guard: Guard,
    lists: PhantomData<L>,
}

impl<V, L> GuardedVisitor<V, L> {
    #[inline]
    pub(super) fn new(visitor: V, guard: Guard) -> Self {
        Self { visitor, guard, lists: PhantomData }
    }
}

/// Implements the methods of `Visitor` for values without parts.
macro_rules! forward {
    ($($method:ident: $type:ty),* $(,)?) => {$(
        #[inline]
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.visitor.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>, L: Lists> Visitor<'de> for GuardedVisitor<V, L> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    forward! {
        visit_bool: bool,
        visit_i8: i8, visit_i16: i16, visit_i32: i32, visit_i64: i64, visit_i128: i128,
        visit_u8: u8, visit_u16: u16, visit_u32: u32, visit_u64: u64, visit_u128: u128,
        visit_f32: f32, visit_f64: f64,
        visit_char: char, visit_str: &str, visit_borrowed_str: &'de str, visit_string: String,
        visit_bytes: &[u8], visit_borrowed_bytes: &'de [u8], visit_byte_buf: Vec<u8>,
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_some(Guarded::new(deserializer, self.guard)).map_err(Watched::into_inner)
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit()
    }

    #[inline]
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_newtype_struct(Guarded::new(deserializer, self.guard)).map_err(Watched::into_inner)
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        if self.guard.refuses_lists && L::are_refused(&self.visitor) {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        self.visitor.visit_seq(Guarded::new(items, self.guard)).map_err(Watched::into_inner)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(Guarded::new(members, self.guard)).map_err(Watched::into_inner)
    }

    #[inline]
    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_enum(Guarded::new(variant, self.guard)).map_err(Watched::into_inner)
    }
}

/// A visitor for `f32`, which is given no float that becomes infinite.
pub(super) struct F32Visitor<V> {
    visitor: V,
    guard: Guard,
}

impl<V> F32Visitor<V> {
    #[inline]
    pub(super) fn new(visitor: V, guard: Guard) -> Self {
        Self { visitor, guard }
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for F32Visitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    forward! {
        visit_i64: i64, visit_u64: u64,
        visit_str: &str, visit_borrowed_str: &'de str, visit_string: String,
    }

    #[inline]
    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        #[allow(clippy::cast_possible_truncation)]
        let is_finite = (value as f32).is_finite();
        if self.guard.refuses_overflow && !is_finite {
            return Err(E::invalid_value(Unexpected::Float(value), &"a finite number"));
        }
        self.visitor.visit_f64(value)
    }
}
