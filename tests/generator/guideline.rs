//! A whole guideline: a fixed set of facts with varying attributes, then definitions, assumptions and rules.

use super::random::Random;
use super::tree::{at, duration, duration_literal, expr, interpretation, localized, name, names, number, path, ty};
use super::value::{COUNTIES, KINDS, Kind, Names, Own, RuleKind, Values, fields, one_code};
use crate::reference::Settings;
use riktlinje::syntax::ast::{self, Declaration, Expr, ExprKind, FactTypeKind, Strength};
use riktlinje::{DurationUnit, Truth};

/// A guideline and what a patient needs to know of it.
#[derive(Debug, Clone)]
pub struct Generated {
    pub file: ast::File,
    pub settings: Settings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// A few conditions on few facts, so that all completions can be listed.
    Small,
    Full,
    /// Full, without what looks at unknown itself: `is known`, `is undetermined`, `recorded`.
    Blind,
}

pub fn guideline(random: &mut Random, size: Size) -> Generated {
    let mut items = head();
    let mut names = Names { blind: size == Size::Blind, ..Names::default() };
    declare_facts(random, size, &mut items, &mut names);
    if size != Size::Small {
        declare_codes(&mut items);
        declare_tables(&mut items);
        declare_parameters(&mut items, &mut names);
    }
    if random.percent(60) {
        let policy = if random.percent(50) { ast::LeapDayBirthday::March1 } else { ast::LeapDayBirthday::February28 };
        items.push(Declaration::LeapDay(Box::new(ast::LeapDay { birthday: at(policy), grounds: interpretation() })));
    }
    let mut writer = Writer { random, names, size, items, has_indicator: false };
    writer.definitions();
    writer.assumption();
    // Which rules can ask for which.
    if writer.random.percent(50) {
        writer.other_rules();
        writer.eligibilities();
        writer.recommendations();
    } else {
        writer.eligibilities();
        writer.recommendations();
        writer.other_rules();
    }
    let settings = writer.settings();
    let span = ast::Span::default();
    let items = writer.items.into_iter().map(|declaration| ast::Item { declaration, span });
    Generated { file: ast::File { items: items.collect(), ..ast::File::default() }, settings }
}

fn head() -> Vec<Declaration> {
    let clause = |kind| ast::GuidelineClause { kind, span: ast::Span::default() };
    let guideline = ast::Guideline {
        name: name("test.generated"),
        adapts: None,
        clauses: vec![
            clause(ast::GuidelineClauseKind::Language(at(1))),
            clause(ast::GuidelineClauseKind::Title(localized("made for a test"))),
            clause(ast::GuidelineClauseKind::Version(name("1.0.0"))),
            clause(ast::GuidelineClauseKind::Status(name("draft"))),
            clause(ast::GuidelineClauseKind::About(name("patient"))),
        ],
    };
    let party = |id| Declaration::Party(Box::new(ast::Party { name: name(id), label: localized(id) }));
    vec![Declaration::Guideline(Box::new(guideline)), party("first_clinic"), party("second_clinic")]
}

fn type_of(kind: Kind) -> FactTypeKind {
    match kind {
        Kind::YesNo => FactTypeKind::YesNo,
        Kind::Number => FactTypeKind::Number,
        Kind::Weight => FactTypeKind::QuantityIn(name("kg")),
        Kind::Dose => FactTypeKind::QuantityIn(name("mg")),
        Kind::Date => FactTypeKind::Date(ast::OrNone::Always),
        Kind::Choice => FactTypeKind::OneOf(names(KINDS)),
        Kind::Diagnosis => FactTypeKind::CodeFrom(name("ICD-10-SE")),
        Kind::Drug => FactTypeKind::CodeFrom(name("ATC")),
        Kind::County => FactTypeKind::CodeFrom(name("county")),
        Kind::Text => FactTypeKind::Text,
        Kind::Length => FactTypeKind::Duration,
    }
}

fn not_mentioned(random: &mut Random, chance: usize) -> Option<ast::NotMentioned> {
    random.percent(chance).then(|| {
        let means = at(Truth::from(random.percent(50)));
        ast::NotMentioned { means, span: ast::Span::default() }
    })
}

pub fn fact(id: &str, kind: FactTypeKind) -> ast::Fact {
    ast::Fact {
        role: ast::FactRole::Fact,
        name: name(id),
        ty: ty(kind),
        not_mentioned: None,
        fields: Vec::new(),
        label: localized(id),
        question: localized(id),
        valid_for: None,
    }
}

pub fn declared_field(random: &mut Random, id: &str, kind: Kind) -> ast::Field {
    let or_none = id == "answered";
    let kind_of_type = if or_none { FactTypeKind::Date(ast::OrNone::OrNone) } else { type_of(kind) };
    let not_mentioned = if kind == Kind::YesNo { not_mentioned(random, 20) } else { None };
    ast::Field {
        name: name(id),
        ty: ty(kind_of_type),
        not_mentioned,
        label: ast::Localized::new(),
        question: ast::Localized::new(),
        span: ast::Span::default(),
    }
}

