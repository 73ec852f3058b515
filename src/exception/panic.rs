//! A panic that was caught while a request was handled.

use std::{
    any::Any,
    cell::Cell,
    fmt,
    panic::{self, AssertUnwindSafe},
    sync::Once,
};

use super::{built_in::BuiltInException, mirror::Mirrored};

/// A panic that the layer has caught.
///
/// The default response is that of any unhandled error: 500, `text/plain; charset=utf-8`, `Internal Server
/// Error`. The message goes to the log and to handlers only.
///
/// Some panics cannot be caught: those of a program built with `panic = "abort"`. A panic in a body that is
/// being streamed comes after the response has begun, so it only ends the connection.
///
/// ```
/// use axum::http::StatusCode;
/// use axum_exception::{Caught, ErrorHandlingLayer, Panic};
///
/// let layer = ErrorHandlingLayer::new().exception_handler(async |panic: Caught<Panic>| {
///     eprintln!("{}", panic.message());
///     (StatusCode::INTERNAL_SERVER_ERROR, "We have been notified.")
/// });
/// # let app: axum::Router = axum::Router::new().layer(layer);
/// ```
#[derive(Clone)]
pub struct Panic {
    pub(super) state: Mirrored<Data, Self>,
}

#[derive(Clone)]
pub(super) struct Data {
    message: String,
    location: Option<String>,
}

thread_local! {
    /// The location of this thread's last panic: written by the hook, taken as soon as the panic is caught.
    static LOCATION: Cell<Option<String>> = const { Cell::new(None) };
}

impl Panic {
    /// Installs a panic hook, from which caught panics get their [`location`](Self::location).
    ///
    /// Call it once, when the program starts. The hook that was installed before is still called. Further
    /// calls do nothing.
    ///
    /// ```
    /// axum_exception::Panic::capture_locations();
    /// ```
    pub fn capture_locations() {
        static INSTALLED: Once = Once::new();
        INSTALLED.call_once(|| {
            let previous = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                // In a thread that is ending, the cell is gone, and so is everything that would read it.
                let _ = LOCATION.try_with(|cell| cell.set(info.location().map(ToString::to_string)));
                previous(info);
            }));
        });
    }

    /// Creates the exception for a panic that `catch_unwind` has just caught on this thread.
    pub(crate) fn caught(payload: Box<dyn Any + Send>) -> Self {
        let message = if let Some(message) = payload.downcast_ref::<&str>() {
            (*message).to_owned()
        } else if let Some(message) = payload.downcast_ref::<String>() {
            message.clone()
        } else {
            "a value that is not a string".to_owned()
        };
        let location = LOCATION.try_with(Cell::take).ok().flatten();
        // Dropping the payload may panic, and so may dropping the payload of that panic.
        if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(|| drop(payload))) {
            std::mem::forget(payload);
        }
        Self { state: Mirrored::new(Data { message, location }) }
    }

    /// Returns the message of the panic.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.state.message
    }

    /// Returns the location of the panic as `file:line:column`, if
    /// [`capture_locations`](Self::capture_locations) was called before it.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.state.location.as_deref()
    }
}

impl BuiltInException for Panic {}

/// Writes `panicked at src/main.rs:7:5: message`, or `panicked: message` if the location is not known.
impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.location() {
            Some(location) => write!(f, "panicked at {location}: {}", self.message()),
            None => write!(f, "panicked: {}", self.message()),
        }
    }
}
