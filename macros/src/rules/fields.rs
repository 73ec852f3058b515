//! The rules of the fields of a struct or of a variant.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{
    Error, Field, Fields, GenericArgument, Ident, PathArguments, Type, ext::IdentExt, spanned::Spanned,
};

use super::{
    Context, Parts,
    attribute::{self, Rule},
    chain,
    errors::Errors,
    rename::RenameRule,
    serde::SerdeAttributes,
};

/// The fields of a struct or of a variant, and what serde makes of them.
pub(super) struct Shape<'a> {
    pub(super) fields: &'a Fields,
    /// The rule for the names of the fields.
    pub(super) rename_all: Option<RenameRule>,
    /// `true` if serde reads only one of the fields, in place of the struct.
    pub(super) is_transparent: bool,
    /// `true` if serde never reads the fields.
    pub(super) is_skipped: bool,
}

/// A field of a struct or of a variant.
struct Part<'a> {
    field: &'a Field,
    serde: SerdeAttributes,
    rules: Vec<Rule>,
}

/// Where a value is, relative to the value that contains it.
enum Place {
    Name(String),
    Index(usize),
    /// At the same place: flattened, or the only part.
    Same,
}

/// Returns the code for all fields that have rules. `value` returns a reference to a field by its index.
pub(super) fn of(
    shape: &Shape<'_>,
    value: impl Fn(usize, &Field) -> TokenStream,
    context: &Context,
    errors: &mut Errors,
) -> Parts {
    let mut parts = Parts::default();
    // The number of fields before this one that serde reads.
    let mut read = 0;
    for (index, field) in shape.fields.iter().enumerate() {
        let part = Part {
            field,
            serde: SerdeAttributes::of(&field.attrs),
            rules: attribute::rules_of(&field.attrs, errors),
        };
        if let Some(span) = attribute::span_of(&field.attrs).filter(|_| !part.is_read(shape)) {
            errors.push(Error::new(span, "serde does not read this field, so its rules are never checked"));
        } else if !part.rules.is_empty() {
            let statement = part.statement(&part.place(shape, read), &value(index, field), context);
            parts.statements.extend(statement);
            if part.rules.iter().any(Rule::has_nested) {
                parts.nested.push(field.ty.clone());
            }
        }
        read += usize::from(!part.serde.is_skipped);
    }
    parts
}

impl Part<'_> {
    /// Returns whether clients can send the field.
    fn is_read(&self, shape: &Shape<'_>) -> bool {
        let is_part_of_transparent = !self.serde.has_default && !is_named(&self.field.ty, "PhantomData");
        !shape.is_skipped && !self.serde.is_skipped && (!shape.is_transparent || is_part_of_transparent)
    }

    fn place(&self, shape: &Shape<'_>, index: usize) -> Place {
        match &self.field.ident {
            _ if shape.is_transparent || self.serde.is_flat => Place::Same,
            Some(name) => {
                let name = name.unraw().to_string();
                let renamed = || shape.rename_all.map(|rule| rule.field(&name));
                Place::Name(self.serde.rename.clone().or_else(renamed).unwrap_or(name))
            }
            None if shape.fields.len() == 1 => Place::Same,
            None => Place::Index(index),
        }
    }

    /// Returns the code for all rules of the field.
    fn statement(&self, place: &Place, value: &TokenStream, context: &Context) -> TokenStream {
        let krate = &context.krate;
        // All tokens of an expression need the same hygiene, or the compiler shows the derive as their place.
        let span = Span::mixed_site().located_at(self.field.ty.span());
        let check = with_place(&context.check, span);
        let (field, inside) = match (place, inside_option(&self.field.ty)) {
            (Place::Name(name), Some(inside)) => {
                (quote_spanned! { span => #check.optional(#name, #value) }, Some(inside))
            }
            (Place::Name(name), None) => (quote_spanned! { span => #check.field(#name, #value) }, None),
            (Place::Index(index), _) => {
                (quote_spanned! { span => #check.item(#index, #value) }, Some(&self.field.ty))
            }
            (Place::Same, _) => (quote_spanned! { span => #check.value(#value) }, Some(&self.field.ty)),
        };
        match inside.map_or(0, options) {
            0 => {
                let chain = chain::chain(field, &self.rules, krate);
                quote! { #chain; }
            }
            depth => {
                let closure = chain::closure(&self.rules, krate, span);
                let closure = (1..depth).fold(closure, |closure, _| chain::some(&closure));
                quote! { #field.some(#closure); }
            }
        }
    }
}

/// Returns the span for the code of a field, so that an error about its type points at the type.
pub(super) fn span_of(field: &Field) -> Span {
    Span::call_site().located_at(field.ty.span())
}

/// Returns a name that errors show at another place.
pub(super) fn with_place(name: &Ident, span: Span) -> Ident {
    Ident::new(&name.to_string(), name.span().located_at(span))
}

/// Returns the number of `Option`s around a type.
fn options(mut ty: &Type) -> usize {
    let mut depth = 0;
    while let Some(inside) = inside_option(ty) {
        ty = inside;
        depth += 1;
    }
    depth
}

/// Returns the type inside an `Option`. It is recognized by its name, as serde does.
fn inside_option(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ungroup(ty) else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inside) if arguments.args.len() == 1 => Some(inside),
        _ => None,
    }
}

fn is_named(ty: &Type, name: &str) -> bool {
    matches!(ungroup(ty), Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}

/// Returns a type without the groups that a `macro_rules!` puts around it.
fn ungroup(mut ty: &Type) -> &Type {
    while let Type::Group(group) = ty {
        ty = &group.elem;
    }
    ty
}
