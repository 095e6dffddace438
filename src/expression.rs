//! One expression without a guideline, or with the names of one: how `expr` and the tests of the language ask.

use crate::check;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, FactError};
use crate::eval::{Cells, Evaluator};
use crate::facts::{Facts, infer, json, yaml};
use crate::guideline::Guideline;
use crate::limits::Limits;
use crate::outcome::Answer;
use crate::program::{Program, ValueOp};
use crate::schema::Schema;
use crate::source::{FileId, Source};
use crate::syntax::{self, ast};
use crate::value::Date;

/// A condition or a value as it would stand in a rule file, apart from any guideline.
///
/// ```
/// use riktlinje::{Answer, Expression, FactValue};
/// let expression = Expression::parse("weight at least 50 kg and not pregnant").unwrap();
/// let facts = r#"{"weight": {"quantity": 61, "unit": "kg"}, "pregnant": null}"#;
/// assert_eq!(expression.evaluate(facts, None, None), Ok(Answer::Unknown));
/// let light = r#"{"weight": {"quantity": 47, "unit": "kg"}, "pregnant": null}"#;
/// assert_eq!(expression.evaluate(light, None, None), Ok(Answer::Known(FactValue::Truth(false))));
/// ```
#[derive(Debug, Clone)]
pub struct Expression {
    text: Source,
    tree: ast::Expr,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// [`Error::Guideline`] with what is wrong with it.
    pub fn parse(text: &str) -> Result<Expression, Error> {
        let source = Source::new("expression", text);
        match syntax::parse_expression(FileId(0), text) {
            Ok(tree) => Ok(Expression { text: source, tree }),
            Err(diagnostics) => Err(located(diagnostics, &[source])),
        }
    }

    /// Its value for facts in JSON, whose types are read from their values; see `docs::runner` for their forms. With a
    /// guideline its facts, definitions, parameters and code sets can be named, too, and facts that it declares are
    /// read as it declares them.
    ///
    /// # Errors
    /// [`Error::Facts`] when the facts cannot be read, [`Error::Guideline`] when a name is not there or types do not fit,
    /// [`Error::NoValue`] when it cannot be computed (division by nought, a date outside the calendar), or looks at `today` and
    /// there is no date.
    pub fn evaluate(&self, facts: &str, as_of: Option<Date>, with: Option<&Guideline>) -> Result<Answer, Error> {
        self.answer(facts, as_of, with, infer::from_json, json::read)
    }

    /// As [`Expression::evaluate`], for facts in YAML.
    ///
    /// # Errors
    /// As [`Expression::evaluate`].
    pub fn evaluate_yaml(&self, facts: &str, as_of: Option<Date>, with: Option<&Guideline>) -> Result<Answer, Error> {
        self.answer(facts, as_of, with, infer::from_yaml, yaml::read)
    }

    fn answer(
        &self,
        text: &str,
        as_of: Option<Date>,
        with: Option<&Guideline>,
        infer: fn(&str, &Limits, &Schema) -> Read<(Schema, Facts)>,
        read: fn(&Schema, &Limits, &str) -> Read<Facts>,
    ) -> Result<Answer, Error> {
        // Definitions can be asked for on days on which the guideline is not in force; which versions they rest on is the
        // date's to say.
        let with = match (with, as_of) {
            (Some(guideline), Some(day)) => Some(guideline.for_definitions_on(day)?),
            (guideline, _) => guideline,
        };
        let limits = with.map(|guideline| guideline.limits().clone()).unwrap_or_default();
        let declared = with.map(|guideline| guideline.schema().clone()).unwrap_or_default();
        let (inferred, mut facts) = infer(text, &limits, &declared).map_err(Error::Facts)?;
        // The guideline's declarations come first, so its facts keep their numbers.
        let mut schema = declared;
        for (_, fact) in inferred.iter() {
            let _ = schema.add(fact.clone());
        }
        if with.is_some() {
            facts = read(&schema, &limits, text).map_err(Error::Facts)?;
        }
        let meant = check::check_expression(&self.tree, &schema, with.map(Guideline::meant))
            .map_err(|diagnostics| located(diagnostics, std::slice::from_ref(&self.text)))?;
        let program = Program::lower(&meant);
        if as_of.is_none() && program.values.contains(&ValueOp::Today) {
            return Err(Error::NoValue { why: "it looks at `today`, and there is no date".into() });
        }
        let evaluator = Evaluator::new(program).within(&limits);
        let bound = evaluator.bind(&facts);
        let mut cells = Cells::default();
        // Without `today` in it, every day gives the same.
        evaluator.on(as_of.unwrap_or(Date::MIN)).evaluate(&bound, &mut cells);
        let answer = evaluator.program.shown.last().map_or(Answer::Unknown, |shown| {
            crate::outcome::answer(&evaluator.program, &bound, &shown.ty, cells.value(shown.value))
        });
        // Another rule of the guideline may have a fault that is none of the expression's.
        let settled = with.is_some() && matches!(answer, Answer::Known(_));
        match cells.faults().first() {
            Some((_, fault)) if !settled => Err(Error::NoValue { why: fault.to_string() }),
            Some(_) | None => Ok(answer),
        }
    }
}

type Read<T> = Result<T, Vec<FactError>>;

fn located(mut diagnostics: Vec<Diagnostic>, sources: &[Source]) -> Error {
    crate::diagnostic::locate(&mut diagnostics, sources);
    Error::Guideline(diagnostics)
}
