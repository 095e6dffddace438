//! One value on its own, as a fact's type wants it: what a column of many patients holds.

use super::builder::Fit;
use super::mistakes::{Mistakes, Path};
use super::scalar;
use crate::error::FactError;
use crate::schema::{FactSchema, ScalarType};
use crate::value::FactValue;

/// The value of a fact that is no record and no list; a text is read as in JSON.
///
/// # Errors
/// What is wrong with it, `path` being where it stands.
pub(crate) fn of_fact(
    fact: &FactSchema,
    ty: &ScalarType,
    value: FactValue,
    path: &str,
) -> Result<Option<FactValue>, Vec<FactError>> {
    let value = of_type(ty, value, path)?;
    match value.as_ref().and_then(|value| scalar::not_allowed(fact, value)) {
        None => Ok(value),
        Some(wrong) => {
            let mut mistakes = Mistakes::default();
            mistakes.add(&Path::Key(&Path::Start, path), None, None, || wrong);
            Err(mistakes.without_lines())
        }
    }
}

/// The value of a field.
///
/// # Errors
/// What is wrong with it, `path` being where it stands.
pub(crate) fn of_type(ty: &ScalarType, value: FactValue, path: &str) -> Result<Option<FactValue>, Vec<FactError>> {
    let mut mistakes = Mistakes::default();
    let value = Fit::new(&mut mistakes).scalar(&Path::Key(&Path::Start, path), ty, value);
    if mistakes.is_empty() { Ok(value) } else { Err(mistakes.without_lines()) }
}
