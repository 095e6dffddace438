//! CEL: a program per rule, run one after the other in a scope that holds the patient.

use crate::contest::Peer;
use crate::languages;
use crate::workload::Rule;
use cel::{Context, Program, Value};

pub struct Cel {
    programs: Vec<Program>,
}

type Scope = Context<'static, 'static>;

impl Peer for Cel {
    type Input = Scope;
    const NAME: &'static str = "cel";
    const VERSION: &'static str = "0.15";
    const NOTE: &'static str =
        "200 programs one after the other; a patient is a scope within the one with the functions";

    fn compile(rules: &[Rule]) -> Cel {
        Cel { programs: rules.iter().map(|rule| Program::compile(&languages::cel(rule)).unwrap()).collect() }
    }

    fn input(json: &str) -> Scope {
        thread_local!(static ROOT: &'static Scope = Box::leak(Box::new(Context::default())));
        let serde_json::Value::Object(facts) = serde_json::from_str(json).unwrap() else { panic!("{json}") };
        let mut scope = ROOT.with(|root| root.new_inner_scope());
        for (name, value) in facts {
            scope.add_variable(name, cel::to_value(value).unwrap()).unwrap();
        }
        scope
    }

    fn applies(&mut self, input: &Scope) -> bool {
        holds(&self.programs[0], input)
    }

    fn applying(&mut self, input: &Scope, found: &mut Vec<u16>) {
        let programs = self.programs.iter().enumerate();
        found.extend(programs.filter(|(_, program)| holds(program, input)).map(|(number, _)| number as u16));
    }
}

fn holds(program: &Program, scope: &Scope) -> bool {
    program.execute(scope).unwrap() == Value::Bool(true)
}
