//! From what a guideline means to what is run: rules, in their order, and the program as a whole.

use super::builder::Builder;
use super::layout::{Layout, Parts};
use super::lower::Lowering;
use super::reading::Meaning;
use super::reads::Operations;
use super::{
    Assumption, Criterion, Exception, Line, Program, Recommendation, RuleIndex, RuleKind, RuleProgram, Shown, Step,
    StrengthLine, Table, TableKey, ValueOp,
};
use crate::ir::{self, Constant};

impl Program {
    /// Lowers a checked guideline; cannot fail.
    pub(crate) fn lower(ir: &ir::Guideline) -> Program {
        let mut lowering = Lowering {
            ir,
            builder: Builder::default(),
            readings: Vec::new(),
            parameters: Vec::new(),
            set_parameters: Vec::new(),
            defines: Vec::new(),
            scores: Vec::new(),
            records: Vec::new(),
            subjects: Vec::new(),
            parts: Vec::new(),
            plans: Vec::new(),
            plans_of_rules: Vec::new(),
        };
        // Makes sure of the two first symbols.
        lowering.builder.symbol("yes");
        let tables = ir.tables.iter().map(|table| lowering.table(table)).collect();
        let mut criteria = 0;
        let mut rules = Vec::new();
        // A definition may ask for the status of a rule, so the two go together.
        for named in &ir.sequence {
            match *named {
                // INVARIANT: the definitions among themselves, and the rules, come in the order of their ids.
                ir::Named::Define(id) => {
                    let lowered = lowering.definition(&ir.defines[id.0 as usize]);
                    lowering.defines.push(lowered);
                }
                ir::Named::Rule(id) => {
                    lowering.scores.resize(id.0 as usize, None);
                    let rule = lowering.rule(&ir.rules[id.0 as usize], &mut criteria);
                    lowering.plans_of_rules.push(super::plans::PlanOfRule::of(&rule.kind));
                    rules.push(rule);
                    lowering.builder.steps.push(Step::Rule(RuleIndex(id.0)));
                }
            }
        }
        let assumptions = ir.assumptions.iter().map(|assumption| lowering.assumption(assumption)).collect();
        let shown = lowering.shown();
        let is_own = |(_, rule): &(u32, &RuleProgram)| rule.layer == ir::LayerId(0);
        let mut own: Vec<(u32, &RuleProgram)> = (0..).zip(&rules).filter(is_own).collect();
        own.sort_by_key(|(_, rule)| rule.order);
        let own_rules: Vec<u32> = own.into_iter().map(|(index, _)| index).collect();
        let Lowering { builder, readings, parameters, set_parameters, plans, .. } = lowering;
        let parts = Parts {
            schema: &ir.schema,
            operations: Operations {
                truths: &builder.truths.list,
                values: &builder.values.list,
                loops: &builder.loops.list,
                joints: &builder.joints.list,
            },
            slots: &builder.slots.list,
            lists: &builder.lists,
            code_tests: &builder.code_tests.list,
            single_lines: rules.iter().map(|rule| rule.kind.single_line()).collect(),
            own_rules: &own_rules,
            criteria,
            plans: plans.len(),
            kept: shown.iter().map(|shown| shown.value).chain(rules.iter().flat_map(RuleProgram::values)).collect(),
        };
        let scores =
            ir.rules.iter().filter(|rule| matches!(rule.kind, ir::RuleKind::Score(_)) && !rule.label.is_empty());
        let score_labels = scores.map(|rule| (rule.name.clone(), rule.label.clone()));
        let layout = Layout::new(&parts, builder.steps);
        Program {
            schema: ir.schema.clone(),
            layers: ir.layers.clone(),
            parties: ir.parties.clone(),
            truths: exact(builder.truths.list),
            values: exact(builder.values.list),
            constants: exact(builder.constants),
            parameters,
            set_parameters,
            slots: builder.slots.list,
            lists: builder.lists,
            loops: exact(builder.loops.list),
            joints: builder.joints.list,
            tables,
            plans,
            code_tests: exact(builder.code_tests.list),
            symbols: builder.symbols.list,
            loop_steps: exact(builder.loop_steps),
            layout,
            own_rules,
            texts: super::Kept::default(),
            value_steps: super::Kept::default(),
            line_labels: super::Kept::default(),
            rules: exact(rules),
            shown,
            assumptions,
            define_labels: ir
                .defines
                .iter()
                .filter(|define| !define.label.is_empty())
                .map(|define| (define.name.clone(), define.label.clone()))
                .chain(score_labels)
                .collect(),
            readings: exact(readings),
        }
    }
}

/// Without room for more: a program is kept and no longer grows.
fn exact<T>(mut list: Vec<T>) -> Vec<T> {
    list.shrink_to_fit();
    list
}

