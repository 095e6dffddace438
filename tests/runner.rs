//! The runner as a shell meets it: exit statuses, where answers and messages go, and the keys of its JSON.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is the failure report")]

mod built_runner;
mod json_schema;

use built_runner::{Answered, run};
use json_schema::Schema;
use serde_json::{Value, json};
use std::path::PathBuf;

const LARO: &str = "rules/stockholm/laro.guide";
const APPLICANT: &str = "examples/patients/applicant.yaml";

/// `eval` of the guideline on the README's date.
fn eval(more: &[&str], facts: &str) -> Answered {
    let mut arguments = vec!["eval", LARO, "--with", "rules", "--facts", "-", "--as-of", "2026-11-22"];
    arguments.extend(more);
    run(&arguments, facts)
}

fn json(answered: &Answered) -> Value {
    assert_eq!(answered.status, Some(0), "{}", answered.err);
    serde_json::from_str(&answered.out).unwrap()
}

/// A file of the test's own.
fn file(name: &str, bytes: &[u8]) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap_or_else(|| panic!("{value} has no keys")).keys().map(String::as_str).collect()
}

/// Has these keys, in any order, and no other.
fn has_keys(value: &Value, wanted: &[&str]) {
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable();
    let mut found = keys(value);
    found.sort_unstable();
    assert_eq!(found, wanted);
}

fn refused(answered: &Answered, status: i32, word: &str) {
    assert_eq!(answered.status, Some(status), "{answered:?}");
    assert!(answered.err.contains(word), "`{word}` in {answered:?}");
    assert!(answered.out.is_empty() && !answered.err.contains("panicked"), "{answered:?}");
}

#[test]
fn the_readme_s_command_answers_in_swedish() {
    let command = ["eval", LARO, "--with", "rules", "--facts", APPLICANT, "--as-of", "2026-11-22", "--lang", "sv"];
    let answered = run(&command, "");
    assert_eq!(answered.status, Some(0), "{}", answered.err);
    for words in ["LARO i Stockholm", "Behörig för LARO", "20 år", "Vem kan få behandling?"] {
        assert!(answered.out.contains(words), "`{words}` in\n{}", answered.out);
    }
    // The title of a document may say what our own words never do.
    let own_words = answered.out.replace("vid missbruk och beroende", "");
    assert!(!own_words.to_lowercase().contains("missbruk"), "{own_words}");
}

#[test]
fn an_outcome_has_every_key() {
    let outcome = json(&eval(&["--format", "json"], "{birth_date: 1990-01-01}"));
    has_keys(
        &outcome,
        &[
            "format",
            "verified",
            "as_of",
            "identity",
            "eligibility",
            "checklists",
            "tasks",
            "recommendations",
            "parallel",
            "proposals",
            "scores",
            "values",
            "indicators",
            "schedules",
            "conflicts",
            "broken",
            "faults",
            "missing",
            "outdated",
        ],
    );
    for not_built in ["checklists", "tasks", "parallel", "proposals", "scores", "indicators", "schedules"] {
        assert_eq!(outcome[not_built], json!([]), "{not_built}");
    }
    assert_eq!((&outcome["format"], &outcome["as_of"]), (&json!(1), &json!("2026-11-22")));
    let identity = &outcome["identity"];
    has_keys(identity, &["guideline", "version", "status", "language", "engine", "files", "parameters", "code_lists"]);
    assert_eq!(identity["guideline"], "stockholm.laro");
    assert_eq!(keys(&identity["files"]), ["common/substance_use.guide", "stockholm/laro.guide"]);
    assert!(identity["files"]["stockholm/laro.guide"].as_str().unwrap().starts_with("sha256:"));
    assert_eq!(identity["parameters"], json!({}));
    let rule = &outcome["eligibility"][0];
    for key in ["id", "label", "status", "refer_to", "criteria"] {
        assert!(keys(rule).contains(&key), "{key} in {rule}");
    }
    assert_eq!((&rule["id"], &rule["status"]), (&json!("laro"), &json!("undetermined")));
    let criterion = &rule["criteria"][0];
    for key in ["id", "modality", "status", "layer", "grounds"] {
        assert!(keys(criterion).contains(&key), "{key} in {criterion}");
    }
    assert_eq!((&criterion["id"], &criterion["status"]), (&json!("age"), &json!("met")));
    let ground = &criterion["grounds"][0];
    for key in ["type", "why", "by", "on", "source", "kind", "locator", "reported_by", "certainty", "url"] {
        assert!(keys(ground).contains(&key), "{key} in {ground}");
    }
    for key in ["id", "status", "strength", "priority", "text", "grounds"] {
        assert!(keys(&outcome["recommendations"][0]).contains(&key), "{key}");
    }
    for key in ["kind", "fact", "question", "settles"] {
        assert!(keys(&outcome["missing"][0]).contains(&key), "{key}");
    }
}

