//! Every expression of a file, to look at or to change.

use riktlinje::syntax::ast::{
    BandReach, CountWindow, Declaration, Expr, ExprKind, File, ItemPoints, Otherwise, ParameterValue, PhaseEnd,
    Recurrence, TaskDoneKind, TaskDueKind,
};

/// The expressions directly inside of one.
pub fn children(expr: &mut Expr) -> Vec<&mut Expr> {
    match &mut expr.kind {
        ExprKind::Truth(_)
        | ExprKind::Number(_)
        | ExprKind::Quantity { .. }
        | ExprKind::Duration(_)
        | ExprKind::Date(_)
        | ExprKind::Text(_)
        | ExprKind::Code { .. }
        | ExprKind::CodeRange { .. }
        | ExprKind::Today
        | ExprKind::Path(_)
        | ExprKind::ThereIs { .. }
        | ExprKind::Known { .. }
        | ExprKind::Status { .. }
        | ExprKind::Band { .. } => Vec::new(),
        ExprKind::Age { on } => on.iter_mut().map(|on| &mut **on).collect(),
        ExprKind::And { operands, .. } | ExprKind::Or { operands, .. } => operands.iter_mut().collect(),
        ExprKind::Not(inner) => vec![inner],
        ExprKind::AtLeastOf { conditions, .. } => conditions.iter_mut().collect(),
        ExprKind::Compare { left, right, .. } => vec![left, right],
        ExprKind::OneOf { value, options, .. } => std::iter::once(&mut **value).chain(options).collect(),
        ExprKind::In { value, set, .. } => vec![value, set],
        ExprKind::Between { value, low, high } => vec![value, low, high],
        ExprKind::During { value, period } => vec![value, period],
        ExprKind::Distance { value, duration, anchor, .. } => vec![value, duration, anchor],
        ExprKind::AgeOrOlder { age, duration } => vec![age, duration],
        ExprKind::DatesCounted(counted) => match &mut counted.window {
            CountWindow::Before { duration, anchor } | CountWindow::After { duration, anchor } => {
                vec![duration, anchor]
            }
            CountWindow::During(date) | CountWindow::Since(date) => vec![date],
        },
        ExprKind::Each(each) => each.list.filter.iter_mut().collect(),
        ExprKind::Quantifier(quantifier) => {
            quantifier.list.filter.iter_mut().chain(std::iter::once(&mut quantifier.body)).collect()
        }
        ExprKind::Count { list, body, .. } => {
            list.filter.iter_mut().chain(body.iter_mut().map(|body| &mut **body)).collect()
        }
        ExprKind::Sum { value, list } => std::iter::once(&mut **value).chain(list.filter.iter_mut()).collect(),
        ExprKind::Extreme { list, .. } => list.filter.iter_mut().collect(),
        ExprKind::ExtremeHas { list, body, .. } | ExprKind::OfExtremes { list, body, .. } => {
            list.filter.iter_mut().chain(std::iter::once(&mut **body)).collect()
        }
        ExprKind::Different { list, within, .. } => {
            list.filter.iter_mut().chain(within.iter_mut().map(|within| &mut **within)).collect()
        }
        ExprKind::LookUp { key, otherwise, .. } => {
            let mut all = vec![&mut **key];
            if let Otherwise::Value(value) = &mut **otherwise {
                all.push(value);
            }
            all
        }
        ExprKind::If { arms, otherwise } => {
            let arms = arms.iter_mut().flat_map(|(condition, value)| [condition, value]);
            arms.chain(std::iter::once(&mut **otherwise)).collect()
        }
        ExprKind::Sums(terms) => terms.iter_mut().map(|(_, term)| term).collect(),
        ExprKind::Products(factors) => factors.iter_mut().map(|(_, factor)| factor).collect(),
        ExprKind::Shifted { duration, anchor, .. } => vec![duration, anchor],
        ExprKind::UnitsBetween { from, to, .. } => vec![from, to],
        ExprKind::Round { value, .. } => vec![value],
    }
}

