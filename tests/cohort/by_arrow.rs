//! Arrow record batches say what patients one after the other say.

use crate::agreement::date;
use crate::population::{Population, facts};
use crate::{assert_same, cases, of_trace, singly};
use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Date64Array, Decimal128Array, FixedSizeListArray, Float32Array,
    Float64Array, Int64Array, LargeListArray, ListArray, NullArray, RecordBatch, StringArray, StringViewArray,
    StructArray, TimestampSecondArray, UInt64Array,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, Field, Fields};
use riktlinje::syntax::ast::{self, FactTypeKind};
use riktlinje::{
    BatchTrace, Cohort, Date, Error, FactValue, Given, Guideline, ListCompleteness, PartialDate, Record, Source,
};
use std::sync::Arc;

const UNIX_EPOCH: i32 = 719_163;

fn date32(date: Date) -> i32 {
    date.day_number() - UNIX_EPOCH
}

/// What a column of such values is; texts in turn by each of the forms that Arrow has for them.
fn array(values: &[Option<&FactValue>], turn: usize) -> ArrayRef {
    let Some(one) = values.iter().flatten().next() else { return Arc::new(NullArray::new(values.len())) };
    let of = |read: fn(&FactValue) -> Option<i64>| values.iter().map(|value| value.and_then(read)).collect::<Vec<_>>();
    let whole_days = values.iter().flatten().all(|value| matches!(value, FactValue::Date(PartialDate::Day(_))));
    match one {
        FactValue::Truth(_) => {
            let truth = |value: &Option<&FactValue>| value.map(|value| matches!(value, FactValue::Truth(true)));
            Arc::new(values.iter().map(truth).collect::<BooleanArray>())
        }
        FactValue::Number(_) => {
            let number = |value: &FactValue| if let FactValue::Number(number) = value { Some(*number) } else { None };
            let whole = |value: &FactValue| {
                let FactValue::Number(number) = value else { return None };
                number.to_integer().and_then(|whole| i64::try_from(whole).ok())
            };
            if values.iter().flatten().all(|value| whole(value).is_some()) {
                Arc::new(Int64Array::from(of(|value| {
                    let FactValue::Number(number) = value else { return None };
                    number.to_integer().and_then(|whole| i64::try_from(whole).ok())
                })))
            } else {
                let floats = values.iter().map(|value| Some(number((*value)?)?.to_f64()));
                Arc::new(floats.collect::<Float64Array>())
            }
        }
        FactValue::Quantity(_) => {
            let quantity = |value: &Option<&FactValue>| match value {
                Some(FactValue::Quantity(quantity)) => {
                    (Some(quantity.number().to_f64()), Some(quantity.unit().as_str().to_owned()))
                }
                _ => (None, None),
            };
            let (numbers, units): (Vec<_>, Vec<_>) = values.iter().map(quantity).unzip();
            columns([
                ("quantity", Arc::new(Float64Array::from(numbers)) as ArrayRef),
                ("unit", Arc::new(StringArray::from(units))),
            ])
        }
        FactValue::Period(..) => {
            let end = |pick: fn(&FactValue) -> Option<Date>| {
                let days = values.iter().map(|value| value.and_then(pick).map(date32));
                Arc::new(days.collect::<Date32Array>()) as ArrayRef
            };
            let from = end(|value| if let FactValue::Period(from, _) = value { Some(*from) } else { None });
            let through = end(|value| if let FactValue::Period(_, through) = value { Some(*through) } else { None });
            columns([("from", from), ("through", through)])
        }
        FactValue::Date(_) | FactValue::None if whole_days => {
            let day = |value: &FactValue| {
                let FactValue::Date(PartialDate::Day(day)) = value else { return None };
                Some(i64::from(date32(*day)))
            };
            if turn.is_multiple_of(2) {
                Arc::new(of(day).into_iter().map(|day| day.map(|day| day as i32)).collect::<Date32Array>())
            } else {
                let time = |day: Option<i64>| day.map(|day| day * 86_400_000);
                Arc::new(of(day).into_iter().map(time).collect::<Date64Array>())
            }
        }
        _ => {
            let text = |value: &Option<&FactValue>| match value {
                Some(FactValue::Text(text) | FactValue::Choice(text)) => Some(text.to_string()),
                Some(FactValue::Code(code)) => Some(code.as_str().to_owned()),
                Some(FactValue::None) => Some("none".to_owned()),
                Some(FactValue::Date(date)) => Some(date.to_string()),
                Some(FactValue::Duration(duration)) => Some(duration.to_string()),
                Some(other) => panic!("no text: {other:?}"),
                None => None,
            };
            let texts = values.iter().map(text);
            match turn % 3 {
                0 => Arc::new(texts.collect::<StringArray>()),
                1 => Arc::new(texts.collect::<StringViewArray>()),
                _ => {
                    let mut dictionary = StringDictionaryBuilder::<Int32Type>::new();
                    texts.for_each(|text| dictionary.append_option(text));
                    Arc::new(dictionary.finish())
                }
            }
        }
    }
}

