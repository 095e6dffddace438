//! What does not depend on the patient: rules as conjunctions, and the answers of each fact by their masks.

use super::order::Columns;
use super::ways::Way;
use super::{MOST_LEAVES, each_bit};
use crate::eval::bound::{FIRST_ROW, Packed};
use crate::eval::cells::Cells;
use crate::eval::moment::Moment;
use crate::program::{Form, ListId, Lit, Meaning, Operand, Program, ReadingId, RuleIndex, SlotId, TruthId, TruthOp};
use crate::schema::ScalarType;
use crate::value::{FactValue, Truth};
use std::collections::{BTreeMap, BTreeSet};

/// Everything about a program on a date that finding essential facts asks for.
#[derive(Debug)]
pub(crate) struct Essentials {
    /// The guideline's own rules.
    pub(super) rules: Vec<Rule>,
    pub(super) lines: Lines,
    pub(super) units: Vec<Unit>,
    /// How many words the conditions of all units take.
    pub(super) words: usize,
    /// How many fields all units have.
    pub(super) fields: usize,
}

#[derive(Debug)]
pub(super) struct Rule {
    pub(super) index: RuleIndex,
    /// `None`: of another form.
    pub(super) conjunction: Option<Conjunction>,
}

/// All of its conditions as written, each about one unit.
#[derive(Debug, Default)]
pub(super) struct Conjunction {
    pub(super) parts: Vec<Part>,
}

/// Its conditions about one unit.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) unit: usize,
    pub(super) leaves: Vec<Leaf>,
    /// Those that the rule denies.
    negated: u8,
    /// What they can come to where nothing is known of the unit; `None` where it depends on what is tried for others.
    pub(super) whole: Option<Values>,
    /// By field of the unit.
    pub(super) options: Vec<Options>,
}

/// What the answers for a field do to a rule's conditions about one unit, none twice.
#[derive(Debug)]
pub(super) struct Options {
    /// Which of the conditions look at the field.
    pub(super) asks: u8,
    pub(super) ways: Vec<Way>,
    /// By way: for the sake of which of the conditions it is tried, and its rows as bits.
    pub(super) tried: Vec<(u8, Vec<u64>)>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf {
    /// Its place among the unit's conditions.
    pub(super) bit: u32,
    /// Its place among those of all units, a word of which belongs to one unit.
    pub(super) place: u32,
    /// Where its answer stands.
    cell: (u32, u32),
    negated: bool,
}

/// A fact, or a list.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) source: Source,
    /// Where its conditions begin among those of all units, in words.
    pub(super) first_word: usize,
    pub(super) words: usize,
    /// Where its fields begin among those of all units.
    pub(super) first_field: usize,
    /// Its conditions. A fact's are those of the rules, as written; a list's lie as in its pass, and some may be empty.
    leaves: Vec<Option<TruthId>>,
    /// Of a fact one.
    pub(super) fields: Vec<Answers>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Source {
    Slot(SlotId),
    /// With its place among the passes.
    List {
        list: ListId,
        pass: usize,
    },
}

/// What the answers for a field do to the unit's conditions.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    /// Its number among the list's.
    pub(crate) field: u32,
    /// Word by word: the conditions that look at it.
    pub(super) asks: Vec<u64>,
    /// Those that some answer surely passes and another surely does not.
    pub(super) turns: Vec<u64>,
    /// Those that some answer possibly passes.
    pub(super) may: Vec<u64>,
    /// Row by row of the masks' table.
    pub(super) rows: Vec<Row>,
    /// The same by condition.
    pub(super) columns: Columns,
}

/// Answers that do the same to every condition.
#[derive(Debug)]
pub(super) struct Row {
    /// Word by word: the conditions for whose sake such an answer is tried.
    pub(super) tried_for: Vec<u64>,
    /// Word by word: surely passed, possibly passed.
    pub(super) masks: Vec<(u64, u64)>,
}

/// Some of no, unknown and yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Values(u8);

impl Values {
    pub(super) const NO: Values = Values(1);
    pub(super) const UNKNOWN: Values = Values(2);
    pub(super) const BOTH: Values = Values(5);

