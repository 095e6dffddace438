//! Why a statement may be believed: a citation, our own interpretation, or a decision. Every outcome carries its own.

use crate::language::{FreeText, Localized};
use crate::value::Date;

/// The ground of a rule or of one line of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Ground {
    /// A source says so.
    Citation(Box<Citation>),
    /// Nobody says so: we read it that way.
    Interpretation {
        /// The reason in the author's words.
        why: FreeText,
    },
    /// Somebody decided it locally.
    Decision {
        /// Who.
        by: Box<str>,
        /// When.
        on: Date,
    },
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Citation {
    /// The source's name in the rule file, `BCS`.
    pub source: Box<str>,
    /// What kind of source.
    pub kind: SourceKind,
    /// Its title.
    pub title: Localized,
    /// Who published it.
    pub publisher: Option<Box<str>>,
    /// Heading, section or number; `None` where the author says that there is no locator.
    pub locator: Option<Box<str>>,
    /// The source that reports it, where it was not read itself.
    pub reported_by: Option<Box<str>>,
    /// The title of that source; empty where there is none.
    pub reported_title: Localized,
    /// How sure it is: the reporting source's own certainty, at most `Authority`, where there is one.
    pub certainty: Certainty,
    /// Where it can be read.
    pub url: Option<Box<str>>,
}

/// What kind of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of the language, see `docs::language`")]
pub enum SourceKind {
    Rmr,
    Vip,
    NationalGuideline,
    Regulation,
    Law,
    Local,
    Article,
    Instrument,
    ProductLabel,
}

/// How sure it is that the source says so. Ordered: the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// Its text was read.
    Seen,
    /// Its issuer says what it says.
    Authority,
    /// Somebody else says what it says.
    SecondHand,
    /// Nobody has looked.
    Unchecked,
}

impl SourceKind {
    /// With their names in a rule file.
    pub const ALL: [(SourceKind, &'static str); 9] = [
        (SourceKind::Rmr, "RMR"),
        (SourceKind::Vip, "VIP"),
        (SourceKind::NationalGuideline, "national_guideline"),
        (SourceKind::Regulation, "regulation"),
        (SourceKind::Law, "law"),
        (SourceKind::Local, "local"),
        (SourceKind::Article, "article"),
        (SourceKind::Instrument, "instrument"),
        (SourceKind::ProductLabel, "product_label"),
    ];

    /// The name in a rule file.
    #[must_use]
    pub fn name(self) -> &'static str {
        SourceKind::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

impl Certainty {
    /// With their names in a rule file.
    pub const ALL: [(Certainty, &'static str); 4] = [
        (Certainty::Seen, "seen"),
        (Certainty::Authority, "authority"),
        (Certainty::SecondHand, "second_hand"),
        (Certainty::Unchecked, "unchecked"),
    ];

    /// The name in a rule file.
    #[must_use]
    pub fn name(self) -> &'static str {
        Certainty::ALL.iter().find(|(certainty, _)| *certainty == self).map_or("", |(_, name)| name)
    }
}

impl Ground {
    /// Whether an outcome that rests on it may say `verified`: only what was read in its source, or told by its issuer.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        match self {
            Ground::Citation(citation) => citation.certainty <= Certainty::Authority,
            Ground::Interpretation { .. } | Ground::Decision { .. } => false,
        }
    }
}
