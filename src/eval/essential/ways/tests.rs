//! Sets of ways of any room tell what trying every combination of answers tells.

use super::*;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    /// What surely passes may pass.
    fn way(&mut self, wanted: u8) -> Way {
        let may = self.roll(64) as u8 & wanted;
        (self.roll(64) as u8 & may, may)
    }
}

/// A gap: its record, and what its answers do.
type Gap = (usize, Vec<Way>);

/// Least of the wanted conditions, of which some are denied.
fn value((yes, may): Way, wanted: u8, denied: u8) -> Truth {
    let (favour, against) = ((yes & !denied) | (!may & denied), (!may & !denied) | (yes & denied));
    Truth::from_bounds(favour & wanted == wanted, against & wanted != 0)
}

/// Every answer of each gap with every one of the others.
fn tried_out(gaps: &[Gap], known: &[Way], left: u8, come_to: &dyn Fn(Way) -> Truth) -> (Values, Differences) {
    let mut all = vec![Vec::new()];
    for (_, options) in gaps {
        all = all.iter().flat_map(|chosen| options.iter().map(move |way| [&**chosen, &[*way]].concat())).collect();
    }
    let value_of = |chosen: &[Way]| {
        let records = known.iter().enumerate().filter(|(record, _)| gaps.iter().any(|gap| gap.0 == *record));
        let passed = records.map(|(record, known)| {
            let own = gaps.iter().zip(chosen).filter(|(gap, _)| gap.0 == record);
            own.fold(*known, |all, (_, way)| (all.0 & way.0, all.1 & way.1))
        });
        Values::default().with(come_to(passed.fold((0, left), |all, way| (all.0 | way.0, all.1 | way.1))))
    };
    let mut different = Differences::default();
    for (gap, (_, options)) in gaps.iter().enumerate() {
        for chosen in &all {
            let each = options.iter().map(|way| {
                let mut chosen = chosen.clone();
                chosen[gap] = *way;
                value_of(&chosen)
            });
            different.add(each.fold(Values::default(), Values::or), 1 << gap);
        }
    }
    (all.iter().map(|chosen| value_of(chosen)).fold(Values::default(), Values::or), different)
}

fn by_sets<const WORDS: usize>(
    gaps: &[Gap],
    known: &[Way],
    (wanted, left): (u8, u8),
    come_to: &dyn Fn(Way) -> Truth,
) -> Option<(Values, Differences)> {
    let turns = gaps.iter().zip(0..).map(|((record, options), gap)| {
        let options = options.iter().copied().collect::<Ways<WORDS>>();
        Turn { gap, record: *record, options }
    });
    in_every_way(come_to, wanted, left, &turns.collect::<Vec<_>>(), |record| known[record])
}

#[test]
fn sets_of_ways_tell_what_every_combination_does() {
    let mut dice = Dice(5);
    let (mut told, mut several) = (0, 0);
    for round in 0..3000 {
        let conditions = 1 + dice.roll(6);
        let wanted = (1 + dice.roll((1 << conditions) - 1)) as u8;
        let (denied, left) = (dice.roll(64) as u8, if dice.roll(2) == 0 { 0 } else { dice.roll(64) as u8 & wanted });
        let known: Vec<Way> =
            (0..3).map(|_| if dice.roll(2) == 0 { (wanted, wanted) } else { dice.way(wanted) }).collect();
        let mut gaps: Vec<Gap> = (0..dice.roll(5))
            .map(|_| (dice.roll(3), (0..1 + dice.roll(3)).map(|_| dice.way(wanted)).collect()))
            .collect();
        gaps.sort_by_key(|gap| gap.0);
        let come_to = |way: Way| value(way, wanted, denied);
        let expected = tried_out(&gaps, &known, left, &come_to);
        let mut found = vec![by_sets::<64>(&gaps, &known, (wanted, left), &come_to)];
        if conditions <= 4 {
            found.push(by_sets::<4>(&gaps, &known, (wanted, left), &come_to));
        }
        if conditions <= 3 {
            found.push(by_sets::<1>(&gaps, &known, (wanted, left), &come_to));
        }
        for found in found.into_iter().flatten() {
            told += 1;
            several += usize::from(found.1.any.count_ones() > 1);
            let (values, Differences { any, with_no }) = found;
            assert_eq!(
                (values, any, with_no),
                (expected.0, expected.1.any, expected.1.with_no),
                "round {round}: {gaps:?}"
            );
        }
    }

    assert!(told > 4000 && several > 500, "{told} {several}");
}
