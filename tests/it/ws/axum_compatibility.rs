//! `ws::WebSocketUpgrade` as a drop-in replacement for axum's.

use std::future::ready;

use axum::{
    Router,
    body::Body,
    extract::ws,
    http::{HeaderValue, Method, Request, Version},
    response::Response,
    routing::any,
};
use axum_exception::{
    Caught, CloseCode, ErrorHandlingLayer, Exception, WebSocketException,
    extract::Path,
    ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code},
};
use futures_util::{SinkExt, StreamExt, stream::FusedStream};
use hyper::{client::conn::http2, ext::Protocol};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{self, protocol::Role},
};

use super::{Client, Seen, serve};
use crate::support::{Reply, request, send, table::Table};

/// The example of axum's documentation, with only the import changed.
async fn handler(upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(handle_socket)
}

async fn handle_socket(mut socket: WebSocket) {
    while let Some(message) = socket.recv().await {
        let Ok(message) = message else { return };
        if socket.send(message).await.is_err() {
            return;
        }
    }
}

async fn native(upgrade: ws::WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(async |mut socket| {
        while let Some(Ok(message)) = socket.recv().await {
            if socket.send(message).await.is_err() {
                return;
            }
        }
    })
}

#[tokio::test]
async fn echo_works_with_native_and_own_upgrade() {
    let app = Router::new()
        .route("/native", any(native))
        .route("/ours", any(handler))
        .layer(ErrorHandlingLayer::new());
    let address = serve(app).await;
    // axum drops the connection if its handler does not read after the peer's close frame.
    let nothing = Seen { messages: Vec::new(), closed: None };
    for (path, seen) in [("/native", nothing), ("/ours", Seen::new(&[], 4000, "bye"))] {
        let mut client = Client::open(address, path, &[]).await.unwrap();
        assert_eq!(client.reply, Reply::empty(101));
        client.send(tungstenite::Message::text("one")).await;
        client.send(tungstenite::Message::binary(vec![1, 2])).await;
        for expected in [tungstenite::Message::text("one"), tungstenite::Message::binary(vec![1, 2])] {
            assert_eq!(client.stream.next().await.unwrap().unwrap(), expected);
        }
        client.close(4000, "bye").await;
        assert_eq!(client.read_out().await, seen, "{path}");
    }
}

#[tokio::test]
async fn native_upgrade_rejections_are_converted() {
    let app = Router::new().route("/ws", any(native)).layer(ErrorHandlingLayer::new());
    let raised = Router::new()
        .route(
            "/ws",
            any(async |upgrade: Result<ws::WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection>| {
                match upgrade {
                    Ok(_) => Exception::new("open"),
                    Err(rejection) => rejection.into(),
                }
            }),
        )
        .layer(ErrorHandlingLayer::new());
    for app in [app, raised] {
        assert_eq!(
            send(&app, request("GET", "/ws")).await,
            Reply::detail(400, "Connection header did not include 'upgrade'")
        );
        assert_eq!(
            send(&app, request("POST", "/ws")).await,
            Reply::detail(405, "Request method must be `GET`").header("allow", "GET")
        );
    }
}

#[tokio::test]
async fn subprotocols_are_negotiated() {
    let app = Router::new()
        .route(
            "/known",
            any(async |upgrade: WebSocketUpgrade| {
                let requested: Vec<_> =
                    upgrade.requested_protocols().map(|name| name.to_str().unwrap().to_owned()).collect();
                assert_eq!(requested, ["chat", "superchat"]);
                let upgrade = upgrade.protocols(["soap", "superchat", "chat"]);
                assert_eq!(upgrade.selected_protocol(), Some(&HeaderValue::from_static("superchat")));
                upgrade.on_upgrade(async |mut socket: WebSocket| {
                    let name = socket.protocol().unwrap().to_str().unwrap().to_owned();
                    socket.send(Message::text(name)).await.unwrap();
                })
            }),
        )
        .route(
            "/set",
            any(async |mut upgrade: WebSocketUpgrade| {
                upgrade.set_selected_protocol(HeaderValue::from_static("mine"));
                upgrade.on_upgrade(async |_| ())
            }),
        )
        .route("/none", any(async |upgrade: WebSocketUpgrade| upgrade.on_upgrade(async |_| ())))
        .layer(ErrorHandlingLayer::new());
    let address = serve(app).await;
    let offer = [("sec-websocket-protocol", "chat, superchat")];
    let mut table = Table::default();
    for (path, reply, seen) in [
        (
            "/known",
            Reply::empty(101).header("sec-websocket-protocol", "superchat"),
            Seen::new(&["superchat"], 1000, ""),
        ),
        ("/set", Reply::empty(101).header("sec-websocket-protocol", "mine"), Seen::new(&[], 1000, "")),
        ("/none", Reply::empty(101), Seen::new(&[], 1000, "")),
    ] {
        let client = Client::open(address, path, &offer).await.unwrap();
        table.assert_eq(path, &client.reply, &reply);
        table.assert_eq(format_args!("{path}, open"), client.read_out().await, seen);
    }
}

