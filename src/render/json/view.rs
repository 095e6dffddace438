//! A borrowed outcome as JSON: the bytes of [`Outcome::to_json`].

use super::outcome::{entries, recommendation};
use super::write_text;
use crate::guideline::OutcomeView;
#[cfg(doc)]
use crate::outcome::Outcome;

impl OutcomeView<'_> {
    /// The bytes of [`Outcome::to_json`]. What recommendations say is written once for all patients in whom their lines come
    /// to the same, and kept with the guideline.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }

    /// The same behind what is in `out` already.
    pub fn write_json(&self, out: &mut String) {
        let outcome = self.without_advice();
        out.push('{');
        for (index, (key, value)) in entries(&outcome).into_iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            write_text(key, out);
            out.push(':');
            if key == "recommendations" { self.write_advice(out) } else { value.write(out) }
        }
        out.push('}');
    }

    fn write_advice(&self, out: &mut String) {
        let mut separator = '[';
        self.each_advice(&|advice| recommendation(advice).print(), |written| {
            out.push(separator);
            separator = ',';
            out.push_str(written);
        });
        if separator == '[' {
            out.push(separator);
        }
        out.push(']');
    }
}
