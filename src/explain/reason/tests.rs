//! Long lists, and lists that are much to look at.

use super::super::tests::World;
use super::reason;
use crate::facts::{Facts, Given};
use crate::value::{FactValue, List, ListCompleteness, Number, Record};

fn list(count: usize, is_good: impl Fn(usize) -> bool) -> FactValue {
    let size = |at: usize| FactValue::Number(Number::from(at as i64));
    let record =
        |at| Record { fields: [("good".into(), FactValue::Truth(is_good(at))), ("size".into(), size(at))].into() };
    FactValue::List(List { records: (0..count).map(record).collect(), completeness: ListCompleteness::Complete })
}

fn shown(condition: &str, lists: [FactValue; 2]) -> String {
    let world = World::new(&format!(
        "fact xs: list of x, complete\n    good: yes/no\n    size: number\n\
         fact ys: list of y, complete\n    good: yes/no\n    size: number\n\
         recommend r\n    our interpretation \"x\"\n    should when {condition}\n    text en \"x\"\n"
    ));
    let mut facts = Facts::default();
    for (name, value) in ["xs", "ys"].into_iter().zip(lists) {
        facts.given.insert(name.into(), Given { value, on: None, source: None });
    }
    world.with(&facts, |situation, rule| format!("{:?}", reason(situation, rule).reason().to_reason()))
}

#[test]
fn the_record_that_passes_is_shown_wherever_it_stands() {
    let told = shown("some x in xs has (x.good)", [list(150, |at| at == 149), list(0, |_| true)]);
    assert!(told.contains("\"xs[149].good\"") && !told.contains("xs[0]"), "{told}");
    let told = shown("no x in xs that are (x.good) has (not x.good)", [list(150, |at| at > 140), list(0, |_| true)]);
    assert!(told.contains("\"xs[141]") && !told.contains("xs[0]"), "{told}");
}

#[test]
fn what_was_not_too_much_to_evaluate_is_not_too_much_to_explain() {
    // A million and a half records are looked at, of the two million that may be, and to explain it all of them again.
    let lists = [list(100, |_| true), list(15_000, |_| false)];
    let told = shown("no x in xs has (some y in ys has (y.size + 1000 is x.size))", lists);
    assert!(!told.contains("Unknown"), "{}", told.chars().take(3_000).collect::<String>());
}
