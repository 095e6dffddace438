//! What undetermined rules depend on: each open condition tabled over the answers that unknown things can have, with the
//! evaluator itself; then a decision diagram per rule.

use super::answers::Pool;
use super::cone::{Cone, Leaf};
use super::diagram::{self, Budget, Table, View};
use super::live::Live;
use super::pinned::Pinned;
use super::schedule;
use super::thing::{self, Thing, Wanted};
use super::turning::Refinement;
use super::{Ask, PossibleAnswer};
use crate::eval::Cells;
use crate::outcome::reach::Reach;
use crate::outcome::{RuleStatus, SettledRule, Situation};
use crate::program::{Program, RuleIndex, RuleKind, TruthId, TruthOp};
use crate::status::{ProposalStatus, ScoreStatus};
use crate::value::{FactValue, Truth};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

/// At most so many rows in one table.
const ROWS: usize = 4096;
/// At most so many rows in all tables, where fewer answers can bring it about.
const ALL_ROWS: usize = 30_000;
/// Of more open conditions than these fewer answers are tried.
const CROWD: usize = 1_000;
/// For the diagrams of all rules together.
const BUDGET: Budget = Budget { states: 20_000, looks: 4_000_000 };
/// In so many completions it is looked which things a schedule's dates cannot do without.
const COMPLETIONS: usize = 12;
/// At most so many answers are told of a question.
const TOLD: usize = 8;

/// The things that are not known and what the open conditions are for each of their answers.
pub(super) struct Study<'a> {
    situation: &'a Situation<'a>,
    rules: Vec<RuleIndex>,
    cones: Vec<Cone>,
    leaves: Vec<Leaf>,
    /// By leaf: its things, as places in `things`.
    supports: Vec<Vec<usize>>,
    things: Vec<Thing>,
    /// By thing: answers that do different things; each stands for all that do the same.
    answers: Vec<Vec<FactValue>>,
    /// By thing: there are more answers that may do different things.
    short: Vec<bool>,
    /// The same before those that do the same became one, where there is a score without bands.
    tried: Vec<Vec<FactValue>>,
    /// By leaf; `None` where there are too many answers to try.
    tables: Vec<Option<Table>>,
    /// By condition about the dates of a schedule: the things without which they stay unknown, whatever the others are.
    needed_for_dates: HashMap<TruthId, Vec<usize>>,
}

/// What a rule depends on.
pub(super) struct Essential {
    /// Places in the study's things.
    things: Vec<usize>,
    /// The limit was reached: some of them may not be essential.
    pub(super) truncated: bool,
}

/// What is missing for some rules, in the order to ask for it.
pub(super) struct Findings<'a> {
    pub(super) missing: Vec<Wanted<'a>>,
    pub(super) ask: Option<Ask>,
    pub(super) truncated: bool,
}

