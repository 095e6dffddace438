//! The nearest name: "did you mean".

/// The candidate that `name` most likely meant, if one is near enough: at most a third of its letters differ.
///
/// Compares at most 10,000 candidates, so that a file full of mistakes stays cheap.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = name.chars().take(64).collect();
    let allowed = (letters.len() / 3).max(1);
    candidates
        .into_iter()
        .take(10_000)
        .filter_map(|candidate| Some((distance(&letters, candidate, allowed)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Edit distance with swaps of neighbours, `None` when over `allowed`.
fn distance(name: &[char], candidate: &str, allowed: usize) -> Option<usize> {
    let other: Vec<char> = candidate.chars().take(65).collect();
    if name.len().abs_diff(other.len()) > allowed {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut left_of_row = None;
    for (row, letter) in name.iter().enumerate() {
        let mut current = Vec::with_capacity(last.len());
        current.push(row + 1);
        let mut left = row + 1;
        let mut previous_other = None;
        for (column, other_letter) in other.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut best =
                (at(&last, column + 1) + 1).min(left + 1).min(at(&last, column) + usize::from(letter != other_letter));
            if column > 0 && left_of_row == Some(*other_letter) && previous_other == Some(*letter) {
                best = best.min(at(&before, column - 1) + 1);
            }
            current.push(best);
            left = best;
            previous_other = Some(*other_letter);
        }
        left_of_row = Some(*letter);
        before = std::mem::replace(&mut last, current);
    }
    last.last().copied().filter(|distance| *distance <= allowed && *distance < name.len().max(other.len()))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant() {
        let names = ["birth_date", "registered_county", "diagnoses"];
        assert_eq!(nearest("birth_dat", names), Some("birth_date"));
        assert_eq!(nearest("diagnosse", names), Some("diagnoses"));
        assert_eq!(nearest("weight", names), None);
        assert_eq!(nearest("x", ["y"]), None);
    }
}
