//! Rejections of the extractors of headers, and of axum's WebSocket upgrade.

use axum::{
    extract::WebSocketUpgrade,
    routing::{any, get},
};
use axum_exception::Exception;

use super::{Rejected, app, one, value_error};
use crate::support::{Reply, get as fetch, request, send, table::Table};

#[tokio::test]
async fn typed_header_host_and_scheme_rejections() {
    use axum_extra::{TypedHeader, headers::ContentLength, typed_header::TypedHeaderRejection};
    let length = r#"["header","content-length"]"#;
    let by_text = app("/", get(async |_: TypedHeader<ContentLength>| ()));
    let by_type = app(
        "/",
        get(async |header: Rejected<TypedHeader<ContentLength>, TypedHeaderRejection>| {
            let _ = header?;
            Ok::<_, Exception>(())
        }),
    );
    for app in [by_text, by_type] {
        assert_eq!(fetch(&app, "/").await, one("missing", length, "null"));
        let mut invalid = request("GET", "/");
        invalid.headers_mut().insert("content-length", "x".parse().unwrap());
        assert_eq!(send(&app, invalid).await, value_error(length, "invalid HTTP header", "null"));
    }
    #[allow(deprecated)]
    let host = app("/", get(async |_: axum_extra::extract::Host| ()));
    assert_eq!(fetch(&host, "/").await, one("missing", r#"["header","host"]"#, "null"));
    #[allow(deprecated)]
    let scheme = app("/", get(async |_: axum_extra::extract::Scheme| ()));
    assert_eq!(fetch(&scheme, "/").await, Reply::detail(400, "No scheme found in request"));
}

#[tokio::test]
async fn websocket_upgrade_rejections() {
    let app = app("/", any(async |_: WebSocketUpgrade| ()));
    let all = [
        ("connection", "upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("sec-websocket-version", "13"),
    ];
    let mut table = Table::default();
    for (count, reply) in [
        (0, Reply::detail(400, "Connection header did not include 'upgrade'")),
        (1, Reply::detail(400, "`Upgrade` header did not include 'websocket'")),
        (
            3,
            Reply::detail(400, "`Sec-WebSocket-Version` header did not include '13'")
                .header("sec-websocket-version", "13"),
        ),
        (
            4,
            Reply::detail(426, "WebSocket request couldn't be upgraded since no upgrade state was present")
                .header("connection", "upgrade")
                .header("upgrade", "websocket"),
        ),
    ] {
        let mut request = request("GET", "/");
        for (name, value) in &all[..count] {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        table.assert_eq(format_args!("{count} headers"), send(&app, request).await, reply);
    }
    assert_eq!(
        send(&app, request("POST", "/")).await,
        Reply::detail(405, "Request method must be `GET`").header("allow", "GET")
    );
}
