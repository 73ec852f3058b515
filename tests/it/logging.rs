//! The log: which lines, at which level, and how often.

use std::{
    fmt::Debug,
    io,
    sync::{Arc, LazyLock, Mutex},
};

use axum::{Router, http::StatusCode, routing::get};
use axum_exception::{
    Caught, ErrorDetail, ErrorHandlingLayer, Exception, HttpException, Panic, RequestValidationError,
    extract::{Query, Valid},
    rules::{Check, Rules},
};
use tracing::{
    Dispatch, Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
    subscriber::with_default,
};

use crate::support::{get as fetch, request, send, table::Table};

/// Collects the lines logged under this crate's target.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<String>>>);

impl Subscriber for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "axum_exception"
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0 += &format!(" {field}={value:?}");
    }
}

/// Returns what is logged while the app handles these paths.
fn logged(app: &Router, paths: &[&str]) -> Vec<String> {
    logged_during(async {
        for path in paths {
            match path.strip_prefix("POST ") {
                Some(path) => send(app, request("POST", path)).await,
                None => fetch(app, path).await,
            };
        }
    })
}

/// Returns what is logged until the future and its tasks are done.
pub(crate) fn logged_during(done: impl Future<Output = ()>) -> Vec<String> {
    // With a single subscriber, tracing asks the current thread whether an event is of interest, and remembers it.
    // That may be the thread of another test, which has no subscriber.
    static SECOND: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(Lines::default()));
    LazyLock::force(&SECOND);
    let lines = Lines::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    with_default(lines.clone(), || {
        tracing::callsite::rebuild_interest_cache();
        runtime.block_on(done);
    });
    let lines = lines.0.lock().unwrap();
    lines.clone()
}

