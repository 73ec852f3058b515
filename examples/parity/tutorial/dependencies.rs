//! Pages about dependencies and security: extractors of the app, and middleware for the routes of a router.

use axum::{
    Router,
    extract::{FromRequestParts, Request},
    http::request::Parts,
    middleware::{Next, from_fn},
    response::Response,
    routing::{get, post, put},
};
use axum_exception::{
    Exception, HttpException, Result,
    extract::{All, Cookie, Form, Header, Json, Params, Path, Query, Valid},
    rules::{Check, Pattern, Rules},
};
use serde::Deserialize;

use super::{QueryOf, numbered, query::Q};

pub(crate) fn routes() -> Router {
    let common =
        get(async |Query(Params(Common { q, skip, limit })): QueryOf<Common>| Json((q, skip, limit)));
    super::table([
        (
            "/dependencies/5/items/",
            get(async |All((Query(Params(Q { q })), Cookie(last))): All<(QueryOf<Q>, Cookie<Last>)>| {
                Json(q.filter(|q| !q.is_empty()).or(last.last_query))
            }),
        ),
        ("/dependencies/6/items/", get(async |_: All<(KnownToken, KnownKey)>| Json("open"))),
        (
            "/dependencies/11/query-checker/",
            get(async |Query(Params(Q { q })): QueryOf<Q>| Json(q.is_some_and(|q| q.contains("bar")))),
        ),
        ("/security/3/token", post(log_in)),
        ("/security/3/users/me", get(async |Account(name): Account| Json(name))),
    ])
    .merge(numbered("dependencies", ["1", "1-02"], "/items/", &common))
    .merge(numbered("dependencies", ["1", "1-02"], "/users/", &common))
    .merge(numbered("dependencies", ["2", "3", "4"], "/items/", &common))
    .merge(
        super::table([
            ("/dependencies/12/items/", get(async || Json("open"))),
            ("/dependencies/12/users/", get(async || Json("open"))),
        ])
        .route_layer(from_fn(require_token_and_key)),
    )
    .merge(bigger())
}

/// Builds the routes with their whole paths. In axum, `/` in a nested router has no slash at the end.
fn bigger() -> Router {
    let open = super::table([
        ("/bigger-applications/1/", get(async || Json("open"))),
        ("/bigger-applications/1/users/", get(async || Json("open"))),
        ("/bigger-applications/1/users/me", get(async || Json("open"))),
        ("/bigger-applications/1/users/{username}", get(async |Path(username): Path<String>| Json(username))),
    ])
    .route_layer(from_fn(require_query_token));
    let behind_header = super::table([
        ("/bigger-applications/1/items/", get(async || Json("open"))),
        ("/bigger-applications/1/admin/", post(async || Json("open"))),
        (
            "/bigger-applications/1/items/{item_id}",
            get(async |path: Path<String>| {
                plumbus(path, HttpException::not_found().with_detail("Item not found"))
            })
            .merge(put(async |path: Path<String>| {
                plumbus(path, HttpException::forbidden().with_detail("Not this item"))
            })),
        ),
    ])
    .route_layer(from_fn(require_both_tokens));
    open.merge(behind_header)
}

fn plumbus(Path(item_id): Path<String>, otherwise: HttpException) -> Result<Json<String>> {
    if item_id == "plumbus" { Ok(Json(item_id)) } else { Err(otherwise.into()) }
}

async fn require_token_and_key(_: All<(KnownToken, KnownKey)>, request: Request, next: Next) -> Response {
    next.run(request).await
}

async fn require_query_token(_: KnownQueryToken, request: Request, next: Next) -> Response {
    next.run(request).await
}

async fn require_both_tokens(
    _: All<(KnownQueryToken, KnownToken)>,
    request: Request,
    next: Next,
) -> Response {
    next.run(request).await
}

#[derive(Deserialize)]
#[serde(default)]
struct Common {
    q: Option<String>,
    skip: i64,
    limit: i64,
}

