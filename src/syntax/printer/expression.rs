//! Expressions as text, with the brackets that are needed and no others.

use super::words::{
    comparison_words, date_text, distance_words, duration_text, extreme_word, is_words, status_words, truth_word,
};
use super::{Anchor, Printer, WIDTH, code, is_bare, quote};
use crate::syntax::ast::{Comparison, Direction, Expr, ExprKind, Factor, Layout, Name, Otherwise, Polarity, Sign};

/// How tightly a construct holds together; from this, and from where it stands, follow the brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    If,
    Lines,
    Chain,
    Not,
    ListCondition,
    Comparison,
    Sum,
    Product,
    /// `round`, `look up`, …: a value of words, in brackets when it is a part of another.
    Construct,
    Atom,
}

/// Where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A clause's or a bracket's whole content.
    Whole,
    /// A part of an `if`, a line of `all of:`.
    Part,
    /// Between `and` and `or`.
    Term,
    Negated,
    /// After `has`.
    Body,
    Value,
    /// A value after `before`, `from` and the like.
    Date,
    /// Between `+` and `-`.
    Summand,
    /// Between `*` and `/`, or an operand of a construct.
    Operand,
    /// A value inside a construct.
    Inner,
}

pub(super) fn level(kind: &ExprKind) -> Level {
    match kind {
        ExprKind::If { .. } => Level::If,
        ExprKind::And { layout: Layout::Lines, .. } | ExprKind::Or { layout: Layout::Lines, .. } => Level::Lines,
        ExprKind::And { layout: Layout::Inline, .. } | ExprKind::Or { layout: Layout::Inline, .. } => Level::Chain,
        ExprKind::Not(_) => Level::Not,
        ExprKind::Quantifier(_)
        | ExprKind::ExtremeHas { .. }
        | ExprKind::OfExtremes { .. }
        | ExprKind::AtLeastOf { .. }
        | ExprKind::Different { .. } => Level::ListCondition,
        ExprKind::Compare { .. }
        | ExprKind::OneOf { .. }
        | ExprKind::In { .. }
        | ExprKind::Between { .. }
        | ExprKind::During { .. }
        | ExprKind::Distance { .. }
        | ExprKind::AgeOrOlder { .. }
        | ExprKind::ThereIs { .. }
        | ExprKind::Known { .. }
        | ExprKind::Status { .. }
        | ExprKind::Band { .. }
        | ExprKind::DatesCounted(_)
        | ExprKind::Shifted { .. } => Level::Comparison,
        ExprKind::Sums(_) => Level::Sum,
        ExprKind::Products(_) => Level::Product,
        ExprKind::Age { on: Some(_) }
        | ExprKind::Count { .. }
        | ExprKind::Sum { .. }
        | ExprKind::LookUp { .. }
        | ExprKind::UnitsBetween { .. }
        | ExprKind::Round { .. } => Level::Construct,
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
        | ExprKind::Age { on: None }
        | ExprKind::Extreme { .. }
        | ExprKind::Each(_) => Level::Atom,
    }
}

fn needs_brackets(expr: &Expr, place: Place) -> bool {
    let level = level(&expr.kind);
    match place {
        Place::Whole => false,
        Place::Part => level < Level::Chain,
        Place::Term => level < Level::Not,
        Place::Negated => level < Level::ListCondition || matches!(expr.kind, ExprKind::In { .. }),
        // More than a word, or a word and `not`, reads better in brackets, and mostly needs them.
        Place::Body => {
            let said = if let ExprKind::Not(inner) = &expr.kind { &inner.kind } else { &expr.kind };
            !matches!(said, ExprKind::Path(_))
        }
        Place::Value => level < Level::Sum,
        Place::Date => level < Level::Sum && !matches!(expr.kind, ExprKind::Shifted { .. }),
        Place::Summand => level < Level::Product || level == Level::Construct,
        Place::Operand => level < Level::Atom,
        Place::Inner => level < Level::Sum || level == Level::Construct,
    }
}

