//! Rego on the register machine of regorus: one module, a set to which each rule adds its number.

use crate::contest::Peer;
use crate::languages;
use crate::workload::Rule;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::RegoVM;
use regorus::{Engine, Value};

pub struct Regorus {
    machine: RegoVM,
}

const ENTRY: &str = "data.pack.applying";

impl Peer for Regorus {
    type Input = Value;
    const NAME: &'static str = "regorus (Rego, RVM)";
    const VERSION: &'static str = "0.14";
    const NOTE: &'static str = "one module, 200 rules that add to a set; explains only with another feature";

    fn compile(rules: &[Rule]) -> Regorus {
        let mut text = languages::REGO_HEAD.to_owned();
        for (number, rule) in rules.iter().enumerate() {
            text += &format!("applying contains {number} if {{\n    {}\n}}\n", languages::rego(rule));
        }
        let mut engine = Engine::new();
        engine.add_policy("pack.rego".to_owned(), text).unwrap();
        let policy = engine.compile_with_entrypoint(&ENTRY.into()).unwrap();
        let mut machine = RegoVM::new();
        machine.load_program(Compiler::compile_from_policy(&policy, &[ENTRY]).unwrap());
        machine.set_max_instructions(10_000_000);
        Regorus { machine }
    }

    fn input(json: &str) -> Value {
        Value::from_json_str(json).unwrap()
    }

    fn applies(&mut self, input: &Value) -> bool {
        self.machine.set_input(input.clone());
        !self.machine.execute().unwrap().as_set().unwrap().is_empty()
    }

    fn applying(&mut self, input: &Value, found: &mut Vec<u16>) {
        self.machine.set_input(input.clone());
        let set = self.machine.execute().unwrap();
        found.extend(set.as_set().unwrap().iter().map(|number| number.as_i64().unwrap() as u16));
    }
}
