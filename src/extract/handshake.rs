//! Which requests are WebSocket handshakes.

use axum::http::{
    HeaderMap, HeaderValue, Method,
    header::{SEC_WEBSOCKET_VERSION, UPGRADE},
};

/// Whether a request asks for a WebSocket: in HTTP/1.1 (RFC 6455, §4.1), or in HTTP/2 (RFC 8441, §5).
///
/// In HTTP/2 the `:protocol` would say so, too, but only a dependency on hyper could read it.
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

    fn asked(method: &Method, headers: &[(&str, &str)]) -> bool {
        let mut request = Request::builder();
        for &(name, value) in headers {
            request = request.header(name, value);
        }
        let headers: &HeaderMap = request.headers_ref().unwrap();
        is_handshake(method, headers)
    }

    #[test]
    fn a_handshake_says_so() {
        assert!(asked(&Method::GET, &[("upgrade", "websocket")]));
        assert!(asked(&Method::GET, &[("upgrade", "h2c"), ("upgrade", "foo, WebSocket ")]));
        assert!(asked(&Method::CONNECT, &[("sec-websocket-version", "13")]));
        for headers in
            [&[][..], &[("upgrade", "h2c")], &[("upgrade", "websockets")], &[("x-upgrade", "websocket")]]
        {
            assert!(!asked(&Method::GET, headers), "{headers:?}");
        }
        assert!(!asked(&Method::POST, &[("upgrade", "websocket"), ("sec-websocket-version", "13")]));
        assert!(!asked(&Method::CONNECT, &[("upgrade", "websocket")]));
    }
}
