//! The path of a valid document: `serde_json` reads it straight into its type.

use serde::de::DeserializeOwned;

use super::{guard::Guard, recovery::watch, valid_prefix::ValidPrefix};

/// Reads a document that is valid as it is.
///
/// # Errors
///
/// Returns the part that is valid, if the document has errors or needs the lax rules.
pub(crate) fn fast_path<T: DeserializeOwned>(document: &[u8], guard: Guard) -> Result<T, ValidPrefix> {
    // `from_slice` does not validate the strings that the type ignores.
    let text = std::str::from_utf8(document).map_err(|_| ValidPrefix::default())?;
    match watch(|| guard.read(text)) {
        // The type has recovered from an error that is none by the lax rules, so they may make another value of it.
        (Ok(_), true) if guard.is_lax => Err(ValidPrefix::default()),
        (Ok(value), _) => Ok(value),
        (Err(error), _) => Err(ValidPrefix::before(&error, text)),
    }
}
