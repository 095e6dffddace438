//! Rust values as the tree that a text is read into: whatever implements `Serialize`, without a text in between.
//!
//! What JSON would say is what is read, with two differences: a number that is not finite is an error and not `null`, and
//! of the variants that hold something only those that say how complete a list is are read.

use super::collected::{Items, Keys};
use super::mistakes::{Mistakes, Path, Wrong, shown};
use super::tree::{Node, Quoting, Tree};
use super::{Facts, typed};
use crate::error::FactError;
use crate::limits::Limits;
use crate::schema::Schema;
use crate::value::Number;
use serde::ser::{self, Impossible, Serialize, Serializer};
use std::cell::{Cell, RefCell};
use std::fmt::{self, Write as _};

/// Facts from any value that can be serialized, checked against what a guideline declares.
///
/// # Errors
/// All mistakes that were found, in the order of the value. They have no lines: there is no text.
pub(crate) fn read(schema: &Schema, limits: &Limits, value: &impl Serialize) -> Result<Facts, Vec<FactError>> {
    let reading = Reading {
        limits,
        values: Cell::new(limits.fact_values),
        bytes: Cell::new(limits.fact_bytes),
        at: Cell::new(0),
        mistakes: RefCell::default(),
    };
    let node = Place { reading: &reading, path: &Path::Start, depth: 0 }.read(value);
    let mistakes = reading.mistakes.into_inner();
    match node {
        Ok(node) => typed::read_without_text(schema, &node, mistakes),
        // INVARIANT: `Place::read` has told what a `Stop` is about.
        Err(_) => Err(mistakes.without_lines()),
    }
}

/// How many values may be inside each other. `Serialize` is the caller's own code and may go on without end.
const DEEPEST: u8 = 64;

/// What stands for the whole reading.
struct Reading<'l> {
    limits: &'l Limits,
    /// How many values and bytes may still come.
    values: Cell<usize>,
    bytes: Cell<usize>,
    /// Counts what was met, so that mistakes have an order.
    at: Cell<usize>,
    mistakes: RefCell<Mistakes>,
}

/// Why reading ends before the value does.
#[derive(Debug)]
pub(super) enum Stop {
    /// Among the mistakes already.
    Told,
    /// The value's own words. They may hold what a patient's fact is.
    Own(Box<str>),
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value cannot be read as facts")
    }
}

impl std::error::Error for Stop {}

impl ser::Error for Stop {
    fn custom<T: fmt::Display>(message: T) -> Stop {
        let mut said = String::new();
        // A text that cannot be written is as good as none.
        let _ = write!(said, "{message}");
        Stop::Own(said.into())
    }
}

/// One place in the value.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    reading: &'a Reading<'a>,
    pub(super) path: &'a Path<'a>,
    depth: u8,
}

impl<'a> Place<'a> {
    pub(super) fn next_at(&self) -> usize {
        let at = self.reading.at.get();
        self.reading.at.set(at.saturating_add(1));
        at
    }

    pub(super) fn tell(&self, at: usize, value: Option<String>, what: impl FnOnce() -> Wrong) {
        self.reading.mistakes.borrow_mut().add(self.path, Some(at), value, what);
    }

    pub(super) fn refuse<T>(&self, message: impl Into<String>, help: &str) -> Result<T, Stop> {
        self.tell(self.next_at(), None, || Wrong::new(message, help));
        Err(Stop::Told)
    }

    /// Takes one value of so many bytes out of what may still come.
    fn spend(&self, bytes: usize) -> Result<usize, Stop> {
        let Some(values) = self.reading.values.get().checked_sub(1) else {
            let most = self.reading.limits.fact_values;
            return self.refuse(format!("more than the {most} values that facts may have"), "give what the rules ask");
        };
        self.reading.values.set(values);
        self.spend_bytes(bytes)?;
        Ok(self.next_at())
    }

    fn spend_bytes(&self, bytes: usize) -> Result<(), Stop> {
        let Some(left) = self.reading.bytes.get().checked_sub(bytes) else {
            let most = self.reading.limits.fact_bytes;
            return self.refuse(format!("larger than the {most} bytes that facts may have"), "give what the rules ask");
        };
        self.reading.bytes.set(left);
        Ok(())
    }

    fn node(self, tree: Tree) -> Result<Node, Stop> {
        let bytes = match &tree {
            Tree::Text(text, _) => text.len(),
            Tree::Null | Tree::Truth(_) | Tree::Number(_) | Tree::List(_) | Tree::Map(_) => 0,
        };
        Ok(Node { at: self.spend(bytes)?, tree })
    }

