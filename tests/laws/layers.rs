//! A guideline taken apart into a base and a layer that puts it together again answers as it did.

use crate::agreement::{compile, print, production_answers};
use crate::generator::{self, Presence, Random, Size};
use proptest::prelude::*;
use riktlinje::syntax::ast::{
    Change, ChangeKind, ChangedLines, Declaration, Eligibility, Expr, ExprKind, File, FreeText, Ground, GroundKind,
    Guideline, Item, Name, ParameterValue, Recommend, Reference, Span, Spanned,
};
use riktlinje::syntax::{self, FileId};
use riktlinje::{Guideline as Compiled, Severity, Source, Truth};

fn at<T>(value: T) -> Spanned<T> {
    Spanned { value, span: Span::default() }
}

fn name(text: &str) -> Name {
    at(text.into())
}

fn yes() -> Expr {
    Expr { kind: ExprKind::Truth(Truth::True), span: Span::default() }
}

/// A file's changes, and what they change back.
struct Apart<'r> {
    random: &'r mut Random,
    why: Vec<Ground>,
    changes: Vec<Change>,
}

impl Apart<'_> {
    fn change(&mut self, kind: ChangeKind, grounds: &[Ground]) {
        let grounds = if grounds.is_empty() { self.why.clone() } else { grounds.to_vec() };
        self.changes.push(Change { kind, grounds, span: Span::default() });
    }

    /// Spoils a declaration, or says that it should go (an addition that the layer removes stands beside it then).
    fn declaration(&mut self, declaration: &mut Declaration) {
        match declaration {
            Declaration::Eligibility(rule) if self.random.percent(70) => self.eligibility(rule),
            Declaration::Recommend(rule) if self.random.percent(70) => self.recommend(rule),
            Declaration::Parameter(parameter) if self.random.percent(50) => {
                if let ParameterValue::Default(value) = &parameter.value {
                    let (value, grounds) = (value.clone(), parameter.grounds.clone());
                    self.change(ChangeKind::Set { parameter: parameter.name.clone(), value }, &grounds);
                    parameter.value = ParameterValue::SetBy(name("region"));
                }
            }
            Declaration::Define(define) if !define.grounds.is_empty() && self.random.percent(50) => {
                let whole = Declaration::Define(define.clone());
                self.changes.push(Change {
                    kind: ChangeKind::Replace(whole),
                    grounds: Vec::new(),
                    span: Span::default(),
                });
                define.value = yes();
            }
            Declaration::Codes(codes) if codes.entries.len() > 1 && self.random.percent(50) => {
                let last = codes.entries.pop().unwrap();
                let to = vec![codes.name.clone()];
                self.change(ChangeKind::Add { to, lines: ChangedLines::Codes(vec![last]) }, &[]);
            }
            Declaration::Checklist(rule) if self.random.percent(50) => {
                let whole = Declaration::Checklist(rule.clone());
                self.changes.push(Change {
                    kind: ChangeKind::Replace(whole),
                    grounds: Vec::new(),
                    span: Span::default(),
                });
                rule.head.when = Some(yes());
            }
            Declaration::Propose(rule) if self.random.percent(50) => {
                let whole = Declaration::Propose(rule.clone());
                self.changes.push(Change {
                    kind: ChangeKind::Replace(whole),
                    grounds: Vec::new(),
                    span: Span::default(),
                });
                rule.head.when = Some(yes());
            }
            _ => {}
        }
    }

    fn eligibility(&mut self, rule: &mut Eligibility) {
        let empty = Eligibility {
            name: rule.name.clone(),
            label: Vec::new(),
            grounds: Vec::new(),
            when: None,
            criteria: Vec::new(),
            covers: None,
        };
        let lines = |rule: Eligibility| ChangedLines::Of(Declaration::Eligibility(Box::new(rule)));
        let target = |parts: &[&Name]| parts.iter().map(|part| (*part).clone()).collect::<Vec<Name>>();
        let own = rule.name.clone();
        let grounds = rule.grounds.clone();
        if self.random.percent(20) {
            let whole = Declaration::Eligibility(Box::new(rule.clone()));
            self.changes.push(Change { kind: ChangeKind::Replace(whole), grounds: Vec::new(), span: Span::default() });
            rule.criteria.truncate(1);
            return;
        }
        match (rule.when.take(), self.random.percent(50)) {
            (Some(when), true) => {
                let line = target(&[&own, &name("when")]);
                let by = lines(Eligibility { when: Some(when), ..empty.clone() });
                self.change(ChangeKind::ReplaceLine { line, by }, &grounds);
                rule.when = Some(yes());
            }
            (Some(when), false) => {
                let lines = lines(Eligibility { when: Some(when), ..empty.clone() });
                self.change(ChangeKind::Add { to: target(&[&own]), lines }, &grounds);
            }
            (None, true) => {
                self.change(ChangeKind::Remove(target(&[&own, &name("when")])), &[]);
                rule.when = Some(yes());
            }
            (None, false) => {}
        }
        let mut last = None;
        if rule.criteria.len() > 1 && self.random.percent(50) {
            last = rule.criteria.pop();
        }
        for criterion in &mut rule.criteria {
            match self.random.below(4) {
                0 => {
                    let line = target(&[&own, &criterion.name]);
                    let by = lines(Eligibility { criteria: vec![criterion.clone()], ..empty.clone() });
                    self.change(ChangeKind::ReplaceLine { line, by }, &grounds);
                    criterion.condition = yes();
                    criterion.exceptions.clear();
                }
                1 if !criterion.exceptions.is_empty() => {
                    let mut taken = std::mem::take(&mut criterion.exceptions);
                    let inherited = if criterion.grounds.is_empty() { &grounds } else { &criterion.grounds };
                    for exception in &mut taken {
                        if exception.grounds.is_empty() {
                            exception.grounds.clone_from(inherited);
                        }
                    }
                    let to = target(&[&own, &criterion.name]);
                    self.change(ChangeKind::Add { to, lines: ChangedLines::Exceptions(taken) }, &[]);
                }
                2 => {
                    let mut more = criterion.exceptions.first().cloned();
                    if let Some(exception) = &mut more {
                        exception.name = name("one_too_many");
                        self.change(ChangeKind::Remove(target(&[&own, &criterion.name, &exception.name])), &[]);
                    }
                    criterion.exceptions.extend(more);
                }
                _ => {}
            }
        }
        if let Some(last) = last {
            let lines = lines(Eligibility { criteria: vec![last], ..empty });
            self.change(ChangeKind::Add { to: target(&[&own]), lines }, &grounds);
        }
        if self.random.percent(50) {
            let mut more = rule.criteria[0].clone();
            more.name = name("one_too_many");
            self.change(ChangeKind::Remove(target(&[&own, &more.name])), &[]);
            let place = self.random.below(rule.criteria.len() + 1);
            rule.criteria.insert(place, more);
        }
    }

    fn recommend(&mut self, rule: &mut Recommend) {
        let own = rule.name.clone();
        if self.random.percent(50) || rule.clauses.len() < 2 {
            let whole = Declaration::Recommend(Box::new(rule.clone()));
            self.changes.push(Change { kind: ChangeKind::Replace(whole), grounds: Vec::new(), span: Span::default() });
            rule.clauses.reverse();
            return;
        }
        let last = rule.clauses.pop().unwrap();
        let grounds = rule.grounds.clone();
        let empty = Recommend {
            name: own.clone(),
            label: Vec::new(),
            grounds: Vec::new(),
            clauses: vec![last],
            by: Vec::new(),
            excludes: Vec::new(),
            text: Vec::new(),
            covers: None,
        };
        let lines = ChangedLines::Of(Declaration::Recommend(Box::new(empty)));
        self.change(ChangeKind::Add { to: vec![own], lines }, &grounds);
    }
}

