//! Two thousand WebSockets that fail in every way leak no tasks, errors or sockets.

use std::{fmt, sync::Arc, time::Duration};

use axum::{Router, routing::any};
use axum_exception::{
    Caught, ErrorHandlingLayer, Exception, HttpException, Result, WebSocketException,
    extract::Path,
    ws::{Message, WebSocket, WebSocketUpgrade},
};
use futures_util::{SinkExt, StreamExt, future::join_all};
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::tungstenite;

use super::{Client, SocketAddr, only_the_server_is_left, serve};

/// A reference that is counted: every leak keeps one.
type Token = Arc<()>;

/// An error that holds a counted reference.
struct Counted(#[allow(dead_code)] Token);

impl std::error::Error for Counted {}

impl fmt::Debug for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Counted")
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("counted")
    }
}

/// A counted error that has a handler.
#[derive(Debug, thiserror::Error)]
#[error("handled")]
struct Handled(&'static str, #[source] Counted);

/// Behaviors of the server.
const SERVER: [&str; 17] = [
    "returns",
    "echoes",
    "closes",
    "exception",
    "http",
    "unhandled",
    "panics",
    "panics-at-once",
    "drops",
    "moves",
    "splits",
    "says",
    "raises",
    "breaks",
    "waits",
    "deaf",
    "denies",
];

/// Behaviors of the client.
const CLIENT: [&str; 8] = [
    "listens",
    "speaks",
    "closes",
    "leaves",
    "resets",
    "leaves-in-a-frame",
    "breaks-the-rules",
    "says-too-much",
];

async fn route(
    upgrade: WebSocketUpgrade,
    Path(what): Path<String>,
    token: Token,
) -> Result<axum::response::Response> {
    if what == "denies" {
        return Err(Counted(token).into());
    }
    // Clients that do not close are not awaited for long.
    let upgrade =
        upgrade.close_timeout(Duration::from_millis(100)).max_message_size(10_000).read_buffer_size(1024);
    Ok(upgrade.on_upgrade(move |socket| use_it(socket, what, token)))
}

async fn use_it(mut socket: WebSocket, what: String, token: Token) -> Result<()> {
    let counted = || Counted(Arc::clone(&token));
    match what.as_str() {
        "echoes" => {
            while let Some(message) = socket.recv().await {
                socket.send(message?).await?;
            }
        }
        "closes" => {
            socket.send(Message::Close(None)).await?;
            return Err(counted().into());
        }
        "exception" => return Err(WebSocketException::policy_violation().with_source(counted()).into()),
        "http" => return Err(HttpException::not_found().with_source(counted()).into()),
        "unhandled" => return Err(counted().into()),
        "panics" => {
            let _held = counted();
            socket.send(Message::text("hi")).await?;
            panic!("soak");
        }
        "drops" => {
            drop(socket);
            tokio::task::yield_now().await;
            return Err(counted().into());
        }
        "moves" => {
            let held = counted();
            tokio::spawn(async move {
                let _held = held;
                while let Some(Ok(_)) = socket.recv().await {}
            });
        }
        "splits" => {
            let (mut sink, mut stream) = socket.split();
            let held = counted();
            tokio::spawn(async move {
                let _held = held;
                while let Some(Ok(_)) = stream.next().await {}
            });
            sink.send(Message::text("split")).await?;
            return Err(counted().into());
        }
        "says" | "raises" | "breaks" => {
            let kind = ["says", "raises", "breaks"].into_iter().find(|kind| *kind == what).unwrap();
            return Err(Handled(kind, counted()).into());
        }
        "waits" => {
            let _held = counted();
            while socket.recv().await.transpose()?.is_some() {}
        }
        "deaf" => {
            socket.send(Message::text("x".repeat(100_000))).await?;
            return Err(counted().into());
        }
        _ => {}
    }
    Ok(())
}

fn app(token: &Token) -> Router {
    let counted = Arc::clone(token);
    let routed =
        any(async move |upgrade: WebSocketUpgrade, what: Path<String>| route(upgrade, what, counted).await);
    let held = Arc::clone(token);
    let at_once = any(async move |upgrade: WebSocketUpgrade| {
        upgrade.on_upgrade(move |_| -> std::future::Ready<()> {
            let _held = held;
            panic!("soak")
        })
    });
    let layer = ErrorHandlingLayer::new()
        .websocket_handler(async |mut socket: WebSocket, error: Caught<Handled>| -> Result<()> {
            socket.send(Message::text("handled")).await?;
            match error.0 {
                "says" => Ok(()),
                "raises" => Err(WebSocketException::going_away().into()),
                _ => panic!("soak"),
            }
        })
        .websocket_handler(async |mut socket: WebSocket, exception: Exception| {
            socket.send(Message::text(exception.to_string())).await?;
            Err(exception)
        });
    Router::new()
        .route("/panics-at-once", at_once)
        .route("/{what}", routed)
        .layer(ErrorHandlingLayer::new())
        .layer(layer)
}

async fn visit(address: SocketAddr, server: &str, client: &str) {
    let Ok(mut open) = Client::open(address, &format!("/{server}"), &[]).await else {
        assert_eq!(server, "denies");
        return;
    };
    let tcp = open.stream.get_mut();
    // The server may already be gone, so errors are ignored.
    match client {
        "speaks" => {
            let _ = open.stream.send(tungstenite::Message::text("hello")).await;
            let _ = open.stream.close(None).await;
        }
        "closes" => {
            let _ = open.stream.close(None).await;
        }
        "leaves" => return,
        "resets" => {
            tcp.set_zero_linger().unwrap();
            return;
        }
        "leaves-in-a-frame" => {
            let _ = tcp.write_all(&[0x81, 0xfe, 0xff]).await;
            return;
        }
        "breaks-the-rules" => {
            let _ = tcp.write_all(&[0xff; 100]).await;
        }
        "says-too-much" => {
            let _ = open.stream.send(tungstenite::Message::text("x".repeat(20_000))).await;
        }
        // "listens": these servers wait for a message, so both would wait forever.
        _ if matches!(server, "echoes" | "waits" | "moves") => return,
        _ => {}
    }
    while let Some(Ok(_)) = open.stream.next().await {}
}

#[tokio::test]
async fn failing_websockets_leak_no_tasks_errors_or_sockets() {
    let token = Token::default();
    let address = serve(app(&token)).await;
    // References that the app itself holds.
    let held = Arc::strong_count(&token);
    let ways: Vec<(&str, &str)> =
        SERVER.iter().flat_map(|server| CLIENT.iter().map(move |client| (*server, *client))).collect();
    let count = 2_040;
    let visits: Vec<_> = ways.iter().cycle().take(count).collect();
    assert_eq!(count % ways.len(), 0, "every combination equally often");
    // No more at once than the listen backlog holds: others would retry after a second.
    for visits in visits.chunks(64) {
        join_all(visits.iter().map(|(server, client)| visit(address, server, client))).await;
    }
    only_the_server_is_left().await;
    assert_eq!(Arc::strong_count(&token), held);
    #[cfg(target_os = "linux")]
    assert_eq!(open_sockets(address), 1, "only the listener");
}

/// Counts the open sockets with that local address.
#[cfg(target_os = "linux")]
fn open_sockets(address: SocketAddr) -> usize {
    let local = format!(":{:04X}", address.port());
    let table = std::fs::read_to_string("/proc/self/net/tcp").unwrap();
    table
        .lines()
        .skip(1)
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        // Sockets in TIME_WAIT belong to the kernel and have no inode.
        .filter(|fields| fields[1].ends_with(&local) && fields[9] != "0")
        .count()
}
