//! What a file says about the guideline in it: the one place where its header is searched.

use super::{
    ChangeKind, DayLiteral, Declaration, File, Guideline, GuidelineClauseKind, Name, Reference, RuleHead, Spanned,
};

impl File {
    /// The guideline that the file declares; of two the first.
    #[must_use]
    pub fn guideline(&self) -> Option<&Guideline> {
        self.items.iter().find_map(|item| {
            if let Declaration::Guideline(guideline) = &item.declaration { Some(&**guideline) } else { None }
        })
    }
}

impl Guideline {
    /// The guidelines whose names it sees, in the order written.
    pub fn uses(&self) -> impl Iterator<Item = &Reference> {
        self.clauses
            .iter()
            .flat_map(|clause| if let GuidelineClauseKind::Uses(names) = &clause.kind { names.as_slice() } else { &[] })
    }

    /// The guideline that it adapts, then those that it uses.
    pub fn rests_on(&self) -> impl Iterator<Item = &Reference> {
        self.adapts.iter().chain(self.uses())
    }

    /// `1.0.0`
    #[must_use]
    pub fn version(&self) -> Option<&Name> {
        self.clauses.iter().find_map(|clause| {
            if let GuidelineClauseKind::Version(version) = &clause.kind { Some(version) } else { None }
        })
    }

    /// Findings that its author knows of, `unused-source`.
    pub fn allows(&self) -> impl Iterator<Item = &Name> {
        self.clauses.iter().flat_map(|clause| {
            if let GuidelineClauseKind::Allow(names) = &clause.kind { names.as_slice() } else { &[] }
        })
    }

    /// The first day in force and, where it says so, the last.
    #[must_use]
    pub fn in_force(&self) -> Option<(&Spanned<DayLiteral>, Option<&Spanned<DayLiteral>>)> {
        self.clauses.iter().find_map(|clause| {
            if let GuidelineClauseKind::InForce { from, through } = &clause.kind {
                Some((from, through.as_ref()))
            } else {
                None
            }
        })
    }
}

impl Declaration {
    /// The name that it declares; assumptions, the leap-day policy and changes declare none.
    #[must_use]
    pub fn name(&self) -> Option<&Name> {
        match self {
            Declaration::Guideline(declared) => Some(&declared.name),
            Declaration::Source(declared) => Some(&declared.name),
            Declaration::Party(declared) => Some(&declared.name),
            Declaration::Codes(declared) => Some(&declared.name),
            Declaration::Fact(declared) => Some(&declared.name),
            Declaration::Parameter(declared) => Some(&declared.name),
            Declaration::Define(declared) => Some(&declared.name),
            Declaration::Table(declared) => Some(&declared.name),
            Declaration::Eligibility(declared) => Some(&declared.name),
            Declaration::Recommend(declared) => Some(&declared.name),
            Declaration::Checklist(declared) => Some(&declared.head.name),
            Declaration::Task(declared) => Some(&declared.head.name),
            Declaration::Parallel(declared) => Some(&declared.head.name),
            Declaration::Schedule(declared) => Some(&declared.head.name),
            Declaration::Score(declared) => Some(&declared.head.name),
            Declaration::Propose(declared) => Some(&declared.head.name),
            Declaration::Indicator(declared) => Some(&declared.head.name),
            Declaration::Assume(_) | Declaration::LeapDay(_) | Declaration::Change(_) => None,
        }
    }

    /// The word that begins it.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            Declaration::Guideline(_) => "guideline",
            Declaration::Source(_) => "source",
            Declaration::Party(_) => "party",
            Declaration::Codes(_) => "codes",
            Declaration::Fact(_) => "fact",
            Declaration::Parameter(_) => "parameter",
            Declaration::Define(_) => "define",
            Declaration::Table(_) => "table",
            Declaration::Eligibility(_) => "eligibility",
            Declaration::Recommend(_) => "recommend",
            Declaration::Checklist(_) => "checklist",
            Declaration::Task(_) => "task",
            Declaration::Parallel(_) => "parallel",
            Declaration::Schedule(_) => "schedule",
            Declaration::Score(_) => "score",
            Declaration::Propose(_) => "propose",
            Declaration::Indicator(_) => "indicator",
            Declaration::Assume(_) => "assume",
            Declaration::LeapDay(_) => "leap day",
            Declaration::Change(change) => match change.kind {
                ChangeKind::Add { .. } => "add",
                ChangeKind::ReplaceLine { .. } | ChangeKind::Replace(_) => "replace",
                ChangeKind::Remove(_) => "remove",
                ChangeKind::Set { .. } => "set",
            },
        }
    }
}

impl Declaration {
    /// What it has in common with other rules.
    pub(crate) fn head_mut(&mut self) -> Option<&mut RuleHead> {
        match self {
            Declaration::Checklist(rule) => Some(&mut rule.head),
            Declaration::Task(rule) => Some(&mut rule.head),
            Declaration::Parallel(rule) => Some(&mut rule.head),
            Declaration::Schedule(rule) => Some(&mut rule.head),
            Declaration::Score(rule) => Some(&mut rule.head),
            Declaration::Propose(rule) => Some(&mut rule.head),
            Declaration::Indicator(rule) => Some(&mut rule.head),
            Declaration::Guideline(_)
            | Declaration::Source(_)
            | Declaration::Party(_)
            | Declaration::Codes(_)
            | Declaration::Fact(_)
            | Declaration::Parameter(_)
            | Declaration::Assume(_)
            | Declaration::LeapDay(_)
            | Declaration::Define(_)
            | Declaration::Table(_)
            | Declaration::Eligibility(_)
            | Declaration::Recommend(_)
            | Declaration::Change(_) => None,
        }
    }
}