/// The base and the layer.
fn apart(random: &mut Random, whole: &File) -> (File, File) {
    let why = vec![Ground {
        kind: GroundKind::Interpretation { why: FreeText::Plain(name("a test")) },
        span: Span::default(),
    }];
    let mut apart = Apart { random, why, changes: Vec::new() };
    let mut base = whole.clone();
    let mut header: Option<Guideline> = None;
    for item in &mut base.items {
        if let Declaration::Guideline(guideline) = &mut item.declaration {
            header = Some((**guideline).clone());
            guideline.name = name("test.base");
        } else {
            apart.declaration(&mut item.declaration);
        }
    }
    let mut header = header.unwrap();
    header.adapts = Some(Reference { name: name("test.base"), version: None });
    let item = |declaration| Item { declaration, span: Span::default() };
    let changes = apart.changes.into_iter().map(|change| item(Declaration::Change(Box::new(change))));
    let items = std::iter::once(item(Declaration::Guideline(Box::new(header)))).chain(changes).collect();
    (base, File { items, ..File::default() })
}

proptest! {
    #![proptest_config(super::cases(60))]

    #[test]
    fn a_guideline_in_layers_answers_as_the_whole(seed: u64) {
        let mut random = Random::new(seed);
        let made = generator::guideline(&mut random, Size::Full);
        let (whole, _) = compile(&made.file).map_err(TestCaseError::fail)?;
        let (base, layer) = apart(&mut random, &made.file);
        let (base, text) = (print(&base), print(&layer));
        let (read, diagnostics) = syntax::parse(FileId(0), &text);
        prop_assert!(diagnostics.is_empty(), "{}\n{text}", diagnostics[0].message());
        prop_assert_eq!(&read.items, &layer.items, "{}", text);
        let sources = || [Source::new("layer.guide", text.as_str()), Source::new("base.guide", base.as_str())];
        let errors: Vec<String> = Compiled::check(sources())
            .iter()
            .filter(|finding| finding.severity() == Severity::Error)
            .map(ToString::to_string)
            .collect();
        prop_assert!(errors.is_empty(), "{}\n{text}", errors.join("\n"));
        let layered = Compiled::compile(sources()).unwrap();
        for _ in 0..5 {
            let patient = generator::patient(&mut random, &made.file, Presence::Gaps);
            let day = generator::day(&mut random);
            prop_assert_eq!(
                production_answers(&whole, &patient, day),
                production_answers(&layered, &patient, day),
                "{}",
                text
            );
        }
    }
}
