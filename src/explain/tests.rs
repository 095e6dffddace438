//! Explanations of random small guidelines against brute force.

use super::Explanation;
use super::study::Study;
use crate::eval::Evaluator;
use crate::facts::{Facts, Given};
use crate::outcome::{EligibilityStatus, RuleStatus, Situation};
use crate::program::{Program, RuleIndex};
use crate::source::{FileId, Source};
use crate::value::{FactValue, List, ListCompleteness, Number, Record};
use std::collections::BTreeSet;

pub(super) struct World {
    sources: Vec<Source>,
    evaluator: Evaluator,
}

impl World {
    pub(super) fn new(text: &str) -> World {
        let head = "guideline test\n    language 1\n    title en \"Test\"\n    version 1.0.0\n    status draft\n    about patient\n";
        let sources = vec![Source::new("test.guide", format!("{head}{text}"))];
        let (file, found) = crate::syntax::parse(FileId(0), sources[0].text());
        let (meant, mut more) = crate::check::check(&sources, &[file], &crate::code_lists::CodeLists::new());
        more.extend(found);
        crate::diagnostic::locate(&mut more, &sources);
        let errors = more.iter().filter(|diagnostic| diagnostic.severity() == crate::Severity::Error);
        let errors: Vec<String> = errors.map(ToString::to_string).collect();
        let meant = meant.unwrap_or_else(|| panic!("{text}\n{}", errors.join("\n")));
        World { sources, evaluator: Evaluator::new(Program::lower(&meant)) }
    }

    pub(super) fn with<T>(&self, facts: &Facts, look: impl FnOnce(&Situation<'_>, RuleIndex) -> T) -> T {
        let moment = self.evaluator.on("2026-11-22".parse().unwrap());
        Situation::with(&moment, &self.sources, facts, |situation| {
            let rule = *situation.rules().last().unwrap();
            look(situation, rule)
        })
    }

    fn status(&self, facts: &Facts) -> RuleStatus {
        self.with(facts, |situation, rule| Situation::status(situation.cells, rule))
    }
}

fn given(name: &str, value: &FactValue, facts: &mut Facts) {
    facts.given.insert(name.into(), Given { value: value.clone(), on: None, source: None });
}

/// All lists of up to three records of four kinds.
fn lists() -> Vec<FactValue> {
    let kinds = [(true, 1), (true, 3), (false, 1), (false, 3)].map(|(ok, size)| {
        let size = FactValue::Number(Number::from(size));
        Record { fields: [("ok".into(), FactValue::Truth(ok)), ("size".into(), size)].into() }
    });
    let mut lists = vec![Vec::new()];
    let mut longer = lists.clone();
    for _ in 0..3 {
        let add = |list: &Vec<Record>, kind: &Record| [list.clone(), vec![kind.clone()]].concat();
        longer = longer.iter().flat_map(|list| kinds.iter().map(move |kind| add(list, kind))).collect();
        lists.extend(longer.clone());
    }
    let list = |records| FactValue::List(List { records, completeness: ListCompleteness::AsDeclared });
    lists.into_iter().map(list).collect()
}

/// Random choices that are the same each time.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    pub(super) fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.roll(choices.len())]
    }

    fn condition(&mut self, leaves: &[&str], depth: u32) -> String {
        if depth == 0 || self.roll(4) == 0 {
            return self.of(leaves).to_owned();
        }
        let mut part = || self.condition(leaves, depth - 1);
        let (a, b, c) = (part(), part(), part());
        match self.roll(5) {
            0 | 1 => format!("({a} and {b})"),
            2 => format!("({a} or {b})"),
            3 if !a.starts_with("not") => format!("not ({a})"),
            _ => format!("at least 2 of ({a}, {b}, {c})"),
        }
    }

    fn rule(&mut self, leaves: &[&str]) -> String {
        let mut line = || self.condition(leaves, 2);
        let (a, b, c, d) = (line(), line(), line(), line());
        let status = self.of(&["e is met", "e.one is not met", "e is undetermined"]);
        let with_status = |rest: &str| format!("{rest} or {status}");
        let head = "party p en \"P\"\neligibility e\n    our interpretation \"x\"\n";
        let e = format!("{head}    require one: {a}\n        exception x: {b} then refer to p\n    require two: {c}\n");
        match self.roll(3) {
            0 => e,
            1 => format!(
                "{e}eligibility f\n    our interpretation \"x\"\n    when {b}\n    require one: {}\n",
                with_status(&d)
            ),
            _ => format!(
                "{e}recommend g\n    our interpretation \"x\"\n    should when {}\n    may when {b}\n    not needed if {c}\n    advise against if {a}\n    text en \"x\"\n",
                with_status(&d)
            ),
        }
    }
}

