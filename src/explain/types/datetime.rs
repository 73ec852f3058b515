//! Dates and times as pydantic reads them, with the parser of pydantic.

use speedate::{
    Date, DateTime, DateTimeConfig, Duration, MicrosecondsPrecisionOverflowBehavior, ParseError, Time,
    TimeConfig,
};
use strum::EnumMessage as _;

use crate::{
    json::{Kind, NodeId, Tape},
    report::ErrorKind,
};

use super::expected::Expected;

/// Reads a date or time, and returns it in the spelling of the type with this description. Returns `None` for a value
/// that is neither a string nor a number.
///
/// # Errors
///
/// Returns the error of pydantic.
pub(super) fn respelled(
    tape: &Tape<'_>,
    node: NodeId,
    expected: Expected,
    words: &str,
) -> Option<Result<String, ErrorKind>> {
    let sent = Sent::of(tape, node)?;
    Some(match expected {
        Expected::Date => date(sent).map(|date| date.to_string()),
        Expected::Time => time(sent).and_then(|time| match time.tz_offset {
            None | Some(0) => Ok(clock(time)),
            Some(_) => Err(ErrorKind::TimezoneNaive),
        }),
        Expected::Duration => duration(sent).map(|duration| spelled_duration(&duration, words)),
        _ => datetime(sent).and_then(|datetime| Spelling::of(words).spell(datetime)),
    })
}

/// The forms in which types read a date with a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    /// `2000-01-01T00:00:00.0+00:00`, of RFC 3339.
    Rfc3339,
    /// `2000-01-01T00:00:00.0`
    Naive,
    /// `2000-01-01 00:00:00.0 +00:00:00`, of `time`.
    TimeWithOffset,
    /// `2000-01-01 00:00:00.0`, of `time`.
    TimeNaive,
    /// The same, in UTC.
    TimeUtc,
}

impl Spelling {
    fn of(words: &str) -> Self {
        match words {
            // chrono 0.4; jiff 1.
            "a formatted date and time string" | "a datetime string" => Self::Naive,
            // time 0.3.
            "an `OffsetDateTime`" => Self::TimeWithOffset,
            "a `PrimitiveDateTime`" | "a `PlainDateTime`" => Self::TimeNaive,
            "a `UtcDateTime`" => Self::TimeUtc,
            _ => Self::Rfc3339,
        }
    }

    /// Spells a date with a time. Without a time zone it is in UTC, as a type without a time zone reads UTC.
    fn spell(self, datetime: DateTime) -> Result<String, ErrorKind> {
        let offset = datetime.time.tz_offset.unwrap_or(0);
        let is_naive = matches!(self, Self::Naive | Self::TimeNaive);
        if is_naive && offset != 0 {
            return Err(ErrorKind::TimezoneNaive);
        }
        let datetime = match self {
            Self::TimeUtc if offset != 0 => {
                datetime.in_timezone(0).map_err(|error| datetime_parsing(&error))?
            }
            _ => datetime,
        };
        let DateTime { date, time } = datetime;
        let clock = clock(time);
        let sign = if offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (offset.abs() / 3600, offset.abs() / 60 % 60);
        Ok(match self {
            Self::Rfc3339 => format!("{date}T{clock}{sign}{hours:02}:{minutes:02}"),
            Self::Naive => format!("{date}T{clock}"),
            Self::TimeWithOffset => format!("{date} {clock} {sign}{hours:02}:{minutes:02}:00"),
            Self::TimeNaive | Self::TimeUtc => format!("{date} {clock}"),
        })
    }
}

fn clock(Time { hour, minute, second, microsecond, .. }: Time) -> String {
    format!("{hour:02}:{minute:02}:{second:02}.{microsecond:06}")
}

/// A value that was sent for a date, a time or a duration.
#[derive(Clone, Copy, Debug)]
enum Sent<'t> {
    String(&'t str),
    Integer(i64),
    Float(f64),
}

impl<'t> Sent<'t> {
    fn of(tape: &'t Tape<'_>, node: NodeId) -> Option<Self> {
        let spelling = tape.str(node);
        match tape.kind(node) {
            Kind::String => Some(Self::String(spelling)),
            // An integer beyond 64 bits is beyond every date as well.
            Kind::Integer => match spelling.parse() {
                Ok(integer) => Some(Self::Integer(integer)),
                Err(_) => spelling.parse().ok().map(Self::Float),
            },
            Kind::Float => spelling.parse().ok().map(Self::Float),
            _ => None,
        }
    }
}

/// Digits beyond microseconds are cut, and a unix timestamp is in UTC.
fn time_config() -> TimeConfig {
    TimeConfig::builder()
        .microseconds_precision_overflow_behavior(MicrosecondsPrecisionOverflowBehavior::Truncate)
        .unix_timestamp_offset(Some(0))
        .build()
}

fn datetime_config() -> DateTimeConfig {
    DateTimeConfig::builder().time_config(time_config()).build()
}

