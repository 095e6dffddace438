//! `schedule`: the dates of every schedule in force, and the visits that keep them.

use crate::answer::{Ending, Failure, say};
use crate::patient::Patient;
use crate::setting::date;
use clap::Args;
use riktlinje::{Calendar, Date};

#[derive(Args)]
pub(crate) struct Schedule {
    #[command(flatten)]
    patient: Patient,
    /// The first day
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Date,
    /// The last day, which counts
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Date,
    /// Leaves out days that are drawn by chance and lie ahead: for the patient's eyes
    #[arg(long)]
    hide_drawn: bool,
}

impl Schedule {
    pub(crate) fn run(&self) -> Result<Ending, Failure> {
        if self.to < self.from {
            let (from, to) = (self.from, self.to);
            return Err(Failure::Unusable(format!("error: `--to {to}` is before `--from {from}`")));
        }
        let as_of = self.patient.setting.as_of;
        let mut calendars: Vec<Calendar> = Vec::new();
        for (guideline, facts) in self.patient.read()? {
            let calendar = guideline.calendar(&facts, as_of, self.from..=self.to)?;
            calendars.push(if self.hide_drawn { calendar.without_drawn_days() } else { calendar });
        }
        if self.patient.setting.is_json() {
            match &*calendars {
                [calendar] => say(&calendar.to_json())?,
                several => {
                    let all: Vec<String> = several.iter().map(Calendar::to_json).collect();
                    say(&format!("{{\"format\":1,\"as_of\":\"{as_of}\",\"calendars\":[{}]}}", all.join(",")))?;
                }
            }
        } else {
            let language = self.patient.setting.common.lang.language();
            let pages: Vec<String> = calendars.iter().map(|calendar| calendar.to_text(language)).collect();
            say(&pages.join("\n"))?;
        }
        Ok(Ending::Fine)
    }
}
