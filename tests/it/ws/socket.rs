//! `ws::WebSocket`: moved, split or dropped by the handler, and closed, flooded or abandoned by the peer.

use std::{sync::Arc, time::Duration};

use axum::{Router, routing::any};
use axum_exception::{
    ErrorHandlingLayer, Exception, WebSocketException,
    ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
};
use futures_util::{SinkExt, StreamExt};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    runtime::Handle,
    sync::{Notify, mpsc, oneshot},
    time::Instant,
};
use tokio_tungstenite::tungstenite;

use super::{Broken, Seen, listen, only_the_server_is_left, open, plain, serve};
use crate::logging::logged_during;
use crate::support::table::Table;

/// Sends messages from the server's side to the test.
type Sender = mpsc::UnboundedSender<String>;

fn server_messages() -> (Sender, mpsc::UnboundedReceiver<String>) {
    mpsc::unbounded_channel()
}

#[tokio::test]
async fn websocket_can_move_to_another_task() {
    let app = plain(async |mut socket: WebSocket| {
        tokio::spawn(async move {
            while let Some(Ok(Message::Text(text))) = socket.recv().await {
                socket.send(Message::Text(text)).await.unwrap();
            }
        });
        Ok(())
    });
    let mut client = open(serve(app).await).await;
    for text in ["one", "two"] {
        client.send(tungstenite::Message::text(text)).await;
        assert_eq!(client.stream.next().await.unwrap().unwrap(), tungstenite::Message::text(text));
    }
    // A message that is not text ends the task, which drops the WebSocket.
    client.send(tungstenite::Message::binary(vec![0])).await;
    assert_eq!(client.read_out().await, Seen::new(&[], 1000, ""));
}

#[tokio::test]
async fn dropping_the_websocket_closes_it_while_the_handler_runs() {
    let (sender, mut receiver) = server_messages();
    let done = Arc::new(Notify::new());
    let goes_on = Arc::clone(&done);
    let app = plain(move |socket: WebSocket| async move {
        drop(socket);
        goes_on.notified().await;
        sender.send("went on".to_owned()).unwrap();
        Err(Broken("too late to send").into())
    });
    assert_eq!(listen(app).await, Seen::new(&[], 1000, ""));
    assert!(receiver.try_recv().is_err());
    done.notify_one();
    assert_eq!(receiver.recv().await.unwrap(), "went on");
}

#[tokio::test]
async fn handler_error_closes_the_websocket_in_other_tasks() {
    let (sender, mut receiver) = server_messages();
    let app = plain(move |socket: WebSocket| async move {
        let (mut sink, mut stream) = socket.split();
        let (reading, is_reading) = oneshot::channel();
        tokio::spawn(async move {
            let first = stream.next().await.unwrap().unwrap();
            reading.send(first.into_text().unwrap().to_string()).unwrap();
            // Waits for a message that never comes.
            let ended = stream.next().await.is_none();
            sender.send(format!("ended: {ended}")).unwrap();
        });
        let first = is_reading.await.unwrap();
        sink.send(Message::text(first)).await?;
        Err(WebSocketException::policy_violation().with_reason("enough").into())
    });
    let mut client = open(serve(app).await).await;
    client.send(tungstenite::Message::text("first")).await;
    assert_eq!(client.read_out().await, Seen::new(&["first"], 1008, "enough"));
    assert_eq!(receiver.recv().await.unwrap(), "ended: true");
}

#[tokio::test]
async fn websocket_of_an_ended_handler_cannot_be_used() {
    let (sender, mut receiver) = server_messages();
    let app = plain(move |socket: WebSocket| async move {
        let (give, take) = oneshot::channel();
        tokio::spawn(async move {
            let mut socket: WebSocket = take.await.unwrap();
            assert!(socket.recv().await.is_none());
            let error = socket.send(Message::text("more")).await.unwrap_err();
            socket.close().await.unwrap();
            sender.send(error.to_string()).unwrap();
        });
        give.send(socket).unwrap();
        Err(Broken("why").into())
    });
    assert_eq!(listen(app).await, Seen::new(&[], 1011, ""));
    assert_eq!(receiver.recv().await.unwrap(), "the WebSocket was closed because its handler has ended");
}

