//! Messages in other words and languages, by their kind and facts.

#[path = "../../examples/fluent.rs"]
#[allow(dead_code)]
mod example;

use axum::{Router, routing::get};
use axum_exception::{
    Caught, ErrorDetail, ErrorHandlingLayer, HttpException, RequestValidationError, Result, format,
    format::Message, handlers, raise,
};

use crate::support::{Reply, ask, table::Table};

fn words(message: &Message<'_>) -> Option<String> {
    let german = match &*message.kind() {
        "missing" if message.loc()?.to_string() == "body.token" => "Token fehlt".to_owned(),
        "missing" => "Pflichtfeld".to_owned(),
        "string_too_short" => format!("Mindestens {} Zeichen", message.ctx().get("min_length")?.as_i64()?),
        "http_404" => "Nicht gefunden".to_owned(),
        "http_500" => "Interner Fehler".to_owned(),
        "http_422" => format!("{} (de)", message.msg()),
        _ => return None,
    };
    (message.language().is_none_or(|language| language == "de-DE")).then_some(german)
}

fn app(layer: ErrorHandlingLayer) -> Router {
    let errors = |errors: Vec<ErrorDetail>| {
        move || {
            let errors = errors.clone();
            async move { RequestValidationError::new(errors) }
        }
    };
    Router::new()
        .route(
            "/all",
            get(errors(vec![
                ErrorDetail::missing(["body", "name"]),
                ErrorDetail::missing(["body", "token"]),
                ErrorDetail::string_too_short(["body", "nick"], 3),
            ])),
        )
        .route(
            "/some",
            get(errors(vec![
                ErrorDetail::missing(["body", "name"]),
                ErrorDetail::value_error(["body", "nick"], "is taken"),
            ])),
        )
        .route("/detail", get(async || -> Result<()> { raise!(404, "Item not found") }))
        .route("/handled", get(async || -> Result<()> { raise!(410) }))
        .route("/unhandled", get(async || -> Result<()> { Err(std::fmt::Error)? }))
        .layer(layer.status_handler(410, async |exception: Caught<HttpException>| {
            handlers::http_exception(&exception)
        }))
}

const ALL_IN_GERMAN: &str = r#"{"detail":[{"type":"missing","loc":["body","name"],"msg":"Pflichtfeld","input":null},{"type":"missing","loc":["body","token"],"msg":"Token fehlt","input":null},{"type":"string_too_short","loc":["body","nick"],"msg":"Mindestens 3 Zeichen","input":null,"ctx":{"min_length":3}}]}"#;
const ALL_IN_ENGLISH: &str = r#"{"detail":[{"type":"missing","loc":["body","name"],"msg":"Field required","input":null},{"type":"missing","loc":["body","token"],"msg":"Field required","input":null},{"type":"string_too_short","loc":["body","nick"],"msg":"String should have at least 3 characters","input":null,"ctx":{"min_length":3}}]}"#;
const SOME_IN_GERMAN: &str = r#"{"detail":[{"type":"missing","loc":["body","name"],"msg":"Pflichtfeld","input":null},{"type":"value_error","loc":["body","nick"],"msg":"Value error, is taken","input":null,"ctx":{"error":{}}}]}"#;

/// `Content-Language` is there if all words are in that language.
#[tokio::test]
async fn the_language_of_the_client_is_used() {
    let app = app(ErrorHandlingLayer::new().languages(["en", "de-DE"]).translate(words));
    let german = |reply: Reply| reply.header("content-language", "de-DE").header("vary", "accept-language");
    let english = |reply: Reply| reply.header("content-language", "en").header("vary", "accept-language");
    let unknown = |reply: Reply| reply.header("vary", "accept-language");
    let mut table = Table::default();
    for (path, language, reply) in [
        ("/all", "de-DE", german(Reply::json(422, ALL_IN_GERMAN))),
        ("/all", "en;q=0.1, de-de;q=0.2", german(Reply::json(422, ALL_IN_GERMAN))),
        ("/all", "fr", english(Reply::json(422, ALL_IN_ENGLISH))),
        ("/all", "", english(Reply::json(422, ALL_IN_ENGLISH))),
        ("/some", "de-DE", unknown(Reply::json(422, SOME_IN_GERMAN))),
        ("/nope", "de-DE", german(Reply::detail(404, "Nicht gefunden"))),
        ("/detail", "de-DE", unknown(Reply::detail(404, "Item not found"))),
        ("/handled", "de-DE", Reply::detail(410, "Gone")),
    ] {
        let reply_ = ask(&app, &format!("GET {path}"), &[("accept-language", language)], "").await;
        table.assert_eq(format!("{path} {language}"), reply_, reply);
    }
}

