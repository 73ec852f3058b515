//! Extractors that report every mistake at once, from plain `#[derive(Deserialize)]` types.
//!
//! They are axum's by name and by use: change the import, and a 422 lists all that is wrong, with
//! pydantic's types, texts and values, by its lax rules. They work without the layer, too, which only
//! matters for handlers of the app's own.
//!
//! An extractor that fails raises an [`Exception`](crate::Exception); take `Result<Json<T>, Exception>` to
//! see it in the handler.

macro_rules! wrapper {
    ($($wrapper:ident),*) => {$(
        impl<T> From<T> for $wrapper<T> {
            fn from(value: T) -> Self {
                Self(value)
            }
        }

        impl<T> std::ops::Deref for $wrapper<T> {
            type Target = T;

            fn deref(&self) -> &T {
                &self.0
            }
        }

        impl<T> std::ops::DerefMut for $wrapper<T> {
            fn deref_mut(&mut self) -> &mut T {
                &mut self.0
            }
        }
    )*};
}

mod all;
mod body;
mod cookie;
mod fields;
mod form;
pub(crate) mod handshake;
mod header;
mod json;
mod multipart;
mod path;
mod query;
mod quick;
mod refusal;
mod texts;
pub(crate) mod valid;

pub use self::{
    all::All, cookie::Cookie, form::Form, header::Header, json::Json, path::Path, query::Query, valid::Valid,
};

wrapper!(Cookie, Form, Header, Json, Path, Query, Valid);

#[cfg(any(feature = "garde", feature = "validator"))]
pub(crate) use wrapper;
