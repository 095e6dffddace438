//! Small changes of a rule file, each of which some case must notice.

use riktlinje::syntax::ast::{Criterion, Declaration, Expr, ExprKind, File, TableRow};
use riktlinje::syntax::{FileId, parse, print};

/// A rule file with one small change.
pub struct Mutant {
    pub line: usize,
    pub what: String,
    pub text: String,
}

/// Every constant moved by one step either way, every criterion and clause dropped, every `and` an `or`.
pub fn mutants(text: &str) -> Vec<Mutant> {
    let mut all = constants(text);
    let (file, found) = parse(FileId(0), text);
    assert!(found.iter().all(|finding| finding.severity() != riktlinje::Severity::Error), "the file has mistakes");
    connectives(&file, &mut all);
    dropped(&file, &mut all);
    all
}

// ---- constants ------------------------------------------------------------------------------------------------------

/// The kinds of declaration whose numbers say nothing about a patient: who published what, who decided when.
const SAY_NOTHING: [&str; 4] = ["guideline", "source", "party", "leap"];

fn constants(text: &str) -> Vec<Mutant> {
    let mut all = Vec::new();
    let (mut at, mut keyword) = (0, String::new());
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if line.starts_with(|letter: char| letter.is_ascii_lowercase()) {
            keyword = line.split([' ', '\n']).next().unwrap().to_owned();
        }
        let mut code = bare(line);
        // What a parameter may be set to is no answer about anybody: a wider range changes no outcome.
        if keyword == "parameter"
            && let Some(range) = code.find(", from ")
        {
            code.truncate(range);
        }
        // Nor is a row of the inventory that a line is tied to.
        if let Some(rows) = code.find(" covers ") {
            code.truncate(rows);
        }
        let first = code.trim_start().split(' ').next().unwrap_or("");
        let says_nothing = SAY_NOTHING.contains(&keyword.as_str())
            || ["cite", "our", "decided", "covers", "label", "text", "question", "priority"].contains(&first);
        if !says_nothing {
            for (from, to) in words(&code) {
                let word = &code[from..to];
                // What stands in quotes is a code only in a set of codes, a table or after the name of a system.
                for changed in neighbours(word) {
                    let mut mutated = text.to_owned();
                    mutated.replace_range(at + from..at + to, &changed);
                    all.push(Mutant { line: number + 1, what: format!("{word} -> {changed}"), text: mutated });
                }
            }
        }
        at += line.len();
    }
    all
}

