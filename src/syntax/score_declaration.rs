//! `score`, and `band of` it.

use super::ast::{
    Band, BandReach, Declaration, Expr, ExprKind, GivenTotal, ItemPoints, LastStretch, Localized, Name, Polarity,
    RuleHead, Score, ScoreItem, ScoreTotal, Spanned, Stretch, StretchKind,
};
use super::cursor::{Cursor, Parsed};
use super::parser::{LinePosition, TokenKind};
use super::rule_head::HeadClause;
use crate::diagnostic::codes;
use crate::value::Number;

/// At most so many items in one line.
const MOST_ITEMS: u32 = 200;

const WORDS: [&str; 12] =
    ["label", "when", "text", "cite", "our", "decided", "covers", "item", "question", "given", "total", "bands"];

impl Cursor<'_> {
    pub(super) fn score(&mut self) -> Parsed<Declaration> {
        self.expect("score")?;
        let name = self.declared("the name of a score")?;
        let mut score = Score {
            head: RuleHead::new(name),
            items: Vec::new(),
            given: None,
            total: None,
            bands_at: None,
            bands: Vec::new(),
        };
        // What stands below a line that could not be read belongs to nothing.
        let mut lost = false;
        self.clauses(&WORDS, |cursor| {
            let start = cursor.position();
            let is_line = cursor.is("item") || (score.bands_at.is_some() && cursor.at_band());
            let below = matches!(cursor.word(), "label" | "question" | "text" | "cite" | "our" | "decided");
            if lost && below && !is_line {
                let mut nothing = Localized::new();
                return if cursor.at_ground() {
                    cursor.ground().map(|_| ())
                } else {
                    cursor.text_of_line(&mut nothing)
                };
            }
            let read = cursor.score_clause(&mut score);
            lost = is_line && read.is_err();
            if lost && score.bands_at.is_some() {
                // The next band begins on a line of its own, with a word that is no clause.
                cursor.skip_line(start);
                return Ok(());
            }
            read
        });
        Ok(Declaration::Score(Box::new(score)))
    }

    /// Whether a line of a score begins here, by more words than the first, which may be a name elsewhere.
    pub(super) fn at_line_of_score(&self) -> bool {
        let same_line = self.nth(1).line == LinePosition::Later;
        self.peek().line == LinePosition::First
            && match self.word() {
                "item" => same_line && self.is_name_at(1) && (self.mark_at(2) == ":" || self.is_at(2, "to")),
                "given" => self.is_at(1, "total"),
                "bands" => self.mark_at(1) == "," && self.is_at(2, "highest"),
                "total" => same_line && self.starts_operand_at(1),
                _ => false,
            }
    }

    fn score_clause(&mut self, score: &mut Score) -> Parsed<()> {
        let span = self.peek().span;
        // Below `bands` a line begins with a name, which may be any word.
        if score.bands_at.is_some() && self.at_band() {
            let band = self.band()?;
            score.bands.push(band);
            return Ok(());
        }
        match self.word() {
            "item" => score.items.push(self.item()?),
            "given" => {
                self.once(score.given.is_some().into(), span)?;
                self.bump();
                self.expect("total")?;
                let fact = self.plain_name("the fact that a given total is")?;
                score.given = Some(GivenTotal { fact, span: self.since(span) });
            }
            "total" => {
                self.once(score.total.is_some().into(), span)?;
                score.total = Some(self.score_total()?);
            }
            "bands" => {
                self.once(score.bands_at.is_some().into(), span)?;
                self.bump();
                let mended = "write `bands, highest that holds`";
                if !(self.is_mark(",") && self.is_at(1, "highest") && self.is_at(2, "that") && self.is_at(3, "holds")) {
                    let message = "nothing says which band counts where several hold";
                    return Err(self.fail(codes::EXPECTED, span, message, mended));
                }
                for _ in 0..4 {
                    self.bump();
                }
                score.bands_at = Some(self.since(span));
            }
            "question" => match score.items.last_mut().filter(|item| score.bands_at.is_none() && item.names.len() == 1)
            {
                Some(item) => {
                    self.once((!item.question.is_empty()).into(), span)?;
                    self.bump();
                    item.question = self.localized()?;
                }
                None => return Err(self.unknown_clause("a score", &WORDS)),
            },
            "label" if score.bands_at.is_some() => match score.bands.last_mut() {
                Some(band) => self.text_of_line(&mut band.label)?,
                None => return Err(self.unknown_clause("a score", &WORDS)),
            },
            "label" if !score.items.is_empty() => match score.items.last_mut() {
                Some(item) if item.names.len() > 1 => {
                    let message = "one label for several items";
                    let help = "declare each as a fact with its label: `fact q1: number`, or give each a line";
                    return Err(self.fail(codes::EXPECTED, span, message, help));
                }
                Some(item) => self.text_of_line(&mut item.label)?,
                None => return Err(self.unknown_clause("a score", &WORDS)),
            },
            "text" if !score.bands.is_empty() => match score.bands.last_mut() {
                Some(band) => self.text_of_line(&mut band.text)?,
                None => return Err(self.unknown_clause("a score", &WORDS)),
            },
            "cite" | "our" | "decided" if !score.bands.is_empty() => {
                let ground = self.ground()?;
                if let Some(band) = score.bands.last_mut() {
                    band.grounds.push(ground);
                }
            }
            _ if score.bands_at.is_some() && self.is_name_at(0) && !WORDS.contains(&self.word()) => {
                return Err(self.band_words());
            }
            _ => match self.head_clause(&mut score.head)? {
                HeadClause::Read => {}
                HeadClause::Other => return Err(self.unknown_clause("a score", &WORDS)),
            },
        }
        Ok(())
    }

    /// From a clause that began at `start` to the beginning of the next line.
    fn skip_line(&mut self, start: usize) {
        if self.position() == start {
            self.bump();
        }
        while self.peek().kind != TokenKind::End && self.peek().line != LinePosition::First {
            self.bump();
        }
    }

    fn text_of_line(&mut self, text: &mut Localized) -> Parsed<()> {
        let span = self.bump().span;
        self.once((!text.is_empty()).into(), span)?;
        *text = self.localized()?;
        Ok(())
    }

    // ---- items ----------------------------------------------------------------------------------------

    /// `item q1 to q8: each 0 to 4`
    fn item(&mut self) -> Parsed<ScoreItem> {
        let start = self.expect("item")?;
        let first = self.plain_name("the name of an item")?;
        let names = if self.eat("to").is_some() {
            let last = self.plain_name("the name of the last item")?;
            self.names_between(&first, &last)?
        } else {
            vec![first.clone()]
        };
        self.expect_mark(":")?;
        let points = if self.eat("each").is_some() { self.each()? } else { self.weights(&first)? };
        if let (ItemPoints::Weighted { .. }, [_, .., last]) = (&points, names.as_slice()) {
            let message = "points with a condition belong to one item";
            return Err(self.fail(codes::EXPECTED, last.span, message, "write a line `item …: 2 when …` for each"));
        }
        let span = self.since(start);
        Ok(ScoreItem { names, points, label: Localized::new(), question: Localized::new(), span })
    }

    /// `q1`, `q2` and so on to the last.
    fn names_between(&mut self, first: &Name, last: &Name) -> Parsed<Vec<Name>> {
        let parts = |name: &Name| {
            let digits = name.value.bytes().rev().take_while(u8::is_ascii_digit).count();
            let (stem, number) = name.value.split_at(name.value.len() - digits);
            let plain = !number.starts_with('0') || number == "0";
            number.parse::<u32>().ok().filter(|_| plain).map(|number| (stem.to_owned(), number))
        };
        let span = self.since(first.span);
        let (Some((stem, low)), Some((same, high))) = (parts(first), parts(last)) else {
            let help = "write `item q1 to q8: …`, or a line for each";
            return Err(self.fail(codes::EXPECTED, span, "items from one to another end in numbers", help));
        };
        let count = high.saturating_sub(low).saturating_add(1);
        if self.items_left < count {
            let message = "the file has too many items from one to another";
            return Err(self.fail(codes::OVER_A_LIMIT, span, message, "split the file"));
        }
        if stem != same || low >= high || count > MOST_ITEMS {
            let message = format!("no items lie between `{}` and `{}`", first.value, last.value);
            let help = format!("write the same word with a higher number after `to`, at most {MOST_ITEMS} items");
            return Err(self.fail(codes::EXPECTED, span, message, help));
        }
        self.items_left -= count;
        let name = |number| match number {
            _ if number == low => first.clone(),
            _ if number == high => last.clone(),
            _ => Spanned { value: format!("{stem}{number}").into(), span },
        };
        Ok((low..=high).map(name).collect())
    }

    /// `0 to 4`, `0, 2 or 4`
    fn each(&mut self) -> Parsed<ItemPoints> {
        let first = self.points()?;
        if self.eat("to").is_some() {
            return Ok(ItemPoints::Range(first, self.points()?));
        }
        let mut listed = vec![first];
        loop {
            let span = self.peek().span;
            if self.eat_mark(",").is_none() && self.eat("or").is_none() {
                break;
            }
            if self.is("or") {
                let both = self.since(span);
                return Err(self.fail(codes::EXPECTED, both, "a comma stands before `or`", "leave the comma out"));
            }
            listed.push(self.points()?);
        }
        Ok(ItemPoints::Listed(listed))
    }

    /// A number of points, without a unit.
    fn points(&mut self) -> Parsed<Spanned<Number>> {
        let span = self.peek().span;
        let value = self.number()?;
        Ok(Spanned { value, span })
    }

    /// `2 when C, 1 when D, otherwise 0`
    fn weights(&mut self, name: &Name) -> Parsed<ItemPoints> {
        if self.peek().kind != TokenKind::Number {
            let what = format!("`each 0 to 4` (the values of `{0}`) or `2 when …` (its points)", name.value);
            return Err(self.expected(&what));
        }
        let mut arms = Vec::new();
        let mut otherwise = None;
        loop {
            if !arms.is_empty() && self.eat("otherwise").is_some() {
                otherwise = Some(self.points()?);
                break;
            }
            let points = self.points()?;
            if arms.is_empty() && (self.is("to") || self.is("or") || self.is_mark(",")) {
                let message = "nothing says that these are the values of the item";
                let help = format!("write `each` before them: `item {}: each 0 to 4`", name.value);
                return Err(self.fail(codes::EXPECTED, points.span, message, help));
            }
            self.expect("when")?;
            arms.push((points, self.expression()?));
            if self.eat_mark(",").is_none() {
                break;
            }
        }
        Ok(ItemPoints::Weighted { arms, otherwise })
    }

    fn score_total(&mut self) -> Parsed<ScoreTotal> {
        let start = self.expect("total")?;
        if self.is("if") {
            return Err(self.needs_brackets("an `if` as a total"));
        }
        let value = self.value()?;
        let mut decimals = None;
        if self.is_mark(",") && self.is_at(1, "round") {
            self.bump();
            self.bump();
            self.expect("to")?;
            decimals = Some(self.whole("a number of decimals")?);
            if !matches!(self.word(), "decimals" | "decimal") {
                return Err(self.expected("`decimals`"));
            }
            self.bump();
        }
        Ok(ScoreTotal { value, decimals, span: self.since(start) })
    }

    // ---- bands ----------------------------------------------------------------------------------------

    /// Whether a name and the words of a band stand here.
    fn at_band(&self) -> bool {
        let named = matches!(self.peek().kind, TokenKind::Path | TokenKind::Unit);
        named && !matches!(self.word(), "cite" | "our" | "decided") && self.at_stretch(1)
            || named && self.is_at(1, "otherwise")
    }

    fn at_stretch(&self, ahead: usize) -> bool {
        matches!(
            (self.word_at(ahead), self.word_at(ahead + 1)),
            ("from", _) | ("at", "most" | "least") | ("more" | "less", "than")
        )
    }

    fn band_words(&mut self) -> super::cursor::Failed {
        let name = self.bump();
        let name = self.text_of(name).to_owned();
        let message = format!("nothing says which totals the band `{name}` has");
        let help = format!("write `{name} from 7`, `{name} from 7 to 9`, `{name} less than 7` or `{name} otherwise`");
        let span = self.last().span;
        self.fail(codes::EXPECTED, span, message, help)
    }

    /// `risk from 7 when C, from 8 when D, otherwise undetermined`
    fn band(&mut self) -> Parsed<Band> {
        let name = self.plain_name("the name of a band")?;
        let start = name.span;
        let reach = if self.eat("otherwise").is_some() { BandReach::Otherwise } else { self.stretches()? };
        let span = self.since(start);
        Ok(Band { name, reach, label: Localized::new(), text: Localized::new(), grounds: Vec::new(), span })
    }

    fn stretches(&mut self) -> Parsed<BandReach> {
        let mut arms = Vec::new();
        let mut last = None;
        loop {
            let start = self.peek().span;
            if self.eat("otherwise").is_some() {
                last = Some(if self.eat("undetermined").is_some() {
                    LastStretch::Undetermined(self.since(start))
                } else {
                    LastStretch::Stretch(Box::new(self.stretch()?))
                });
                break;
            }
            let stretch = self.stretch()?;
            if self.eat("when").is_none() {
                if !arms.is_empty() {
                    let message = "an end without `when` after others that have one";
                    let span = stretch.span;
                    return Err(self.fail(codes::EXPECTED, span, message, "write `otherwise` before it"));
                }
                last = Some(LastStretch::Stretch(Box::new(stretch)));
                break;
            }
            arms.push((stretch, self.expression()?));
            if self.eat_mark(",").is_none() {
                break;
            }
        }
        if last.is_none() {
            let span = self.last().span;
            let message = "nothing says what holds where none of these conditions does";
            let help = "add `, otherwise undetermined`, or another number: `, otherwise from 8`";
            return Err(self.fail(codes::MISSING_CLAUSE, span, message, help));
        }
        Ok(BandReach::Stretches { arms, last })
    }

    fn stretch(&mut self) -> Parsed<Stretch> {
        let start = self.peek().span;
        let kind = match (self.word(), self.word_at(1)) {
            ("from", _) => {
                self.bump();
                let low = self.end()?;
                if self.eat("to").is_some() { StretchKind::FromTo(low, self.end()?) } else { StretchKind::From(low) }
            }
            ("at", "most") => StretchKind::AtMost(self.end_after_two()?),
            ("more", "than") => StretchKind::MoreThan(self.end_after_two()?),
            ("less", "than") => StretchKind::LessThan(self.end_after_two()?),
            ("at", "least") => {
                let message = "a band begins `from` a number";
                return Err(self.fail(codes::EXPECTED, start, message, "write `from` for `at least`"));
            }
            _ => return Err(self.expected("`from`, `at most`, `less than` or `more than`")),
        };
        Ok(Stretch { kind, span: self.since(start) })
    }

    fn end_after_two(&mut self) -> Parsed<Expr> {
        self.bump();
        self.bump();
        self.end()
    }

    /// A number, perhaps with its unit.
    fn end(&mut self) -> Parsed<Expr> {
        if self.peek().kind != TokenKind::Number {
            return Err(self.expected("a number"));
        }
        self.operand()
    }

    // ---- conditions -----------------------------------------------------------------------------------

    /// `band of audit is one of risk, dependence`
    pub(super) fn band_of(&mut self) -> Parsed<ExprKind> {
        self.expect("band")?;
        self.expect("of")?;
        let score = self.path()?;
        self.expect("is")?;
        let polarity = if self.eat("not").is_some() { Polarity::Negative } else { Polarity::Positive };
        let mut bands = Vec::new();
        if self.is("one") && self.is_at(1, "of") {
            self.bump();
            self.bump();
            loop {
                bands.push(self.plain_name("the name of a band")?);
                if !(self.is_mark(",") && self.is_name_at(1)) {
                    break;
                }
                self.bump();
            }
        } else {
            bands.push(self.plain_name("the name of a band")?);
        }
        Ok(ExprKind::Band { score, polarity, bands })
    }
}
