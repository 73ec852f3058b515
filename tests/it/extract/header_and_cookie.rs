//! `extract::Header` and `extract::Cookie`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ask_cookies, ask_headers, int_parsing, missing, ok};
use crate::support::errors::unprocessable;

#[tokio::test]
async fn header_names_map_underscores_to_hyphens() {
    #[derive(Deserialize, Serialize)]
    struct Token {
        x_token: u32,
        user_agent: Option<String>,
        #[serde(default)]
        x_list: Vec<u8>,
    }
    #[derive(Deserialize, Serialize)]
    struct Renamed {
        #[serde(rename = "X-Token")]
        token: u32,
    }
    assert_eq!(ask_headers::<Token>(&[("X-Token", b"5"), ("user-agent", b"caf\xe9")]).await, {
        ok(r#"{"x_token":5,"user_agent":"café","x_list":[]}"#)
    });
    // The first header counts, or all of them for a list.
    assert_eq!(ask_headers::<Token>(&[("x-token", b"5"), ("x-token", b"x")]).await.status, 200);
    assert_eq!(
        ask_headers::<Token>(&[
            ("x-token", b"x"),
            ("x-token", b"5"),
            ("x-list", b"1"),
            ("x-list", b"2,3"),
            ("x-list", b"")
        ])
        .await,
        unprocessable(&[
            int_parsing(r#"["header","x-token"]"#, "x"),
            int_parsing(r#"["header","x-list",1]"#, "2,3"),
            int_parsing(r#"["header","x-list",2]"#, ""),
        ])
    );
    let missing = unprocessable(&[missing(r#"["header","x-token"]"#)]);
    assert_eq!(ask_headers::<Token>(&[("authorization", b"secret")]).await, missing);
    assert_eq!(ask_headers::<Token>(&[("x_token", b"5")]).await, missing);
    assert_eq!(ask_headers::<Renamed>(&[("authorization", b"secret")]).await, missing);
    assert_eq!(ask_headers::<Renamed>(&[("x-token", b"5")]).await, ok(r#"{"X-Token":5}"#));
    assert_eq!(ask_headers::<Renamed>(&[("x-token", b"x")]).await, {
        unprocessable(&[int_parsing(r#"["header","x-token"]"#, "x")])
    });
    type All = BTreeMap<String, String>;
    assert_eq!(ask_headers::<All>(&[("x-a", b"1"), ("b", b"2"), ("x_a", b"3")]).await, {
        ok(r#"{"b":"2","x_a":"1"}"#)
    });
}

#[tokio::test]
async fn cookies_are_parsed_as_python_does() {
    #[derive(Deserialize, Serialize)]
    struct Session {
        id: u32,
        theme: Option<String>,
    }
    let theme = async |cookie: &'static [u8]| {
        let reply = ask_cookies::<Session>(&[b"id=1", cookie]).await;
        assert_eq!(reply.status, 200);
        reply.body
    };
    let is = |theme: &str| format!(r#"{{"id":1,"theme":{theme}}}"#);
    assert_eq!(theme(b"theme=dark").await, is(r#""dark""#));
    assert_eq!(theme(b" theme = dark ; other=1").await, is(r#""dark""#));
    assert_eq!(theme(b"theme=a; theme=b").await, is(r#""b""#));
    assert_eq!(theme(b"theme=a=b").await, is(r#""a=b""#));
    assert_eq!(theme(b"theme=a%20+b").await, is(r#""a%20+b""#));
    assert_eq!(theme(b"theme=\"a b\"").await, is(r#""a b""#));
    assert_eq!(theme(br#"theme="a\"b\\c\073\351\9""#).await, is(r#""a\"b\\c;é9""#));
    assert_eq!(theme(br#"theme="a\"#).await, is(r#""\"a\\""#));
    assert_eq!(theme(b"theme=\"").await, is(r#""\"""#));
    assert_eq!(theme(b"theme=\"\"").await, is(r#""""#));
    assert_eq!(theme(b"theme=").await, is(r#""""#));
    assert_eq!(theme(b"theme").await, is("null"));
    assert_eq!(theme(b"Theme=a").await, is("null"));
    assert_eq!(theme(b"theme=caf\xe9").await, is(r#""café""#));
    assert_eq!(
        ask_cookies::<Session>(&[b"session=secret"]).await,
        unprocessable(&[missing(r#"["cookie","id"]"#)])
    );
    assert_eq!(ask_cookies::<Session>(&[b"id=secret; id=x"]).await, {
        unprocessable(&[int_parsing(r#"["cookie","id"]"#, "x")])
    });
    assert_eq!(ask_cookies::<Session>(&[]).await, unprocessable(&[missing(r#"["cookie","id"]"#)]));
}
