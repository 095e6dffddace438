//! What is there, what is known, and the status of other rules.

use super::paths::{Found, joined};
use super::{Lowered, Lowering};
use crate::check::names::RuleSort;
use crate::check::types::{TRUTH, describe};
use crate::diagnostic::codes as register;
use crate::ir::{Comparison, Constant, Expr, ExprKind, Polarity, RuleTarget, StatusTest, Type};
use crate::schema::{FactType, ScalarType};
use crate::syntax::ast::{Name, Span, Spanned, StatusWord};

impl<'a> Lowering<'_, 'a> {
    /// `there is a referral`: something that can be known to be absent, or a list.
    pub(super) fn there_is(&mut self, span: Span, polarity: Polarity, path: &'a [Name]) -> Lowered {
        let Some((kind, ty)) = self.fact_or_field(path, span, "`there is` asks about a fact") else {
            return Self::unknown();
        };
        let may_be_absent = match (&kind, &ty) {
            (_, Type::List | Type::Scalar(ScalarType::Any | ScalarType::Date { or_none: true })) => true,
            (ExprKind::Fact(id), Type::Record) => match self.world.schema.get(*id).map(|fact| &fact.ty) {
                Some(FactType::Record { or_none, .. }) => *or_none,
                Some(FactType::Scalar(_) | FactType::List { .. }) | None => true,
            },
            (_, Type::Record | Type::Age | Type::Scalar(_)) => false,
        };
        if !may_be_absent {
            let name = joined(path);
            let (what, help) = match &ty {
                Type::Record => ("a record".to_owned(), format!("declare `{name}` as `record or none`")),
                Type::Scalar(ScalarType::Date { .. }) => {
                    ("a date".to_owned(), format!("declare `{name}` as `date or none`, or write `{name} is known`"))
                }
                Type::Scalar(ScalarType::Truth) => ("yes/no".to_owned(), format!("write `{name}` alone")),
                Type::Scalar(_) | Type::Age | Type::List => (describe(&ty), format!("write `{name} is known`")),
            };
            let message = format!("`{name}` is {what}, and cannot be absent");
            let found = self.finding(register::ALWAYS_THERE, span, message);
            self.report.add(found.help(help));
            return Self::unknown();
        }
        let place = self.place(span);
        (ExprKind::ThereIs(polarity, Box::new(Expr { kind, ty, place })), TRUTH)
    }

    /// `x is known`: a fact or field.
    pub(super) fn known(&mut self, span: Span, polarity: Polarity, path: &'a [Name]) -> Lowered {
        let Some((kind, ty)) = self.fact_or_field(path, span, "`is known` asks about a fact") else {
            return Self::unknown();
        };
        let place = self.place(span);
        (ExprKind::Known(polarity, Box::new(Expr { kind, ty, place })), TRUTH)
    }

    fn fact_or_field(&mut self, path: &'a [Name], span: Span, asks: &str) -> Option<Lowered> {
        let what = match self.find(path, span) {
            Found::Value(lowered) => {
                let is_fact =
                    matches!(lowered.0, ExprKind::Fact(_) | ExprKind::RecordField(..) | ExprKind::Field { .. });
                if is_fact {
                    return Some(lowered);
                }
                if matches!(lowered.0, ExprKind::Parameter(_)) { "a parameter" } else { "a definition" }
            }
            Found::Nothing => return None,
            Found::Word => "a whole record",
            Found::Rule(_) | Found::Criterion(_) => "a rule",
            Found::CodeSet(_) => "a set of codes",
            Found::Table => "a table",
            Found::Other(declared) => declared.word(),
        };
        let found =
            self.finding(register::WRONG_KIND_OF_NAME, span, format!("{asks}, and `{}` is {what}", joined(path)));
        let help = match what {
            "a rule" => "write `is undetermined` or `is not undetermined`",
            _words => "ask about the facts or fields that it rests on",
        };
        self.report.add(found.help(help));
        None
    }

    /// `laro is met`.
    pub(super) fn status(
        &mut self,
        span: Span,
        polarity: Polarity,
        rule: &'a [Name],
        status: &Spanned<StatusWord>,
    ) -> Lowered {
        let (target, sort) = match self.find(rule, span) {
            Found::Rule(id) => match self.world.rule(id).map(|names| names.sort) {
                Some(sort) => (RuleTarget::Rule(id), Tested::Rule(sort)),
                None => return Self::unknown(),
            },
            Found::Criterion(target) => {
                let (RuleTarget::Rule(id) | RuleTarget::Criterion(id, _)) = target;
                let Some(sort) = self.world.rule(id).map(|names| names.sort) else { return Self::unknown() };
                (target, Tested::Line(sort))
            }
            Found::Nothing => return Self::unknown(),
            Found::Value(value) => return self.status_of_value(span, polarity, rule, status, value),
            Found::Word | Found::CodeSet(_) | Found::Table | Found::Other(_) => {
                let message = format!("`{}` is no rule, so it has no status", joined(rule));
                let found = self.finding(register::NOT_A_RULE, span, message);
                self.report.add(found);
                return Self::unknown();
            }
        };
        match sort.test(status.value) {
            // *Not met* is a status of its own: what does not apply, or is excepted, is never not met.
            Some(StatusTest::Met) if polarity == Polarity::Negative => {
                (ExprKind::Status(Polarity::Positive, target, StatusTest::NotMet), TRUTH)
            }
            Some(test) => (ExprKind::Status(polarity, target, test), TRUTH),
            None => {
                let message = format!("`{}` is never {}: it is {}", joined(rule), word(status.value), sort.noun());
                let found = self.finding(register::STATUS_DOES_NOT_FIT, status.span, message);
                self.report.add(match sort {
                    Tested::Line(RuleSort::Score) => found.help("ask for the band: `band of … is …`"),
                    Tested::Rule(_) | Tested::Line(_) => found.help(format!("it can be {}", sort.words())),
                });
                Self::unknown()
            }
        }
    }

    /// A value said to be `met`: its own word, if it is a choice; else a mistake.
    fn status_of_value(
        &mut self,
        span: Span,
        polarity: Polarity,
        path: &'a [Name],
        status: &Spanned<StatusWord>,
        (kind, ty): Lowered,
    ) -> Lowered {
        let place = self.place(span);
        if let Type::Scalar(ScalarType::Choice(words)) = &ty
            && words.iter().any(|choice| **choice == *word(status.value))
        {
            let operator = match polarity {
                Polarity::Positive => Comparison::Is,
                Polarity::Negative => Comparison::IsNot,
            };
            let constant = ExprKind::Constant(Constant::Choice(word(status.value).into()));
            let right = Expr { kind: constant, ty: ty.clone(), place };
            return (ExprKind::Compare(Box::new(Expr { kind, ty, place }), operator, Box::new(right)), TRUTH);
        }
        if ty == super::ANY {
            return Self::unknown();
        }
        let name = joined(path);
        let help = match status.value {
            StatusWord::Undetermined => format!("write `{name} is not known`"),
            StatusWord::Met
            | StatusWord::Refer
            | StatusWord::Excepted
            | StatusWord::NotApplicable
            | StatusWord::Recommended
            | StatusWord::AdvisedAgainst
            | StatusWord::Complete
            | StatusWord::Incomplete
            | StatusWord::ToDo
            | StatusWord::Done
            | StatusWord::Late
            | StatusWord::DoneLate
            | StatusWord::InParallel
            | StatusWord::Waiting
            | StatusWord::OutOfStep
            | StatusWord::InForce
            | StatusWord::Proposed
            | StatusWord::NoneApplies
            | StatusWord::Conflict
            | StatusWord::PossibleConflict => format!("write `{name}` alone, or `not {name}`"),
        };
        let message = format!("`{name}` is {}, not a rule, so it has no status", describe(&ty));
        let found = self.finding(register::NOT_A_RULE, span, message);
        self.report.add(found.help(help));
        Self::unknown()
    }
}