#[test]
fn schemas_of_facts_and_outcomes() {
    let schema = |arguments: &[&str]| {
        let mut all = vec!["schema"];
        all.extend(arguments);
        let answered = run(&all, "");
        assert_eq!(answered.status, Some(0), "{}", answered.err);
        Schema::new(&answered.out)
    };
    let facts = schema(&[LARO, "--with", "rules"]);
    assert!(facts.fits(&json!({"birth_date": "1990-05", "registered_county": "01"})));
    for wrong in [json!({"birth_dat": "1990-05"}), json!({"registered_county": 1})] {
        assert!(!facts.fits(&wrong), "{wrong}");
    }
    assert!(run(&["schema", LARO, "--with", "rules", "--lang", "sv"], "").out.contains("Födelsedatum"));
    // Of several files the one that no other uses.
    let both = ["schema", "tests/corpus/layers/two_layers.guide", "tests/corpus/layers/with/region.guide"];
    let with = ["--with", "tests/corpus/layers/with"];
    assert_eq!(run(&[&both[..], &with].concat(), "").out, run(&[&both[..2], &with].concat(), "").out);
    refused(&run(&["schema", "rules"], ""), 2, "several guidelines");

    let outcomes = schema(&["--of", "outcome"]).closed();
    for facts in ["{}", "{birth_date: 1990-05, registered_county: \"01\"}", "{birth_date: 2010-01-01}"] {
        assert_eq!(outcomes.mistake(&json(&eval(&["--format", "json"], facts))), None, "{facts}");
    }
    let all = ["eval", "rules", "--facts", APPLICANT, "--as-of", "2026-11-22", "--format", "json"];
    assert_eq!(outcomes.mistake(&json(&run(&all, ""))), None);
    assert!(!outcomes.fits(&json!({"format": 1})));
    refused(&run(&["schema"], ""), 2, "PATH");
    refused(&run(&["schema", "--of", "cases"], ""), 2, "cases");
    refused(&run(&["schema", "tests/corpus/check"], ""), 1, "error");
}

/// A key that is not in the schema, or is in it and not there: `src/render/json/outcome.schema.json` has to say so.
#[test]
fn outcomes_of_the_corpus_fit_their_schema() {
    let schema = Schema::new(riktlinje::Outcome::json_schema()).closed();
    let mut waiting = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")];
    let mut seen = 0;
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let Some(text) = std::fs::read_to_string(&path).ok().filter(|_| path.extension() == Some("guide".as_ref()))
            else {
                continue;
            };
            let source = riktlinje::Source::new("corpus.guide", text);
            let Ok(guideline) = riktlinje::Guideline::compile([source]) else { continue };
            let facts = guideline.facts_from_json("{}").unwrap();
            let day = guideline.in_force().map_or("2026-11-22".parse().unwrap(), |(from, _)| from);
            let outcome: Value = serde_json::from_str(&guideline.evaluate(&facts, day).unwrap().to_json()).unwrap();
            assert_eq!(schema.mistake(&outcome), None, "{}", path.display());
            Schema::new(&guideline.facts_json_schema(riktlinje::Language::English));
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} guidelines of the corpus compile");
}

