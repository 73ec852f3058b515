//! Headers and extensions that a handled response keeps from the response it replaces.

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{Next, from_fn},
    response::{AppendHeaders, IntoResponse, Response},
    routing::get,
};
use axum_exception::{Caught, ErrorHandlingLayer, HttpException};
use http_body_util::BodyExt;
use tower::{Layer, ServiceBuilder, ServiceExt};
use tower_http::{compression::CompressionLayer, cors::CorsLayer, set_header::SetResponseHeaderLayer};

use crate::support::{Reply, get as fetch, request, send};

/// Raises an exception that sets headers, next to headers of the response.
fn app() -> Router {
    Router::new().route(
        "/",
        get(async || {
            let response = HttpException::gone()
                .with_header("x-own", "exception")
                .with_header("vary", "own")
                .with_header("set-cookie", "own=1")
                .into_response();
            (AppendHeaders([(header::SET_COOKIE, "inside=1"), (header::ETAG, "\"old\"")]), response)
        }),
    )
}

fn handled() -> ErrorHandlingLayer {
    ErrorHandlingLayer::new().status_handler(410, async |_: Caught<HttpException>| {
        let headers = [("vary", "handler"), ("set-cookie", "handler=1"), ("x-handler", "1")];
        (StatusCode::GONE, headers, "handled")
    })
}

fn handled_reply() -> Reply {
    Reply::text(410, "text/plain; charset=utf-8", "handled")
        .header("vary", "handler")
        .header("set-cookie", "handler=1")
        .header("x-handler", "1")
}

#[tokio::test]
async fn default_response_headers_are_unchanged() {
    let app = app().layer(ErrorHandlingLayer::new());
    assert_eq!(
        fetch(&app, "/").await,
        Reply::detail(410, "Gone")
            .header("x-own", "exception")
            .header("vary", "own")
            .header("set-cookie", "own=1")
            .header("set-cookie", "inside=1")
            .header("etag", "\"old\"")
    );
}

#[tokio::test]
async fn handled_response_keeps_middleware_headers_and_drops_exception_headers() {
    async fn inside(request: Request, next: Next) -> Response {
        let mut response = next.run(request).await;
        for (name, value) in [
            ("vary", "origin"),
            ("access-control-allow-origin", "*"),
            ("x-handler", "middleware's loses"),
            ("x-inside", "1"),
            ("x-inside", "2"),
            ("content-language", "en"),
            ("content-disposition", "attachment"),
            ("last-modified", "yesterday"),
            ("accept-ranges", "bytes"),
            ("digest", "x"),
            ("content-encoding", "identity"),
        ] {
            let name = HeaderName::from_static(name);
            response.headers_mut().append(name, HeaderValue::from_static(value));
        }
        response
    }
    let app = app().layer(ServiceBuilder::new().layer(handled()).layer(from_fn(inside)));
    assert_eq!(
        fetch(&app, "/").await,
        handled_reply()
            .header("vary", "origin")
            .header("set-cookie", "inside=1")
            .header("access-control-allow-origin", "*")
            .header("x-inside", "1")
            .header("x-inside", "2")
    );
}

#[tokio::test]
async fn cors_headers_are_kept_on_errors_and_panics() {
    let app = Router::new()
        .route("/", get(async || HttpException::gone()))
        .route("/panic", get(async || -> () { panic!("secret") }))
        .layer(ServiceBuilder::new().layer(CorsLayer::permissive()).layer(ErrorHandlingLayer::new()));
    let cors = |reply: Reply| {
        reply.header("access-control-allow-origin", "*").header("access-control-expose-headers", "*")
    };
    let with_origin = |path| {
        let mut request = request("GET", path);
        request.headers_mut().insert("origin", HeaderValue::from_static("https://example.com"));
        request
    };
    assert_eq!(send(&app, with_origin("/")).await, cors(Reply::detail(410, "Gone")));
    assert_eq!(send(&app, with_origin("/panic")).await, cors(Reply::unhandled()));
}

