//! Printing what was parsed and parsing it again gives the same tree, over many trees made at random.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a panic is the failure report"
)]

mod printing {
    mod rule;
    mod score;
}

use proptest::prelude::*;
use proptest::test_runner::TestRng;
use riktlinje::syntax::ast::*;
use riktlinje::syntax::{FileId, parse, parse_expression, print, print_expression};
use riktlinje::{DurationUnit, Number, Truth, Weekday};

/// Makes trees that the parser can produce.
struct Maker<'a> {
    random: &'a mut TestRng,
}

impl Maker<'_> {
    fn pick(&mut self, count: u32) -> u32 {
        self.random.next_u32() % count
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.pick(of.len() as u32) as usize]
    }

    fn name(&mut self) -> Name {
        let names = [
            "a",
            "b",
            "birth_date",
            "x1",
            "met",
            "known",
            "unknown",
            "text",
            "question",
            "years",
            "kg",
            "code",
            "sv",
            "recorded",
            "needed",
            "ålder",
            "latest",
            "list",
        ];
        let value = self.one(&names).into();
        Spanned { value, span: Span::default() }
    }

    fn path(&mut self) -> Vec<Name> {
        let mut path = vec![self.name()];
        if self.pick(4) == 0 {
            let value = self.one(&["age", "is", "from_role", "date", "to"]).into();
            path.push(Spanned { value, span: Span::default() });
        }
        path
    }

    fn text(&mut self) -> Box<str> {
        self.one(&["", "a b", "say \"no\"", "back\\slash", "två  blanka", "# not a comment", "(", "\\\""]).into()
    }

    fn number(&mut self) -> Number {
        self.one(&["0", "1", "7.5", "-1", "-0.25", "2004", "100000", "0.0000001", "123456789012345"]).parse().unwrap()
    }

    fn count(&mut self) -> Spanned<u32> {
        Spanned { value: self.pick(12), span: Span::default() }
    }

    fn named(text: &str) -> Name {
        Spanned { value: text.into(), span: Span::default() }
    }

    fn duration(&mut self) -> ExprKind {
        let unit = self.one(&[DurationUnit::Days, DurationUnit::Weeks, DurationUnit::Months, DurationUnit::Years]);
        ExprKind::Duration(DurationLiteral { number: self.number(), unit })
    }

    fn literal(&mut self) -> ExprKind {
        match self.pick(12) {
            0 => ExprKind::Truth(self.one(&[Truth::True, Truth::False])),
            1 => ExprKind::Number(self.number()),
            2 => {
                let unit = self.one(&["mmol/L", "kg", "10*3/uL", "%", "[IU]/L", "mm[Hg]", "kg.m2", "/min", "m-2"]);
                ExprKind::Quantity { number: self.number(), unit: Self::named(unit) }
            }
            3 => self.duration(),
            4 => ExprKind::Date(DateLiteral { year: 2004, month: Some(5), day: Some(self.pick(28) + 1) }),
            5 => ExprKind::Text(self.text()),
            6 => ExprKind::Code { system: None, code: Self::named(self.one(&["F11.2", "N07BC", "KVÅ", "ICD-10-SE"])) },
            7 => {
                let system = Some(Self::named(self.one(&["county", "ICD-10-SE", "RxNorm"])));
                ExprKind::Code { system, code: Self::named(self.one(&["01", "F11.2", "1-8", "X-Y"])) }
            }
            8 => ExprKind::CodeRange { system: None, from: Self::named("F10"), to: Self::named("F19") },
            9 => ExprKind::Today,
            _ => ExprKind::Path(self.path()),
        }
    }

    fn value(&mut self, depth: u32) -> Expr {
        if depth == 0 {
            let kind = self.literal();
            return expr(kind);
        }
        let depth = depth - 1;
        let kind = match self.pick(16) {
            0 => ExprKind::Age { on: None },
            1 => ExprKind::Age { on: Some(Box::new(self.whole(depth))) },
            2 => ExprKind::Count { word: None, list: self.list(depth), body: None },
            3 => {
                let body = (self.pick(2) == 0).then(|| Box::new(self.whole(depth)));
                ExprKind::Count { word: Some(self.name()), list: self.list(depth), body }
            }
            4 => ExprKind::Sum { value: Box::new(self.any(depth)), list: self.list(depth) },
            5 => ExprKind::Extreme { extreme: self.extreme(), field: self.name(), list: self.list(depth) },
            6 => {
                let otherwise = match self.pick(2) {
                    0 => Otherwise::Unknown,
                    _ => Otherwise::Value(self.any(depth)),
                };
                ExprKind::LookUp {
                    key: Box::new(self.any(depth)),
                    table: self.name(),
                    column: self.name(),
                    otherwise: Box::new(otherwise),
                }
            }
            7 => ExprKind::Sums(
                (0..self.pick(3) + 2)
                    .map(|index| {
                        let sign = if index == 0 { Sign::Plus } else { self.one(&[Sign::Plus, Sign::Minus]) };
                        (sign, self.any(depth))
                    })
                    .collect(),
            ),
            8 => ExprKind::Products(
                (0..self.pick(3) + 2)
                    .map(|index| {
                        let factor = if index == 0 { Factor::Times } else { self.one(&[Factor::Times, Factor::Per]) };
                        (factor, self.any(depth))
                    })
                    .collect(),
            ),
            9 => ExprKind::UnitsBetween {
                unit: self.one(&[DurationUnit::Days, DurationUnit::Weeks, DurationUnit::Months, DurationUnit::Years]),
                from: Box::new(self.any(depth)),
                to: Box::new(self.any(depth)),
            },
            10 => ExprKind::Round { value: Box::new(self.any(depth)), decimals: self.count() },
            _ => self.literal(),
        };
        expr(kind)
    }

    /// Anything, as it may stand in brackets.
    fn any(&mut self, depth: u32) -> Expr {
        if self.pick(2) == 0 { self.whole(depth) } else { self.value(depth) }
    }

    fn date(&mut self, depth: u32) -> Expr {
        if self.pick(3) > 0 {
            return self.any(depth);
        }
        let duration = Box::new(self.any(depth / 2));
        let direction = self.one(&[Direction::Before, Direction::After]);
        expr(ExprKind::Shifted { duration, direction, anchor: Box::new(self.any(depth / 2)) })
    }

    fn list(&mut self, depth: u32) -> Box<List> {
        let filter = (self.pick(3) == 0).then(|| self.whole(depth));
        Box::new(List { path: self.path(), filter })
    }

    fn extreme(&mut self) -> ExtremeWord {
        self.one(&[ExtremeWord::Latest, ExtremeWord::Earliest])
    }

    fn polarity(&mut self) -> Polarity {
        self.one(&[Polarity::Positive, Polarity::Negative])
    }

    fn some(&mut self, depth: u32) -> Vec<Expr> {
        (0..self.pick(3) + 2).map(|_| self.any(depth)).collect()
    }

    fn chain(&mut self, depth: u32) -> ExprKind {
        let layout = self.one(&[Layout::Inline, Layout::Lines]);
        // A bare value after `or` is refused: `x is A or B`.
        let mut operands = self.some(depth);
        operands.retain(|e| {
            !matches!(
                e.kind,
                ExprKind::Code { .. }
                    | ExprKind::CodeRange { .. }
                    | ExprKind::Text(_)
                    | ExprKind::Number(_)
                    | ExprKind::Quantity { .. }
                    | ExprKind::Duration(_)
                    | ExprKind::Date(_)
            )
        });
        if self.pick(2) == 0 {
            let operands = operands.into_iter().filter(|e| !matches!(e.kind, ExprKind::And { .. })).collect::<Vec<_>>();
            if operands.len() > 1 { ExprKind::And { operands, layout } } else { ExprKind::Today }
        } else {
            let operands = operands.into_iter().filter(|e| !matches!(e.kind, ExprKind::Or { .. })).collect::<Vec<_>>();
            if operands.len() > 1 { ExprKind::Or { operands, layout } } else { ExprKind::Today }
        }
    }

    /// A condition or a value.
    fn whole(&mut self, depth: u32) -> Expr {
        if depth == 0 {
            return self.value(0);
        }
        let depth = depth - 1;
        let kind = match self.pick(24) {
            0..3 => self.chain(depth),
            3 => ExprKind::Not(Box::new(self.any(depth))),
            4 => ExprKind::AtLeastOf { count: self.count(), conditions: self.some(depth) },
            5 | 6 => {
                let operator = self.one(&[
                    Comparison::Is,
                    Comparison::IsNot,
                    Comparison::AtLeast,
                    Comparison::AtMost,
                    Comparison::MoreThan,
                    Comparison::LessThan,
                ]);
                ExprKind::Compare { left: Box::new(self.any(depth)), operator, right: Box::new(self.any(depth)) }
            }
            7 => {
                let operator =
                    self.one(&[Comparison::Before, Comparison::After, Comparison::OnOrBefore, Comparison::OnOrAfter]);
                let left = self.any(depth);
                if matches!(left.kind, ExprKind::Duration(_)) {
                    return left;
                }
                ExprKind::Compare { left: Box::new(left), operator, right: Box::new(self.date(depth)) }
            }
            8 => ExprKind::OneOf {
                value: Box::new(self.any(depth)),
                polarity: self.polarity(),
                options: self.some(depth),
            },
            9 => {
                let set = match self.pick(4) {
                    0 => ExprKind::Path(self.path()),
                    1 => ExprKind::Code { system: None, code: Self::named(self.one(&["F11", "01", "X-Y"])) },
                    2 => ExprKind::Code { system: Some(Self::named("county")), code: Self::named("01") },
                    _ => ExprKind::CodeRange { system: None, from: Self::named("F10"), to: Self::named("F19") },
                };
                ExprKind::In { value: Box::new(self.any(depth)), polarity: self.polarity(), set: Box::new(expr(set)) }
            }
            10 => ExprKind::Between {
                value: Box::new(self.any(depth)),
                low: Box::new(self.date(depth)),
                high: Box::new(self.date(depth)),
            },
            11 => {
                let period = match self.pick(3) {
                    0 => expr(ExprKind::Date(DateLiteral { year: 2004, month: None, day: None })),
                    1 => expr(ExprKind::Date(DateLiteral { year: 2004, month: Some(5), day: None })),
                    _ => self.any(depth),
                };
                ExprKind::During { value: Box::new(self.any(depth)), period: Box::new(period) }
            }
            12 => {
                let relation = self.one(&[
                    Distance::AtLeastBefore,
                    Distance::AtLeastAfter,
                    Distance::MoreThanBefore,
                    Distance::MoreThanAfter,
                    Distance::WithinBefore,
                    Distance::WithinAfter,
                    Distance::WithinOf,
                ]);
                ExprKind::Distance {
                    value: Box::new(self.any(depth)),
                    relation,
                    duration: Box::new(self.any(depth)),
                    anchor: Box::new(self.date(depth)),
                }
            }
            13 => {
                let on = (self.pick(2) == 0).then(|| Box::new(self.any(depth)));
                let age = Box::new(expr(ExprKind::Age { on }));
                ExprKind::AgeOrOlder { age, duration: Box::new(self.any(depth)) }
            }
            14 => ExprKind::ThereIs { polarity: self.polarity(), path: self.path() },
            15 => ExprKind::Known { polarity: self.polarity(), path: self.path() },
            16 => {
                let (polarity, status) = match self.pick(3) {
                    0 => (Polarity::Positive, StatusWord::NotApplicable),
                    1 => (self.polarity(), StatusWord::AdvisedAgainst),
                    _ => {
                        let words = [StatusWord::Met, StatusWord::Refer, StatusWord::Undetermined];
                        (self.polarity(), self.one(&words))
                    }
                };
                if self.pick(4) == 0 {
                    let bands = (0..=self.pick(2)).map(|_| self.name()).collect();
                    return expr(ExprKind::Band { score: self.path(), polarity: self.polarity(), bands });
                }
                let status = Spanned { value: status, span: Span::default() };
                ExprKind::Status { polarity, rule: self.path(), status }
            }
            17 => ExprKind::Quantifier(Box::new(Quantifier {
                kind: self.one(&[QuantifierKind::Some, QuantifierKind::Every, QuantifierKind::No]),
                reading: self.one(&[Reading::AsGiven, Reading::Recorded]),
                word: self.name(),
                list: *self.list(depth),
                body: self.any(depth),
            })),
            18 => ExprKind::ExtremeHas {
                extreme: self.extreme(),
                word: self.name(),
                list: self.list(depth),
                by: self.name(),
                body: Box::new(self.any(depth)),
            },
            19 => ExprKind::OfExtremes {
                count: self.count(),
                extreme: self.extreme(),
                among: self.count(),
                word: self.name(),
                list: self.list(depth),
                by: self.name(),
                body: Box::new(self.any(depth)),
            },
            20 => ExprKind::Different {
                count: self.count(),
                field: self.name(),
                list: self.list(depth),
                by: (self.pick(2) == 0).then(|| self.name()),
                within: (self.pick(2) == 0).then(|| Box::new(self.any(depth))),
            },
            21 => {
                let arms = (0..self.pick(2) + 1).map(|_| (self.any(depth), self.any(depth))).collect();
                ExprKind::If { arms, otherwise: Box::new(self.any(depth)) }
            }
            22 => {
                let operators = [Comparison::AtLeast, Comparison::AtMost, Comparison::MoreThan, Comparison::LessThan];
                ExprKind::DatesCounted(Box::new(DatesCounted {
                    schedule: self.path(),
                    status: Spanned { value: self.one(&DateStatus::ALL), span: Span::default() },
                    operator: self.one(&operators),
                    count: self.count(),
                    window: match self.pick(4) {
                        0 => CountWindow::Before { duration: self.any(depth), anchor: self.date(depth) },
                        1 => CountWindow::After { duration: self.any(depth), anchor: self.date(depth) },
                        2 => CountWindow::Since(self.date(depth)),
                        _ => CountWindow::During(self.any(depth)),
                    },
                }))
            }
            _ => ExprKind::Shifted {
                duration: Box::new(expr(self.duration())),
                direction: self.one(&[Direction::Before, Direction::After]),
                anchor: Box::new(self.any(depth)),
            },
        };
        expr(kind)
    }
}

