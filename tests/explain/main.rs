//! explain, as its callers see it: documents in, lists of errors out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod content;
mod enums;
mod growth;
mod more;
mod plant;
mod properties;
mod pydantic;
mod rows;
mod structs;
mod syntax;
mod texts;
mod users;
mod zoo;
