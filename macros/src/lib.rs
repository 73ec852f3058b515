//! The derive macros of `axum-exception`, which re-exports and documents them (feature `derive`).

mod http_attribute;
mod http_error;
mod message;
mod rules;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Derives `HttpError` and `IntoResponse`. The trait documents the attribute `#[http(…)]`.
#[proc_macro_derive(HttpError, attributes(http))]
pub fn derive_http_error(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    http_error::derive(&input).into()
}

/// Derives `Rules`. The attributes are `#[rule(…)]` of the type and of its fields.
#[proc_macro_derive(Rules, attributes(rule))]
pub fn derive_rules(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    rules::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
