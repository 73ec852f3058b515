//! Several models in one form.

use std::collections::BTreeMap;

use axum::{Router, routing::post};
use axum_exception::{
    Caught, ErrorHandlingLayer, RequestValidationError,
    extract::{All, Form, Forms, Json, Params, Path, UploadFile, Valid},
    rules::{Check, Rules},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{ask_form, form, int_parsing, layered, missing_in, ok};
use crate::support::{
    FORM, Reply,
    errors::{error, string_too_short, unprocessable},
    full_request, send,
    table::Table,
};

#[derive(Deserialize, Serialize)]
struct User {
    name: String,
    age: u8,
}

impl Rules for User {
    fn rules(&self, user: &mut Check<'_>) {
        user.field("name", &self.name).min_length(2);
    }
}

#[derive(Deserialize, Serialize)]
struct Address {
    street: String,
    name: Option<String>,
}

impl Rules for Address {
    fn rules(&self, address: &mut Check<'_>) {
        address.field("street", &self.street).min_length(2);
    }
}

#[derive(Deserialize, Serialize)]
struct Coupon {
    code: i64,
}

#[tokio::test]
async fn models_are_read_from_the_same_form() {
    let handler = post(async |Forms((user, address, coupon)): Forms<(User, Address, Option<Coupon>)>| {
        Json(json!([user, address, coupon]))
    });
    let app = layered(Router::new().route("/", handler));
    let mut table = Table::default();
    for (sent, expected) in [
        ("name=ann&age=5&street=s", ok(r#"[{"age":5,"name":"ann"},{"name":"ann","street":"s"},null]"#)),
        (
            "name=ann&age=5&street=s&code=7",
            ok(r#"[{"age":5,"name":"ann"},{"name":"ann","street":"s"},{"code":7}]"#),
        ),
        (
            "age=x&code=y",
            unprocessable(&[
                missing_in(r#"["body","name"]"#, r#"{"age":"x","code":"y"}"#),
                int_parsing(r#"["body","age"]"#, "x"),
                missing_in(r#"["body","street"]"#, r#"{"age":"x","code":"y"}"#),
                int_parsing(r#"["body","code"]"#, "y"),
            ]),
        ),
        (
            "name=ann&age=5&street=s&code=",
            unprocessable(&[missing_in(r#"["body","code"]"#, r#"{"name":"ann","age":"5","street":"s"}"#)]),
        ),
    ] {
        table.assert_eq(sent, send(&app, form(sent)).await, expected);
    }
    let too_many = format!("a={}", "&b".repeat(1000));
    assert_eq!(send(&app, form(too_many)).await, {
        Reply::detail(400, "Too many fields. Maximum number of fields is 1000.")
    });
}

#[tokio::test]
async fn rules_of_several_models() {
    let handler = post(async |Valid(Forms((user, address))): Valid<Forms<(User, Address)>>| {
        Json(json!([user, address]))
    });
    let app = layered(Router::new().route("/", handler));
    assert_eq!(send(&app, form("name=a&age=x&street=s")).await, {
        unprocessable(&[
            string_too_short(r#"["body","name"]"#, 2, r#""a""#),
            int_parsing(r#"["body","age"]"#, "x"),
            string_too_short(r#"["body","street"]"#, 2, r#""s""#),
        ])
    });
}

#[tokio::test]
async fn several_models_beside_other_sources() {
    type Sources = All<(Path<u8>, Forms<(User, Address)>)>;
    let handler =
        post(async |All((Path(id), Forms((user, address)))): Sources| Json(json!([id, user, address])));
    let layer = ErrorHandlingLayer::new().exception_handler(async |error: Caught<RequestValidationError>| {
        json!({ "body": error.body().map(ToString::to_string), "errors": error.errors().len() }).to_string()
    });
    let app = Router::new().route("/{id}", handler).layer(layer);
    let ask = async |path: &str, sent: &'static str| {
        send(&app, full_request(&format!("POST {path}"), &[FORM], sent)).await
    };
    assert_eq!(ask("/1", "name=ann&age=5&street=s").await, {
        ok(r#"[1,{"age":5,"name":"ann"},{"name":"ann","street":"s"}]"#)
    });
    let text = |body| Reply::text(200, "text/plain; charset=utf-8", body);
    assert_eq!(ask("/x", "name=ann&age=y").await, {
        text(r#"{"body":"{\"name\":\"ann\",\"age\":\"y\"}","errors":3}"#)
    });
    assert_eq!(ask("/x", "name=ann&age=5&street=s").await, {
        text(r#"{"body":"{\"name\":\"ann\",\"age\":\"5\",\"street\":\"s\"}","errors":1}"#)
    });
}

#[derive(Deserialize, Serialize)]
struct Known {
    n: i64,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

#[derive(Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Filter {
    List { value: Vec<String>, other: Option<Vec<i64>> },
    Text { value: String, note: Option<String> },
}

/// An empty string is missing for a field, as in FastAPI. For a map of everything unknown it is a string, and for a list
/// an item.
#[tokio::test]
async fn empty_strings_in_what_serde_buffers() {
    let mut table = Table::default();
    let listed = |value| ok(&format!(r#"{{"kind":"list","value":{value},"other":null}}"#));
    for (sent, expected) in [
        ("n=1&b=&c=x&d=", ok(r#"{"n":1,"b":"","c":"x","d":""}"#)),
        ("n=1&b=", ok(r#"{"n":1,"b":""}"#)),
        ("n=&b=", unprocessable(&[missing_in(r#"["body","n"]"#, r#"{"b":""}"#)])),
        ("b=&c=", unprocessable(&[missing_in(r#"["body","n"]"#, r#"{"b":"","c":""}"#)])),
    ] {
        table.assert_eq(sent, ask_form::<Known>(sent).await, expected);
    }
    for (sent, expected) in [
        ("kind=list&value=", listed(r#"[""]"#)),
        ("kind=list&value=&value=", listed(r#"["",""]"#)),
        ("kind=list&value=a", listed(r#"["a"]"#)),
        (
            "kind=list&value=&other=1&other=x",
            unprocessable(&[int_parsing(r#"["body","list","other",1]"#, "x")]),
        ),
        ("kind=text&value=x&note=", ok(r#"{"kind":"text","value":"x","note":null}"#)),
        (
            "kind=text&value=&note=y",
            unprocessable(&[missing_in(r#"["body","text","value"]"#, r#"{"kind":"text","note":"y"}"#)]),
        ),
        (
            "value=&note=y",
            unprocessable(&[error(
                "union_tag_not_found",
                r#"["body"]"#,
                "Unable to extract tag using discriminator 'kind'",
                r#"{"value":"","note":"y"}"#,
                r#"{"discriminator":"'kind'"}"#,
            )]),
        ),
        (
            "kind=",
            unprocessable(&[error(
                "union_tag_invalid",
                r#"["body"]"#,
                "Input tag '' found using 'kind' does not match any of the expected tags: 'list', 'text'",
                r#"{"kind":""}"#,
                r#"{"discriminator":"'kind'","tag":"","expected_tags":"'list', 'text'"}"#,
            )]),
        ),
        ("kind=list", unprocessable(&[missing_in(r#"["body","list","value"]"#, r#"{"kind":"list"}"#)])),
    ] {
        table.assert_eq(sent, ask_form::<Filter>(sent).await, expected);
    }
}

#[tokio::test]
async fn files_in_one_of_several_models() {
    #[derive(Deserialize)]
    struct Upload {
        file: UploadFile,
    }
    let handler = post(async |Forms((user, upload)): Forms<(User, Upload)>| {
        format!("{} {} {}", user.name, user.age, upload.file.filename())
    });
    let app = layered(Router::new().route("/", handler));
    let body = "--b\r\nContent-Disposition: form-data; name=name\r\n\r\nann\r\n--b\r\n\
        Content-Disposition: form-data; name=age\r\n\r\n5\r\n--b\r\n\
        Content-Disposition: form-data; name=file; filename=f\r\n\r\n2\r\n--b--";
    let sent = full_request("POST /", &[("content-type", "multipart/form-data; boundary=b")], body);
    assert_eq!(send(&app, sent).await, Reply::text(200, "text/plain; charset=utf-8", "ann 5 f"));
    // A form with one model ignores what the model does not know.
    let handler = post(async |Form(user): Form<User>| user.name);
    let app = layered(Router::new().route("/", handler));
    let sent = full_request("POST /", &[("content-type", "multipart/form-data; boundary=b")], body);
    assert_eq!(send(&app, sent).await, Reply::text(200, "text/plain; charset=utf-8", "ann"));
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Account {
    Person { name: String, email: String },
    Company { names: Vec<String>, industry: String },
    Number { n: i64, unit: String },
}

/// Each member of a union says whether it reads the strings of a name as a list.
#[tokio::test]
async fn lists_and_single_strings_in_a_union() {
    let mut table = Table::default();
    for (sent, expected) in [
        ("name=a&email=b", ok(r#"{"name":"a","email":"b"}"#)),
        ("name=a&name=b&email=c", ok(r#"{"name":"b","email":"c"}"#)),
        ("names=a&industry=i", ok(r#"{"names":["a"],"industry":"i"}"#)),
        ("names=a&names=b&industry=i", ok(r#"{"names":["a","b"],"industry":"i"}"#)),
        ("names=&industry=i", ok(r#"{"names":[""],"industry":"i"}"#)),
        ("names=a&names=b&industry=i&industry=j", ok(r#"{"names":["a","b"],"industry":"j"}"#)),
        ("n=1&n=2&unit=u", ok(r#"{"n":2,"unit":"u"}"#)),
    ] {
        table.assert_eq(sent, ask_form::<Account>(sent).await, expected);
    }
}

#[derive(Deserialize, Serialize)]
struct Pair {
    values: (i64, i64),
}

/// Of a tuple the strings of a name are a list, even if it is only one.
#[tokio::test]
async fn tuples_with_missing_items() {
    let mut table = Table::default();
    let missing = |input| missing_in(r#"["body","values",1]"#, input);
    for (sent, expected) in [
        ("values=1&values=2", ok(r#"{"values":[1,2]}"#)),
        ("values=1", unprocessable(&[missing(r#"["1"]"#)])),
        ("values=x", unprocessable(&[int_parsing(r#"["body","values",0]"#, "x"), missing(r#"["x"]"#)])),
    ] {
        table.assert_eq(sent, ask_form::<Pair>(sent).await, expected.clone());
        table.assert_eq(format!("{sent} as parameters"), ask_form::<Params<Pair>>(sent).await, expected);
    }
}