impl Printer {
    /// An expression that is the whole of a clause, of a bracket, or of a text.
    pub(super) fn whole(&mut self, expr: &Expr) {
        self.expr(expr, Place::Whole);
    }

    /// A value, not a condition without brackets.
    pub(super) fn value(&mut self, expr: &Expr) {
        self.expr(expr, Place::Value);
    }

    /// A value after `from`, `before` and the like.
    pub(super) fn date_value(&mut self, expr: &Expr) {
        self.expr(expr, Place::Date);
    }

    /// A clause's condition: a long chain is broken before each `and` or `or`.
    pub(super) fn condition(&mut self, expr: &Expr) {
        let (operands, word) = if let ExprKind::And { operands, layout: Layout::Inline } = &expr.kind {
            (operands, "and ")
        } else if let ExprKind::Or { operands, layout: Layout::Inline } = &expr.kind {
            (operands, "or ")
        } else {
            return self.whole(expr);
        };
        let mark = self.mark();
        let lines = self.lines.len();
        self.whole(expr);
        let width = self.indent() + self.lines.last().map_or(0, |line| line.text.chars().count());
        if self.lines.len() == lines && width <= WIDTH {
            return;
        }
        self.lines.truncate(lines);
        let indent = self.indent();
        if let Some(line) = self.lines.last_mut() {
            line.text.truncate(mark.1);
        }
        for (index, operand) in operands.iter().enumerate() {
            if index > 0 {
                self.line(indent + 4, Anchor::Continued);
                self.push(word);
            }
            self.expr(operand, Place::Term);
        }
    }

    pub(super) fn expr(&mut self, expr: &Expr, place: Place) {
        if needs_brackets(expr, place) {
            self.push("(");
            self.kind(&expr.kind);
            self.push(")");
        } else {
            self.kind(&expr.kind);
        }
    }

    pub(super) fn in_brackets(&mut self, expr: &Expr) {
        self.push("(");
        self.expr(expr, Place::Whole);
        self.push(")");
    }

