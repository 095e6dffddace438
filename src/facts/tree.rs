//! A YAML or JSON text as a tree with places: nothing is interpreted yet, and nothing is lost that an error would want to say.

use super::mistakes::{Path, shown};
use crate::error::FactError;
use crate::limits::Limits;
use crate::value::{Number, NumberError};
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, Visitor};
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fmt;

/// One value and where it starts.
#[derive(Clone)]
pub(crate) struct Node {
    /// Offset in bytes; where the format does not tell, that of the key or of what the value is in.
    pub(crate) at: usize,
    pub(crate) tree: Tree,
}

#[derive(Clone)]
pub(crate) enum Tree {
    Null,
    /// `true` and `false`; `yes` and `no` are texts.
    Truth(bool),
    Number(Result<Number, NumberError>),
    Text(Box<str>, Quoting),
    List(Vec<Node>),
    /// In the order written, no key twice.
    Map(Vec<Entry>),
}

#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) key: Box<str>,
    pub(crate) key_at: usize,
    pub(crate) value: Node,
}

/// Whether a text stands in quotes (or is a block): `"01"` against `01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quoting {
    Quoted,
    Plain,
}

impl Node {
    /// What kind of thing it is, with its article, for messages. Never the value.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.tree {
            Tree::Null => "nothing",
            Tree::Truth(_) => "a yes or no",
            Tree::Number(_) => "a number",
            Tree::Text(..) => "a text",
            Tree::List(_) => "a list",
            Tree::Map(_) => "a set of keys",
        }
    }

    /// The key that it is, where it can be one.
    pub(super) fn name(&self) -> Option<Box<str>> {
        match &self.tree {
            Tree::Text(name, _) => Some(name.clone()),
            Tree::Truth(value) => Some(value.to_string().into()),
            Tree::Number(Ok(number)) => Some(number.to_string().into()),
            Tree::Null | Tree::Number(Err(_)) | Tree::List(_) | Tree::Map(_) => None,
        }
    }

    /// In a list, an entry starts where its first key does.
    fn at_first_key(mut self) -> Node {
        if let Tree::Map(entries) = &self.tree
            && let Some(first) = entries.first()
        {
            self.at = first.key_at;
        }
        self
    }

    /// The entries, where it is a set of keys.
    pub(crate) fn entries(&self) -> Option<&[Entry]> {
        match &self.tree {
            Tree::Map(entries) => Some(entries),
            Tree::Null | Tree::Truth(_) | Tree::Number(_) | Tree::Text(..) | Tree::List(_) => None,
        }
    }

    /// A single value as text, for whoever asks to see it.
    pub(super) fn scalar_text(&self) -> Option<String> {
        match &self.tree {
            Tree::Truth(value) => Some(value.to_string()),
            Tree::Number(Ok(number)) => Some(number.to_string()),
            Tree::Text(text, _) => Some(text.chars().take(80).collect()),
            Tree::Null | Tree::Number(Err(_)) | Tree::List(_) | Tree::Map(_) => None,
        }
    }

    /// The entry of that key, where it is a set of keys.
    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        match &self.tree {
            Tree::Map(entries) => entries.iter().find(|entry| &*entry.key == key),
            Tree::Null | Tree::Truth(_) | Tree::Number(_) | Tree::Text(..) | Tree::List(_) => None,
        }
    }
}

/// Line and column from 1 of an offset, the column in characters.
pub(crate) fn line_column(text: &str, at: usize) -> (u32, u32) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

/// Whether a text is small enough to be read.
pub(super) fn fits(text: &str, limits: &Limits) -> Result<(), Vec<FactError>> {
    let most = limits.fact_bytes;
    if text.len() <= most {
        return Ok(());
    }
    let message = format!("larger than the {most} bytes that facts may have");
    Err(vec![FactError { path: String::new(), line_column: None, message, help: None, value: None }])
}

/// Reads one tree from a format that lends texts out of `text`, so that their places are known.
///
/// With it come all duplicate keys (the tree has the first of each) and keys that are no texts.
pub(super) fn read<'de, D: serde::Deserializer<'de>>(
    text: &'de str,
    limits: &Limits,
    deserializer: D,
) -> Result<(Node, Vec<FactError>), D::Error> {
    let reading = Reading { text, left: Cell::new(limits.fact_values), errors: RefCell::default() };
    let node = Seed { reading: &reading, path: &Path::Start, near: 0, depth: 0 }.deserialize(deserializer)?;
    Ok((node, reading.errors.into_inner()))
}

