//! The parts of an error report: kinds of errors, locations, and the errors themselves.

mod choices;
mod detail;
mod kind;
mod loc;
mod pydantic;

pub(crate) use self::{
    choices::{Choices, Tags},
    detail::MAX_ERRORS,
    kind::{AppMessage, CustomKind, EmptyObject, ErrorKind, Limit, NestedErrors},
    loc::OneLine,
};
pub use self::{
    detail::ErrorDetail,
    loc::{Loc, LocSegment},
};
