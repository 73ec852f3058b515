//! `axum_exception::garde::Valid` through the front door.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use axum::{
    Router,
    body::Body,
    http::StatusCode,
    response::IntoResponse,
    routing::{get, post},
};
use axum_exception::{
    Caught, ErrorHandlingLayer, ResponseValidationError, Value,
    extract::{All, Form, Header, Json, Path, Query},
    garde::Valid,
};
use garde::{Error, Validate};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::support::{
    Reply,
    planted::documents,
    request,
    rows::{
        beyond, error, few, long, many, missing, no_email, no_int, no_string, no_url, raised, refused, short,
    },
    send,
};

/// What `Valid<Json<T>>` makes of a body.
async fn json<T>(body: &str) -> Reply
where
    T: DeserializeOwned + Serialize + Validate<Context: Default> + Send + 'static,
{
    let handler = post(async |Valid(Json(value)): Valid<Json<T>>| Json(value));
    let app = Router::new().route("/", handler).layer(ErrorHandlingLayer::new());
    let mut request = request("POST", "/");
    request.headers_mut().insert("content-type", "application/json".parse().unwrap());
    *request.body_mut() = Body::from(body.to_owned());
    send(&app, request).await
}

/// Rows of a type, a body, and the errors it is answered with.
macro_rules! rows {
    ($($type:ty: $sent:expr => $($error:expr),+;)*) => {$(
        assert_eq!(json::<$type>($sent).await, refused(&[$($error),+]), "{}", $sent);
    )*};
}

