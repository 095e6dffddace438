//! Facts from Rust values: what JSON would say, without the JSON.

use super::{guideline, json, lines, shown};
use proptest::prelude::*;
use riktlinje::{
    CodeLists, Date, Error, FactValue, Facts, Guideline, Limits, List, Quantity, Record, SearchEnd, Source,
};
use serde::Serialize;
use serde::ser::{Error as _, SerializeMap, SerializeSeq, Serializer};
use std::collections::{BTreeMap, HashMap};

fn read(value: &impl Serialize) -> Result<Facts, Error> {
    guideline().facts_from(value)
}

/// The one thing that is wrong.
fn wrong(value: &impl Serialize) -> String {
    let found = lines(read(value));
    assert_eq!(found.len(), 1, "{found:#?}");
    found.into_iter().next().unwrap()
}

/// A fact with a value of any kind.
fn fact<T: Serialize>(name: &'static str, value: T) -> BTreeMap<&'static str, T> {
    BTreeMap::from([(name, value)])
}

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd(year, month, day).unwrap()
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
struct Patient {
    birth_date: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    discharged: Option<FactValue>,
    sex: Sex,
    #[serde(flatten)]
    registration: Registration,
    children: Option<u8>,
    diagnoses: Diagnoses,
    referral: Option<Referral>,
    leave: Period,
}

#[derive(Serialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Sex {
    Woman,
}

#[derive(Serialize)]
struct Registration {
    registered_county: InFull<&'static str>,
    #[serde(flatten)]
    others: HashMap<String, Quantity>,
}

#[derive(Serialize)]
struct InFull<T> {
    fact: T,
    on: Option<Date>,
    source: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Diagnoses {
    Open(Vec<Diagnosis>),
    Every([Diagnosis; 1]),
}

#[derive(Serialize)]
struct Diagnosis {
    code: Code,
    documented: bool,
    onset: Option<String>,
}

#[derive(Serialize)]
struct Code(&'static str);

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Referral {
    #[serde(rename = "from_role")]
    from: Role,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Role {
    Nurse,
    Other(u8),
    Both(u8, u8),
    Named { name: u8 },
}

#[derive(Serialize)]
struct Period {
    from: Date,
    through: Date,
}

fn patient() -> Patient {
    Patient {
        birth_date: day(1990, 5, 12),
        discharged: Some(FactValue::None),
        sex: Sex::Woman,
        registration: Registration {
            registered_county: InFull { fact: "01", on: Some(day(2026, 10, 1)), source: "register" },
            others: HashMap::from([("glucose".to_owned(), "7.5 mmol/L".parse().unwrap())]),
        },
        children: None,
        diagnoses: Diagnoses::Open(vec![Diagnosis {
            code: Code("F11.2"),
            documented: true,
            onset: Some("2012-05".to_owned()),
        }]),
        referral: Some(Referral { from: Role::Nurse }),
        leave: Period { from: day(2026, 1, 1), through: day(2026, 1, 31) },
    }
}

#[test]
fn reads_structs_enums_and_maps() {
    let facts = read(&patient()).unwrap();
    let text = r#"{"birth_date":"1990-05-12","discharged":"none","sex":"woman","glucose":"7.5 mmol/L",
        "registered_county":{"fact":"01","on":"2026-10-01","source":"register"},
        "diagnoses":{"open":[{"code":"F11.2","documented":true,"onset":"2012-05"}]},
        "referral":{"from_role":"nurse"},"leave":{"from":"2026-01-01","through":"2026-01-31"}}"#;
    assert!(facts == json(text).unwrap());
    let without = Patient { discharged: None, referral: None, ..patient() };
    let facts = read(&without).unwrap();
    assert_eq!((shown(&facts, "discharged"), shown(&facts, "referral")), ("not given".into(), "not given".into()));
    assert!(read(&()).unwrap() == json("null").unwrap());
    assert!(read(&Option::<Patient>::None).unwrap() == json("{}").unwrap());
}

#[test]
fn reads_the_values_of_this_library() {
    let list = || List::new([Record::new().with("code", "F11.2").with("onset", day(2012, 5, 1))]);
    for (name, value, expected) in [
        ("diagnoses", FactValue::from(list()), "1 AsDeclared"),
        ("diagnoses", list().open().into(), "1 Open"),
        ("diagnoses", list().complete().into(), "1 Complete"),
        ("discharged", FactValue::None, "none"),
        ("leave", FactValue::Period(day(2026, 1, 1), day(2026, 1, 31)), "2026-01-01 2026-01-31"),
        ("glucose", FactValue::Quantity("7 mmol/L".parse().unwrap()), "7 mmol/L"),
        ("stay", FactValue::Duration("3 months".parse().unwrap()), "3 months"),
        ("children", FactValue::Number("2.5".parse().unwrap()), "2.5"),
        ("registered_county", FactValue::Code(riktlinje::Code::new(riktlinje::System::County, "01").unwrap()), "01"),
        ("birth_date", FactValue::Date("1990-05".parse().unwrap()), "1990-05"),
        ("birth_date", day(476, 9, 4).into(), "0476-09-04"),
    ] {
        let facts = read(&fact(name, value)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(shown(&facts, name), expected);
    }
}

#[test]
fn reads_every_number() {
    for (facts, expected) in [
        (read(&fact("children", 2_i8)), "2"),
        (read(&fact("children", u64::MAX / 100_000)), "184467440737095"),
        (read(&fact("children", -7_i128)), "-7"),
        (read(&fact("children", 0.1_f32)), "0.1"),
        (read(&fact("children", 0.1_f64)), "0.1"),
        (read(&fact("birth_date", 1990_u128)), "1990"),
    ] {
        let facts = facts.unwrap();
        let (name, _) = facts.iter().next().unwrap();
        assert_eq!(shown(&facts, name), expected);
    }
    for (found, expected) in [
        (wrong(&fact("children", f64::NAN)), "children: outside the range of numbers"),
        (wrong(&fact("children", f32::INFINITY)), "children: outside the range of numbers"),
        (wrong(&fact("children", u128::MAX)), "children: a number of more than 15 digits"),
        (wrong(&fact("children", i128::MIN)), "children: a number of more than 15 digits"),
        (wrong(&fact("children", 0.1_f32 + 0.2_f32 / 3.0_f32 + f32::MAX)), "children: "),
        (wrong(&fact("children", 1.0_f64 / 3.0)), "children: a number of more than 15 digits"),
    ] {
        assert!(found.starts_with(expected), "{found}");
    }
}

/// Goes on without end.
struct Endless;

impl Serialize for Endless {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_some(self)
    }
}

struct EndlessList;

impl Serialize for EndlessList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(std::iter::repeat(EMPTY))
    }
}

