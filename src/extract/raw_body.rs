//! A body before it is read into a type, and the exceptions for it.

use std::borrow::Cow;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderValue, header::CONTENT_TYPE},
};

use super::{
    body_cell::{BodyCell, BodyContent},
    content_type::is_json,
    extractor_context::ExtractorContext,
    source_errors::BodyShown,
};
use crate::{
    exception::{ContentTypeMismatch, Exception, HttpException, RequestValidationError},
    explain::{self, Explain, Guard, RootInput, RootShape, RootType},
    report::{ErrorDetail, Loc},
    value::Value,
};

/// A complete body, with the context of its request.
pub(super) struct RawBody {
    bytes: Bytes,
    /// `true` if the content type is JSON.
    pub(super) is_json: bool,
    context: ExtractorContext,
}

impl RawBody {
    /// A JSON body of an unknown request.
    pub(super) fn json(bytes: &[u8]) -> Self {
        Self { bytes: Bytes::copy_from_slice(bytes), is_json: true, context: ExtractorContext::default() }
    }

    /// Receives a body, within the limit of the app.
    pub(super) async fn receive<S>(request: Request, state: &S) -> Result<Self, Exception>
    where
        S: Send + Sync,
    {
        // FastAPI looks at the content type after it has received the body, but here the request is consumed
        // then.
        let content_type = request.headers().get(CONTENT_TYPE);
        let is_json = content_type.is_some_and(|value| is_json(value.as_bytes()));
        let mut context = ExtractorContext::new(request.method(), request.extensions());
        if !is_json {
            let received = content_type.map(HeaderValue::as_bytes);
            context.content_type = Some(ContentTypeMismatch::new("application/json", received));
        }
        let cell: Option<BodyCell> = request.extensions().get().cloned();
        let bytes = Bytes::from_request(request, state).await?;
        if let Some(cell) = cell {
            let bytes = bytes.clone();
            cell.set(if is_json { BodyContent::Json(bytes) } else { BodyContent::String(bytes) });
        }
        Ok(Self { bytes, is_json, context })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns `true` if there is no body, so that `Option<Json<T>>` is `None`.
    pub(super) fn is_absent(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Returns what the fast path is not to accept, by the options of the app.
    pub(super) fn guard(&self) -> Guard {
        self.context.explain.as_ref().map_or_else(Guard::default, Explain::guard)
    }

    /// Returns `true` if the body may be read as a string, because it is not JSON and the app accepts that.
    pub(super) fn is_accepted_string(&self) -> bool {
        self.context.explain.as_ref().is_some_and(Explain::accepts_string_bodies)
    }

    /// Returns the exception for a body that is not JSON.
    pub(super) fn unsupported(&self) -> Exception {
        HttpException::unsupported_media_type()
            .with_detail("Expected the header `Content-Type: application/json`")
            .with_source(self.context.content_type.as_ref().map(ToString::to_string).unwrap_or_default())
            .into()
    }

    /// Returns `true` if the body is a document in which parameters can be.
    fn has_params(&self) -> bool {
        self.is_json && !self.is_absent()
    }

    /// Returns the document and the options to explain it with. A body that is not JSON is a document with
    /// one string, or without parameters.
    ///
    /// # Errors
    ///
    /// Returns the exception for an empty body.
    pub(super) fn document(&self, root_type: RootType) -> Result<(Cow<'_, [u8]>, Explain), Exception> {
        let has_params = self.has_params();
        if self.is_absent() && !root_type.is_params {
            return Err(self.context.exception(ErrorDetail::missing("body").into()));
        }
        let document: Cow<'_, [u8]> = if root_type.is_params && !has_params {
            Cow::Borrowed(b"{}")
        } else if self.is_json {
            Cow::Borrowed(self.bytes.as_ref())
        } else {
            let string = Value::from(String::from_utf8_lossy(&self.bytes)).to_string();
            Cow::Owned(string.into_bytes())
        };
        Ok((document, self.context.explain.clone().unwrap_or_default().at(Loc::from("body"))))
    }

    /// Returns the exception for an invalid document.
    pub(super) fn invalid(&self, error: explain::Error<'_>, root_type: RootType) -> Exception {
        let report = match error {
            explain::Error::Unreadable(reason) => {
                return HttpException::bad_request()
                    .with_detail("There was an error parsing the body")
                    .with_source(reason)
                    .into();
            }
            explain::Error::Report(report) => report,
        };
        if !root_type.is_params {
            return self.context.invalid(report.into_owned(), BodyShown::Document(self.bytes.clone()));
        }
        if !self.has_params() {
            let report = report.into_owned().with_root_input(RootInput::Null);
            return self.context.invalid(report, BodyShown::String(self.bytes.clone()));
        }
        match (root_type.shape, report.document()) {
            // As in FastAPI, no parameter is in such a body, not even an optional one.
            (RootShape::Struct(fields @ [_, ..]), Some(body)) if !matches!(body, Value::Object(_)) => {
                let missing = fields.iter().map(|field| ErrorDetail::missing(["body", field]));
                self.context.exception(RequestValidationError::new(missing).with_body(body))
            }
            _ => {
                let report = report.into_owned().with_root_input(RootInput::Null);
                self.context.invalid(report, BodyShown::Document(self.bytes.clone()))
            }
        }
    }
}
