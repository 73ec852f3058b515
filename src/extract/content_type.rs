//! Content types, read as FastAPI reads them.
//!
//! The crate `mime` is stricter than Python: it rejects `application/json;foo`, `application/+json` and
//! blanks around the type. FastAPI accepts all three as JSON.

use super::header::trimmed;

/// Returns whether a content type is `application/json` or `application/…+json`, as Python's `email` parses
/// it.
pub(super) fn is_json(content_type: &[u8]) -> bool {
    let essence = trimmed(without_parameters(content_type));
    let mut parts = essence.split(|byte| *byte == b'/');
    let (Some(main), Some(sub), None) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let suffix = sub.len().checked_sub(b"+json".len()).and_then(|at| sub.get(at..));
    main.eq_ignore_ascii_case(b"application")
        && (sub.eq_ignore_ascii_case(b"json")
            || suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case(b"+json")))
}

/// Returns whether a content type is this one, as Starlette's form parser compares it.
pub(super) fn is_exactly(content_type: &[u8], essence: &str) -> bool {
    without_parameters(content_type).trim_ascii().eq_ignore_ascii_case(essence.as_bytes())
}

fn without_parameters(content_type: &[u8]) -> &[u8] {
    content_type.split(|&byte| byte == b';').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn content_types_are_read_as_fastapi_reads_them() {
        for json in [
            "application/json",
            "application/json; charset=utf-8",
            "application/json;charset=latin-1",
            "APPLICATION/JSON",
            "application/vnd.api+json",
            "application/problem+json",
            " application/json ",
            "application/+json",
            "application/JSON;foo",
        ] {
            assert!(is_json(json.as_bytes()), "{json}");
        }
        for other in [
            "",
            "application/geo+json-seq",
            "application/jsonp",
            "application/x-json",
            "text/json",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/octet-stream",
            "json",
            "application",
            "application/",
            "/json",
            "application/json, text/plain",
            "application/json/x",
            "image/svg+json",
            "garbage;;;",
            "text/plain; application/json",
            "application /json",
            "application/json charset=utf-8",
        ] {
            assert!(!is_json(other.as_bytes()), "{other}");
        }
    }
}
