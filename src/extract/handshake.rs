//! Recognizes WebSocket handshakes.

use axum::http::{
    HeaderMap, HeaderValue, Method,
    header::{SEC_WEBSOCKET_VERSION, UPGRADE},
};

/// Returns whether a request is a WebSocket handshake of HTTP/1.1 (RFC 6455, §4.1) or HTTP/2 (RFC 8441, §5).
///
/// In HTTP/2 the pseudo-header `:protocol` would be exact, but reading it requires a dependency on hyper.
pub(crate) fn is_handshake(method: &Method, headers: &HeaderMap) -> bool {
    match *method {
        Method::GET => headers.get_all(UPGRADE).iter().any(names_websocket),
        Method::CONNECT => headers.contains_key(SEC_WEBSOCKET_VERSION),
        _ => false,
    }
}

fn names_websocket(value: &HeaderValue) -> bool {
    value
        .as_bytes()
        .split(|&byte| byte == b',')
        .any(|name| name.trim_ascii().eq_ignore_ascii_case(b"websocket"))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, Method, Request};

    use super::is_handshake;

    fn is_handshake_with(method: &Method, headers: &[(&str, &str)]) -> bool {
        let mut request = Request::builder();
        for &(name, value) in headers {
            request = request.header(name, value);
        }
        let headers: &HeaderMap = request.headers_ref().unwrap();
        is_handshake(method, headers)
    }

    #[test]
    fn handshakes_are_recognized_by_their_headers() {
        assert!(is_handshake_with(&Method::GET, &[("upgrade", "websocket")]));
        assert!(is_handshake_with(&Method::GET, &[("upgrade", "h2c"), ("upgrade", "foo, WebSocket ")]));
        assert!(is_handshake_with(&Method::CONNECT, &[("sec-websocket-version", "13")]));
        for headers in
            [&[][..], &[("upgrade", "h2c")], &[("upgrade", "websockets")], &[("x-upgrade", "websocket")]]
        {
            assert!(!is_handshake_with(&Method::GET, headers), "{headers:?}");
        }
        assert!(!is_handshake_with(
            &Method::POST,
            &[("upgrade", "websocket"), ("sec-websocket-version", "13")]
        ));
        assert!(!is_handshake_with(&Method::CONNECT, &[("upgrade", "websocket")]));
    }
}
