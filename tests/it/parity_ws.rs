//! The WebSockets of the port over TCP, compared with the recorded behavior of FastAPI. See `tests/parity/README.md`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    net::SocketAddr,
};

use serde::{Deserialize, Serialize};
use tokio_tungstenite::tungstenite::Message;

use crate::{
    parity::{Text, example, lines, listed, path},
    support::{Reply, tcp::serve, ws::Client},
};

/// Python's `websockets` accepts 1014, which IANA added later; tungstenite reports it as this error.
const UNKNOWN: (u16, &str) = (1014, "Protocol violation");

#[tokio::test]
async fn websocket_responses_match_fastapi_fixtures() {
    let address = serve(example::app()).await;
    let mut ours: BTreeMap<String, Answer> =
        lines("ours-websocket.jsonl").into_iter().map(|Named { name, answer }| (name, answer)).collect();
    let mut listed = listed(true);
    let (mut matching, mut different, mut wrong) = (0, 0, Vec::new());
    for Fixture { name, asked, expected } in fixtures() {
        let got = ask(address, &asked).await;
        let is_listed = listed.remove(name.as_str());
        let pinned = ours.remove(&name);
        match (got == expected, is_listed) {
            (true, false) => matching += 1,
            (false, true) if pinned.as_ref() == Some(&got) => different += 1,
            (false, true) => wrong.push(format!("{name}\n  pinned   {pinned:?}\n  got      {got:?}")),
            (_, is_listed) => wrong
                .push(format!("{name}\n  expected {expected:?}, listed: {is_listed}\n  got      {got:?}")),
        }
    }
    println!("matching: {matching}, different on purpose: {different}, wrong: {}", wrong.len());
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
    assert!(listed.is_empty(), "no such fixtures: {listed:?}");
    assert!(ours.is_empty(), "not requested, or not listed as a difference: {:?}", ours.keys());
}

/// Records the port's side of the differences: `cargo test --test it parity -- --ignored`.
#[tokio::test]
#[ignore = "rewrites tests/parity/ours-websocket.jsonl"]
async fn record_our_websocket_differences() {
    let address = serve(example::app()).await;
    let listed: BTreeSet<&str> = listed(true);
    let mut text = String::new();
    for Fixture { name, asked, .. } in fixtures().filter(|fixture| listed.contains(fixture.name.as_str())) {
        let answer = ask(address, &asked).await;
        text += &serde_json::to_string(&Named { name, answer }).unwrap();
        text += "\n";
    }
    fs::write(path("ours-websocket.jsonl"), text).unwrap();
}

#[derive(Deserialize)]
struct Fixture {
    /// The area and the name: `websocket: …`.
    name: String,
    #[serde(flatten)]
    asked: Asked,
    #[serde(flatten)]
    expected: Answer,
}

#[derive(Deserialize)]
struct Asked {
    path: String,
    headers: Vec<(String, String)>,
    send: Vec<Text>,
    close: Option<(u16, String)>,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Answer {
    status: u16,
    answer_headers: BTreeSet<(String, String)>,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
enum Rest {
    Denied {
        answer: String,
    },
    Open {
        messages: Vec<Text>,
        /// `None` if no close frame came.
        closed: Option<(u16, String)>,
    },
}

#[derive(Deserialize, Serialize)]
struct Named {
    name: String,
    #[serde(flatten)]
    answer: Answer,
}

fn fixtures() -> impl Iterator<Item = Fixture> {
    lines("fixtures/websocket.jsonl")
        .into_iter()
        .map(|fixture: Fixture| Fixture { name: format!("websocket: {}", fixture.name), ..fixture })
}

async fn ask(address: SocketAddr, asked: &Asked) -> Answer {
    let headers: Vec<(&str, &str)> =
        asked.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut client = match Client::open(address, &asked.path, &headers).await {
        Ok(client) => client,
        Err(Reply { status, headers, body }) => {
            return Answer {
                status,
                answer_headers: headers.into_iter().collect(),
                rest: Rest::Denied { answer: body },
            };
        }
    };
    let Reply { status, headers, .. } = std::mem::replace(&mut client.reply, Reply::empty(0));
    for message in &asked.send {
        let message = match message {
            Text::Utf8(text) => Message::text(text.as_str()),
            other => Message::binary(other.bytes()),
        };
        // The server may already have closed.
        if futures_util::SinkExt::send(&mut client.stream, message).await.is_err() {
            break;
        }
    }
    if let Some((code, reason)) = &asked.close {
        client.close(*code, reason).await;
    }
    let seen = client.read_out().await;
    let messages = seen.messages.into_iter().map(|message| match message {
        Message::Text(text) => Text::Utf8(text.to_string()),
        message => Text::of(&message.into_data()),
    });
    let closed = seen.closed.map(|closed| match closed {
        (1002, reason) if reason == UNKNOWN.1 && asked.path.contains("code=1014") => {
            let reason = if asked.path.contains("reason=r") { "r" } else { "" };
            (UNKNOWN.0, reason.to_owned())
        }
        closed => closed,
    });
    Answer {
        status,
        answer_headers: headers.into_iter().collect(),
        rest: Rest::Open { messages: messages.collect(), closed },
    }
}
