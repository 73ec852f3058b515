//! Multipart forms, read by axum's own extractor.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{
        FromRequest, Multipart as Parts, Request,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
};
use http_body::Frame;

use super::{
    super::{fast_path::Pair, header::latin_1_to_string, strings::PlacedFile},
    fields::{bad_request, too_many_fields},
    limits::FormLimits,
    spool::Spool,
    upload_file::UploadFile,
};
use crate::exception::{Exception, HttpException};

/// A multipart form that has been received. It is cheap to clone.
#[derive(Clone)]
pub(in crate::extract) struct Multipart {
    /// The names and strings. A file is an empty string.
    fields: Arc<[(String, String)]>,
    files: Arc<[UploadFile]>,
    /// For each file, which of the fields it is.
    places: Arc<[usize]>,
}

impl Multipart {
    /// Receives a form within the limits.
    ///
    /// # Errors
    ///
    /// Returns Starlette's exception for an invalid form.
    pub(super) async fn receive(request: Request, limits: &FormLimits) -> Result<Self, Exception> {
        let (parts, body) = request.into_parts();
        let has_data = Arc::new(AtomicBool::new(false));
        let body = Body::new(Observed { body, has_data: has_data.clone() });
        let mut form = Parts::from_request(Request::from_parts(parts, body), &())
            .await
            .map_err(|_| bad_request("Missing boundary in multipart."))?;
        let mut received =
            Receiver { limits, spool: Spool::new(limits), fields: Vec::new(), files: Vec::new() };
        loop {
            match form.next_field().await {
                Ok(Some(field)) => received.add(field).await?,
                Ok(None) => break,
                // Python's parser accepts no bytes at all.
                Err(_) if !has_data.load(Ordering::Relaxed) => break,
                Err(error) => return Err(invalid(error)),
            }
        }
        Ok(received.into_form())
    }

    pub(super) fn pairs(&self) -> Vec<Pair<'_>> {
        self.fields.iter().map(|(name, string)| (name.as_str().into(), string.as_str().into())).collect()
    }

    pub(super) fn placed_files(&self) -> Vec<PlacedFile> {
        let files = self.places.iter().zip(self.files.iter()).enumerate();
        files.map(|(number, (&pair, file))| PlacedFile { pair, node: file.node(number) }).collect()
    }

    pub(super) fn files(&self) -> &Arc<[UploadFile]> {
        &self.files
    }
}

/// The part of a form that has been received.
struct Receiver<'a> {
    limits: &'a FormLimits,
    spool: Spool<'a>,
    fields: Vec<(String, String)>,
    files: Vec<(usize, UploadFile)>,
}

impl Receiver<'_> {
    async fn add(&mut self, field: Field<'_>) -> Result<(), Exception> {
        let name = field
            .name()
            .ok_or_else(|| bad_request("The Content-Disposition header field \"name\" must be provided."))?;
        let name = name.to_owned();
        let string = if field.file_name().is_some() {
            if self.files.len() >= self.limits.files {
                let most = self.limits.files;
                return Err(bad_request(format!("Too many files. Maximum number of files is {most}.")));
            }
            self.files.push((self.fields.len(), self.spool.receive(field).await?));
            String::new()
        } else {
            if self.fields.len() - self.files.len() >= self.limits.fields {
                return Err(too_many_fields(self.limits));
            }
            self.string(field).await?
        };
        self.fields.push((name, string));
        Ok(())
    }

    async fn string(&self, mut field: Field<'_>) -> Result<String, Exception> {
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(invalid)? {
            if bytes.len() + chunk.len() > self.limits.field_size {
                let kilobytes = self.limits.field_size / 1024;
                return Err(bad_request(format!("Part exceeded maximum size of {kilobytes}KB.")));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(String::from_utf8(bytes).unwrap_or_else(|error| latin_1_to_string(error.as_bytes()).into_owned()))
    }

    fn into_form(self) -> Multipart {
        let (places, files): (Vec<usize>, Vec<UploadFile>) = self.files.into_iter().unzip();
        Multipart { fields: self.fields.into(), files: files.into(), places: places.into() }
    }
}

/// Returns the exception for a form that could not be received.
pub(super) fn invalid(error: MultipartError) -> Exception {
    match error.status() {
        StatusCode::BAD_REQUEST => HttpException::bad_request().with_detail("Invalid multipart data."),
        StatusCode::PAYLOAD_TOO_LARGE => HttpException::content_too_large(),
        // The body ended with an error.
        _ => HttpException::bad_request().with_detail("There was an error parsing the body"),
    }
    .with_source(error)
    .into()
}

/// A body that says whether it had any bytes.
struct Observed {
    body: Body,
    has_data: Arc<AtomicBool>,
}

impl HttpBody for Observed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if let Poll::Ready(Some(Ok(frame))) = &frame {
            if frame.data_ref().is_some_and(|data| !data.is_empty()) {
                self.has_data.store(true, Ordering::Relaxed);
            }
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}
