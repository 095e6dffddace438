//! The languages that outcomes speak.

use serde::Serialize;

/// A language of labels, texts and renderings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// `sv`
    Swedish,
    /// `en`
    English,
}

impl Language {
    /// `sv` or `en`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Language::Swedish => "sv",
            Language::English => "en",
        }
    }
}

/// A text in the languages in which its author wrote it. Serialises as `{"sv":"…","en":"…"}`, absent ones left out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Localized {
    /// Swedish.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sv: Option<Box<str>>,
    /// English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<Box<str>>,
}

/// A text of which its author may say in which languages it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FreeText {
    /// In no stated language.
    Plain(Box<str>),
    /// By language; there is at least one.
    Localized(Localized),
}

impl FreeText {
    /// The text in that language, else as it is.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match self {
            FreeText::Plain(text) => text,
            FreeText::Localized(texts) => texts.get(language).unwrap_or_default(),
        }
    }
}

impl Localized {
    /// The text in that language, else in the other; `None` when there is none at all.
    #[must_use]
    pub fn get(&self, language: Language) -> Option<&str> {
        let (first, second) = match language {
            Language::Swedish => (&self.sv, &self.en),
            Language::English => (&self.en, &self.sv),
        };
        first.as_deref().or(second.as_deref())
    }

    /// Whether no language has a text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sv.is_none() && self.en.is_none()
    }
}
