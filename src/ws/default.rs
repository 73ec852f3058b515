//! How a WebSocket is closed because of an exception that nobody handles.

use axum::extract::ws::CloseFrame;

use crate::{
    exception::{BuiltIn, CloseCode, Exception},
    socket::{Fault, cut},
};

/// The close frame for any exception.
pub(super) fn close_of(exception: &Exception) -> CloseFrame {
    let built_in = exception.built_in();
    if let Some(mistakes) = built_in.and_then(BuiltIn::mistakes) {
        return frame(CloseCode::POLICY_VIOLATION, &mistakes.to_string());
    }
    match built_in {
        Some(BuiltIn::WebSocket(exception)) => frame(exception.code(), exception.reason()),
        Some(BuiltIn::Http(exception)) if exception.misuse().is_none() => {
            let code = if exception.status().is_client_error() {
                CloseCode::POLICY_VIOLATION
            } else {
                CloseCode::INTERNAL_ERROR
            };
            frame(code, exception.detail().as_str().unwrap_or_default())
        }
        _ => frame(CloseCode::INTERNAL_ERROR, ""),
    }
}

/// The close frame where nothing was raised: what is done is done, unless the peer has broken the rules.
pub(super) fn close_after(fault: Option<Fault>) -> CloseFrame {
    frame(fault.and_then(|fault| fault.code).unwrap_or(CloseCode::NORMAL), "")
}

/// Whether a code says of the server what 500, 503 and 502 say.
pub(super) fn is_server_error(code: u16) -> bool {
    matches!(code, 1011 | 1013 | 1014)
}

fn frame(code: CloseCode, reason: &str) -> CloseFrame {
    CloseFrame { code: code.into(), reason: cut(reason).into() }
}
