//! The close frame for an exception that no handler handles.

use axum::extract::ws::CloseFrame;

use crate::{
    exception::{BuiltIn, CloseCode, DefaultClose, Exception},
    socket::{Fault, cut},
};

/// Returns the close frame for an exception.
pub(super) fn close_of(exception: &Exception) -> CloseFrame {
    let DefaultClose { code, reason } =
        exception.built_in().map_or(DefaultClose::INTERNAL_ERROR, BuiltIn::default_close);
    frame(code, &reason)
}

/// Returns the close frame after a task without an exception: normal closure, unless the peer violated the
/// protocol.
pub(super) fn close_after(fault: Option<Fault>) -> CloseFrame {
    frame(fault.and_then(|fault| fault.code).unwrap_or(CloseCode::NORMAL), "")
}

/// Returns `true` for the codes that correspond to 500, 503 and 502.
pub(super) fn is_server_error(code: u16) -> bool {
    matches!(code, 1011 | 1013 | 1014)
}

fn frame(code: CloseCode, reason: &str) -> CloseFrame {
    CloseFrame { code: code.into(), reason: cut(reason).into() }
}
