//! The targets that one process can measure, each with both sides in turns.

use crate::contest::{Answers, kept};
use crate::ours::{compiled, pass, read};
use crate::workload::columns::{Applying, Columns, Plan};
use crate::workload::given::{Gaps, Given, Plain, given, today, today_number};
use crate::workload::timing::{alone, in_turns, print_table, shown};
use crate::workload::{self, Patient, batch, native, rule_a, rules, rules_b};
use riktlinje::{Batch, BatchTrace, BoundFacts, Guideline, Source, Trace};
use std::hint::black_box;

/// Patients whose outcomes are kept and looked at one by one.
const SAMPLE: usize = 500;
/// Patients side by side in a batch of ours.
const BATCH: usize = 2_560;

/// Prints each target with what was measured.
pub fn print(patients: &[Patient], right: &Answers) {
    let mut table = vec![["what", "target", "measured", "both sides"].map(str::to_owned).to_vec()];
    let mut row = |what: String, target: &str, measured: String, sides: String| {
        eprintln!("{what}: {measured}");
        table.push(vec![what, target.to_owned(), measured, sides]);
    };
    let count = patients.len() as f64;
    let (a, b) = (compiled(&[rule_a()]), compiled(&rules_b()));
    for percent in [0, 10] {
        let given = given(patients, Gaps { percent });
        for (name, guideline, target) in [("A", &a, "at most 2x"), ("B", &b, "at most 0.25x")] {
            let bound: Vec<BoundFacts> = given.iter().map(|given| guideline.bind_from(given).unwrap()).collect();
            let [native, ours] = in_turns([&mut || hand_written(name, patients), &mut || evaluate(guideline, &bound)]);
            row(
                format!("{name}, evaluate bound facts, {percent} % missing"),
                target,
                times(ours / native),
                against(ours, native, "hand-written", count),
            );
        }
    }

    let gaps = given(patients, Gaps { percent: 10 });
    let [native, ours] = in_turns([&mut || hand_written("B", patients), &mut || bind_and_evaluate(&b, &gaps)]);
    row(
        "B, bind from a Rust struct and evaluate".to_owned(),
        "at most 0.5x",
        times(ours / native),
        against(ours, native, "hand-written", count),
    );

    let json: Vec<String> = gaps.iter().map(|given| serde_json::to_string(given).unwrap()).collect();
    let mut again = BoundFacts::default();
    let [plain, ours] = in_turns([
        &mut || {
            for json in &json {
                drop(black_box(serde_json::from_str::<Plain>(black_box(json)).unwrap()));
            }
        },
        &mut || {
            for json in &json {
                b.bind_json_into(black_box(json), &mut again).unwrap();
                black_box(&again);
            }
        },
    ]);
    row(
        "JSON text to bound facts of B".to_owned(),
        "at most 1.5x",
        times(ours / plain),
        against(ours, plain, "serde_json into a plain struct", count),
    );

    crate::shown::rows(&b, &patients[..SAMPLE], &gaps[..SAMPLE], &mut row);

    let cohort = b.cohort(today()).unwrap();
    let plan = Plan::new(&rules_b());
    let columns = Columns::new(patients, today_number());
    agree(&plan.evaluate(&columns), right);
    let batches: Vec<Batch> = gaps
        .chunks(BATCH)
        .map(|given| {
            let mut batch = cohort.batch();
            batch::add(&mut batch, given).unwrap();
            batch
        })
        .collect();
    let mut trace = BatchTrace::default();
    let (mut again, mut again_trace) = (cohort.batch(), BatchTrace::default());
    let [evaluating, both, ours, ours_both] = in_turns([
        &mut || drop(black_box(plan.evaluate(black_box(&columns)))),
        &mut || drop(black_box(plan.evaluate(&Columns::new(black_box(patients), today_number())))),
        &mut || {
            for batch in &batches {
                cohort.evaluate(black_box(batch), &mut trace);
                black_box(&trace);
            }
        },
        &mut || {
            for given in gaps.chunks(BATCH) {
                again.clear();
                batch::add(&mut again, black_box(given)).unwrap();
                cohort.evaluate(&again, &mut again_trace);
                black_box(&again_trace);
            }
        },
    ]);
    row(
        "cohort B, columns made, 10 % missing".to_owned(),
        "at most 1.2x",
        times(ours / evaluating),
        against(ours, evaluating, "hand-written columns", count),
    );
    row(
        "cohort B, making columns from structs too, 10 % missing".to_owned(),
        "at most 1.5x",
        times(ours_both / both),
        against(ours_both, both, "hand-written columns", count),
    );

    let many = compiled(&rules(10_000));
    let sample = &gaps[..1000];
    let bound = |guideline: &Guideline| -> Vec<BoundFacts> {
        sample.iter().map(|given| guideline.bind_from(given).unwrap()).collect()
    };
    let (bound_many, bound_b) = (bound(&many), bound(&b));
    let [of_many, of_b] = in_turns([&mut || evaluate(&many, &bound_many), &mut || evaluate(&b, &bound_b)]);
    let (of_many, of_b) = (of_many / 10_000.0, of_b / 200.0);
    row(
        "10,000 rules against 200, per rule and patient".to_owned(),
        "at most 0.8x",
        times(of_many / of_b),
        format!("{:.2} ns, of 200 rules {:.2} ns", of_many / 1000.0, of_b / 1000.0),
    );

    let (_bound, bytes) = kept(|| gaps.iter().map(|given| b.bind_from(given).unwrap()).collect::<Vec<_>>());
    row(
        "bytes per bound patient of B".to_owned(),
        "under 600",
        format!("{:.0}", bytes as f64 / count),
        "heap and the value itself".to_owned(),
    );
    let (_b, bytes) = kept(|| compiled(&rules_b()));
    row(
        "program B".to_owned(),
        "under 200 KiB",
        format!("{:.0} KiB", bytes as f64 / 1024.0),
        "all that a compiled guideline keeps, its texts too".to_owned(),
    );
    let text = workload::guideline(&rules_b());
    let compiling = alone(|| compile(&text));
    row("compile B from text".to_owned(), "under 20 ms", shown(compiling), String::new());
    let text = workload::guideline(&rules(10_000));
    row("compile 10,000 rules from text".to_owned(), "under 1 s", shown(alone(|| compile(&text))), String::new());
    print_table(&table);
}

