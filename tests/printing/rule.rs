//! Rules of every kind but eligibilities and recommendations, for the law of printing.

use super::super::Maker;
use riktlinje::syntax::ast::*;

impl Maker<'_> {
    pub(crate) fn rule(&mut self, depth: u32) -> Declaration {
        match self.pick(7) {
            5 | 6 => Declaration::Score(Box::new(self.score(depth))),
            3 | 4 => Declaration::Schedule(Box::new(self.schedule(depth))),
            0 => {
                let criteria = (0..self.pick(3)).map(|_| self.criterion(depth)).collect();
                Declaration::Checklist(Box::new(Checklist { head: self.head(depth), criteria }))
            }
            1 => Declaration::Task(Box::new(self.task(depth))),
            _ => {
                let tracks = (0..self.pick(3)).map(|_| self.track(depth)).collect();
                let within = self.perhaps(|maker| StartWithin {
                    duration: maker.value(depth),
                    grounds: maker.grounds(),
                    span: Span::default(),
                });
                Declaration::Parallel(Box::new(Parallel { head: self.head(depth), tracks, within }))
            }
        }
    }
}
