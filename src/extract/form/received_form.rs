//! A form that has been received, before it is read into a type.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, HeaderValue, Method, header::CONTENT_TYPE},
};
use serde::de::{
    DeserializeOwned,
    value::{Error as ValueError, UnitDeserializer},
};

use super::{
    super::{
        body_cell::{BodyCell, BodyContent},
        content_type,
        extractor_context::ExtractorContext,
        fast_path::Pair,
        strings::{self, StringSource},
    },
    fields::Fields,
    limits::FormLimits,
};
#[cfg(feature = "multipart")]
use super::{multipart::Multipart, received};
use crate::{
    exception::{ContentTypeMismatch, Exception},
    explain::{Explain, RootType},
    json::{Repeated, StringRules},
    rules::Validator,
};

/// The content type of a form without files.
const URLENCODED: &str = "application/x-www-form-urlencoded";

/// Returns the content type if it is not that of a form.
fn content_type_mismatch(headers: &HeaderMap) -> Option<ContentTypeMismatch> {
    let received = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    let is_form = received.is_some_and(|received| {
        content_type::is_exactly(received, URLENCODED)
            || (cfg!(feature = "multipart") && content_type::is_exactly(received, "multipart/form-data"))
    });
    (!is_form).then(|| ContentTypeMismatch::new(URLENCODED, received))
}

/// A form with the context of its request.
pub(super) struct ReceivedForm {
    fields: Fields,
    is_query: bool,
    pub(super) context: ExtractorContext,
}

impl ReceivedForm {
    pub(super) async fn receive<S: Send + Sync>(request: Request, state: &S) -> Result<Self, Exception> {
        let limits = FormLimits::of(request.extensions());
        if *request.method() == Method::GET || *request.method() == Method::HEAD {
            let (parts, _) = request.into_parts();
            let query = parts.uri.query().unwrap_or_default();
            let fields = Fields::Urlencoded(Bytes::copy_from_slice(query.as_bytes()), limits);
            return Ok(Self { fields, is_query: true, context: ExtractorContext::of_parts(&parts) });
        }
        let mut context = ExtractorContext::new(request.method(), request.extensions());
        context.content_type = content_type_mismatch(request.headers());
        let cell: Option<BodyCell> = request.extensions().get().cloned();
        let fields = Self::receive_fields(request, state, limits).await?;
        if let Some(cell) = cell {
            cell.set(BodyContent::Form(fields.clone()));
        }
        Ok(Self { fields, is_query: false, context })
    }

    async fn receive_fields<S: Send + Sync>(
        request: Request,
        state: &S,
        limits: FormLimits,
    ) -> Result<Fields, Exception> {
        let content_type = request.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        #[cfg(feature = "multipart")]
        if content_type::is_exactly(content_type, "multipart/form-data") {
            return Multipart::receive(request, &limits).await.map(Fields::Multipart);
        }
        let is_urlencoded = content_type::is_exactly(content_type, URLENCODED);
        let bytes = Bytes::from_request(request, state).await?;
        Ok(Fields::Urlencoded(if is_urlencoded { bytes } else { Bytes::new() }, limits))
    }

    /// Reads a value, which may have the files of the form in it. `read` may be called more than once.
    ///
    /// # Errors
    ///
    /// Fails if the content of a file cannot be read.
    #[cfg_attr(not(feature = "multipart"), allow(clippy::unused_async))]
    pub(super) async fn read_with<R>(&self, read: impl Fn(&Self) -> R) -> Result<R, Exception> {
        #[cfg(feature = "multipart")]
        return Ok(received::read(&self.fields.uploaded(), || read(self)).await?);
        #[cfg(not(feature = "multipart"))]
        Ok(read(self))
    }

    /// Reads a type from the fields.
    pub(super) fn read<T, V>(&self) -> Result<T, Exception>
    where
        T: DeserializeOwned,
        V: Validator<T>,
    {
        strings::read::<T, V>(self.fields.pairs()?, |pairs| self.source(pairs))
    }

    /// Reads one of several types from the fields. An [`Option`] is none if none of the fields of its type was sent.
    pub(super) fn read_model<T, V>(&self) -> Result<T, Exception>
    where
        T: DeserializeOwned,
        V: Validator<T>,
    {
        if RootType::of::<T>().is_option && !self.has_fields_of::<T>()? {
            let none = UnitDeserializer::<ValueError>::new();
            return T::deserialize(none).map_err(Exception::from);
        }
        self.read::<T, V>()
    }

    /// Returns `true` if a field of a type was sent. A type whose fields are not known has all of them.
    pub(super) fn has_fields_of<T: DeserializeOwned>(&self) -> Result<bool, Exception> {
        Ok(strings::has_field(&self.fields.pairs()?, RootType::of::<T>().shape))
    }

    fn source<'a>(&self, pairs: Vec<Pair<'a>>) -> StringSource<'a> {
        let empty_is_missing = self.context.explain.as_ref().is_none_or(Explain::accepts_empty_as_missing);
        StringSource {
            rules: StringRules { repeated: Repeated::Last, empty_is_missing },
            files: self.fields.files(),
            is_model: true,
            is_body: !self.is_query,
            ..StringSource::named(if self.is_query { "query" } else { "body" }, pairs, self.context.clone())
        }
    }
}
