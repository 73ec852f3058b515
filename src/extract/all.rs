//! Several extractors whose errors are reported together.

use std::{future::poll_fn, task::Poll};

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
    response::{IntoResponse, Response},
};

use super::{body_cell::BodyCell, extractor_context::ExtractorContext, merged_errors::MergedErrors};
use crate::{
    exception::{BuiltIn, RequestValidationError},
    rejection::translate_response,
    response::Carried,
};

/// Runs several extractors, and reports the errors of all of them in one list.
///
/// axum runs extractors one after the other and stops at the first that fails. FastAPI reports the errors in
/// the path, the query, headers, cookies and the body in one response, and so does `All`:
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
/// The tuple has up to twelve extractors: any that implement [`FromRequestParts`], and at the end one that may implement
/// [`FromRequest`] instead, such as one that reads the body. Extractors of axum and of the app are accepted as well.
///
/// If all of them implement `FromRequestParts`, so does `All`. It can then be anywhere among the arguments of a handler, in
/// [`from_extractor`](axum::middleware::from_extractor), and beside the request in [`from_fn`](axum::middleware::from_fn),
/// which is how axum does FastAPI's dependencies of a router:
///
/// ```
/// use axum::{Router, extract::Request, middleware::{Next, from_fn}, response::Response, routing::get};
/// use axum_exception::{
///     ErrorHandlingLayer, HttpException, Result,
///     extract::{All, Header, Query},
/// };
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Token { x_token: String }
///
/// #[derive(Deserialize)]
/// struct Locale { lang: Option<String> }
///
/// async fn require_token(
///     All((Header(token), Query(_locale))): All<(Header<Token>, Query<Locale>)>,
///     request: Request,
///     next: Next,
/// ) -> Result<Response> {
///     if token.x_token != "fake-super-secret-token" {
///         return Err(HttpException::bad_request().with_detail("X-Token header invalid").into());
///     }
///     Ok(next.run(request).await)
/// }
///
/// let app: Router = Router::new()
///     .route("/items", get(async || "items"))
///     .layer(from_fn(require_token))
///     .layer(ErrorHandlingLayer::new());
/// ```
///
/// A dependency that checks what it reads can be an extractor of its own. The errors of several such dependencies are in one list,
/// and the second one does not run if the first one has raised an [`HttpException`](crate::HttpException), as in FastAPI:
///
/// ```
/// use axum::{Router, extract::FromRequestParts, http::request::Parts, middleware::from_extractor, routing::get};
/// use axum_exception::{
///     ErrorHandlingLayer, Exception, HttpException,
///     extract::{All, Header},
/// };
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Token { x_token: String }
///
/// struct VerifyToken;
///
/// impl<S: Send + Sync> FromRequestParts<S> for VerifyToken {
///     type Rejection = Exception;
///
///     async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Exception> {
///         let Header(token) = Header::<Token>::from_request_parts(parts, state).await?;
///         if token.x_token != "fake-super-secret-token" {
///             return Err(HttpException::bad_request().with_detail("X-Token header invalid").into());
///         }
///         Ok(Self)
///     }
/// }
/// # struct VerifyKey;
/// # impl<S: Send + Sync> FromRequestParts<S> for VerifyKey {
/// #     type Rejection = Exception;
/// #     async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Exception> { Ok(Self) }
/// # }
///
/// let app: Router = Router::new()
///     .route("/items", get(async || "items"))
///     .layer(from_extractor::<All<(VerifyToken, VerifyKey)>>())
///     .layer(ErrorHandlingLayer::new());
/// ```
///
/// # Errors
///
/// - 422 with every error of every extractor, in the order of the tuple.
/// - A failure that is not a list of validation errors is returned on its own: an extractor's
///   [`HttpException`](crate::HttpException), for example. The extractors after it do not run, except the one that reads the
///   body, whose own failure of this kind goes first: a body that is not valid JSON, or is too large.
///
/// See [FastAPI: Body - Multiple Parameters](https://fastapi.tiangolo.com/tutorial/body-multiple-params/).
#[derive(Clone, Copy, Debug, Default)]
pub struct All<T>(pub T);

/// The failures of the extractors that have run.
#[derive(Default)]
struct Failures {
    lists: Vec<RequestValidationError>,
    /// `true` if the lists are those of a WebSocket handshake.
    of_handshake: bool,
    /// A failure that is returned on its own.
    alone: Option<Response>,
    /// The body, for handlers, if another source is invalid.
    body: BodyCell,
}

impl Failures {
    fn add(&mut self, rejection: Response) {
        match list_of(&rejection) {
            Some((list, of_handshake)) => {
                self.lists.push(list);
                self.of_handshake |= of_handshake;
            }
            None => self.alone = Some(rejection),
        }
    }

    /// Adds the failure of the extractor that reads the body. A failure that is returned on its own replaces
    /// all others.
    fn add_body(&mut self, rejection: Response) {
        if self.alone.is_none() || list_of(&rejection).is_none() {
            self.add(rejection);
        }
    }

