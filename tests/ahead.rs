//! What time alone will change: birthdays, windows, facts that grow old, versions; and how far was looked.
#![allow(
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic is the failure report"
)]

mod built_runner;

use built_runner::run;
use riktlinje::{CodeLists, Date, Guideline, Guidelines, Language, Outlook, RuleStatus, SearchEnd, Source, Trace};
use std::path::PathBuf;

const FACTS: &str = "fact birth_date: date\n    label en \"Born\"\n    question en \"When?\"\n\
    fact home: yes/no\n    label en \"Home\"\n    question en \"Home?\"\n    valid for 3 months\n\
    fact dose: quantity in mg\n    label en \"Dose\"\n    question en \"Dose?\"\n\
    fact samples: list of sample, complete\n    label en \"Samples\"\n    question en \"Samples?\"\n    taken: date\n    positive: yes/no\n\
    leap day birthday is 28 February\n    our interpretation \"a test\"\n";

fn text(header: &str, version: &str, condition: &str) -> String {
    format!(
        "guideline a.b\n    language 1\n    title en \"A\"\n    version {version}\n    status active\n{header}    about patient\n{FACTS}\
         eligibility rule\n    label en \"Rule\"\n    our interpretation \"a test\"\n    require it: {condition}\n        label en \"It\"\n"
    )
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn outlook(condition: &str, facts: &str, as_of: &str) -> Outlook {
    let guideline = Guideline::compile([Source::new("a.guide", text("", "1.0.0", condition))])
        .unwrap_or_else(|error| panic!("{condition}: {error}"));
    let facts = guideline.facts_from_yaml(facts).unwrap();
    guideline.changes_ahead(&facts, day(as_of), None).unwrap()
}

/// The day, the status then, and how the search ended.
fn next(condition: &str, facts: &str, as_of: &str) -> (String, SearchEnd) {
    let outlook = outlook(condition, facts, as_of);
    let next = outlook.rules[0].next.as_ref();
    let next = next.map_or("never".into(), |next| format!("{} {}", next.on, next.status.unwrap().name()));
    (next, outlook.ended)
}

#[test]
fn the_day_is_exact() {
    let found = |next: &str| (next.to_owned(), SearchEnd::AllFound);
    for (condition, facts, wanted) in [
        // birthdays; a leap day; a month of birth, which is undetermined for a month
        ("age at least 20 years", "birth_date: 2007-03-03", "2027-03-03 met"),
        ("age at least 19 years", "birth_date: 2008-02-29", "2027-02-28 met"),
        ("age at least 20 years", "birth_date: 2007-03", "2027-03-01 undetermined"),
        ("age at most 65 years", "birth_date: 1990-05-12", "2056-05-12 not_met"),
        ("age is 19 years", "birth_date: 2007-03-03", "2027-03-03 not_met"),
        ("age from 20 years to 30 years", "birth_date: 2007-03-03", "2027-03-03 met"),
        // a month's last day
        ("birth_date at least 1 month before today", "birth_date: 2026-10-31", "2026-11-30 met"),
        ("birth_date within 14 days before today", "birth_date: 2026-11-20", "2026-12-05 not_met"),
        ("birth_date within 14 days after today", "birth_date: 2026-12-24", "2026-12-10 met"),
        ("birth_date on or before today", "birth_date: 2027-01-01", "2027-01-01 met"),
        ("today is birth_date", "birth_date: 2027-01-01", "2027-01-01 met"),
        ("birth_date from 1 year before today to today", "birth_date: 2026-01-31", "2027-02-01 not_met"),
        ("years between birth_date and today at least 40", "birth_date: 1990-05-12", "2030-05-12 met"),
        ("days between birth_date and today more than 30", "birth_date: 2026-11-20", "2026-12-21 met"),
        ("years between birth_date and today + 1 at least 41", "birth_date: 1990-05-12", "2030-05-12 met"),
        // a fact that was recorded for three months
        ("home", "home: { fact: yes, on: 2026-10-15 }", "2027-01-16 undetermined"),
        ("home is known", "home: yes", "2027-02-23 not_met"),
        // lists
        (
            "some sample in samples has (taken within 30 days before today)",
            "samples: [{ taken: 2026-11-01 }, { taken: 2026-11-10 }]",
            "2026-12-11 not_met",
        ),
        (
            "count sample in samples has (taken within 30 days before today) at least 2",
            "samples: [{ taken: 2026-11-01 }, { taken: 2026-11-10 }]",
            "2026-12-02 not_met",
        ),
        (
            "the latest taken of samples that are (taken on or before today) at least 10 days before today",
            "samples: [{ taken: 2026-11-20 }, { taken: 2026-11-25 }]",
            "2026-12-05 met",
        ),
        (
            "the latest s in samples that are (taken before today) by taken has (positive)",
            "samples: [{ taken: 2026-11-01, positive: no }, { taken: 2026-12-24, positive: yes }]",
            "2026-12-25 met",
        ),
    ] {
        assert_eq!(next(condition, facts, "2026-11-22"), found(wanted), "{condition}");
    }
}

#[test]
fn what_never_changes_is_searched_to_the_end_of_the_calendar() {
    assert_eq!(
        next("age at least 20 years", "birth_date: 1990-05-12", "2026-11-22"),
        ("never".into(), SearchEnd::Calendar)
    );
    assert_eq!(next("dose at least 5 mg", "dose: 1 mg", "2026-11-22"), ("never".into(), SearchEnd::Calendar));
}

/// Today in a calculation: the days are gone through one by one, for ten years.
#[test]
fn a_calculation_with_today_is_followed_for_ten_years() {
    let condition = "days between birth_date and today * 2 at least 8000";
    assert_eq!(next(condition, "birth_date: 2026-11-22", "2026-11-22"), ("never".into(), SearchEnd::Horizon));
    assert_eq!(outlook(condition, "birth_date: 2026-11-22", "2026-11-22").searched_through, day("2036-11-22"));
    assert_eq!(next(condition, "birth_date: 2020-01-01", "2026-11-22").0, "2030-12-14 met");
}

#[test]
fn the_conditions_that_turn_are_told() {
    let outlook = outlook(
        "all of:\n        age at least 20 years\n        home is not known",
        "birth_date: 2007-03-03",
        "2026-11-22",
    );
    let next = outlook.rules[0].next.as_ref().unwrap();
    assert_eq!(next.because.iter().map(|turned| turned.text.as_str()).collect::<Vec<_>>(), ["age at least 20 years"]);
    let text = outlook.to_text(Language::Swedish);
    assert!(text.contains("Rule: inte uppfyllt; från och med 2027-03-03: UPPFYLLT"), "{text}");
    assert!(text.contains("Born [age at least 20 years]: nej → ja"), "{text}");
}

/// A score has another band, a rule that asks for it another status; a checklist, too, is a rule like others.
#[test]
fn rules_of_other_kinds_change_as_well() {
    let rules = "score risk\n    label en \"Risk\"\n    our interpretation \"a test\"\n    item old: 1 when age at least 65 years\n        label en \"Old\"\n    \
        bands, highest that holds\n        high from 1\n            label en \"High\"\n            text en \"High.\"\n        low otherwise\n            label en \"Low\"\n            text en \"Low.\"\n\
        checklist papers\n    label en \"Papers\"\n    our interpretation \"a test\"\n    when band of risk is high\n    require home: home\n        label en \"Home\"\n";
    let text = text("", "1.0.0", "age at least 20 years") + rules;
    let guideline = Guideline::compile([Source::new("a.guide", text)]).unwrap_or_else(|error| panic!("{error:?}"));
    let facts = guideline.facts_from_yaml("{birth_date: 1970-05-12, home: yes}").unwrap();
    let outlook = guideline.changes_ahead(&facts, day("2026-11-22"), None).unwrap();
    let change = |rule: &str| {
        let rule = outlook.rules.iter().find(|other| other.rule == rule).unwrap();
        let next = rule.next.clone().unwrap();
        let band = next.band.map(|band| band.id);
        (rule.status.name(), next.on.to_string(), next.status.map(|status| status.name()), band)
    };
    let risk = change("score.risk");
    assert_eq!(risk, ("banded", "2035-05-12".to_owned(), Some("banded"), Some("high".to_owned())));
    // By then the fact is too old.
    let papers = change("checklist.papers");
    assert_eq!(papers, ("not_applicable", "2035-05-12".to_owned(), Some("undetermined"), None));
    let text = outlook.to_text(Language::English);
    assert!(text.contains("Risk: Low; from 2035-05-12: HIGH"), "{text}");
}

/// Tasks and parallel treatments of the corpus: as going through the days one by one.
#[test]
fn deadlines_pass_on_their_day() {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/cases");
    let mut changes = 0;
    for (file, patients) in [
        (
            "tasks.guide",
            [
                "{decision_day: 2026-11-08, letters: [], signed: no}",
                "{decision_day: 2026-11-08, letters: [{to: patient, sent: 2026-11-20}, {to: social_services, sent: 2026-12-03}], signed: no}",
                "{decision_day: 2026-11, letters: [], signed: no}",
                "{decision_day: none, letters: []}",
            ],
        ),
        (
            "tracks.guide",
            [
                "{a_start: 2026-11-08, b: yes, b_start: none, b_end: none, b_declined: none}",
                "{a_start: 2026-11-25, b: yes, b_start: 2026-12-01, b_end: 2026-12-24, b_declined: none}",
                "{a_start: 2026-11, b: yes, b_start: none, b_end: none, b_declined: none}",
                "{a_start: 2026-11-08, b: yes, b_end: none, b_declined: 2026-11-21}",
            ],
        ),
    ] {
        let source = Source::new(file, std::fs::read_to_string(corpus.join(file)).unwrap());
        let guideline = Guideline::compile([source]).unwrap_or_else(|error| panic!("{error:?}"));
        for patient in patients {
            let facts = guideline.facts_from_yaml(patient).unwrap();
            let from = day("2026-11-01");
            let outlook = guideline.changes_ahead(&facts, from, Some(day("2027-03-01"))).unwrap();
            let bound = guideline.bind(&facts);
            let mut trace = Trace::default();
            let mut statuses = |day: Date| -> Vec<RuleStatus> {
                let on_date = guideline.on(day).unwrap();
                on_date.evaluate(&bound, &mut trace);
                (0..guideline.rules().count()).map(|rule| on_date.status(&trace, rule).unwrap()).collect()
            };
            let now = statuses(from);
            let mut first = vec![None; now.len()];
            let mut today = from;
            while today < day("2027-03-01") {
                today = today.next().unwrap();
                for ((first, now), status) in first.iter_mut().zip(&now).zip(statuses(today)) {
                    if first.is_none() && status != *now {
                        *first = Some((today, Some(status)));
                    }
                }
            }
            let found = outlook.rules.iter().map(|rule| rule.next.as_ref().map(|next| (next.on, next.status)));
            assert_eq!(found.collect::<Vec<_>>(), first, "{file} {patient}");
            changes += first.iter().flatten().count();
        }
    }
    assert!(changes >= 8, "{changes} changes are few");
}

#[test]
fn the_next_version_goes_on() {
    let condition = "age at least 20 years";
    let versions = [
        Source::new("1.guide", text("    in force from 2020-01-01 through 2026-12-31\n", "1.0.0", condition)),
        Source::new(
            "2.guide",
            text("    in force from 2027-01-01 through 2028-12-31\n", "2.0.0", "age at least 18 years"),
        ),
    ];
    let guidelines = Guidelines::compile(versions, [], &CodeLists::new()).unwrap();
    let changes = |facts: &str, until: Option<&str>| {
        let asked = guidelines.facts_from_yaml(facts).unwrap();
        let outlooks = Guidelines::changes_ahead(&asked, day("2026-11-22"), until.map(day)).unwrap();
        assert_eq!(outlooks.len(), 1);
        let next = outlooks[0].rules[0].next.clone();
        next.map(|next| (next.on.to_string(), next.status.map(|status| status.name()), next.version))
    };
    let change = |on: &str, status, version: &str| Some((on.to_owned(), status, version.to_owned()));
    assert_eq!(changes("birth_date: 2006-12-24", None), change("2026-12-24", Some("met"), "1.0.0"));
    // Nineteen: the new version asks for less.
    assert_eq!(changes("birth_date: 2007-12-24", None), change("2027-01-01", Some("met"), "2.0.0"));
    assert_eq!(changes("birth_date: 2009-12-24", None), change("2027-12-24", Some("met"), "2.0.0"));
    // After the last version there is no answer.
    assert_eq!(changes("birth_date: 2019-12-24", None), change("2029-01-01", None, ""));
    assert_eq!(changes("birth_date: 2019-12-24", Some("2028-12-31")), None);
    let guideline = guidelines.get("a.b", day("2026-11-22")).unwrap();
    let facts = guideline.facts_from_yaml("birth_date: 2007-12-24").unwrap();
    let alone = guideline.changes_ahead(&facts, day("2026-11-22"), None).unwrap();
    assert_eq!((alone.ended, alone.searched_through), (SearchEnd::InForce, day("2026-12-31")));
}

#[test]
fn the_runner_says_when() {
    let when = |more: &[&str]| {
        let mut arguments = vec!["when", "rules/stockholm/laro.guide", "--with", "rules"];
        arguments.extend(["--facts", "examples/patients/nineteen.yaml", "--as-of", "2026-11-22"]);
        arguments.extend(more);
        run(&arguments, "")
    };
    let answered = when(&["--rule", "laro"]);
    assert_eq!(answered.status, Some(0), "{}", answered.err);
    assert!(answered.out.contains("Eligible for LARO: refer for assessment; from 2027-03-03: MET"), "{}", answered.out);
    let json: serde_json::Value = serde_json::from_str(&when(&["--format", "json"]).out).unwrap();
    assert_eq!(json["rules"][0]["next"]["on"], "2027-03-03");
    assert_eq!(json["rules"][0]["next"]["because"][0]["fact"], "birth_date");
    assert_eq!(json["rules"][2]["next"], serde_json::Value::Null);
    let early = when(&["--until", "2027-03-02", "--rule", "laro", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&early.out).unwrap();
    assert_eq!((json["ended"].as_str(), json["searched_through"].as_str()), (Some("until"), Some("2027-03-02")));
    assert_eq!(json["rules"].as_array().unwrap().len(), 1);
    assert_eq!(when(&["--until", "2026-11-21"]).status, Some(2));
    assert_eq!(when(&["--rule", "laroo"]).status, Some(2));
}

/// A score is banded by its total alone; a fact that it does not read grows old meanwhile, another rule is settled first.
#[test]
fn a_score_without_bands_stays_while_what_it_reads_does() {
    let rules = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status active\n    about patient\n\
        fact visit: date\n    label en \"Visit\"\n    question en \"When?\"\n    valid for 1 year\n\
        fact home: yes/no\n    label en \"Home\"\n    question en \"Home?\"\n    valid for 14 days\n\
        eligibility rule\n    label en \"Rule\"\n    our interpretation \"a test\"\n    require it: home\n        label en \"It\"\n\
        score points\n    label en \"Points\"\n    our interpretation \"a test\"\n    item one: 2 when visit more than 1 month before today\n";
    let guideline = Guideline::compile([Source::new("a.guide", rules)]).unwrap_or_else(|error| panic!("{error:?}"));
    let facts = guideline.facts_from_yaml("visit: 2004-03-02\nhome: yes").unwrap();
    let outlook = guideline.changes_ahead(&facts, day("2024-02-28"), None).unwrap();
    let points = outlook.rules.iter().find(|rule| rule.rule == "score.points").unwrap();
    let next = points.next.as_ref().unwrap();
    assert_eq!((next.on, next.status.unwrap().name()), (day("2025-03-01"), "undetermined"));
}

/// A band has its place among those of its version: what stays is its name.
#[test]
fn the_band_of_the_next_version_is_told_by_its_name() {
    let version = |version: &str, in_force: &str, middle: &str| {
        let text = format!(
            "guideline a.b\n    language 1\n    title en \"A\"\n    version {version}\n    status active\n    in force {in_force}\n    about patient\n\
             fact points: number\n    label en \"Points\"\n    question en \"Points?\"\n\
             score risk\n    label en \"Risk\"\n    our interpretation \"a test\"\n    total points\n    bands, highest that holds\n\
             \x20       high from 6\n            label en \"High\"\n{middle}        low otherwise\n            label en \"Low\"\n"
        );
        Source::new(format!("{version}.guide"), text)
    };
    let middle = "        risky from 3\n            label en \"Risky\"\n";
    let versions =
        [version("1.0.0", "from 2020-01-01 through 2026-12-31", middle), version("2.0.0", "from 2027-01-01", "")];
    let guidelines = Guidelines::compile(versions, [], &CodeLists::new()).unwrap();
    let next = |points: &str| {
        let asked = guidelines.facts_from_yaml(&format!("points: {points}")).unwrap();
        let outlooks = Guidelines::changes_ahead(&asked, day("2026-11-22"), None).unwrap();
        let next = outlooks[0].rules[0].next.clone();
        next.map(|next| (next.on, next.band.unwrap().id))
    };
    // The second of three bands, and the second of two.
    assert_eq!(next("4"), Some((day("2027-01-01"), "low".to_owned())));
    // The third of three bands, and the second of two.
    assert_eq!(next("1"), None);
    assert_eq!(next("7"), None);
}

/// Proposed is proposed, and yet the answer is another.
#[test]
fn another_option_is_another_answer() {
    let rules = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status active\n    about patient\n\
        fact birth_date: date\n    label en \"Born\"\n    question en \"When?\"\nleap day birthday is 28 February\n    our interpretation \"a test\"\n\
        propose care\n    label en \"Care\"\n    our interpretation \"a test\"\n    one of\n        young en \"Young people's clinic\"\n        adult en \"Clinic\"\n\
        \x20   first that holds\n        young when age from 13 years to 21 years\n        otherwise adult\n";
    let guideline = Guideline::compile([Source::new("a.guide", rules)]).unwrap_or_else(|error| panic!("{error:?}"));
    let outlook = |born: &str| {
        let facts = guideline.facts_from_yaml(&format!("birth_date: {born}")).unwrap();
        guideline.changes_ahead(&facts, day("2026-11-22"), None).unwrap()
    };
    let outlook_of_21 = outlook("2005-03-14");
    let care = &outlook_of_21.rules[0];
    let next = care.next.as_ref().unwrap();
    let ids = |options: &[riktlinje::OptionName]| options.iter().map(|option| option.id.clone()).collect::<Vec<_>>();
    assert_eq!((next.on, next.status.unwrap().name()), (day("2027-03-14"), "proposed"));
    assert_eq!((ids(&care.outcomes), ids(&next.outcomes)), (vec!["young".to_owned()], vec!["adult".to_owned()]));
    assert_eq!(next.because.len(), 1);
    let text = outlook_of_21.to_text(Language::English);
    assert!(text.contains("Care: proposed (Young people's clinic); from 2027-03-14: PROPOSED (CLINIC)"), "{text}");
    assert!(outlook("1990-03-14").rules[0].next.is_none());
}