fn columns<const N: usize>(columns: [(&str, ArrayRef); N]) -> ArrayRef {
    structs(columns.map(|(name, array)| (name.to_owned(), array)).to_vec(), None)
}

fn structs(columns: Vec<(String, ArrayRef)>, given: Option<Vec<bool>>) -> ArrayRef {
    let fields = columns.iter().map(|(name, array)| Field::new(name, array.data_type().clone(), true));
    let (fields, length) = (fields.collect::<Fields>(), columns[0].1.len());
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    let nulls = given.map(NullBuffer::from);
    Arc::new(StructArray::try_new_with_length(fields, arrays, nulls, length).unwrap())
}

/// The records of those who have a list of the kind.
fn lists(
    fact: &ast::Fact,
    given: &[Option<&Given>],
    of: impl Fn(ListCompleteness) -> bool,
    turn: usize,
) -> (ArrayRef, usize) {
    let own: Vec<Option<&Vec<Record>>> = given
        .iter()
        .map(|given| match given.map(|given| &given.value) {
            Some(FactValue::List(list)) if of(list.completeness) => Some(&list.records),
            _ => None,
        })
        .collect();
    let records: Vec<&Record> = own.iter().flatten().flat_map(|records| records.iter()).collect();
    let fields = fact.fields.iter().zip(turn..).map(|(field, turn)| {
        let name = &*field.name.value;
        let values: Vec<Option<&FactValue>> = records.iter().map(|record| record.fields.get(name)).collect();
        (name.to_owned(), array(&values, turn))
    });
    let items = structs(fields.collect(), None);
    let field = Arc::new(Field::new("item", items.data_type().clone(), true));
    let lengths = own.iter().map(|records| records.map_or(0, |records| records.len()));
    let nulls = Some(own.iter().map(Option::is_some).collect::<NullBuffer>());
    let count = own.iter().flatten().count();
    if turn.is_multiple_of(2) {
        (Arc::new(ListArray::new(field, OffsetBuffer::from_lengths(lengths), items, nulls)), count)
    } else {
        (Arc::new(LargeListArray::new(field, OffsetBuffer::from_lengths(lengths), items, nulls)), count)
    }
}