/// Rules of lines, tasks and tracks around such conditions.
impl Maker<'_> {
    fn perhaps<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.pick(2) == 0).then(|| make(self))
    }

    fn grounds(&mut self) -> Vec<Ground> {
        let why = FreeText::Plain(Self::named("why"));
        let ground = Ground { kind: GroundKind::Interpretation { why }, span: Span::default() };
        vec![ground; self.pick(3) as usize]
    }

    fn texts() -> Localized {
        vec![LocalizedText { language: Self::named("sv"), text: Self::named("x") }]
    }

    fn head(&mut self, depth: u32) -> RuleHead {
        RuleHead {
            name: Self::named("r"),
            label: Self::texts(),
            grounds: self.grounds(),
            when: self.perhaps(|maker| maker.whole(depth)),
            text: Self::texts(),
            covers: None,
        }
    }

    fn criterion(&mut self, depth: u32) -> Criterion {
        Criterion {
            modality: self.one(&[Modality::Require, Modality::Expect]),
            name: self.name(),
            label: Self::texts(),
            condition: self.whole(depth),
            grounds: self.grounds(),
            exceptions: Vec::new(),
            covers: None,
            span: Span::default(),
        }
    }

    fn task(&mut self, depth: u32) -> Task {
        let for_each = self.perhaps(|maker| {
            let word = maker.perhaps(Maker::name);
            ForEach { parties: vec![maker.name(), maker.name()], word, span: Span::default() }
        });
        let done = if self.pick(2) == 0 {
            TaskDoneKind::When(self.whole(depth))
        } else {
            let (word, list, date) = (self.name(), *self.list(depth), self.name());
            TaskDoneKind::By(DoneBy { word, list, date, on: Span::default(), span: Span::default() })
        };
        let due = self.perhaps(|maker| {
            let kind = if maker.pick(2) == 0 {
                TaskDueKind::Within { duration: maker.value(depth), anchor: maker.value(depth) }
            } else {
                TaskDueKind::By(maker.value(depth))
            };
            TaskDue { kind, grounds: maker.grounds(), span: Span::default() }
        });
        let done = Some(TaskDone { kind: done, grounds: self.grounds(), span: Span::default() });
        Task { head: self.head(depth), for_each, done, due }
    }

    fn track(&mut self, depth: u32) -> Track {
        let day = |maker: &mut Self| TrackDate { date: maker.value(depth), span: Span::default() };
        Track {
            name: self.name(),
            label: Self::texts(),
            when: self.perhaps(|maker| maker.whole(depth)),
            started: day(self),
            ended: self.perhaps(day),
            declined: self.perhaps(day),
            grounds: self.grounds(),
            span: Span::default(),
        }
    }

    fn each(&mut self, word: Option<Name>, depth: u32) -> Expr {
        let each = EachRecord { word, field: self.name(), list: *self.list(depth) };
        expr(ExprKind::Each(Box::new(each)))
    }

    fn phase(&mut self, depth: u32) -> Phase {
        let days = |maker: &mut Self| {
            let days = (0..maker.pick(3) + 1).map(|_| maker.one(&Weekday::ALL));
            days.map(|value| Spanned { value, span: Span::default() }).collect()
        };
        let weeks = |maker: &mut Self| {
            let value = DurationLiteral { number: maker.number(), unit: DurationUnit::Weeks };
            Spanned { value, span: Span::default() }
        };
        Phase {
            name: self.perhaps(Maker::name),
            label: Self::texts(),
            ends: match self.pick(3) {
                0 => PhaseEnd::For(self.value(depth)),
                1 => PhaseEnd::Through(self.date(depth)),
                _ => PhaseEnd::Open,
            },
            recurrence: match self.pick(4) {
                0 => Recurrence::Every(expr(self.duration())),
                1 => Recurrence::Every(self.value(depth)),
                2 => Recurrence::OnWeekdays { every_weeks: self.perhaps(weeks), days: days(self) },
                _ => Recurrence::RandomWeekdays { times: Spanned { value: self.pick(5) + 1, span: Span::default() } },
            },
            grounds: self.grounds(),
            span: Span::default(),
        }
    }

    fn schedule(&mut self, depth: u32) -> Schedule {
        let span = Span::default();
        Schedule {
            head: self.head(depth),
            from: self.perhaps(|maker| ScheduleStart {
                value: maker.date(depth),
                first_day: maker.one(&[FirstDay::Included, FirstDay::NotIncluded]),
                grounds: maker.grounds(),
                span,
            }),
            phases: (0..self.pick(3)).map(|_| self.phase(depth)).collect(),
            restarts: (0..self.pick(2))
                .map(|_| Restart {
                    phase: self.perhaps(Maker::name),
                    on: self.each(None, depth),
                    grounds: self.grounds(),
                    span,
                })
                .collect(),
            stops: (0..self.pick(2))
                .map(|_| Stop { on: self.each(None, depth), grounds: self.grounds(), span })
                .collect(),
            done_by: self.perhaps(|maker| {
                let word = Some(maker.name());
                let window =
                    maker.perhaps(|maker| ServingWindow { before: maker.value(depth), after: maker.value(depth) });
                ServedBy { records: maker.each(word, depth), window, grounds: maker.grounds(), span }
            }),
            first: self.perhaps(|maker| FirstWithin {
                duration: maker.value(depth),
                start: maker.date(depth),
                grounds: maker.grounds(),
                span,
            }),
            then: self.perhaps(|maker| ThenEvery {
                interval: maker.value(depth),
                records: maker.each(None, depth),
                grounds: maker.grounds(),
                span,
            }),
            may_share: self.perhaps(|_| span),
        }
    }
}

