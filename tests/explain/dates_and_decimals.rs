//! Dates, times and decimals in the forms that pydantic accepts. The replies of FastAPI are those of pydantic 2.14.

use serde::{Deserialize, de::DeserializeOwned};
use std::fmt::Debug;

use axum_exception::explain::{Error, Explain, Repeated};

/// A value as JSON with what is made of it: its `Debug`, or the type and message of its error.
type Row<'a> = (&'a str, Result<&'a str, &'a str>);

#[track_caller]
fn reads<T: DeserializeOwned + Debug>(rows: &[Row<'_>]) {
    let mut wrong = String::new();
    for (json, expected) in rows {
        // Inside of something else, so that the engine reads it, and not the fast path.
        let document = format!(r#"["5", {json}]"#);
        let read = match Explain::new().json::<(i32, T)>(document.as_bytes()) {
            Ok((_, value)) => Ok(format!("{value:?}")),
            Err(Error::Report(report)) => {
                let errors = report.errors();
                let errors: Vec<String> =
                    errors.iter().map(|error| format!("{}: {}", error.kind(), error.msg())).collect();
                Err(errors.join("; "))
            }
            Err(error) => panic!("{json}: {error}"),
        };
        if read.as_deref().map_err(String::as_str) != *expected {
            wrong += &format!("{json}\n  expected {expected:?}\n  read     {read:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{}:\n{wrong}", std::any::type_name::<T>());
}

const TOO_SHORT: &str =
    "datetime_from_date_parsing: Input should be a valid datetime or date, input is too short";

#[test]
fn datetimes_with_a_time_zone() {
    use chrono::{DateTime, FixedOffset, Utc};

    let rows: &[Row<'_>] = &[
        (r#""2023-01-01T10:00:00Z""#, Ok("2023-01-01T10:00:00Z")),
        // Digits that pydantic cuts are kept.
        (r#""2023-01-01T10:00:00.123456789Z""#, Ok("2023-01-01T10:00:00.123456789Z")),
        (r#""2023-01-01""#, Ok("2023-01-01T00:00:00Z")),
        (r#""2023-01-01 10:00""#, Ok("2023-01-01T10:00:00Z")),
        (r#""2023-01-01T10:00:00.5""#, Ok("2023-01-01T10:00:00.500Z")),
        (r#""2023-01-01T10:00:00+0200""#, Ok("2023-01-01T08:00:00Z")),
        (r#""1700000000""#, Ok("2023-11-14T22:13:20Z")),
        (r#""1700000000.5""#, Ok("2023-11-14T22:13:20.500Z")),
        ("1700000000", Ok("2023-11-14T22:13:20Z")),
        ("1700000000123", Ok("2023-11-14T22:13:20.123Z")),
        ("1.5", Ok("1970-01-01T00:00:01.500Z")),
        (r#""x""#, Err(TOO_SHORT)),
        (r#""""#, Err(TOO_SHORT)),
        (
            r#""2023-13-01""#,
            Err(
                "datetime_from_date_parsing: Input should be a valid datetime or date, month value is outside expected range of 1-12",
            ),
        ),
        (
            r#""2023-02-30""#,
            Err(
                "datetime_from_date_parsing: Input should be a valid datetime or date, day value is outside expected range",
            ),
        ),
        (
            r#""2023-01-01T25:00:00""#,
            Err(
                "datetime_from_date_parsing: Input should be a valid datetime or date, unexpected extra characters at the end of the input",
            ),
        ),
        (
            "1e20",
            Err(
                "datetime_parsing: Input should be a valid datetime, dates after 9999 are not supported as unix timestamps",
            ),
        ),
        (
            "99999999999999999999",
            Err(
                "datetime_parsing: Input should be a valid datetime, dates after 9999 are not supported as unix timestamps",
            ),
        ),
        ("NaN", Err("datetime_parsing: Input should be a valid datetime, NaN values not permitted")),
        ("true", Err("datetime_type: Input should be a valid datetime")),
        ("null", Err("datetime_type: Input should be a valid datetime")),
        ("[]", Err("datetime_type: Input should be a valid datetime")),
    ];
    reads::<DateTime<Utc>>(rows);
    reads::<DateTime<FixedOffset>>(&[
        (r#""2023-01-01 10:00+05:30""#, Ok("2023-01-01T10:00:00+05:30")),
        (r#""2023-01-01 10:00-00:30""#, Ok("2023-01-01T10:00:00-00:30")),
        (r#""2023-01-01""#, Ok("2023-01-01T00:00:00+00:00")),
        (r#""x""#, Err(TOO_SHORT)),
    ]);
    reads::<jiff::Timestamp>(&[
        (r#""2023-01-01T10:00:00Z""#, Ok("2023-01-01T10:00:00Z")),
        (r#""2023-01-01""#, Ok("2023-01-01T00:00:00Z")),
        ("1700000000", Ok("2023-11-14T22:13:20Z")),
        (r#""x""#, Err(TOO_SHORT)),
        ("true", Err("datetime_type: Input should be a valid datetime")),
    ]);
    reads::<time::OffsetDateTime>(&[
        (r#""2023-01-01 10:00:00.0 +02:00:00""#, Ok("2023-01-01 10:00:00.0 +02:00:00")),
        (r#""2023-01-01T10:00:00+02:00""#, Ok("2023-01-01 10:00:00.0 +02:00:00")),
        (r#""2023-01-01""#, Ok("2023-01-01 0:00:00.0 +00:00:00")),
        ("1700000000", Ok("2023-11-14 22:13:20.0 +00:00:00")),
        (r#""x""#, Err(TOO_SHORT)),
        ("true", Err("datetime_type: Input should be a valid datetime")),
    ]);
    reads::<Rfc3339>(&[
        (r#""2023-01-01 10:00""#, Ok("Rfc3339(2023-01-01 10:00:00.0 +00:00:00)")),
        ("0", Ok("Rfc3339(1970-01-01 0:00:00.0 +00:00:00)")),
        (r#""x""#, Err(TOO_SHORT)),
    ]);
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Rfc3339(#[serde(with = "time::serde::rfc3339")] time::OffsetDateTime);

#[test]
fn datetimes_without_a_time_zone() {
    const TIMEZONE: &str = "timezone_naive: Input should not have timezone info";
    reads::<chrono::NaiveDateTime>(&[
        (r#""2023-01-01T10:00:00""#, Ok("2023-01-01T10:00:00")),
        (r#""2023-01-01T10:00:00Z""#, Ok("2023-01-01T10:00:00")),
        (r#""2023-01-01 10:00""#, Ok("2023-01-01T10:00:00")),
        (r#""2023-01-01""#, Ok("2023-01-01T00:00:00")),
        ("1700000000", Ok("2023-11-14T22:13:20")),
        (r#""2023-01-01T10:00:00+02:00""#, Err(TIMEZONE)),
        (r#""x""#, Err(TOO_SHORT)),
    ]);
    reads::<jiff::civil::DateTime>(&[
        (r#""2023-01-01 10:00""#, Ok("2023-01-01T10:00:00")),
        (r#""2023-01-01T10:00:00Z""#, Ok("2023-01-01T10:00:00")),
        ("0", Ok("1970-01-01T00:00:00")),
        (r#""x""#, Err(TOO_SHORT)),
    ]);
    reads::<time::PrimitiveDateTime>(&[
        (r#""2023-01-01T10:00:00Z""#, Ok("2023-01-01 10:00:00.0")),
        (r#""2023-01-01T10:00:00+02:00""#, Err(TIMEZONE)),
        ("0", Ok("1970-01-01 0:00:00.0")),
        (r#""x""#, Err(TOO_SHORT)),
    ]);
}

#[test]
fn dates() {
    const INEXACT: &str =
        "date_from_datetime_inexact: Datetimes provided to dates should have zero time - e.g. be exact dates";
    let rows: &[Row<'_>] = &[
        (r#""2023-01-02""#, Ok("2023-01-02")),
        (r#""2023-01-02T00:00:00""#, Ok("2023-01-02")),
        (r#""2023-01-02T00:00:00+02:00""#, Ok("2023-01-02")),
        ("1699920000", Ok("2023-11-14")),
        (r#""1699920000.0""#, Ok("2023-11-14")),
        ("1700000000", Err(INEXACT)),
        ("1.5", Err(INEXACT)),
        (
            r#""x""#,
            Err("date_from_datetime_parsing: Input should be a valid date or datetime, input is too short"),
        ),
        (
            r#""2023-02-30""#,
            Err(
                "date_from_datetime_parsing: Input should be a valid date or datetime, day value is outside expected range",
            ),
        ),
        (
            "1e30",
            Err(
                "date_from_datetime_parsing: Input should be a valid date or datetime, dates after 9999 are not supported as unix timestamps",
            ),
        ),
        ("true", Err("date_type: Input should be a valid date")),
    ];
    reads::<chrono::NaiveDate>(rows);
    reads::<jiff::civil::Date>(rows);
    reads::<time::Date>(rows);
    let inexact = r#""2023-01-02T10:00""#;
    reads::<chrono::NaiveDate>(&[(inexact, Err(INEXACT))]);
    reads::<time::Date>(&[(inexact, Err(INEXACT))]);
    // What a type accepts itself is never refused.
    reads::<jiff::civil::Date>(&[(inexact, Ok("2023-01-02"))]);
}

#[test]
fn times() {
    const TOO_SHORT: &str = "time_parsing: Input should be in a valid time format, input is too short";
    const TOO_LARGE: &str =
        "time_parsing: Input should be in a valid time format, numeric times may not exceed 86,399 seconds";
    fn rows<'a>([ten, half, hour]: [&'a str; 3]) -> Vec<Row<'a>> {
        vec![
            (r#""10:00""#, Ok(ten)),
            (r#""10:00:00""#, Ok(ten)),
            (r#""10:00Z""#, Ok(ten)),
            (r#""10:00:00.5""#, Ok(half)),
            ("3600", Ok(hour)),
            ("3600.0", Ok(hour)),
            (r#""x""#, Err(TOO_SHORT)),
            (r#""3600""#, Err(TOO_SHORT)),
            (
                r#""25:00""#,
                Err(
                    "time_parsing: Input should be in a valid time format, hour value is outside expected range of 0-23",
                ),
            ),
            ("86400", Err(TOO_LARGE)),
            ("1e30", Err(TOO_LARGE)),
            (
                "-1",
                Err(
                    "time_parsing: Input should be in a valid time format, time in seconds should be positive",
                ),
            ),
            ("true", Err("time_type: Input should be a valid time")),
        ]
    }
    reads::<chrono::NaiveTime>(&rows(["10:00:00", "10:00:00.500", "01:00:00"]));
    reads::<jiff::civil::Time>(&rows(["10:00:00", "10:00:00.5", "01:00:00"]));
    reads::<time::Time>(&rows(["10:00:00.0", "10:00:00.5", "1:00:00.0"]));
    let zoned = r#""10:00+02:00""#;
    let refused: Row<'_> = (zoned, Err("timezone_naive: Input should not have timezone info"));
    reads::<chrono::NaiveTime>(&[refused]);
    reads::<time::Time>(&[refused]);
    reads::<jiff::civil::Time>(&[(zoned, Ok("10:00:00"))]);
}

#[test]
fn decimals() {
    const PARSING: &str = "decimal_parsing: Input should be a valid decimal";
    const TYPE: &str = "decimal_type: Decimal input should be an integer, float, string or Decimal object";
    const FINITE: &str = "finite_number: Input should be a finite number";
    let errors: &[Row<'_>] = &[
        (r#""x""#, Err(PARSING)),
        (r#""""#, Err(PARSING)),
        (r#""0x1""#, Err(PARSING)),
        (r#""inf""#, Err(FINITE)),
        (r#""NaN""#, Err(FINITE)),
        ("true", Err(TYPE)),
        ("null", Err(TYPE)),
        ("[]", Err(TYPE)),
    ];
    reads::<rust_decimal::Decimal>(errors);
    reads::<rust_decimal::Decimal>(&[
        (r#""1.50""#, Ok("1.50")),
        (r#"" 1 ""#, Ok("1")),
        (r#""1_000""#, Ok("1000")),
        (r#""1e3""#, Ok("1000")),
        ("1", Ok("1")),
        ("1.5", Ok("1.5")),
        ("12345678901234567890123", Ok("12345678901234567890123")),
        ("1234567890123456789012345678901234567890", Err(PARSING)),
    ]);
    reads::<bigdecimal::BigDecimal>(errors);
    reads::<Big>(&[(r#"" 1.50 ""#, Ok("1.50")), (r#""1_000""#, Ok("1000")), ("5", Ok("5"))]);
}

/// A decimal that is shown as such.
#[derive(Deserialize)]
struct Big(bigdecimal::BigDecimal);

impl Debug for Big {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&self.0, f)
    }
}

/// A string in a query is read like a string in JSON.
#[test]
fn dates_and_decimals_in_a_query() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Search {
        since: Option<chrono::DateTime<chrono::Utc>>,
        price: Vec<rust_decimal::Decimal>,
    }
    let explain = Explain::new().at("query");
    let read = explain
        .pairs::<Search, _, _>([("since", "2023-01-01"), ("price", " 1"), ("price", "2")], Repeated::Last);
    assert_eq!(format!("{:?}", read.unwrap()), "Search { since: Some(2023-01-01T00:00:00Z), price: [1, 2] }");
    // Of several strings the last one counts, also for a type that accepts anything.
    #[derive(Debug, Deserialize)]
    struct Item {
        price: rust_decimal::Decimal,
    }
    let item = explain.pairs::<Item, _, _>([("price", "x"), ("price", "1_5")], Repeated::Last).unwrap();
    assert_eq!(item.price, rust_decimal::Decimal::from(15));
    let error = explain.pairs::<Item, _, _>([("price", "1"), ("price", "x")], Repeated::Last).unwrap_err();
    assert_eq!(error.to_string(), "query.price: Input should be a valid decimal");
    let error = explain.pairs::<Search, _, _>([("since", "x"), ("price", "y")], Repeated::Last).unwrap_err();
    assert_eq!(
        error.to_string(),
        "query.since: Input should be a valid datetime or date, input is too short; \
         query.price.0: Input should be a valid decimal"
    );
}

/// serde buffers what is flattened. There a type gets a string as it was sent, and the errors are the same.
#[test]
fn dates_and_decimals_in_a_flattened_struct() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Inner {
        at: chrono::DateTime<chrono::Utc>,
        price: rust_decimal::Decimal,
    }
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Outer {
        #[serde(flatten)]
        inner: Inner,
    }
    let error = Explain::new().json::<Outer>(br#"{"at":"x","price":"y"}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "body.at: Input should be a valid datetime or date, input is too short; \
         body.price: Input should be a valid decimal"
    );
}

#[test]
fn strict_mode_reads_what_serde_json_reads() {
    let explain = Explain::new().strict(true);
    assert!(explain.json::<chrono::NaiveDate>(br#""2023-01-01T00:00:00""#).is_err());
    assert!(explain.json::<chrono::DateTime<chrono::Utc>>(b"1700000000").is_err());
    assert!(explain.json::<rust_decimal::Decimal>(br#"" 1""#).is_err());
}

#[test]
fn durations() {
    const DAY: &str = "time_delta_parsing: Input should be a valid timedelta, \"day\" identifier in duration not correctly formatted";
    const TOO_LARGE: &str =
        "time_delta_parsing: Input should be a valid timedelta, durations may not exceed 999,999,999 days";
    let errors: &[Row<'_>] = &[
        (r#""x""#, Err("time_delta_parsing: Input should be a valid timedelta, invalid digit in duration")),
        (r#""""#, Err("time_delta_parsing: Input should be a valid timedelta, input is too short")),
        (r#""300""#, Err(DAY)),
        ("1e20", Err(TOO_LARGE)),
        ("100000000000000000000", Err(TOO_LARGE)),
        ("null", Err("time_delta_type: Input should be a valid timedelta")),
        ("{}", Err("time_delta_type: Input should be a valid timedelta")),
    ];
    reads::<time::Duration>(errors);
    reads::<time::Duration>(&[
        ("300", Ok("Duration { seconds: 300, nanoseconds: 0 }")),
        ("-1.5", Ok("Duration { seconds: -1, nanoseconds: -500000000 }")),
        (r#""PT5M""#, Ok("Duration { seconds: 300, nanoseconds: 0 }")),
        (r#""1 day""#, Ok("Duration { seconds: 86400, nanoseconds: 0 }")),
        (r#""00:05:00.5""#, Ok("Duration { seconds: 300, nanoseconds: 500000000 }")),
    ]);
    reads::<jiff::SignedDuration>(errors);
    reads::<jiff::SignedDuration>(&[
        ("300", Ok("5m")),
        ("-90.5", Ok("1m 30s 500ms ago")),
        (r#""P1DT2H""#, Ok("26h")),
        (r#""1 days, 10:00:00""#, Ok("34h")),
    ]);
}
