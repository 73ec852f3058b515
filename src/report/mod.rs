//! What an error report is made of: what is wrong, where, and in which words.

mod choices;
mod detail;
mod kind;
mod loc;

pub(crate) use self::{
    choices::{Choices, Tags},
    detail::MAX_ERRORS,
    kind::{AppMessage, CustomKind, ErrorKind, Limit},
    loc::OneLine,
};
pub use self::{
    detail::ErrorDetail,
    loc::{Loc, LocSegment},
};
