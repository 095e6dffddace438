//! Conditions over lists, at most two lists deep.

use super::condition::{between, compare};
use super::tree::{at, expr, name, path};
use super::value::{Kind, LISTS, Own, Values, fields, length, word_of};
use riktlinje::syntax::ast::{
    Comparison, Expr, ExprKind, ExtremeWord, Factor, List, Quantifier, QuantifierKind, Reading,
};

const COUNTED: &[Comparison] =
    &[Comparison::Is, Comparison::AtLeast, Comparison::AtMost, Comparison::MoreThan, Comparison::LessThan];

impl Values<'_> {
    fn word(&mut self) -> ExtremeWord {
        self.random.pick(&[ExtremeWord::Latest, ExtremeWord::Latest, ExtremeWord::Earliest])
    }

    fn field_of(&mut self, list: &'static str, kinds: &[Kind]) -> &'static str {
        let of_kind: Vec<&str> =
            fields(list).iter().filter(|(_, kind)| kinds.contains(kind)).map(|(f, _)| *f).collect();
        self.random.pick(&of_kind)
    }

    /// Something said with the record as the innermost.
    fn inside<T>(&mut self, word: Option<&str>, list: &'static str, say: impl FnOnce(&mut Self) -> T) -> T {
        self.names.bodies.push((word.map(str::to_owned), list));
        let said = say(self);
        self.names.bodies.pop();
        said
    }

    fn list(&mut self, word: Option<&str>, list: &'static str, depth: usize) -> Box<List> {
        let filter = self.random.percent(35).then(|| {
            let depth = depth.saturating_sub(1).min(1);
            self.inside(word, list, |values| values.comparison_or_chain(depth))
        });
        Box::new(List { path: vec![name(list)], filter })
    }

    fn comparison_or_chain(&mut self, depth: usize) -> Expr {
        if self.names.bodies.len() == 2 { self.inner_body() } else { self.condition(Own::Record, depth) }
    }

    /// The body of a list in a list: it mentions its own record in each part, and the outer record in one.
    fn inner_body(&mut self) -> Expr {
        let link = self.link();
        if self.random.percent(40) {
            return link;
        }
        let own = self.comparison(Own::Record, 0);
        let layout = riktlinje::syntax::ast::Layout::Inline;
        let operands = if self.random.percent(50) { vec![link, own] } else { vec![own, link] };
        expr(if self.random.percent(70) {
            ExprKind::And { operands, layout }
        } else {
            ExprKind::Or { operands, layout }
        })
    }

    /// A comparison of the inner with the outer record.
    fn link(&mut self) -> Expr {
        let (outer_word, outer_list) = self.names.bodies[0].clone();
        let outer_word = outer_word.expect("the outer record has a word");
        let (_, inner_list) = self.names.bodies[1].clone();
        let kind = self.random.pick(&[Kind::Date, Kind::Date, Kind::Number]);
        let inner = path(self.field_of(inner_list, &[kind]));
        let outer = path(&format!("{outer_word}.{}", self.field_of(outer_list, &[kind])));
        match kind {
            Kind::Date => {
                let of_dates = [Comparison::Before, Comparison::OnOrAfter, Comparison::Is, Comparison::IsNot];
                match self.random.below(4) {
                    0 => {
                        let relation = riktlinje::syntax::ast::Distance::WithinOf;
                        let duration = Box::new(length(self.random));
                        let (value, anchor) = (Box::new(inner), Box::new(outer));
                        expr(ExprKind::Distance { value, relation, duration, anchor })
                    }
                    1 => {
                        let today = *self.today();
                        between(inner, outer, today)
                    }
                    _ => compare(inner, self.random.pick(&of_dates), outer),
                }
            }
            _ => compare(inner, self.random.pick(COUNTED), outer),
        }
    }

    /// A condition over a list; inside two lists, or where the record has no word, a plain comparison.
    pub fn list_condition(&mut self, depth: usize) -> Expr {
        let nested = self.names.bodies.len();
        if nested == 2 || (nested == 1 && self.names.bodies[0].0.is_none()) {
            return self.comparison(Own::Record, 0);
        }
        let list = self.random.pick(LISTS);
        let word = word_of(list, nested);
        let depth = depth.saturating_sub(1);
        // Inside a record only what has a body can mention that record.
        match self.random.below(if nested == 0 { 12 } else { 7 }) {
            0..4 => {
                let kind = self.random.pick(&[QuantifierKind::Some, QuantifierKind::Every, QuantifierKind::No]);
                let reading =
                    if self.names.blind || self.random.percent(80) { Reading::AsGiven } else { Reading::Recorded };
                let list_and_filter = if nested == 0 { self.list(Some(word), list, depth) } else { plain(list) };
                let body = self.inside(Some(word), list, |values| values.comparison_or_chain(depth));
                expr(ExprKind::Quantifier(Box::new(Quantifier {
                    kind,
                    reading,
                    word: name(word),
                    list: *list_and_filter,
                    body,
                })))
            }
            4 | 5 => {
                let counted = self.count(list, word, depth);
                let number = self.small_number();
                compare(counted, self.random.pick(COUNTED), number)
            }
            6 => self.extreme_has(list, word, depth),
            7 => {
                let extreme = self.extreme(depth);
                let right = self.other_date();
                let operator = self.random.pick(&[Comparison::Before, Comparison::OnOrAfter, Comparison::Is]);
                compare(extreme, operator, right)
            }
            8 => self.sum(depth),
            9 => {
                let among = 1 + self.random.below(3);
                let count = 1 + self.random.below(among);
                let extreme = self.word();
                let by = name(self.field_of(list, &[Kind::Date]));
                let counted = self.list(Some(word), list, depth);
                let body = self.inside(Some(word), list, |values| values.comparison_or_chain(depth));
                let number = |value: usize| at(u32::try_from(value).unwrap());
                expr(ExprKind::OfExtremes {
                    count: number(count),
                    extreme,
                    among: number(among),
                    word: name(word),
                    list: counted,
                    by,
                    body: Box::new(body),
                })
            }
            10 => self.different(list, depth),
            _ => self.extreme_has(list, word, depth),
        }
    }

    fn count(&mut self, list: &'static str, word: &'static str, depth: usize) -> Expr {
        let nested = self.names.bodies.len() == 1;
        let word = (nested || self.random.percent(80)).then_some(word);
        let counted = if nested { plain(list) } else { self.list(word, list, depth) };
        let body = (nested || (word.is_some() && self.random.percent(80)))
            .then(|| Box::new(self.inside(word, list, |values| values.comparison_or_chain(depth))));
        expr(ExprKind::Count { word: word.map(name), list: counted, body })
    }

    pub fn counted(&mut self, depth: usize) -> Expr {
        let list = self.random.pick(LISTS);
        self.count(list, word_of(list, 0), depth)
    }

    fn sum(&mut self, depth: usize) -> Expr {
        let operator = self.random.pick(COUNTED);
        if self.random.percent(50) {
            let list = self.list(None, "samples", depth);
            let value = if self.random.percent(50) {
                path("dose")
            } else {
                expr(ExprKind::Products(vec![(Factor::Times, path("dose")), (Factor::Times, path("per_day"))]))
            };
            let sum = expr(ExprKind::Sum { value: Box::new(value), list });
            let limit = self.dose_literal();
            compare(sum, operator, limit)
        } else {
            let list = self.list(None, "diagnoses", depth);
            let sum = expr(ExprKind::Sum { value: Box::new(path("severity")), list });
            let limit = self.literal_number();
            compare(sum, operator, limit)
        }
    }

    /// `the latest taken of samples that are (…)`
    pub fn extreme(&mut self, depth: usize) -> Expr {
        let list = self.random.pick(LISTS);
        let field = name(self.field_of(list, &[Kind::Date]));
        let extreme = self.word();
        let list = self.list(None, list, depth);
        expr(ExprKind::Extreme { extreme, field, list })
    }

    fn extreme_has(&mut self, list: &'static str, word: &'static str, depth: usize) -> Expr {
        let extreme = self.word();
        let by = name(self.field_of(list, &[Kind::Date]));
        let of = if self.names.bodies.is_empty() { self.list(Some(word), list, depth) } else { plain(list) };
        let body = Box::new(self.inside(Some(word), list, |values| values.comparison_or_chain(depth)));
        expr(ExprKind::ExtremeHas { extreme, word: name(word), list: of, by, body })
    }

    fn different(&mut self, list: &'static str, depth: usize) -> Expr {
        let count = at(u32::try_from(1 + self.random.below(3)).unwrap());
        let field = name(self.field_of(list, &[Kind::Choice, Kind::Diagnosis, Kind::Drug]));
        let within = self.random.percent(50).then(|| Box::new(length(self.random)));
        let by = within.is_some().then(|| name(self.field_of(list, &[Kind::Date])));
        let list = self.list(None, list, depth);
        expr(ExprKind::Different { count, field, list, by, within })
    }
}

fn plain(list: &str) -> Box<List> {
    Box::new(List { path: vec![name(list)], filter: None })
}
