//! Lists and sets of keys of a Rust value, gathered while they are serialized.

use super::mistakes::{Path, Wrong, shown};
use super::serialized::{Place, Stop};
use super::tree::{Entry, Node, Tree};
use serde::ser::{self, Serialize};
use std::collections::HashSet;

/// A list under way. Grows as items come: a length that is announced may be anything.
pub(super) struct Items<'a> {
    at: usize,
    place: Place<'a>,
    nodes: Vec<Node>,
}

impl<'a> Items<'a> {
    pub(super) fn new(at: usize, place: Place<'a>) -> Items<'a> {
        Items { at, place, nodes: Vec::new() }
    }

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stop> {
        let path = Path::Index(self.place.path, self.nodes.len());
        let node = self.place.at(&path).read(value)?;
        self.nodes.push(node);
        Ok(())
    }

    fn done(self) -> Node {
        Node { at: self.at, tree: Tree::List(self.nodes) }
    }
}

macro_rules! items {
    ($($trait:ident $push:ident),*) => {
        $(impl ser::$trait for Items<'_> {
            type Ok = Node;
            type Error = Stop;

            fn $push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stop> {
                self.push(value)
            }

            fn end(self) -> Result<Node, Stop> {
                Ok(self.done())
            }
        })*
    };
}

items!(SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field);

/// A set of keys under way.
pub(super) struct Keys<'a> {
    at: usize,
    place: Place<'a>,
    entries: Vec<Entry>,
    names: HashSet<Box<str>>,
    /// A key whose value has not come.
    waiting: Option<(usize, Box<str>)>,
}

impl<'a> Keys<'a> {
    pub(super) fn new(at: usize, place: Place<'a>) -> Keys<'a> {
        Keys { at, place, entries: Vec::new(), names: HashSet::new(), waiting: None }
    }

    fn put<T: Serialize + ?Sized>(&mut self, key_at: usize, key: Box<str>, value: &T) -> Result<(), Stop> {
        let path = Path::Key(self.place.path, &key);
        let value = self.place.at(&path).read(value)?;
        if self.names.insert(key.clone()) {
            self.entries.push(Entry { key, key_at, value });
        } else {
            let twice = || Wrong::new(format!("`{}` stands twice", shown(&key)), "keep one of the two");
            self.place.tell(key_at, None, twice);
        }
        Ok(())
    }

    fn done(self) -> Result<Node, Stop> {
        match self.waiting {
            None => Ok(Node { at: self.at, tree: Tree::Map(self.entries) }),
            Some(_) => Err(Stop::Own("a key has no value".into())),
        }
    }
}

impl ser::SerializeStruct for Keys<'_> {
    type Ok = Node;
    type Error = Stop;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Stop> {
        self.put(self.place.next_at(), key.into(), value)
    }

    fn end(self) -> Result<Node, Stop> {
        self.done()
    }
}

impl ser::SerializeMap for Keys<'_> {
    type Ok = Node;
    type Error = Stop;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Stop> {
        if self.waiting.is_some() {
            return Err(Stop::Own("a key has no value".into()));
        }
        let node = key.serialize(self.place)?;
        self.place.free_of_charge();
        match node.name() {
            Some(name) => self.waiting = Some((node.at, name)),
            None => return self.place.refuse("a key is no name", "write the key as a word"),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stop> {
        match self.waiting.take() {
            Some((at, key)) => self.put(at, key, value),
            None => Err(Stop::Own("a value has no key".into())),
        }
    }

    fn end(self) -> Result<Node, Stop> {
        self.done()
    }
}
