//! Numbers for types that expect numbers.

use crate::{
    explain::{
        placeholder::Placeholder,
        state::{Cause, Error, Location, NodeFlags, Pass},
        types::{Expected, FloatType, IntegerType, Scalar, is_too_large_for_f32, scalar_of},
    },
    json::{Kind, NodeId},
    report::{ErrorKind, Limit},
    value::{Number, Value},
};

use super::{
    placeholder,
    seed::Hint,
    sent::{coerced, one, substitute},
    visit::{Visit, give},
};

/// Reads a number.
pub(super) fn read<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    hint: Hint,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    let (expected, type_id) = match hint {
        Hint::Integer(integer) => (Expected::Integer(integer), integer.id()),
        Hint::Float(float) => (Expected::Float, float.id()),
        _ => return give(pass, Scalar::Null, visitor),
    };
    let chosen = one(pass, node)?;
    if pass.is_for_rules() && expected == Expected::Float {
        pass.learned.flags.observe(node, NodeFlags::FLOAT);
        pass.learned.flags.observe(chosen, NodeFlags::FLOAT);
    }
    if let Some(scalar) = substitute(pass, chosen) {
        return give(pass, scalar, visitor);
    }
    // serde's own visitors make nothing but numbers of this type. Others get what `serde_json` would give
    // them.
    let visitor_type = visitor.visitor_type();
    let is_plain = visitor_type.value == type_id && visitor_type.is_serde();
    let number = number_for(pass, chosen, expected, is_plain);
    match number.and_then(|scalar| fitting(pass, chosen, hint, scalar)) {
        Ok(scalar) => {
            let result = give(pass, scalar, visitor);
            result.map_err(|error| error.or_kind(|cause| refused(pass, chosen, expected, cause)))
        }
        Err(kind) => {
            // An error about a limit that is narrower holds for everything beyond this one.
            let limit = limit(&kind).filter(|_| is_plain && pass.is_for_rules());
            pass.mismatch(Location::Node(chosen), kind)?;
            if let Some(limit) = limit {
                return give(pass, limit, visitor);
            }
            let placeholder = Placeholder::of_frame(pass);
            placeholder::read(pass, placeholder, hint, visitor)
        }
    }
}

/// Returns the number that a visitor is given for a node.
fn number_for<'t>(
    pass: &Pass<'t>,
    node: NodeId,
    expected: Expected,
    is_plain: bool,
) -> Result<Scalar<'t>, ErrorKind> {
    let is_number = matches!(pass.tape.kind(node), Kind::Integer | Kind::Float);
    let is_wide = matches!(expected, Expected::Integer(IntegerType::I128 | IntegerType::U128));
    let sent = scalar_of(pass.tape, node).filter(|_| is_number && !is_wide);
    match (coerced(pass, node, expected), sent) {
        // `serde_json` does not read a number that is too large for a float.
        (_, Some(Scalar::Float(value))) if pass.is_strict() && !value.is_finite() => {
            Err(ErrorKind::FiniteNumber)
        }
        (Err(kind), _) if is_plain => Err(kind),
        (Ok(scalar), _) if is_plain && !pass.is_strict() => Ok(scalar),
        (_, Some(sent)) => Ok(sent),
        (coerced, None) => coerced,
    }
}

/// Refuses a number that is finite but too large for `f32`: serde would make it infinite.
fn fitting<'t>(
    pass: &Pass<'t>,
    node: NodeId,
    hint: Hint,
    scalar: Scalar<'t>,
) -> Result<Scalar<'t>, ErrorKind> {
    match scalar {
        Scalar::Float(value)
            if hint == Hint::Float(FloatType::F32) && is_too_large_for_f32(pass.tape, node, value) =>
        {
            // `serde_json` refuses it only with `float_roundtrip`.
            let is_accepted = pass.is_strict() && serde_json::from_str::<f32>(pass.tape.str(node)).is_ok();
            if is_accepted { Ok(scalar) } else { Err(ErrorKind::FiniteNumber) }
        }
        _ => Ok(scalar),
    }
}

/// Decides the kind of the error of a visitor that refused a number.
fn refused(pass: &Pass<'_>, node: NodeId, expected: Expected, cause: &Cause) -> Option<ErrorKind> {
    match cause {
        Cause::Type { .. } => None,
        Cause::Value { expected: words, .. } => match coerced(pass, node, expected) {
            Err(kind) => Some(kind),
            Ok(_) if words.starts_with("a nonzero u") => {
                Some(ErrorKind::GreaterThan { gt: Number::from(0).into() })
            }
            Ok(_) => None,
        },
        cause => Some(cause.to_value_error()),
    }
}

/// Returns the limit of an integer type that was exceeded.
fn limit(kind: &ErrorKind) -> Option<Scalar<'static>> {
    let (ErrorKind::LessThanEqual { le: Limit(Value::Number(limit)) }
    | ErrorKind::GreaterThanEqual { ge: Limit(Value::Number(limit)) }) = kind
    else {
        return None;
    };
    limit.as_u64().map(Scalar::Unsigned).or_else(|| limit.as_i64().map(Scalar::Signed))
}