fn agree(applying: &Applying, right: &Answers) {
    let mut begin = 0;
    for (number, right) in right.b.iter().enumerate() {
        let end = applying.ends[number] as usize;
        assert_eq!(&applying.rules[begin..end], right, "columns, patient {number}");
        begin = end;
    }
}

pub fn times(ratio: f64) -> String {
    format!("{ratio:.2}x")
}

pub fn against(ours: f64, theirs: f64, who: &str, count: f64) -> String {
    format!("{}, {who} {}", shown(ours / count), shown(theirs / count))
}

fn compile(text: &str) {
    let source = Source::new("pack.guide", black_box(text.to_owned()));
    drop(black_box(Guideline::compile([source]).unwrap()));
}

fn hand_written(name: &str, patients: &[Patient]) {
    let today = today_number();
    let mut found = Vec::new();
    for patient in patients {
        if name == "A" {
            black_box(native::a(black_box(patient), black_box(today)));
        } else {
            found.clear();
            native::b(black_box(patient), black_box(today), &mut found);
            black_box(&found);
        }
    }
}

fn evaluate(guideline: &Guideline, bound: &[BoundFacts]) {
    pass(guideline, bound.iter(), &mut Trace::default(), &mut Vec::new());
}

fn bind_and_evaluate(guideline: &Guideline, given: &[Given]) {
    let on_date = guideline.on(today()).unwrap();
    let (mut trace, mut bound, mut found) = (Trace::default(), BoundFacts::default(), Vec::new());
    for given in given {
        guideline.bind_from_into(black_box(given), &mut bound).unwrap();
        on_date.evaluate(&bound, &mut trace);
        read(&on_date, &trace, &mut found);
    }
}