const TOO_MANY: &str = "more values than facts may have";
const TOO_DEEP: &str = "nested more than 32 deep";
const TAG: &str = "tags (`!word`) mean nothing here";

/// The reason for stopping that a format's error carries, without what the format adds to it.
pub(super) fn own_reason(message: &str) -> Option<&'static str> {
    [TOO_MANY, TOO_DEEP, TAG].into_iter().find(|reason| message.contains(reason))
}

/// Facts and cases nest far less. The bound keeps the stack small.
const DEEPEST: u8 = 32;

/// What stands for the whole reading.
struct Reading<'de> {
    text: &'de str,
    /// How many nodes may still come, keys apart.
    left: Cell<usize>,
    errors: RefCell<Vec<FactError>>,
}

impl Reading<'_> {
    /// The offset of a text that was lent.
    fn offset(&self, lent: &str) -> Option<usize> {
        let at = (lent.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (at + lent.len() <= self.text.len()).then_some(at)
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Where the value of a key starts, if it is on the key's line; else where the key is.
    fn value_after(&self, key: &Node) -> usize {
        let Tree::Text(name, quoting) = &key.tree else { return key.at };
        let quotes = match quoting {
            Quoting::Quoted => 2,
            Quoting::Plain => 0,
        };
        let after = key.at + name.len() + quotes;
        // Not by lines: all of a text may stand on one, and then every key would look through the whole of it.
        let is_blank = |letter: char| matches!(letter, ' ' | '\t');
        let rest = self.text.get(after..).unwrap_or("").trim_start_matches(is_blank);
        let Some(value) = rest.strip_prefix(':').map(|rest| rest.trim_start_matches(is_blank)) else { return key.at };
        let on_next_line = value.starts_with(['\n', '\r', '#']) || value.is_empty();
        if on_next_line { key.at } else { self.text.len() - value.len() }
    }

    fn report(&self, path: &Path<'_>, at: usize, message: String, help: &str) {
        let mut errors = self.errors.borrow_mut();
        if errors.len() < 100 {
            errors.push(FactError {
                path: path.to_string(),
                line_column: Some(line_column(self.text, at)),
                message,
                help: Some(help.to_owned()),
                value: None,
            });
        }
    }
}

#[derive(Clone, Copy)]
struct Seed<'a, 'de> {
    reading: &'a Reading<'de>,
    path: &'a Path<'a>,
    /// The place to fall back on.
    near: usize,
    depth: u8,
}

impl Seed<'_, '_> {
    fn node<E: serde::de::Error>(&self, at: usize, tree: Tree) -> Result<Node, E> {
        match self.reading.left.get().checked_sub(1) {
            Some(left) => {
                self.reading.left.set(left);
                Ok(Node { at, tree })
            }
            None => Err(E::custom(TOO_MANY)),
        }
    }

    fn deeper<E: serde::de::Error>(&self) -> Result<u8, E> {
        if self.depth < DEEPEST { Ok(self.depth + 1) } else { Err(E::custom(TOO_DEEP)) }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, 'de> {
    type Value = Node;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, 'de> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value without a tag")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Node, E> {
        self.node(self.near, Tree::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Node, E> {
        self.node(self.near, Tree::Null)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Node, E> {
        self.node(self.near, Tree::Truth(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Node, E> {
        self.visit_i128(value.into())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Node, E> {
        self.visit_i128(value.into())
    }

    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<Node, E> {
        self.node(self.near, Tree::Number(value.to_string().parse()))
    }

    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<Node, E> {
        self.node(self.near, Tree::Number(value.to_string().parse()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Node, E> {
        self.node(self.near, Tree::Number(Number::from_f64(value)))
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, value: &'de str) -> Result<Node, E> {
        let Some(at) = self.reading.offset(value) else { return self.visit_str(value) };
        match at.checked_sub(1).and_then(|before| Some((before, self.reading.byte(before)?))) {
            Some((before, b'"' | b'\'')) => self.node(before, Tree::Text(value.into(), Quoting::Quoted)),
            Some(_) | None => self.node(at, Tree::Text(value.into(), Quoting::Plain)),
        }
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Node, E> {
        self.node(self.near, Tree::Text(value.into(), Quoting::Quoted))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Node, A::Error> {
        Err(serde::de::Error::custom(TAG))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let depth = self.deeper()?;
        let mut nodes = Vec::new();
        loop {
            let path = Path::Index(self.path, nodes.len());
            let seed = Seed { reading: self.reading, path: &path, near: self.near, depth };
            match items.next_element_seed(seed)? {
                Some(node) => nodes.push(node.at_first_key()),
                None => return self.node(self.near, Tree::List(nodes)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let depth = self.deeper()?;
        let mut entries: Vec<Entry> = Vec::new();
        let mut keys: HashSet<Box<str>> = HashSet::new();
        while let Some(key) = map.next_key_seed(self)? {
            let (key_at, name) = (key.at, key.name());
            // What is counted is its value.
            self.reading.left.set(self.reading.left.get().saturating_add(1));
            let value_at = self.reading.value_after(&key);
            let path = Path::Key(self.path, name.as_deref().unwrap_or("?"));
            let value = map.next_value_seed(Seed { reading: self.reading, path: &path, near: value_at, depth })?;
            match name {
                None => {
                    self.reading.report(self.path, key_at, "a key is no name".to_owned(), "write the key as a word")
                }
                Some(key) if keys.insert(key.clone()) => entries.push(Entry { key, key_at, value }),
                Some(key) => {
                    let message = format!("`{}` stands twice", shown(&key));
                    self.reading.report(self.path, key_at, message, "keep one of the two");
                }
            }
        }
        self.node(self.near, Tree::Map(entries))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is the failure report")]
mod tests {
    use super::{Node, Quoting, Tree, line_column};
    use crate::facts::yaml::read_tree;

    /// Each leaf and key with its place.
    fn places(text: &str, node: &Node, into: &mut Vec<String>) {
        let (line, column) = line_column(text, node.at);
        let shown = match &node.tree {
            Tree::Null => "null".to_owned(),
            Tree::Truth(value) => value.to_string(),
            Tree::Number(number) => number.clone().map_or_else(|error| error.to_string(), |number| number.to_string()),
            Tree::Text(value, Quoting::Quoted) => format!("{value:?}"),
            Tree::Text(value, Quoting::Plain) => value.to_string(),
            Tree::List(nodes) => return nodes.iter().for_each(|node| places(text, node, into)),
            Tree::Map(entries) => {
                for entry in entries {
                    let (line, column) = line_column(text, entry.key_at);
                    into.push(format!("{}: {line}:{column}", entry.key));
                    places(text, &entry.value, into);
                }
                return;
            }
        };
        into.push(format!("{shown} {line}:{column}"));
    }

    #[test]
    fn knows_where_things_stand() {
        let text = "a: 01\n\"b\": \"01\"\nc:\n  - d: 7.5 # x\n    e: [yes, true]\nf: >\n  x\n  y\ng: # x\n  12\nå: {h: null}\n";
        let mut found = Vec::new();
        places(text, &read_tree(text).unwrap(), &mut found);
        let expected = [
            "a: 1:1",
            "01 1:4",
            "b: 2:1",
            "\"01\" 2:6",
            "c: 3:1",
            "d: 4:5",
            "7.5 4:8",
            "e: 5:5",
            "yes 5:9",
            "true 5:8",
            "f: 6:1",
            "\"x y\\n\" 6:4",
            "g: 9:1",
            "12 9:1",
            "å: 11:1",
            "h: 11:5",
            "null 11:8",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn says_what_is_wrong() {
        let wrong = |text: &str| match read_tree(text) {
            Ok(_) => "fine".to_owned(),
            Err(errors) => errors.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | "),
        };
        assert_eq!(wrong("a: 1\nb:\n  c: 1\n  c: 2\n"), "b: `c` stands twice (line 4, column 3); keep one of the two");
        assert_eq!(
            wrong("a: 1\n---\nb: 2\n"),
            "there is text after the end of the document; one file holds one document: remove `---` or `...` and what follows it"
        );
        assert_eq!(wrong("a: [1\n"), "not readable as YAML: did not find expected ',' or ']' (line 2, column 1)");
        assert!(
            wrong(&"- ".repeat(1_000)).starts_with("not readable as YAML: nested more than 32 deep (line 1, column ")
        );
        assert_eq!(wrong("a: 12345678901234567890\nb: .inf\nc: ~\n"), "fine");
    }
}
