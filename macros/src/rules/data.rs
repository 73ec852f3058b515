//! The rules of structs and enums, where serde's tags decide where the fields are.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{DataEnum, Error, Field, Fields, Ident, Index, Member, Variant, ext::IdentExt};

use super::{
    Context, Parts, attribute,
    errors::Errors,
    fields::{self, Shape},
    serde::SerdeAttributes,
};

/// Returns the code for the fields of a struct.
pub(super) fn struct_parts(fields: &Fields, context: &Context, errors: &mut Errors) -> Parts {
    let serde = &context.serde;
    let shape = Shape {
        fields,
        rename_all: serde.rename_all,
        is_transparent: serde.is_transparent,
        is_skipped: false,
    };
    let value = |index: usize, field: &Field| {
        let member = member(index, field);
        quote_spanned! { fields::span_of(field) => &self.#member }
    };
    fields::of(&shape, value, context, errors)
}

/// Returns the code for the variants of an enum.
pub(super) fn enum_parts(data: &DataEnum, context: &Context, errors: &mut Errors) -> Parts {
    let mut parts = Parts::default();
    let mut arms = TokenStream::new();
    for variant in &data.variants {
        let serde = SerdeAttributes::of(&variant.attrs);
        refuse_rules(variant, errors);
        let Parts { statements, nested } = variant_parts(variant, &serde, context, errors);
        parts.nested.extend(nested);
        if !statements.is_empty() {
            let pattern = pattern(variant);
            let statements = inside(variant, &serde, statements, context);
            arms.extend(quote! { #pattern => { #statements } });
        }
    }
    if !arms.is_empty() {
        parts.statements = quote! {
            match self {
                #arms
                #[allow(unreachable_patterns)]
                _ => {}
            }
        };
    }
    parts
}

/// Refuses rules of a variant itself.
fn refuse_rules(variant: &Variant, errors: &mut Errors) {
    if let Some(span) = attribute::span_of(&variant.attrs) {
        let message = match variant.fields {
            Fields::Unit => "a variant without fields has no rules",
            _ => "rules belong to a field of the variant, not to the variant: `Variant(#[rule(…)] Type)`",
        };
        errors.push(Error::new(span, message));
    }
}

fn variant_parts(
    variant: &Variant,
    serde: &SerdeAttributes,
    context: &Context,
    errors: &mut Errors,
) -> Parts {
    let shape = Shape {
        fields: &variant.fields,
        rename_all: serde.rename_all.or(context.serde.rename_all_fields),
        is_transparent: false,
        is_skipped: serde.is_skipped,
    };
    let value = |index: usize, field: &Field| {
        fields::with_place(&binding(index), fields::span_of(field)).into_token_stream()
    };
    fields::of(&shape, value, context, errors)
}

/// Returns the pattern that binds the fields of a variant that have rules.
fn pattern(variant: &Variant) -> TokenStream {
    let name = &variant.ident;
    let members = variant.fields.iter().enumerate().filter_map(|(index, field)| {
        attribute::span_of(&field.attrs)?;
        let binding = binding(index);
        let member = member(index, field);
        Some(quote! { #member: #binding, })
    });
    quote! { Self::#name { #(#members)* .. } }
}

/// Returns the name or the index of a field.
fn member(index: usize, field: &Field) -> Member {
    field.ident.clone().map_or_else(|| Member::Unnamed(Index::from(index)), Member::Named)
}

/// Returns the name in a pattern for the field with an index.
fn binding(index: usize) -> Ident {
    format_ident!("field_{index}", span = Span::mixed_site())
}

/// Returns the rules of a variant where the tag of the enum places its content.
fn inside(
    variant: &Variant,
    serde: &SerdeAttributes,
    statements: TokenStream,
    context: &Context,
) -> TokenStream {
    let container = &context.serde;
    let step = if container.is_untagged || serde.is_untagged {
        None
    } else if container.has_tag {
        container.content.clone()
    } else {
        let name = variant.ident.unraw().to_string();
        let renamed = || container.rename_all.map(|rule| rule.variant(&name));
        Some(serde.rename.clone().or_else(renamed).unwrap_or(name))
    };
    let check = &context.check;
    match step {
        Some(step) => quote! { #check.inside(#step, |#check| { #statements }); },
        None => statements,
    }
}
