//! `extract::Params`: the fields of a struct as parameters of their own, as in FastAPI.

use axum::{Router, routing::post};
use axum_exception::{
    Caught, HttpException, RequestValidationError,
    extract::{Json, Params, Valid},
    rules::{Check, Rules},
};
use serde::{Deserialize, Serialize};

use super::{form, int_parsing, layered, missing, ok};
use crate::support::{
    Reply,
    errors::{self, fixed, string_type, unprocessable},
    full_request, send,
    table::Table,
};

#[derive(Deserialize, Serialize)]
struct Item {
    name: String,
}

#[derive(Deserialize, Serialize)]
struct Body {
    item: Item,
    importance: i64,
    note: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Optional {
    note: Option<String>,
}

impl Rules for Optional {
    fn rules(&self, optional: &mut Check<'_>) {
        optional.optional("note", &self.note).min_length(2);
    }
}

const JSON: &str = "application/json";

#[tokio::test]
async fn parameters_in_a_body_are_missing_one_by_one() {
    let app =
        layered(Router::new().route("/", post(async |Json(Params(body)): Json<Params<Body>>| Json(body))));
    let (item, importance, note) =
        (missing(r#"["body","item"]"#), missing(r#"["body","importance"]"#), missing(r#"["body","note"]"#));
    let required = || unprocessable(&[item.clone(), importance.clone()]);
    let every = || unprocessable(&[item.clone(), importance.clone(), note.clone()]);
    let invalid_json = concat!(
        r#"{"detail":[{"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},"#,
        r#""ctx":{"error":"Expecting property name enclosed in double quotes"}}]}"#
    );
    let mut table = Table::default();
    for (content_type, body, expected) in [
        (JSON, r#"{"item":{"name":"a"},"importance":1}"#, {
            ok(r#"{"item":{"name":"a"},"importance":1,"note":null}"#)
        }),
        (JSON, "", required()),
        (JSON, "{}", required()),
        (JSON, " { } ", required()),
        ("text/plain", r#"{"item":1}"#, required()),
        (JSON, "null", every()),
        (JSON, "[]", every()),
        (JSON, r#"[{"name":"a"},1,"b"]"#, every()),
        (JSON, "1", every()),
        (JSON, r#""x""#, every()),
        (JSON, r#"{"item":null,"importance":"x"}"#, {
            unprocessable(&[
                fixed("model_attributes_type", r#"["body","item"]"#, "null"),
                int_parsing(r#"["body","importance"]"#, "x"),
            ])
        }),
        (JSON, r#"{"item":{},"note":5}"#, {
            unprocessable(&[
                errors::missing(r#"["body","item","name"]"#, "{}"),
                importance.clone(),
                string_type(r#"["body","note"]"#, "5"),
            ])
        }),
        (JSON, "{bad", Reply::json(422, invalid_json)),
    ] {
        let reply = send(&app, full_request("POST /", &[("content-type", content_type)], body)).await;
        table.assert_eq(body, reply, expected);
    }
}

#[tokio::test]
async fn optional_parameters_need_no_body_but_never_another_one() {
    let valid = post(async |Valid(Json(Params(body))): Valid<Json<Params<Optional>>>| Json(body));
    let option = post(async |body: Option<Json<Params<Optional>>>| Json(body.is_some()));
    let app = layered(Router::new().route("/", valid).route("/option", option));
    let ask = async |to: &str, body: &'static str| {
        send(&app, full_request(to, &[("content-type", JSON)], body)).await
    };
    assert_eq!(ask("POST /", "").await, ok(r#"{"note":null}"#));
    assert_eq!(ask("POST /", r#"{"note":"ab"}"#).await, ok(r#"{"note":"ab"}"#));
    assert_eq!(ask("POST /", "[]").await, unprocessable(&[missing(r#"["body","note"]"#)]));
    assert_eq!(ask("POST /", r#"{"note":"a"}"#).await, {
        let msg = "String should have at least 2 characters";
        let ctx = r#"{"min_length":2}"#;
        unprocessable(&[errors::error("string_too_short", r#"["body","note"]"#, msg, r#""a""#, ctx)])
    });
    assert_eq!(ask("POST /option", "").await, ok("false"));
    assert_eq!(ask("POST /option", "null").await, unprocessable(&[missing(r#"["body","note"]"#)]));
    assert_eq!(ask("POST /option", "{}").await, ok("true"));
}

#[tokio::test]
async fn parameters_that_serde_does_not_list_are_those_of_a_model() {
    #[derive(Deserialize, Serialize)]
    struct Flattened {
        #[serde(flatten)]
        body: Body,
    }
    #[derive(Deserialize, Serialize)]
    struct Aliased {
        #[serde(alias = "b")]
        a: u8,
    }
    let app = layered(
        Router::new()
            .route("/flattened", post(async |Json(Params(body)): Json<Params<Flattened>>| Json(body)))
            .route("/aliased", post(async |Json(Params(body)): Json<Params<Aliased>>| Json(body))),
    );
    let ask = async |to: &str, body: &'static str| {
        send(&app, full_request(to, &[("content-type", JSON)], body)).await
    };
    let no_model = unprocessable(&[fixed("model_attributes_type", r#"["body"]"#, "null")]);
    assert_eq!(ask("POST /flattened", "[]").await, no_model);
    assert_eq!(ask("POST /aliased", "{}").await, unprocessable(&[missing(r#"["body","a"]"#)]));
    assert_eq!(ask("POST /aliased", "[]").await, {
        unprocessable(&[missing(r#"["body","a"]"#), missing(r#"["body","b"]"#)])
    });
}

/// A handler that shows the body gets it as it was sent.
#[tokio::test]
async fn handlers_get_the_body_without_parameters() {
    async fn show(error: Caught<RequestValidationError>) -> HttpException {
        HttpException::im_a_teapot().with_detail([error.body()])
    }
    let app = Router::new()
        .route("/", post(async |Json(Params(body)): Json<Params<Body>>| Json(body)))
        .layer(axum_exception::ErrorHandlingLayer::new().exception_handler(show));
    for (content_type, body, shown) in [
        (JSON, "", "null"),
        ("text/plain", "{}", r#""{}""#),
        (JSON, "[1]", "[1]"),
        (JSON, r#"{"note":"a"}"#, r#"{"note":"a"}"#),
    ] {
        let reply = send(&app, full_request("POST /", &[("content-type", content_type)], body)).await;
        assert_eq!(reply, Reply::json(418, format!(r#"{{"detail":[{shown}]}}"#)), "{body}");
    }
}

/// The `input` of a missing field of a form or a query is `null`, so that a password is not echoed.
#[tokio::test]
async fn missing_parameters_of_a_form_have_no_input() {
    use axum_exception::extract::Form;
    #[derive(Deserialize, Serialize)]
    struct Login {
        username: String,
        password: String,
    }
    let app =
        layered(Router::new().route("/", post(async |Form(Params(login)): Form<Params<Login>>| Json(login))));
    assert_eq!(
        send(&app, form("password=secret")).await,
        unprocessable(&[missing(r#"["body","username"]"#)])
    );
    assert_eq!(send(&app, form("username=a&password=secret")).await, {
        ok(r#"{"username":"a","password":"secret"}"#)
    });
}
