//! Many patients on one date, 64 to a word: of every condition those who pass and those who do not, of every rule and
//! status the patients.
//!
//! Facts come in columns. For each slot and list the patients are sorted by the class of their value, from which follows
//! who passes which condition; conditions made of conditions are sets joined and cut. What looks at more than that is
//! done one patient at a time by the ordinary evaluator (`rest`), and only that.

mod conditions;
mod division;
mod records;
mod rest;
mod shares;
mod slots;

use super::Evaluator;
use super::columns::Columns;
use super::moment::Moment;
use crate::cores;
use crate::program::{Operand, RuleKind};
use crate::status::{
    AdviceStatus, ChecklistStatus, EligibilityStatus, IndicatorStatus, ParallelStatus, ProposalStatus, RuleStatus,
    ScheduleStatus, ScoreStatus, TaskStatus,
};
use crate::value::Date;
use division::Division;
use records::RecordWork;
use rest::Rest;
use slots::SlotWork;

/// Words of patients that are worked on together.
const WORDS: usize = 4;
/// Patients that are worked on together.
const CHUNK: usize = WORDS * 64;

/// A set of the patients of a chunk.
type Lanes = [u64; WORDS];

/// A set by its place among those of a chunk.
type Plane = u32;

/// A program on one date, for batches of patients.
#[derive(Debug, Clone)]
pub(crate) struct Many<'a> {
    moment: Moment<'a>,
    /// Nobody's.
    columns: Columns,
    division: Division,
    slots: Vec<SlotWork>,
    records: Vec<RecordWork>,
    rest: Rest,
}

/// The sets of one rule.
#[derive(Debug, Clone)]
struct RuleSets {
    /// Disjoint. Statuses that the rule may come to, in the order that [`statuses`] has them.
    sets: Vec<(RuleStatus, Plane)>,
    /// The status of everybody else.
    otherwise: RuleStatus,
}

/// What a batch came to. Used again, it allocates little for a batch of the same size.
#[derive(Clone, Default)]
pub(crate) struct Planes {
    patients: usize,
    /// Chunk by chunk, set by set.
    lanes: Vec<Lanes>,
    /// One for each core.
    rooms: Vec<Room>,
}

/// Room that is used again.
#[derive(Debug, Clone, Default)]
struct Room {
    slots: slots::Room,
    records: records::Room,
    rest: rest::Room,
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
        let layout = &program.layout;
        let moment = self.on(today);
        let mut columns = Columns::new(self);
        let division = Division::new(program, |operand| columns.classifies(operand));
        columns.keep(&division.reads);

        let blocks = layout.blocks.iter().zip(&self.tables.slots).zip(&moment.slots);
        let blocks = blocks.filter(|((block, _), _)| columns.classifies(Operand::Slot(block.slot)));
        let slots = blocks.map(|((block, table), dates)| {
            let column = &columns.slots[block.slot.0 as usize];
            SlotWork::new(&division, block, column, table.as_ref(), dates.as_ref())
        });
        let passes = layout.passes.iter().zip(&self.tables.passes).zip(&moment.passes);
        let passes = passes.filter(|((pass, _), _)| columns.classifies(Operand::List(pass.list)));
        let records = passes.clone().flat_map(|((pass, asked), dates)| {
            RecordWork::of(&division, pass, &columns.lists[pass.list.0 as usize], asked, dates)
        });
        let (slots, records) = (slots.collect(), records.collect());
        let rest = Rest::new(program, &division, passes.map(|((pass, _), _)| pass.list).collect());
        Many { moment, columns, division, slots, records, rest }
    }
}

