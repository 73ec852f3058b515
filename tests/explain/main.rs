//! explain, as its callers see it: documents in, lists of errors out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::needless_pass_by_value, clippy::type_complexity, clippy::semicolon_if_nothing_returned)]
#![allow(clippy::redundant_closure_for_method_calls)]

mod content;
mod enums;
mod growth;
mod in_full;
mod more;
mod named;
mod plant;
mod properties;
mod pydantic;
mod rows;
mod rules;
mod structs;
mod syntax;
mod texts;
mod users;
mod zoo;
