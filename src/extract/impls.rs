//! axum's traits for all extractors of this crate: one macro, which is a thin shim over `extract_with`.

use super::{Cookie, Form, Forms, Header, Json, LiteralNames, Params, Path, Query};
use crate::rules::NoRules;

/// Implements axum's traits for the extractors that read a value.
///
/// `impl_extractors!(NoRules)` is for the extractors themselves. `impl_extractors!(OwnRules, Valid: Rules)`
/// is for a wrapper around them, whose values have the bound `Rules`.
macro_rules! impl_extractors {
    ($validator:ty $(, $wrapper:ident: $($bound:tt)+)?) => {
        $crate::extract::impl_extractors!(@body [$validator] [$($wrapper)?] [$($($bound)+)?] Json);
        $crate::extract::impl_extractors!(@body [$validator] [$($wrapper)?] [$($($bound)+)?] Form);
        $crate::extract::impl_extractors!(@forms [$validator] [$($wrapper)?] [$($($bound)+)?] T1 T2);
        $crate::extract::impl_extractors!(@forms [$validator] [$($wrapper)?] [$($($bound)+)?] T1 T2 T3);
        $crate::extract::impl_extractors!(@forms [$validator] [$($wrapper)?] [$($($bound)+)?] T1 T2 T3 T4);
        $crate::extract::impl_extractors!(@forms [$validator] [$($wrapper)?] [$($($bound)+)?] T1 T2 T3 T4 T5);
        $crate::extract::impl_extractors!(@forms [$validator] [$($wrapper)?] [$($($bound)+)?] T1 T2 T3 T4 T5 T6);
        $crate::extract::impl_extractors!(@forms [$validator] [$($wrapper)?] [$($($bound)+)?] T1 T2 T3 T4 T5 T6 T7);
        $crate::extract::impl_extractors!(@forms [$validator] [$($wrapper)?] [$($($bound)+)?] T1 T2 T3 T4 T5 T6 T7 T8);
        $crate::extract::impl_extractors!(@path [$validator] [$($wrapper)?] [$($($bound)+)?]);
        $crate::extract::impl_extractors!(@parts [$validator] [$($wrapper)?] [$($($bound)+)?] Query);
        $crate::extract::impl_extractors!(@optional_parts [$validator] [$($wrapper)?] [$($($bound)+)?] Query);
        $crate::extract::impl_extractors!(@parts [$validator] [$($wrapper)?] [$($($bound)+)?] Header);
        $crate::extract::impl_extractors!(@optional_parts [$validator] [$($wrapper)?] [$($($bound)+)?] Header);
        $crate::extract::impl_extractors!(@parts [$validator] [$($wrapper)?] [$($($bound)+)?] Cookie);
        $crate::extract::impl_extractors!(@optional_parts [$validator] [$($wrapper)?] [$($($bound)+)?] Cookie);
    };

    (@type [] $extractor:ident) => { $crate::extract::$extractor<T> };
    (@type [$wrapper:ident] $extractor:ident) => { $wrapper<$crate::extract::$extractor<T>> };

    (@body [$validator:ty] [$($wrapper:ident)?] [$($bound:tt)*] $extractor:ident) => {
        impl<T, S> ::axum::extract::FromRequest<S>
            for $crate::extract::impl_extractors!(@type [$($wrapper)?] $extractor)
        where
            T: ::serde::de::DeserializeOwned + $($bound)*,
            S: Send + Sync,
        {
            type Rejection = $crate::exception::Exception;

            async fn from_request(
                request: ::axum::extract::Request,
                state: &S,
            ) -> $crate::exception::Result<Self> {
                let extracted = $crate::extract::$extractor::extract_with::<$validator, S>(request, state).await;
                extracted$(.map($wrapper))?
            }
        }

        impl<T, S> ::axum::extract::OptionalFromRequest<S>
            for $crate::extract::impl_extractors!(@type [$($wrapper)?] $extractor)
        where
            T: ::serde::de::DeserializeOwned + $($bound)*,
            S: Send + Sync,
        {
            type Rejection = $crate::exception::Exception;

            async fn from_request(
                request: ::axum::extract::Request,
                state: &S,
            ) -> $crate::exception::Result<Option<Self>> {
                let extracted =
                    $crate::extract::$extractor::extract_optional_with::<$validator, S>(request, state).await;
                extracted$(.map(|value| value.map($wrapper)))?
            }
        }
    };

    (@forms [$validator:ty] [$($wrapper:ident)?] $bound:tt $($model:ident)+) => {
        $crate::extract::impl_extractors!(
            @each [$validator] [$($wrapper)?] [$crate::extract::Forms<($($model,)+)>] [$($model,)+] $($model: $bound)+
        );
    };

    (@each [$validator:ty] [$($wrapper:ident)?] [$forms:ty] [$($parameter:ident,)+] $($model:ident: [$($bound:tt)*])+) => {
        impl<$($parameter,)+ S> ::axum::extract::FromRequest<S>
            for $crate::extract::impl_extractors!(@around [$($wrapper)?] $forms)
        where
            $($model: ::serde::de::DeserializeOwned + $($bound)*,)+
            S: Send + Sync,
        {
            type Rejection = $crate::exception::Exception;

            async fn from_request(
                request: ::axum::extract::Request,
                state: &S,
            ) -> $crate::exception::Result<Self> {
                let extracted = <$forms>::extract_with::<$validator, S>(request, state).await;
                extracted$(.map($wrapper))?
            }
        }
    };

    (@around [] $forms:ty) => { $forms };
    (@around [$wrapper:ident] $forms:ty) => { $wrapper<$forms> };

    (@path [$validator:ty] [$($wrapper:ident)?] [$($bound:tt)*]) => {
        impl<T, S> ::axum::extract::FromRequestParts<S>
            for $crate::extract::impl_extractors!(@type [$($wrapper)?] Path)
        where
            T: ::serde::de::DeserializeOwned + Send + $($bound)*,
            S: Send + Sync,
        {
            type Rejection = $crate::exception::Exception;

            async fn from_request_parts(
                parts: &mut ::axum::http::request::Parts,
                state: &S,
            ) -> $crate::exception::Result<Self> {
                let extracted = $crate::extract::Path::extract_with::<$validator, S>(parts, state).await;
                extracted$(.map($wrapper))?
            }
        }

        impl<T, S> ::axum::extract::OptionalFromRequestParts<S>
            for $crate::extract::impl_extractors!(@type [$($wrapper)?] Path)
        where
            T: ::serde::de::DeserializeOwned + Send + 'static + $($bound)*,
            S: Send + Sync,
        {
            type Rejection = $crate::exception::Exception;

            async fn from_request_parts(
                parts: &mut ::axum::http::request::Parts,
                state: &S,
            ) -> $crate::exception::Result<Option<Self>> {
                let extracted =
                    $crate::extract::Path::extract_optional_with::<$validator, S>(parts, state).await;
                extracted$(.map(|value| value.map($wrapper)))?
            }
        }
    };

    (@parts [$validator:ty] [$($wrapper:ident)?] [$($bound:tt)*] $extractor:ident) => {
        impl<T, S> ::axum::extract::FromRequestParts<S>
            for $crate::extract::impl_extractors!(@type [$($wrapper)?] $extractor)
        where
            T: ::serde::de::DeserializeOwned + $($bound)*,
            S: Send + Sync,
        {
            type Rejection = $crate::exception::Exception;

            async fn from_request_parts(
                parts: &mut ::axum::http::request::Parts,
                _: &S,
            ) -> $crate::exception::Result<Self> {
                $crate::extract::$extractor::extract_with::<$validator>(parts)$(.map($wrapper))?
            }
        }
    };

    (@optional_parts [$validator:ty] [$($wrapper:ident)?] [$($bound:tt)*] $extractor:ident) => {
        impl<T, S> ::axum::extract::OptionalFromRequestParts<S>
            for $crate::extract::impl_extractors!(@type [$($wrapper)?] $extractor)
        where
            T: ::serde::de::DeserializeOwned + $($bound)*,
            S: Send + Sync,
        {
            type Rejection = $crate::exception::Exception;

            async fn from_request_parts(
                parts: &mut ::axum::http::request::Parts,
                _: &S,
            ) -> $crate::exception::Result<Option<Self>> {
                let extracted = $crate::extract::$extractor::extract_optional_with::<$validator>(parts);
                extracted$(.map(|value| value.map($wrapper)))?
            }
        }
    };
}

