//! The path of a valid document: `serde_json` reads it straight into its type.

use serde::de::DeserializeOwned;

use super::{types::RootShape, valid_prefix::ValidPrefix};

/// Reads a document that is valid as it is.
///
/// # Errors
///
/// Returns the part that is valid, if the document has errors or needs the lax rules.
pub(crate) fn fast_path<T: DeserializeOwned>(document: &[u8], is_strict: bool) -> Result<T, ValidPrefix> {
    if !is_strict && may_be_list(document) && matches!(RootShape::of::<T>(), RootShape::Struct(_)) {
        // `serde_json` would accept a list of the fields.
        return Err(ValidPrefix::default());
    }
    // `from_slice` does not validate the strings that the type ignores.
    let text = std::str::from_utf8(document).map_err(|_| ValidPrefix::default())?;
    serde_json::from_str(text).map_err(|error| ValidPrefix::before(&error, text))
}

/// Returns `true` if a document is a list, by its first character.
fn may_be_list(document: &[u8]) -> bool {
    document.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[')
}
