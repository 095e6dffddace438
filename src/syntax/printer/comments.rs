//! Puts comments back where they belong, and blank lines between declarations.

use super::{Anchor, Line};
use crate::syntax::ast::{Comment, CommentPosition, File};

/// The comments of one line.
#[derive(Default, Clone)]
struct Attached<'a> {
    before: Vec<&'a Comment>,
    after: Option<&'a Comment>,
}

/// The text of the file. `starts` are the numbers of the declarations' first lines.
pub(super) fn layout(lines: &[Line], starts: &[usize], file: &File) -> String {
    let (attached, rest) = attach(lines, &file.comments);
    let mut text = String::new();
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
                push_line(&mut text, line.indent, &comment.text);
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
