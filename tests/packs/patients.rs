//! What the answers tell of patients who came to care, beyond statuses: what must not be missing from a text or a question.

use crate::together::all;
use riktlinje::Language;
use serde_json::Value;

/// What one pack tells of a patient, in both languages on one line each.
fn told(pack: &str, patient: &str) -> [String; 2] {
    let date = "2026-11-22".parse().unwrap();
    let asked = all().in_force(date).0.facts_from_yaml(patient).unwrap();
    let (guideline, facts) = asked.iter().find(|(guideline, _)| guideline.name() == pack).unwrap();
    let outcome = guideline.evaluate(facts, date).unwrap();
    [Language::Swedish, Language::English].map(|language| outcome.to_text(language))
}

/// Somebody who is asked when something happened that has not must be told how to say so.
#[test]
fn a_day_that_may_not_be_there_tells_how_to_answer_so() {
    let (in_force, _) = all().in_force("2026-11-22".parse().unwrap());
    let asked = in_force.facts_from_yaml("").unwrap();
    let mut days = 0;
    for (guideline, _) in &asked {
        for fact in guideline.fact_descriptions() {
            let fact: Value = serde_json::from_str(&fact.to_json()).unwrap();
            let fields = fact["fields"].as_array().unwrap().clone();
            for described in fields.into_iter().chain([fact]) {
                if described["type"] != "date" || described["or_none"] != true {
                    continue;
                }
                days += 1;
                for language in ["sv", "en"] {
                    let question = described["question"][language].as_str().unwrap();
                    assert!(question.contains("”none”"), "{}: {question}", described["name"]);
                }
            }
        }
    }
    assert!(days > 20, "{days}");
}

/// That a criterion is not met could be read as the order to end the treatment of somebody who is in it.
#[test]
fn who_is_in_treatment_is_not_told_to_end_it() {
    let patient = "birth_date: 1980\ndiagnoses: { complete: [{ code: F11.2 }, { code: F13.2 }] }\n\
        dependence_since: 2005\nin_laro: yes\nlaro_start: 2026-05-01\ncombination_risk: yes\n";
    for pack in ["national.laro", "stockholm.laro", "vgr.laro"] {
        let [swedish, english] = told(pack, patient);
        assert!(swedish.contains("om en pågående behandling ska avslutas bedömer en läkare"), "{pack}\n{swedish}");
        assert!(english.contains("whether one in progress is to end a physician assesses"), "{pack}\n{english}");
    }
}

/// Nothing asks about a pregnancy, and few sources name an age: each medicine says where that stands.
#[test]
fn a_pregnant_girl_with_alcohol_dependence_is_sent_to_the_product_information() {
    let patient = "birth_date: 2010-01-05\nsex: woman\ndiagnoses: { complete: [{ code: F10.2 }, { code: O99.3 }] }\n\
        in_laro: no\nopioids_last_week: no\nhas_heart_failure: no\nhas_ischaemic_heart_disease: no\n\
        has_cognitive_failure: no\nhas_liver_disease: no\ns_creatinine: { quantity: 60, unit: umol/L }\n";
    let [swedish, english] = told("national.recommendations_medicines", patient);
    let recommended = |text: &str, words: &str| text.lines().filter(|line| line.contains(words)).count();
    assert_eq!(recommended(&swedish, "REKOMMENDERAS"), 4, "{swedish}");
    assert_eq!(recommended(&swedish, "för unga och vid graviditet, står i produktinformationen"), 4, "{swedish}");
    assert_eq!(
        recommended(&english, "for the young and in pregnancy, stand in the product information"),
        4,
        "{english}"
    );
}

/// Two rules speak of the same treatment: one whether it is to be considered, one who can have it.
#[test]
fn who_does_not_meet_the_criteria_is_not_told_to_have_the_treatment() {
    let patient = "birth_date: 2006-11-23\nspecial_reasons_under_20: no\ndiagnoses: { complete: [{ code: F11.2 }] }\n\
        dependence_opioids: { complete: [{ substance: heroin }] }\nin_laro: no\n";
    let [swedish, english] = told("national.recommendations_medicines", patient);
    assert!(swedish.contains("för den som uppfyller den nationella regelns villkor"), "{swedish}");
    assert!(english.contains("for those who meet the conditions of the national rule"), "{english}");
}