    pub(super) fn with(self, value: Truth) -> Values {
        Values(
            self.0
                | match value {
                    Truth::False => 1,
                    Truth::Unknown => 2,
                    Truth::True => 4,
                },
        )
    }

    pub(super) fn or(self, other: Values) -> Values {
        Values(self.0 | other.0)
    }

    pub(super) fn may_be_no(self) -> bool {
        self.0 & 1 != 0
    }

    pub(super) fn may_be_yes(self) -> bool {
        self.0 & 4 != 0
    }

    /// Whether the same follows for a rule: unknown between no and yes makes no difference.
    fn is_like(self, other: Values) -> bool {
        self == other || (self.or(Values::UNKNOWN) == other.or(Values::UNKNOWN) && self.0 & other.0 & 5 == 5)
    }

    pub(super) fn are_several(self) -> bool {
        self.0.count_ones() > 1
    }
}

impl Options {
    /// What is done by answers that are tried for the sake of some conditions, or for others. Who does not look at the field
    /// passes with any answer.
    pub(super) fn tried_for<'t>(
        &'t self,
        conditions: u8,
        for_others: impl Fn() -> &'t [u64],
    ) -> impl Iterator<Item = Way> {
        let own = conditions & self.asks;
        let are_all = own == 0 || self.tried.iter().all(|(tried, _)| tried & own != 0);
        let for_others = if are_all { &[] } else { for_others() };
        let is_for_others = move |rows: &[u64]| rows.iter().zip(for_others).any(|(own, tried)| own & tried != 0);
        let is_tried = move |(tried, rows): &(u8, Vec<u64>)| are_all || tried & own != 0 || is_for_others(rows);
        self.ways.iter().zip(&self.tried).filter(move |(_, tried)| is_tried(tried)).map(|(way, _)| *way)
    }
}

impl Part {
    /// What the wanted ones of its conditions come to.
    #[inline]
    pub(super) fn value(&self, yes: u8, may: u8, wanted: u8) -> Truth {
        let favour = (yes & !self.negated) | (!may & self.negated);
        let against = (!may & !self.negated) | (yes & self.negated);
        Truth::from_bounds(favour & wanted == wanted, against & wanted != 0)
    }

    /// Of masks of the unit's conditions, word by word, the bits of its own.
    pub(super) fn gather(&self, mask: impl Fn(usize) -> u64) -> u8 {
        let bits = self.leaves.iter().zip(0..);
        bits.fold(0, |all, (leaf, at)| all | ((mask(leaf.bit as usize / 64) >> (leaf.bit % 64) & 1) as u8) << at)
    }

    /// Those of its conditions that are unknown.
    #[inline]
    pub(super) fn unknown(&self, cells: &Cells) -> u8 {
        let unknown = |leaf: &Leaf| {
            let [yes, no] = cells.words[leaf.cell.0 as usize];
            !((yes | no) >> leaf.cell.1) as u8 & 1
        };
        self.leaves.iter().zip(0..).fold(0, |all, (leaf, at)| all | unknown(leaf) << at)
    }
}

impl Leaf {
    /// Whether the rule asks for the opposite.
    pub(super) fn is_negated(self) -> bool {
        self.negated
    }
}

/// The answers that are tried for a condition's sake, for something that it looks at.
pub(crate) type Tried<'a> = &'a dyn Fn(TruthId, Operand) -> Vec<FactValue>;

