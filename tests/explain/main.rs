//! `explain` through its public API.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::needless_pass_by_value, clippy::type_complexity, clippy::semicolon_if_nothing_returned)]
#![allow(clippy::redundant_closure_for_method_calls)]

mod buffered;
mod containers;
mod conversions;
mod custom_impls;
mod dates_and_decimals;
mod engine_only;
mod enums;
mod field_options;
mod flatten;
mod generate;
mod growth;
mod json_syntax;
mod lists;
mod numbers;
mod pair_properties;
mod pairs;
mod placement;
mod properties;
mod pydantic;
mod rows;
mod rules;
mod structs;
#[path = "../it/support/table.rs"]
mod table;
mod types;
mod unions;
mod well_known_types;
