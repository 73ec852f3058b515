//! Objects for maps, structs and enums.

use std::any::TypeId;

use crate::{
    explain::{
        state::{Cause, Error, NodeFlags, Pass},
        types::Expected,
    },
    json::{Kind, NodeId},
    report::{Choices, ErrorKind},
};

use super::{
    list::{read_listed_fields, refused},
    members::{Members, Style},
    placeholder::replace,
    seed::{Hint, VariantOf},
    sent::one,
    visit::{Given, Visit},
};

fn read<'t>(
    pass: &mut Pass<'t>,
    object: NodeId,
    style: Style,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    let is_known = style.uniform().is_some() || matches!(style, Style::Collection);
    let is_foreign = !is_known && !visitor.visitor_type().returns_errors();
    let mut members = Members::of_object(pass, object, style, is_foreign)?;
    pass.descend(|pass| match visitor.visit(pass, Given::Map(&mut members)) {
        Err(error) if !members.has_started() => Err(refused(error)),
        result => members.end(pass, result, || visitor.visitor_type().returns_errors()),
    })
}

/// Reads an object for a visitor that accepts anything, or looks for the tag of an enum.
pub(super) fn read_any<'t>(
    pass: &mut Pass<'t>,
    object: NodeId,
    is_tagged: bool,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    let style = if is_tagged { Style::Tagged } else { Style::Open };
    read(pass, object, style, visitor)
}

pub(super) fn read_map<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    let visitor_type = visitor.visitor_type();
    let is_collection = visitor_type.is_collection();
    if pass.tape.kind(node) != Kind::Object {
        let is_struct = !is_collection && visitor.expectation(pass).expected() == Some(Expected::Struct);
        let kind = if is_struct { Expected::Struct.type_error() } else { Expected::Map.type_error() };
        let node = one(pass, node)?;
        return replace(pass, node, kind, Hint::Map, visitor);
    }
    if pass.is_for_rules() && is_collection {
        pass.learned.evidence.visited(node, visitor_type.value_name);
    }
    if !is_collection {
        // The parts of a struct are flattened one after the other.
        pass.learned.flags.observe(node, NodeFlags::UNORDERED);
    }
    let style = if is_collection { Style::Collection } else { Style::Open };
    read(pass, node, style, visitor)
}

pub(super) fn read_struct<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    fields: &'static [&'static str],
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    match pass.tape.kind(node) {
        Kind::Object => {
            let visitor_type = visitor.visitor_type();
            let is_adjacent = fields.len() == 2
                && visitor.expectation(pass).as_str().starts_with("adjacently tagged enum ");
            if pass.is_for_rules() {
                let content = fields.last().filter(|_| is_adjacent);
                let content = content.and_then(|name| pass.member(node, name));
                let evidence = &mut pass.learned.evidence;
                evidence.has_fields(node, fields);
                content.into_iter().for_each(|content| evidence.has_content(node, content));
            }
            let style = Style::Struct { fields, uniform: visitor_type.uniform(), is_adjacent };
            read(pass, node, style, visitor)
        }
        Kind::Array if pass.accepts_structs_from_lists() => read_listed_fields(pass, node, visitor),
        _ => {
            let node = one(pass, node)?;
            replace(pass, node, ErrorKind::ModelAttributesType, Hint::Struct(fields), visitor)
        }
    }
}

/// Reads an enum as serde writes it by default: a name, or an object of a name and its content.
pub(super) fn read_enum<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    variants: &'static [&'static str],
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    pass.ask_for_enum();
    let node = one(pass, node)?;
    let tape = pass.tape;
    let (name, content) = match tape.kind(node) {
        Kind::String => (node, None),
        Kind::Object => {
            let mut members = tape.all_members(node);
            match (members.next(), members.next()) {
                (Some((key, content)), None) => (key, Some(content)),
                _ => return replace(pass, node, not_a_variant(variants), Hint::Enum(variants), visitor),
            }
        }
        _ => return replace(pass, node, not_a_variant(variants), Hint::Enum(variants), visitor),
    };
    let visitor_type = visitor.visitor_type().uniform();
    if pass.learned.types.is_closed(visitor_type) && !variants.contains(&tape.str(name)) {
        return replace(pass, node, not_a_variant(variants), Hint::Enum(variants), visitor);
    }
    let Some(content) = content else {
        let variant = VariantOf::Node { name, content: None };
        let result = visitor.visit(pass, Given::Enum(variant));
        return result.map_err(|error| {
            error.or_kind(|cause| match cause {
                Cause::Type { .. } => Some(not_a_variant(variants)),
                cause => learn_variants(pass, visitor_type, variants, cause),
            })
        });
    };
    if pass.is_for_rules() {
        pass.learned.evidence.has_content(node, content);
    }
    let variant = VariantOf::Node { name, content: Some(content) };
    let result = pass.descend(|pass| visitor.visit(pass, Given::Enum(variant)));
    if matches!(result, Err(Error::Settled)) && pass.has(content, NodeFlags::HOPELESS) {
        pass.learned.flags.give_up(node);
    }
    result.map_err(|error| error.or_kind(|cause| learn_variants(pass, visitor_type, variants, cause)))
}

fn not_a_variant(variants: &'static [&'static str]) -> ErrorKind {
    ErrorKind::Enum { expected: Choices::Declared(variants) }
}

/// Decides the kind of the error of an enum that does not know a name, and learns that it knows no others.
fn learn_variants(
    pass: &mut Pass<'_>,
    visitor: Option<TypeId>,
    variants: &'static [&'static str],
    cause: &Cause,
) -> Option<ErrorKind> {
    let Cause::UnknownVariant { expected, .. } = cause else { return None };
    if *expected == variants {
        pass.learned.types.close(visitor);
    }
    Some(not_a_variant(variants))
}
