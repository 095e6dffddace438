//! Declarations as text: one clause a line, in the order in which they are best read.

use super::words::{date_text, duration_text};
use super::{Anchor, Printer, WIDTH, code, quote};
use crate::syntax::ast::{
    CodeSelector, Codes, CodesEntry, CodesEntryKind, Completeness, Covers, Criterion, DateLiteral, DayLiteral,
    Declaration, Define, Eligibility, Exception, Expr, Fact, FactRole, FactType, FactTypeKind, FreeText, Ground,
    GroundKind, Guideline, GuidelineClauseKind, LeapDayBirthday, Localized, Modality, Name, NotMentioned, OrNone,
    Parameter, ParameterValue, Recommend, RecommendClauseKind, Reference, Source, SourceClauseKind, Span, Strength,
    Table, Text,
};
use crate::value::Truth;

pub(super) const CLAUSE: usize = 4;
pub(super) const PART: usize = 8;
pub(super) const DETAIL: usize = 12;

impl Printer {
    pub(super) fn declaration(&mut self, declaration: &Declaration, span: Span) {
        self.line(0, span);
        self.whole_declaration(declaration);
    }

    /// From its keyword on, in the line that was begun.
    pub(super) fn whole_declaration(&mut self, declaration: &Declaration) {
        match declaration {
            Declaration::Guideline(guideline) => self.guideline(guideline),
            Declaration::Source(source) => self.source(source),
            Declaration::Party(party) => {
                self.push(&format!("party {}", party.name.value));
                self.localized(&party.label, Wrap::Lines);
            }
            Declaration::Codes(codes) => self.codes(codes),
            Declaration::Fact(fact) => self.fact(fact),
            Declaration::Parameter(parameter) => self.parameter(parameter),
            Declaration::Assume(assume) => {
                self.push("assume ");
                self.condition(&assume.condition);
                self.grounds(CLAUSE, &assume.grounds, Wrap::Lines);
            }
            Declaration::LeapDay(leap_day) => {
                self.push("leap day birthday is ");
                self.push(match leap_day.birthday.value {
                    LeapDayBirthday::February28 => "28 February",
                    LeapDayBirthday::March1 => "1 March",
                });
                self.grounds(CLAUSE, &leap_day.grounds, Wrap::Lines);
            }
            Declaration::Define(define) => self.define(define),
            Declaration::Table(table) => self.table(table),
            Declaration::Eligibility(eligibility) => self.eligibility(eligibility),
            Declaration::Recommend(recommend) => self.recommend(recommend),
            Declaration::Checklist(rule) => self.checklist(rule),
            Declaration::Task(rule) => self.task(rule),
            Declaration::Parallel(rule) => self.parallel(rule),
            Declaration::Schedule(rule) => self.schedule(rule),
            Declaration::Score(rule) => self.score(rule),
            Declaration::Propose(rule) => self.propose(rule),
            Declaration::Indicator(rule) => self.indicator(rule),
            Declaration::Change(change) => self.change(change),
        }
    }

    // ---- parts ----------------------------------------------------------------------------------------

    /// A line that begins a clause.
    pub(super) fn clause(&mut self, indent: usize, span: Span, words: &str) {
        self.line(indent, span);
        self.push(words);
    }

    /// ` sv "…" en "…"`, each language on a line of its own where the line would get too long.
    pub(super) fn localized(&mut self, texts: &Localized, wrap: Wrap) {
        let width: usize = texts.iter().map(|text| text.text.value.chars().count() + 6).sum();
        let (_, start) = self.mark();
        let indent = self.indent();
        let long = wrap == Wrap::Lines && indent + start + width > WIDTH;
        for (index, text) in texts.iter().enumerate() {
            if long && index > 0 {
                self.line(indent + CLAUSE, Anchor::Continued);
            } else {
                self.push(" ");
            }
            self.push(&text.language.value);
            self.text_after(&text.text, wrap);
        }
    }

