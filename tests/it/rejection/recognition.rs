//! Responses that only resemble a rejection pass unchanged, and are not buffered or awaited.

use std::{
    convert::Infallible,
    io,
    pin::{Pin, pin},
    sync::{Arc, Mutex},
    task::{Context, Poll},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, Response, StatusCode},
    response::IntoResponse,
    routing::get,
};
use axum_exception::ErrorHandlingLayer;
use futures_util::{FutureExt, stream};
use http_body::{Frame, SizeHint};
use http_body_util::{BodyExt, StreamBody};
use proptest::{prelude::*, test_runner::RngSeed};
use tower::{Layer, Service, ServiceExt, service_fn};

use crate::support::{Reply, get as fetch, request, table::Table};

const TEXT: &str = "Invalid URL: Cannot parse `abc` to a `u32`";

/// The layer around a service that returns `response`.
fn responding(
    response: impl Fn() -> Response<Body> + Clone,
) -> impl Service<Request, Response = Response<Body>, Error = Infallible> + Clone {
    ErrorHandlingLayer::new()
        .layer(service_fn(move |_: Request| std::future::ready(Ok::<_, Infallible>(response()))))
}

#[tokio::test]
async fn only_exact_status_content_type_and_text_are_recognized() {
    let plain = "text/plain; charset=utf-8";
    let recognized = responding(|| (StatusCode::BAD_REQUEST, TEXT).into_response());
    assert_eq!(fetch(&recognized, "/").await.status, 422);
    let mut table = Table::default();
    for (name, response, reply) in [
        ("another status", (StatusCode::CONFLICT, TEXT).into_response(), Reply::text(409, plain, TEXT)),
        (
            "another content type",
            (StatusCode::BAD_REQUEST, [("content-type", "text/plain")], TEXT).into_response(),
            Reply::text(400, "text/plain", TEXT),
        ),
        (
            "a date, as from another server",
            (StatusCode::BAD_REQUEST, [("date", "Sat, 21 Nov 2026 00:00:00 GMT")], TEXT).into_response(),
            Reply::text(400, plain, TEXT).header("date", "Sat, 21 Nov 2026 00:00:00 GMT"),
        ),
        (
            "compressed",
            (StatusCode::BAD_REQUEST, [("content-encoding", "x")], TEXT).into_response(),
            Reply::text(400, plain, TEXT).header("content-encoding", "x"),
        ),
        (
            "another text",
            (StatusCode::BAD_REQUEST, "Invalid URL. Cannot parse `abc`").into_response(),
            Reply::text(400, plain, "Invalid URL. Cannot parse `abc`"),
        ),
        (
            "text after a complete message",
            (StatusCode::PAYLOAD_TOO_LARGE, "length limit exceeded!").into_response(),
            Reply::text(413, plain, "length limit exceeded!"),
        ),
        (
            "axum's text with another status",
            (StatusCode::BAD_REQUEST, "Failed to buffer the request body: length limit exceeded")
                .into_response(),
            Reply::text(400, plain, "Failed to buffer the request body: length limit exceeded"),
        ),
        (
            "a common prefix",
            (StatusCode::BAD_REQUEST, "field \"a\" is not nice").into_response(),
            Reply::text(400, plain, "field \"a\" is not nice"),
        ),
        (
            "a message that is not axum's",
            (StatusCode::BAD_REQUEST, "field a received with incomplete data").into_response(),
            Reply::text(400, plain, "field a received with incomplete data"),
        ),
        (
            "another message about an unknown field",
            (StatusCode::BAD_REQUEST, "unknown field received: colour").into_response(),
            Reply::text(400, plain, "unknown field received: colour"),
        ),
        (
            "a known message with more text",
            (StatusCode::INTERNAL_SERVER_ERROR, "Unsupported type `tiff`, please convert to png")
                .into_response(),
            Reply::text(500, plain, "Unsupported type `tiff`, please convert to png"),
        ),
        (
            "JSON syntax without a position",
            (StatusCode::BAD_REQUEST, "Failed to parse the request body as JSON: oh no").into_response(),
            Reply::text(400, plain, "Failed to parse the request body as JSON: oh no"),
        ),
    ] {
        let response = Arc::new(Mutex::new(Some(response)));
        let service = responding(move || response.lock().unwrap().take().unwrap());
        table.assert_eq(name, fetch(&service, "/").await, reply);
    }
}

/// Inside the router the layer knows whether the route has parameters.
#[tokio::test]
async fn path_rejection_text_is_not_recognized_on_a_route_without_parameters() {
    let plain = "text/plain; charset=utf-8";
    let mut table = Table::default();
    for text in ["Invalid URL: relative URL without a base", "Invalid UTF-8 in `notes.txt`"] {
        let handler = async move || (StatusCode::BAD_REQUEST, text);
        let router = Router::new().route("/shorten", get(handler)).layer(ErrorHandlingLayer::new());
        table.assert_eq(text, fetch(&router, "/shorten").await, Reply::text(400, plain, text));
    }
}

#[tokio::test]
async fn long_body_is_not_buffered() {
    let long = format!("Invalid URL: {}", "x".repeat(64 * 1024));
    let text = long.clone();
    let service = responding(move || (StatusCode::BAD_REQUEST, text.clone()).into_response());
    assert_eq!(fetch(&service, "/").await, Reply::text(400, "text/plain; charset=utf-8", long));
}

/// A body as a proxy sends it: its length is known, and its frames arrive one by one.
struct Announced(Body, u64);

impl http_body::Body for Announced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.0).poll_frame(cx)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.1)
    }
}