    fn kind(&mut self, kind: &ExprKind) {
        match kind {
            ExprKind::Truth(truth) => self.push(truth_word(*truth)),
            ExprKind::Number(number) => self.push(&number.to_string()),
            ExprKind::Quantity { number, unit } => self.push(&format!("{number} {}", unit.value)),
            ExprKind::Duration(duration) => self.push(&duration_text(&duration.number, duration.unit)),
            ExprKind::Date(date) => self.push(&date_text(*date)),
            ExprKind::Text(text) => self.push(&quote(text)),
            ExprKind::Code { system, code } => self.code(system.as_ref(), code),
            ExprKind::CodeRange { system, from, to } => self.code_range(system.as_ref(), from, to),
            ExprKind::Today => self.push("today"),
            ExprKind::Path(path) => self.path(path),
            ExprKind::Age { on } => self.age(on.as_deref()),
            ExprKind::And { operands, layout } => self.chain(operands, *layout, "and", "all of:"),
            ExprKind::Or { operands, layout } => self.chain(operands, *layout, "or", "any of:"),
            ExprKind::Not(inner) => {
                self.push("not ");
                self.expr(inner, Place::Negated);
            }
            ExprKind::AtLeastOf { count, conditions } => {
                self.push(&format!("at least {} of (", count.value));
                self.list_of(conditions, Printer::listed_condition);
                self.push(")");
            }
            ExprKind::Compare { left, operator, right } => self.compare(left, *operator, right),
            ExprKind::OneOf { value, polarity, options } => {
                self.value(value);
                self.push(is_words(*polarity));
                self.push(" one of ");
                self.list_of(options, Printer::value);
            }
            ExprKind::In { value, polarity, set } => {
                // The word after `count` would be one for a record if `in` followed it.
                if matches!(value.kind, ExprKind::Count { word: None, .. }) {
                    self.in_brackets(value);
                } else {
                    self.value(value);
                }
                self.push(match polarity {
                    Polarity::Positive => " in ",
                    Polarity::Negative => " not in ",
                });
                self.expr(set, Place::Operand);
            }
            ExprKind::Between { value, low, high } => {
                self.value(value);
                self.push(" from ");
                self.expr(low, Place::Date);
                self.push(" to ");
                self.expr(high, Place::Date);
            }
            ExprKind::During { value, period } => self.during(value, period),
            ExprKind::Distance { value, relation, duration, anchor } => {
                let (words, side) = distance_words(*relation);
                self.value(value);
                self.push(words);
                self.value(duration);
                self.push(side);
                self.expr(anchor, Place::Date);
            }
            ExprKind::AgeOrOlder { age, duration } => self.age_or_older(age, duration),
            ExprKind::ThereIs { polarity, path } => self.there_is(*polarity, path),
            ExprKind::Known { polarity, path } => {
                self.path(path);
                self.push(is_words(*polarity));
                self.push(" known");
            }
            ExprKind::Status { polarity, rule, status } => {
                self.path(rule);
                self.push(is_words(*polarity));
                self.push(status_words(status.value));
            }
            ExprKind::Band { score, polarity, bands } => self.band_test(score, *polarity, bands),
            ExprKind::DatesCounted(counted) => self.dates_counted(counted),
            ExprKind::Each(each) => self.each(each),
            ExprKind::Quantifier(quantifier) => self.quantifier(quantifier),
            ExprKind::Count { word, list, body } => self.count(word.as_ref(), list, body.as_deref()),
            ExprKind::Sum { value, list } => self.sum(value, list),
            ExprKind::Extreme { extreme, field, list } => {
                self.push(&format!("the {} {} of ", extreme_word(*extreme), field.value));
                self.list(list);
            }
            ExprKind::ExtremeHas { extreme, word, list, by, body } => {
                self.push(&format!("the {} {} in ", extreme_word(*extreme), word.value));
                self.list(list);
                self.push(&format!(" by {} has ", by.value));
                self.expr(body, Place::Body);
            }
            ExprKind::OfExtremes { count, extreme, among, word, list, by, body } => {
                let extreme = extreme_word(*extreme);
                self.push(&format!("at least {} of the {extreme} {} {} in ", count.value, among.value, word.value));
                self.list(list);
                self.push(&format!(" by {} have ", by.value));
                self.expr(body, Place::Body);
            }
            ExprKind::Different { count, field, list, by, within } => {
                self.push(&format!("at least {} different {} in ", count.value, field.value));
                self.list(list);
                if let Some(by) = by {
                    self.push(&format!(" by {}", by.value));
                }
                if let Some(within) = within {
                    self.push(" within the same ");
                    self.value(within);
                }
            }
            ExprKind::LookUp { key, table, column, otherwise } => self.look_up(key, table, column, otherwise),
            ExprKind::If { arms, otherwise } => self.conditional(arms, otherwise),
            ExprKind::Sums(terms) => self.sums(terms),
            ExprKind::Products(factors) => self.products(factors),
            ExprKind::Shifted { duration, direction, anchor } => {
                self.value(duration);
                self.push(match direction {
                    Direction::Before => " before ",
                    Direction::After => " after ",
                });
                self.value(anchor);
            }
            ExprKind::UnitsBetween { unit, from, to } => {
                self.push(&format!("{}s between ", unit.word()));
                self.expr(from, Place::Operand);
                self.push(" and ");
                self.expr(to, Place::Operand);
            }
            ExprKind::Round { value, decimals } => {
                self.push("round ");
                self.expr(value, Place::Inner);
                let plural = if decimals.value == 1 { "" } else { "s" };
                self.push(&format!(" to {} decimal{plural}", decimals.value));
            }
        }
    }

    // ---- conditions -----------------------------------------------------------------------------------

