//! One binary for all integration tests: linking is what takes the time.

// Here a panic is a failed test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::needless_pass_by_value, clippy::too_many_arguments, clippy::type_complexity)]

mod any_texts;
mod garde;
mod headers;
mod http_exception;
mod json;
mod log;
mod look_alikes;
mod lookup;
mod parity;
mod parity_ws;
mod quick;
mod quickstart;
mod raised;
mod rejection;
mod report;
mod rules;
mod status;
mod support;
mod texts;
mod traits;
mod ui;
mod valid;
mod validator;
mod wire;
mod ws;
