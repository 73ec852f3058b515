//! A placeholder meets what a visitor asks for.

use crate::{
    explain::{
        placeholder::{Offer, Placeholder, fields_to_offer, settle_struct, template_members, template_of},
        state::{Error, Location, Owner, Pass},
        types::{ANYTHING, ATTEMPTS, Candidate, Expected, IntegerType, Scalar, UNUSUAL_INTEGER, probe},
    },
    json::NodeId,
    report::ErrorKind,
};

use super::{
    items::Items,
    members::Members,
    seed::{At, Hint, RAW_VALUE, VariantOf},
    visit::{Given, Visit, give},
};

/// Notes what is wrong with a node, and gives the visitor a placeholder instead.
pub(super) fn replace<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    kind: ErrorKind,
    hint: Hint,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    pass.mismatch(Location::Node(node), kind)?;
    let placeholder = Placeholder::of_frame(pass);
    read(pass, placeholder, hint, visitor)
}

/// Gives a visitor a value that stands in for one of the document.
pub(super) fn read<'t>(
    pass: &mut Pass<'t>,
    placeholder: Placeholder,
    hint: Hint,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    match hint {
        Hint::Any | Hint::Identifier => read_any(pass, placeholder, visitor),
        Hint::Bool => visitor.visit(pass, Given::Bool(placeholder.plain_attempt(pass) % 2 == 1)),
        Hint::Integer(integer) => {
            let value = placeholder.integer(pass);
            let given = match integer {
                IntegerType::I128 => Given::WideSigned(value.into()),
                IntegerType::U128 => Given::WideUnsigned(value.into()),
                _ => Given::Unsigned(value),
            };
            visitor.visit(pass, given)
        }
        Hint::Float(_) => {
            #[allow(clippy::cast_precision_loss)]
            let value = placeholder.integer(pass) as f64;
            visitor.visit(pass, Given::Float(value))
        }
        Hint::Char => visitor.visit(pass, Given::Char('a')),
        Hint::Str => read_str(pass, placeholder, visitor),
        Hint::Bytes => visitor.visit(pass, Given::Bytes(placeholder.str(pass).as_bytes())),
        Hint::Option => {
            if placeholder.attempt == 0 || placeholder.attempt >= ATTEMPTS {
                visitor.visit(pass, Given::None)
            } else {
                let inner = placeholder.deeper(pass)?;
                visitor.visit(pass, Given::Some(At::Placeholder(inner)))
            }
        }
        Hint::Unit => visitor.visit(pass, Given::Null),
        Hint::Newtype(RAW_VALUE) => visitor.visit(pass, Given::Map(&mut Members::raw("null".to_owned()))),
        Hint::Newtype(_) => {
            // The same place, so what is known about it stays known.
            let inner = placeholder.deeper(pass)?.with_offer(placeholder.offer);
            visitor.visit(pass, Given::Newtype(At::Placeholder(inner)))
        }
        Hint::Seq => {
            let mut items = match placeholder.attempt {
                0 => Items::empty(),
                _ => Items::of_placeholder(placeholder.deeper(pass)?, 1),
            };
            visitor.visit(pass, Given::Seq(&mut items))
        }
        Hint::Tuple(length) => {
            let mut items = Items::of_placeholder(placeholder.deeper(pass)?, length);
            visitor.visit(pass, Given::Seq(&mut items))
        }
        Hint::Map => read_template(pass, placeholder, visitor),
        Hint::Struct(fields) => {
            let inner = placeholder.deeper(pass)?;
            let visitor_type = visitor.visitor_type().id;
            let names = fields_to_offer(pass, visitor_type, fields);
            let result = visitor.visit(pass, Given::Map(&mut Members::of_placeholder(inner, names)));
            result.map_err(|error| settle_struct(pass, visitor_type, error))
        }
        Hint::Enum(variants) => read_enum(pass, placeholder, variants, visitor),
        Hint::IgnoredAny => visitor.visit(pass, Given::Null),
    }
}