/// Implements a wrapper with rules: for all extractors, and for JSON responses. `$has_rules` is the bound of the struct.
macro_rules! impl_valid {
    ($wrapper:ident: $has_rules:ident, $validator:ty: $($bound:tt)+) => {
        $crate::extract::impl_extractors!($validator, $wrapper: $($bound)+);
        $crate::extract::impl_for_forms!($has_rules: [$($bound)+]);
        $crate::extract::impl_newtype!(@one $wrapper, $crate::extract::Wrapped<Value: $has_rules>);

        impl<T> $has_rules for T where T: $($bound)+ {}

        impl<T> ::axum::response::IntoResponse for $wrapper<$crate::extract::Json<T>>
        where
            T: ::serde::Serialize + $($bound)+,
        {
            fn into_response(self) -> ::axum::response::Response {
                $crate::extract::valid::respond::<T, $validator>(self.0)
            }
        }
    };
}

/// Implements the conversions of a newtype from and to its content.
macro_rules! impl_newtype {
    ($($newtype:ident),*) => {$(
        $crate::extract::impl_newtype!(@one $newtype, Sized);
    )*};

    (@one $newtype:ident, $($bound:tt)+) => {
        impl<T> From<T> for $newtype<T>
        where
            T: $($bound)+,
        {
            fn from(value: T) -> Self {
                Self(value)
            }
        }

        impl<T> std::ops::Deref for $newtype<T>
        where
            T: $($bound)+,
        {
            type Target = T;

            fn deref(&self) -> &T {
                &self.0
            }
        }

        impl<T> std::ops::DerefMut for $newtype<T>
        where
            T: $($bound)+,
        {
            fn deref_mut(&mut self) -> &mut T {
                &mut self.0
            }
        }
    };
}

#[cfg_attr(not(any(feature = "garde_0_23", feature = "validator_0_21")), allow(unused_imports))]
pub(crate) use {impl_extractors, impl_newtype, impl_valid};

impl_extractors!(NoRules);
impl_newtype!(Cookie, Form, Forms, Header, Json, LiteralNames, Params, Path, Query);
