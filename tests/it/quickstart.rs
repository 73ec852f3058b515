//! The README's table of responses, row by row over TCP.

#[path = "../../examples/quickstart.rs"]
#[allow(dead_code)]
mod example;

use axum::extract::Request;

use crate::support::{Reply, send, table::Table, tcp::Connection};

const README: &str = include_str!("../../README.md");

/// Returns the strings in backticks in a cell.
fn code(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[tokio::test]
async fn readme_table_matches_the_responses() {
    let mut connection = Connection::to(example::app()).await;
    let mut rows = 0;
    let (_, rest) = README.split_once("| request | status | response |").unwrap();
    let (shown, _) = rest.split_once("\n\n").unwrap();
    let mut table = Table::default();
    for line in shown.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let (asked, status) = (code(cells[0]), cells[1].trim_end_matches([' ', '|']).parse().unwrap());
        let (method, path) = asked[0].split_once(' ').unwrap();
        let body = asked.get(1).copied().unwrap_or_default();
        let reply = match cells.get(2).and_then(|cell| code(cell).first().copied()) {
            None => Reply::empty(status),
            Some("Internal Server Error") => Reply::unhandled(),
            Some(json) => Reply::json(status, json),
        };
        let reply = match path {
            "/items/bar" => reply.header("x-error", "There goes my error"),
            "/items/foo" if method == "DELETE" => reply.header("allow", "GET,HEAD"),
            _ => reply,
        };
        let headers = [("content-type", "application/json")];
        table.assert_eq(line, connection.send(method, path, &headers, body.as_bytes()).await, reply);
        rows += 1;
    }
    assert_eq!(rows, 13);
}

#[tokio::test]
async fn responses_not_in_the_readme_table() {
    let mut connection = Connection::to(example::app()).await;
    assert_eq!(connection.get("/unicorns/twinkle").await, Reply::json(200, r#"{"unicorn_name":"twinkle"}"#));
    let mut table = Table::default();
    for status in [205, 304] {
        table.assert_eq(status, connection.get(&format!("/raise/{status}")).await, Reply::empty(status));
    }
    let json = [("content-type", "application/json")];
    assert_eq!(
        connection.send("POST", "/items", &json, br#"{"title":"towel","size":42}"#).await,
        Reply::json(200, r#"{"title":"towel","size":42}"#)
    );
    // Not over TCP: the server may close the connection while the body is still being written.
    let large = Request::post("/items").header("content-type", "application/json");
    let large = large.body(vec![b' '; 3 * 1024 * 1024].into()).unwrap();
    assert_eq!(send(&example::app(), large).await, Reply::detail(413, "Content Too Large"));
}
