//! Errors while a WebSocket is open, without handlers.

use std::io;

use axum::{Router, routing::any};
use axum_exception::{
    CloseCode, ErrorDetail, ErrorHandlingLayer, Exception, HttpException, RequestValidationError,
    WebSocketException, WebSocketRequestValidationError,
    ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade},
};

use super::{Broken, Seen, app, listen, plain};
use crate::support::table::Table;

fn two_errors() -> Vec<ErrorDetail> {
    vec![
        ErrorDetail::missing(["query", "token"]),
        ErrorDetail::new("x", "body", "No good").with_input("secret"),
    ]
}

#[derive(Debug, thiserror::Error)]
enum AppError {
    #[error(transparent)]
    Close(#[from] WebSocketException),
    #[error("wrapped")]
    Wrapped(#[source] WebSocketException),
    #[error(transparent)]
    Http(#[from] HttpException),
}

#[tokio::test]
async fn exceptions_map_to_close_frames() {
    type Case = (fn() -> Exception, u16, &'static str);
    let cases: &[Case] = &[
        (|| WebSocketException::policy_violation().with_reason("No").into(), 1008, "No"),
        (|| WebSocketException::normal().into(), 1000, ""),
        (|| WebSocketException::new(CloseCode::new(4999).unwrap()).into(), 4999, ""),
        (|| WebSocketException::try_again_later().with_source(Broken("busy")).into(), 1013, ""),
        (
            || AppError::from(WebSocketException::going_away().with_reason("transparent")).into(),
            1001,
            "transparent",
        ),
        (
            || AppError::Wrapped(WebSocketException::unsupported_data().with_reason("cause")).into(),
            1003,
            "cause",
        ),
        (|| HttpException::not_found().into(), 1008, "Not Found"),
        (|| HttpException::forbidden().with_detail("Not your room").into(), 1008, "Not your room"),
        (|| HttpException::conflict().with_detail([1, 2]).into(), 1008, ""),
        (|| AppError::from(HttpException::gone()).into(), 1008, "Gone"),
        (|| HttpException::internal_server_error().with_detail("Sorry").into(), 1011, "Sorry"),
        (|| HttpException::bad_gateway().with_source(Broken("upstream")).into(), 1011, "Bad Gateway"),
        (|| HttpException::new(307).into(), 1011, "Temporary Redirect"),
        (|| HttpException::not_found().with_detail(f64::NAN).into(), 1011, ""),
        (
            || WebSocketRequestValidationError::new(two_errors()).into(),
            1008,
            "2 validation errors: query.token: Field required; body: No good",
        ),
        (
            || RequestValidationError::new(two_errors()).into(),
            1008,
            "2 validation errors: query.token: Field required; body: No good",
        ),
        (|| Broken("unhandled").into(), 1011, ""),
        (|| io::Error::other("unhandled").into(), 1011, ""),
        (|| Exception::new("unhandled"), 1011, ""),
        (|| tower::timeout::error::Elapsed::new().into(), 1011, "Gateway Timeout"),
    ];
    let mut table = Table::default();
    for &(exception, code, reason) in cases {
        let name = exception().to_string();
        let fail = move |mut socket: WebSocket| async move {
            socket.send(Message::text("hello")).await?;
            Err(exception())
        };
        let seen = Seen::new(&["hello"], code, reason);
        table.assert_eq(&name, &listen(plain(fail)).await, &seen);
        table.assert_eq(format_args!("{name}, without a layer"), &listen(app(fail)).await, &seen);
    }
}

#[tokio::test]
async fn long_close_reasons_are_truncated() {
    let mut table = Table::default();
    for (reason, sent) in [
        ("x".repeat(123), "x".repeat(123)),
        ("x".repeat(124), "x".repeat(123)),
        ("é".repeat(62), "é".repeat(61)),
        (format!("x{}", "日".repeat(1000)), format!("x{}", "日".repeat(40))),
    ] {
        let fail = move |_| async move { Err(WebSocketException::normal().with_reason(reason).into()) };
        table.assert_eq(&sent, listen(plain(fail)).await, Seen::new(&[], 1000, &sent));
    }
    let detail = async |_| Err(HttpException::not_found().with_detail("é".repeat(100)).into());
    assert_eq!(listen(plain(detail)).await, Seen::new(&[], 1008, &"é".repeat(61)));
}

#[tokio::test]
async fn successful_handlers_close_with_1000() {
    assert_eq!(listen(plain(async |_| Ok(()))).await, Seen::new(&[], 1000, ""));
    let route = any(async |upgrade: WebSocketUpgrade| upgrade.on_upgrade(async |_| ()));
    let app = Router::new().route("/ws", route).layer(ErrorHandlingLayer::new());
    assert_eq!(listen(app).await, Seen::new(&[], 1000, ""));
}

#[tokio::test]
async fn close_frame_sent_by_the_handler_is_the_only_one() {
    let frame =
        |code, reason: &str| Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::from(reason) }));
    let well = move |mut socket: WebSocket| async move {
        socket.send(frame(4000, "mine")).await?;
        Ok(())
    };
    assert_eq!(listen(plain(well)).await, Seen::new(&[], 4000, "mine"));
    let badly = move |mut socket: WebSocket| async move {
        socket.send(frame(4000, "mine")).await?;
        Err(Broken("later").into())
    };
    assert_eq!(listen(plain(badly)).await, Seen::new(&[], 4000, "mine"));
    let empty = |mut socket: WebSocket| async move {
        socket.send(Message::Close(None)).await?;
        Ok(())
    };
    assert_eq!(listen(plain(empty)).await, Seen::new(&[], 1005, ""));
    let long = move |mut socket: WebSocket| async move {
        socket.send(frame(4000, &"é".repeat(100))).await?;
        Ok(())
    };
    assert_eq!(listen(plain(long)).await, Seen::new(&[], 4000, &"é".repeat(61)));
}

#[tokio::test]
async fn invalid_close_codes_are_rejected() {
    let mut table = Table::default();
    for code in [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535] {
        assert!(CloseCode::new(code).is_none(), "{code}");
        let send = move |mut socket: WebSocket| async move {
            let frame = CloseFrame { code, reason: Utf8Bytes::default() };
            let error = socket.send(Message::Close(Some(frame))).await.unwrap_err();
            assert_eq!(error.to_string(), format!("{code} cannot be sent as the code of a close frame"));
            Err(error.into())
        };
        table.assert_eq(code, listen(plain(send)).await, Seen::new(&[], 1011, ""));
    }
    let allowed: Vec<u16> = (0..=u16::MAX).filter(|&code| CloseCode::new(code).is_some()).collect();
    let expected: Vec<u16> = (1000..=1003).chain(1007..=1014).chain(3000..=4999).collect();
    assert_eq!(allowed, expected);
    assert_eq!(u16::from(CloseCode::try_from(4000).unwrap()), 4000);
}

/// Panics when it is dropped.
struct PanicsWhenDropped;

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        panic!("dropped");
    }
}

#[tokio::test]
async fn panics_close_with_1011() {
    let polled = async |mut socket: WebSocket| {
        socket.send(Message::text("hello")).await?;
        panic!("secret")
    };
    assert_eq!(listen(plain(polled)).await, Seen::new(&["hello"], 1011, ""));
    let called = |_| -> std::future::Ready<axum_exception::Result<()>> { panic!("secret") };
    assert_eq!(listen(plain(called)).await, Seen::new(&[], 1011, ""));
    let dropped = |socket: WebSocket| {
        let held = PanicsWhenDropped;
        std::future::poll_fn(move |_| {
            let _ = (&held, &socket);
            std::task::Poll::Ready(Ok(()))
        })
    };
    assert_eq!(listen(plain(dropped)).await, Seen::new(&[], 1011, ""));
}
