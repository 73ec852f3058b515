//! WebSockets over TCP.

mod axum_compatibility;
mod errors_before_upgrade;
mod errors_while_open;
mod handlers;
mod leaks;
mod socket;

use std::{fmt, net::SocketAddr, time::Duration};

use axum::{Router, routing::any};
use axum_exception::{
    ErrorHandlingLayer, Result,
    ws::{WebSocket, WebSocketUpgrade},
};
use tokio::{runtime::Handle, task::yield_now, time::timeout};

use crate::support::{
    Reply,
    tcp::serve,
    ws::{Client, Seen},
};

/// An error of the app.
#[derive(Clone, Debug)]
struct Broken(&'static str);

impl std::error::Error for Broken {}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "secret: {}", self.0)
    }
}

/// An app with one WebSocket, at `/ws`.
fn app<C, Fut>(callback: C) -> Router
where
    C: FnOnce(WebSocket) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<()>> + Send + 'static,
{
    Router::new().route("/ws", any(async move |upgrade: WebSocketUpgrade| upgrade.on_upgrade(callback)))
}

/// An app with one WebSocket, under a layer without handlers.
fn plain<C, Fut>(callback: C) -> Router
where
    C: FnOnce(WebSocket) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<()>> + Send + 'static,
{
    app(callback).layer(ErrorHandlingLayer::new())
}

async fn open(address: SocketAddr) -> Client {
    Client::open(address, "/ws", &[]).await.unwrap()
}

/// Returns what a client receives that sends nothing.
async fn listen(app: Router) -> Seen {
    open(serve(app).await).await.read_out().await
}

/// Returns the reply to a handshake that is denied.
async fn denied(app: &Router, path: &str) -> Reply {
    match Client::open(serve(app.clone()).await, path, &[]).await {
        Ok(client) => panic!("open: {:?}", client.reply),
        Err(reply) => reply,
    }
}

/// The default reply to errors before a WebSocket is open.
fn forbidden() -> Reply {
    Reply::text(403, "text/plain; charset=utf-8", "")
}

/// Waits until only the server's task is left.
async fn only_the_server_is_left() {
    let metrics = Handle::current().metrics();
    let waiting = async {
        while metrics.num_alive_tasks() > 1 {
            yield_now().await;
        }
    };
    let left = timeout(Duration::from_secs(30), waiting).await;
    assert!(left.is_ok(), "{} tasks are left", metrics.num_alive_tasks());
}
