//! `extract::Header` and `extract::Cookie`.

use std::collections::BTreeMap;

use axum::{Extension, Router, routing::get};
use axum_exception::{
    explain::Explain,
    extract::{All, Cookie, Header, Json, LiteralNames, Params},
};
use serde::{Deserialize, Serialize};

use super::{ask_cookies, ask_headers, int_parsing, layered, missing, missing_in, ok, with_headers};
use crate::support::{
    errors::{self, unprocessable},
    request, send,
};

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
    #[serde(rename = "ETag")]
    tag: Option<String>,
    x_plain: Option<u32>,
}

#[tokio::test]
async fn headers_are_read_into_structs_and_maps() {
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
    assert_eq!(ask_headers::<Token>(&[("authorization", b"secret")]).await, {
        unprocessable(&[missing(r#"["header","x-token"]"#)])
    });
    type Texts = BTreeMap<String, String>;
    assert_eq!(ask_headers::<Texts>(&[("X-A", b"1"), ("b", b"2"), ("x_a", b"3"), ("b", b"4")]).await, {
        ok(r#"{"b":"2","x-a":"1","x_a":"3"}"#)
    });
    assert_eq!(ask_headers::<BTreeMap<String, u8>>(&[("x-a", b"x"), ("x_a", b"y")]).await, {
        unprocessable(&[int_parsing(r#"["header","x-a"]"#, "x"), int_parsing(r#"["header","x_a"]"#, "y")])
    });
}

#[tokio::test]
async fn header_names_are_converted_unless_they_are_literal() {
    // A header with an underscore could replace one that a proxy has removed.
    let x_token = [missing(r#"["header","x-token"]"#)];
    assert_eq!(ask_headers::<Token>(&[("x_token", b"5")]).await, unprocessable(&x_token));
    assert_eq!(ask_headers::<Token>(&[("x_token", b"5"), ("x-token", b"6")]).await, {
        ok(r#"{"x_token":6,"user_agent":null,"x_list":[]}"#)
    });

    // A name with a dash or a capital letter is literal. Case does not count, and `loc` keeps it.
    let token = r#"["header","X-Token"]"#;
    assert_eq!(ask_headers::<Renamed>(&[("x-token", b"5"), ("etag", b"a"), ("x-plain", b"1")]).await, {
        ok(r#"{"X-Token":5,"ETag":"a","x_plain":1}"#)
    });
    for headers in [&[("authorization", &b"secret"[..])][..], &[("x_token", b"5")]] {
        assert_eq!(ask_headers::<Renamed>(headers).await, unprocessable(&[missing(token)]));
    }
    assert_eq!(ask_headers::<Renamed>(&[("x-token", b"x"), ("x-plain", b"y")]).await, {
        unprocessable(&[int_parsing(token, "x"), int_parsing(r#"["header","x-plain"]"#, "y")])
    });
}

#[tokio::test]
async fn literal_names_are_not_converted() {
    #[derive(Deserialize, Serialize)]
    struct Literal {
        p_alias: u32,
        #[serde(rename = "X-First")]
        first: Option<u32>,
    }
    type Names = LiteralNames<Literal>;
    let p_alias = r#"["header","p_alias"]"#;
    assert_eq!(ask_headers::<Names>(&[("P_Alias", b"5"), ("x-first", b"6")]).await, {
        ok(r#"{"p_alias":5,"X-First":6}"#)
    });
    assert_eq!(ask_headers::<Names>(&[("p-alias", b"5"), ("x_first", b"6")]).await, {
        unprocessable(&[missing(p_alias)])
    });
    assert_eq!(ask_headers::<Names>(&[("p_alias", b"x"), ("x-first", b"y")]).await, {
        unprocessable(&[int_parsing(p_alias, "x"), int_parsing(r#"["header","X-First"]"#, "y")])
    });
    // The same without a list of fields: in lower case.
    #[derive(Deserialize, Serialize)]
    struct Flattened {
        #[serde(flatten)]
        inner: Inner,
        y_z: u32,
    }
    #[derive(Deserialize, Serialize)]
    struct Inner {
        #[serde(rename = "x-token")]
        token: Option<String>,
    }
    assert_eq!(ask_headers::<LiteralNames<Flattened>>(&[("X-Token", b"a"), ("Y_Z", b"1")]).await, {
        ok(r#"{"x-token":"a","y_z":1}"#)
    });
    assert_eq!(ask_headers::<LiteralNames<Flattened>>(&[("x-token", b"a"), ("y-z", b"1")]).await, {
        unprocessable(&[missing(r#"["header","y_z"]"#)])
    });
}

#[tokio::test]
async fn flattened_headers_may_be_renamed() {
    #[derive(Deserialize, Serialize)]
    struct Flattened {
        #[serde(flatten)]
        common: Common,
        #[serde(rename = "X-Token")]
        token: u32,
        #[serde(rename = "if-match")]
        if_match: Option<String>,
        #[serde(rename = "If-None-Match")]
        if_none_match: Option<String>,
    }
    #[derive(Deserialize, Serialize)]
    struct Common {
        x_plain: u32,
        #[serde(rename = "X-API-Key")]
        key: u32,
        user_agent: Option<String>,
    }
    let all: [(&str, &[u8]); 6] = [
        ("x-token", b"5"),
        ("if-match", b"a"),
        ("if-none-match", b"b"),
        ("x-plain", b"6"),
        ("x-api-key", b"7"),
        ("user-agent", b"c"),
    ];
    assert_eq!(ask_headers::<Flattened>(&all).await, {
        ok(concat!(
            r#"{"x_plain":6,"X-API-Key":7,"user_agent":"c","X-Token":5,"if-match":"a","#,
            r#""If-None-Match":"b"}"#
        ))
    });
    assert_eq!(
        ask_headers::<Flattened>(&[("x-token", b"x"), ("x-api-key", b"y"), ("x-plain", b"z")]).await,
        {
            unprocessable(&[
                int_parsing(r#"["header","X-Token"]"#, "x"),
                int_parsing(r#"["header","X-API-Key"]"#, "y"),
                int_parsing(r#"["header","x-plain"]"#, "z"),
            ])
        }
    );
    assert_eq!(ask_headers::<Flattened>(&[("x_token", b"5"), ("x_plain", b"6")]).await, {
        unprocessable(&[
            missing(r#"["header","X-Token"]"#),
            missing(r#"["header","x-plain"]"#),
            missing(r#"["header","X-API-Key"]"#),
        ])
    });
}

/// FastAPI reports every header that the model does not have, `host` too.
#[tokio::test]
async fn unknown_headers_are_reported_if_the_type_denies_them() {
    #[derive(Deserialize, Serialize)]
    #[serde(deny_unknown_fields)]
    struct Strict {
        x_token: u32,
        host: Option<String>,
    }
    let extra = |name: &str, input: &str| {
        errors::fixed("extra_forbidden", &format!(r#"["header","{name}"]"#), &format!("{input:?}"))
    };
    assert_eq!(ask_headers::<Strict>(&[("x-token", b"1"), ("host", b"a")]).await, {
        ok(r#"{"x_token":1,"host":"a"}"#)
    });
    assert_eq!(ask_headers::<Strict>(&[("Other-Thing", b"z"), ("x_other", b"y")]).await, {
        unprocessable(&[missing(r#"["header","x-token"]"#), extra("other-thing", "z"), extra("x_other", "y")])
    });
    // A header that differs from one of the type only by its dashes is ignored.
    assert_eq!(ask_headers::<Strict>(&[("x-token", b"1"), ("x_token", b"2")]).await, {
        ok(r#"{"x_token":1,"host":null}"#)
    });
}

#[tokio::test]
async fn optional_headers_and_cookies_are_none_if_none_of_their_fields_was_sent() {
    #[derive(Deserialize, Serialize)]
    struct Session {
        id: u32,
        theme: Option<String>,
    }
    let handler = async |token: Option<Header<Token>>, session: Option<Cookie<Session>>| {
        Json((token.map(|Header(token)| token), session.map(|Cookie(session)| session)))
    };
    let app = layered(Router::new().route("/", get(handler)));
    let ask = async |headers: &[(&str, &[u8])]| send(&app, with_headers(request("GET", "/"), headers)).await;
    assert_eq!(ask(&[("x_token", b"x"), ("cookie", b"other=1")]).await, ok("[null,null]"));
    assert_eq!(ask(&[("x-token", b"1"), ("cookie", b"id=2")]).await, {
        ok(r#"[{"x_token":1,"user_agent":null,"x_list":[]},{"id":2,"theme":null}]"#)
    });
    assert_eq!(ask(&[("user-agent", b"a")]).await, unprocessable(&[missing(r#"["header","x-token"]"#)]));
    assert_eq!(ask(&[("cookie", b"theme=a")]).await, unprocessable(&[missing(r#"["cookie","id"]"#)]));
    assert_eq!(ask(&[("x-token", b"x")]).await, {
        unprocessable(&[int_parsing(r#"["header","x-token"]"#, "x")])
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

#[derive(Deserialize, Serialize)]
struct Session {
    session: String,
    count: Option<u8>,
}

/// Beside a missing one, other headers and cookies are shown only if the app wants it, and only for a model.
#[tokio::test]
async fn other_headers_and_cookies_are_shown_if_the_app_wants_it() {
    async fn models(
        All((Header(token), Cookie(session))): All<(Header<Token>, Cookie<Session>)>,
    ) -> Json<(Token, Session)> {
        Json((token, session))
    }
    async fn parameters(
        All((Header(Params(token)), Cookie(Params(session)))): All<(
            Header<Params<Token>>,
            Cookie<Params<Session>>,
        )>,
    ) -> Json<(Token, Session)> {
        Json((token, session))
    }
    let app = layered(Router::new().route("/", get(models)).route("/parameters", get(parameters)));
    let headers: &[(&str, &[u8])] =
        &[("authorization", b"secret"), ("x-list", b"1"), ("x-list", b"2"), ("cookie", b"zz=1; count=5")];
    let sent = |path: &str| with_headers(request("GET", path), headers);
    let hidden = unprocessable(&[missing(r#"["header","x-token"]"#), missing(r#"["cookie","session"]"#)]);
    assert_eq!(send(&app, sent("/")).await, hidden);
    let app = app.layer(Extension(Explain::new().echo_headers(true)));
    assert_eq!(send(&app, sent("/")).await, {
        unprocessable(&[
            missing_in(
                r#"["header","x-token"]"#,
                r#"{"x_list":["1","2"],"authorization":"secret","cookie":"zz=1; count=5"}"#,
            ),
            missing_in(r#"["cookie","session"]"#, r#"{"count":"5","zz":"1"}"#),
        ])
    });
    assert_eq!(send(&app, sent("/parameters")).await, hidden);
}