    /// ` "…"`, over several lines where it is long.
    fn text_after(&mut self, text: &Text, wrap: Wrap) {
        let indent = self.indent();
        let (_, at) = self.mark();
        self.push(" ");
        if wrap == Wrap::Never || indent + at + text.value.chars().count() + 3 <= WIDTH {
            return self.push(&quote(&text.value));
        }
        let room = WIDTH.saturating_sub(indent + PART + 2).max(40);
        for (index, part) in parts(&text.value, room).into_iter().enumerate() {
            if index > 0 {
                self.line(indent + PART, Anchor::Continued);
            }
            self.push(&quote(part));
        }
    }

    pub(super) fn label(&mut self, indent: usize, word: &str, texts: &Localized, wrap: Wrap) {
        if let Some(first) = texts.first() {
            self.clause(indent, first.language.span, word);
            self.localized(texts, wrap);
        }
    }

    pub(super) fn grounds(&mut self, indent: usize, grounds: &[Ground], wrap: Wrap) {
        for ground in grounds {
            match &ground.kind {
                GroundKind::Cite { source, reported_by, locator } => {
                    self.clause(indent, ground.span, &format!("cite {}", source.value));
                    if let Some(other) = reported_by {
                        self.push(&format!(" as reported by {}", other.value));
                    }
                    self.push(",");
                    match locator {
                        Some(locator) => self.text_after(locator, wrap),
                        None => self.push(" no locator"),
                    }
                }
                GroundKind::Interpretation { why } => {
                    self.clause(indent, ground.span, "our interpretation");
                    match why {
                        FreeText::Plain(why) => self.text_after(why, wrap),
                        FreeText::Localized(why) => self.localized(why, wrap),
                    }
                }
                GroundKind::Decision { by, on } => {
                    self.clause(indent, ground.span, "decided by");
                    self.text_after(by, wrap);
                    self.push(&format!(", {}", day(on.value)));
                }
            }
        }
    }

    pub(super) fn covers(&mut self, covers: Option<&Covers>) {
        if let Some(covers) = covers {
            self.clause(CLAUSE, covers.span, "covers ");
            self.push(&names(&covers.ids));
        }
    }

    // ---- the file -------------------------------------------------------------------------------------

    fn guideline(&mut self, guideline: &Guideline) {
        self.push(&format!("guideline {}", guideline.name.value));
        if let Some(base) = &guideline.adapts {
            self.push(&format!(" adapts {}", reference(base)));
        }
        for clause in &guideline.clauses {
            self.line(CLAUSE, clause.span);
            match &clause.kind {
                GuidelineClauseKind::Language(edition) => self.push(&format!("language {}", edition.value)),
                GuidelineClauseKind::Title(title) => {
                    self.push("title");
                    self.localized(title, Wrap::Lines);
                }
                GuidelineClauseKind::Version(version) => self.push(&format!("version {}", version.value)),
                GuidelineClauseKind::Status(status) => self.push(&format!("status {}", status.value)),
                GuidelineClauseKind::InForce { from, through } => {
                    self.push(&format!("in force from {}", day(from.value)));
                    if let Some(through) = through {
                        self.push(&format!(" through {}", day(through.value)));
                    }
                }
                GuidelineClauseKind::About(about) => self.push(&format!("about {}", about.value)),
                GuidelineClauseKind::Uses(uses) => {
                    let uses: Vec<String> = uses.iter().map(reference).collect();
                    self.push(&format!("uses {}", uses.join(", ")));
                }
                GuidelineClauseKind::Allow(lints) => self.push(&format!("allow {}", names(lints))),
            }
        }
    }

    fn source(&mut self, source: &Source) {
        self.push(&format!("source {}", source.name.value));
        for clause in &source.clauses {
            self.line(CLAUSE, clause.span);
            match &clause.kind {
                SourceClauseKind::Kind(kind) => self.push(&format!("kind {}", kind.value)),
                SourceClauseKind::Title(title) => {
                    self.push("title");
                    self.localized(title, Wrap::Lines);
                }
                SourceClauseKind::Publisher(text) => {
                    self.push("publisher");
                    self.text_after(text, Wrap::Lines);
                }
                SourceClauseKind::Certainty(certainty) => self.push(&format!("certainty {}", certainty.value)),
                SourceClauseKind::Url(text) => {
                    self.push("url");
                    self.text_after(text, Wrap::Lines);
                }
                SourceClauseKind::Edition(text) => {
                    self.push("edition");
                    self.text_after(text, Wrap::Lines);
                }
                SourceClauseKind::Seen(on) => self.push(&format!("seen {}", day(on.value))),
            }
        }
    }