/// The facts of some patients, of whom none has a record that is known to be absent.
fn record_batch(population: &Population, patients: &[usize]) -> RecordBatch {
    let mut batch = Vec::new();
    for (fact, turn) in facts(&population.file).zip(population.seed as usize..) {
        let name = &*fact.name.value;
        let given: Vec<Option<&Given>> = patients.iter().map(|at| population.facts[*at].get(name)).collect();
        let column = match fact.ty.kind {
            FactTypeKind::ListOf { completeness, .. } => {
                let said = |completeness| completeness != ListCompleteness::AsDeclared;
                let any_said = given
                    .iter()
                    .flatten()
                    .any(|given| matches!(&given.value, FactValue::List(list) if said(list.completeness)));
                if any_said {
                    let complete = completeness == Some(ast::Completeness::Complete);
                    let is = |wanted: ListCompleteness| {
                        move |own: ListCompleteness| {
                            let declared = if complete { ListCompleteness::Complete } else { ListCompleteness::Open };
                            wanted == if own == ListCompleteness::AsDeclared { declared } else { own }
                        }
                    };
                    let (open, _) = lists(fact, &given, is(ListCompleteness::Open), turn);
                    let (complete, _) = lists(fact, &given, is(ListCompleteness::Complete), turn + 1);
                    columns([("open", open), ("complete", complete)])
                } else {
                    lists(fact, &given, |_| true, turn).0
                }
            }
            FactTypeKind::Record(_) => {
                let record = |given: &Option<&Given>, field: &str| match given.map(|given| &given.value) {
                    Some(FactValue::Record(record)) => record.fields.get(field).cloned(),
                    _ => None,
                };
                let fields = fact.fields.iter().zip(turn..).map(|(field, turn)| {
                    let values: Vec<_> = given.iter().map(|given| record(given, &field.name.value)).collect();
                    let values: Vec<_> = values.iter().map(Option::as_ref).collect();
                    (field.name.value.to_string(), array(&values, turn))
                });
                structs(fields.collect(), Some(given.iter().map(Option::is_some).collect()))
            }
            _ => array(&given.iter().map(|given| given.map(|given| &given.value)).collect::<Vec<_>>(), turn),
        };
        let on: Vec<Option<Date>> = given.iter().map(|given| given.and_then(|given| given.on)).collect();
        let column = if on.iter().any(Option::is_some) {
            let days: ArrayRef = if turn.is_multiple_of(2) {
                Arc::new(on.iter().map(|on| on.map(date32)).collect::<Date32Array>())
            } else {
                Arc::new(on.iter().map(|on| on.map(|on| on.to_string())).collect::<StringArray>())
            };
            let whole = vec![("fact".to_owned(), column), ("on".to_owned(), days)];
            structs(whole, Some(given.iter().map(Option::is_some).collect()))
        } else {
            column
        };
        batch.push((name.to_owned(), column));
    }
    RecordBatch::try_from_iter(batch).unwrap()
}

#[test]
fn record_batches_say_what_patients_say() {
    let mut left_out = 0;
    for seed in 500..500 + cases() {
        let mut population = Population::new(seed, 70);
        let known_absent = |at: &usize| {
            facts(&population.file).filter(|fact| matches!(fact.ty.kind, FactTypeKind::Record(_))).any(|fact| {
                let given = population.facts[*at].get(&fact.name.value);
                given.is_some_and(|given| given.value == FactValue::None)
            })
        };
        let patients: Vec<usize> = (0..70).filter(|at| !known_absent(at)).collect();
        left_out += 70 - patients.len();
        let all = record_batch(&population, &patients);
        let mut batch = population.guideline.cohort(date(population.days[0])).unwrap().batch();
        // Parts of a record batch are record batches.
        let middle = patients.len() / 3;
        for part in [all.slice(0, middle), all.slice(middle, patients.len() - middle)] {
            batch.push_arrow(&part).unwrap_or_else(|error| panic!("seed {seed}: {error}\n{}", population.text));
        }
        population.facts = patients.iter().map(|at| population.facts[*at].clone()).collect();
        population.patients = patients.iter().map(|at| population.patients[*at].clone()).collect();
        let mut trace = BatchTrace::default();
        for day in &population.days {
            let cohort = population.guideline.cohort(date(*day)).unwrap();
            cohort.evaluate(&batch, &mut trace);
            let expected = singly(&population, *day);
            assert_same(&expected, &of_trace(&cohort, &trace, expected.len(), patients.len()), &population, *day);
        }
    }
    assert!(left_out < 35 * cases() as usize, "{left_out} patients have no form in columns");
}

