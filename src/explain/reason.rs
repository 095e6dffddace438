//! The tree of conditions that decided a rule, read from the cells; what made no difference is left out.

use super::view::{About, Found, NO_LABEL, Node, Open, Why, Words};
use crate::eval::Cells;
use crate::ground::Ground;
use crate::language::Localized;
use crate::outcome::{CriterionStatus, EligibilityStatus, RuleStatus, Situation, ThingName};
use crate::program::{
    Common, Condition, Criterion, DecidingLine, Form, Line, LoopId, Meaning, Modality, Operand, Program, Reading,
    ReadingId, Recommendation, RuleIndex, RuleKind, RuleProgram, Step, Subject, Target, Told, Type, ValueId,
};
use crate::source::Place;
use crate::status::ChecklistStatus;
use crate::value::{FaultKind, Truth};
use std::borrow::Cow;

/// At most so many records of one list are shown.
const RECORDS: u32 = 100;
/// A tree goes at most so deep and has at most so many conditions; below that a condition stands without its reasons.
/// Definitions that name each other can make a tree that is deeper than any stack, or larger than any memory.
const DEEPEST: u32 = 60;
const LARGEST: u32 = 20_000;

pub(super) fn reason<'a>(situation: &'a Situation<'a>, rule: RuleIndex) -> Why<'a> {
    Walk::new(situation).why(rule)
}

/// The same from the cells of an evaluation for many patients, in which values that no condition needs are not worked out:
/// for a rule of one line those below it are, for others all that there is.
pub(super) fn reason_from_trace<'a>(situation: &'a Situation<'a>, rule: RuleIndex) -> Why<'a> {
    let program = situation.program();
    let has_one_line = program.rules.get(rule.0 as usize).is_some_and(|rule| rule.kind.single_line().is_some());
    let steps = || {
        let reach = crate::outcome::reach::of_rule(program, rule);
        let is_wanted = |step: &&Step| matches!(step, Step::Value(id) if reach.values.contains(id));
        let steps = || program.layout.all_steps.iter().filter(is_wanted).copied().collect();
        (has_one_line && reach.plans.is_empty()).then(steps)
    };
    let steps = program.value_steps.at(rule.0 as usize, program.rules.len(), steps).and_then(Option::as_ref);
    let mut walk = Walk::new(situation);
    match steps.map(|steps| &**steps) {
        Some([]) => {}
        Some(steps) => situation.moment.run(steps, situation.bound, walk.cells.to_mut()),
        None => situation.moment.evaluate_every_step(situation.bound, walk.cells.to_mut()),
    }
    walk.why(rule)
}

pub(super) struct Walk<'a> {
    pub(super) situation: &'a Situation<'a>,
    /// Its own where quantifiers are done again record by record.
    pub(super) cells: Cow<'a, Cells>,
    /// The lists around the condition at hand, outermost first, each with the record that it is about.
    around: Vec<(LoopId, u32)>,
    /// How many conditions are around the one at hand.
    depth: u32,
    /// How many conditions there are so far.
    size: u32,
    /// What was found so far.
    pub(super) why: Why<'a>,
}

/// What is shown of a line of a rule.
struct Named<'a> {
    name: Words<'a>,
    label: Cow<'a, Localized>,
    grounds: &'a [Ground],
    place: Place,
}

/// What a line of a recommendation is called, as written and for people.
#[derive(Clone, Copy)]
enum LineOf {
    When,
    AdviseAgainst,
    NotNeeded,
}

impl LineOf {
    const ALL: [LineOf; 3] = [LineOf::When, LineOf::AdviseAgainst, LineOf::NotNeeded];

    /// As written, in Swedish, in English.
    fn words(self) -> [&'static str; 3] {
        match self {
            LineOf::When => ["when", "Gäller när", "Applies when"],
            LineOf::AdviseAgainst => ["advise against if", "Avråds om", "Advised against if"],
            LineOf::NotNeeded => ["not needed if", "Behövs inte om", "Not needed if"],
        }
    }

    /// Kept with the program.
    fn label(self, program: &Program) -> &Localized {
        let [_, sv, en] = self.words();
        let make = || Localized { sv: Some(sv.into()), en: Some(en.into()) };
        program.line_labels.at(self as usize, LineOf::ALL.len(), make).unwrap_or(&NO_LABEL)
    }
}

