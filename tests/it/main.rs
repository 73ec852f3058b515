//! One binary for all integration tests: linking is what takes the time.

mod headers;
mod http_exception;
mod log;
mod lookup;
mod quickstart;
mod raised;
mod support;
mod traits;
mod ui;
mod wire;
