//! Several extractors, and one list of what is wrong with all of them.

use std::{future::poll_fn, task::Poll};

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
    response::{IntoResponse, Response},
};

use super::{body::Seen, refusal::About};
use crate::{
    exception::{self, BuiltIn, RequestValidationError},
    rejection::{RequestContext as RejectedRequest, translate_response},
    report::ErrorDetail,
    response::Carried,
    value::Value,
};

/// Several extractors at once: every source is read, and all mistakes are in one list.
///
/// axum runs extractors one after the other and stops at the first that fails. FastAPI reports path, query,
/// headers, cookies and body in one answer:
///
/// ```
/// use axum::{Router, routing::put};
/// use axum_exception::{ErrorHandlingLayer, extract::{All, Json, Path, Query}};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Search { limit: u32 }
///
/// #[derive(Deserialize)]
/// struct Item { name: String }
///
/// async fn update(
///     All((Path(item_id), Query(search), Json(item))): All<(Path<u32>, Query<Search>, Json<Item>)>,
/// ) -> String {
///     format!("{item_id} {} {}", search.limit, item.name)
/// }
///
/// let app: Router = Router::new().route("/items/{item_id}", put(update)).layer(ErrorHandlingLayer::new());
/// ```
///
/// Up to twelve extractors: any that implement [`FromRequestParts`], and last one that implements
/// [`FromRequest`], which is where one that reads the body has to be; axum's own and the app's may be among them. The mistakes are listed in the order of the
/// tuple.
///
/// What is no list of mistakes answers alone: a body that is no JSON or is too large, and otherwise the
/// first extractor that fails with something else, such as an
/// [`HttpException`](crate::HttpException). The extractors behind that one are not run.
#[derive(Clone, Copy, Debug, Default)]
pub struct All<T>(pub T);

/// What the extractors that were run have found.
#[derive(Default)]
struct Findings {
    lists: Vec<RequestValidationError>,
    /// Whether they are those of a WebSocket handshake.
    of_handshake: bool,
    /// What answers alone.
    alone: Option<Response>,
    /// The body, where another source is to blame.
    seen: Seen,
}

impl Findings {
    /// Notes why an extractor failed.
    fn add(&mut self, rejection: Response) {
        match listed(&rejection) {
            Some((list, of_handshake)) => {
                self.lists.push(list);
                self.of_handshake |= of_handshake;
            }
            None => self.alone = Some(rejection),
        }
    }

    /// Notes why the last extractor failed, which reads the body: what answers alone there goes before
    /// everything else.
    fn add_body(&mut self, rejection: Response) {
        if self.alone.is_none() || listed(&rejection).is_none() {
            self.add(rejection);
        }
    }

    /// Has the body kept, if it is known by now that handlers may want to see it.
    fn keep_body(&self, parts: &mut Parts) {
        if !self.lists.is_empty() {
            parts.extensions.insert(self.seen.clone());
        }
    }

    fn into_response(self, about: &About) -> Response {
        match self.alone {
            Some(alone) => alone,
            None => {
                let mut about = about.clone();
                about.is_handshake |= self.of_handshake;
                let found = Found { lists: self.lists, seen: self.seen };
                about.raise(RequestValidationError::found(found)).into_response()
            }
        }
    }
}

/// Several lists as one.
struct Found {
    lists: Vec<RequestValidationError>,
    seen: Seen,
}

impl exception::Findings for Found {
    fn errors(&self) -> Vec<ErrorDetail> {
        self.lists.iter().flat_map(RequestValidationError::errors).cloned().collect()
    }

    fn write_json(&self, out: &mut String) {
        let start = out.len();
        let mut list = String::new();
        for each in &self.lists {
            list.clear();
            each.write_json(&mut list);
            let errors = list.strip_prefix('[').and_then(|list| list.strip_suffix(']')).unwrap_or_default();
            if !errors.is_empty() {
                out.push(if out.len() == start { '[' } else { ',' });
                out.push_str(errors);
            }
        }
        if out.len() == start {
            out.push('[');
        }
        out.push(']');
    }

