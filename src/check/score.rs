//! Scores: items, totals, bands.

use super::labels::Purpose;
use super::names::Declared;
use super::report::{finding, place};
use super::rules::Rules;
use super::score_bands::{self, Line, Reaches, Side, Totals};
use super::types::{ANY, TRUTH, describe};
use crate::diagnostic::codes;
use crate::ir::{
    self, Assumption, Band, Common, Comparison, Constant, Expr, ExprKind, RuleId, RuleKind, Score, ScoreItem, Sign,
    Type,
};
use crate::schema::{FactId, ScalarType};
use crate::syntax::ast::{self, BandReach, ItemPoints, LastStretch, Span, Stretch, StretchKind};
use crate::value::{Number, Unit};
use std::collections::HashSet;

const NUMBER: Type = Type::Scalar(ScalarType::Number);
/// More decimals than anything is measured with.
const MOST_DECIMALS: u32 = 15;

impl<'a> Rules<'_, 'a> {
    pub(super) fn score(&mut self, rule: &'a ast::Score, id: RuleId, order: u32) -> ir::Rule {
        let common = self.common(&rule.head);
        let items = self.items(rule);
        let (total, totals) = self.total(rule, &items, &common);
        self.world.totals.insert(id, total.ty.clone());
        let bands = self.bands(rule, id, &total.ty, &common, &totals);
        self.finish(&rule.head, RuleKind::Score(Box::new(Score { common, items, total, bands })), order)
    }

    // ---- items ----------------------------------------------------------------------------------------

    fn items(&mut self, rule: &'a ast::Score) -> Vec<ScoreItem> {
        let file = self.wording.file;
        let mut names: HashSet<&str> = HashSet::new();
        let mut items = Vec::with_capacity(rule.items.len());
        for item in &rule.items {
            for name in &item.names {
                if !names.insert(&name.value) {
                    let message = format!("the item `{}` stands in `{}` twice", name.value, rule.head.name.value);
                    self.report.add(finding(codes::SAID_TWICE, file, name.span, message).help("leave one out"));
                    continue;
                }
                if let Some(points) = self.points(item, name) {
                    let label = self.item_label(item, name);
                    items.push(ScoreItem { name: name.value.clone(), label, points, place: place(file, item.span) });
                }
            }
        }
        items
    }

    /// Its own label, else that of the fact that it is.
    fn item_label(&mut self, item: &'a ast::ScoreItem, name: &ast::Name) -> crate::language::Localized {
        let of_fact = match self.scope.find(&name.value).map(|entry| entry.what) {
            Some(Declared::Fact(id)) => self.world.schema.get(id).map(|fact| fact.label.clone()),
            _ => None,
        };
        let purpose =
            if matches!(item.points, ItemPoints::Weighted { .. }) { Purpose::Label } else { Purpose::Optional };
        let own = self.wording.read(&item.label, purpose, name, self.report);
        if own.is_empty() { of_fact.unwrap_or_default() } else { own }
    }

    fn points(&mut self, item: &'a ast::ScoreItem, name: &ast::Name) -> Option<Expr> {
        let at = place(self.wording.file, name.span);
        match &item.points {
            ItemPoints::Range(..) | ItemPoints::Listed(_) => {
                // INVARIANT: what is no fact of numbers was reported when the facts of scores were declared.
                let Some(Declared::Fact(id)) = self.scope.find(&name.value).map(|entry| entry.what) else {
                    return None;
                };
                self.world.facts_used.insert(id);
                Some(Expr { kind: ExprKind::Fact(id), ty: NUMBER, place: at })
            }
            ItemPoints::Weighted { arms, otherwise } => {
                let arms = arms
                    .iter()
                    .map(|(points, when)| (self.condition(when), self.number(points.value, points.span)))
                    .collect();
                let otherwise = match otherwise {
                    Some(points) => self.number(points.value, points.span),
                    None => self.number(Number::ZERO, name.span),
                };
                let kind = ExprKind::If { arms, otherwise: Box::new(otherwise) };
                Some(Expr { kind, ty: NUMBER, place: at })
            }
        }
    }

    fn number(&self, number: Number, span: Span) -> Expr {
        let place = place(self.wording.file, span);
        Expr { kind: ExprKind::Constant(Constant::Number(number.into())), ty: NUMBER, place }
    }

    // ---- the total ------------------------------------------------------------------------------------

    /// What the total is, and which numbers it can be.
    fn total(&mut self, rule: &'a ast::Score, items: &[ScoreItem], common: &Common) -> (Expr, Totals) {
        let file = self.wording.file;
        let name = &rule.head.name;
        let at = place(file, name.span);
        let unknown = || Expr { kind: ExprKind::Constant(Constant::Unknown), ty: ANY, place: at };
        if let Some(given) = rule.given.as_ref().filter(|_| rule.items.is_empty()) {
            let message = "a given total stands for items, and there are none";
            let found = finding(codes::ITEM_VALUES, file, given.span, message);
            self.report.add(found.help("write the items, or `total` with the fact"));
        }
        match (&rule.total, rule.items.is_empty()) {
            (None, true) => {
                let message = format!("`{}` has no items and no total", name.value);
                let found = finding(codes::NO_LINES, file, name.span, message);
                self.report.add(found.help("write `item q1: each 0 to 4`, or `total` with what it is"));
                (unknown(), Totals::ANY)
            }
            (Some(total), false) => {
                let message = "the total is said twice: by the items, and here";
                self.report.add(finding(codes::SAID_TWICE, file, total.span, message).help("leave one of the two out"));
                (unknown(), Totals::ANY)
            }
            (Some(total), true) => self.stated_total(total, &rule.bands),
            (None, false) => {
                let totals = if rule.bands.is_empty() {
                    Totals::Unclear
                } else {
                    score_bands::totals(&rule.items, &mut self.world.band_work)
                };
                let sum = items.iter().map(|item| (Sign::Plus, item.points.clone())).collect();
                let sum = Expr { kind: ExprKind::Sums(sum), ty: NUMBER, place: at };
                (self.given_total(rule, sum, common), totals)
            }
        }
    }

    fn stated_total(&mut self, total: &'a ast::ScoreTotal, bands: &[ast::Band]) -> (Expr, Totals) {
        let file = self.wording.file;
        let value = in_unit_of_bands(self.lowering().value(&total.value, None), bands);
        let at = place(file, total.span);
        if !matches!(value.ty, Type::Scalar(ScalarType::Number | ScalarType::Quantity(_) | ScalarType::Any)) {
            let message = format!("a total is a number or a quantity, and this is {}", describe(&value.ty));
            let found = finding(codes::NOT_AN_AMOUNT, file, total.value.span, message);
            self.report.add(found.help("name a number or a quantity"));
            return (Expr { kind: ExprKind::Constant(Constant::Unknown), ty: ANY, place: at }, Totals::ANY);
        }
        let Some(decimals) = &total.decimals else { return (value, Totals::ANY) };
        if decimals.value > MOST_DECIMALS {
            let message = format!("numbers are rounded to at most {MOST_DECIMALS} decimals");
            let found = finding(codes::COUNT_OUT_OF_RANGE, file, decimals.span, message);
            self.report.add(found.help(format!("write a number from 0 to {MOST_DECIMALS}")));
            return (value, Totals::ANY);
        }
        let ty = value.ty.clone();
        let rounded = Expr { kind: ExprKind::Round(Box::new(value), decimals.value), ty, place: at };
        (rounded, Totals::rounded(decimals.value))
    }

    /// The sum, narrowed by the total that was given. That the two do not agree is told with what is broken.
    fn given_total(&mut self, rule: &'a ast::Score, sum: Expr, common: &Common) -> Expr {
        let Some(given) = &rule.given else { return sum };
        let Some(Declared::Fact(id)) = self.scope.find(&given.fact.value).map(|entry| entry.what) else { return sum };
        self.world.facts_used.insert(id);
        let at = place(self.wording.file, given.span);
        let fact = Expr { kind: ExprKind::Fact(id), ty: NUMBER, place: place(self.wording.file, given.fact.span) };
        let same = ExprKind::Compare(Box::new(fact.clone()), Comparison::Is, Box::new(sum.clone()));
        let mut condition = Expr { kind: same, ty: TRUTH, place: at };
        if let Some(when) = &common.when {
            let not = Expr { kind: ExprKind::Not(Box::new(when.clone())), ty: TRUTH, place: when.place };
            condition = Expr { kind: ExprKind::Or(vec![not, condition]), ty: TRUTH, place: at };
        }
        let (fact_name, name) = (&given.fact.value, &rule.head.name.value);
        let said = crate::language::Localized {
            sv: Some(format!("`{fact_name}` stämmer inte med frågorna i `{name}`; frågorna gäller").into()),
            en: Some(format!("`{fact_name}` does not agree with the items of `{name}`; the items count").into()),
        };
        let grounds = common.grounds.clone();
        self.world.given_totals.push(Assumption { condition, grounds, said });
        let at = sum.place;
        Expr { kind: ExprKind::GivenTotal { sum: Box::new(sum), given: Box::new(fact) }, ty: NUMBER, place: at }
    }

    // ---- bands ----------------------------------------------------------------------------------------

    fn bands(&mut self, rule: &'a ast::Score, id: RuleId, ty: &Type, common: &Common, totals: &Totals) -> Vec<Band> {
        let file = self.wording.file;
        if let Some(at) = rule.bands_at.filter(|_| rule.bands.is_empty()) {
            let found = finding(codes::NO_LINES, file, at, "there are no bands here");
            self.report.add(found.help("write one a line: `risk from 7`, and last `low otherwise`"));
        }
        let errors = self.report.errors();
        let mut names: HashSet<&str> = HashSet::new();
        let mut bands = Vec::with_capacity(rule.bands.len());
        let mut lines = Vec::with_capacity(rule.bands.len());
        for band in &rule.bands {
            if !names.insert(&band.name.value) {
                let message = format!("the band `{}` stands in `{}` twice", band.name.value, rule.head.name.value);
                let found = finding(codes::SAID_TWICE, file, band.name.span, message);
                self.report.add(found.help("give each band its own name"));
            }
            let (condition, reaches) = self.reach(band, id, ty);
            lines.push(Line { name: &band.name, reaches });
            let label = self.wording.read(&band.label, Purpose::Label, &band.name, self.report);
            let text = self.wording.read(&band.text, Purpose::Optional, &band.name, self.report);
            let own = self.own_grounds(&band.grounds);
            let grounds = if own.is_empty() { common.grounds.clone() } else { own };
            let place = place(file, band.span);
            bands.push(Band { name: band.name.value.clone(), label, text, grounds, condition, place });
        }
        if self.report.errors() == errors {
            score_bands::look(&lines, totals, &mut self.world.band_work, rule.bands_at, file, self.report);
        }
        bands
    }

    /// When a band holds, and the totals that it claims.
    fn reach(&mut self, band: &'a ast::Band, id: RuleId, ty: &Type) -> (Expr, Reaches) {
        let at = place(self.wording.file, band.span);
        let constant = |constant| Expr { kind: ExprKind::Constant(constant), ty: TRUTH, place: at };
        let BandReach::Stretches { arms, last } = &band.reach else {
            return (constant(Constant::Truth(true)), Reaches { arms: Vec::new(), last: Some(Side::ALL) });
        };
        let mut reaches = Reaches { arms: Vec::new(), last: None };
        let mut lowered = Vec::with_capacity(arms.len());
        for (stretch, when) in arms {
            let when_words = self.report.text(place(self.wording.file, when.span));
            let words: Vec<&str> = when_words.split_whitespace().collect();
            let when = self.condition(when);
            let (holds, side) = self.stretch(stretch, id, ty);
            reaches.arms.push((words.join(" "), side));
            lowered.push((when, holds));
        }
        let otherwise = match last {
            Some(LastStretch::Stretch(stretch)) => {
                let (holds, side) = self.stretch(stretch, id, ty);
                reaches.last = Some(side);
                holds
            }
            // Where the conditions name every word of a choice, the last of them holds when the others do not.
            Some(LastStretch::Undetermined(_)) | None if all_words(&lowered) => {
                lowered.pop().map_or_else(|| constant(Constant::Unknown), |(_, holds)| holds)
            }
            Some(LastStretch::Undetermined(_)) | None => constant(Constant::Unknown),
        };
        if lowered.is_empty() {
            return (otherwise, reaches);
        }
        let kind = ExprKind::If { arms: lowered, otherwise: Box::new(otherwise) };
        (Expr { kind, ty: TRUTH, place: at }, reaches)
    }

    fn stretch(&mut self, stretch: &'a Stretch, id: RuleId, ty: &Type) -> (Expr, Side) {
        let at = place(self.wording.file, stretch.span);
        let total = || Box::new(Expr { kind: ExprKind::Total(id), ty: ty.clone(), place: at });
        let mut end = |end: &'a ast::Expr| self.end(end, ty);
        let compare = |operator, end: Expr| ExprKind::Compare(total(), operator, Box::new(end));
        let (kind, side) = match &stretch.kind {
            StretchKind::From(low) => {
                let (low, number) = end(low);
                (compare(Comparison::AtLeast, low), Side { low: Some((number, true)), high: None })
            }
            StretchKind::MoreThan(low) => {
                let (low, number) = end(low);
                (compare(Comparison::MoreThan, low), Side { low: Some((number, false)), high: None })
            }
            StretchKind::AtMost(high) => {
                let (high, number) = end(high);
                (compare(Comparison::AtMost, high), Side { low: None, high: Some((number, true)) })
            }
            StretchKind::LessThan(high) => {
                let (high, number) = end(high);
                (compare(Comparison::LessThan, high), Side { low: None, high: Some((number, false)) })
            }
            StretchKind::FromTo(low, high) => {
                let ((low, from), (high, to)) = (end(low), end(high));
                if from > to {
                    let message = "nothing lies between these: the first end is the higher";
                    let found = finding(codes::ENDS_REVERSED, self.wording.file, stretch.span, message);
                    self.report.add(found.help("write the lower end first"));
                }
                let kind = ExprKind::Between(total(), Box::new(low), Box::new(high));
                (kind, Side { low: Some((from, true)), high: Some((to, true)) })
            }
        };
        (Expr { kind, ty: TRUTH, place: at }, side)
    }

    /// A number of the total's unit.
    fn end(&mut self, end: &'a ast::Expr, ty: &Type) -> (Expr, Number) {
        let wanted = if let Type::Scalar(ty) = ty { ty.clone() } else { ScalarType::Number };
        let place = place(self.wording.file, end.span);
        let constant = self.lowering().constant(end, &wanted).unwrap_or(Constant::Unknown);
        let number = if let Constant::Number(number) = &constant {
            **number
        } else if let Constant::Quantity(quantity) = &constant {
            quantity.number()
        } else {
            Number::ZERO
        };
        (Expr { kind: ExprKind::Constant(constant), ty: ty.clone(), place }, number)
    }
}

