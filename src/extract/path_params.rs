//! The parameters of a path, also if axum cannot decode them.

use axum::{
    extract::{FromRequestParts, MatchedPath, OriginalUri, RawPathParams, rejection::RawPathParamsRejection},
    http::request::Parts,
};
use percent_encoding::percent_decode_str;

use super::fast_path::Pair;

/// The parameters, in the order of the route.
pub(super) enum PathParams {
    Decoded(RawPathParams),
    /// Parameters that are not UTF-8, with U+FFFD for the invalid bytes.
    Lossy(Vec<(String, String)>),
}

impl PathParams {
    pub(super) async fn of<S: Send + Sync>(
        parts: &mut Parts,
        state: &S,
    ) -> Result<Self, RawPathParamsRejection> {
        match RawPathParams::from_request_parts(parts, state).await {
            Ok(params) => Ok(Self::Decoded(params)),
            Err(RawPathParamsRejection::InvalidUtf8InPathParam(rejection)) => {
                lossy(parts, &rejection.body_text()).map(Self::Lossy).ok_or(rejection.into())
            }
            Err(rejection) => Err(rejection),
        }
    }

    /// Returns the names and the decoded values.
    pub(super) fn pairs(&self) -> Vec<Pair<'_>> {
        match self {
            Self::Decoded(params) => params.iter().map(|(name, value)| (name.into(), value.into())).collect(),
            Self::Lossy(params) => {
                params.iter().map(|(name, value)| (name.as_str().into(), value.as_str().into())).collect()
            }
        }
    }
}

/// Reads the parameters from the URL, because axum drops all of them if one is not UTF-8.
///
/// Returns `None` unless it is certain that the router matched this URL. `rejection` is axum's text, which
/// names the first invalid parameter.
fn lossy(parts: &Parts, rejection: &str) -> Option<Vec<(String, String)>> {
    let OriginalUri(sent) = parts.extensions.get()?;
    // Nested routers only remove prefixes. Any other change of the URL may have been made before the match.
    let path = sent.path().ends_with(parts.uri.path()).then(|| sent.path())?;
    let params = aligned(parts.extensions.get::<MatchedPath>()?.as_str(), path)?;
    let decoded = |value: &str| percent_decode_str(value).decode_utf8_lossy().into_owned();
    let (first, _) = params.iter().find(|(_, value)| percent_decode_str(value).decode_utf8().is_err())?;
    if rejection != format!("Invalid UTF-8 in `{first}`") {
        return None;
    }
    Some(params.iter().map(|(name, value)| ((*name).to_owned(), decoded(value))).collect())
}

/// Returns the parameters of a route with their encoded values in a path that matches it.
fn aligned<'r, 'p>(route: &'r str, path: &'p str) -> Option<Vec<(&'r str, &'p str)>> {
    // Escaped braces are not supported.
    if route.contains("{{") || route.contains("}}") {
        return None;
    }
    let mut params = Vec::new();
    let mut rest = Some(path.strip_prefix('/')?);
    for expected in route.strip_prefix('/')?.split('/') {
        let there = rest?;
        let (segment, after) = match there.split_once('/') {
            Some((segment, after)) => (segment, Some(after)),
            None => (there, None),
        };
        rest = after;
        let Some((prefix, param)) = expected.split_once('{') else {
            if segment != expected {
                return None;
            }
            continue;
        };
        let name = param.strip_suffix('}')?;
        match name.strip_prefix('*') {
            Some(name) => {
                params.push((name, there.strip_prefix(prefix)?));
                rest = None;
            }
            None => params.push((name, segment.strip_prefix(prefix)?)),
        }
    }
    rest.is_none().then_some(params)
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn routes_are_aligned_with_their_paths() {
        type Aligned = Option<&'static [(&'static str, &'static str)]>;
        let cases: &[(&str, &str, Aligned)] = &[
            ("/", "/", Some(&[])),
            ("/{a}", "/%ff", Some(&[("a", "%ff")])),
            ("/x/{a}/y/{b}", "/x/1/y/%ff", Some(&[("a", "1"), ("b", "%ff")])),
            ("/v{a}/{b}/", "/v1/%ff/", Some(&[("a", "1"), ("b", "%ff")])),
            ("/{a}/{*rest}", "/1/2/%ff/", Some(&[("a", "1"), ("rest", "2/%ff/")])),
            // Paths that do not match, or may not.
            ("/{a}", "/1/2", None),
            ("/{a}", "/1/", None),
            ("/{a}/", "/1", None),
            ("/{a}/{b}", "/1", None),
            ("/{a}/{*rest}", "/1", None),
            ("/x/{a}", "/%78/1", None),
            ("/v{a}", "/w1", None),
            ("/{{x}}/{a}", "/{x}/1", None),
            ("", "/", None),
            ("/", "", None),
        ];
        for (route, path, expected) in cases {
            assert_eq!(aligned(route, path).as_deref(), *expected, "{route} {path}");
        }
    }
}
