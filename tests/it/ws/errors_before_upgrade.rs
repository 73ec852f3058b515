//! Errors before a WebSocket is open.

use axum::{
    Router,
    http::StatusCode,
    response::Response,
    routing::{any, get},
};
use axum_exception::{
    Caught, CloseCode, ErrorDetail, ErrorHandlingLayer, Exception, HttpException, OrRaise,
    RequestValidationError, Result, Value, WebSocketException, WebSocketRequestValidationError,
    extract::{All, Cookie, Form, Header, Path, Query},
    handlers,
    ws::WebSocketUpgrade,
};
use hyper::server::conn::http1;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use serde::Deserialize;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, duplex},
    sync::mpsc,
};

use super::{Broken, app, denied, forbidden};
use crate::support::{Reply, request, send, table::Table, tcp::Connection, tcp::serve};

#[derive(Deserialize)]
#[allow(dead_code)]
struct Q {
    q: i64,
}

/// Every way to fail before the upgrade.
fn failing() -> Router {
    Router::new()
        .route("/exception", any(async |_: WebSocketUpgrade| WebSocketException::policy_violation()))
        .route(
            "/wrapped",
            any(async |_: WebSocketUpgrade| -> Result<()> {
                Err(Broken("why")).map_err(|error| WebSocketException::bad_gateway().with_source(error))?;
                Ok(())
            }),
        )
        .route(
            "/validation",
            any(async |_: WebSocketUpgrade| {
                WebSocketRequestValidationError::from(ErrorDetail::missing(["query", "token"]))
            }),
        )
        .route(
            "/http",
            any(async |_: WebSocketUpgrade| {
                HttpException::unauthorized().with_header("www-authenticate", "Bearer")
            }),
        )
        .route(
            "/option",
            any(async |_: WebSocketUpgrade| -> Result<Response> {
                Ok(None::<Response>.or_raise((404, "No such room"))?)
            }),
        )
        .route("/unhandled", any(async |_: WebSocketUpgrade| Exception::from(Broken("cause"))))
        .route("/panic", any(async |_: WebSocketUpgrade| -> Response { panic!("cause") }))
        .route("/status", any(async |_: WebSocketUpgrade| StatusCode::IM_A_TEAPOT))
}

#[tokio::test]
async fn exceptions_deny_the_handshake() {
    let app = failing();
    let layered = app.clone().layer(ErrorHandlingLayer::new());
    let unauthorized = || Reply::detail(401, "Unauthorized").header("www-authenticate", "Bearer");
    let mut table = Table::default();
    for (path, reply) in [
        ("/exception", forbidden()),
        ("/wrapped", forbidden()),
        ("/validation", forbidden()),
        ("/http", unauthorized()),
        ("/option", Reply::detail(404, "No such room")),
        ("/unhandled", Reply::unhandled()),
    ] {
        table.assert_eq(path, &denied(&layered, path).await, &reply);
        table.assert_eq(format_args!("{path}, without a layer"), &denied(&app, path).await, &reply);
    }
    assert_eq!(denied(&layered, "/panic").await, Reply::unhandled());
    assert_eq!(denied(&layered, "/status").await, Reply::detail(418, "I'm a Teapot"));
    assert_eq!(denied(&layered, "/nope").await, Reply::detail(404, "Not Found"));
}

#[tokio::test]
async fn exception_handlers_replace_the_denial() {
    let layer = ErrorHandlingLayer::new()
        .exception_handler(async |exception: Caught<WebSocketException>| {
            (StatusCode::CONFLICT, exception.code().to_string())
        })
        .exception_handler(async |exception: Caught<WebSocketRequestValidationError>| {
            let response = handlers::websocket_request_validation(&exception);
            (StatusCode::UNPROCESSABLE_ENTITY, [("x-errors", exception.errors().len().to_string())], response)
        })
        .status_handler(401, async |exception: Caught<HttpException>| exception.into_exception())
        .exception_handler(async |_: Exception| (StatusCode::SERVICE_UNAVAILABLE, "later"));
    let app = failing().layer(layer);
    let text = |status, text: &str| Reply::text(status, "text/plain; charset=utf-8", text);
    let mut table = Table::default();
    for (path, reply) in [
        ("/exception", text(409, "1008")),
        ("/wrapped", text(409, "1014")),
        ("/validation", text(422, "").header("x-errors", "1")),
        ("/http", Reply::detail(401, "Unauthorized").header("www-authenticate", "Bearer")),
        ("/unhandled", text(503, "later")),
        ("/panic", text(503, "later")),
    ] {
        table.assert_eq(path, denied(&app, path).await, reply);
    }
}

