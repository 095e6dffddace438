//! Words for people: labels, questions, texts, titles, in the languages that the guideline speaks.

use super::lints;
use super::report::{Report, finding};
use crate::diagnostic::codes;
use crate::language::{Language, Localized};
use crate::source::FileId;
use crate::syntax::ast;

/// What a text is for: decides what is said when it is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// What people see instead of the name.
    Label,
    /// What is asked, or shown only where it is written.
    Optional,
    /// The name of an organisation: its words are not ours.
    Name,
    /// The title of a document or law: its words are not ours, and it has them in its own language.
    Title,
}

/// Reads the texts of one file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wording {
    pub(super) file: FileId,
    pub(super) languages: Languages,
}

/// The languages that a guideline speaks: those of its title.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Languages {
    swedish: Option<Spoken>,
    english: Option<Spoken>,
}

/// A language is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spoken;

impl Languages {
    /// Those of a title.
    pub(super) fn of(title: &Localized) -> Languages {
        Languages { swedish: title.sv.as_ref().map(|_| Spoken), english: title.en.as_ref().map(|_| Spoken) }
    }

    /// The spoken languages that a text lacks.
    fn lacking(self, text: &Localized) -> Vec<Language> {
        let mut lacking = Vec::new();
        if self.swedish.is_some() && text.sv.is_none() {
            lacking.push(Language::Swedish);
        }
        if self.english.is_some() && text.en.is_none() {
            lacking.push(Language::English);
        }
        lacking
    }

    fn is_empty(self) -> bool {
        self == Languages::default()
    }
}

impl Wording {
    /// The texts of something called `name`; reports languages that do not exist, come twice or are missing.
    pub(super) fn read(
        &self,
        texts: &[ast::LocalizedText],
        purpose: Purpose,
        name: &ast::Name,
        report: &mut Report<'_>,
    ) -> Localized {
        let read = localized(texts, self.file, report);
        let span = texts.first().map_or(name.span, |text| text.language.span);
        if texts.is_empty() {
            if purpose == Purpose::Label && !self.languages.is_empty() {
                lints::missing_label::report(name, self.file, report);
            }
        } else if purpose != Purpose::Title {
            for language in self.languages.lacking(&read) {
                lints::missing_language::report(language, &name.value, self.file, span, report);
            }
        }
        match purpose {
            Purpose::Label | Purpose::Optional => {
                for text in texts.iter().filter(|text| &*text.language.value == Language::Swedish.tag()) {
                    lints::stigmatising_word::look(&text.text, self.file, report);
                }
            }
            Purpose::Name | Purpose::Title => {}
        }
        read
    }
}

/// The texts by language.
pub(super) fn localized(texts: &[ast::LocalizedText], file: FileId, report: &mut Report<'_>) -> Localized {
    let mut read = Localized::default();
    for text in texts {
        let slot = match &*text.language.value {
            "sv" => &mut read.sv,
            "en" => &mut read.en,
            other => {
                let message = format!("`{other}` is no language that outcomes speak");
                report.add(finding(codes::UNKNOWN_WORD, file, text.language.span, message).help("write `sv` or `en`"));
                continue;
            }
        };
        if slot.is_some() {
            let message = format!("the text in `{}` stands here twice", text.language.value);
            report.add(finding(codes::SAID_TWICE, file, text.language.span, message));
        } else {
            *slot = Some(text.text.value.clone());
        }
    }
    read
}
