//! Error messages in the language of the client, from [Fluent](https://projectfluent.org) resources.
//!
//! ```sh
//! cargo run --example fluent
//! curl -i localhost:3000/users -H 'accept-language: de' -H 'content-type: application/json' -d '{"name": "Al"}'
//! ```
#![allow(clippy::expect_used)]

use axum::{Router, routing::post};
use axum_exception::{
    ErrorHandlingLayer, Value,
    extract::{Json, Valid},
    format::Message,
    rules::{Check, Rules},
};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use serde::Deserialize;
use tokio::net::TcpListener;

/// The messages by their kind, with `-` for `_`. A message that is not here stays in English.
const GERMAN: &str = "
missing = Dieses Feld fehlt
string-too-short = { $min_length ->
    [one] Mindestens ein Zeichen
   *[other] Mindestens { $min_length } Zeichen
}
int-parsing = Das ist keine ganze Zahl
http-404 = Nicht gefunden
";

#[derive(Deserialize)]
struct User {
    name: String,
    age: u8,
}

impl Rules for User {
    fn rules(&self, user: &mut Check<'_>) {
        user.field("name", &self.name).min_length(3);
    }
}

async fn create_user(Valid(Json(user)): Valid<Json<User>>) -> String {
    format!("{} ({})", user.name, user.age)
}

/// Returns the function that looks a message up in its language.
fn messages() -> impl Fn(&Message<'_>) -> Option<String> {
    let resource = FluentResource::try_new(GERMAN.to_owned()).expect("the messages are valid");
    let mut german = FluentBundle::new_concurrent(vec!["de".parse().expect("`de` is a language")]);
    german.add_resource(resource).expect("no message is there twice");
    german.set_use_isolating(false);
    move |message| {
        let bundle = match message.language()? {
            "de" => &german,
            _ => return None,
        };
        let pattern = bundle.get_message(&message.kind().replace('_', "-"))?.value()?;
        let ctx = message.ctx();
        let mut facts = FluentArgs::new();
        for (name, fact) in ctx.iter() {
            match fact {
                Value::Number(number) => facts.set(name.to_owned(), number.as_f64()),
                fact => facts
                    .set(name.to_owned(), FluentValue::from(fact.as_str().unwrap_or_default().to_owned())),
            }
        }
        Some(bundle.format_pattern(pattern, Some(&facts), &mut Vec::new()).into_owned())
    }
}

pub(crate) fn app() -> Router {
    Router::new()
        .route("/users", post(create_user))
        .layer(ErrorHandlingLayer::new().languages(["en", "de"]).translate(messages()))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(3000);
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app()).await
}