impl Many<'_> {
    /// The date.
    pub(crate) fn today(&self) -> Date {
        self.moment.today()
    }

    /// Columns for such batches, nobody in them.
    pub(crate) fn columns(&self) -> Columns {
        self.columns.clone()
    }

    /// Evaluates a batch.
    pub(crate) fn evaluate(&self, columns: &Columns, planes: &mut Planes) {
        let Planes { patients, lanes, rooms } = planes;
        *patients = columns.patients();
        let chunk = self.division.count.max(1);
        // Every set is written before it is read, so what is left of another batch is never seen.
        lanes.resize(patients.div_ceil(CHUNK) * chunk, [0; WORDS]);
        // A stretch of chunks for each core.
        let chunks = patients.div_ceil(CHUNK).div_ceil(cores::count()).max(1);
        rooms.resize_with(cores::count(), Room::default);
        let stretches = lanes.chunks_mut(chunks * chunk).zip((0..).step_by(chunks * CHUNK)).zip(rooms);
        cores::each(stretches.collect(), |((lanes, begin), room)| {
            if self.has_rest() {
                self.rest.begin(columns, &mut room.rest);
            }
            for (planes, first) in lanes.chunks_exact_mut(chunk).zip((begin..).step_by(CHUNK)) {
                self.settle(columns, (first, (columns.patients() - first).min(CHUNK)), room, planes);
            }
        });
    }

    /// Whether something is left to do one patient at a time.
    fn has_rest(&self) -> bool {
        !self.division.noted.is_empty() || !self.division.noted_conditions.is_empty()
    }

    /// Settles the patients from one on, so many, at most a chunk.
    fn settle(&self, columns: &Columns, range: (usize, usize), room: &mut Room, planes: &mut [Lanes]) {
        let expired = Expired { today: self.today() };
        for work in &self.slots {
            work.settle(&columns.slots[work.slot()], range, expired, &mut room.slots, planes);
        }
        for work in &self.records {
            work.settle(&columns.lists[work.list()], range, expired, &mut room.records, planes);
        }
        for operation in &self.division.operations {
            operation.settle(planes);
        }
        if self.has_rest() {
            self.rest.settle(&self.moment, &self.division, columns, range, &mut room.rest, planes);
        }
    }

    fn own_rule(&self, rule: usize) -> Option<&RuleSets> {
        let own = *self.moment.program().own_rules.get(rule)?;
        self.division.rules.get(own as usize)
    }

    /// The status of one of the guideline's own rules for one patient; `None` past the last.
    pub(crate) fn status(&self, planes: &Planes, rule: usize, patient: usize) -> Option<RuleStatus> {
        let rule = self.own_rule(rule)?;
        if patient >= planes.patients {
            return None;
        }
        let chunk = patient / CHUNK * self.division.count;
        let (word, bit) = (patient % CHUNK / 64, patient % 64);
        let is_in = |plane: Plane| planes.lanes[chunk + plane as usize][word] >> bit & 1 == 1;
        let found = rule.sets.iter().find(|(_, plane)| is_in(*plane));
        Some(found.map_or(rule.otherwise, |(status, _)| *status))
    }

    /// How many patients one of the guideline's own rules came to each of its statuses for; none past the last rule.
    pub(crate) fn counts(&self, planes: &Planes, rule: usize) -> Vec<(RuleStatus, usize)> {
        let Some(rule) = self.own_rule(rule) else { return Vec::new() };
        let mut counts: Vec<(RuleStatus, usize)> =
            rule.sets.iter().map(|(status, plane)| (*status, self.count(planes, *plane))).collect();
        let others = planes.patients - counts.iter().map(|(_, count)| count).sum::<usize>();
        counts.push((rule.otherwise, others));
        counts
    }

    fn count(&self, planes: &Planes, plane: Plane) -> usize {
        let chunks = planes.lanes.chunks_exact(self.division.count.max(1)).zip((0..).step_by(CHUNK));
        let words = chunks.flat_map(|(lanes, chunk)| {
            let words = lanes[plane as usize].into_iter().zip((chunk..).step_by(64));
            words.map(|(word, first)| word & those_there(planes.patients, first))
        });
        words.map(|word| word.count_ones() as usize).sum()
    }
}

/// Of the 64 patients from `first` on, those who are there.
fn those_there(patients: usize, first: usize) -> u64 {
    match patients.saturating_sub(first) {
        64.. => u64::MAX,
        some => (1 << some) - 1,
    }
}

/// Values that hold no longer on a day.
#[derive(Debug, Clone, Copy)]
struct Expired {
    today: Date,
}

impl Expired {
    /// Those of so many patients from one on, counted from that one.
    fn among(self, expiries: &[(u32, Date)], first: usize, count: usize) -> impl Iterator<Item = usize> {
        let from = expiries.partition_point(|(patient, _)| (*patient as usize) < first);
        let own = expiries[from..].iter().take_while(move |(patient, _)| (*patient as usize) < first + count);
        own.filter(move |(_, last)| *last < self.today).map(move |(patient, _)| *patient as usize - first)
    }
}

fn or(one: Lanes, other: Lanes) -> Lanes {
    std::array::from_fn(|word| one[word] | other[word])
}

fn and(one: Lanes, other: Lanes) -> Lanes {
    std::array::from_fn(|word| one[word] & other[word])
}

fn and_not(one: Lanes, other: Lanes) -> Lanes {
    std::array::from_fn(|word| one[word] & !other[word])
}

/// Those of at most a chunk who pass a test.
fn pack<T: Copy + Default>(items: &[T], test: impl Fn(T) -> bool) -> Lanes {
    let mut lanes = [0; WORDS];
    for (lane, items) in lanes.iter_mut().zip(items.chunks(64)) {
        let mut bytes = [0_u8; 64];
        for (byte, item) in bytes.iter_mut().zip(items) {
            *byte = u8::from(test(*item));
        }
        let (eights, _) = bytes.as_chunks::<8>();
        for (eight, at) in eights.iter().zip(0..) {
            // Multiplying gathers the lowest bit of each byte in the highest byte.
            *lane |= (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * at);
        }
    }
    lanes
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
