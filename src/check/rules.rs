//! Definitions, assumptions, eligibilities and recommendations.

use super::expression::{Lowering, Names};
use super::labels::{Purpose, Wording};
use super::lints;
use super::names::{Declared, Scope, World};
use super::report::{Report, finding, place};
use super::sources::Grounds;
use crate::diagnostic::codes;
use crate::ground::Ground;
use crate::ir::{
    self, Assumption, Criterion, Define, Eligibility, Exception, Expr, LayerId, Line, Modality, PartyId, PartyOrWord,
    Recommendation, RuleKind, Strength, StrengthLine,
};
use crate::syntax::ast::{self, Name, RecommendClauseKind};
use std::collections::HashSet;

/// Who may carry out a recommendation without being declared.
const PROFESSIONS: [&str; 8] =
    ["physician", "nurse", "psychologist", "pharmacist", "midwife", "dentist", "social_worker", "counsellor"];

/// Understands the definitions and rules of one file.
pub(super) struct Rules<'r, 'a> {
    pub(super) world: &'r mut World<'a>,
    pub(super) scope: &'r Scope<'a>,
    pub(super) report: &'r mut Report<'a>,
    pub(super) grounds: Grounds<'r, 'a>,
    pub(super) wording: Wording,
    pub(super) layer: LayerId,
}

