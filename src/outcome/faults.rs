//! What could not be computed, with the rule it belongs to and the condition it happened in.

use super::reach::{self, Reach};
use super::situation::Situation;
use super::{Fault, FilePlace};
use crate::eval::FaultAt;
use crate::program::{Condition, Form, Meaning, Program, ReadingId};
use crate::value::partial::FaultKind;
use std::collections::BTreeSet;

impl Situation<'_> {
    /// In the order of the rules and their lines; a fault in what several rules read is told for each.
    pub(crate) fn faults(&self) -> Vec<Fault> {
        self.faults_met(self.cells.faults())
    }

    /// Those of an evaluation.
    pub(crate) fn faults_met(&self, met: &[(FaultAt, FaultKind)]) -> Vec<Fault> {
        if met.is_empty() {
            return Vec::new();
        }
        let mut faults: Vec<Fault> = Vec::new();
        for (rule, conditions) in self.owners() {
            for leaf in conditions.iter().flat_map(|reading| leaves(self.program(), *reading)) {
                for (at, kind) in met {
                    let (kind, why) = (*kind, why(*kind).to_owned());
                    let fault = Fault { rule: rule.clone(), kind, why, place: self.leaf_place(&leaf) };
                    if leaf.holds(*at) && !faults.contains(&fault) {
                        faults.push(fault);
                    }
                }
            }
        }
        faults
    }

    fn leaf_place(&self, leaf: &LeafReach) -> FilePlace {
        self.program()
            .readings
            .get(leaf.reading.0 as usize)
            .map_or_else(|| FilePlace { file: String::new(), line: 1 }, |reading| self.place(reading.place))
    }

    /// Rules, then shown values, then assumptions, with what they read.
    fn owners(&self) -> Vec<(String, Vec<ReadingId>)> {
        let program = self.program();
        let readings = |conditions: Vec<Condition>| conditions.into_iter().map(|condition| condition.reading).collect();
        let rules = self.rules().into_iter().filter_map(|index| {
            let rule = program.rules.get(index.0 as usize)?;
            Some((self.rule_name(index), readings(rule.conditions())))
        });
        let shown = program.shown.iter().map(|shown| (format!("define.{}", shown.name), vec![shown.reading]));
        let assumed =
            program.assumptions.iter().map(|assumption| ("assume".to_owned(), vec![assumption.condition.reading]));
        rules.chain(shown).chain(assumed).collect()
    }
}

struct LeafReach {
    reading: ReadingId,
    reach: Reach,
}

impl LeafReach {
    fn holds(&self, at: FaultAt) -> bool {
        match at {
            FaultAt::Truth(id) => self.reach.truths.contains(&id),
            FaultAt::Value(id) => self.reach.values.contains(&id),
            FaultAt::Loop(id) => self.reach.loops.contains(&id),
        }
    }
}

/// The conditions and values below a reading that are not made of conditions, in the order written, each once.
fn leaves(program: &Program, id: ReadingId) -> Vec<LeafReach> {
    // Definitions can name each other in long chains and many times over: each reading is looked at once, without a stack.
    let (mut seen, mut left, mut leaves) = (BTreeSet::new(), vec![id], Vec::new());
    while let Some(id) = left.pop() {
        let Some(reading) = program.readings.get(id.0 as usize).filter(|_| seen.insert(id)) else { continue };
        match reading.form {
            Form::All | Form::Any | Form::Not | Form::AtLeast(_) | Form::Choice | Form::Define(_) => {
                left.extend(reading.parts.iter().rev());
            }
            Form::Leaf | Form::Loop { .. } => {
                let reach = match reading.meaning {
                    Meaning::Truth(lit) => reach::of_conditions(program, [lit.id]),
                    Meaning::Value(value) => reach::of_value(program, value),
                };
                leaves.push(LeafReach { reading: id, reach });
            }
            // Belongs to the rule that is asked about.
            Form::Status(_) => {}
        }
    }
    leaves
}

pub(super) fn why(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::DivisionByZero => "division by nought",
        FaultKind::Overflow => "a number leaves the range of exact numbers",
        FaultKind::OutsideCalendar => "a date leaves the years 1 to 9999",
        FaultKind::DurationFamilies => "years or months are compared with weeks or days",
        FaultKind::WorkLimit => "there is more to look at than the work limit allows",
        FaultKind::CodeListNotSupplied => "a code list was not supplied",
        FaultKind::NoInterval => "an interval of a schedule is nought or negative",
    }
}
