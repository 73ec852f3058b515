//! serde's `rename_all`, compared with the names that serde itself writes.

use axum_exception::rules::{Rules, errors};
use serde::Serialize;

use crate::support::table::Table;

/// Returns the names of the members of an object, in order.
fn keys(value: &impl Serialize) -> Vec<String> {
    let json = serde_json::to_string(value).unwrap();
    let members: indexmap::IndexMap<String, serde_json::Value> = serde_json::from_str(&json).unwrap();
    members.into_keys().collect()
}

/// Returns the first segment of the place of each error.
fn places<T: Rules>(value: &T) -> Vec<String> {
    errors(value).iter().map(|error| error.loc().segments()[0].to_string()).collect()
}

macro_rules! compare {
    ($table:ident: $($rule:literal)*) => {$({
        #[derive(Default, Serialize, Rules)]
        #[serde(rename_all = $rule)]
        #[allow(non_snake_case)]
        struct Fields {
            #[rule(ge = 1)]
            a: u8,
            #[rule(ge = 1)]
            word: u8,
            #[rule(ge = 1)]
            two_words: u8,
            #[rule(ge = 1)]
            r#type: u8,
            #[rule(ge = 1)]
            _leading: u8,
            #[rule(ge = 1)]
            trailing_: u8,
            #[rule(ge = 1)]
            double__underscore: u8,
            #[rule(ge = 1)]
            with_1_digit: u8,
            #[rule(ge = 1)]
            v2: u8,
            #[rule(ge = 1)]
            camelCase: u8,
            #[rule(ge = 1)]
            PascalCase: u8,
            #[rule(ge = 1)]
            LOUD_WORDS: u8,
            #[rule(ge = 1)]
            größe_in_mm: u8,
        }
        let fields = Fields::default();
        $table.assert_eq(concat!("fields: ", $rule), places(&fields), keys(&fields));

        #[derive(Serialize, Rules)]
        #[serde(rename_all = $rule)]
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Variants {
            A(#[rule(ge = 1)] u8),
            Word(#[rule(ge = 1)] u8),
            TwoWords(#[rule(ge = 1)] u8),
            HTTPServer(#[rule(ge = 1)] u8),
            V2(#[rule(ge = 1)] u8),
            With1Digit(#[rule(ge = 1)] u8),
            Under_Score(#[rule(ge = 1)] u8),
            lower(#[rule(ge = 1)] u8),
            snake_case(#[rule(ge = 1)] u8),
            GrößeÄ(#[rule(ge = 1)] u8),
        }
        let variants = [
            Variants::A(0),
            Variants::Word(0),
            Variants::TwoWords(0),
            Variants::HTTPServer(0),
            Variants::V2(0),
            Variants::With1Digit(0),
            Variants::Under_Score(0),
            Variants::lower(0),
            Variants::snake_case(0),
            Variants::GrößeÄ(0),
        ];
        for variant in &variants {
            $table.assert_eq(concat!("variants: ", $rule), places(variant), keys(variant));
        }

        #[derive(Serialize, Rules)]
        #[serde(untagged, rename_all_fields = $rule)]
        enum VariantFields {
            Struct {
                #[rule(ge = 1)]
                two_words: u8,
            },
            #[serde(rename_all = "SCREAMING-KEBAB-CASE")]
            Own {
                #[rule(ge = 1)]
                two_words: u8,
                #[rule(ge = 1)]
                #[serde(rename = "renamed_Field")]
                other: u8,
            },
        }
        let variants = [VariantFields::Struct { two_words: 0 }, VariantFields::Own { two_words: 0, other: 0 }];
        for variant in &variants {
            $table.assert_eq(concat!("fields of variants: ", $rule), places(variant), keys(variant));
        }
    })*};
}

#[test]
fn renamed_names_are_those_that_serde_writes() {
    let mut table = Table::default();
    compare!(table:
        "lowercase"
        "UPPERCASE"
        "PascalCase"
        "camelCase"
        "snake_case"
        "SCREAMING_SNAKE_CASE"
        "kebab-case"
        "SCREAMING-KEBAB-CASE"
    );
}
