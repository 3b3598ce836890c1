use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::*;
use crate::grading::{Policy, default_policy};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Plain,
    Held(i64),
    Pair(u8, String),
    Named { at: Option<i32> },
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Tagged {
    OneOfAll { years: BTreeMap<i32, bool> },
    Two,
    Whole(Held),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Held {
    at: Option<u8>,
}

tagged! { exact Tagged, "kind": OneOfAll { years }, Two, Whole(_) }

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct All {
    kinds: Vec<Kind>,
    tagged: Tagged,
    pair: (String, i64),
    #[serde(default)]
    ratio: Option<f64>,
    free: Value,
    small: u8,
}

fn all() -> Value {
    json!({
        "kinds": ["plain", { "held": -3 }, { "pair": [7, "x"] }, { "named": { "at": null } }],
        "tagged": { "kind": "one_of_all", "years": { "2025": true, "-1": false } },
        "pair": ["a\n\"", 9_007_199_254_740_993_i64],
        "ratio": 1.5,
        "free": { "a": [null, 1, "x"] },
        "small": 255,
    })
}

#[test]
fn what_serde_json_reads_is_read_alike() {
    let text = all().to_string();
    assert_eq!(read::<All>(&text).unwrap(), serde_json::from_str(&text).unwrap());
    assert_eq!(value(&read::<All>(&text).unwrap()), all());
    let policy = default_policy().unwrap();
    let text = serde_json::to_string(&policy).unwrap();
    assert_eq!(read::<Policy>(&text).unwrap(), serde_json::from_str(&text).unwrap());
    assert!(read::<Value>("{} 1").is_err() && read::<Value>("{").is_err());
    assert_eq!(read::<Option<Tagged>>("null").unwrap(), None);
    assert_eq!(read::<Tagged>("{\"kind\":\"two\"}").unwrap(), Tagged::Two);
}

#[test]
fn what_does_not_fit_says_where() {
    for (pointer, wrong, path, message) in [
        ("/kinds/1/held", json!("x"), "kinds.1.held", "invalid type: string \"x\", expected i64"),
        ("/kinds/2/pair", json!([300, "x"]), "kinds.2.pair.0", "invalid value: integer `300`, expected u8"),
        ("/kinds/2/pair", json!([3, "x", 1]), "kinds.2.pair", "invalid length 3, expected fewer elements"),
        ("/kinds/0", json!("other"), "kinds.0", "unknown variant `other`"),
        ("/kinds/0", json!(null), "kinds.0", "invalid type: unit value, expected enum Kind"),
        ("/tagged", json!({ "kind": "three" }), "tagged.kind", "unknown variant `three`"),
        ("/tagged", json!({}), "tagged", "missing field `kind`"),
        ("/pair", json!({}), "pair", "invalid type: map, expected a tuple of size 2"),
        ("/pair/1", json!(1.5), "pair.1", "invalid type: floating point `1.5`, expected i64"),
        ("/small", json!(-1), "small", "invalid value: integer `-1`, expected u8"),
        ("/small", json!([]), "small", "invalid type: sequence, expected u8"),
    ] {
        let mut value = all();
        *value.pointer_mut(pointer).unwrap() = wrong;
        let mismatch = fits_exactly::<All>(&value).unwrap_err();
        assert_eq!(mismatch.path(), path, "{mismatch}");
        assert!(mismatch.message().starts_with(message), "{mismatch}");
    }
    let mut value = all();
    value.as_object_mut().unwrap().remove("small");
    assert_eq!(fits_exactly::<All>(&value).unwrap_err().to_string(), "missing field `small`");
    assert!(
        fits_exactly::<All>(&json!([[], { "kind": "two" }, ["a", 1], null, null, 1])).is_err(),
        "a list is no struct"
    );
}

#[test]
fn what_is_not_known_is_refused_where_it_is_read_exactly() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Outer {
        list: Vec<Held>,
        #[serde(default = "seven")]
        seven: u8,
        free: Value,
    }
    const fn seven() -> u8 {
        7
    }
    let value = json!({ "list": [{}, { "at": 1, "on": 2 }], "free": { "any": 1 } });
    let expected =
        Outer { list: vec![Held { at: None }, Held { at: Some(1) }], seven: 7, free: json!({ "any": 1 }) };
    assert_eq!(fits::<Outer>(&value).unwrap(), expected);
    let refused = fits_exactly::<Outer>(&value).unwrap_err();
    assert_eq!(refused.to_string(), "list.1.on: unknown field `on`, expected `at`");
    let absent = fits::<Outer>(&json!({ "list": [] })).unwrap_err();
    assert_eq!(absent.to_string(), "missing field `free`");
    let mut value = all();
    value["colour"] = json!(1);
    assert_eq!(fits_exactly::<All>(&value).unwrap_err().path(), "colour");
    value = all();
    value["tagged"]["colour"] = json!(1);
    assert_eq!(fits::<All>(&value).unwrap_err().path(), "tagged.colour", "as it says of itself");
}

#[test]
fn an_enum_is_read_by_its_tag_and_says_where_it_does_not_fit() {
    for one in
        [Tagged::Two, Tagged::Whole(Held { at: Some(3) }), Tagged::OneOfAll { years: [(7, true)].into() }]
    {
        let text = serde_json::to_string(&one).unwrap();
        assert_eq!(read::<Tagged>(&text).unwrap(), one);
        assert_eq!(serde_json::from_str::<Tagged>(&text).unwrap(), one, "by serde_json's own reader too");
    }
    for (text, path, message) in [
        (r#"{"kind":"two","more":1}"#, "0.more", "unknown field `more`"),
        (r#"{"kind":"whole","at":300}"#, "0.at", "invalid value: integer `300`, expected u8"),
        (r#"{"kind":"whole","on":3}"#, "0.on", "unknown field `on`, expected `at`"),
        (
            r#"{"kind":"one_of_all","years":{"x":true}}"#,
            "0.years.x",
            "invalid type: string \"x\", expected i32",
        ),
        (r#"{"kind":"one_of_all"}"#, "0", "missing field `years`"),
        (
            r#"{"kind":"One"}"#,
            "0.kind",
            "unknown variant `One`, expected one of `one_of_all`, `two`, `whole`",
        ),
        (r#"{"kind":7}"#, "0.kind", "invalid type: integer `7`, expected a string"),
        ("[]", "0", "invalid type: sequence, expected a map"),
    ] {
        let mismatch = read::<Vec<Tagged>>(&format!("[{text}]")).unwrap_err();
        assert_eq!((mismatch.path(), mismatch.message()), (path, message), "{text}");
    }
}

#[test]
fn parameters_are_fields_of_texts() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Query {
        limit: Option<u32>,
        year: i32,
        open: Option<bool>,
        #[serde(default)]
        q: String,
        kind: Option<Kind>,
    }
    let read = |given: &[(&str, &str)]| pairs::<Query>(given.iter().copied());
    let full = [("limit", "7"), ("year", "-1"), ("open", "true"), ("q", "7"), ("kind", "plain")];
    let wanted = Query { limit: Some(7), year: -1, open: Some(true), q: "7".into(), kind: Some(Kind::Plain) };
    assert_eq!(read(&full).unwrap(), wanted);
    for (given, path) in [
        (("limit", "many"), "limit"),
        (("limit", "-1"), "limit"),
        (("open", "1"), "open"),
        (("kind", "held"), "kind"),
        (("colour", "red"), "colour"),
        (("year", "2"), ""),
    ] {
        assert_eq!(read(&[("year", "1"), given]).unwrap_err().path(), path, "{given:?}");
    }
}