    /// Asks the extractor of the body to keep the body, if handlers may want to show it.
    fn keep_body(&self, parts: &mut Parts) {
        if !self.lists.is_empty() {
            parts.extensions.insert(self.body.clone());
        }
    }

    fn into_response(self, context: &ExtractorContext) -> Response {
        match self.alone {
            Some(alone) => alone,
            None => {
                let mut context = context.clone();
                context.is_handshake |= self.of_handshake;
                context.content_type =
                    self.lists.iter().find_map(RequestValidationError::content_type).cloned();
                let errors = MergedErrors::new(self.lists, self.body);
                context.exception(RequestValidationError::found(errors)).into_response()
            }
        }
    }
}

/// Translates a rejection of axum into the exception that it stands for. Other rejections are returned
/// unchanged.
async fn translated(rejection: Response, context: &ExtractorContext) -> Response {
    if rejection.extensions().get::<Carried>().is_some() {
        return rejection;
    }
    let mut rejection = Some(rejection);
    let translated = poll_fn(|cx| {
        let rejection = rejection.take().unwrap_or_default();
        Poll::Ready(translate_response(rejection, &context.request, cx))
    });
    match translated.await {
        Ok((exception, _)) => exception.into_response(),
        Err(rejection) => rejection,
    }
}

/// Returns the list of errors of a rejection, if it can be part of a longer list, and whether the list is
/// that of a WebSocket handshake.
fn list_of(rejection: &Response) -> Option<(RequestValidationError, bool)> {
    let exception = &rejection.extensions().get::<Carried>()?.exception;
    let built_in = exception.built_in()?;
    let error = built_in.validation_error().filter(|error| !is_invalid_json(error))?;
    Some((error.clone(), matches!(built_in, BuiltIn::WebSocketRequestValidation(_))))
}

/// Returns whether the body is not JSON at all. FastAPI reports that alone.
fn is_invalid_json(error: &RequestValidationError) -> bool {
    matches!(error.errors(), [error] if error.kind() == "json_invalid")
}

/// Runs an extractor that does not read the body, unless a failure is returned on its own already.
async fn extract_part<T, S>(
    parts: &mut Parts,
    state: &S,
    failures: &mut Failures,
    context: &ExtractorContext,
) -> Option<T>
where
    T: FromRequestParts<S>,
{
    if failures.alone.is_some() {
        return None;
    }
    // A response is `Send`, so it can be held across an `await`. A rejection may not be.
    let part = T::from_request_parts(parts, state).await;
    match part.map_err(IntoResponse::into_response) {
        Ok(value) => Some(value),
        Err(rejection) => {
            failures.add(translated(rejection, context).await);
            None
        }
    }
}

macro_rules! all {
    ($($part:ident)* ; $last:ident) => {
        #[allow(non_snake_case)]
        impl<S, $($part,)* $last> FromRequestParts<S> for All<($($part,)* $last,)>
        where
            S: Send + Sync,
            $($part: FromRequestParts<S> + Send,)*
            $last: FromRequestParts<S> + Send,
        {
            type Rejection = Response;

            async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
                let context = ExtractorContext::new(&parts.method, &parts.extensions);
                let mut failures = Failures::default();
                $(let $part = extract_part::<$part, S>(parts, state, &mut failures, &context).await;)*
                let $last = extract_part::<$last, S>(parts, state, &mut failures, &context).await;
                match ($($part,)* $last,) {
                    ($(Some($part),)* Some($last),) => Ok(Self(($($part,)* $last,))),
                    _ => Err(failures.into_response(&context)),
                }
            }
        }

        // The default marker of `FromRequest` stands for extractors that need the whole request. With another one
        // this implementation would overlap with the one above.
        #[allow(non_snake_case)]
        impl<S, $($part,)* $last> FromRequest<S> for All<($($part,)* $last,)>
        where
            S: Send + Sync,
            $($part: FromRequestParts<S> + Send,)*
            $last: FromRequest<S> + Send,
        {
            type Rejection = Response;

            async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
                #[allow(unused_mut)]
                let (mut parts, body) = request.into_parts();
                let context = ExtractorContext::new(&parts.method, &parts.extensions);
                let mut failures = Failures::default();
                $(let $part = extract_part::<$part, S>(&mut parts, state, &mut failures, &context).await;)*
                failures.keep_body(&mut parts);
                let request = Request::from_parts(parts, body);
                let last = $last::from_request(request, state).await;
                let $last = match last.map_err(IntoResponse::into_response) {
                    Ok(value) => Some(value),
                    Err(rejection) => {
                        failures.add_body(translated(rejection, &context).await);
                        None
                    }
                };
                match ($($part,)* $last,) {
                    ($(Some($part),)* Some($last),) => Ok(Self(($($part,)* $last,))),
                    _ => Err(failures.into_response(&context)),
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
