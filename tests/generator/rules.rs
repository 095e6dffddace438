//! Rules that are neither eligibilities nor recommendations: each kind in a part of the guidelines.

use super::guideline::{Size, Writer, fact};
use super::tree::{at, expr, interpretation, localized, name, number, path, quantity};
use super::value::{KINDS, Kind, Own, RuleKind, fields, length, word_of};
use riktlinje::syntax::ast::{self, Choice, Declaration, Expr, ExprKind, FactTypeKind, Stretch, StretchKind};

const OPTIONS: &[&str] = &["clinic", "hospital", "at_home"];

impl Writer<'_> {
    pub fn other_rules(&mut self) {
        if self.random.percent(20) {
            self.checklist();
        }
        if self.random.percent(25) {
            self.proposal();
        }
        if self.random.percent(25) {
            self.score();
        }
        if self.size != Size::Small && self.random.percent(20) {
            self.schedule();
        }
        if self.random.percent(15) {
            self.indicator();
        }
        if self.size != Size::Small && self.random.percent(25) {
            self.task();
        }
        if self.size != Size::Small && self.random.percent(25) {
            self.parallel();
        }
    }

    fn number_fact(&mut self, id: &str) {
        self.items.push(Declaration::Fact(Box::new(fact(id, FactTypeKind::Number))));
        self.names.global.push((id.to_owned(), Kind::Number));
    }

    fn score(&mut self) {
        let head = self.head("audit");
        let item = |names: &[&str], points| ast::ScoreItem {
            names: super::tree::names(names),
            points,
            label: ast::Localized::new(),
            question: ast::Localized::new(),
            span: ast::Span::default(),
        };
        let points = |count: i64| at(riktlinje::Number::from(count));
        if self.size != Size::Small && self.random.percent(35) {
            return self.score_of_total(head);
        }
        let mut items = Vec::new();
        let mut given = None;
        if self.size != Size::Small {
            for id in ["q1", "q2", "q3"] {
                self.number_fact(id);
            }
            items.push(item(&["q1", "q2"], ast::ItemPoints::Range(points(0), points(3))));
            items.push(item(&["q3"], ast::ItemPoints::Listed(vec![points(0), points(2), points(4)])));
            // A given total that is wrong may be taken back by what is known later.
            if self.size != Size::Blind && self.random.percent(40) {
                self.number_fact("given_total");
                given = Some(ast::GivenTotal { fact: name("given_total"), span: ast::Span::default() });
            }
        }
        for index in 0..2 {
            let arms = (0..1 + self.random.below(2)).map(|arm| (points(2 - arm as i64), self.condition())).collect();
            let otherwise = self.random.percent(30).then(|| points(0));
            items.push(item(&[&format!("points_{index}")], ast::ItemPoints::Weighted { arms, otherwise }));
        }
        let bands = if self.random.percent(80) { self.bands(["1", "2", "3"].map(number)) } else { Vec::new() };
        if self.size != Size::Small {
            if !bands.is_empty() {
                self.names.bands.push(("audit", vec!["high", "middle", "low"]));
            }
            self.names.global.push(("audit".to_owned(), Kind::Number));
        }
        self.can_be_asked("audit".to_owned(), RuleKind::Score);
        let bands_at = (!bands.is_empty()).then(ast::Span::default);
        self.items.push(Declaration::Score(Box::new(ast::Score { head, items, given, total: None, bands_at, bands })));
    }

    /// `total weight, round to 1 decimal`
    fn score_of_total(&mut self, head: ast::RuleHead) {
        let (value, kind, ends) = match self.random.below(4) {
            0 => (path("weight"), Kind::Weight, Some(["49.5", "50", "50.5"].map(|end| quantity(end, "kg")))),
            1 => (path("weight"), Kind::Weight, Some(["49500", "50000", "50500"].map(|end| quantity(end, "g")))),
            2 => (self.values().number(Own::Any, 2), Kind::Number, None),
            _ => (self.values().number(Own::Any, 2), Kind::Number, Some(["1", "2", "3"].map(number))),
        };
        let decimals = self.random.pick(&[None, Some(0), Some(1)]).map(at);
        let bands = ends.map_or_else(Vec::new, |ends| self.bands(ends));
        if !bands.is_empty() {
            self.names.bands.push(("audit", vec!["high", "middle", "low"]));
        }
        self.names.global.push(("audit".to_owned(), kind));
        self.can_be_asked("audit".to_owned(), RuleKind::Score);
        let bands_at = (!bands.is_empty()).then(ast::Span::default);
        let total = Some(ast::ScoreTotal { value, decimals, span: ast::Span::default() });
        let (items, given) = (Vec::new(), None);
        self.items.push(Declaration::Score(Box::new(ast::Score { head, items, given, total, bands_at, bands })));
    }

    /// Each from one of three ends on, the lowest first, without a gap.
    fn bands(&mut self, [first, second, third]: [Expr; 3]) -> Vec<ast::Band> {
        let from = |end: &Expr| Stretch { kind: StretchKind::From(end.clone()), span: ast::Span::default() };
        let band = |id: &str, reach| ast::Band {
            name: name(id),
            reach,
            label: localized(id),
            text: ast::Localized::new(),
            grounds: Vec::new(),
            span: ast::Span::default(),
        };
        let plain = |end: &Expr| ast::BandReach::Stretches {
            arms: Vec::new(),
            last: Some(ast::LastStretch::Stretch(Box::new(from(end)))),
        };
        let middle = if self.random.percent(30) {
            plain(&first)
        } else {
            let by_word = self.random.percent(30);
            let arms = if by_word {
                let is = |word: &str| super::condition::compare(path("favourite"), ast::Comparison::Is, path(word));
                KINDS.iter().zip([&first, &second, &first]).map(|(word, end)| (from(end), is(word))).collect()
            } else {
                let ends = [&first, &second].into_iter().take(1 + self.random.below(2));
                ends.map(|end| (from(end), self.condition())).collect()
            };
            let last = if by_word || self.random.percent(50) {
                ast::LastStretch::Undetermined(ast::Span::default())
            } else {
                ast::LastStretch::Stretch(Box::new(from(&second)))
            };
            ast::BandReach::Stretches { arms, last: Some(last) }
        };
        vec![band("high", plain(&third)), band("middle", middle), band("low", ast::BandReach::Otherwise)]
    }

    fn indicator(&mut self) {
        let mut head = self.head("quality");
        head.when = None;
        self.has_indicator = true;
        self.names.has_period = self.size != Size::Small;
        let condition = self.random.percent(80).then(|| self.condition());
        let of_them = self.condition();
        self.names.has_period = false;
        self.can_be_asked("quality".to_owned(), RuleKind::Indicator);
        self.items.push(Declaration::Indicator(Box::new(ast::Indicator {
            head,
            count: Some(ast::Count { subjects: name("patients"), condition }),
            of_them: Some(of_them),
            list_others: self.random.percent(50).then(ast::Span::default),
            by: None,
            compare: None,
            suppress: None,
            caution: ast::Localized::new(),
        })));
    }

    fn task(&mut self) {
        let head = self.head("letter");
        let (list, choice, date) = self.random.pick(&[
            ("diagnoses", "colour", "onset"),
            ("samples", "hue", "taken"),
            ("samples", "hue", "answered"),
        ]);
        assert!(fields(list).iter().any(|(id, _)| *id == choice));
        let word = word_of(list, 0);
        let parties: &[&str] = &["red", "green"];
        let for_each = self.random.percent(50).then(|| {
            for party in parties {
                let party = ast::Party { name: name(party), label: localized(party) };
                self.items.push(Declaration::Party(Box::new(party)));
            }
            let word = self.random.percent(90).then(|| name("recipient"));
            ast::ForEach { parties: super::tree::names(parties), word, span: ast::Span::default() }
        });
        let by_party = for_each.as_ref().is_some_and(|each| each.word.is_some());
        let kind = if !by_party && self.random.percent(25) {
            ast::TaskDoneKind::When(self.condition())
        } else {
            let is = by_party.then(|| {
                let field = path(&format!("{word}.{choice}"));
                super::condition::compare(field, ast::Comparison::Is, path("recipient"))
            });
            let other = self.random.percent(50).then(|| {
                self.names.bodies.push((Some(word.to_owned()), list));
                let other = self.values().comparison(Own::Record, 0);
                self.names.bodies.pop();
                other
            });
            let parts: Vec<Expr> = is.into_iter().chain(other).collect();
            let filter = match parts.len() {
                0 => None,
                1 => parts.into_iter().next(),
                _ => Some(expr(ExprKind::And { operands: parts, layout: ast::Layout::Inline })),
            };
            ast::TaskDoneKind::By(ast::DoneBy {
                word: name(word),
                list: ast::List { path: vec![name(list)], filter },
                date: name(date),
                on: ast::Span::default(),
                span: ast::Span::default(),
            })
        };
        let due = self.random.percent(80).then(|| {
            let kind = if self.random.percent(60) {
                let anchor = self.values().date(Own::Any, 0);
                ast::TaskDueKind::Within { duration: length(self.random), anchor }
            } else if self.random.percent(50) {
                ast::TaskDueKind::By(self.values().shifted(Own::Any))
            } else {
                ast::TaskDueKind::By(self.values().date(Own::Any, 0))
            };
            ast::TaskDue { kind, grounds: Vec::new(), span: ast::Span::default() }
        });
        if for_each.is_some() {
            for party in parties {
                self.can_be_asked(format!("letter.{party}"), RuleKind::Task);
            }
        }
        self.can_be_asked("letter".to_owned(), RuleKind::Task);
        let done = Some(ast::TaskDone { kind, grounds: Vec::new(), span: ast::Span::default() });
        self.items.push(Declaration::Task(Box::new(ast::Task { head, for_each, done, due })));
    }

    fn parallel(&mut self) {
        let head = self.head("side_by_side");
        for id in ["start_a", "start_b", "end_a", "declined_b"] {
            let declared = fact(id, FactTypeKind::Date(ast::OrNone::OrNone));
            self.items.push(Declaration::Fact(Box::new(declared)));
            self.names.global.push((id.to_owned(), Kind::Date));
            self.names.perhaps_absent.push(id);
        }
        let date = |date: Expr| ast::TrackDate { date, span: ast::Span::default() };
        let mut tracks = Vec::new();
        for (index, id) in ["first", "second", "third"].into_iter().take(2 + self.random.below(2)).enumerate() {
            let started = match self.random.below(10) {
                0 => self.values().extreme(1),
                1 => path("discharge"),
                _ if index == 2 => path("discharge"),
                _ => path(["start_a", "start_b"][index]),
            };
            let ended = self.random.percent(35).then(|| date(path("end_a")));
            let declined = self.random.percent(35).then(|| date(path("declined_b")));
            tracks.push(ast::Track {
                name: name(id),
                label: localized(id),
                when: self.random.percent(40).then(|| self.condition()),
                started: date(started),
                ended,
                declined,
                grounds: Vec::new(),
                span: ast::Span::default(),
            });
        }
        let within =
            ast::StartWithin { duration: self.values().length(), grounds: Vec::new(), span: ast::Span::default() };
        self.can_be_asked("side_by_side".to_owned(), RuleKind::Parallel);
        let within = Some(within);
        self.items.push(Declaration::Parallel(Box::new(ast::Parallel { head, tracks, within })));
    }

    /// A name that other rules may ask for; of a small guideline none do.
    pub fn can_be_asked(&mut self, id: String, kind: RuleKind) {
        if self.size != Size::Small {
            self.names.rules.push((id, kind));
        }
    }

    pub fn head(&mut self, id: &str) -> ast::RuleHead {
        ast::RuleHead {
            name: name(id),
            label: localized(id),
            grounds: interpretation(),
            when: self.random.percent(40).then(|| self.condition()),
            text: if self.random.percent(50) { localized(id) } else { ast::Localized::new() },
            covers: None,
        }
    }

    fn checklist(&mut self) {
        let head = self.head("application");
        let lines = 1 + self.random.below(3);
        let criteria = (0..lines).map(|line| {
            let must = line == 0 || self.random.percent(80);
            ast::Criterion {
                modality: if must { ast::Modality::Require } else { ast::Modality::Expect },
                name: name(&format!("line_{line}")),
                label: ast::Localized::new(),
                condition: self.condition(),
                grounds: Vec::new(),
                exceptions: Vec::new(),
                covers: None,
                span: ast::Span::default(),
            }
        });
        let criteria: Vec<ast::Criterion> = criteria.collect();
        for line in 0..lines {
            self.can_be_asked(format!("application.line_{line}"), RuleKind::Item);
        }
        self.can_be_asked("application".to_owned(), RuleKind::Checklist);
        self.items.push(Declaration::Checklist(Box::new(ast::Checklist { head, criteria })));
    }

    fn proposal(&mut self) {
        let head = self.head("level");
        let options = &OPTIONS[..2 + self.random.below(2)];
        let choice = self.random.pick(&[Choice::First, Choice::ExactlyOne, Choice::ExactlyOne, Choice::All]);
        let rows = (0..2 + self.random.below(3)).map(|_| ast::ProposeRow {
            option: name(self.random.pick(options)),
            condition: self.condition(),
            grounds: Vec::new(),
            span: ast::Span::default(),
        });
        let rows: Vec<ast::ProposeRow> = rows.collect();
        let otherwise = self.random.percent(40).then(|| name(self.random.pick(options)));
        let decided_by = if self.random.percent(50) { localized("somebody") } else { ast::Localized::new() };
        for option in options {
            self.can_be_asked(format!("level.{option}"), RuleKind::Option);
        }
        self.can_be_asked("level".to_owned(), RuleKind::Proposal);
        let options =
            options.iter().map(|option| ast::ProposeOption { name: name(option), label: localized(option) }).collect();
        let choice = Some(at(choice));
        self.items.push(Declaration::Propose(Box::new(ast::Propose {
            head,
            options_at: Some(ast::Span::default()),
            options,
            choice,
            rows,
            otherwise,
            decided_by,
        })));
    }
}