/// The outermost expressions of a file, in its order.
fn roots(file: &mut File) -> Vec<&mut Expr> {
    let mut all = Vec::new();
    for item in &mut file.items {
        match &mut item.declaration {
            Declaration::Define(define) => all.push(&mut define.value),
            Declaration::Assume(assume) => all.push(&mut assume.condition),
            Declaration::Parameter(parameter) => {
                if let ParameterValue::Default(value) = &mut parameter.value {
                    all.push(value);
                }
            }
            Declaration::Eligibility(rule) => {
                all.extend(&mut rule.when);
                for criterion in &mut rule.criteria {
                    all.push(&mut criterion.condition);
                    all.extend(criterion.exceptions.iter_mut().map(|exception| &mut exception.condition));
                }
            }
            Declaration::Recommend(rule) => {
                all.extend(rule.clauses.iter_mut().map(|clause| &mut clause.condition));
            }
            Declaration::Checklist(rule) => {
                all.extend(&mut rule.head.when);
                all.extend(rule.criteria.iter_mut().map(|criterion| &mut criterion.condition));
            }
            Declaration::Task(rule) => {
                all.extend(&mut rule.head.when);
                match rule.done.as_mut().map(|done| &mut done.kind) {
                    Some(TaskDoneKind::By(by)) => all.extend(&mut by.list.filter),
                    Some(TaskDoneKind::When(condition)) => all.push(condition),
                    None => {}
                }
                match rule.due.as_mut().map(|due| &mut due.kind) {
                    Some(TaskDueKind::Within { duration, anchor }) => all.extend([duration, anchor]),
                    Some(TaskDueKind::By(day)) => all.push(day),
                    None => {}
                }
            }
            Declaration::Parallel(rule) => {
                all.extend(&mut rule.head.when);
                for track in &mut rule.tracks {
                    all.extend(&mut track.when);
                    all.push(&mut track.started.date);
                }
            }
            Declaration::Score(rule) => {
                all.extend(&mut rule.head.when);
                all.extend(rule.total.as_mut().map(|total| &mut total.value));
                for item in &mut rule.items {
                    if let ItemPoints::Weighted { arms, .. } = &mut item.points {
                        all.extend(arms.iter_mut().map(|(_, condition)| condition));
                    }
                }
                for band in &mut rule.bands {
                    if let BandReach::Stretches { arms, .. } = &mut band.reach {
                        all.extend(arms.iter_mut().map(|(_, condition)| condition));
                    }
                }
            }
            Declaration::Indicator(rule) => {
                all.extend(rule.count.as_mut().and_then(|count| count.condition.as_mut()));
                all.extend(&mut rule.of_them);
            }
            Declaration::Schedule(rule) => {
                all.extend(&mut rule.head.when);
                all.extend(rule.from.as_mut().map(|from| &mut from.value));
                for phase in &mut rule.phases {
                    match &mut phase.ends {
                        PhaseEnd::For(end) | PhaseEnd::Through(end) => all.push(end),
                        PhaseEnd::Open => {}
                    }
                    if let Recurrence::Every(interval) = &mut phase.recurrence {
                        all.push(interval);
                    }
                }
                all.extend(rule.restarts.iter_mut().map(|restart| &mut restart.on));
                all.extend(rule.stops.iter_mut().map(|stop| &mut stop.on));
                if let Some(done_by) = &mut rule.done_by {
                    all.push(&mut done_by.records);
                    all.extend(done_by.window.iter_mut().flat_map(|window| [&mut window.before, &mut window.after]));
                }
                all.extend(rule.first.iter_mut().flat_map(|first| [&mut first.duration, &mut first.start]));
                all.extend(rule.then.iter_mut().flat_map(|then| [&mut then.interval, &mut then.records]));
            }
            Declaration::Propose(rule) => {
                all.extend(&mut rule.head.when);
                all.extend(rule.rows.iter_mut().map(|row| &mut row.condition));
            }
            _ => {}
        }
    }
    all
}

/// Every expression, outermost first.
pub fn every_expression(file: &mut File, visit: &mut dyn FnMut(&mut Expr)) {
    fn descend(expr: &mut Expr, visit: &mut dyn FnMut(&mut Expr)) {
        visit(expr);
        for child in children(expr) {
            descend(child, visit);
        }
    }
    for root in roots(file) {
        descend(root, visit);
    }
}

/// The file with its n-th expression changed; `None` when there is no such expression.
pub fn with_expression(file: &File, n: usize, change: impl FnOnce(&mut Expr)) -> Option<File> {
    let mut file = file.clone();
    let (mut at, mut change) = (0, Some(change));
    every_expression(&mut file, &mut |expr| {
        if at == n
            && let Some(change) = change.take()
        {
            change(expr);
        }
        at += 1;
    });
    (n < at).then_some(file)
}
