//! Puts comments back where they belong, blank lines between declarations, and those that the author left.

use super::{Anchor, Line};
use crate::syntax::ast::{Comment, CommentPosition, File, Span};

/// The comments of one line.
#[derive(Default, Clone)]
struct Attached<'a> {
    before: Vec<&'a Comment>,
    after: Option<&'a Comment>,
}

/// Empty lines of the author that stand yet to be put back: each is used once, before the first line that it stood before.
struct Blanks(Vec<Span>);

impl Blanks {
    /// An empty line before what began there, where there was one and none stands here already.
    fn put_back(&mut self, text: &mut String, start: u32) {
        let before = self.0.partition_point(|line| line.start <= start);
        let Some(line) = before.checked_sub(1).and_then(|at| self.0.get_mut(at)) else { return };
        if start < line.end {
            // Used up: nothing begins inside it any more.
            line.end = line.start;
            if !text.is_empty() && !text.ends_with("\n\n") {
                text.push('\n');
            }
        }
    }
}

/// The text of the file. `starts` are the numbers of the declarations' first lines.
pub(super) fn layout(lines: &[Line], starts: &[usize], file: &File) -> String {
    let (attached, rest) = attach(lines, &file.comments);
    let mut text = String::new();
    let mut blanks = Blanks(file.blank_lines.0.clone());
    let mut attached = attached.into_iter();
    let sizes = starts.iter().skip(1).copied().chain([lines.len()]).zip(starts).map(|(next, start)| next - start);
    let mut before: Option<(usize, &str)> = None;
    let mut rows = lines.iter();
    for size in sizes {
        let block: Vec<(&Line, Attached<'_>)> = rows.by_ref().take(size).zip(attached.by_ref()).collect();
        let keyword = block.first().map_or("", |(line, _)| line.text.split(' ').next().unwrap_or(""));
        let commented = block.first().is_some_and(|(_, comments)| !comments.before.is_empty());
        let together = matches!(before, Some((1, last)) if last == keyword) && size == 1 && !commented;
        if before.is_some() && !together {
            text.push('\n');
        }
        for (line, comments) in block {
            for comment in comments.before {
                blanks.put_back(&mut text, comment.span.start);
                push_line(&mut text, line.indent, &comment.text);
            }
            if let Anchor::At(start) = line.anchor {
                blanks.put_back(&mut text, start);
            }
            match comments.after {
                Some(comment) => push_line(&mut text, line.indent, &format!("{}  {}", line.text, comment.text)),
                None => push_line(&mut text, line.indent, &line.text),
            }
        }
        before = Some((size, keyword));
    }
    if !rest.is_empty() && !text.is_empty() {
        text.push('\n');
    }
    for comment in rest {
        blanks.put_back(&mut text, comment.span.start);
        push_line(&mut text, 0, &comment.text);
    }
    text
}

fn push_line(text: &mut String, indent: usize, line: &str) {
    text.extend(std::iter::repeat_n(' ', indent));
    text.push_str(line.trim_end());
    text.push('\n');
}

/// For each line its comments; and those that no line follows.
///
/// A comment on a line of its own belongs to the next thing in the source, one after code to the thing before it. Of several
/// after one thing the last stays there, the others go before it.
fn attach<'a>(lines: &[Line], comments: &'a [Comment]) -> (Vec<Attached<'a>>, Vec<&'a Comment>) {
    let mut attached = vec![Attached::default(); lines.len()];
    let mut anchors: Vec<(u32, usize)> = lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| match line.anchor {
            Anchor::At(start) => Some((start, index)),
            Anchor::Continued => None,
        })
        .collect();
    anchors.sort_unstable();
    let mut rest = Vec::new();
    for comment in comments {
        let next = anchors.partition_point(|(start, _)| *start <= comment.span.start);
        let line = match comment.position {
            CommentPosition::OwnLine => anchors.get(next),
            CommentPosition::AfterCode => next.checked_sub(1).and_then(|last| anchors.get(last)),
        };
        let Some(place) = line.and_then(|(_, index)| attached.get_mut(*index)) else {
            rest.push(comment);
            continue;
        };
        match comment.position {
            CommentPosition::OwnLine => place.before.push(comment),
            CommentPosition::AfterCode => place.before.extend(place.after.replace(comment)),
        }
    }
    (attached, rest)
}
