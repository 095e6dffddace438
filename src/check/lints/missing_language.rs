//! `missing-language`: a text is there in one of the guideline's languages and lacks another.
//!
//! A reader of the other language gets a text that is not theirs. The languages are those of the guideline's title.
//! Fires: `label sv "Vikt"` where the title is in sv and en. Does not fire: `label sv "Vikt" en "Weight"`.

use crate::check::report::{Report, finding};
use crate::diagnostic::codes;
use crate::language::Language;
use crate::source::FileId;
use crate::syntax::ast::Span;

pub(in crate::check) fn report(language: Language, name: &str, file: FileId, span: Span, report: &mut Report<'_>) {
    let word = match language {
        Language::Swedish => "Swedish",
        Language::English => "English",
    };
    let message = format!("a text of `{name}` is missing in {word}, which the guideline's title speaks");
    report.add(finding(codes::MISSING_LANGUAGE, file, span, message).help(format!("add `{} \"…\"`", language.tag())));
}
