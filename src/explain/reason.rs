//! The tree of conditions that decided a rule, read from the cells; what made no difference is left out.

use super::{Finding, Reason};
use crate::eval::Cells;
use crate::ground::Ground;
use crate::language::Localized;
use crate::outcome::{Answer, CriterionStatus, EligibilityStatus, RuleStatus, Situation};
use crate::program::{
    Condition, Criterion, DecidingLine, Form, Line, LoopId, Meaning, Modality, Operand, Reading, ReadingId,
    Recommendation, RuleIndex, RuleKind, RuleProgram, Step, Subject, Target, Told,
};
use crate::source::Place;
use crate::status::ChecklistStatus;
use crate::value::{FactValue, Truth};

/// At most so many records of a list are shown.
const RECORDS: u32 = 100;
/// A tree goes at most so deep and has at most so many conditions; below that a condition stands without its reasons.
/// Definitions that name each other can make a tree that is deeper than any stack, or larger than any memory.
const DEEPEST: u32 = 60;
const LARGEST: u32 = 20_000;

pub(super) fn reason(situation: &Situation<'_>, rule: RuleIndex) -> Reason {
    Walk { situation, cells: situation.cells.clone(), records: Vec::new(), depth: 0, size: 0 }.rule(rule)
}

/// The same from the cells of an evaluation for many patients, in which values that no condition needs are not worked out:
/// for a rule of one line those below it are, for others all that there is.
pub(super) fn reason_from_trace(situation: &Situation<'_>, rule: RuleIndex) -> Reason {
    let program = situation.program();
    let has_one_line = program.rules.get(rule.0 as usize).is_some_and(|rule| rule.kind.single_line().is_some());
    let steps = || {
        let reach = crate::outcome::reach::of_rule(program, rule);
        let is_wanted = |step: &&Step| matches!(step, Step::Value(id) if reach.values.contains(id));
        let steps = || program.layout.all_steps.iter().filter(is_wanted).copied().collect();
        (has_one_line && reach.plans.is_empty()).then(steps)
    };
    let steps = program.value_steps.at(rule.0 as usize, program.rules.len(), steps).and_then(Option::as_ref);
    let mut cells = situation.cells.clone();
    match steps {
        Some(steps) => situation.moment.run(steps, situation.bound, &mut cells),
        None => situation.moment.evaluate_every_step(situation.bound, &mut cells),
    }
    Walk { situation, cells, records: Vec::new(), depth: 0, size: 0 }.rule(rule)
}

pub(super) struct Walk<'a> {
    pub(super) situation: &'a Situation<'a>,
    /// Their own, so that quantifiers can be done again record by record.
    pub(super) cells: Cells,
    /// The records that the condition at hand is about, outermost first.
    records: Vec<u32>,
    /// How many conditions are around the one at hand.
    depth: u32,
    /// How many conditions there are so far.
    size: u32,
}

/// What is shown of a line of a rule.
struct Named<'a> {
    name: &'a str,
    label: &'a Localized,
    grounds: &'a [Ground],
    place: Place,
}

/// What a line of a recommendation is called, as written and for people.
#[derive(Clone, Copy)]
struct LineName {
    text: &'static str,
    sv: &'static str,
    en: &'static str,
}

const WHEN: LineName = LineName { text: "when", sv: "Gäller när", en: "Applies when" };
const ADVISE_AGAINST: LineName = LineName { text: "advise against if", sv: "Avråds om", en: "Advised against if" };
const NOT_NEEDED: LineName = LineName { text: "not needed if", sv: "Behövs inte om", en: "Not needed if" };