impl Essentials {
    pub(crate) fn new(moment: &Moment<'_>, tried: Tried<'_>) -> Essentials {
        let program = moment.program();
        let mut units = Vec::new();
        let mut unit_of = vec![usize::MAX; program.truths.len()];
        for (block, at) in program.layout.blocks.iter().zip(0..) {
            let is_told = moment.slot_rows(at) > 0;
            for atom in block.atoms.iter().filter(|_| is_told) {
                unit_of[atom.0 as usize] = units.len();
            }
            units.push(Unit::new(Source::Slot(block.slot)));
        }
        for (pass, at) in program.layout.passes.iter().zip(0..) {
            let first = pass.first_bit % 64;
            let mut unit = Unit::new(Source::List { list: pass.list, pass: at });
            unit.leaves = vec![None; first as usize];
            // Two passes of one list have records in common, and would be no units. Of a field with several tables the answers
            // cannot be told by one row.
            let is_only = program.layout.passes.iter().filter(|other| other.list == pass.list).count() == 1;
            let mut fields = pass.loops.iter().flat_map(|passed| &passed.atoms);
            let is_told = is_only && fields.all(|(field, _)| moment.field_rows(at, *field) > 0);
            for passed in &pass.loops {
                unit_of[passed.id.0 as usize] = if is_told { units.len() } else { usize::MAX };
                unit.leaves.push(Some(passed.id));
            }
            units.push(unit);
        }
        let rules = program.own_rules.iter().map(|index| {
            let rule = &program.rules[*index as usize];
            let conjunction = rule.kind.single_line().and_then(|_| {
                let condition = rule.deciding().into_iter().next()?;
                Conjunction::of(program, condition.reading, &unit_of, &mut units)
            });
            Rule { index: RuleIndex(*index), conjunction }
        });
        let mut rules: Vec<Rule> = rules.collect();
        let (mut first_word, mut fields) = (0, 0);
        for unit in &mut units {
            unit.first_word = first_word;
            unit.words = unit.leaves.len().div_ceil(64);
            first_word += unit.words;
            unit.fill(moment, tried);
            unit.first_field = fields;
            fields += unit.fields.len();
        }
        for part in rules.iter_mut().filter_map(|rule| rule.conjunction.as_mut()).flat_map(|rule| &mut rule.parts) {
            part.fill(&units[part.unit]);
        }
        Essentials { rules, lines: Lines::new(program), units, words: first_word, fields }
    }
}

/// Where the answers of the guideline's own rules stand.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The words in which the conditions of rules of one line stand: the word, those conditions, and how many there are
    /// in the words before.
    words: Vec<(usize, u64, usize)>,
    /// By such a condition its rules, by their places.
    rules: Vec<Vec<u32>>,
    /// The other rules.
    others: Vec<usize>,
}

impl Lines {
    fn new(program: &Program) -> Lines {
        let mut lines = Lines::default();
        let mut by_bit: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (index, place) in program.own_rules.iter().zip(0..) {
            match program.rules[*index as usize].kind.single_line() {
                Some(lit) => by_bit.entry(program.layout.bits[lit.id.0 as usize]).or_default().push(place),
                None => lines.others.push(*index as usize),
            }
        }
        for (bit, rules) in by_bit {
            let (word, mask) = (bit as usize / 64, 1 << (bit % 64));
            match lines.words.last_mut() {
                Some((last, bits, _)) if *last == word => *bits |= mask,
                Some(_) | None => lines.words.push((word, mask, lines.rules.len())),
            }
            lines.rules.push(rules);
        }
        lines
    }

    /// The undetermined rules as bits, by their places; `None` where another than those of one line is among them.
    pub(super) fn open(&self, cells: &Cells, count: usize) -> Option<Vec<u64>> {
        if self.others.iter().any(|rule| !cells.rule(*rule).is_settled()) {
            return None;
        }
        let mut all = vec![0_u64; count.div_ceil(64)];
        for (word, bits, before) in &self.words {
            let [yes, no] = cells.words[*word];
            each_bit(bits & !(yes | no), |bit| {
                let at = before + (bits & ((1 << bit) - 1)).count_ones() as usize;
                for rule in &self.rules[at] {
                    all[*rule as usize / 64] |= 1 << (rule % 64);
                }
            });
        }
        Some(all)
    }
}

impl Unit {
    fn new(source: Source) -> Unit {
        Unit { source, first_word: 0, words: 0, first_field: 0, leaves: Vec::new(), fields: Vec::new() }
    }

    /// Which of its fields a record does not have.
    pub(super) fn missing(&self, record: &[Packed]) -> u64 {
        let missing = self.fields.iter().zip(0..).filter(|(field, _)| record[field.field as usize].is_missing());
        missing.fold(0, |all, (_, place)| all | 1 << place)
    }

