//! A guideline that adapts another answers as if it were written out, and says where each line comes from; versions of
//! what it rests on are picked by the date.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    reason = "a panic is the failure report, and nobody uses a test"
)]

use riktlinje::{CodeLists, Date, Error, Facts, Guideline, Guidelines, Language, Outcome, Source};
use std::fs;
use std::path::Path;

fn corpus(name: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/layers").join(name);
    Source::new(name, fs::read_to_string(path).unwrap())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn header(name: &str, lines: &str) -> String {
    format!("guideline {name}\n    language 1\n    title en \"T\"\n    status draft\n{lines}")
}

const PATIENT: &str = "{birth_date: 2004-01-01, dependent: yes, registered_county: '01', referred: no, visited: yes}";

fn outcome(guideline: &Guideline, facts: &Facts) -> Outcome {
    guideline.evaluate(facts, day("2026-06-01")).unwrap()
}

#[test]
fn every_line_says_where_it_comes_from() {
    let files = ["two_layers.guide", "with/region.guide", "with/national.guide"].map(corpus);
    let guideline = Guideline::compile(files).unwrap();
    assert_eq!(guideline.name(), "corpus.clinic");
    assert_eq!(guideline.adapts().collect::<Vec<_>>(), ["corpus.region", "corpus.national"]);
    assert_eq!(guideline.rules().collect::<Vec<_>>(), ["eligibility.treatment", "recommend.naloxone"]);
    let outcome = outcome(&guideline, &guideline.facts_from_yaml(PATIENT).unwrap());
    let lines: Vec<(&str, &str)> =
        outcome.eligibility[0].criteria.iter().map(|line| (line.id.as_str(), line.layer.as_str())).collect();
    let national = "corpus.national";
    let wanted = [("age", national), ("dependence", national), ("county", "corpus.clinic"), ("referral", national)];
    assert_eq!(lines, wanted);
    let age = &outcome.eligibility[0].criteria[0];
    let minimum = age.facts.iter().find(|fact| fact.id == "minimum_age").unwrap();
    assert_eq!(minimum.layer.as_deref(), Some("corpus.clinic"));
    assert_eq!(minimum.grounds.len(), 1);
    let files: Vec<&str> = outcome.identity.files.keys().map(String::as_str).collect();
    assert_eq!(files, ["two_layers.guide", "with/national.guide", "with/region.guide"]);
    assert!(outcome.identity.files["with/national.guide"].starts_with("sha256:"));
    let text = outcome.to_text(Language::English);
    assert!(text.contains("Age: met (from corpus.national)"), "{text}");
    assert!(text.contains("County: met\n"), "{text}");
    let text = outcome.to_text(Language::Swedish);
    assert!(text.contains("(från corpus.national)"), "{text}");
    let waits = guideline.parameters().find(|parameter| parameter.name == "longest_wait").unwrap();
    assert_eq!((waits.layer, waits.value.as_deref()), ("corpus.region", Some("2 months")));
}

#[test]
fn places_point_into_the_file_that_a_line_stands_in() {
    let guideline = Guideline::compile(["two_layers.guide", "with/region.guide", "with/national.guide"].map(corpus));
    let guideline = guideline.unwrap();
    let facts = guideline.facts_from_yaml(PATIENT).unwrap();
    let explained = guideline.explain(&facts, day("2026-06-01"), "treatment").unwrap();
    let places: Vec<(String, u32)> = explained
        .reason
        .because
        .iter()
        .map(|line| line.place.clone().unwrap())
        .map(|place| (place.file, place.line))
        .collect();
    let line_of = |file: &str, text: &str| {
        let lines = corpus(file).text().lines().position(|line| line.trim_start().starts_with(text)).unwrap();
        (file.to_owned(), u32::try_from(lines + 1).unwrap())
    };
    let wanted = [
        line_of("with/national.guide", "require age:"),
        line_of("with/national.guide", "require dependence:"),
        line_of("two_layers.guide", "require county:"),
    ];
    assert_eq!(places, wanted);
}

/// Written out by hand, the guideline comes to the same.
#[test]
fn layers_come_to_what_the_whole_would_say() {
    let layered = Guideline::compile([corpus("changes.guide"), corpus("with/national.guide")]).unwrap();
    let mut text =
        corpus("with/national.guide").text().replace("guideline corpus.national", "guideline corpus.changed");
    for (old, new) in [
        ("= 20 years, from 18 years to 25 years", "= 18 years"),
        ("duration, set by the region", "duration = 2 weeks"),
        ("    \"01\"\n", "    \"01\"\n    \"03\"\n"),
        ("longest_wait at least 1 month", "longest_wait at least 1 week"),
        (
            "        exception special: special_reasons then refer to assessment\n            label en \"Special reasons\"\n",
            "",
        ),
        (
            "        label en \"Dependence\"\n",
            "        label en \"Dependence\"\n        exception abroad: special_reasons then refer to assessment\n",
        ),
        ("    require county: registered\n        label en \"County\"\n", ""),
        ("expect referral: referred\n", "expect referral: referred or special_reasons\n"),
        ("        label en \"Referral\"\n", "    require consent: consents\n"),
        ("    not needed if has_naloxone\n", ""),
        ("Offer naloxone", "Give naloxone"),
    ] {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    text += "fact consents: yes/no\n    label en \"C\"\nrecommend welcome\n    our interpretation \"x\"\n    must when treatment is met\n    text en \"Say welcome.\"\n";
    let whole = Guideline::compile([Source::new("whole.guide", text)]).unwrap();
    let mut compared = 0;
    for at in 0..3_u32.pow(5) {
        let value = |place: u32| ["yes", "no", "null"][(at / 3_u32.pow(place) % 3) as usize];
        let facts = format!(
            "{{birth_date: {}, dependent: {}, special_reasons: {}, referred: {}, has_naloxone: {}, consents: {}}}",
            ["2008-06-01", "2008-06-02", "null"][(at / 3 % 3) as usize],
            value(0),
            value(1),
            value(2),
            value(3),
            value(4)
        );
        let [one, other] = [&layered, &whole].map(|guideline| {
            let outcome = outcome(guideline, &guideline.facts_from_yaml(&facts).unwrap());
            let rules = outcome.eligibility.iter().map(|rule| (rule.id.clone(), rule.status.name()));
            let lines = outcome.eligibility.iter().flat_map(|rule| &rule.criteria);
            let lines = lines.map(|line| (line.id.clone(), line.status.name()));
            let advice = outcome.recommendations.iter().map(|rule| (rule.id.clone(), rule.status.name()));
            let missing = outcome.missing.iter().map(|missing| (missing.fact.clone(), ""));
            rules.chain(lines).chain(advice).chain(missing).collect::<Vec<_>>()
        });
        assert_eq!(one, other, "{facts}");
        compared += 1;
    }
    assert_eq!(compared, 243);
}

#[test]
fn the_date_picks_the_versions_that_serve_a_guideline() {
    let files = || ["follows.guide", "with/parts_1.guide", "with/parts_2.guide"].map(corpus);
    let guideline = Guideline::compile(files()).unwrap();
    let facts = guideline.facts_from_yaml("birth_date: 2006-06-01").unwrap();
    let on = |text: &str| guideline.evaluate(&facts, day(text)).map(|outcome| outcome.eligibility[0].status.name());
    assert_eq!(on("2024-12-31"), Ok("met"));
    assert_eq!(on("2025-03-01"), Ok("not_met"));
    assert_eq!(on("2026-06-01"), Ok("met"));
    let gap = on("2025-01-01").unwrap_err().to_string();
    assert_eq!(gap, "`corpus.parts` is not in force on 2025-01-01: it is from 2024-01-01 through 2024-12-31");
    let gap = on("2025-02-28").unwrap_err().to_string();
    assert_eq!(gap, "`corpus.parts` is not in force on 2025-02-28: it is from 2025-03-01");
    assert!(on("2023-12-31").unwrap_err().to_string().contains("`corpus.parts` is not in force"));
    let files_on = |text: &str| {
        let outcome = guideline.evaluate(&facts, day(text)).unwrap();
        outcome.identity.files.into_keys().collect::<Vec<_>>()
    };
    assert_eq!(files_on("2024-12-31"), ["follows.guide", "with/parts_1.guide"]);
    assert_eq!(files_on("2025-03-01"), ["follows.guide", "with/parts_2.guide"]);
    // Facts are bound, and a date prepared, for one combination.
    assert!(matches!(guideline.on(day("2024-12-31")), Err(Error::NotInForce { .. })));
    let earlier = guideline.combined_on(day("2024-12-31")).unwrap();
    assert!(earlier.on(day("2024-12-31")).is_ok());
    let [own, first, second] = files();
    let guidelines = Guidelines::compile([own], [first, second], &CodeLists::new()).unwrap();
    let (in_force, not) = guidelines.in_force(day("2025-01-01"));
    assert!(
        in_force.is_empty() && matches!(&not[..], [Error::NotInForce { guideline, .. }] if guideline == "corpus.parts")
    );
    assert_eq!(guidelines.in_force(day("2024-12-31")).0.iter().count(), 1);
}

#[test]
fn a_pinned_version_serves_on_all_days() {
    let own = corpus("follows.guide");
    let own = Source::new("own.guide", own.text().replace("uses corpus.parts", "uses corpus.parts version 1"));
    let guideline = Guideline::compile([own, corpus("with/parts_1.guide"), corpus("with/parts_2.guide")]).unwrap();
    let facts = guideline.facts_from_yaml("birth_date: 2006-06-01").unwrap();
    for (on, status) in [("2024-06-01", "met"), ("2025-02-01", "met"), ("2026-01-01", "met"), ("2024-05-31", "not_met")]
    {
        assert_eq!(guideline.evaluate(&facts, day(on)).unwrap().eligibility[0].status.name(), status, "{on}");
    }
}

/// A fact that two versions declare differently is never read as the other would.
#[test]
fn a_fact_is_not_read_by_another_versions_declaration() {
    let version = |version: &str, days: &str, ty: &str| {
        let lines = format!("    version {version}\n    in force {days}\nfact weight: {ty}\n    label en \"W\"\n");
        Source::new(format!("{version}.guide"), header("a.base", &lines))
    };
    let own = "    version 1.0.0\nset limit = 1\n    our interpretation \"x\"\n";
    let rule = "parameter limit: number = 2, from 0 to 3\n    our interpretation \"x\"\neligibility heavy\n    our interpretation \"x\"\n    require known: weight is known\n";
    let base = |source: Source| Source::new(source.name(), format!("{}{rule}", source.text()));
    let guideline = Guideline::compile([
        Source::new("own.guide", header("a.own adapts a.base", own)),
        base(version("1.0.0", "from 2020-01-01 through 2020-12-31", "number")),
        base(version("2.0.0", "from 2021-01-01", "quantity in kg")),
    ])
    .unwrap();
    let facts = guideline.facts_from_yaml("weight: {quantity: 70, unit: kg}").unwrap();
    assert!(guideline.evaluate(&facts, day("2021-01-01")).is_ok());
    let error = guideline.evaluate(&facts, day("2020-12-31")).unwrap_err().to_string();
    assert!(error.starts_with("weight: declared otherwise in the version that is in force on the date"), "{error}");
    assert!(
        guideline.count([&facts], day("2020-12-31")).is_err() && guideline.count([&facts], day("2021-06-01")).is_ok()
    );
    let earlier = guideline.combined_on(day("2020-12-31")).unwrap();
    let facts = earlier.facts_from_yaml("weight: 70").unwrap();
    assert!(earlier.evaluate(&facts, day("2020-12-31")).is_ok());
    // Setting a parameter sets it in every combination, and shows.
    let set = guideline.set_parameter("limit", "3").unwrap();
    let outcome = set.combined_on(day("2020-12-31")).unwrap().evaluate(&facts, day("2020-12-31")).unwrap();
    assert_eq!(outcome.identity.parameters["limit"], "3");
    assert!(matches!(guideline.set_parameter("limit", "4"), Err(Error::Parameter { .. })));
}

#[test]
fn a_folder_of_base_and_layer_answers_for_both() {
    let guidelines =
        Guidelines::compile([corpus("with/national.guide"), corpus("changes.guide")], [], &CodeLists::new()).unwrap();
    let facts = "{birth_date: 2004-01-01, dependent: yes, registered_county: '01', consents: yes}";
    let asked = guidelines.facts_from_yaml(facts).unwrap();
    let statuses: Vec<String> = asked
        .iter()
        .map(|(guideline, facts)| {
            let outcome = outcome(guideline, facts);
            format!("{} {}", outcome.identity.guideline, outcome.eligibility[0].status.name())
        })
        .collect();
    assert_eq!(statuses, ["corpus.national met", "corpus.changed met"]);
}

/// The rule file of the manual.
fn manual() -> Source {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/docs/language.md")).unwrap();
    let mut inside = false;
    let mut lines = String::new();
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(kind) => inside = kind == "guide",
            None if inside => lines += &format!("{line}\n"),
            None => {}
        }
    }
    Source::new("manual.guide", lines)
}

