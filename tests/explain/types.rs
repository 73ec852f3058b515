//! Types of every kind, each with a schema of its documents.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    net::Ipv4Addr,
    num::NonZeroU8,
    sync::Arc,
};

use serde::Deserialize;

use crate::{
    generate::Schema::{self, *},
    pair_properties::FLATTENED,
};

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Everything {
    tiny: i8,
    short: u16,
    long: i64,
    wide: u128,
    float: f64,
    single: f32,
    flag: bool,
    text: String,
    letter: char,
    maybe: Option<u32>,
    twice: Option<Option<i32>>,
    list: Vec<i32>,
    lists: Vec<Vec<bool>>,
    pair: (i32, String),
    array: [u8; 3],
    set: BTreeSet<String>,
    map: BTreeMap<String, f64>,
    keys: BTreeMap<i32, String>,
    unit: (),
    #[serde(rename = "theInner")]
    inner: Inner,
    boxed: Box<Inner>,
    inners: Vec<Inner>,
    by_name: HashMap<String, Inner>,
    color: Color,
    colors: Vec<Color>,
    choice: Choice,
    choices: Vec<Choice>,
    wrapped: Wrapped,
    shape: Shape,
    shapes: Vec<Shape>,
    tree: Tree,
    uuid: uuid::Uuid,
    ip: Ipv4Addr,
    key: uuid::Uuid,
    shared: Arc<str>,
    cow: Cow<'static, str>,
    email: Email,
    emails: Vec<Email>,
    some: NonZeroU8,
    #[serde(default)]
    spare: i32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub(crate) struct Inner {
    a: i32,
    b: Option<String>,
    c: Vec<u8>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Color {
    Red,
    DarkGreen,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) enum Choice {
    Nothing,
    One(i32),
    Two(i32, bool),
    Fields { x: i32, y: String },
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Wrapped(Inner);

#[derive(Debug, Deserialize)]
#[serde(tag = "t", content = "c")]
#[allow(dead_code)]
pub(crate) enum Shape {
    Dot,
    Line(i32),
    Circle(Disc),
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Disc {
    x: i32,
    r: f64,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "t", content = "c")]
#[allow(dead_code)]
pub(crate) enum Figure {
    Dot,
    Line(i32),
    Circle { x: i32, r: f64 },
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Tree {
    value: i32,
    #[serde(default)]
    children: Vec<Tree>,
}

#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
#[allow(dead_code)]
pub(crate) struct Email(String);

impl TryFrom<String> for Email {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        if text.contains('@') { Ok(Self(text)) } else { Err("no @") }
    }
}

pub(crate) fn inner() -> Schema {
    Struct(vec![("a", true, I32), ("b", false, Maybe(Box::new(Text))), ("c", true, List(Box::new(U8)))], true)
}

const I32: Schema = Int(i32::MIN as i128, i32::MAX as u128);
const U8: Schema = Int(0, u8::MAX as u128);

fn choice() -> Schema {
    External(vec![
        ("Nothing", None),
        ("One", Some(I32)),
        ("Two", Some(Tuple(vec![I32, Bool]))),
        ("Fields", Some(Struct(vec![("x", true, I32), ("y", true, Text)], false))),
    ])
}

fn shape() -> Schema {
    Adjacent(
        "t",
        "c",
        vec![
            ("Dot", None),
            ("Line", Some(I32)),
            ("Circle", Some(Struct(vec![("x", true, I32), ("r", true, Float)], false))),
        ],
    )
}

fn tree(depth: usize) -> Schema {
    let mut fields = vec![("value", true, I32)];
    if depth > 0 {
        fields.push(("children", false, List(Box::new(tree(depth - 1)))));
    }
    Struct(fields, false)
}

pub(crate) fn everything() -> Schema {
    let list = |schema| List(Box::new(schema));
    Struct(
        vec![
            ("tiny", true, Int(i8::MIN.into(), i8::MAX as u128)),
            ("short", true, Int(0, u16::MAX.into())),
            ("long", true, Int(i64::MIN.into(), i64::MAX as u128)),
            ("wide", true, Int(0, u128::MAX)),
            ("float", true, Float),
            ("single", true, Float),
            ("flag", true, Bool),
            ("text", true, Text),
            ("letter", true, Letter),
            ("maybe", false, Maybe(Box::new(Int(0, u32::MAX.into())))),
            ("twice", false, Maybe(Box::new(I32))),
            ("list", true, list(I32)),
            ("lists", true, list(list(Bool))),
            ("pair", true, Tuple(vec![I32, Text])),
            ("array", true, Tuple(vec![U8, U8, U8])),
            ("set", true, Set(Box::new(Text))),
            ("map", true, Map(Box::new(Float), false)),
            ("keys", true, Map(Box::new(Text), true)),
            ("unit", true, Unit),
            ("theInner", true, inner()),
            ("boxed", true, inner()),
            ("inners", true, list(inner())),
            ("by_name", true, Map(Box::new(inner()), false)),
            ("color", true, Names(&["red", "dark_green"])),
            ("colors", true, list(Names(&["red", "dark_green"]))),
            ("choice", true, choice()),
            ("choices", true, list(choice())),
            ("wrapped", true, inner()),
            ("shape", true, shape()),
            ("shapes", true, list(shape())),
            ("tree", true, tree(2)),
            ("uuid", true, Parsed("67e55044-10b1-426f-9247-bb680e5fe0c8", "uuid_type", "uuid_parsing")),
            ("ip", true, Parsed("10.0.0.1", "ip_v4_address", "ip_v4_address")),
            ("key", true, Parsed("67e55044-10b1-426f-9247-bb680e5fe0c8", "uuid_type", "uuid_parsing")),
            ("shared", true, Text),
            ("cow", true, Text),
            ("email", true, Parsed("me@example.com", "string_type", "value_error")),
            ("emails", true, list(Parsed("me@example.com", "string_type", "value_error"))),
            ("some", true, Int(1, 255)),
            ("spare", false, I32),
        ],
        false,
    )
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(dead_code)]
pub(crate) enum Event {
    Click { x: i32, y: i32, label: String },
    Key { code: u8, name: Option<String> },
    Quit,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Log {
    id: i32,
    event: Event,
    events: Vec<Event>,
    figures: Vec<Figure>,
    last: i32,
}

pub(crate) fn event() -> Schema {
    Internal(
        "kind",
        vec![
            ("click", vec![("x", true, I32), ("y", true, I32), ("label", true, Text)]),
            ("key", vec![("code", true, U8), ("name", false, Maybe(Box::new(Text)))]),
            ("quit", vec![]),
        ],
    )
}

pub(crate) fn log() -> Schema {
    let fields = vec![
        ("id", true, I32),
        ("event", true, event()),
        ("events", true, List(Box::new(event()))),
        ("figures", true, List(Box::new(shape()))),
        ("last", true, I32),
    ];
    Struct(fields, false)
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Page {
    title: String,
    #[serde(flatten)]
    paging: Paging,
    rank: i32,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Paging {
    limit: u8,
    offset: u32,
    order: String,
}

pub(crate) fn page() -> Schema {
    let fields = vec![
        ("title", true, Text),
        ("limit", true, U8),
        ("offset", true, Int(0, u32::MAX.into())),
        ("order", true, Text),
        ("rank", true, I32),
    ];
    Struct(fields, false)
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
pub(crate) enum Untagged {
    Number(i32),
    Text(String),
    Both { number: Color, text: String },
    Many(Vec<Untagged>),
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Messy {
    one: Untagged,
    nested: Nested,
    #[serde(flatten)]
    rest: BTreeMap<String, Event>,
    two: serde_json::Value,
    three: Option<Box<Messy>>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type")]
#[allow(dead_code)]
pub(crate) enum Nested {
    Leaf { x: i32, flag: bool, color: Color },
    Pair { left: Box<Nested>, right: Box<Nested>, x: i32 },
    Wrapped(Disc),
    Shaped { shape: Figure, choice: Choice, key: uuid::Uuid },
}

pub(crate) fn nested(depth: usize) -> Schema {
    let mut variants = vec![
        (
            "Leaf",
            vec![("x", true, I32), ("flag", true, Bool), ("color", true, Names(&["red", "dark_green"]))],
        ),
        ("Wrapped", vec![("x", true, I32), ("r", true, Float)]),
        (
            "Shaped",
            vec![
                ("shape", true, shape()),
                ("choice", true, choice()),
                ("key", true, Parsed("67e55044-10b1-426f-9247-bb680e5fe0c8", "uuid_type", "uuid_parsing")),
            ],
        ),
    ];
    if depth > 0 {
        let (left, right) = (nested(depth - 1), nested(depth - 1));
        variants.push(("Pair", vec![("left", true, left), ("right", true, right), ("x", true, I32)]));
    }
    Internal("type", variants)
}

pub(crate) fn messy() -> Schema {
    let both = Struct(vec![("number", true, Names(&["red"])), ("text", true, Text)], false);
    let fields = vec![
        ("one", true, List(Box::new(both))),
        ("nested", true, nested(2)),
        ("event one", true, event()),
        ("event two", false, event()),
        ("two", true, Text),
    ];
    Struct(fields, true)
}

/// A struct for queries and forms: every type that strings can represent.
#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Strings {
    tiny: i8,
    short: u16,
    long: i64,
    wide: u128,
    float: f64,
    single: f32,
    flag: bool,
    text: String,
    letter: char,
    maybe: Option<u32>,
    twice: Option<Option<i32>>,
    list: Vec<i32>,
    pair: (i32, String),
    array: [u8; 3],
    set: BTreeSet<String>,
    color: Color,
    colors: Vec<Color>,
    uuid: uuid::Uuid,
    ip: Ipv4Addr,
    key: uuid::Uuid,
    shared: Arc<str>,
    cow: Cow<'static, str>,
    email: Email,
    emails: Vec<Email>,
    some: NonZeroU8,
    #[serde(default)]
    spare: i32,
    #[serde(default, alias = "alias")]
    known_as: Boxed<u8>,
    #[serde(rename = "theList")]
    renamed: Option<Vec<Boxed<bool>>>,
}

#[derive(Debug, Default, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Boxed<T>(Box<T>);

pub(crate) fn strings() -> Schema {
    let Struct(mut fields, closed) = everything() else { unreachable!() };
    fields.retain(|(_, _, schema)| match schema {
        List(item) | Set(item) => !matches!(**item, List(_) | Struct(..) | External(_) | Adjacent(..)),
        Map(..) | Struct(..) | External(_) | Adjacent(..) | Unit => false,
        _ => true,
    });
    fields.push(("alias", false, U8));
    fields.push(("theList", false, Maybe(Box::new(List(Box::new(Bool))))));
    Struct(fields, closed)
}

/// Flattened structs in a flattened struct, with lists and options.
#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Flat {
    title: Option<String>,
    #[serde(flatten)]
    filter: Lists,
    rank: i32,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Lists {
    #[serde(default)]
    ids: Vec<u8>,
    color: Option<Color>,
    colors: Vec<Color>,
    #[serde(flatten)]
    paging: Paging,
}

pub(crate) fn flat() -> Schema {
    let colors = Names(&["red", "dark_green"]);
    let Struct(mut fields, closed) = page() else { unreachable!() };
    fields.retain(|(name, ..)| *name != "title");
    fields.extend([
        ("title", false, Maybe(Box::new(Text))),
        ("ids", false, List(Box::new(U8))),
        ("color", false, Maybe(Box::new(colors.clone()))),
        ("colors", true, List(Box::new(colors))),
    ]);
    Struct(fields, closed)
}

/// An internal tag next to a list.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
#[allow(dead_code)]
pub(crate) enum Search {
    Text { q: String, limit: Option<u8> },
    Ids { ids: Vec<i32>, flag: bool },
}

pub(crate) fn search() -> Schema {
    Internal(
        "type",
        vec![
            ("text", vec![("q", true, Text), ("limit", false, Maybe(Box::new(U8)))]),
            ("ids", vec![("ids", true, List(Box::new(I32))), ("flag", true, Bool)]),
        ],
    )
}

/// A flattened tag among other fields.
#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Tagged {
    id: u8,
    #[serde(flatten)]
    event: Event,
}

pub(crate) fn tagged() -> Schema {
    Struct(vec![("id", true, U8), (FLATTENED, true, event())], false)
}

/// An adjacent tag and its content.
#[derive(Debug, Deserialize)]
#[serde(tag = "t", content = "c")]
#[allow(dead_code)]
pub(crate) enum Filter {
    Line(i32),
    Name(String),
    Many(Vec<u8>),
}

pub(crate) fn filter() -> Schema {
    let variants = vec![("Line", Some(I32)), ("Name", Some(Text)), ("Many", Some(List(Box::new(U8))))];
    Adjacent("t", "c", variants)
}

/// Integers of any name next to known fields.
#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Rest {
    id: u8,
    ids: Option<Vec<u8>>,
    #[serde(flatten)]
    rest: BTreeMap<String, i32>,
}

pub(crate) fn rest() -> Schema {
    let ids = Maybe(Box::new(List(Box::new(U8))));
    let rest = Map(Box::new(I32), false);
    Struct(vec![("id", true, U8), ("ids", false, ids), (FLATTENED, true, rest)], false)
}

/// No field is required, and no others are allowed.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[allow(dead_code)]
pub(crate) struct Sparse {
    first_id: u8,
    #[serde(alias = "lastId", alias = "last")]
    second_id: Option<u8>,
    many_ids: Vec<u8>,
}

pub(crate) fn sparse() -> Schema {
    let fields = vec![
        ("firstId", false, U8),
        ("last", false, Maybe(Box::new(U8))),
        ("manyIds", false, List(Box::new(U8))),
    ];
    Struct(fields, true)
}
