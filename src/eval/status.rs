//! What the lines of a rule come to together (LANGUAGE, "Meaning": eligibility and advice).

use super::cells::{AdviceStatus, Cells, CriterionStatus, EligibilityStatus, RuleStatus};
use crate::program::{Criterion, Modality, Program, Recommendation, RuleIndex, RuleKind, StatusTest, Strength, Target};
use crate::value::Truth;

/// Settles a rule from the cells of its conditions.
pub(super) fn settle(program: &Program, rule: RuleIndex, cells: &mut Cells) {
    if let Some(only) = program.single_lines[rule.0 as usize] {
        cells.rules[rule.0 as usize] = RuleStatus::Advice(match cells.lit(program, only) {
            Truth::True => AdviceStatus::Recommended,
            Truth::Unknown => AdviceStatus::Undetermined,
            Truth::False => AdviceStatus::NotApplicable,
        });
        return;
    }
    let status = match &program.rules[rule.0 as usize].kind {
        RuleKind::Eligibility { when, criteria } => {
            for criterion in criteria {
                cells.criteria[criterion.cell as usize] = line(program, criterion, cells);
            }
            let when = when.map_or(Truth::True, |when| cells.lit(program, when.lit));
            RuleStatus::Eligibility(eligibility(when, criteria, cells))
        }
        RuleKind::Recommendation(recommendation) => RuleStatus::Advice(advice(program, recommendation, cells)),
    };
    cells.rules[rule.0 as usize] = status;
}

fn line(program: &Program, criterion: &Criterion, cells: &Cells) -> CriterionStatus {
    match cells.lit(program, criterion.condition.lit) {
        Truth::True => CriterionStatus::Met,
        Truth::Unknown => CriterionStatus::Undetermined,
        Truth::False => {
            let exceptions = criterion.exceptions.iter().map(|exception| cells.lit(program, exception.condition.lit));
            match exceptions.fold(Truth::False, Truth::or) {
                Truth::True => CriterionStatus::Excepted,
                Truth::Unknown => CriterionStatus::Undetermined,
                Truth::False => CriterionStatus::NotMet,
            }
        }
    }
}

fn eligibility(when: Truth, criteria: &[Criterion], cells: &Cells) -> EligibilityStatus {
    match when {
        Truth::False => return EligibilityStatus::NotApplicable,
        Truth::Unknown => return EligibilityStatus::Undetermined,
        Truth::True => {}
    }
    let required = criteria.iter().filter(|criterion| criterion.modality == Modality::Require);
    let mut worst = EligibilityStatus::Met;
    for criterion in required {
        match (cells.criterion(criterion.cell), worst) {
            (CriterionStatus::NotMet, _) => return EligibilityStatus::NotMet,
            (CriterionStatus::Undetermined, _) => worst = EligibilityStatus::Undetermined,
            (CriterionStatus::Excepted, EligibilityStatus::Met) => worst = EligibilityStatus::Refer,
            (CriterionStatus::Excepted | CriterionStatus::Met, _) => {}
        }
    }
    worst
}

fn advice(program: &Program, recommendation: &Recommendation, cells: &Cells) -> AdviceStatus {
    let truth = |line: &crate::program::Line| cells.lit(program, line.condition.lit);
    if let ([only], [], []) = (&*recommendation.strengths, &*recommendation.not_needed, &*recommendation.advise_against)
        && only.strength != Strength::ShouldNot
    {
        return match truth(&only.line) {
            Truth::True => AdviceStatus::Recommended,
            Truth::Unknown => AdviceStatus::Undetermined,
            Truth::False => AdviceStatus::NotApplicable,
        };
    }
    let any = |lines: &[crate::program::Line]| lines.iter().map(truth).fold(Truth::False, Truth::or);
    let strengths = &recommendation.strengths;
    match strengths.iter().map(|strength| truth(&strength.line)).fold(Truth::False, Truth::or) {
        Truth::False => return AdviceStatus::NotApplicable,
        Truth::Unknown => return AdviceStatus::Undetermined,
        Truth::True => {}
    }
    match any(&recommendation.advise_against).or(strength_is_against(program, recommendation, cells)) {
        Truth::True => return AdviceStatus::AdvisedAgainst,
        Truth::Unknown => return AdviceStatus::Undetermined,
        Truth::False => {}
    }
    match any(&recommendation.not_needed) {
        Truth::True => AdviceStatus::NotApplicable,
        Truth::Unknown => AdviceStatus::Undetermined,
        Truth::False => AdviceStatus::Recommended,
    }
}

/// Whether the first line that holds says "should not": known when every line that may be the first agrees.
fn strength_is_against(program: &Program, recommendation: &Recommendation, cells: &Cells) -> Truth {
    let (mut all, mut none) = (true, true);
    for strength in &recommendation.strengths {
        let truth = cells.lit(program, strength.line.condition.lit);
        if truth == Truth::False {
            continue;
        }
        let against = strength.strength == Strength::ShouldNot;
        all &= against;
        none &= !against;
        if truth == Truth::True {
            break;
        }
    }
    Truth::from_bounds(all, none)
}

/// Whether a status test holds.
pub(super) fn test(cells: &Cells, program: &Program, target: Target, test: StatusTest) -> Truth {
    let known = |undetermined: bool, holds: bool| match (test, undetermined) {
        (StatusTest::Undetermined, undetermined) => Truth::from(undetermined),
        (_, true) => Truth::Unknown,
        (_, false) => Truth::from(holds),
    };
    match target {
        Target::Criterion(rule, index) => {
            let status = match &program.rules[rule.0 as usize].kind {
                RuleKind::Eligibility { criteria, .. } => cells.criterion(criteria[index as usize].cell),
                RuleKind::Recommendation(_) => CriterionStatus::Undetermined,
            };
            let holds = match test {
                StatusTest::Met => status == CriterionStatus::Met,
                StatusTest::NotMet => status == CriterionStatus::NotMet,
                StatusTest::Excepted => status == CriterionStatus::Excepted,
                StatusTest::Refer
                | StatusTest::Undetermined
                | StatusTest::NotApplicable
                | StatusTest::Recommended
                | StatusTest::AdvisedAgainst => false,
            };
            known(status == CriterionStatus::Undetermined, holds)
        }
        Target::Rule(rule) => match cells.rules[rule.0 as usize] {
            RuleStatus::Eligibility(status) => {
                let holds = match test {
                    StatusTest::Met => status == EligibilityStatus::Met,
                    StatusTest::NotMet => status == EligibilityStatus::NotMet,
                    StatusTest::Refer => status == EligibilityStatus::Refer,
                    StatusTest::NotApplicable => status == EligibilityStatus::NotApplicable,
                    StatusTest::Excepted
                    | StatusTest::Undetermined
                    | StatusTest::Recommended
                    | StatusTest::AdvisedAgainst => false,
                };
                known(status == EligibilityStatus::Undetermined, holds)
            }
            RuleStatus::Advice(status) => {
                let holds = match test {
                    StatusTest::Recommended => status == AdviceStatus::Recommended,
                    StatusTest::AdvisedAgainst => status == AdviceStatus::AdvisedAgainst,
                    StatusTest::NotApplicable => status == AdviceStatus::NotApplicable,
                    StatusTest::Met
                    | StatusTest::NotMet
                    | StatusTest::Refer
                    | StatusTest::Excepted
                    | StatusTest::Undetermined => false,
                };
                known(status == AdviceStatus::Undetermined, holds)
            }
        },
    }
}
