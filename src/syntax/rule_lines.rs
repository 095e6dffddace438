//! Lines `require NAME: condition` and `expect NAME: condition`, as eligibilities and checklists have them.

use super::ast::{Covers, Criterion, Exception, Expr, Ground, Localized, Modality, Name};
use super::cursor::{Cursor, Parsed};
use super::parser::LinePosition;
use super::rule_head::HeadClause;
use crate::diagnostic::codes;

/// Whether a line may have exceptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exceptions {
    Allowed,
    None,
}

/// A rule made of lines, while it is read.
pub(super) struct Lines {
    pub(super) name: Name,
    pub(super) label: Localized,
    pub(super) grounds: Vec<Ground>,
    pub(super) when: Option<Expr>,
    pub(super) criteria: Vec<Criterion>,
    pub(super) covers: Option<Covers>,
    exceptions: Exceptions,
    /// The last line could not be read: what follows may belong to it.
    lost: bool,
}

impl Lines {
    pub(super) fn new(name: Name, exceptions: Exceptions) -> Lines {
        Lines {
            name,
            label: Localized::new(),
            grounds: Vec::new(),
            when: None,
            criteria: Vec::new(),
            covers: None,
            exceptions,
            lost: false,
        }
    }

    /// The label of the nearest item above.
    fn nearest_label(&mut self) -> &mut Localized {
        match self.criteria.last_mut() {
            Some(criterion) => match criterion.exceptions.last_mut() {
                Some(exception) => &mut exception.label,
                None => &mut criterion.label,
            },
            None => &mut self.label,
        }
    }

    /// The grounds of the nearest item above.
    fn nearest_grounds(&mut self) -> &mut Vec<Ground> {
        match self.criteria.last_mut() {
            Some(criterion) => match criterion.exceptions.last_mut() {
                Some(exception) => &mut exception.grounds,
                None => &mut criterion.grounds,
            },
            None => &mut self.grounds,
        }
    }
}

impl Cursor<'_> {
    /// Reads a clause of a rule made of lines, if one begins here.
    pub(super) fn line_clause(&mut self, rule: &mut Lines) -> Parsed<HeadClause> {
        let start = self.peek();
        match self.word() {
            "label" => {
                let lost = rule.lost;
                let place = rule.nearest_label();
                self.once((!place.is_empty() && !lost).into(), start.span)?;
                self.bump();
                *place = self.localized()?;
            }
            "cite" | "our" | "decided" => {
                let ground = self.ground()?;
                rule.nearest_grounds().push(ground);
            }
            "covers" => {
                let criterion = match start.line {
                    LinePosition::First => None,
                    LinePosition::Later => rule.criteria.last_mut(),
                };
                let place = match criterion {
                    Some(criterion) => &mut criterion.covers,
                    None => &mut rule.covers,
                };
                self.once((place.is_some() && !rule.lost).into(), start.span)?;
                *place = Some(self.covers()?);
            }
            "when" => {
                self.once(rule.when.is_some().into(), start.span)?;
                self.bump();
                rule.when = Some(self.expression()?);
            }
            "require" | "expect" => {
                rule.lost = true;
                rule.criteria.push(self.criterion()?);
                rule.lost = false;
            }
            "exception" => self.line_exception(rule)?,
            _ => {
                rule.lost = true;
                return Ok(HeadClause::Other);
            }
        }
        Ok(HeadClause::Read)
    }

    fn line_exception(&mut self, rule: &mut Lines) -> Parsed<()> {
        let start = self.peek().span;
        let was_lost = std::mem::replace(&mut rule.lost, true);
        match rule.exceptions {
            Exceptions::Allowed => {}
            Exceptions::None => {
                let message = "a line of a checklist has no exceptions: it is there or it is not";
                let help = "say in the condition what may stand instead, or ask for it in an `eligibility`";
                return Err(self.fail(codes::UNKNOWN_CLAUSE, start, message, help));
            }
        }
        let exception = self.exception()?;
        rule.lost = was_lost;
        match rule.criteria.last_mut() {
            Some(criterion) => criterion.exceptions.push(exception),
            None if was_lost => {}
            None => {
                let help = "write it under the `require` that it excepts from";
                let message = "an exception belongs to the line above, and there is none";
                return Err(self.fail(codes::UNKNOWN_CLAUSE, start, message, help));
            }
        }
        Ok(())
    }

    fn criterion(&mut self) -> Parsed<Criterion> {
        let token = self.bump();
        let modality = if self.text_of(token) == "require" { Modality::Require } else { Modality::Expect };
        let name = self.any_name("a name for this line, as in `require age: …`")?;
        self.expect_mark(":")?;
        let condition = self.expression()?;
        Ok(Criterion {
            modality,
            name,
            label: Localized::new(),
            condition,
            grounds: Vec::new(),
            exceptions: Vec::new(),
            covers: None,
            span: self.since(token.span),
        })
    }

    pub(super) fn exception(&mut self) -> Parsed<Exception> {
        let start = self.expect("exception")?;
        let name = self.any_name("a name for the exception")?;
        self.expect_mark(":")?;
        let condition = self.expression()?;
        self.expect("then")?;
        self.expect("refer")?;
        self.expect("to")?;
        let refer_to = self.plain_name("the name of a party")?;
        let span = self.since(start);
        Ok(Exception { name, label: Localized::new(), condition, refer_to, grounds: Vec::new(), span })
    }
}
