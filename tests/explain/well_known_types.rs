//! Errors in types of the standard library and of well-known crates.

use std::{
    net::{IpAddr, Ipv4Addr},
    num::{NonZeroI8, NonZeroU8},
};

use serde::Deserialize;

use crate::rows::{accepts, rejects, writes};

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Known {
    uuid: uuid::Uuid,
    url: url::Url,
    ip: IpAddr,
    ip4: Ipv4Addr,
    at: chrono::DateTime<chrono::Utc>,
    day: chrono::NaiveDate,
    hour: chrono::NaiveTime,
    local: chrono::NaiveDateTime,
    #[serde(with = "time::serde::rfc3339")]
    rfc: time::OffsetDateTime,
    date: time::Date,
    letter: char,
    some: NonZeroU8,
    any: NonZeroI8,
    unit: (),
    wide: u128,
    end: i32,
}

#[test]
fn errors_in_well_known_types() {
    let fields = [
        "uuid", "url", "ip", "ip4", "at", "day", "hour", "local", "rfc", "date", "letter", "some", "any",
        "unit", "wide", "end",
    ];
    let missing: Vec<(String, &str)> =
        fields.iter().map(|field| (format!("body.{field}"), "missing")).collect();
    let missing: Vec<(&str, &str)> = missing.iter().map(|(loc, kind)| (loc.as_str(), *kind)).collect();
    rejects::<Known>("{}", &missing);
    rejects::<Known>(
        r#"{"uuid":"x","url":"x","ip":"x","ip4":"x","at":"x","day":"x","hour":"x","local":"x","rfc":"x","date":"x","letter":"xx","some":0,"any":0,"unit":1,"wide":-1,"end":"x"}"#,
        &[
            ("body.uuid", "uuid_parsing"),
            ("body.url", "url_parsing"),
            ("body.ip", "ip_any_address"),
            ("body.ip4", "ip_v4_address"),
            ("body.at", "datetime_from_date_parsing"),
            ("body.day", "date_from_datetime_parsing"),
            ("body.hour", "time_parsing"),
            ("body.local", "datetime_from_date_parsing"),
            ("body.rfc", "datetime_from_date_parsing"),
            ("body.date", "date_from_datetime_parsing"),
            ("body.letter", "string_too_long"),
            ("body.some", "greater_than"),
            ("body.any", "value_error"),
            ("body.unit", "none_required"),
            ("body.wide", "greater_than_equal"),
            ("body.end", "int_parsing"),
        ],
    );
    rejects::<Known>(
        r#"{"uuid":[],"url":[],"ip":[],"ip4":[],"at":[],"day":[],"hour":[],"local":[],"rfc":[],"date":{},"letter":[],"some":[],"any":300,"unit":[],"wide":1e3,"end":[]}"#,
        &[
            ("body.uuid", "uuid_type"),
            ("body.url", "url_type"),
            ("body.ip", "ip_any_address"),
            ("body.ip4", "ip_v4_address"),
            ("body.at", "datetime_type"),
            ("body.day", "date_type"),
            ("body.hour", "time_type"),
            ("body.local", "datetime_type"),
            ("body.rfc", "datetime_type"),
            ("body.date", "date_type"),
            ("body.letter", "string_type"),
            ("body.some", "int_type"),
            ("body.any", "less_than_equal"),
            ("body.unit", "none_required"),
            ("body.end", "int_type"),
        ],
    );
    writes::<uuid::Uuid>(
        r#""550e8400-e29b-41d4-a716-44665544000g""#,
        r#"[{"type":"uuid_parsing","loc":["body"],"msg":"Input should be a valid UUID, invalid character: found `g` at 35","input":"550e8400-e29b-41d4-a716-44665544000g","ctx":{"error":"invalid character: found `g` at 35"}}]"#,
    );
    writes::<url::Url>(
        r#""""#,
        r#"[{"type":"url_parsing","loc":["body"],"msg":"Input should be a valid URL, input is empty","input":"","ctx":{"error":"input is empty"}}]"#,
    );
    accepts::<(u128, i128)>(
        "[340282366920938463463374607431768211455, \"-170141183460469231731687303715884105728\"]",
        "(340282366920938463463374607431768211455, -170141183460469231731687303715884105728)",
    );
}