impl<'a> Walk<'a> {
    fn new(situation: &'a Situation<'a>) -> Walk<'a> {
        Walk {
            situation,
            cells: Cow::Borrowed(situation.cells),
            around: Vec::new(),
            depth: 0,
            size: 0,
            why: Why::new(),
        }
    }

    fn why(mut self, index: RuleIndex) -> Why<'a> {
        self.rule(index);
        self.why
    }

    fn rule(&mut self, index: RuleIndex) {
        let situation = self.situation;
        let status = Situation::status(&self.cells, index);
        let Some(rule) = situation.program().rules.get(index.0 as usize) else { return };
        let text = self.why.say(&rule.full_name());
        let open = self.why.open(Node {
            label: Cow::Borrowed(&rule.label),
            place: situation.spot(rule.place),
            ..Node::new(text, Found::Rule(status))
        });
        self.deeper(|walk| match &rule.kind {
            RuleKind::Eligibility { when, criteria } | RuleKind::Checklist { when, criteria, .. } => {
                walk.eligibility(when.as_ref(), criteria, status);
            }
            RuleKind::Recommendation(advice) => walk.advice(advice),
            RuleKind::Score(score) => walk.score(rule, score),
            RuleKind::Task(task) => walk.lines(rule, &task.common),
            RuleKind::Parallel(parallel) => walk.lines(rule, &parallel.common),
            RuleKind::Schedule(schedule) => walk.lines(rule, &schedule.common),
            RuleKind::Proposal(proposal) => walk.lines(rule, &proposal.common),
            RuleKind::Indicator(indicator) => walk.lines(rule, &indicator.common),
        });
        self.why.close(open);
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

    fn eligibility(&mut self, when: Option<&Condition>, criteria: &'a [Criterion], status: RuleStatus) {
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
        // That it applies goes without saying.
        if let Some(when) = when.filter(|when| self.lit(when) != Truth::True) {
            self.reading(when.reading);
        }
        let required = criteria.iter().filter(|criterion| criterion.modality == Modality::Require);
        for criterion in required {
            if wanted(Situation::criterion(&self.cells, criterion.cell)) {
                self.criterion(criterion);
            }
        }
    }

    fn criterion(&mut self, criterion: &'a Criterion) {
        let found = Found::Criterion(Situation::criterion(&self.cells, criterion.cell));
        let open = self.why.open(Node {
            label: Cow::Borrowed(&criterion.label),
            place: self.situation.spot(criterion.place),
            grounds: &criterion.grounds,
            ..Node::new(Words::Lent(&criterion.name), found)
        });
        self.reading(criterion.condition.reading);
        if self.lit(&criterion.condition) != Truth::True {
            for exception in &criterion.exceptions {
                let named = Named {
                    name: Words::Lent(&exception.name),
                    label: Cow::Borrowed(&exception.label),
                    grounds: &exception.grounds,
                    place: exception.place,
                };
                self.named(named, exception.condition);
            }
        }
        self.why.close(open);
    }

    /// The lines that hold or are not known; where it does not apply since none of its own does, those: what speaks against
    /// it or makes it needless was not asked.
    fn advice(&mut self, advice: &'a Recommendation) {
        let when = advice.strengths.iter().map(|strength| (LineOf::When, &strength.line));
        let others = advice.advise_against.iter().map(|line| (LineOf::AdviseAgainst, line));
        let others = others.chain(advice.not_needed.iter().map(|line| (LineOf::NotNeeded, line)));
        let holds_or_may = |walk: &Self, line: &Line| walk.lit(&line.condition) != Truth::False;
        let may_apply = when.clone().any(|(_, line)| holds_or_may(self, line));
        for (of, line) in when.chain(others) {
            let is_told = match of {
                LineOf::When => !may_apply || holds_or_may(self, line),
                LineOf::AdviseAgainst | LineOf::NotNeeded => may_apply && holds_or_may(self, line),
            };
            if is_told {
                let [name, ..] = of.words();
                let (name, label) = (Words::Lent(name), Cow::Borrowed(of.label(self.situation.program())));
                self.named(Named { name, label, grounds: &line.grounds, place: line.place }, line.condition);
            }
        }
    }

    /// All lines of a rule of another kind, with what each came to; of one that does not apply its `when`, which comes first.
    fn lines(&mut self, rule: &'a RuleProgram, common: &Common) {
        let applies = common.when.as_ref().map_or(Truth::True, |when| self.lit(when));
        let told = if applies == Truth::False { 1 } else { usize::MAX };
        for line in rule.deciding_lines().into_iter().take(told) {
            let is_told = match line.told {
                Told::Always => true,
                Told::With(lit) => self.cells.lit(self.situation.program(), lit) != Truth::False,
            };
            if is_told {
                self.deciding_line(line);
            }
        }
    }

    /// A line whose condition is the whole of it shows at once what decided that.
    fn deciding_line(&mut self, line: DecidingLine<'a>) {
        let (condition, place) = (line.condition, line.place);
        let (name, label) = (self.why.say(&line.name.text), Cow::Owned(line.name.label));
        let named = Named { name, label, grounds: line.grounds, place };
        match self.situation.program().readings.get(condition.reading.0 as usize) {
            Some(reading) if reading.place == place => {
                let open = self.open(named, condition);
                let first = self.why.next();
                let About { fact, label } = self.below(condition.reading);
                if label.is_some() && self.why.next() == first {
                    // The line's name says nothing of the fact that it is.
                    self.reading(condition.reading);
                }
                self.why.close_about(open, About { fact, label: None });
            }
            Some(_) | None => self.named(named, condition),
        }
    }

    fn named(&mut self, named: Named<'a>, condition: Condition) {
        let open = self.open(named, condition);
        self.reading(condition.reading);
        self.why.close(open);
    }

    fn open(&mut self, named: Named<'a>, condition: Condition) -> Open {
        let Named { name, label, grounds, place } = named;
        let place = self.situation.spot(place);
        self.why.open(Node { label, place, grounds, ..Node::new(name, Found::Truth(self.lit(&condition))) })
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

    pub(super) fn reading(&mut self, id: ReadingId) {
        let situation = self.situation;
        // INVARIANT: ids of a program are within it.
        let Some(reading) = situation.program().readings.get(id.0 as usize) else { return };
        let found = match reading.meaning {
            Meaning::Truth(lit) => Found::Truth(self.cells.lit(situation.program(), lit)),
            Meaning::Value(value) => self.value(&reading.ty, value),
        };
        let (text, place) = (Words::Lent(situation.reading_text(id, reading)), situation.spot(reading.place));
        let open = self.why.open(Node { place, ..Node::new(text, found) });
        let about = self.below(id);
        self.why.close_about(open, about);
    }

    /// What decided a condition.
    pub(super) fn below(&mut self, id: ReadingId) -> About<'a> {
        let reading = self.situation.program().readings.get(id.0 as usize);
        reading.map_or_else(About::default, |reading| self.deeper(|walk| walk.decided(id, reading)))
    }

    pub(super) fn value(&self, ty: &Type, value: ValueId) -> Found<'a> {
        let Situation { bound, .. } = self.situation;
        let answer = crate::outcome::answer(self.situation.program(), bound, ty, self.cells.value(value));
        Found::Answer(Box::new(answer))
    }

    fn decided(&mut self, id: ReadingId, reading: &'a Reading) -> About<'a> {
        if self.is_written_as_one(reading) {
            let first = self.why.next();
            for part in &reading.parts {
                let new = self.why.next();
                self.below(*part);
                self.why.without_doubles(first, new);
            }
            return About::default();
        }
        match &reading.form {
            Form::All => self.parts(reading, |whole, part| whole == Truth::True || part == whole),
            Form::Any => self.parts(reading, |whole, part| whole == Truth::False || part == whole),
            Form::AtLeast(_) => self.parts(reading, |whole, part| match whole {
                Truth::True => part == Truth::True,
                Truth::False => part != Truth::True,
                Truth::Unknown => part == Truth::Unknown,
            }),
            Form::Not | Form::Choice => self.parts(reading, |_, _| true),
            Form::Define(name) => {
                self.parts(reading, |_, _| true);
                return About { fact: None, label: self.situation.program().define_labels.get(name) };
            }
            Form::Status(Target::Rule(rule)) => self.rule(*rule),
            Form::Status(Target::Criterion(rule, index)) => self.named_criterion(*rule, *index),
            Form::Loop { looped, filter, body } => return self.list(reading, *looped, *filter, *body),
            Form::Leaf => return self.leaf(id, reading),
        }
        About::default()
    }

    /// Whether its parts are not told apart in the text, as "done, and not after the last day" of a task.
    fn is_written_as_one(&self, reading: &Reading) -> bool {
        let readings = &self.situation.program().readings;
        let is_same = |part: &ReadingId| readings.get(part.0 as usize).is_some_and(|part| part.place == reading.place);
        matches!(reading.form, Form::All | Form::Not) && reading.parts.iter().all(is_same)
    }

    /// The parts that made the whole what it is.
    fn parts(&mut self, reading: &'a Reading, decides: impl Fn(Truth, Truth) -> bool) {
        let whole = match reading.meaning {
            Meaning::Truth(lit) => Some(self.cells.lit(self.situation.program(), lit)),
            Meaning::Value(_) => None,
        };
        for part in &reading.parts {
            let decided = match (whole, self.truth(*part)) {
                (Some(whole), Some(part)) => decides(whole, part),
                (None, _) | (_, None) => true,
            };
            if decided {
                self.reading(*part);
            }
        }
    }

    /// A comparison: the facts and parameters that it looks at, then the lists and definitions in it.
    fn leaf(&mut self, id: ReadingId, reading: &'a Reading) -> About<'a> {
        let situation = self.situation;
        // A definition or list in it shows its own facts.
        let is_whole = reading.parts.is_empty();
        let is_list = |subject: &Subject| matches!(subject, Subject::Fact(Operand::List(_)));
        let records = self.records();
        let subjects = reading.subjects.iter().filter(|subject| is_whole || !is_list(subject));
        let mut seen = subjects.filter_map(|subject| situation.subject(*subject, &records)).fuse();
        let (first, second) = (seen.next(), seen.next());
        // A yes/no fact by its name says it all.
        if let (Some(only), None) = (&first, &second)
            && is_whole
            && is_named(only.id, situation.reading_text(id, reading))
        {
            let fact = (!only.is_set_parameter()).then(|| self.why.name(only.id));
            return About { fact, label: Some(only.label) };
        }
        let (mut facts, mut last) = (0, None);
        for seen in first.into_iter().chain(second).chain(seen) {
            let text = self.why.name(seen.id);
            let fact = (!seen.is_set_parameter()).then_some(text);
            facts += u32::from(fact.is_some());
            last = fact.or(last);
            let (label, grounds) = (Cow::Borrowed(seen.label), seen.grounds);
            let open = self.why.open(Node { label, grounds, ..Node::new(text, Found::Known(seen.value)) });
            self.why.close_about(open, About { fact, label: None });
        }
        for part in &reading.parts {
            self.reading(*part);
        }
        About { fact: last.filter(|_| facts == 1), label: None }
    }

    fn named_criterion(&mut self, rule: RuleIndex, index: u32) {
        let situation = self.situation;
        let Some(program) = situation.program().rules.get(rule.0 as usize) else { return };
        if let Some(criterion) = program.kind.criteria().get(index as usize) {
            return self.criterion(criterion);
        }
        let lines = program.deciding_lines();
        if lines.iter().all(|line| line.of != Some(index)) {
            // It is what the whole rule makes of it.
            return self.rule(rule);
        }
        for line in lines.into_iter().filter(|line| line.of.is_none_or(|of| of == index)) {
            self.deciding_line(line);
        }
    }

    /// The records that the condition at hand is about, outermost first.
    fn records(&self) -> Vec<u32> {
        self.around.iter().map(|(_, record)| *record).collect()
    }

    /// A list, record by record: those that pass where one does, else those that could not be left out.
    fn list(
        &mut self,
        reading: &'a Reading,
        looped: LoopId,
        filter: Option<ReadingId>,
        body: Option<ReadingId>,
    ) -> About<'a> {
        let situation = self.situation;
        let list = reading.subjects.first().and_then(|subject| situation.subject(*subject, &self.records()));
        let list = list.map(|list| list.id);
        let is_some = matches!(reading.meaning, Meaning::Truth(lit) if !lit.negated);
        let holds =
            matches!(reading.meaning, Meaning::Truth(lit) if self.cells.lit(situation.program(), lit) == Truth::True);
        let fact = list.map(|list| self.why.name(list));
        // What was too much to look at is not looked at again.
        if situation.cells.faults().iter().any(|(_, kind)| *kind == FaultKind::WorkLimit) {
            return About { fact, label: None };
        }
        // A definition or rule with a list of its own may stand inside another list: its records are not inside that one's.
        let depth = situation.program().loops.get(looped.0 as usize).map_or(0, |looped| usize::from(looped.depth));
        let outer = self.around.clone();
        self.around.truncate(depth);
        // Where one that passes is enough, the others need no reason.
        let asked = Asked { looped, list, filter, body };
        let first = self.why.next();
        let is_shown = is_some && holds && self.each_record(asked, Shown::Passing);
        if !is_shown && self.each_record(asked, Shown::All) && is_some {
            self.why.forget(first);
            self.each_record(asked, Shown::Passing);
        }
        self.around = outer;
        self.go_back();
        About { fact, label: None }
    }

    /// Goes to the records that the condition at hand is about: what they have in common with other lists was about those.
    fn go_back(&mut self) {
        let (Situation { moment, bound, .. }, records) = (self.situation, self.records());
        for ((looped, _), count) in self.around.iter().zip(1..) {
            moment.at_records(bound, self.cells.to_mut(), *looped, records.get(..count).unwrap_or_default());
        }
    }

    /// Shows records; whether one passes.
    fn each_record(&mut self, asked: Asked<'a>, shown: Shown) -> bool {
        let situation = self.situation;
        let (mut passes_one, mut left) = (false, RECORDS);
        for record in 0..situation.moment.records(situation.bound, asked.looped) {
            if left == 0 {
                break;
            }
            self.around.push((asked.looped, record));
            let (member, passes) = self.at(&asked);
            passes_one |= passes == Truth::True;
            let is_shown = match shown {
                Shown::All => member != Truth::False,
                Shown::Passing => passes == Truth::True,
            };
            if is_shown {
                left -= 1;
                self.record(&asked, record, member, passes);
            }
            self.around.pop();
        }
        passes_one
    }

    fn record(&mut self, asked: &Asked<'a>, record: u32, member: Truth, passes: Truth) {
        let text = match asked.list {
            Some(list) => self.why.name(ThingName { record: Some(record), ..list }),
            None => self.why.say(&format!("[{record}]")),
        };
        let open = self.why.open(Node::new(text, Found::Truth(passes)));
        if let Some(filter) = asked.filter.filter(|_| member == Truth::Unknown) {
            self.reading(filter);
        }
        if let Some(body) = asked.body {
            self.reading(body);
        }
        self.why.close(open);
    }

    /// Goes to the innermost record: whether it is asked about, and whether it passes.
    fn at(&mut self, asked: &Asked<'_>) -> (Truth, Truth) {
        let Situation { moment, bound, .. } = self.situation;
        let records = self.records();
        moment.at_records(bound, self.cells.to_mut(), asked.looped, &records);
        let member = asked.filter.and_then(|filter| self.truth(filter)).unwrap_or(Truth::True);
        let passes = asked.body.and_then(|body| self.truth(body)).unwrap_or(Truth::True);
        (member, member.and(passes))
    }
}

/// What is asked of the records of a list.
#[derive(Clone, Copy)]
struct Asked<'a> {
    looped: LoopId,
    list: Option<ThingName<'a>>,
    filter: Option<ReadingId>,
    body: Option<ReadingId>,
}

/// Which records are shown.
#[derive(Clone, Copy)]
enum Shown {
    /// Those that could not be left out.
    All,
    Passing,
}

fn is_named(id: ThingName<'_>, text: &str) -> bool {
    let last = id.field.unwrap_or(id.fact);
    !text.contains(' ') && text.rsplit('.').next() == Some(last)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is the failure report")]
mod tests;