impl<'a> Rules<'_, 'a> {
    pub(super) fn lowering(&mut self) -> Lowering<'_, 'a> {
        Lowering::new(self.world, self.scope, self.report, self.wording.file, Names::Declared)
    }

    pub(super) fn condition(&mut self, expr: &'a ast::Expr) -> Expr {
        lints::repeated_condition::look(expr, self.wording.file, self.report);
        lints::misleading_indentation::look(expr, self.wording.file, self.report);
        self.lowering().condition(expr)
    }

    pub(super) fn when(&mut self, rule: &Name, when: &'a ast::Expr) -> Expr {
        lints::misleading_indentation::look_at_when(rule, when, self.wording.file, self.report);
        self.condition(when)
    }

    pub(super) fn own_grounds(&mut self, grounds: &'a [ast::Ground]) -> Vec<Ground> {
        self.grounds.read(grounds, self.world, self.report)
    }

    pub(super) fn define(&mut self, define: &'a ast::Define, order: u32) -> Define {
        lints::repeated_condition::look(&define.value, self.wording.file, self.report);
        lints::misleading_indentation::look(&define.value, self.wording.file, self.report);
        let value = self.lowering().value(&define.value, None);
        let purpose = if define.show.is_some() { Purpose::Label } else { Purpose::Optional };
        Define {
            name: define.name.value.clone(),
            label: self.wording.read(&define.label, purpose, &define.name, self.report),
            value,
            shown: define.show.is_some(),
            grounds: self.own_grounds(&define.grounds),
            layer: self.layer,
            order,
        }
    }

    pub(super) fn assumption(&mut self, assume: &'a ast::Assume) -> Assumption {
        lints::repeated_condition::look(&assume.condition, self.wording.file, self.report);
        let mut lowering = self.lowering();
        lowering.allow_empty_lists();
        let condition = lowering.condition(&assume.condition);
        if assume.grounds.is_empty() {
            lints::assumption_without_ground::report(place(self.wording.file, assume.condition.span), self.report);
        }
        Assumption {
            condition,
            grounds: self.own_grounds(&assume.grounds),
            said: crate::language::Localized::default(),
        }
    }

    pub(super) fn eligibility(&mut self, rule: &'a ast::Eligibility, order: u32) -> ir::Rule {
        let label = self.wording.read(&rule.label, Purpose::Label, &rule.name, self.report);
        let inherited = self.own_grounds(&rule.grounds);
        let when = rule.when.as_ref().map(|when| self.when(&rule.name, when));
        let nobody = "requires nothing, so nobody could fail to meet it";
        let criteria = self.criteria(&rule.name, &rule.criteria, (&inherited, rule.grounds.len()), nobody);
        self.rule(&rule.name, label, RuleKind::Eligibility(Eligibility { when, criteria }), rule.covers.as_ref(), order)
    }

    /// The lines of an eligibility or checklist; `inherited` with how many were written. `nobody`: what is wrong when
    /// none is required.
    pub(super) fn criteria(
        &mut self,
        rule: &'a Name,
        lines: &'a [ast::Criterion],
        (inherited, written): (&[Ground], usize),
        nobody: &str,
    ) -> Vec<Criterion> {
        let file = self.wording.file;
        if !lines.iter().any(|criterion| criterion.modality == ast::Modality::Require) {
            let found = finding(codes::NO_LINES, file, rule.span, format!("`{}` {nobody}", rule.value));
            self.report.add(found.help("write at least one line `require name: condition`"));
        }
        let mut names: HashSet<&str> = HashSet::new();
        let mut criteria = Vec::with_capacity(lines.len());
        for criterion in lines {
            if !names.insert(&criterion.name.value) {
                let message = format!("the line `{}` stands in `{}` twice", criterion.name.value, rule.value);
                let found = finding(codes::SAID_TWICE, file, criterion.name.span, message);
                self.report.add(found.help("give each line its own name"));
            }
            criteria.push(self.criterion(criterion, inherited, written));
        }
        lints::repeated_condition::look_at_lines(lines, file, self.report);
        lints::misleading_indentation::look_at_lines(lines, file, self.report);
        criteria
    }

    fn criterion(
        &mut self,
        criterion: &'a ast::Criterion,
        inherited: &[Ground],
        inherited_written: usize,
    ) -> Criterion {
        let what = format!("the line `{}`", criterion.name.value);
        let label = self.wording.read(&criterion.label, Purpose::Label, &criterion.name, self.report);
        let condition = self.condition(&criterion.condition);
        lints::constant_condition::look(&condition, self.report);
        lints::misleading_indentation::look_at_criterion(criterion, self.wording.file, self.report);
        let grounds = self.grounds.own_or(
            &criterion.grounds,
            inherited,
            inherited_written,
            (&what, criterion.name.span),
            self.world,
            self.report,
        );
        let written = if criterion.grounds.is_empty() { inherited_written } else { criterion.grounds.len() };
        let mut names: HashSet<&str> = HashSet::new();
        let mut exceptions = Vec::with_capacity(criterion.exceptions.len());
        for exception in &criterion.exceptions {
            if !names.insert(&exception.name.value) {
                let message = format!("the exception `{}` stands here twice", exception.name.value);
                let found = finding(codes::SAID_TWICE, self.wording.file, exception.name.span, message);
                self.report.add(found.help("give each exception its own name"));
            }
            exceptions.extend(self.exception(exception, &grounds, written));
        }
        Criterion {
            name: criterion.name.value.clone(),
            label,
            modality: match criterion.modality {
                ast::Modality::Require => Modality::Require,
                ast::Modality::Expect => Modality::Expect,
            },
            condition,
            grounds,
            exceptions,
            covers: covers(criterion.covers.as_ref()),
            place: place(self.wording.file, criterion.span),
        }
    }

    fn exception(&mut self, exception: &'a ast::Exception, inherited: &[Ground], written: usize) -> Option<Exception> {
        let what = format!("the exception `{}`", exception.name.value);
        let label = self.wording.read(&exception.label, Purpose::Label, &exception.name, self.report);
        let condition = self.condition(&exception.condition);
        lints::constant_condition::look(&condition, self.report);
        let grounds = self.grounds.own_or(
            &exception.grounds,
            inherited,
            written,
            (&what, exception.name.span),
            self.world,
            self.report,
        );
        let refer_to = self.party(&exception.refer_to)?;
        Some(Exception {
            name: exception.name.value.clone(),
            label,
            condition,
            refer_to,
            grounds,
            place: place(self.wording.file, exception.span),
        })
    }

    pub(super) fn party(&mut self, name: &Name) -> Option<PartyId> {
        let found = self.scope.look_up(
            name,
            self.wording.file,
            "a party",
            |what| matches!(what, Declared::Party(_)),
            self.report,
        );
        match found {
            Some(Declared::Party(id)) => Some(id),
            Some(
                Declared::Fact(_)
                | Declared::Parameter(_)
                | Declared::Define(_)
                | Declared::CodeSet(_)
                | Declared::Table(_)
                | Declared::Rule(_)
                | Declared::Source(_),
            )
            | None => None,
        }
    }

    pub(super) fn recommendation(&mut self, rule: &'a ast::Recommend, order: u32) -> ir::Rule {
        let file = self.wording.file;
        let label = self.wording.read(&rule.label, Purpose::Label, &rule.name, self.report);
        let text = self.wording.read(&rule.text, Purpose::Optional, &rule.name, self.report);
        if rule.text.is_empty() {
            let message = format!("`{}` does not say what to do", rule.name.value);
            let found = finding(codes::NO_TEXT, file, rule.name.span, message);
            self.report.add(found.help("add `text sv \"…\" en \"…\"`"));
        }
        let grounds = self.own_grounds(&rule.grounds);
        let mut found = Recommendation {
            strengths: Vec::new(),
            not_needed: Vec::new(),
            advise_against: Vec::new(),
            by: self.by(&rule.by),
            excludes: Vec::new(),
            text,
            grounds: Vec::new(),
        };
        for clause in &rule.clauses {
            let what = match &clause.kind {
                RecommendClauseKind::Strength { .. } => "this strength",
                RecommendClauseKind::NotNeeded => "`not needed if`",
                RecommendClauseKind::AdviseAgainst => "`advise against if`",
            };
            let condition = self.condition(&clause.condition);
            lints::constant_condition::look_at_clause(clause, &condition, self.report);
            lints::misleading_indentation::look_at_grounds(&clause.grounds, (what, clause.span), file, self.report);
            let line = Line {
                condition,
                grounds: self.grounds.own_or(
                    &clause.grounds,
                    &grounds,
                    rule.grounds.len(),
                    (what, clause.span),
                    self.world,
                    self.report,
                ),
                place: place(file, clause.span),
            };
            match &clause.kind {
                RecommendClauseKind::Strength { strength: word, priority } => {
                    let priority = priority.as_ref().map(|priority| priority.value);
                    found.strengths.push(StrengthLine { strength: strength(*word), priority, line });
                }
                RecommendClauseKind::NotNeeded => found.not_needed.push(line),
                RecommendClauseKind::AdviseAgainst => found.advise_against.push(line),
            }
        }
        if found.strengths.is_empty() {
            let message = format!("`{}` is never recommended: it has no strength", rule.name.value);
            let help = "write at least one line such as `should when condition`";
            self.report.add(finding(codes::NO_LINES, file, rule.name.span, message).help(help));
        }
        found.excludes = rule.excludes.iter().filter_map(|name| self.excluded(name, &rule.name)).collect();
        found.grounds = grounds;
        lints::repeated_condition::look_at_clauses(rule, file, self.report);
        self.rule(&rule.name, label, RuleKind::Recommendation(found), rule.covers.as_ref(), order)
    }

    fn by(&mut self, names: &'a [Name]) -> Vec<PartyOrWord> {
        let mut found = Vec::with_capacity(names.len());
        for name in names {
            if let Some(Declared::Party(id)) = self.scope.find(&name.value).map(|entry| entry.what) {
                found.push(PartyOrWord::Party(id));
            } else if PROFESSIONS.contains(&&*name.value) {
                found.push(PartyOrWord::Word(name.value.clone()));
            } else if self.scope.find(&name.value).is_some() || self.scope.broken.contains(&*name.value) {
                self.party(name);
            } else {
                let parties = self.scope.listed.iter().copied().chain(PROFESSIONS);
                let near = self.report.did_you_mean(&name.value, parties);
                let message = format!("`{}` is neither a party nor a profession", name.value);
                let help = near
                    .unwrap_or_else(|| format!("declare it with `party`, or write one of {}", PROFESSIONS.join(", ")));
                self.report.add(finding(codes::NOT_DECLARED, self.wording.file, name.span, message).help(help));
            }
        }
        found
    }

    fn excluded(&mut self, name: &'a Name, own: &Name) -> Option<ir::RuleId> {
        let file = self.wording.file;
        let world = &*self.world;
        let is_recommendation = |what| match what {
            Declared::Rule(id) => {
                world.rule(id).is_some_and(|names| names.sort == super::names::RuleSort::Recommendation)
            }
            Declared::Fact(_)
            | Declared::Parameter(_)
            | Declared::Define(_)
            | Declared::CodeSet(_)
            | Declared::Table(_)
            | Declared::Party(_)
            | Declared::Source(_) => false,
        };
        if name.value == own.value {
            let found = finding(codes::WRONG_KIND_OF_NAME, file, name.span, "a recommendation cannot exclude itself");
            self.report.add(found);
            return None;
        }
        match self.scope.look_up(name, file, "a recommendation", is_recommendation, self.report) {
            Some(Declared::Rule(id)) => Some(id),
            Some(
                Declared::Fact(_)
                | Declared::Parameter(_)
                | Declared::Define(_)
                | Declared::CodeSet(_)
                | Declared::Table(_)
                | Declared::Party(_)
                | Declared::Source(_),
            )
            | None => None,
        }
    }

    pub(super) fn rule(
        &self,
        name: &Name,
        label: crate::language::Localized,
        kind: RuleKind,
        covered: Option<&ast::Covers>,
        order: u32,
    ) -> ir::Rule {
        ir::Rule {
            name: name.value.clone(),
            label,
            kind,
            covers: covers(covered),
            layer: self.layer,
            order,
            place: place(self.wording.file, name.span),
        }
    }
}

fn covers(covers: Option<&ast::Covers>) -> Vec<Box<str>> {
    covers.map(|covers| covers.ids.iter().map(|id| id.value.clone()).collect()).unwrap_or_default()
}

fn strength(strength: ast::Strength) -> Strength {
    match strength {
        ast::Strength::Must => Strength::Must,
        ast::Strength::Should => Strength::Should,
        ast::Strength::May => Strength::May,
        ast::Strength::Exceptionally => Strength::Exceptionally,
        ast::Strength::ShouldNot => Strength::ShouldNot,
        ast::Strength::ResearchOnly => Strength::ResearchOnly,
    }
}
