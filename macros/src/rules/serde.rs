//! Reads `#[serde(…)]`, as far as it decides where clients find a value.

use syn::{Attribute, Expr, ExprLit, Lit, Meta, MetaList, Token, punctuated::Punctuated};

use super::rename::RenameRule;

/// The attributes of a type, a variant or a field. Each name has the same meaning on all of them.
#[derive(Default)]
pub(super) struct SerdeAttributes {
    pub(super) rename: Option<String>,
    pub(super) rename_all: Option<RenameRule>,
    pub(super) rename_all_fields: Option<RenameRule>,
    pub(super) has_tag: bool,
    pub(super) content: Option<String>,
    pub(super) is_untagged: bool,
    pub(super) is_transparent: bool,
    pub(super) is_skipped: bool,
    pub(super) is_flat: bool,
    pub(super) has_default: bool,
}

impl SerdeAttributes {
    /// Reads the attributes. What serde does not accept is left out, because serde reports it.
    pub(super) fn of(attributes: &[Attribute]) -> Self {
        let mut all = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            for meta in attribute.meta.require_list().map(metas).unwrap_or_default() {
                all.read(&meta);
            }
        }
        all
    }

    fn read(&mut self, meta: &Meta) {
        let Some(name) = meta.path().get_ident() else { return };
        match name.to_string().as_str() {
            "rename" => self.rename = self.rename.take().or_else(|| for_deserialize(meta)),
            "rename_all" => self.rename_all = rename_rule(meta),
            "rename_all_fields" => self.rename_all_fields = rename_rule(meta),
            "tag" => self.has_tag = true,
            "content" => self.content = string(meta),
            "untagged" => self.is_untagged = true,
            "transparent" => self.is_transparent = true,
            "skip" | "skip_deserializing" => self.is_skipped = true,
            "flatten" => self.is_flat = true,
            "default" => self.has_default = true,
            _ => {}
        }
    }
}

fn metas(list: &MetaList) -> Vec<Meta> {
    list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
        .map(|metas| metas.into_iter().collect())
        .unwrap_or_default()
}

fn rename_rule(meta: &Meta) -> Option<RenameRule> {
    RenameRule::from_name(&for_deserialize(meta)?)
}

/// Returns the string that counts for `Deserialize`, of `rename = "…"` or `rename(deserialize = "…")`.
fn for_deserialize(meta: &Meta) -> Option<String> {
    match meta {
        Meta::List(list) => {
            metas(list).iter().find(|meta| meta.path().is_ident("deserialize")).and_then(string)
        }
        _ => string(meta),
    }
}

fn string(meta: &Meta) -> Option<String> {
    let Meta::NameValue(pair) = meta else { return None };
    let mut value = &pair.value;
    // A literal that a `macro_rules!` inserted is in a group.
    while let Expr::Group(group) = value {
        value = &group.expr;
    }
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(string), .. }) => Some(string.value()),
        _ => None,
    }
}