fn reason(error: &ParseError) -> String {
    error.get_documentation().unwrap_or_default().to_owned()
}

const NOT_A_NUMBER: &str = "NaN values not permitted";

fn timestamp(sent: Sent<'_>) -> Result<DateTime, String> {
    match sent {
        Sent::String(string) => DateTime::parse_bytes_with_config(string.as_bytes(), &datetime_config()),
        Sent::Integer(seconds) => DateTime::from_timestamp_with_config(seconds, 0, &datetime_config()),
        Sent::Float(seconds) if seconds.is_nan() => return Err(NOT_A_NUMBER.to_owned()),
        Sent::Float(seconds) => DateTime::from_float_with_config(seconds, &datetime_config()),
    }
    .map_err(|error| reason(&error))
}

fn datetime_parsing(error: &ParseError) -> ErrorKind {
    ErrorKind::DatetimeParsing { error: reason(error) }
}

fn datetime(sent: Sent<'_>) -> Result<DateTime, ErrorKind> {
    timestamp(sent).or_else(|error| match sent {
        // A date is its midnight.
        Sent::String(string) => match Date::parse_bytes(string.as_bytes()) {
            Ok(date) => {
                let time = Time { hour: 0, minute: 0, second: 0, microsecond: 0, tz_offset: None };
                Ok(DateTime { date, time })
            }
            Err(error) => Err(ErrorKind::DatetimeFromDateParsing { error: reason(&error) }),
        },
        _ => Err(ErrorKind::DatetimeParsing { error }),
    })
}

fn date(sent: Sent<'_>) -> Result<Date, ErrorKind> {
    if let Sent::String(string) = sent {
        if let Ok(date) = Date::parse_bytes(string.as_bytes()) {
            return Ok(date);
        }
    }
    let DateTime { date, time } =
        timestamp(sent).map_err(|error| ErrorKind::DateFromDatetimeParsing { error })?;
    let is_midnight = (time.hour, time.minute, time.second, time.microsecond) == (0, 0, 0, 0);
    if is_midnight { Ok(date) } else { Err(ErrorKind::DateFromDatetimeInexact) }
}

/// Spells a duration as `-90.500000000`, for `time`, which requires all nine digits, or as `-PT90.500000S`, for the others.
fn spelled_duration(duration: &Duration, words: &str) -> String {
    let sign = if duration.positive { "" } else { "-" };
    let seconds = u64::from(duration.day) * 86_400 + u64::from(duration.second);
    let microseconds = duration.microsecond;
    match words {
        "a `Duration`" | "a `SignedDuration`" => format!("{sign}{seconds}.{microseconds:06}000"),
        _ => format!("{sign}PT{seconds}.{microseconds:06}S"),
    }
}

/// Reads a duration: ISO 8601, days and a time of day, or a number of seconds.
fn duration(sent: Sent<'_>) -> Result<Duration, ErrorKind> {
    let parsing = |error: String| ErrorKind::TimeDeltaParsing { error };
    let of_seconds = |is_positive: bool, seconds: u64, microseconds: u32| {
        let days = u32::try_from(seconds / 86_400).map_err(|_| ParseError::DurationDaysTooLarge)?;
        // The remainder is less than a day.
        let seconds = u32::try_from(seconds % 86_400).unwrap_or_default();
        Duration::new(is_positive, days, seconds, microseconds)
    };
    match sent {
        Sent::String(string) => Duration::parse_bytes_with_config(string.as_bytes(), &time_config()),
        Sent::Integer(seconds) => of_seconds(seconds >= 0, seconds.unsigned_abs(), 0),
        Sent::Float(seconds) if seconds.is_nan() => return Err(parsing(NOT_A_NUMBER.to_owned())),
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Sent::Float(seconds) => {
            let total = seconds.abs();
            of_seconds(seconds >= 0.0, total.trunc() as u64, (total.fract() * 1e6).round() as u32)
        }
    }
    .map_err(|error| parsing(reason(&error)))
}

fn time(sent: Sent<'_>) -> Result<Time, ErrorKind> {
    let parsing = |error: &str| ErrorKind::TimeParsing { error: error.to_owned() };
    let of_seconds = |seconds: u32, microseconds: u32| {
        Time::from_timestamp_with_config(seconds, microseconds, &time_config())
    };
    match sent {
        Sent::String(string) => Time::parse_bytes_with_config(string.as_bytes(), &time_config()),
        Sent::Float(seconds) if seconds.is_nan() => return Err(parsing(NOT_A_NUMBER)),
        Sent::Integer(seconds) if seconds < 0 => return Err(parsing("time in seconds should be positive")),
        Sent::Float(seconds) if seconds < 0.0 => return Err(parsing("time in seconds should be positive")),
        Sent::Integer(seconds) => of_seconds(u32::try_from(seconds).unwrap_or(u32::MAX), 0),
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Sent::Float(seconds) => of_seconds(seconds.trunc() as u32, (seconds.fract() * 1e6).round() as u32),
    }
    .map_err(|error| parsing(&reason(&error)))
}