#[test]
fn missing_is_what_brute_force_finds() {
    let number = |quarters: i64| FactValue::Number(Number::new(quarters.into(), 4).unwrap());
    let truths = [true, false].map(FactValue::Truth).to_vec();
    let days = [
        "1900-01-01",
        "2006-11-22",
        "2006-11-23",
        "2019-12-31",
        "2020-01-01",
        "2025-11-22",
        "2025-11-23",
        "2199-01-01",
    ];
    let domains: Vec<(&str, Vec<FactValue>)> = vec![
        ("a", truths.clone()),
        ("b", truths),
        ("k", ["x", "y", "z"].map(|word| FactValue::Choice(word.into())).to_vec()),
        ("n", (0..=26).map(number).collect()),
        ("m", (0..=26).step_by(2).map(number).collect()),
        ("xs", lists()),
        ("birth_date", days.map(|day| FactValue::Date(day.parse().unwrap())).to_vec()),
    ];
    let declared = "fact a: yes/no\nfact b: yes/no\nfact k: one of x, y, z\nfact n: number\nfact m: number\nfact birth_date: date\nfact xs: list of x, complete\n    ok: yes/no\n    size: number\n";
    let leaves = [
        "a",
        "b",
        "a",
        "k is x",
        "(k is one of x, y)",
        "n at least 3",
        "n less than 2",
        "n from 2 to 4",
        "n more than m",
        "birth_date on or after 2020-01-01",
        "birth_date at least 1 year before today",
        "age at least 20 years",
        "(some x in xs has (ok))",
        "(every x in xs has (size at least 2))",
        "(count x in xs has (ok) at least 2)",
        "(no x in xs has (ok and size at least 2))",
    ];
    let mut dice = Dice(7);
    let mut undetermined = 0;
    for round in 0..160 {
        let text = format!("{declared}{}", dice.rule(&leaves));
        let world = World::new(&text);
        let mut facts = Facts::default();
        let mut open: Vec<&(&str, Vec<FactValue>)> = Vec::new();
        for domain in &domains {
            if dice.roll(2) == 0 && open.len() < 3 {
                open.push(domain);
            } else {
                // Not at the ends: both sides of what was given are among the answers of the others.
                let inside = if domain.1.len() > 4 { 2 } else { 0 };
                given(domain.0, &domain.1[inside + dice.roll(domain.1.len() - 2 * inside)], &mut facts);
            }
        }
        if world.status(&facts).is_settled() {
            continue;
        }
        undetermined += 1;
        let found: BTreeSet<String> = world.with(&facts, |situation, rule| {
            Study::new(situation, &[rule])
                .findings()
                .missing
                .into_iter()
                .map(|missing| missing.fact.into_owned())
                .collect()
        });
        let sizes: Vec<usize> = open.iter().map(|(_, answers)| answers.len()).collect();
        let all: usize = sizes.iter().product();
        let status = |mut row: usize| {
            let mut facts = facts.clone();
            for (name, answers) in &open {
                given(name, &answers[row % answers.len()], &mut facts);
                row /= answers.len();
            }
            world.status(&facts)
        };
        let statuses: Vec<RuleStatus> = (0..all).map(status).collect();
        let mut expected = BTreeSet::new();
        let mut step = 1;
        for ((name, _), size) in open.iter().zip(&sizes) {
            let differs = |row: usize| !(row / step).is_multiple_of(*size) && statuses[row] != statuses[row - step];
            if (0..all).any(differs) {
                expected.insert((*name).to_owned());
            }
            step *= size;
        }
        assert_eq!(found, expected, "round {round}\n{text}\ngiven {facts:?}");
    }
    assert!(undetermined > 40, "{undetermined}");
}

#[test]
fn changes_are_what_brute_force_finds() {
    let names = ["a", "b", "c", "d", "h"];
    let declared: String = names.map(|name| format!("fact {name}: yes/no\n")).concat();
    let mut dice = Dice(11);
    let mut not_met = 0;
    for round in 0..400 {
        let text = format!("{declared}{}", dice.rule(&names))
            .split("recommend")
            .next()
            .unwrap()
            .replace(" or e is undetermined", "");
        let world = World::new(&text);
        let mut facts = Facts::default();
        for name in names {
            if dice.roll(5) > 0 {
                given(name, &FactValue::Truth(dice.roll(2) == 0), &mut facts);
            }
        }
        if world.status(&facts) != RuleStatus::Eligibility(EligibilityStatus::NotMet) {
            continue;
        }
        not_met += 1;
        let explanation = world.with(&facts, |situation, rule| Explanation::of(situation, rule, || None));
        let found: Vec<BTreeSet<&str>> = explanation
            .changes
            .iter()
            .map(|change| change.conditions.iter().map(|turn| turn.text.as_str()).collect())
            .collect();
        let sets: Vec<BTreeSet<&str>> = (0..32_usize)
            .filter(|mask| turns(&world, &facts, &names, *mask))
            .map(|mask| (0..5).filter(|bit| mask >> bit & 1 == 1).map(|bit| names[bit]).collect())
            .collect();
        let minimal: Vec<&BTreeSet<&str>> =
            sets.iter().filter(|set| !sets.iter().any(|part| part.is_subset(set) && part != *set)).collect();
        assert_eq!(found.len(), minimal.len().min(5), "round {round}\n{text}\n{found:?} {minimal:?}");
        assert_eq!(explanation.truncated, minimal.len() > 5);
        assert!(found.iter().all(|set| minimal.contains(&set)), "round {round}\n{text}\n{found:?} {minimal:?}");
    }
    assert!(not_met > 60, "{not_met}");
}

/// Whether turning these facts, each to its opposite or from unknown to either, makes the rule met.
fn turns(world: &World, facts: &Facts, names: &[&str], mask: usize) -> bool {
    let mut ways = vec![facts.clone()];
    for (bit, name) in names.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1) {
        let _ = bit;
        let to: &[bool] = match facts.get(name).map(|given| &given.value) {
            Some(FactValue::Truth(true)) => &[false],
            Some(_) => &[true],
            None => &[true, false],
        };
        let turned = |way: &Facts, truth: bool| {
            let mut way = way.clone();
            given(name, &FactValue::Truth(truth), &mut way);
            way
        };
        ways = ways.iter().flat_map(|way| to.iter().map(|truth| turned(way, *truth)).collect::<Vec<_>>()).collect();
    }
    ways.iter().any(|way| world.status(way) == RuleStatus::Eligibility(EligibilityStatus::Met))
}
