//! The bounds of generic types.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Generics, Ident, Path, Type, WherePredicate, parse_quote};

/// Returns the generics with the bounds that the rules need: `T: Rules` for each parameter that a field with the rule
/// `nested` mentions, as serde does. A given `bound` replaces them.
pub(super) fn with_bounds(
    generics: &Generics,
    bound: Option<Vec<WherePredicate>>,
    nested: &[Type],
    krate: &Path,
) -> Generics {
    let mut generics = generics.clone();
    let predicates = bound.unwrap_or_else(|| derived(&generics, nested, krate));
    if !predicates.is_empty() {
        generics.make_where_clause().predicates.extend(predicates);
    }
    generics
}

fn derived(generics: &Generics, nested: &[Type], krate: &Path) -> Vec<WherePredicate> {
    let parameters: Vec<&Ident> = generics.type_params().map(|parameter| &parameter.ident).collect();
    let mut paths: Vec<Vec<Ident>> = Vec::new();
    for ty in nested {
        collect(ty.to_token_stream(), &parameters, &mut paths);
    }
    paths.iter().map(|path| parse_quote!(#(#path)::*: #krate::rules::Rules)).collect()
}

/// Collects the paths that begin with a parameter, such as `T` and `T::Item`.
fn collect(tokens: TokenStream, parameters: &[&Ident], paths: &mut Vec<Vec<Ident>>) {
    let mut tokens = tokens.into_iter().peekable();
    // `true` behind `::` and `'`.
    let mut is_part = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => collect(group.stream(), parameters, paths),
            TokenTree::Ident(name) if !is_part && parameters.contains(&&name) => {
                let mut path = vec![name];
                while tokens.next_if(is_colon).is_some() {
                    if let Some(TokenTree::Ident(name)) =
                        tokens.next_if(|token| matches!(token, TokenTree::Ident(_)))
                    {
                        path.push(name);
                    }
                }
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
            token => {
                is_part = matches!(&token, TokenTree::Punct(punct) if matches!(punct.as_char(), ':' | '\''));
                continue;
            }
        }
        is_part = false;
    }
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
}
