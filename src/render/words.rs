//! The words that patients and clinicians read, in Swedish and English.

use crate::explain::SearchEnd;
use crate::ground::{Certainty, SourceKind};
use crate::language::Language;
use crate::outcome::{AdviceStatus, AdviceStrength, CriterionStatus, EligibilityStatus, MissingKind, RuleStatus};
use crate::status::{
    ChecklistStatus, IndicatorStatus, ParallelStatus, ProposalStatus, ScheduleStatus, ScoreStatus, TaskStatus,
    TrackStatus,
};
use crate::value::{FaultKind, Weekday};

/// A text in both languages.
#[derive(Clone, Copy)]
pub(super) struct Words {
    sv: &'static str,
    en: &'static str,
}

pub(super) const fn words(sv: &'static str, en: &'static str) -> Words {
    Words { sv, en }
}

impl Words {
    pub(super) fn get(self, language: Language) -> &'static str {
        match language {
            Language::Swedish => self.sv,
            Language::English => self.en,
        }
    }
}

pub(super) const YES: Words = words("ja", "yes");
pub(super) const NO: Words = words("nej", "no");
pub(super) const UNKNOWN: Words = words("inte känt", "not known");
pub(super) const NOT_RECORDED: Words = words("saknas, känt att det inte finns", "none, known to be absent");
pub(super) const GROUND: Words = words("Grund", "Ground");
pub(super) const NO_LOCATOR: Words = words("utan angiven plats", "no place given");
pub(super) const AS_REPORTED_BY: Words = words("enligt återgivning i", "as reported by");
pub(super) const INTERPRETATION: Words = words("Egen tolkning", "Our interpretation");
pub(super) const DECIDED_BY: Words = words("Beslut av", "Decided by");
pub(super) const ADVICE_READS: Words = words("Rådet lyder", "The advice reads");
pub(super) const TEXT_READS: Words = words("Texten lyder", "The text reads");
pub(super) const MORE_RECORDS: Words = words("till", "more");
pub(super) const NO_RECORDS: Words = words("inga poster", "no records");
pub(super) const TOTAL: Words = words("Summa", "Total");
pub(super) const OPEN_LIST: Words = words("listan kan vara ofullständig", "the list may be incomplete");
pub(super) const EXPECTED: Words = words("önskas, avgör inte", "expected, does not decide");
pub(super) const EXCEPTION: Words = words("Undantag", "Exception");
pub(super) const REFER_TO: Words = words("Hänvisas till", "Refer to");
pub(super) const AS_OF: Words = words("bedömt per", "as of");
pub(super) const VERSION: Words = words("version", "version");
pub(super) const BY: Words = words("Utförs av", "By");
pub(super) const PRIORITY: Words = words("prioritet", "priority");
pub(super) const PROPOSED: Words = words("Förslag", "Proposed");
pub(super) const APPLYING: Words = words("Alternativ som gäller", "Options that apply");
pub(super) const POSSIBLE: Words = words("Möjligt", "Possible");
pub(super) const DECIDES: Words = words("Beslutas av", "Decided by");
pub(super) const PHASE: Words = words("Fas", "Phase");
pub(super) const NEXT_DATE: Words = words("Nästa", "Next");
pub(super) const DATES_AS_OF: Words = words("datum så som de står den", "dates as they stand on");
pub(super) const VISITS: Words = words("Besök", "Visits");
pub(super) const NO_DATES: Words = words("inga datum", "no dates");
pub(super) const PERHAPS_OTHERS: Words =
    words("kan ha andra datum, eftersom uppgifter saknas", "there may be other dates, since facts are missing");
pub(super) const NEEDS_SEED: Words =
    words("dagarna lottas, och inget startvärde är angivet", "the days are drawn, and no seed was given");
pub(super) const VALUES: Words = words("Uppgifter", "Values");
pub(super) const PARAMETERS: Words = words("Parametrar", "Parameters");
pub(super) const MISSING: Words = words("Det som saknas", "What is missing");
pub(super) const BEARS_ON: Words = words("avgör", "bears on");
pub(super) const CONFLICTS: Words = words("Motstridiga rekommendationer", "Conflicting recommendations");
pub(super) const AND: Words = words("och", "and");
pub(super) const BROKEN: Words = words("Uppgifter som inte går ihop", "Facts that do not fit together");
pub(super) const OUTDATED: Words =
    words("Uppgifter som är för gamla för att räknas", "Facts recorded too long ago to count");
