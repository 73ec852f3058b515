//! The names by which pydantic calls the members of a union in a `loc`.

use super::Expected;

/// Returns pydantic's name for a member of a union, by what its visitor expects.
///
/// A model is called by its name, and anything else by its Python type: `Cat`, `int`, `list`. What is in a list
/// cannot be known, so `list[int]` is `list`.
pub(crate) fn union_label(expected: &str) -> String {
    const NAMED: [&str; 10] = [
        "struct variant ",
        "tuple variant ",
        "newtype variant ",
        "struct ",
        "tuple struct ",
        "internally tagged enum ",
        "adjacently tagged enum ",
        "untagged enum ",
        "enum ",
        "unit struct ",
    ];
    if let Some(name) = NAMED.iter().find_map(|prefix| expected.strip_prefix(prefix)) {
        return name.rsplit("::").next().unwrap_or(name).to_owned();
    }
    let name = match Expected::of(expected) {
        Some(Expected::Integer(_)) => "int",
        Some(Expected::Bool) => "bool",
        Some(Expected::Float) => "float",
        Some(Expected::String | Expected::Char) => "str",
        Some(Expected::Bytes) => "bytes",
        Some(Expected::Null) => "none",
        Some(Expected::List) => "list",
        Some(Expected::Set) => "set",
        Some(Expected::Tuple) => "tuple",
        Some(Expected::Map) => "dict",
        Some(Expected::Uuid) => "uuid",
        Some(Expected::Url) => "url",
        Some(Expected::Date) => "date",
        Some(Expected::Time) => "time",
        Some(Expected::Datetime) => "datetime",
        Some(Expected::Duration) => "timedelta",
        Some(Expected::Decimal) => "decimal",
        Some(Expected::Json) => "json",
        Some(Expected::File) => "function-plain[_validate()]",
        Some(Expected::IpV4 | Expected::IpV6 | Expected::Ip | Expected::Struct) | None => match expected {
            "string or map" => "enum",
            _ if expected.starts_with("unit variant ") => "none",
            _ => expected,
        },
    };
    name.to_owned()
}
