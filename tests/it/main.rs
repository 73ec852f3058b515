//! One binary for all integration tests: linking is what takes the time.

mod headers;
mod http_exception;
mod log;
mod look_alikes;
mod lookup;
mod quickstart;
mod raised;
mod rejection;
mod support;
mod traits;
mod ui;
mod wire;