#[test]
fn equal_input_gives_equal_bytes() {
    let once = || eval(&["--format", "json"], "birth_date: 2006-11\nregistered_county: \"01\"\n").out;
    assert_eq!(once(), once());
}

#[test]
fn a_folder_answers_for_every_guideline_in_it() {
    let command =
        ["eval", "rules", "--facts", APPLICANT, "--as-of", "2026-11-22", "--format", "json", "--with", "rules"];
    let several = json(&run(&command, ""));
    has_keys(&several, &["format", "as_of", "verified", "outcomes"]);
    let names: Vec<&str> = several["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|outcome| outcome["identity"]["guideline"].as_str().unwrap())
        .collect();
    assert!(names.contains(&"stockholm.laro") && names.contains(&"common.substance_use"), "{names:?}");
    assert_eq!(names.iter().filter(|name| **name == "stockholm.laro").count(), 1);
}

#[test]
fn with_serves_what_a_guideline_adapts() {
    let layers = "tests/corpus/layers";
    let (clinic, with) = (format!("{layers}/two_layers.guide"), format!("{layers}/with"));
    let facts = "{birth_date: 2004-01-01, dependent: yes, registered_county: '01', visited: yes, referred: yes}";
    let eval = ["eval", &clinic, "--with", &with, "--facts", "-", "--as-of", "2026-11-22"];
    let answered = json(&run(&[&eval[..], &["--format", "json"]].concat(), facts));
    assert_eq!(answered["identity"]["guideline"], "corpus.clinic");
    assert_eq!(answered["identity"]["files"].as_object().unwrap().len(), 3);
    let criteria = answered["eligibility"][0]["criteria"].as_array().unwrap();
    let layers: Vec<&str> = criteria.iter().map(|line| line["layer"].as_str().unwrap()).collect();
    assert_eq!(layers, ["corpus.national", "corpus.national", "corpus.clinic", "corpus.national"]);
    let text = run(&eval, facts).out;
    assert!(text.contains("Age: met (from corpus.national)"), "{text}");
    refused(&run(&["eval", &clinic, "--facts", "-", "--as-of", "2026-11-22"], facts), 1, "--with");
    let base = format!("{with}/national.guide");
    let both = ["eval", "tests/corpus/layers/changes.guide", &base, "--facts", "-", "--as-of", "2026-11-22"];
    let both = json(&run(&[&both[..], &["--format", "json"]].concat(), "{dependent: yes}"));
    let names = both["outcomes"].as_array().unwrap().iter().map(|one| one["identity"]["guideline"].as_str().unwrap());
    assert_eq!(names.collect::<Vec<_>>(), ["corpus.changed", "corpus.national"]);
}

#[test]
fn facts_are_json_or_yaml() {
    let yaml = eval(&["--format", "json"], "birth_date: 1990\nregistered_county: \"01\"\n");
    let same = eval(&["--format", "json"], r#"{"birth_date": "1990", "registered_county": "01"}"#);
    assert_eq!(json(&yaml), json(&same));
}

#[test]
fn a_parameter_shows_in_the_identity() {
    let outcome = json(&eval(&["--format", "json", "--set", "minimum_age=21 years"], "{birth_date: 2006-01-01}"));
    assert_eq!(outcome["identity"]["parameters"], json!({"minimum_age": "21 years"}));
    assert_ne!(outcome["eligibility"][0]["criteria"][0]["status"], "met");
    refused(&eval(&["--set", "minimum_age=99 years"], "{}"), 2, "minimum_age");
    refused(&eval(&["--set", "minimum_aeg=20 years"], "{}"), 2, "did you mean `minimum_age`");
    refused(&eval(&["--set", "minimum_age"], "{}"), 2, "NAME=VALUE");
}

#[test]
fn a_code_list_comes_from_a_folder_and_shows_in_the_identity() {
    let head =
        "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n";
    let rules = "codes listed from RxNorm\n    list \"drugs\"\nfact drug: code from RxNorm\n    label en \"D\"\n    question en \"?\"\n\
                 eligibility one\n    label en \"One\"\n    our interpretation \"test\"\n    require drug: drug in listed\n        label en \"D\"\n";
    let path = file("codes/codes.guide", format!("{head}{rules}").as_bytes());
    let list = file("lists/drugs.json", br#"{"codes": {"http://www.nlm.nih.gov/research/umls/rxnorm": ["1010603"]}}"#);
    let folder = PathBuf::from(list).parent().unwrap().to_str().unwrap().to_owned();
    let eval = |drug: &str, more: &[&str]| {
        let mut arguments = vec!["eval", &path, "--facts", "-", "--as-of", "2026-11-22", "--format", "json"];
        arguments.extend(more);
        json(&run(&arguments, &format!("drug: \"{drug}\"")))
    };
    let with = eval("1010603", &["--codes", &folder]);
    assert_eq!(with["eligibility"][0]["status"], "met");
    assert!(with["identity"]["code_lists"]["drugs"].as_str().unwrap().starts_with("sha256:"));
    assert_eq!(eval("7", &["--codes", &folder])["eligibility"][0]["status"], "not_met");
    let without = eval("1010603", &[]);
    assert_eq!(without["eligibility"][0]["status"], "undetermined");
    assert_eq!(without["faults"].as_array().unwrap().len(), 1);
}

#[test]
fn a_code_list_that_says_something_else_is_no_empty_list() {
    let rules = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
                 codes listed from ICD-10-SE\n    list \"addiction\"\nfact code: code from ICD-10-SE\n    label en \"D\"\n    question en \"?\"\n\
                 eligibility one\n    label en \"One\"\n    our interpretation \"test\"\n    require code: code in listed\n        label en \"D\"\n";
    let path = file("other_codes/codes.guide", rules.as_bytes());
    let eval = |list: &str, more: &str| {
        let list = file("other_lists/addiction.json", list.as_bytes());
        file("other_lists/more.json", more.as_bytes());
        let folder = PathBuf::from(list).parent().unwrap().to_str().unwrap().to_owned();
        let facts = ["--facts", "-", "--as-of", "2026-11-22", "--format", "json", "--codes", &folder];
        run(&[&["eval", &path][..], &facts[..]].concat(), "code: F11.2")
    };
    let nothing = r#"{"codes": {}}"#;
    let status = |list: &str| json(&eval(list, nothing))["eligibility"][0]["status"].clone();
    assert_eq!(status(r#"{"title": "of more use elsewhere", "codes": {"ICD-10-SE": ["F10-F19"]}}"#), "met");
    assert_eq!(status(r#"{"codes": {"ICD-10-SE": ["F10"], "ATC": ["N07"]}}"#), "not_met");
    assert_eq!(status(r#"{"codes": {"ICD-10-SE": []}}"#), "not_met");
    // Not a list of that system, or not one that can be read: what was meant is not known.
    assert_eq!(status(r#"{"codes": {"ATC": ["N07"]}}"#), "undetermined");
    assert_eq!(status(r#"{"codes": {"ICD-10-se": ["F11"]}}"#), "undetermined");
    let no = |list: &str, more: &str, why: &str| refused(&eval(list, more), 2, why);
    no(r#"{"codes": {"ICD-10-SE": ["F19-F10"]}}"#, nothing, "the block `F19-F10` ends before it begins");
    no(r#"{"codes": {"ICD-10-SE": ["F11"], "ICD-10-SE": ["F10"]}}"#, nothing, "`ICD-10-SE` stands twice");
    no(r#"{"codes": {"ICD-10-SE": ["F11"]}, "codes": {}}"#, nothing, "`codes` stands twice");
    no(r#"{"codes": {"ICD-10-SE": [11]}}"#, nothing, "a code is a text");
    no(r#"{"name": 7, "codes": {}}"#, nothing, "its `name` is no text");
    no(r#"{"name": "x"}"#, nothing, "it has no `codes`");
    let same = r#"{"name": "addiction", "codes": {"ICD-10-SE": ["F10"]}}"#;
    no(r#"{"codes": {"ICD-10-SE": ["F11"]}}"#, same, "another file has the name `addiction`");
}

#[test]
fn facts_that_do_not_fit_are_refused_without_their_values() {
    let misspelt = eval(&[], "birth_dat: 1990-01-01\n");
    refused(&misspelt, 1, "birth_date");
    assert!(!misspelt.err.contains("1990"), "{}", misspelt.err);
    refused(&eval(&[], "registered_county: 01\n"), 1, "registered_county");
    refused(&eval(&[], "birth_date: 2023-02-29\n"), 1, "birth_date");
}

#[test]
fn what_cannot_be_read_is_status_2() {
    refused(&run(&["check", "rules/nowhere.guide"], ""), 2, "nowhere.guide");
    refused(&run(&["check", &file("latin.guide", b"guideline a.b # \xe5\n")], ""), 2, "UTF-8");
    refused(&run(&["check", &file("nul.guide", b"guideline a.b\0\n")], ""), 2, "NUL");
    refused(&eval(&["--seed-file", "rules/no-such-seed"], "{}"), 2, "no-such-seed");
    refused(&eval(&["--period", "2026"], "{}"), 2, "2026");
    refused(&eval(&["--codes", "rules/no-such-folder"], "{}"), 2, "no-such-folder");
    refused(&run(&["eval", LARO, "--facts", APPLICANT, "--as-of", "2026-02-30"], ""), 2, "2026-02-30");
    refused(&run(&["schedule", LARO], ""), 2, "schedule");
}

#[test]
fn not_in_force_is_an_error_of_the_call() {
    let command = ["eval", LARO, "--with", "rules", "--facts", "-", "--as-of", "1990-01-01"];
    refused(&run(&command, "{}"), 1, "2016-02-15");
}

#[test]
fn a_broken_guideline_is_status_1_with_a_line_on_standard_error() {
    let path = file("broken/broken.guide", b"guideline a.b\n    langage 1\n");
    let answered = run(&["check", &path, "--format", "json"], "");
    assert_eq!(answered.status, Some(1), "{answered:?}");
    assert!(answered.err.contains("error"), "{answered:?}");
    let found: Value = serde_json::from_str(&answered.out).unwrap();
    let first = &found["diagnostics"][0];
    for key in ["code", "severity", "file", "line", "column", "message", "help"] {
        assert!(keys(first).contains(&key), "{key} in {first}");
    }
    let answered = run(&["eval", &path, "--facts", "-", "--as-of", "2026-11-22"], "{}");
    refused(&answered, 1, "broken.guide:2");
}

#[test]
fn at_most_a_hundred_findings_are_printed() {
    let mut text = "guideline a.b\n".to_owned();
    (0..300).for_each(|number| text += &format!("fatc f{number}: date\n"));
    let path = file("many/many.guide", text.as_bytes());
    let answered = run(&["check", &path, "--format", "json"], "");
    let found: Value = serde_json::from_str(&answered.out).unwrap();
    assert_eq!(found["diagnostics"].as_array().unwrap().len(), 100);
    assert!(found["more"].as_u64().unwrap() >= 200, "{}", found["more"]);
}

#[test]
fn rules_of_this_project_are_clean_and_their_cases_pass() {
    let checked = run(&["check", "rules"], "");
    assert_eq!((checked.status, checked.err.as_str()), (Some(0), ""), "{}", checked.out);
    let tested = run(&["test", "rules", "--format", "json"], "");
    let report = json(&tested);
    assert_eq!(report["failed"], 0);
    assert!(report["passed"].as_u64().unwrap() > 0);
    let text = run(&["test", "rules/stockholm/laro.guide", "--with", "rules", "--run", "nineteen"], "");
    assert_eq!(text.status, Some(0), "{}", text.err);
    assert!(text.out.contains("coverage of stockholm.laro"), "{}", text.out);
}

#[test]
fn formatted_rules_say_the_same() {
    let mut folder = PathBuf::new();
    for name in ["common/substance_use.guide", "stockholm/laro.guide", "stockholm/laro.cases.yaml"] {
        let bytes = std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("rules").join(name)).unwrap();
        folder =
            PathBuf::from(file(&format!("formatted/{name}"), &bytes)).parent().unwrap().parent().unwrap().to_owned();
    }
    let folder = folder.to_str().unwrap();
    assert_eq!(run(&["fmt", folder], "").status, Some(0));
    assert_eq!(run(&["fmt", folder, "--check"], "").out, "");
    assert_eq!(json(&run(&["test", folder, "--format", "json"], ""))["failed"], 0);
}

#[test]
fn formatting_settles_and_standard_input_is_answered() {
    let untidy = "guideline a.b\n  language 1\n  title   en \"A\"\n  version 1.0.0\n  status draft\n  about patient\n";
    let path = file("fmt/untidy.guide", untidy.as_bytes());
    assert_eq!(run(&["fmt", &path, "--check"], "").status, Some(1));
    assert_eq!(run(&["fmt", &path], "").status, Some(0));
    let tidy = std::fs::read_to_string(&path).unwrap();
    assert_ne!(tidy, untidy);
    assert_eq!(run(&["fmt", &path, "--check"], "").status, Some(0));
    let answered = run(&["fmt", "-"], untidy);
    assert_eq!((answered.status, answered.out), (Some(0), tidy));
}

#[test]
fn explanations_and_questions() {
    let command = |name: &'static str, rule: &'static str| {
        run(
            &[
                name,
                LARO,
                "--with",
                "rules",
                "--facts",
                "-",
                "--as-of",
                "2026-11-22",
                "--format",
                "json",
                "--rule",
                rule,
            ],
            "{birth_date: 2010-01-01, registered_county: \"01\"}",
        )
    };
    let explanation = json(&command("explain", "laro"));
    for key in ["rule", "status", "reason", "changes", "truncated", "missing", "ask"] {
        assert!(keys(&explanation).contains(&key), "{key} in {explanation}");
    }
    for key in ["text", "value", "fact", "place", "grounds", "because"] {
        assert!(keys(&explanation["reason"]).contains(&key), "{key}");
    }
    assert_eq!(explanation["rule"], "eligibility.laro");
    refused(&command("explain", "larro"), 2, "did you mean `laro`");
    let asked = json(&command("ask", "naloxone"));
    assert!(asked.is_object(), "{asked}");
}

#[test]
fn one_expression() {
    let facts = file("expr/facts.json", br#"{"a": 7, "b": null, "visit": "2004-05"}"#);
    let value = |expression: &str| {
        let answered = run(&["expr", expression, "--facts", &facts, "--as-of", "2026-11-22", "--format", "json"], "");
        json(&answered)["value"].clone()
    };
    assert_eq!(value("a more than 6"), true);
    assert_eq!(value("b more than 6"), "unknown");
    assert_eq!(value("visit"), "2004-05");
    assert_eq!(value("years between visit and today"), 22);
    refused(&run(&["expr", "a more than", "--facts", &facts], ""), 1, "error");
    refused(&run(&["expr", "c is 1", "--facts", &facts], ""), 1, "c");
    refused(&run(&["expr", "1 / 0"], ""), 1, "divided by 0");
    refused(&run(&["expr", "1 / (a - 7)", "--facts", &facts], ""), 1, "division by nought");
    assert_eq!(run(&["expr", "1 day after 2026-12-31"], "").out, "2027-01-01\n");
}

#[test]
fn a_batch_answers_line_by_line() {
    let lines = [
        r#"{"expr": "yes and x", "facts": {"x": null}}"#,
        r#"{"expr": "some d in ds has (code in F11)", "facts": {"ds": [{"code": {"system": "ICD-10-SE", "code": "F11.2"}}]}}"#,
        r#"{"expr": "no d in ds has (code in F11)", "facts": {"ds": {"open": []}}}"#,
        r#"{"expr": "amount at least 7 mmol/L", "facts": {"amount": {"quantity": 7, "unit": "mmol/L"}}}"#,
        r#"{"expr": "years between a and b", "facts": {"a": "2005", "b": "2010"}}"#,
        r#"{"expr": "1 +", "facts": {}}"#,
        r#"{"expr": "nowhere is 1"}"#,
        "not json",
        r#"{"expr": "8000 years after 2026-01-01"}"#,
        r#"{"expr": "today", "as_of": "2026-11-22"}"#,
        r#"{"expr": "today", "as_of": "2026-02-30"}"#,
        r#"{"expr": "0.1 + 0.2"}"#,
    ];
    let answered = run(&["expr", "--batch"], &lines.join("\n"));
    assert_eq!(answered.status, Some(0), "{}", answered.err);
    let answers: Vec<Value> = answered.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let values: Vec<Option<&Value>> = answers.iter().map(|answer| answer.get("value")).collect();
    let wanted = [
        Some(json!("unknown")),
        Some(json!(true)),
        Some(json!("unknown")),
        Some(json!(true)),
        Some(json!({"low": 4, "high": 5})),
        None,
        None,
        None,
        None,
        Some(json!("2026-11-22")),
        None,
        Some(json!(0.3)),
    ];
    assert_eq!(values, wanted.iter().map(Option::as_ref).collect::<Vec<_>>(), "{}", answered.out);
    assert!(answers.iter().all(|answer| answer.get("value").is_some() != answer.get("error").is_some()));
}

const SAMPLES: &str = "tests/corpus/cases/samples.guide";
const SAMPLED: &str = "in_laro: yes\ntreatment_start: 2026-01-05\ntreatment_end: none\nseizures: []\n\
                       samples: [{ taken: 2026-01-07, positive: no }]\n";

/// `schedule` of the corpus's guideline as of 2026-01-14.
fn schedule(more: &[&str]) -> Answered {
    let mut arguments = vec!["schedule", SAMPLES, "--facts", "-", "--as-of", "2026-01-14"];
    arguments.extend(more);
    run(&arguments, SAMPLED)
}

#[test]
fn schedule_gives_the_dates_of_the_days_asked_for() {
    let days = ["--from", "2026-01-05", "--to", "2026-01-19"];
    let answered = schedule(&[&days[..], &["--format", "json"]].concat());
    let calendar = json(&answered);
    let wanted = ["format", "as_of", "guideline", "version", "from", "to", "schedules", "visits", "faults"];
    has_keys(&calendar, &wanted);
    assert_eq!((&calendar["from"], &calendar["to"]), (&json!("2026-01-05"), &json!("2026-01-19")));
    let urine = &calendar["schedules"][0];
    has_keys(urine, &["id", "label", "status", "dates", "uncertain", "needs_seed", "grounds", "layer"]);
    assert_eq!((&urine["id"], &urine["status"]), (&json!("urine_samples"), &json!("in_force")));
    let window = json!({ "from": "2026-01-07", "through": "2026-01-09" });
    let first = json!({ "date": "2026-01-08", "status": "done", "phase": "start", "window": window, "drawn": false });
    assert_eq!(urine["dates"][0], first);
    let statuses: Vec<&str> =
        urine["dates"].as_array().unwrap().iter().map(|d| d["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["done", "missed", "due", "planned"]);
    let visit = &calendar["visits"][0];
    has_keys(visit, &["date", "serves", "drawn"]);
    assert_eq!(visit["serves"], json!([{ "id": "weight", "date": "2026-01-05" }]));

    let text = schedule(&[&days[..], &["--lang", "sv"]].concat());
    assert_eq!(text.status, Some(0), "{}", text.err);
    for words in ["Urinprov: gäller", "2026-01-12 (måndag): missat", "2026-01-15 (torsdag): ska göras", "Besök:"] {
        assert!(text.out.contains(words), "`{words}` in\n{}", text.out);
    }
    refused(&schedule(&["--from", "2026-01-19", "--to", "2026-01-05"]), 2, "is before `--from");
    refused(&schedule(&["--from", "2026-01-19"]), 2, "--to");
}

#[test]
fn drawn_days_need_the_secret_and_can_be_hidden() {
    let days = ["--from", "2026-04-06", "--to", "2026-05-03", "--format", "json"];
    let open = json(&schedule(&days));
    assert_eq!(open["schedules"][0]["dates"], json!([]));
    assert_eq!(open["schedules"][0]["needs_seed"], json!([{ "from": "2026-04-06", "through": "2026-05-03" }]));

    let secret = file("seed/secret", b"a secret of the clinic\n");
    let drawn = schedule(&[&days[..], &["--seed-file", &secret]].concat());
    let dates = json(&drawn)["schedules"][0]["dates"].clone();
    assert_eq!(dates.as_array().unwrap().len(), 4, "once a week: {dates}");
    assert!(dates.as_array().unwrap().iter().all(|date| date["drawn"] == json!(true)));
    assert!(!drawn.out.contains("secret"));
    // The line end is not part of the secret; another secret draws other days.
    let same = file("seed/same", b"a secret of the clinic");
    assert_eq!(schedule(&[&days[..], &["--seed-file", &same]].concat()).out, drawn.out);
    let other = file("seed/other", b"another secret");
    assert_ne!(schedule(&[&days[..], &["--seed-file", &other]].concat()).out, drawn.out);

    let hidden = json(&schedule(&[&days[..], &["--seed-file", &secret, "--hide-drawn"]].concat()));
    assert_eq!(hidden["schedules"][0]["dates"], json!([]));
    let only_weight = |visit: &Value| visit["serves"].as_array().unwrap().iter().all(|served| served["id"] == "weight");
    assert!(hidden["visits"].as_array().unwrap().iter().all(only_weight), "{hidden}");

    let empty = file("seed/empty", b"\n");
    refused(&schedule(&[&days[..], &["--seed-file", &empty]].concat()), 2, "no secret");
    refused(&schedule(&[&days[..], &["--seed-file", "seed/that_is_not_there"]].concat()), 2, "that_is_not_there");
}

#[test]
fn every_command_is_on_its_page() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/runner.md")).unwrap();
    let help = run(&["--help"], "").out;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() > 10, "{help}");
    for command in commands.iter().filter(|command| **command != "help") {
        assert!(page.contains(&format!("\n| `{command} ")), "`{command}`");
    }
}

#[test]
fn a_parameter_is_set_once() {
    let twice = eval(&["--set", "minimum_age=20 years", "--set", "minimum_age=21 years"], "{}");
    refused(&twice, 2, "`minimum_age` twice");
}

#[test]
fn cases_of_no_guideline_that_is_there_say_which_are() {
    let cases = file("nobody.cases.yaml", b"guideline: stockholm.larro\ncases: []\n");
    let answered = run(&["test", "rules/stockholm/sip.guide", "--with", "rules", &cases], "");
    refused(&answered, 2, "`stockholm.larro` is not among the guidelines: there is");
}