/// What a status test looks at, as far as its words go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tested {
    Rule(RuleSort),
    Line(RuleSort),
}

impl Tested {
    fn noun(self) -> &'static str {
        match self {
            Tested::Rule(sort) => sort.noun(),
            Tested::Line(RuleSort::Eligibility) => "a line of an eligibility",
            Tested::Line(RuleSort::Checklist) => "a line of a checklist",
            Tested::Line(RuleSort::Task) => "one of those a task is done for",
            Tested::Line(RuleSort::Proposal) => "an option of a proposal",
            Tested::Line(
                RuleSort::Recommendation
                | RuleSort::Parallel
                | RuleSort::Schedule
                | RuleSort::Score
                | RuleSort::Indicator,
            ) => "a line of a rule",
        }
    }

    /// The status tests that fit, in the order to list them.
    fn tests(self) -> &'static [(StatusWord, StatusTest)] {
        use StatusTest as Test;
        use StatusWord as Word;
        const APPLIES: (Word, Test) = (Word::NotApplicable, Test::NotApplicable);
        const OPEN: (Word, Test) = (Word::Undetermined, Test::Undetermined);
        match self {
            Tested::Rule(RuleSort::Eligibility) => &[(Word::Met, Test::Met), (Word::Refer, Test::Refer), OPEN, APPLIES],
            Tested::Line(RuleSort::Eligibility) => &[(Word::Met, Test::Met), (Word::Excepted, Test::Excepted), OPEN],
            Tested::Line(RuleSort::Checklist) => &[(Word::Met, Test::Met), OPEN],
            Tested::Rule(RuleSort::Checklist) => {
                &[(Word::Complete, Test::Complete), (Word::Incomplete, Test::Incomplete), OPEN, APPLIES]
            }
            Tested::Rule(RuleSort::Task) | Tested::Line(RuleSort::Task) => &[
                (Word::ToDo, Test::ToDo),
                (Word::Done, Test::Done),
                (Word::Late, Test::Late),
                (Word::DoneLate, Test::DoneLate),
                OPEN,
                APPLIES,
            ],
            Tested::Rule(RuleSort::Recommendation) => {
                &[(Word::Recommended, Test::Recommended), (Word::AdvisedAgainst, Test::AdvisedAgainst), OPEN, APPLIES]
            }
            Tested::Rule(RuleSort::Parallel) => &[
                (Word::InParallel, Test::InParallel),
                (Word::Waiting, Test::Waiting),
                (Word::OutOfStep, Test::OutOfStep),
                OPEN,
                APPLIES,
            ],
            Tested::Rule(RuleSort::Schedule) => &[(Word::InForce, Test::InForce), OPEN, APPLIES],
            Tested::Rule(RuleSort::Proposal) => &[
                (Word::Proposed, Test::Proposed),
                (Word::NoneApplies, Test::NoneApplies),
                (Word::Conflict, Test::Conflict),
                (Word::PossibleConflict, Test::PossibleConflict),
                OPEN,
                APPLIES,
            ],
            Tested::Rule(RuleSort::Score | RuleSort::Indicator) => &[OPEN, APPLIES],
            Tested::Line(RuleSort::Proposal) => &[(Word::Proposed, Test::Proposed), OPEN],
            Tested::Line(
                RuleSort::Recommendation
                | RuleSort::Parallel
                | RuleSort::Schedule
                | RuleSort::Score
                | RuleSort::Indicator,
            ) => &[],
        }
    }

    fn words(self) -> String {
        let words: Vec<String> = self
            .tests()
            .iter()
            .flat_map(|(status, _)| {
                let negated = if *status == StatusWord::Met { Some("`not met`".to_owned()) } else { None };
                std::iter::once(format!("`{}`", word(*status))).chain(negated)
            })
            .collect();
        words.join(", ")
    }

    fn test(self, status: StatusWord) -> Option<StatusTest> {
        self.tests().iter().find(|(word, _)| *word == status).map(|(_, test)| *test)
    }
}

/// The word as written.
fn word(status: StatusWord) -> &'static str {
    match status {
        StatusWord::Met => "met",
        StatusWord::Refer => "refer",
        StatusWord::Excepted => "excepted",
        StatusWord::Undetermined => "undetermined",
        StatusWord::NotApplicable => "not applicable",
        StatusWord::Recommended => "recommended",
        StatusWord::AdvisedAgainst => "advised against",
        StatusWord::Complete => "complete",
        StatusWord::Incomplete => "incomplete",
        StatusWord::ToDo => "to do",
        StatusWord::Done => "done",
        StatusWord::Late => "late",
        StatusWord::DoneLate => "done late",
        StatusWord::InParallel => "in parallel",
        StatusWord::Waiting => "waiting",
        StatusWord::OutOfStep => "out of step",
        StatusWord::InForce => "in force",
        StatusWord::Proposed => "proposed",
        StatusWord::NoneApplies => "none applies",
        StatusWord::Conflict => "a conflict",
        StatusWord::PossibleConflict => "a possible conflict",
    }
}
