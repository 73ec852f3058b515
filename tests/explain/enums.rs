//! Errors in enums, in each of serde's representations.

use serde::Deserialize;

use crate::rows::{accepts, rejects, writes};

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(dead_code)]
enum Pet {
    Cat { meows: i32 },
    Dog { barks: f64, name: String },
    Fish(Fish),
    Stone,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Fish {
    fins: u8,
    color: Color,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Color {
    Red,
    Green,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Owner {
    pet: Pet,
    age: i32,
}

#[test]
fn errors_in_internally_tagged_enums() {
    rejects::<Owner>("{}", &[("body.pet", "missing"), ("body.age", "missing")]);
    rejects::<Owner>(r#"{"pet":{}}"#, &[("body.pet", "union_tag_not_found"), ("body.age", "missing")]);
    rejects::<Owner>(
        r#"{"pet":5,"age":"x"}"#,
        &[("body.pet", "model_attributes_type"), ("body.age", "int_parsing")],
    );
    rejects::<Owner>(
        r#"{"pet":{"kind":"cow","x":1}}"#,
        &[("body.pet", "union_tag_invalid"), ("body.age", "missing")],
    );
    writes::<Pet>(
        r#"{"kind":1}"#,
        concat!(
            r#"[{"type":"union_tag_invalid","loc":["body"],"msg":"Input tag '1' found using 'kind' does not match any of the expected tags: 'cat', 'dog', 'fish', 'stone'","#,
            r#""input":{"kind":1},"ctx":{"discriminator":"'kind'","tag":"1","expected_tags":"'cat', 'dog', 'fish', 'stone'"}}]"#
        ),
    );
    rejects::<Owner>(
        r#"{"pet":{"kind":"cat"},"age":"x"}"#,
        &[("body.pet.cat.meows", "missing"), ("body.age", "int_parsing")],
    );
    rejects::<Owner>(
        r#"{"pet":{"kind":"cat","meows":"x"},"age":1}"#,
        &[("body.pet.cat.meows", "int_parsing")],
    );
    rejects::<Owner>(r#"{"pet":{"kind":"cat","meows":null},"age":1}"#, &[("body.pet.cat.meows", "int_type")]);
    rejects::<Owner>(
        r#"{"pet":{"kind":"dog","barks":"x"}}"#,
        &[("body.pet.dog.barks", "float_parsing"), ("body.pet.dog.name", "missing"), ("body.age", "missing")],
    );
    rejects::<Owner>(
        r#"{"pet":{"kind":"dog","barks":true,"name":7},"age":1}"#,
        &[("body.pet.dog.name", "string_type")],
    );
    rejects::<Owner>(
        r#"{"pet":{"kind":"fish","fins":300,"color":"blue"},"age":1}"#,
        &[("body.pet.fish.fins", "less_than_equal"), ("body.pet.fish.color", "enum")],
    );
    accepts::<Owner>(
        r#"{"pet":{"kind":"cat","meows":"5"},"age":"1"}"#,
        "Owner { pet: Cat { meows: 5 }, age: 1 }",
    );
    rejects::<Vec<Pet>>(
        r#"[{"kind":"cat","meows":"x"},{"kind":"cat"},{"kind":"cow"},{"kind":"cat","meows":1},{"kind":"dog","name":""}]"#,
        &[
            ("body.0.cat.meows", "int_parsing"),
            ("body.1.cat.meows", "missing"),
            ("body.2", "union_tag_invalid"),
            ("body.4.dog.barks", "missing"),
        ],
    );
}

#[derive(Debug, Deserialize)]
#[serde(tag = "t", content = "c")]
#[allow(dead_code)]
enum Shape {
    Circle { r: f64 },
    Square(Side),
    Pair(i32, i32),
    Dot,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Side {
    a: i32,
    b: i32,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Drawing {
    shape: Shape,
    n: i32,
}

#[test]
fn errors_in_adjacently_tagged_enums() {
    rejects::<Drawing>("{}", &[("body.shape", "missing"), ("body.n", "missing")]);
    rejects::<Drawing>(r#"{"shape":{}}"#, &[("body.shape", "union_tag_not_found"), ("body.n", "missing")]);
    rejects::<Drawing>(
        r#"{"shape":{"c":{},"t":"Line"}}"#,
        &[("body.shape", "union_tag_invalid"), ("body.n", "missing")],
    );
    rejects::<Drawing>(r#"{"shape":{"c":{},"t":5},"n":1}"#, &[("body.shape", "union_tag_invalid")]);
    rejects::<Drawing>(
        r#"{"shape":{"c":{"a":"x"},"t":"Square"}}"#,
        &[
            ("body.shape.Square.c.a", "int_parsing"),
            ("body.shape.Square.c.b", "missing"),
            ("body.n", "missing"),
        ],
    );
    rejects::<Drawing>(r#"{"shape":{"t":"Square"},"n":1}"#, &[("body.shape.Square.c", "missing")]);
    rejects::<Drawing>(
        r#"{"shape":{"t":"Circle","c":{}},"n":"x"}"#,
        &[("body.shape.Circle.c.r", "missing"), ("body.n", "int_parsing")],
    );
    rejects::<Drawing>(
        r#"{"shape":{"t":"Pair","c":["x"]},"n":1}"#,
        &[("body.shape.Pair.c.0", "int_parsing"), ("body.shape.Pair.c.1", "missing")],
    );
    accepts::<Drawing>(r#"{"shape":{"t":"Dot"},"n":1}"#, "Drawing { shape: Dot, n: 1 }");
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
enum Plain {
    Unit,
    New(i32),
    Pair(i32, String),
    Struct { x: i32, y: Option<Box<Plain>> },
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Plains {
    a: Plain,
    b: Vec<Plain>,
}

#[test]
fn errors_in_externally_tagged_enums() {
    rejects::<Plains>("{}", &[("body.a", "missing"), ("body.b", "missing")]);
    rejects::<Plains>(
        r#"{"a":"Nope","b":["Unit",{"New":"x"},{"Pair":["x"]},{"Struct":{"x":1,"y":{"New":null}}},{"Struct":{}},{"Nope":1},{},{"New":1,"Unit":2},5,"New"]}"#,
        &[
            ("body.a", "enum"),
            ("body.b.1.New", "int_parsing"),
            ("body.b.2.Pair.0", "int_parsing"),
            ("body.b.2.Pair.1", "missing"),
            ("body.b.3.Struct.y.New", "int_type"),
            ("body.b.4.Struct.x", "missing"),
            ("body.b.5", "enum"),
            ("body.b.6", "enum"),
            ("body.b.7", "enum"),
            ("body.b.8", "enum"),
            ("body.b.9", "enum"),
        ],
    );
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum Either {
    Number(i32),
    Text { text: String },
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Eithers {
    one: Either,
    two: i32,
    three: i32,
}

#[test]
fn untagged_enums_report_the_errors_of_each_member() {
    rejects::<Eithers>(
        r#"{"one":{"text":1},"two":"x"}"#,
        &[
            ("body.one.int", "int_type"),
            ("body.one.Text.text", "string_type"),
            ("body.two", "int_parsing"),
            ("body.three", "missing"),
        ],
    );
    rejects::<Eithers>("{}", &[("body.one", "missing"), ("body.two", "missing"), ("body.three", "missing")]);
}

#[derive(Debug, Deserialize)]
#[serde(tag = "t", content = "c")]
#[allow(dead_code)]
enum Genre {
    Jazz,
    #[serde(rename = "Rock or Pop")]
    RockOrPop,
}

#[test]
fn tags_with_or_in_their_name_are_listed_as_they_are() {
    writes::<Genre>(
        r#"{"t":5}"#,
        r#"[{"type":"union_tag_invalid","loc":["body"],"msg":"Input tag '5' found using 't' does not match any of the expected tags: 'Jazz', 'Rock or Pop'","input":{"t":5},"ctx":{"discriminator":"'t'","tag":"5","expected_tags":"'Jazz', 'Rock or Pop'"}}]"#,
    );
}
