//! Extractors that report every error at once, for plain `#[derive(Deserialize)]` types.
//!
//! They have the names and the usage of axum's extractors. Change the import, and a 422 lists every error
//! with pydantic's types, messages and values. Values that are valid by pydantic's lax rules are accepted.
//!
//! They also work without the [layer](crate::ErrorHandlingLayer). The layer is only needed for custom
//! exception handlers.
//!
//! An extractor that fails raises an [`Exception`](crate::Exception). To handle the failure in the handler
//! itself, extract `Result<Json<T>, Exception>`.
//!
//! See [FastAPI: Handling Errors](https://fastapi.tiangolo.com/tutorial/handling-errors/).
#![doc = ""]
#![doc = include_str!("../docs/optional.md")]

mod all;
mod body_cell;
mod content_type;
mod cookie;
mod extractor_context;
mod fast_path;
mod form;
pub(crate) mod handshake;
mod header;
mod impls;
mod json;
mod literal_names;
mod merged_errors;
mod newtype;
mod params;
mod path;
mod path_params;
mod query;
mod raw_body;
mod source_errors;
mod strings;
pub(crate) mod valid;
mod wrapped;

#[cfg(feature = "multipart")]
pub use self::form::{FileBytes, FileReader, UploadFile};
pub use self::{
    all::All,
    cookie::Cookie,
    form::{Form, FormLimits, Forms},
    header::Header,
    json::Json,
    literal_names::LiteralNames,
    params::Params,
    path::Path,
    query::Query,
    valid::Valid,
};
pub(crate) use self::{
    impls::{impl_extractors, impl_newtype, impl_valid},
    wrapped::{Wrapped, impl_for_forms},
};
