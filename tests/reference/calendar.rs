//! Days counted from 0001-01-01 (day 1), by the rules of the Gregorian calendar and nothing else.

/// A day by its number; 0001-01-01 is 1.
pub type Day = i64;

/// 9999-12-31.
pub const LAST: Day = 3_652_059;

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_before_year(year: i64) -> i64 {
    let full = year - 1;
    full * 365 + full.div_euclid(4) - full.div_euclid(100) + full.div_euclid(400)
}

pub fn day(year: i64, month: i64, day: i64) -> Day {
    days_before_year(year) + (1..month).map(|m| days_of_month(year, m)).sum::<i64>() + day
}

pub fn parts(number: Day) -> (i64, i64, i64) {
    let mut year = number / 366 + 1;
    while days_before_year(year + 1) < number {
        year += 1;
    }
    let (mut month, mut rest) = (1, number - days_before_year(year));
    while rest > days_of_month(year, month) {
        rest -= days_of_month(year, month);
        month += 1;
    }
    (year, month, rest)
}

fn within_calendar(number: Day) -> Option<Day> {
    (1..=LAST).contains(&number).then_some(number)
}

/// "Adding months keeps the day or takes the month's last (29 February + 1 year is 28 February)."
pub fn add_months(from: Day, months: i64) -> Option<Day> {
    let (year, month, date) = parts(from);
    let index = year * 12 + (month - 1) + months;
    let (year, month) = (index.div_euclid(12), index.rem_euclid(12) + 1);
    if !(1..=9999).contains(&year) {
        return None;
    }
    within_calendar(day(year, month, date.min(days_of_month(year, month))))
}

pub fn add_days(from: Day, days: i64) -> Option<Day> {
    within_calendar(from + days)
}

/// Completed months: the largest n such that `from` + n months is on or before `to`; counted the other way, and
/// negative, when `to` is earlier.
pub fn completed_months(from: Day, to: Day) -> i64 {
    completed(from, to, add_months)
}

fn completed(from: Day, to: Day, add: impl Fn(Day, i64) -> Option<Day> + Copy) -> i64 {
    if to < from {
        return -completed(to, from, add);
    }
    let ((from_year, from_month, _), (to_year, to_month, _)) = (parts(from), parts(to));
    let most = (to_year - from_year) * 12 + to_month - from_month;
    if add(from, most).is_some_and(|reached| reached <= to) { most } else { most - 1 }
}

/// Completed months of age. With the policy `1 March`, whoever is born on 29 February has the birthday on 1 March in
/// years without that day; with `28 February`, and without a policy, on 28 February.
pub fn age_in_months(birth: Day, on: Day, birthday_is_1_march: bool) -> i64 {
    if on < birth {
        return completed_months(birth, on);
    }
    completed(birth, on, |from, months| {
        let plain = add_months(from, months)?;
        let ((_, birth_month, birth_date), (_, month, date)) = (parts(from), parts(plain));
        let moved = (birth_month, birth_date, month, date) == (2, 29, 2, 28);
        if moved && birthday_is_1_march { add_days(plain, 1) } else { Some(plain) }
    })
}

/// `2004-05-12`, `2004-05` or `2004`: the first and the last day it can be.
pub fn parse_day(text: &str) -> Option<(Day, Day)> {
    let numbers: Vec<i64> = text.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match numbers.as_slice() {
        [year] => Some((day(*year, 1, 1), day(*year, 12, 31))),
        [year, month] => Some((day(*year, *month, 1), day(*year, *month, days_of_month(*year, *month)))),
        [year, month, date] => Some((day(*year, *month, *date), day(*year, *month, *date))),
        _ => None,
    }
}

/// The first and the last day of its month.
pub fn whole_month(number: Day) -> (Day, Day) {
    let (year, month, _) = parts(number);
    (day(year, month, 1), day(year, month, days_of_month(year, month)))
}

/// The first and the last day of its year.
pub fn whole_year(number: Day) -> (Day, Day) {
    let (year, _, _) = parts(number);
    (day(year, 1, 1), day(year, 12, 31))
}

/// `2004-05-12`
pub fn text(number: Day) -> String {
    let (year, month, date) = parts(number);
    format!("{year:04}-{month:02}-{date:02}")
}

/// So many `days`, `weeks`, `months` or `years` after a day that lies well inside the calendar.
pub fn shift_day(from: Day, count: i64, unit: &str) -> Day {
    match unit {
        "days" => from + count,
        "weeks" => from + 7 * count,
        "months" => add_months(from, count).expect("inside the calendar"),
        _ => add_months(from, 12 * count).expect("inside the calendar"),
    }
}
