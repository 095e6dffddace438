//! Recorded codes: one look-up for those that the program names, one search for all others.

use crate::eval::bound::{Bound, Packed};
use crate::eval::classes::{Borders, CodeClasses};
use crate::eval::quick::QuickMap;
use crate::program::Program;
use crate::value::partial::Symbol;
use crate::value::short_text::ShortText;
use crate::value::{Code, System};

/// The codes of one system.
#[derive(Debug, Clone)]
pub(super) struct SystemCodes {
    system: System,
    /// Those that the program knows by name or by what is below them, in all spellings.
    known: QuickMap<Known>,
    /// Of all others.
    borders: Borders,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    /// `None`: only its class is known.
    symbol: Option<Symbol>,
    class: u32,
}

impl SystemCodes {
    pub(super) fn new(program: &Program, classes: &CodeClasses, system: System) -> SystemCodes {
        let mut known = QuickMap::default();
        let mut add = |text: &str, symbol: Option<Symbol>| {
            let Ok(code) = Code::new(system, text) else { return };
            // A symbol stands for its letters: of a code in another spelling it is none.
            if symbol.is_none() || code.as_str() == text {
                let class = classes.class(&code);
                known.insert(code.as_str().into(), Known { symbol, class });
                known.insert(code.key().into(), Known { symbol, class });
            }
        };
        for key in classes.special(system) {
            add(key, None);
        }
        for (text, symbol) in program.symbols.iter().zip((0..).map(Symbol)) {
            add(text, Some(symbol));
        }
        SystemCodes { system, known, borders: classes.borders(system) }
    }

    pub(super) fn system(&self) -> System {
        self.system
    }

    /// A code as bound; `None` where it is not well formed.
    #[inline]
    pub(super) fn bind(&self, text: &str, bound: &mut Bound) -> Option<Packed> {
        let known = self.known.get(text);
        if let Some(Known { symbol: Some(symbol), class }) = known {
            return Some(Packed::code(*symbol, *class));
        }
        let mut room = ShortText::new();
        let spelled = self.system.spelled(text, &mut room)?;
        let class = match known {
            Some(known) => known.class,
            None => self.borders.class(spelled),
        };
        Some(Packed::code(bound.own_symbol(spelled), class))
    }
}
