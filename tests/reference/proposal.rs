//! Proposals: every way in which the rows that are unknown could turn out.

use super::guide::{Scope, Walk};
use super::value::{Truth, for_all};
use riktlinje::syntax::ast::{Choice, Propose};

#[derive(Debug, Clone, PartialEq)]
pub struct ProposalAnswer {
    pub id: String,
    pub status: &'static str,
    /// "Proposed whatever is still unknown; of a conflict those that contradict."
    pub outcomes: Vec<String>,
    /// "May yet be proposed, those of `outcomes` among them."
    pub possible: Vec<String>,
}

/// What comes out when every row is yes or no.
#[derive(PartialEq)]
struct Settled<'a> {
    status: &'static str,
    options: Vec<&'a str>,
}

impl<'a> Walk<'a> {
    pub fn proposal(&self, rule: &'a Propose) -> ProposalAnswer {
        let when = self.when(&rule.head);
        let ways = self.ways(rule);
        // Two options that surely hold contradict each other whatever else holds.
        let contradict = |settled: &Settled<'_>| settled.status == "conflict";
        let same = ways.iter().all(|settled| *settled == ways[0]) || ways.iter().all(contradict);
        let certain = |option: &str| ways.iter().all(|settled| settled.options.contains(&option));
        let may = |option: &str| ways.iter().any(|settled| settled.options.contains(&option));
        let options = || rule.options.iter().map(|option| option.name.value.to_string());
        let one_surely = options().any(|option| certain(&option));
        let status = match when {
            Truth::No => "not_applicable",
            Truth::Unknown => "undetermined",
            Truth::Yes if same => ways[0].status,
            // "One yes and one unknown: possible conflict."
            Truth::Yes if one_surely && ways.iter().any(contradict) => "possible_conflict",
            Truth::Yes => "undetermined",
        };
        ProposalAnswer {
            id: rule.head.name.value.to_string(),
            status,
            outcomes: options().filter(|option| when == Truth::Yes && certain(option)).collect(),
            possible: options().filter(|option| when != Truth::No && may(option)).collect(),
        }
    }

    /// `x.option is proposed`: "no, where no completion proposes it; yes where all do. In a conflict nothing is
    /// proposed."
    pub fn option(&self, rule: &'a Propose, option: &str) -> &'static str {
        let proposes = |settled: Settled<'_>| settled.status == "proposed" && settled.options.contains(&option);
        let truths: Vec<Truth> = self.ways(rule).into_iter().map(|way| Truth::of(proposes(way))).collect();
        match self.when(&rule.head).and(for_all(truths.into_iter())) {
            Truth::Yes => "proposed",
            Truth::No => "not_proposed",
            Truth::Unknown => "undetermined",
        }
    }

    fn ways(&self, rule: &'a Propose) -> Vec<Settled<'a>> {
        let rows: Vec<Truth> = rule.rows.iter().map(|row| self.truth(&row.condition, &Scope::default())).collect();
        let mut ways: Vec<Vec<bool>> = vec![Vec::new()];
        for row in rows {
            let turns: &[bool] = match row {
                Truth::Yes => &[true],
                Truth::No => &[false],
                Truth::Unknown => &[true, false],
            };
            let with = |way: &Vec<bool>, turn: &bool| [way.as_slice(), &[*turn]].concat();
            ways = ways.iter().flat_map(|way| turns.iter().map(move |turn| with(way, turn))).collect();
        }
        ways.iter().map(|way| settled(rule, way)).collect()
    }
}

fn settled<'a>(rule: &'a Propose, rows: &[bool]) -> Settled<'a> {
    let mut hold: Vec<&str> = Vec::new();
    for (row, _) in rule.rows.iter().zip(rows).filter(|(_, holds)| **holds) {
        // "An option holds where any of its rows does."
        if !hold.contains(&&*row.option.value) {
            hold.push(&row.option.value);
        }
    }
    let choice = rule.choice.as_ref().expect("how the rows make one answer").value;
    if choice == Choice::First {
        hold.truncate(1);
    }
    // "Else the one after `otherwise`; with neither none applies."
    if hold.is_empty() {
        hold.extend(rule.otherwise.iter().map(|option| &*option.value));
    }
    let status = match (hold.len(), choice) {
        (0, _) => "none_applies",
        // "Exactly one: two options that hold are a conflict."
        (2.., Choice::ExactlyOne) => "conflict",
        (_, Choice::First | Choice::ExactlyOne | Choice::All) => "proposed",
    };
    hold.sort_unstable();
    Settled { status, options: hold }
}
