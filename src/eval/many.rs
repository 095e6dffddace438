//! Many patients on one date: of every rule and status the patients, 64 to a word.

use super::Evaluator;
use super::cells::Cells;
use super::columns::Columns;
use super::moment::Moment;
use crate::program::RuleKind;
use crate::status::{
    AdviceStatus, ChecklistStatus, EligibilityStatus, IndicatorStatus, ParallelStatus, ProposalStatus, RuleStatus,
    ScheduleStatus, ScoreStatus, TaskStatus,
};
use crate::value::Date;

/// Words of patients that are worked on together.
pub(super) const WORDS: usize = 4;
/// Patients that are worked on together.
pub(super) const CHUNK: usize = WORDS * 64;

/// A set of the patients of a chunk, by its place among the sets.
type Plane = u32;

/// A program on one date, for batches of patients.
#[derive(Debug, Clone)]
pub(crate) struct Many<'a> {
    moment: Moment<'a>,
    /// By place in `Program::own_rules`.
    rules: Vec<RuleSets>,
    /// How many sets a chunk has.
    planes: usize,
}

/// The sets of one rule.
#[derive(Debug, Clone)]
struct RuleSets {
    /// Disjoint. Statuses that the rule may come to, in the order that [`statuses`] has them.
    sets: Vec<(RuleStatus, Plane)>,
    /// The status of everybody else.
    otherwise: RuleStatus,
}

/// What a batch came to. Used again, it allocates nothing for a batch of the same size.
#[derive(Clone, Default)]
pub(crate) struct Planes {
    patients: usize,
    /// Chunk by chunk, set by set, [`WORDS`] words each.
    words: Vec<u64>,
}

/// Says how many there are, never what.
impl std::fmt::Debug for Planes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Planes({} patients)", self.patients)
    }
}

impl Evaluator {
    /// Prepares for batches on one date.
    pub(crate) fn many(&self, today: Date) -> Many<'_> {
        let program = &*self.program;
        let mut planes = 0;
        let rules = program.own_rules.iter().map(|rule| {
            let (otherwise, others) = statuses(&program.rules[*rule as usize].kind);
            let first = planes as u32;
            planes += others.len();
            RuleSets { sets: others.into_iter().zip(first..).collect(), otherwise }
        });
        let rules = rules.collect();
        Many { moment: self.on(today), rules, planes }
    }
}

impl Many<'_> {
    /// Evaluates a batch.
    pub(crate) fn evaluate(&self, columns: &Columns, planes: &mut Planes) {
        let chunk = self.chunk_words();
        planes.patients = columns.patients();
        planes.words.clear();
        planes.words.resize(columns.patients().div_ceil(CHUNK) * chunk, 0);
        let mut cells = Cells::default();
        let mut place = columns.place();
        for (words, first) in planes.words.chunks_exact_mut(chunk.max(1)).zip((0..).step_by(CHUNK)) {
            for patient in first..columns.patients().min(first + CHUNK) {
                columns.load(patient, &mut place);
                self.moment.evaluate(&place, &mut cells);
                self.note(&cells, patient - first, words);
            }
        }
    }

    /// The date.
    pub(crate) fn today(&self) -> Date {
        self.moment.today()
    }

    fn chunk_words(&self) -> usize {
        self.planes * WORDS
    }

    fn note(&self, cells: &Cells, patient: usize, words: &mut [u64]) {
        for (rule, own) in self.rules.iter().zip(&self.moment.program().own_rules) {
            let status = cells.rule(*own as usize);
            if let Some((_, plane)) = rule.sets.iter().find(|(of, _)| *of == status) {
                words[*plane as usize * WORDS + patient / 64] |= 1 << (patient % 64);
            }
        }
    }

    /// The status of one of the guideline's own rules for one patient; `None` past the last.
    pub(crate) fn status(&self, planes: &Planes, rule: usize, patient: usize) -> Option<RuleStatus> {
        let rule = self.rules.get(rule)?;
        if patient >= planes.patients {
            return None;
        }
        let chunk = patient / CHUNK * self.chunk_words();
        let word = patient % CHUNK / 64;
        let is_in = |plane: Plane| planes.words[chunk + plane as usize * WORDS + word] >> (patient % 64) & 1 == 1;
        let found = rule.sets.iter().find(|(_, plane)| is_in(*plane));
        Some(found.map_or(rule.otherwise, |(status, _)| *status))
    }

    /// How many patients one of the guideline's own rules came to each of its statuses for; none past the last rule.
    pub(crate) fn counts(&self, planes: &Planes, rule: usize) -> Vec<(RuleStatus, usize)> {
        let Some(rule) = self.rules.get(rule) else { return Vec::new() };
        let count = |plane: Plane| {
            let chunks = planes.words.chunks_exact(self.chunk_words().max(1)).enumerate();
            let words = chunks.flat_map(|(chunk, words)| {
                let own = &words[plane as usize * WORDS..][..WORDS];
                own.iter().zip((chunk * CHUNK..).step_by(64)).map(|(word, first)| word & valid(planes.patients, first))
            });
            words.map(|word| word.count_ones() as usize).sum::<usize>()
        };
        let mut counts: Vec<(RuleStatus, usize)> =
            rule.sets.iter().map(|(status, plane)| (*status, count(*plane))).collect();
        let others = planes.patients - counts.iter().map(|(_, count)| count).sum::<usize>();
        counts.push((rule.otherwise, others));
        counts
    }
}

