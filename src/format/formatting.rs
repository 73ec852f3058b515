//! The format of an app with its translation: an exception becomes a response.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, header},
    response::Response,
};

use super::{
    Failure, Format, Message,
    failure::FailedRequest,
    fastapi,
    languages::Languages,
    words::{Translate, Words},
};
use crate::{
    exception::{DefaultResponse, Exception, HttpException, allows_body},
    response::Carried,
};

/// The format of an app, its translation and its languages.
#[derive(Clone)]
pub(crate) struct Formatting {
    format: Arc<dyn Format>,
    translate: Option<Arc<Translate>>,
    languages: Languages,
}

impl Default for Formatting {
    fn default() -> Self {
        Self { format: Arc::new(fastapi()), translate: None, languages: Languages::default() }
    }
}

impl Formatting {
    pub(crate) fn set_format(&mut self, format: impl Format) {
        self.format = Arc::new(format);
    }

    pub(crate) fn set_translation<F>(&mut self, translate: F)
    where
        F: Fn(&Message<'_>) -> Option<String> + Send + Sync + 'static,
    {
        self.translate = Some(Arc::new(translate));
    }

    #[track_caller]
    pub(crate) fn set_languages<T: AsRef<str>>(&mut self, languages: impl IntoIterator<Item = T>) {
        self.languages = Languages::new(languages);
    }

    /// Returns the response to an exception that no handler handled.
    ///
    /// `raised` is the exception that was mapped or translated to it, or the same one. Returns `None` if the default response
    /// has no body, and thus no format.
    pub(crate) fn respond(
        &self,
        exception: &Exception,
        raised: &Exception,
        request: FailedRequest<'_>,
    ) -> Option<Response> {
        let words = self.words(request);
        Some(match exception.default_response() {
            DefaultResponse::Denied => return None,
            DefaultResponse::Http(http) if http.misuse().is_none() => {
                if !allows_body(http.status()) {
                    return None;
                }
                let response = self.finish(&Failure::of_http(http, raised, request, &words));
                with_headers_of(http, response)
            }
            DefaultResponse::RequestValidation(error) => {
                let errors = words.of_errors(error.errors());
                self.finish(&Failure::of_validation(error, &errors, raised, request, &words))
            }
            DefaultResponse::Http(_) | DefaultResponse::Unhandled => {
                self.finish(&Failure::unhandled(raised, request, &words))
            }
        })
    }

    /// Returns the response of a 500 that reveals nothing.
    pub(crate) fn respond_unhandled(&self, exception: &Exception, request: FailedRequest<'_>) -> Response {
        self.finish(&Failure::unhandled(exception, request, &self.words(request)))
    }

    fn words<'a>(&'a self, request: FailedRequest<'_>) -> Words<'a> {
        Words::new(self.translate.as_deref(), self.languages.choose(request.headers))
    }

    fn finish(&self, failure: &Failure<'_>) -> Response {
        let mut response = self.format.respond(failure);
        // The response stands for the failure, not for an exception that the format may have made.
        response.extensions_mut().remove::<Carried>();
        let headers = response.headers_mut();
        if failure.language().is_some() {
            headers.append(header::VARY, HeaderValue::from_static("accept-language"));
        }
        if let Some(Ok(language)) = failure.only_language().map(HeaderValue::from_str) {
            headers.entry(header::CONTENT_LANGUAGE).or_insert(language);
        }
        response
    }
}

/// Adds the headers of an exception, except for those that the response has already or that describe another body.
fn with_headers_of(http: &HttpException, mut response: Response) -> Response {
    let own = response.headers().clone();
    for (name, value) in http.headers() {
        let describes_body =
            matches!(*name, header::CONTENT_TYPE | header::CONTENT_LENGTH | header::TRANSFER_ENCODING);
        if !describes_body && !own.contains_key(name) {
            response.headers_mut().append(name, value.clone());
        }
    }
    response
}