/// The line with comments and texts blanked, so that places stay. Short texts without blanks stay: they are codes.
fn bare(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['"', '#']) {
        out.push_str(&rest[..at]);
        if rest.as_bytes()[at] == b'#' {
            out.extend(std::iter::repeat_n(' ', rest.len() - at));
            return out;
        }
        let end = rest[at + 1..].find('"').map_or(rest.len(), |end| at + 1 + end + 1);
        let text = &rest[at..end];
        let is_code = text.len() > 2 && text[1..text.len() - 1].bytes().all(|byte| byte.is_ascii_digit());
        if is_code {
            out.push_str(text);
        } else {
            out.extend(std::iter::repeat_n(' ', text.len()));
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Where the words with a digit in them stand.
fn words(code: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, letter) in code.char_indices().chain([(code.len(), ' ')]) {
        let inside = letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-' | '"');
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let word = code[from..at].trim_end_matches(['.', '-']);
                if word.bytes().any(|byte| byte.is_ascii_digit()) {
                    found.push((from, from + word.len()));
                }
                start = None;
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    found
}

/// One step less, one step more; none for a name.
fn neighbours(word: &str) -> Vec<String> {
    let is_date = word.len() == 10
        && word.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if is_date {
        let day: riktlinje::Date = word.parse().unwrap();
        return [day.previous(), day.next()].into_iter().flatten().map(|day| day.to_string()).collect();
    }
    if let Ok(number) = word.parse::<i64>() {
        return [number - 1, number + 1]
            .into_iter()
            .filter(|number| *number >= 0)
            .map(|number| number.to_string())
            .collect();
    }
    if let Some((whole, decimals)) = word.split_once('.')
        && let (Ok(_), Ok(_)) = (whole.parse::<u64>(), decimals.parse::<u64>())
    {
        let scale = 10_i64.pow(u32::try_from(decimals.len()).unwrap());
        let value = whole.parse::<i64>().unwrap() * scale + decimals.parse::<i64>().unwrap();
        let text = |value: i64| format!("{}.{:0width$}", value / scale, value % scale, width = decimals.len());
        return vec![text(value - 1), text(value + 1)];
    }
    // A code: its last digit.
    let is_code = word.starts_with('"') || word.starts_with(|letter: char| letter.is_ascii_uppercase());
    let last = word.rfind(|letter: char| letter.is_ascii_digit());
    match last {
        Some(at) if is_code && !word.contains('_') => {
            let digit = word.as_bytes()[at] - b'0';
            let with = |digit: u8| format!("{}{digit}{}", &word[..at], &word[at + 1..]);
            [digit.checked_sub(1), Some(digit + 1).filter(|digit| *digit < 10)]
                .into_iter()
                .flatten()
                .map(with)
                .collect()
        }
        _ => Vec::new(),
    }
}

// ---- connectives ----------------------------------------------------------------------------------------------------

fn connectives(file: &File, all: &mut Vec<Mutant>) {
    let mut n = 0;
    loop {
        let mut copy = file.clone();
        let (mut at, mut what) = (0, None);
        crate::walk::every_expression(&mut copy, &mut |expr: &mut Expr| {
            let swapped = match &expr.kind {
                ExprKind::And { operands, layout } => ExprKind::Or { operands: operands.clone(), layout: *layout },
                ExprKind::Or { operands, layout } => ExprKind::And { operands: operands.clone(), layout: *layout },
                _ => return,
            };
            if at == n {
                let word = if matches!(expr.kind, ExprKind::And { .. }) { "and -> or" } else { "or -> and" };
                what = Some((expr.span.start as usize, word));
                expr.kind = swapped;
            }
            at += 1;
        });
        let Some((place, what)) = what else { return };
        all.push(Mutant { line: place, what: what.to_owned(), text: print(&copy) });
        n += 1;
    }
}

// ---- criteria and clauses -------------------------------------------------------------------------------------------

fn dropped(file: &File, all: &mut Vec<Mutant>) {
    for (item, whole) in file.items.iter().enumerate() {
        let count = match &whole.declaration {
            Declaration::Eligibility(rule) => rule.criteria.len(),
            Declaration::Checklist(rule) => rule.criteria.len(),
            Declaration::Recommend(rule) => rule.clauses.len(),
            Declaration::Propose(rule) => rule.rows.len(),
            Declaration::Table(table) => table.rows.len(),
            _ => 0,
        };
        for line in 0..count {
            let mut copy = file.clone();
            let name = match &mut copy.items[item].declaration {
                Declaration::Eligibility(rule) => of(rule.criteria.remove(line)),
                Declaration::Checklist(rule) => of(rule.criteria.remove(line)),
                Declaration::Recommend(rule) => {
                    rule.clauses.remove(line);
                    format!("clause {line} of {}", rule.name.value)
                }
                Declaration::Propose(rule) => format!("row {}", rule.rows.remove(line).option.value),
                Declaration::Table(table) => {
                    let _row: TableRow = table.rows.remove(line);
                    format!("row {line} of {}", table.name.value)
                }
                _ => continue,
            };
            all.push(Mutant { line: whole.span.start as usize, what: format!("without {name}"), text: print(&copy) });
        }
    }
}

fn of(criterion: Criterion) -> String {
    criterion.name.value.to_string()
}
