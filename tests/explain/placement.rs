//! Errors in content that serde buffers land on the value that is wrong, whatever else is equal to it or lacks the same
//! field.

use std::{
    collections::{BTreeMap, HashMap},
    num::NonZeroU8,
};

use serde::{
    Deserialize, Deserializer,
    de::{Error, Unexpected},
};

use crate::{conversions::Sku, rows::rejects};

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Pet {
    Cat { lives: u8 },
    Dog,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Order {
    Buy { pet: Pet, prices: HashMap<String, u8> },
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
#[allow(dead_code)]
enum Block {
    Doc { content: Vec<Block> },
    Heading { attrs: Attrs, content: Vec<Block> },
    Text { text: String },
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Attrs {
    level: u8,
}

#[test]
fn errors_of_nested_tags_are_reported_on_the_union() {
    let rows: [(&str, &[(&str, &str)]); 5] = [
        (r#"{"kind":"Buy","pet":[],"prices":{"tea":1}}"#, &[("body.Buy.pet", "model_attributes_type")]),
        (r#"{"kind":"Buy","pet":{},"prices":{"tea":1}}"#, &[("body.Buy.pet", "union_tag_not_found")]),
        (
            r#"{"kind":"Buy","pet":{"kind":"Cow"},"prices":{"tea":"x"}}"#,
            &[("body.Buy.pet", "union_tag_invalid"), ("body.Buy.prices.tea", "int_parsing")],
        ),
        (
            r#"{"kind":"Buy","pet":{"kind":5},"prices":{"tea":"x"}}"#,
            &[("body.Buy.pet", "union_tag_invalid"), ("body.Buy.prices.tea", "int_parsing")],
        ),
        (r#"{"kind":"Buy","pet":"Cat","prices":{}}"#, &[("body.Buy.pet", "model_attributes_type")]),
    ];
    for (document, expected) in rows {
        rejects::<Order>(document, expected);
    }
}

#[test]
fn errors_of_tags_in_recursive_types() {
    rejects::<Block>(
        r#"{"type":"doc","content":[[],{"type":"heading","attrs":{"level":1},"content":[]}]}"#,
        &[("body.doc.content.0", "model_attributes_type")],
    );
    rejects::<Block>(
        r#"{"type":"doc","content":[{},{"type":"heading","attrs":{"level":1},"content":[5,{"type":"z"}]}]}"#,
        &[
            ("body.doc.content.0", "union_tag_not_found"),
            ("body.doc.content.1.heading.content.0", "model_attributes_type"),
            ("body.doc.content.1.heading.content.1", "union_tag_invalid"),
        ],
    );
}

/// Parses itself, and says of the number in the string that it is wrong.
#[derive(Debug)]
#[allow(dead_code)]
struct UserId(u64);

impl<'de> Deserialize<'de> for UserId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id: u64 = String::deserialize(deserializer)?.parse().map_err(D::Error::custom)?;
        match id {
            0 => Err(D::Error::invalid_value(Unexpected::Unsigned(0), &"an id above zero")),
            id => Ok(Self(id)),
        }
    }
}

/// Says how many items there are.
#[derive(Debug)]
#[allow(dead_code)]
struct Two(Vec<u8>);

impl<'de> Deserialize<'de> for Two {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<u8>::deserialize(deserializer)?;
        match items.len() {
            2 => Ok(Self(items)),
            length => Err(D::Error::invalid_value(Unexpected::Unsigned(length as u64), &"two items")),
        }
    }
}

/// A number with a limit.
#[derive(Debug)]
#[allow(dead_code)]
struct Share(f64);

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match f64::deserialize(deserializer)? {
            share if share > 1.0 => {
                Err(D::Error::invalid_value(Unexpected::Float(share), &"a number up to one"))
            }
            share => Ok(Self(share)),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Command {
    Kick { user: UserId, days: u8 },
    Pair { items: Two, count: u8 },
    Split { total: f64, share: Share },
}

#[test]
fn values_that_are_equal_to_the_wrong_one_are_not_blamed() {
    for document in [r#"{"kind":"Kick","user":"0","days":0}"#, r#"{"kind":"Kick","days":0,"user":"0"}"#] {
        rejects::<Command>(document, &[("body.Kick.user", "value_error")]);
    }
    for document in
        [r#"{"kind":"Pair","items":[1,2,9],"count":3}"#, r#"{"kind":"Pair","count":3,"items":[1,2,9]}"#]
    {
        rejects::<Command>(document, &[("body.Pair.items", "value_error")]);
    }
    for document in
        [r#"{"kind":"Split","total":1.5,"share":1.5}"#, r#"{"kind":"Split","share":1.5,"total":1.5}"#]
    {
        rejects::<Command>(document, &[("body.Split.share", "value_error")]);
    }
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Counts {
    id: u8,
    #[serde(flatten)]
    counts: AtLeast,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct AtLeast {
    none: u8,
    one: NonZeroU8,
    any: u8,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Files {
    Copy { names: Vec<String>, targets: Vec<Target> },
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Target {
    name: String,
}

#[test]
fn errors_are_reported_in_the_words_for_the_value_that_was_sent() {
    rejects::<Counts>(r#"{"id":0,"none":0,"one":0,"any":0}"#, &[("body.one", "greater_than")]);
    rejects::<Files>(
        r#"{"kind":"Copy","names":[{}],"targets":["x",{"name":1},7,{}]}"#,
        &[
            ("body.Copy.names.0", "string_type"),
            ("body.Copy.targets.0", "model_attributes_type"),
            ("body.Copy.targets.1.name", "string_type"),
            ("body.Copy.targets.2", "model_attributes_type"),
            ("body.Copy.targets.3.name", "missing"),
        ],
    );
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Nested {
    K { a: Inner, b: Leaf, n: i32 },
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Inner {
    n: i32,
    deeper: Deeper,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Deeper {
    s: String,
    list: Vec<u8>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Leaf {
    x: i32,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Outer {
    id: i32,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Rest {
    tail: Vec<i32>,
    list: Vec<Leaf>,
    n: i32,
    s: String,
}

#[test]
fn a_scalar_in_place_of_a_struct_hides_nothing() {
    rejects::<Nested>(
        r#"{"kind":"K","a":5,"b":{"x":"bad"},"n":"bad"}"#,
        &[("body.K.a", "model_attributes_type"), ("body.K.b.x", "int_parsing"), ("body.K.n", "int_parsing")],
    );
    for item in ["7", "null"] {
        rejects::<Outer>(
            &format!(r#"{{"id":1,"tail":["q"],"list":[{item}],"n":"x","s":5}}"#),
            &[
                ("body.tail.0", "int_parsing"),
                ("body.list.0", "model_attributes_type"),
                ("body.n", "int_parsing"),
                ("body.s", "string_type"),
            ],
        );
    }
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Shape {
    Polygon { points: Vec<(f64, f64)>, filled: bool, layer: i64 },
}

#[test]
fn one_of_many_equal_values_is_found() {
    let points = vec!["[1.5,1.5]"; 20].join(",");
    rejects::<Shape>(
        &format!(r#"{{"kind":"Polygon","points":[{points}],"filled":1.5,"layer":1.5}}"#),
        &[("body.Polygon.filled", "bool_type"), ("body.Polygon.layer", "int_from_float")],
    );
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Entry {
    id: i32,
    #[serde(flatten)]
    rest: Dated,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Dated {
    name: String,
    at: chrono::DateTime<chrono::Utc>,
    sku: Sku,
    n: i32,
}

#[test]
fn errors_of_conversions_are_reported_on_their_values() {
    rejects::<Entry>(
        r#"{"id":"1x","name":"x","at":"yesterday","sku":"x","n":"y"}"#,
        &[
            ("body.id", "int_parsing"),
            ("body.at", "datetime_from_date_parsing"),
            ("body.sku", "value_error"),
            ("body.n", "int_parsing"),
        ],
    );
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Task {
    Run { mode: Mode, n: i32, last: i32 },
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
enum Mode {
    Fast(u8),
    Slow { by: u8 },
    Off,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Leaves {
    id: i32,
    #[serde(flatten)]
    leaves: BTreeMap<String, Leaf>,
}

#[test]
fn variants_and_flattened_maps_hide_nothing() {
    for mode in [r#"{"Fastest":1}"#, r#""Fastest""#, "null"] {
        rejects::<Task>(
            &format!(r#"{{"kind":"Run","mode":{mode},"n":"x","last":"y"}}"#),
            &[("body.Run.mode", "enum"), ("body.Run.n", "int_parsing"), ("body.Run.last", "int_parsing")],
        );
    }
    rejects::<Leaves>(
        r#"{"id":1,"p":{"x":1},"q":{},"r":{"y":1},"s":7}"#,
        &[("body.q.x", "missing"), ("body.r.x", "missing"), ("body.s", "model_attributes_type")],
    );
}
