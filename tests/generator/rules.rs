//! Rules that are neither eligibilities nor recommendations: each kind in a part of the guidelines.

use super::guideline::{Size, Writer};
use super::tree::{at, interpretation, localized, name};
use super::value::RuleKind;
use riktlinje::syntax::ast::{self, Choice, Declaration};

const OPTIONS: &[&str] = &["clinic", "hospital", "at_home"];

impl Writer<'_> {
    pub fn other_rules(&mut self) {
        if self.random.percent(20) {
            self.checklist();
        }
        if self.random.percent(25) {
            self.proposal();
        }
    }

    /// A name that other rules may ask for; of a small guideline none do.
    pub fn can_be_asked(&mut self, id: String, kind: RuleKind) {
        if self.size != Size::Small {
            self.names.rules.push((id, kind));
        }
    }

    fn head(&mut self, id: &str) -> ast::RuleHead {
        ast::RuleHead {
            name: name(id),
            label: localized(id),
            grounds: interpretation(),
            when: self.random.percent(40).then(|| self.condition()),
            text: if self.random.percent(50) { localized(id) } else { ast::Localized::new() },
            covers: None,
        }
    }

    fn checklist(&mut self) {
        let head = self.head("application");
        let lines = 1 + self.random.below(3);
        let criteria = (0..lines).map(|line| {
            let must = line == 0 || self.random.percent(80);
            ast::Criterion {
                modality: if must { ast::Modality::Require } else { ast::Modality::Expect },
                name: name(&format!("line_{line}")),
                label: ast::Localized::new(),
                condition: self.condition(),
                grounds: Vec::new(),
                exceptions: Vec::new(),
                covers: None,
                span: ast::Span::default(),
            }
        });
        let criteria: Vec<ast::Criterion> = criteria.collect();
        for line in 0..lines {
            self.can_be_asked(format!("application.line_{line}"), RuleKind::Item);
        }
        self.can_be_asked("application".to_owned(), RuleKind::Checklist);
        self.items.push(Declaration::Checklist(Box::new(ast::Checklist { head, criteria })));
    }

    fn proposal(&mut self) {
        let head = self.head("level");
        let options = &OPTIONS[..2 + self.random.below(2)];
        let choice = self.random.pick(&[Choice::First, Choice::ExactlyOne, Choice::ExactlyOne, Choice::All]);
        let rows = (0..2 + self.random.below(3)).map(|_| ast::ProposeRow {
            option: name(self.random.pick(options)),
            condition: self.condition(),
            grounds: Vec::new(),
            span: ast::Span::default(),
        });
        let rows: Vec<ast::ProposeRow> = rows.collect();
        let otherwise = self.random.percent(40).then(|| name(self.random.pick(options)));
        let decided_by = if self.random.percent(50) { localized("somebody") } else { ast::Localized::new() };
        for option in options {
            self.can_be_asked(format!("level.{option}"), RuleKind::Option);
        }
        self.can_be_asked("level".to_owned(), RuleKind::Proposal);
        let options =
            options.iter().map(|option| ast::ProposeOption { name: name(option), label: localized(option) }).collect();
        let choice = Some(at(choice));
        self.items.push(Declaration::Propose(Box::new(ast::Propose {
            head,
            options_at: Some(ast::Span::default()),
            options,
            choice,
            rows,
            otherwise,
            decided_by,
        })));
    }
}
