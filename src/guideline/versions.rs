//! Which files answer for a guideline on which days: those that it adapts and uses, in the version in force or pinned.

use super::reading::{Reading, in_force};
use crate::diagnostic::{self, Diagnostic, codes, near};
use crate::source::{FileId, Place, Source};
use crate::syntax::ast::{self, Name, Reference};
use crate::value::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A guideline may rest on so many combinations of versions; each is compiled.
const MOST: usize = 64;

/// So many guidelines may adapt each other in a row: their texts are read anew for each that adapts them.
const MOST_LAYERS: usize = 16;

/// First and last day, both included.
pub(super) type Days = (Date, Date);

/// The files that answer on a stretch of days.
#[derive(Debug)]
pub(super) struct Combination {
    pub(super) days: Days,
    /// Each guideline with what it adapts: outermost first, itself last. The first is the one asked for.
    pub(super) units: Vec<Vec<usize>>,
}

/// Days on which a guideline that it rests on is not in force.
#[derive(Debug, Clone)]
pub(super) struct Gap {
    pub(super) days: Days,
    pub(super) guideline: String,
    /// The days of its versions, at least one.
    versions: Vec<Days>,
}

impl Gap {
    /// The days of the version that is nearest to a day.
    pub(super) fn nearest(&self, day: Date) -> Days {
        let nearest = self.versions.iter().min_by_key(|days| distance(**days, day));
        nearest.copied().unwrap_or(self.days)
    }
}

/// All stretches of days on which a guideline is in force, in their order.
#[derive(Debug, Default)]
pub(super) struct Stretches {
    pub(super) combinations: Vec<Combination>,
    pub(super) gaps: Vec<Gap>,
    /// What is wrong with the references, located.
    pub(super) found: Vec<Diagnostic>,
}

/// What a reference stands for on a day.
enum Picked {
    File(usize),
    /// There is no guideline of that name.
    Nothing,
    /// None of its versions is in force.
    Gap(Gap),
}

/// Why there is no answer for a day.
enum Unanswered {
    Gap(Gap),
    /// That was reported.
    Reported,
}

impl Reading {
    /// The stretches of days of one file, by the days on which what it rests on changes.
    pub(super) fn stretches(&self, index: usize) -> Stretches {
        let mut stretches = Stretches::default();
        let own = self.files.get(index).and_then(ast::File::guideline).map_or((Date::MIN, Date::MAX), in_force);
        // A guideline whose days are in the wrong order is reported by the checker.
        let own = if own.1 < own.0 { (own.0, own.0) } else { own };
        let mut starts = BTreeSet::from([own.0]);
        for file in self.reachable(index) {
            let Some((from, through)) = self.files.get(file).and_then(ast::File::guideline).map(in_force) else {
                continue;
            };
            starts
                .extend([Some(from), through.next()].into_iter().flatten().filter(|day| own.0 < *day && *day <= own.1));
        }
        let starts: Vec<Date> = starts.into_iter().collect();
        if starts.len() > 2 * MOST + 1 {
            stretches.found.extend(self.too_many_versions(index));
            return stretches;
        }
        let ends = starts.iter().skip(1).filter_map(|next| next.previous()).chain([own.1]);
        for days in starts.iter().copied().zip(ends) {
            match self.resolve(index, days, &mut stretches.found) {
                Ok(units) => match stretches.combinations.last_mut() {
                    Some(last) if last.units == units && last.days.1.next() == Some(days.0) => last.days.1 = days.1,
                    Some(_) | None => stretches.combinations.push(Combination { days, units }),
                },
                Err(Unanswered::Gap(gap)) => stretches.gaps.push(gap),
                Err(Unanswered::Reported) => {}
            }
            if stretches.combinations.len() > MOST {
                stretches.found.extend(self.too_many_versions(index));
                break;
            }
        }
        if stretches.combinations.is_empty()
            && stretches.found.is_empty()
            && let Some(gap) = stretches.gaps.first()
        {
            let message = format!("`{}` is not in force on any day on which this guideline is", gap.guideline);
            let help = format!("it is in force {}", shown(gap.nearest(own.0)));
            stretches.found.extend(self.at_its_name(index, codes::NEVER_TOGETHER, message, &help));
        }
        stretches
    }

    fn too_many_versions(&self, index: usize) -> Option<Diagnostic> {
        let message = format!("it rests on more than {MOST} combinations of versions");
        let help = "pin versions, or split the time in which it is in force between several files";
        self.at_its_name(index, codes::OVER_A_LIMIT, message, help)
    }