/// A quantity in the unit in which its bands are written, so that it is rounded and shown in that one.
fn in_unit_of_bands(value: Expr, bands: &[ast::Band]) -> Expr {
    let Type::Scalar(ScalarType::Quantity(own)) = &value.ty else { return value };
    let unit = bands.iter().find_map(|band| {
        let BandReach::Stretches { arms, last } = &band.reach else { return None };
        let last = last.as_ref().and_then(|last| match last {
            LastStretch::Stretch(stretch) => Some(&**stretch),
            LastStretch::Undetermined(_) => None,
        });
        arms.iter().map(|(stretch, _)| stretch).chain(last).find_map(unit_of)
    });
    match unit.filter(|unit| own.factor_to(unit).is_some()) {
        Some(unit) => {
            let (ty, place) = (Type::Scalar(ScalarType::Quantity(unit.clone())), value.place);
            Expr { kind: ExprKind::Convert(Box::new(value), unit), ty, place }
        }
        None => value,
    }
}

fn unit_of(stretch: &Stretch) -> Option<Unit> {
    let (StretchKind::From(end)
    | StretchKind::FromTo(end, _)
    | StretchKind::AtMost(end)
    | StretchKind::MoreThan(end)
    | StretchKind::LessThan(end)) = &stretch.kind;
    let ast::ExprKind::Quantity { unit, .. } = &end.kind else { return None };
    Unit::parse(&unit.value).ok()
}

/// Whether the last condition asks for a word of a choice, and all conditions together for each of its words.
fn all_words(arms: &[(Expr, Expr)]) -> bool {
    let Some(last) = arms.last().and_then(|(when, _)| AskedWord::of(when)) else { return false };
    let asked = arms.iter().filter_map(|(when, _)| AskedWord::of(when)).filter(|asked| asked.fact == last.fact);
    let asked: HashSet<&str> = asked.map(|asked| asked.word).collect();
    last.words.iter().all(|word| asked.contains(&**word))
}

/// `sex is man`
struct AskedWord<'e> {
    fact: FactId,
    words: &'e [Box<str>],
    word: &'e str,
}

impl AskedWord<'_> {
    fn of(when: &Expr) -> Option<AskedWord<'_>> {
        let ExprKind::Compare(left, Comparison::Is, right) = &when.kind else { return None };
        let (ExprKind::Fact(fact), ExprKind::Constant(Constant::Choice(word))) = (&left.kind, &right.kind) else {
            return None;
        };
        let Type::Scalar(ScalarType::Choice(words)) = &left.ty else { return None };
        Some(AskedWord { fact: *fact, words, word })
    }
}
