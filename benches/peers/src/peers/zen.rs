//! Zen: its expressions one by one, and its decision table with a row per rule.

use crate::contest::Peer;
use crate::languages::{self, ZEN_COLUMNS};
use crate::workload::Rule;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use zen_engine::Decision;
use zen_engine::model::GraphContent;
use zen_expression::expression::Standard;
use zen_expression::vm::VM;
use zen_expression::{Expression, Isolate, Scope, Variable};

pub struct ZenExpressions {
    expressions: Vec<Expression<Standard>>,
    machine: VM,
}

impl Peer for ZenExpressions {
    type Input = Scope;
    const NAME: &'static str = "zen-expression";
    const VERSION: &'static str = "2.1";
    const NOTE: &'static str = "200 compiled expressions one after the other, machine and scope used again";

    fn compile(rules: &[Rule]) -> ZenExpressions {
        let mut isolate = Isolate::new();
        let compile = |rule| isolate.compile_standard(&languages::zen(rule)).unwrap();
        ZenExpressions { expressions: rules.iter().map(compile).collect(), machine: VM::new() }
    }

    fn input(json: &str) -> Scope {
        Scope::new(variable(json))
    }

    fn applies(&mut self, input: &Scope) -> bool {
        holds(&self.expressions[0], input, &mut self.machine)
    }

    fn applying(&mut self, input: &Scope, found: &mut Vec<u16>) {
        for (number, expression) in self.expressions.iter().enumerate() {
            if holds(expression, input, &mut self.machine) {
                found.push(number as u16);
            }
        }
    }
}

fn holds(expression: &Expression<Standard>, scope: &Scope, machine: &mut VM) -> bool {
    expression.evaluate_with_scope(scope, machine).unwrap().as_bool() == Some(true)
}

pub struct ZenTable {
    decision: Decision,
}

impl Peer for ZenTable {
    type Input = Variable;
    const NAME: &'static str = "zen-engine (decision table)";
    const VERSION: &'static str = "2.1";
    const NOTE: &'static str = "one table of 11 columns and 200 rows that collects what applies, compiled beforehand; asynchronous, \
         waited for in place; its trace is not asked for";

    fn compile(rules: &[Rule]) -> ZenTable {
        let inputs: Vec<Value> =
            ZEN_COLUMNS.iter().map(|(name, fact)| json!({ "id": name, "name": name, "field": fact })).collect();
        let rows: Vec<Value> = rules.iter().enumerate().map(|(number, rule)| row(number, rule)).collect();
        let graph = json!({
            "nodes": [
                { "id": "in", "name": "in", "type": "inputNode", "content": {} },
                { "id": "table", "name": "table", "type": "decisionTableNode", "content": {
                    "hitPolicy": "collect",
                    "inputs": inputs,
                    "outputs": [{ "id": "rule", "name": "rule", "field": "rule" }],
                    "rules": rows,
                } },
                { "id": "out", "name": "out", "type": "outputNode", "content": {} },
            ],
            "edges": [
                { "id": "1", "sourceId": "in", "targetId": "table" },
                { "id": "2", "sourceId": "table", "targetId": "out" },
            ],
        });
        let graph: GraphContent = serde_json::from_str(&graph.to_string()).unwrap();
        let mut decision = Decision::from(Arc::new(graph));
        decision.compile();
        ZenTable { decision }
    }

    fn input(json: &str) -> Variable {
        variable(json)
    }

    fn applies(&mut self, input: &Variable) -> bool {
        match self.run(input) {
            Variable::Array(rows) => !rows.borrow().is_empty(),
            other => panic!("{other:?}"),
        }
    }

    fn applying(&mut self, input: &Variable, found: &mut Vec<u16>) {
        let Variable::Array(rows) = self.run(input) else { panic!("no rows") };
        for row in rows.borrow().iter() {
            let number = row.dot("rule").unwrap().as_number().unwrap();
            found.push(number.try_into().unwrap());
        }
    }
}

impl ZenTable {
    fn run(&self, input: &Variable) -> Variable {
        futures_executor::block_on(self.decision.evaluate(input.clone())).unwrap().result
    }
}

fn row(number: usize, rule: &Rule) -> Value {
    let mut cells = vec![Vec::new(); ZEN_COLUMNS.len()];
    for condition in rule {
        let (column, cell, alone) = languages::zen_cell(condition);
        cells[column].push((cell, alone));
    }
    let mut row = Map::new();
    row.insert("_id".to_owned(), json!(number.to_string()));
    row.insert("rule".to_owned(), json!(number.to_string()));
    for ((column, _), cells) in ZEN_COLUMNS.iter().zip(cells) {
        let text = match cells.as_slice() {
            [(_, alone)] => alone.clone(),
            _ => cells.into_iter().map(|(cell, _)| cell).collect::<Vec<_>>().join(" and "),
        };
        row.insert((*column).to_owned(), json!(text));
    }
    Value::Object(row)
}

fn variable(json: &str) -> Variable {
    serde_json::from_str::<Value>(json).unwrap().into()
}