#[test]
fn rules_of_every_kind_can_be_changed() {
    let layer = header(
        "a.clinic adapts example.follow_up",
        r#"    version 1.0.0
    in force from 2026-01-01
add to application
    our interpretation "x"
    require plan: has_plan
replace application.referrer
    our interpretation "x"
    require referrer: referral.from_role is other_physician
remove application.received
    our interpretation "x"
replace application.text
    our interpretation "x"
    text en "Enclose more."
replace task decision_letter
    our interpretation "x"
    done when has_plan
    due within 7 days after decision_day
remove care_plan
    our interpretation "x"
add to comorbidity
    our interpretation "x"
    when adhd
replace propose level_of_care
    our interpretation "x"
    one of
        clinic en "Clinic"
    all that hold
        clinic when adhd
remove one_follow_up
    our interpretation "x"
"#,
    );
    let layer = Source::new("clinic.guide", layer);
    let errors: Vec<String> = Guideline::check([layer.clone(), manual()])
        .iter()
        .filter(|finding| finding.severity() == riktlinje::Severity::Error)
        .map(ToString::to_string)
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n\n"));
    let guideline = Guideline::compile([layer, manual()]).unwrap();
    let rules: Vec<&str> = guideline.rules().collect();
    assert!(!rules.contains(&"task.care_plan") && !rules.contains(&"propose.one_follow_up"), "{rules:?}");
    let facts = guideline
        .facts_from_yaml("{decision_day: 2026-05-20, has_plan: yes, adhd: no, referral: {received: 2026-05-01, from_role: other_physician}, diagnoses: [{code: F11.2, documented: yes}]}")
        .unwrap();
    let outcome = guideline.evaluate(&facts, day("2026-06-01")).unwrap();
    let items: Vec<(&str, &str, &str)> = outcome.checklists[0]
        .items
        .iter()
        .map(|item| (item.id.as_str(), item.status.name(), item.layer.as_str()))
        .collect();
    let (base, own) = ("example.follow_up", "a.clinic");
    assert_eq!(items, [("referral", "met", base), ("referrer", "met", own), ("plan", "met", own)]);
    assert_eq!(outcome.checklists[0].text.get(Language::English), Some("Enclose more."));
    let task = &outcome.tasks[0];
    assert_eq!((task.id.as_str(), task.layer.as_str(), task.due), ("decision_letter", own, Some(day("2026-05-27"))));
    let parallel = &outcome.parallel[0];
    assert_eq!((parallel.status.name(), parallel.layer.as_str()), ("not_applicable", base));
    assert_eq!((outcome.proposals[0].status.name(), outcome.proposals[0].layer.as_str()), ("none_applies", own));
    let text = outcome.to_text(Language::English);
    assert!(text.contains("Comorbidity: NOT APPLICABLE (from example.follow_up)"), "{text}");
    assert!(text.contains("Enclose more."), "{text}");
}

