//! Responses of axum that replace an invalid one of the app.

use std::{
    cell::RefCell,
    collections::HashMap,
    sync::Mutex,
    time::{Duration, UNIX_EPOCH},
};

use axum::{
    Form, Json, Router,
    http::StatusCode,
    response::{AppendHeaders, IntoResponse, Redirect},
    routing::get,
};
use axum_exception::{Caught, ErrorHandlingLayer, ResponseValidationError, extract};
use serde::{Serialize, Serializer};

use super::app;
use crate::{
    logging::logged_during,
    support::{Reply, get as fetch, table::Table},
};

#[derive(Serialize)]
enum Hidden {
    #[serde(skip)]
    Secret,
}

#[derive(Serialize)]
struct Flat {
    #[serde(flatten)]
    number: u8,
}

#[derive(Serialize)]
#[serde(tag = "kind")]
enum Tagged {
    Number(u8),
    Wide(Wide),
}

#[derive(Serialize)]
enum Wide {
    Square { n: i128 },
}

/// A float key, as crates for ordered floats serialize it.
#[derive(PartialEq, Eq, Hash)]
struct Infinite;

impl Serialize for Infinite {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::INFINITY)
    }
}

/// An error of the app's own.
struct Failing;

impl Serialize for Failing {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("the app's own message"))
    }
}

fn borrowed() -> RefCell<u8> {
    let cell = RefCell::new(1);
    std::mem::forget(cell.borrow_mut());
    cell
}

fn poisoned() -> Mutex<u8> {
    let mutex = Mutex::new(1);
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _guard = mutex.lock();
        std::panic::resume_unwind(Box::new(()));
    }));
    mutex
}

/// The responses are made anew for each request.
macro_rules! routes {
    ($($wrapper:ident($value:expr) => $text:literal),* $(,)?) => {
        vec![$((app("/", get(async || $wrapper($value))), $text)),*]
    };
}

#[test]
fn responses_that_do_not_serialize_are_a_plain_500_and_logged() {
    let rows: Vec<(Router, &str)> = routes! {
        Json(HashMap::from([((1, 2), 3)])) => "key must be a string",
        Json(HashMap::from([(None::<u8>, 3)])) => "key must be a string",
        Json(HashMap::from([(Infinite, 3)])) => "float key must be finite (got NaN or +/-inf)",
        Json(Hidden::Secret) => "the enum variant Hidden::Secret cannot be serialized",
        Json(Flat { number: 1 }) => "can only flatten structs and maps (got an integer)",
        Json(Tagged::Number(1)) => "cannot serialize tagged newtype variant Tagged::Number containing an integer",
        Json(Tagged::Wide(Wide::Square { n: 1 })) => "i128 is not supported",
        Json(borrowed()) => "already mutably borrowed",
        Json(poisoned()) => "lock poison error while serializing",
        Json(UNIX_EPOCH - Duration::from_secs(1)) => "SystemTime must be later than UNIX_EPOCH",
        Form(1) => "top-level serializer supports only maps and structs",
        Form(vec![1]) => "unsupported pair",
        Form(HashMap::from([("a", vec![1])])) => "unsupported value",
        Form(HashMap::from([((1, 2), 3)])) => "unsupported key",
    };
    let mut table = Table::default();
    for (app, text) in rows {
        let line = format!(
            "ERROR message=exception method=GET route=\"/\" status=500 \
             error=1 validation error: response: Value error, {text}"
        );
        let mut reply = None;
        let lines = logged_during(async { reply = Some(fetch(&app, "/").await) });
        table.assert_eq(text, (reply, lines), (Some(Reply::unhandled()), vec![line]));
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_path_that_is_not_utf_8_is_a_plain_500() {
    use std::{ffi::OsString, os::unix::ffi::OsStringExt, path::PathBuf};

    let app = app("/", get(async || Json(PathBuf::from(OsString::from_vec(vec![0xFF])))));
    assert_eq!(fetch(&app, "/").await, Reply::unhandled());
}

#[test]
fn the_log_is_that_of_this_crates_json() {
    let logged =
        |app: Router| logged_during(async { assert_eq!(fetch(&app, "/").await, Reply::unhandled()) });
    let keys = || HashMap::from([((1, 2), 3)]);
    assert_eq!(
        logged(app("/", get(async move || Json(keys())))),
        logged(app("/", get(async move || extract::Json(keys()))))
    );
}

#[tokio::test]
async fn a_handler_receives_the_response_that_does_not_serialize() {
    let layer =
        ErrorHandlingLayer::new().exception_handler(async |error: Caught<ResponseValidationError>| {
            error.errors().iter().map(ToString::to_string).collect::<String>()
        });
    let app = Router::new().route("/", get(async || Json(HashMap::from([((1, 2), 3)])))).layer(layer);
    let text = "response: Value error, key must be a string";
    assert_eq!(fetch(&app, "/").await, Reply::text(200, "text/plain; charset=utf-8", text));
}

/// A message of the app cannot be told from a response of the app.
#[tokio::test]
async fn other_texts_with_status_500_pass_unchanged() {
    let mut table = Table::default();
    for (app, text) in [
        (app("/", get(async || Json(Failing))), "the app's own message"),
        (
            app("/", get(async || (StatusCode::INTERNAL_SERVER_ERROR, "the enum variant is unknown"))),
            "the enum variant is unknown",
        ),
        (
            app("/", get(async || (StatusCode::INTERNAL_SERVER_ERROR, "key must be a string!"))),
            "key must be a string!",
        ),
    ] {
        table.assert_eq(text, fetch(&app, "/").await, Reply::text(500, "text/plain; charset=utf-8", text));
    }
}

#[test]
fn invalid_headers_of_responses_are_a_plain_500_and_logged() {
    let mut table = Table::default();
    for (app, text) in [
        (app("/", get(async || Redirect::to("\n"))), "failed to parse header value"),
        (app("/", get(async || [("x-a", "\n")])), "failed to parse header value"),
        (app("/", get(async || AppendHeaders([("x a", "1")]).into_response())), "invalid HTTP header name"),
    ] {
        let line = format!("ERROR message=exception method=GET route=\"/\" status=500 error={text}");
        let mut reply = None;
        let lines = logged_during(async { reply = Some(fetch(&app, "/").await) });
        table.assert_eq(text, (reply, lines), (Some(Reply::unhandled()), vec![line]));
    }
}
