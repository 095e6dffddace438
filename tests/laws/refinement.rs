//! "Under refinement, without `is known`, `is undetermined` and `recorded`, no settled status changes."

use crate::agreement::{compile, production_answers, set, settled_that_changed};
use crate::generator::{self, Presence, Random, Size, refined};
use crate::reference::day_text;
use proptest::prelude::*;

proptest! {
    #![proptest_config(super::cases(300))]

    #[test]
    fn refining_changes_nothing_that_is_settled(seed: u64) {
        let mut random = Random::new(seed);
        let made = generator::guideline(&mut random, Size::Blind);
        let (guideline, text) = compile(&made.file).map_err(TestCaseError::fail)?;
        let guideline = set(&guideline, &made.settings);
        for _ in 0..30 {
            let patient = generator::patient(&mut random, &made.file, Presence::Gaps);
            let day = generator::day_for(&mut random, &patient);
            let better = refined(&mut random, &made.file, &patient);
            let before = production_answers(&guideline, &patient, day);
            let after = production_answers(&guideline, &better, day);
            let changed = settled_that_changed(&before, &after);
            prop_assert!(
                changed.is_empty(),
                "{changed:?} on {}\n{text}\n{}\n{}",
                day_text(day),
                generator::yaml(&patient),
                generator::yaml(&better)
            );
        }
    }
}
