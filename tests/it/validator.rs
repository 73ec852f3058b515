//! `axum_exception::validator::Valid` through the front door.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    sync::LazyLock,
};

use axum::{
    Router,
    body::Body,
    http::StatusCode,
    response::IntoResponse,
    routing::{get, post},
};
use axum_exception::{
    Caught, ErrorHandlingLayer, ResponseValidationError, Value,
    extract::{All, Cookie, Form, Header, Json, Path, Query},
    validator::Valid,
};
use regex::Regex;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use validator::{Validate, ValidationError};

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
    T: DeserializeOwned + Serialize + Validate + Send + 'static,
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

static LETTERS: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[a-z]+$").unwrap());

macro_rules! types {
    ($($name:ident { $($fields:tt)* })*) => {$(
        #[derive(Default, Deserialize, Serialize, Validate)]
        struct $name { $($fields)* }
    )*};
}

types! {
    Text { #[validate(length(min = 2, max = 3))] v: String }
    Exact { #[validate(length(equal = 2))] v: String }
    Items { #[validate(length(min = 1, max = 2))] v: Vec<i64> }
    Queue { #[validate(length(max = 2))] v: VecDeque<i64> }
    Set { #[validate(length(min = 2, max = 3))] v: HashSet<i64> }
    Dict { #[validate(length(min = 1, max = 2))] v: HashMap<String, i64> }
    Opt { #[validate(length(min = 2))] v: Option<String> }
    Age { #[validate(range(min = 18, max = 65))] v: i64 }
    Price { #[validate(range(min = 1.0, max = 10.5))] v: f64 }
    Open { #[validate(range(exclusive_min = 0, exclusive_max = 10))] v: i64 }
    Ratio { #[validate(range(exclusive_min = 0.0, exclusive_max = 1.0))] v: Option<f64> }
    Email { #[validate(email)] v: String }
    Link { #[validate(url)] v: String }
    Match { #[validate(must_match(other = "b"))] a: String, b: String }
    Needle { #[validate(contains(pattern = "x"))] v: String }
    NoNeedle { #[validate(does_not_contain(pattern = "x"))] v: String }
    Pattern { #[validate(regex(path = *LETTERS))] v: String }
    Card { #[validate(credit_card)] v: String }
    Plain { #[validate(non_control_character)] v: String }
    Ip { #[validate(ip)] v: String }
    IpV4 { #[validate(ip(v4))] v: String }
    IpV6 { #[validate(ip(v6))] v: String }
    Must { #[validate(required)] v: Option<String>, #[validate(required)] w: Option<i64> }
    MustOf { #[validate(required)] v: Option<Option<String>>, #[serde(default)] size: u8 }
}

#[tokio::test]
async fn rules_have_the_words_of_pydantic() {
    let v = r#"["body","v"]"#;
    rows! {
        Text: r#"{"v":"a"}"# => short(v, 2, r#""a""#);
        Text: r#"{"v":"äöüß"}"# => long(v, 3, r#""äöüß""#);
        Exact: r#"{"v":"a"}"# => short(v, 2, r#""a""#);
        Exact: r#"{"v":"abc"}"# => long(v, 2, r#""abc""#);
        Items: r#"{"v":[]}"# => few("List", v, 1, 0, "[]");
        Items: r#"{"v":[1,2,3]}"# => many("List", v, 2, "3", "[1,2,3]");
        Items: r#"{"v":[1,"x",3]}"# => many("List", v, 2, "3", r#"[1,"x",3]"#);
        Queue: r#"{"v":[1,2,3]}"# => many("Deque", v, 2, "3", "[1,2,3]");
        Set: r#"{"v":[1,1]}"# => few("Set", v, 2, 1, "[1,1]");
        Set: r#"{"v":[1,2,3,4]}"# => many("Set", v, 3, "null", "[1,2,3,4]");
        Dict: r#"{"v":{}}"# => few("Dictionary", v, 1, 0, "{}");
        Dict: r#"{"v":{"a":1,"b":2,"c":3}}"# => many("Dictionary", v, 2, "null", r#"{"a":1,"b":2,"c":3}"#);
        Age: r#"{"v":17}"# => beyond("ge", v, ["18", "18"], "17");
        Age: r#"{"v":"66"}"# => beyond("le", v, ["65", "65"], r#""66""#);
        Price: r#"{"v":0}"# => beyond("ge", v, ["1", "1.0"], "0");
        Price: r#"{"v":11}"# => beyond("le", v, ["10.5", "10.5"], "11");
        Open: r#"{"v":0}"# => beyond("gt", v, ["0", "0"], "0");
        Open: r#"{"v":10}"# => beyond("lt", v, ["10", "10"], "10");
        Ratio: r#"{"v":0.0}"# => beyond("gt", v, ["0", "0.0"], "0.0");
        Ratio: r#"{"v":1}"# => beyond("lt", v, ["1", "1.0"], "1");
        Email: r#"{"v":"me"}"# => no_email(v, "An email address must have an @-sign.", r#""me""#);
        Email: r#"{"v":"a b@c.d"}"# =>
            no_email(v, "The email address contains invalid characters before the @-sign: SPACE.", r#""a b@c.d""#);
        Email: r#"{"v":"a(@c.d"}"# => no_email(v, "It is not valid.", r#""a(@c.d""#);
        Link: r#"{"v":"x"}"# => no_url(v, "relative URL without a base", r#""x""#);
        Link: r#"{"v":"http://"}"# => no_url(v, "empty host", r#""http://""#);
        Match: r#"{"a":"1","b":"2"}"# => raised(r#"["body","a"]"#, "does not match the other field", r#""1""#);
        Needle: r#"{"v":"abc"}"# => raised(v, r#"does not contain "x""#, r#""abc""#);
        NoNeedle: r#"{"v":"xyz"}"# => raised(v, r#"contains "x""#, r#""xyz""#);
        Pattern: r#"{"v":"A1"}"# => raised(v, "does not match the pattern", r#""A1""#);
        Card: r#"{"v":"4242"}"# => raised(v, "not a valid credit card number", r#""4242""#);
        Plain: r#"{"v":"a\tb"}"# => raised(v, "contains control characters", r#""a\tb""#);
        Ip: r#"{"v":"1"}"# => error("ip_any_address", v, "value is not a valid IPv4 or IPv6 address", r#""1""#, "");
        IpV4: r#"{"v":"::1"}"# => error("ip_v4_address", v, "Input is not a valid IPv4 address", r#""::1""#, "");
        IpV6: r#"{"v":"1.2.3.4"}"# =>
            error("ip_v6_address", v, "Input is not a valid IPv6 address", r#""1.2.3.4""#, "");
        IpV6: r#"{"v":"x"}"# => error("ip_any_address", v, "value is not a valid IPv4 or IPv6 address", r#""x""#, "");
        Must: "{}" => missing(v, "{}"), missing(r#"["body","w"]"#, "{}");
        Must: r#"{"w":null,"v":null}"# => no_string(v, "null"),
            error("int_type", r#"["body","w"]"#, "Input should be a valid integer", "null", "");
        MustOf: r#"{"size":"x"}"# => missing(v, r#"{"size":"x"}"#), no_int(r#"["body","size"]"#, r#""x""#);
    }
    assert_eq!(json::<Opt>("{}").await, Reply::json(200, r#"{"v":null}"#));
    assert_eq!(json::<Price>(r#"{"v":"1"}"#).await, Reply::json(200, r#"{"v":1.0}"#));
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(rename_all = "camelCase")]
struct Camel {
    #[validate(length(min = 2))]
    user_name: String,
    #[validate(range(min = 1))]
    r#type: i64,
    #[validate(nested)]
    #[serde(default)]
    home_address: Option<Kebab>,
    #[serde(default)]
    #[validate(length(min = 1))]
    nick_name: String,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(rename_all = "kebab-case")]
struct Kebab {
    #[validate(length(min = 2))]
    street_name: String,
    #[validate(nested)]
    #[serde(default)]
    zip_code: Vec<Screaming>,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct Screaming {
    #[validate(range(max = 9))]
    first_digit: i64,
}

#[derive(Deserialize, Serialize, Validate)]
struct Renamed {
    #[serde(rename = "n")]
    #[validate(length(min = 2))]
    name: String,
    /// What clients do not send is not blamed for what they do send.
    #[serde(default)]
    user_name: String,
    #[serde(rename = "u", default)]
    #[validate(length(min = 2))]
    username: Option<String>,
    #[serde(default, alias = "shoeSize")]
    #[validate(range(max = 50))]
    shoe_size: i64,
}

#[derive(Deserialize, Serialize, Validate)]
struct Flat {
    #[serde(flatten)]
    #[validate(nested)]
    inner: Screaming,
    #[validate(length(min = 2))]
    name: String,
}

#[tokio::test]
async fn fields_have_the_names_that_clients_send() {
    let sent = r#"{"homeAddress":{"zip-code":[{"FIRST_DIGIT":1},{"FIRST_DIGIT":10}],"street-name":"x"},"type":0,"userName":"a","nickName":"n"}"#;
    rows! {
        Camel: sent => short(r#"["body","userName"]"#, 2, r#""a""#),
            beyond("ge", r#"["body","type"]"#, ["1", "1"], "0"),
            short(r#"["body","homeAddress","street-name"]"#, 2, r#""x""#),
            beyond("le", r#"["body","homeAddress","zip-code",1,"FIRST_DIGIT"]"#, ["9", "9"], "10");
        Camel: r#"{"userName":"ab","type":0}"# => beyond("ge", r#"["body","type"]"#, ["1", "1"], "0"),
            short(r#"["body","nickName"]"#, 1, "null");
        Renamed: r#"{"n":"a","name":"b","username":"c"}"# => short(r#"["body","name"]"#, 2, "null");
        Renamed: r#"{"n":"ab","u":"c"}"# => short(r#"["body","username"]"#, 2, "null");
        Renamed: r#"{"n":"ab","shoeSize":51}"# => beyond("le", r#"["body","shoe_size"]"#, ["50", "50"], "null");
        Flat: r#"{"FIRST_DIGIT":10,"name":"ab"}"# =>
            beyond("le", r#"["body","inner","first_digit"]"#, ["9", "9"], "null");
        Flat: r#"{"FIRST_DIGIT":1,"name":"a"}"# => short(r#"["body","name"]"#, 2, r#""a""#);
    }
}

#[derive(Default, Deserialize, Eq, Hash, PartialEq, PartialOrd, Ord, Serialize, Validate)]
struct Part {
    #[validate(length(min = 2))]
    name: String,
}

types! {
    Many {
        #[serde(default)] #[validate(nested)] list: Vec<Part>,
        #[serde(default)] #[validate(nested)] maybe: Option<Part>,
        #[serde(default)] #[validate(nested)] set: HashSet<Part>,
        #[serde(default)] #[validate(nested)] hash: HashMap<String, Part>,
        #[serde(default)] #[validate(nested)] tree: BTreeMap<String, Part>,
    }
    Both {
        #[validate(length(max = 1), nested)] list: Vec<Part>,
        #[validate(length(min = 3))] name: String,
        size: i64,
    }
}

#[tokio::test]
async fn what_is_inside_is_found_where_that_is_certain() {
    rows! {
        Many: r#"{"list":[{"name":"ab"},{"name":"a"}],"maybe":{"name":"b"}}"# =>
            short(r#"["body","list",1,"name"]"#, 2, r#""a""#), short(r#"["body","maybe","name"]"#, 2, r#""b""#);
        Many: r#"{"tree":{"z":{"name":"a"},"y":{"name":"ab"},"x":{"name":"c"}}}"# =>
            short(r#"["body","tree","z","name"]"#, 2, r#""a""#), short(r#"["body","tree","x","name"]"#, 2, r#""c""#);
        Many: r#"{"hash":{"z":{"name":"a"}}}"# => short(r#"["body","hash","z","name"]"#, 2, r#""a""#);
        Many: r#"{"hash":{"z":{"name":"a"},"y":{"name":"ab"}}}"# =>
            raised(r#"["body","hash"]"#, "name: String should have at least 2 characters",
                r#"{"z":{"name":"a"},"y":{"name":"ab"}}"#);
        Many: r#"{"set":[{"name":"a"}]}"# => short(r#"["body","set",0,"name"]"#, 2, r#""a""#);
        Many: r#"{"set":[{"name":"ab"},{"name":"a"}]}"# =>
            raised(r#"["body","set"]"#, "name: String should have at least 2 characters",
                r#"[{"name":"ab"},{"name":"a"}]"#);
        Vec<Part>: r#"[{"name":"ab"},{"name":"a"},{"name":1}]"# => short(r#"["body",1,"name"]"#, 2, r#""a""#),
            no_string(r#"["body",2,"name"]"#, "1");
        Both: r#"{"list":[{"name":"a"},{"name":"ab"},{}],"size":"x","name":"ab"}"# =>
            many("List", r#"["body","list"]"#, 1, "3", r#"[{"name":"a"},{"name":"ab"},{}]"#),
            short(r#"["body","name"]"#, 3, r#""ab""#), no_int(r#"["body","size"]"#, r#""x""#);
        Both: r#"{"list":[{"name":"a"}]}"# => short(r#"["body","list",0,"name"]"#, 2, r#""a""#),
            missing(r#"["body","name"]"#, r#"{"list":[{"name":"a"}]}"#),
            missing(r#"["body","size"]"#, r#"{"list":[{"name":"a"}]}"#);
        Match: r#"{"a":"1"}"# => missing(r#"["body","b"]"#, r#"{"a":"1"}"#);
    }
}

fn odd(number: i64) -> Result<(), ValidationError> {
    let mut error = ValidationError::new("odd");
    error.add_param("half".into(), &(number / 2));
    error.add_param("after".into(), &"all");
    if number % 2 == 0 { Err(error) } else { Ok(()) }
}

fn said(_: i64) -> Result<(), ValidationError> {
    Err(ValidationError::new("said").with_message(Cow::Borrowed("Not that")))
}

fn unequal(pair: &Pair) -> Result<(), ValidationError> {
    let error = ValidationError::new("unequal").with_message("They should differ".into());
    if pair.a == pair.b { Err(error) } else { Ok(()) }
}

#[derive(Deserialize, Serialize, Validate)]
#[validate(schema(function = unequal))]
struct Pair {
    #[validate(range(min = 1))]
    a: i64,
    b: i64,
}

types! {
    Words {
        #[serde(default = "hi")] #[validate(length(min = 2, message = "Too short"))] a: String,
        #[serde(default = "hi")] #[validate(length(min = 2, code = "tiny"))] b: String,
        #[serde(default = "hi")] #[validate(email(code = "mail", message = "Bad mail"))] c: String,
        #[serde(default)] #[validate(length(max = 1, message = "Too many"))] d: Vec<i64>,
        #[serde(default)] #[validate(required(message = "Say it"))] e: Option<i64>,
    }
    Custom { #[validate(custom(function = odd))] v: i64 }
    Said { #[validate(custom(function = said))] v: i64 }
    Own { #[validate(custom(function = odd, code = "mine", message = "My words"))] v: i64 }
    Secret { #[validate(must_match(other = b, code = "differs"))] a: String, b: String }
    Pairs { #[validate(nested)] pairs: Vec<Pair> }
    Several { #[validate(email, contains(pattern = "x"), length(min = 3))] v: String }
}

fn hi() -> String {
    "a@b.c".to_owned()
}

#[tokio::test]
async fn the_words_of_the_app_win() {
    let v = r#"["body","v"]"#;
    rows! {
        Words: r#"{"a":"x","e":1}"# =>
            error("string_too_short", r#"["body","a"]"#, "Too short", r#""x""#, r#"{"min_length":2}"#);
        Words: r#"{"b":"x","e":1}"# =>
            error("tiny", r#"["body","b"]"#, "Validation error: tiny", r#""x""#, r#"{"min":2}"#);
        Words: r#"{"c":"x","e":1}"# => error("mail", r#"["body","c"]"#, "Bad mail", r#""x""#, "");
        Words: r#"{"d":[1,"x"],"e":1}"# => error("too_long", r#"["body","d"]"#, "Too many", r#"[1,"x"]"#,
            r#"{"field_type":"List","max_length":1,"actual_length":2}"#);
        Words: "{}" => error("missing", r#"["body","e"]"#, "Say it", "{}", "");
        Custom: r#"{"v":2}"# => error("odd", v, "Validation error: odd", "2", r#"{"after":"all","half":1}"#);
        Said: r#"{"v":2}"# => error("said", v, "Not that", "2", "");
        Own: r#"{"v":2}"# => error("mine", v, "My words", "2", r#"{"after":"all","half":1}"#);
        Secret: r#"{"a":"1","b":"2"}"# => error("differs", r#"["body","a"]"#, "Validation error: differs", r#""1""#, "");
        Secret: r#"{"a":"1","b":2}"# => no_string(r#"["body","b"]"#, "2");
        Pair: r#"{"a":1,"b":1}"# => error("unequal", r#"["body"]"#, "They should differ", r#"{"a":1,"b":1}"#, "");
        Pair: r#"{"a":0,"b":0}"# => beyond("ge", r#"["body","a"]"#, ["1", "1"], "0");
        Pair: r#"{"a":0,"b":"x"}"# => beyond("ge", r#"["body","a"]"#, ["1", "1"], "0"), no_int(r#"["body","b"]"#, r#""x""#);
        Pair: r#"{"a":"x","b":0}"# => no_int(r#"["body","a"]"#, r#""x""#);
        Pairs: r#"{"pairs":[{"a":1,"b":2},{"a":1,"b":1}]}"# =>
            error("unequal", r#"["body","pairs",1]"#, "They should differ", r#"{"a":1,"b":1}"#, "");
        Several: r#"{"v":"a"}"# => short(v, 3, r#""a""#);
    }
}

#[derive(Deserialize, Serialize, Validate)]
#[validate(schema(function = all_wrong, skip_on_field_errors = false))]
struct Noisy {
    #[validate(range(min = 1))]
    z: i64,
    #[validate(range(min = 1))]
    a: i64,
}

fn all_wrong(_: &Noisy) -> Result<(), ValidationError> {
    Err(ValidationError::new("all_wrong"))
}

#[tokio::test]
async fn the_order_is_that_of_the_fields() {
    let z = beyond("ge", r#"["body","z"]"#, ["1", "1"], "0");
    let a = beyond("ge", r#"["body","a"]"#, ["1", "1"], "0");
    for _ in 0..8 {
        assert_eq!(json::<Noisy>(r#"{"a":0,"z":0}"#).await, refused(&[z.clone(), a.clone()]));
    }
}

#[derive(Deserialize, Serialize, Validate)]
struct Filter {
    #[validate(range(min = 1))]
    x_size: i64,
    #[serde(default)]
    #[validate(length(max = 2))]
    tags: Vec<i64>,
    #[validate(length(min = 2))]
    name: Option<String>,
}

#[tokio::test]
async fn every_extractor_has_them() {
    let app = Router::new()
        .route("/query", get(async |Valid(Query(it)): Valid<Query<Filter>>| Json(it)))
        .route("/header", get(async |Valid(Header(it)): Valid<Header<Filter>>| Json(it)))
        .route("/cookie", get(async |Valid(Cookie(it)): Valid<Cookie<Filter>>| Json(it)))
        .route("/form", post(async |Valid(Form(it)): Valid<Form<Filter>>| Json(it)))
        .route("/path/{x_size}", get(async |Valid(Path(it)): Valid<Path<Filter>>| Json(it)))
        .route("/any", get(async |it: Option<Valid<Query<Filter>>>| Json(it.map(|it| it.0.0))))
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
            ask("GET /query?x_size=0&tags=1&tags=2&tags=x&name=a", none, "").await,
            vec![
                size(r#"["query","x_size"]"#),
                many("List", r#"["query","tags"]"#, 2, "3", r#"["1","2","x"]"#),
                short(r#"["query","name"]"#, 2, r#""a""#),
            ],
        ),
        (
            ask("GET /query?x_size=x&name=a&name=b", none, "").await,
            vec![no_int(r#"["query","x_size"]"#, r#""x""#), short(r#"["query","name"]"#, 2, r#""b""#)],
        ),
        (ask("GET /header", ("x-size", "0"), "").await, vec![size(r#"["header","x-size"]"#)]),
        (ask("GET /cookie", ("cookie", "x_size=0"), "").await, vec![size(r#"["cookie","x_size"]"#)]),
        (
            ask("POST /form", ("content-type", "application/x-www-form-urlencoded"), "x_size=0&name=a").await,
            vec![size(r#"["body","x_size"]"#), short(r#"["body","name"]"#, 2, r#""a""#)],
        ),
        (ask("GET /path/0", none, "").await, vec![size(r#"["path","x_size"]"#)]),
        (ask("GET /any?x_size=0", none, "").await, vec![size(r#"["query","x_size"]"#)]),
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
    assert_eq!(ask("GET /any", none, "").await, Reply::json(200, "null"));
}

#[tokio::test]
async fn a_response_is_checked_too() {
    let camel = |user_name: &str| Camel {
        user_name: user_name.to_owned(),
        r#type: 1,
        home_address: None,
        nick_name: "n".to_owned(),
    };
    let many = || {
        let hash = ["z", "y", "x"].map(|key| (key.to_owned(), Part { name: key.to_owned() }));
        Many { hash: HashMap::from(hash), ..Many::default() }
    };
    let shown = async |error: Caught<ResponseValidationError>| {
        (StatusCode::IM_A_TEAPOT, Value::from_iter(error.errors()).to_string()).into_response()
    };
    let app = Router::new()
        .route("/good", get(async move || Valid(Json(camel("ab")))))
        .route("/bad", get(async move || Valid(Json(camel("a")))))
        .route("/hash", get(async move || Valid(Json(many()))));
    let plain = app.clone().layer(ErrorHandlingLayer::new());
    assert_eq!(send(&plain, request("GET", "/good")).await.status, 200);
    assert_eq!(send(&plain, request("GET", "/bad")).await, Reply::unhandled());
    let shown = app.layer(ErrorHandlingLayer::new().exception_handler(shown));
    let bad = get_text(&shown, "/bad").await;
    assert_eq!(bad, format!("[{}]", short(r#"["response","userName"]"#, 2, r#""a""#)));
    // What leaves is in the order of the map.
    let hash = get_text(&shown, "/hash").await;
    for key in ["z", "y", "x"] {
        let loc = format!(r#"["response","hash","{key}","name"]"#);
        assert!(hash.contains(&short(&loc, 2, &format!("{key:?}"))), "{hash}");
    }
}

async fn get_text(app: &Router, path: &str) -> String {
    let reply = send(app, request("GET", path)).await;
    assert_eq!(reply.status, 418);
    reply.body
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(rename_all = "camelCase")]
struct Planted {
    #[validate(length(min = 2))]
    user_name: String,
    #[validate(range(min = 18))]
    age: i64,
    #[validate(nested)]
    pair: PlantedPair,
    #[validate(length(max = 2))]
    tags: Vec<String>,
    #[validate(required)]
    size: Option<u8>,
}

#[derive(Deserialize, Serialize, Validate)]
struct PlantedPair {
    #[validate(must_match(other = "b"))]
    a: String,
    b: String,
}

/// Every mistake is found that can be, and none is invented.
#[tokio::test]
async fn mistakes_of_types_and_of_rules_stand_side_by_side() {
    for (document, errors) in documents("does not match the other field") {
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
        #[validate(length(min = 3))]
        item_name: String,
        #[validate(range(exclusive_min = 0.0))]
        price: f64,
        #[validate(length(max = 5, message = "Too many tags"))]
        tags: Vec<String>,
    }
    let shown = crate::support::rows::shown_in_docs(include_str!("../../src/integrations/validator/mod.rs"));
    let sent = r#"{"itemName": "Oz", "price": "cheap", "tags": [1, 2, 3, 4, 5, 6]}"#;
    assert_eq!(json::<Item>(sent).await, Reply::json(422, shown));
}

/// The order of a set is another one each time that it is made.
#[tokio::test]
async fn sets_are_checked_beside_other_mistakes() {
    for _ in 0..8 {
        rows! {
            Many: r#"{"list":[5],"set":[{"name":"ab"},{"name":"a"},{"name":"cd"}]}"# =>
                error("model_attributes_type", r#"["body","list",0]"#,
                    "Input should be a valid dictionary or object to extract fields from", "5", ""),
                raised(r#"["body","set"]"#, "name: String should have at least 2 characters", r#"[{"name":"ab"},{"name":"a"},{"name":"cd"}]"#);
        }
    }
}

#[serde_with::serde_as]
#[derive(Deserialize, Serialize, Validate)]
struct Skips {
    #[serde_as(as = "serde_with::VecSkipError<_>")]
    #[validate(nested)]
    parts: Vec<Part>,
}

/// A list that leaves items out has others at their places.
#[tokio::test]
async fn what_is_left_out_is_not_counted() {
    let sent = r#"{"parts":[{"name":"ab"},5,{"name":"cd"},{"name":"a"}]}"#;
    let list = r#"[{"name":"ab"},5,{"name":"cd"},{"name":"a"}]"#;
    let said = "name: String should have at least 2 characters";
    assert_eq!(json::<Skips>(sent).await, refused(&[raised(r#"["body","parts"]"#, said, list)]));
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(rename_all = "camelCase")]
struct Flattened {
    #[validate(length(min = 2))]
    item_name: String,
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

/// A member that is none of the type's fields may be called as a field is in Rust.
#[tokio::test]
async fn a_member_that_is_no_field_is_not_blamed() {
    let item_name = r#"["body","item_name"]"#;
    rows! {
        Flattened: r#"{"itemName":"","item_name":"junk value"}"# => short(item_name, 2, "null");
        Flattened: r#"{"itemName":"","item_name":"j"}"# => short(item_name, 2, "null");
    }
}

#[derive(Deserialize, Serialize, Validate)]
struct Trees {
    #[validate(nested)]
    tree: BTreeMap<String, Part>,
}

/// Of many findings in a large map each is at its place.
#[tokio::test]
async fn many_findings_in_a_large_map() {
    let name = |number: usize| if number % 20 == 0 { "a" } else { "ab" };
    let members: Vec<String> =
        (0..20_000).map(|number| format!(r#""{number}":{{"name":"{}"}}"#, name(number))).collect();
    let errors: Vec<String> = (0..20_000)
        .step_by(20)
        .map(|number| short(&format!(r#"["body","tree","{number}","name"]"#), 2, r#""a""#))
        .collect();
    let reply = json::<Trees>(&format!(r#"{{"tree":{{{}}}}}"#, members.join(","))).await;
    assert!(reply == Reply::json(422, format!(r#"{{"detail":[{}]}}"#, errors.join(","))));
}
