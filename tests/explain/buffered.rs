//! Errors in content that serde buffers: flattened maps, tagged enums and their combinations.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::{
    rows::{accepts, rejects},
    types::Email,
};

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Extra {
    id: i32,
    #[serde(flatten)]
    rest: BTreeMap<String, i32>,
}

#[test]
fn errors_in_a_flattened_map() {
    rejects::<Extra>(
        r#"{"id":"x","a":"x","b":"5","c":null,"d":1.5}"#,
        &[
            ("body.id", "int_parsing"),
            ("body.a", "int_parsing"),
            ("body.c", "int_type"),
            ("body.d", "int_from_float"),
        ],
    );
    accepts::<Extra>(r#"{"id":"1","a":"5","b":true}"#, r#"Extra { id: 1, rest: {"a": 5, "b": 1} }"#);
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(dead_code)]
enum Event {
    A {
        x: i32,
        when: chrono::NaiveDate,
    },
    B {
        items: Vec<Item>,
        m: HashMap<String, u8>,
    },
    C(HashMap<String, i32>),
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Item {
    n: i32,
    s: String,
}

#[test]
fn errors_below_an_internal_tag() {
    rejects::<Event>(
        r#"{"kind":"a","when":5}"#,
        &[("body.a.when", "date_from_datetime_inexact"), ("body.a.x", "missing")],
    );
    rejects::<Event>(
        r#"{"kind":"b","items":[{"n":1},{"n":"x","s":1},{}],"m":{"a":300,"b":"x"}}"#,
        &[
            ("body.b.items.0.s", "missing"),
            ("body.b.items.1.n", "int_parsing"),
            ("body.b.items.1.s", "string_type"),
            ("body.b.items.2.n", "missing"),
            ("body.b.items.2.s", "missing"),
            ("body.b.m.a", "less_than_equal"),
            ("body.b.m.b", "int_parsing"),
        ],
    );
    rejects::<Event>(
        r#"{"kind":"c","a":"x","b":[]}"#,
        &[("body.c.a", "int_parsing"), ("body.c.b", "int_type")],
    );
    accepts::<Event>(r#"{"kind":"zzz","a":"x"}"#, "Other");
    // Fields next to an invalid tag are not checked.
    rejects::<Event>(r#"{"kind":5}"#, &[("body.kind", "string_type")]);
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Message {
    id: i32,
    #[serde(flatten)]
    event: Closed,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
#[allow(dead_code)]
enum Closed {
    A { x: i32 },
    B { email: Email },
}

#[test]
fn errors_in_a_flattened_tagged_enum() {
    // A flattened tag is a field of the struct around it.
    rejects::<Message>(r#"{"id":1,"kind":"zzz","x":1}"#, &[("body.kind", "enum")]);
    rejects::<Message>(r#"{"id":1}"#, &[("body.kind", "missing")]);
    rejects::<Message>(
        r#"{"id":"q","kind":"a","x":"y"}"#,
        &[("body.id", "int_parsing"), ("body.x", "int_parsing")],
    );
    rejects::<Message>(r#"{"kind":"b","email":5}"#, &[("body.email", "string_type"), ("body.id", "missing")]);
    rejects::<Closed>(
        r#"{"kind":"a","x":1,"y":2,"z":3}"#,
        &[("body.a.y", "extra_forbidden"), ("body.a.z", "extra_forbidden")],
    );
}

#[test]
fn errors_of_a_conversion_are_reported_on_its_value() {
    rejects::<Message>(r#"{"id":1,"kind":"b","email":"x"}"#, &[("body.email", "value_error")]);
}

#[test]
fn errors_without_a_location_are_reported_on_the_container() {
    // Both structs require `shared`, and the first consumes it.
    rejects::<Twice>(r#"{"limit":1,"shared":1,"name":""}"#, &[("body", "value_error")]);
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Twice {
    #[serde(flatten)]
    a: Limit,
    #[serde(flatten)]
    b: Name,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Limit {
    limit: u8,
    shared: i32,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Name {
    name: String,
    shared: i32,
}

/// Requires `high` only if `mode` is a range.
#[derive(Debug)]
#[allow(dead_code)]
struct Conditional;

impl<'de> Deserialize<'de> for Conditional {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ConditionalVisitor;

        impl<'de> serde::de::Visitor<'de> for ConditionalVisitor {
            type Value = Conditional;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("struct Conditional")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Conditional, A::Error> {
                let (mut mode, mut high) = (None::<String>, None::<i32>);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "mode" => mode = Some(map.next_value()?),
                        _ => high = Some(map.next_value()?),
                    }
                }
                match (mode.as_deref(), high) {
                    (Some("point"), _) | (_, Some(_)) => Ok(Conditional),
                    _ => Err(serde::de::Error::missing_field("high")),
                }
            }
        }

        deserializer.deserialize_struct("Conditional", &["mode", "high"], ConditionalVisitor)
    }
}

#[test]
fn fields_required_only_by_a_placeholder_are_not_reported() {
    rejects::<Vec<Conditional>>(
        r#"[{"mode":"range"},{"mode":5},{"mode":"point"}]"#,
        &[("body.0.high", "missing"), ("body.1.mode", "string_type")],
    );
}

/// Reports an error on the second half of a string, which may be empty.
#[derive(Debug)]
#[allow(dead_code)]
struct Halves(String);

impl<'de> Deserialize<'de> for Halves {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct HalvesVisitor;

        impl<'de> serde::de::Visitor<'de> for HalvesVisitor {
            type Value = Halves;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("two halves")
            }

            fn visit_borrowed_str<E: serde::de::Error>(self, text: &'de str) -> Result<Halves, E> {
                match &text[text.find('+').map_or(text.len(), |at| at + 1)..] {
                    "" => Err(E::invalid_value(serde::de::Unexpected::Str(&text[text.len()..]), &self)),
                    half => Ok(Halves(half.to_owned())),
                }
            }
        }

        deserializer.deserialize_str(HalvesVisitor)
    }
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Split {
    Both { first: Halves, second: String },
}

#[test]
fn substring_is_not_taken_for_the_adjacent_string() {
    // The escape `\u0041` puts the strings next to each other, outside of the document.
    rejects::<Split>(
        r#"{"kind":"Both","first":"\u0041","second":"\u0041"}"#,
        &[("body.Both.first", "value_error")],
    );
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Many {
    List { items: Vec<Item>, more: Vec<i32> },
}

#[test]
fn many_errors_in_one_buffered_value() {
    let items = vec![r#"{"n":"x"}"#; 40].join(",");
    let numbers = vec!["\"y\""; 40].join(",");
    let mut expected: Vec<(String, &str)> = Vec::new();
    for place in 0..40 {
        expected.push((format!("body.List.items.{place}.n"), "int_parsing"));
        expected.push((format!("body.List.items.{place}.s"), "missing"));
    }
    expected.extend((0..40).map(|place| (format!("body.List.more.{place}"), "int_parsing")));
    let expected: Vec<(&str, &str)> = expected.iter().map(|(loc, kind)| (loc.as_str(), *kind)).collect();
    rejects::<Many>(&format!(r#"{{"kind":"List","items":[{items}],"more":[{numbers}]}}"#), &expected);
}
