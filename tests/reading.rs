//! How doubtful texts are read: two ways to write the same tree, and texts that are close and differ.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a panic is the failure report")]

use riktlinje::syntax::ast::{Declaration, Expr, ExprKind, Item};
use riktlinje::syntax::{FileId, parse, parse_expression, print, print_expression};

fn read(text: &str) -> Expr {
    parse_expression(FileId(0), text).unwrap_or_else(|findings| {
        panic!("{text}: {}", findings.iter().map(|finding| finding.message().to_owned()).collect::<Vec<_>>().join("; "))
    })
}

/// The left text is read as the right one, which is how the formatter writes it.
#[test]
fn these_read_alike() {
    for (text, canonical) in [
        // Binding, tight first.
        ("not a is b and c", "not a is b and c"),
        ("(not (a is b)) and c", "not a is b and c"),
        ("a + b * c - d at least 2", "a + b * c - d at least 2"),
        ("(a + (b * c)) - d at least 2", "(a + b * c) - d at least 2"),
        ("not x in y", "x not in y"),
        ("not (x in y)", "not (x in y)"),
        ("a and (b and c)", "a and b and c"),
        ("((a))", "a"),
        // One comparison, not a comparison with a date before.
        ("x at least 1 year before y", "x at least 1 year before y"),
        ("x on or after 1 year before y", "x on or after 1 year before y"),
        ("x on or after (1 year before y)", "x on or after 1 year before y"),
        ("x within 14 days of y", "x within 14 days of y"),
        ("x from 1 year before today to today", "x from 1 year before today to today"),
        ("age 20 years or older", "age 20 years or older"),
        ("age 20 years or older or b", "age 20 years or older or b"),
        ("age on x at least 1 years", "age on x at least 1 year"),
        // Units: the next word on the line when it is not reserved.
        ("a at least 7 mmol/L and b", "a at least 7 mmol/L and b"),
        ("a at least 7\n  and b", "a at least 7 and b"),
        ("dose / weight at least 1.5 mg/kg", "dose / weight at least 1.5 mg/kg"),
        ("a less than 10 10*3/uL", "a less than 10 10*3/uL"),
        ("at least 2 of (a, b)", "at least 2 of (a, b)"),
        // `has` takes one condition.
        ("some d in ds has a and b", "some d in ds has a and b"),
        ("some d in ds has (a and b)", "some d in ds has (a and b)"),
        ("some d in ds has a is b", "some d in ds has (a is b)"),
        ("count d in ds has (a) at least 2", "count d in ds has (a) at least 2"),
        ("the latest s in ss that are (a) by taken has b", "the latest s in ss that are (a) by taken has b"),
        ("no recorded d in ds has a", "no recorded d in ds has a"),
        ("no d in ds has a", "no d in ds has a"),
        ("a is no", "a is no"),
        // Codes, and the system before a quoted one.
        ("a in F10-F19", "a in F10-F19"),
        ("a is one of county \"01\", county \"02\" and b", "a is one of county \"01\", county \"02\" and b"),
        ("a is ICD-10-SE \"F11.2\"", "a is ICD-10-SE F11.2"),
        // Statuses and what is known.
        ("laro is not applicable", "laro is not applicable"),
        ("laro.age is not met", "laro.age is not met"),
        ("naloxone is advised against", "naloxone is advised against"),
        ("x.y is not known", "x.y is not known"),
        // A condition never ends at a line's end.
        ("all of:\n  a\n  b is\n  c\n  not d", "all of:\n    a\n    b is c\n    not d"),
        ("any of: a b and c d", "any of:\n    a\n    b and c\n    d"),
        ("all of:\n  a\n  (at least 1 of (b, c))", "all of:\n    a\n    (at least 1 of (b, c))"),
        ("if a then 1 else if b then 2 else 3", "if a then 1 else if b then 2 else 3"),
        ("\"one\"\n\"two\"", "\"one two\""),
        ("years between a and b at least 2", "years between a and b at least 2"),
        ("look up a in t for c, otherwise 0", "look up a in t for c, otherwise 0"),
        ("a during 2004", "a during 2004"),
        ("a is -1 and 2 - -1 is 3", "a is -1 and 2 - -1 is 3"),
        // Words that are free where no sentence can go on with them.
        ("text is \"abc\" and code is date", "text is \"abc\" and code is date"),
        ("letter.to is start", "letter.to is start"),
        ("# said aside\na # and so on\nand b", "a and b"),
    ] {
        let tree = read(text);
        assert_eq!(print_expression(&tree), canonical, "{text}");
        assert_eq!(read(canonical), tree, "{text}");
    }
}

