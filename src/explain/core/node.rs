//! A node of the document meets what a visitor asks for.

use crate::{
    explain::{
        nested::Nested,
        state::{Error, NodeFlags, Pass},
        types::{Expected, FAIL_FAST, JSON_STRING, LITERAL, Scalar, TAGGED_ENUM, VisitorType, scalar_of},
    },
    json::{Kind, MAX_DIGITS, NodeId, Tape},
    report::{ErrorKind, NestedErrors},
};

use super::{
    entries::Digits,
    list::{read_list, read_listed_fields, read_seq, read_tuple},
    members::Members,
    number, object,
    placeholder::replace,
    seed::{At, Hint, RAW_VALUE},
    sent::{coerced, one, substitute},
    string, tag,
    visit::{Given, Visit, give, presume_propagation},
};

/// Reads a node for a visitor that has asked for it.
pub(super) fn read<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    hint: Hint,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    if !matches!(hint, Hint::Any | Hint::Option | Hint::Newtype(_) | Hint::Identifier | Hint::IgnoredAny) {
        presume_propagation(pass, visitor);
    }
    if !matches!(hint, Hint::Any | Hint::Option | Hint::Newtype(_) | Hint::IgnoredAny) {
        refuse_long_integer(pass, node)?;
    }
    match hint {
        Hint::Any => read_any(pass, node, visitor),
        Hint::Option => read_option(pass, node, visitor),
        Hint::Newtype(name) => read_newtype(pass, node, name, visitor),
        Hint::IgnoredAny => visitor.visit(pass, Given::Null),
        Hint::Identifier => {
            // An empty string is a tag that does not exist.
            let tag = if pass.tape.kind(node) == Kind::Strings { pass.tape.chosen(node) } else { node };
            let string = tag::string_of(pass, tag);
            let result = visitor.visit(pass, Given::Str(string));
            tag::settle(pass, tag, result)
        }
        Hint::Integer(_) | Hint::Float(_) => number::read(pass, node, hint, visitor),
        Hint::Char => string::read_char(pass, node, visitor),
        Hint::Str => string::read(pass, node, visitor),
        Hint::Bytes => string::read_bytes(pass, node, visitor),
        Hint::Seq => read_seq(pass, node, visitor),
        Hint::Tuple(length) => read_tuple(pass, node, length, visitor),
        Hint::Map => object::read_map(pass, node, visitor),
        Hint::Struct(fields) => object::read_struct(pass, node, fields, visitor),
        Hint::Enum(variants) => object::read_enum(pass, node, variants, visitor),
        Hint::Unit => match pass.tape.kind(node) {
            Kind::Null => visitor.visit(pass, Given::Null),
            _ => {
                let node = one(pass, node)?;
                replace(pass, node, ErrorKind::NoneRequired, hint, visitor)
            }
        },
        Hint::Bool => {
            let node = one(pass, node)?;
            match coerced(pass, node, Expected::Bool) {
                Ok(scalar) => give(pass, scalar, visitor),
                Err(kind) => replace(pass, node, kind, hint, visitor),
            }
        }
    }
}

