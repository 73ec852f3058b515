//! The part of a request that is kept while the inner service handles it.

use axum::http::{Request, request::Parts};

use crate::request_context::RequestContext;

/// The context of a request, and its head if handlers extract from it.
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
            None => Request::new(()).into_parts().0,
        }
    }
}