    /// Every file that may serve one, in any version.
    fn reachable(&self, index: usize) -> BTreeSet<usize> {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![index];
        while let Some(file) = waiting.pop() {
            let references =
                self.files.get(file).and_then(ast::File::guideline).into_iter().flat_map(ast::Guideline::rests_on);
            for reference in references {
                let candidates = self.by_name.get(&reference.name.value).into_iter().flatten();
                waiting.extend(candidates.copied().filter(|candidate| seen.insert(*candidate)));
            }
        }
        seen
    }

    /// The files for the first of these days.
    fn resolve(&self, index: usize, days: Days, found: &mut Vec<Diagnostic>) -> Result<Vec<Vec<usize>>, Unanswered> {
        let mut units = vec![self.with_bases(index, days, found)?];
        let mut chosen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut at = 0;
        let mut failed = None;
        while let Some(unit) = units.get(at).cloned() {
            at += 1;
            for file in unit.iter().rev() {
                let Some(guideline) = self.files.get(*file).and_then(ast::File::guideline) else { continue };
                for reference in guideline.uses() {
                    match self.pick(*file, reference, days, found) {
                        Picked::File(used) => match chosen.get(&*reference.name.value) {
                            Some(other) if *other == used => {}
                            Some(other) => {
                                found.extend(self.apart(*file, reference, *other, used));
                                failed = Some(Unanswered::Reported);
                            }
                            None => {
                                chosen.insert(&reference.name.value, used);
                                if used != index {
                                    units.push(self.with_bases(used, days, found)?);
                                }
                            }
                        },
                        // The checker says so, with the names that there are.
                        Picked::Nothing => {}
                        Picked::Gap(gap) => failed = failed.or(Some(Unanswered::Gap(gap))),
                    }
                }
            }
        }
        for unit in &units {
            let bases = unit.iter().rev().skip(1);
            for base in bases {
                let both =
                    units.iter().filter_map(|other| other.last()).any(|used| self.name(*used) == self.name(*base));
                if let (true, Some(own)) = (both, unit.last()) {
                    let message = format!("`{}` is adapted here, and used beside it as it was", self.name(*base));
                    let help = "what both need belongs in a guideline of its own, which both use";
                    found.extend(self.at_its_name(*own, codes::CLASH, message, help));
                    failed = Some(Unanswered::Reported);
                }
            }
        }
        failed.map_or(Ok(units), Err)
    }

    /// A file with what it adapts, outermost first.
    fn with_bases(&self, index: usize, days: Days, found: &mut Vec<Diagnostic>) -> Result<Vec<usize>, Unanswered> {
        let mut chain = vec![index];
        let mut current = index;
        while let Some(reference) =
            self.files.get(current).and_then(ast::File::guideline).and_then(|guideline| guideline.adapts.as_ref())
        {
            match self.pick(current, reference, days, found) {
                Picked::File(base) if chain.iter().any(|file| self.name(*file) == self.name(base)) => {
                    let names: Vec<&str> = chain.iter().map(|file| self.name(*file)).collect();
                    let message =
                        format!("guidelines adapt each other in a ring: {} → {}", names.join(" → "), self.name(base));
                    let help = "let one of them stand on its own";
                    found.extend(self.at(current, codes::RING_OF_USES, &reference.name, message, help));
                    return Err(Unanswered::Reported);
                }
                Picked::File(_) if chain.len() >= MOST_LAYERS => {
                    let message = format!("more than {MOST_LAYERS} guidelines adapt each other");
                    let help = "let a layer adapt one nearer to the base";
                    found.extend(self.at(current, codes::OVER_A_LIMIT, &reference.name, message, help));
                    return Err(Unanswered::Reported);
                }
                Picked::File(base) => {
                    chain.push(base);
                    current = base;
                }
                Picked::Nothing => {
                    let names = self.by_name.keys().map(|name| &**name);
                    let near = near::nearest(&reference.name.value, names);
                    let help = near.map_or_else(
                        || "name its file with the others, for the runner with `--with`".to_owned(),
                        |near| format!("did you mean `{near}`?"),
                    );
                    let message = format!("there is no guideline `{}` among the files", reference.name.value);
                    found.extend(self.at(current, codes::NO_SUCH_GUIDELINE, &reference.name, message, &help));
                    return Err(Unanswered::Reported);
                }
                Picked::Gap(gap) => return Err(Unanswered::Gap(gap)),
            }
        }
        chain.reverse();
        Ok(chain)
    }

