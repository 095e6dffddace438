//! JSONLogic: a compiled rule each, evaluated on data parsed before, in one session's arena.

use crate::contest::Peer;
use crate::languages;
use crate::workload::Rule;
use datalogic_rs::{Engine, Logic, ParsedData, Session};

pub struct DataLogic {
    session: Session<'static>,
    rules: Vec<Logic>,
}

impl Peer for DataLogic {
    type Input = ParsedData;
    const NAME: &'static str = "datalogic-rs (JSONLogic)";
    const VERSION: &'static str = "5.4";
    const NOTE: &'static str = "200 rules one after the other in one arena session, data parsed before and lent";

    fn compile(rules: &[Rule]) -> DataLogic {
        // The session borrows the engine.
        let engine: &'static Engine = Box::leak(Box::new(Engine::new()));
        let compiled =
            rules.iter().map(|rule| engine.compile(languages::json_logic(rule).to_string().as_str()).unwrap());
        DataLogic { rules: compiled.collect(), session: engine.session() }
    }

    fn input(json: &str) -> ParsedData {
        ParsedData::from_json(json).unwrap()
    }

    fn applies(&mut self, input: &ParsedData) -> bool {
        let holds = self.session.eval_borrowed(&self.rules[0], input).unwrap().as_bool() == Some(true);
        self.session.reset();
        holds
    }

    fn applying(&mut self, input: &ParsedData, found: &mut Vec<u16>) {
        for (number, rule) in self.rules.iter().enumerate() {
            if self.session.eval_borrowed(rule, input).unwrap().as_bool() == Some(true) {
                found.push(number as u16);
            }
        }
        self.session.reset();
    }
}
