//! Numbers of `serde_json` with its feature `arbitrary_precision`, which the app or a dependency may turn on.

/// The name of the struct, and of its only field, as which `serde_json` passes the digits of a number.
pub(crate) const JSON_NUMBER: &str = "$serde_json::private::Number";

/// Returns `true` if `serde_json` keeps the digits of numbers.
pub(crate) fn keeps_digits() -> bool {
    // Otherwise it is a negative zero, which is a float.
    "-0".parse().is_ok_and(|number: serde_json::Number| !number.is_f64())
}