    /// Some of its fields.
    pub(super) fn fields_in(&self, places: u64) -> impl Iterator<Item = &Answers> {
        self.fields.iter().zip(0..).filter(move |(_, place)| places >> place & 1 == 1).map(|(field, _)| field)
    }

    /// The place of a condition.
    fn place(&mut self, id: TruthId) -> u32 {
        let place = self.leaves.iter().position(|leaf| *leaf == Some(id));
        place.unwrap_or_else(|| {
            self.leaves.push(Some(id));
            self.leaves.len() - 1
        }) as u32
    }

    fn mask(&self, looks: impl Fn(TruthId) -> bool) -> Vec<u64> {
        let mut mask = vec![0; self.words];
        for (leaf, place) in self.leaves.iter().zip(0_usize..) {
            if leaf.is_some_and(&looks) {
                mask[place / 64] |= 1 << (place % 64);
            }
        }
        mask
    }

    fn fill(&mut self, moment: &Moment<'_>, tried: Tried<'_>) {
        let program = moment.program();
        match self.source {
            Source::Slot(slot) => {
                let Some(at) = program.layout.blocks.iter().position(|block| block.slot == slot) else { return };
                let operand = Operand::Slot(slot);
                let looking = Looking { moment, operand, field: 0, looked_at: self.mask(|_| true) };
                let first_bit = program.layout.blocks[at].first_bit;
                let masks = |row: u32| {
                    let atoms = moment.slot_row(at, row);
                    let first = first_bit / 64;
                    let bit = |id: TruthId| program.layout.bits[id.0 as usize] - first * 64;
                    let mut masks = vec![(0, 0); self.words];
                    for (leaf, place) in self.leaves.iter().zip(0_usize..) {
                        let truth = leaf.map_or(Truth::Unknown, |leaf| of_atoms(program, Lit::of(leaf), &atoms, &bit));
                        masks[place / 64].0 |= u64::from(truth == Truth::True) << (place % 64);
                        masks[place / 64].1 |= u64::from(truth != Truth::False) << (place % 64);
                    }
                    masks
                };
                let answers = looking.answers(self, moment.slot_rows(at), tried, &masks);
                self.fields.push(answers);
            }
            Source::List { list, pass: at } => {
                let pass = &program.layout.passes[at];
                let fields: BTreeSet<u32> =
                    pass.loops.iter().flat_map(|passed| passed.atoms.iter().map(|(field, _)| *field)).collect();
                for field in fields {
                    let looks = |id: TruthId| {
                        let passed = pass.loops.iter().find(|passed| passed.id == id);
                        passed.is_some_and(|passed| passed.atoms.iter().any(|(on, _)| *on == field))
                    };
                    let operand = Operand::Field { list, depth: 0, field };
                    let looking = Looking { moment, operand, field, looked_at: self.mask(looks) };
                    let masks = |row: u32| moment.field_row(at, field, row);
                    let answers = looking.answers(self, moment.field_rows(at, field), tried, &masks);
                    self.fields.push(answers);
                }
            }
        }
    }
}

/// A condition made of classified ones, for one row of their masks.
fn of_atoms(program: &Program, lit: Lit, atoms: &[(u64, u64)], bit: &dyn Fn(TruthId) -> u32) -> Truth {
    let truth = if let TruthOp::All(lits) = &program.truths[lit.id.0 as usize] {
        lits.iter().fold(Truth::True, |all, lit| all.and(of_atoms(program, *lit, atoms, bit)))
    } else {
        let bit = bit(lit.id) as usize;
        let (yes, may) = atoms[bit / 64];
        Truth::from_bounds(yes >> (bit % 64) & 1 == 1, may >> (bit % 64) & 1 == 0)
    };
    if lit.negated { !truth } else { truth }
}

/// A field with the conditions that look at it.
struct Looking<'a> {
    moment: &'a Moment<'a>,
    operand: Operand,
    field: u32,
    looked_at: Vec<u64>,
}

