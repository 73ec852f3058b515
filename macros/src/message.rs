//! Strings with placeholders for fields: `"User {name}"`, `"User {0}"`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Fields, Ident, Index, LitStr};

/// Returns the name that a field is bound to in a pattern: its own, or `_0` for the first one of a tuple.
pub(crate) fn binding(index: usize, name: Option<&Ident>) -> Ident {
    name.map_or_else(|| format_ident!("_{index}"), Ident::clone)
}

/// Returns the pattern that binds all fields.
pub(crate) fn pattern(fields: &Fields) -> TokenStream {
    let bindings = fields.iter().enumerate().map(|(index, field)| match &field.ident {
        Some(name) => quote!(#name),
        None => {
            let (member, name) = (Index::from(index), binding(index, None));
            quote!(#member: #name)
        }
    });
    quote!({ #(#bindings),* })
}

/// Returns an expression for a string whose placeholders are fields.
pub(crate) fn format(message: &LitStr) -> TokenStream {
    let format = LitStr::new(&with_named_positions(&message.value()), message.span());
    quote!(::std::format!(#format))
}

/// Replaces `{0}` by `{_0}`, because the fields of a tuple are bound to such names.
fn with_named_positions(message: &str) -> String {
    let mut named = String::with_capacity(message.len() + 4);
    let mut chars = message.chars().peekable();
    while let Some(c) = chars.next() {
        named.push(c);
        if c != '{' {
            continue;
        }
        match chars.peek() {
            Some('{') => named.extend(chars.next()),
            Some(digit) if digit.is_ascii_digit() => named.push('_'),
            _ => {}
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::with_named_positions;

    #[test]
    fn positions_become_names() {
        for (message, named) in [
            ("no user {0}", "no user {_0}"),
            ("{0:?} and {1}{2}", "{_0:?} and {_1}{_2}"),
            ("{{0}} {name} {name:>1}", "{{0}} {name} {name:>1}"),
            ("{{{0}}}", "{{{_0}}}"),
            ("{", "{"),
            ("", ""),
        ] {
            assert_eq!(with_named_positions(message), named);
        }
    }
}