    fn deeper(self) -> Result<Place<'a>, Stop> {
        if self.depth >= DEEPEST {
            return self.refuse("nested more than 64 deep", "facts need three or four");
        }
        Ok(Place { depth: self.depth + 1, ..self })
    }

    /// The same where a path goes on.
    pub(super) fn at<'b>(self, path: &'b Path<'b>) -> Place<'b>
    where
        'a: 'b,
    {
        Place { path, ..self }
    }

    /// A key counts nothing: what is counted is its value.
    pub(super) fn free_of_charge(&self) {
        self.reading.values.set(self.reading.values.get().saturating_add(1));
    }

    /// Reads what stands here, and tells why it cannot be read.
    pub(super) fn read<T: Serialize + ?Sized>(self, value: &T) -> Result<Node, Stop> {
        value.serialize(self).map_err(|stop| {
            if let Stop::Own(said) = stop {
                self.tell(self.next_at(), Some(said.into()), || Wrong {
                    message: "the value refuses to be read".to_owned(),
                    help: Some("its own `Serialize` says why, which may be about the patient".to_owned()),
                });
            }
            Stop::Told
        })
    }

    fn list(self) -> Result<Items<'a>, Stop> {
        let place = self.deeper()?;
        Ok(Items::new(place.spend(0)?, place))
    }

    fn keys(self) -> Result<Keys<'a>, Stop> {
        let place = self.deeper()?;
        Ok(Keys::new(place.spend(0)?, place))
    }

    fn variant<T>(&self, name: &str) -> Result<T, Stop> {
        self.refuse(
            format!("the variant `{}` holds something", shown(name)),
            "a word is a variant without anything in it; of others only `open` and `complete` are read, for lists",
        )
    }
}

impl<'a> Serializer for Place<'a> {
    type Ok = Node;
    type Error = Stop;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Items<'a>;
    type SerializeTupleStruct = Items<'a>;
    type SerializeTupleVariant = Impossible<Node, Stop>;
    type SerializeMap = Keys<'a>;
    type SerializeStruct = Keys<'a>;
    type SerializeStructVariant = Impossible<Node, Stop>;

    fn serialize_bool(self, value: bool) -> Result<Node, Stop> {
        self.node(Tree::Truth(value))
    }

    fn serialize_i8(self, value: i8) -> Result<Node, Stop> {
        self.serialize_i128(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<Node, Stop> {
        self.serialize_i128(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<Node, Stop> {
        self.serialize_i128(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<Node, Stop> {
        self.serialize_i128(value.into())
    }

    fn serialize_i128(self, value: i128) -> Result<Node, Stop> {
        self.node(Tree::Number(value.to_string().parse()))
    }

    fn serialize_u8(self, value: u8) -> Result<Node, Stop> {
        self.serialize_u128(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<Node, Stop> {
        self.serialize_u128(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<Node, Stop> {
        self.serialize_u128(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<Node, Stop> {
        self.serialize_u128(value.into())
    }

    fn serialize_u128(self, value: u128) -> Result<Node, Stop> {
        self.node(Tree::Number(value.to_string().parse()))
    }

    /// The decimal that it prints as at its shortest: 0.1 is a tenth, though no floating-point number is.
    fn serialize_f32(self, value: f32) -> Result<Node, Stop> {
        let number = if value.is_finite() { format!("{value:e}").parse() } else { Number::from_f64(value.into()) };
        self.node(Tree::Number(number))
    }

    fn serialize_f64(self, value: f64) -> Result<Node, Stop> {
        self.node(Tree::Number(Number::from_f64(value)))
    }

    fn serialize_char(self, value: char) -> Result<Node, Stop> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<Node, Stop> {
        // Counted before it is copied.
        let at = self.spend(value.len())?;
        Ok(Node { at, tree: Tree::Text(value.into(), Quoting::Quoted) })
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<Node, Stop> {
        self.serialize_str(&written(value)?)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Node, Stop> {
        self.refuse("bytes are no value of a fact", "give a text, a number or a list of records")
    }

    fn serialize_none(self) -> Result<Node, Stop> {
        self.node(Tree::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Node, Stop> {
        value.serialize(self.deeper()?)
    }

    fn serialize_unit(self) -> Result<Node, Stop> {
        self.node(Tree::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Node, Stop> {
        self.node(Tree::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Node, Stop> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Node, Stop> {
        value.serialize(self.deeper()?)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Node, Stop> {
        if !matches!(variant, "open" | "complete") {
            return self.variant(variant);
        }
        let mut keys = self.keys()?;
        ser::SerializeStruct::serialize_field(&mut keys, variant, value)?;
        ser::SerializeStruct::end(keys)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, Stop> {
        self.list()
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'a>, Stop> {
        self.list()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'a>, Stop> {
        self.list()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Impossible<Node, Stop>, Stop> {
        self.variant(variant)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Keys<'a>, Stop> {
        self.keys()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Keys<'a>, Stop> {
        self.keys()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Impossible<Node, Stop>, Stop> {
        self.variant(variant)
    }
}

/// What is written, where it can be: a `Display` may fail.
fn written<T: fmt::Display + ?Sized>(value: &T) -> Result<String, Stop> {
    let mut text = String::new();
    write!(text, "{value}").map_err(|_| Stop::Own("it cannot be written as text".into()))?;
    Ok(text)
}
