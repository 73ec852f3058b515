//! Pages about headers and cookies.

use axum::{Router, routing::get};
use axum_exception::extract::{Cookie, Header, Json, LiteralNames};
use serde::{Deserialize, Serialize};

pub(crate) fn routes() -> Router {
    super::table([
        (
            "/header-params/1/items/",
            get(async |Header(UserAgent { user_agent }): Header<UserAgent>| Json(user_agent)),
        ),
        (
            "/header-params/2/items/",
            get(async |Header(LiteralNames(Strange { strange_header })): Header<LiteralNames<Strange>>| {
                Json(strange_header)
            }),
        ),
        ("/header-params/3/items/", get(async |Header(Tokens { x_token }): Header<Tokens>| Json(x_token))),
        ("/header-param-models/1/items/", get(async |Header(headers): Header<CommonHeaders>| Json(headers))),
        ("/header-param-models/2/items/", get(async |Header(headers): Header<StrictHeaders>| Json(headers))),
        (
            "/header-param-models/3/items/",
            get(async |Header(LiteralNames(headers)): Header<LiteralNames<CommonHeaders>>| Json(headers)),
        ),
        (
            "/server-sent-events/4/items/stream",
            get(async |Header(LastEvent { last_event_id }): Header<LastEvent>| Json(last_event_id)),
        ),
        ("/cookie-params/1/items/", get(async |Cookie(Ads { ads_id }): Cookie<Ads>| Json(ads_id))),
        ("/cookie-param-models/1/items/", get(async |Cookie(cookies): Cookie<Cookies>| Json(cookies))),
        ("/cookie-param-models/2/items/", get(async |Cookie(cookies): Cookie<StrictCookies>| Json(cookies))),
    ])
}

#[derive(Deserialize)]
struct UserAgent {
    user_agent: Option<String>,
}

#[derive(Deserialize)]
struct Strange {
    strange_header: Option<String>,
}

#[derive(Deserialize)]
struct Tokens {
    x_token: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct LastEvent {
    last_event_id: Option<i64>,
}

#[derive(Deserialize, Serialize)]
struct CommonHeaders {
    host: String,
    save_data: bool,
    if_modified_since: Option<String>,
    traceparent: Option<String>,
    #[serde(default)]
    x_tag: Vec<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StrictHeaders {
    host: String,
    save_data: bool,
    if_modified_since: Option<String>,
    traceparent: Option<String>,
    #[serde(default)]
    x_tag: Vec<String>,
    /// A real client always sends it.
    #[serde(skip_serializing)]
    #[allow(dead_code)]
    connection: Option<String>,
}

#[derive(Deserialize)]
struct Ads {
    ads_id: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Cookies {
    session_id: String,
    fatebook_tracker: Option<String>,
    googall_tracker: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StrictCookies {
    session_id: String,
    fatebook_tracker: Option<String>,
    googall_tracker: Option<String>,
}
