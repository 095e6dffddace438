//! Laws of the language, and the production evaluator against the plain walker of `tests/reference/`.
#![allow(
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    clippy::unreachable,
    reason = "a panic is the failure report"
)]

mod agreement;
mod generator;
mod reference;

#[test]
fn walker_speed() {
    use reference::*;
    let start = std::time::Instant::now();
    let mut pairs = 0;
    let mut count = std::collections::BTreeMap::<String, usize>::new();
    for seed in 0..200u64 {
        let mut random = generator::Random::new(seed);
        let made = generator::guideline(&mut random, generator::Size::Full);
        let guide = Guide::new(&[&made.file]);
        for _ in 0..20 {
            let patient = generator::patient(&mut random, &made.file, generator::Presence::Gaps);
            let text = generator::yaml(&patient);
            if pairs == 0 {
                println!("{text}");
            }
            let answers = guide.answers(&patient, parse_day("2024-02-29").unwrap().0);
            for e in &answers.eligibilities {
                *count.entry(format!("e {}", e.status)).or_default() += 1;
            }
            for (_, v) in &answers.values {
                *count
                    .entry(
                        match v {
                            Value::Unknown => "v unknown",
                            Value::Absent => "v absent",
                            Value::Truth(Truth::Yes) => "v yes",
                            Value::Truth(_) => "v no",
                            Value::Number(_) => "v number",
                            Value::Date(_) => "v date",
                            _ => "v other",
                        }
                        .to_string(),
                    )
                    .or_default() += 1;
            }
            for e in &answers.recommendations {
                *count.entry(format!("r {}", e.status)).or_default() += 1;
            }
            pairs += 1;
        }
    }
    println!("{pairs} pairs, {:?} each; {count:?}", start.elapsed() / pairs);
}
