//! Converted rejections in handlers and with `?`, and the switches of the conversion.

use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{
        ConnectInfo, DefaultBodyLimit, MatchedPath, NestedPath, Path, Query,
        rejection::{JsonRejection, PathRejection, QueryRejection},
    },
    http::StatusCode,
    response::IntoResponse,
    routing::{get, post},
};
use axum_exception::{Caught, ErrorHandlingLayer, Exception, HttpException, RequestValidationError, Result};
use axum_extra::extract::WithRejection;
use tower_http::catch_panic::CatchPanicLayer;

use super::{Item, Page, Rejected, app, json_request, one};
use crate::support::{Reply, get as fetch, request, send, table::Table};

/// Errors of the programmer leak nothing to the client.
#[tokio::test]
async fn programming_errors_are_plain_500() {
    let mut table = Table::default();
    for (name, app, path) in [
        ("extension", app("/", get(async |_: Extension<u8>| ())), "/"),
        ("connect info", app("/", get(async |_: ConnectInfo<u8>| ())), "/"),
        ("nested path", app("/", get(async |_: NestedPath| ())), "/"),
        ("too few", app("/{a}", get(async |_: Path<(u8, u8)>| ())), "/1"),
        ("too many", app("/{a}/{b}", get(async |_: Path<u8>| ())), "/1/2"),
        ("no such path", app("/{a}", get(async |_: Path<Vec<Vec<u8>>>| ())), "/1"),
        (
            "matched path",
            Router::new().fallback(async |_: MatchedPath| ()).layer(ErrorHandlingLayer::new()),
            "/",
        ),
        ("no path", Router::new().fallback(async |_: Path<u8>| ()).layer(ErrorHandlingLayer::new()), "/"),
        (
            "panic",
            Router::new()
                .route("/", get(async || -> () { panic!("secret") }))
                .layer(CatchPanicLayer::new())
                .layer(ErrorHandlingLayer::new()),
            "/",
        ),
        (
            "as an error",
            app(
                "/",
                get(async |p: Result<Path<(u8, u8)>, PathRejection>| -> Result<()> {
                    p?;
                    Ok(())
                }),
            ),
            "/",
        ),
    ] {
        table.assert_eq(name, fetch(&app, path).await, Reply::unhandled());
    }
    let caught =
        ErrorHandlingLayer::new().exception_handler(async |exception: Exception| exception.to_string());
    let app = Router::new().route("/", get(async |_: NestedPath| ())).layer(caught);
    assert_eq!(
        fetch(&app, "/").await,
        Reply::text(200, "text/plain; charset=utf-8", "The matched route is not nested")
    );
}

