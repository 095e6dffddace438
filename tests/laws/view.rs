//! An outcome that borrows says what the plain one says, byte for byte.

use crate::agreement::{compile, date};
use crate::generator::{self, Presence, Random, Size};
use proptest::prelude::*;
use riktlinje::{Ground, Guideline, Language, Source, Trace};

proptest! {
    #![proptest_config(super::cases(12))]

    #[test]
    fn a_borrowed_outcome_is_the_plain_one(seed: u64) {
        let mut random = Random::new(seed);
        let size = if seed % 2 == 0 { Size::Full } else { Size::Small };
        let made = generator::guideline(&mut random, size);
        let (guideline, text) = compile(&made.file).map_err(TestCaseError::fail)?;
        let mut trace = Trace::default();
        for _ in 0..3 {
            let patient = generator::patient(&mut random, &made.file, Presence::Gaps);
            let day = date(generator::day(&mut random));
            let yaml = generator::yaml(&patient);
            let facts = guideline.facts_from_json(&yaml).unwrap();
            let plain = guideline.evaluate(&facts, day).unwrap();
            let on_date = guideline.on(day).unwrap();
            let bound = guideline.bind(&facts);
            on_date.evaluate(&bound, &mut trace);
            let view = on_date.outcome(&facts, &bound, &trace);
            prop_assert_eq!(&view.to_outcome(), &plain, "{}\n{}", text, yaml);
            prop_assert_eq!(view.to_json(), plain.to_json(), "{}\n{}", text, yaml);
            let told: Vec<_> = view.missing().into_iter().map(|m| (m.fact.into_owned(), m.settles.join(" "))).collect();
            let expected: Vec<_> = plain.missing.iter().map(|m| (m.fact.clone(), m.settles.join(" "))).collect();
            prop_assert_eq!(told, expected);
            let rules = guideline.rules().count();
            for rule in guideline.rules().skip(random.below(rules.max(1))).take(1) {
                let expected = guideline.explain(&facts, day, rule).unwrap().reason;
                prop_assert_eq!(view.why(rule).unwrap().reason().to_reason(), expected, "{}\n{}\n{}", rule, text, yaml);
            }
            for advice in &plain.recommendations {
                let name = format!("recommend.{}", advice.id);
                let rule = view.rules().find(|rule| rule.name() == name).unwrap();
                prop_assert_eq!(rule.status().name(), advice.status.name());
                prop_assert_eq!((rule.strength(), rule.priority()), (advice.strength, advice.priority));
                prop_assert_eq!((rule.label(), rule.text(), rule.layer()), (&advice.label, &advice.text, &*advice.layer));
                let grounds: Vec<Ground> = rule.grounds().cloned().collect();
                prop_assert_eq!(&grounds, &advice.grounds);
            }
            for score in &plain.scores {
                let name = format!("score.{}", score.id);
                let rule = view.rules().find(|rule| rule.name() == name).unwrap();
                prop_assert_eq!(rule.text().get(Language::English), score.text.get(Language::English));
                prop_assert!(rule.grounds().eq(&score.grounds));
            }
        }
    }
}

/// What only the outcome tells and no status asks for is there in a trace, too.
#[test]
fn last_days_are_told() {
    let text = "guideline a\n    language 1\n    version 1.0.0\n    status draft\nfact answered: date\nfact sent: yes/no\n\
                fact started: date or none\nfact other: date or none\n\
                task letter\n    our interpretation \"shown\"\n    done when sent\n    due by answered\n\
                parallel both\n    our interpretation \"shown\"\n    track one: started started\n    \
                track two: started other\n    start within 30 days of each other\n";
    let guideline = Guideline::compile([Source::new("a.guide", text)]).unwrap();
    let day = "2026-11-22".parse().unwrap();
    for given in ["answered: 2026-11-30\n", "answered: 2026-11-30\nstarted: 2026-11-20\nother: none\n"] {
        let facts = guideline.facts_from_yaml(given).unwrap();
        let on_date = guideline.on(day).unwrap();
        let (bound, mut trace) = (guideline.bind(&facts), Trace::default());
        on_date.evaluate(&bound, &mut trace);
        let told = on_date.outcome(&facts, &bound, &trace).to_outcome();
        assert_eq!(told.tasks[0].due.map(|day| day.to_string()).as_deref(), Some("2026-11-30"));
        assert_eq!(told, guideline.evaluate(&facts, day).unwrap());
    }
}
