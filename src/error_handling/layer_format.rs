//! The methods of the layer that set the format and the language of default responses.

use super::layer::ErrorHandlingLayer;
use crate::format::{Format, Message};

impl<S: 'static> ErrorHandlingLayer<S> {
    /// Sets the format of all default responses: of `HttpException`s, validation errors and unhandled errors.
    ///
    /// Ready-made are [`format::fastapi`](crate::format::fastapi), the default,
    /// [`format::problem_details`](crate::format::problem_details) and `format::negotiated` (feature `negotiate`). See
    /// [`format`](crate::format) for the details.
    ///
    /// The responses of handlers are not changed. With a format, the layer clones the URI and the headers of every request.
    ///
    /// # Example
    ///
    /// ```
    /// use axum::Json;
    /// use axum_exception::{ErrorHandlingLayer, format::Failure};
    /// use serde_json::json;
    ///
    /// let layer = ErrorHandlingLayer::new().format(|failure: &Failure<'_>| {
    ///     (failure.status(), Json(json!({ "error": { "code": failure.code(), "message": failure.message() } })))
    /// });
    /// # let app: axum::Router = axum::Router::new().layer(layer);
    /// ```
    pub fn format(self, format: impl Format) -> Self {
        self.with_formatting(|formatting| formatting.set_format(format))
    }

    /// Sets a function that replaces messages in default responses: those of validation errors, and the phrases of statuses.
    ///
    /// It returns `None` for a message that stays in English. A [`Message`] has the type of the error, its location and the
    /// facts in it, so that no English words have to be compared. The log stays in English.
    ///
    /// # Example
    ///
    /// ```
    /// use axum_exception::{ErrorHandlingLayer, format::Message};
    ///
    /// fn words(message: &Message<'_>) -> Option<String> {
    ///     match (message.language()?, &*message.kind()) {
    ///         ("de", "missing") => Some("Pflichtfeld".to_owned()),
    ///         ("de", "string_too_short") => Some(format!("Mindestens {} Zeichen", message.ctx().get("min_length")?)),
    ///         ("de", "http_404") => Some("Nicht gefunden".to_owned()),
    ///         _ => None,
    ///     }
    /// }
    ///
    /// let layer = ErrorHandlingLayer::new().languages(["en", "de"]).translate(words);
    /// # let app: axum::Router = axum::Router::new().layer(layer);
    /// ```
    pub fn translate<F>(self, translate: F) -> Self
    where
        F: Fn(&Message<'_>) -> Option<String> + Send + Sync + 'static,
    {
        self.with_formatting(|formatting| formatting.set_translation(translate))
    }

    /// Sets the languages of the messages, the default language first.
    ///
    /// The `Accept-Language` of a request chooses one of them (RFC 4647, §3.4), which
    /// [`Message::language`] returns. `Content-Language` has it, and `Vary` has `accept-language`.
    ///
    /// # Panics
    ///
    /// Panics if there is no language, and if one is not a language tag such as `de` or `pt-BR`.
    #[track_caller]
    pub fn languages<T: AsRef<str>>(self, languages: impl IntoIterator<Item = T>) -> Self {
        self.with_formatting(|formatting| formatting.set_languages(languages))
    }
}