fn read_any<'t>(
    pass: &mut Pass<'t>,
    placeholder: Placeholder,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    pass.accept_anything();
    let expectation = visitor.expectation(pass);
    if let Offer::Exactly(candidate) = placeholder.offer {
        return give_candidate(pass, placeholder, candidate, visitor);
    }
    if let Some((whole, has_members)) = template_of(pass) {
        return match whole {
            Some(Candidate::Map) | None if has_members => read_template(pass, placeholder, visitor),
            Some(candidate) => give_candidate(pass, placeholder, candidate, visitor),
            None => give_candidate(pass, placeholder, Candidate::Map, visitor),
        };
    }
    if let Offer::Hint(candidate) = placeholder.offer {
        return give_candidate(pass, placeholder, candidate, visitor);
    }
    let attempt = placeholder.attempt;
    let described = expectation.expected().filter(|_| attempt == 0).map(Expected::placeholder);
    let candidate = described.or_else(|| ANYTHING.get(usize::from(attempt)).copied());
    let candidate = candidate.unwrap_or_else(|| Candidate::Str(placeholder.str(pass)));
    give_candidate(pass, placeholder, candidate, visitor)
}

fn read_str<'t>(
    pass: &mut Pass<'t>,
    placeholder: Placeholder,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    if let Some(candidate @ (Candidate::Probe(_) | Candidate::Str(_))) = placeholder.offer.candidate() {
        return give_candidate(pass, placeholder, candidate, visitor);
    }
    let described = match visitor.expectation(pass).expected().map(Expected::placeholder) {
        // A string that parses as the type. Any string is good for the others.
        Some(Candidate::Str(string)) if placeholder.attempt == 0 && string.len() > 1 => Some(string),
        _ => None,
    };
    let string = described.unwrap_or_else(|| placeholder.str(pass));
    visitor.visit(pass, Given::Str(string))
}

fn give_candidate<'t>(
    pass: &mut Pass<'t>,
    placeholder: Placeholder,
    candidate: Candidate,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    let scalar = match candidate {
        Candidate::Probe(number) => Scalar::Str(probe(number)),
        Candidate::Str(string) => Scalar::Str(string),
        Candidate::Integer if placeholder.attempt == 0 => Scalar::Unsigned(UNUSUAL_INTEGER),
        Candidate::Integer => Scalar::Unsigned(placeholder.integer(pass)),
        Candidate::Float => Scalar::Float(0.0),
        Candidate::Bool => Scalar::Bool(false),
        Candidate::Null => Scalar::Null,
        Candidate::Number(number) => Scalar::Unsigned(number),
        Candidate::Seq => Scalar::EmptySeq,
        Candidate::Map => Scalar::Map,
        Candidate::Variant(name) => Scalar::Variant(name),
        Candidate::Mark(number) => Scalar::Mark(number),
        Candidate::Invented(number) => {
            let members = pass.learned.members.offered(Owner::Invented(number));
            let inner = placeholder.deeper(pass)?;
            return visitor.visit(pass, Given::Map(&mut Members::of_placeholder(inner, members)));
        }
    };
    give(pass, scalar, visitor)
}

/// Gives an object of the members that the type of the current frame is known to need.
fn read_template<'t>(
    pass: &mut Pass<'t>,
    placeholder: Placeholder,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    let members = template_members(pass);
    let inner = placeholder.deeper(pass)?;
    visitor.visit(pass, Given::Map(&mut Members::of_placeholder(inner, members)))
}

fn read_enum<'t>(
    pass: &mut Pass<'t>,
    placeholder: Placeholder,
    variants: &'static [&'static str],
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    let content = placeholder.deeper(pass)?;
    pass.ask_for_enum();
    pass.learned.types.saw_variants(variants.len());
    // Inside a placeholder for the same enum it is the next variant: a recursive type would never end
    // otherwise.
    let around = pass.begin_enum(visitor.visitor_type().id);
    let place = usize::from(placeholder.attempt) + usize::from(pass.round()) + around;
    let name = variants.get(place % variants.len().max(1)).copied().unwrap_or_default();
    let result = visitor.visit(pass, Given::Enum(VariantOf::Placeholder { name, content }));
    pass.end_enum();
    result
}
