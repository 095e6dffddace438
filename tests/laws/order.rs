//! The order of rules and of facts changes no answer, and equal input gives equal bytes.

use crate::agreement::{compile, date, of_outcome, production_answers};
use crate::generator::{self, Presence, Random, Size};
use crate::reference::Fact;
use proptest::prelude::*;

fn shuffle<T>(random: &mut Random, items: &mut [T]) {
    for index in (1..items.len()).rev() {
        items.swap(index, random.below(index + 1));
    }
}

proptest! {
    #![proptest_config(super::cases(60))]

    #[test]
    fn order_changes_no_answer(seed: u64) {
        let mut random = Random::new(seed);
        let made = generator::guideline(&mut random, Size::Full);
        let (guideline, _) = compile(&made.file).map_err(TestCaseError::fail)?;
        let mut shuffled = made.file.clone();
        // The guideline itself stands first.
        shuffle(&mut random, &mut shuffled.items[1..]);
        let (other, _) = compile(&shuffled).map_err(TestCaseError::fail)?;
        for _ in 0..10 {
            let patient = generator::patient(&mut random, &made.file, Presence::Gaps);
            let mut turned = patient.clone();
            for given in turned.facts.values_mut() {
                if let Fact::List(records, _) = &mut given.value {
                    shuffle(&mut random, records);
                }
            }
            let day = generator::day(&mut random);
            let mut expected = production_answers(&guideline, &patient, day);
            prop_assert_eq!(&expected, &production_answers(&guideline, &turned, day));
            let mut got = production_answers(&other, &patient, day);
            // Which of two conflicting rules is named first is the order of the file; the names are the same.
            for words in [&mut expected, &mut got] {
                words.retain(|(what, _)| what != "conflict");
                words.sort();
            }
            prop_assert_eq!(expected, got);
        }
    }

    #[test]
    fn equal_input_gives_equal_bytes(seed: u64) {
        let mut random = Random::new(seed);
        let made = generator::guideline(&mut random, Size::Full);
        let (first, _) = compile(&made.file).map_err(TestCaseError::fail)?;
        let (second, _) = compile(&made.file).map_err(TestCaseError::fail)?;
        for _ in 0..2 {
            let text = generator::yaml(&generator::patient(&mut random, &made.file, Presence::Gaps));
            let day = date(generator::day(&mut random));
            let outcome = |guideline: &riktlinje::Guideline, facts| guideline.evaluate(&facts, day).unwrap();
            let one = outcome(&first, first.facts_from_json(&text).unwrap());
            // The same facts as YAML, in a guideline compiled again.
            let two = outcome(&second, second.facts_from_yaml(&text).unwrap());
            prop_assert_eq!(one.to_json(), two.to_json());
            prop_assert_eq!(of_outcome(&one), of_outcome(&two));
        }
    }
}
