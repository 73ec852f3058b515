//! Tables of cases: all rows are checked, and all failures are reported together.

use std::fmt::{Debug, Display};

/// Collects the rows that fail, and panics with all of them when it is dropped.
#[derive(Default)]
pub(crate) struct Table {
    failures: Vec<String>,
}

impl Table {
    /// Compares like `assert_eq!`, but goes on after a failure. `row` names the row.
    pub(crate) fn assert_eq<L: PartialEq<R> + Debug, R: Debug>(
        &mut self,
        row: impl Display,
        left: L,
        right: R,
    ) {
        if left != right {
            self.failures.push(format!("{row}\n  left:  {left:?}\n  right: {right:?}"));
        }
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        let Self { failures } = self;
        if failures.is_empty() {
            return;
        }
        let report = format!("{} rows failed:\n{}", failures.len(), failures.join("\n"));
        if std::thread::panicking() {
            eprintln!("{report}");
        } else {
            panic!("{report}");
        }
    }
}