impl Default for Common {
    fn default() -> Self {
        Self { q: None, skip: 0, limit: 100 }
    }
}

#[derive(Deserialize)]
struct Last {
    last_query: Option<String>,
}

/// Requires the header `x-token`.
struct KnownToken;

impl<S: Send + Sync> FromRequestParts<S> for KnownToken {
    type Rejection = Exception;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        #[derive(Deserialize)]
        struct Token {
            x_token: String,
        }
        let Header(Token { x_token }) = Header::from_request_parts(parts, state).await?;
        if x_token != "fake-super-secret-token" {
            return Err(HttpException::bad_request().with_detail("Wrong X-Token").into());
        }
        Ok(Self)
    }
}

/// Requires the header `x-key`.
struct KnownKey;

impl<S: Send + Sync> FromRequestParts<S> for KnownKey {
    type Rejection = Exception;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        #[derive(Deserialize)]
        struct Key {
            x_key: String,
        }
        let Header(Key { x_key }) = Header::from_request_parts(parts, state).await?;
        if x_key != "fake-super-secret-key" {
            return Err(HttpException::bad_request().with_detail("Wrong X-Key").into());
        }
        Ok(Self)
    }
}

/// Requires the query parameter `token`.
struct KnownQueryToken;

impl<S: Send + Sync> FromRequestParts<S> for KnownQueryToken {
    type Rejection = Exception;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        #[derive(Deserialize)]
        struct Token {
            token: String,
        }
        let Query(Params(Token { token })) = Query::from_request_parts(parts, state).await?;
        if token != "jessica" {
            return Err(HttpException::bad_request().with_detail("Wrong token").into());
        }
        Ok(Self)
    }
}

/// The names of the accounts, their passwords, and whether they are active.
const ACCOUNTS: [(&str, &str, bool); 2] = [("johndoe", "secret", true), ("alice", "secret2", false)];

static PASSWORD: Pattern = Pattern::new("^password$");

/// The fields of OAuth2's password flow.
#[derive(Deserialize)]
struct PasswordForm {
    grant_type: Option<String>,
    username: String,
    password: String,
    #[serde(default)]
    scope: String,
    client_id: Option<String>,
    client_secret: Option<String>,
}

impl Rules for PasswordForm {
    fn rules(&self, form: &mut Check<'_>) {
        form.optional("grant_type", &self.grant_type).pattern(&PASSWORD);
    }
}

type LoggedIn = (String, Vec<String>, Option<String>, Option<String>);

async fn log_in(Valid(Form(Params(form))): Valid<Form<Params<PasswordForm>>>) -> Result<Json<LoggedIn>> {
    if !ACCOUNTS.iter().any(|&(name, password, _)| name == form.username && password == form.password) {
        return Err(HttpException::bad_request().with_detail("Wrong username or password").into());
    }
    let scopes = form.scope.split_whitespace().map(str::to_owned).collect();
    Ok(Json((form.username, scopes, form.client_id, form.client_secret)))
}

/// The account of the bearer token, which is its name.
struct Account(&'static str);

impl<S: Send + Sync> FromRequestParts<S> for Account {
    type Rejection = Exception;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        #[derive(Deserialize)]
        struct Credentials {
            authorization: Option<String>,
        }
        let Header(Credentials { authorization }) = Header::from_request_parts(parts, state).await?;
        let authorization = authorization.unwrap_or_default();
        let token = authorization.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let known = token.and_then(|(_, token)| ACCOUNTS.iter().find(|(name, ..)| *name == token));
        match known {
            Some(&(name, _, true)) => Ok(Self(name)),
            Some(_) => Err(HttpException::bad_request().with_detail("Inactive user").into()),
            None => Err(HttpException::unauthorized()
                .with_detail("Not authenticated")
                .with_header("www-authenticate", "Bearer")
                .into()),
        }
    }
}