    fn chain(&mut self, operands: &[Expr], layout: Layout, word: &str, lines: &str) {
        match layout {
            Layout::Inline => {
                for (index, operand) in operands.iter().enumerate() {
                    if index > 0 {
                        self.push(" ");
                        self.push(word);
                        self.push(" ");
                    }
                    self.expr(operand, Place::Term);
                }
            }
            Layout::Lines => {
                self.push(lines);
                let indent = self.indent() + 4;
                for operand in operands {
                    self.line(indent, operand.span);
                    let mark = self.mark();
                    self.expr(operand, Place::Part);
                    if could_carry_on(self.since(mark)) {
                        self.bracket(mark);
                    }
                }
            }
        }
    }

    fn conditional(&mut self, arms: &[(Expr, Expr)], otherwise: &Expr) {
        for (condition, value) in arms {
            self.push("if ");
            self.expr(condition, Place::Part);
            self.push(" then ");
            self.expr(value, Place::Part);
            self.push(" else ");
        }
        self.expr(otherwise, Place::Part);
    }

    fn compare(&mut self, left: &Expr, operator: Comparison, right: &Expr) {
        self.value(left);
        self.push(comparison_words(operator));
        match operator {
            Comparison::Is | Comparison::IsNot => {
                let mark = self.mark();
                self.value(right);
                if reads_as_status(self.since(mark)) {
                    self.bracket(mark);
                }
            }
            Comparison::Before | Comparison::After | Comparison::OnOrBefore | Comparison::OnOrAfter => {
                self.expr(right, Place::Date);
            }
            Comparison::AtLeast | Comparison::AtMost | Comparison::MoreThan | Comparison::LessThan => self.value(right),
        }
    }

    fn during(&mut self, value: &Expr, period: &Expr) {
        self.value(value);
        self.push(" ");
        self.period(period);
    }

    pub(super) fn period(&mut self, period: &Expr) {
        self.push("during ");
        // A bare number would be read as a year.
        if matches!(period.kind, ExprKind::Number(_)) {
            self.in_brackets(period);
        } else {
            self.expr(period, Place::Operand);
        }
    }

    fn age(&mut self, on: Option<&Expr>) {
        self.push("age");
        if let Some(on) = on {
            self.push(" on ");
            // `age on 1 year after x` takes the whole date.
            let number = matches!(on.kind, ExprKind::Number(_) | ExprKind::Quantity { .. } | ExprKind::Duration(_));
            if number || matches!(on.kind, ExprKind::Age { .. }) {
                self.in_brackets(on);
            } else {
                self.expr(on, Place::Operand);
            }
        }
    }

    fn age_or_older(&mut self, age: &Expr, duration: &Expr) {
        self.value(age);
        self.push(" ");
        let mark = self.mark();
        let bare = matches!(
            duration.kind,
            ExprKind::Duration(_) | ExprKind::Number(_) | ExprKind::Quantity { .. } | ExprKind::Path(_)
        );
        self.value(duration);
        // After a name, `-1` would be read as a subtraction.
        if !bare || self.since(mark).starts_with('-') {
            self.bracket(mark);
        }
        self.push(" or older");
    }

    fn there_is(&mut self, polarity: Polarity, path: &[Name]) {
        let vowel = path.first().is_some_and(|name| name.value.starts_with(['a', 'e', 'i', 'o', 'u']));
        self.push(match polarity {
            Polarity::Negative => "there is no ",
            Polarity::Positive if vowel => "there is an ",
            Polarity::Positive => "there is a ",
        });
        self.path(path);
    }

    /// One of the conditions in `at least 2 of (…, …)`.
    fn listed_condition(&mut self, condition: &Expr) {
        // A comma would carry on the last `is one of`; a block of lines has lines, not commas.
        if ends_in_options(condition) || level(&condition.kind) == Level::Lines {
            self.in_brackets(condition);
        } else {
            self.expr(condition, Place::Whole);
        }
    }

    // ---- values ---------------------------------------------------------------------------------------

    fn sums(&mut self, terms: &[(Sign, Expr)]) {
        for (index, (sign, term)) in terms.iter().enumerate() {
            if index > 0 {
                self.push(match sign {
                    Sign::Plus => " + ",
                    Sign::Minus => " - ",
                });
            }
            self.expr(term, Place::Summand);
        }
    }

