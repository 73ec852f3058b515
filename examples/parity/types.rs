//! A route for every type: `{"v": …}` in, what it was understood as out.

use std::{
    collections::{BTreeSet, HashMap},
    net::{Ipv4Addr, Ipv6Addr},
};

use axum::{
    Router,
    routing::{MethodRouter, post},
};
use axum_exception::{Value, extract::Json};
use serde::{Deserialize, Serialize, Serializer, de::DeserializeOwned};
use url::Url;
use uuid::Uuid;

pub(crate) fn routes() -> Router {
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

#[derive(Deserialize)]
struct Body<T> {
    v: T,
}

fn body<T>() -> MethodRouter
where
    T: DeserializeOwned + Serialize + Send + 'static,
{
    post(async |Json(body): Json<Body<T>>| super::ok(body.v))
}

/// Printed as Python prints it: `::ffff:102:304`, not `::ffff:1.2.3.4`.
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
enum Color {
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
enum Pet {
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

/// The answer has the names of the fields.
#[derive(Deserialize, Serialize)]
struct Aliased {
    #[serde(rename(deserialize = "userName"))]
    user_name: i64,
    #[serde(rename(deserialize = "o-t-h-e-r"), default)]
    other: i64,
}