#[derive(Debug, thiserror::Error)]
enum AppError {
    #[error(transparent)]
    Json(#[from] JsonRejection),
    #[error("in the query")]
    Query(#[from] QueryRejection),
    #[error("in the path")]
    Path(#[from] PathRejection),
}

impl IntoResponse for AppError {
    fn into_response(self) -> axum::response::Response {
        (StatusCode::BAD_REQUEST, "the app's own response").into_response()
    }
}

#[tokio::test]
async fn typed_rejections_can_be_raised() {
    let size = r#"["body","size"]"#;
    let direct = app(
        "/",
        post(async |item: Rejected<Json<Item>, JsonRejection>| -> Result<()> {
            let _ = item?;
            Ok(())
        }),
    );
    let wrapped = app(
        "/",
        post(async |item: Rejected<Json<Item>, JsonRejection>| -> Result<()> {
            let _ = item.map_err(AppError::from)?;
            Ok(())
        }),
    );
    for app in [direct, wrapped] {
        let body = r#"{"title":"towel","size":"XL"}"#;
        assert_eq!(send(&app, json_request(body)).await, one("int_parsing", size, r#""XL""#));
    }
    let route = "/{id}";
    let others = app(
        route,
        get(
            async |path: Rejected<Path<u8>, PathRejection>,
                   query: Rejected<Query<Page>, QueryRejection>|
                   -> Result<()> {
                path.map_err(AppError::from)?;
                query.map_err(AppError::from)?;
                Ok(())
            },
        ),
    );
    assert_eq!(fetch(&others, "/x").await, one("int_parsing", r#"["path","id"]"#, r#""x""#));
    assert_eq!(fetch(&others, "/1").await, one("missing", r#"["query","page"]"#, "{}"));
    // The layer leaves the app's own response unchanged.
    let own = app("/", post(async |_: WithRejection<Json<Item>, AppError>| ()));
    assert_eq!(
        send(&own, json_request("{")).await,
        Reply::text(400, "text/plain; charset=utf-8", "the app's own response")
    );
    // Without the layer the route is unknown.
    let bare = Router::new().route(
        route,
        get(async |path: Rejected<Path<u8>, PathRejection>| -> Result<()> {
            path?;
            Ok(())
        }),
    );
    assert_eq!(fetch(&bare, "/x").await, one("int_parsing", r#"["path"]"#, r#""x""#));
}

#[tokio::test]
async fn handlers_receive_converted_rejections() {
    async fn shown(error: Caught<RequestValidationError>) -> String {
        let endpoint = error.endpoint().map(ToString::to_string).unwrap_or_default();
        format!("{endpoint} {}", *error)
    }
    let layer = ErrorHandlingLayer::new().exception_handler(shown);
    let app = Router::new()
        .route("/{id}", get(async |_: Path<u8>| ()))
        .route(
            "/typed/{id}",
            get(async |path: Rejected<Path<u8>, PathRejection>| -> Result<()> {
                path?;
                Ok(())
            }),
        )
        .layer(layer.clone());
    let text = |text: &str| Reply::text(200, "text/plain; charset=utf-8", text);
    let said =
        "1 validation error: path.id: Input should be a valid integer, unable to parse string as an integer";
    assert_eq!(fetch(&app, "/x").await, text(&format!("GET /{{id}} {said}")));
    assert_eq!(fetch(&app, "/typed/x").await, text(&format!("GET /typed/{{id}} {said}")));
    // A handler for the rejection's own type runs first, if the rejection travels as an error.
    let typed = Router::new()
        .route(
            "/{id}",
            get(async |path: Rejected<Path<u8>, PathRejection>| -> Result<()> {
                path?;
                Ok(())
            }),
        )
        .layer(layer.exception_handler(async |error: Caught<PathRejection>| error.to_string()));
    assert_eq!(fetch(&typed, "/x").await, text("Cannot parse `x` to a `u8`"));
    let by_status = ErrorHandlingLayer::new()
        .status_handler(413, async |error: Caught<HttpException>| format!("int-413 {}", error.detail()));
    let limited =
        Router::new().route("/", post(async |_: Bytes| ()).layer(DefaultBodyLimit::max(1))).layer(by_status);
    assert_eq!(send(&limited, json_request("12")).await, text("int-413 \"Content Too Large\""));
}

#[tokio::test]
async fn extractor_rejections_in_handlers_leak_nothing() {
    let layer = ErrorHandlingLayer::new()
        .status_handler(410, async |_: Extension<u8>, _: Caught<HttpException>| "never")
        .status_handler(411, async |_: Path<u8>, _: Caught<HttpException>| "never")
        .status_handler(412, async |_: Caught<HttpException>| {
            (StatusCode::INTERNAL_SERVER_ERROR, "Missing request extension: the handler's own text")
        });
    let app = Router::new()
        .route("/extension/{id}", get(async || HttpException::gone()))
        .route("/path/{id}", get(async || HttpException::new(411)))
        .route("/own", get(async || HttpException::new(412)))
        .layer(layer);
    assert_eq!(fetch(&app, "/extension/x").await, Reply::unhandled());
    assert_eq!(fetch(&app, "/path/x").await, one("int_parsing", r#"["path","id"]"#, r#""x""#));
    assert_eq!(
        fetch(&app, "/own").await,
        Reply::text(500, "text/plain; charset=utf-8", "Missing request extension: the handler's own text")
    );
}

#[tokio::test]
async fn recognize_rejections_and_keep_rejection_status() {
    let router = || {
        Router::new()
            .route("/", post(async |_: Json<Item>| ()))
            .route("/{id}", get(async |_: Path<u8>| ()))
            .route(
                "/typed/{id}",
                get(async |path: Rejected<Path<u8>, PathRejection>| -> Result<()> {
                    path?;
                    Ok(())
                }),
            )
    };
    let off = router().layer(ErrorHandlingLayer::new().recognize_rejections(false));
    assert_eq!(
        fetch(&off, "/x").await,
        Reply::text(400, "text/plain; charset=utf-8", "Invalid URL: Cannot parse `x` to a `u8`")
    );
    assert_eq!(fetch(&off, "/typed/x").await, one("int_parsing", r#"["path","id"]"#, r#""x""#));

    let kept = router().layer(ErrorHandlingLayer::new().keep_rejection_status(true));
    let id = || one("int_parsing", r#"["path","id"]"#, r#""x""#);
    assert_eq!(fetch(&kept, "/x").await, Reply { status: 400, ..id() });
    assert_eq!(fetch(&kept, "/typed/x").await, Reply { status: 400, ..id() });
    let no_type = r#"{"detail":[{"type":"literal_error","loc":["header","content-type"],"msg":"Input should be 'application/json'","input":null,"ctx":{"expected":"'application/json'"}}]}"#;
    assert_eq!(send(&kept, request("POST", "/")).await, Reply::json(415, no_type));
    let missing = one("missing", r#"["body","title"]"#, "null");
    assert_eq!(send(&kept, json_request("{}")).await, missing);
}
