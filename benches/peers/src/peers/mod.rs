//! The peers, each as its own manual says to drive it when one pack meets many inputs.
#![cfg_attr(not(feature = "default"), allow(unused_imports, unused_variables, reason = "a peer may be left out"))]

use crate::contest::{Answers, Contender, enter};
use crate::workload::Patient;

#[cfg(feature = "cedar")]
mod cedar;
#[cfg(feature = "cel")]
mod cel;
#[cfg(feature = "datalogic")]
mod datalogic;
#[cfg(feature = "lemma")]
mod lemma;
#[cfg(feature = "regorus")]
mod regorus;
#[cfg(feature = "zen")]
mod zen;

/// All that were built in.
pub fn all(patients: &[Patient], right: &Answers) -> Vec<Box<dyn Contender>> {
    vec![
        #[cfg(feature = "datalogic")]
        enter::<datalogic::DataLogic>(patients, right),
        #[cfg(feature = "zen")]
        enter::<zen::ZenTable>(patients, right),
        #[cfg(feature = "zen")]
        enter::<zen::ZenExpressions>(patients, right),
        #[cfg(feature = "cedar")]
        enter::<cedar::Cedar>(patients, right),
        #[cfg(feature = "regorus")]
        enter::<regorus::Regorus>(patients, right),
        #[cfg(feature = "cel")]
        enter::<cel::Cel>(patients, right),
        #[cfg(feature = "lemma")]
        enter::<lemma::Lemma>(patients, right),
    ]
}