/// Returns the encoding of a response, and its decompressed body.
async fn gunzipped(app: Router, accept: Option<&'static str>) -> (Option<HeaderValue>, String) {
    let mut request = request("GET", "/");
    if let Some(accept) = accept {
        request.headers_mut().insert("accept-encoding", HeaderValue::from_static(accept));
    }
    let response = app.oneshot(request).await.unwrap();
    let encoding = response.headers().get("content-encoding").cloned();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    if encoding.is_none() {
        return (None, String::from_utf8(bytes.to_vec()).unwrap());
    }
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut text).unwrap();
    (encoding, text)
}

#[tokio::test]
async fn compression_works_inside_and_outside_the_layer() {
    let long = "a detail that is long enough to be worth compressing, as the layer sees it";
    let expected = format!(r#"{{"detail":"{long}"}}"#);
    let raising = || Router::new().route("/", get(async move || HttpException::gone().with_detail(long)));
    let other = "another long detail, again long enough to be compressed by the layer";
    let handling = || {
        ErrorHandlingLayer::new().status_handler(410, async move |_: Caught<HttpException>| {
            HttpException::conflict().with_detail(other)
        })
    };
    let replaced = format!(r#"{{"detail":"{other}"}}"#);
    let gzip = Some(HeaderValue::from_static("gzip"));

    let inside = raising().layer(ErrorHandlingLayer::new()).layer(CompressionLayer::new());
    assert_eq!(gunzipped(inside, Some("gzip")).await, (gzip.clone(), expected.clone()));
    let outside = raising().layer(CompressionLayer::new()).layer(ErrorHandlingLayer::new());
    assert_eq!(gunzipped(outside, Some("gzip")).await, (gzip.clone(), expected.clone()));
    let inside = raising().layer(handling()).layer(CompressionLayer::new());
    assert_eq!(gunzipped(inside, Some("gzip")).await, (gzip, replaced.clone()));
    // The compressed body is replaced, and its `content-encoding` removed.
    let outside = raising().layer(CompressionLayer::new()).layer(handling());
    assert_eq!(gunzipped(outside, Some("gzip")).await, (None, replaced));
}

#[tokio::test]
async fn replaced_body_has_no_stale_content_length() {
    let around = handled().layer(app());
    assert_eq!(fetch(&around, "/").await, handled_reply().header("set-cookie", "inside=1"));
    // Inside the router axum removes the body of a reply to HEAD; around it hyper does.
    let inside = app().layer(handled());
    assert_eq!(
        send(&inside, request("HEAD", "/")).await,
        handled_reply().header("set-cookie", "inside=1").without_body()
    );
}

#[tokio::test]
async fn content_range_is_kept_on_416_only() {
    let app = Router::new()
        .route("/416", get(async || (StatusCode::RANGE_NOT_SATISFIABLE, [("content-range", "bytes */9")])))
        .route("/400", get(async || (StatusCode::BAD_REQUEST, [("content-range", "bytes */9")])))
        .layer(ErrorHandlingLayer::new());
    assert_eq!(
        fetch(&app, "/416").await,
        Reply::detail(416, "Range Not Satisfiable").header("content-range", "bytes */9")
    );
    assert_eq!(fetch(&app, "/400").await, Reply::detail(400, "Bad Request"));
}

#[tokio::test]
async fn handled_response_keeps_extensions_of_inner_middleware() {
    #[derive(Clone, Debug, PartialEq)]
    struct FromInside(u8);
    async fn inside(request: Request, next: Next) -> Response {
        let mut response = next.run(request).await;
        response.extensions_mut().insert(FromInside(7));
        response
    }
    let app = app().layer(ServiceBuilder::new().layer(handled()).layer(from_fn(inside)));
    let response = app.oneshot(request("GET", "/")).await.unwrap();
    assert_eq!(response.extensions().get(), Some(&FromInside(7)));
}

#[tokio::test]
async fn outer_set_response_header_layer_applies_to_errors() {
    let app = Router::<()>::new().route("/", get(async || Body::from("ok"))).layer(
        ServiceBuilder::new()
            .layer(SetResponseHeaderLayer::overriding(
                HeaderName::from_static("x-out"),
                HeaderValue::from_static("1"),
            ))
            .layer(ErrorHandlingLayer::new()),
    );
    assert_eq!(fetch(&app, "/nope").await, Reply::detail(404, "Not Found").header("x-out", "1"));
}
