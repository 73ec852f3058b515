//! Checks of one document of one type.

use axum_exception::explain::{Error, Explain};
use serde::de::DeserializeOwned;

/// Returns the errors of a document as (loc, type).
pub(crate) fn errors<T: DeserializeOwned>(
    explain: &Explain,
    document: &str,
) -> Result<T, Vec<(String, String)>> {
    match explain.json::<T>(document.as_bytes()) {
        Ok(value) => Ok(value),
        Err(Error::Report(report)) => {
            let errors = report.errors();
            let mut written = Vec::new();
            report.write_json(&mut written);
            let values: Vec<String> = errors.iter().map(axum_exception::ErrorDetail::to_json).collect();
            assert_eq!(String::from_utf8(written).unwrap(), format!("[{}]", values.join(",")));
            Err(errors.iter().map(|error| (error.loc().to_string(), error.kind().to_owned())).collect())
        }
        Err(other) => panic!("{other}"),
    }
}

/// Checks that exactly these errors are reported, in this order, as (loc, type).
#[track_caller]
pub(crate) fn rejects<T: DeserializeOwned>(document: &str, expected: &[(&str, &str)]) {
    let found =
        errors::<T>(&Explain::new(), document).err().unwrap_or_else(|| panic!("accepted: {document}"));
    let found: Vec<(&str, &str)> = found.iter().map(|(loc, kind)| (loc.as_str(), kind.as_str())).collect();
    assert_eq!(found, expected, "{document}");
}

/// Checks the whole report, as FastAPI serializes it.
#[track_caller]
pub(crate) fn writes<T: DeserializeOwned>(document: &str, expected: &str) {
    let Err(Error::Report(report)) = Explain::new().json::<T>(document.as_bytes()) else {
        panic!("accepted: {document}");
    };
    let mut written = Vec::new();
    report.write_json(&mut written);
    assert_eq!(String::from_utf8(written).unwrap(), expected, "{document}");
}

/// Checks that the document is accepted, and the `Debug` output of its value.
#[track_caller]
pub(crate) fn accepts<T: DeserializeOwned + std::fmt::Debug>(document: &str, expected: &str) {
    match errors::<T>(&Explain::new(), document) {
        Ok(value) => assert_eq!(format!("{value:?}"), expected, "{document}"),
        Err(errors) => panic!("{document}: {errors:?}"),
    }
}
