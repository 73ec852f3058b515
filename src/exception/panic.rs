//! A panic while a request was handled.

use std::{
    any::Any,
    cell::Cell,
    error::Error,
    fmt,
    panic::{self, AssertUnwindSafe},
    sync::Once,
};

use super::reflection::{Reflected, Reflection};

/// A panic that the layer has caught. It is answered as any unhandled error: with a plain 500.
///
/// Only the log and handlers see its message. A program that is built with `panic = "abort"` ends
/// before anybody could catch it, and a panic in a body that is being streamed comes too late.
#[derive(Clone)]
pub struct Panic {
    message: String,
    location: Option<String>,
    reflection: Reflection<Self>,
}

thread_local! {
    /// Where the last panic of this thread happened: written by the hook, taken as soon as it is caught.
    static LOCATION: Cell<Option<String>> = const { Cell::new(None) };
}

impl Panic {
    /// Lets panics say where they happened, which only a panic hook can know.
    ///
    /// Call it once when the program starts. The hook that was there is still called. Called again, it
    /// does nothing.
    pub fn capture_locations() {
        static INSTALLED: Once = Once::new();
        INSTALLED.call_once(|| {
            let previous = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                // A thread that is ending has no such cell any more, and nobody who would read it.
                let _ = LOCATION.try_with(|cell| cell.set(info.location().map(ToString::to_string)));
                previous(info);
            }));
        });
    }

    /// The panic that `catch_unwind` has just caught on this thread.
    pub(crate) fn caught(payload: Box<dyn Any + Send>) -> Self {
        let message = if let Some(text) = payload.downcast_ref::<&str>() {
            (*text).to_owned()
        } else if let Some(text) = payload.downcast_ref::<String>() {
            text.clone()
        } else {
            "a value that is no text".to_owned()
        };
        let location = LOCATION.try_with(Cell::take).ok().flatten();
        // A value may panic even as it goes, and what it panics with, too.
        if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(|| drop(payload))) {
            std::mem::forget(payload);
        }
        Self { message, location, reflection: Reflection::default() }
    }

    /// What the program said when it panicked.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where, as `file:line:column`, if [`capture_locations`](Self::capture_locations) was called.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }
}

impl Reflected for Panic {
    fn origin(&self) -> Option<&(dyn Error + 'static)> {
        None
    }
}

impl Error for Panic {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.reflection.of(self))
    }
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.location {
            Some(location) => write!(f, "panicked at {location}: {}", self.message),
            None => write!(f, "panicked: {}", self.message),
        }
    }
}

impl fmt::Debug for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Panic").field("message", &self.message).field("location", &self.location).finish()
    }
}
