//! Integrations of other crates. Nothing else in this crate imports them.

#[cfg(feature = "garde_0_23")]
pub mod garde;
#[cfg(feature = "validator_0_21")]
pub mod validator;