pub(super) const RECORDED_ON: Words = words("gällde den", "as of");
pub(super) const VALID_FOR: Words = words("räknas i", "counts for");
pub(super) const FAULTS: Words = words("Kunde inte beräknas", "Could not be computed");
pub(super) const LINE: Words = words("rad", "line");
pub(super) const FROM: Words = words("från", "from");
pub(super) const THROUGH: Words = words("till och med", "through");
pub(super) const AT_LEAST: Words = words("minst", "at least");
pub(super) const AT_MOST: Words = words("högst", "at most");
pub(super) const VERIFIED: Words = words(
    "Alla grunder är lästa i källan eller bekräftade av utgivaren.",
    "All grounds were read in their source or told by its issuer.",
);
pub(super) const NOT_VERIFIED: Words = words(
    "Inte verifierat: minst en grund är inte läst i sin källa eller bekräftad av utgivaren.",
    "Not verified: at least one ground was not read in its source or told by its issuer.",
);
pub(super) const BECAUSE: Words = words("Därför att", "Because");
pub(super) const CHANGES: Words =
    words("Det som skulle ändra svaret till uppfyllt", "What would change the answer to met");
pub(super) const CHANGE_NOW: Words = words("nu", "now");
pub(super) const CHANGE_NEEDED: Words = words("behövs", "needed");
pub(super) const BY_TIME: Words = words("av sig självt den", "by time alone on");
pub(super) const MORE_CHANGES: Words = words("Det kan finnas fler sätt.", "There may be more ways.");
pub(super) const PERHAPS_FEWER: Words = words("Allt detta behövs kanske inte.", "Perhaps not all of this is needed.");
pub(super) const ASK: Words = words("Nästa fråga", "Next question");
pub(super) const FOR: Words = words("för", "for");
pub(super) const BY_DAY: Words = words("senast", "by");
pub(super) const WAS_DUE: Words = words("skulle ha gjorts senast", "was due by");
pub(super) const LAST_DAY: Words = words("sista dag", "last day");
pub(super) const TO_START: Words = words("ska starta senast", "to start by");
pub(super) const WAS_TO_START: Words = words("skulle ha startat senast", "was to start by");
pub(super) const IF: Words = words("Om svaret är", "If the answer is");
pub(super) const IF_FOR_EXAMPLE: Words = words("Om svaret är till exempel", "If the answer is, for example,");
pub(super) const SETTLES_NOTHING: Words = words("räcker inte ensamt", "not enough by itself");
pub(super) const SET_BY: Words = words("parameter som inte är satt", "parameter that is not set");

pub(super) const AHEAD_FROM: Words =
    words("det som ändras av sig självt, räknat från", "what changes by time alone, counted from");
pub(super) const FROM_DAY: Words = words("från och med", "from");
pub(super) const STAYS: Words =
    words("statusen är densamma så länge uppgifterna är det", "the status stays while the facts stay as they are");
pub(super) const NOT_THERE: Words = words("finns inte längre i riktlinjen", "no longer in the guideline");
pub(super) const NEW_VERSION: Words = words("ny version av riktlinjen:", "new version of the guideline:");
pub(super) const AHEAD_NEVER: Words = words(
    "Där ingen dag står är statusen alltid densamma (sökt till kalenderns slut).",
    "Where there is no day, the status stays for ever (searched to the end of the calendar).",
);
pub(super) const SEARCHED_THROUGH: Words = words("Sökt till och med", "Searched through");

pub(super) const NOTHING_DIFFERS: Words = words("Ingenting skiljer.", "Nothing differs.");
pub(super) const ONLY_IN: Words = words("Bara i", "Only in");
pub(super) const IN_BOTH: Words = words("I båda", "In both");
pub(super) const SAME: Words = words("Lika i båda", "The same in both");
pub(super) const FACTS_LOOKED_AT: Words = words("Uppgifter som reglerna frågar efter", "Facts that the rules ask for");
pub(super) const IGNORED: Words = words("Uppgifter som inte finns i", "Facts that are not declared in");