const FACTS: &[(&str, Kind)] = &[
    ("birth_date", Kind::Date),
    ("flag_a", Kind::YesNo),
    ("flag_b", Kind::YesNo),
    ("flag_c", Kind::YesNo),
    ("favourite", Kind::Choice),
    ("score", Kind::Number),
    ("visit", Kind::Date),
    ("weight", Kind::Weight),
    ("height", Kind::Number),
    ("main_code", Kind::Diagnosis),
    ("medicine", Kind::Drug),
    ("registered", Kind::County),
    ("remark", Kind::Text),
    ("waiting", Kind::Length),
];

/// The facts of a small guideline: the first of [`FACTS`], without dates.
const SMALL: std::ops::Range<usize> = 1..5;

fn declare_facts(random: &mut Random, size: Size, items: &mut Vec<Declaration>, names: &mut Names) {
    let facts = match size {
        Size::Small => &FACTS[SMALL],
        Size::Full | Size::Blind => FACTS,
    };
    for (id, kind) in facts {
        let mut declared = fact(id, type_of(*kind));
        if *id == "height" {
            declared.ty = ty(FactTypeKind::QuantityIn(name("m")));
        } else {
            names.global.push(((*id).to_owned(), *kind));
        }
        if *kind == Kind::YesNo {
            declared.not_mentioned = not_mentioned(random, if size == Size::Small { 0 } else { 20 });
        }
        if random.percent(25) && size != Size::Small && *id != "birth_date" {
            let (count, unit) = random.pick(super::value::LENGTHS);
            declared.valid_for = Some(at(duration_literal(count, unit)));
        }
        if random.percent(15) {
            declared.role = ast::FactRole::Setting;
        }
        items.push(Declaration::Fact(Box::new(declared)));
    }
    if size == Size::Small {
        return;
    }
    items.push(Declaration::Fact(Box::new(fact("discharge", FactTypeKind::Date(ast::OrNone::OrNone)))));
    names.global.push(("discharge".to_owned(), Kind::Date));
    items.push(Declaration::Fact(Box::new(fact("stay", FactTypeKind::Period))));
    let or_none = if random.percent(70) { ast::OrNone::OrNone } else { ast::OrNone::Always };
    names.perhaps_absent = vec!["discharge", "diagnoses", "samples"];
    if or_none == ast::OrNone::OrNone {
        names.perhaps_absent.push("referral");
    }
    let mut referral = fact("referral", FactTypeKind::Record(or_none));
    let inside = [("received", Kind::Date), ("role", Kind::Choice), ("urgent", Kind::YesNo), ("amount", Kind::Number)];
    for (id, kind) in inside.into_iter().chain([("reason", Kind::Diagnosis), ("carried", Kind::Weight)]) {
        referral.fields.push(declared_field(random, id, kind));
        names.global.push((format!("referral.{id}"), kind));
    }
    items.push(Declaration::Fact(Box::new(referral)));
    for (list, word) in [("diagnoses", "diagnosis"), ("samples", "sample")] {
        let completeness = random.pick(&[
            ast::Completeness::Complete,
            ast::Completeness::Complete,
            ast::Completeness::MayBeIncomplete,
        ]);
        let completeness = Some(completeness);
        let mut declared = fact(list, FactTypeKind::ListOf { word: name(word), completeness });
        declared.fields = fields(list).iter().map(|(id, kind)| declared_field(random, id, *kind)).collect();
        items.push(Declaration::Fact(Box::new(declared)));
    }
}

fn declare_codes(items: &mut Vec<Declaration>) {
    let code = |code: &str| ast::CodeSelector::Code(name(code));
    let entry = |include, except| ast::CodesEntry {
        kind: ast::CodesEntryKind::Codes { include, except },
        comment: None,
        span: ast::Span::default(),
    };
    let mut set = |id: &str, system: &str, entries: Vec<ast::CodesEntry>| {
        let codes =
            ast::Codes { name: name(id), system: name(system), label: localized(id), entries, grounds: Vec::new() };
        items.push(Declaration::Codes(Box::new(codes)));
    };
    let named = |id: &str| ast::CodeSelector::Include(name(id));
    let range = |from: &str, to: &str| ast::CodeSelector::Range(name(from), name(to));
    set("dependence", "ICD-10-SE", vec![entry(code("F11.2"), vec![code("F11.2F")]), entry(code("F19.2"), vec![])]);
    set("broad", "ICD-10-SE", vec![entry(range("F10", "F12"), vec![named("dependence"), code("F10.1")])]);
    set("narrow", "ICD-10-SE", vec![entry(code("F10.2"), vec![]), entry(named("dependence"), vec![code("F19")])]);
    set("opioids", "ATC", vec![entry(code("N07BC"), vec![code("N07BC01")]), entry(code("N02A"), vec![])]);
    let list = ast::CodesEntry {
        kind: ast::CodesEntryKind::List(name("not-supplied")),
        comment: None,
        span: ast::Span::default(),
    };
    set("listed", "ATC", vec![entry(code("N07BC02"), vec![]), list]);
    let counties = COUNTIES[..2].iter().map(|county| entry(code(county), vec![]));
    set("home", "county", counties.collect());
}

