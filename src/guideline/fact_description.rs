//! The facts that a guideline reads, as a tool needs them that draws a form or fills one.

use super::Guideline;
use crate::language::Localized;
use crate::outcome::reach::{self, Reach};
use crate::program::{Operand, Program};
use crate::schema::{self, FactId, FactType, ScalarType};
use crate::value::{Duration, ListCompleteness, Number, System, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// One fact that a guideline declares: what it is, what people call it, and what reads it. Plain data; its JSON is in
/// `docs::facts`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FactDescription {
    /// The name that it is given by.
    pub name: String,
    /// Whether it is the patient's or the unit's.
    pub role: FactRole,
    /// What it holds.
    pub kind: FactKind,
    /// Of a number that is an item of a score the values that it can have, as all its scores have it; else `None`: any.
    pub allowed: Option<AllowedNumbers>,
    /// What people call it; empty where the author gave none.
    pub label: Localized,
    /// What to ask for it; empty where the author gave none.
    pub question: Localized,
    /// What it means that it is not given, where the author says so; `None`: unknown.
    pub not_mentioned: Option<bool>,
    /// How long after the day on which it was true it still counts; `None`: always.
    pub valid_for: Option<Duration>,
    /// The guideline's rules that read it, `eligibility.laro`, lines that only show included, and the definitions that it
    /// shows, `values.next_conference`; directly, or through a definition or another rule; in the order of the file. None:
    /// only an assumption reads it, or a rule of a guideline that this one uses.
    pub read_by: Vec<String>,
}

/// The values that a number can have. Others are refused when facts are read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum AllowedNumbers {
    /// The whole numbers from the first through the last.
    Whole {
        /// The first.
        low: i64,
        /// The last.
        high: i64,
    },
    /// These, ascending, none twice.
    Listed(Vec<Number>),
}

/// Whose fact it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactRole {
    /// `fact`: the patient's, or of what else the guideline is about.
    Patient,
    /// `setting`: the unit's, the same for all its patients.
    Setting,
}

/// What a fact holds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FactKind {
    /// One value.
    Value(ValueKind),
    /// Several fields.
    Record {
        /// In the order declared; at least one.
        fields: Vec<FieldDescription>,
        /// Whether it can be known that there is none.
        or_none: bool,
    },
    /// Any number of records.
    List {
        /// What one of them is called, `diagnosis`.
        word: String,
        /// Of each of them, in the order declared; at least one.
        fields: Vec<FieldDescription>,
        /// `Complete` or `Open`, where the caller says nothing else.
        completeness: ListCompleteness,
    },
}

/// One field of a record or of the records of a list.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FieldDescription {
    /// The name that it is given by.
    pub name: String,
    /// What it holds.
    pub kind: ValueKind,
    /// What people call it; empty where the author gave none.
    pub label: Localized,
    /// What to ask for it; empty where the author gave none.
    pub question: Localized,
    /// What it means that it is not given, where the author says so; `None`: unknown.
    pub not_mentioned: Option<bool>,
}

/// What one value is.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ValueKind {
    /// yes or no
    Truth,
    /// A bare number.
    Number,
    /// A number in this unit, or in one that converts to it exactly.
    Quantity(Unit),
    /// Free text.
    Text,
    /// A day, which may be known in part.
    Date {
        /// Whether it can be known that there is none.
        or_none: bool,
    },
    /// A length of time.
    Duration,
    /// From one day through another.
    Period,
    /// A code of this system.
    Code(System),
    /// One of these words, in the order declared.
    Choice(Vec<String>),
}

impl FactRole {
    /// As in a rule file: `fact`, `setting`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            FactRole::Patient => "fact",
            FactRole::Setting => "setting",
        }
    }
}

impl FactKind {
    /// `yes_no`, `number`, `quantity`, `text`, `date`, `duration`, `period`, `code`, `choice`, `record`, `list`
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            FactKind::Value(kind) => kind.name(),
            FactKind::Record { .. } => "record",
            FactKind::List { .. } => "list",
        }
    }

    /// The fields of a record or of a list's records; none of one value.
    #[must_use]
    pub fn fields(&self) -> &[FieldDescription] {
        match self {
            FactKind::Value(_) => &[],
            FactKind::Record { fields, .. } | FactKind::List { fields, .. } => fields,
        }
    }
}

impl ValueKind {
    /// `yes_no`, `number`, `quantity`, `text`, `date`, `duration`, `period`, `code`, `choice`
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            ValueKind::Truth => "yes_no",
            ValueKind::Number => "number",
            ValueKind::Quantity(_) => "quantity",
            ValueKind::Text => "text",
            ValueKind::Date { .. } => "date",
            ValueKind::Duration => "duration",
            ValueKind::Period => "period",
            ValueKind::Code(_) => "code",
            ValueKind::Choice(_) => "choice",
        }
    }
}