    // ---- what is given --------------------------------------------------------------------------------

    fn codes(&mut self, codes: &Codes) {
        self.push(&format!("codes {} from {}", codes.name.value, codes.system.value));
        // A text on a line of its own would be an entry.
        self.label(CLAUSE, "label", &codes.label, Wrap::Never);
        self.grounds(CLAUSE, &codes.grounds, Wrap::Never);
        for entry in &codes.entries {
            self.line(CLAUSE, entry.span);
            self.codes_entry(entry);
        }
    }

    pub(super) fn codes_entry(&mut self, entry: &CodesEntry) {
        match &entry.kind {
            CodesEntryKind::Codes { include, except } => {
                self.push(&selector(include));
                for (index, code) in except.iter().enumerate() {
                    self.push(if index == 0 { " except " } else { ", " });
                    self.push(&selector(code));
                }
            }
            CodesEntryKind::List(name) => self.push(&format!("list {}", quote(&name.value))),
        }
        if let Some(comment) = &entry.comment {
            self.push(&format!(" {}", quote(&comment.value)));
        }
    }

    fn fact(&mut self, fact: &Fact) {
        let role = match fact.role {
            FactRole::Fact => "fact",
            FactRole::Setting => "setting",
        };
        self.push(&format!("{role} {}: ", fact.name.value));
        self.fact_type(&fact.ty, fact.not_mentioned.as_ref());
        self.label(CLAUSE, "label", &fact.label, Wrap::Lines);
        self.label(CLAUSE, "question", &fact.question, Wrap::Lines);
        if let Some(valid_for) = &fact.valid_for {
            let duration = duration_text(&valid_for.value.number, valid_for.value.unit);
            self.clause(CLAUSE, valid_for.span, &format!("valid for {duration}"));
        }
        for field in &fact.fields {
            self.clause(CLAUSE, field.span, &format!("{}: ", field.name.value));
            self.fact_type(&field.ty, field.not_mentioned.as_ref());
            self.label(PART, "label", &field.label, Wrap::Lines);
            self.label(PART, "question", &field.question, Wrap::Lines);
        }
    }

    fn fact_type(&mut self, ty: &FactType, not_mentioned: Option<&NotMentioned>) {
        let or_none = |word: &str, or_none: OrNone| match or_none {
            OrNone::Always => word.to_owned(),
            OrNone::OrNone => format!("{word} or none"),
        };
        let text = match &ty.kind {
            FactTypeKind::YesNo => "yes/no".to_owned(),
            FactTypeKind::Number => "number".to_owned(),
            FactTypeKind::QuantityIn(unit) => format!("quantity in {}", unit.value),
            FactTypeKind::Text => "text".to_owned(),
            FactTypeKind::Date(none) => or_none("date", *none),
            FactTypeKind::Duration => "duration".to_owned(),
            FactTypeKind::Period => "period".to_owned(),
            FactTypeKind::CodeFrom(system) => format!("code from {}", system.value),
            FactTypeKind::OneOf(words) => format!("one of {}", names(words)),
            FactTypeKind::Record(none) => or_none("record", *none),
            FactTypeKind::ListOf { word, completeness } => {
                let completeness = match completeness {
                    None => "",
                    Some(Completeness::MayBeIncomplete) => ", may be incomplete",
                    Some(Completeness::Complete) => ", complete",
                };
                format!("list of {}{completeness}", word.value)
            }
        };
        self.push(&text);
        if let Some(not_mentioned) = not_mentioned {
            self.push(match not_mentioned.means.value {
                Truth::True => ", not mentioned means yes",
                Truth::False | Truth::Unknown => ", not mentioned means no",
            });
        }
    }

