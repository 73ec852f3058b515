//! Logging that is not there without the feature `tracing`.

/// `tracing::event!`, or nothing.
macro_rules! event {
    ($($event:tt)*) => {
        #[cfg(feature = "tracing")]
        { ::tracing::event!(target: "axum_exception", $($event)*) }
    };
}
