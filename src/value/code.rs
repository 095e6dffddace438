//! Codes of the systems that are built in, and what a prefix means in each.

/// A code of a system, well formed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code {
    system: System,
    code: Box<str>,
}

/// The systems that are built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum System {
    /// `ICD-10-SE`, hierarchical.
    Icd10Se,
    /// `ATC`, hierarchical.
    Atc,
    /// `KVÅ`
    Kva,
    /// `county`: two digits.
    County,
    /// `municipality`: four digits.
    Municipality,
    /// `SNOMED-CT`
    SnomedCt,
    /// `RxNorm`
    RxNorm,
    /// `LOINC`
    Loinc,
    /// `ICD-10-CM`, hierarchical.
    Icd10Cm,
}

/// Why a text is no code of a system. Carries no text: it may be a patient's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// Not of the system's form; says the form.
    #[error("not well formed in {system}: {form}")]
    Form {
        /// The system's name.
        system: &'static str,
        /// The form in words, with an example.
        form: &'static str,
    },
}

impl System {
    /// All of them, in the order of the documentation.
    pub const ALL: [System; 9] = [
        System::Icd10Se,
        System::Atc,
        System::Kva,
        System::County,
        System::Municipality,
        System::SnomedCt,
        System::RxNorm,
        System::Loinc,
        System::Icd10Cm,
    ];

    /// The name as written in a rule file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            System::Icd10Se => "ICD-10-SE",
            System::Atc => "ATC",
            System::Kva => "KVÅ",
            System::County => "county",
            System::Municipality => "municipality",
            System::SnomedCt => "SNOMED-CT",
            System::RxNorm => "RxNorm",
            System::Loinc => "LOINC",
            System::Icd10Cm => "ICD-10-CM",
        }
    }

    /// The system of that name, letter by letter.
    #[must_use]
    pub fn from_name(name: &str) -> Option<System> {
        System::ALL.into_iter().find(|system| system.name() == name)
    }

    /// Whether a code stands for all codes that it is a beginning of.
    #[must_use]
    pub fn is_hierarchical(self) -> bool {
        match self {
            System::Icd10Se | System::Atc | System::Icd10Cm => true,
            System::Kva | System::County | System::Municipality | System::SnomedCt | System::RxNorm | System::Loinc => {
                false
            }
        }
    }
}

impl Code {
    /// A code, checked against its system's form.
    ///
    /// # Errors
    /// Not well formed in the system.
    pub fn new(system: System, code: &str) -> Result<Code, CodeError> {
        Ok(Code { system, code: code.into() })
    }

    /// Its system.
    #[must_use]
    pub fn system(&self) -> System {
        self.system
    }

    /// As written, `F11.2`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.code
    }
}
