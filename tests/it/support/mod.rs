//! A client whose replies are always compared as a whole: status, headers and body.

pub(crate) mod error_combinations;
pub(crate) mod errors;
pub(crate) mod table;
pub(crate) mod tcp;
pub(crate) mod ws;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response},
    routing::MethodRouter,
};
use axum_exception::ErrorHandlingLayer;
use http_body_util::BodyExt;
use tower::{Service, ServiceExt};

/// A whole reply. Headers are sorted; `content-length` was checked against the body and is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn json(status: u16, body: impl ToString) -> Self {
        Self::text(status, "application/json", body)
    }

    pub(crate) fn text(status: u16, content_type: &str, body: impl ToString) -> Self {
        Self { status, headers: vec![("content-type".into(), content_type.into())], body: body.to_string() }
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: String::new() }
    }

    /// The plain 500.
    pub(crate) fn unhandled() -> Self {
        Self::text(500, "text/plain; charset=utf-8", "Internal Server Error")
    }

    /// `{"detail":"…"}`.
    pub(crate) fn detail(status: u16, detail: &str) -> Self {
        Self::json(status, format!(r#"{{"detail":"{detail}"}}"#))
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self.headers.sort();
        self
    }

    pub(crate) fn without_body(mut self) -> Self {
        self.body.clear();
        self
    }

    /// Reads a response to its end.
    pub(crate) async fn read(response: Response<Body>, method: &Method) -> Self {
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let mut headers: Vec<_> = parts
            .headers
            .iter()
            .map(|(name, value)| {
                (name.to_string(), value.as_bytes().iter().map(|&byte| char::from(byte)).collect::<String>())
            })
            .collect();
        headers.sort();
        if let Some(at) = headers.iter().position(|(name, _)| name == "content-length") {
            let (_, length) = headers.remove(at);
            if method != Method::HEAD {
                assert_eq!(length, body.len().to_string(), "content-length is not the body's");
            }
        }
        Self { status: parts.status.as_u16(), headers, body: String::from_utf8_lossy(&body).into_owned() }
    }
}

pub(crate) async fn send<S>(app: &S, request: Request<Body>) -> Reply
where
    S: Service<Request<Body>, Response = Response<Body>> + Clone,
    S::Error: std::fmt::Debug,
{
    let method = request.method().clone();
    let response = app.clone().oneshot(request).await.unwrap();
    Reply::read(response, &method).await
}

pub(crate) fn request(method: &str, path: &str) -> Request<Body> {
    Request::builder().method(method).uri(path).body(Body::empty()).unwrap()
}

pub(crate) async fn get<S>(app: &S, path: &str) -> Reply
where
    S: Service<Request<Body>, Response = Response<Body>> + Clone,
    S::Error: std::fmt::Debug,
{
    send(app, request("GET", path)).await
}

/// The header of a JSON body.
pub(crate) const JSON: (&str, &str) = ("content-type", "application/json");
/// The header of a URL-encoded form.
pub(crate) const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// A request with headers and a body; `line` is its method and path, as `POST /items`.
pub(crate) fn full_request(line: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
    let (method, path) = line.split_once(' ').unwrap();
    let mut request = request(method, path);
    *request.headers_mut() = headers
        .iter()
        .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap()))
        .collect::<HeaderMap>();
    *request.body_mut() = body.into();
    request
}

/// Sends a [`full_request`].
pub(crate) async fn ask<S>(app: &S, line: &str, headers: &[(&str, &str)], body: &str) -> Reply
where
    S: Service<Request<Body>, Response = Response<Body>> + Clone,
    S::Error: std::fmt::Debug,
{
    send(app, full_request(line, headers, body.to_owned())).await
}

/// Posts JSON to a handler under a layer without exception handlers.
pub(crate) async fn post_json(handler: MethodRouter, body: &str) -> Reply {
    let app = Router::new().route("/", handler).layer(ErrorHandlingLayer::new());
    ask(&app, "POST /", &[JSON], body).await
}