/// Of the 64 patients from `first` on, those that are there.
fn valid(patients: usize, first: usize) -> u64 {
    match patients.saturating_sub(first) {
        64.. => u64::MAX,
        some => (1 << some) - 1,
    }
}

/// All statuses of a kind of rule, the undetermined one apart.
fn statuses(kind: &RuleKind) -> (RuleStatus, Vec<RuleStatus>) {
    use RuleStatus as Of;
    match kind {
        RuleKind::Eligibility { .. } => {
            use EligibilityStatus as To;
            let others = [To::Met, To::Refer, To::NotMet, To::NotApplicable];
            (Of::Eligibility(To::Undetermined), others.map(Of::Eligibility).to_vec())
        }
        RuleKind::Checklist { .. } => {
            use ChecklistStatus as To;
            let others = [To::Complete, To::Incomplete, To::NotApplicable];
            (Of::Checklist(To::Undetermined), others.map(Of::Checklist).to_vec())
        }
        RuleKind::Task(_) => {
            use TaskStatus as To;
            let others = [To::ToDo, To::Done, To::Late, To::DoneLate, To::NotApplicable];
            (Of::Task(To::Undetermined), others.map(Of::Task).to_vec())
        }
        RuleKind::Recommendation(_) => {
            use AdviceStatus as To;
            let others = [To::Recommended, To::AdvisedAgainst, To::NotApplicable];
            (Of::Recommendation(To::Undetermined), others.map(Of::Recommendation).to_vec())
        }
        RuleKind::Parallel(_) => {
            use ParallelStatus as To;
            let others = [To::InParallel, To::Waiting, To::OutOfStep, To::NotApplicable];
            (Of::Parallel(To::Undetermined), others.map(Of::Parallel).to_vec())
        }
        RuleKind::Schedule(_) => {
            use ScheduleStatus as To;
            (Of::Schedule(To::Undetermined), [To::InForce, To::NotApplicable].map(Of::Schedule).to_vec())
        }
        RuleKind::Score(score) => {
            use ScoreStatus as To;
            let bands = (0..score.bands.len().max(1) as u32).map(To::Banded);
            (Of::Score(To::Undetermined), bands.chain([To::NotApplicable]).map(Of::Score).collect())
        }
        RuleKind::Proposal(_) => {
            use ProposalStatus as To;
            let others = [To::Proposed, To::NoneApplies, To::Conflict, To::PossibleConflict, To::NotApplicable];
            (Of::Proposal(To::Undetermined), others.map(Of::Proposal).to_vec())
        }
        RuleKind::Indicator(_) => {
            use IndicatorStatus as To;
            let others = [To::NotCounted, To::Counted, To::In];
            (Of::Indicator(To::Undetermined), others.map(Of::Indicator).to_vec())
        }
    }
}
