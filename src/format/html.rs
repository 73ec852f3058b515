//! A page of HTML for people who see a failure in a browser.

use std::{borrow::Cow, fmt::Write};

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::Response,
};
use html_escape::encode_text;

use super::Failure;

/// Returns a page with the status, the detail and the validation errors. It loads nothing, and has no scripts.
pub(super) fn page(failure: &Failure<'_>, status: StatusCode) -> Response {
    let title = failure.title_of(status);
    let heading = format!("{} {title}", status.as_u16());
    let heading = encode_text(heading.trim_end());
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{heading}</title>\n</head>\n<body>\n<h1>{heading}</h1>\n",
        failure.language().unwrap_or("en"),
    );
    if failure.is_validation() {
        html.push_str("<ul>\n");
        for error in failure.errors() {
            let (loc, msg) = (error.loc().to_string(), error.msg());
            // Writing to a string does not fail.
            let _ = writeln!(html, "<li><code>{}</code>: {}</li>", encode_text(&loc), encode_text(&msg));
        }
        html.push_str("</ul>\n");
    } else if let Some(detail) = failure.own_detail() {
        let detail = detail.as_str().map_or_else(|| detail.to_string().into(), Cow::Borrowed);
        let _ = writeln!(html, "<p>{}</p>", encode_text(&detail));
    }
    html.push_str("</body>\n</html>\n");
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}
