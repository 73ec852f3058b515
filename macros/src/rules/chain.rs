//! The calls for the rules of one field: `.min_length(3).custom(…)`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, ExprLit, Lit, Path, spanned::Spanned};

use super::attribute::{Argument, Rule};

/// Returns the calls of the rules on a field. Those of the app come last, because they run only if the others hold.
pub(super) fn chain(field: TokenStream, rules: &[Rule], krate: &Path) -> TokenStream {
    let (custom, built_in): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(|rule| rule.name == "custom");
    built_in.into_iter().chain(custom).fold(field, |field, rule| {
        // With the hygiene of the field, or the compiler shows the derive as the place of an error.
        let span = Span::mixed_site().located_at(rule.name.span());
        let (name, argument) = (Ident::new(&rule.name.to_string(), span), argument(rule, krate));
        let call = quote_spanned! { span => .#name(#argument) };
        quote! { #field #call }
    })
}

/// Returns a closure that calls the rules on its argument. An error about the type of the argument points at `span`.
pub(super) fn closure(rules: &[Rule], krate: &Path, span: Span) -> TokenStream {
    let field = Ident::new("field", Span::mixed_site().located_at(span));
    let chain = chain(quote! { #field }, rules, krate);
    quote! { |#field| #chain }
}

/// Returns a closure that calls another one on the value in an `Option`.
pub(super) fn some(closure: &TokenStream) -> TokenStream {
    let field = Ident::new("field", Span::mixed_site());
    quote! { |#field| #field.some(#closure) }
}

fn argument(rule: &Rule, krate: &Path) -> TokenStream {
    match &rule.argument {
        Argument::None => TokenStream::new(),
        Argument::Rules(rules) => closure(rules, krate, rule.name.span()),
        Argument::Value(value) if rule.name == "custom" => custom(value),
        Argument::Value(value) if rule.name == "pattern" => pattern(value, krate),
        Argument::Value(value) => quote! { #value },
    }
}

/// Returns a rule of the app. A function is called in a closure, so that it may borrow the value as another type: a
/// `String` as a `str`.
fn custom(rule: &Expr) -> TokenStream {
    match rule {
        Expr::Closure(_) => quote! { #rule },
        _ => {
            // An error about the type of the argument points at the function.
            let value = Ident::new("value", Span::mixed_site().located_at(rule.span()));
            quote! { |#value| (#rule)(#value) }
        }
    }
}

/// Returns a reference to a pattern. One that is written as a string becomes a `static`, so that it is compiled once.
fn pattern(pattern: &Expr, krate: &Path) -> TokenStream {
    match pattern {
        Expr::Lit(ExprLit { lit: Lit::Str(_), .. }) => quote! {{
            static PATTERN: #krate::rules::Pattern = #krate::rules::Pattern::new(#pattern);
            &PATTERN
        }},
        Expr::Reference(_) => quote! { #pattern },
        _ => quote! { &#pattern },
    }
}