    fn parameter(&mut self, parameter: &Parameter) {
        self.push(&format!("parameter {}: ", parameter.name.value));
        self.fact_type(&parameter.ty, None);
        match &parameter.value {
            ParameterValue::Default(value) => {
                self.push(" = ");
                self.value(value);
            }
            ParameterValue::SetBy(who) => self.push(&format!(", set by the {}", who.value)),
        }
        if let Some((low, high)) = &parameter.range {
            self.push(", from ");
            self.value(low);
            self.push(" to ");
            self.value(high);
        }
        self.label(CLAUSE, "label", &parameter.label, Wrap::Lines);
        self.grounds(CLAUSE, &parameter.grounds, Wrap::Lines);
    }

    fn table(&mut self, table: &Table) {
        self.push(&format!("table {} by ", table.name.value));
        self.fact_type(&table.key, None);
        self.push(&format!(": {}", names(&table.columns)));
        self.grounds(CLAUSE, &table.grounds, Wrap::Never);
        for row in &table.rows {
            self.line(CLAUSE, row.span);
            self.value(&row.key);
            for (index, cell) in row.cells.iter().enumerate() {
                self.push(if index == 0 { " " } else { ", " });
                self.value(cell);
            }
        }
    }

    // ---- rules ----------------------------------------------------------------------------------------

    fn define(&mut self, define: &Define) {
        self.push(&format!("define {}", define.name.value));
        self.label(CLAUSE, "label", &define.label, Wrap::Lines);
        self.grounds(CLAUSE, &define.grounds, Wrap::Lines);
        self.line(CLAUSE, define.value.span);
        let mark = self.mark();
        self.condition(&define.value);
        if could_join(self.since(mark)) {
            self.bracket(mark);
        }
        if let Some(span) = define.show {
            self.clause(CLAUSE, span, "show");
        }
        self.covers(define.covers.as_ref());
    }

    /// `: CONDITION` after the words of a clause.
    pub(super) fn stated(&mut self, words: &str, condition: &Expr) {
        self.push(words);
        self.condition(condition);
    }

    fn eligibility(&mut self, rule: &Eligibility) {
        self.push(&format!("eligibility {}", rule.name.value));
        self.label(CLAUSE, "label", &rule.label, Wrap::Lines);
        self.grounds(CLAUSE, &rule.grounds, Wrap::Lines);
        self.eligibility_lines(rule);
    }

    pub(super) fn eligibility_lines(&mut self, rule: &Eligibility) {
        if let Some(when) = &rule.when {
            self.line(CLAUSE, when.span);
            self.stated("when ", when);
        }
        for criterion in &rule.criteria {
            self.criterion(criterion);
        }
        self.covers(rule.covers.as_ref());
    }

    pub(super) fn criterion(&mut self, criterion: &Criterion) {
        let modality = match criterion.modality {
            Modality::Require => "require",
            Modality::Expect => "expect",
        };
        self.line(CLAUSE, criterion.span);
        self.stated(&format!("{modality} {}: ", criterion.name.value), &criterion.condition);
        if let Some(covers) = &criterion.covers {
            self.push(&format!(" covers {}", names(&covers.ids)));
        }
        self.label(PART, "label", &criterion.label, Wrap::Lines);
        self.grounds(PART, &criterion.grounds, Wrap::Lines);
        for exception in &criterion.exceptions {
            self.exception(PART, exception);
        }
    }

    pub(super) fn exception(&mut self, indent: usize, exception: &Exception) {
        self.line(indent, exception.span);
        self.stated(&format!("exception {}: ", exception.name.value), &exception.condition);
        self.push(&format!(" then refer to {}", exception.refer_to.value));
        self.label(indent + CLAUSE, "label", &exception.label, Wrap::Lines);
        self.grounds(indent + CLAUSE, &exception.grounds, Wrap::Lines);
    }

