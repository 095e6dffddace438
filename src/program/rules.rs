//! Rules of every kind but eligibilities and recommendations, as run: conditions whose truths make the status.

use super::{Condition, Criterion, Exception, Line, Lit, Recommendation, RuleKind, RuleProgram, Score, ValueId};
use crate::ground::Ground;
use crate::ir;
use crate::language::Localized;
use crate::source::Place;
use crate::status::RuleSort;

/// What every one of these rules has.
#[derive(Debug, Clone)]
pub(crate) struct Common {
    pub(crate) when: Option<Condition>,
    pub(crate) text: Localized,
    /// Never empty.
    pub(crate) grounds: Vec<Ground>,
}

#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub(crate) common: Common,
    /// One for each of those it is done for; else one.
    pub(crate) lines: Vec<TaskLine>,
    /// Never empty.
    pub(crate) done_grounds: Vec<Ground>,
    pub(crate) due_grounds: Vec<Ground>,
}

/// A task for one party.
#[derive(Debug, Clone)]
pub(crate) struct TaskLine {
    /// `None` where it is not done for each of several.
    pub(crate) party: Option<ir::PartyId>,
    /// What the party is called.
    pub(crate) name: Option<LineName>,
    pub(crate) done: Condition,
    pub(crate) done_place: Place,
    /// `None` where nothing says on which day it was done, or there is no last day.
    pub(crate) in_time: Option<Condition>,
    pub(crate) deadline: Option<Deadline>,
}

/// The last day of a task.
#[derive(Debug, Clone)]
pub(crate) struct Deadline {
    /// It has passed.
    pub(crate) overdue: Condition,
    pub(crate) due: ValueId,
    pub(crate) place: Place,
}

impl TaskLine {
    /// Its conditions, as lines; `of` is its place among those of the task.
    fn lines<'t>(&'t self, of: u32, task: &'t Task) -> Vec<DecidingLine<'t>> {
        let line = |text: &str, sv: &str, en: &str, condition: Condition, grounds: &'t [Ground], place: Place| {
            let name = LineName::new(text, sv, en);
            let name = self.name.as_ref().map_or(name.clone(), |party| name.of(party));
            DecidingLine { name, condition, grounds, place, of: Some(of), told: Told::Always }
        };
        let done = std::iter::once(line("done", "Gjort", "Done", self.done, &task.done_grounds, self.done_place));
        let in_time = self.in_time.zip(self.deadline.as_ref()).map(|(in_time, deadline)| {
            line("done in time", "Gjort i tid", "Done in time", in_time, &task.due_grounds, deadline.place)
        });
        let overdue = self.deadline.as_ref().map(|deadline| {
            let words = ("overdue", "Sista dagen har passerat", "The last day has passed");
            line(words.0, words.1, words.2, deadline.overdue, &task.due_grounds, deadline.place)
        });
        done.chain(in_time).chain(overdue).collect()
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Proposal {
    pub(crate) common: Common,
    pub(crate) options: Vec<ir::ProposalOption>,
    pub(crate) choice: ir::Choice,
    pub(crate) rows: Vec<ProposalRow>,
    /// The option where no row holds.
    pub(crate) otherwise: Option<u32>,
    pub(crate) decided_by: Localized,
}

#[derive(Debug, Clone)]
pub(crate) struct ProposalRow {
    /// Its place among the options.
    pub(crate) option: u32,
    pub(crate) line: Line,
}

impl Proposal {
    /// `when`, then the rows by the names of their options.
    fn lines(&self, place: Place) -> Vec<DecidingLine<'_>> {
        let mut lines = self.common.lines(place);
        lines.extend(self.rows.iter().filter_map(|row| {
            let option = self.options.get(row.option as usize)?;
            Some(DecidingLine {
                name: LineName { text: option.name.clone(), label: option.label.clone() },
                condition: row.line.condition,
                grounds: &row.line.grounds,
                place: row.line.place,
                of: None,
                told: Told::Always,
            })
        }));
        lines
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Indicator {
    pub(crate) common: Common,
    pub(crate) counted: Condition,
    pub(crate) of_them: Option<Condition>,
    pub(crate) lists_others: bool,
    pub(crate) groups: Vec<IndicatorGroup>,
    pub(crate) compare: Option<(u32, u32)>,
    pub(crate) kept: Option<ir::Kept>,
    pub(crate) caution: Localized,
}

/// Those counted whose code is in the group.
#[derive(Debug, Clone)]
pub(crate) struct IndicatorGroup {
    pub(crate) name: Box<str>,
    pub(crate) counted: Condition,
}

impl Indicator {
    fn lines(&self, place: Place) -> Vec<DecidingLine<'_>> {
        let mut lines = self.common.lines(place);
        let line = |name: LineName, condition: Condition| DecidingLine {
            name,
            condition,
            grounds: &self.common.grounds,
            place,
            of: None,
            told: Told::Always,
        };
        lines.push(line(LineName::new("count", "Räknas", "Counted"), self.counted));
        let of_them = LineName::new("of them", "En av dem", "One of them");
        lines.extend(self.of_them.map(|condition| line(of_them, condition)));
        lines
    }
}

/// What a line of a rule is called, as written and for people.
#[derive(Debug, Clone)]
pub(crate) struct LineName {
    pub(crate) text: Box<str>,
    pub(crate) label: Localized,
}

impl LineName {
    pub(crate) fn new(text: &str, sv: &str, en: &str) -> LineName {
        LineName { text: text.into(), label: Localized { sv: Some(sv.into()), en: Some(en.into()) } }
    }