/// The traits of a rule or line that two guidelines are compared by.
pub(super) fn trait_name(name: &str) -> Option<Words> {
    Some(match name {
        "status" => words("Resultat", "Result"),
        "refer_to" => REFER_TO,
        "strength" => words("Styrka", "Strength"),
        "priority" => words("Prioritet", "Priority"),
        "text" => words("Text", "Text"),
        "by" => BY,
        "due" => words("Senast", "Due"),
        "modality" => words("Krav eller önskemål", "Required or expected"),
        "exception" => EXCEPTION,
        "outcomes" => words("Alternativ", "Options"),
        "possible" => POSSIBLE,
        "decided_by" => DECIDES,
        "low" => words("Lägst", "Lowest"),
        "high" => words("Högst", "Highest"),
        "band" => words("Nivå", "Band"),
        "counted" => words("Räknas", "Counted"),
        "in" => words("Uppfyller", "Among them"),
        "phase" => words("Fas", "Phase"),
        "next" => words("Nästa datum", "Next date"),
        "standing" => words("Läge", "Standing"),
        "window" => words("Kan göras", "Can be done"),
        "value" => words("Värde", "Value"),
        _ => return None,
    })
}

/// Words of outcomes that have no type of their own.
pub(super) fn outcome_word(word: &str) -> Option<Words> {
    Some(match word {
        "require" => words("krav", "required"),
        "expect" => EXPECTED,
        "started" => words("påbörjad", "started"),
        "started_late" => words("påbörjad för sent", "started late"),
        "waiting" => words("väntar", "waiting"),
        "overdue" => words("försenad", "overdue"),
        "ended" => words("avslutad", "ended"),
        "declined" => words("avböjd", "declined"),
        "banded" => words("avgjord", "settled"),
        "not_begun" => words("har inte börjat", "has not begun"),
        "running" => words("pågår", "running"),
        "over" => words("är slut eller har stoppats", "is over or was stopped"),
        "planned" | "due" | "missed" | "done" | "past" => date_status(word),
        "undetermined" => words("kan inte avgöras än", "cannot be determined yet"),
        "not_applicable" => words("inte tillämpligt", "not applicable"),
        _ => return None,
    })
}

pub(super) fn search_end(end: SearchEnd) -> Words {
    match end {
        SearchEnd::AllFound => words("allt är funnet", "everything is found"),
        SearchEnd::Calendar => words("kalendern tar slut", "the calendar ends"),
        SearchEnd::Until => words("så långt som efterfrågades", "as far as was asked"),
        SearchEnd::Horizon => words(
            "ett villkor räknar med dagens datum, så att varje dag måste prövas",
            "a condition calculates with today's date, so that each day has to be tried",
        ),
        SearchEnd::Work => words("längre räcker inte arbetsgränsen", "that is as far as the work limit allows"),
        SearchEnd::InForce => words("Riktlinjen gäller till och med", "The guideline is in force through"),
    }
}

pub(super) fn eligibility(status: EligibilityStatus) -> Words {
    match status {
        EligibilityStatus::Met => words("uppfyllt", "met"),
        EligibilityStatus::Refer => words("hänvisas för bedömning", "refer for assessment"),
        EligibilityStatus::NotMet => words("inte uppfyllt", "not met"),
        EligibilityStatus::Undetermined => words("kan inte avgöras än", "cannot be determined yet"),
        EligibilityStatus::NotApplicable => words("inte tillämpligt", "not applicable"),
    }
}

pub(super) fn criterion(status: CriterionStatus) -> Words {
    match status {
        CriterionStatus::Met => words("uppfyllt", "met"),
        CriterionStatus::Excepted => words("undantag, ska bedömas", "excepted, to be assessed"),
        CriterionStatus::NotMet => words("inte uppfyllt", "not met"),
        CriterionStatus::Undetermined => words("kan inte avgöras än", "cannot be determined yet"),
    }
}

pub(super) fn advice(status: AdviceStatus) -> Words {
    match status {
        AdviceStatus::Recommended => words("rekommenderas", "recommended"),
        AdviceStatus::AdvisedAgainst => words("avråds", "advised against"),
        AdviceStatus::NotApplicable => words("inte aktuellt", "not applicable"),
        AdviceStatus::Undetermined => words("kan inte avgöras än", "cannot be determined yet"),
    }
}

