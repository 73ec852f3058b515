//! Formats: every default response goes through them, and nothing else does.

use std::{fmt, io};

use axum::{
    Json, Router,
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use axum_exception::{
    Caught, ErrorDetail, ErrorHandlingLayer, Exception, HttpError, HttpException, RequestValidationError,
    Result, WebSocketException, extract, format,
    format::{Failure, Format},
    raise,
};
use futures_util::FutureExt;
use proptest::{prelude::*, test_runner::RngSeed};
use serde_json::json;

use crate::support::{Reply, ask, get as fetch, table::Table};

fn raised(name: &str) -> Result<()> {
    match name {
        "plain" => raise!(404),
        "detail" => raise!(404, "Item <foo> not found"),
        "object" => raise!(409, json!({ "balance": 30, "type": "own", "status": 1, "detail": "x" })),
        "list" => raise!(409, json!([1, "a"])),
        "code" => Err(HttpException::forbidden().with_code("not_yours").into()),
        "headers" => raise!(
            401,
            "Who are you?",
            "www-authenticate" => "Bearer",
            "content-type" => "application/x-own",
            "x-format" => "of the exception"
        ),
        "empty" => raise!(204),
        "no-phrase" => raise!(499),
        "teapot" => raise!(418),
        "validation" => Err(RequestValidationError::new([
            ErrorDetail::missing(["body", "a/b"]).with_input(json!({ "secret": 1 })),
            ErrorDetail::string_too_short(["query", "q"], 3),
            ErrorDetail::value_error(["body", "tags"], "is <b>bold</b>"),
        ])
        .into()),
        "unhandled" => Err(fmt::Error)?,
        "panic" => panic!("secret"),
        "misuse" => raise!(200, "ok", "x-name" => "\u{1F600}"),
        "status-handler" => raise!(410),
        "type-handler" => Err(io::Error::other("typed"))?,
        "denied" => Err(WebSocketException::policy_violation())?,
        _ => Ok(()),
    }
}

fn app() -> Router {
    Router::new()
        .route("/raise/{name}", get(async |Path(name): Path<String>| raised(&name)))
        .route("/own", get(async || (StatusCode::BAD_REQUEST, "own")))
        .route("/native/{number}", get(async |Path(_): Path<u32>| ()))
}

fn layer() -> ErrorHandlingLayer {
    ErrorHandlingLayer::new()
        .status_handler(410, async |_: Caught<HttpException>| (StatusCode::GONE, "by status"))
        .exception_handler(async |_: Caught<io::Error>| (StatusCode::BAD_GATEWAY, "by type"))
}

/// Checks the responses to `/raise/…` and other paths.
async fn check<const N: usize>(app: Router, rows: [(&str, Reply); N]) {
    let mut table = Table::default();
    for (name, reply) in rows {
        let path = if name.starts_with('/') { name.to_owned() } else { format!("/raise/{name}") };
        table.assert_eq(name, fetch(&app, &path).await, reply);
    }
}

const PLAIN: &str = "text/plain; charset=utf-8";

#[tokio::test]
async fn a_format_of_the_app_is_one_function() {
    fn envelope(failure: &Failure<'_>) -> impl IntoResponse + use<> {
        let body = json!({ "error": { "code": failure.code(), "message": failure.message() } });
        (failure.status(), [("x-format", "own")], Json(body))
    }
    let error = |status, code: &str, message: &str| {
        let body = format!(r#"{{"error":{{"code":"{code}","message":"{message}"}}}}"#);
        Reply::json(status, body).header("x-format", "own")
    };
    check(
        app().layer(layer().format(envelope)),
        [
            ("plain", error(404, "not_found", "Not Found")),
            ("detail", error(404, "not_found", "Item <foo> not found")),
            ("object", error(409, "conflict", "Conflict")),
            ("code", error(403, "not_yours", "Forbidden")),
            ("headers", error(401, "unauthorized", "Who are you?").header("www-authenticate", "Bearer")),
            ("empty", Reply::empty(204)),
            ("no-phrase", error(499, "", "")),
            ("teapot", error(418, "im_a_teapot", "I'm a Teapot")),
            (
                "validation",
                error(
                    422,
                    "validation_error",
                    "body.a/b: Field required; query.q: String should have at least 3 characters; body.tags: Value error, is <b>bold</b>",
                ),
            ),
            ("unhandled", error(500, "internal_server_error", "Internal Server Error")),
            ("panic", error(500, "internal_server_error", "Internal Server Error")),
            ("misuse", error(500, "internal_server_error", "Internal Server Error")),
            ("status-handler", Reply::text(410, PLAIN, "by status")),
            ("type-handler", Reply::text(502, PLAIN, "by type")),
            ("denied", Reply::text(403, PLAIN, "")),
            ("/own", Reply::text(400, PLAIN, "own")),
            (
                "/native/x",
                error(
                    422,
                    "validation_error",
                    "path.number: Input should be a valid integer, unable to parse string as an integer",
                ),
            ),
            ("/nope", error(404, "not_found", "Not Found")),
        ],
    )
    .await;
    let app = app().layer(layer().format(envelope));
    assert_eq!(
        ask(&app, "POST /own", &[], "").await,
        error(405, "method_not_allowed", "Method Not Allowed").header("allow", "GET,HEAD"),
    );
    assert_eq!(ask(&app, "HEAD /raise/plain", &[], "").await, error(404, "", "").without_body());
}

#[tokio::test]
async fn fastapis_format_can_have_another_status_and_a_json_500() {
    let errors = r#"{"detail":[{"type":"missing","loc":["body","a/b"],"msg":"Field required","input":{"secret":1}},{"type":"string_too_short","loc":["query","q"],"msg":"String should have at least 3 characters","input":null,"ctx":{"min_length":3}},{"type":"value_error","loc":["body","tags"],"msg":"Value error, is <b>bold</b>","input":null,"ctx":{"error":{}}}]}"#;
    let rows = |unhandled: Reply, status| {
        [
            ("plain", Reply::detail(404, "Not Found")),
            ("list", Reply::json(409, r#"{"detail":[1,"a"]}"#)),
            ("empty", Reply::empty(204)),
            ("validation", Reply::json(status, errors)),
            ("unhandled", unhandled.clone()),
            ("panic", unhandled.clone()),
            ("misuse", unhandled),
        ]
    };
    check(app().layer(ErrorHandlingLayer::new()), rows(Reply::unhandled(), 422)).await;
    check(app().layer(ErrorHandlingLayer::new().format(format::fastapi())), rows(Reply::unhandled(), 422))
        .await;
    let json = format::fastapi().with_json_500(true).with_validation_status(400);
    let unhandled = Reply::detail(500, "Internal Server Error");
    check(app().layer(ErrorHandlingLayer::new().format(json)), rows(unhandled, 400)).await;
}

#[tokio::test]
async fn problem_details_are_those_of_rfc_9457() {
    let problem = |status, body: &str| Reply::text(status, "application/problem+json", body);
    check(
        app().layer(layer().format(format::problem_details())),
        [
            (
                "plain",
                problem(
                    404,
                    r#"{"type":"about:blank","title":"Not Found","status":404,"instance":"/raise/plain","code":"not_found"}"#,
                ),
            ),
            (
                "detail",
                problem(
                    404,
                    r#"{"type":"about:blank","title":"Not Found","status":404,"detail":"Item <foo> not found","instance":"/raise/detail","code":"not_found"}"#,
                ),
            ),
            (
                "object",
                problem(
                    409,
                    r#"{"type":"about:blank","title":"Conflict","status":409,"instance":"/raise/object","code":"conflict","balance":30}"#,
                ),
            ),
            (
                "list",
                problem(
                    409,
                    r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"[1,\"a\"]","instance":"/raise/list","code":"conflict"}"#,
                ),
            ),
            (
                "headers",
                problem(
                    401,
                    r#"{"type":"about:blank","title":"Unauthorized","status":401,"detail":"Who are you?","instance":"/raise/headers","code":"unauthorized"}"#,
                )
                .header("www-authenticate", "Bearer")
                .header("x-format", "of the exception"),
            ),
            (
                "validation",
                problem(
                    422,
                    r##"{"type":"about:blank","title":"Unprocessable Content","status":422,"instance":"/raise/validation","code":"validation_error","errors":[{"detail":"Field required","pointer":"#/a~1b","code":"missing"},{"detail":"String should have at least 3 characters","in":"query","name":"q","code":"string_too_short","ctx":{"min_length":3}},{"detail":"Value error, is <b>bold</b>","pointer":"#/tags","code":"value_error","ctx":{"error":{}}}]}"##,
                ),
            ),
            (
                "unhandled",
                problem(
                    500,
                    r#"{"type":"about:blank","title":"Internal Server Error","status":500,"instance":"/raise/unhandled","code":"internal_server_error"}"#,
                ),
            ),
            (
                "no-phrase",
                problem(
                    499,
                    r#"{"type":"about:blank","status":499,"instance":"/raise/no-phrase","code":""}"#,
                ),
            ),
            (
                "/nope?secret=1",
                problem(
                    404,
                    r#"{"type":"about:blank","title":"Not Found","status":404,"instance":"/nope","code":"not_found"}"#,
                ),
            ),
        ],
    )
    .await;
    let own = format::problem_details().with_type_base("https://example.com/").with_validation_status(400);
    check(
        app().layer(layer().format(own)),
        [
            (
                "code",
                problem(
                    403,
                    r#"{"type":"https://example.com/not_yours","title":"Forbidden","status":403,"instance":"/raise/code","code":"not_yours"}"#,
                ),
            ),
            (
                "/native/x",
                problem(
                    400,
                    r#"{"type":"https://example.com/validation_error","title":"Bad Request","status":400,"instance":"/native/x","code":"validation_error","errors":[{"detail":"Input should be a valid integer, unable to parse string as an integer","in":"path","name":"number","code":"int_parsing"}]}"#,
                ),
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn accept_chooses_the_negotiated_format() {
    let app = app().layer(layer().format(format::negotiated().with_validation_status(400)));
    let json = Reply::detail(404, "Item <foo> not found").header("vary", "accept");
    let problem = Reply::text(
        404,
        "application/problem+json",
        r#"{"type":"about:blank","title":"Not Found","status":404,"detail":"Item <foo> not found","instance":"/raise/detail","code":"not_found"}"#,
    )
    .header("vary", "accept");
    let html = Reply::text(
        404,
        "text/html; charset=utf-8",
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>404 Not Found</title>\n</head>\n<body>\n<h1>404 Not Found</h1>\n<p>Item &lt;foo&gt; not found</p>\n</body>\n</html>\n",
    )
    .header("vary", "accept");
    let mut table = Table::default();
    for (accept, reply) in [
        (None, &json),
        (Some(""), &json),
        (Some("*/*"), &json),
        (Some("application/*"), &json),
        (Some("image/png"), &json),
        (Some("not valid"), &json),
        (Some("text/html;q=NaN"), &html),
        (Some("application/json"), &json),
        (Some("application/problem+json"), &problem),
        (Some("APPLICATION/PROBLEM+JSON"), &problem),
        (Some("application/json;q=0.5, application/problem+json"), &problem),
        (Some("application/problem+json, application/json"), &problem),
        (Some("text/html"), &html),
        (Some("text/*"), &html),
        (Some("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"), &html),
        (Some("text/html;q=0.2, application/json;q=0.9"), &json),
        (Some("text/html;q=0, */*"), &json),
        (Some("application/json;q=0, */*;q=0.1"), &problem),
    ] {
        let headers: Vec<_> = accept.iter().map(|accept| ("accept", *accept)).collect();
        table.assert_eq(
            format!("{accept:?}"),
            ask(&app, "GET /raise/detail", &headers, "").await,
            reply.clone(),
        );
    }
    let browser = [("accept", "text/html")];
    let page = ask(&app, "GET /raise/validation", &browser, "").await;
    assert_eq!(
        page,
        Reply::text(
            400,
            "text/html; charset=utf-8",
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>400 Bad Request</title>\n</head>\n<body>\n<h1>400 Bad Request</h1>\n<ul>\n<li><code>body.a/b</code>: Field required</li>\n<li><code>query.q</code>: String should have at least 3 characters</li>\n<li><code>body.tags</code>: Value error, is &lt;b&gt;bold&lt;/b&gt;</li>\n</ul>\n</body>\n</html>\n"
        )
        .header("vary", "accept")
    );
    // Two headers are one list.
    let two = [("accept", "text/html;q=0.1"), ("accept", "application/problem+json")];
    let request = {
        let mut request = crate::support::request("GET", "/raise/detail");
        for (name, value) in two {
            request.headers_mut().append(name, value.parse().unwrap());
        }
        request
    };
    assert_eq!(crate::support::send(&app, request).await, problem);
    assert_eq!(
        ask(&app, "GET /raise/unhandled", &[], "").await,
        Reply::detail(500, "Internal Server Error").header("vary", "accept")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(7), ..ProptestConfig::with_cases(500) })]

    #[test]
    fn any_accept_header_has_a_response(
        accept in "([ -~]{0,20}|text/html|\\*/\\*|application/json|[a-z*]{1,3}/[a-z+*]{1,4}|;q=[01.]{0,4}|[,;=\" ]){0,8}",
    ) {
        let app = Router::new()
            .layer(ErrorHandlingLayer::new().format(format::negotiated()).languages(["en", "de"]));
        let headers = [("accept", &*accept), ("accept-language", &*accept)];
        let reply = ask(&app, "GET /nope", &headers, "").now_or_never().unwrap();
        prop_assert_eq!(reply.status, 404);
    }
}

/// The exception is the one that was raised, not the one that it was mapped to.
#[tokio::test]
async fn a_format_finds_the_error_of_the_app() {
    #[derive(Debug, thiserror::Error, HttpError)]
    #[error("own {0}")]
    enum Own {
        #[http(404)]
        Missing(u8),
        #[http(unhandled)]
        Broken(u8),
    }
    #[derive(Debug, thiserror::Error)]
    #[error("around")]
    struct Around(#[source] Own);

    let own = |failure: &Failure<'_>| {
        let is_own = failure.exception().is::<Own>() || failure.exception().is::<Around>();
        format!("{} {is_own} {:?}", failure.status(), failure.error::<Own>())
    };
    let app = Router::new()
        .route("/missing", get(async || Own::Missing(1)))
        .route("/broken", get(async || Own::Broken(2)))
        .route("/any", get(async || -> Result<()> { Err(Own::Missing(3))? }))
        .route("/around", get(async || -> Result<()> { Err(Around(Own::Missing(4)))? }))
        .layer(ErrorHandlingLayer::new().format(own).exception::<Own>());
    check(
        app,
        [
            ("/missing", Reply::text(200, PLAIN, "404 Not Found true Some(Missing(1))")),
            ("/broken", Reply::text(200, PLAIN, "500 Internal Server Error true Some(Broken(2))")),
            ("/any", Reply::text(200, PLAIN, "404 Not Found true Some(Missing(3))")),
            ("/around", Reply::text(200, PLAIN, "404 Not Found true Some(Missing(4))")),
            ("/nope", Reply::text(200, PLAIN, "404 Not Found false None")),
        ],
    )
    .await;
}

/// The reason why a body is not JSON is only in `ctx`.
#[tokio::test]
async fn the_message_of_invalid_json_has_the_reason() {
    let app = Router::new()
        .route("/", axum::routing::post(async |_: extract::Json<u8>| ()))
        .layer(ErrorHandlingLayer::new().format(|failure: &Failure<'_>| failure.message().into_owned()));
    assert_eq!(
        ask(&app, "POST /", &[crate::support::JSON], r#"{"a": "#).await,
        Reply::text(200, PLAIN, "body: JSON decode error: Expecting value at byte 6")
    );
}

#[tokio::test]
async fn a_format_sees_the_request() {
    fn about(failure: &Failure<'_>) -> String {
        format!(
            "{} {:?} {} {:?} {:?} {} {}",
            failure.method(),
            failure.route(),
            failure.uri(),
            failure.request_id(),
            failure.headers().get("x-own"),
            failure.is_unhandled(),
            failure.exception(),
        )
    }
    let inner = Router::new().route("/x/{id}", get(async || -> Result<()> { Err(fmt::Error)? }));
    let app = Router::new().nest("/in", inner.layer(ErrorHandlingLayer::new().format(about)));
    let headers = [("x-request-id", "r1"), ("x-own", "a")];
    assert_eq!(
        ask(&app, "GET /in/x/7?q=1", &headers, "").await,
        Reply::text(
            200,
            PLAIN,
            r#"GET Some("/in/x/{id}") /in/x/7?q=1 Some("r1") Some("a") true an error occurred when formatting an argument"#
        )
    );
    // A handler with extractors keeps the whole head.
    let inner = Router::new().route("/x/{id}", get(async || -> Result<()> { Err(fmt::Error)? }));
    let layer = ErrorHandlingLayer::new()
        .format(about)
        .exception_handler(async |_: HeaderMap, _: Caught<io::Error>| "unused");
    let app = Router::new().nest("/in", inner.layer(layer));
    assert_eq!(
        ask(&app, "GET /in/x/7?q=1", &headers, "").await,
        Reply::text(
            200,
            PLAIN,
            r#"GET Some("/in/x/{id}") /in/x/7?q=1 Some("r1") Some("a") true an error occurred when formatting an argument"#
        )
    );
}

/// The outer layer neither formats a formatted response again nor loses the exception.
#[tokio::test]
async fn the_inner_format_is_kept_and_outer_handlers_run() {
    let format = |name: &'static str| move |failure: &Failure<'_>| (failure.status(), name);
    let outer = ErrorHandlingLayer::new()
        .format(format("outer"))
        .status_handler(410, async |_: Caught<HttpException>| "outer handler");
    let app = app().layer(ErrorHandlingLayer::new().format(format("inner"))).layer(outer);
    check(
        app,
        [
            ("plain", Reply::text(404, PLAIN, "inner")),
            ("unhandled", Reply::text(500, PLAIN, "inner")),
            ("status-handler", Reply::text(200, PLAIN, "outer handler")),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_format_that_fails_is_a_plain_500() {
    #[derive(Clone, Copy)]
    enum Failing {
        Panic,
        Status,
        Exception,
    }
    impl Format for Failing {
        fn respond(&self, _: &Failure<'_>) -> Response {
            match self {
                Self::Panic => panic!("in the format"),
                Self::Status => StatusCode::from_u16(700).unwrap().into_response(),
                // Its status and body are the response, but no handler runs for it.
                Self::Exception => HttpException::gone().into_response(),
            }
        }
    }
    for (failing, reply) in [
        (Failing::Panic, Reply::unhandled()),
        (Failing::Status, Reply::unhandled()),
        (Failing::Exception, Reply::detail(410, "Gone")),
    ] {
        let outer = ErrorHandlingLayer::new().status_handler(410, async |_: Caught<HttpException>| "wrong");
        let app = app().layer(layer().format(failing)).layer(outer);
        check(app, [("plain", reply.clone()), ("unhandled", reply)]).await;
    }
}

/// The plain 500 of a failed handler is a default response as well.
#[tokio::test]
async fn failed_handlers_have_the_format() {
    let layer = ErrorHandlingLayer::new()
        .format(|failure: &Failure<'_>| (failure.status(), failure.code().into_owned()))
        .exception_handler(async |_: Caught<io::Error>| StatusCode::from_u16(700).unwrap())
        .exception_handler(async |_: Caught<fmt::Error>| -> Result<()> { raise!(410) })
        .exception_handler(async |_: Exception| -> () { panic!("in the catch-all") });
    check(
        app().layer(layer),
        [
            ("type-handler", Reply::text(500, PLAIN, "internal_server_error")),
            ("unhandled", Reply::text(410, PLAIN, "gone")),
            ("panic", Reply::text(500, PLAIN, "internal_server_error")),
        ],
    )
    .await;
}

#[test]
#[should_panic(expected = "the status of validation errors must be between 400 and 499")]
fn the_status_of_validation_errors_must_be_4xx() {
    let _ = format::fastapi().with_validation_status(500);
}

/// The extractors of this crate and of axum have the same format.
#[tokio::test]
async fn extractors_have_the_format() {
    let app = Router::new()
        .route("/own", get(async |_: extract::Query<Vec<(String, u8)>>| ()))
        .layer(ErrorHandlingLayer::new().format(format::fastapi().with_validation_status(400)));
    assert_eq!(
        fetch(&app, "/own?a=x").await,
        Reply::json(
            400,
            r#"{"detail":[{"type":"int_parsing","loc":["query","a"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}]}"#
        )
    );
}