    fn products(&mut self, factors: &[(Factor, Expr)]) {
        for (index, (factor, operand)) in factors.iter().enumerate() {
            if index > 0 {
                self.push(match factor {
                    Factor::Times => " * ",
                    Factor::Per => " / ",
                });
            }
            self.expr(operand, Place::Operand);
        }
    }

    fn look_up(&mut self, key: &Expr, table: &Name, column: &Name, otherwise: &Otherwise) {
        self.push("look up ");
        self.expr(key, Place::Inner);
        self.push(&format!(" in {} for {}, otherwise ", table.value, column.value));
        match otherwise {
            Otherwise::Unknown => self.push("unknown"),
            Otherwise::Value(value) if is_word(value, "unknown") => self.in_brackets(value),
            Otherwise::Value(value) => {
                let mark = self.mark();
                self.expr(value, Place::Inner);
                // A fact of that name with something after it: the word alone would be read as what it says.
                if self.since(mark).strip_prefix("unknown").is_some_and(|rest| rest.starts_with([' ', '\n'])) {
                    self.bracket(mark);
                }
            }
        }
    }

    fn list_of<T>(&mut self, items: &[T], print: impl Fn(&mut Self, &T)) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            print(self, item);
        }
    }

    pub(super) fn path(&mut self, path: &[Name]) {
        for (index, name) in path.iter().enumerate() {
            if index > 0 {
                self.push(".");
            }
            self.push(&name.value);
        }
    }

    fn code(&mut self, system: Option<&Name>, name: &Name) {
        match system {
            // After a system of lower case (`county`) a bare code does not read as one.
            Some(system) if !is_bare(&system.value) => {
                self.push(&format!("{} {}", system.value, quote(&name.value)));
            }
            Some(system) => self.push(&format!("{} {}", system.value, code(&name.value))),
            // A word with two dashes, such as a system where a code belongs, can stand bare.
            None if is_bare(&name.value) && name.value.matches('-').count() != 1 => self.push(&name.value),
            None => self.push(&code(&name.value)),
        }
    }

    fn code_range(&mut self, system: Option<&Name>, from: &Name, to: &Name) {
        if let Some(system) = system {
            self.push(&format!("{} ", system.value));
        }
        let capital = system.is_none_or(|system| is_bare(&system.value));
        let bare = |name: &Name| capital && is_bare(&name.value) && !name.value.contains('-');
        if bare(from) && bare(to) {
            self.push(&format!("{}-{}", from.value, to.value));
        } else {
            self.push(&format!("{} - {}", quote(&from.value), quote(&to.value)));
        }
    }
}

/// On a line of its own after another condition this would be read as going on with it.
fn could_carry_on(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '"'))
        || ["at ", "no ", "age"].iter().any(|word| text.starts_with(word))
        || text == "no"
}

/// Whether a comma after it would be read as part of its last `is one of`.
fn ends_in_options(expr: &Expr) -> bool {
    let mut last = expr;
    loop {
        last = if let ExprKind::And { operands, layout: Layout::Inline }
        | ExprKind::Or { operands, layout: Layout::Inline } = &last.kind
            && let Some(operand) = operands.last()
        {
            operand
        } else if let ExprKind::Not(inner) | ExprKind::If { otherwise: inner, .. } = &last.kind {
            inner
        } else {
            let several = matches!(&last.kind, ExprKind::Band { bands, .. } if bands.len() > 1);
            return several || matches!(last.kind, ExprKind::OneOf { .. });
        };
    }
}

fn is_word(expr: &Expr, word: &str) -> bool {
    matches!(&expr.kind, ExprKind::Path(path) if matches!(path.as_slice(), [name] if &*name.value == word))
}

/// After `is` the first word would be a status or a word of the language.
fn reads_as_status(text: &str) -> bool {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '.')).unwrap_or(text.len());
    matches!(
        text.get(..end).unwrap_or(""),
        "met" | "refer" | "excepted" | "undetermined" | "recommended" | "applicable" | "known" | "unknown"
    )
}
