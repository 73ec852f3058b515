//! WebSockets: errors before the upgrade deny the handshake, later ones close the WebSocket.

use axum::{Router, response::Response, routing::any};
use axum_exception::{
    CloseCode, Exception, HttpException, Result, Value, WebSocketException,
    extract::{All, Params, Path, Query},
    ws::{Message, WebSocketUpgrade},
};
use serde::Deserialize;

pub(crate) fn routes() -> Router {
    super::table([
        ("/echo", any(echo)),
        ("/before", any(before)),
        ("/after", any(after)),
        ("/after-utf8", any(after_utf8)),
        ("/unhandled-before", any(async |_: WebSocketUpgrade| Exception::new("boom"))),
        ("/unhandled-after", any(unhandled_after)),
        ("/http-before", any(http_before)),
        ("/valid/{item_id}", any(valid)),
    ])
}

async fn echo(upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|mut socket| async move {
        match socket.recv().await.transpose()? {
            Some(Message::Text(text)) => socket.send(Message::Text(text)).await?,
            Some(Message::Binary(_)) => return Err(Exception::new("text was expected")),
            _ => {}
        }
        Ok(())
    })
}

#[derive(Deserialize)]
struct Close {
    #[serde(default = "policy_violation")]
    code: i64,
    reason: Option<String>,
    #[serde(default)]
    n: i64,
}

fn policy_violation() -> i64 {
    1008
}

impl Close {
    fn exception(self) -> WebSocketException {
        // A code that must not be sent is an error of the server.
        let code = u16::try_from(self.code).ok().and_then(CloseCode::new);
        let reason = match usize::try_from(self.n) {
            Ok(0) => self.reason.unwrap_or_default(),
            n => "x".repeat(n.unwrap_or_default()),
        };
        WebSocketException::new(code.unwrap_or(CloseCode::INTERNAL_ERROR)).with_reason(reason)
    }
}

#[derive(Deserialize)]
struct CloseBefore {
    #[serde(default = "policy_violation")]
    code: i64,
    reason: Option<String>,
}

async fn before(_: WebSocketUpgrade, Query(close): Query<CloseBefore>) -> WebSocketException {
    let CloseBefore { code, reason } = close;
    Close { code, reason, n: 0 }.exception()
}

async fn after(upgrade: WebSocketUpgrade, Query(close): Query<Close>) -> Response {
    upgrade.on_upgrade(|mut socket| async move {
        socket.send(Message::text("accepted")).await?;
        Err(close.exception().into())
    })
}

#[derive(Deserialize)]
struct Length {
    n: i64,
}

async fn after_utf8(upgrade: WebSocketUpgrade, Query(Length { n }): Query<Length>) -> Response {
    const TOO_LONG: CloseCode = CloseCode::new(4000).unwrap();
    upgrade.on_upgrade(move |_| async move {
        let reason = "é".repeat(usize::try_from(n).unwrap_or_default());
        Err(WebSocketException::new(TOO_LONG).with_reason(reason).into())
    })
}

async fn unhandled_after(upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|mut socket| async move {
        socket.send(Message::text("accepted")).await?;
        Err(Exception::new("boom"))
    })
}

#[derive(Deserialize)]
struct Status {
    #[serde(default = "forbidden")]
    code: i64,
}

fn forbidden() -> i64 {
    403
}

async fn http_before(_: WebSocketUpgrade, Query(Status { code }): Query<Status>) -> Result<()> {
    let detail = Value::from_iter([("why", "denied")]);
    Err(HttpException::new(u16::try_from(code)?).with_detail(detail).with_header("x-deny", "1").into())
}

type Sources = (Path<i64>, Query<Params<super::query::Q>>);

async fn valid(upgrade: WebSocketUpgrade, All((Path(item_id), Query(Params(q)))): All<Sources>) -> Response {
    upgrade.on_upgrade(move |mut socket| async move {
        let read = Value::from_iter([("item_id", item_id), ("q", q.q)]);
        socket.send(Message::text(read.to_string())).await?;
        Ok(())
    })
}
