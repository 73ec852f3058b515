//! Every rule and its error, with pydantic's messages.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use axum::routing::post;
use axum_exception::{
    ErrorDetail,
    extract::{Json, Valid},
    rules::{Check, Field, Pattern, RuleError, Rules, errors},
};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::support::{Reply, errors::email_error, post_json, table::Table};

async fn valid<T: DeserializeOwned + Rules + Send + 'static>(body: &str) -> Reply {
    post_json(post(async |_: Valid<Json<T>>| "valid"), body).await
}

/// Checks bodies, each with its one error; a body without one is valid.
async fn expect<T: DeserializeOwned + Rules + Send + 'static>(rows: &[(impl AsRef<str>, impl AsRef<str>)]) {
    let mut table = Table::default();
    for (body, error) in rows {
        let (body, error) = (body.as_ref(), error.as_ref());
        let expected = if error.is_empty() {
            Reply::text(200, "text/plain; charset=utf-8", "valid")
        } else {
            Reply::json(422, format!(r#"{{"detail":[{error}]}}"#))
        };
        table.assert_eq(body, valid::<T>(body).await, expected);
    }
}

/// One field for each rule.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Each {
    gt: Option<i64>,
    ge: Option<u8>,
    lt: Option<i32>,
    le: Option<f64>,
    gt_float: Option<f64>,
    finite: Option<f64>,
    decimal: Option<Decimal>,
    multiple_of: Option<u64>,
    multiple_of_float: Option<f64>,
    after: Option<NaiveDate>,
    min_length: Option<String>,
    max_length: Option<String>,
    pattern: Option<String>,
    ascii: Option<String>,
    email: Option<String>,
    url: Option<String>,
    one_of: Option<String>,
    one_of_numbers: Option<i64>,
    custom: Option<String>,
    typed: Option<String>,
    list: Option<Vec<i64>>,
    deque: Option<VecDeque<i64>>,
    set: Option<BTreeSet<i64>>,
    map: Option<HashMap<String, i64>>,
    each: Option<Vec<i64>>,
    each_some: Option<Vec<Option<i64>>>,
    each_value: Option<BTreeMap<String, i64>>,
    each_key: Option<BTreeMap<String, i64>>,
    pair: Option<(i64, String)>,
}

static LETTERS: Pattern = Pattern::new("^[a-z]+$");

impl Rules for Each {
    fn rules(&self, each: &mut Check<'_>) {
        each.optional("gt", &self.gt).gt(5);
        each.optional("ge", &self.ge).ge(5);
        each.optional("lt", &self.lt).lt(5);
        each.optional("le", &self.le).le(10.0);
        each.optional("gt_float", &self.gt_float).gt(0.5);
        each.optional("decimal", &self.decimal).gt(Decimal::ZERO).le(Decimal::new(15, 1));
        each.optional("finite", &self.finite).finite();
        each.optional("multiple_of", &self.multiple_of).multiple_of(5);
        each.optional("multiple_of_float", &self.multiple_of_float).multiple_of(0.1);
        each.optional("after", &self.after).gt(NaiveDate::from_ymd_opt(2020, 1, 1).unwrap());
        each.optional("min_length", &self.min_length).min_length(3);
        each.optional("max_length", &self.max_length).max_length(1);
        each.optional("pattern", &self.pattern).pattern(&LETTERS);
        each.optional("ascii", &self.ascii).ascii();
        each.optional("email", &self.email).email();
        each.optional("url", &self.url).url();
        each.optional("one_of", &self.one_of).one_of(["a", "b'c", "d\"e"]);
        each.optional("one_of_numbers", &self.one_of_numbers).one_of([1, 2]);
        each.optional("custom", &self.custom).custom(|text| match text.as_str() {
            "ve" => Err("bad value given"),
            _ => Ok(()),
        });
        each.optional("typed", &self.typed).custom(|text| match text.len() {
            0 => Ok(()),
            length => Err(RuleError::new("my_type", "custom message")
                .with_ctx("what", "tpl")
                .with_ctx("n", length as u64)),
        });
        each.optional("list", &self.list).min_length(2).max_length(2);
        each.optional("deque", &self.deque).min_length(2).max_length(2);
        each.optional("set", &self.set).min_length(2).max_length(2);
        each.optional("map", &self.map).min_length(2).max_length(2);
        each.optional("each", &self.each).each(|number| number.gt(0));
        each.optional("each_some", &self.each_some).each(|number| number.some(|number| number.gt(0)));
        each.optional("each_value", &self.each_value).each_value(|number| number.gt(0));
        each.optional("each_key", &self.each_key).each_key(|key| key.min_length(2));
        if let Some(pair) = &self.pair {
            let seven = |(number, _): &(i64, String)| if *number == 7 { Err("seven") } else { Ok(()) };
            each.field("pair", pair).custom(seven);
        }
    }
}