macro_rules! types {
    ($($name:ident { $($fields:tt)* })*) => {$(
        #[derive(Default, Deserialize, Serialize, Validate)]
        struct $name { $($fields)* }
    )*};
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

/// Asks a rule of garde itself, and says it in other words.
fn wraps(text: &str, _: &()) -> garde::Result {
    garde::rules::length::simple::apply(&text, (9, 9)).map_err(|error| Error::new(format!("bad: {error}")))
}

fn differs(a: i64, b: i64) -> garde::Result {
    if a == b { Err(Error::new("should differ")) } else { Ok(()) }
}

#[tokio::test]
async fn rules_have_the_words_of_pydantic() {
    let v = r#"["body","v"]"#;
    rows! {
        Text: r#"{"v":"a"}"# => short(v, 2, r#""a""#);
        Text: r#"{"v":"abcd"}"# => long(v, 3, r#""abcd""#);
        Text: r#"{"v":"ää"}"# => raised(v, "length is greater than 3", r#""ää""#);
        Chars: r#"{"v":"ä"}"# => short(v, 2, r#""ä""#);
        Chars: r#"{"v":"äöüß"}"# => long(v, 3, r#""äöüß""#);
        Bytes: r#"{"v":"ää"}"# => raised(v, "length is greater than 3", r#""ää""#);
        Graphemes: r#"{"v":"ab"}"# => long(v, 1, r#""ab""#);
        Units: r#"{"v":"😀"}"# => raised(v, "length is greater than 1", r#""😀""#);
        Exact: r#"{"v":"a"}"# => short(v, 2, r#""a""#);
        Exact: r#"{"v":"abc"}"# => long(v, 2, r#""abc""#);
        Items: r#"{"v":[]}"# => few("List", v, 1, 0, "[]");
        Items: r#"{"v":[1,2,"x"]}"# => many("List", v, 2, "3", r#"[1,2,"x"]"#);
        Queue: r#"{"v":[1,2,3]}"# => many("Deque", v, 2, "3", "[1,2,3]");
        Set: r#"{"v":[1,1]}"# => few("Set", v, 2, 1, "[1,1]");
        Set: r#"{"v":[1,2,3,4]}"# => many("Set", v, 3, "null", "[1,2,3,4]");
        Dict: r#"{"v":{}}"# => few("Dictionary", v, 1, 0, "{}");
        Dict: r#"{"v":{"a":1,"b":2,"c":3}}"# => many("Dictionary", v, 2, "null", r#"{"a":1,"b":2,"c":3}"#);
        Age: r#"{"v":17}"# => beyond("ge", v, ["18", "18"], "17");
        Age: r#"{"v":"66"}"# => beyond("le", v, ["65", "65"], r#""66""#);
        Small: r#"{"v":10}"# => beyond("le", v, ["9", "9"], "10");
        Small: r#"{"v":300}"# => beyond("le", v, ["9", "9"], "300");
        Price: r#"{"v":0}"# => beyond("ge", v, ["1", "1.0"], "0");
        Price: r#"{"v":"11"}"# => beyond("le", v, ["10.5", "10.5"], r#""11""#);
        Maybe: r#"{"v":0}"# => beyond("ge", v, ["1", "1.0"], "0");
        Equal: r#"{"v":2}"# => beyond("ge", v, ["3", "3"], "2");
        Email: r#"{"v":"me"}"# => no_email(v, "An email address must have an @-sign.", r#""me""#);
        Email: r#"{"v":"a@b..c"}"# => no_email(v, "An email address cannot have two periods in a row.", r#""a@b..c""#);
        Link: r#"{"v":"x"}"# => no_url(v, "relative URL without a base", r#""x""#);
        Link: r#"{"v":"http://"}"# => no_url(v, "empty host", r#""http://""#);
        Match: r#"{"a":"1","b":"2"}"# => raised(r#"["body","a"]"#, "does not match b field", r#""1""#);
        Match: r#"{"a":"1","b":2}"# => no_string(r#"["body","b"]"#, "2");
        Needle: r#"{"v":"abc"}"# => raised(v, r#"does not contain "x""#, r#""abc""#);
        Prefix: r#"{"v":"abc"}"# => raised(v, r#"value does not begin with "x""#, r#""abc""#);
        Suffix: r#"{"v":"abc"}"# => raised(v, r#"does not end with "x""#, r#""abc""#);
        Pattern: r#"{"v":"A1"}"# => error("string_pattern_mismatch", v, "String should match pattern '^[a-z]+$'",
            r#""A1""#, r#"{"pattern":"^[a-z]+$"}"#);
        Card: r#"{"v":"4242"}"# => raised(v, "not a valid credit card number: invalid length", r#""4242""#);
        Phone: r#"{"v":"12"}"# => raised(v, "not a valid phone number: invalid country code", r#""12""#);
        Ascii: r#"{"v":"é"}"# => error("string_not_ascii", v, "String should contain only ASCII characters", r#""é""#, "");
        Letters: r#"{"v":"a-b"}"# => raised(v, "not alphanumeric", r#""a-b""#);
        Ip: r#"{"v":"1"}"# => error("ip_any_address", v, "value is not a valid IPv4 or IPv6 address", r#""1""#, "");
        IpV4: r#"{"v":"::1"}"# => error("ip_v4_address", v, "Input is not a valid IPv4 address", r#""::1""#, "");
        IpV6: r#"{"v":"x"}"# => error("ip_v6_address", v, "Input is not a valid IPv6 address", r#""x""#, "");
        Must: "{}" => missing(v, "{}"), missing(r#"["body","w"]"#, "{}");
        Must: r#"{"w":null,"v":null}"# => no_string(v, "null"),
            error("list_type", r#"["body","w"]"#, "Input should be a valid list", "null", "");
        Must: r#"{"w":["x"]}"# => missing(v, r#"{"w":["x"]}"#), no_int(r#"["body","w",0]"#, r#""x""#);
        Inner: r#"{"v":["ab","a",1]}"# => short(r#"["body","v",1]"#, 2, r#""a""#), no_string(r#"["body","v",2]"#, "1");
        Several: r#"{"v":"a"}"# => short(v, 3, r#""a""#);
        Own: r#"{"v":"a"}"# => raised(v, "not set", r#""a""#);
        Wrapped: r#"{"v":"a"}"# => raised(v, "bad: length is lower than 9", r#""a""#);
        Sees: r#"{"a":0,"b":0,"c":1}"# => raised(r#"["body","a"]"#, "should differ", "0");
        Sees: r#"{"a":0,"b":"x","c":0}"# => no_int(r#"["body","b"]"#, r#""x""#), beyond("ge", r#"["body","c"]"#, ["1", "1"], "0");
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

/// Its first item is at the place where the list of a newtype that is not transparent is.
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
async fn what_is_inside_is_found_where_that_is_certain() {
    let name = |loc: &str| short(loc, 2, r#""a""#);
    rows! {
        Camel: r#"{"homeParts":{"b":{"name":"a"},"a":{"name":"a"}},"type":0,"userName":"a"}"# =>
            name(r#"["body","userName"]"#), beyond("ge", r#"["body","type"]"#, ["1", "1"], "0"),
            name(r#"["body","homeParts","b","name"]"#), name(r#"["body","homeParts","a","name"]"#),
            raised(r#"["body","nickName"]"#, "length is lower than 1", "null");
        Shapes: r#"{"name":"a"}"# => name(r#"["body","name"]"#);
        Shapes: r#"{"clear":"a"}"# => name(r#"["body","clear"]"#);
        Shapes: r#"{"names":["ab","a"]}"# => name(r#"["body","names",1]"#);
        Shapes: r#"{"names":["ab","a","cd"]}"# => name(r#"["body","names",1]"#);
        Shapes: r#"{"names":["ab","cd","ef"]}"# =>
            raised(r#"["body","names"]"#, "length is greater than 2", r#"["ab","cd","ef"]"#);
        Shapes: r#"{"clear_names":["a","b","c"]}"# => many("List", r#"["body","clear_names"]"#, 2, "3", r#"["a","b","c"]"#);
        Shapes: r#"{"bounded":["abc","a","b"]}"# =>
            raised(r#"["body","bounded"]"#, "length is greater than 2", r#"["abc","a","b"]"#);
        Shapes: r#"{"clear_names":["ab","a"]}"# => name(r#"["body","clear_names",1]"#);
        Shapes: r#"{"clear_names":["ab","a","c"]}"# => many("List", r#"["body","clear_names"]"#, 2, "3", r#"["ab","a","c"]"#);
        Shapes: r#"{"point":[1,-1]}"# => beyond("ge", r#"["body","point",1]"#, ["0", "0"], "-1");
        Shapes: r#"{"list":[{"name":"ab"},{"name":"a"}]}"# => name(r#"["body","list",1,"name"]"#);
        Shapes: r#"{"set":[{"name":"ab"},{"name":"a"}]}"# => raised(r#"["body","set"]"#,
            "name: length is lower than 2", r#"[{"name":"ab"},{"name":"a"}]"#);
        Shapes: r#"{"hash":{"x":{"name":"ab"},"y":{"name":"a"}}}"# => name(r#"["body","hash","y","name"]"#);
        Shapes: r#"{"numbered":{"7":{"name":"ab"},"0":{"name":"a"}}}"# => name(r#"["body","numbered","0","name"]"#);
        Shapes: r#"{"pair":[{"name":"ab"},{"name":"a"}]}"# => name(r#"["body","pair",1,"name"]"#);
        Shapes: r#"{"few":[{"name":"a"},{}]}"# => many("List", r#"["body","few"]"#, 1, "2", r#"[{"name":"a"},{}]"#);
        Shapes: r#"{"map":{"x":{"name":"a"},"y":{"name":"ab"}}}"# => name(r#"["body","map","x","name"]"#);
        Vec<Part>: r#"[{"name":"ab"},{"name":"a"},{"name":1}]"# => name(r#"["body",1,"name"]"#),
            no_string(r#"["body",2,"name"]"#, "1");
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
async fn variants_are_no_step_of_rusts() {
    rows! {
        Of<Pet>: r#"{"v":{"cat":{"catName":"a"}}}"# => short(r#"["body","v","cat","catName"]"#, 2, r#""a""#);
        Of<Pet>: r#"{"v":{"part":{"name":"a"}}}"# => short(r#"["body","v","part","name"]"#, 2, r#""a""#);
        Of<Internal>: r#"{"v":{"kind":"cat","cat_name":"a"}}"# => short(r#"["body","v","cat","cat_name"]"#, 2, r#""a""#);
        Of<Internal>: r#"{"v":{"name":"a","kind":"part"}}"# => short(r#"["body","v","part","name"]"#, 2, r#""a""#);
        Of<Adjacent>: r#"{"v":{"t":"cat","c":{"cat_name":"a"}}}"# => short(r#"["body","v","cat","c","cat_name"]"#, 2, r#""a""#);
        Vec<Pet>: r#"[{"cat":{"catName":"a"}},{"cat":{}}]"# => short(r#"["body",0,"cat","catName"]"#, 2, r#""a""#),
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
async fn every_extractor_has_them() {
    let app = Router::new()
        .route("/query", get(async |Valid(Query(it)): Valid<Query<Filter>>| Json(it)))
        .route("/header", get(async |Valid(Header(it)): Valid<Header<Filter>>| Json(it)))
        .route("/form", post(async |Valid(Form(it)): Valid<Form<Filter>>| Json(it)))
        .route("/path/{x_size}", get(async |Valid(Path(it)): Valid<Path<Filter>>| Json(it)))
        .route("/name/{name}", get(async |Valid(Path(it)): Valid<Path<Name>>| Json(it)))
        .route("/point/{x}/{y}", get(async |Valid(Path(it)): Valid<Path<Point>>| Json(it)))
        .route(
            "/all/{x_size}",
            post(
                async |All((Valid(Path(path)), Valid(Query(query)))): All<(
                    Valid<Path<Filter>>,
                    Valid<Query<Filter>>,
                )>| Json([path, query]),
            ),
        )
        .layer(ErrorHandlingLayer::new());
    let size = |loc: &str| beyond("ge", loc, ["1", "1"], r#""0""#);
    let ask = async |line: &str, header: (&'static str, &str), body: &str| {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = request(method, path);
        request.headers_mut().insert(header.0, header.1.parse().unwrap());
        *request.body_mut() = Body::from(body.to_owned());
        send(&app, request).await
    };
    let none = ("accept", "*/*");
    let rows = [
        (
            ask("GET /query?x_size=0&tags=1&tags=2&tags=x&name=a&rate=2", none, "").await,
            vec![
                size(r#"["query","x_size"]"#),
                many("List", r#"["query","tags"]"#, 2, "3", r#"["1","2","x"]"#),
                short(r#"["query","name"]"#, 2, r#""a""#),
                beyond("le", r#"["query","rate"]"#, ["1", "1.0"], r#""2""#),
            ],
        ),
        (
            ask("GET /query?x_size=x&tags=0&tags=1&name=b", none, "").await,
            vec![
                no_int(r#"["query","x_size"]"#, r#""x""#),
                size(r#"["query","tags",0]"#),
                short(r#"["query","name"]"#, 2, r#""b""#),
            ],
        ),
        (ask("GET /header", ("x-size", "0"), "").await, vec![size(r#"["header","x-size"]"#)]),
        (
            ask("POST /form", ("content-type", "application/x-www-form-urlencoded"), "x_size=0&name=a").await,
            vec![size(r#"["body","x_size"]"#), short(r#"["body","name"]"#, 2, r#""a""#)],
        ),
        (ask("GET /path/0", none, "").await, vec![size(r#"["path","x_size"]"#)]),
        (ask("GET /name/a", none, "").await, vec![short(r#"["path","name"]"#, 2, r#""a""#)]),
        (
            ask("GET /point/1/-1", none, "").await,
            vec![beyond("ge", r#"["path","y"]"#, ["0", "0"], r#""-1""#)],
        ),
        (
            ask("POST /all/0?name=a", none, "").await,
            vec![
                size(r#"["path","x_size"]"#),
                missing(r#"["query","x_size"]"#, "null"),
                short(r#"["query","name"]"#, 2, r#""a""#),
            ],
        ),
    ];
    for (reply, errors) in rows {
        assert_eq!(reply, refused(&errors));
    }
}

#[tokio::test]
async fn a_response_is_checked_too() {
    let item = |rate: f64| Filter { x_size: 1, tags: vec![0], name: None, rate: Some(rate) };
    let shown = async |error: Caught<ResponseValidationError>| {
        (StatusCode::IM_A_TEAPOT, Value::from_iter(error.errors()).to_string()).into_response()
    };
    let app = Router::new().route("/bad", get(async move || Valid(Json(item(2.0)))));
    let plain = app.clone().layer(ErrorHandlingLayer::new());
    assert_eq!(send(&plain, request("GET", "/bad")).await, Reply::unhandled());
    let shown = app.layer(ErrorHandlingLayer::new().exception_handler(shown));
    let tag = beyond("ge", r#"["response","tags",0]"#, ["1", "1"], "0");
    let rate = beyond("le", r#"["response","rate"]"#, ["1", "1.0"], "2.0");
    let reply = send(&shown, request("GET", "/bad")).await;
    assert_eq!((reply.status, reply.body), (418, format!("[{tag},{rate}]")));
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(rename_all = "camelCase")]
struct Planted {
    #[garde(length(min = 2))]
    user_name: String,
    #[garde(range(min = 18))]
    age: i64,
    #[garde(dive)]
    pair: PlantedPair,
    #[garde(length(max = 2))]
    tags: Vec<String>,
    #[garde(required)]
    size: Option<u8>,
}

#[derive(Deserialize, Serialize, Validate)]
struct PlantedPair {
    #[garde(matches(b))]
    a: String,
    #[garde(skip)]
    b: String,
}

/// Every mistake is found that can be, and none is invented.
#[tokio::test]
async fn mistakes_of_types_and_of_rules_stand_side_by_side() {
    for (document, errors) in documents("does not match b field") {
        let reply = json::<Planted>(&document).await;
        if errors.is_empty() {
            assert_eq!(reply.status, 200, "{document}");
        } else {
            assert_eq!(reply, refused(&errors), "{document}");
        }
    }
}

/// The list in the docs is what is answered.
#[tokio::test]
async fn the_docs_show_what_is_answered() {
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
    let shown = crate::support::rows::shown_in_docs(include_str!("../../src/integrations/garde/mod.rs"));
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
async fn limits_that_were_not_sent_are_none() {
    rows! {
        Span: r#"{"start":1,"end":0,"is_open":true}"# => beyond("ge", r#"["body","end"]"#, ["1", "1"], "0");
        Span: r#"{"start":"x","end":-5,"is_open":false}"# => no_int(r#"["body","start"]"#, r#""x""#),
            missing(r#"["body","size"]"#, r#"{"start":"x","end":-5,"is_open":false}"#);
        Span: r#"{"start":"x","end":-5,"is_open":"?"}"# => no_int(r#"["body","start"]"#, r#""x""#),
            error("bool_parsing", r#"["body","is_open"]"#,
                "Input should be a valid boolean, unable to interpret input", r#""?""#, "");
    }
}

/// The order of a set is another one each time that it is made.
#[tokio::test]
async fn sets_are_checked_beside_other_mistakes() {
    for _ in 0..8 {
        rows! {
            Shapes: r#"{"list":[5],"set":[{"name":"ab"},{"name":"a"},{"name":"cd"}]}"# =>
                error("model_attributes_type", r#"["body","list",0]"#,
                    "Input should be a valid dictionary or object to extract fields from", "5", ""),
                raised(r#"["body","set"]"#, "name: length is lower than 2", r#"[{"name":"ab"},{"name":"a"},{"name":"cd"}]"#);
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

/// However many items are wrong, a list that is too long is reported instead, and of too many the first.
#[tokio::test]
async fn lists_that_are_too_long_are_reported_instead_of_their_items() {
    let ids = format!("[{}]", vec![r#""""#; 2000].join(","));
    let too_long = many("List", r#"["body","ids"]"#, 5, "2000", &ids);
    rows! {
        Limited: &format!(r#"{{"ids":{ids},"name":"a","size":"x"}}"#) => too_long.clone(),
            short(r#"["body","name"]"#, 2, r#""a""#), no_int(r#"["body","size"]"#, r#""x""#);
        Limited: &format!(r#"{{"ids":{ids},"name":"ab"}}"#) => too_long;
        Limited: r#"{"ids":["a",""],"name":"ab"}"# => short(r#"["body","ids",1]"#, 1, r#""""#);
        Rows: r#"{"rows":[[0,0,0],[0]]}"# => many("List", r#"["body","rows"]"#, 1, "2", "[[0,0,0],[0]]");
        Rows: r#"{"rows":[[1,0,0]]}"# => many("List", r#"["body","rows",0]"#, 2, "3", "[1,0,0]");
        Rows: r#"{"rows":[[1,0]]}"# => beyond("ge", r#"["body","rows",0,1]"#, ["1", "1"], "0");
    }
    let mut first: Vec<String> =
        (0..1000).map(|index| short(&format!(r#"["body","ids",{index}]"#), 1, r#""""#)).collect();
    first.push(error(
        "too_many_errors",
        r#"["body"]"#,
        "There may be more errors than those shown",
        "null",
        "",
    ));
    assert_eq!(json::<Unlimited>(&format!(r#"{{"ids":{ids}}}"#)).await, refused(&first));
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

/// What is around a list in Rust, and is nothing in what is sent, is not the first item of the list.
#[tokio::test]
async fn the_first_item_is_not_blamed_for_another() {
    let low = |loc: &str| beyond("ge", loc, ["1", "1"], "0");
    let part = |loc: &str, input: &str| raised(loc, "Input should be greater than or equal to 1", input);
    rows! {
        Tagged: r#"{"k":"A","ids":[1,0]}"# => low(r#"["body","A","ids",1]"#);
        Tagged: r#"{"k":"A","ids":[0,1]}"# => low(r#"["body","A","ids",0]"#);
        Tagged: r#"{"k":"A","ids":[1,0,1,1]}"# => low(r#"["body","A","ids",1]"#);
        Tagged: r#"{"k":"A","ids":[1,1,1,1]}"# =>
            raised(r#"["body","A","ids"]"#, "length is greater than 3", "[1,1,1,1]");
        Tagged: r#"{"k":"B","ids":[1,0]}"# => low(r#"["body","B","ids",1]"#);
        Tagged: r#"{"k":"B","ids":[0,1]}"# => part(r#"["body","B","ids"]"#, "[0,1]");
        Tagged: r#"{"k":"C","ids":[[1,0],[1,1]]}"# => part(r#"["body","C","ids"]"#, "[[1,0],[1,1]]");
        Content: r#"{"t":"A","c":[1,0]}"# => low(r#"["body","A","c",1]"#);
        Content: r#"{"c":[1,0],"t":"A"}"# => low(r#"["body","A","c",1]"#);
        Untagged: "[1,0]" => low(r#"["body",1]"#);
        FromList: "[1,0]" => low(r#"["body",1]"#);
        FromList: "[1,1,1,1]" => raised(r#"["body"]"#, "length is greater than 3", "[1,1,1,1]");
        Of<FromList>: r#"{"v":[1,0]}"# => low(r#"["body","v",1]"#);
    }
}
