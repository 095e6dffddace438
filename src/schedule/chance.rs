//! Days that are drawn by chance, and drawn again alike. The only door to HMAC.

use crate::value::Date;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// The secret that random weekdays are drawn with. Who knows it can tell the days beforehand, so it is never shown: not in
/// an outcome, not in its identity, not by `Debug`.
///
/// ```
/// use riktlinje::Seed;
/// let seed = Seed::new(b"thirty-two bytes from a good source").unwrap();
/// assert_eq!(format!("{seed:?}"), "Seed(secret)");
/// assert!(Seed::new(b"").is_none());
/// ```
#[derive(Clone)]
pub struct Seed {
    mac: Hmac<Sha256>,
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(secret)")
    }
}

impl Seed {
    /// Any bytes; 16 or more from a good source, or somebody may guess them. `None` if there is no byte.
    #[must_use]
    pub fn new(secret: &[u8]) -> Option<Seed> {
        if secret.is_empty() {
            return None;
        }
        Hmac::new_from_slice(secret).ok().map(|mac| Seed { mac })
    }

    /// HMAC-SHA256.
    fn code(&self, message: &str) -> impl Iterator<Item = u8> + use<> {
        let mut mac = self.mac.clone();
        mac.update(message.as_bytes());
        mac.finalize().into_bytes().into_iter()
    }

    /// `times` of the days `among`, in order; all of them if they are fewer.
    ///
    /// The message is the schedule's name, the anchor and the ISO week, a line each without a last line end:
    /// `urine_samples`, `2026-01-05`, `2026-W03`. The first 16 bytes of the code, the highest first, are a number; its
    /// remainder by how many days are left is the index of the next day that is drawn, and the quotient goes on.
    /// Of 2^128 numbers at most 60 are too many for equal chances.
    pub(super) fn draw(
        &self,
        schedule: &str,
        anchor: Date,
        monday: Date,
        times: usize,
        mut among: Vec<Date>,
    ) -> Vec<Date> {
        let (year, week) = monday.iso_week();
        let code = self.code(&format!("{schedule}\n{anchor}\n{year:04}-W{week:02}"));
        let mut number = code.take(16).fold(0_u128, |number, byte| (number << 8) | u128::from(byte));
        let mut drawn = Vec::new();
        while drawn.len() < times && !among.is_empty() {
            let left = among.len() as u128;
            let index = usize::try_from(number % left).unwrap_or(0);
            number /= left;
            drawn.push(among.remove(index));
        }
        drawn.sort_unstable();
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::Seed;
    use crate::value::Date;

    fn hexadecimal(bytes: impl Iterator<Item = u8>) -> String {
        bytes.map(|byte| format!("{byte:02x}")).collect()
    }

    /// RFC 4231, test cases 1 to 3 and 6 (those whose data is text, and a key longer than a block).
    #[test]
    fn the_code_is_hmac_sha_256() {
        let cases: [(&[u8], &str, &str); 3] = [
            (&[0x0b; 20], "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe",
                "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &[0xaa; 131],
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ];
        for (key, message, code) in cases {
            let seed = Seed::new(key).map(|seed| hexadecimal(seed.code(message)));
            assert_eq!(seed.as_deref(), Some(code));
        }
        assert!(Seed::new(b"").is_none());
        assert_eq!(format!("{:?}", Seed::new(b"Jefe")), "Some(Seed(secret))");
    }

    #[test]
    fn every_day_of_a_week_is_drawn_about_as_often() {
        let Some(seed) = Seed::new(b"a secret") else { return };
        let mut times = [0_u32; 5];
        let week = Date::from_ymd(2026, 1, 5).unwrap_or(Date::MIN);
        for number in 0..2000 {
            let monday = Date::from_day_number(week.day_number() + 7 * number).unwrap_or(week);
            let among = (0..5).filter_map(|day| Date::from_day_number(monday.day_number() + day)).collect();
            let drawn = seed.draw("urine_samples", week, monday, 1, among);
            for (day, times) in (0..).zip(&mut times) {
                *times += u32::from(drawn.iter().any(|date| date.day_number() == monday.day_number() + day));
            }
        }
        assert!(times.iter().all(|times| (340..460).contains(times)), "{times:?}");
        assert_eq!(times.iter().sum::<u32>(), 2000);
    }
}