#[tokio::test]
async fn peer_close_frames_are_echoed() {
    let endings: [(&str, fn(WebSocket) -> _); 3] = [
        ("reads on", |mut socket: WebSocket| {
            Box::pin(async move {
                while let Some(message) = socket.recv().await {
                    message?;
                }
                Ok(())
            }) as std::pin::Pin<Box<dyn Future<Output = axum_exception::Result<()>> + Send>>
        }),
        ("stops", |mut socket: WebSocket| {
            Box::pin(async move {
                socket.recv().await;
                Ok(())
            })
        }),
        ("sends on", |mut socket: WebSocket| {
            Box::pin(async move {
                socket.recv().await;
                socket.send(Message::text("too late")).await?;
                unreachable!()
            })
        }),
    ];
    let mut table = Table::default();
    for (name, ending) in endings {
        let mut client = open(serve(plain(ending)).await).await;
        client.close(4001, "bye").await;
        table.assert_eq(name, client.read_out().await, Seen::new(&[], 4001, "bye"));
    }
}

#[tokio::test]
async fn protocol_violations_close_with_their_code() {
    // The bytes of frames, with a mask of zeros.
    let mut table = Table::default();
    for (name, frame, code) in [
        ("invalid UTF-8", &[0x81, 0x81, 0, 0, 0, 0, 0xff][..], 1007),
        ("unmasked", &[0x81, 0x01, b'x'], 1002),
        ("reserved bits", &[0xf1, 0x81, 0, 0, 0, 0, b'x'], 1002),
        ("an unknown opcode", &[0x83, 0x81, 0, 0, 0, 0, b'x'], 1002),
        ("nothing to continue", &[0x80, 0x81, 0, 0, 0, 0, b'x'], 1002),
        ("too large", &[0x82, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1009),
    ] {
        let raises = plain(async |mut socket: WebSocket| {
            socket.recv().await.transpose()?;
            Ok(())
        });
        let ignores = plain(async |mut socket: WebSocket| {
            assert!(socket.recv().await.unwrap().is_err());
            Ok(())
        });
        for app in [raises, ignores] {
            let mut client = open(serve(app).await).await;
            client.stream.get_mut().write_all(frame).await.unwrap();
            table.assert_eq(name, client.read_out().await, Seen::new(&[], code, ""));
        }
    }
}

#[tokio::test]
async fn close_frame_is_delivered_while_the_peer_is_sending() {
    let app = plain(async |_| Err(Broken("at once").into()));
    let mut client = open(serve(app).await).await;
    for _ in 0..200 {
        // The connection may already be closed.
        let _ = client.stream.feed(tungstenite::Message::text("x".repeat(10_000))).await;
    }
    let _ = client.stream.flush().await;
    assert_eq!(client.read_out().await, Seen::new(&[], 1011, ""));
}

#[tokio::test]
async fn large_messages_in_both_directions_do_not_deadlock() {
    const MUCH: usize = 16 << 20;
    let app = plain(async |mut socket: WebSocket| {
        socket.feed(Message::binary(vec![0; MUCH])).await?;
        Err(Broken("at once").into())
    });
    let mut client = open(serve(app).await).await;
    client.send(tungstenite::Message::binary(vec![1; MUCH])).await;
    let seen = client.read_out().await;
    assert_eq!(seen.messages.iter().map(tungstenite::Message::len).collect::<Vec<_>>(), [MUCH]);
    assert_eq!(seen.closed, Some((1011, String::new())));
}

/// The paused clock advances only when all tasks are idle.
#[tokio::test(start_paused = true)]
async fn close_times_out_without_a_peer_close_frame() {
    for (timeout, expected) in [(None, 10), (Some(Duration::from_secs(3)), 3)] {
        let route = any(async move |upgrade: WebSocketUpgrade| {
            let upgrade = match timeout {
                Some(timeout) => upgrade.close_timeout(timeout),
                None => upgrade,
            };
            upgrade.on_upgrade(async |_| Err(WebSocketException::going_away().with_reason("bye").into()))
        });
        let app = Router::new().route("/ws", route).layer(ErrorHandlingLayer::new());
        let mut stream = open(serve(app).await).await.stream.into_inner();
        let start = Instant::now();
        let mut received = Vec::new();
        stream.read_to_end(&mut received).await.unwrap();
        assert_eq!(received, b"\x88\x05\x03\xe9bye");
        assert_eq!(start.elapsed().as_secs(), expected);
    }
}

/// The paused clock advances only when all tasks are idle.
#[tokio::test(start_paused = true)]
async fn close_times_out_if_the_peer_does_not_read() {
    let (sender, mut receiver) = server_messages();
    let app = plain(move |mut socket: WebSocket| async move {
        let flood = async {
            loop {
                if let Err(error) = socket.send(Message::binary(vec![0; 1 << 20])).await {
                    return error;
                }
            }
        };
        let stuck = tokio::time::timeout(Duration::from_secs(1), flood).await.is_err();
        sender.send(format!("stuck: {stuck}")).unwrap();
        Err(Broken("stuck").into())
    });
    let client = open(serve(app).await).await;
    let start = Instant::now();
    assert_eq!(receiver.recv().await.unwrap(), "stuck: true");
    assert_eq!(start.elapsed().as_secs(), 1);
    // One task is the server's, one the WebSocket's.
    assert_eq!(Handle::current().metrics().num_alive_tasks(), 2);
    tokio::time::sleep(Duration::from_millis(10_500)).await;
    assert_eq!(Handle::current().metrics().num_alive_tasks(), 1);
    drop(client);
}

#[test]
fn exceptions_are_logged_with_sources_and_disconnects_at_debug() {
    async fn visit(app: Router, leave: bool) {
        let client = open(serve(app).await).await;
        if leave {
            drop(client);
        } else {
            client.read_out().await;
        }
    }
    type Raise = fn() -> Exception;
    let cases: [(Raise, &str); 5] = [
        (
            || Broken("disk full").into(),
            r#"ERROR message=exception method=GET route="/ws" close=1011 error=secret: disk full"#,
        ),
        (
            || WebSocketException::policy_violation().with_reason("No").with_source(Broken("why")).into(),
            r#"DEBUG message=exception method=GET route="/ws" close=1008 error=1008: No: secret: why"#,
        ),
        (
            || WebSocketException::try_again_later().into(),
            r#"ERROR message=exception method=GET route="/ws" close=1013 error=1013"#,
        ),
        (
            || axum_exception::HttpException::not_found().with_detail(f64::NAN).into(),
            r#"ERROR message=exception method=GET route="/ws" close=1011 misuse="its detail holds a number that JSON does not have" error=404: null"#,
        ),
        (
            || tower::timeout::error::Elapsed::new().into(),
            r#"ERROR message=exception method=GET route="/ws" close=1011 error=504: Gateway Timeout: request timed out"#,
        ),
    ];
    let mut table = Table::default();
    for (raise, line) in cases {
        let fail = move |_| async move { Err(raise()) };
        let twice = super::app(fail).layer(ErrorHandlingLayer::new()).layer(ErrorHandlingLayer::new());
        table.assert_eq(line, logged_during(visit(twice, false)), [line]);
        table.assert_eq(
            format_args!("{line}, without a layer"),
            logged_during(visit(super::app(fail), false)),
            [line],
        );
    }
    assert_eq!(logged_during(visit(plain(async |_| Ok(())), false)), [""; 0]);
    // An error after the close frame is logged as well.
    let late = plain(async |mut socket: WebSocket| {
        socket.send(Message::Close(Some(CloseFrame { code: 4000, reason: "done".into() }))).await?;
        Err(Broken("late").into())
    });
    assert_eq!(
        logged_during(visit(late, false)),
        [r#"ERROR message=exception method=GET route="/ws" close=4000 error=secret: late"#]
    );
    let dropped = plain(async |socket: WebSocket| {
        drop(socket);
        tokio::task::yield_now().await;
        Err(Broken("late").into())
    });
    let lines = logged_during(async {
        visit(dropped, false).await;
        only_the_server_is_left().await;
    });
    assert_eq!(lines, [r#"ERROR message=exception method=GET route="/ws" close=1000 error=secret: late"#]);
    // The peer disconnects without a close frame.
    let lines = logged_during(async {
        let app = plain(async |mut socket: WebSocket| {
            while let Some(message) = socket.recv().await {
                message?;
            }
            Ok(())
        });
        visit(app, true).await;
        only_the_server_is_left().await;
    });
    let gone = "WebSocket protocol error: Connection reset without closing handshake";
    assert_eq!(lines, [format!(r#"DEBUG message=exception method=GET route="/ws" error={gone}"#)]);
}