    /// The version that a reference stands for on the first of these days.
    fn pick(&self, file: usize, reference: &Reference, days: Days, found: &mut Vec<Diagnostic>) -> Picked {
        let Some(named) = self.by_name.get(&reference.name.value) else { return Picked::Nothing };
        let pinned = reference.version.as_ref();
        let matching: Vec<usize> = named
            .iter()
            .copied()
            .filter(|candidate| pinned.is_none_or(|pin| is_version(self.version(*candidate), &pin.value)))
            .collect();
        if let (Some(pin), [], Some(first)) = (pinned, matching.as_slice(), named.first()) {
            let mut versions: Vec<&str> = named.iter().map(|candidate| self.version(*candidate)).collect();
            versions.sort_unstable();
            let message = format!("there is no version {} of `{}` among the files", pin.value, reference.name.value);
            let help = format!("there is {}", versions.join(", "));
            found.extend(self.at(file, codes::NO_SUCH_VERSION, pin, message, &help));
            return Picked::File(*first);
        }
        if let (Some(_), [only]) = (pinned, matching.as_slice()) {
            return Picked::File(*only);
        }
        let day = days.0;
        let holds = |candidate: &usize| {
            let (from, through) = self.in_force(*candidate);
            from <= day && day <= through
        };
        let holding: Vec<usize> = matching.iter().copied().filter(holds).collect();
        if holding.len() > 1 {
            for candidate in &holding {
                let message = format!("{} files say that they are `{}`", holding.len(), reference.name.value);
                let help = "give each its own name, or days in force of its own, or leave one out";
                found.extend(self.at_its_name(*candidate, codes::TWO_OF_ONE_NAME, message, help));
            }
        }
        match holding.first() {
            Some(first) => Picked::File(*first),
            None => {
                let versions = matching.iter().map(|candidate| self.in_force(*candidate)).collect();
                Picked::Gap(Gap { days, guideline: reference.name.value.to_string(), versions })
            }
        }
    }

    fn apart(&self, file: usize, reference: &Reference, one: usize, other: usize) -> Option<Diagnostic> {
        let (one, other) = (self.version(one), self.version(other));
        let message = format!("`{}` is needed in two versions at once, {one} and {other}", reference.name.value);
        let help = "let all that use it name one version";
        self.at(file, codes::VERSIONS_APART, &reference.name, message, help)
    }

    fn name(&self, file: usize) -> &str {
        self.files.get(file).and_then(ast::File::guideline).map_or("", |guideline| &guideline.name.value)
    }

    fn version(&self, file: usize) -> &str {
        let guideline = self.files.get(file).and_then(ast::File::guideline);
        guideline.and_then(ast::Guideline::version).map_or("0.0.0", |version| &version.value)
    }

    fn in_force(&self, file: usize) -> Days {
        self.files.get(file).and_then(ast::File::guideline).map_or((Date::MIN, Date::MAX), in_force)
    }

    fn at_its_name(&self, file: usize, code: codes::Code, message: String, help: &str) -> Option<Diagnostic> {
        let name = &self.files.get(file)?.guideline()?.name;
        self.at(file, code, name, message, help)
    }

    fn at(&self, file: usize, code: codes::Code, name: &Name, message: String, help: &str) -> Option<Diagnostic> {
        let source: &Source = self.sources.get(file)?;
        let place = Place { file: FileId(0), start: name.span.start, end: name.span.end };
        let mut found = Diagnostic::new(code, place, message).help(help);
        diagnostic::locate(std::slice::from_mut(&mut found), std::slice::from_ref(source));
        Some(found)
    }
}

/// `from 2026-01-01 through 2026-12-31`, without ends that it does not have.
fn shown((from, through): Days) -> String {
    let from = if from == Date::MIN { String::new() } else { format!("from {from}") };
    let through = if through == Date::MAX { String::new() } else { format!("through {through}") };
    [from, through].into_iter().filter(|end| !end.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether `1.2.0` is what `1`, `1.2` or `1.2.0` names.
fn is_version(version: &str, pin: &str) -> bool {
    version.strip_prefix(pin).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// How many days lie between a day and the nearest of a stretch.
fn distance((from, through): Days, day: Date) -> u32 {
    if day < from {
        from.day_number().abs_diff(day.day_number())
    } else if through < day {
        day.day_number().abs_diff(through.day_number())
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::is_version;

    #[test]
    fn a_version_is_named_by_its_beginning() {
        for (version, pin, is) in [
            ("1.2.0", "1", true),
            ("1.2.0", "1.2", true),
            ("1.2.0", "1.2.0", true),
            ("10.2.0", "1", false),
            ("1.2.0", "1.20", false),
        ] {
            assert_eq!(is_version(version, pin), is, "{version} {pin}");
        }
    }
}
