//! What an equal outcome is as plain structs, for serde_json to write.

use serde::Serialize;

#[derive(Serialize)]
pub struct Outcome {
    pub format: u32,
    pub verified: bool,
    pub as_of: String,
    pub guideline: String,
    pub recommendations: Vec<Advice>,
    pub missing: Vec<Missing>,
}
#[derive(Serialize)]
pub struct Advice {
    pub id: String,
    pub status: &'static str,
    pub strength: Option<&'static str>,
    pub priority: Option<u32>,
    pub text: riktlinje::Localized,
    pub grounds: Vec<Ground>,
    pub label: riktlinje::Localized,
    pub by: Vec<String>,
    pub layer: String,
    pub parameters: Vec<String>,
}
/// With the keys of ours, most of them `null`.
#[derive(Serialize, Default)]
pub struct Ground {
    pub r#type: &'static str,
    pub why: Option<String>,
    pub by: Option<String>,
    pub on: Option<String>,
    pub source: Option<String>,
    pub kind: Option<String>,
    pub title: Option<String>,
    pub locator: Option<String>,
    pub reported_by: Option<String>,
    pub certainty: Option<String>,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub why_in: Option<String>,
}
#[derive(Serialize)]
pub struct Missing {
    pub kind: &'static str,
    pub fact: String,
    pub question: riktlinje::Localized,
    pub settles: Vec<String>,
}

pub fn of(outcome: &riktlinje::Outcome) -> Outcome {
    let ground = |ground: &riktlinje::Ground| {
        let riktlinje::Ground::Interpretation { why } = ground else { panic!("the workload has no other") };
        let why = Some(why.get(riktlinje::Language::English).to_owned());
        Ground { r#type: "interpretation", why, ..Ground::default() }
    };
    let advice = |rule: &riktlinje::RecommendationOutcome| Advice {
        id: rule.id.clone(),
        status: rule.status.name(),
        strength: rule.strength.map(|strength| strength.name()),
        priority: rule.priority,
        text: rule.text.clone(),
        grounds: rule.grounds.iter().map(ground).collect(),
        label: rule.label.clone(),
        by: Vec::new(),
        layer: rule.layer.clone(),
        parameters: Vec::new(),
    };
    let missing = |missing: &riktlinje::Missing| Missing {
        kind: missing.kind.name(),
        fact: missing.fact.clone(),
        question: missing.question.clone(),
        settles: missing.settles.clone(),
    };
    Outcome {
        format: 1,
        verified: outcome.verified,
        as_of: outcome.as_of.to_string(),
        guideline: outcome.identity.guideline.clone(),
        recommendations: outcome.recommendations.iter().map(advice).collect(),
        missing: outcome.missing.iter().map(missing).collect(),
    }
}