    fn recommend(&mut self, rule: &Recommend) {
        self.push(&format!("recommend {}", rule.name.value));
        self.label(CLAUSE, "label", &rule.label, Wrap::Lines);
        self.grounds(CLAUSE, &rule.grounds, Wrap::Lines);
        self.recommend_lines(rule);
    }

    pub(super) fn recommend_lines(&mut self, rule: &Recommend) {
        for clause in &rule.clauses {
            self.line(CLAUSE, clause.span);
            match &clause.kind {
                RecommendClauseKind::Strength { strength, priority } => {
                    self.push(strength_words(*strength));
                    if let Some(priority) = priority {
                        self.push(&format!(", priority {},", priority.value));
                    }
                    self.stated(" when ", &clause.condition);
                }
                RecommendClauseKind::NotNeeded => self.stated("not needed if ", &clause.condition),
                RecommendClauseKind::AdviseAgainst => self.stated("advise against if ", &clause.condition),
            }
            self.grounds(PART, &clause.grounds, Wrap::Lines);
        }
        if let Some(first) = rule.by.first() {
            self.clause(CLAUSE, first.span, &format!("by any {}", names(&rule.by)));
        }
        if let Some(first) = rule.excludes.first() {
            self.clause(CLAUSE, first.span, &format!("excludes {}", names(&rule.excludes)));
        }
        self.label(CLAUSE, "text", &rule.text, Wrap::Lines);
        self.covers(rule.covers.as_ref());
    }
}

/// Whether a long text may go on in the next line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrap {
    Lines,
    Never,
}

/// A text in pieces of about `room` letters that joined with one blank give it again.
fn parts(text: &str, room: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        let far = rest.char_indices().nth(room).map_or(rest.len(), |(at, _)| at);
        let break_at = (far < rest.len())
            .then(|| rest.match_indices(' ').map(|(at, _)| at).filter(|at| single_blank(rest, *at)))
            .and_then(|breaks| {
                let (mut before, mut after) = (None, None);
                for at in breaks {
                    if at <= far {
                        before = Some(at);
                    } else {
                        after = Some(at);
                        break;
                    }
                }
                before.or(after)
            });
        let Some((part, next)) = break_at.and_then(|at| rest.split_at_checked(at)) else {
            parts.push(rest);
            return parts;
        };
        parts.push(part);
        rest = next.strip_prefix(' ').unwrap_or(next);
    }
}

fn single_blank(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + 1..).and_then(|after| after.chars().next());
    matches!((before, after), (Some(before), Some(after)) if before != ' ' && after != ' ')
}

/// After a text above it, this would be read as going on with that.
fn could_join(text: &str) -> bool {
    text.starts_with('"') || (text.get(2..4) == Some(" \"") && text.starts_with(|first: char| first.is_lowercase()))
}

pub(super) fn names(names: &[Name]) -> String {
    names.iter().map(|name| &*name.value).collect::<Vec<_>>().join(", ")
}

fn reference(reference: &Reference) -> String {
    match &reference.version {
        Some(version) => format!("{} version {}", reference.name.value, version.value),
        None => reference.name.value.to_string(),
    }
}

fn day(day: DayLiteral) -> String {
    date_text(DateLiteral { year: day.year, month: Some(day.month), day: Some(day.day) })
}

fn selector(selector: &CodeSelector) -> String {
    match selector {
        CodeSelector::Code(name) => code(&name.value),
        CodeSelector::Range(from, to) => {
            let (from, to) = (code(&from.value), code(&to.value));
            if from.starts_with('"') || to.starts_with('"') {
                let quoted = |text: &str| if text.starts_with('"') { text.to_owned() } else { quote(text) };
                format!("{} - {}", quoted(&from), quoted(&to))
            } else {
                format!("{from}-{to}")
            }
        }
        CodeSelector::Include(name) => format!("include {}", name.value),
    }
}

fn strength_words(strength: Strength) -> &'static str {
    match strength {
        Strength::Must => "must",
        Strength::Should => "should",
        Strength::May => "may",
        Strength::Exceptionally => "exceptionally",
        Strength::ShouldNot => "should not",
        Strength::ResearchOnly => "research only",
    }
}