impl Lowering<'_> {
    fn rule(&mut self, rule: &ir::Rule, criteria: &mut u32) -> RuleProgram {
        let kind = match &rule.kind {
            ir::RuleKind::Eligibility(eligibility) => RuleKind::Eligibility {
                when: eligibility.when.as_ref().map(|when| self.condition(when)),
                criteria: self.criteria(&eligibility.criteria, criteria),
            },
            ir::RuleKind::Checklist(checklist) => RuleKind::Checklist {
                when: checklist.when.as_ref().map(|when| self.condition(when)),
                criteria: self.criteria(&checklist.criteria, criteria),
                text: checklist.text.clone(),
            },
            ir::RuleKind::Task(task) => RuleKind::Task(self.task(task)),
            ir::RuleKind::Parallel(parallel) => RuleKind::Parallel(self.parallel(parallel)),
            ir::RuleKind::Schedule(schedule) => RuleKind::Schedule(self.schedule(&rule.name, schedule)),
            ir::RuleKind::Score(score) => RuleKind::Score(self.score(rule, score)),
            ir::RuleKind::Proposal(proposal) => RuleKind::Proposal(self.proposal(proposal)),
            ir::RuleKind::Indicator(indicator) => RuleKind::Indicator(self.indicator(indicator)),
            ir::RuleKind::Recommendation(recommendation) => {
                RuleKind::Recommendation(self.recommendation(recommendation))
            }
        };
        RuleProgram {
            name: rule.name.clone(),
            label: rule.label.clone(),
            layer: rule.layer,
            order: rule.order,
            place: rule.place,
            kind,
        }
    }

    fn criteria(&mut self, lines: &[ir::Criterion], next: &mut u32) -> Vec<Criterion> {
        let mut lowered = Vec::with_capacity(lines.len());
        for line in lines {
            lowered.push(self.criterion(line, *next));
            *next += 1;
        }
        lowered
    }

    fn criterion(&mut self, criterion: &ir::Criterion, cell: u32) -> Criterion {
        Criterion {
            name: criterion.name.clone(),
            label: criterion.label.clone(),
            modality: criterion.modality,
            condition: self.condition(&criterion.condition),
            grounds: criterion.grounds.clone(),
            exceptions: criterion
                .exceptions
                .iter()
                .map(|exception| Exception {
                    name: exception.name.clone(),
                    label: exception.label.clone(),
                    condition: self.condition(&exception.condition),
                    refer_to: exception.refer_to,
                    grounds: exception.grounds.clone(),
                    place: exception.place,
                })
                .collect(),
            place: criterion.place,
            cell,
        }
    }

    fn recommendation(&mut self, recommendation: &ir::Recommendation) -> Recommendation {
        Recommendation {
            strengths: recommendation
                .strengths
                .iter()
                .map(|line| StrengthLine {
                    strength: line.strength,
                    priority: line.priority,
                    line: self.line(&line.line),
                })
                .collect(),
            not_needed: recommendation.not_needed.iter().map(|line| self.line(line)).collect(),
            advise_against: recommendation.advise_against.iter().map(|line| self.line(line)).collect(),
            by: recommendation.by.clone(),
            excludes: recommendation.excludes.iter().map(|rule| RuleIndex(rule.0)).collect(),
            text: recommendation.text.clone(),
            grounds: recommendation.grounds.clone(),
        }
    }

    pub(super) fn line(&mut self, line: &ir::Line) -> Line {
        Line { condition: self.condition(&line.condition), grounds: line.grounds.clone(), place: line.place }
    }

    fn assumption(&mut self, assumption: &ir::Assumption) -> Assumption {
        Assumption {
            condition: self.condition(&assumption.condition),
            grounds: assumption.grounds.clone(),
            place: assumption.condition.place,
            said: assumption.said.clone(),
        }
    }

    fn shown(&mut self) -> Vec<Shown> {
        let defines = self.ir.defines.iter().zip(self.defines.clone());
        let mut shown = Vec::new();
        for (define, (meaning, reading)) in defines.filter(|(define, _)| define.shown) {
            let value = match meaning {
                Meaning::Value(value) => value,
                Meaning::Truth(lit) => match self.absent_truth(&define.value) {
                    Some(operand) => self.builder.read(operand, false, true),
                    None => self.builder.value(ValueOp::Truth(lit)),
                },
            };
            shown.push(Shown {
                name: define.name.clone(),
                label: define.label.clone(),
                value,
                ty: define.value.ty.clone(),
                grounds: define.grounds.clone(),
                layer: define.layer,
                order: define.order,
                reading,
            });
        }
        shown
    }

    fn table(&mut self, table: &ir::Table) -> Table {
        let mut rows = Vec::new();
        for (key, cells) in &table.rows {
            let Some(key) = self.table_key(key) else { continue };
            let cells = cells.iter().map(|cell| self.constant_number(cell)).collect();
            rows.push((key, cells));
        }
        rows.sort_by_key(|(key, _)| *key);
        Table { rows }
    }

    fn table_key(&mut self, key: &Constant) -> Option<TableKey> {
        match key {
            Constant::Number(number) => Some(TableKey::Number(**number)),
            Constant::Quantity(quantity) => Some(TableKey::Number(quantity.number())),
            Constant::Text(text) | Constant::Choice(text) => Some(TableKey::Symbol(self.builder.symbol(text))),
            Constant::Code(code) => Some(TableKey::Symbol(self.builder.symbol(code.as_str()))),
            Constant::Truth(truth) => Some(TableKey::Truth(*truth)),
            // INVARIANT: the checker lets no other constant be a key.
            Constant::Date(_) | Constant::Duration(_) | Constant::Period(..) | Constant::Unknown => None,
        }
    }

    /// Index in `Program::constants`.
    fn constant_number(&mut self, constant: &Constant) -> u32 {
        let value = self.builder.constant(constant);
        match self.builder.values.list.get(value.0 as usize) {
            Some(ValueOp::Constant(number)) => *number,
            _ => u32::MAX,
        }
    }
}
