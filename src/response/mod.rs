//! From an exception to its default response.

mod raise;
pub(crate) mod reply;

pub(crate) use self::raise::{Carried, Rejected, rejected};
