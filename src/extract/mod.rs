//! Extractors that report every mistake at once, from plain `#[derive(Deserialize)]` types.
//!
//! They are axum's by name and by use: change the import, and a 422 lists all that is wrong, with
//! pydantic's types, texts and values, by its lax rules. They work without the layer, too, which only
//! matters for handlers of the app's own.
//!
//! An extractor that fails raises an [`Exception`](crate::Exception); take `Result<Json<T>, Exception>` to
//! see it in the handler.

mod body;
mod json;

pub use self::json::Json;
