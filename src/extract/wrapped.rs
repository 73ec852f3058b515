//! The extractors that a wrapper with rules accepts.

use super::{Cookie, Form, Forms, Header, Json, Path, Query};

/// An extractor that `Valid` wraps.
///
/// The bound is on the struct `Valid`, so that the compiler names the cause where the type is written, and not only
/// that a function is not a handler.
#[diagnostic::on_unimplemented(
    message = "`Valid` cannot wrap `{Self}`",
    note = "it wraps `Json`, `Form`, `Forms`, `Path`, `Query`, `Header` and `Cookie` of `axum_exception::extract`; \
            axum's extractors of these names are other types"
)]
pub trait Wrapped {
    /// The type of the value that has rules. `Forms` has several, and stands for all of them.
    type Value;
}

macro_rules! wrapped {
    ($($extractor:ident),*) => {$(
        impl<T> Wrapped for $extractor<T> {
            type Value = T;
        }
    )*};
}

wrapped!(Cookie, Form, Header, Json, Path, Query);

impl<T> Wrapped for Forms<T> {
    type Value = Self;
}

/// Implements a trait for all `Forms` whose models have a bound.
macro_rules! impl_for_forms {
    ($trait:ident: $bound:tt) => {
        $crate::extract::impl_for_forms!(@each $trait: $bound T1 T2);
        $crate::extract::impl_for_forms!(@each $trait: $bound T1 T2 T3);
        $crate::extract::impl_for_forms!(@each $trait: $bound T1 T2 T3 T4);
        $crate::extract::impl_for_forms!(@each $trait: $bound T1 T2 T3 T4 T5);
        $crate::extract::impl_for_forms!(@each $trait: $bound T1 T2 T3 T4 T5 T6);
        $crate::extract::impl_for_forms!(@each $trait: $bound T1 T2 T3 T4 T5 T6 T7);
        $crate::extract::impl_for_forms!(@each $trait: $bound T1 T2 T3 T4 T5 T6 T7 T8);
    };
    (@each $trait:ident: $bound:tt $($model:ident)+) => {
        $crate::extract::impl_for_forms!(@impl $trait [$($model,)+] $($model: $bound)+);
    };
    (@impl $trait:ident [$($parameter:ident,)+] $($model:ident: [$($bound:tt)+])+) => {
        impl<$($parameter),+> $trait for $crate::extract::Forms<($($parameter,)+)>
        where
            $($model: $($bound)+,)+
        {
        }
    };
}

pub(crate) use impl_for_forms;