const EMPTY: BTreeMap<&str, ()> = BTreeMap::new();

/// Says that its items are more than there is memory for, and has none.
struct Boast;

impl Serialize for Boast {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_seq(Some(usize::MAX))?.end()
    }
}

struct Nested(u32);

impl Serialize for Nested {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.checked_sub(1) {
            Some(below) => serializer.collect_seq([Nested(below)]),
            None => serializer.serialize_unit(),
        }
    }
}

struct Twice;

impl Serialize for Twice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("note", "x"), ("sex", "kvinna"), ("note", "y")])
    }
}

struct Refuses;

impl Serialize for Refuses {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("19121212-1212 is locked"))
    }
}

struct KeyOnly;

impl Serialize for KeyOnly {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_key("note")?;
        map.end()
    }
}

struct Bytes;

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(b"F11.2")
    }
}

/// Hides that something below it was refused.
struct Hides;

impl Serialize for Hides {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        let _ = list.serialize_element(&Bytes);
        list.end()
    }
}

#[test]
fn refuses_what_no_fact_is() {
    let deep = |depth| fact("diagnoses", Nested(depth));
    for (found, expected) in [
        (wrong(&fact("note", Bytes)), "note: bytes are no value of a fact; give a text, a number or a list of records"),
        (wrong(&fact("diagnoses", Hides)), "diagnoses[0]: bytes are no value of a fact"),
        (wrong(&fact("referral", Referral { from: Role::Other(1) })), "referral.from_role: the variant `other` holds"),
        (wrong(&fact("referral", Referral { from: Role::Both(1, 2) })), "referral.from_role: the variant `both` holds"),
        (wrong(&fact("sex", Role::Named { name: 1 })), "sex: the variant `named` holds something; a word is a variant"),
        (
            wrong(&Patient {
                diagnoses: Diagnoses::Every([Diagnosis { code: Code("F11"), documented: true, onset: None }]),
                ..patient()
            }),
            "diagnoses: the variant `every` holds something",
        ),
        (wrong(&fact("note", Refuses)), "note: the value refuses to be read; its own `Serialize` says why"),
        (wrong(&KeyOnly), "the value refuses to be read"),
        (wrong(&BTreeMap::from([(Some([1]), 1)])), "a key is no name; write the key as a word"),
        (wrong(&fact("note", Endless)), "note: nested more than 64 deep; facts need three or four"),
        (wrong(&deep(100_000)), "diagnoses[0][0][0]"),
        (wrong(&deep(3)), "diagnoses[0]: expected a diagnosis with its fields, found a list"),
        (wrong(&fact("diagnoses", EndlessList)), "diagnoses[499998]: more than the 500000 values that facts may have"),
        (wrong(&fact("registered_county", 1)), "registered_county: expected a code from county, found a number"),
        (wrong(&HashMap::from([(7_u8, "x")])), "7: there is no fact `7`"),
        (wrong(&[1]), "expected facts, found a list"),
    ] {
        assert!(found.starts_with(expected), "{found}");
    }
    assert_eq!(shown(&read(&fact("diagnoses", Boast)).unwrap(), "diagnoses"), "0 AsDeclared");
    let found = lines(read(&Twice));
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.first().unwrap().starts_with("sex: expected one of"), "{found:#?}");
    assert_eq!(found.last().unwrap(), "`note` stands twice; keep one of the two");
}

