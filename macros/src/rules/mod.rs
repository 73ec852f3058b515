//! `#[derive(Rules)]`: the implementation that a type would have by hand.

mod attribute;
mod bounds;
mod chain;
mod container;
mod data;
mod errors;
mod fields;
mod known;
mod rename;
mod serde;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput, Error, Expr, Path, Result, spanned::Spanned};

use self::{container::Container, errors::Errors, serde::SerdeAttributes};

/// Returns the implementation of `Rules` for a type.
pub(crate) fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let mut errors = Errors::default();
    let container = Container::of(&input.attrs, &mut errors);
    let context = Context {
        krate: container.krate,
        check: Ident::new("check", Span::mixed_site()),
        serde: container.serde,
    };
    let parts = match &input.data {
        Data::Struct(data) => data::struct_parts(&data.fields, &context, &mut errors),
        Data::Enum(data) => data::enum_parts(data, &context, &mut errors),
        Data::Union(data) => {
            errors.push(Error::new(data.union_token.span, "`Rules` cannot be derived for a union"));
            return errors.finish(TokenStream::new());
        }
    };
    let generics = bounds::with_bounds(&input.generics, container.bound, &parts.nested, &context.krate);
    let whole = container.whole.iter().map(|rule| whole(rule, &context.check));
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let Context { krate, check, .. } = &context;
    let (name, statements) = (&input.ident, &parts.statements);
    errors.finish(quote! {
        #[automatically_derived]
        impl #impl_generics #krate::rules::Rules for #name #type_generics #where_clause {
            #[allow(unused_variables)]
            fn rules(&self, #check: &mut #krate::rules::Check<'_>) {
                #statements
                #(#whole)*
            }
        }
    })
}

/// The names and attributes that the code for all fields of a type requires.
struct Context {
    /// The path of `axum-exception`.
    krate: Path,
    /// The name of the argument of the type `Check`.
    check: Ident,
    serde: SerdeAttributes,
}

/// The code for the fields of a type, and the types of those with the rule `nested`.
#[derive(Default)]
struct Parts {
    statements: TokenStream,
    nested: Vec<syn::Type>,
}

/// Returns the call of a rule for the whole value.
fn whole(rule: &Expr, check: &Ident) -> TokenStream {
    match rule {
        // The compiler knows the type of the argument of a closure only if it expects one.
        Expr::Closure(_) => quote! {
            #check.whole(|| {
                let rule: fn(&Self) -> ::core::result::Result<(), _> = #rule;
                rule(self)
            });
        },
        _ => {
            // An error about the type of the argument points at the function.
            let value = Ident::new("self", Span::call_site().located_at(rule.span()));
            quote! { #check.whole(|| (#rule)(#value)); }
        }
    }
}