pub(super) fn rule(status: RuleStatus) -> Words {
    match status {
        RuleStatus::Eligibility(status) => eligibility(status),
        RuleStatus::Checklist(status) => checklist(status),
        RuleStatus::Task(status) => task(status),
        RuleStatus::Recommendation(status) => advice(status),
        RuleStatus::Parallel(status) => parallel(status),
        RuleStatus::Schedule(status) => schedule(status),
        RuleStatus::Score(status) => score(status),
        RuleStatus::Proposal(status) => proposal(status),
        RuleStatus::Indicator(status) => indicator(status),
    }
}

pub(super) const OPEN: Words = words("kan inte avgöras än", "cannot be determined yet");
pub(super) const APPLIES_NOT: Words = words("inte tillämpligt", "not applicable");

pub(super) fn checklist(status: ChecklistStatus) -> Words {
    match status {
        ChecklistStatus::Complete => words("komplett", "complete"),
        ChecklistStatus::Incomplete => words("inte komplett", "incomplete"),
        ChecklistStatus::Undetermined => OPEN,
        ChecklistStatus::NotApplicable => APPLIES_NOT,
    }
}

pub(super) fn task(status: TaskStatus) -> Words {
    match status {
        TaskStatus::ToDo => words("att göra", "to do"),
        TaskStatus::Done => words("gjort", "done"),
        TaskStatus::Late => words("försenat", "late"),
        TaskStatus::DoneLate => words("gjort för sent", "done late"),
        TaskStatus::Undetermined => OPEN,
        TaskStatus::NotApplicable => APPLIES_NOT,
    }
}

pub(super) fn parallel(status: ParallelStatus) -> Words {
    match status {
        ParallelStatus::InParallel => words("parallellt", "in parallel"),
        ParallelStatus::Waiting => words("väntar", "waiting"),
        ParallelStatus::OutOfStep => words("inte i takt", "out of step"),
        ParallelStatus::Undetermined => OPEN,
        ParallelStatus::NotApplicable => APPLIES_NOT,
    }
}

pub(super) fn track(status: TrackStatus) -> Words {
    match status {
        TrackStatus::Started => words("startad", "started"),
        TrackStatus::StartedLate => words("startad för sent", "started too late"),
        TrackStatus::Waiting => words("inte startad", "not started"),
        TrackStatus::Overdue => words("inte startad i tid", "not started in time"),
        TrackStatus::Ended => words("avslutad", "ended"),
        TrackStatus::Declined => words("avböjd", "declined"),
        TrackStatus::Undetermined => OPEN,
        TrackStatus::NotApplicable => APPLIES_NOT,
    }
}

pub(super) fn schedule(status: ScheduleStatus) -> Words {
    match status {
        ScheduleStatus::InForce => words("gäller", "in force"),
        ScheduleStatus::Undetermined => OPEN,
        ScheduleStatus::NotApplicable => APPLIES_NOT,
    }
}

pub(super) fn score(status: ScoreStatus) -> Words {
    match status {
        ScoreStatus::Banded(_) => words("bedömt", "banded"),
        ScoreStatus::Undetermined => OPEN,
        ScoreStatus::NotApplicable => APPLIES_NOT,
    }
}

pub(super) fn proposal(status: ProposalStatus) -> Words {
    match status {
        ProposalStatus::Proposed => words("föreslås", "proposed"),
        ProposalStatus::NoneApplies => words("inget alternativ gäller", "none applies"),
        ProposalStatus::Conflict => words("motstridigt", "conflict"),
        ProposalStatus::PossibleConflict => words("kan vara motstridigt", "possible conflict"),
        ProposalStatus::Undetermined => OPEN,
        ProposalStatus::NotApplicable => APPLIES_NOT,
    }
}

pub(super) fn indicator(status: IndicatorStatus) -> Words {
    match status {
        IndicatorStatus::NotCounted => words("räknas inte", "not counted"),
        IndicatorStatus::Counted => words("räknas", "counted"),
        IndicatorStatus::In => words("räknas, uppfyller", "counted, and one of them"),
        IndicatorStatus::Undetermined => OPEN,
    }
}