fn declare_tables(items: &mut Vec<Declaration>) {
    let mut table = |id: &str, key: Kind, keys: Vec<Expr>| {
        let rows = keys.into_iter().enumerate().map(|(index, key)| ast::TableRow {
            key,
            cells: vec![number(&index.to_string()), number(if index == 0 { "0.5" } else { "2" })],
            span: ast::Span::default(),
        });
        items.push(Declaration::Table(Box::new(ast::Table {
            name: name(id),
            key: ty(type_of(key)),
            columns: names(&["points", "weight_of"]),
            rows: rows.collect(),
            grounds: interpretation(),
        })));
    };
    table("by_colour", Kind::Choice, vec![path("red"), path("blue")]);
    let drugs = ["N07BC", "N07BC02"];
    table("by_drug", Kind::Drug, vec![one_code(&drugs, 0), one_code(&drugs, 1)]);
    table("by_number", Kind::Number, vec![number("0"), number("1"), number("2.5")]);
}

fn declare_parameters(items: &mut Vec<Declaration>, names: &mut Names) {
    let mut parameter = |id: &str, kind: Kind, value: ast::ParameterValue, range: Option<(Expr, Expr)>| {
        items.push(Declaration::Parameter(Box::new(ast::Parameter {
            name: name(id),
            ty: ty(type_of(kind)),
            value,
            range,
            label: localized(id),
            grounds: interpretation(),
        })));
    };
    let years = |count| duration(count, DurationUnit::Years);
    parameter("limit", Kind::Number, ast::ParameterValue::Default(number("2")), None);
    parameter("limit_unset", Kind::Number, ast::ParameterValue::SetBy(name("region")), None);
    let range = Some((years(16), years(25)));
    parameter("minimum_age", Kind::Length, ast::ParameterValue::Default(years(18)), range);
    names.global.push(("limit".to_owned(), Kind::Number));
    names.global.push(("limit_unset".to_owned(), Kind::Number));
}

pub struct Writer<'g> {
    pub random: &'g mut Random,
    pub names: Names,
    pub size: Size,
    pub items: Vec<Declaration>,
    pub has_indicator: bool,
}

