//! No constant of a rule can be moved by a step, no criterion dropped and no `and` made an `or` without a case that notices.

use crate::mutants::{Mutant, mutants};
use crate::pack::{Pack, compile, is_noticed, packs};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What became of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// A case fails, or can no longer be read.
    Noticed,
    /// No guideline any more: its author would be told.
    Refused,
    Survived,
}

fn fate(packs: &[Pack], own: &Pack, mutant: &Mutant) -> Fate {
    let mut fate = Fate::Refused;
    // A file without cases of its own is held by those of the files that use it.
    let judges: Vec<&Pack> = if own.cases.is_empty() {
        let name = guideline_name(own);
        packs.iter().filter(|pack| !pack.cases.is_empty() && uses(pack, &name)).collect()
    } else {
        vec![own]
    };
    for judge in judges {
        let Ok(guideline) = compile(packs, judge, Some((&own.name, &mutant.text))) else { continue };
        if is_noticed(judge, &guideline) {
            return Fate::Noticed;
        }
        fate = Fate::Survived;
    }
    fate
}

fn guideline_name(pack: &Pack) -> String {
    let line = pack.text.lines().find_map(|line| line.strip_prefix("guideline ")).unwrap();
    line.split(' ').next().unwrap().to_owned()
}

fn uses(pack: &Pack, name: &str) -> bool {
    let mut lines = pack.text.lines().map(str::trim);
    lines.any(|line| line.starts_with("uses ") && line.split([' ', ',']).any(|word| word == name))
}

#[test]
fn every_small_change_is_noticed_by_a_case() {
    let packs = packs();
    let (mut tried, mut refused) = (0, 0);
    let mut survivors = Vec::new();
    for pack in &packs {
        let mutants = mutants(&pack.text);
        let (next, fates) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let work = || {
            while let Some(mutant) = mutants.get(next.fetch_add(1, Ordering::Relaxed)) {
                let fate = fate(&packs, pack, mutant);
                fates.lock().unwrap().push((mutant.line, mutant.what.clone(), fate));
            }
        };
        std::thread::scope(|scope| {
            scope.spawn(work);
            scope.spawn(work);
        });
        let mut fates = fates.into_inner().unwrap();
        fates.sort_by_key(|(line, what, _)| (*line, what.clone()));
        tried += fates.len();
        refused += fates.iter().filter(|(_, _, fate)| *fate == Fate::Refused).count();
        let own = fates.iter().filter(|(_, _, fate)| *fate == Fate::Survived);
        survivors.extend(own.map(|(line, what, _)| format!("{}:{line}: {what}", pack.name)));
    }
    println!("{tried} changes, {refused} of them no guideline, {} noticed by no case", survivors.len());
    assert!(survivors.is_empty(), "no case notices\n{}", survivors.join("\n"));
}