#[test]
fn lines_of_tasks_and_tracks_can_be_changed() {
    let layer = header(
        "a.clinic adapts example.follow_up",
        r#"    version 1.0.0
    in force from 2026-01-01
replace decision_letter.due
    our interpretation "x"
    due within 7 days after decision_day
remove decision_letter.for
    our interpretation "x"
replace decision_letter.done
    our interpretation "x"
    done when has_plan
replace care_plan.when
    our interpretation "x"
    when has_plan
add to comorbidity
    our interpretation "x"
    track plan: started decision_day
replace comorbidity.start
    start within 1 month of each other
        our interpretation "x"
remove comorbidity.adhd
    our interpretation "x"
replace comorbidity.dependence
    track dependence: started treatment_start
        our interpretation "x"
"#,
    );
    let layer = Source::new("clinic.guide", layer.replace("replace care_plan.when", "add to care_plan"));
    assert_eq!(Guideline::format(&layer).unwrap().matches("our interpretation").count(), 8);
    let guideline = Guideline::compile([layer, manual()]).unwrap();
    let facts =
        guideline.facts_from_yaml("{decision_day: 2026-05-20, has_plan: no, treatment_start: 2026-05-01}").unwrap();
    let outcome = guideline.evaluate(&facts, day("2026-06-01")).unwrap();
    let tasks: Vec<(&str, &str, Option<Date>)> =
        outcome.tasks.iter().map(|task| (task.id.as_str(), task.status.name(), task.due)).collect();
    assert_eq!(
        tasks,
        [("decision_letter", "late", Some(day("2026-05-27"))), ("care_plan", "not_applicable", None)],
        "{tasks:?}"
    );
    let parallel = &outcome.parallel[0];
    let tracks: Vec<&str> = parallel.tracks.iter().map(|track| track.id.as_str()).collect();
    assert_eq!((parallel.status.name(), tracks), ("in_parallel", vec!["dependence", "plan"]));
}