impl<'a> Study<'a> {
    /// For these rules, of which only those that are undetermined are looked at.
    pub(super) fn new(situation: &'a Situation<'a>, rules: &[RuleIndex]) -> Study<'a> {
        let is_open = |rule: &RuleIndex| !Situation::status(situation.cells, *rule).is_settled();
        let rules: Vec<RuleIndex> = rules.iter().copied().filter(is_open).collect();
        let cones: Vec<Cone> = rules.iter().map(|rule| Cone::of(situation.program(), *rule)).collect();
        let mut study = Study {
            situation,
            rules,
            cones,
            leaves: Vec::new(),
            supports: Vec::new(),
            things: Vec::new(),
            answers: Vec::new(),
            short: Vec::new(),
            tried: Vec::new(),
            tables: Vec::new(),
            needed_for_dates: HashMap::new(),
        };
        study.find_leaves();
        study.find_answers();
        study.fill_tables();
        let has_no_bands = |rule: &RuleIndex| {
            let kind = situation.program().rules.get(rule.0 as usize).map(|rule| &rule.kind);
            matches!(kind, Some(RuleKind::Score(score)) if score.bands.is_empty())
        };
        if study.rules.iter().any(has_no_bands) {
            study.tried.clone_from(&study.answers);
        }
        study.find_needed_for_dates();
        study.merge_answers();
        study
    }

    /// The conditions that are open, or can become so when more is known, with the things that they read.
    fn find_leaves(&mut self) {
        let situation = self.situation;
        let mut supports: Vec<Vec<Thing>> = Vec::new();
        let mut seen = HashSet::new();
        for leaf in self.cones.iter().flat_map(|cone| &cone.leaves) {
            let known = situation.cells.truth(situation.program(), leaf.id).is_known();
            if (known && !leaf.reach.looks_at_unknown) || !seen.insert(leaf.id) {
                continue;
            }
            let things = thing::unknown_things(situation, &leaf.reach);
            if !things.is_empty() {
                self.leaves.push(leaf.clone());
                supports.push(things);
            }
        }
        self.things = supports.iter().flatten().copied().collect();
        self.things.sort_unstable();
        self.things.dedup();
        let place = |thing: &Thing| self.things.binary_search(thing).ok();
        self.supports = supports.iter().map(|things| things.iter().filter_map(place).collect()).collect();
    }

    /// Answers for each thing from the conditions that read it, few enough for every table.
    fn find_answers(&mut self) {
        for (place, thing) in self.things.iter().enumerate() {
            let coupled = self.coupled(place);
            let reads = |support: &&Vec<usize>| support.iter().any(|thing| coupled.contains(thing));
            let mut reach = Reach::default();
            for (leaf, _) in self.leaves.iter().zip(&self.supports).filter(|(_, support)| reads(support)) {
                reach.join(&leaf.reach);
            }
            let pool = Pool::new(self.situation, &reach, coupled.len());
            self.answers.push(pool.answers(*thing));
            self.short.push(pool.is_short());
        }
        // All tables together stay within a few times the largest.
        let (mut most, all) = (ROWS, self.affordable_rows());
        let least = if all < ALL_ROWS { 8 } else { 64 };
        while most > least && self.all_rows() > all {
            self.thin_answers(most);
            most /= 2;
        }
        self.thin_answers(ROWS);
        // Answers are compared with each other in every table.
        if self.leaves.len() > CROWD {
            self.thin_answers((ROWS * CROWD / 16 / self.leaves.len()).max(8));
        }
    }

    /// Each row works out every condition again, and looks at every record of every list: thousands of either leave room
    /// for fewer rows.
    fn affordable_rows(&self) -> usize {
        let records = self.situation.facts.iter().map(|(_, given)| match &given.value {
            FactValue::List(list) => list.records.len(),
            FactValue::Truth(_)
            | FactValue::Number(_)
            | FactValue::Quantity(_)
            | FactValue::Text(_)
            | FactValue::Date(_)
            | FactValue::Duration(_)
            | FactValue::Period(..)
            | FactValue::Code(_)
            | FactValue::Choice(_)
            | FactValue::None
            | FactValue::Record(_) => 0,
        });
        let conditions = self.situation.program().truths.len();
        let work = usize::try_from(self.situation.cells.work()).unwrap_or(usize::MAX);
        let cost = (records.sum::<usize>() + conditions / 4).saturating_add(work);
        ALL_ROWS.min(1_000_000 / cost.max(1))
    }

    /// How many rows there are to fill in: one table for all conditions that read the same things.
    fn all_rows(&self) -> usize {
        let supports: BTreeSet<&Vec<usize>> = self.supports.iter().collect();
        supports.into_iter().map(|support| rows(support, &self.answers)).fold(0, usize::saturating_add)
    }

    fn thin_answers(&mut self, most: usize) {
        for support in &self.supports {
            while rows(support, &self.answers) > most {
                let longest = support.iter().copied().max_by_key(|place| self.answers.get(*place).map_or(0, Vec::len));
                let Some(answers) = longest.and_then(|place| self.answers.get_mut(place)) else { break };
                if answers.len() <= 2 {
                    break;
                }
                if let Some(short) = longest.and_then(|place| self.short.get_mut(place)) {
                    *short = true;
                }
                let fewer = (answers.len() * 3 / 4).max(2);
                *answers = super::answers::thinned(std::mem::take(answers), fewer);
            }
        }
    }

    /// The things that it is compared with, directly or through others, and itself: they need each other's borders.
    fn coupled(&self, place: usize) -> Vec<usize> {
        let mut coupled = vec![place];
        loop {
            let touches = |support: &&Vec<usize>| support.iter().any(|thing| coupled.contains(thing));
            let more: Vec<usize> = self.supports.iter().filter(touches).flatten().copied().collect();
            let before = coupled.len();
            coupled.extend(more);
            coupled.sort_unstable();
            coupled.dedup();
            if coupled.len() == before {
                return coupled;
            }
        }
    }

    /// Conditions that read the same things are filled in together.
    fn fill_tables(&mut self) {
        self.tables = vec![None; self.leaves.len()];
        let mut groups: HashMap<&[usize], Vec<usize>> = HashMap::new();
        for (leaf, support) in self.supports.iter().enumerate() {
            groups.entry(support).or_default().push(leaf);
        }
        let mut filled: Vec<(usize, Table)> = Vec::new();
        // Where each row is dear, a table that would take too long is left out: its things then count as essential.
        let all = self.affordable_rows();
        let most = if all < ALL_ROWS / 100 { all } else { ROWS };
        for (support, leaves) in groups {
            let count = rows(support, &self.answers);
            if count == 0 || count > most {
                continue;
            }
            let mut columns: Vec<Vec<Truth>> = vec![Vec::with_capacity(count); leaves.len()];
            for row in 0..count {
                let cells = self.complete(support, row);
                for (column, leaf) in columns.iter_mut().zip(&leaves) {
                    let id = self.leaves.get(*leaf).map(|leaf| leaf.id);
                    column.push(id.map_or(Truth::Unknown, |id| cells.truth(self.situation.program(), id)));
                }
            }
            filled
                .extend(leaves.iter().zip(columns).map(|(leaf, column)| (*leaf, Table::new(support.to_vec(), column))));
        }
        for (leaf, table) in filled {
            if let Some(place) = self.tables.get_mut(leaf) {
                *place = Some(table);
            }
        }
    }

    /// With all else known, a schedule's dates are known or not: what makes the difference is needed.
    fn find_needed_for_dates(&mut self) {
        let program = self.situation.program();
        for (leaf, support) in self.leaves.iter().zip(&self.supports) {
            if !schedule::is_about_dates(program, leaf.id) {
                continue;
            }
            let count = rows(support, &self.answers);
            let mut needed: Vec<usize> = Vec::new();
            for row in (0..count).step_by((count / COMPLETIONS).max(1)) {
                if self.complete(support, row).truth(program, leaf.id) == Truth::Unknown {
                    continue;
                }
                for place in support {
                    let without = || self.complete_but(support, row, Some(*place));
                    if !needed.contains(place) && without().truth(program, leaf.id) == Truth::Unknown {
                        needed.push(*place);
                    }
                }
            }
            self.needed_for_dates.insert(leaf.id, needed);
        }
    }

    /// The cells when the things of a row have their answers; the last thing's answers vary fastest.
    fn complete(&self, support: &[usize], row: usize) -> Cells {
        self.complete_but(support, row, None)
    }

    /// The same, one of them left as unknown as it is.
    fn complete_but(&self, support: &[usize], row: usize, unknown: Option<usize>) -> Cells {
        let mut rest = row;
        let mut chosen: Vec<(Thing, &FactValue)> = Vec::with_capacity(support.len());
        for place in support.iter().rev() {
            let answers = self.answers.get(*place).map(Vec::as_slice).unwrap_or_default();
            let answer = answers.get(rest % answers.len().max(1));
            rest /= answers.len().max(1);
            if let (Some(thing), Some(answer)) = (self.things.get(*place), answer)
                && unknown != Some(*place)
            {
                chosen.push((*thing, answer));
            }
        }
        self.with_answers(&chosen)
    }

    /// All answers to one of the things that were tried.
    pub(super) fn answers_of(&self, place: usize) -> &[FactValue] {
        self.tried.get(place).map(Vec::as_slice).unwrap_or_default()
    }

    /// The cells when the things at these places are answered so.
    pub(super) fn with_answers_at(&self, chosen: &[(usize, &FactValue)]) -> Cells {
        let thing = |(place, answer): &(usize, _)| self.things.get(*place).map(|thing| (*thing, *answer));
        self.with_answers(&chosen.iter().filter_map(thing).collect::<Vec<_>>())
    }

    /// The cells when these things are answered so.
    fn with_answers(&self, chosen: &[(Thing, &FactValue)]) -> Cells {
        let situation = self.situation;
        let mut facts = situation.facts.clone();
        for (thing, answer) in chosen {
            thing.fill(&mut facts, situation, answer);
        }
        let evaluator = situation.moment.evaluator();
        let mut bound = evaluator.bind(&facts);
        for (thing, answer) in chosen {
            if let Thing::Parameter(parameter) = thing {
                evaluator.set_parameter(&mut bound, *parameter, answer);
            }
        }
        let mut cells = Cells::default();
        situation.moment.evaluate(&bound, &mut cells);
        cells
    }

    /// Answers that do the same in every table become one: one that stands beside an answer that does something else.
    fn merge_answers(&mut self) {
        for place in 0..self.things.len() {
            let sizes = self.sizes();
            let size = sizes.get(place).copied().unwrap_or(0);
            let mut seen: Vec<Vec<Table>> = Vec::new();
            let mut kept: Vec<usize> = Vec::new();
            for answer in 0..size {
                let tables = self.tables.iter().flatten();
                let effect: Vec<Table> = tables.filter_map(|table| table.restrict(place, answer, &sizes)).collect();
                match seen.iter().position(|other| *other == effect) {
                    // The first answers: the last of them in a row is the one at the border.
                    Some(0) if seen.len() == 1 => kept = vec![answer],
                    Some(_) => {}
                    None => {
                        seen.push(effect);
                        kept.push(answer);
                    }
                }
            }
            for table in self.tables.iter_mut().flatten() {
                table.keep(place, &kept, &sizes);
            }
            if let Some(answers) = self.answers.get_mut(place) {
                let mut index = 0;
                answers.retain(|_| {
                    index += 1;
                    kept.contains(&(index - 1))
                });
            }
        }
    }

    /// Whether all of its rules are settled.
    pub(super) fn is_idle(&self) -> bool {
        self.rules.is_empty()
    }

    /// Whether not every answer could be tried.
    #[cfg(test)]
    pub(super) fn is_short(&self) -> bool {
        self.short.iter().any(|short| *short) || self.tables.iter().any(Option::is_none)
    }

    fn sizes(&self) -> Vec<usize> {
        self.answers.iter().map(Vec::len).collect()
    }

    /// What one of the study's rules depends on.
    fn essential(&self, rule: RuleIndex, cone: &Cone, budget: &mut Budget) -> Essential {
        let is_own = |leaf: &Leaf| cone.leaves.iter().any(|own| own.id == leaf.id);
        let own: Vec<usize> =
            self.leaves.iter().enumerate().filter(|(_, leaf)| is_own(leaf)).map(|(index, _)| index).collect();
        let tables: Option<Vec<Table>> = own.iter().map(|leaf| self.tables.get(*leaf).cloned().flatten()).collect();
        // Every total settles a score without bands: what the total is made of is missing.
        let kind = self.situation.program().rules.get(rule.0 as usize).map(|rule| &rule.kind);
        if let Some(RuleKind::Score(score)) = kind
            && score.bands.is_empty()
        {
            let things = self.total_depends(rule, score, self.read_by_open_conditions(rule, &own));
            return Essential { things, truncated: false };
        }
        let ids = own.iter().filter_map(|leaf| self.leaves.get(*leaf)).map(|leaf| leaf.id).collect();
        let mut pinned = Pinned::new(self.situation, ids);
        let found = tables.and_then(|tables| {
            let mut view = |values: &[Truth]| self.view(rule, cone, &own, &mut pinned, values);
            diagram::depends(&self.sizes(), tables, budget, &mut view)
        });
        match found {
            Some(found) => {
                let mut things: Vec<usize> =
                    found.iter().enumerate().filter(|(_, depends)| **depends).map(|(place, _)| place).collect();
                // A schedule that is in force whatever they are has other dates for each.
                if let Some(dates) = schedule::dates_of(self.situation.program(), rule) {
                    // An interval of nothing makes a fault of them, and is not asked for because of that.
                    let others = own.iter().filter(|leaf| self.leaves.get(**leaf).is_some_and(|leaf| leaf.id != dates));
                    let elsewhere: Vec<usize> =
                        others.filter_map(|leaf| self.supports.get(*leaf)).flatten().copied().collect();
                    things.retain(|thing| elsewhere.contains(thing));
                    things.extend(self.needed_for_dates.get(&dates).into_iter().flatten());
                    things.sort_unstable();
                    things.dedup();
                }
                // Nothing that was tried makes a difference, and not everything was: better ask too much than nothing.
                let supports = own.iter().filter_map(|leaf| self.supports.get(*leaf)).flatten();
                let is_short = supports.copied().any(|thing| self.short.get(thing).copied().unwrap_or(false));
                if things.is_empty() && is_short {
                    return Essential { things: self.read_by_open_conditions(rule, &own), truncated: true };
                }
                Essential { things, truncated: false }
            }
            None => Essential { things: self.read_by_open_conditions(rule, &own), truncated: true },
        }
    }

    /// The rule with its open conditions at these values.
    fn view(&self, rule: RuleIndex, cone: &Cone, own: &[usize], pinned: &mut Pinned<'_>, values: &[Truth]) -> View {
        let leaves = own.iter().filter_map(|leaf| self.leaves.get(*leaf));
        let cells = pinned.hold(values.iter().copied());
        let status = Situation::status(cells, rule);
        match cone.refinement {
            Refinement::Stays => {
                let live = Live::of(self.situation.program(), cells, rule);
                View {
                    status: number(self.situation.program(), cells, rule),
                    settled: status.is_settled(),
                    live: leaves.map(|leaf| live.leaves.contains(&leaf.id)).collect(),
                    residue: live.residue,
                }
            }
            // What looks at unknown itself settles nothing before everything is known.
            Refinement::MayChange => View {
                status: number(self.situation.program(), cells, rule),
                settled: false,
                live: vec![true; own.len()],
                residue: values.iter().map(|value| *value as u32).collect(),
            },
        }
    }

    fn read_by_open_conditions(&self, rule: RuleIndex, own: &[usize]) -> Vec<usize> {
        let live = Live::of(self.situation.program(), self.situation.cells, rule);
        let is_live = |leaf: &usize| self.leaves.get(*leaf).is_some_and(|leaf| live.leaves.contains(&leaf.id));
        let mut things: Vec<usize> = own
            .iter()
            .filter(|leaf| is_live(leaf))
            .filter_map(|leaf| self.supports.get(*leaf))
            .flatten()
            .copied()
            .collect();
        things.sort_unstable();
        things.dedup();
        things
    }

    /// What is missing for all the study's rules, the best first, with what its answers would settle.
    pub(super) fn findings(&self) -> Findings<'a> {
        let mut budget = BUDGET;
        let rules = self.rules.iter().zip(&self.cones);
        let essential: Vec<Essential> = rules.map(|(rule, cone)| self.essential(*rule, cone, &mut budget)).collect();
        self.findings_by(&essential)
    }

    /// The same where it is told on which things the rules depend.
    pub(super) fn findings_told(&self, told: &[(Thing, Vec<RuleIndex>)]) -> Findings<'a> {
        let things_of = |rule: &RuleIndex| {
            let own = told.iter().filter(|(_, rules)| rules.contains(rule));
            // INVARIANT: what an open condition of a rule reads and is not known is among the things.
            own.filter_map(|(thing, _)| self.things.binary_search(thing).ok()).collect()
        };
        let essential = self.rules.iter().map(|rule| Essential { things: things_of(rule), truncated: false });
        self.findings_by(&essential.collect::<Vec<_>>())
    }

    /// The question about one thing, told to bear on these rules.
    pub(super) fn ask_for(&self, thing: Thing, bears_on: &[RuleIndex]) -> Option<Ask> {
        let place = self.things.binary_search(&thing).ok()?;
        let missing = thing.wanted(self.situation, bears_on.to_vec()).told(self.situation);
        Some(Ask { missing, answers: self.candidate(place, bears_on.to_vec()).answers })
    }

    fn findings_by(&self, essential: &[Essential]) -> Findings<'a> {
        let truncated = essential.iter().any(|essential| essential.truncated);
        let mut candidates: Vec<Candidate> = (0..self.things.len())
            .filter_map(|place| {
                let bears_on: Vec<RuleIndex> = self
                    .rules
                    .iter()
                    .zip(essential)
                    .filter(|(_, essential)| essential.things.contains(&place))
                    .map(|(rule, _)| *rule)
                    .collect();
                (!bears_on.is_empty()).then(|| self.candidate(place, bears_on))
            })
            .collect();
        candidates
            .sort_by_key(|candidate| (Reverse(candidate.share), Reverse(candidate.bears_on.len()), candidate.place));
        let missing = |candidate: &Candidate| {
            let settles = candidate.bears_on.clone();
            self.things.get(candidate.place).map(|thing| thing.wanted(self.situation, settles))
        };
        let ask = candidates.first().and_then(|best| {
            missing(best).map(|missing| Ask { missing: missing.told(self.situation), answers: best.answers.clone() })
        });
        let mut all: Vec<Wanted<'a>> = candidates.iter().filter_map(missing).collect();
        let seed = schedule::missing_seed(self.situation, &self.rules, &self.cones);
        let ask =
            ask.or_else(|| seed.clone().map(|seed| Ask { missing: seed.told(self.situation), answers: Vec::new() }));
        all.extend(seed);
        Findings { missing: all, ask, truncated }
    }

    /// Whether all that is asked of a list is whether there is some record that passes.
    fn is_asked_for_one(&self, place: usize) -> bool {
        let truths = &self.situation.program().truths;
        let is_some = |leaf: &Leaf| matches!(truths.get(leaf.id.0 as usize), Some(TruthOp::Some(_)));
        let mut asking = self.leaves.iter().zip(&self.supports).filter(|(_, support)| support.contains(&place));
        asking.all(|(leaf, _)| is_some(leaf))
    }

    /// How much the answers of one thing settle by themselves.
    fn candidate(&self, place: usize, bears_on: Vec<RuleIndex>) -> Candidate {
        let answers = self.answers.get(place).map(Vec::as_slice).unwrap_or_default();
        // Which longer lists are tried depends on how many there are; that must not bear on the order.
        let is_counted = |answer: &FactValue| {
            if let FactValue::List(list) = answer {
                return list.records.len() <= 1 || !self.is_asked_for_one(place);
            }
            true
        };
        let (mut settled_in_all, mut counted) = (0_u64, 0_u64);
        let mut told = Vec::new();
        for (row, answer) in answers.iter().enumerate() {
            let cells = self.complete(&[place], row);
            let statuses = self.rules.iter().map(|rule| (*rule, Situation::status(&cells, *rule)));
            let settles: Vec<SettledRule> = statuses
                .filter(|(_, status)| status.is_settled())
                .map(|(rule, _)| self.situation.settled_rule(rule, &cells))
                .collect();
            let is_settled = |rule: &&RuleIndex| Situation::status(&cells, **rule).is_settled();
            if is_counted(answer) {
                settled_in_all += bears_on.iter().filter(is_settled).count() as u64;
                counted += 1;
            }
            if told.len() < TOLD {
                told.push(PossibleAnswer { example: answer.clone(), settles });
            }
        }
        // In millionths, so that shares can be compared exactly and cheaply.
        let share = settled_in_all * 1_000_000 / counted.max(1);
        Candidate { place, share, bears_on, answers: told }
    }
}

