//! A route for every union: reads `v`, or the whole body, and returns the parsed value.

use std::collections::BTreeMap;

use axum::{Router, routing::post};
use axum_exception::extract::Json;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::types::{Color, Pet, body};

pub(crate) fn routes() -> Router {
    super::table([
        // scalars
        ("/int-str", body::<Either<i64, String>>()),
        ("/str-int", body::<Either<String, i64>>()),
        ("/int-bool", body::<Either<i64, bool>>()),
        ("/bool-float", body::<Either<bool, f64>>()),
        ("/float-int", body::<Either<f64, i64>>()),
        ("/uuid-int", body::<Either<Uuid, i64>>()),
        ("/enum-int", body::<Either<Color, i64>>()),
        ("/literal-int", body::<Either<Color, i64>>()),
        // containers
        ("/one-or-many", body::<OneOrMany<i64>>()),
        ("/model-or-many", body::<OneOrMany<Track>>()),
        ("/int-dict", body::<Either<i64, BTreeMap<String, i64>>>()),
        ("/tuple-int", body::<Either<(i64, String), i64>>()),
        // structs
        ("/models", body::<Models>()),
        ("/three-models", body::<ThreeModels>()),
        ("/model-forbid-int", body::<Either<Track, Either<Strict, i64>>>()),
        ("/nested", body::<Either<Either<Album, i64>, Film>>()),
        ("/model-tagged", body::<Either<Track, Pet>>()),
        ("/in-member", body::<Either<Holder, i64>>()),
        // inside of other types
        ("/optional", body::<Option<TrackOrInt>>()),
        ("/list", body::<Vec<TrackOrInt>>()),
        ("/dict", body::<BTreeMap<String, TrackOrInt>>()),
        ("/beside", body::<Beside>()),
        ("/in-tagged", body::<Media>()),
        ("/flattened", body::<Whole>()),
        ("/recursive", body::<Folder>()),
        // the whole body
        ("/body-models", post(async |Json(either): Json<Models>| super::ok(either))),
        ("/body-one-or-many", post(async |Json(either): Json<OneOrMany<i64>>| super::ok(either))),
    ])
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Either<A, B> {
    A(A),
    B(B),
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

type TrackOrInt = Either<Track, i64>;

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Models {
    Album {
        title: String,
        year: i64,
        #[serde(default)]
        tracks: Vec<Track>,
    },
    Film(Film),
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum ThreeModels {
    Album(Box<Album>),
    Film(Film),
    Hint(Hint),
}

#[derive(Deserialize, Serialize)]
struct Track {
    title: String,
    seconds: i64,
}

#[derive(Deserialize, Serialize)]
struct Album {
    title: String,
    year: i64,
    #[serde(default)]
    tracks: Vec<Track>,
}

#[derive(Deserialize, Serialize)]
struct Film {
    title: String,
    minutes: f64,
    #[serde(default)]
    ratings: BTreeMap<String, i64>,
}

#[derive(Deserialize, Serialize)]
struct Hint {
    note: Option<String>,
    #[serde(default = "ten")]
    limit: i64,
}

fn ten() -> i64 {
    10
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Strict {
    title: String,
}

#[derive(Deserialize, Serialize)]
struct Holder {
    held: Either<Track, Strict>,
    count: i64,
}

#[derive(Deserialize, Serialize)]
struct Beside {
    before: i64,
    either: TrackOrInt,
    after: Vec<i64>,
}

#[derive(Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Media {
    Audio { source: TrackOrInt, volume: i64 },
    Video { source: Either<bool, Film> },
}

#[derive(Deserialize, Serialize)]
struct Part {
    either: TrackOrInt,
    size: i64,
}

#[derive(Deserialize, Serialize)]
struct Whole {
    #[serde(flatten)]
    part: Part,
    name: String,
}

#[derive(Deserialize, Serialize)]
struct Folder {
    name: String,
    entries: Vec<Either<Folder, i64>>,
}