const VISITS: &str = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
    fact smokes: yes/no\n    label en \"Smokes\"\n    valid for 1 year\nfact county: code from county\n    label en \"C\"\n\
    fact points: number\n    label en \"P\"\nfact weight: quantity in kg\n    label en \"W\"\nfact born: date or none\n    label en \"B\"\n\
    fact stay: period\n    label en \"S\"\nfact letter: record\n    label en \"L\"\n    sent: yes/no\n\
    fact visits: list of visit, complete\n    label en \"V\"\n    day: date\n\
    recommend advice\n    label en \"Advice\"\n    our interpretation \"an example\"\n    should when smokes or points at least 2 or weight at least 70 kg\n    text en \"Stop.\"\n\
    recommend go_on\n    label en \"Go on\"\n    our interpretation \"an example\"\n    should when some visit in visits has day on or after 2026-01-01\n    text en \"Go.\"\n";

fn guideline() -> Guideline {
    Guideline::compile([Source::new("a.guide", VISITS)]).unwrap_or_else(|error| panic!("{error:?}"))
}

fn push(cohort: &Cohort<'_>, name: &str, column: ArrayRef) -> Result<Vec<&'static str>, Error> {
    let mut batch = cohort.batch();
    let rows = column.len();
    batch.push_arrow(&RecordBatch::try_from_iter([(name, column)]).unwrap())?;
    let mut trace = BatchTrace::default();
    cohort.evaluate(&batch, &mut trace);
    let rule = usize::from(name == "visits");
    Ok((0..rows).map(|patient| cohort.status(&trace, rule, patient).unwrap().name()).collect())
}

#[test]
fn every_number_of_arrow() {
    let guideline = guideline();
    let cohort = guideline.cohort("2026-11-22".parse().unwrap()).unwrap();
    let decimal =
        |number: i128| Decimal128Array::from(vec![Some(number), None]).with_precision_and_scale(5, 2).unwrap();
    let numbers: [ArrayRef; 5] = [
        Arc::new(UInt64Array::from(vec![Some(2), None])),
        Arc::new(Int64Array::from(vec![Some(2), None])),
        Arc::new(Float32Array::from(vec![Some(2.0), None])),
        Arc::new(Float64Array::from(vec![Some(2.0), None])),
        Arc::new(decimal(200)),
    ];
    for numbers in numbers {
        let kind = numbers.data_type().clone();
        assert_eq!(push(&cohort, "points", numbers).unwrap(), ["recommended", "undetermined"], "{kind}");
    }
    // A tenth and not what is nearest to it.
    let text = VISITS.replace("points at least 2", "points is 0.1");
    let guideline = Guideline::compile([Source::new("a.guide", text)]).unwrap();
    let cohort = guideline.cohort("2026-11-22".parse().unwrap()).unwrap();
    assert_eq!(push(&cohort, "points", Arc::new(Float32Array::from(vec![0.1]))).unwrap(), ["recommended"]);
    assert_eq!(push(&cohort, "points", Arc::new(Float64Array::from(vec![0.1]))).unwrap(), ["recommended"]);
    assert_eq!(push(&cohort, "points", Arc::new(decimal(10))).unwrap(), ["recommended", "undetermined"]);
}

#[test]
fn lists_of_a_fixed_size() {
    let guideline = guideline();
    let cohort = guideline.cohort("2026-11-22".parse().unwrap()).unwrap();
    let days = ["2026-02-01", "2025-01-01", "2025-01-01", "2025-01-01", "2026-01-01", "2026-01-01"];
    let items = columns([("day", Arc::new(StringArray::from(days.to_vec())) as ArrayRef)]);
    let field = Arc::new(Field::new("item", items.data_type().clone(), true));
    let lists = FixedSizeListArray::new(field, 2, items, Some(NullBuffer::from(vec![true, true, false])));
    assert_eq!(push(&cohort, "visits", Arc::new(lists)).unwrap(), ["recommended", "not_applicable", "undetermined"]);
}

#[test]
fn columns_that_do_not_fit_are_said() {
    let guideline = guideline();
    let cohort = guideline.cohort("2026-11-22".parse().unwrap()).unwrap();
    let said = |name: &str, column: ArrayRef| push(&cohort, name, column).unwrap_err().to_string();
    let texts = |texts: &[&str]| Arc::new(StringArray::from(texts.to_vec())) as ArrayRef;
    let truths = || Arc::new(BooleanArray::from(vec![true])) as ArrayRef;
    assert_eq!(said("smoke", truths()), "smoke: there is no fact `smoke`; did you mean `smokes`?");
    // Where it stands, and not what it is.
    let error = said("county", texts(&["01", "Alvik"]));
    assert!(error.starts_with("county, 2 of the column: ") && !error.contains("Alvik"), "{error}");
    assert!(said("born", Arc::new(TimestampSecondArray::from(vec![1]))).contains("Timestamp"));
    assert!(said("born", Arc::new(Date32Array::from(vec![i32::MAX]))).contains("outside the calendar"));
    assert!(said("points", Arc::new(Float64Array::from(vec![f64::NAN]))).contains("1 of the column"));
    assert!(said("points", truths()).starts_with("points"));
    assert!(said("points", texts(&["2"])).starts_with("points"));
    assert!(said("weight", Arc::new(Int64Array::from(vec![70]))).contains("weight"));
    let pair = |first: &str, second: &str| columns([(first, texts(&["1"])), (second, texts(&["kg"]))]);
    assert!(said("weight", pair("quantity", "units")).contains("`quantity` and `unit`"));
    assert!(said("weight", pair("quantity", "unit")).contains("a number and a unit"));
    let stay = |from: Option<i32>, through: Option<i32>| {
        let day = |day| Arc::new(Date32Array::from(vec![day])) as ArrayRef;
        columns([("from", day(from)), ("through", day(through))])
    };
    assert!(push(&cohort, "stay", stay(Some(1), Some(1))).is_ok());
    assert!(push(&cohort, "stay", stay(None, None)).is_ok());
    assert!(said("stay", stay(Some(1), None)).contains("one end"));
    assert!(said("stay", stay(Some(2), Some(1))).contains("1 of the column"));
    assert!(said("letter", truths()).contains("struct"));
    assert!(said("letter", columns([("send", truths())])).contains("did you mean `sent`?"));
    assert!(said("visits", truths()).contains("lists of visit"));
    assert!(said("visits", columns([("half", truths())])).contains("lists of visit"));
    let days = |field: &str| columns([(field, texts(&["2026-01-01"]))]);
    let list = |items: ArrayRef| {
        let field = Arc::new(Field::new("item", items.data_type().clone(), true));
        Arc::new(ListArray::new(field, OffsetBuffer::from_lengths([1]), items, None)) as ArrayRef
    };
    assert!(said("visits", list(texts(&["2026-01-01"]))).contains("lists of visit"));
    assert!(said("visits", list(days("days"))).contains("did you mean `day`?"));
    assert!(said("visits", columns([("open", list(days("day"))), ("complete", list(days("day")))])).contains("both"));
    let fields = Fields::from(vec![Field::new("day", DataType::Utf8, true)]);
    assert!(said("visits", list(Arc::new(StructArray::new_null(fields, 1)))).contains("found null"));
    let full = |on: ArrayRef| columns([("fact", truths()), ("on", on)]);
    assert!(said("smokes", full(texts(&["2026"]))).contains("not a day"));
    assert!(said("smokes", full(truths())).contains("column of days"));
    assert_eq!(push(&cohort, "smokes", full(texts(&["2025-11-21"]))).unwrap(), ["undetermined"]);
    assert_eq!(push(&cohort, "smokes", full(texts(&["2025-11-22"]))).unwrap(), ["recommended"]);
}

#[test]
fn a_date_has_no_time_of_day() {
    let guideline = guideline();
    let cohort = guideline.cohort("2026-11-22".parse().unwrap()).unwrap();
    let times = |times: &[i64]| Arc::new(Date64Array::from(times.to_vec())) as ArrayRef;
    assert!(push(&cohort, "born", times(&[-86_400_000, 0, 86_400_000])).is_ok());
    // The evening before in one place is the day itself in another.
    for time in [86_400_000 - 7_200_000, -7_200_000, 1] {
        let error = push(&cohort, "born", times(&[0, time])).unwrap_err().to_string();
        assert!(error.starts_with("born, 2 of the column: a date has no time of day"), "{error}");
    }
}

#[test]
fn a_column_that_stands_twice_is_refused_at_every_depth() {
    let guideline = guideline();
    let cohort = guideline.cohort("2026-11-22".parse().unwrap()).unwrap();
    let truth = |truth: bool| Arc::new(BooleanArray::from(vec![truth])) as ArrayRef;
    let days = || Arc::new(StringArray::from(vec!["2026-01-01"])) as ArrayRef;
    let pair = |names: [&str; 2], array: &dyn Fn() -> ArrayRef| columns(names.map(|name| (name, array())));
    let list = |items: ArrayRef| {
        let field = Arc::new(Field::new("item", items.data_type().clone(), true));
        Arc::new(ListArray::new(field, OffsetBuffer::from_lengths([1]), items, None)) as ArrayRef
    };
    let visits = || list(columns([("day", days())]));
    let twice: [(&str, &str, ArrayRef); 6] = [
        ("letter", "letter.sent", pair(["sent", "sent"], &|| truth(true))),
        ("smokes", "smokes.fact", pair(["fact", "fact"], &|| truth(true))),
        ("stay", "stay.from", pair(["from", "from"], &days)),
        ("visits", "visits.open", pair(["open", "open"], &visits)),
        ("visits", "visits.day", list(pair(["day", "day"], &days))),
        ("visits", "visits.open.day", columns([("open", list(pair(["day", "day"], &days)))])),
    ];
    for (name, path, column) in twice {
        let error = push(&cohort, name, column).unwrap_err().to_string();
        assert_eq!(error, format!("{path}: the column is given twice; keep one of the two"));
    }
    let mut batch = cohort.batch();
    let both = RecordBatch::try_from_iter([("smokes", truth(true)), ("smokes", truth(false))]).unwrap();
    assert!(batch.push_arrow(&both).unwrap_err().to_string().contains("smokes: the column is given twice"));
    assert!(batch.is_empty());
}

#[test]
fn a_column_of_the_type_of_nothing_says_nothing() {
    let guideline = guideline();
    let cohort = guideline.cohort("2026-11-22".parse().unwrap()).unwrap();
    let nothing = || Arc::new(NullArray::new(2)) as ArrayRef;
    for name in ["smokes", "points", "weight", "born", "stay", "letter", "visits"] {
        assert_eq!(push(&cohort, name, nothing()).unwrap(), ["undetermined"; 2], "{name}");
        assert_eq!(
            push(&cohort, name, columns([("fact", nothing()), ("on", nothing())])).unwrap(),
            ["undetermined"; 2]
        );
    }
    assert_eq!(push(&cohort, "letter", columns([("sent", nothing())])).unwrap(), ["undetermined"; 2]);
    assert_eq!(push(&cohort, "visits", columns([("open", nothing())])).unwrap(), ["undetermined"; 2]);
}

#[test]
fn what_stands_below_null_says_nothing_in_slices_too() {
    let guideline = guideline();
    let cohort = guideline.cohort("2026-11-22".parse().unwrap()).unwrap();
    let given = || NullBuffer::from(vec![true, false, true, true]);
    // A list that is null has a record, and so has the row before the slice.
    let days = ["2026-01-01", "2026-01-01", "2025-01-01", "2026-01-01"];
    let items = columns([("day", Arc::new(StringArray::from(days.to_vec())) as ArrayRef)]);
    let field = Arc::new(Field::new("item", items.data_type().clone(), true));
    let lists = ListArray::new(field, OffsetBuffer::from_lengths([1, 1, 1, 1]), items, Some(given()));
    let expected = ["undetermined", "not_applicable", "recommended"];
    assert_eq!(push(&cohort, "visits", Arc::new(lists.slice(1, 3))).unwrap(), expected);
    let open = columns([("open", Arc::new(lists) as ArrayRef)]).slice(1, 3);
    assert_eq!(push(&cohort, "visits", open).unwrap(), ["undetermined", "undetermined", "recommended"]);
    // A fact in full that is null has a value and a day.
    let smokes = Arc::new(BooleanArray::from(vec![true, true, false, true])) as ArrayRef;
    let on = Arc::new(StringArray::from(vec![Some("2026-01-01"), Some("2026-01-01"), None, Some("2025-11-21")]));
    let full = |nulls| structs(vec![("fact".to_owned(), smokes.clone()), ("on".to_owned(), on.clone())], nulls);
    let full = full(Some(vec![true, false, true, true])).slice(1, 3);
    assert_eq!(push(&cohort, "smokes", full).unwrap(), ["undetermined", "undetermined", "undetermined"]);
    // Of a decimal the scale, of a dictionary the null among its words, of a quantity the null around it.
    let hundreds = Decimal128Array::from(vec![2, -2]).with_precision_and_scale(5, -2).unwrap();
    let text = VISITS.replace("points at least 2", "points is 200");
    let other = Guideline::compile([Source::new("a.guide", text)]).unwrap();
    let other = other.cohort("2026-11-22".parse().unwrap()).unwrap();
    assert_eq!(push(&other, "points", Arc::new(hundreds)).unwrap(), ["recommended", "undetermined"]);
    let kilos = Arc::new(Float64Array::from(vec![70.0; 4])) as ArrayRef;
    let unit = Arc::new(StringArray::from(vec!["kg"; 4])) as ArrayRef;
    let weights =
        structs(vec![("quantity".to_owned(), kilos), ("unit".to_owned(), unit)], Some(vec![true, false, true, true]));
    assert_eq!(push(&cohort, "weight", weights.slice(1, 2)).unwrap(), ["undetermined", "recommended"]);
}

#[test]
fn record_batches_need_not_have_the_same_columns() {
    let guideline = guideline();
    let cohort = guideline.cohort("2026-11-22".parse().unwrap()).unwrap();
    let smokes = || ("smokes", Arc::new(BooleanArray::from(vec![false, true])) as ArrayRef);
    let points = || ("points", Arc::new(Int64Array::from(vec![Some(2), None])) as ArrayRef);
    let batches = [vec![smokes(), points()], vec![points()], vec![points(), smokes()], vec![smokes()]];
    let mut batch = cohort.batch();
    for columns in batches {
        batch.push_arrow(&RecordBatch::try_from_iter(columns).unwrap()).unwrap();
        // What is refused leaves nobody behind, and no value.
        let wrong = vec![smokes(), ("points", Arc::new(Float64Array::from(vec![2.0, f64::NAN])) as ArrayRef)];
        assert!(batch.push_arrow(&RecordBatch::try_from_iter(wrong).unwrap()).is_err());
    }
    let mut trace = BatchTrace::default();
    cohort.evaluate(&batch, &mut trace);
    let status: Vec<&str> = (0..batch.len()).map(|at| cohort.status(&trace, 0, at).unwrap().name()).collect();
    let (yes, open) = ("recommended", "undetermined");
    assert_eq!(status, [yes, yes, yes, open, yes, yes, open, yes]);
}
