//! The engine `axum_exception::explain` on types that nobody wrote for it.
//!
//! Errors are planted into valid documents for types of published crates. The ground truth is that `serde_json`
//! alone refuses the document with just that error.
//!
//! `cargo test -p foreign-types`
//!
//! - `FOREIGN_SEED`: the seed of the random numbers. Otherwise each run has its own.
//! - `FOREIGN_CASES`: how many documents are made of each valid one, with one error and with several. Defaults to 30.
//! - `FOREIGN_SHOW`: how many examples of each class of imprecise reports are printed, with `-- --nocapture`.

pub mod bed;
pub mod displaced;
pub mod examples;
pub mod expectations;
pub mod judge;
pub mod measure;
pub mod mutation;
pub mod place;
pub mod random;
pub mod settings;
pub mod subject;
pub mod subjects;
pub mod tags;
pub mod tally;
pub mod trial;