    /// `adhd: starts too late after dependence`; the words as in a rule file, in Swedish, in English.
    pub(super) fn relation(subject: &LineName, [text, sv, en]: [&str; 3], object: &LineName) -> LineName {
        let in_sv = object.label.sv.as_ref().unwrap_or(&object.text);
        let in_en = object.label.en.as_ref().unwrap_or(&object.text);
        let words = [format!("{text} {}", object.text), format!("{sv} {in_sv}"), format!("{en} {in_en}")];
        let [text, sv, en] = words;
        LineName::new(&text, &sv, &en).of(subject)
    }

    /// The same of something that has a name itself: `patient: done`.
    pub(super) fn of(self, owner: &LineName) -> LineName {
        let both = |own: Option<Box<str>>, of: &Option<Box<str>>| {
            Some(format!("{}: {}", of.as_ref().unwrap_or(&owner.text), own?).into())
        };
        LineName {
            text: format!("{}: {}", owner.text, self.text).into(),
            label: Localized { sv: both(self.label.sv, &owner.label.sv), en: both(self.label.en, &owner.label.en) },
        }
    }
}

/// One condition of a rule that bears on its status, for whoever explains it.
#[derive(Debug, Clone)]
pub(crate) struct DecidingLine<'a> {
    pub(crate) name: LineName,
    pub(crate) condition: Condition,
    pub(crate) grounds: &'a [Ground],
    pub(crate) place: Place,
    /// The party or track that it is about, by its place; `None` where it is about all of them.
    pub(crate) of: Option<u32>,
    pub(crate) told: Told,
}

/// Whether a reason names a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Always,
    /// Where this condition holds or may hold.
    With(Lit),
}

impl Common {
    /// `when`, as a line.
    pub(super) fn lines(&self, place: Place) -> Vec<DecidingLine<'_>> {
        let name = || LineName::new("when", "Gäller när", "Applies when");
        let line = |when: &Condition| DecidingLine {
            name: name(),
            condition: *when,
            grounds: &self.grounds,
            place,
            of: None,
            told: Told::Always,
        };
        self.when.iter().map(line).collect()
    }
}

impl Score {
    /// When it applies, then its bands; without bands whether its total is known.
    fn lines(&self, place: Place) -> Vec<DecidingLine<'_>> {
        let mut lines = self.common.lines(place);
        let grounds = &self.common.grounds;
        if self.bands.is_empty() {
            let name = LineName::new("total", "Summa", "Total");
            lines.push(DecidingLine { name, condition: self.settled, grounds, place, of: None, told: Told::Always });
        }
        lines.extend(self.bands.iter().map(|band| DecidingLine {
            name: LineName { text: band.name.clone(), label: band.label.clone() },
            condition: band.condition,
            grounds: &band.grounds,
            place: band.place,
            of: None,
            told: Told::Always,
        }));
        lines
    }
}

impl RuleKind {
    pub(crate) fn sort(&self) -> RuleSort {
        match self {
            RuleKind::Eligibility { .. } => RuleSort::Eligibility,
            RuleKind::Checklist { .. } => RuleSort::Checklist,
            RuleKind::Task(_) => RuleSort::Task,
            RuleKind::Recommendation(_) => RuleSort::Recommendation,
            RuleKind::Parallel(_) => RuleSort::Parallel,
            RuleKind::Schedule(_) => RuleSort::Schedule,
            RuleKind::Score(_) => RuleSort::Score,
            RuleKind::Proposal(_) => RuleSort::Proposal,
            RuleKind::Indicator(_) => RuleSort::Indicator,
        }
    }

    /// The lines of an eligibility or checklist.
    pub(crate) fn criteria(&self) -> &[Criterion] {
        match self {
            RuleKind::Eligibility { criteria, .. } | RuleKind::Checklist { criteria, .. } => criteria,
            RuleKind::Task(_)
            | RuleKind::Recommendation(_)
            | RuleKind::Parallel(_)
            | RuleKind::Schedule(_)
            | RuleKind::Score(_)
            | RuleKind::Proposal(_)
            | RuleKind::Indicator(_) => &[],
        }
    }
}

