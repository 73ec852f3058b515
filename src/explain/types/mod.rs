//! What is known of Rust types without a document: what their visitors expect, how values are coerced to
//! them, and which placeholders they accept.

mod candidate;
mod coerce;
mod container;
#[cfg(feature = "datetime")]
mod datetime;
mod digits;
mod expectation;
mod expected;
mod field_names;
mod integer;
mod label;
mod respell;
mod root_shape;
mod scalar;
mod seed_type;
mod table;
mod type_name;
mod unexpected;

pub(crate) use self::table::STRING_OF_JSON;
#[cfg(feature = "multipart")]
pub(crate) use self::table::UPLOADED_FILE;
pub(crate) use self::{
    candidate::{
        ANYTHING, ATTEMPTS, Candidate, FIRST_TEMPLATE_PROBE, MARKS, UNKNOWN_MARK, UNUSUAL_INTEGER,
        candidate_integer, candidate_str, mark, mark_in_name, probe, probe_at,
    },
    coerce::{
        check_string, coerce, coerce_key_strictly, coerce_strictly, ip_address, is_too_large_for_f32,
        parse_bool, scalar_of,
    },
    container::{Container, null_error},
    digits::is_exact,
    expectation::{Expectation, TAGGED_ENUM},
    expected::Expected,
    field_names::field_names,
    integer::{FloatType, IntegerType},
    label::union_label,
    respell::respelled,
    root_shape::{FAIL_FAST, JSON_STRING, LITERAL, LITERAL_NAMES, PARAMS, RootShape, RootType},
    scalar::Scalar,
    seed_type::{SeedType, VisitorType},
    type_name::is_deserialized_with,
    unexpected::Unexpected,
};
