//! The README's table, over a socket.

#[path = "../../examples/quickstart.rs"]
#[allow(dead_code)]
mod example;

use axum::extract::Request;

use crate::support::{Reply, send, wire::Connection};

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
    let missing =
        |loc: &str| format!(r#"{{"type":"missing","loc":{loc},"msg":"Field required","input":null}}"#);
    let no_int = |loc: &str, input: &str| {
        let msg = "Input should be a valid integer, unable to parse string as an integer";
        format!(r#"{{"type":"int_parsing","loc":{loc},"msg":"{msg}","input":{input}}}"#)
    };
    let listed = |error: String| Reply::json(422, format!(r#"{{"detail":[{error}]}}"#));
    let json = [("content-type", "application/json")];
    for (body, reply) in [
        (r#"{"title":"towel","size":42}"#, Reply::json(200, r#"{"title":"towel","size":42}"#)),
        (r#"{"title":"towel","size":"XL"}"#, listed(no_int(r#"["body","size"]"#, r#""XL""#))),
        (r#"{"title":"towel"}"#, listed(missing(r#"["body","size"]"#))),
        (
            r#"{"title":"#,
            Reply::json(
                422,
                r#"{"detail":[{"type":"json_invalid","loc":["body",9],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting value"}}]}"#,
            ),
        ),
    ] {
        assert_eq!(connection.send("POST", "/items", &json, body.as_bytes()).await, reply, "{body}");
    }
    assert_eq!(connection.get("/users/abc").await, listed(no_int(r#"["path","user_id"]"#, r#""abc""#)));
    assert_eq!(connection.get("/search?limit=x").await, listed(no_int(r#"["query","limit"]"#, "null")));
    assert_eq!(connection.get("/search").await, listed(missing(r#"["query","limit"]"#)));
    // Not over the socket: the server hangs up on what it does not want, maybe while it is being written.
    let large = Request::post("/items").header("content-type", "application/json");
    let large = large.body(vec![b' '; 3 * 1024 * 1024].into()).unwrap();
    assert_eq!(send(&example::app(), large).await, Reply::detail(413, "Content Too Large"));
}
