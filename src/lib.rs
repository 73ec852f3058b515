//! FastAPI's error handling for any Axum app.

mod detail;
pub mod explain;
mod json;
mod kind;
mod loc;
mod value;

pub use self::{
    detail::ErrorDetail,
    loc::{Loc, LocSegment},
    value::{Map, Number, SerializeError, Value},
};