#[test]
fn default_denials_are_public() {
    let response = handlers::websocket_exception(&WebSocketException::new(CloseCode::NORMAL));
    assert_eq!(response.status(), 403);
    assert!(Exception::from_response(&response).is_none());
    let exception = Exception::from(WebSocketException::normal());
    assert_eq!(handlers::default(&exception).status(), 403);
}

/// Returns the errors of an extractor to the client.
fn showing() -> ErrorHandlingLayer {
    ErrorHandlingLayer::new()
        .exception_handler(async |exception: Caught<RequestValidationError>| {
            (StatusCode::BAD_REQUEST, exception.to_string())
        })
        .exception_handler(async |exception: Caught<WebSocketRequestValidationError>| {
            let endpoint = exception.endpoint().map(ToString::to_string);
            let errors: Value = exception.errors().iter().collect();
            (StatusCode::FORBIDDEN, Value::from_iter([("at", Value::from(endpoint)), ("errors", errors)]))
        })
}

#[tokio::test]
async fn extractors_raise_websocket_errors_in_a_handshake() {
    async fn upgrade(upgrade: WebSocketUpgrade) -> Response {
        upgrade.on_upgrade(async |_| ())
    }
    type Several = All<(Path<i64>, Query<Q>, Header<Q>)>;
    let routes = Router::new()
        .route("/query", any(async |ws: WebSocketUpgrade, _: Query<Q>| upgrade(ws).await))
        .route("/optional", any(async |ws: WebSocketUpgrade, _: Option<Query<Q>>| upgrade(ws).await))
        .route("/path/{n}", any(async |ws: WebSocketUpgrade, _: Path<i64>| upgrade(ws).await))
        .route("/header", any(async |ws: WebSocketUpgrade, _: Header<Q>| upgrade(ws).await))
        .route("/cookie", any(async |ws: WebSocketUpgrade, _: Cookie<Q>| upgrade(ws).await))
        .route("/form", any(async |ws: WebSocketUpgrade, _: Form<Q>| upgrade(ws).await))
        .route("/all/{n}", any(async |ws: WebSocketUpgrade, _: Several| upgrade(ws).await))
        .route(
            "/native/{n}",
            any(async |ws: WebSocketUpgrade, _: axum::extract::Path<i64>| upgrade(ws).await),
        );
    let app = routes.clone().layer(showing());
    let int = |loc: &str, input: &str| {
        let msg = "Input should be a valid integer, unable to parse string as an integer";
        format!(r#"{{"type":"int_parsing","loc":[{loc}],"msg":"{msg}","input":"{input}"}}"#)
    };
    let missing =
        |loc: &str| format!(r#"{{"type":"missing","loc":[{loc}],"msg":"Field required","input":null}}"#);
    let reply = |at: &str, errors: &str| Reply::json(403, format!(r#"{{"at":"{at}","errors":[{errors}]}}"#));
    let mut table = Table::default();
    for (path, route, errors) in [
        ("/query?q=x", "/query", int(r#""query","q""#, "x")),
        ("/optional?q=x", "/optional", int(r#""query","q""#, "x")),
        ("/path/x", "/path/{n}", int(r#""path","n""#, "x")),
        ("/cookie", "/cookie", missing(r#""cookie","q""#)),
        ("/form?q=x", "/form", int(r#""query","q""#, "x")),
    ] {
        table.assert_eq(path, denied(&app, path).await, reply(&format!("GET {route}"), &errors));
    }
    let headers = denied(&app, "/header").await;
    assert_eq!(
        (headers.status, headers.body.contains(r#""loc":["header","q"]"#)),
        (403, true),
        "{headers:?}"
    );
    let several = denied(&app, "/all/x?q=y").await;
    let beginning = format!(
        r#"{{"at":"GET /all/{{n}}","errors":[{},{},{{"type":"missing","loc":["header","q"]"#,
        int(r#""path","n""#, "x"),
        int(r#""query","q""#, "y"),
    );
    assert!(several.status == 403 && several.body.starts_with(&beginning), "{several:?}");
    // axum's own extractors do not distinguish handshakes.
    assert_eq!(denied(&app, "/native/x").await.status, 400);
    // A request that is not a handshake is rejected by `WebSocketUpgrade`.
    let reply = send(&routes.layer(showing()), request("GET", "/query?q=x")).await;
    assert_eq!(reply, Reply::detail(404, "Not Found"));
}

#[tokio::test]
async fn upgrade_header_alone_is_a_handshake_for_extractors() {
    let app = Router::new().route("/", get(async |_: Query<Q>| ())).layer(ErrorHandlingLayer::new());
    let ask = async |method: &str, upgrade: &str| {
        let mut request = request(method, "/?q=x");
        request.headers_mut().insert("upgrade", upgrade.parse().unwrap());
        send(&app, request).await.status
    };
    assert_eq!(ask("GET", "websocket").await, 403);
    assert_eq!(ask("GET", "h2c, WebSocket").await, 403);
    assert_eq!(ask("GET", "h2c").await, 422);
    assert_eq!(ask("HEAD", "websocket").await, 422);
}

#[tokio::test]
async fn invalid_handshakes_are_rejected() {
    let app = app(async |_| Ok(())).layer(ErrorHandlingLayer::new());
    let mut table = Table::default();
    for method in ["GET", "POST", "PUT", "DELETE", "OPTIONS"] {
        table.assert_eq(method, send(&app, request(method, "/ws")).await, Reply::detail(404, "Not Found"));
    }
    let address = serve(app).await;
    let all = [
        ("connection", "upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("sec-websocket-version", "13"),
    ];
    let without = |left_out: &str| all.into_iter().filter(|(name, _)| *name != left_out).collect::<Vec<_>>();
    for (headers, reply) in [
        (without("connection"), Reply::detail(400, "Connection header did not include 'upgrade'")),
        (without("upgrade"), Reply::detail(404, "Not Found")),
        (without("sec-websocket-key"), Reply::detail(400, "`Sec-WebSocket-Key` header missing")),
        (
            without("sec-websocket-version"),
            Reply::detail(400, "`Sec-WebSocket-Version` header did not include '13'")
                .header("sec-websocket-version", "13"),
        ),
    ] {
        let got = Connection::at(address).await.send("GET", "/ws", &headers, b"").await;
        table.assert_eq(format_args!("{headers:?}"), got, reply);
    }
}

#[tokio::test]
async fn failed_upgrade_runs_its_callback() {
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let route = any(async move |upgrade: WebSocketUpgrade| {
        upgrade
            .on_failed_upgrade(move |error: axum::Error| sender.send(error.to_string()).unwrap())
            .on_upgrade(async |_| panic!("open"))
    });
    let app = Router::new().route("/ws", route).layer(ErrorHandlingLayer::new());
    // A server that accepts the handshake but does not upgrade.
    let (client, server) = duplex(1024);
    let connection =
        http1::Builder::new().serve_connection(TokioIo::new(server), TowerToHyperService::new(app));
    tokio::spawn(connection);
    let mut client = BufReader::new(client);
    let head = "GET /ws HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
                sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    client.write_all(head.as_bytes()).await.unwrap();
    let mut status_line = String::new();
    client.read_line(&mut status_line).await.unwrap();
    assert_eq!(status_line, "HTTP/1.1 101 Switching Protocols\r\n");
    drop(client);
    assert_eq!(receiver.recv().await.unwrap(), "upgrade expected but low level API in use");
}
