//! `indicator`: who is counted, who of them, in which groups, what is compared and what is kept back.

use super::ast::{
    ByBlock, ComparePeriods, Count, Declaration, Indicator, Localized, OtherCodes, RuleHead, Spanned, Suppress,
};
use super::cursor::{Cursor, Parsed};
use super::rule_head::HeadClause;
use crate::diagnostic::codes;

const WORDS: &[&str] = &[
    "label", "when", "text", "cite", "our", "decided", "covers", "count", "of", "list", "by", "compare", "suppress",
    "caution",
];
const SUBJECTS: &[&str] = &["patients", "staff", "units"];

impl Cursor<'_> {
    pub(super) fn indicator(&mut self) -> Parsed<Declaration> {
        self.expect("indicator")?;
        let name = self.declared("the name of an indicator")?;
        let mut rule = Indicator {
            head: RuleHead::new(name),
            count: None,
            of_them: None,
            list_others: None,
            by: None,
            compare: None,
            suppress: None,
            caution: Localized::new(),
        };
        self.clauses(WORDS, |cursor| cursor.indicator_clause(&mut rule));
        Ok(Declaration::Indicator(Box::new(rule)))
    }

    fn indicator_clause(&mut self, rule: &mut Indicator) -> Parsed<()> {
        let start = self.peek().span;
        match self.word() {
            "count" => {
                self.once(rule.count.is_some().into(), start)?;
                self.bump();
                rule.count = Some(self.counted()?);
            }
            "of" => {
                self.once(rule.of_them.is_some().into(), start)?;
                self.bump();
                self.expect("them")?;
                self.expect("with")?;
                rule.of_them = Some(self.expression()?);
            }
            "list" => {
                self.once(rule.list_others.is_some().into(), start)?;
                self.bump();
                self.expect("the")?;
                self.expect("others")?;
                rule.list_others = Some(self.since(start));
            }
            "by" => {
                self.once(rule.by.is_some().into(), start)?;
                rule.by = Some(self.by_block()?);
            }
            "compare" => {
                self.once(rule.compare.is_some().into(), start)?;
                self.bump();
                let year = self.year()?;
                self.expect("with")?;
                let with = self.year()?;
                rule.compare = Some(ComparePeriods { year, with, span: self.since(start) });
            }
            "suppress" => {
                self.once(rule.suppress.is_some().into(), start)?;
                rule.suppress = Some(self.suppress()?);
            }
            "caution" => {
                self.once((!rule.caution.is_empty()).into(), start)?;
                self.bump();
                rule.caution = self.localized()?;
            }
            _ => {
                return match self.head_clause(&mut rule.head)? {
                    HeadClause::Read => Ok(()),
                    HeadClause::Other => Err(self.unknown_clause("an indicator", WORDS)),
                };
            }
        }
        Ok(())
    }

    /// After `count`.
    fn counted(&mut self) -> Parsed<Count> {
        if self.eat("all").is_some() {
            return Ok(Count { subjects: self.one_of(SUBJECTS)?, condition: None });
        }
        let subjects = self.one_of(SUBJECTS)?;
        self.expect("with")?;
        Ok(Count { subjects, condition: Some(self.expression()?) })
    }

    fn by_block(&mut self) -> Parsed<ByBlock> {
        self.expect("by")?;
        self.expect("block")?;
        self.expect("of")?;
        let field = self.any_name("the name of a field with a code")?;
        self.expect_mark(":")?;
        let mut groups = Vec::new();
        while !self.is("other") {
            groups.push(self.code_set()?);
            if self.eat_mark(",").is_none() {
                return Err(self.expected("`,` and one more code, or `other codes left out`"));
            }
        }
        let start = self.expect("other")?;
        self.expect("codes")?;
        let value = if self.eat("together").is_some() {
            OtherCodes::Together
        } else if self.eat("left").is_some() {
            self.expect("out")?;
            OtherCodes::LeftOut
        } else {
            return Err(self.expected("`left out` or `together`"));
        };
        Ok(ByBlock { field, groups, others: Spanned { value, span: self.since(start) } })
    }

    fn year(&mut self) -> Parsed<Spanned<u32>> {
        let year = self.whole("a year such as `2021`")?;
        if (1..=9999).contains(&year.value) {
            return Ok(year);
        }
        let message = format!("the calendar has no year `{}`", year.value);
        Err(self.fail(codes::NO_SUCH_DAY, year.span, message, "write a year from 1 to 9999"))
    }

    fn suppress(&mut self) -> Parsed<Suppress> {
        let start = self.expect("suppress")?;
        self.expect("counts")?;
        self.expect("from")?;
        let from = self.whole("the least count that is kept back, `1`")?;
        self.expect("to")?;
        let to = self.whole("the largest count that is kept back, `4`")?;
        self.expect("as")?;
        let shown = self.text()?;
        Ok(Suppress { from, to, shown, span: self.since(start) })
    }
}
