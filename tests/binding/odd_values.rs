//! Values of the caller's own: structs of all kinds, and `Serialize` that does as it likes.

use crate::forms::guideline;
use crate::values_agree;
use riktlinje::{Code, Date, Duration, DurationUnit, FactValue, List, Number, PartialDate, Quantity, Record, System};
use serde::ser::{Error as _, SerializeMap, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, HashMap};

#[derive(Serialize, Default)]
struct Patient {
    birth_date: Option<Date>,
    discharged: Option<FactValue>,
    county: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drug: Option<&'static str>,
    sex: Option<Sex>,
    risk: bool,
    children: u8,
    glucose: Option<Quantity>,
    fever: Option<&'static str>,
    note: Option<char>,
    stay: Option<Duration>,
    leave: Option<FactValue>,
    diagnoses: Option<Diagnoses>,
    samples: (Sample, Sample),
    #[serde(flatten)]
    rest: HashMap<&'static str, Home>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Sex {
    Woman,
    Unheard,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Diagnoses {
    Open(Vec<Diagnosis>),
    Complete(Vec<Diagnosis>),
    Other(Vec<Diagnosis>),
}

#[derive(Serialize, Default)]
struct Diagnosis {
    onset: Option<PartialDate>,
    severity: Option<f32>,
    code: Icd,
}

#[derive(Serialize, Default)]
struct Icd(String);

#[derive(Serialize, Default)]
struct Sample {
    taken: Option<Date>,
    amount: Option<String>,
    answered: Option<FactValue>,
}

#[derive(Serialize)]
struct Home {
    rooms: i64,
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn patient() -> Patient {
    let diagnosis =
        |code: &str| Diagnosis { onset: Some("2020-05".parse().unwrap()), severity: Some(2.6), code: Icd(code.into()) };
    Patient {
        birth_date: Some(day("1990-05-12")),
        discharged: Some(FactValue::None),
        county: Some(Code::new(System::County, "13").unwrap()),
        drug: Some("N02AA01"),
        sex: Some(Sex::Woman),
        risk: true,
        children: 2,
        glucose: Some(Quantity::new(Number::new(15, 2).unwrap(), riktlinje::Unit::parse("mmol/L").unwrap())),
        fever: Some("38.6 Cel"),
        note: Some('x'),
        stay: Some(Duration::new(3, DurationUnit::Weeks)),
        leave: Some(FactValue::Period(day("2026-01-01"), day("2026-01-31"))),
        diagnoses: Some(Diagnoses::Open(vec![diagnosis("F112"), diagnosis("K70.3")])),
        samples: (
            Sample { taken: Some(day("2026-11-01")), amount: Some("12 mg".into()), answered: Some(FactValue::None) },
            Sample::default(),
        ),
        rest: HashMap::from([("home", Home { rooms: 3 })]),
    }
}

#[test]
fn structs_of_all_kinds() {
    values_agree(guideline(), &patient());
    assert!(guideline().bind_from(&patient()).is_ok());
    for patient in [
        Patient { sex: Some(Sex::Unheard), ..patient() },
        Patient { diagnoses: Some(Diagnoses::Complete(Vec::new())), ..patient() },
        Patient { diagnoses: Some(Diagnoses::Other(Vec::new())), ..patient() },
        Patient { diagnoses: Some(Diagnoses::Open(vec![Diagnosis::default()])), ..patient() },
        Patient { fever: Some("38.6"), ..patient() },
        Patient { drug: None, rest: HashMap::from([("hom", Home { rooms: 3 })]), ..patient() },
        Patient { drug: None, rest: HashMap::from([("drug", Home { rooms: 3 })]), ..patient() },
        Patient { rest: HashMap::from([("drug", Home { rooms: 3 })]), ..patient() },
        Patient { county: Some(Code::new(System::Icd10Se, "F11").unwrap()), ..patient() },
        Patient { samples: Default::default(), ..Patient::default() },
    ] {
        values_agree(guideline(), &patient);
    }
    let records = List::new([Record::new().with("code", "F11.2").with("severity", 3), Record::new()]).open();
    values_agree(guideline(), &BTreeMap::from([("diagnoses", FactValue::List(records))]));
}

/// A value that refuses.
struct Refusing;

impl Serialize for Refusing {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("the reason"))
    }
}

/// What to do, in order.
struct Writing(Vec<Step>);