impl Looking<'_> {
    fn answers(self, unit: &Unit, rows: u32, tried: Tried<'_>, masks: &dyn Fn(u32) -> Vec<(u64, u64)>) -> Answers {
        let mut tried_for = vec![vec![0_u64; unit.words]; rows as usize];
        for (leaf, place) in unit.leaves.iter().zip(0_usize..) {
            let Some(id) = leaf.filter(|_| self.looked_at[place / 64] >> (place % 64) & 1 == 1) else { continue };
            for answer in tried(id, self.operand) {
                let row = self.moment.row_of(self.operand, unit.source.pass(), &answer);
                // Without one table for all of them there are no rows, and no rule is told by them.
                let Some(row) = tried_for.get_mut(row as usize) else { continue };
                row[place / 64] |= 1 << (place % 64);
            }
        }
        // Numbers between the thresholds of two conditions are tried for both.
        if self.is_continuous() {
            for row in tried_for.iter_mut().skip(FIRST_ROW as usize) {
                row.clone_from(&self.looked_at);
            }
        }
        let (mut can, mut cannot) = (vec![0; unit.words], vec![0; unit.words]);
        let (turns, may) = (Vec::new(), vec![0; unit.words]);
        let mut all = Answers { field: self.field, asks: self.looked_at, turns, may, ..Answers::default() };
        for (tried_for, number) in tried_for.into_iter().zip(0..) {
            let masks = masks(number);
            for (word, (yes, may)) in masks.iter().enumerate() {
                can[word] |= yes & tried_for[word];
                cannot[word] |= !may & tried_for[word];
                all.may[word] |= may;
            }
            all.rows.push(Row { tried_for, masks });
        }
        all.columns = Columns::new(unit.words, all.rows.iter().map(|row| &*row.masks));
        all.turns = can.iter().zip(&cannot).map(|(can, cannot)| can & cannot).collect();
        all
    }

    fn is_continuous(&self) -> bool {
        let program = self.moment.program();
        let is_number = matches!(program.scalar_type(self.operand), Some(ScalarType::Number | ScalarType::Quantity(_)));
        is_number && !program.has_allowed_numbers(self.operand)
    }
}

impl Source {
    fn pass(self) -> Option<usize> {
        match self {
            Source::Slot(_) => None,
            Source::List { pass, .. } => Some(pass),
        }
    }
}

impl Conjunction {
    /// Of a rule by how its condition reads: a conjunction, or the opposite of one.
    fn of(program: &Program, reading: ReadingId, unit_of: &[usize], units: &mut [Unit]) -> Option<Conjunction> {
        let mut lits = BTreeSet::new();
        let is_any = program.readings[top(program, reading).0 as usize].form == Form::Any;
        // What the opposite of a disjunction asks of its parts is their opposite.
        let mut left = vec![(reading, is_any)];
        while let Some((id, opposite)) = left.pop() {
            let reading = &program.readings[id.0 as usize];
            match (&reading.form, opposite) {
                (Form::Define(_), _) | (Form::All, false) | (Form::Any, true) => {
                    left.extend(reading.parts.iter().map(|part| (*part, opposite)));
                }
                (Form::Not, _) => left.extend(reading.parts.iter().map(|part| (*part, !opposite))),
                (Form::Leaf | Form::Loop { .. }, _) => {
                    let Meaning::Truth(lit) = reading.meaning else { return None };
                    lits.insert(if opposite { !lit } else { lit });
                }
                (Form::All, true) | (Form::Any, false) | (Form::AtLeast(_) | Form::Choice | Form::Status(_), _) => {
                    return None;
                }
            }
        }
        let mut conjunction = Conjunction::default();
        for lit in lits {
            let at = unit_of_leaf(program, lit.id, unit_of)?;
            let unit = units.get_mut(at)?;
            let is_whole = unit_of[lit.id.0 as usize] == at;
            if !is_whole && matches!(unit.source, Source::List { .. }) {
                return None;
            }
            let cell = program.layout.bits[lit.id.0 as usize];
            let bit = unit.place(lit.id);
            let leaf = Leaf { bit, place: 0, cell: (cell / 64, cell % 64), negated: lit.negated };
            match conjunction.parts.iter_mut().find(|part| part.unit == at) {
                Some(part) if part.leaves.len() == MOST_LEAVES => return None,
                Some(part) => part.leaves.push(leaf),
                None => {
                    let (whole, options) = (None, Vec::new());
                    conjunction.parts.push(Part { unit: at, leaves: vec![leaf], negated: 0, whole, options });
                }
            }
        }
        Some(conjunction)
    }
}