#[derive(Debug, thiserror::Error)]
#[error("could not load the page")]
struct Load(#[source] io::Error);

#[derive(Debug, thiserror::Error)]
#[error(transparent)]
struct Transparent(#[from] HttpException);

fn app() -> Router {
    Router::new()
        .route("/load/{page}", get(async || Exception::from(Load(io::Error::other("disk full")))))
        .route("/panic", get(async || -> () { panic!("the reason") }))
        .route("/gone", get(async || HttpException::gone().with_detail("long gone")))
        .route(
            "/bad-gateway",
            get(async || HttpException::bad_gateway().with_source(io::Error::other("reset"))),
        )
        .route("/transparent", get(async || Exception::from(Transparent(HttpException::not_implemented()))))
        .route("/misuse", get(async || HttpException::not_found().with_header("x-a", "日本")))
        .route("/handled", get(async || Exception::from(io::Error::other("handled"))))
        .route("/failing", get(async || Exception::from(std::fmt::Error)))
        .route(
            "/validation",
            get(async || {
                let error = ErrorDetail::new("bad", ["query", "evil\nline"], "no\tgood").with_input("secret");
                RequestValidationError::new([error.clone(), error])
            }),
        )
        .route("/ok", get(async || "ok"))
}

fn layer() -> ErrorHandlingLayer {
    ErrorHandlingLayer::new()
        .exception_handler(async |_: Caught<io::Error>| HttpException::locked())
        .exception_handler(async |_: Caught<std::fmt::Error>| {
            Exception::from(Load(io::Error::other("twice")))
        })
}

#[test]
fn every_exception_is_logged_once_with_its_sources() {
    // These layers have no handlers, unlike `layer()`, whose handler for `io::Error` would handle `Load`.
    let app = app().layer(ErrorHandlingLayer::new()).layer(ErrorHandlingLayer::new());
    let mut table = Table::default();
    for (path, line) in [
        (
            "/load/7",
            r#"ERROR message=exception method=GET route="/load/{page}" status=500 error=could not load the page: disk full"#,
        ),
        (
            "/panic",
            r#"ERROR message=exception method=GET route="/panic" status=500 error=panicked: the reason"#,
        ),
        ("/gone", r#"DEBUG message=exception method=GET route="/gone" status=410 error=410: long gone"#),
        ("/nope", r"DEBUG message=exception method=GET status=404 error=404: Not Found"),
        (
            "POST /gone",
            r#"DEBUG message=exception method=POST route="/gone" status=405 error=405: Method Not Allowed"#,
        ),
        (
            "/bad-gateway",
            r#"ERROR message=exception method=GET route="/bad-gateway" status=502 error=502: Bad Gateway: reset"#,
        ),
        (
            "/transparent",
            r#"ERROR message=exception method=GET route="/transparent" status=501 error=501: Not Implemented"#,
        ),
        (
            "/misuse",
            r#"ERROR message=exception method=GET route="/misuse" status=500 misuse="the value of its header `x-a` cannot be sent" error=404: Not Found"#,
        ),
        (
            "/validation",
            "DEBUG message=exception method=GET route=\"/validation\" status=422 error=2 validation errors: query.evil\u{fffd}line: no\u{fffd}good; query.evil\u{fffd}line: no\u{fffd}good",
        ),
    ] {
        // Another test may have turned on panic locations.
        let lines: Vec<_> = logged(&app, &[path])
            .into_iter()
            .map(|line| match (line.find(" at tests"), line.find(": the reason")) {
                (Some(from), Some(to)) => format!("{}{}", &line[..from], &line[to..]),
                _ => line,
            })
            .collect();
        table.assert_eq(path, lines, [line]);
    }
    assert_eq!(logged(&app, &["/ok"]), [""; 0]);
}

/// Errors that only the catch-all handles, and panics, are logged at ERROR whatever the status. A source that is part of
/// an error's message is not repeated.
#[test]
fn catch_all_and_panics_are_logged_at_error() {
    #[derive(Debug, thiserror::Error)]
    #[error("loading failed: {0}")]
    struct Failed(#[source] io::Error);
    let app = Router::new()
        .route("/failed", get(async || Exception::from(Failed(io::Error::other("disk full")))))
        .route("/panic", get(async || -> () { panic!("the reason") }))
        .layer(
            ErrorHandlingLayer::new()
                .exception_handler(async |_: Exception| (StatusCode::BAD_REQUEST, "catch-all"))
                .exception_handler(async |_: Caught<Panic>| (StatusCode::BAD_REQUEST, "panic")),
        );
    assert_eq!(
        logged(&app, &["/failed"]),
        [r#"ERROR message=exception method=GET route="/failed" status=400 error=loading failed: disk full"#],
    );
    let [line] = &logged(&app, &["/panic"])[..] else { panic!("one line") };
    assert!(
        line.starts_with(r#"ERROR message=exception method=GET route="/panic" status=400 error=panicked"#),
        "{line}"
    );
}

/// The response to a rejection has less detail than its text, so the text is the cause.
#[test]
fn the_text_of_a_rejection_is_logged() {
    let app =
        Router::new().route("/", axum::routing::post(async |_: String| ())).layer(ErrorHandlingLayer::new());
    let lines = logged_during(async {
        let invalid = crate::support::full_request("POST /", &[], &b"\xff"[..]);
        let reply = crate::support::Reply::detail(400, "There was an error parsing the body");
        assert_eq!(send(&app, invalid).await, reply);
    });
    assert_eq!(
        lines,
        [
            r#"DEBUG message=exception method=POST route="/" status=400 error=400: There was an error parsing the body: Request body didn't contain valid UTF-8: invalid utf-8 sequence of 1 bytes from index 0"#
        ]
    );
}

/// A rule for a field that does not exist is only logged, even if the request has errors.
#[test]
fn rule_for_an_unknown_field_logs_a_warning() {
    #[derive(serde::Deserialize)]
    struct User {
        #[serde(rename = "userName")]
        user_name: String,
        #[allow(dead_code)]
        age: u8,
    }
    impl Rules for User {
        fn rules(&self, user: &mut Check<'_>) {
            user.field("user_name", &self.user_name).min_length(3);
        }
    }
    let app =
        Router::new().route("/", get(async |_: Valid<Query<User>>| "valid")).layer(ErrorHandlingLayer::new());
    assert_eq!(
        logged(&app, &["/?userName=a&age=x"]),
        [
            r#"WARN message=a rule is for a field that serde does not know name="user_name" route="/""#,
            r#"DEBUG message=exception method=GET route="/" status=422 error=1 validation error: query.age: Input should be a valid integer, unable to parse string as an integer"#,
        ],
    );
}

#[test]
fn an_exception_raised_by_a_handler_is_in_the_same_line() {
    let app = app().layer(layer());
    assert_eq!(
        logged(&app, &["/handled"]),
        [
            r#"DEBUG message=exception method=GET route="/handled" status=423 while_handling="handled" error=423: Locked"#
        ]
    );
    assert_eq!(
        logged(&app, &["/failing"]),
        [
            r#"DEBUG message=exception method=GET route="/failing" status=423 while_handling="an error occurred when formatting an argument; could not load the page: twice" error=423: Locked"#
        ]
    );
}