struct Candidate {
    place: usize,
    share: u64,
    bears_on: Vec<RuleIndex>,
    answers: Vec<PossibleAnswer>,
}

/// How many rows the table of these things has; too many count as the most there can be.
fn rows(support: &[usize], answers: &[Vec<FactValue>]) -> usize {
    support.iter().map(|place| answers.get(*place).map_or(0, Vec::len)).fold(1, usize::saturating_mul)
}

/// Tells any two answers apart: statuses, bands, and what is proposed.
fn number(program: &Program, cells: &Cells, rule: RuleIndex) -> u64 {
    let status = match Situation::status(cells, rule) {
        RuleStatus::Eligibility(status) => status as u32,
        RuleStatus::Checklist(status) => status as u32,
        RuleStatus::Task(status) => status as u32,
        RuleStatus::Recommendation(status) => status as u32,
        RuleStatus::Parallel(status) => status as u32,
        RuleStatus::Schedule(status) => status as u32,
        RuleStatus::Score(ScoreStatus::NotApplicable) => 0,
        RuleStatus::Score(ScoreStatus::Undetermined) => 1,
        RuleStatus::Score(ScoreStatus::Banded(band)) => 2 + band,
        RuleStatus::Proposal(status) => status as u32,
        RuleStatus::Indicator(status) => status as u32,
    };
    let options = match program.rules.get(rule.0 as usize).map(|rule| &rule.kind) {
        // A conflict is one answer, whichever options contradict each other.
        Some(RuleKind::Proposal(proposal)) => {
            let proposed = crate::eval::proposed(program, cells, proposal);
            if proposed.status == ProposalStatus::Conflict { BTreeSet::new() } else { proposed.outcomes }
        }
        Some(_) | None => BTreeSet::new(),
    };
    // FNV-1a, over the options in order.
    let hash = |hash: u64, option: u32| (hash ^ u64::from(option)).wrapping_mul(0x0100_0000_01b3);
    u64::from(status) ^ options.into_iter().fold(0xcbf2_9ce4_8422_2325, hash)
}