#[tokio::test]
async fn words_can_be_replaced_without_languages() {
    let app = app(ErrorHandlingLayer::new().translate(words));
    assert_eq!(ask(&app, "GET /all", &[], "").await, Reply::json(422, ALL_IN_GERMAN));
    assert_eq!(
        ask(&app, "GET /nope", &[("accept-language", "en")], "").await,
        Reply::detail(404, "Nicht gefunden")
    );
    assert_eq!(ask(&app, "GET /unhandled", &[], "").await, Reply::unhandled());
}

#[tokio::test]
async fn every_format_is_translated() {
    let layer = ErrorHandlingLayer::new().languages(["en", "de-DE"]).translate(words);
    let json = app(layer.clone().format(format::fastapi().with_json_500(true)));
    let german = [("accept-language", "de-DE")];
    let of = |reply: Reply| reply.header("content-language", "de-DE");
    assert_eq!(
        ask(&json, "GET /unhandled", &german, "").await,
        of(Reply::detail(500, "Interner Fehler")).header("vary", "accept-language")
    );
    let negotiated = app(layer.format(format::negotiated()));
    let page = ask(&negotiated, "GET /nope", &[german[0], ("accept", "text/html")], "").await;
    assert_eq!(
        page,
        of(Reply::text(
            404,
            "text/html; charset=utf-8",
            "<!doctype html>\n<html lang=\"de-DE\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>404 Nicht gefunden</title>\n</head>\n<body>\n<h1>404 Nicht gefunden</h1>\n</body>\n</html>\n"
        ))
        .header("vary", "accept")
        .header("vary", "accept-language")
    );
    let problem =
        ask(&negotiated, "GET /all", &[german[0], ("accept", "application/problem+json")], "").await;
    assert_eq!(
        problem,
        of(Reply::text(
            422,
            "application/problem+json",
            r##"{"type":"about:blank","title":"Unprocessable Content (de)","status":422,"instance":"/all","code":"validation_error","errors":[{"detail":"Pflichtfeld","pointer":"#/name","code":"missing"},{"detail":"Token fehlt","pointer":"#/token","code":"missing"},{"detail":"Mindestens 3 Zeichen","pointer":"#/nick","code":"string_too_short","ctx":{"min_length":3}}]}"##
        ))
        .header("vary", "accept")
        .header("vary", "accept-language")
    );
}

#[tokio::test]
async fn the_example_with_fluent_translates() {
    let app = example::app();
    let json = ("content-type", "application/json");
    let languages =
        |reply: Reply, language| reply.header("content-language", language).header("vary", "accept-language");
    let mut table = Table::default();
    for (language, body, reply) in [
        (
            "de-CH, fr;q=0.9",
            r#"{"name": "Al"}"#,
            languages(
                Reply::json(
                    422,
                    r#"{"detail":[{"type":"string_too_short","loc":["body","name"],"msg":"Mindestens 3 Zeichen","input":"Al","ctx":{"min_length":3}},{"type":"missing","loc":["body","age"],"msg":"Dieses Feld fehlt","input":{"name":"Al"}}]}"#,
                ),
                "de",
            ),
        ),
        (
            "fr",
            r#"{"name": "Ann", "age": "x"}"#,
            languages(
                Reply::json(
                    422,
                    r#"{"detail":[{"type":"int_parsing","loc":["body","age"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}]}"#,
                ),
                "en",
            ),
        ),
        // A message that the resource does not have.
        (
            "de",
            r#"{"name": 5, "age": 5}"#,
            Reply::json(
                422,
                r#"{"detail":[{"type":"string_type","loc":["body","name"],"msg":"Input should be a valid string","input":5}]}"#,
            )
            .header("vary", "accept-language"),
        ),
    ] {
        let reply_ = ask(&app, "POST /users", &[json, ("accept-language", language)], body).await;
        table.assert_eq(format!("{language} {body}"), reply_, reply);
    }
    let reply = ask(&app, "GET /nope", &[("accept-language", "de")], "").await;
    assert_eq!(reply, languages(Reply::detail(404, "Nicht gefunden"), "de"));
}