    fn body(&self) -> Option<Value> {
        self.lists.iter().find_map(|list| list.body().cloned()).or_else(|| self.seen.value())
    }
}

/// Whether an extractor that implements [`FromRequest`] with this marker reads the body; those that
/// implement it through [`FromRequestParts`] do not. axum's markers have no public names.
fn reads_body<M>() -> bool {
    !std::any::type_name::<M>().ends_with("::ViaParts")
}

/// A rejection of axum's own as the exception it stands for; any other as it is.
async fn named(rejection: Response, about: &About) -> Response {
    if rejection.extensions().get::<Carried>().is_some() {
        return rejection;
    }
    let asked = RejectedRequest { endpoint: about.endpoint(), keep_status: false };
    let mut rejection = Some(rejection);
    let named = poll_fn(|cx| {
        let rejection = rejection.take().unwrap_or_default();
        Poll::Ready(translate_response(rejection, asked, cx))
    });
    match named.await {
        Ok((exception, _)) => exception.into_response(),
        Err(rejection) => rejection,
    }
}

/// The list of mistakes a rejection stands for, if it can be part of a longer one; and whether they are those
/// of a WebSocket handshake.
fn listed(rejection: &Response) -> Option<(RequestValidationError, bool)> {
    let exception = &rejection.extensions().get::<Carried>()?.exception;
    let built_in = exception.built_in()?;
    let error = built_in.mistakes().filter(|error| !stands_alone(error))?;
    Some((error.clone(), matches!(built_in, BuiltIn::WebSocketRequestValidation(_))))
}

/// A text that is no JSON is the only mistake there is.
fn stands_alone(error: &RequestValidationError) -> bool {
    matches!(error.errors(), [error] if error.kind() == "json_invalid")
}

macro_rules! all {
    ($($part:ident)* ; $last:ident) => {
        #[allow(non_snake_case)]
        impl<S, M, $($part,)* $last> FromRequest<S, (M,)> for All<($($part,)* $last,)>
        where
            S: Send + Sync,
            $($part: FromRequestParts<S> + Send,)*
            $last: FromRequest<S, M> + Send,
        {
            type Rejection = Response;

            async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
                let (mut parts, body) = request.into_parts();
                let about = About::of(&parts.method, &parts.extensions);
                #[allow(unused_mut)]
                let mut findings = Findings::default();
                $(
                    let $part = if findings.alone.is_some() {
                        None
                    } else {
                        // A response can be held while waiting, which a rejection may not.
                        let part = $part::from_request_parts(&mut parts, state).await;
                        match part.map_err(IntoResponse::into_response) {
                            Ok(value) => Some(value),
                            Err(rejection) => {
                                findings.add(named(rejection, &about).await);
                                None
                            }
                        }
                    };
                )*
                if let Some(alone) = findings.alone.take_if(|_| !reads_body::<M>()) {
                    return Err(alone);
                }
                findings.keep_body(&mut parts);
                let request = Request::from_parts(parts, body);
                let last = $last::from_request(request, state).await;
                let $last = match last.map_err(IntoResponse::into_response) {
                    Ok(value) => Some(value),
                    Err(rejection) => {
                        findings.add_body(named(rejection, &about).await);
                        None
                    }
                };
                match ($($part,)* $last,) {
                    ($(Some($part),)* Some($last),) => Ok(Self(($($part,)* $last,))),
                    _ => Err(findings.into_response(&about)),
                }
            }
        }
    };
}

all!(; T1);
all!(T1; T2);
all!(T1 T2; T3);
all!(T1 T2 T3; T4);
all!(T1 T2 T3 T4; T5);
all!(T1 T2 T3 T4 T5; T6);
all!(T1 T2 T3 T4 T5 T6; T7);
all!(T1 T2 T3 T4 T5 T6 T7; T8);
all!(T1 T2 T3 T4 T5 T6 T7 T8; T9);
all!(T1 T2 T3 T4 T5 T6 T7 T8 T9; T10);
all!(T1 T2 T3 T4 T5 T6 T7 T8 T9 T10; T11);
all!(T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T11; T12);
