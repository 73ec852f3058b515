//! An error and its causes, link by link, with the mirrors of built-in exceptions left out.

use std::error::Error;

use super::BuiltIn;

/// An iterator over an error and its causes, outermost first.
///
/// [`Exception::chain`](super::Exception::chain) returns it. An exception of this crate appears once, although its
/// [`Error::source`] is a copy of itself.
#[derive(Clone, Debug)]
pub struct Chain<'a> {
    next: Option<&'a (dyn Error + 'static)>,
}

/// Returns the chain that begins with `error`.
pub(crate) fn links<'a>(error: &'a (dyn Error + 'static)) -> Chain<'a> {
    Chain { next: Some(error) }
}

impl<'a> Iterator for Chain<'a> {
    type Item = &'a (dyn Error + 'static);

    fn next(&mut self) -> Option<Self::Item> {
        let error = self.next?;
        let (link, cause) = match BuiltIn::of(error) {
            Some(built_in) => (built_in.as_error(), built_in.cause()),
            None => (error, error.source()),
        };
        self.next = cause;
        Some(link)
    }
}
