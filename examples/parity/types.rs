//! A route for every type and source: reads `v` and returns the parsed value.

use std::{
    collections::{BTreeSet, HashMap},
    net::{Ipv4Addr, Ipv6Addr},
};

use axum::{
    Router,
    routing::{MethodRouter, get, post},
};
use axum_exception::{
    Value,
    extract::{Cookie, Form, Header, Json, Params, Path, Query},
};
use serde::{Deserialize, Serialize, Serializer, de::DeserializeOwned};
use url::Url;
use uuid::Uuid;

pub(crate) fn routes() -> Router {
    Router::new()
        .nest("/body", bodies())
        .nest("/query", scalars(Source::Query).merge(lists(Source::Query)))
        .nest("/header", scalars(Source::Header).merge(lists(Source::Header)))
        .nest("/cookie", scalars(Source::Cookie))
        .nest("/form", scalars(Source::Form).merge(lists(Source::Form)))
        .nest("/path", paths())
}

fn bodies() -> Router {
    super::table([
        // scalars
        ("/int", body::<i64>()),
        ("/float", body::<f64>()),
        ("/bool", body::<bool>()),
        ("/str", body::<String>()),
        ("/none", body::<()>()),
        ("/any", body::<Value>()),
        ("/opt-int", body::<Option<i64>>()),
        ("/uuid", body::<Uuid>()),
        ("/any-url", body::<Url>()),
        ("/ipv4", body::<Ipv4Addr>()),
        ("/ipv6", body::<Ipv6>()),
        // choices
        ("/enum-str", body::<Color>()),
        ("/enum-one", body::<One>()),
        ("/disc-union", body::<Pet>()),
        // containers
        ("/list-int", body::<Vec<i64>>()),
        ("/list-list-int", body::<Vec<Vec<i64>>>()),
        ("/set-int", body::<BTreeSet<i64>>()),
        ("/tuple-int-str", body::<(i64, String)>()),
        ("/dict-any", body::<HashMap<String, Value>>()),
        ("/dict-str-int", body::<HashMap<String, i64>>()),
        // structs
        ("/model", body::<Inner>()),
        ("/model-nested", body::<Outer>()),
        ("/model-tree", body::<Tree>()),
        ("/model-forbid", body::<Forbid>()),
        ("/model-alias", body::<Aliased>()),
        ("/list-model", body::<Vec<Inner>>()),
        ("/opt-model", body::<Option<Inner>>()),
        ("/opt-list-int", body::<Option<Vec<i64>>>()),
    ])
}

fn scalars(from: Source) -> Router {
    super::table([
        ("/int", from.route::<i64>()),
        ("/float", from.route::<f64>()),
        ("/bool", from.route::<bool>()),
        ("/str", from.route::<String>()),
        ("/opt-int", from.route::<Option<i64>>()),
        ("/uuid", from.route::<Uuid>()),
        ("/any-url", from.route::<Url>()),
        ("/ipv4", from.route::<Ipv4Addr>()),
        ("/ipv6", from.route::<Ipv6>()),
        ("/enum-str", from.route::<Color>()),
    ])
}

fn lists(from: Source) -> Router {
    super::table([("/list-int", from.route::<Vec<i64>>()), ("/set-int", from.route::<BTreeSet<i64>>())])
}

fn paths() -> Router {
    super::table([
        ("/int/{v}", path::<i64>()),
        ("/float/{v}", path::<f64>()),
        ("/bool/{v}", path::<bool>()),
        ("/str/{v}", path::<String>()),
        ("/uuid/{v}", path::<Uuid>()),
        ("/any-url/{v}", path::<Url>()),
        ("/ipv4/{v}", path::<Ipv4Addr>()),
        ("/ipv6/{v}", path::<Ipv6>()),
        ("/enum-str/{v}", path::<Color>()),
    ])
}

#[derive(Deserialize)]
pub(crate) struct Of<T> {
    pub(crate) v: T,
}

#[derive(Clone, Copy)]
pub(crate) enum Source {
    Query,
    Header,
    Cookie,
    Form,
}

impl Source {
    fn route<T>(self) -> MethodRouter
    where
        T: DeserializeOwned + Serialize + Send + 'static,
    {
        match self {
            Self::Query => get(async |Query(Params(Of { v })): Query<Params<Of<T>>>| super::ok(v)),
            Self::Header => get(async |Header(Of { v }): Header<Of<T>>| super::ok(v)),
            Self::Cookie => get(async |Cookie(Of { v }): Cookie<Of<T>>| super::ok(v)),
            Self::Form => post(async |Form(Params(Of { v })): Form<Params<Of<T>>>| super::ok(v)),
        }
    }
}

fn path<T>() -> MethodRouter
where
    T: DeserializeOwned + Serialize + Send + 'static,
{
    get(async |Path(v): Path<T>| super::ok(v))
}

pub(crate) fn body<T>() -> MethodRouter
where
    T: DeserializeOwned + Serialize + Send + 'static,
{
    post(async |Json(Of { v }): Json<Of<T>>| super::ok(v))
}

/// Serializes as Python prints it: `::ffff:102:304`, not `::ffff:1.2.3.4`.
#[derive(Deserialize)]
struct Ipv6(Ipv6Addr);

impl Serialize for Ipv6 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.0.to_ipv4_mapped(), self.0.segments()) {
            (Some(_), [.., high, low]) => serializer.collect_str(&format_args!("::ffff:{high:x}:{low:x}")),
            (None, _) => self.0.serialize(serializer),
        }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Color {
    Red,
    Green,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum One {
    Only,
}

#[derive(Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Pet {
    Cat { meows: i64 },
    Dog { barks: f64 },
}

#[derive(Deserialize, Serialize)]
struct Inner {
    x: i64,
    #[serde(default = "d")]
    y: String,
}

fn d() -> String {
    "d".to_owned()
}

#[derive(Deserialize, Serialize)]
struct Outer {
    inner: Inner,
    #[serde(default)]
    items: Vec<Inner>,
    #[serde(default)]
    map: HashMap<String, Inner>,
}

#[derive(Deserialize, Serialize)]
struct Tree {
    v: i64,
    #[serde(default)]
    children: Vec<Tree>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Forbid {
    x: i64,
}

/// The response has the names of the fields, not the aliases.
#[derive(Deserialize, Serialize)]
struct Aliased {
    #[serde(rename(deserialize = "userName"))]
    user_name: i64,
    #[serde(rename(deserialize = "o-t-h-e-r"), default)]
    other: i64,
}