impl RuleProgram {
    /// `eligibility.laro`
    pub(crate) fn full_name(&self) -> String {
        self.kind.sort().full_name(&self.name)
    }

    /// The conditions of a rule that is neither an eligibility, a checklist nor a recommendation, in the order written.
    /// Those have lines of their own and give none here.
    pub(crate) fn deciding_lines(&self) -> Vec<DecidingLine<'_>> {
        let place = self.place;
        match &self.kind {
            RuleKind::Eligibility { .. } | RuleKind::Checklist { .. } | RuleKind::Recommendation(_) => Vec::new(),
            RuleKind::Task(task) => {
                let lines = task.lines.iter().zip(0..).flat_map(|(line, of)| line.lines(of, task));
                task.common.lines(place).into_iter().chain(lines).collect()
            }
            RuleKind::Parallel(parallel) => parallel.lines(place),
            RuleKind::Schedule(schedule) => {
                let mut lines = schedule.common.lines(place);
                let (name, grounds) = (super::Schedule::dates_name(), &*schedule.grounds);
                let (of, told) = (None, Told::Always);
                lines.push(DecidingLine { name, condition: schedule.dates, grounds, place, of, told });
                lines
            }
            RuleKind::Score(score) => score.lines(place),
            RuleKind::Proposal(proposal) => proposal.lines(place),
            RuleKind::Indicator(indicator) => indicator.lines(place),
        }
    }

    /// The values that belong to the rule and to no condition of it: a due day, a total. The evaluator keeps them.
    pub(crate) fn values(&self) -> Vec<ValueId> {
        match &self.kind {
            RuleKind::Eligibility { .. }
            | RuleKind::Checklist { .. }
            | RuleKind::Recommendation(_)
            | RuleKind::Schedule(_)
            | RuleKind::Proposal(_)
            | RuleKind::Indicator(_) => Vec::new(),
            // Last days are told, too.
            RuleKind::Task(task) => task.lines.iter().filter_map(|line| Some(line.deadline.as_ref()?.due)).collect(),
            RuleKind::Parallel(parallel) => parallel.tracks.iter().map(|track| track.due).collect(),
            RuleKind::Score(score) => {
                std::iter::once(score.total).chain(score.items.iter().map(|item| item.points)).collect()
            }
        }
    }

    /// The conditions that decide a line of it: a criterion, or a task for one party.
    pub(crate) fn deciding_of_line(&self, index: u32) -> Vec<Condition> {
        match self.kind.criteria().get(index as usize) {
            Some(criterion) => {
                let exceptions = criterion.exceptions.iter().map(|exception| exception.condition);
                std::iter::once(criterion.condition).chain(exceptions).collect()
            }
            None => {
                let lines = self.deciding_lines().into_iter();
                lines.filter(|line| line.of.is_none_or(|of| of == index)).map(|line| line.condition).collect()
            }
        }
    }

    /// What settles its status: the conditions that decide it, and of a score whether it applies, which is no line of its own.
    pub(crate) fn settled_by(&self) -> Vec<Lit> {
        let mut lits: Vec<Lit> = self.deciding().into_iter().map(|condition| condition.lit).collect();
        if let RuleKind::Score(score) = &self.kind {
            lits.push(score.applies);
        }
        lits
    }

    /// All its conditions, in the order written, for whoever must go through them all.
    pub(crate) fn conditions(&self) -> Vec<Condition> {
        self.conditions_of(|_| true)
    }

    /// Those that decide its status: `expect` lines do not.
    pub(crate) fn deciding(&self) -> Vec<Condition> {
        self.conditions_of(|criterion| criterion.modality == ir::Modality::Require)
    }

    fn conditions_of(&self, wanted: impl Fn(&Criterion) -> bool) -> Vec<Condition> {
        match &self.kind {
            RuleKind::Eligibility { when, criteria } | RuleKind::Checklist { when, criteria, .. } => {
                let exceptions = |criterion: &Criterion| -> Vec<Condition> {
                    criterion.exceptions.iter().map(|exception: &Exception| exception.condition).collect()
                };
                let lines = criteria
                    .iter()
                    .filter(|criterion| wanted(criterion))
                    .flat_map(|criterion| std::iter::once(criterion.condition).chain(exceptions(criterion)));
                when.iter().copied().chain(lines).collect()
            }
            RuleKind::Recommendation(recommendation) => {
                let Recommendation { strengths, not_needed, advise_against, .. } = recommendation;
                let lines = strengths.iter().map(|strength| &strength.line).chain(not_needed).chain(advise_against);
                lines.map(|line: &Line| line.condition).collect()
            }
            RuleKind::Task(_)
            | RuleKind::Parallel(_)
            | RuleKind::Schedule(_)
            | RuleKind::Score(_)
            | RuleKind::Proposal(_)
            | RuleKind::Indicator(_) => self.deciding_lines().into_iter().map(|line| line.condition).collect(),
        }
    }
}