/// The reading behind definitions and `not`.
fn top(program: &Program, id: ReadingId) -> ReadingId {
    let reading = &program.readings[id.0 as usize];
    let is_around = matches!(reading.form, Form::Define(_) | Form::Not);
    match &*reading.parts {
        [part] if is_around => top(program, *part),
        [] | [_] | [_, _, ..] => id,
    }
}

/// The unit that all of a condition is about.
fn unit_of_leaf(program: &Program, id: TruthId, unit_of: &[usize]) -> Option<usize> {
    if let TruthOp::All(lits) = &program.truths[id.0 as usize] {
        let units: BTreeSet<Option<usize>> = lits.iter().map(|lit| unit_of_leaf(program, lit.id, unit_of)).collect();
        let first = units.first().copied().flatten();
        return first.filter(|_| units.len() == 1);
    }
    Some(unit_of[id.0 as usize]).filter(|unit| *unit != usize::MAX)
}

impl Part {
    fn fill(&mut self, unit: &Unit) {
        for (leaf, at) in self.leaves.iter_mut().zip(0..) {
            leaf.place = unit.first_word as u32 * 64 + leaf.bit;
            self.negated |= u8::from(leaf.negated) << at;
        }
        let gather = |masks: &[(u64, u64)]| (self.gather(|word| masks[word].0), self.gather(|word| masks[word].1));
        let options = unit.fields.iter().map(|field| {
            let mut ways: BTreeMap<Way, (u8, Vec<u64>)> = BTreeMap::new();
            for (row, at) in field.rows.iter().zip(0_usize..) {
                let none = || (0, vec![0; field.rows.len().div_ceil(64)]);
                let (tried, rows) = ways.entry(gather(&row.masks)).or_insert_with(none);
                *tried |= self.gather(|word| row.tried_for[word]);
                rows[at / 64] |= 1 << (at % 64);
            }
            let (ways, tried) = ways.into_iter().unzip();
            Options { asks: self.gather(|word| field.asks[word]), ways, tried }
        });
        let options: Vec<Options> = options.collect();
        let all: Vec<Vec<Way>> = options.iter().map(|options| options.ways.clone()).collect();
        let own: Vec<Vec<Way>> = options.iter().map(|options| options.tried_for(u8::MAX, || &[]).collect()).collect();
        let (own, all) = (self.whole(unit, &own), self.whole(unit, &all));
        self.whole = Some(own).filter(|own| own.is_like(all));
        self.options = options;
    }

    /// What they can come to by these answers, by field, where nothing is known of the unit.
    pub(super) fn whole(&self, unit: &Unit, options: &[Vec<Way>]) -> Values {
        let mut ways: BTreeSet<Way> = BTreeSet::from([(u8::MAX, u8::MAX)]);
        for field in options {
            let both = |way: &Way| field.iter().map(|own| (way.0 & own.0, way.1 & own.1)).collect::<Vec<_>>();
            ways = ways.iter().flat_map(both).collect();
        }
        if let Source::List { .. } = unit.source {
            // Any number of records, each of any kind.
            let kinds = std::mem::replace(&mut ways, BTreeSet::from([(0, 0)]));
            for kind in kinds {
                let with: Vec<Way> = ways.iter().map(|way| (way.0 | kind.0, way.1 | kind.1)).collect();
                ways.extend(with);
            }
        }
        let wanted = (1 << self.leaves.len()) - 1;
        ways.iter().fold(Values::default(), |all, way| all.with(self.value(way.0, way.1, wanted)))
    }
}