type Frames = Vec<Result<Frame<Bytes>, io::Error>>;

fn data(text: &'static str) -> Result<Frame<Bytes>, io::Error> {
    Ok(Frame::data(Bytes::from_static(text.as_bytes())))
}

async fn collected(response: Response<Body>) -> (String, Option<HeaderMap>) {
    let collected = response.into_body().collect().await.unwrap();
    let trailers = collected.trailers().cloned();
    (String::from_utf8(collected.to_bytes().to_vec()).unwrap(), trailers)
}

fn proxied(body: Body) -> Response<Body> {
    let body = Body::new(Announced(body, TEXT.len() as u64));
    (StatusCode::BAD_REQUEST, [("content-type", "text/plain; charset=utf-8")], body).into_response()
}

async fn in_frames(frames: Frames) -> Response<Body> {
    let frames = Arc::new(Mutex::new(frames));
    let service = responding(move || {
        let frames = std::mem::take(&mut *frames.lock().unwrap());
        proxied(Body::new(StreamBody::new(stream::iter(frames))))
    });
    service.oneshot(request("GET", "/")).await.unwrap()
}

#[tokio::test]
async fn body_in_several_frames_passes_unchanged_with_trailers() {
    let (first, second) = TEXT.split_at(10);
    let response = in_frames(vec![data(first), data(second)]).await;
    assert_eq!(response.status(), 400);
    assert_eq!(collected(response).await, (TEXT.to_owned(), None));

    let mut trailers = HeaderMap::new();
    trailers.insert("x-trailer", "1".parse().unwrap());
    let response = in_frames(vec![data(TEXT), Ok(Frame::trailers(trailers.clone()))]).await;
    assert_eq!(collected(response).await, (TEXT.to_owned(), Some(trailers)));
}

#[tokio::test]
async fn body_error_is_passed_on() {
    let response = in_frames(vec![Err(io::Error::other("midway"))]).await;
    assert_eq!(response.status(), 400);
    let error = response.into_body().collect().await.unwrap_err();
    assert_eq!(error.to_string(), "midway");
    let (first, _) = TEXT.split_at(10);
    let response = in_frames(vec![data(first), Err(io::Error::other("midway"))]).await;
    let error = response.into_body().collect().await.unwrap_err();
    assert_eq!(error.to_string(), "midway");
}

#[test]
fn pending_body_is_not_awaited() {
    type Never = stream::Pending<Result<Frame<Bytes>, io::Error>>;
    let service = responding(|| proxied(Body::new(StreamBody::new(Never::from(stream::pending())))));
    let response = pin!(service.oneshot(request("GET", "/"))).now_or_never();
    assert_eq!(response.unwrap().unwrap().status(), 400);
}

fn texts() -> impl Strategy<Value = String> {
    let beginning = prop::sample::select(vec![
        "",
        "Failed to parse the request body as JSON: ",
        "Failed to deserialize the JSON body into the target type: ",
        "Failed to deserialize form body: ",
        "Failed to deserialize query string: ",
        "Failed to deserialize query string: a: ",
        "Invalid URL: ",
        "Invalid URL: Cannot parse `",
        "Invalid URL: Cannot parse value at index ",
        "Invalid UTF-8 in `",
        "Header of type `",
        "invalid HTTP header (",
        "field ",
        "Missing request extension: ",
        "Unsupported type `",
    ]);
    let piece = prop::sample::select(vec![
        "invalid type: ",
        "invalid value: ",
        "invalid length ",
        "string \"",
        "integer `",
        "floating point `",
        "missing field `",
        "unknown variant `",
        "`, expected ",
        "` with value `",
        "` to a `",
        "` was missing",
        ", expected a tuple of size ",
        "18446744073709551615",
        "\\u{110000}",
        " at line 1 column ",
        "1",
        "`",
        "\"",
        "[",
        "]",
        "a.b[0]",
        ": ",
        "u8",
        "é",
        "\u{0}",
        ")",
    ]);
    let middle = prop::collection::vec(prop_oneof![piece.prop_map(str::to_owned), ".{0,8}"], 0..8);
    (beginning, middle).prop_map(|(beginning, middle)| beginning.to_owned() + &middle.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 4000,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..Default::default()
    })]

    /// Any text with the status and type of a rejection gives a valid error or passes unchanged.
    #[test]
    fn arbitrary_rejection_texts_give_valid_errors_or_pass_unchanged(text in texts(), status in prop::sample::select(vec![400, 405, 413, 415, 422, 426, 500])) {
        let app = Router::new()
            .route("/{id}", get({
                let text = text.clone();
                async move || (StatusCode::from_u16(status).unwrap(), text)
            }))
            .layer(ErrorHandlingLayer::new());
        let reply = fetch(&app, "/x?1=u8&a.b%5B0%5D=1&a=%22&a=1&:%20=x&=&%60=").now_or_never().unwrap();
        let same = Reply::text(status, "text/plain; charset=utf-8", &text);
        if reply != same && reply != Reply::unhandled() {
            prop_assert_eq!(&reply.headers, &Reply::json(0, "").headers);
            let body: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
            let shaped = match &body["detail"] {
                serde_json::Value::String(_) => reply.status == status,
                serde_json::Value::Array(errors) => {
                    reply.status == 422 && !errors.is_empty() && errors.iter().all(|error| {
                        error["type"].is_string() && error["loc"].is_array() && error["msg"].is_string()
                    })
                }
                _ => false,
            };
            prop_assert!(shaped, "{:?}", reply);
        }
    }
}
