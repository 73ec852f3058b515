//! Changes that make another value wrong than the changed one.

use serde_json::Value;

use crate::mutation::{Change, Mutation};

/// Returns whether `serde_json` complains about a value that is not part of the change.
///
/// The first item of a list may decide how the rest is read: after `[1, 2]` became `[[], 2]`, the number is wrong.
pub fn is_displaced(mutation: &Mutation, reason: &str) -> bool {
    let found = reason.strip_prefix("invalid type: ").and_then(|reason| reason.split_once(", expected "));
    let Some((found, _)) = found.filter(|(found, _)| is_of_json(found)) else { return false };
    match &mutation.change {
        Change::Replace(value) | Change::Add(value) => !describes(found, value),
        Change::Remove => true,
    }
}

/// Returns whether the words are those for a value of JSON.
fn is_of_json(found: &str) -> bool {
    let starts = ["integer `", "floating point `", "boolean `", "string \""];
    ["sequence", "map", "null", "unit value"].contains(&found)
        || starts.iter().any(|start| found.starts_with(start))
}

/// Returns whether the words describe a value, or one inside it.
fn describes(found: &str, value: &Value) -> bool {
    match value {
        Value::Array(items) => found == "sequence" || items.iter().any(|item| describes(found, item)),
        Value::Object(members) => found == "map" || members.values().any(|member| describes(found, member)),
        Value::String(string) => found == format!("string {string:?}"),
        Value::Bool(boolean) => found == format!("boolean `{boolean}`"),
        Value::Number(number) => {
            let digits = found.split('`').nth(1).and_then(|digits| digits.parse::<f64>().ok());
            digits.is_some() && digits == number.as_f64()
        }
        Value::Null => found == "null" || found == "unit value",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::place::Place;

    #[test]
    fn complaints_about_other_values_are_displaced() {
        let put = |value| Mutation { place: Place::default(), change: Change::Replace(value) };
        let reason = "invalid type: floating point `4.5`, expected a sequence at line 1 column 9";
        assert!(is_displaced(&put(json!([])), reason));
        assert!(is_displaced(&put(json!([1.5])), reason));
        assert!(!is_displaced(&put(json!([4.5])), reason));
        assert!(is_displaced(&put(json!(1)), "invalid type: sequence, expected f64"));
        assert!(!is_displaced(&put(json!(1)), "invalid value: integer `2`, expected a nonzero u8"));
        assert!(!is_displaced(&put(json!(null)), "invalid type: null, expected a string"));
    }
}
