//! Requests over TCP, all on one connection.

use std::net::SocketAddr;

use axum::Router;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::Reply;

/// Serves an app on a free port.
pub(crate) async fn serve(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// A connection to a served app.
pub(crate) struct Connection(TcpStream);

impl Connection {
    pub(crate) async fn to(app: Router) -> Self {
        Self::at(serve(app).await).await
    }

    pub(crate) async fn at(address: SocketAddr) -> Self {
        Self(TcpStream::connect(address).await.unwrap())
    }

    /// Returns the TCP stream, for a connection that is no longer HTTP.
    pub(crate) fn into_stream(self) -> TcpStream {
        self.0
    }

    pub(crate) async fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, &[], b"").await
    }

    /// Sends a request and reads exactly one reply: the head, then as many bytes as `content-length` says.
    pub(crate) async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Reply {
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("content-length: {}\r\n\r\n", body.len());
        self.0.write_all(head.as_bytes()).await.unwrap();
        self.0.write_all(body).await.unwrap();
        self.read(method).await
    }

    async fn read(&mut self, method: &str) -> Reply {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(self.0.read_u8().await.expect("the connection was closed without a reply"));
        }
        let head: String = head.iter().map(|&byte| char::from(byte)).collect();
        let mut lines = head.trim_end().split("\r\n");
        let status: u16 = lines.next().unwrap()[9..12].parse().unwrap();
        let mut headers: Vec<(String, String)> = lines
            .map(|line| line.split_once(": ").unwrap_or((line.trim_end_matches(':'), "")))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .filter(|(name, _)| name != "date")
            .collect();
        headers.sort();
        let length = headers.iter().position(|(name, _)| name == "content-length");
        let length = length.map(|at| headers.remove(at).1.parse::<usize>().unwrap());
        let bodyless = method == "HEAD" || matches!(status, 101 | 204 | 304);
        assert!(length.is_some() || bodyless, "a reply without a length: {head}");
        assert!(length.is_none() || !matches!(status, 204 | 304), "a length without a body: {head}");
        let mut body = vec![0; if bodyless { 0 } else { length.unwrap_or(0) }];
        self.0.read_exact(&mut body).await.unwrap();
        Reply { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }
}
