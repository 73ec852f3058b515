//! How well the errors in the types of each crate have to be found.

use crate::tally::Tally;

/// The least that a crate's counts must show, in percent.
#[derive(Clone, Copy, Debug)]
pub struct Expectation {
    pub group: &'static str,
    /// Of what is reported, is right.
    pub precision: f64,
    /// Of single errors, are named exactly.
    pub single: f64,
    /// Of several errors in a document, are named exactly.
    pub several: f64,
    /// Of several errors in a document, may be missed.
    pub missed: f64,
}

/// What every crate should show.
const GOAL: Expectation =
    Expectation { group: "", precision: 100.0, single: 97.0, several: 95.0, missed: 0.5 };

/// What every crate shows, less some points for the luck of the seed. Whatever differs from `GOAL` is not reached yet.
pub const EXPECTATIONS: [Expectation; 12] = [
    Expectation { group: "async-openai", missed: 2.0, ..GOAL },
    Expectation { group: "cargo_metadata", missed: 2.0, ..GOAL },
    // Its conversions read a document of their own.
    Expectation { group: "cargo_toml", single: 91.0, several: 93.0, missed: 2.0, ..GOAL },
    Expectation { group: "docker-compose-types", single: 86.0, several: 90.0, missed: 2.0, ..GOAL },
    // The type of the first item decides how the others are read.
    Expectation { group: "geojson", single: 93.0, several: 62.0, missed: 35.0, ..GOAL },
    Expectation { group: "json-patch", missed: 2.0, ..GOAL },
    Expectation { group: "jsonwebtoken", missed: 2.0, ..GOAL },
    Expectation { group: "lsp-types", single: 93.0, missed: 2.0, ..GOAL },
    Expectation { group: "mcp-schema", missed: 2.0, ..GOAL },
    // Untagged enums that are flattened into a struct.
    Expectation { group: "okapi", single: 87.0, several: 74.0, missed: 5.0, ..GOAL },
    // Most of its types read a `serde_json::Value` first.
    Expectation { group: "openapiv3", single: 82.0, several: 53.0, missed: 4.0, ..GOAL },
    Expectation { group: "twilight-model", single: 94.0, several: 93.0, missed: 4.0, ..GOAL },
];

impl Expectation {
    /// Returns what a crate's counts do not show.
    pub fn failures(&self, tally: &Tally) -> Vec<String> {
        let mut failures = Vec::new();
        let mut expect = |is_met: bool, failure: String| {
            if !is_met {
                failures.push(format!("{}: {failure}", self.group));
            }
        };
        let (precision, single, several) =
            (tally.precision(), tally.single.exact_percent(), tally.several.exact_percent());
        let missed = tally.several.missed_percent();
        expect(precision >= self.precision, format!("precision {precision:.2} %, not {} %", self.precision));
        expect(single >= self.single, format!("single errors exact {single:.1} %, not {} %", self.single));
        expect(
            several >= self.several,
            format!("several errors exact {several:.1} %, not {} %", self.several),
        );
        expect(missed <= self.missed, format!("missed {missed:.1} %, not at most {} %", self.missed));
        let plain = tally.plain_missed;
        expect(plain == 0, format!("{plain} errors missed in plain derives"));
        failures
    }
}
