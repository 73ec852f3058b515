//! `websocket_handler`: handlers for errors while a WebSocket is open.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum_exception::{
    Caught, CloseCode, ErrorDetail, ErrorHandlingLayer, Exception, ExceptionHandlers, HttpError,
    HttpException, Result, WebSocketException, WebSocketRequestValidationError,
    ws::{CloseFrame, Message, WebSocket},
};

use super::{Broken, Seen, app, listen};
use crate::logging::logged_during;

const CUSTOM: CloseCode = CloseCode::new(4000).unwrap();

#[derive(Debug, thiserror::Error)]
#[error("outer")]
struct Outer(#[source] Broken);

/// Raises an exception under the layer, and returns what the client receives.
async fn raised(exception: impl Into<Exception>, layer: ErrorHandlingLayer) -> Seen {
    let exception = exception.into();
    listen(app(|_| async { Err(exception) }).layer(layer)).await
}

async fn say(socket: &mut WebSocket, text: impl Into<String>) -> Result<()> {
    socket.send(Message::text(text.into())).await?;
    Ok(())
}

/// As the handlers on the custom routes of FastAPI's parity app: a message, then their own close frame.
#[tokio::test]
async fn handler_can_send_messages_and_choose_the_close_frame() {
    let layer = ErrorHandlingLayer::new()
        .websocket_handler(async |mut socket: WebSocket, error: Caught<Broken>| {
            say(&mut socket, format!("broken: {}", error.0)).await?;
            Err(WebSocketException::new(CUSTOM).with_reason(error.0).into())
        })
        .websocket_handler(async |mut socket: WebSocket, exception: Caught<WebSocketException>| {
            let reason = format!("custom:{}:{}", exception.code(), exception.reason());
            let close = CloseFrame { code: 4001, reason: reason.into() };
            socket.send(Message::Close(Some(close))).await?;
            Ok(())
        })
        .websocket_handler(async |mut socket: WebSocket, error: Caught<WebSocketRequestValidationError>| {
            let errors: axum_exception::Value = error.errors().iter().collect();
            say(&mut socket, errors.to_string()).await
        })
        .websocket_handler(async |_: WebSocket, _: Caught<io::Error>| {});
    // The handler raises a `WebSocketException`, which has a handler as well.
    let broken = Seen::new(&["broken: why"], 4001, "custom:4000:why");
    assert_eq!(raised(Broken("why"), layer.clone()).await, broken);
    assert_eq!(raised(Outer(Broken("why")), layer.clone()).await, broken);
    assert_eq!(
        raised(WebSocketException::policy_violation().with_reason("orig"), layer.clone()).await,
        Seen::new(&[], 4001, "custom:1008:orig")
    );
    assert_eq!(
        raised(WebSocketRequestValidationError::from(ErrorDetail::missing(["query", "n"])), layer.clone())
            .await,
        Seen::new(
            &[r#"[{"type":"missing","loc":["query","n"],"msg":"Field required","input":null}]"#],
            1008,
            "1 validation error: query.n: Field required"
        )
    );
    // A handler that sends nothing leaves the default close frame.
    assert_eq!(raised(io::Error::other("disk"), layer.clone()).await, Seen::new(&[], 1011, ""));
    assert_eq!(raised(std::fmt::Error, layer).await, Seen::new(&[], 1011, ""));
}

#[tokio::test]
async fn catch_all_receives_otherwise_unhandled_exceptions() {
    let layer = ErrorHandlingLayer::new()
        .websocket_handler(async |mut socket: WebSocket, exception: Exception| {
            say(&mut socket, exception.to_string()).await?;
            Err(WebSocketException::new(CUSTOM).with_reason("caught").into())
        })
        .websocket_handler(async |_: WebSocket, exception: Caught<io::Error>| exception.raise())
        .websocket_handler(async |_: WebSocket, _: Caught<std::fmt::Error>| -> Result<()> {
            panic!("again")
        });
    assert_eq!(raised(Broken("x"), layer.clone()).await, Seen::new(&["secret: x"], 4000, "caught"));
    // The handler raises the exception again, and does not run twice.
    assert_eq!(raised(io::Error::other("disk"), layer.clone()).await, Seen::new(&["disk"], 4000, "caught"));
    let panicked = raised(std::fmt::Error, layer.clone()).await;
    let [message] = &panicked.messages[..] else { panic!("{panicked:?}") };
    assert!(message.to_text().unwrap().ends_with(": again"), "{message}");
    assert_eq!(panicked.closed, Some((4000, "caught".to_owned())));
    // Exceptions with a default do not reach the catch-all.
    assert_eq!(raised(HttpException::not_found(), layer.clone()).await, Seen::new(&[], 1008, "Not Found"));
    assert_eq!(raised(WebSocketException::normal(), layer).await, Seen::new(&[], 1000, ""));
}

trait Raise {
    fn raise(self) -> Result<()>;
}

impl<E> Raise for Caught<E> {
    fn raise(self) -> Result<()> {
        Err(self.into_exception())
    }
}

#[tokio::test]
async fn failing_catch_all_closes_with_1011() {
    let failing = ErrorHandlingLayer::new()
        .websocket_handler(async |_: WebSocket, _: Exception| Err(Broken("in the handler").into()))
        .websocket_handler(async |mut socket: WebSocket, _: Caught<Broken>| {
            say(&mut socket, "not asked").await
        });
    assert_eq!(raised(std::fmt::Error, failing).await, Seen::new(&[], 1011, ""));
    let panicking = ErrorHandlingLayer::new()
        .websocket_handler(async |_: WebSocket, _: Exception| -> Result<()> { panic!("x") });
    assert_eq!(raised(std::fmt::Error, panicking).await, Seen::new(&[], 1011, ""));
}

#[tokio::test]
async fn no_handler_runs_twice() {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let layer = ErrorHandlingLayer::new()
        .websocket_handler(move |_: WebSocket, error: Caught<Broken>| async move {
            counted.fetch_add(1, Ordering::Relaxed);
            Err(Exception::from(Outer(Broken(error.0))))
        })
        .websocket_handler(async |mut socket: WebSocket, _: Caught<Outer>| {
            say(&mut socket, "outer").await?;
            Err(Broken("again").into())
        });
    assert_eq!(raised(Broken("x"), layer).await, Seen::new(&["outer"], 1011, ""));
    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn inner_layer_handlers_run_before_outer_ones() {
    fn says(name: &'static str) -> ErrorHandlingLayer {
        ErrorHandlingLayer::new().websocket_handler(
            move |mut socket: WebSocket, _: Caught<Broken>| async move { say(&mut socket, name).await },
        )
    }
    let fail = async |_: WebSocket| Err(Broken("x").into());
    let both = app(fail).layer(says("inner")).layer(says("outer"));
    assert_eq!(listen(both).await, Seen::new(&["inner"], 1011, ""));
    let outer = app(fail).layer(ErrorHandlingLayer::new()).layer(says("outer"));
    assert_eq!(listen(outer).await, Seen::new(&["outer"], 1011, ""));
    // The outer layer handles what a handler of the inner one raises.
    let raises = ErrorHandlingLayer::new()
        .websocket_handler(async |_: WebSocket, error: Caught<Broken>| Err(Outer(Broken(error.0)).into()));
    assert_eq!(listen(app(fail).layer(raises).layer(says("outer"))).await, Seen::new(&["outer"], 1011, ""));
    // It also handles the exception that the inner one maps to.
    let maps = ErrorHandlingLayer::new().map_exception(|_: &Broken| HttpException::gone());
    let outer = ErrorHandlingLayer::new().websocket_handler(
        async |mut socket: WebSocket, http: Caught<HttpException>| say(&mut socket, http.to_string()).await,
    );
    assert_eq!(listen(app(fail).layer(maps).layer(outer)).await, Seen::new(&["410: Gone"], 1008, "Gone"));
}

#[tokio::test]
async fn map_exception_applies_and_exception_handlers_do_not() {
    let layer = ErrorHandlingLayer::new()
        .exception_handler(async |_: Caught<Broken>| "a response")
        .exception_handler(async |_: Exception| "a response")
        .status_handler(404, async |_: Caught<HttpException>| "a response")
        .map_exception(|broken: &Broken| HttpException::not_found().with_detail(broken.0));
    assert_eq!(raised(Broken("No such room"), layer.clone()).await, Seen::new(&[], 1008, "No such room"));
    assert_eq!(raised(std::fmt::Error, layer).await, Seen::new(&[], 1011, ""));
}

#[tokio::test]
async fn exception_handlers_maps_hold_websocket_handlers() {
    let first = ExceptionHandlers::new()
        .websocket_handler(async |mut socket: WebSocket, _: Caught<Broken>| say(&mut socket, "first").await)
        .websocket_handler(async |mut socket: WebSocket, _: Exception| say(&mut socket, "all").await);
    let second = ExceptionHandlers::new()
        .websocket_handler(async |mut socket: WebSocket, _: Caught<Broken>| say(&mut socket, "second").await);
    let layer = ErrorHandlingLayer::new().exception_handlers(first.merge(second));
    assert!(format!("{layer:?}").contains("websocket_types: 1, websocket_catch_all: true"), "{layer:?}");
    assert_eq!(raised(Broken("x"), layer.clone()).await, Seen::new(&["second"], 1011, ""));
    assert_eq!(raised(std::fmt::Error, layer).await, Seen::new(&["all"], 1011, ""));
    let with_state = ErrorHandlingLayer::new()
        .exception_handler(async |_: axum::extract::State<u8>, _: Caught<io::Error>| "a response")
        .websocket_handler(async |mut socket: WebSocket, _: Caught<Broken>| say(&mut socket, "kept").await)
        .with_state(7_u8);
    assert_eq!(raised(Broken("x"), with_state).await, Seen::new(&["kept"], 1011, ""));
}

#[tokio::test]
async fn handler_can_receive_messages() {
    let layer =
        ErrorHandlingLayer::new().websocket_handler(async |mut socket: WebSocket, _: Caught<Broken>| {
            say(&mut socket, "what now?").await?;
            let received = socket.recv().await.transpose()?.map(Message::into_text).transpose()?;
            Err(WebSocketException::new(CUSTOM).with_reason(received.unwrap_or_default().as_str()).into())
        });
    let app = app(async |_: WebSocket| Err(Broken("x").into())).layer(layer);
    let mut client = super::open(super::serve(app).await).await;
    client.send(tokio_tungstenite::tungstenite::Message::text("give up")).await;
    assert_eq!(client.read_out().await, Seen::new(&["what now?"], 4000, "give up"));
}

#[test]
fn an_exception_raised_by_a_handler_is_in_the_same_line() {
    let lines = logged_during(async {
        let layer = ErrorHandlingLayer::new()
            .websocket_handler(async |_: WebSocket, _: Caught<Broken>| {
                Err(WebSocketException::new(CUSTOM).with_reason("caught").into())
            })
            .map_exception(|_: &io::Error| HttpException::conflict());
        raised(Broken("x"), layer.clone()).await;
        raised(io::Error::other("mapped"), layer).await;
    });
    assert_eq!(
        lines,
        [
            r#"DEBUG message=exception method=GET route="/ws" close=4000 while_handling="secret: x" error=4000: caught"#,
            r#"DEBUG message=exception method=GET route="/ws" close=1008 error=409: Conflict: mapped"#,
        ]
    );
}

/// The error type of an app has its own close frame, whether it is registered or not needed to be.
#[tokio::test]
async fn an_http_error_closes_as_its_http_exception_does() {
    #[derive(Debug, thiserror::Error, HttpError)]
    enum AppError {
        #[error("no room {0} in the table")]
        #[http(404, detail = "No room {0}")]
        NoRoom(u32),
        #[error("secret")]
        #[http(unhandled)]
        Unexpected,
        #[error(transparent)]
        #[http(transparent)]
        Io(io::Error),
    }
    let plain = ErrorHandlingLayer::new();
    let registered = ErrorHandlingLayer::new().exception::<AppError>();
    let handling = registered
        .clone()
        .websocket_handler(async |mut socket: WebSocket, _: Caught<io::Error>| say(&mut socket, "io").await);
    let no_room = Seen::new(&[], 1008, "No room 7");
    assert_eq!(raised(Exception::from_http_error(AppError::NoRoom(7)), plain.clone()).await, no_room);
    assert_eq!(raised(AppError::NoRoom(7), registered.clone()).await, no_room);
    assert_eq!(raised(AppError::NoRoom(7), plain).await, Seen::new(&[], 1011, ""));
    assert_eq!(raised(AppError::Unexpected, registered).await, Seen::new(&[], 1011, ""));
    // Without a layer, a panic while the exception is made closes the WebSocket as well.
    #[derive(Debug, thiserror::Error)]
    #[error("failing")]
    struct Failing;
    impl HttpError for Failing {
        fn http(&self) -> Option<HttpException> {
            panic!("in `http`")
        }
    }
    let app = app(|_| async { Err(Exception::from_http_error(Failing)) });
    assert_eq!(listen(app).await, Seen::new(&[], 1011, ""));
    let io = AppError::Io(io::Error::other("disk"));
    assert_eq!(raised(io, handling).await, Seen::new(&["io"], 1011, ""));
}