#[test]
fn keeps_the_value_apart() {
    let error = read(&fact("note", Refuses)).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("19121212"), "{error}");
    let Error::Facts(errors) = error else { panic!("{error}") };
    assert!(errors.first().unwrap().with_value().contains("19121212-1212 is locked"));
}

#[test]
fn stays_within_the_limits_of_the_caller() {
    let mut limits = Limits::default();
    (limits.fact_values, limits.fact_bytes) = (10, 60);
    let source = Source::new("facts.guide", super::GUIDE);
    let guideline = Guideline::compile_within([source], &CodeLists::new(), &limits).unwrap();
    let records = |count: usize| fact("diagnoses", vec![fact("code", None::<u8>); count]);
    assert!(guideline.facts_from(&records(4)).is_ok());
    let found = lines(guideline.facts_from(&records(5)));
    assert_eq!(found, ["diagnoses[4]: more than the 10 values that facts may have; give what the rules ask"]);
    assert!(guideline.facts_from(&fact("note", "x".repeat(30))).is_ok());
    let found = lines(guideline.facts_from(&fact("note", "x".repeat(70))));
    assert_eq!(found, ["note: larger than the 60 bytes that facts may have; give what the rules ask"]);
    let found = lines(guideline.facts_from_json(&format!("{{\"note\":\"{}\"}}", "x".repeat(70))));
    assert_eq!(found, ["larger than the 60 bytes that facts may have"]);
    let found = lines(guideline.facts_from_json("{\"diagnoses\":[{},{},{},{},{},{},{},{},{}]}"));
    assert!(found.first().unwrap().starts_with("not readable as JSON: more values than facts may have"), "{found:#?}");
    let found = lines(guideline.facts_from_yaml("diagnoses: [{},{},{},{},{},{},{},{},{}]"));
    assert!(found.first().unwrap().starts_with("not readable as YAML: more values than facts may have"), "{found:#?}");
}

#[test]
fn an_evaluation_past_its_limit_is_a_fault() {
    let rules = "eligibility pairs\n    label en \"Pairs\"\n    our interpretation \"test\"\n    require pair: some a in \
                 diagnoses has (some b in diagnoses has (b.onset at least 1 year after a.onset))\n        label en \"Pair\"\n";
    let guideline = |work: u64| {
        let mut limits = Limits::default();
        limits.work = work;
        let source = Source::new("facts.guide", format!("{}{rules}", super::GUIDE));
        Guideline::compile_within([source], &CodeLists::new(), &limits).unwrap()
    };
    let patient = fact("diagnoses", List::new(vec![Record::new().with("onset", day(2012, 5, 1)); 20]).complete());
    let statuses = [1_000, 10].map(|work| {
        let guideline = guideline(work);
        let outcome = guideline.decide(&guideline.facts_from(&patient).unwrap(), day(2026, 1, 1)).unwrap();
        (outcome.eligibility.first().unwrap().status.name(), outcome.faults.len())
    });
    assert_eq!(statuses, [("not_met", 0), ("undetermined", 1)]);
}

