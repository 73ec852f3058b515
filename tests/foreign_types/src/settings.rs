//! The environment variables of a run.

use std::{
    env,
    time::{SystemTime, UNIX_EPOCH},
};

/// How much is tested, and with which random numbers.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `FOREIGN_SEED`. Otherwise each run has its own.
    pub seed: u64,
    /// `FOREIGN_CASES`: the documents with one error, and those with several, for each valid document.
    pub cases: usize,
    /// `FOREIGN_SHOW`: the examples printed for each class of imprecise reports.
    pub show: usize,
    /// `FOREIGN_ONLY`: the only crate that is measured.
    pub only: Option<String>,
}

impl Settings {
    /// Reads the environment.
    pub fn from_env() -> Self {
        let number = |name| env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
        let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_micros() as u64);
        Self {
            seed: number("FOREIGN_SEED").unwrap_or_else(now),
            cases: number("FOREIGN_CASES").unwrap_or(30) as usize,
            show: number("FOREIGN_SHOW").unwrap_or(0) as usize,
            only: env::var("FOREIGN_ONLY").ok(),
        }
    }
}
