//! One binary for all integration tests, because linking takes most of the time.

// A panic is a failed test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::needless_pass_by_value, clippy::too_many_arguments, clippy::type_complexity)]

mod derived_rules;
mod error_detail;
mod error_order;
mod exception_status;
mod extract;
mod format;
mod handler_lookup;
mod http_error;
mod http_exception;
mod integrations;
mod layer;
mod logging;
mod parity;
mod parity_ws;
mod quickstart;
mod raise;
mod rejection;
mod response_headers;
mod rules;
mod support;
mod tcp;
mod traits;
mod translate;
mod ui;
mod valid;
mod ws;
