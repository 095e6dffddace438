//! What must hold for every guideline and every patient.

mod agreement;
mod changes;
mod kleene;
mod missing;
mod order;
mod printing;
mod refinement;
