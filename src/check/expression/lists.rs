//! Lists: quantifiers, counting, summing, the latest.

use super::{EmptyLists, Inside, Lowered, Lowering, Names, Part};
use crate::check::names::Declared;
use crate::check::types::{TRUTH, describe, describe_scalar};
use crate::diagnostic::codes as register;
use crate::ir::{EachRecord, Expr, ExprKind, ExtremeWord, List, Reading, Type};
use crate::schema::{FactId, FactType, FieldId, ScalarType};
use crate::syntax::ast::{self, Name, Span, Spanned};

/// How many lists may be inside each other.
const DEEPEST: usize = 2;

/// A list that the next expression is inside of.
struct Entered {
    fact: FactId,
    depth: u8,
    filter: Option<Box<Expr>>,
}

impl Entered {
    fn list(self) -> List {
        List { fact: self.fact, filter: self.filter, depth: self.depth }
    }
}

impl<'a> Lowering<'_, 'a> {
    pub(super) fn quantifier(&mut self, quantifier: &'a ast::Quantifier) -> Lowered {
        let Some(entered) = self.enter(Some(&quantifier.word), &quantifier.list) else { return Self::unknown() };
        let body = Box::new(self.condition_in(&quantifier.body, Part::OfBody));
        self.leave();
        let (kind, reading) = (quantifier.kind, quantifier.reading);
        if reading == Reading::AsGiven {
            self.note_every(kind, &entered, quantifier.word.span);
        }
        (ExprKind::Quantifier { kind, reading, list: entered.list(), body }, TRUTH)
    }

    pub(super) fn count(
        &mut self,
        word: Option<&'a Name>,
        list: &'a ast::List,
        body: Option<&'a ast::Expr>,
    ) -> Lowered {
        let Some(entered) = self.enter(word, list) else { return Self::unknown() };
        let body = body.map(|body| Box::new(self.condition_in(body, Part::OfBody)));
        self.leave();
        (ExprKind::Count { list: entered.list(), body }, Type::Scalar(ScalarType::Number))
    }

    pub(super) fn sum(&mut self, value: &'a ast::Expr, list: &'a ast::List) -> Lowered {
        let Some(entered) = self.enter(None, list) else { return Self::unknown() };
        let before = (self.mentions(), self.report.errors());
        let span = value.span;
        let value = self.value(value, None);
        if before == (self.mentions(), self.report.errors()) {
            self.no_mention(span);
        }
        self.leave();
        self.sum_of(span, entered, value)
    }

    #[inline(never)]
    fn sum_of(&mut self, span: Span, entered: Entered, value: Expr) -> Lowered {
        if !self.is_amount(&value) {
            let message = format!("only numbers and quantities can be summed, and this is {}", describe(&value.ty));
            let found = self.finding(register::NOT_AN_AMOUNT, span, message);
            self.report.add(found.help("to count records write `count … has (…)`"));
            return Self::unknown();
        }
        let ty = value.ty.clone();
        (ExprKind::Sum { list: entered.list(), value: Box::new(value) }, ty)
    }

    /// Whether arithmetic works on it.
    pub(super) fn is_amount(&self, value: &Expr) -> bool {
        matches!(value.ty, Type::Scalar(ScalarType::Number | ScalarType::Quantity(_) | ScalarType::Any))
    }

    pub(super) fn extreme(&mut self, extreme: ExtremeWord, field: &'a Name, list: &'a ast::List) -> Lowered {
        let Some(entered) = self.enter(None, list) else { return Self::unknown() };
        let field = self.date_field(entered.fact, field);
        self.leave();
        let Some(field) = field else { return Self::unknown() };
        let ty = Type::Scalar(ScalarType::Date { or_none: true });
        (ExprKind::Extreme { extreme, list: entered.list(), field }, ty)
    }

    /// `each taken of samples that are (positive)`
    pub(super) fn each(&mut self, each: &'a ast::EachRecord) -> Lowered {
        let Some(entered) = self.enter(each.word.as_ref(), &each.list) else { return Self::unknown() };
        let field = self.date_field_of(entered.fact, &each.field, "a schedule goes by dates");
        self.leave();
        let Some(field) = field else { return Self::unknown() };
        let ty = Type::Scalar(ScalarType::Date { or_none: true });
        (ExprKind::Each(EachRecord { list: entered.list(), field }), ty)
    }

    pub(super) fn extreme_has(
        &mut self,
        extreme: ExtremeWord,
        word: &'a Name,
        list: &'a ast::List,
        by: &'a Name,
        body: &'a ast::Expr,
    ) -> Lowered {
        let Some(entered) = self.enter(Some(word), list) else { return Self::unknown() };
        let by = self.date_field(entered.fact, by);
        let body = Box::new(self.condition_in(body, Part::OfBody));
        self.leave();
        let Some(by) = by else { return Self::unknown() };
        (ExprKind::ExtremeHas { extreme, list: entered.list(), by, body }, TRUTH)
    }

    pub(super) fn of_extremes(
        &mut self,
        (count, extreme, among): (&Spanned<u32>, ExtremeWord, &Spanned<u32>),
        word: &'a Name,
        list: &'a ast::List,
        by: &'a Name,
        body: &'a ast::Expr,
    ) -> Lowered {
        self.count_of(count, usize::try_from(among.value).unwrap_or(usize::MAX));
        let Some(entered) = self.enter(Some(word), list) else { return Self::unknown() };
        let by = self.date_field(entered.fact, by);
        let body = Box::new(self.condition_in(body, Part::OfBody));
        self.leave();
        let Some(by) = by else { return Self::unknown() };
        let (count, among) = (count.value, among.value);
        (ExprKind::OfExtremes { count, extreme, among, list: entered.list(), by, body }, TRUTH)
    }

    pub(super) fn different(
        &mut self,
        count: &Spanned<u32>,
        field: &'a Name,
        list: &'a ast::List,
        by: Option<&'a Name>,
        within: Option<&'a ast::Expr>,
    ) -> Lowered {
        if count.value == 0 {
            let found = self.finding(register::COUNT_OUT_OF_RANGE, count.span, "at least 0 always holds");
            self.report.add(found.help("write a number from 1"));
        }
        let Some(entered) = self.enter(None, list) else { return Self::unknown() };
        let field_id = self.any_field(entered.fact, field);
        let date = match (by, within) {
            (Some(by), _) => Some(self.date_field(entered.fact, by)),
            (None, Some(within)) => Some(self.only_date_field(entered.fact, within.span)),
            (None, None) => None,
        };
        self.leave();
        let within = within.map(|within| self.duration_value(within));
        let Some(field) = field_id else { return Self::unknown() };
        let within = match (date, within) {
            (Some(None), _) => return Self::unknown(),
            (Some(Some(date)), Some(within)) => Some(Box::new((date, within))),
            (Some(Some(_)), None) => {
                let span = by.map_or(Span::default(), |by| by.span);
                let found =
                    self.finding(register::BY_WITHOUT_WITHIN, span, "`by` says nothing here without `within the same`");
                self.report.add(found.help("add `within the same 12 months`, or leave `by` out"));
                None
            }
            (None, _) => None,
        };
        (ExprKind::Different { count: count.value, list: entered.list(), field, within }, TRUTH)
    }

    /// A list with its filter and one of its dates, outside of any condition: `letter in letters that are (…) on sent`.
    pub(in crate::check) fn dated_list(
        &mut self,
        word: &'a Name,
        list: &'a ast::List,
        date: &'a Name,
    ) -> Option<(List, FieldId, ScalarType)> {
        let entered = self.enter(Some(word), list)?;
        let field = self.date_field(entered.fact, date);
        self.leave();
        let field = field?;
        let ty = self.world.field_type(entered.fact, field);
        Some((entered.list(), field, ty))
    }

    /// Goes into a list: its word and fields can be used until [`Lowering::leave`]. Understands its filter.
    fn enter(&mut self, word: Option<&'a Name>, list: &'a ast::List) -> Option<Entered> {
        let (fact, declared_word) = self.list_fact(&list.path)?;
        if self.lists.len() >= DEEPEST {
            let span = list.path.first().map_or(Span::default(), |name| name.span);
            let found = self.finding(register::TOO_DEEP, span, "lists are read at most two deep");
            self.report.add(found.help("put the innermost part into a field, or ask it in a `define` of its own"));
            return None;
        }
        if let Some(word) = word {
            self.word_is_new(word, fact);
        }
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        let taken = word.is_none() && self.word_depth(&declared_word).is_some();
        let declared_word = if taken { Box::from("") } else { declared_word };
        self.lists.push(Inside { word: word.map(|word| &*word.value), declared_word, fact, mentions: 0 });
        let filter = list.filter.as_ref().map(|filter| Box::new(self.condition_in(filter, Part::OfBody)));
        if let Some(inside) = self.lists.last_mut() {
            inside.mentions = 0;
        }
        Some(Entered { fact, depth, filter })
    }

    fn leave(&mut self) {
        self.lists.pop();
    }

    /// The list fact that a path names, and the word for one of its records.
    fn list_fact(&mut self, path: &'a [Name]) -> Option<(FactId, Box<str>)> {
        let [name] = path else {
            let span = path.first().map_or(Span::default(), |name| name.span);
            let found = self.finding(register::NOT_A_LIST, span, "a record has no lists: only a fact is a list");
            self.report.add(found.help("name the fact alone"));
            return None;
        };
        let declared = match self.scope.find(&name.value) {
            Some(entry) => entry.what,
            None => {
                self.not_a_list_name(name);
                return None;
            }
        };
        if let Declared::Fact(id) = declared {
            self.use_fact(id);
            if self.names == Names::Open {
                self.become_list(id);
            }
            if let Some(FactType::List { word, .. }) = self.world.schema.get(id).map(|fact| &fact.ty) {
                return Some((id, word.clone()));
            }
            if let Some(FactType::Scalar(ScalarType::Any)) = self.world.schema.get(id).map(|fact| &fact.ty) {
                return None;
            }
        }
        let what = match declared {
            Declared::Fact(id) => match self.world.schema.get(id).map(|fact| &fact.ty) {
                Some(FactType::Scalar(ty)) => describe_scalar(ty),
                Some(FactType::Record { .. }) => "one record".to_owned(),
                Some(FactType::List { .. }) | None => "a fact".to_owned(),
            },
            Declared::Parameter(_)
            | Declared::Define(_)
            | Declared::CodeSet(_)
            | Declared::Table(_)
            | Declared::Rule(_)
            | Declared::Party(_)
            | Declared::Source(_) => declared.word().to_owned(),
        };
        let found = self.finding(register::NOT_A_LIST, name.span, format!("`{}` is {what}, not a list", name.value));
        self.report.add(found.help("name a fact declared as `list of …`"));
        None
    }

    fn not_a_list_name(&mut self, name: &Name) {
        if self.scope.broken.contains(&*name.value) {
            self.report.set_incomplete();
            return;
        }
        let lists = self.world.schema.iter().filter_map(|(_, fact)| match fact.ty {
            FactType::List { .. } => Some(&*fact.name),
            FactType::Scalar(_) | FactType::Record { .. } => None,
        });
        let help = self.report.did_you_mean(&name.value, lists);
        let mut found = self.finding(register::NOT_DECLARED, name.span, format!("there is no list `{}`", name.value));
        found.help = help.or_else(|| {
            Some(match self.names {
                Names::Declared => format!("declare it: `fact {}: list of …`", name.value),
                Names::Open => "give it with the facts; `null` stands for a fact that was not given".to_owned(),
            })
        });
        self.report.add(found);
    }

    /// The word for one record must mean nothing else here.
    fn word_is_new(&mut self, word: &Name, fact: FactId) {
        let taken = if self.word_depth(&word.value).is_some() {
            "the word of the list around"
        } else if let Some(entry) = self.scope.find(&word.value) {
            entry.what.word()
        } else if self.world.field(fact, &word.value).is_some() {
            "a field of the record"
        } else if self.lists.iter().any(|inside| self.world.field(inside.fact, &word.value).is_some()) {
            "a field of the record around"
        } else {
            return;
        };
        let found = self.finding(register::WORD_TAKEN, word.span, format!("`{}` is {taken} already", word.value));
        self.report.add(found.help("call the record by a word that means nothing else here"));
    }

    fn any_field(&mut self, fact: FactId, name: &'a Name) -> Option<FieldId> {
        self.list_field(fact, name)
    }

    /// A field that must be a date.
    fn date_field(&mut self, fact: FactId, name: &'a Name) -> Option<FieldId> {
        self.date_field_of(fact, name, "the latest goes by a date")
    }

    fn date_field_of(&mut self, fact: FactId, name: &'a Name, why: &str) -> Option<FieldId> {
        let field = self.list_field(fact, name)?;
        match self.world.field_type(fact, field) {
            ScalarType::Date { .. } | ScalarType::Any => Some(field),
            other @ (ScalarType::Truth
            | ScalarType::Number
            | ScalarType::Quantity(_)
            | ScalarType::Text
            | ScalarType::Duration
            | ScalarType::Period
            | ScalarType::Code(_)
            | ScalarType::Choice(_)) => {
                let message = format!("{why}, and `{}` is {}", name.value, describe_scalar(&other));
                let found = self.finding(register::NOT_A_DATE, name.span, message);
                self.report.add(found.help("name a field of type `date`"));
                None
            }
        }
    }

    fn only_date_field(&mut self, fact: FactId, span: Span) -> Option<FieldId> {
        let dates: Vec<(FieldId, Box<str>)> = self
            .world
            .field_names(fact)
            .into_iter()
            .zip(0..)
            .map(|(name, index)| (FieldId(index), name))
            .filter(|(field, _)| matches!(self.world.field_type(fact, *field), ScalarType::Date { .. }))
            .collect();
        if let [(field, _)] = dates.as_slice() {
            return Some(*field);
        }
        let found = self.finding(register::NOT_A_DATE, span, "nothing says which date `within the same` looks at");
        let help = match dates.first() {
            Some((_, name)) => format!("write `by {name} within the same …`"),
            None => "the record has no field of type `date`".to_owned(),
        };
        self.report.add(found.help(help));
        None
    }

    fn list_field(&mut self, fact: FactId, name: &'a Name) -> Option<FieldId> {
        if let Some(field) = self.world.field(fact, &name.value) {
            return Some(field);
        }
        if let Some(field) = self.open_field_of(fact, &name.value) {
            return Some(field);
        }
        let word = self.lists.last().map(|inside| self.record_word(inside)).unwrap_or_default();
        self.no_such_field(fact, &word, name);
        None
    }

    /// `every` holds for an empty list: worth a word, where nobody looked whether there are records.
    fn note_every(&mut self, kind: ast::QuantifierKind, entered: &Entered, span: Span) {
        if kind == ast::QuantifierKind::Every && self.empty_lists == EmptyLists::Noted {
            let name = self.world.schema.get(entered.fact).map_or("", |fact| &fact.name);
            crate::check::lints::every_of_none::report(name, self.place(span), self.report);
        }
    }
}