/// In Swedish; English stands with the fault itself.
pub(super) fn fault(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::DivisionByZero => "division med noll",
        FaultKind::Overflow => "ett tal går utanför det som kan räknas exakt",
        FaultKind::OutsideCalendar => "ett datum hamnar utanför åren 1 till 9999",
        FaultKind::DurationFamilies => "år eller månader jämförs med veckor eller dagar",
        FaultKind::WorkLimit => "det är mer att gå igenom än vad som ryms i en bedömning",
        FaultKind::CodeListNotSupplied => "en kodlista saknas",
        FaultKind::NoInterval => "ett intervall i ett schema är noll eller negativt",
    }
}

pub(super) fn strength(strength: AdviceStrength) -> Words {
    match strength {
        AdviceStrength::Must => words("ska", "must"),
        AdviceStrength::Should => words("bör", "should"),
        AdviceStrength::May => words("kan", "may"),
        AdviceStrength::Exceptionally => words("kan i undantagsfall", "exceptionally"),
        AdviceStrength::ShouldNot => words("bör inte", "should not"),
        AdviceStrength::ResearchOnly => words("endast inom forskning", "research only"),
    }
}

pub(super) fn certainty(certainty: Certainty) -> Words {
    match certainty {
        Certainty::Seen => words("läst i källan", "read in the source"),
        Certainty::Authority => words("enligt utgivaren själv", "told by its issuer"),
        Certainty::SecondHand => words("andrahandsuppgift", "second-hand"),
        Certainty::Unchecked => words("inte kontrollerad", "not checked"),
    }
}

pub(super) fn source_kind(kind: SourceKind) -> Words {
    match kind {
        SourceKind::Rmr => words("RMR", "RMR"),
        SourceKind::Vip => words("VIP", "VIP"),
        SourceKind::NationalGuideline => words("nationella riktlinjer", "national guideline"),
        SourceKind::Regulation => words("föreskrift", "regulation"),
        SourceKind::Law => words("lag", "law"),
        SourceKind::Local => words("lokal källa", "local source"),
        SourceKind::Article => words("artikel", "article"),
        SourceKind::Instrument => words("instrument", "instrument"),
        SourceKind::ProductLabel => words("produktinformation", "product label"),
    }
}

pub(super) fn publication_status(status: &str) -> Option<Words> {
    match status {
        "draft" => Some(words("utkast", "draft")),
        "active" => Some(words("gällande", "active")),
        "retired" => Some(words("upphörd", "retired")),
        _ => None,
    }
}

pub(super) fn missing_kind(kind: MissingKind) -> Option<Words> {
    match kind {
        MissingKind::Fact => None,
        MissingKind::Parameter => Some(SET_BY),
        MissingKind::Seed => Some(words("hemligt startvärde för slumpdagar", "secret seed of random days")),
    }
}

/// How a date of a schedule stands, by its word in the outcome.
pub(super) fn date_status(status: &str) -> Words {
    match status {
        "planned" => words("planerat", "planned"),
        "due" => words("ska göras", "due"),
        "overdue" => words("försenat", "overdue"),
        "missed" => words("missat", "missed"),
        "done" => words("gjort", "done"),
        "past" => words("passerat", "past"),
        _ => OPEN,
    }
}

/// Where today is in a schedule, unless that goes without saying.
pub(super) fn standing(standing: &str) -> Option<Words> {
    match standing {
        "not_begun" => Some(words("Har inte börjat", "Has not begun")),
        "over" => Some(words("Är slut eller har stoppats", "Is over or was stopped")),
        _ => None,
    }
}

pub(super) fn weekday(day: Weekday) -> Words {
    match day {
        Weekday::Monday => words("måndag", "Monday"),
        Weekday::Tuesday => words("tisdag", "Tuesday"),
        Weekday::Wednesday => words("onsdag", "Wednesday"),
        Weekday::Thursday => words("torsdag", "Thursday"),
        Weekday::Friday => words("fredag", "Friday"),
        Weekday::Saturday => words("lördag", "Saturday"),
        Weekday::Sunday => words("söndag", "Sunday"),
    }
}
