//! Newtypes that a deserializer knows by their name.

/// Implements a newtype that is read, written and checked as its content is.
macro_rules! impl_wrapper {
    ($wrapper:ident: $name:expr) => {
        impl<'de, T: ::serde::Deserialize<'de>> ::serde::Deserialize<'de> for $wrapper<T> {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::explain::deserialize_newtype($name, deserializer).map(Self)
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
