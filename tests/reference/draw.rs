//! Days drawn by chance, as `Seed::draw` says that they can be drawn again with any other tool.

use super::calendar::{self, Day};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// "The message is the schedule's name, the anchor and the ISO week, a line each without a last line end. The first 16
/// bytes of the code, the highest first, are a number; its remainder by how many days are left is the index of the next
/// day that is drawn, and the quotient goes on."
pub fn draw(seed: &str, schedule: &str, anchor: Day, monday: Day, times: usize, mut among: Vec<Day>) -> Vec<Day> {
    // An ISO week belongs to the year of its Thursday.
    let thursday = monday + 3;
    let (year, _, _) = calendar::parts(thursday);
    let week = (thursday - calendar::day(year, 1, 1)) / 7 + 1;
    let mut code = Hmac::<Sha256>::new_from_slice(seed.as_bytes()).expect("a key of any length");
    code.update(format!("{schedule}\n{}\n{year:04}-W{week:02}", calendar::text(anchor)).as_bytes());
    let code = code.finalize().into_bytes();
    let mut number = code.iter().take(16).fold(0_u128, |number, byte| number * 256 + u128::from(*byte));
    let mut drawn = Vec::new();
    while drawn.len() < times && !among.is_empty() {
        let left = among.len() as u128;
        drawn.push(among.remove((number % left) as usize));
        number /= left;
    }
    drawn
}
