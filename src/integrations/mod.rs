//! Integrations of other crates. Nothing else in this crate imports them.

#[cfg(feature = "garde")]
pub mod garde;
#[cfg(feature = "validator")]
pub mod validator;
