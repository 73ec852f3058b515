//! `#[derive(HttpError)]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Data, DeriveInput, Error, Fields, Path, Result, Variant, parse_quote, spanned::Spanned};

use crate::{
    http_attribute::{Attributes, Http},
    message::{binding, pattern},
};

/// Returns the implementations of `HttpError` and `IntoResponse` for a type.
///
/// After an error they are there as well, so that the compiler does not report that they are missing.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let (attributes, mut error) = match Attributes::parse(&input.attrs, true) {
        Ok(attributes) => (attributes, None),
        Err(error) => (Attributes::default(), Some(error)),
    };
    let krate = attributes.krate.unwrap_or_else(|| parse_quote!(::axum_exception));
    let arms = if error.is_none() { arms(input, attributes.http.as_ref(), &krate) } else { Ok(Vec::new()) };
    let arms = arms.map_err(|found| error = Some(found)).ok();
    let error = error.map(Error::into_compile_error);
    let implementations = implementations(input, &krate, arms.filter(|_| error.is_none()).as_deref());
    quote!(#error #implementations)
}

/// Returns the arms for a struct, or for the variants of an enum. `default` is the attribute of the type.
fn arms(input: &DeriveInput, default: Option<&Http>, krate: &Path) -> Result<Vec<Arm>> {
    for field in fields(&input.data) {
        if let Some(attribute) = field.attrs.iter().find(|attribute| attribute.path().is_ident("http")) {
            return Err(Error::new_spanned(
                attribute,
                "`#[http(…)]` is for a struct or a variant, not a field",
            ));
        }
    }
    match &input.data {
        Data::Struct(data) => match default {
            Some(http) => Ok(vec![Arm::new(&quote!(Self), &data.fields, http, krate)?]),
            None => Err(Error::new_spanned(
                &input.ident,
                format!("`{}` requires `#[http(…)]`: a status, `transparent` or `unhandled`", input.ident),
            )),
        },
        Data::Enum(data) => all(data.variants.iter().map(|variant| Arm::of_variant(variant, default, krate))),
        Data::Union(_) => Err(Error::new_spanned(&input.ident, "a union cannot be an `HttpError`")),
    }
}

/// Returns all values, or all errors.
fn all<T>(results: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    let mut values = Vec::new();
    let mut errors: Option<Error> = None;
    for result in results {
        match (result, &mut errors) {
            (Ok(value), _) => values.push(value),
            (Err(error), Some(errors)) => errors.combine(error),
            (Err(error), None) => errors = Some(error),
        }
    }
    errors.map_or(Ok(values), Err)
}

fn fields(data: &Data) -> Vec<&syn::Field> {
    match data {
        Data::Struct(data) => data.fields.iter().collect(),
        Data::Enum(data) => data.variants.iter().flat_map(|variant| &variant.fields).collect(),
        Data::Union(_) => Vec::new(),
    }
}

/// The arms for a struct or a variant in the two methods of the trait.
struct Arm {
    http: TokenStream,
    forwards_to: Option<TokenStream>,
}

impl Arm {
    fn of_variant(variant: &Variant, default: Option<&Http>, krate: &Path) -> Result<Self> {
        let name = &variant.ident;
        let own = Attributes::parse(&variant.attrs, false)?.http;
        let Some(http) = own.as_ref().or(default) else {
            return Err(Error::new_spanned(
                name,
                format!("the variant `{name}` requires `#[http(…)]`: a status, `transparent` or `unhandled`"),
            ));
        };
        Self::new(&quote!(Self::#name), &variant.fields, http, krate)
    }

    fn new(path: &TokenStream, fields: &Fields, http: &Http, krate: &Path) -> Result<Self> {
        let pattern = pattern(fields);
        Ok(match http {
            Http::Unhandled => Self { http: quote!(#path { .. } => None,), forwards_to: None },
            Http::Exception(exception) => {
                exception.check_status(fields)?;
                let exception = exception.to_expression(krate);
                Self { http: quote!(#path #pattern => Some(#exception),), forwards_to: None }
            }
            Http::Transparent(span) => {
                let mut all = fields.iter();
                let (Some(field), None) = (all.next(), all.next()) else {
                    return Err(Error::new(*span, "`transparent` requires exactly one field"));
                };
                let inner = binding(0, field.ident.as_ref());
                let error = quote_spanned!(field.ty.span() => #inner.as_dyn_error());
                Self {
                    http: quote!(#path #pattern => (&#krate::__private::Inner(#inner)).http(),),
                    forwards_to: Some(quote! {
                        #path #pattern =>
                            Some((&#krate::__private::Inner(#inner)).forwarded(#error)),
                    }),
                }
            }
        })
    }
}

/// Returns the implementations. Without arms, the methods return `None`.
fn implementations(input: &DeriveInput, krate: &Path, arms: Option<&[Arm]>) -> TokenStream {
    let name = &input.ident;
    let mut generics = input.generics.clone();
    if !generics.params.is_empty() {
        // thiserror adds bounds that are not visible here.
        let (_, ty, _) = input.generics.split_for_impl();
        let error: syn::WherePredicate = parse_quote!(#name #ty: ::std::error::Error + ::core::marker::Send + ::core::marker::Sync + 'static);
        generics.make_where_clause().predicates.push(error);
    }
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let http = arms.map(|arms| {
        let http = arms.iter().map(|arm| &arm.http);
        quote!(match self { #(#http)* })
    });
    let http = http.unwrap_or_else(|| quote!(None));
    let arms = arms.unwrap_or_default();
    let transparent: Vec<_> = arms.iter().filter_map(|arm| arm.forwards_to.as_ref()).collect();
    let traits = quote! {
        #[allow(unused_imports)]
        use #krate::__private::{AsDynError as _, InnerError as _, InnerHttpError as _};
    };
    let forwards_to = (!transparent.is_empty()).then(|| {
        quote! {
            #[allow(unreachable_patterns)]
            fn forwards_to(&self) -> ::core::option::Option<#krate::Forwarded<'_>> {
                #traits
                match self {
                    #(#transparent)*
                    _ => None,
                }
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #impl_generics #krate::HttpError for #name #ty_generics #where_clause {
            #[allow(unused_variables, deprecated)]
            fn http(&self) -> ::core::option::Option<#krate::HttpException> {
                #traits
                #http
            }

            #forwards_to
        }

        #[automatically_derived]
        impl #impl_generics #krate::__private::axum::response::IntoResponse for #name #ty_generics #where_clause {
            fn into_response(self) -> #krate::__private::axum::response::Response {
                #krate::__private::axum::response::IntoResponse::into_response(#krate::Exception::from_http_error(self))
            }
        }
    }
}