fn read_any<'t>(pass: &mut Pass<'t>, node: NodeId, visitor: &mut dyn Visit<'t>) -> Result<(), Error> {
    let tape = pass.tape;
    let expectation = visitor.expectation(pass);
    if tape.kind(node) == Kind::Strings {
        // A visitor that accepts anything gets a list of several strings, until it is known what it expects.
        let is_single = pass.has(node, NodeFlags::SINGLE) || tape.count(node) == 1;
        let is_single = is_single && !pass.has(node, NodeFlags::LISTED)
            || pass.has(node, NodeFlags::UNLISTED)
            || expectation.expected().is_some_and(Expected::is_single);
        if expectation.is_buffer() {
            pass.learned.flags.observe(node, NodeFlags::UNTYPED);
        }
        if is_single {
            let node = one(pass, node)?;
            return read_any(pass, node, visitor);
        }
    }
    pass.accept_anything();
    if expectation.is_buffer() {
        observe_buffer(pass, node, visitor.visitor_type());
    }
    match substitute(pass, node) {
        Some(Scalar::Map) => {
            let mut members = Members::given_to(pass, node)?;
            return visitor.visit(pass, Given::Map(&mut members));
        }
        Some(scalar) => return give(pass, scalar, visitor),
        None => {}
    }
    if tape.kind(node) == Kind::Strings {
        return read_list(pass, node, false, visitor);
    }
    if let Some(mut digits) = Digits::of(tape, node, visitor.visitor_type()) {
        // What serde buffers may be for a type that expects a plain number.
        if !expectation.is_buffer() || pass.keeps_buffered_digits() {
            return visitor.visit(pass, Given::Digits(&mut digits));
        }
        pass.lose_digits();
    }
    refuse_long_integer(pass, node)?;
    // What serde buffers is of no type yet.
    let expected = if expectation.is_buffer() { None } else { expectation.expected() };
    if let Some(expected) = expected {
        if let Some(result) =
            string::read_respelled(pass, node, expected, expectation.as_str(), Hint::Any, visitor)
        {
            return result;
        }
    }
    match scalar_of(tape, node) {
        Some(scalar @ Scalar::Str(_)) => {
            let result = give(pass, scalar, visitor);
            result.map_err(|error| match expected {
                Some(expected) => string::refused(pass, node, expected, expectation.as_str(), error),
                None => error,
            })
        }
        Some(scalar) => give(pass, scalar, visitor),
        None => {
            let is_tagged = expectation.as_str().starts_with(TAGGED_ENUM);
            match tape.kind(node) {
                Kind::Array if !is_tagged => read_list(pass, node, false, visitor),
                Kind::Array if pass.accepts_structs_from_lists() => read_listed_fields(pass, node, visitor),
                Kind::Array => replace(pass, node, ErrorKind::ModelAttributesType, Hint::Any, visitor),
                _ => object::read_any(pass, node, is_tagged, visitor),
            }
        }
    }
}

/// Refuses an integer with more digits than Python reads. In what no visitor looks at they do not count.
#[inline]
fn refuse_long_integer(pass: &mut Pass<'_>, node: NodeId) -> Result<(), Error> {
    let is_short = pass.tape.text_len() <= MAX_DIGITS;
    if is_short || !is_long_integer(pass.tape, node) { Ok(()) } else { Err(pass.refuse_digits()) }
}

fn is_long_integer(tape: &Tape<'_>, node: NodeId) -> bool {
    tape.kind(node) == Kind::Integer && tape.str(node).trim_start_matches('-').len() > MAX_DIGITS
}

/// Records that serde buffers a node: as a part of the value that is being made around it, or as a value of its own.
fn observe_buffer(pass: &mut Pass<'_>, node: NodeId, visitor: VisitorType) {
    let is_part = pass.frame().is_some_and(|frame| frame.value == visitor.value);
    pass.learned.flags.observe(node, NodeFlags::BUFFERED);
    if !is_part {
        pass.learned.flags.observe(node, NodeFlags::UNTAGGED);
    }
}

fn read_option<'t>(pass: &mut Pass<'t>, node: NodeId, visitor: &mut dyn Visit<'t>) -> Result<(), Error> {
    if pass.tape.kind(node) != Kind::Null {
        return visitor.visit(pass, Given::Some(At::Node(node)));
    }
    if pass.is_for_rules() {
        pass.learned.evidence.read_none(node, visitor.visitor_type().value_name);
    }
    visitor.visit(pass, Given::None)
}

fn read_newtype<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    name: &'static str,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    if name == RAW_VALUE {
        let mut json = String::new();
        pass.tape.write_raw(node, &mut json);
        return visitor.visit(pass, Given::Map(&mut Members::raw(json)));
    }
    if name == JSON_STRING {
        let nested = Nested::begin();
        let result = visitor.visit(pass, Given::Newtype(At::Node(node)));
        let errors = nested.end();
        if errors.is_empty() {
            return result;
        }
        return result.map_err(|error| error.with_kind(ErrorKind::Nested { errors: NestedErrors(errors) }));
    }
    match name {
        LITERAL => pass.learned.flags.observe(node, NodeFlags::LITERAL),
        FAIL_FAST => pass.learned.flags.observe(node, NodeFlags::FAIL_FAST),
        _ if pass.is_for_rules() => pass.learned.flags.observe(node, NodeFlags::NEWTYPE),
        _ => {}
    }
    visitor.visit(pass, Given::Newtype(At::Node(node)))
}
