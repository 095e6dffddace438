//! Cedar: a policy per rule, permitting when the rule applies; the decision names the policies that did.

use crate::contest::Peer;
use crate::languages;
use crate::ready::Ready;
use crate::workload::Rule;
use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityUid, Policy, PolicyId, PolicySet, Request, RestrictedExpression,
};
use std::collections::BTreeSet;

pub struct Cedar {
    policies: PolicySet,
    authorizer: Authorizer,
    entities: Entities,
}

impl Peer for Cedar {
    type Input = Request;
    const NAME: &'static str = "cedar-policy";
    const VERSION: &'static str = "4.14";
    const NOTE: &'static str = "cannot look through a list of records: lists are flattened into sets of code prefixes (documented; \
         for 1, 2, 5 years) while reading, and a rule asks for membership";

    fn compile(rules: &[Rule]) -> Cedar {
        let mut policies = PolicySet::new();
        for (number, rule) in rules.iter().enumerate() {
            let text = format!("permit(principal, action, resource) when {{ {} }};", languages::cedar(rule));
            policies.add(Policy::parse(Some(PolicyId::new(number.to_string())), text).unwrap()).unwrap();
        }
        Cedar { policies, authorizer: Authorizer::new(), entities: Entities::empty() }
    }

    fn input(json: &str) -> Request {
        let patient: Ready = serde_json::from_str(json).unwrap();
        let documented = |years: i64| {
            let lasting =
                |diagnosis: &&crate::ready::ReadyDiagnosis| diagnosis.documented && diagnosis.onset_years >= years;
            set(prefixes(patient.diagnoses.iter().filter(lasting).map(|diagnosis| diagnosis.code.as_str())))
        };
        let pairs = [
            ("age", RestrictedExpression::new_long(patient.age)),
            ("county", RestrictedExpression::new_string(patient.county.clone())),
            ("documented_0", documented(0)),
            ("documented_1", documented(1)),
            ("documented_2", documented(2)),
            ("documented_5", documented(5)),
            ("medicines", set(prefixes(patient.medicines.iter().map(|medicine| medicine.atc.as_str())))),
            ("detained", RestrictedExpression::new_bool(patient.detained)),
            ("social", RestrictedExpression::new_bool(patient.social)),
            ("referral", RestrictedExpression::new_bool(patient.referral)),
        ];
        let context = Context::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value))).unwrap();
        let entity = |text: &str| -> EntityUid { text.parse().unwrap() };
        Request::new(entity("Patient::\"p\""), entity("Action::\"assess\""), entity("Guideline::\"g\""), context, None)
            .unwrap()
    }

    fn applies(&mut self, input: &Request) -> bool {
        self.authorizer.is_authorized(input, &self.policies, &self.entities).decision() == Decision::Allow
    }

    fn applying(&mut self, input: &Request, found: &mut Vec<u16>) {
        let response = self.authorizer.is_authorized(input, &self.policies, &self.entities);
        found.extend(response.diagnostics().reason().map(|id| AsRef::<str>::as_ref(id).parse::<u16>().unwrap()));
    }
}

fn prefixes<'a>(codes: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    codes.flat_map(|code| (3..=code.len()).map(|end| &code[..end])).collect()
}

fn set(texts: BTreeSet<&str>) -> RestrictedExpression {
    RestrictedExpression::new_set(texts.into_iter().map(|text| RestrictedExpression::new_string(text.to_owned())))
}
