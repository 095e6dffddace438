//! How much one expansion may look at.

use crate::value::partial::{Fallible, FaultKind};

/// Looks that are left: one for each date, week, event or record that is looked at. Several expansions may share one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Budget {
    left: u64,
}

impl Budget {
    pub(crate) fn new(looks: u64) -> Budget {
        Budget { left: looks }
    }

    /// How many are left.
    pub(crate) fn left(&self) -> u64 {
        self.left
    }

    /// Takes so many looks.
    ///
    /// # Errors
    /// `WorkLimit` if fewer are left; then none are.
    pub(super) fn spend(&mut self, looks: usize) -> Fallible<()> {
        match u64::try_from(looks).ok().and_then(|looks| self.left.checked_sub(looks)) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.left = 0;
                Err(FaultKind::WorkLimit)
            }
        }
    }
}
