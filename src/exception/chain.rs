//! An error and its causes, link by link, with the mirrors of built-in exceptions left out.

use std::error::Error;

use super::{BuiltIn, Exception, http_error::Forwarded};

/// An iterator over an error and its causes, outermost first.
///
/// [`Exception::chain`](super::Exception::chain) returns it. An exception of this crate appears once, although its
/// [`Error::source`] is a copy of itself. An [`HttpError`](super::HttpError) that is transparent is followed by the error
/// inside it.
#[derive(Clone, Debug)]
pub struct Chain<'a> {
    next: Option<Forwarded<'a>>,
    /// The exception that was mapped to this one, which caused all links.
    origin: Option<&'a Exception>,
}

/// Returns the chain that begins with `error`.
pub(crate) fn links<'a>(error: &'a (dyn Error + 'static)) -> Chain<'a> {
    Chain::new(Forwarded::to_error(error), None)
}

impl<'a> Chain<'a> {
    pub(super) fn new(first: Forwarded<'a>, origin: Option<&'a Exception>) -> Self {
        Self { next: Some(first), origin }
    }
}

impl<'a> Iterator for Chain<'a> {
    type Item = &'a (dyn Error + 'static);

    fn next(&mut self) -> Option<Self::Item> {
        let Some(link) = self.next else {
            *self = self.origin?.chain();
            return self.next();
        };
        let error = link.error;
        if let Some(inner) = link.inner() {
            self.next = Some(inner);
            return Some(error);
        }
        let Some(built_in) = BuiltIn::of(error) else {
            self.next = error.source().map(Forwarded::to_error);
            return Some(error);
        };
        self.next = None;
        if let Some(cause) = built_in.cause() {
            let Self { next, origin } = cause.chain();
            *self = Self { next, origin: origin.or(self.origin) };
        }
        Some(built_in.as_error())
    }
}
