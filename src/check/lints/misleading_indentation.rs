//! `misleading-indentation`: the indentation tells another story than the words.
//!
//! Indentation means nothing: a ground belongs to the nearest line above, a condition of `all of:` to the nearest list
//! that goes on. Where the indentation suggests something else, the reader is misled.
//! Fires: a `cite` below `require` that starts in the column of `require`; conditions of one `all of:` that start in
//! different columns; a rule's `when` under, or at the end of, one of its lines; a `require` under another. Does not fire:
//! grounds that stand deeper than their line.

use crate::check::report::{Report, finding, place};
use crate::diagnostic::codes;
use crate::source::FileId;
use crate::syntax::ast::{Criterion, Expr, ExprKind, Ground, Layout, Name, Span};

/// Conditions of `all of:` and `any of:`, one a line.
pub(in crate::check) fn look(expr: &Expr, file: FileId, report: &mut Report<'_>) {
    let mut waiting = vec![expr];
    while let Some(expr) = waiting.pop() {
        if let ExprKind::Not(inner) = &expr.kind {
            waiting.push(inner);
        }
        if let ExprKind::And { operands, layout } | ExprKind::Or { operands, layout } = &expr.kind {
            if *layout == Layout::Lines {
                columns(operands, file, report);
            }
            waiting.extend(operands);
        }
    }
}

fn columns(operands: &[Expr], file: FileId, report: &mut Report<'_>) {
    let mut first = None;
    for operand in operands {
        let Some(column) = column(operand.span, file, report) else { continue };
        match first {
            None => first = Some(column),
            Some(other) if other == column => {}
            Some(_) => {
                let message = "this belongs to the same list as the conditions above, and starts in another column";
                report.add(
                    finding(codes::MISLEADING_INDENTATION, file, operand.span, message).help(
                        "start the conditions of one list in one column; put an inner list in brackets to end it",
                    ),
                );
            }
        }
    }
}

/// Grounds and exceptions of a line stand deeper than the line.
pub(in crate::check) fn look_at_criterion(criterion: &Criterion, file: FileId, report: &mut Report<'_>) {
    let what = format!("the line `{}`", criterion.name.value);
    look_at_grounds(&criterion.grounds, (&what, criterion.span), file, report);
    for exception in &criterion.exceptions {
        if not_under(exception.span, criterion.span, file, report) {
            let message = format!("this exception belongs to {what} above, and is not indented under it");
            report.add(
                finding(codes::MISLEADING_INDENTATION, file, exception.span, message).help("indent it under the line"),
            );
        }
    }
}

/// The grounds of `what`, a line of a rule, stand deeper than it.
pub(in crate::check) fn look_at_grounds(
    grounds: &[Ground],
    (what, line): (&str, Span),
    file: FileId,
    report: &mut Report<'_>,
) {
    for ground in grounds {
        if not_under(ground.span, line, file, report) {
            let message = format!("this ground belongs to {what} above, and is not indented under it");
            report.add(
                finding(codes::MISLEADING_INDENTATION, file, ground.span, message)
                    .help("indent it under the line; the rule's own grounds stand before its first line"),
            );
        }
    }
}

/// Whether a part of a line stands below it, and no deeper. What an adapting guideline adds to the line stands elsewhere.
fn not_under(part: Span, line: Span, file: FileId, report: &Report<'_>) -> bool {
    let [above, below] = [line, part].map(|span| place(file, span));
    if above.start >= below.start || !report.in_one_file(above, below) {
        return false;
    }
    let columns = (column(line, file, report), column(part, file, report));
    matches!(columns, (Some(line), Some(part)) if part <= line)
}

/// The `when` of a rule begins a line in the column of the rule's others: it is about all of them.
pub(in crate::check) fn look_at_when(rule: &Name, when: &Expr, file: FileId, report: &mut Report<'_>) {
    let before = report.text(place(file, Span { start: 0, end: when.span.start })).trim_end();
    let Some(before) = before.strip_suffix("when") else { return };
    let here = before.rsplit('\n').next().unwrap_or(before);
    let lines = before.lines().rev();
    let own: Vec<&str> = lines.take_while(|line| line.is_empty() || line.starts_with([' ', '\t', '\r', '#'])).collect();
    let first = own.iter().rev().find(|line| !line.trim().is_empty() && !line.trim().starts_with('#'));
    let stands = if here.starts_with(|letter: char| !letter.is_whitespace()) {
        return; // On the line that declares the rule.
    } else if !here.trim().is_empty() {
        "stands on"
    } else if first.is_some_and(|first| indent(first) < here.len()) {
        "is indented under"
    } else {
        return;
    };
    let span = Span { start: u32::try_from(before.len()).unwrap_or(when.span.start), end: when.span.end };
    let message = format!("this says when `{}` applies at all, and {stands} one of its lines", rule.value);
    let help = "begin a line with it in the column of the rule's other lines; a line that only some must meet says so \
                itself: `not … or …`";
    report.add(finding(codes::MISLEADING_INDENTATION, file, span, message).help(help));
}

/// The lines of a rule start in one column: none belongs to another.
pub(in crate::check) fn look_at_lines(lines: &[Criterion], file: FileId, report: &mut Report<'_>) {
    for pair in lines.windows(2) {
        let [above, line] = pair else { continue };
        let in_one_file = report.in_one_file(place(file, above.span), place(file, line.span));
        let columns = (column(above.span, file, report), column(line.span, file, report));
        if let (true, (Some(outer), Some(inner))) = (in_one_file && above.span.start < line.span.start, columns)
            && outer < inner
        {
            let (above, name) = (&above.name.value, &line.name.value);
            let message =
                format!("the line `{name}` is one of the rule like `{above}` above, and is indented under it");
            let found = finding(codes::MISLEADING_INDENTATION, file, line.name.span, message);
            report.add(found.help("start both in one column"));
        }
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The column that a line starts in; `None` when something else stands before it on the line.
fn column(span: Span, file: FileId, report: &Report<'_>) -> Option<usize> {
    let before = report.text(place(file, Span { start: 0, end: span.start }));
    let indent = before.bytes().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let line_starts = before.len() == indent || before.as_bytes().get(before.len() - indent - 1) == Some(&b'\n');
    line_starts.then_some(indent)
}
