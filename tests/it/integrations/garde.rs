//! `axum_exception::garde_0_23::Valid` in an app.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use axum::{
    Router,
    http::StatusCode,
    response::IntoResponse,
    routing::{get, post},
};
use axum_exception::{
    Caught, ErrorHandlingLayer, ResponseValidationError, Value,
    extract::{All, Form, Header, Json, Path, Query},
    garde_0_23::Valid,
};
use garde::{Error, Validate};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{NONE, check_filter_app, small_size};
use crate::support::{
    Reply, error_combinations,
    errors::{
        email_error, error, fixed, int_parsing, json_in_docs, missing, out_of_range, string_too_long,
        string_too_short, string_type, too_long, too_short, unprocessable, url_parsing, value_error,
    },
    post_json, request, send,
    table::Table,
};

/// Posts a body to a handler of `Valid<Json<T>>`.
async fn json<T>(body: &str) -> Reply
where
    T: DeserializeOwned + Serialize + Validate<Context: Default> + Send + 'static,
{
    let handler = post(async |Valid(Json(value)): Valid<Json<T>>| Json(value));
    post_json(handler, body).await
}

types! {
    Text { #[garde(length(min = 2, max = 3))] v: String }
    Chars { #[garde(length(chars, min = 2, max = 3))] v: String }
    Bytes { #[garde(length(bytes, max = 3))] v: Option<String> }
    Graphemes { #[garde(length(graphemes, max = 1))] v: String }
    Units { #[garde(length(utf16, max = 1))] v: String }
    Exact { #[garde(length(equal = 2))] v: String }
    Items { #[garde(length(min = 1, max = 2))] v: Vec<i64> }
    Queue { #[garde(length(max = 2))] v: VecDeque<i64> }
    Set { #[garde(length(min = 2, max = 3))] v: BTreeSet<i64> }
    Dict { #[garde(length(min = 1, max = 2))] v: HashMap<String, i64> }
    Age { #[garde(range(min = 18, max = 65))] v: i64 }
    Small { #[garde(range(max = 9))] v: u8 }
    Price { #[garde(range(min = 1.0, max = 10.5))] v: f64 }
    Maybe { #[garde(range(min = 1.0))] v: Option<f32> }
    Equal { #[garde(range(equal = 3))] v: i64 }
    Email { #[garde(email)] v: String }
    Link { #[garde(url)] v: String }
    Match { #[garde(matches(b))] a: String, #[garde(skip)] b: String }
    Needle { #[garde(contains("x"))] v: String }
    Prefix { #[garde(prefix("x"))] v: String }
    Suffix { #[garde(suffix("x"))] v: String }
    Pattern { #[garde(pattern("^[a-z]+$"))] v: String }
    Card { #[garde(credit_card)] v: String }
    Phone { #[garde(phone_number)] v: String }
    Ascii { #[garde(ascii)] v: String }
    Letters { #[garde(alphanumeric)] v: String }
    Ip { #[garde(ip)] v: String }
    IpV4 { #[garde(ipv4)] v: String }
    IpV6 { #[garde(ipv6)] v: String }
    Must { #[garde(required)] v: Option<String>, #[garde(required)] w: Option<Vec<i64>> }
    Inner { #[garde(inner(length(min = 2)))] v: Vec<String> }
    Several { #[garde(custom(never), contains("x"), length(min = 3))] v: String }
    Own { #[garde(custom(never))] v: String }
    Wrapped { #[garde(custom(wraps))] v: String }
}

#[derive(Deserialize, Serialize, Validate)]
struct Sees {
    #[garde(custom(|a: &i64, _| differs(*a, self.b)))]
    a: i64,
    #[garde(skip)]
    b: i64,
    #[garde(range(min = 1))]
    c: i64,
}

fn never(_: &str, _: &()) -> garde::Result {
    Err(Error::new("not set"))
}

/// Calls a rule of garde itself, and changes its message.
fn wraps(text: &str, _: &()) -> garde::Result {
    garde::rules::length::simple::apply(&text, (9, 9)).map_err(|error| Error::new(format!("bad: {error}")))
}

fn differs(a: i64, b: i64) -> garde::Result {
    if a == b { Err(Error::new("should differ")) } else { Ok(()) }
}

#[tokio::test]
async fn rules_map_to_pydantic_errors() {
    let v = r#"["body","v"]"#;
    rows! {
        Text: r#"{"v":"a"}"# => string_too_short(v, 2, r#""a""#);
        Text: r#"{"v":"abcd"}"# => string_too_long(v, 3, r#""abcd""#);
        Text: r#"{"v":"ää"}"# => value_error(v, "length is greater than 3", r#""ää""#);
        Chars: r#"{"v":"ä"}"# => string_too_short(v, 2, r#""ä""#);
        Chars: r#"{"v":"äöüß"}"# => string_too_long(v, 3, r#""äöüß""#);
        Bytes: r#"{"v":"ää"}"# => value_error(v, "length is greater than 3", r#""ää""#);
        Graphemes: r#"{"v":"ab"}"# => string_too_long(v, 1, r#""ab""#);
        Units: r#"{"v":"😀"}"# => value_error(v, "length is greater than 1", r#""😀""#);
        Exact: r#"{"v":"a"}"# => string_too_short(v, 2, r#""a""#);
        Exact: r#"{"v":"abc"}"# => string_too_long(v, 2, r#""abc""#);
        Items: r#"{"v":[]}"# => too_short("List", v, 1, 0, "[]");
        Items: r#"{"v":[1,2,"x"]}"# => too_long("List", v, 2, "3", r#"[1,2,"x"]"#);
        Queue: r#"{"v":[1,2,3]}"# => too_long("Deque", v, 2, "3", "[1,2,3]");
        Set: r#"{"v":[1,1]}"# => too_short("Set", v, 2, 1, "[1,1]");
        Set: r#"{"v":[1,2,3,4]}"# => too_long("Set", v, 3, "null", "[1,2,3,4]");
        Dict: r#"{"v":{}}"# => too_short("Dictionary", v, 1, 0, "{}");
        Dict: r#"{"v":{"a":1,"b":2,"c":3}}"# => too_long("Dictionary", v, 2, "null", r#"{"a":1,"b":2,"c":3}"#);
        Age: r#"{"v":17}"# => out_of_range("ge", v, ["18", "18"], "17");
        Age: r#"{"v":"66"}"# => out_of_range("le", v, ["65", "65"], r#""66""#);
        Small: r#"{"v":10}"# => out_of_range("le", v, ["9", "9"], "10");
        Small: r#"{"v":300}"# => out_of_range("le", v, ["9", "9"], "300");
        Price: r#"{"v":0}"# => out_of_range("ge", v, ["1", "1.0"], "0");
        Price: r#"{"v":"11"}"# => out_of_range("le", v, ["10.5", "10.5"], r#""11""#);
        Maybe: r#"{"v":0}"# => out_of_range("ge", v, ["1", "1.0"], "0");
        Equal: r#"{"v":2}"# => out_of_range("ge", v, ["3", "3"], "2");
        Email: r#"{"v":"me"}"# => email_error(v, "An email address must have an @-sign.", r#""me""#);
        Email: r#"{"v":"a@b..c"}"# => email_error(v, "An email address cannot have two periods in a row.", r#""a@b..c""#);
        Link: r#"{"v":"x"}"# => url_parsing(v, "relative URL without a base", r#""x""#);
        Link: r#"{"v":"http://"}"# => url_parsing(v, "empty host", r#""http://""#);
        Match: r#"{"a":"1","b":"2"}"# => value_error(r#"["body","a"]"#, "does not match b field", r#""1""#);
        Match: r#"{"a":"1","b":2}"# => string_type(r#"["body","b"]"#, "2");
        Needle: r#"{"v":"abc"}"# => value_error(v, r#"does not contain "x""#, r#""abc""#);
        Prefix: r#"{"v":"abc"}"# => value_error(v, r#"value does not begin with "x""#, r#""abc""#);
        Suffix: r#"{"v":"abc"}"# => value_error(v, r#"does not end with "x""#, r#""abc""#);
        Pattern: r#"{"v":"A1"}"# => error("string_pattern_mismatch", v, "String should match pattern '^[a-z]+$'",
            r#""A1""#, r#"{"pattern":"^[a-z]+$"}"#);
        Card: r#"{"v":"4242"}"# => value_error(v, "not a valid credit card number: invalid length", r#""4242""#);
        Phone: r#"{"v":"12"}"# => value_error(v, "not a valid phone number: invalid country code", r#""12""#);
        Ascii: r#"{"v":"é"}"# => fixed("string_not_ascii", v, r#""é""#);
        Letters: r#"{"v":"a-b"}"# => value_error(v, "not alphanumeric", r#""a-b""#);
        Ip: r#"{"v":"1"}"# => fixed("ip_any_address", v, r#""1""#);
        IpV4: r#"{"v":"::1"}"# => fixed("ip_v4_address", v, r#""::1""#);
        IpV6: r#"{"v":"x"}"# => fixed("ip_v6_address", v, r#""x""#);
        Must: "{}" => missing(v, "{}"), missing(r#"["body","w"]"#, "{}");
        Must: r#"{"w":null,"v":null}"# => string_type(v, "null"),
            fixed("list_type", r#"["body","w"]"#, "null");
        Must: r#"{"w":["x"]}"# => missing(v, r#"{"w":["x"]}"#), int_parsing(r#"["body","w",0]"#, r#""x""#);
        Inner: r#"{"v":["ab","a",1]}"# => string_too_short(r#"["body","v",1]"#, 2, r#""a""#), string_type(r#"["body","v",2]"#, "1");
        Several: r#"{"v":"a"}"# => string_too_short(v, 3, r#""a""#);
        Own: r#"{"v":"a"}"# => value_error(v, "not set", r#""a""#);
        Wrapped: r#"{"v":"a"}"# => value_error(v, "bad: length is lower than 9", r#""a""#);
        Sees: r#"{"a":0,"b":0,"c":1}"# => value_error(r#"["body","a"]"#, "should differ", "0");
        Sees: r#"{"a":0,"b":"x","c":0}"# => int_parsing(r#"["body","b"]"#, r#""x""#), out_of_range("ge", r#"["body","c"]"#, ["1", "1"], "0");
    }
    assert_eq!(json::<Maybe>("{}").await, Reply::json(200, r#"{"v":null}"#));
}

#[derive(Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Validate)]
struct Part {
    #[garde(length(min = 2))]
    name: String,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(rename_all = "camelCase")]
struct Camel {
    #[garde(length(min = 2))]
    user_name: String,
    #[garde(range(min = 1))]
    r#type: i64,
    #[garde(dive)]
    home_parts: BTreeMap<String, Part>,
    #[serde(default)]
    #[garde(length(min = 1))]
    nick_name: String,
}

#[derive(Default, Deserialize, Serialize, Validate)]
struct Name(#[garde(length(min = 2))] String);

#[derive(Default, Deserialize, Serialize, Validate)]
#[garde(transparent)]
struct Clear(#[garde(length(min = 2))] String);

#[derive(Default, Deserialize, Serialize, Validate)]
struct Names(#[garde(length(max = 2), inner(length(min = 2)))] Vec<String>);

#[derive(Default, Deserialize, Serialize, Validate)]
#[garde(transparent)]
struct ClearNames(#[garde(length(max = 2), inner(length(min = 2)))] Vec<String>);

/// Without `transparent` the list itself would have the path of the first item.
#[derive(Default, Deserialize, Serialize, Validate)]
#[garde(transparent)]
struct Bounded(#[garde(inner(length(max = 2)))] Vec<String>);

#[derive(Default, Deserialize, Serialize, Validate)]
struct Point(#[garde(range(min = 0))] i64, #[garde(range(min = 0))] i64);

types! {
    Shapes {
        #[serde(default = "fine")] #[garde(dive)] name: Name,
        #[serde(default = "clear")] #[garde(dive)] clear: Clear,
        #[serde(default)] #[garde(dive)] names: Names,
        #[serde(default)] #[garde(dive)] clear_names: ClearNames,
        #[serde(default)] #[garde(dive)] bounded: Bounded,
        #[serde(default)] #[garde(dive)] point: Point,
        #[serde(default)] #[garde(dive)] list: Vec<Part>,
        #[serde(default)] #[garde(dive)] set: HashSet<Part>,
        #[serde(default)] #[garde(dive)] hash: HashMap<String, Part>,
        #[serde(default)] #[garde(dive)] numbered: HashMap<usize, Part>,
        #[serde(default)] #[garde(dive)] pair: (Part2, Part2),
        #[serde(default)] #[garde(length(max = 1), dive)] few: Vec<Part>,
        #[serde(default)] #[garde(length(max = 1), dive)] map: HashMap<String, Part>,
    }
}

#[derive(Deserialize, Serialize, Validate)]
struct Part2 {
    #[garde(length(min = 2))]
    name: String,
}

impl Default for Part2 {
    fn default() -> Self {
        Self { name: "ab".to_owned() }
    }
}

fn fine() -> Name {
    Name("ab".to_owned())
}

fn clear() -> Clear {
    Clear("ab".to_owned())
}

#[tokio::test]
async fn nested_errors_are_located_where_that_is_certain() {
    let name = |loc: &str| string_too_short(loc, 2, r#""a""#);
    rows! {
        Camel: r#"{"homeParts":{"b":{"name":"a"},"a":{"name":"a"}},"type":0,"userName":"a"}"# =>
            name(r#"["body","userName"]"#), out_of_range("ge", r#"["body","type"]"#, ["1", "1"], "0"),
            name(r#"["body","homeParts","b","name"]"#), name(r#"["body","homeParts","a","name"]"#),
            value_error(r#"["body","nickName"]"#, "length is lower than 1", "null");
        Shapes: r#"{"name":"a"}"# => name(r#"["body","name"]"#);
        Shapes: r#"{"clear":"a"}"# => name(r#"["body","clear"]"#);
        Shapes: r#"{"names":["ab","a"]}"# => name(r#"["body","names",1]"#);
        Shapes: r#"{"names":["ab","a","cd"]}"# => name(r#"["body","names",1]"#);
        Shapes: r#"{"names":["ab","cd","ef"]}"# =>
            value_error(r#"["body","names"]"#, "length is greater than 2", r#"["ab","cd","ef"]"#);
        Shapes: r#"{"clear_names":["a","b","c"]}"# => too_long("List", r#"["body","clear_names"]"#, 2, "3", r#"["a","b","c"]"#);
        Shapes: r#"{"bounded":["abc","a","b"]}"# =>
            value_error(r#"["body","bounded"]"#, "length is greater than 2", r#"["abc","a","b"]"#);
        Shapes: r#"{"clear_names":["ab","a"]}"# => name(r#"["body","clear_names",1]"#);
        Shapes: r#"{"clear_names":["ab","a","c"]}"# => too_long("List", r#"["body","clear_names"]"#, 2, "3", r#"["ab","a","c"]"#);
        Shapes: r#"{"point":[1,-1]}"# => out_of_range("ge", r#"["body","point",1]"#, ["0", "0"], "-1");
        Shapes: r#"{"list":[{"name":"ab"},{"name":"a"}]}"# => name(r#"["body","list",1,"name"]"#);
        Shapes: r#"{"set":[{"name":"ab"},{"name":"a"}]}"# => value_error(r#"["body","set"]"#,
            "name: length is lower than 2", r#"[{"name":"ab"},{"name":"a"}]"#);
        Shapes: r#"{"hash":{"x":{"name":"ab"},"y":{"name":"a"}}}"# => name(r#"["body","hash","y","name"]"#);
        Shapes: r#"{"numbered":{"7":{"name":"ab"},"0":{"name":"a"}}}"# => name(r#"["body","numbered","0","name"]"#);
        Shapes: r#"{"pair":[{"name":"ab"},{"name":"a"}]}"# => name(r#"["body","pair",1,"name"]"#);
        Shapes: r#"{"few":[{"name":"a"},{}]}"# => too_long("List", r#"["body","few"]"#, 1, "2", r#"[{"name":"a"},{}]"#);
        Shapes: r#"{"map":{"x":{"name":"a"},"y":{"name":"ab"}}}"# => name(r#"["body","map","x","name"]"#);
        Vec<Part>: r#"[{"name":"ab"},{"name":"a"},{"name":1}]"# => name(r#"["body",1,"name"]"#),
            string_type(r#"["body",2,"name"]"#, "1");
    }
}

macro_rules! pets {
    ($($name:ident: $serde:meta;)*) => {$(
        #[derive(Deserialize, Serialize, Validate)]
        #[$serde]
        enum $name {
            #[serde(rename = "cat")]
            Cat { #[garde(length(min = 2))] cat_name: String },
            #[serde(rename = "part")]
            Part(#[garde(dive)] Part),
        }
    )*};
}

pets! {
    Pet: serde(rename_all_fields = "camelCase");
    Internal: serde(tag = "kind");
    Adjacent: serde(tag = "t", content = "c");
}

#[derive(Deserialize, Serialize, Validate)]
struct Of<T: Validate<Context = ()>> {
    #[garde(dive)]
    v: T,
}

#[tokio::test]
async fn enum_variants_are_located_by_serde_names() {
    rows! {
        Of<Pet>: r#"{"v":{"cat":{"catName":"a"}}}"# => string_too_short(r#"["body","v","cat","catName"]"#, 2, r#""a""#);
        Of<Pet>: r#"{"v":{"part":{"name":"a"}}}"# => string_too_short(r#"["body","v","part","name"]"#, 2, r#""a""#);
        Of<Internal>: r#"{"v":{"kind":"cat","cat_name":"a"}}"# => string_too_short(r#"["body","v","cat","cat_name"]"#, 2, r#""a""#);
        Of<Internal>: r#"{"v":{"name":"a","kind":"part"}}"# => string_too_short(r#"["body","v","part","name"]"#, 2, r#""a""#);
        Of<Adjacent>: r#"{"v":{"t":"cat","c":{"cat_name":"a"}}}"# => string_too_short(r#"["body","v","cat","c","cat_name"]"#, 2, r#""a""#);
        Vec<Pet>: r#"[{"cat":{"catName":"a"}},{"cat":{}}]"# => string_too_short(r#"["body",0,"cat","catName"]"#, 2, r#""a""#),
            missing(r#"["body",1,"cat","catName"]"#, "{}");
    }
}

#[derive(Deserialize, Serialize, Validate)]
struct Filter {
    #[garde(range(min = 1))]
    x_size: i64,
    #[serde(default)]
    #[garde(length(max = 2), inner(range(min = 1)))]
    tags: Vec<i64>,
    #[garde(length(min = 2))]
    name: Option<String>,
    #[garde(range(max = 1.0))]
    rate: Option<f64>,
}

#[tokio::test]
async fn every_extractor_checks_the_rules() {
    let app = filter_app!()
        .route("/name/{name}", get(async |Valid(Path(it)): Valid<Path<Name>>| Json(it)))
        .route("/point/{x}/{y}", get(async |Valid(Path(it)): Valid<Path<Point>>| Json(it)))
        .layer(ErrorHandlingLayer::new());
    let rows = vec![
        (
            "GET /query?x_size=0&tags=1&tags=2&tags=x&name=a&rate=2",
            NONE,
            vec![
                small_size(r#"["query","x_size"]"#),
                too_long("List", r#"["query","tags"]"#, 2, "3", r#"["1","2","x"]"#),
                string_too_short(r#"["query","name"]"#, 2, r#""a""#),
                out_of_range("le", r#"["query","rate"]"#, ["1", "1.0"], r#""2""#),
            ],
        ),
        (
            "GET /query?x_size=x&tags=0&tags=1&name=b",
            NONE,
            vec![
                int_parsing(r#"["query","x_size"]"#, r#""x""#),
                small_size(r#"["query","tags",0]"#),
                string_too_short(r#"["query","name"]"#, 2, r#""b""#),
            ],
        ),
        ("GET /name/a", NONE, vec![string_too_short(r#"["path","name"]"#, 2, r#""a""#)]),
        ("GET /point/1/-1", NONE, vec![out_of_range("ge", r#"["path","y"]"#, ["0", "0"], r#""-1""#)]),
    ];
    check_filter_app(&app, rows).await;
}

#[tokio::test]
async fn responses_are_checked() {
    let item = |rate: f64| Filter { x_size: 1, tags: vec![0], name: None, rate: Some(rate) };
    let shown = async |error: Caught<ResponseValidationError>| {
        (StatusCode::IM_A_TEAPOT, Value::from_iter(error.errors()).to_string()).into_response()
    };
    let app = Router::new().route("/bad", get(async move || Valid(Json(item(2.0)))));
    let plain = app.clone().layer(ErrorHandlingLayer::new());
    assert_eq!(send(&plain, request("GET", "/bad")).await, Reply::unhandled());
    let shown = app.layer(ErrorHandlingLayer::new().exception_handler(shown));
    let tag = out_of_range("ge", r#"["response","tags",0]"#, ["1", "1"], "0");
    let rate = out_of_range("le", r#"["response","rate"]"#, ["1", "1.0"], "2.0");
    let reply = send(&shown, request("GET", "/bad")).await;
    assert_eq!((reply.status, reply.body), (418, format!("[{tag},{rate}]")));
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(rename_all = "camelCase")]
struct Combined {
    #[garde(length(min = 2))]
    user_name: String,
    #[garde(range(min = 18))]
    age: i64,
    #[garde(dive)]
    pair: CombinedPair,
    #[garde(length(max = 2))]
    tags: Vec<String>,
    #[garde(required)]
    size: Option<u8>,
}

#[derive(Deserialize, Serialize, Validate)]
struct CombinedPair {
    #[garde(matches(b))]
    a: String,
    #[garde(skip)]
    b: String,
}

#[tokio::test]
async fn every_combination_of_type_and_rule_errors_is_reported() {
    error_combinations::check("does not match b field", async |document| json::<Combined>(document).await)
        .await;
}

/// The JSON in the docs is the actual response.
#[tokio::test]
async fn docs_json_matches_the_response() {
    #[derive(Deserialize, Serialize, Validate)]
    #[serde(rename_all = "camelCase")]
    struct Item {
        #[garde(length(chars, min = 3))]
        item_name: String,
        #[garde(range(min = 0.5))]
        price: f64,
        #[garde(length(max = 5), inner(length(chars, min = 1)))]
        tags: Vec<String>,
    }
    let shown = json_in_docs(include_str!("../../../src/integrations/garde/mod.rs"));
    let sent = r#"{"itemName": "Oz", "price": "cheap", "tags": [""]}"#;
    assert_eq!(json::<Item>(sent).await, Reply::json(422, shown));
}

#[derive(Deserialize, Serialize, Validate)]
struct Span {
    #[garde(skip)]
    start: i64,
    #[garde(range(min = self.start))]
    end: i64,
    #[garde(if(cond = !self.is_open, required))]
    size: Option<i64>,
    #[garde(skip)]
    is_open: bool,
}

#[tokio::test]
async fn rules_with_limits_from_invalid_fields_are_not_reported() {
    rows! {
        Span: r#"{"start":1,"end":0,"is_open":true}"# => out_of_range("ge", r#"["body","end"]"#, ["1", "1"], "0");
        Span: r#"{"start":"x","end":-5,"is_open":false}"# => int_parsing(r#"["body","start"]"#, r#""x""#),
            missing(r#"["body","size"]"#, r#"{"start":"x","end":-5,"is_open":false}"#);
        Span: r#"{"start":"x","end":-5,"is_open":"?"}"# => int_parsing(r#"["body","start"]"#, r#""x""#),
            fixed("bool_parsing", r#"["body","is_open"]"#, r#""?""#);
    }
}

/// A set has another order each time it is built.
#[tokio::test]
async fn sets_are_checked_beside_type_errors() {
    for _ in 0..8 {
        rows! {
            Shapes: r#"{"list":[5],"set":[{"name":"ab"},{"name":"a"},{"name":"cd"}]}"# =>
                fixed("model_attributes_type", r#"["body","list",0]"#, "5"),
                value_error(r#"["body","set"]"#, "name: length is lower than 2", r#"[{"name":"ab"},{"name":"a"},{"name":"cd"}]"#);
        }
    }
}

types! {
    Limited {
        #[garde(length(max = 5), inner(length(min = 1)))] ids: Vec<String>,
        #[garde(length(min = 2))] name: String,
        #[serde(default)] #[garde(skip)] size: Option<i64>,
    }
    Rows { #[garde(length(max = 1), inner(length(max = 2), inner(range(min = 1))))] rows: Vec<Vec<i64>> }
    Unlimited { #[garde(inner(length(min = 1)))] ids: Vec<String> }
}

/// A list that is too long is reported instead of its items. Of too many errors the first are reported.
#[tokio::test]
async fn too_long_lists_hide_item_errors() {
    let ids = format!("[{}]", vec![r#""""#; 2000].join(","));
    let too_many = too_long("List", r#"["body","ids"]"#, 5, "2000", &ids);
    rows! {
        Limited: &format!(r#"{{"ids":{ids},"name":"a","size":"x"}}"#) => too_many.clone(),
            string_too_short(r#"["body","name"]"#, 2, r#""a""#), int_parsing(r#"["body","size"]"#, r#""x""#);
        Limited: &format!(r#"{{"ids":{ids},"name":"ab"}}"#) => too_many;
        Limited: r#"{"ids":["a",""],"name":"ab"}"# => string_too_short(r#"["body","ids",1]"#, 1, r#""""#);
        Rows: r#"{"rows":[[0,0,0],[0]]}"# => too_long("List", r#"["body","rows"]"#, 1, "2", "[[0,0,0],[0]]");
        Rows: r#"{"rows":[[1,0,0]]}"# => too_long("List", r#"["body","rows",0]"#, 2, "3", "[1,0,0]");
        Rows: r#"{"rows":[[1,0]]}"# => out_of_range("ge", r#"["body","rows",0,1]"#, ["1", "1"], "0");
    }
    let mut first: Vec<String> =
        (0..1000).map(|index| string_too_short(&format!(r#"["body","ids",{index}]"#), 1, r#""""#)).collect();
    first.push(fixed("too_many_errors", r#"["body"]"#, "null"));
    assert_eq!(json::<Unlimited>(&format!(r#"{{"ids":{ids}}}"#)).await, unprocessable(&first));
}

#[derive(Deserialize, Serialize, Validate)]
struct Ids(#[garde(length(max = 3), inner(range(min = 1)))] Vec<i64>);

#[derive(Deserialize, Serialize, Validate)]
#[serde(from = "Vec<i64>")]
struct FromList(#[garde(length(max = 3), inner(range(min = 1)))] Vec<i64>);

impl From<Vec<i64>> for FromList {
    fn from(list: Vec<i64>) -> Self {
        Self(list)
    }
}

#[derive(Deserialize, Serialize, Validate)]
struct Grid(#[garde(inner(inner(range(min = 1))))] Vec<Vec<i64>>);

#[derive(Deserialize, Serialize, Validate)]
#[serde(tag = "k")]
enum Tagged {
    A {
        #[garde(dive)]
        ids: Ids,
    },
    B {
        #[garde(inner(range(min = 1)))]
        ids: Vec<i64>,
    },
    C {
        #[garde(dive)]
        ids: Grid,
    },
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(tag = "t", content = "c")]
enum Content {
    A(#[garde(inner(range(min = 1)))] Vec<i64>),
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(untagged)]
enum Untagged {
    C(#[garde(inner(range(min = 1)))] Vec<i64>),
}

/// A newtype around a list has the path of the list's first item, although the document has no such level.
#[tokio::test]
async fn errors_in_newtype_lists_are_not_reported_on_the_first_item() {
    let low = |loc: &str| out_of_range("ge", loc, ["1", "1"], "0");
    let part = |loc: &str, input: &str| value_error(loc, "Input should be greater than or equal to 1", input);
    rows! {
        Tagged: r#"{"k":"A","ids":[1,0]}"# => low(r#"["body","A","ids",1]"#);
        Tagged: r#"{"k":"A","ids":[0,1]}"# => low(r#"["body","A","ids",0]"#);
        Tagged: r#"{"k":"A","ids":[1,0,1,1]}"# => low(r#"["body","A","ids",1]"#);
        Tagged: r#"{"k":"A","ids":[1,1,1,1]}"# =>
            value_error(r#"["body","A","ids"]"#, "length is greater than 3", "[1,1,1,1]");
        Tagged: r#"{"k":"B","ids":[1,0]}"# => low(r#"["body","B","ids",1]"#);
        Tagged: r#"{"k":"B","ids":[0,1]}"# => part(r#"["body","B","ids"]"#, "[0,1]");
        Tagged: r#"{"k":"C","ids":[[1,0],[1,1]]}"# => part(r#"["body","C","ids"]"#, "[[1,0],[1,1]]");
        Content: r#"{"t":"A","c":[1,0]}"# => low(r#"["body","A","c",1]"#);
        Content: r#"{"c":[1,0],"t":"A"}"# => low(r#"["body","A","c",1]"#);
        Untagged: "[1,0]" => low(r#"["body",1]"#);
        FromList: "[1,0]" => low(r#"["body",1]"#);
        FromList: "[1,1,1,1]" => value_error(r#"["body"]"#, "length is greater than 3", "[1,1,1,1]");
        Of<FromList>: r#"{"v":[1,0]}"# => low(r#"["body","v",1]"#);
    }
}
