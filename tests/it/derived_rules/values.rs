//! Every rule by its name, and every kind of expression as its value.

use std::collections::{BTreeMap, HashMap};

use axum_exception::rules::{Field, Pattern, RuleError, Rules, errors};
use serde::Deserialize;

use super::{by_hand, expect, less_than_one};
use crate::support::errors::{
    email_error, error, fixed, out_of_range, string_too_long, string_too_short, too_long, url_parsing,
    value_error,
};

static SLUG: Pattern = Pattern::new("^[a-z]+$");
static DIGITS: Pattern = Pattern::new("^[0-9]+$");

fn zip_code(zip: &str) -> Result<(), &'static str> {
    if zip.len() == 5 { Ok(()) } else { Err("a zip code has five digits") }
}

fn divisible_by(divisor: u32) -> impl Fn(&u32) -> Result<(), String> {
    move |number| if number % divisor == 0 { Ok(()) } else { Err(format!("not divisible by {divisor}")) }
}

fn positive(field: Field<'_, i64>) -> Field<'_, i64> {
    field.ge(1)
}

mod limits {
    pub(super) const MOST: usize = 3;
}

#[derive(Deserialize, Rules)]
struct Every {
    #[rule(max_length = limits::MOST, min_length = 1 + 1, pattern = SLUG)]
    slug: String,
    #[rule(pattern = "^[0-9]+$")]
    digits: String,
    #[rule(pattern = &SLUG)]
    #[rule(max_length = { const MOST: usize = 2; MOST })]
    two_attributes: String,
    #[rule(ascii)]
    ascii: String,
    #[rule(email)]
    email: String,
    #[rule(url)]
    url: String,
    #[rule(ge = HashMap::<u8, u8>::new().len() as f64, lt = if true { 10.0 } else { 5.0 })]
    float: f64,
    #[rule(gt = 0, le = self.gt_most, multiple_of = 3)]
    gt: u8,
    gt_most: u8,
    #[rule(finite)]
    finite: f64,
    #[rule(one_of = ["a", "b"])]
    choice: String,
    #[rule(custom = zip_code)]
    zip: String,
    #[rule(custom = |name| if name == "root" { Err("is reserved") } else { Ok(()) }, min_length = 2)]
    closure: String,
    #[rule(custom = divisible_by(2), custom = divisible_by(3))]
    number: u32,
    #[rule(custom = |_| Err(RuleError::new("gone", "No longer supported")))]
    error: bool,
    #[rule(ge = 1)]
    optional: Option<i64>,
    #[rule(ge = 1)]
    #[serde(default)]
    doubly: Option<Option<i64>>,
    #[rule(max_length = 2, each(ge = 1))]
    list: Vec<i64>,
    #[rule(each = positive)]
    function: [i64; 2],
    #[rule(each(each(some(ge = 1)), max_length = 2))]
    deep: Option<Vec<Vec<Option<i64>>>>,
    #[rule(each_key(min_length = 2), each_value(ge = 1))]
    map: BTreeMap<String, i64>,
    #[rule(each_value(nested), each_key = |key| key.max_length(2))]
    nested: HashMap<String, Inner>,
}

#[derive(Deserialize, Rules)]
struct Inner {
    #[rule(ge = 1)]
    a: i64,
}

by_hand!(ByHand(Every): |this, check| {
    check.field("slug", &this.slug).min_length(2).max_length(3).pattern(&SLUG);
    check.field("digits", &this.digits).pattern(&DIGITS);
    check.field("two_attributes", &this.two_attributes).pattern(&SLUG).max_length(2);
    check.field("ascii", &this.ascii).ascii();
    check.field("email", &this.email).email();
    check.field("url", &this.url).url();
    check.field("float", &this.float).ge(0.0).lt(10.0);
    check.field("gt", &this.gt).gt(0).le(this.gt_most).multiple_of(3);
    check.field("finite", &this.finite).finite();
    check.field("choice", &this.choice).one_of(["a", "b"]);
    check.field("zip", &this.zip).custom(|zip| zip_code(zip));
    check
        .field("closure", &this.closure)
        .min_length(2)
        .custom(|name| if name == "root" { Err("is reserved") } else { Ok(()) });
    check.field("number", &this.number).custom(divisible_by(2)).custom(divisible_by(3));
    check.field("error", &this.error).custom(|_| Err(RuleError::new("gone", "No longer supported")));
    check.optional("optional", &this.optional).ge(1);
    check.optional("doubly", &this.doubly).some(|number| number.ge(1));
    check.field("list", &this.list).max_length(2).each(|number| number.ge(1));
    check.field("function", &this.function).each(positive);
    check
        .optional("deep", &this.deep)
        .each(|list| list.max_length(2).each(|number| number.some(|number| number.ge(1))));
    check.field("map", &this.map).each_key(|key| key.min_length(2)).each_value(|number| number.ge(1));
    check.field("nested", &this.nested).each_value(|inner| inner.nested()).each_key(|key| key.max_length(2));
});

#[tokio::test]
async fn every_rule_reports_the_same_errors_as_by_hand() {
    let valid = r#"{"slug":"ab","digits":"1","two_attributes":"a","ascii":"a","email":"a@b.co","url":"a:b","float":0,
        "gt":3,"gt_most":3,"finite":1,"choice":"a","zip":"12345","closure":"ab","number":6,"error":true,"list":[1],
        "function":[1,1],"map":{"aa":1},"nested":{"a":{"a":1}}}"#;
    let gone = || error("gone", r#"["body","error"]"#, "No longer supported", "true", "");
    let invalid = r#"{"slug":"a","digits":"x","two_attributes":"abc","ascii":"ä","email":"a","url":"a","float":10,"gt":4,
        "gt_most":3,"finite":"nan","choice":"c","zip":"1","closure":"root","number":3,"error":true,"optional":0,
        "doubly":0,"list":[1,1,1],"function":[1,0],"deep":[[null,0]],"map":{"a":0},"nested":{"abc":{"a":0}}}"#;
    let pattern = |loc: &str, pattern: &str, input: &str| {
        let ctx = format!(r#"{{"pattern":"{pattern}"}}"#);
        error(
            "string_pattern_mismatch",
            loc,
            &format!("String should match pattern '{pattern}'"),
            input,
            &ctx,
        )
    };
    let ctx = r#"{"expected":"'a' or 'b'"}"#;
    expect::<Every, ByHand>(&[
        (valid, vec![gone()]),
        (
            invalid,
            vec![
                string_too_short(r#"["body","slug"]"#, 2, r#""a""#),
                pattern(r#"["body","digits"]"#, "^[0-9]+$", r#""x""#),
                string_too_long(r#"["body","two_attributes"]"#, 2, r#""abc""#),
                fixed("string_not_ascii", r#"["body","ascii"]"#, r#""ä""#),
                email_error(r#"["body","email"]"#, "An email address must have an @-sign.", r#""a""#),
                url_parsing(r#"["body","url"]"#, "relative URL without a base", r#""a""#),
                out_of_range("lt", r#"["body","float"]"#, ["10", "10.0"], "10"),
                error(
                    "multiple_of",
                    r#"["body","gt"]"#,
                    "Input should be a multiple of 3",
                    "4",
                    r#"{"multiple_of":3}"#,
                ),
                error(
                    "finite_number",
                    r#"["body","finite"]"#,
                    "Input should be a finite number",
                    r#""nan""#,
                    "",
                ),
                error("literal_error", r#"["body","choice"]"#, "Input should be 'a' or 'b'", r#""c""#, ctx),
                value_error(r#"["body","zip"]"#, "a zip code has five digits", r#""1""#),
                value_error(r#"["body","closure"]"#, "is reserved", r#""root""#),
                value_error(r#"["body","number"]"#, "not divisible by 2", "3"),
                gone(),
                less_than_one(r#"["body","optional"]"#, "0"),
                less_than_one(r#"["body","doubly"]"#, "0"),
                too_long("List", r#"["body","list"]"#, 2, "3", "[1,1,1]"),
                less_than_one(r#"["body","function",1]"#, "0"),
                less_than_one(r#"["body","deep",0,1]"#, "0"),
                string_too_short(r#"["body","map","a","[key]"]"#, 2, r#""a""#),
                less_than_one(r#"["body","map","a"]"#, "0"),
                string_too_long(r#"["body","nested","abc","[key]"]"#, 2, r#""abc""#),
                less_than_one(r#"["body","nested","abc","a"]"#, "0"),
            ],
        ),
    ])
    .await;
}

/// A custom rule runs only if the other rules hold, in whatever order they are written.
#[test]
fn custom_rules_run_after_all_others() {
    #[derive(Rules)]
    struct Name {
        #[rule(custom = |_| Err("custom"), min_length = 2)]
        name: String,
        #[rule(custom = |_| Err("custom"), each(ge = 1))]
        list: Vec<u8>,
    }
    let found: Vec<String> =
        errors(&Name { name: "a".to_owned(), list: vec![0] }).iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "name: String should have at least 2 characters",
            "list.0: Input should be greater than or equal to 1"
        ]
    );
}