impl Walk<'_> {
    fn rule(&mut self, index: RuleIndex) -> Reason {
        let situation = self.situation;
        let status = Situation::status(&self.cells, index);
        let Some(rule) = situation.program().rules.get(index.0 as usize) else { return nothing() };
        let because = self.deeper(|walk| match &rule.kind {
            RuleKind::Eligibility { when, criteria } | RuleKind::Checklist { when, criteria, .. } => {
                walk.eligibility(when.as_ref(), criteria, status)
            }
            RuleKind::Recommendation(advice) => walk.advice(advice),
            RuleKind::Score(score) => walk.score(rule, score),
            RuleKind::Task(_)
            | RuleKind::Parallel(_)
            | RuleKind::Schedule(_)
            | RuleKind::Proposal(_)
            | RuleKind::Indicator(_) => walk.lines(rule),
        });
        Reason {
            text: situation.rule_name(index),
            label: rule.label.clone(),
            value: Finding::Rule(status),
            fact: None,
            place: Some(situation.place(rule.place)),
            grounds: Vec::new(),
            because,
        }
    }

    /// What stands below, where there is room for it.
    fn deeper<T: Default>(&mut self, below: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth >= DEEPEST || self.size >= LARGEST {
            return T::default();
        }
        self.size += 1;
        self.depth += 1;
        let below = below(self);
        self.depth -= 1;
        below
    }

    fn eligibility(&mut self, when: Option<&Condition>, criteria: &[Criterion], status: RuleStatus) -> Vec<Reason> {
        let wanted = |own: CriterionStatus| match status {
            RuleStatus::Eligibility(EligibilityStatus::NotMet) | RuleStatus::Checklist(ChecklistStatus::Incomplete) => {
                own == CriterionStatus::NotMet
            }
            RuleStatus::Eligibility(EligibilityStatus::Undetermined)
            | RuleStatus::Checklist(ChecklistStatus::Undetermined) => own == CriterionStatus::Undetermined,
            RuleStatus::Eligibility(EligibilityStatus::NotApplicable)
            | RuleStatus::Checklist(ChecklistStatus::NotApplicable) => false,
            RuleStatus::Eligibility(EligibilityStatus::Met | EligibilityStatus::Refer)
            | RuleStatus::Checklist(ChecklistStatus::Complete)
            | RuleStatus::Task(_)
            | RuleStatus::Recommendation(_)
            | RuleStatus::Parallel(_)
            | RuleStatus::Schedule(_)
            | RuleStatus::Score(_)
            | RuleStatus::Proposal(_)
            | RuleStatus::Indicator(_) => true,
        };
        let mut because = Vec::new();
        // That it applies goes without saying.
        if let Some(when) = when.filter(|when| self.lit(when) != Truth::True) {
            because.push(self.reading(when.reading));
        }
        let required = criteria.iter().filter(|criterion| criterion.modality == Modality::Require);
        for criterion in required {
            if wanted(Situation::criterion(&self.cells, criterion.cell)) {
                because.push(self.criterion(criterion));
            }
        }
        because
    }

    fn criterion(&mut self, criterion: &Criterion) -> Reason {
        let mut because = vec![self.reading(criterion.condition.reading)];
        if self.lit(&criterion.condition) != Truth::True {
            for exception in &criterion.exceptions {
                let condition = exception.condition;
                let named = Named {
                    name: &exception.name,
                    label: &exception.label,
                    grounds: &exception.grounds,
                    place: exception.place,
                };
                because.push(self.named(&named, condition));
            }
        }
        Reason {
            text: criterion.name.to_string(),
            label: criterion.label.clone(),
            value: Finding::Criterion(Situation::criterion(&self.cells, criterion.cell)),
            fact: None,
            place: Some(self.situation.place(criterion.place)),
            grounds: criterion.grounds.clone(),
            because,
        }
    }

    /// The lines that hold or are not known; if none, all that were looked at.
    fn advice(&mut self, advice: &Recommendation) -> Vec<Reason> {
        let lines = advice
            .strengths
            .iter()
            .map(|strength| (WHEN, &strength.line))
            .chain(advice.advise_against.iter().map(|line| (ADVISE_AGAINST, line)))
            .chain(advice.not_needed.iter().map(|line| (NOT_NEEDED, line)));
        let lines: Vec<(LineName, &Line)> = lines.collect();
        let holds_or_may = |line: &Line| self.lit(&line.condition) != Truth::False;
        let mut decided: Vec<(LineName, &Line)> =
            lines.iter().copied().filter(|(_, line)| holds_or_may(line)).collect();
        if decided.is_empty() {
            decided = lines.into_iter().filter(|(name, _)| name.text == WHEN.text).collect();
        }
        decided
            .into_iter()
            .map(|(name, line)| {
                let label = Localized { sv: Some(name.sv.into()), en: Some(name.en.into()) };
                let named = Named { name: name.text, label: &label, grounds: &line.grounds, place: line.place };
                self.named(&named, line.condition)
            })
            .collect()
    }

    /// All lines of a rule of another kind, with what each came to.
    fn lines(&mut self, rule: &RuleProgram) -> Vec<Reason> {
        let lines = rule.deciding_lines();
        let told = |line: &&DecidingLine<'_>| match line.told {
            Told::Always => true,
            Told::With(lit) => self.cells.lit(self.situation.program(), lit) != Truth::False,
        };
        let told: Vec<&DecidingLine<'_>> = lines.iter().filter(told).collect();
        told.into_iter().map(|line| self.deciding_line(line)).collect()
    }

    /// A line whose condition is the whole of it shows at once what decided that.
    fn deciding_line(&mut self, line: &DecidingLine<'_>) -> Reason {
        let named = Named { name: &line.name.text, label: &line.name.label, grounds: line.grounds, place: line.place };
        let reason = self.named(&named, line.condition);
        let reading = self.situation.program().readings.get(line.condition.reading.0 as usize);
        if reading.is_none_or(|reading| reading.place != line.place) {
            return reason;
        }
        let fact = reason.because.first().and_then(|below| below.fact.clone());
        let because = reason.because.into_iter().flat_map(|below| below.because).collect();
        Reason { fact, because, ..reason }
    }

    fn named(&mut self, named: &Named<'_>, condition: Condition) -> Reason {
        Reason {
            text: named.name.to_owned(),
            label: named.label.clone(),
            value: Finding::Answer(answer(self.lit(&condition))),
            fact: None,
            place: Some(self.situation.place(named.place)),
            grounds: named.grounds.to_vec(),
            because: vec![self.reading(condition.reading)],
        }
    }

    pub(super) fn lit(&self, condition: &Condition) -> Truth {
        self.cells.lit(self.situation.program(), condition.lit)
    }

    fn truth(&self, id: ReadingId) -> Option<Truth> {
        match self.situation.program().readings.get(id.0 as usize)?.meaning {
            Meaning::Truth(lit) => Some(self.cells.lit(self.situation.program(), lit)),
            Meaning::Value(_) => None,
        }
    }

    pub(super) fn reading(&mut self, id: ReadingId) -> Reason {
        let situation = self.situation;
        let Some(reading) = situation.program().readings.get(id.0 as usize) else { return nothing() };
        let value = match reading.meaning {
            Meaning::Truth(lit) => answer(self.cells.lit(situation.program(), lit)),
            Meaning::Value(value) => {
                crate::outcome::answer(situation.program(), situation.bound, &reading.ty, self.cells.value(value))
            }
        };
        let text = situation.reading_text(id, reading);
        let (fact, label, because) = self.deeper(|walk| walk.below(reading, text));
        Reason {
            text: text.to_owned(),
            label,
            value: Finding::Answer(value),
            fact,
            place: Some(situation.place(reading.place)),
            grounds: Vec::new(),
            because,
        }
    }

    /// The only fact that it looks at with its label, and what decided it.
    fn below(&mut self, reading: &Reading, text: &str) -> (Option<String>, Localized, Vec<Reason>) {
        let mut label = Localized::default();
        if self.is_written_as_one(reading) {
            let mut looked_at: Vec<Reason> = Vec::new();
            for below in reading.parts.iter().flat_map(|part| self.reading(*part).because) {
                if !looked_at.contains(&below) {
                    looked_at.push(below);
                }
            }
            return (None, label, looked_at);
        }
        let because = match &reading.form {
            Form::All => self.parts(reading, |whole, part| whole == Truth::True || part == whole),
            Form::Any => self.parts(reading, |whole, part| whole == Truth::False || part == whole),
            Form::AtLeast(_) => self.parts(reading, |whole, part| match whole {
                Truth::True => part == Truth::True,
                Truth::False => part != Truth::True,
                Truth::Unknown => part == Truth::Unknown,
            }),
            Form::Not | Form::Choice => self.parts(reading, |_, _| true),
            Form::Define(name) => {
                label = self.situation.program().define_labels.get(name).cloned().unwrap_or_default();
                self.parts(reading, |_, _| true)
            }
            Form::Status(Target::Rule(rule)) => vec![self.rule(*rule)],
            Form::Status(Target::Criterion(rule, index)) => self.named_criterion(*rule, *index),
            Form::Loop { looped, filter, body } => self.records(reading, *looped, *filter, *body),
            Form::Leaf => {
                let looked_at = self.leaf(reading, text);
                return looked_at;
            }
        };
        let fact = match reading.form {
            Form::Loop { .. } => {
                reading.subjects.first().and_then(|subject| self.situation.subject(*subject, &self.records))
            }
            Form::All
            | Form::Any
            | Form::AtLeast(_)
            | Form::Not
            | Form::Choice
            | Form::Define(_)
            | Form::Status(_)
            | Form::Leaf => None,
        };
        (fact.map(|fact| fact.id), label, because)
    }

    /// Whether its parts are not told apart in the text, as "done, and not after the last day" of a task.
    fn is_written_as_one(&self, reading: &Reading) -> bool {
        let readings = &self.situation.program().readings;
        let is_same = |part: &ReadingId| readings.get(part.0 as usize).is_some_and(|part| part.place == reading.place);
        matches!(reading.form, Form::All | Form::Not) && reading.parts.iter().all(is_same)
    }

    /// The parts that made the whole what it is.
    fn parts(&mut self, reading: &Reading, decides: impl Fn(Truth, Truth) -> bool) -> Vec<Reason> {
        let whole = match reading.meaning {
            Meaning::Truth(lit) => Some(self.cells.lit(self.situation.program(), lit)),
            Meaning::Value(_) => None,
        };
        let decided = reading.parts.iter().filter(|part| match (whole, self.truth(**part)) {
            (Some(whole), Some(part)) => decides(whole, part),
            (None, _) | (_, None) => true,
        });
        let decided: Vec<ReadingId> = decided.copied().collect();
        decided.into_iter().map(|part| self.reading(part)).collect()
    }

    /// A comparison: the facts and parameters that it looks at, then the lists and definitions in it.
    fn leaf(&mut self, reading: &Reading, text: &str) -> (Option<String>, Localized, Vec<Reason>) {
        // A definition or list in it shows its own facts.
        let below: Vec<Reason> = reading.parts.iter().map(|part| self.reading(*part)).collect();
        let is_list = |subject: &&Subject| matches!(subject, Subject::Fact(Operand::List(_)));
        let subjects = reading.subjects.iter().filter(|subject| below.is_empty() || !is_list(subject));
        let observed: Vec<_> = subjects.filter_map(|subject| self.situation.subject(*subject, &self.records)).collect();
        let only = match observed.as_slice() {
            [one] => Some(one),
            _ => None,
        };
        let mut facts = observed.iter().filter(|observed| !observed.is_set_parameter());
        let fact = facts.next().filter(|_| facts.next().is_none()).map(|one| one.id.clone());
        // A yes/no fact by its name says it all.
        let says_it_all = only.is_some_and(|one| is_named(&one.id, text)) && below.is_empty();
        let label = only.filter(|_| says_it_all).map(|one| one.label.clone()).unwrap_or_default();
        let looked_at = observed.into_iter().filter(|_| !says_it_all).map(|observed| {
            let is_fact = !observed.is_set_parameter();
            Reason {
                text: observed.id.clone(),
                label: observed.label,
                value: Finding::Answer(observed.value),
                fact: is_fact.then_some(observed.id),
                place: None,
                grounds: observed.grounds,
                because: Vec::new(),
            }
        });
        (fact, label, looked_at.chain(below).collect())
    }

    fn named_criterion(&mut self, rule: RuleIndex, index: u32) -> Vec<Reason> {
        let situation = self.situation;
        let Some(program) = situation.program().rules.get(rule.0 as usize) else { return Vec::new() };
        if let Some(criterion) = program.kind.criteria().get(index as usize) {
            return vec![self.criterion(criterion)];
        }
        let lines = program.deciding_lines();
        if lines.iter().all(|line| line.of != Some(index)) {
            // It is what the whole rule makes of it.
            return vec![self.rule(rule)];
        }
        let own = lines.iter().filter(|line| line.of.is_none_or(|of| of == index));
        own.map(|line| self.deciding_line(line)).collect()
    }

    /// A list, record by record: those that pass where one does, else those that could not be left out.
    fn records(
        &mut self,
        reading: &Reading,
        looped: LoopId,
        filter: Option<ReadingId>,
        body: Option<ReadingId>,
    ) -> Vec<Reason> {
        let situation = self.situation;
        let count = situation.moment.records(situation.bound, looped).min(RECORDS);
        let name = reading
            .subjects
            .first()
            .and_then(|subject| situation.subject(*subject, &self.records))
            .map_or(String::new(), |observed| observed.id);
        let mut shown = Vec::new();
        for record in 0..count {
            situation.moment.at_record(situation.bound, &mut self.cells, looped, record);
            self.records.push(record);
            let member = filter.and_then(|filter| self.truth(filter)).unwrap_or(Truth::True);
            let passes = body.and_then(|body| self.truth(body)).unwrap_or(Truth::True);
            if member != Truth::False {
                let mut because = Vec::new();
                because.extend(filter.filter(|_| member == Truth::Unknown).map(|filter| self.reading(filter)));
                because.extend(body.map(|body| self.reading(body)));
                shown.push((member.and(passes), self.record(&name, record, member.and(passes), because)));
            }
            self.records.pop();
        }
        let some = shown.iter().any(|(passes, _)| *passes == Truth::True);
        let is_some = matches!(reading.meaning, Meaning::Truth(lit) if !lit.negated) && is_yes_no(reading);
        let decides = |passes: Truth| !(is_some && some) || passes == Truth::True;
        shown.into_iter().filter(|(passes, _)| decides(*passes)).map(|(_, reason)| reason).collect()
    }

    fn record(&self, list: &str, record: u32, passes: Truth, because: Vec<Reason>) -> Reason {
        Reason {
            text: format!("{list}[{record}]"),
            label: Localized::default(),
            value: Finding::Answer(answer(passes)),
            fact: None,
            place: None,
            grounds: Vec::new(),
            because,
        }
    }
}

/// Whether a list is only asked for one record, so that those that pass say it all.
fn is_yes_no(reading: &Reading) -> bool {
    matches!(reading.meaning, Meaning::Truth(_))
}

fn is_named(id: &str, text: &str) -> bool {
    let last = id.rsplit('.').next().unwrap_or(id);
    text == id || (!text.contains(' ') && text.rsplit('.').next() == Some(last))
}

pub(super) fn answer(truth: Truth) -> Answer {
    match truth {
        Truth::True => Answer::Known(FactValue::Truth(true)),
        Truth::False => Answer::Known(FactValue::Truth(false)),
        Truth::Unknown => Answer::Unknown,
    }
}

/// INVARIANT: ids of a program are within it, so nobody sees this.
fn nothing() -> Reason {
    Reason {
        text: String::new(),
        label: Localized::default(),
        value: Finding::Answer(Answer::Unknown),
        fact: None,
        place: None,
        grounds: Vec::new(),
        because: Vec::new(),
    }
}
