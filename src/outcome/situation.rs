//! One patient's facts on one date with the cells that they came to: what outcomes and explanations are read from.

use super::{CriterionStatus, FilePlace, OptionName, RuleStatus, SettledRule};
use crate::eval::{Bound, Cells, Moment};
use crate::facts::Facts;
use crate::program::{Program, Reading, ReadingId, RuleIndex, RuleProgram};
use crate::source::{Place, Source, Spot};
use crate::value::Date;

/// An evaluation with everything about it that people want to see.
#[derive(Debug)]
pub(crate) struct Situation<'a> {
    pub(crate) moment: &'a Moment<'a>,
    /// Those that were compiled, in order.
    pub(crate) sources: &'a [Source],
    pub(crate) facts: &'a Facts,
    pub(crate) bound: &'a Bound,
    pub(crate) cells: &'a Cells,
}

impl<'a> Situation<'a> {
    /// Binds and evaluates facts that were checked against the program's schema, and looks at what came of it.
    pub(crate) fn with<T>(
        moment: &Moment<'_>,
        sources: &[Source],
        facts: &Facts,
        look: impl FnOnce(&Situation<'_>) -> T,
    ) -> T {
        let bound = moment.evaluator().bind(facts);
        let mut cells = Cells::default();
        moment.evaluate_every_step(&bound, &mut cells);
        look(&Situation { moment, sources, facts, bound: &bound, cells: &cells })
    }

    pub(crate) fn program(&self) -> &'a Program {
        self.moment.program()
    }

    pub(crate) fn as_of(&self) -> Date {
        self.moment.today()
    }

    /// The status of a rule in these cells.
    pub(crate) fn status(cells: &Cells, rule: RuleIndex) -> RuleStatus {
        cells.rule(rule.0 as usize)
    }

    /// The status of a line of an eligibility, by its cell.
    pub(crate) fn criterion(cells: &Cells, cell: u32) -> CriterionStatus {
        cells.criterion(cell)
    }

    /// The guideline's own rules, in the order of output: as they are written. Those that it uses answer only within.
    pub(crate) fn rules(&self) -> Vec<RuleIndex> {
        self.program().own_rules.iter().map(|index| RuleIndex(*index)).collect()
    }

    /// `eligibility.laro`, `recommend.naloxone`.
    pub(crate) fn rule_name(&self, rule: RuleIndex) -> String {
        self.program().rules.get(rule.0 as usize).map_or(String::new(), RuleProgram::full_name)
    }

    /// A rule as it is in some cells.
    pub(crate) fn settled_rule(&self, rule: RuleIndex, cells: &Cells) -> SettledRule {
        let status = Situation::status(cells, rule);
        let label = self.program().rules.get(rule.0 as usize).map(|rule| rule.label.clone()).unwrap_or_default();
        let band = OptionName::of_band(self.program(), rule, status);
        let outcomes = OptionName::of_proposal(self.program(), cells, rule);
        SettledRule { rule: self.rule_name(rule), label, status, band, outcomes }
    }

    /// As written, on one line and without comments.
    pub(crate) fn text(&self, place: Place) -> String {
        let source = self.sources.get(usize::from(place.file.0));
        let text = source.and_then(|source| source.text().get(place.start as usize..place.end as usize));
        without_brackets(&on_one_line(text.unwrap_or_default())).to_owned()
    }

    /// The same of a reading, kept with the program.
    pub(crate) fn reading_text(&self, id: ReadingId, reading: &Reading) -> &'a str {
        let program = self.program();
        let text = || self.text(reading.place).into();
        program.texts.at(id.0 as usize, program.readings.len(), text).map_or("", |text| text)
    }

    pub(crate) fn place(&self, place: Place) -> FilePlace {
        let (file, line) = self.spot(place).map_or(("", 1), Spot::file_and_line);
        FilePlace { file: file.to_owned(), line }
    }

    /// The same, borrowed.
    pub(crate) fn spot(&self, place: Place) -> Option<Spot<'a>> {
        let source = self.sources.get(usize::from(place.file.0))?;
        Some(Spot { source, start: place.start })
    }
}

/// Brackets around the whole say nothing.
fn without_brackets(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else { return text };
    let (mut depth, mut quotes) = (0_i32, Quotes::default());
    let closes_early = inner.chars().any(|letter| {
        if !quotes.is_within(letter) {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
        }
        depth < 0
    });
    if closes_early { text } else { without_brackets(inner.trim()) }
}

/// Which letters belong to a text in quotes.
#[derive(Default)]
struct Quotes {
    quoted: bool,
    escaped: bool,
}

impl Quotes {
    /// Whether the next letter is one of them, the quotes themselves included.
    fn is_within(&mut self, letter: char) -> bool {
        let was_quoted = self.quoted;
        self.quoted ^= letter == '"' && !self.escaped;
        self.escaped = letter == '\\' && !self.escaped;
        was_quoted || self.quoted
    }
}

fn on_one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let mut quotes = Quotes::default();
        let code = line.char_indices().find(|(_, letter)| !quotes.is_within(*letter) && *letter == '#');
        let code = code.and_then(|(at, _)| line.get(..at)).unwrap_or(line);
        for word in (Words { rest: code.trim() }) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// What stands between blanks; a text in quotes is one word.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start();
        let mut quotes = Quotes::default();
        let end = rest.char_indices().find(|(_, letter)| !quotes.is_within(*letter) && letter.is_whitespace());
        let (word, rest) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::{on_one_line, without_brackets};

    #[test]
    fn conditions_are_shown_on_one_line_without_comments() {
        assert_eq!(on_one_line("all of:\n    a   # why\n    text is \"x # y\""), "all of: a text is \"x # y\"");
        assert_eq!(without_brackets("((a and b))"), "a and b");
        assert_eq!(without_brackets("(a) and (b)"), "(a) and (b)");
        assert_eq!(without_brackets("(a is \"(\") and (b)"), "(a is \"(\") and (b)");
        assert_eq!(without_brackets("(a is \"x \\\") y\")"), "a is \"x \\\") y\"");
        assert_eq!(on_one_line("a is \"x \\\"  # y\"  # why"), "a is \"x \\\"  # y\"");
    }
}