#[test]
fn these_differ() {
    for (one, other) in [
        ("not x in y", "not (x in y)"),
        ("x at least 1 year before y", "x before y"),
        ("some d in ds has a and b", "some d in ds has (a and b)"),
        ("a - (b - c)", "a - b - c"),
        ("laro is not applicable", "laro is not met"),
        ("age at least 20 years", "age 20 years or older"),
        ("a is \"F11\"", "a is F11"),
        ("1 year", "12 months"),
    ] {
        assert_ne!(read(one), read(other), "{one} / {other}");
    }
    assert!(matches!(read("x at least 1 year before y").kind, ExprKind::Distance { .. }));
    assert!(matches!(read("1 year before y").kind, ExprKind::Shifted { .. }));
    assert!(matches!(read("x before y").kind, ExprKind::Compare { .. }));
}

/// A ground, a label and an exception belong to the nearest item above; `covers` on a line of its own to the rule.
#[test]
fn grounds_belong_to_the_item_above() {
    let text = r#"eligibility e
    cite A, "rule"
    require one: a covers S1
        cite B, no locator
        exception x: b then refer to p
            our interpretation "exception"
        exception y: c then refer to p
    expect two: b
    covers S2, S3
"#;
    let (file, findings) = parse(FileId(0), text);
    assert!(findings.is_empty());
    let Some(Item { declaration: Declaration::Eligibility(rule), .. }) = file.items.first() else { panic!("no rule") };
    let [one, two] = rule.criteria.as_slice() else { panic!("two lines") };
    assert_eq!((rule.grounds.len(), one.grounds.len(), two.grounds.len()), (1, 1, 0));
    assert_eq!(one.exceptions.iter().map(|exception| exception.grounds.len()).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(one.covers.as_ref().map(|covers| covers.ids.len()), Some(1));
    assert_eq!(rule.covers.as_ref().map(|covers| covers.ids.len()), Some(2));
    assert_eq!(print(&file), text);
}

/// `on` before a day of the week begins a line of a schedule, also where `age on` a day could go on; so does `from` where no
/// `to` belongs to it.
#[test]
fn lines_of_a_schedule_do_not_carry_a_condition_on() {
    let read = |lines: &str| {
        let text = format!("schedule s\n{lines}");
        let (file, findings) = parse(FileId(0), &text);
        assert!(findings.is_empty(), "{lines}: {findings:?}");
        let Some(Item { declaration: Declaration::Schedule(rule), .. }) = file.items.first() else { panic!("no rule") };
        rule.clone()
    };
    let phases = |when: &str| read(&format!("    when {when}\n    on Monday, through x\n    from y\n")).phases.len();
    for when in ["x before age", "age", "age on x", "x is y + age", "not age"] {
        assert_eq!(phases(when), 1, "{when}");
    }
    let is_from = |from: &str| read(&format!("    when x\n    from {from}\n    every week\n")).from.is_some();
    for from in [
        "y",
        "round y to 2 decimals",
        "round (a from b to c) to 2 decimals",
        "(the latest a of b that are (c from d to e))",
    ] {
        assert!(is_from(from), "{from}");
    }
    assert_eq!(read("    when x\n    every count a in b, through y\n    from y\n").phases.len(), 1);
    assert_eq!(read("    when all of:\n        x\n        every a in b has c\n    from y\n").phases.len(), 0);
    assert!(read("    when x\n    from y to z\n    every week\n").from.is_none());
}

/// `no recorded call in calls has …` is one line.
#[test]
fn a_no_alone_on_its_line_is_no_quantifier() {
    let lines = read("all of:\n    not no\n    recorded is not y");
    let ExprKind::And { operands, .. } = &lines.kind else { panic!("{lines:?}") };
    assert_eq!(operands.len(), 2);
    assert!(matches!(read("no recorded call in calls has (x)").kind, ExprKind::Quantifier(_)));
}

#[test]
fn a_word_alone_on_its_line_begins_no_line_of_a_rule() {
    for word in ["track", "start", "done", "due", "one", "item", "given", "list", "compare", "suppress"] {
        let text = format!(
            "eligibility e\n    require a: all of:\n        x\n        {word}\n        the latest b of c\n    when y\n"
        );
        let (file, findings) = parse(FileId(0), &text);
        assert!(findings.is_empty(), "{text}{findings:?}");
        let Some(Item { declaration: Declaration::Eligibility(rule), .. }) = file.items.first() else {
            panic!("no rule")
        };
        let [line] = rule.criteria.as_slice() else { panic!("one line") };
        let ExprKind::And { operands, .. } = &line.condition.kind else { panic!("{word}: {:?}", line.condition) };
        assert_eq!((operands.len(), rule.when.is_some()), (3, true), "{word}");
    }
}

/// Comments stay with what they are about, whatever order the clauses had; formatting again changes nothing.
#[test]
fn comments_stay() {
    let text = "# the file\nguideline a.b # named\n  # the edition\n  language 1\n\n# a definition\ndefine x\n    show # shown\n    \
                # one value\n    a # and\n      and b # or more\n    label en \"X\" # labelled\n    cite A, \"1\"\n# the end\n";
    let canonical = "# the file\nguideline a.b  # named\n    # the edition\n    language 1\n\n# a definition\ndefine x\n    \
                     label en \"X\"  # labelled\n    cite A, \"1\"\n    # one value\n    # and\n    a and b  # or more\n    \
                     show  # shown\n\n# the end\n";
    let (file, findings) = parse(FileId(0), text);
    assert!(findings.is_empty());
    assert_eq!(print(&file), canonical);
    let (again, findings) = parse(FileId(0), canonical);
    assert!(findings.is_empty());
    assert_eq!(print(&again), canonical);
    assert_eq!(again.items, file.items);
}

/// An empty line of the author's stays, one where there were several; those between declarations are the formatter's.
#[test]
fn empty_lines_stay() {
    let text = "guideline a.b\n    language 1\n\n\n    # of the law\n\n    version 1.0.0\nparty a en \"A\"\nparty b en \"B\"\n  \n\
                party c en \"C\"\ndefine x\n    cite A, \"1\"\n\n    label en \"X\"\n\n    any of:\n        a\n\n        b\n\n\n# the\n\n# end\n\n";
    let canonical = "guideline a.b\n    language 1\n\n    # of the law\n\n    version 1.0.0\n\nparty a en \"A\"\nparty b en \"B\"\n\n\
                     party c en \"C\"\n\ndefine x\n\n    label en \"X\"\n    cite A, \"1\"\n\n    any of:\n        a\n\n        b\n\n# the\n\n# end\n";
    let (file, findings) = parse(FileId(0), text);
    assert!(findings.is_empty());
    assert_eq!(print(&file), canonical);
    let (again, _) = parse(FileId(0), canonical);
    assert_eq!(print(&again), canonical);
    assert_eq!(again, file);
}

#[test]
fn an_interpretation_may_say_its_languages() {
    let text = "define x\n    our interpretation sv \"så läser vi det\" en \"we read it so\"\n    our interpretation \"plain\"\n    a\n";
    let (file, findings) = parse(FileId(0), text);
    assert!(findings.is_empty());
    assert_eq!(print(&file), text);
}

#[test]
fn long_lines_are_broken_where_it_does_not_matter() {
    let word = "a_rather_long_name_for_a_condition";
    let text = format!(
        "define x\n    label en \"{}\"\n    {word} and {word} is not known and {word} and some d in ds has ({word})\n",
        "many words and more ".repeat(12).trim_end()
    );
    let (file, findings) = parse(FileId(0), &text);
    assert!(findings.is_empty());
    let printed = print(&file);
    assert!(printed.lines().all(|line| line.len() <= 110), "{printed}");
    let (again, findings) = parse(FileId(0), &printed);
    assert!(findings.is_empty());
    assert_eq!(again.items, file.items);
    assert_eq!(print(&again), printed);
}

#[test]
fn carriage_returns_and_a_byte_order_mark_mean_nothing() {
    let text = "define x\n    a\n    # said\n    show\n";
    let (file, _) = parse(FileId(0), text);
    let (other, findings) = parse(FileId(0), &format!("\u{feff}{}", text.replace('\n', "\r\n")));
    assert!(findings.is_empty());
    assert_eq!(other.items, file.items);
    assert_eq!(print(&other), text);
}
