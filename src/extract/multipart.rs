//! The fields of a multipart form, read by axum's own extractor.

use axum::{body::Bytes, http::request::Parts};

/// `true` if multipart forms are supported.
pub(super) const IS_SUPPORTED: bool = cfg!(feature = "multipart");

#[cfg(not(feature = "multipart"))]
pub(super) async fn fields(_parts: Parts, _bytes: Bytes) -> Result<Vec<(String, String)>, &'static str> {
    Ok(Vec::new())
}

/// Returns the fields of a form within Starlette's limits, without files.
///
/// # Errors
///
/// Returns Starlette's message for an invalid form.
#[cfg(feature = "multipart")]
pub(super) async fn fields(parts: Parts, bytes: Bytes) -> Result<Vec<(String, String)>, &'static str> {
    use axum::extract::{FromRequest, Multipart, Request, multipart::MultipartError};

    use super::{
        form_limits::{MAX_FIELD_BYTES, MAX_FIELDS},
        header::latin_1_to_string,
    };

    let invalid = |_: MultipartError| "Invalid multipart data.";

    let is_empty = bytes.is_empty();
    let request = Request::from_parts(parts, bytes.into());
    let mut form =
        Multipart::from_request(request, &()).await.map_err(|_| "Missing boundary in multipart.")?;
    let mut fields = Vec::new();
    if is_empty {
        return Ok(fields);
    }
    let mut files = 0;
    while let Some(mut field) = form.next_field().await.map_err(invalid)? {
        let name =
            field.name().ok_or("The Content-Disposition header field \"name\" must be provided.")?.to_owned();
        if field.file_name().is_some() {
            files += 1;
            if files > MAX_FIELDS {
                return Err("Too many files. Maximum number of files is 1000.");
            }
            while field.chunk().await.map_err(invalid)?.is_some() {}
            continue;
        }
        if fields.len() == MAX_FIELDS {
            return Err("Too many fields. Maximum number of fields is 1000.");
        }
        let bytes = field.bytes().await.map_err(invalid)?;
        if bytes.len() > MAX_FIELD_BYTES {
            return Err("Part exceeded maximum size of 1024KB.");
        }
        let value = String::from_utf8(bytes.into())
            .unwrap_or_else(|error| latin_1_to_string(error.as_bytes()).into_owned());
        fields.push((name, value));
    }
    Ok(fields)
}
