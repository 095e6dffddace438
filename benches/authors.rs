//! The authors' loop: what `check` and `test` take on the rules that come with the library and on 10,000 rules made up for
//! it, what compiling takes as rules become more, and how large what was compiled is.
//!
//! `cargo bench --bench authors`; with `-- --write FOLDER` it writes the 10,000 rules and their cases, for the runner.
#![allow(
    unreachable_pub,
    dead_code,
    missing_docs,
    missing_debug_implementations,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a panic is the failure report of a bench"
)]

#[path = "workload/mod.rs"]
mod workload;

use cpu_time::ThreadTime;
use riktlinje::{Cases, CodeLists, Date, Guideline, Guidelines, Source, Trace};
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use workload::{Condition, Day, Patient, Rule, TODAY};

/// The large pack.
const MANY: usize = 10_000;
const CASES: usize = 2_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--write") {
        write(Path::new(&arguments[at + 1]));
        return;
    }
    println!("| what | processor time | each |\n| --- | --- | --- |");
    let (rules, cases) = shipped();
    let files = rules.len();
    let check = median(5, || drop(black_box(Guidelines::check(rules.clone(), [], &CodeLists::new()))));
    row(&format!("check, the {files} files of `rules/`"), check, files, "file");
    let mut run = 0;
    let test = median(5, || run = tested(&rules, &cases));
    row(&format!("test, their {run} cases"), test, run, "case");

    let (rules, cases) = many();
    let check = median(3, || drop(black_box(Guidelines::check(rules.clone(), [], &CodeLists::new()))));
    row(&format!("check, {MANY} rules"), check, MANY, "rule");
    let test = median(1, || assert_eq!(tested(&rules, &cases), CASES));
    row(&format!("test, {MANY} rules and {CASES} cases"), test, CASES, "case");

    println!(
        "\n| rules | compile | a rule | bytes of the guideline | a rule | most while compiling | evaluate | a rule |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for count in [200, 2_500, 5_000, MANY, 2 * MANY] {
        growth(count);
    }
}

/// One line of how things grow with the number of rules.
fn growth(count: usize) {
    let text = workload::guideline(&workload::rules(count));
    let compile = || Guideline::compile([Source::new("bench.guide", text.as_str())]).unwrap();
    let time = median(if count < 1_000 { 15 } else { 3 }, || drop(black_box(compile())));
    let mut kept = None;
    let memory = allocation_counter::measure(|| kept = Some(compile()));
    let guideline = kept.unwrap();
    let on_date = guideline.on(today()).unwrap();
    let bound: Vec<_> = workload::patients(100)
        .iter()
        .map(|patient| guideline.bind(&guideline.facts_from_yaml(&facts(patient)).unwrap()))
        .collect();
    let mut trace = Trace::default();
    let evaluate = median(7, || bound.iter().for_each(|bound| on_date.evaluate(black_box(bound), &mut trace)));
    let (each, bytes) = (|whole: f64| whole / count as f64, memory.bytes_current as f64);
    println!(
        "| {count} | {:.2} ms | {:.2} us | {bytes} | {:.0} | {} | {:.2} us | {:.2} ns |",
        time * 1e3,
        each(time) * 1e6,
        each(bytes),
        memory.bytes_max,
        evaluate * 1e4,
        each(evaluate) * 1e7,
    );
}

fn row(what: &str, seconds: f64, parts: usize, part: &str) {
    println!("| {what} | {:.1} ms | {:.1} us a {part} |", seconds * 1e3, seconds * 1e6 / parts as f64);
}

/// Compiles rules, reads and runs their cases; how many there are. All pass.
fn tested(rules: &[Source], cases: &[Source]) -> usize {
    let guidelines = Guidelines::compile(rules.to_vec(), [], &CodeLists::new()).unwrap();
    let mut run = 0;
    for source in cases {
        let name = Cases::guideline_named(source).unwrap();
        let stem = source.name().strip_suffix(".cases.yaml").unwrap();
        let beside = |guideline: &&Guideline| guideline.file().strip_suffix(".guide") == Some(stem);
        let guideline = guidelines.iter().find(beside).unwrap();
        assert_eq!(guideline.name(), name);
        let report = Cases::read(source, guideline).unwrap().run(guideline);
        assert!(report.passed(), "{}", report.to_text(riktlinje::Language::English));
        run += report.cases.len();
    }
    run
}

