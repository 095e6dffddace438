//! Scores as meant.

use super::{Common, Expr};
use crate::ground::Ground;
use crate::language::Localized;
use crate::source::Place;

/// A total of points with its bands.
#[derive(Debug, Clone)]
pub(crate) struct Score {
    pub(crate) common: Common,
    /// In the order written; none where the total is a value of its own.
    pub(crate) items: Vec<ScoreItem>,
    /// A number or quantity: the sum of the items, or what the total is said to be.
    pub(crate) total: Expr,
    /// In the order written: the first that holds counts.
    pub(crate) bands: Vec<Band>,
}

#[derive(Debug, Clone)]
pub(crate) struct ScoreItem {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    /// A fact, or an `if` of the points.
    pub(crate) points: Expr,
    pub(crate) place: Place,
}

#[derive(Debug, Clone)]
pub(crate) struct Band {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    /// Empty where the band says nothing to people.
    pub(crate) text: Localized,
    /// Its own, or the score's.
    pub(crate) grounds: Vec<Ground>,
    pub(crate) condition: Expr,
    pub(crate) place: Place,
}