enum Step {
    Entry(&'static str, serde_json::Value),
    /// An entry whose error is passed over.
    Careless(&'static str, serde_json::Value),
    Key(&'static str),
    Value(serde_json::Value),
    NumberedKey(u32),
}

impl Serialize for Writing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for step in &self.0 {
            match step {
                Step::Entry(key, value) => map.serialize_entry(key, value)?,
                Step::Careless(key, value) => drop(map.serialize_entry(key, value)),
                Step::Key(key) => map.serialize_key(key)?,
                Step::Value(value) => map.serialize_value(value)?,
                Step::NumberedKey(key) => map.serialize_entry(key, &true)?,
            }
        }
        map.end()
    }
}

#[test]
fn maps_that_do_as_they_like() {
    use serde_json::json;
    let steps: [fn() -> Vec<Step>; 10] = [
        || vec![Step::Entry("risk", json!(true)), Step::Entry("children", json!(2))],
        || vec![Step::Entry("risk", json!(true)), Step::Entry("risk", json!(true))],
        || vec![Step::Careless("riks", json!(true)), Step::Entry("risk", json!(true))],
        || vec![Step::Careless("children", json!("x")), Step::Entry("risk", json!(true))],
        || vec![Step::Key("risk")],
        || vec![Step::Key("risk"), Step::Key("children"), Step::Value(json!(2))],
        || vec![Step::Value(json!(2))],
        || vec![Step::NumberedKey(7)],
        || vec![Step::Entry("leave", json!({"from": "2026-01-01", "through": "2026-01-31"}))],
        || vec![Step::Entry("diagnoses", json!({"open": [{"code": "F11.2"}]})), Step::Entry("county", json!("01"))],
    ];
    for steps in steps {
        values_agree(guideline(), &Writing(steps()));
    }
    values_agree(guideline(), &Refusing);
    values_agree(guideline(), &BTreeMap::from([("risk", Refusing)]));
}

/// So many wrappings around a value.
struct Wrapped<'a, T>(usize, &'a T);

impl<T: Serialize> Serialize for Wrapped<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            0 => self.1.serialize(serializer),
            more => serializer.serialize_some(&Wrapped(more - 1, self.1)),
        }
    }
}

/// A list without end, and one that counts wrongly.
struct Endless;

impl Serialize for Endless {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut items = serializer.serialize_seq(Some(usize::MAX))?;
        loop {
            items.serialize_element(&BTreeMap::<&str, bool>::new())?;
        }
    }
}

/// A struct with a field twice.
struct Twice;

impl Serialize for Twice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_struct("Twice", 2)?;
        keys.serialize_field("risk", &true)?;
        keys.serialize_field("risk", &true)?;
        keys.end()
    }
}

/// Bytes, and a text that cannot be written.
struct Bytes;

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(b"x")
    }
}

struct Unwritable;

impl std::fmt::Display for Unwritable {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Err(std::fmt::Error)
    }
}

impl Serialize for Unwritable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[test]
fn values_that_do_as_they_like() {
    for depth in [0, 3, 15, 16, 17, 60, 64, 65, 200] {
        values_agree(guideline(), &Wrapped(depth, &BTreeMap::from([("risk", true)])));
        values_agree(guideline(), &BTreeMap::from([("risk", Wrapped(depth, &true))]));
        values_agree(
            guideline(),
            &BTreeMap::from([("samples", [Wrapped(depth, &BTreeMap::from([("amount", "1 mg")]))])]),
        );
    }
    values_agree(guideline(), &BTreeMap::from([("diagnoses", Endless)]));
    values_agree(guideline(), &BTreeMap::from([("nobody", Endless)]));
    values_agree(guideline(), &Twice);
    values_agree(guideline(), &BTreeMap::from([("note", Bytes)]));
    values_agree(guideline(), &BTreeMap::from([("note", Unwritable)]));
    values_agree(
        guideline(),
        &BTreeMap::from([("note", "a note longer than what is written on the stack without an allocation")]),
    );
    values_agree(guideline(), &BTreeMap::from([("children", f64::NAN)]));
    values_agree(guideline(), &BTreeMap::from([("children", f32::INFINITY)]));
    values_agree(guideline(), &BTreeMap::from([("children", 0.1_f32)]));
    values_agree(guideline(), &BTreeMap::from([("children", u64::MAX)]));
    values_agree(guideline(), &BTreeMap::from([("children", i128::MIN)]));
    values_agree(guideline(), &());
    values_agree(guideline(), &Some(BTreeMap::from([(true, 1)])));
    values_agree(guideline(), &[("risk", true)]);
}
