//! Reads `#[rule(…)]` of a field.

use proc_macro2::{Span, TokenStream};
use syn::{
    Attribute, Error, Expr, Ident, Meta, Result, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    token,
};

use super::{
    errors::Errors,
    known::{self, Form},
};

/// A rule of a field.
pub(super) struct Rule {
    pub(super) name: Ident,
    pub(super) argument: Argument,
}

/// The part behind the name of a rule.
pub(super) enum Argument {
    None,
    Value(Box<Expr>),
    /// The rules of the items, the entries, or the value in an `Option`.
    Rules(Vec<Rule>),
}

impl Rule {
    /// Returns whether the rule, or one inside it, is `nested`.
    pub(super) fn has_nested(&self) -> bool {
        match &self.argument {
            Argument::Rules(rules) => rules.iter().any(Self::has_nested),
            _ => self.name == "nested",
        }
    }
}

/// Something in the parentheses of an attribute: a name, and what follows it.
pub(super) struct Entry {
    pub(super) name: Ident,
    pub(super) follows: Follows,
}

/// The part behind a name in an attribute.
pub(super) enum Follows {
    Nothing,
    /// `=` without a value.
    OnlyEquals,
    Value(Box<Expr>),
    /// The part in parentheses.
    Parentheses(TokenStream),
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = input.call(Ident::parse_any)?;
        let follows = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            if input.is_empty() || input.peek(Token![,]) {
                Follows::OnlyEquals
            } else {
                Follows::Value(input.parse()?)
            }
        } else if input.peek(token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            Follows::Parentheses(content.parse()?)
        } else {
            Follows::Nothing
        };
        Ok(Self { name, follows })
    }
}

fn entries(input: ParseStream<'_>) -> Result<Vec<Entry>> {
    Ok(Punctuated::<Entry, Token![,]>::parse_terminated(input)?.into_iter().collect())
}

/// Returns whether an attribute is `#[rule(…)]`.
pub(super) fn is_rule(attribute: &&Attribute) -> bool {
    attribute.path().is_ident("rule")
}

/// Returns what all `#[rule(…)]` among the attributes contain.
pub(super) fn entries_of(attributes: &[Attribute], errors: &mut Errors) -> Vec<Entry> {
    let mut all = Vec::new();
    for attribute in attributes.iter().filter(is_rule) {
        let read = match &attribute.meta {
            Meta::List(list) if !list.tokens.is_empty() => entries.parse2(list.tokens.clone()),
            meta => Err(Error::new_spanned(meta, "`rule` requires rules: `#[rule(min_length = 1)]`")),
        };
        all.extend(errors.ok(read).unwrap_or_default());
    }
    all
}

/// Returns the rules of a field.
pub(super) fn rules_of(attributes: &[Attribute], errors: &mut Errors) -> Vec<Rule> {
    rules(entries_of(attributes, errors), errors)
}

fn rules(entries: Vec<Entry>, errors: &mut Errors) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for entry in entries {
        if entry.name != "custom" && rules.iter().any(|rule| rule.name == entry.name) {
            errors.push(duplicate(&entry.name));
            continue;
        }
        let rule = rule(entry, errors);
        rules.extend(errors.ok(rule));
    }
    rules
}

fn rule(entry: Entry, errors: &mut Errors) -> Result<Rule> {
    let Entry { name, follows } = entry;
    let string = name.to_string();
    let fail = |message: String| Err(Error::new(name.span(), message));
    let Some(form) = known::form(&string) else {
        return fail(match known::is_of_type(&string) {
            true => format!("`{string}` belongs to the type: write `#[rule({string} = …)]` above it"),
            false => known::unknown(&string),
        });
    };
    let argument = match (form, follows) {
        (Form::Name, Follows::Nothing) => Argument::None,
        (Form::Value | Form::Rules, Follows::Value(value)) => Argument::Value(value),
        (Form::Rules, Follows::Parentheses(tokens)) if !tokens.is_empty() => {
            Argument::Rules(rules(entries.parse2(tokens)?, errors))
        }
        (Form::Name, _) => return fail(format!("`{string}` has no value: write only `{string}`")),
        (Form::Value, _) => return fail(format!("`{string}` requires a value: `{string} = …`")),
        (Form::Rules, _) => return fail(format!("`{string}` requires rules: `{string}(min_length = 1)`")),
    };
    Ok(Rule { name, argument })
}

/// Returns the error for a rule that a list contains twice.
pub(super) fn duplicate(name: &Ident) -> Error {
    Error::new(name.span(), format!("duplicate rule `{name}`"))
}

/// Returns the place of the first `#[rule(…)]` among the attributes.
pub(super) fn span_of(attributes: &[Attribute]) -> Option<Span> {
    attributes.iter().find(is_rule).and_then(|attribute| attribute.path().get_ident().map(Ident::span))
}