impl Guideline {
    /// The facts and settings that it and what it uses declare, in the order of the files, its own first.
    ///
    /// ```
    /// # use riktlinje::{Guideline, Source};
    /// # let text = "guideline g\n    language 1\n    title en \"G\"\n    version 1.0.0\n    status draft\n    about patient\n\
    /// # fact sex: one of woman, man, other\n    label en \"Sex\"\n    question en \"Which?\"\n\
    /// # eligibility pregnancy\n    label en \"Asked about pregnancy\"\n    our interpretation \"an example\"\n    require sex: sex is woman\n        label en \"Woman\"\n";
    /// # let guideline = Guideline::compile([Source::new("g.guide", text)])?;
    /// use riktlinje::{FactKind, Language, ValueKind};
    /// for fact in guideline.fact_descriptions() {
    ///     println!("{}", fact.question.get(Language::English).unwrap_or(&fact.name));
    ///     if let FactKind::Value(ValueKind::Choice(words)) = &fact.kind {
    ///         assert_eq!((&*fact.name, words.len()), ("sex", 3));
    ///     }
    ///     assert_eq!(fact.read_by, ["eligibility.pregnancy"]);
    /// }
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    #[must_use]
    pub fn fact_descriptions(&self) -> Vec<FactDescription> {
        let mut readers = self.readers();
        let facts = self.schema().iter().filter_map(|(id, fact)| {
            Some(FactDescription {
                name: fact.name.to_string(),
                role: match fact.role {
                    schema::FactRole::Patient => FactRole::Patient,
                    schema::FactRole::Setting => FactRole::Setting,
                },
                kind: kind(&fact.ty)?,
                allowed: fact.allowed.as_ref().map(|allowed| match allowed {
                    schema::Allowed::Whole { low, high } => AllowedNumbers::Whole { low: *low, high: *high },
                    schema::Allowed::Listed(numbers) => AllowedNumbers::Listed(numbers.to_vec()),
                }),
                label: fact.label.clone(),
                question: fact.question.clone(),
                not_mentioned: fact.not_mentioned,
                valid_for: fact.valid_for,
                read_by: readers.remove(&id).unwrap_or_default(),
            })
        });
        facts.collect()
    }

    /// By fact what reads it.
    fn readers(&self) -> BTreeMap<FactId, Vec<String>> {
        let program = &*self.evaluator().program;
        let rules = self.inner.rules.iter().map(|(name, rule)| (name.clone(), reach::of_rule(program, *rule)));
        let own = program.shown.iter().filter(|shown| shown.layer.0 == 0);
        let shown = own.map(|shown| (format!("values.{}", shown.name), reach::of_value(program, shown.value)));
        let mut readers: BTreeMap<FactId, Vec<String>> = BTreeMap::new();
        for (name, reach) in rules.chain(shown) {
            for fact in facts(program, &reach) {
                readers.entry(fact).or_default().push(name.clone());
            }
        }
        readers
    }
}

fn facts(program: &Program, reach: &Reach) -> BTreeSet<FactId> {
    let fact = |operand: &Operand| match operand {
        Operand::Slot(slot) => program.slots.get(slot.0 as usize).map(|slot| slot.fact),
        Operand::List(list) | Operand::Field { list, .. } => program.lists.get(list.0 as usize).map(|list| list.fact),
    };
    reach.operands.iter().filter_map(fact).collect()
}

/// `None` for what only an expression without a guideline has.
fn kind(ty: &FactType) -> Option<FactKind> {
    Some(match ty {
        FactType::Scalar(ty) => FactKind::Value(value_kind(ty)?),
        FactType::Record { fields: declared, or_none } => {
            FactKind::Record { fields: fields(declared), or_none: *or_none }
        }
        FactType::List { word, fields: declared, complete } => FactKind::List {
            word: word.to_string(),
            fields: fields(declared),
            completeness: if *complete { ListCompleteness::Complete } else { ListCompleteness::Open },
        },
    })
}

fn fields(declared: &schema::Fields) -> Vec<FieldDescription> {
    let fields = declared.list.iter().filter_map(|field| {
        Some(FieldDescription {
            name: field.name.to_string(),
            kind: value_kind(&field.ty)?,
            label: field.label.clone(),
            question: field.question.clone(),
            not_mentioned: field.not_mentioned,
        })
    });
    fields.collect()
}

fn value_kind(ty: &ScalarType) -> Option<ValueKind> {
    Some(match ty {
        ScalarType::Truth => ValueKind::Truth,
        ScalarType::Number => ValueKind::Number,
        ScalarType::Quantity(unit) => ValueKind::Quantity(unit.clone()),
        ScalarType::Text => ValueKind::Text,
        ScalarType::Date { or_none } => ValueKind::Date { or_none: *or_none },
        ScalarType::Duration => ValueKind::Duration,
        ScalarType::Period => ValueKind::Period,
        ScalarType::Code(system) => ValueKind::Code(*system),
        ScalarType::Choice(words) => ValueKind::Choice(words.iter().map(ToString::to_string).collect()),
        ScalarType::Any => return None,
    })
}
