//! Every rule about the names of Rust types. The names come from [`std::any::type_name`], which promises
//! nothing about their form: a rule that no longer matches makes errors less exact, never wrong.

/// Returns `true` if a type is one of serde's own.
pub(super) fn is_serde(name: &str) -> bool {
    name.starts_with("serde::") || name.starts_with("serde_core::")
}

/// Returns `true` if a derive of serde made a type: those stand in an anonymous constant.
pub(super) fn is_derived(name: &str) -> bool {
    name.contains("::_::<impl ")
}

/// Returns `true` if a visitor collects values that are all alike.
pub(super) fn is_collection(name: &str) -> bool {
    is_serde(name) || ["indexmap::", "hashbrown::", "smallvec::"].iter().any(|krate| name.starts_with(krate))
}

/// Returns `true` if a value was made by a function that `#[serde(deserialize_with = …)]` names.
pub(crate) fn is_deserialized_with(name: &str) -> bool {
    name.ends_with("::__DeserializeWith") || name.contains("::__DeserializeWith<")
}

/// The smart pointers and options around a type that do not change how clients see it.
const WRAPPERS: [&str; 4] =
    ["core::option::Option<", "alloc::boxed::Box<", "alloc::rc::Rc<", "alloc::sync::Arc<"];

/// Returns the name of the type inside an option or a pointer.
pub(super) fn unwrapped(name: &str) -> Option<&str> {
    WRAPPERS.iter().find_map(|wrapper| name.strip_prefix(wrapper))
}

#[cfg(test)]
mod tests {
    use std::{any::type_name, collections::HashMap};

    use serde::{
        Deserialize, Deserializer,
        de::{Visitor, value::Error},
    };

    use super::*;

    /// A deserializer that returns the name of the visitor that asks it first.
    struct VisitorName<'a>(&'a mut &'static str);

    impl<'de> Deserializer<'de> for VisitorName<'_> {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
            *self.0 = type_name::<V>();
            Err(serde::de::Error::custom("only the name of the visitor is of interest"))
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
            unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
        }
    }

    fn visitor_of<T: for<'de> Deserialize<'de>>() -> &'static str {
        let mut name = "";
        assert!(T::deserialize(VisitorName(&mut name)).is_err());
        name
    }

    #[derive(Deserialize)]
    #[allow(dead_code)]
    struct Derived {
        #[serde(deserialize_with = "read")]
        id: u8,
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
        u8::deserialize(deserializer)
    }

    #[test]
    fn visitors_are_known_by_their_names() {
        let derived = visitor_of::<Derived>();
        assert!(is_derived(derived) && !is_serde(derived) && !is_collection(derived), "{derived}");
        for name in [
            visitor_of::<u8>(),
            visitor_of::<String>(),
            visitor_of::<Vec<u8>>(),
            visitor_of::<HashMap<String, u8>>(),
            visitor_of::<Option<u8>>(),
        ] {
            assert!(is_serde(name) && is_collection(name) && !is_derived(name), "{name}");
        }
        let indexed = visitor_of::<indexmap::IndexMap<String, u8>>();
        assert!(is_collection(indexed) && !is_serde(indexed), "{indexed}");
    }
}
