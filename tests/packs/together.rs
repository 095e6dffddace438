//! All packs answer for one patient in one call, and what two regions say differently of one patient is shown with grounds.

use crate::pack::packs;
use riktlinje::{CodeLists, Comparison, Guidelines, Language, Source};

const PATIENT: &str = "birth_date: 1990-05-01\nregistered_county: \"01\"\n";

pub fn all() -> Guidelines {
    let sources = packs().into_iter().map(|pack| Source::new(pack.name, pack.text));
    Guidelines::compile(sources, [], &CodeLists::new()).unwrap()
}

#[test]
fn all_packs_answer_for_one_patient_in_one_call() {
    let guidelines = all();
    let date = "2026-11-22".parse().unwrap();
    let (in_force, not) = guidelines.in_force(date);
    assert!(not.is_empty(), "{not:?}");
    let asked = in_force.facts_from_yaml(PATIENT).unwrap();
    let mut settled = 0;
    for (guideline, facts) in &asked {
        let outcome = guideline.evaluate(facts, date).unwrap();
        assert!(outcome.faults.is_empty(), "{}: {:?}", guideline.name(), outcome.faults);
        assert!(!outcome.to_text(Language::Swedish).is_empty());
        settled += usize::from(outcome.missing.is_empty());
    }
    assert!(asked.len() > 20 && settled < asked.len(), "{} packs", asked.len());
}

/// The documents' own worry: what one patient is offered depends on where. What the two regions say, and on what
/// ground, is told side by side.
#[test]
fn what_two_regions_say_of_one_patient_is_compared_with_both_grounds() {
    let guidelines = all();
    let date = "2026-11-22".parse().unwrap();
    let asked = guidelines.in_force(date).0.facts_from_yaml(PATIENT).unwrap();
    let outcome = |name: &str| {
        let found = asked.iter().find(|(guideline, _)| guideline.name() == name);
        let (guideline, facts) = found.unwrap_or_else(|| panic!("no pack {name}"));
        guideline.evaluate(facts, date).unwrap()
    };
    let comparison = Comparison::of(&outcome("stockholm.laro"), &outcome("vgr.laro"));
    let text = comparison.to_text(Language::Swedish);
    // Only one of them asks for registration in its county, each line with its own ground.
    for words in ["Bara i A", "Folkbokförd i Stockholms län", "Vård vid opioidberoende", "Bara i B", "Slutrapport 2022"]
    {
        assert!(text.contains(words), "`{words}` in\n{text}");
    }
}
