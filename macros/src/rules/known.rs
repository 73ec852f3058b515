//! The names of all rules, and the names that are similar to an unknown one.

/// The part behind the name of a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing: `ascii`.
    Name,
    /// A value: `ge = 1`.
    Value,
    /// Rules in parentheses, or a function: `each(ge = 1)`, `each = positive`.
    Rules,
}

/// The methods of `Field`, and the rules of a type.
const RULES: [(&str, Form); 20] = [
    ("ascii", Form::Name),
    ("custom", Form::Value),
    ("each", Form::Rules),
    ("each_key", Form::Rules),
    ("each_value", Form::Rules),
    ("email", Form::Name),
    ("finite", Form::Name),
    ("ge", Form::Value),
    ("gt", Form::Value),
    ("le", Form::Value),
    ("lt", Form::Value),
    ("max_length", Form::Value),
    ("min_length", Form::Value),
    ("multiple_of", Form::Value),
    ("nested", Form::Name),
    ("one_of", Form::Value),
    ("pattern", Form::Value),
    ("some", Form::Rules),
    ("url", Form::Name),
    ("whole", Form::Value),
];

/// The names of rules in other validation crates.
const OTHER_NAMES: [(&str, &[&str]); 12] = [
    ("equal", &["one_of"]),
    ("gte", &["ge"]),
    ("inner", &["each", "each_value"]),
    ("ip", &["custom"]),
    ("length", &["min_length", "max_length"]),
    ("lte", &["le"]),
    ("max", &["le", "max_length"]),
    ("min", &["ge", "min_length"]),
    ("must_match", &["whole"]),
    ("range", &["ge", "le"]),
    ("regex", &["pattern"]),
    ("schema", &["whole"]),
];

/// Returns what follows the name of a rule of a field, if there is a rule of that name.
pub(super) fn form(name: &str) -> Option<Form> {
    let rule = RULES.iter().find(|(rule, _)| *rule == name && !is_of_type(name));
    rule.map(|(_, form)| *form)
}

/// Returns whether the name is one of a type instead of a field.
pub(super) fn is_of_type(name: &str) -> bool {
    matches!(name, "whole" | "crate" | "bound")
}

/// Returns the message for an unknown rule.
pub(super) fn unknown(name: &str) -> String {
    let names = similar(name);
    let list = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => format!(
            "unknown rule `{name}`; the rules are the methods of `axum_exception::rules::Field`, such as `min_length` and `ge`"
        ),
        1 => format!("unknown rule `{name}`; a similar rule is {list}"),
        _ => format!("unknown rule `{name}`; similar rules are {list}"),
    }
}

/// Returns up to three names of rules, the most similar one first.
fn similar(name: &str) -> Vec<&'static str> {
    if let Some((_, names)) = OTHER_NAMES.iter().find(|(other, _)| *other == name) {
        return names.to_vec();
    }
    let mut names: Vec<(f64, &str)> =
        RULES.iter().map(|(rule, _)| (strsim::jaro_winkler(name, rule), *rule)).collect();
    names.retain(|(similarity, _)| *similarity > 0.75);
    names.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    names.into_iter().take(3).map(|(_, rule)| rule).collect()
}