#[tokio::test]
async fn upgrade_has_every_builder_method_of_axum() {
    let app = Router::new().route(
        "/ws",
        any(async |upgrade: WebSocketUpgrade| {
            let upgrade = upgrade
                .read_buffer_size(4096)
                .write_buffer_size(0)
                .max_write_buffer_size(1 << 20)
                .max_message_size(8)
                .max_frame_size(8)
                .accept_unmasked_frames(true)
                .close_timeout(std::time::Duration::from_secs(3))
                .on_failed_upgrade(|_| ());
            assert!(format!("{upgrade:?}").starts_with("WebSocketUpgrade { native: WebSocketUpgrade {"));
            upgrade.on_upgrade(async |mut socket| {
                let received = socket.recv().await.unwrap();
                socket.send(received?).await?;
                socket.recv().await.transpose()?;
                Ok(())
            })
        }),
    );
    let mut client = Client::open(serve(app).await, "/ws", &[]).await.unwrap();
    client.send(tungstenite::Message::text("12345678")).await;
    client.send(tungstenite::Message::text("123456789")).await;
    assert_eq!(client.read_out().await, Seen::new(&["12345678"], 1009, ""));
}

#[tokio::test]
async fn websocket_is_a_stream_and_a_sink() {
    let app = Router::new().route(
        "/ws",
        any(async |upgrade: WebSocketUpgrade| {
            upgrade.on_upgrade(async |mut socket: WebSocket| {
                assert!(!socket.is_terminated());
                let first = socket.next().await.unwrap()?;
                socket.feed(first).await?;
                socket.flush().await?;
                let (mut sink, stream) = socket.split();
                let mut messages = stream.filter_map(|message| ready(message.ok())).take(2);
                while let Some(message) = messages.next().await {
                    SinkExt::send(&mut sink, message).await?;
                }
                let close = CloseFrame { code: close_code::AWAY, reason: "enough".into() };
                SinkExt::send(&mut sink, Message::Close(Some(close))).await?;
                Ok(())
            })
        }),
    );
    let mut client = Client::open(serve(app).await, "/ws", &[]).await.unwrap();
    for text in ["a", "b", "c"] {
        client.send(tungstenite::Message::text(text)).await;
    }
    assert_eq!(client.read_out().await, Seen::new(&["a", "b", "c"], 1001, "enough"));
}

#[tokio::test]
async fn websockets_over_http_2() {
    let app = Router::new()
        .route("/ws", any(handler))
        .route(
            "/fails/{n}",
            any(async |upgrade: WebSocketUpgrade, Path(n): Path<u16>| {
                upgrade.on_upgrade(async move |_| {
                    Err(WebSocketException::new(CloseCode::try_from(n)?).with_reason("why").into())
                })
            }),
        )
        .layer(ErrorHandlingLayer::new().websocket_handler(
            async |mut socket: WebSocket, exception: Caught<WebSocketException>| {
                socket.send(Message::text(exception.to_string())).await?;
                Err(exception.into_exception())
            },
        ));
    let stream = TcpStream::connect(serve(app).await).await.unwrap();
    let (mut client, connection) =
        http2::handshake::<_, _, Body>(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let request = |method: &str, path: &str| {
        let uri = format!("http://localhost{path}");
        Request::builder().method(method).uri(uri).version(Version::HTTP_2).body(Body::empty()).unwrap()
    };
    // It also lets the server announce that it supports extended CONNECT.
    let plain = client.send_request(request("GET", "/ws")).await.unwrap();
    assert_eq!(Reply::read(plain.map(Body::new), &Method::GET).await.status, 404);
    let mut open = async |path: &str| {
        let mut request = request("CONNECT", path);
        request.extensions_mut().insert(Protocol::from_static("websocket"));
        request.headers_mut().insert("sec-websocket-version", HeaderValue::from_static("13"));
        client.send_request(request).await.unwrap()
    };
    let mut table = Table::default();
    for (path, send, seen) in [
        ("/ws", Some("hi"), Seen::new(&["hi"], 4000, "bye")),
        ("/fails/4001", None, Seen::new(&["4001: why"], 4001, "why")),
        ("/fails/5000", None, Seen::new(&[], 1011, "")),
    ] {
        let response = open(path).await;
        assert_eq!(response.status(), 200);
        let stream = TokioIo::new(hyper::upgrade::on(response).await.unwrap());
        let mut stream = WebSocketStream::from_raw_socket(stream, Role::Client, None).await;
        if let Some(text) = send {
            stream.send(tungstenite::Message::text(text)).await.unwrap();
            let frame = tungstenite::protocol::CloseFrame { code: 4000.into(), reason: "bye".into() };
            stream.send(tungstenite::Message::Close(Some(frame))).await.unwrap();
        }
        table.assert_eq(path, Seen::through(stream).await, seen);
    }
    let mut response = open("/fails/x").await;
    response.headers_mut().remove("date");
    let reply = Reply::read(response.map(Body::new), &Method::GET).await;
    assert_eq!(reply, super::forbidden());
}
