//! The languages of an app, and the one for a client.
//!
//! This is the lookup of RFC 4647, §3.4, by the weights of RFC 9110, §12.5.4. `fluent-langneg` ignores the weights, and the
//! sorting in `accept-language` is not defined for a weight of `NaN`.

use std::{cmp::Reverse, iter};

use axum::http::{HeaderMap, HeaderValue, header::ACCEPT_LANGUAGE};

/// The languages of an app. The first one is the default.
#[derive(Clone, Debug, Default)]
pub(super) struct Languages(Vec<String>);

impl Languages {
    /// # Panics
    ///
    /// Panics if there is no language, and if one is not a language tag such as `de` or `pt-BR`.
    #[track_caller]
    pub(super) fn new<T: AsRef<str>>(languages: impl IntoIterator<Item = T>) -> Self {
        let languages: Vec<String> = languages.into_iter().map(|tag| tag.as_ref().to_owned()).collect();
        assert!(!languages.is_empty(), "an app requires at least one language");
        for tag in &languages {
            assert!(is_tag(tag), "`{tag}` is not a language tag");
        }
        Self(languages)
    }

    /// Returns the language for a client, by its `Accept-Language` headers; `None` if the app has no languages.
    pub(super) fn choose(&self, headers: &HeaderMap) -> Option<&str> {
        let default = self.0.first()?;
        let values =
            headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|value| HeaderValue::to_str(value).ok());
        let ranges: Vec<(&str, u16)> = values.flat_map(|value| value.split(',')).filter_map(range).collect();
        let is_refused = |tag: &&String| {
            ranges.iter().any(|(range, weight)| *weight == 0 && range.eq_ignore_ascii_case(tag))
        };
        let mut wanted: Vec<&(&str, u16)> = ranges.iter().filter(|(_, weight)| *weight > 0).collect();
        // Ranges with equal weights stay in the order of the client.
        wanted.sort_by_key(|(_, weight)| Reverse(*weight));
        let found = wanted.into_iter().find_map(|(range, _)| {
            if *range == "*" {
                return self.0.iter().find(|tag| !is_refused(tag));
            }
            shortened(range).find_map(|range| {
                self.0.iter().find(|tag| tag.eq_ignore_ascii_case(range) && !is_refused(tag))
            })
        });
        Some(found.unwrap_or(default))
    }
}

/// Returns whether a tag has the form of a language tag (RFC 5646, §2.1).
fn is_tag(tag: &str) -> bool {
    tag.split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Parses `de-AT;q=0.8`, and returns the range and its weight in thousandths.
fn range(item: &str) -> Option<(&str, u16)> {
    let (range, weight) = match item.split_once(';') {
        Some((range, parameter)) => {
            let (name, weight) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("q").then_some(())?;
            (range, thousandths(weight.trim())?)
        }
        None => (item, 1000),
    };
    let range = range.trim();
    (range == "*" || is_tag(range)).then_some((range, weight))
}

/// Parses a weight: 0 to 1, with up to three decimals.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, decimals) = weight.split_once('.').unwrap_or((weight, ""));
    let is_valid = matches!(whole, "0" | "1")
        && decimals.len() <= 3
        && decimals.bytes().all(|byte| byte.is_ascii_digit());
    let thousandths: u16 = is_valid.then(|| format!("{whole}{decimals:0<3}"))?.parse().ok()?;
    (thousandths <= 1000).then_some(thousandths)
}

/// Returns a range and its beginnings, which are more general: `zh-Hant-CN`, `zh-Hant`, `zh`.
fn shortened(range: &str) -> impl Iterator<Item = &str> {
    iter::successors(Some(range), |range| {
        let (shorter, _) = range.rsplit_once('-')?;
        // A single letter begins an extension, and means nothing without it.
        match shorter.rsplit_once('-') {
            Some((before, single)) if single.len() == 1 => Some(before),
            _ => Some(shorter),
        }
    })
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header::ACCEPT_LANGUAGE};

    use super::Languages;

    #[test]
    fn the_language_is_chosen_by_weight_and_range() {
        let languages = Languages::new(["en", "de", "pt-BR", "zh-Hant"]);
        for (header, language) in [
            ("de", "de"),
            ("DE", "de"),
            ("de-AT", "de"),
            ("pt-br", "pt-BR"),
            ("pt", "en"),
            ("zh-Hant-CN-x-private1", "zh-Hant"),
            ("en;q=0.5, de;q=0.8", "de"),
            ("en;q=0.5, de", "de"),
            ("fr, de;q=0.1", "de"),
            ("de;q=0.7, pt-BR;q=0.7", "de"),
            ("fr", "en"),
            ("", "en"),
            ("*", "en"),
            ("en;q=0, *", "de"),
            ("en;q=0", "en"),
            ("de;q=0.000, pt-BR;q=0.001", "pt-BR"),
            ("de;q=NaN, pt-BR;q=0.5", "pt-BR"),
            ("de;q=2, pt-BR;q=1.000", "pt-BR"),
            ("de;level=1", "en"),
            ("de;Q = 0.5", "de"),
            (",, de ,", "de"),
            ("de_AT", "en"),
            ("-", "en"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(header));
            assert_eq!(languages.choose(&headers), Some(language), "{header}");
        }
        assert_eq!(languages.choose(&HeaderMap::new()), Some("en"));
        assert_eq!(Languages::default().choose(&HeaderMap::new()), None);
    }

    #[test]
    #[should_panic(expected = "`de_AT` is not a language tag")]
    fn a_language_must_be_a_tag() {
        let _ = Languages::new(["en", "de_AT"]);
    }
}
