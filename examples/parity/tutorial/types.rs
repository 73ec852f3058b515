//! Pages about dates, UUIDs, bytes and dataclasses in bodies.

use axum::{
    Router,
    routing::{post, put},
};
use axum_exception::{
    Result,
    extract::{All, Json, Params, Path, Valid},
    rules::{Check, RuleError, Rules},
};
use base64::prelude::{BASE64_STANDARD, Engine};
use chrono::{DateTime, NaiveTime, Utc};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{BodyOf, PathAnd};

pub(crate) fn routes() -> Router {
    super::table([
        ("/dataclasses/1/items/", post(async |Json(thing): Json<Thing>| Json(thing))),
        (
            "/dataclasses/3/authors/{author_id}/items/",
            post(async |All((Path(name), Json(items))): PathAnd<String, Json<Vec<Work>>>| {
                Json(Author { name, items })
            }),
        ),
        ("/encoder/1/items/{id}", put(update_event)),
        ("/response-directly/1/items/{id}", put(update_event)),
        (
            "/extra-data-types/1/items/{item_id}",
            put(async |All((Path(item_id), Json(Params(plan)))): PathAnd<Uuid, BodyOf<Plan>>| {
                let (start, end) = (seconds(plan.start_datetime), seconds(plan.end_datetime));
                Json((item_id, start, end, plan.process_after.as_secs_f64(), plan.repeat_at))
            }),
        ),
        ("/json-base64-bytes/1/data", post(decode)),
        ("/json-base64-bytes/1/data-in-out", post(decode)),
    ])
}

async fn update_event(
    All((Path(id), Json(event))): All<(Path<String>, Json<Event>)>,
) -> Json<(String, String, i64, Option<String>)> {
    Json((id, event.title, event.timestamp.timestamp(), event.description))
}

fn seconds(at: DateTime<Utc>) -> f64 {
    at.timestamp_millis() as f64 / 1000.0
}

async fn decode(Valid(Json(sent)): Valid<Json<Base64Data>>) -> Result<Json<(String, String)>> {
    Ok(Json((sent.description, String::from_utf8(BASE64_STANDARD.decode(sent.data)?)?)))
}

#[derive(Deserialize, Serialize)]
struct Thing {
    name: String,
    price: f64,
    description: Option<String>,
    tax: Option<f64>,
}

#[derive(Deserialize, Serialize)]
struct Work {
    name: String,
    description: Option<String>,
}

#[derive(Serialize)]
struct Author {
    name: String,
    items: Vec<Work>,
}

#[derive(Deserialize)]
struct Event {
    title: String,
    timestamp: DateTime<Utc>,
    description: Option<String>,
}

#[derive(Deserialize)]
struct Plan {
    start_datetime: DateTime<Utc>,
    end_datetime: DateTime<Utc>,
    process_after: SignedDuration,
    repeat_at: Option<NaiveTime>,
}

#[derive(Deserialize)]
struct Base64Data {
    description: String,
    data: String,
}

impl Rules for Base64Data {
    fn rules(&self, sent: &mut Check<'_>) {
        sent.field("data", &self.data).custom(|data| match BASE64_STANDARD.decode(data) {
            Ok(_) => Ok(()),
            Err(error) => {
                let message = format!("Data should be valid base64: {error}");
                Err(RuleError::new("bytes_invalid_encoding", message)
                    .with_ctx("encoding", "base64")
                    .with_ctx("encoding_error", error.to_string()))
            }
        });
    }
}