#[test]
fn a_search_past_its_limit_says_so() {
    let rules = "eligibility adult\n    label en \"Adult\"\n    our interpretation \"test\"\n    require age: age at least 18 years\n        label en \"Age\"\n";
    let ended = [30_000_000, 0].map(|work| {
        let mut limits = Limits::default();
        limits.work_ahead = work;
        let source = Source::new("facts.guide", format!("{}{rules}", super::GUIDE));
        let guideline = Guideline::compile_within([source], &CodeLists::new(), &limits).unwrap();
        let facts = guideline.facts_from(&fact("birth_date", day(2020, 1, 1))).unwrap();
        guideline.changes_ahead(&facts, day(2026, 1, 1), None).unwrap().ended
    });
    assert_eq!(ended, [SearchEnd::AllFound, SearchEnd::Work]);
}

// ---- what JSON says of the same value -------------------------------------------------------------

#[derive(Debug, Clone)]
pub(super) enum Any {
    Null,
    Truth(bool),
    Whole(i64),
    Float(f64),
    Text(String),
    List(Vec<Any>),
    Keys(BTreeMap<String, Any>),
}

impl Serialize for Any {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Any::Null => serializer.serialize_none(),
            Any::Truth(value) => serializer.serialize_bool(*value),
            Any::Whole(value) => serializer.serialize_i64(*value),
            Any::Float(value) => serializer.serialize_f64(*value),
            Any::Text(value) => serializer.serialize_str(value),
            Any::List(items) => serializer.collect_seq(items),
            Any::Keys(entries) => serializer.collect_map(entries),
        }
    }
}

pub(super) fn anything() -> impl Strategy<Value = Any> {
    const WORDS: [&str; 22] = [
        "1990",
        "1990-05",
        "1990-05-12",
        "1990-13",
        "2023-02-29",
        "none",
        "01",
        "02",
        "F11.2",
        "f11",
        "woman",
        "nurse",
        "yes",
        "no",
        "7 mmol/L",
        "7000 umol/L",
        "7 mg",
        "3 months",
        "unknown",
        "mmol/L",
        "Cel",
        "",
    ];
    const KEYS: [&str; 16] = [
        "code",
        "documented",
        "onset",
        "received",
        "from_role",
        "fact",
        "on",
        "source",
        "open",
        "complete",
        "quantity",
        "unit",
        "from",
        "through",
        "system",
        "other",
    ];
    let leaf = prop_oneof![
        Just(Any::Null),
        any::<bool>().prop_map(Any::Truth),
        (-3000_i64..3000).prop_map(Any::Whole),
        any::<i64>().prop_map(Any::Whole),
        (-1000_i32..1000).prop_map(|number| Any::Float(f64::from(number) / 8.0)),
        any::<u16>().prop_map(|number| Any::Float(f64::from(number) / 7.0)),
        prop::sample::select(&WORDS[..]).prop_map(|word| Any::Text(word.to_owned())),
    ];
    leaf.prop_recursive(3, 12, 3, move |inner| {
        let key = prop::sample::select(&KEYS[..]).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Any::List),
            prop::collection::btree_map(key, inner, 0..3).prop_map(Any::Keys),
        ]
    })
}

pub(super) fn facts() -> impl Strategy<Value = BTreeMap<String, Any>> {
    const NAMES: [&str; 13] = [
        "birth_date",
        "discharged",
        "registered_county",
        "sex",
        "overdose_risk",
        "children",
        "glucose",
        "note",
        "stay",
        "leave",
        "diagnoses",
        "referral",
        "referal",
    ];
    prop::collection::btree_map(prop::sample::select(&NAMES[..]).prop_map(str::to_owned), anything(), 0..4)
}

/// Without lines, in an order of its own: in a list JSON does not tell where a number stands.
fn mistakes(error: Error) -> Vec<(String, String, Option<String>, String)> {
    let Error::Facts(errors) = error else { panic!("{error}") };
    let parts = errors.into_iter().map(|mut error| {
        error.line_column = None;
        (error.path.clone(), error.message.clone(), error.help.clone(), error.with_value())
    });
    let mut parts: Vec<_> = parts.collect();
    parts.sort();
    parts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn says_what_json_says(value in facts()) {
        let text = serde_json::to_string(&value).unwrap();
        match (read(&value), json(&text)) {
            (Ok(direct), Ok(by_text)) => prop_assert!(direct == by_text, "{text}"),
            (Err(direct), Err(by_text)) => prop_assert_eq!(mistakes(direct), mistakes(by_text), "{}", text),
            (direct, by_text) => prop_assert!(false, "{text}: {:?} and {:?}", direct.err(), by_text.err()),
        }
    }
}