fn expr(kind: ExprKind) -> Expr {
    Expr { kind, span: Span::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn printing_then_parsing_an_expression_gives_the_same_tree(mut random in any::<[u8; 32]>()
        .prop_map(|seed| TestRng::from_seed(proptest::test_runner::RngAlgorithm::ChaCha, &seed)), depth in 0_u32..5)
    {
        let tree = Maker { random: &mut random }.whole(depth);
        let text = print_expression(&tree);
        match parse_expression(FileId(0), &text) {
            Ok(again) => prop_assert!(again == tree, "tree changed\n{text}\n{}", print_expression(&again)),
            Err(findings) => {
                let findings: Vec<_> = findings.iter().map(|d| format!("{} {}", d.code(), d.message())).collect();
                prop_assert!(false, "{text}\n{findings:?}\n{tree:?}");
            }
        }
        // As the value of a definition, with lines around it.
        let name = Spanned { value: "d".into(), span: Span::default() };
        let label = vec![LocalizedText { language: Maker::named("sv"), text: Maker::named("x") }];
        let define = Define { name, label, value: tree, show: Some(Span::default()), grounds: Vec::new(), covers: None };
        let item = Item { declaration: Declaration::Define(Box::new(define)), span: Span::default() };
        let file = File { items: vec![item], ..File::default() };
        let text = print(&file);
        let (again, findings) = parse(FileId(0), &text);
        let findings: Vec<_> = findings.iter().map(|d| format!("{} {}", d.code(), d.message())).collect();
        prop_assert!(findings.is_empty(), "{text}\n{findings:?}");
        prop_assert!(again.items == file.items, "tree changed\n{text}\n{}", print(&again));
        prop_assert_eq!(print(&again), text);
    }

    #[test]
    fn printing_then_parsing_a_rule_gives_the_same_tree(mut random in any::<[u8; 32]>()
        .prop_map(|seed| TestRng::from_seed(proptest::test_runner::RngAlgorithm::ChaCha, &seed)), depth in 0_u32..3)
    {
        let declaration = Maker { random: &mut random }.rule(depth);
        let file = File { items: vec![Item { declaration, span: Span::default() }], ..File::default() };
        let text = print(&file);
        let (again, findings) = parse(FileId(0), &text);
        let findings: Vec<_> = findings.iter().map(|d| format!("{} {}", d.code(), d.message())).collect();
        prop_assert!(findings.is_empty(), "{text}\n{findings:?}");
        prop_assert!(again.items == file.items, "tree changed\n{text}\n{}", print(&again));
        prop_assert_eq!(print(&again), text);
    }
}
