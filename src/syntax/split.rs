//! Splitting a file at column 1, so that one mistake costs one declaration.

use std::ops::Range;

/// The byte ranges of the declarations of `text` from `start` on, in order; together they cover it from the first on.
///
/// A declaration starts on a line whose first character is no blank, no `#` and no line end.
pub(super) fn declarations(text: &str, start: usize) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut line = start;
    for next in text.match_indices(['\n', '\r']).map(|(at, _)| at + 1).chain([text.len()]) {
        let first = text.as_bytes().get(line).copied().unwrap_or(b'\n');
        if !matches!(first, b' ' | b'\t' | b'#' | b'\n' | b'\r') {
            starts.push(line);
        }
        line = next;
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}
