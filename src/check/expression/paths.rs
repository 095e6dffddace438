//! What a name in an expression means (GRAMMAR 13): a field of the innermost record, else something declared.

use super::{Lowered, Lowering, Names, Recipient};
use crate::check::names::Declared;
use crate::diagnostic::codes as register;
use crate::ir::{CodeSetId, Constant, Expr, ExprKind, RuleId, RuleTarget, Type};
use crate::schema::{FactId, FactType, FieldId, FieldSchema, Fields, ScalarType};
use crate::source::Place;
use crate::syntax::ast::{Name, Span};
use std::sync::Arc;

/// What a path stands for.
pub(super) enum Found {
    Value(Lowered),
    /// The record that a list is at, by its word.
    Word,
    Rule(RuleId),
    Criterion(RuleTarget),
    CodeSet(CodeSetId),
    Table,
    /// A party or source.
    Other(Declared),
    /// Reported.
    Nothing,
}

impl<'a> Lowering<'_, 'a> {
    /// A path where a value belongs. A bare word that is one of the expected choice is that word.
    pub(super) fn path_value(&mut self, path: &'a [Name], span: Span, expected: Option<&Type>) -> Lowered {
        if let (Some(recipient), [name]) = (self.recipient, path)
            && recipient.word.value == name.value
        {
            return self.recipient(recipient, name, expected);
        }
        if let (Some(Type::Scalar(ScalarType::Choice(words))), [name]) = (expected, path)
            && let Some(found) = self.choice_word(words, name)
        {
            return found;
        }
        let first = path.first().map_or("", |name| &*name.value);
        let (message, help) = match self.find(path, span) {
            Found::Value(lowered) => return lowered,
            Found::Nothing => return Self::unknown(),
            Found::Word => {
                let field = self.example_field(first);
                (format!("`{first}` is a whole record"), format!("say which field: `{first}.{field}`"))
            }
            Found::Rule(id) => match self.world.totals.get(&id).cloned() {
                Some(ty) => return (ExprKind::Total(id), ty),
                None if self.world.rule(id).is_some_and(|names| names.sort == crate::status::RuleSort::Score) => {
                    return Self::unknown();
                }
                None => (format!("`{first}` is a rule"), format!("ask for its status: `{first} is …`")),
            },
            Found::Criterion(_) => (
                format!("`{}` is a line of a rule", joined(path)),
                format!("ask for its status: `{} is met`", joined(path)),
            ),
            Found::CodeSet(_) => {
                (format!("`{first}` is a set of codes"), format!("ask whether something is in it: `code in {first}`"))
            }
            Found::Table => (
                format!("`{first}` is a table"),
                format!("read it: `look up KEY in {first} for COLUMN, otherwise unknown`"),
            ),
            Found::Other(declared) => {
                (format!("`{first}` is {}, not a value", declared.word()), "name a fact or a definition".to_owned())
            }
        };
        let found = self.finding(register::WRONG_KIND_OF_NAME, span, message);
        self.report.add(found.help(help));
        Self::unknown()
    }

    /// The word that stands for a party: the word of the choice that it is compared with.
    fn recipient(&mut self, recipient: Recipient<'a>, name: &'a Name, expected: Option<&Type>) -> Lowered {
        let party = &recipient.party.value;
        if self.lists.last().is_some_and(|inside| self.world.field(inside.fact, &name.value).is_some()) {
            let message = format!("`{}` stands for a party, and is also a field of the record", name.value);
            let found = self.finding(register::AMBIGUOUS_NAME, name.span, message);
            self.report.add(found.help("call the party by another word after `as`"));
            return Self::unknown();
        }
        let Some(Type::Scalar(ScalarType::Choice(words))) = expected else {
            let message = format!("`{}` stands for a party, and is no value of its own", name.value);
            let found = self.finding(register::WRONG_KIND_OF_NAME, name.span, message);
            let help = "compare it with a field whose words are the names of the parties: `letter.to is recipient`";
            self.report.add(found.help(help));
            return Self::unknown();
        };
        if !words.contains(party) {
            let message = format!(
                "`{}` stands for `{party}`, which is not one of the words that it is compared with",
                name.value
            );
            let found = self.finding(register::NOT_A_CHOICE, name.span, message);
            let help = format!("add `{party}` to the words of the field, or leave it out after `for each of`");
            self.report.add(found.help(help));
            return Self::unknown();
        }
        let constant = Constant::Choice(party.clone());
        (ExprKind::Constant(constant), Type::Scalar(ScalarType::Choice(Arc::clone(words))))
    }

    fn choice_word(&mut self, words: &Arc<Box<[Box<str>]>>, name: &'a Name) -> Option<Lowered> {
        let is_word = words.contains(&name.value);
        let declared = self.declared_choice(&name.value);
        if !is_word {
            if declared || self.resolves(&name.value) {
                return None;
            }
            let mut found = self.finding(
                register::NOT_A_CHOICE,
                name.span,
                format!("`{}` is not one of the words that can stand here", name.value),
            );
            found.help = self.report.did_you_mean(&name.value, words.iter().map(|word| &**word)).or_else(|| {
                let shown: Vec<&str> = words.iter().take(12).map(|word| &**word).collect();
                Some(format!("write one of {}", shown.join(", ")))
            });
            self.report.add(found);
            return Some(Self::unknown());
        }
        if declared {
            let found = self.finding(
                register::AMBIGUOUS_NAME,
                name.span,
                format!("`{}` is one of the words that can stand here, and also something declared", name.value),
            );
            self.report.add(found.help("call one of the two by another name"));
            return Some(Self::unknown());
        }
        let constant = Constant::Choice(name.value.clone());
        Some((ExprKind::Constant(constant), Type::Scalar(ScalarType::Choice(Arc::clone(words)))))
    }

    /// Whether a bare name means something of a choice type, so that it could be compared itself.
    fn declared_choice(&self, name: &str) -> bool {
        let field = self.lists.last().and_then(|inside| {
            let field = self.world.field(inside.fact, name)?;
            Some(Type::Scalar(self.world.field_type(inside.fact, field)))
        });
        let ty = field.or_else(|| match self.scope.find(name)?.what {
            Declared::Fact(id) => self.fact_type(id),
            Declared::Define(id) => self.world.defines.get(id.0 as usize).cloned(),
            Declared::Parameter(id) => self.world.parameters.get(id.0 as usize).cloned().map(Type::Scalar),
            Declared::CodeSet(_)
            | Declared::Table(_)
            | Declared::Rule(_)
            | Declared::Party(_)
            | Declared::Source(_) => None,
        });
        matches!(ty, Some(Type::Scalar(ScalarType::Choice(_))))
    }

    /// Whether a bare name means anything here.
    fn resolves(&self, name: &str) -> bool {
        self.lists.last().is_some_and(|inside| self.world.field(inside.fact, name).is_some())
            || self.scope.find(name).is_some()
            || self.scope.broken.contains(name)
            || self.word_depth(name).is_some()
    }

    fn fact_type(&self, id: FactId) -> Option<Type> {
        Some(match &self.world.schema.get(id)?.ty {
            FactType::Scalar(ty) => Type::Scalar(ty.clone()),
            FactType::Record { .. } => Type::Record,
            FactType::List { .. } => Type::List,
        })
    }

    /// The depth of the list around whose record has that word.
    pub(super) fn word_depth(&self, word: &str) -> Option<usize> {
        self.lists
            .iter()
            .rposition(|inside| inside.word == Some(word) || (inside.word.is_none() && *inside.declared_word == *word))
    }

    /// What a path stands for; reports what is not declared.
    pub(super) fn find(&mut self, path: &'a [Name], span: Span) -> Found {
        match path {
            [] => Found::Nothing,
            [name] => self.find_bare(name),
            [word, field, rest @ ..] => {
                if let Some(extra) = rest.first() {
                    let found = self.finding(register::NO_SUCH_FIELD, extra.span, "a field has no parts of its own");
                    self.report.add(found);
                    return Found::Nothing;
                }
                match self.word_depth(&word.value) {
                    Some(depth) => self.field_at(depth, word, field),
                    None => self.find_part(word, field, span),
                }
            }
        }
    }

    fn find_bare(&mut self, name: &'a Name) -> Found {
        if let Some(depth) = self.word_depth(&name.value) {
            self.mention(depth);
            return Found::Word;
        }
        let innermost = self.lists.len().checked_sub(1);
        let field = self.lists.last().and_then(|inside| self.world.field(inside.fact, &name.value));
        let declared = self.scope.find(&name.value);
        match (innermost, field, declared) {
            (Some(depth), Some(field), None) => Found::Value(self.field(depth, field)),
            (Some(depth), Some(_), Some(entry)) => {
                self.mention(depth);
                let word = self.lists.get(depth).map(|inside| self.record_word(inside)).unwrap_or_default();
                let line = self.report.on_line(entry.place, self.file);
                let found = self
                    .finding(
                        register::AMBIGUOUS_NAME,
                        name.span,
                        format!("`{}` is a field of the {word}, and also {}{line}", name.value, entry.what.word()),
                    )
                    .help(format!(
                        "write `{word}.{}` for the field, or say what is meant in a `define` outside",
                        name.value
                    ));
                self.report.add(found);
                Found::Nothing
            }
            (None, _, Some(entry)) | (Some(_), None, Some(entry)) => self.declared(entry.what),
            (innermost, _, None) => {
                if let Some(depth) = innermost
                    && self.names == Names::Open
                    && let Some(field) = self.open_field(depth, &name.value)
                {
                    return Found::Value(self.field(depth, field));
                }
                self.not_declared(name);
                Found::Nothing
            }
        }
    }

    /// A field of the list record at `depth`.
    fn field(&mut self, depth: usize, field: FieldId) -> Lowered {
        self.mention(depth);
        let ty = self.lists.get(depth).map_or(ScalarType::Any, |inside| self.world.field_type(inside.fact, field));
        (ExprKind::Field { depth: u8::try_from(depth).unwrap_or(u8::MAX), field }, Type::Scalar(ty))
    }

    fn mention(&mut self, depth: usize) {
        if let Some(inside) = self.lists.get_mut(depth) {
            inside.mentions += 1;
        }
    }

    fn field_at(&mut self, depth: usize, word: &Name, field: &Name) -> Found {
        self.mention(depth);
        let Some(fact) = self.lists.get(depth).map(|inside| inside.fact) else { return Found::Nothing };
        let known = self.world.field(fact, &field.value);
        match known.or_else(|| self.open_field(depth, &field.value)) {
            Some(id) => Found::Value(self.field(depth, id)),
            None => {
                self.no_such_field(fact, &word.value, field);
                Found::Nothing
            }
        }
    }

    /// A new field of a record whose fields are open.
    fn open_field(&mut self, depth: usize, name: &str) -> Option<FieldId> {
        let fact = self.lists.get(depth)?.fact;
        self.open_field_of(fact, name)
    }

    pub(super) fn open_field_of(&mut self, fact: FactId, name: &str) -> Option<FieldId> {
        if self.names != Names::Open || !self.world.has_open_fields(fact) {
            return None;
        }
        match &mut self.world.schema.get_mut(fact)?.ty {
            FactType::Record { fields, .. } | FactType::List { fields, .. } => fields.list.push(FieldSchema {
                name: name.into(),
                ty: ScalarType::Any,
                not_mentioned: None,
                label: crate::language::Localized::default(),
                question: crate::language::Localized::default(),
            }),
            FactType::Scalar(_) => return None,
        }
        self.world.index_fields(fact);
        self.world.field(fact, name)
    }

    fn find_part(&mut self, owner: &'a Name, part: &'a Name, span: Span) -> Found {
        let Some(entry) = self.scope.find(&owner.value) else {
            self.not_declared(owner);
            return Found::Nothing;
        };
        match entry.what {
            Declared::Fact(fact) => self.find_field(fact, owner, part, span),
            Declared::Rule(rule) => self.find_criterion(rule, owner, part),
            Declared::Parameter(_)
            | Declared::Define(_)
            | Declared::CodeSet(_)
            | Declared::Table(_)
            | Declared::Party(_)
            | Declared::Source(_) => {
                let message = format!("`{}` is {}, and has no parts", owner.value, entry.what.word());
                let found = self.finding(register::NO_SUCH_FIELD, span, message);
                self.report.add(found);
                Found::Nothing
            }
        }
    }

    fn find_field(&mut self, fact: FactId, owner: &'a Name, part: &'a Name, span: Span) -> Found {
        self.use_fact(fact);
        if self.names == Names::Open {
            self.become_record(fact);
        }
        enum Shape {
            Record,
            List(Box<str>),
            Scalar,
        }
        let shape = match self.world.schema.get(fact).map(|fact| &fact.ty) {
            Some(FactType::Record { .. }) => Shape::Record,
            Some(FactType::List { word, .. }) => Shape::List(word.clone()),
            Some(FactType::Scalar(ScalarType::Any)) => return Found::Nothing,
            Some(FactType::Scalar(_)) | None => Shape::Scalar,
        };
        let (message, help) = match shape {
            Shape::Record => {
                let known = self.world.field(fact, &part.value);
                return match known.or_else(|| self.open_field_of(fact, &part.value)) {
                    Some(field) => {
                        let ty = self.world.field_type(fact, field);
                        Found::Value((ExprKind::RecordField(fact, field), Type::Scalar(ty)))
                    }
                    None => {
                        self.no_such_field(fact, &owner.value, part);
                        Found::Nothing
                    }
                };
            }
            Shape::List(word) => (
                format!("`{}` is a list: it has no one `{}`", owner.value, part.value),
                format!("say which records: `some {word} in {} has ({} …)`", owner.value, part.value),
            ),
            Shape::Scalar => {
                (format!("`{}` is no record, and has no fields", owner.value), "leave the dot out".to_owned())
            }
        };
        let found = self.finding(register::NO_SUCH_FIELD, span, message);
        self.report.add(found.help(help));
        Found::Nothing
    }

    fn find_criterion(&mut self, rule: RuleId, owner: &Name, part: &Name) -> Found {
        let criterion = self.world.rule(rule).and_then(|names| names.criterion(&part.value));
        if let Some(index) = criterion {
            return Found::Criterion(RuleTarget::Criterion(rule, index));
        }
        let lines: Vec<&str> = self.world.rule(rule).map(|names| names.lines().collect()).unwrap_or_default();
        let help = self.report.did_you_mean(&part.value, lines);
        let mut found =
            self.finding(register::NO_SUCH_FIELD, part.span, format!("`{}` has no line `{}`", owner.value, part.value));
        found.help = help;
        self.report.add(found);
        Found::Nothing
    }

    fn declared(&mut self, declared: Declared) -> Found {
        self.world.named.insert(declared);
        Found::Value(match declared {
            Declared::Fact(id) => {
                self.use_fact(id);
                (ExprKind::Fact(id), self.fact_type(id).unwrap_or(super::ANY))
            }
            Declared::Parameter(id) => {
                let ty = self.world.parameters.get(id.0 as usize).cloned().unwrap_or(ScalarType::Any);
                (ExprKind::Parameter(id), Type::Scalar(ty))
            }
            Declared::Define(id) => {
                let ty = self.world.defines.get(id.0 as usize).cloned().unwrap_or(super::ANY);
                (ExprKind::Define(id), ty)
            }
            Declared::Rule(id) => return Found::Rule(id),
            Declared::CodeSet(id) => return Found::CodeSet(id),
            Declared::Table(_) => return Found::Table,
            Declared::Party(_) | Declared::Source(_) => return Found::Other(declared),
        })
    }

    pub(super) fn use_fact(&mut self, id: FactId) {
        self.world.facts_used.insert(id);
    }

    fn not_declared(&mut self, name: &Name) {
        if self.scope.broken.contains(&*name.value) {
            self.report.set_incomplete();
            return;
        }
        let at = self.lists.last().filter(|_| self.report.is_generous());
        let fields = at.map(|inside| self.world.field_names(inside.fact)).unwrap_or_default();
        let words = self.lists.iter().filter_map(|inside| inside.word);
        let candidates = fields.iter().map(|field| &**field).chain(words).chain(self.scope.listed.iter().copied());
        let help = self.report.did_you_mean(&name.value, candidates);
        let message = match self.lists.last() {
            Some(inside) => {
                format!("`{}` is neither a field of the {} nor declared", name.value, self.record_word(inside))
            }
            None => format!("`{}` is not declared", name.value),
        };
        let mut found = self.finding(register::NOT_DECLARED, name.span, message);
        let elsewhere = self.world.declared_in.get(&*name.value);
        let help = elsewhere.map(|guideline| format!("`{guideline}` declares it: name that in `uses`")).or(help);
        let help = match &*name.value {
            "ja" | "true" => Some("write `yes`".to_owned()),
            "nej" | "false" => Some("write `no`".to_owned()),
            _ => help,
        };
        found.help = Some(help.unwrap_or_else(|| match self.names {
            Names::Declared => {
                format!("declare it, such as `fact {}: yes/no`, or name the guideline that does in `uses`", name.value)
            }
            Names::Open => "give it with the facts; `null` stands for a fact that was not given".to_owned(),
        }));
        self.report.add(found);
    }

    pub(super) fn no_such_field(&mut self, fact: FactId, owner: &str, field: &Name) {
        let generous = self.report.is_generous();
        let names = if generous { self.world.field_names(fact) } else { Vec::new() };
        let help = self.report.did_you_mean(&field.value, names.iter().map(|name| &**name)).unwrap_or_else(|| {
            let shown: Vec<&str> = names.iter().take(12).map(|name| &**name).collect();
            if shown.is_empty() { "see its declaration".to_owned() } else { format!("it has {}", shown.join(", ")) }
        });
        let found =
            self.finding(register::NO_SUCH_FIELD, field.span, format!("`{owner}` has no field `{}`", field.value));
        self.report.add(found.help(help));
    }

    /// Without a guideline, a fact that was not given is a record when it is used as one.
    pub(super) fn become_record(&mut self, fact: FactId) {
        self.become_shape(fact, FactType::Record { fields: Fields { list: Vec::new(), open: true }, or_none: true });
    }

    /// The same for a list.
    pub(super) fn become_list(&mut self, fact: FactId) {
        let fields = Fields { list: Vec::new(), open: true };
        self.become_shape(fact, FactType::List { word: "".into(), fields, complete: true });
    }

    fn become_shape(&mut self, fact: FactId, shape: FactType) {
        if let Some(schema) = self.world.schema.get_mut(fact)
            && schema.ty == FactType::Scalar(ScalarType::Any)
        {
            schema.ty = shape;
        }
    }

    fn example_field(&self, word: &str) -> Box<str> {
        self.word_depth(word)
            .and_then(|depth| self.lists.get(depth))
            .and_then(|inside| self.world.first_field(inside.fact))
            .unwrap_or_else(|| "field".into())
    }

    pub(super) fn whole_record(&mut self, found: &Expr) {
        let text = self.quoted(found.place);
        let help = "name one of its fields, or ask whether `there is a` one";
        self.whole(found.place, format!("{text} is a whole record, not a value"), help);
    }

    pub(super) fn whole_list(&mut self, found: &Expr) {
        let text = self.quoted(found.place);
        let help = "ask about its records: `some … has (…)`, `count …`, `the latest … of …`";
        self.whole(found.place, format!("{text} is a whole list, not a value"), help);
    }

    fn whole(&mut self, place: Place, message: String, help: &str) {
        self.report.add(crate::diagnostic::Diagnostic::new(register::WHOLE_AS_VALUE, place, message).help(help));
    }
}

/// A path as written.
pub(super) fn joined(path: &[Name]) -> String {
    let names: Vec<&str> = path.iter().map(|name| &*name.value).collect();
    names.join(".")
}
