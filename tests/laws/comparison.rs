//! Two outcomes side by side: nothing differs from itself, the sides can be exchanged, and no other status stays unsaid.

use crate::agreement::{compile, date};
use crate::generator::{self, Presence, Random, Size};
use proptest::prelude::*;
use riktlinje::{ComparedItem, Comparison, ItemSide};

fn ids(items: &[ComparedItem]) -> Vec<&str> {
    items.iter().map(|item| item.id.as_str()).collect()
}

fn names(sides: &[ItemSide]) -> Vec<&str> {
    sides.iter().map(|side| side.id.as_str()).collect()
}

proptest! {
    #![proptest_config(super::cases(60))]

    #[test]
    fn comparing_is_symmetric_and_leaves_out_nothing(seed: u64) {
        let mut random = Random::new(seed);
        let made = generator::guideline(&mut random, Size::Full);
        let (guideline, text) = compile(&made.file).map_err(TestCaseError::fail)?;
        let mut outcome = || {
            let patient = generator::patient(&mut random, &made.file, Presence::Gaps);
            let facts = guideline.facts_from_json(&generator::yaml(&patient)).unwrap();
            guideline.decide(&facts, date(generator::day(&mut random))).unwrap()
        };
        let (a, b) = (outcome(), outcome());
        prop_assert!(Comparison::of(&a, &a).is_same());
        let (there, back) = (Comparison::of(&a, &b), Comparison::of(&b, &a));
        prop_assert_eq!(ids(&there.rules), ids(&back.rules));
        prop_assert_eq!((names(&there.only[0]), names(&there.only[1])), (names(&back.only[1]), names(&back.only[0])));
        prop_assert_eq!(&there.same, &back.same);
        for (one, other) in there.rules.iter().zip(&back.rules) {
            prop_assert_eq!(&one.sides[0], &other.sides[1]);
            let (mut here, mut there) = (one.differs.clone(), other.differs.clone());
            here.sort();
            there.sort();
            prop_assert_eq!(here, there, "{}", text);
        }
        for (one, other) in a.eligibility.iter().zip(&b.eligibility) {
            let told = there.rules.iter().find(|item| item.id == format!("eligibility.{}", one.id));
            prop_assert_eq!(one.status != other.status, told.is_some_and(|item| item.differs.contains(&"status".to_owned())));
        }
    }
}
