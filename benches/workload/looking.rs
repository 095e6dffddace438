//! What whoever shows an answer looks at: nothing of it may be left out of a measurement.

use riktlinje::{OutcomeView, ReasonView};
use std::hint::black_box;

/// All that a reason says.
pub fn at_reason(reason: ReasonView<'_>) {
    black_box((reason.text(), reason.label(), reason.value(), reason.fact(), reason.place(), reason.grounds()));
    reason.because().for_each(at_reason);
}

/// All that is shown of each rule.
pub fn at_rules(outcome: &OutcomeView<'_>) {
    for rule in outcome.rules() {
        black_box((rule.name(), rule.label(), rule.status(), rule.strength(), rule.priority(), rule.text()));
        for ground in rule.grounds() {
            black_box(ground);
        }
    }
}
