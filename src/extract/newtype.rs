//! Newtypes that a deserializer knows by their name.

use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, de::Visitor};

/// Implements a newtype that is read, written and checked as its content is.
macro_rules! impl_wrapper {
    ($wrapper:ident: $name:expr) => {
        impl<'de, T: ::serde::Deserialize<'de>> ::serde::Deserialize<'de> for $wrapper<T> {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::extract::newtype::deserialize_newtype($name, deserializer).map(Self)
            }
        }

        impl<T: ::serde::Serialize> ::serde::Serialize for $wrapper<T> {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl<T: $crate::rules::Rules> $crate::rules::Rules for $wrapper<T> {
            fn rules(&self, check: &mut $crate::rules::Check<'_>) {
                self.0.rules(check);
            }
        }
    };
}

pub(super) use impl_wrapper;

/// Reads the content of a newtype with this name.
pub(super) fn deserialize_newtype<'de, T, D>(name: &'static str, deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_newtype_struct(name, Content(PhantomData))
}

struct Content<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Content<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a newtype")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}
