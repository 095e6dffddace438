//! How much one call may take: what a service that answers for others wants to bound.

/// Bounds for compiling, reading facts and evaluating. The defaults do for one program with one user; a service that
/// takes rules or facts from others sets its own.
///
/// What is over a bound is said, never cut off: a text that is too large is an error, an evaluation that would look at too
/// much a fault of the rule that asks for it, and that rule is then undetermined. What is nested is bounded too, and fixed:
/// brackets in rules and YAML 64 deep, facts in JSON 32 and from Rust values 64.
///
/// ```
/// use riktlinje::{CodeLists, Error, Guideline, Limits, Source};
/// # let text = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\nfact smokes: yes/no\n    label en \"Smokes\"\n";
/// let mut limits = Limits::default();
/// limits.fact_bytes = 1_000;
/// let guideline = Guideline::compile_within([Source::new("a.guide", text)], &CodeLists::new(), &limits)?;
/// assert!(guideline.facts_from_yaml("smokes: no").is_ok());
///
/// let error = guideline.facts_from_yaml(&"# no end\n".repeat(1_000)).unwrap_err();
/// assert_eq!(error.to_string(), "larger than the 1000 bytes that facts may have");
///
/// limits.rule_bytes = 10;
/// let refused = Guideline::compile_within([Source::new("a.guide", text)], &CodeLists::new(), &limits);
/// assert!(matches!(refused, Err(Error::TooLarge { most: 10, .. })));
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the rule files of one call together. 67,108,864 (64 MiB) unless set.
    pub rule_bytes: usize,
    /// Bytes of one text of facts; of a Rust value, of all its texts and keys together. 67,108,864 (64 MiB) unless set.
    pub fact_bytes: usize,
    /// Values in one patient's facts: each single value, record and list counts one. 500,000 unless set.
    pub fact_values: usize,
    /// Records and days that one evaluation may look at, over all rules. 2,000,000 unless set, which is less than a
    /// second.
    pub work: u64,
    /// Operations, and comparisons of one day with another, in search of the day on which an answer changes. Past that the
    /// search ends and says so. 30,000,000 unless set.
    pub work_ahead: u64,
    /// Days that one comparison may try where it names one partial date more than once, all combinations of its dates
    /// counted. Past that it is unknown where its parts do not settle it. 200,000 unless set.
    pub choices_of_days: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            rule_bytes: 64 << 20,
            fact_bytes: 64 << 20,
            fact_values: 500_000,
            work: 2_000_000,
            work_ahead: 30_000_000,
            choices_of_days: 200_000,
        }
    }
}