#[tokio::test]
async fn every_rule_reports_the_error_of_pydantic() {
    expect::<Each>(&[
        (
            r#"{"gt":5}"#,
            r#"{"type":"greater_than","loc":["body","gt"],"msg":"Input should be greater than 5","input":5,"ctx":{"gt":5}}"#,
        ),
        (r#"{"gt":6}"#, ""),
        (r#"{"gt":null}"#, ""),
        (
            r#"{"ge":"4"}"#,
            r#"{"type":"greater_than_equal","loc":["body","ge"],"msg":"Input should be greater than or equal to 5","input":"4","ctx":{"ge":5}}"#,
        ),
        (r#"{"ge":5}"#, ""),
        (
            r#"{"lt":5.0}"#,
            r#"{"type":"less_than","loc":["body","lt"],"msg":"Input should be less than 5","input":5.0,"ctx":{"lt":5}}"#,
        ),
        (r#"{"lt":4}"#, ""),
        (
            r#"{"le":10.5}"#,
            r#"{"type":"less_than_equal","loc":["body","le"],"msg":"Input should be less than or equal to 10","input":10.5,"ctx":{"le":10.0}}"#,
        ),
        (r#"{"le":10}"#, ""),
        (
            r#"{"le":"nan"}"#,
            r#"{"type":"less_than_equal","loc":["body","le"],"msg":"Input should be less than or equal to 10","input":"nan","ctx":{"le":10.0}}"#,
        ),
        (
            r#"{"gt_float":0.5}"#,
            r#"{"type":"greater_than","loc":["body","gt_float"],"msg":"Input should be greater than 0.5","input":0.5,"ctx":{"gt":0.5}}"#,
        ),
        (
            r#"{"finite":"-inf"}"#,
            r#"{"type":"finite_number","loc":["body","finite"],"msg":"Input should be a finite number","input":"-inf"}"#,
        ),
        (r#"{"finite":1e308}"#, ""),
        (
            r#"{"decimal":"-1.0"}"#,
            r#"{"type":"greater_than","loc":["body","decimal"],"msg":"Input should be greater than 0","input":"-1.0","ctx":{"gt":0}}"#,
        ),
        (
            r#"{"decimal":2}"#,
            r#"{"type":"less_than_equal","loc":["body","decimal"],"msg":"Input should be less than or equal to 1.5","input":2,"ctx":{"le":1.5}}"#,
        ),
        (
            r#"{"multiple_of":7}"#,
            r#"{"type":"multiple_of","loc":["body","multiple_of"],"msg":"Input should be a multiple of 5","input":7,"ctx":{"multiple_of":5}}"#,
        ),
        (r#"{"multiple_of":0}"#, ""),
        (
            r#"{"multiple_of_float":0.35}"#,
            r#"{"type":"multiple_of","loc":["body","multiple_of_float"],"msg":"Input should be a multiple of 0.1","input":0.35,"ctx":{"multiple_of":0.1}}"#,
        ),
        (r#"{"multiple_of_float":0.3}"#, ""),
        (
            r#"{"after":"2019-01-01"}"#,
            r#"{"type":"greater_than","loc":["body","after"],"msg":"Input should be greater than 2020-01-01","input":"2019-01-01","ctx":{"gt":"2020-01-01"}}"#,
        ),
        (
            r#"{"min_length":"éé"}"#,
            r#"{"type":"string_too_short","loc":["body","min_length"],"msg":"String should have at least 3 characters","input":"éé","ctx":{"min_length":3}}"#,
        ),
        (r#"{"min_length":"ééé"}"#, ""),
        (
            r#"{"max_length":"ab"}"#,
            r#"{"type":"string_too_long","loc":["body","max_length"],"msg":"String should have at most 1 character","input":"ab","ctx":{"max_length":1}}"#,
        ),
        (
            r#"{"pattern":"abc\n"}"#,
            r#"{"type":"string_pattern_mismatch","loc":["body","pattern"],"msg":"String should match pattern '^[a-z]+$'","input":"abc\n","ctx":{"pattern":"^[a-z]+$"}}"#,
        ),
        (
            r#"{"ascii":"é"}"#,
            r#"{"type":"string_not_ascii","loc":["body","ascii"],"msg":"String should contain only ASCII characters","input":"é"}"#,
        ),
        (
            r#"{"url":"x"}"#,
            r#"{"type":"url_parsing","loc":["body","url"],"msg":"Input should be a valid URL, relative URL without a base","input":"x","ctx":{"error":"relative URL without a base"}}"#,
        ),
        (r#"{"url":"https://example.com"}"#, ""),
        (
            r#"{"one_of":"z"}"#,
            r#"{"type":"literal_error","loc":["body","one_of"],"msg":"Input should be 'a', \"b'c\" or 'd\"e'","input":"z","ctx":{"expected":"'a', \"b'c\" or 'd\"e'"}}"#,
        ),
        (r#"{"one_of":"b'c"}"#, ""),
        (
            r#"{"one_of_numbers":3}"#,
            r#"{"type":"literal_error","loc":["body","one_of_numbers"],"msg":"Input should be 1 or 2","input":3,"ctx":{"expected":"1 or 2"}}"#,
        ),
        (
            r#"{"custom":"ve"}"#,
            r#"{"type":"value_error","loc":["body","custom"],"msg":"Value error, bad value given","input":"ve","ctx":{"error":{}}}"#,
        ),
        (
            r#"{"typed":"x"}"#,
            r#"{"type":"my_type","loc":["body","typed"],"msg":"custom message","input":"x","ctx":{"what":"tpl","n":1}}"#,
        ),
        (
            r#"{"list":[1]}"#,
            r#"{"type":"too_short","loc":["body","list"],"msg":"List should have at least 2 items after validation, not 1","input":[1],"ctx":{"field_type":"List","min_length":2,"actual_length":1}}"#,
        ),
        (
            r#"{"list":[1,2,"x"]}"#,
            r#"{"type":"too_long","loc":["body","list"],"msg":"List should have at most 2 items after validation, not 3","input":[1,2,"x"],"ctx":{"field_type":"List","max_length":2,"actual_length":3}}"#,
        ),
        (
            r#"{"deque":[1,2,3]}"#,
            r#"{"type":"too_long","loc":["body","deque"],"msg":"Deque should have at most 2 items after validation, not 3","input":[1,2,3],"ctx":{"field_type":"Deque","max_length":2,"actual_length":3}}"#,
        ),
        (
            r#"{"set":[1,1]}"#,
            r#"{"type":"too_short","loc":["body","set"],"msg":"Set should have at least 2 items after validation, not 1","input":[1,1],"ctx":{"field_type":"Set","min_length":2,"actual_length":1}}"#,
        ),
        (
            r#"{"set":[1,2,3]}"#,
            r#"{"type":"too_long","loc":["body","set"],"msg":"Set should have at most 2 items after validation, not more","input":[1,2,3],"ctx":{"field_type":"Set","max_length":2,"actual_length":null}}"#,
        ),
        (
            r#"{"map":{"a":1}}"#,
            r#"{"type":"too_short","loc":["body","map"],"msg":"Dictionary should have at least 2 items after validation, not 1","input":{"a":1},"ctx":{"field_type":"Dictionary","min_length":2,"actual_length":1}}"#,
        ),
        (
            r#"{"map":{"a":1,"b":2,"c":3}}"#,
            r#"{"type":"too_long","loc":["body","map"],"msg":"Dictionary should have at most 2 items after validation, not more","input":{"a":1,"b":2,"c":3},"ctx":{"field_type":"Dictionary","max_length":2,"actual_length":null}}"#,
        ),
        (
            r#"{"map":{"a":1,"b":"x","c":3,"d":4}}"#,
            r#"{"type":"too_long","loc":["body","map"],"msg":"Dictionary should have at most 2 items after validation, not more","input":{"a":1,"b":"x","c":3,"d":4},"ctx":{"field_type":"Dictionary","max_length":2,"actual_length":null}}"#,
        ),
        (
            r#"{"map":{"a":1,"b":"x","c":3}}"#,
            r#"{"type":"int_parsing","loc":["body","map","b"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}"#,
        ),
        (
            r#"{"set":["x",1,2,3]}"#,
            r#"{"type":"too_long","loc":["body","set"],"msg":"Set should have at most 2 items after validation, not more","input":["x",1,2,3],"ctx":{"field_type":"Set","max_length":2,"actual_length":null}}"#,
        ),
        (
            r#"{"set":["x",1,"1",1.0,true,2]}"#,
            r#"{"type":"int_parsing","loc":["body","set",0],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}"#,
        ),
        (
            r#"{"each":[1,0]}"#,
            r#"{"type":"greater_than","loc":["body","each",1],"msg":"Input should be greater than 0","input":0,"ctx":{"gt":0}}"#,
        ),
        (
            r#"{"each_some":[1,null,0]}"#,
            r#"{"type":"greater_than","loc":["body","each_some",2],"msg":"Input should be greater than 0","input":0,"ctx":{"gt":0}}"#,
        ),
        (r#"{"each_some":[1,null]}"#, ""),
        (
            r#"{"each_value":{"a":0,"b":1}}"#,
            r#"{"type":"greater_than","loc":["body","each_value","a"],"msg":"Input should be greater than 0","input":0,"ctx":{"gt":0}}"#,
        ),
        (
            r#"{"each_key":{"bb":0,"a":1}}"#,
            r#"{"type":"string_too_short","loc":["body","each_key","a","[key]"],"msg":"String should have at least 2 characters","input":"a","ctx":{"min_length":2}}"#,
        ),
        (
            r#"{"pair":[7,"x"]}"#,
            r#"{"type":"value_error","loc":["body","pair"],"msg":"Value error, seven","input":[7,"x"],"ctx":{"error":{}}}"#,
        ),
    ])
    .await;
}

/// The reasons are those of Python's `email-validator`.
#[tokio::test]
async fn email_errors_match_email_validator() {
    let rows = [
        ("x", "An email address must have an @-sign."),
        ("", "An email address must have an @-sign."),
        ("@x.co", "There must be something before the @-sign."),
        ("a@", "There must be something after the @-sign."),
        ("a b@x.co", "The email address contains invalid characters before the @-sign: SPACE."),
        ("a@b c.co", "The part after the @-sign contains invalid characters: SPACE."),
        ("a@b", "The part after the @-sign is not valid. It should have a period."),
        ("a@localhost", "The part after the @-sign is not valid. It should have a period."),
        ("a@b..c", "An email address cannot have two periods in a row."),
        ("a..b@c.co", "An email address cannot have two periods in a row."),
        ("a@@b.co", "The part after the @-sign contains invalid characters: '@'."),
        (".a@b.co", "An email address cannot start with a period."),
        ("a.@b.co", "An email address cannot have a period immediately before the @-sign."),
        ("a@.co", "An email address cannot have a period immediately after the @-sign."),
        ("a@b.co.", "An email address cannot end with a period."),
        ("a@-b.co", "An email address cannot have a hyphen immediately after the @-sign."),
        ("a@b-.co", "An email address cannot have a period and a hyphen next to each other."),
        ("\"a b\"@c.co", "Quoting the part before the @-sign is not allowed here."),
        ("a@[1.2.3.4]", "A bracketed IP address after the @-sign is not allowed here."),
    ];
    let row = |address: &str, reason: &str| {
        let input = axum_exception::Value::from(address).to_string();
        let error = match reason {
            "" => String::new(),
            reason => email_error(r#"["body","email"]"#, reason, &input),
        };
        (format!(r#"{{"email":{input}}}"#), error)
    };
    let valid = ["a@b.co", "é@b.co", "first.last+tag@sub.example.com", "a@b-c.co"].map(|valid| (valid, ""));
    let rows: Vec<_> = rows.into_iter().chain(valid).map(|(address, reason)| row(address, reason)).collect();
    expect::<Each>(&rows).await;
}

/// Rules of a field run in pydantic's order, however they are written, and the first failure is reported.
#[test]
fn first_failing_rule_in_pydantic_order_is_reported() {
    struct Number(f64);
    impl Rules for Number {
        fn rules(&self, check: &mut Check<'_>) {
            let odd = |_: &f64| Err("odd");
            check.value(&self.0).custom(odd).gt(8.0).ge(6.0).lt(2.0).le(4.0).multiple_of(2.0);
        }
    }
    let kinds =
        [(5.0, "multiple_of"), (6.0, "less_than_equal"), (4.0, "less_than"), (0.0, "greater_than_equal")];
    let mut table = Table::default();
    for (number, kind) in kinds {
        let found = errors(&Number(number));
        table.assert_eq(number, found.iter().map(ErrorDetail::kind).collect::<Vec<_>>(), [kind]);
    }
    struct Text(String);
    impl Rules for Text {
        fn rules(&self, check: &mut Check<'_>) {
            let bad = |_: &String| Err("bad");
            check
                .value(&self.0)
                .custom(bad)
                .pattern(&LETTERS)
                .max_length(5)
                .min_length(3)
                .one_of(["A", "ABC", "ABCDEF", "abc"]);
        }
    }
    let kinds = [
        ("B", "literal_error"),
        ("A", "string_too_short"),
        ("ABCDEF", "string_too_long"),
        ("ABC", "string_pattern_mismatch"),
        ("abc", "value_error"),
    ];
    for (text, kind) in kinds {
        let found = errors(&Text(text.to_owned()));
        table.assert_eq(text, found.iter().map(ErrorDetail::kind).collect::<Vec<_>>(), [kind]);
    }
}

/// Invalid items hide an invalid length, unless a list is too long. Rules for the whole come last.
#[test]
fn item_errors_hide_length_errors_unless_a_list_is_too_long() {
    struct Numbers(Vec<i64>, BTreeMap<&'static str, i64>);
    impl Rules for Numbers {
        fn rules(&self, numbers: &mut Check<'_>) {
            numbers.whole(|| Err("never right"));
            let list = numbers.field("list", &self.0).each(|number| number.gt(0)).custom(|_| Err("custom"));
            list.min_length(2).max_length(3);
            let map = numbers.field("map", &self.1).max_length(1);
            map.each_value(|number| number.gt(0)).custom(|_| Err("custom"));
        }
    }
    let found = |list: &[i64], map: &[(&'static str, i64)]| -> Vec<String> {
        let numbers = Numbers(list.to_vec(), map.iter().copied().collect());
        errors(&numbers).iter().map(|error| format!("{} {}", error.loc(), error.kind())).collect()
    };
    assert_eq!(found(&[0], &[]), ["list.0 greater_than", "map value_error"]);
    assert_eq!(found(&[1], &[]), ["list too_short", "map value_error"]);
    assert_eq!(found(&[0, 0, 0, 0], &[("a", 0), ("b", 1)]), ["list too_long", "map.a greater_than"]);
    assert_eq!(found(&[1, 2], &[("a", 1), ("b", 1)]), ["list value_error", "map too_long"]);
    // More than one entry is valid, so the map is too long whatever the others are.
    assert_eq!(found(&[1, 2], &[("a", 1), ("b", 0), ("c", 1)]), ["list value_error", "map too_long"]);
}

/// Rules for the whole run last, wherever they are written, and only if all fields are valid.
#[test]
fn whole_rules_run_last_and_only_if_all_fields_are_valid() {
    struct Range(i64, i64);
    impl Rules for Range {
        fn rules(&self, range: &mut Check<'_>) {
            range.whole(|| if self.0 <= self.1 { Ok(()) } else { Err("upside down") });
            range.whole(|| if self.1 < 10 { Ok(()) } else { Err("too high") });
            range.item(0, &self.0).ge(0);
            range.item(1, &self.1).ge(0);
        }
    }
    let found = |low, high| -> Vec<String> {
        errors(&Range(low, high)).iter().map(|error| format!("{} {}", error.loc(), error.msg())).collect()
    };
    assert_eq!(found(1, 2), [""; 0]);
    assert_eq!(found(2, 1), [" Value error, upside down"]);
    assert_eq!(found(1, 10), [" Value error, too high"]);
    assert_eq!(found(20, 10), [" Value error, upside down"]);
    assert_eq!(found(2, -1), ["1 Input should be greater than or equal to 0"]);
}

/// Rules that several types share may be generic, and a limit may be of any type with an order.
#[test]
fn rules_accept_generic_and_borrowed_values() {
    fn positive<T: PartialOrd + Serialize + Default>(field: Field<'_, T>) -> Field<'_, T> {
        field.gt(T::default()).ge(Default::default())
    }
    fn between<'f, T: PartialOrd + Serialize>(field: Field<'f, T>, least: T, most: T) -> Field<'f, T> {
        field.ge(least).le(most)
    }
    fn choice<'f, T: PartialEq + Serialize>(field: Field<'f, T>, choices: &[T]) -> Field<'f, T> {
        field.one_of(choices)
    }
    fn short<S: AsRef<str> + ?Sized>(field: Field<'_, S>) -> Field<'_, S> {
        field.ascii()
    }
    struct Values<'a>(&'a str);
    impl Rules for Values<'_> {
        fn rules(&self, check: &mut Check<'_>) {
            positive(check.field("u8", &0_u8)).multiple_of(1);
            positive(check.field("decimal", &Decimal::NEGATIVE_ONE));
            between(check.field("float", &5.0), 0.5, 1.5).finite();
            between(check.field("date", &NaiveDate::MIN), "2020-01-01".parse().unwrap(), NaiveDate::MAX);
            check.field("str", &self.0).ge("b").ge(&String::from("c")).min_length(1);
            check.field("string", &String::from("a")).ge("b".into()).one_of(["a", "b"]);
            check.field("tuple", &(1, "a")).gt((1, "a"));
            choice(check.field("choice", &1_u8), &[2, 3]);
            short(check.field("ascii", "ä"));
            short(check.field("borrowed", &"ä"));
            check.optional("some", &Some(1)).ge(2).one_of([2]);
            check.field("list", &[Some(1)][..]).each(|item| item.some(|item| item.ge(2)));
        }
    }
    let found: Vec<String> = errors(&Values("a"))
        .iter()
        .map(|error| {
            format!("{} {}", error.loc().iter().map(ToString::to_string).collect::<String>(), error.kind())
        })
        .collect();
    assert_eq!(
        found,
        [
            "u8 greater_than",
            "decimal greater_than_equal",
            "float less_than_equal",
            "date greater_than_equal",
            "str greater_than_equal",
            "string greater_than_equal",
            "tuple greater_than",
            "choice literal_error",
            "ascii string_not_ascii",
            "borrowed string_not_ascii",
            "some literal_error",
            "list0 greater_than_equal",
        ],
    );
}

#[test]
#[should_panic = "the pattern \"(\" is no regular expression"]
fn invalid_pattern_panics_in_errors() {
    static BAD: Pattern = Pattern::new("(");
    struct Text;
    impl Rules for Text {
        fn rules(&self, check: &mut Check<'_>) {
            check.value("text").pattern(&BAD);
        }
    }
    let _ = errors(&Text);
}
