//! What an error report is made of: what is wrong, where, and in which words.

mod detail;
mod kind;
mod loc;

pub use self::{
    detail::ErrorDetail,
    loc::{Loc, LocSegment},
};
pub(crate) use self::{
    kind::{CustomKind, ErrorKind, Limit, Raised},
    loc::OneLine,
};
