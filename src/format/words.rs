//! The words of one response: translated, or in English.

use std::{borrow::Cow, cell::Cell, fmt};

use axum::http::StatusCode;

use super::Message;
use crate::{exception::phrase, report::ErrorDetail};

/// Returns the words of a message, or `None` to keep the English ones.
pub(super) type Translate = dyn Fn(&Message<'_>) -> Option<String> + Send + Sync;

/// The words of one response.
pub(super) struct Words<'a> {
    translate: Option<&'a Translate>,
    language: Option<&'a str>,
    /// `true` once words were used that may be in another language.
    is_mixed: Cell<bool>,
}

impl<'a> Words<'a> {
    pub(super) fn new(translate: Option<&'a Translate>, language: Option<&'a str>) -> Self {
        Self { translate, language, is_mixed: Cell::new(false) }
    }

    /// Returns the language that the client has chosen.
    pub(super) fn language(&self) -> Option<&'a str> {
        self.language
    }

    /// Returns the language of all words that were used; `None` if some may be in another one.
    pub(super) fn only_language(&self) -> Option<&'a str> {
        self.language.filter(|_| !self.is_mixed.get())
    }

    /// Notes that words of the app were used, whose language is not known.
    pub(super) fn use_unknown(&self) {
        self.is_mixed.set(true);
    }

    pub(super) fn of_errors(&self, errors: &[ErrorDetail]) -> Vec<ErrorDetail> {
        let translated = errors.iter().map(|error| match self.of(&Message::of_error(error, self.language)) {
            Some(words) => error.clone().with_msg(words),
            None => error.clone(),
        });
        translated.collect()
    }

    pub(super) fn of_status(&self, status: StatusCode) -> Cow<'static, str> {
        let phrase = phrase(status);
        self.of(&Message::of_status(status, phrase, self.language)).map_or(phrase.into(), Cow::Owned)
    }

    fn of(&self, message: &Message<'_>) -> Option<String> {
        let words = self.translate.and_then(|translate| translate(message));
        let is_english = self.language.is_some_and(|tag| {
            tag.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("en"))
        });
        if words.is_none() && !is_english {
            self.is_mixed.set(true);
        }
        words
    }
}

impl fmt::Debug for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}
