//! FastAPI's error handling for any Axum app.

mod detail;
mod kind;
mod loc;
mod value;

pub use self::{
    detail::ErrorDetail,
    loc::{Loc, LocSegment},
    value::{Map, Number, SerializeError, Value},
};