impl Writer<'_> {
    /// What the caller sets, in some of the guidelines where it matters.
    fn settings(&mut self) -> Settings {
        let mut settings = Settings::default();
        if self.random.percent(60) {
            settings.seed = Some("known to nobody");
        }
        if self.has_indicator && self.random.percent(60) {
            let (one, other) = (super::value::day(self.random), super::value::day(self.random));
            settings.period = Some((one.min(other), one.max(other)));
        }
        settings
    }

    pub fn values(&mut self) -> Values<'_> {
        Values { random: self.random, names: &mut self.names }
    }

    pub fn condition(&mut self) -> Expr {
        match self.size {
            Size::Small => self.small_condition(3),
            Size::Full | Size::Blind => {
                let depth = self.random.below(4);
                self.values().condition(Own::Any, depth)
            }
        }
    }

    /// Over yes/no facts and one `one of` only.
    fn small_condition(&mut self, depth: usize) -> Expr {
        let operands = |writer: &mut Self| -> Vec<Expr> {
            (0..2 + writer.random.below(2)).map(|_| writer.small_condition(depth.saturating_sub(1))).collect()
        };
        let layout = ast::Layout::Inline;
        match self.random.below(if depth == 0 { 6 } else { 12 }) {
            0..3 => path(self.random.pick(&["flag_a", "flag_b", "flag_c"])),
            3 => expr(ExprKind::Not(Box::new(path(self.random.pick(&["flag_a", "flag_b", "flag_c"]))))),
            4 | 5 => super::condition::compare(path("favourite"), ast::Comparison::Is, path(self.random.pick(KINDS))),
            6..8 => {
                let flat = operands(self).into_iter().flat_map(|operand| match operand.kind {
                    ExprKind::And { operands, .. } => operands,
                    kind => vec![expr(kind)],
                });
                expr(ExprKind::And { operands: flat.collect(), layout })
            }
            8..10 => {
                let flat = operands(self).into_iter().flat_map(|operand| match operand.kind {
                    ExprKind::Or { operands, .. } => operands,
                    kind => vec![expr(kind)],
                });
                expr(ExprKind::Or { operands: flat.collect(), layout })
            }
            10 => expr(ExprKind::AtLeastOf { count: at(2), conditions: operands(self) }),
            _ => {
                let conditions = operands(self);
                expr(ExprKind::Not(Box::new(expr(ExprKind::AtLeastOf { count: at(1), conditions }))))
            }
        }
    }

    fn definitions(&mut self) {
        if self.size == Size::Small {
            return;
        }
        for index in 0..self.random.below(5) {
            let id = format!("derived_{index}");
            let kind = self.random.pick(&[Kind::YesNo, Kind::YesNo, Kind::Number, Kind::Date]);
            let value = match kind {
                Kind::Number if self.random.percent(25) => self.values().counted(2),
                Kind::Number => self.values().number(Own::Any, 2),
                Kind::Date if self.random.percent(40) => self.values().extreme(2),
                Kind::Date => self.values().date(Own::Any, 2),
                _ => self.values().condition(Own::Any, 3),
            };
            let show = self.random.percent(80).then(ast::Span::default);
            self.items.push(Declaration::Define(Box::new(ast::Define {
                name: name(&id),
                label: localized(&id),
                value,
                show,
                grounds: Vec::new(),
                covers: None,
            })));
            self.names.global.push((id, kind));
        }
    }

    fn assumption(&mut self) {
        if self.random.percent(25) {
            let condition = self.condition();
            self.items.push(Declaration::Assume(Box::new(ast::Assume { condition, grounds: interpretation() })));
        }
    }

    fn eligibilities(&mut self) {
        for index in 0..=self.random.below(2) {
            let id = format!("eligible_{index}");
            let mut criteria = Vec::new();
            for line in 0..=self.random.below(3) {
                let criterion = self.criterion(&format!("line_{line}"));
                criteria.push(criterion);
            }
            let when = self.random.percent(40).then(|| self.condition());
            if self.size != Size::Small {
                for criterion in &criteria {
                    self.names.rules.push((format!("{id}.{}", criterion.name.value), RuleKind::Criterion));
                }
                self.names.rules.push((id.clone(), RuleKind::Eligibility));
            }
            self.items.push(Declaration::Eligibility(Box::new(ast::Eligibility {
                name: name(&id),
                label: localized(&id),
                grounds: interpretation(),
                when,
                criteria,
                covers: None,
            })));
        }
    }

    fn criterion(&mut self, id: &str) -> ast::Criterion {
        let exceptions = (0..[0, 0, 0, 1, 1, 2][self.random.below(6)]).map(|index| ast::Exception {
            name: name(&format!("exception_{index}")),
            label: ast::Localized::new(),
            condition: self.condition(),
            refer_to: name(self.random.pick(&["first_clinic", "second_clinic"])),
            grounds: interpretation(),
            span: ast::Span::default(),
        });
        let exceptions: Vec<ast::Exception> = exceptions.collect();
        ast::Criterion {
            modality: if id == "line_0" || self.random.percent(80) {
                ast::Modality::Require
            } else {
                ast::Modality::Expect
            },
            name: name(id),
            label: ast::Localized::new(),
            condition: self.condition(),
            grounds: Vec::new(),
            exceptions,
            covers: None,
            span: ast::Span::default(),
        }
    }

    fn recommendations(&mut self) {
        let strengths = [
            Strength::Must,
            Strength::Should,
            Strength::May,
            Strength::Exceptionally,
            Strength::ShouldNot,
            Strength::ResearchOnly,
        ];
        let count = self.random.below(3);
        for index in 0..count {
            let id = format!("advice_{index}");
            let mut clauses = Vec::new();
            for line in 0..1 + self.random.below(4) {
                let kind = match if line == 0 { 0 } else { self.random.below(5) } {
                    0..3 => ast::RecommendClauseKind::Strength {
                        strength: self.random.pick(&strengths),
                        priority: self.random.percent(30).then(|| at(1)),
                    },
                    3 => ast::RecommendClauseKind::NotNeeded,
                    _ => ast::RecommendClauseKind::AdviseAgainst,
                };
                let condition = self.condition();
                clauses.push(ast::RecommendClause { kind, condition, grounds: Vec::new(), span: ast::Span::default() });
            }
            let excludes = if index > 0 && self.random.percent(50) { vec![name("advice_0")] } else { Vec::new() };
            if self.size != Size::Small {
                self.names.rules.push((id.clone(), RuleKind::Recommendation));
            }
            self.items.push(Declaration::Recommend(Box::new(ast::Recommend {
                name: name(&id),
                label: localized(&id),
                grounds: interpretation(),
                clauses,
                by: Vec::new(),
                excludes,
                text: localized(&id),
                covers: None,
            })));
        }
    }
}
