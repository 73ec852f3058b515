//! The default response to an exception, and how it carries the exception to the layer.

mod raise;
pub(crate) mod reply;
mod translate;

pub(crate) use self::{
    raise::{Carried, Rejected, RespondedBy, rejected},
    translate::translate,
};
