//! Scores for the law of printing.

use super::super::Maker;
use riktlinje::syntax::ast::*;

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned { value, span: Span::default() }
}

impl Maker<'_> {
    pub(crate) fn score(&mut self, depth: u32) -> Score {
        let label = |maker: &mut Maker<'_>| match maker.pick(2) {
            0 => Vec::new(),
            _ => vec![LocalizedText { language: Maker::named("sv"), text: Maker::named("x") }],
        };
        let head = RuleHead {
            name: spanned("s".into()),
            label: label(self),
            grounds: Vec::new(),
            when: (self.pick(2) == 0).then(|| self.whole(depth)),
            text: label(self),
            covers: None,
        };
        let items = (0..self.pick(4)).map(|_| self.item(depth)).collect();
        let given = (self.pick(3) == 0).then(|| GivenTotal { fact: self.name(), span: Span::default() });
        let total = (self.pick(2) == 0).then(|| ScoreTotal {
            value: self.any(depth),
            decimals: (self.pick(2) == 0).then(|| self.count()),
            span: Span::default(),
        });
        let bands_at = (self.pick(4) > 0).then(Span::default);
        let count = if bands_at.is_some() { self.pick(4) } else { 0 };
        let bands = (0..count)
            .map(|_| Band {
                name: self.name(),
                reach: self.reach(depth),
                label: label(self),
                text: label(self),
                grounds: Vec::new(),
                span: Span::default(),
            })
            .collect();
        Score { head, items, given, total, bands_at, bands }
    }

    fn item(&mut self, depth: u32) -> ScoreItem {
        let points = match self.pick(3) {
            0 => ItemPoints::Range(spanned(self.number()), spanned(self.number())),
            1 => ItemPoints::Listed((0..=self.pick(3)).map(|_| spanned(self.number())).collect()),
            _ => ItemPoints::Weighted {
                arms: (0..=self.pick(2)).map(|_| (spanned(self.number()), self.whole(depth))).collect(),
                otherwise: (self.pick(2) == 0).then(|| spanned(self.number())),
            },
        };
        let several = !matches!(points, ItemPoints::Weighted { .. }) && self.pick(2) == 0;
        let names =
            if several { ["q9", "q10", "q11"].map(|name| spanned(name.into())).into() } else { vec![self.name()] };
        ScoreItem { names, points, label: Vec::new(), question: Vec::new(), span: Span::default() }
    }

    fn reach(&mut self, depth: u32) -> BandReach {
        if self.pick(3) == 0 {
            return BandReach::Otherwise;
        }
        let arms: Vec<_> = (0..self.pick(3)).map(|_| (self.stretch(), self.whole(depth))).collect();
        let last = if !arms.is_empty() && self.pick(2) == 0 {
            LastStretch::Undetermined(Span::default())
        } else {
            LastStretch::Stretch(Box::new(self.stretch()))
        };
        BandReach::Stretches { arms, last: Some(last) }
    }

    fn stretch(&mut self) -> Stretch {
        let kind = match self.pick(5) {
            0 => StretchKind::From(self.end()),
            1 => StretchKind::FromTo(self.end(), self.end()),
            2 => StretchKind::AtMost(self.end()),
            3 => StretchKind::MoreThan(self.end()),
            _ => StretchKind::LessThan(self.end()),
        };
        Stretch { kind, span: Span::default() }
    }

    fn end(&mut self) -> Expr {
        let number = self.number();
        let kind = match self.pick(2) {
            0 => ExprKind::Number(number),
            _ => ExprKind::Quantity { number, unit: spanned("kg/m2".into()) },
        };
        Expr { kind, span: Span::default() }
    }
}
