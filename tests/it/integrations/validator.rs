//! `axum_exception::validator_0_21::Valid` in an app.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    sync::LazyLock,
};

use axum::{
    Router,
    http::StatusCode,
    response::IntoResponse,
    routing::{get, post},
};
use axum_exception::{
    Caught, ErrorHandlingLayer, ResponseValidationError, Value,
    extract::{All, Cookie, Form, Header, Json, Path, Query},
    validator_0_21::Valid,
};
use regex::Regex;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use validator::{Validate, ValidationError};

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
    T: DeserializeOwned + Serialize + Validate + Send + 'static,
{
    let handler = post(async |Valid(Json(value)): Valid<Json<T>>| Json(value));
    post_json(handler, body).await
}

static LETTERS: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[a-z]+$").unwrap());

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
async fn rules_map_to_pydantic_errors() {
    let v = r#"["body","v"]"#;
    rows! {
        Text: r#"{"v":"a"}"# => string_too_short(v, 2, r#""a""#);
        Text: r#"{"v":"äöüß"}"# => string_too_long(v, 3, r#""äöüß""#);
        Exact: r#"{"v":"a"}"# => string_too_short(v, 2, r#""a""#);
        Exact: r#"{"v":"abc"}"# => string_too_long(v, 2, r#""abc""#);
        Items: r#"{"v":[]}"# => too_short("List", v, 1, 0, "[]");
        Items: r#"{"v":[1,2,3]}"# => too_long("List", v, 2, "3", "[1,2,3]");
        Items: r#"{"v":[1,"x",3]}"# => too_long("List", v, 2, "3", r#"[1,"x",3]"#);
        Queue: r#"{"v":[1,2,3]}"# => too_long("Deque", v, 2, "3", "[1,2,3]");
        Set: r#"{"v":[1,1]}"# => too_short("Set", v, 2, 1, "[1,1]");
        Set: r#"{"v":[1,2,3,4]}"# => too_long("Set", v, 3, "null", "[1,2,3,4]");
        Dict: r#"{"v":{}}"# => too_short("Dictionary", v, 1, 0, "{}");
        Dict: r#"{"v":{"a":1,"b":2,"c":3}}"# => too_long("Dictionary", v, 2, "null", r#"{"a":1,"b":2,"c":3}"#);
        Age: r#"{"v":17}"# => out_of_range("ge", v, ["18", "18"], "17");
        Age: r#"{"v":"66"}"# => out_of_range("le", v, ["65", "65"], r#""66""#);
        Price: r#"{"v":0}"# => out_of_range("ge", v, ["1", "1.0"], "0");
        Price: r#"{"v":11}"# => out_of_range("le", v, ["10.5", "10.5"], "11");
        Open: r#"{"v":0}"# => out_of_range("gt", v, ["0", "0"], "0");
        Open: r#"{"v":10}"# => out_of_range("lt", v, ["10", "10"], "10");
        Ratio: r#"{"v":0.0}"# => out_of_range("gt", v, ["0", "0.0"], "0.0");
        Ratio: r#"{"v":1}"# => out_of_range("lt", v, ["1", "1.0"], "1");
        Email: r#"{"v":"me"}"# => email_error(v, "An email address must have an @-sign.", r#""me""#);
        Email: r#"{"v":"a b@c.d"}"# =>
            email_error(v, "The email address contains invalid characters before the @-sign: SPACE.", r#""a b@c.d""#);
        Email: r#"{"v":"a(@c.d"}"# => email_error(v, "It is not valid.", r#""a(@c.d""#);
        Link: r#"{"v":"x"}"# => url_parsing(v, "relative URL without a base", r#""x""#);
        Link: r#"{"v":"http://"}"# => url_parsing(v, "empty host", r#""http://""#);
        Match: r#"{"a":"1","b":"2"}"# => value_error(r#"["body","a"]"#, "does not match the other field", r#""1""#);
        Needle: r#"{"v":"abc"}"# => value_error(v, r#"does not contain "x""#, r#""abc""#);
        NoNeedle: r#"{"v":"xyz"}"# => value_error(v, r#"contains "x""#, r#""xyz""#);
        Pattern: r#"{"v":"A1"}"# => value_error(v, "does not match the pattern", r#""A1""#);
        Card: r#"{"v":"4242"}"# => value_error(v, "not a valid credit card number", r#""4242""#);
        Plain: r#"{"v":"a\tb"}"# => value_error(v, "contains control characters", r#""a\tb""#);
        Ip: r#"{"v":"1"}"# => fixed("ip_any_address", v, r#""1""#);
        IpV4: r#"{"v":"::1"}"# => fixed("ip_v4_address", v, r#""::1""#);
        IpV6: r#"{"v":"1.2.3.4"}"# =>
            fixed("ip_v6_address", v, r#""1.2.3.4""#);
        IpV6: r#"{"v":"x"}"# => fixed("ip_any_address", v, r#""x""#);
        Must: "{}" => missing(v, "{}"), missing(r#"["body","w"]"#, "{}");
        Must: r#"{"w":null,"v":null}"# => string_type(v, "null"),
            fixed("int_type", r#"["body","w"]"#, "null");
        MustOf: r#"{"size":"x"}"# => missing(v, r#"{"size":"x"}"#), int_parsing(r#"["body","size"]"#, r#""x""#);
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
    /// Errors of `username` must not be reported on this field.
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
async fn errors_use_serde_names() {
    let sent = r#"{"homeAddress":{"zip-code":[{"FIRST_DIGIT":1},{"FIRST_DIGIT":10}],"street-name":"x"},"type":0,"userName":"a","nickName":"n"}"#;
    rows! {
        Camel: sent => string_too_short(r#"["body","userName"]"#, 2, r#""a""#),
            out_of_range("ge", r#"["body","type"]"#, ["1", "1"], "0"),
            string_too_short(r#"["body","homeAddress","street-name"]"#, 2, r#""x""#),
            out_of_range("le", r#"["body","homeAddress","zip-code",1,"FIRST_DIGIT"]"#, ["9", "9"], "10");
        Camel: r#"{"userName":"ab","type":0}"# => out_of_range("ge", r#"["body","type"]"#, ["1", "1"], "0"),
            string_too_short(r#"["body","nickName"]"#, 1, "null");
        Renamed: r#"{"n":"a","name":"b","username":"c"}"# => string_too_short(r#"["body","name"]"#, 2, "null");
        Renamed: r#"{"n":"ab","u":"c"}"# => string_too_short(r#"["body","username"]"#, 2, "null");
        Renamed: r#"{"n":"ab","shoeSize":51}"# => out_of_range("le", r#"["body","shoe_size"]"#, ["50", "50"], "null");
        Flat: r#"{"FIRST_DIGIT":10,"name":"ab"}"# =>
            out_of_range("le", r#"["body","inner","first_digit"]"#, ["9", "9"], "null");
        Flat: r#"{"FIRST_DIGIT":1,"name":"a"}"# => string_too_short(r#"["body","name"]"#, 2, r#""a""#);
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
async fn nested_errors_are_located_where_that_is_certain() {
    rows! {
        Many: r#"{"list":[{"name":"ab"},{"name":"a"}],"maybe":{"name":"b"}}"# =>
            string_too_short(r#"["body","list",1,"name"]"#, 2, r#""a""#), string_too_short(r#"["body","maybe","name"]"#, 2, r#""b""#);
        Many: r#"{"tree":{"z":{"name":"a"},"y":{"name":"ab"},"x":{"name":"c"}}}"# =>
            string_too_short(r#"["body","tree","z","name"]"#, 2, r#""a""#), string_too_short(r#"["body","tree","x","name"]"#, 2, r#""c""#);
        Many: r#"{"hash":{"z":{"name":"a"}}}"# => string_too_short(r#"["body","hash","z","name"]"#, 2, r#""a""#);
        Many: r#"{"hash":{"z":{"name":"a"},"y":{"name":"ab"}}}"# =>
            value_error(r#"["body","hash"]"#, "name: String should have at least 2 characters",
                r#"{"z":{"name":"a"},"y":{"name":"ab"}}"#);
        Many: r#"{"set":[{"name":"a"}]}"# => string_too_short(r#"["body","set",0,"name"]"#, 2, r#""a""#);
        Many: r#"{"set":[{"name":"ab"},{"name":"a"}]}"# =>
            value_error(r#"["body","set"]"#, "name: String should have at least 2 characters",
                r#"[{"name":"ab"},{"name":"a"}]"#);
        Vec<Part>: r#"[{"name":"ab"},{"name":"a"},{"name":1}]"# => string_too_short(r#"["body",1,"name"]"#, 2, r#""a""#),
            string_type(r#"["body",2,"name"]"#, "1");
        Both: r#"{"list":[{"name":"a"},{"name":"ab"},{}],"size":"x","name":"ab"}"# =>
            too_long("List", r#"["body","list"]"#, 1, "3", r#"[{"name":"a"},{"name":"ab"},{}]"#),
            string_too_short(r#"["body","name"]"#, 3, r#""ab""#), int_parsing(r#"["body","size"]"#, r#""x""#);
        Both: r#"{"list":[{"name":"a"}]}"# => string_too_short(r#"["body","list",0,"name"]"#, 2, r#""a""#),
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
async fn custom_messages_and_codes_are_kept() {
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
        Secret: r#"{"a":"1","b":2}"# => string_type(r#"["body","b"]"#, "2");
        Pair: r#"{"a":1,"b":1}"# => error("unequal", r#"["body"]"#, "They should differ", r#"{"a":1,"b":1}"#, "");
        Pair: r#"{"a":0,"b":0}"# => out_of_range("ge", r#"["body","a"]"#, ["1", "1"], "0");
        Pair: r#"{"a":0,"b":"x"}"# => out_of_range("ge", r#"["body","a"]"#, ["1", "1"], "0"), int_parsing(r#"["body","b"]"#, r#""x""#);
        Pair: r#"{"a":"x","b":0}"# => int_parsing(r#"["body","a"]"#, r#""x""#);
        Pairs: r#"{"pairs":[{"a":1,"b":2},{"a":1,"b":1}]}"# =>
            error("unequal", r#"["body","pairs",1]"#, "They should differ", r#"{"a":1,"b":1}"#, "");
        Several: r#"{"v":"a"}"# => string_too_short(v, 3, r#""a""#);
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
async fn errors_are_in_field_order() {
    let z = out_of_range("ge", r#"["body","z"]"#, ["1", "1"], "0");
    let a = out_of_range("ge", r#"["body","a"]"#, ["1", "1"], "0");
    for _ in 0..8 {
        assert_eq!(json::<Noisy>(r#"{"a":0,"z":0}"#).await, unprocessable(&[z.clone(), a.clone()]));
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
async fn every_extractor_checks_the_rules() {
    let app = filter_app!()
        .route("/cookie", get(async |Valid(Cookie(it)): Valid<Cookie<Filter>>| Json(it)))
        .route("/any", get(async |it: Option<Valid<Query<Filter>>>| Json(it.map(|it| it.0.0))))
        .layer(ErrorHandlingLayer::new());
    let rows = vec![
        ("GET /cookie", ("cookie", "x_size=0"), vec![small_size(r#"["cookie","x_size"]"#)]),
        ("GET /any?x_size=0", NONE, vec![small_size(r#"["query","x_size"]"#)]),
    ];
    check_filter_app(&app, rows).await;
    assert_eq!(send(&app, request("GET", "/any")).await, Reply::json(200, "null"));
}

#[tokio::test]
async fn responses_are_checked() {
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
    assert_eq!(bad, format!("[{}]", string_too_short(r#"["response","userName"]"#, 2, r#""a""#)));
    // A response is checked in the order of the map.
    let hash = get_text(&shown, "/hash").await;
    for key in ["z", "y", "x"] {
        let loc = format!(r#"["response","hash","{key}","name"]"#);
        assert!(hash.contains(&string_too_short(&loc, 2, &format!("{key:?}"))), "{hash}");
    }
}

async fn get_text(app: &Router, path: &str) -> String {
    let reply = send(app, request("GET", path)).await;
    assert_eq!(reply.status, 418);
    reply.body
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(rename_all = "camelCase")]
struct Combined {
    #[validate(length(min = 2))]
    user_name: String,
    #[validate(range(min = 18))]
    age: i64,
    #[validate(nested)]
    pair: CombinedPair,
    #[validate(length(max = 2))]
    tags: Vec<String>,
    #[validate(required)]
    size: Option<u8>,
}

#[derive(Deserialize, Serialize, Validate)]
struct CombinedPair {
    #[validate(must_match(other = "b"))]
    a: String,
    b: String,
}

#[tokio::test]
async fn every_combination_of_type_and_rule_errors_is_reported() {
    error_combinations::check("does not match the other field", async |document| {
        json::<Combined>(document).await
    })
    .await;
}

/// The JSON in the docs is the actual response.
#[tokio::test]
async fn docs_json_matches_the_response() {
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
    let shown = json_in_docs(include_str!("../../../src/integrations/validator/mod.rs"));
    let sent = r#"{"itemName": "Oz", "price": "cheap", "tags": [1, 2, 3, 4, 5, 6]}"#;
    assert_eq!(json::<Item>(sent).await, Reply::json(422, shown));
}

/// A set has another order each time it is built.
#[tokio::test]
async fn sets_are_checked_beside_type_errors() {
    for _ in 0..8 {
        rows! {
            Many: r#"{"list":[5],"set":[{"name":"ab"},{"name":"a"},{"name":"cd"}]}"# =>
                fixed("model_attributes_type", r#"["body","list",0]"#, "5"),
                value_error(r#"["body","set"]"#, "name: String should have at least 2 characters", r#"[{"name":"ab"},{"name":"a"},{"name":"cd"}]"#);
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

/// In a list with skipped items the indices have changed.
#[tokio::test]
async fn lists_with_skipped_items_are_reported_as_a_whole() {
    let sent = r#"{"parts":[{"name":"ab"},5,{"name":"cd"},{"name":"a"}]}"#;
    let list = r#"[{"name":"ab"},5,{"name":"cd"},{"name":"a"}]"#;
    let said = "name: String should have at least 2 characters";
    assert_eq!(json::<Skips>(sent).await, unprocessable(&[value_error(r#"["body","parts"]"#, said, list)]));
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(rename_all = "camelCase")]
struct Flattened {
    #[validate(length(min = 2))]
    item_name: String,
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

/// A flattened key may have the Rust name of a field.
#[tokio::test]
async fn flattened_key_named_like_a_rust_field_is_not_reported() {
    let item_name = r#"["body","item_name"]"#;
    rows! {
        Flattened: r#"{"itemName":"","item_name":"junk value"}"# => string_too_short(item_name, 2, "null");
        Flattened: r#"{"itemName":"","item_name":"j"}"# => string_too_short(item_name, 2, "null");
    }
}

#[derive(Deserialize, Serialize, Validate)]
struct Trees {
    #[validate(nested)]
    tree: BTreeMap<String, Part>,
}

#[tokio::test]
async fn every_error_in_a_large_map_is_located() {
    let name = |number: usize| if number % 20 == 0 { "a" } else { "ab" };
    let members: Vec<String> =
        (0..20_000).map(|number| format!(r#""{number}":{{"name":"{}"}}"#, name(number))).collect();
    let errors: Vec<String> = (0..20_000)
        .step_by(20)
        .map(|number| string_too_short(&format!(r#"["body","tree","{number}","name"]"#), 2, r#""a""#))
        .collect();
    let reply = json::<Trees>(&format!(r#"{{"tree":{{{}}}}}"#, members.join(","))).await;
    assert!(reply == Reply::json(422, format!(r#"{{"detail":[{}]}}"#, errors.join(","))));
}
