//! The numeric types of Rust and their limits.

use std::any::TypeId;

use crate::{report::ErrorKind, value::Number};

macro_rules! integer_types {
    ($($name:ident: $type:ident),* $(,)?) => {
        /// An integer type of Rust.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum IntegerType {
            $($name,)*
        }

        impl IntegerType {
            /// Returns the type with this name in Rust, which is also how serde's visitors for integers
            /// describe what they expect.
            pub(crate) fn of(name: &str) -> Option<Self> {
                match name {
                    $(stringify!($type) => Some(Self::$name),)*
                    _ => None,
                }
            }

            pub(crate) fn min(self) -> i128 {
                match self {
                    $(Self::$name => $type::MIN as i128,)*
                }
            }

            pub(crate) fn max(self) -> u128 {
                match self {
                    $(Self::$name => $type::MAX as u128,)*
                }
            }

            pub(crate) fn id(self) -> TypeId {
                match self {
                    $(Self::$name => TypeId::of::<$type>(),)*
                }
            }
        }
    };
}

integer_types! {
    I8: i8, I16: i16, I32: i32, I64: i64, I128: i128, Isize: isize,
    U8: u8, U16: u16, U32: u32, U64: u64, U128: u128, Usize: usize,
}

impl IntegerType {
    pub(crate) fn too_small(self) -> ErrorKind {
        ErrorKind::GreaterThanEqual { ge: Number::from(self.min()).into() }
    }

    pub(crate) fn too_large(self) -> ErrorKind {
        ErrorKind::LessThanEqual { le: Number::from(self.max()).into() }
    }
}

/// A floating-point type of Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FloatType {
    F32,
    F64,
}

impl FloatType {
    pub(crate) fn id(self) -> TypeId {
        match self {
            Self::F32 => TypeId::of::<f32>(),
            Self::F64 => TypeId::of::<f64>(),
        }
    }
}
