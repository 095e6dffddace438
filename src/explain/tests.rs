//! Explanations of small guidelines, and of many random ones against brute force.

use super::{Explanation, missing};
use crate::eval::Evaluator;
use crate::facts::Facts;
use crate::outcome::{RuleStatus, Situation};
use crate::program::{Program, RuleIndex};
use crate::source::{FileId, Source};
use crate::value::{Date, FactValue};

struct World {
    sources: Vec<Source>,
    evaluator: Evaluator,
}

impl World {
    fn new(text: &str) -> World {
        let head = "guideline test\n    language 1\n    title en \"Test\"\n    version 1.0.0\n    status draft\n    about patient\n";
        let source = Source::new("test.guide", format!("{head}{text}"));
        let (file, found) = crate::syntax::parse(FileId(0), source.text());
        let sources = vec![source];
        let (meant, mut more) = crate::check::check(&sources, &[file], &crate::code_lists::CodeLists::new());
        more.extend(found);
        for diagnostic in &mut more {
            diagnostic.locate(&sources);
        }
        let errors: Vec<String> = more.iter().map(ToString::to_string).collect();
        let meant = meant.unwrap_or_else(|| panic!("{}", errors.join("\n")));
        World { sources, evaluator: Evaluator::new(Program::lower(&meant)) }
    }

    fn facts(&self, yaml: &str) -> Facts {
        crate::facts::yaml::read(&self.evaluator.program.schema, yaml).unwrap()
    }

    fn missing(&self, yaml: &str) -> Vec<String> {
        let moment = self.evaluator.on("2026-11-22".parse().unwrap());
        let facts = self.facts(yaml);
        let situation = Situation::new(&moment, &self.sources, &facts);
        let mut names: Vec<String> =
            missing(&situation, &situation.rules()).into_iter().map(|missing| missing.fact).collect();
        names.sort();
        names
    }

    fn explain(&self, yaml: &str) -> Explanation {
        let moment = self.evaluator.on("2026-11-22".parse().unwrap());
        let facts = self.facts(yaml);
        let situation = Situation::new(&moment, &self.sources, &facts);
        let rule = *situation.rules().last().unwrap();
        Explanation::of(&situation, rule)
    }
}

#[test]
fn try_it() {
    let world = World::new(
        "fact birth_date: date\nfact a: yes/no\nfact b: yes/no\neligibility e\n    our interpretation \"x\"\n    require age: age at least 20 years\n    require a: a or b\n",
    );
    println!("{}", world.explain("birth_date: 2010-01-01\na: no").to_json());
    println!("{}", world.explain("birth_date: 2010-01-01\na: no").to_text(crate::Language::Swedish));
    println!("{:?}", world.missing("a: no"));
    println!("{}", world.explain("a: no").to_text(crate::Language::English));
}
