//! `serde_json::value::RawValue`, which its own deserializer passes under a name agreed between the two.

use serde::de::{Visitor, value::MapDeserializer};

use super::halt::Halt;

pub(super) const NAME: &str = "$serde_json::private::RawValue";

/// Gives a visitor that asked under that name a text of JSON.
pub(super) fn visit<'de, V: Visitor<'de>>(json: String, visitor: V) -> Result<V::Value, Halt> {
    visitor.visit_map(MapDeserializer::new(std::iter::once((NAME, json))))
}
