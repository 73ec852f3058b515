//! A WebSocket client that records the whole reply to the handshake, every message, and how the WebSocket closed.

use std::net::SocketAddr;

use futures_util::{SinkExt, StreamExt};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Message,
        handshake::derive_accept_key,
        protocol::{CloseFrame, Role, WebSocketConfig, frame::coding::CloseCode},
    },
};

use super::{Reply, tcp::Connection};

const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

/// An open WebSocket.
pub(crate) struct Client {
    /// The reply to the handshake, without the headers that every such reply has.
    pub(crate) reply: Reply,
    pub(crate) stream: WebSocketStream<TcpStream>,
}

/// The messages of the server and its close frame: code and reason, 1005 if the frame is empty, `None` if no close frame
/// came.
#[derive(Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) messages: Vec<Message>,
    pub(crate) closed: Option<(u16, String)>,
}

impl Seen {
    pub(crate) fn new(messages: &[&str], code: u16, reason: &str) -> Self {
        let messages = messages.iter().map(|text| Message::text(*text)).collect();
        Self { messages, closed: Some((code, reason.to_owned())) }
    }
}

impl Client {
    /// Opens a WebSocket, or returns the reply to a denied handshake.
    pub(crate) async fn open(
        address: SocketAddr,
        path: &str,
        headers: &[(&str, &str)],
    ) -> Result<Self, Reply> {
        let mut all = vec![
            ("connection", "Upgrade"),
            ("upgrade", "websocket"),
            ("sec-websocket-version", "13"),
            ("sec-websocket-key", KEY),
        ];
        all.extend(headers);
        let mut connection = Connection::at(address).await;
        let mut reply = connection.send("GET", path, &all, b"").await;
        if reply.status != 101 {
            return Err(reply);
        }
        for (name, value) in [
            ("connection", "upgrade"),
            ("sec-websocket-accept", &derive_accept_key(KEY.as_bytes())),
            ("upgrade", "websocket"),
        ] {
            let at = reply.headers.iter().position(|header| *header == (name.to_owned(), value.to_owned()));
            reply.headers.remove(at.expect(name));
        }
        let config = WebSocketConfig::default().read_buffer_size(4096);
        let stream =
            WebSocketStream::from_raw_socket(connection.into_stream(), Role::Client, Some(config)).await;
        Ok(Self { reply, stream })
    }

    pub(crate) async fn send(&mut self, message: Message) {
        self.stream.send(message).await.unwrap();
    }

    pub(crate) async fn close(&mut self, code: u16, reason: &str) {
        let frame = CloseFrame { code: CloseCode::from(code), reason: reason.to_owned().into() };
        self.send(Message::Close(Some(frame))).await;
    }

    /// Reads until the connection ends. It must end cleanly if a close frame came.
    pub(crate) async fn read_out(self) -> Seen {
        Seen::through(self.stream).await
    }
}

impl Seen {
    /// Reads a WebSocket to its end.
    pub(crate) async fn through<S>(mut stream: WebSocketStream<S>) -> Self
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let mut seen = Self { messages: Vec::new(), closed: None };
        while let Some(message) = stream.next().await {
            match message {
                Ok(Message::Close(frame)) => {
                    let frame = frame.map(|frame| (frame.code.into(), frame.reason.to_string()));
                    let before = seen.closed.replace(frame.unwrap_or((1005, String::new())));
                    assert_eq!(before, None, "closed twice");
                }
                Ok(message) => seen.messages.push(message),
                Err(error) => {
                    assert_eq!(seen.closed, None, "{error}");
                    break;
                }
            }
        }
        seen
    }
}
