//! Sets of codes as written, and whether a recorded code is in one.

use super::guide::Guide;
use super::value::Truth;
use riktlinje::syntax::ast;

/// "Only ICD-10-SE, ATC and ICD-10-CM are hierarchical."
pub fn is_hierarchical(system: &str) -> bool {
    matches!(system, "ICD-10-SE" | "ATC" | "ICD-10-CM")
}

/// "Codes are compared without the dot."
pub fn plain(code: &str) -> String {
    code.replace('.', "")
}

/// A set: the selectors of one place (`in F10-F19`) or the entries of a `codes` declaration.
pub enum CodeSet<'a> {
    One(String),
    Range(String, String),
    Named(&'a ast::Codes),
}

impl CodeSet<'_> {
    /// Whether exactly this code is a member: it, or one that it stands below, is included and not excepted.
    fn has(&self, guide: &Guide<'_>, hierarchical: bool, code: &str) -> bool {
        let covers = |above: &str| if hierarchical { code.starts_with(above) } else { code == above };
        match self {
            CodeSet::One(one) => covers(one),
            // Both ends included, with all that stands below them.
            CodeSet::Range(from, to) => code >= from.as_str() && (code <= to.as_str() || covers(to)),
            CodeSet::Named(codes) => codes.entries.iter().any(|entry| match &entry.kind {
                ast::CodesEntryKind::Codes { include, except } => {
                    let selected = |selector| of_selector(guide, selector).has(guide, hierarchical, code);
                    selected(include) && !except.iter().any(selected)
                }
                ast::CodesEntryKind::List(_) => false,
            }),
        }
    }

    /// Every code that is written anywhere in the set.
    fn written(&self, guide: &Guide<'_>) -> Vec<String> {
        match self {
            CodeSet::One(one) => vec![one.clone()],
            CodeSet::Range(from, to) => vec![from.clone(), to.clone()],
            CodeSet::Named(codes) => {
                let mut all = Vec::new();
                for entry in &codes.entries {
                    if let ast::CodesEntryKind::Codes { include, except } = &entry.kind {
                        for selector in std::iter::once(include).chain(except) {
                            all.extend(of_selector(guide, selector).written(guide));
                        }
                    }
                }
                all
            }
        }
    }

    /// "A code list not supplied: what is not otherwise in the set is unknown."
    fn has_list(&self, guide: &Guide<'_>) -> bool {
        let CodeSet::Named(codes) = self else { return false };
        codes.entries.iter().any(|entry| match &entry.kind {
            ast::CodesEntryKind::Codes { include, .. } => of_selector(guide, include).has_list(guide),
            ast::CodesEntryKind::List(_) => true,
        })
    }

    /// "`in` = point in set: yes; else something of the set stands below the recorded code: unknown; else no."
    pub fn contains(&self, guide: &Guide<'_>, hierarchical: bool, recorded: &str) -> Truth {
        if self.has(guide, hierarchical, recorded) {
            return Truth::Yes;
        }
        if self.has_list(guide) || (hierarchical && self.has_below(guide, recorded)) {
            return Truth::Unknown;
        }
        Truth::No
    }

    /// Tries every code that differs from the written ones in one place below the recorded code.
    fn has_below(&self, guide: &Guide<'_>, recorded: &str) -> bool {
        let mut candidates = Vec::new();
        for written in self.written(guide) {
            for length in recorded.len()..=written.len() {
                let Some(stem) = written.get(..length) else { continue };
                candidates.push(stem.to_owned());
                candidates.extend(('0'..='9').chain('A'..='Z').map(|next| format!("{stem}{next}")));
            }
        }
        let below = |code: &String| code.len() > recorded.len() && code.starts_with(recorded);
        candidates.iter().filter(|code| below(code)).any(|code| self.has(guide, true, code))
    }
}

fn of_selector<'a>(guide: &Guide<'a>, selector: &'a ast::CodeSelector) -> CodeSet<'a> {
    match selector {
        ast::CodeSelector::Code(code) => CodeSet::One(plain(&code.value)),
        ast::CodeSelector::Range(from, to) => CodeSet::Range(plain(&from.value), plain(&to.value)),
        ast::CodeSelector::Include(name) => CodeSet::Named(guide.codes(&name.value)),
    }
}

/// The right-hand side of `in`: the name of a set, a code, a range.
pub fn of_operand<'a>(guide: &Guide<'a>, set: &'a ast::Expr) -> CodeSet<'a> {
    match &set.kind {
        ast::ExprKind::Code { code, .. } => CodeSet::One(plain(&code.value)),
        ast::ExprKind::Text(code) => CodeSet::One(plain(code)),
        ast::ExprKind::CodeRange { from, to, .. } => CodeSet::Range(plain(&from.value), plain(&to.value)),
        ast::ExprKind::Path(path) => CodeSet::Named(guide.codes(&path[0].value)),
        other => panic!("not a set of codes: {other:?}"),
    }
}
