//! Untagged unions: the errors of each member, under the name of the member.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::rows::{accepts, rejects};

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum Pet {
    Cat(Cat),
    Dog(Dog),
    Fish { depth: f64 },
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Cat {
    name: String,
    toys: Vec<BTreeMap<String, i64>>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Dog {
    name: String,
    bark: i64,
}

#[test]
fn all_errors_of_each_member_are_reported() {
    rejects::<Pet>(
        r#"{"name":1,"toys":[{"a":"x","b":"y"}],"bark":[],"depth":"z"}"#,
        &[
            ("body.Cat.name", "string_type"),
            ("body.Cat.toys.0.a", "int_parsing"),
            ("body.Cat.toys.0.b", "int_parsing"),
            ("body.Dog.name", "string_type"),
            ("body.Dog.bark", "int_type"),
            ("body.Fish.depth", "float_parsing"),
        ],
    );
    rejects::<Pet>(
        "{}",
        &[
            ("body.Cat.name", "missing"),
            ("body.Cat.toys", "missing"),
            ("body.Dog.name", "missing"),
            ("body.Dog.bark", "missing"),
            ("body.Fish.depth", "missing"),
        ],
    );
    rejects::<Pet>(
        "5",
        &[
            ("body.Cat", "model_attributes_type"),
            ("body.Dog", "model_attributes_type"),
            ("body.Fish", "model_attributes_type"),
        ],
    );
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum OneOrMany {
    One(i64),
    Many(Vec<i64>),
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum NumberOrString {
    Number(i64),
    String(String),
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Fields {
    n: OneOrMany,
    id: NumberOrString,
    last: i64,
    more: Option<NumberOrString>,
}

#[test]
fn unions_beside_other_fields() {
    rejects::<Fields>(
        r#"{"n":[1,"x",2,"y"],"id":null,"last":"q","more":[]}"#,
        &[
            ("body.n.int", "int_type"),
            ("body.n.list.1", "int_parsing"),
            ("body.n.list.3", "int_parsing"),
            ("body.id.int", "int_type"),
            ("body.id.str", "string_type"),
            ("body.last", "int_parsing"),
            ("body.more.int", "int_type"),
            ("body.more.str", "string_type"),
        ],
    );
    rejects::<Fields>(
        r#"{"n":"x","id":[],"last":1}"#,
        &[
            ("body.n.int", "int_parsing"),
            ("body.n.list", "list_type"),
            ("body.id.int", "int_type"),
            ("body.id.str", "string_type"),
        ],
    );
}

#[test]
fn members_are_lax_if_none_accepts_the_value_as_it_is() {
    accepts::<Fields>(
        r#"{"n":["5","6"],"id":"5","last":"1"}"#,
        r#"Fields { n: Many([5, 6]), id: String("5"), last: 1, more: None }"#,
    );
    accepts::<OneOrMany>(r#""5""#, "One(5)");
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum Outer {
    Inner(NumberOrString),
    Dog(Dog),
}

#[test]
fn unions_in_unions_are_one_union() {
    rejects::<Vec<Outer>>(
        r#"[{},1,"x",null,{"name":1}]"#,
        &[
            ("body.0.int", "int_type"),
            ("body.0.str", "string_type"),
            ("body.0.Dog.name", "missing"),
            ("body.0.Dog.bark", "missing"),
            ("body.3.int", "int_type"),
            ("body.3.str", "string_type"),
            ("body.3.Dog", "model_attributes_type"),
            ("body.4.int", "int_type"),
            ("body.4.str", "string_type"),
            ("body.4.Dog.name", "string_type"),
            ("body.4.Dog.bark", "missing"),
        ],
    );
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Tagged {
    A { mode: Mode, n: i32, union: Union, last: i32 },
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
enum Mode {
    Fast(u8),
    Off,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum Union {
    Number(i32),
    Lists { title: String, list: Vec<u8> },
    Mode(Mode),
}

#[test]
fn unions_below_a_tag() {
    let rows: [(&str, &[(&str, &str)]); 3] = [
        (
            r#"{"title":5}"#,
            &[
                ("body.A.union.int", "int_type"),
                ("body.A.union.Lists.title", "string_type"),
                ("body.A.union.Lists.list", "missing"),
                ("body.A.union.enum", "enum"),
            ],
        ),
        (
            r#""zz""#,
            &[
                ("body.A.union.int", "int_parsing"),
                ("body.A.union.Lists", "model_attributes_type"),
                ("body.A.union.enum", "enum"),
            ],
        ),
        (
            "null",
            &[
                ("body.A.union.int", "int_type"),
                ("body.A.union.Lists", "model_attributes_type"),
                ("body.A.union.enum", "enum"),
            ],
        ),
    ];
    for (union, of_union) in rows {
        let document = format!(r#"{{"kind":"A","mode":"Zoo","n":"x","union":{union},"last":"y"}}"#);
        let mut expected = vec![("body.A.mode", "enum"), ("body.A.n", "int_parsing")];
        expected.extend(of_union);
        expected.push(("body.A.last", "int_parsing"));
        rejects::<Tagged>(&document, &expected);
    }
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum Either<A, B> {
    A(A),
    B(B),
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Item {
    name: String,
    price: f64,
    sold: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Note {
    name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Quote {
    price: String,
    by: Option<String>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Priced {
    price: f64,
    id: Either<i64, String>,
    sold: bool,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Options {
    size: i64,
    #[serde(flatten)]
    others: BTreeMap<String, Either<i64, String>>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Amount {
    amount: i64,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Range {
    from: i64,
    to: i64,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Labelled {
    from: i64,
    tag: String,
}

/// As in pydantic, the struct with the most fields that were sent fits best, and then the one that needs no lax rules.
#[test]
fn members_that_read_more_fields_by_the_lax_rules_are_preferred() {
    let item = r#"A(Item { name: "a", price: 5.0, sold: None })"#;
    accepts::<Either<Item, Note>>(r#"{"name":"a","price":"5"}"#, item);
    accepts::<Either<Item, Note>>(
        r#"{"name":"a","price":"5","sold":"yes"}"#,
        r#"A(Item { name: "a", price: 5.0, sold: Some(true) })"#,
    );
    // Both read the price, so it is as it was sent.
    accepts::<Either<Item, Quote>>(r#"{"name":"a","price":"5"}"#, r#"B(Quote { price: "5", by: None })"#);
    accepts::<Either<Item, Quote>>(
        r#"{"name":"a","price":"5","by":"b"}"#,
        r#"B(Quote { price: "5", by: Some("b") })"#,
    );
    // Each reads as many fields as the other.
    accepts::<Either<Amount, Note>>(r#"{"name":"a","amount":"5"}"#, r#"B(Note { name: Some("a") })"#);
    accepts::<Either<Note, Amount>>(r#"{"name":"a","amount":"5"}"#, r#"A(Note { name: Some("a") })"#);
    accepts::<Either<Range, Labelled>>(
        r#"{"from":1,"to":"2","tag":"t"}"#,
        r#"B(Labelled { from: 1, tag: "t" })"#,
    );
    accepts::<Either<Range, Labelled>>(r#"{"from":"1","to":"2","tag":"t"}"#, "A(Range { from: 1, to: 2 })");
    accepts::<Either<Range, Note>>(r#"{"from":"1","to":"2","name":"n"}"#, "A(Range { from: 1, to: 2 })");
    accepts::<Either<Amount, Note>>(r#"{"amount":"5"}"#, "A(Amount { amount: 5 })");
    // A union of single values is the one that needs no lax rules.
    accepts::<BTreeMap<String, Either<i64, String>>>(r#"{"a":"5"}"#, r#"{"a": B("5")}"#);
    accepts::<Options>(
        r#"{"size":1,"depth":"3","style":"wide"}"#,
        r#"Options { size: 1, others: {"depth": B("3"), "style": B("wide")} }"#,
    );
    accepts::<Either<Priced, Note>>(
        r#"{"name":"a","price":"5","id":"7","sold":"no"}"#,
        r#"A(Priced { price: 5.0, id: B("7"), sold: false })"#,
    );
    // The members of an object that are tried one by one are few, but those that need the lax rules are among them.
    let others: String = (0..40).map(|key| format!(r#""key{key}":1,"#)).collect();
    accepts::<Either<Item, Note>>(&format!(r#"{{{others}"name":"a","price":"5"}}"#), item);
    accepts::<Either<Item, Note>>(r#"{"name":"a","price":"x"}"#, r#"B(Note { name: Some("a") })"#);
    accepts::<Either<Item, Note>>(r#"{"price":"5"}"#, "B(Note { name: None })");
    accepts::<Vec<Either<Item, Note>>>(
        r#"[{"name":"a","price":"5"},{"name":"b"}]"#,
        &format!(r#"[{item}, B(Note {{ name: Some("b") }})]"#),
    );
    accepts::<Either<i64, String>>(r#""5""#, r#"B("5")"#);
    accepts::<Either<Vec<i64>, Vec<String>>>(r#"["5"]"#, r#"B(["5"])"#);
    accepts::<Either<BTreeMap<String, i64>, BTreeMap<String, String>>>(r#"{"a":"5"}"#, r#"B({"a": "5"})"#);
    // A wrong item behind the first one, and a value that needs the lax rules before it.
    rejects::<Vec<Either<Item, Note>>>(
        r#"[{"name":"a","price":"5"},{"name":1}]"#,
        &[
            ("body.1.Item.name", "string_type"),
            // With a name it is a `Note`, so nobody has to know whether the price is missing.
            ("body.1.Note.name", "string_type"),
        ],
    );
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
enum Fan {
    Off,
    Level(u8),
    Custom { speed: u8 },
}

#[test]
fn enums_as_members() {
    type Union = Either<Fan, i64>;
    for (value, location, kind) in [
        ("{}", "body.enum", "enum"),
        (r#""On""#, "body.enum", "enum"),
        (r#"{"On":1}"#, "body.enum", "enum"),
        (r#"{"Off":1,"Level":1}"#, "body.enum", "enum"),
        (r#"{"Off":5}"#, "body.enum.Off", "none_required"),
        (r#"{"Level":"x"}"#, "body.enum.Level", "int_parsing"),
        (r#"{"Custom":5}"#, "body.enum.Custom", "model_attributes_type"),
        (r#"{"Custom":{}}"#, "body.enum.Custom.speed", "missing"),
        (r#"{"Custom":{"speed":"x"}}"#, "body.enum.Custom.speed", "int_parsing"),
    ] {
        let of_number = if value.starts_with('"') { "int_parsing" } else { "int_type" };
        rejects::<Union>(value, &[(location, kind), ("body.int", of_number)]);
    }
}

#[test]
fn types_that_read_bytes_as_members() {
    rejects::<Either<uuid::Uuid, i64>>("null", &[("body.uuid", "uuid_type"), ("body.int", "int_type")]);
    rejects::<Either<uuid::Uuid, i64>>(
        r#""x""#,
        &[("body.uuid", "uuid_parsing"), ("body.int", "int_parsing")],
    );
}

#[test]
fn lists_of_the_wrong_length_for_members() {
    type Union = Either<(i64, String), Dog>;
    const DOG: (&str, &str) = ("body.Dog", "model_attributes_type");
    rejects::<Union>("[]", &[("body.tuple.0", "missing"), ("body.tuple.1", "missing"), DOG]);
    rejects::<Union>(r#"["x"]"#, &[("body.tuple.0", "int_parsing"), ("body.tuple.1", "missing"), DOG]);
    rejects::<Union>(r#"["x",2,3]"#, &[("body.tuple", "too_long"), DOG]);
    rejects::<Either<Dog, Vec<Dog>>>("[[]]", &[DOG, ("body.list.0", "model_attributes_type")]);
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Label {
    name: String,
}

#[test]
fn extra_fields_of_members_are_reported_last() {
    rejects::<Either<Label, Dog>>(
        r#"{"bark":"x","size":1}"#,
        &[
            ("body.Label.name", "missing"),
            ("body.Label.bark", "extra_forbidden"),
            ("body.Label.size", "extra_forbidden"),
            ("body.Dog.bark", "int_parsing"),
            ("body.Dog.name", "missing"),
        ],
    );
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Toy {
    Ball { size: i64 },
    Rope { length: f64 },
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Shelf {
    first: Toy,
    others: Vec<Toy>,
    label: String,
}

#[test]
fn tags_in_members_are_in_the_location() {
    rejects::<Either<Toy, i64>>(
        r#"{"kind":"Ball","size":"x"}"#,
        &[("body.Toy.Ball.size", "int_parsing"), ("body.int", "int_type")],
    );
    rejects::<Either<Toy, i64>>(
        r#"{"kind":"Rope"}"#,
        &[("body.Toy.Rope.length", "missing"), ("body.int", "int_type")],
    );
    rejects::<Either<Toy, i64>>(
        r#"{"kind":"Cow"}"#,
        &[("body.Toy", "union_tag_invalid"), ("body.int", "int_type")],
    );
    rejects::<Either<Shelf, i64>>(
        r#"{"first":{"kind":"Ball","size":"x"},"others":[{"kind":"Rope","length":"y"},{"kind":"Ball"},{}],"label":1}"#,
        &[
            ("body.Shelf.first.Ball.size", "int_parsing"),
            ("body.Shelf.others.0.Rope.length", "float_parsing"),
            ("body.Shelf.others.1.Ball.size", "missing"),
            ("body.Shelf.others.2", "union_tag_not_found"),
            ("body.Shelf.label", "string_type"),
            ("body.int", "int_type"),
        ],
    );
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Kennel {
    pet: Either<Cat, Dog>,
    size: i64,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Place {
    Kennel { pet: Either<Cat, Dog>, size: i64, mode: Fan },
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Farm {
    name: String,
    #[serde(flatten)]
    kennel: Kennel,
}

#[test]
fn missing_unions_hide_nothing() {
    const ALL: [(&str, &str); 2] = [("body.Kennel.pet", "missing"), ("body.Kennel.size", "missing")];
    rejects::<Either<Kennel, i64>>("{}", &[ALL[0], ALL[1], ("body.int", "int_type")]);
    rejects::<Either<Kennel, i64>>(
        r#"{"size":"x"}"#,
        &[("body.Kennel.size", "int_parsing"), ALL[0], ("body.int", "int_type")],
    );
    rejects::<Either<Kennel, i64>>(
        r#"{"pet":5}"#,
        &[
            ("body.Kennel.pet.Cat", "model_attributes_type"),
            ("body.Kennel.pet.Dog", "model_attributes_type"),
            ALL[1],
            ("body.int", "int_type"),
        ],
    );
    rejects::<Place>(
        r#"{"kind":"Kennel","mode":{}}"#,
        &[("body.Kennel.mode", "enum"), ("body.Kennel.pet", "missing"), ("body.Kennel.size", "missing")],
    );
    rejects::<Farm>("{}", &[("body.name", "missing"), ("body.pet", "missing"), ("body.size", "missing")]);
    rejects::<Farm>(
        r#"{"pet":"x"}"#,
        &[
            ("body.pet.Cat", "model_attributes_type"),
            ("body.pet.Dog", "model_attributes_type"),
            ("body.name", "missing"),
            ("body.size", "missing"),
        ],
    );
}
