//! Reads `#[rule(…)]` of a type.

use syn::{
    Attribute, Error, Expr, ExprLit, Lit, Path, Result, Token, WherePredicate, parse_quote,
    punctuated::Punctuated,
};

use super::{
    attribute::{self, Entry, Follows},
    errors::Errors,
    known,
    serde::SerdeAttributes,
};

/// The attributes of a type.
pub(super) struct Container {
    pub(super) serde: SerdeAttributes,
    /// The rules for the whole value.
    pub(super) whole: Vec<Expr>,
    pub(super) krate: Path,
    /// The bounds in place of those that are derived.
    pub(super) bound: Option<Vec<WherePredicate>>,
}

impl Container {
    pub(super) fn of(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut container = Self {
            serde: SerdeAttributes::of(attributes),
            whole: Vec::new(),
            krate: parse_quote!(::axum_exception),
            bound: None,
        };
        let mut seen: Vec<String> = Vec::new();
        for entry in attribute::entries_of(attributes, errors) {
            let name = entry.name.to_string();
            if name != "whole" && seen.contains(&name) {
                errors.push(attribute::duplicate(&entry.name));
                continue;
            }
            seen.push(name);
            let read = container.read(entry);
            errors.ok(read);
        }
        container
    }

    fn read(&mut self, entry: Entry) -> Result<()> {
        let Entry { name, follows } = entry;
        let string = name.to_string();
        match (string.as_str(), follows) {
            ("whole", Follows::Value(rule)) => self.whole.push(*rule),
            ("crate", Follows::Value(path)) => self.krate = path_of(*path)?,
            ("bound", Follows::Value(bound)) => self.bound = Some(predicates(*bound)?),
            ("whole" | "crate" | "bound", _) => {
                return Err(Error::new(name.span(), format!("`{string}` requires a value: `{string} = …`")));
            }
            _ if known::form(&string).is_some() => {
                return Err(Error::new(
                    name.span(),
                    format!("`{string}` belongs to a field, not to the type"),
                ));
            }
            _ => return Err(Error::new(name.span(), known::unknown(&string))),
        }
        Ok(())
    }
}

/// Returns the path of a crate, which may be in a string as in serde's attributes.
fn path_of(value: Expr) -> Result<Path> {
    match value {
        Expr::Path(path) => Ok(path.path),
        Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) => path.parse_with(Path::parse_mod_style),
        other => {
            Err(Error::new_spanned(other, "`crate` requires a path: `crate = my_crate::axum_exception`"))
        }
    }
}

fn predicates(value: Expr) -> Result<Vec<WherePredicate>> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(bounds), .. }) => {
            let list = bounds.parse_with(Punctuated::<WherePredicate, Token![,]>::parse_terminated)?;
            Ok(list.into_iter().collect())
        }
        other => Err(Error::new_spanned(other, "`bound` requires a string: `bound = \"T: Rules\"`")),
    }
}
