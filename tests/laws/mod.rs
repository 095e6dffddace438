//! What must hold for every guideline and every patient.

mod agreement;
mod ahead;
mod changes;
mod comparison;
mod dates;
mod days;
mod kleene;
mod layers;
mod missing;
mod order;
mod printing;
mod refinement;
mod view;

/// So many cases; `RIKTLINJE_TIMES` for as many times more. Failing seeds are printed, not kept in files.
fn cases(cases: u32) -> proptest::prelude::ProptestConfig {
    let times = std::env::var("RIKTLINJE_TIMES").map_or(1, |text| text.parse::<u32>().expect("a number"));
    proptest::prelude::ProptestConfig {
        cases: cases * times,
        failure_persistence: None,
        max_shrink_iters: 0,
        ..proptest::prelude::ProptestConfig::default()
    }
}