/// The median of some passes, in seconds of processor time.
fn median(passes: usize, mut pass: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..passes)
        .map(|_| {
            let started = ThreadTime::now();
            pass();
            started.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The rule files and the files of cases in `rules/`.
fn shipped() -> (Vec<Source>, Vec<Source>) {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules"));
    let (mut rules, mut cases) = (Vec::new(), Vec::new());
    for folder in std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let source = Source::new(path.display().to_string(), std::fs::read_to_string(&path).unwrap());
            let of_cases = source.name().ends_with(".cases.yaml");
            if of_cases { &mut cases } else { &mut rules }.push(source);
        }
    }
    for sources in [&mut rules, &mut cases] {
        sources.sort_by(|one, other| one.name().cmp(other.name()));
    }
    (rules, cases)
}

/// The large pack with its cases.
fn many() -> (Vec<Source>, Vec<Source>) {
    let rules = workload::rules(MANY);
    let guide = Source::new("many.guide", workload::guideline(&rules));
    (vec![guide], vec![Source::new("many.cases.yaml", cases(&rules))])
}

fn write(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    let (rules, cases) = many();
    for source in rules.iter().chain(&cases) {
        std::fs::write(folder.join(source.name()), source.text()).unwrap();
    }
}

/// A case per patient, each about three rules.
fn cases(rules: &[Rule]) -> String {
    let mut text = "guideline: bench.pack\ncases:\n".to_owned();
    let mut random = workload::Random(3);
    for (number, patient) in workload::patients(CASES).iter().enumerate() {
        let _ = write!(text, "  - name: patient {number}\n    as_of: {}\n    facts:\n", today());
        for line in facts(patient).lines() {
            let _ = writeln!(text, "      {line}");
        }
        text += "    expect:\n";
        let mut asked = std::collections::BTreeSet::new();
        while asked.len() < 3 {
            asked.insert(random.below(rules.len()));
        }
        for rule in asked {
            let status = if rules[rule].iter().all(|it| holds(it, patient)) { "recommended" } else { "not_applicable" };
            let _ = writeln!(text, "      recommend.r{rule}: {status}");
        }
    }
    text
}

fn today() -> Date {
    let (year, month, day) = TODAY;
    Date::from_ymd(year, month, day).unwrap()
}

/// A patient as an author writes it.
fn facts(patient: &Patient) -> String {
    let date = |day: Day| format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100);
    let diagnoses: Vec<String> = patient
        .diagnoses
        .iter()
        .map(|it| format!("{{ code: {}, documented: {}, onset: {} }}", it.code, it.documented, date(it.onset)))
        .collect();
    let medicines: Vec<String> = patient.medicines.iter().map(|atc| format!("{{ atc: {atc} }}")).collect();
    format!(
        "birth_date: {}\nregistered_county: \"{}\"\ndiagnoses: [{}]\nmedicines: [{}]\ndetained: {}\nsocial: {}\nreferral: {}\n",
        date(patient.birth),
        patient.county,
        diagnoses.join(", "),
        medicines.join(", "),
        patient.detained,
        patient.social,
        patient.referral,
    )
}

/// What a case is to expect.
fn holds(condition: &Condition, patient: &Patient) -> bool {
    let (year, month, day) = TODAY;
    let today = year * 10_000 + (month * 100 + day) as Day;
    let years = |since: Day| (today - since) / 10_000;
    let has = |code: &str, least: i32| {
        let fits = |it: &workload::Diagnosis| it.documented && it.code.starts_with(code) && years(it.onset) >= least;
        patient.diagnoses.iter().any(fits)
    };
    let takes = |group: &str| patient.medicines.iter().any(|atc| atc.starts_with(group));
    match condition {
        Condition::AgeAtLeast(least) => years(patient.birth) >= *least,
        Condition::AgeLessThan(least) => years(patient.birth) < *least,
        Condition::County(county) => patient.county == *county,
        Condition::CountyIn(counties) => counties.contains(&&*patient.county),
        Condition::Documented(code) => has(code, 0),
        Condition::DocumentedYears(code, least) => has(code, *least),
        Condition::Takes(group) => takes(group),
        Condition::TakesNo(group) => !takes(group),
        Condition::Detained(yes) => patient.detained == *yes,
        Condition::Social(yes) => patient.social == *yes,
        Condition::Referral(yes) => patient.referral == *yes,
    }
}