/// Words and conditions that a layer puts into a rule of its base stand on the layer's ground, not on the base's alone.
#[test]
fn what_a_layer_says_of_a_whole_rule_has_its_ground() {
    let base = header("a.base", "    version 1.0.0\n    about patient\n")
        + "source PAGE\n    kind local\n    title en \"A page\"\n    publisher \"Nobody\"\n    certainty seen\n\
           fact wanted: yes/no\n    label en \"Wanted\"\nfact done: yes/no\n    label en \"Done\"\n\
           task letter\n    label en \"Letter\"\n    cite PAGE, \"Letter\"\n    when wanted\n    done when done\n    text en \"Send it.\"\n\
           recommend advice\n    label en \"Advice\"\n    should when wanted\n        cite PAGE, \"Advice\"\n    text en \"Offer it.\"\n\
           checklist papers\n    label en \"Papers\"\n    cite PAGE, \"Papers\"\n    when wanted\n    require one: done\n        label en \"One\"\n";
    let layer = |changes: &str| header("a.layer adapts a.base", "    version 1.0.0\n") + changes;
    let told = |changes: &str| {
        let files = [Source::new("layer.guide", layer(changes)), Source::new("base.guide", base.clone())];
        let guideline = Guideline::compile(files).unwrap();
        let outcome = outcome(&guideline, &guideline.facts_from_yaml("{wanted: yes, done: no}").unwrap());
        let grounds = [&outcome.tasks[0].grounds, &outcome.recommendations[0].grounds];
        (grounds.map(Vec::len), outcome.checklists[0].items[0].grounds.len(), outcome.verified)
    };
    let why = "    our interpretation \"a test\"\n";
    for (changes, grounds, verified) in [
        (
            format!(
                "remove papers\n{why}checklist papers\n    label en \"P\"\n    cite PAGE, \"P\"\n    require one: done\n        label en \"One\"\n"
            ),
            [1, 1],
            true,
        ),
        (format!("replace letter.when\n{why}    when wanted or done\n"), [2, 1], false),
        (format!("replace letter.text\n{why}    text en \"Send it by post.\"\n"), [2, 1], false),
        (format!("replace advice.text\n{why}    text en \"Offer more.\"\n"), [1, 2], false),
    ] {
        assert_eq!(told(&changes), (grounds, 1, verified), "{changes}");
    }
}
