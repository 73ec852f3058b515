//! The README's table, over a socket.

#[path = "../../examples/quickstart.rs"]
#[allow(dead_code)]
mod example;

use crate::support::{Reply, wire::Connection};

#[tokio::test]
async fn the_quickstart_answers_as_promised() {
    let mut connection = Connection::to(example::app()).await;
    for (path, reply) in [
        ("/items/foo", Reply::json(200, r#"{"item":"The Foo Wrestlers"}"#)),
        ("/items/bar", Reply::detail(404, "Item not found").header("x-error", "There goes my error")),
        (
            "/unicorns/yolo",
            Reply::json(418, r#"{"message":"Oops! yolo did something. There goes a rainbow..."}"#),
        ),
        ("/unicorns/twinkle", Reply::json(200, r#"{"unicorn_name":"twinkle"}"#)),
        ("/nope", Reply::detail(404, "Not Found")),
        ("/io", Reply::unhandled()),
        ("/panic", Reply::unhandled()),
        ("/raise/204", Reply::empty(204)),
        ("/raise/205", Reply::empty(205)),
        ("/raise/304", Reply::empty(304)),
    ] {
        assert_eq!(connection.get(path).await, reply, "{path}");
    }
    assert_eq!(
        connection.send("DELETE", "/items/foo", &[], b"").await,
        Reply::detail(405, "Method Not Allowed").header("allow", "GET,HEAD")
    );
    let json = [("content-type", "application/json")];
    assert_eq!(
        connection.send("POST", "/items", &json, br#"{"title":"towel","size":42}"#).await,
        Reply::json(200, r#"{"title":"towel","size":42}"#)
    );
}
