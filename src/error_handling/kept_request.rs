//! The part of a request that is kept while the inner service handles it.

use axum::{
    extract::OriginalUri,
    http::{Request, request::Parts},
};

use crate::{format::FailedRequest, request_context::RequestContext};

/// The context of a request, and as much of its head as the handlers and the format need.
#[derive(Default)]
pub(super) struct KeptRequest {
    pub(super) context: RequestContext,
    head: Option<Box<Parts>>,
}

impl KeptRequest {
    #[inline]
    pub(super) fn new(context: RequestContext) -> Self {
        Self { context, head: None }
    }

    /// Clones the method, the URI and the headers of the request, for the format of the layer.
    pub(super) fn keep_lines<B>(&mut self, request: &Request<B>) {
        let mut head = empty_head();
        head.method = request.method().clone();
        head.headers = request.headers().clone();
        head.uri = match request.extensions().get() {
            Some(OriginalUri(uri)) => uri.clone(),
            None => request.uri().clone(),
        };
        self.head = Some(Box::new(head));
    }

    /// Calls `respond` with the request that failed.
    pub(super) fn failed<R>(&self, respond: impl FnOnce(FailedRequest<'_>) -> R) -> R {
        let empty;
        let head = match &self.head {
            Some(head) => head,
            None => {
                empty = empty_head();
                &empty
            }
        };
        let original: Option<&OriginalUri> = head.extensions.get();
        respond(FailedRequest {
            method: self.context.method(),
            route: self.context.route(),
            uri: original.map_or(&head.uri, |OriginalUri(uri)| uri),
            headers: &head.headers,
        })
    }

    /// Clones the head of the request.
    pub(super) fn keep_head<B>(&mut self, request: Request<B>) -> Request<B> {
        let (parts, body) = request.into_parts();
        self.head = Some(Box::new(parts.clone()));
        Request::from_parts(parts, body)
    }

    /// Returns the head for the extractors of a handler; an empty one if no handler extracts from it.
    pub(super) fn head(&self) -> Parts {
        match &self.head {
            Some(head) => Parts::clone(head),
            None => empty_head(),
        }
    }
}

fn empty_head() -> Parts {
    Request::new(()).into_parts().0
}
