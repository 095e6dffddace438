//! Values that implement `Serialize`, read without anything in between.

use super::Unusual;
use super::filling::{At, Filling, Items, Keys};
use crate::value::Number;
use crate::value::short_text::ShortText;
use serde::ser::{self, Impossible, Serialize, Serializer};
use std::fmt::{self, Write as _};

pub(super) fn fill<T: Serialize + ?Sized>(filling: &mut Filling<'_>, value: &T) -> Result<(), Unusual> {
    Place { filling, at: At::Facts, depth: 0 }.read(value)
}

/// How deep values may be wrapped: less than the long way reads.
const DEEPEST: u8 = 16;

/// One place in the value.
struct Place<'f, 'a> {
    filling: &'f mut Filling<'a>,
    at: At<'a>,
    depth: u8,
}

impl fmt::Display for Unusual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not ordinary data")
    }
}

impl std::error::Error for Unusual {}

/// What a value says of itself, the long way tells.
impl ser::Error for Unusual {
    fn custom<T: fmt::Display>(_: T) -> Unusual {
        Unusual
    }
}

impl<'f, 'a> Place<'f, 'a> {
    #[inline]
    fn read<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unusual> {
        let Place { filling, at, depth } = self;
        match value.serialize(Place { filling: &mut *filling, at, depth }) {
            Ok(()) => Ok(()),
            Err(Unusual) => filling.give_up(),
        }
    }

    #[inline]
    fn deeper(self) -> Result<Place<'f, 'a>, Unusual> {
        if self.depth >= DEEPEST {
            return self.filling.give_up();
        }
        Ok(Place { depth: self.depth + 1, ..self })
    }

    #[inline]
    fn number(self, number: Option<Number>) -> Result<(), Unusual> {
        match number {
            Some(number) => self.filling.number(self.at, number),
            None => self.filling.give_up(),
        }
    }

    #[inline]
    fn whole(self, number: Option<i64>) -> Result<(), Unusual> {
        match number {
            Some(number) => self.filling.whole(self.at, number),
            None => self.filling.give_up(),
        }
    }

    #[inline]
    fn items(self) -> Result<ItemsOf<'f, 'a>, Unusual> {
        let items = self.filling.open_items(self.at)?;
        Ok(ItemsOf { filling: self.filling, items, depth: self.depth })
    }

    #[inline]
    fn keys(self) -> Result<KeysOf<'f, 'a>, Unusual> {
        let keys = self.filling.open_keys(self.at)?;
        Ok(KeysOf { filling: self.filling, keys, waiting: None, depth: self.depth })
    }
}

macro_rules! whole {
    ($($method:ident $of:ty)*) => {
        $(fn $method(self, value: $of) -> Result<(), Unusual> {
            self.whole(i64::try_from(value).ok())
        })*
    };
}

impl<'f, 'a> Serializer for Place<'f, 'a> {
    type Ok = ();
    type Error = Unusual;
    type SerializeSeq = ItemsOf<'f, 'a>;
    type SerializeTuple = ItemsOf<'f, 'a>;
    type SerializeTupleStruct = ItemsOf<'f, 'a>;
    type SerializeTupleVariant = Impossible<(), Unusual>;
    type SerializeMap = KeysOf<'f, 'a>;
    type SerializeStruct = KeysOf<'f, 'a>;
    type SerializeStructVariant = Impossible<(), Unusual>;

    whole! {
        serialize_i8 i8
        serialize_i16 i16
        serialize_i32 i32
        serialize_i64 i64
        serialize_i128 i128
        serialize_u8 u8
        serialize_u16 u16
        serialize_u32 u32
        serialize_u64 u64
        serialize_u128 u128
    }

    #[inline]
    fn serialize_bool(self, value: bool) -> Result<(), Unusual> {
        self.filling.truth(self.at, value)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Unusual> {
        self.number(Number::from_f32(value).ok())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Unusual> {
        self.number(Number::from_f64(value).ok())
    }

    fn serialize_char(self, value: char) -> Result<(), Unusual> {
        self.filling.text(self.at, value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result<(), Unusual> {
        self.filling.text(self.at, value)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<(), Unusual> {
        let mut short = ShortText::<48>::new();
        match write!(short, "{value}") {
            Ok(()) => self.filling.text(self.at, short.as_str()),
            Err(fmt::Error) => self.filling.give_up(),
        }
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Unusual> {
        self.filling.give_up()
    }

    fn serialize_none(self) -> Result<(), Unusual> {
        self.filling.nothing(self.at)
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unusual> {
        value.serialize(self.deeper()?)
    }

    fn serialize_unit(self) -> Result<(), Unusual> {
        self.filling.nothing(self.at)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unusual> {
        self.filling.nothing(self.at)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Unusual> {
        self.filling.text(self.at, variant)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Unusual> {
        value.serialize(self.deeper()?)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unusual> {
        if !matches!((self.at, variant), (At::List(..), "open" | "complete")) {
            return self.filling.give_up();
        }
        let mut keys = self.deeper()?.keys()?;
        ser::SerializeStruct::serialize_field(&mut keys, variant, value)?;
        ser::SerializeStruct::end(keys)
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<ItemsOf<'f, 'a>, Unusual> {
        self.deeper()?.items()
    }

    fn serialize_tuple(self, _: usize) -> Result<ItemsOf<'f, 'a>, Unusual> {
        self.deeper()?.items()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<ItemsOf<'f, 'a>, Unusual> {
        self.deeper()?.items()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Unusual>, Unusual> {
        self.filling.give_up()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<KeysOf<'f, 'a>, Unusual> {
        self.deeper()?.keys()
    }

    #[inline]
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<KeysOf<'f, 'a>, Unusual> {
        self.deeper()?.keys()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Unusual>, Unusual> {
        self.filling.give_up()
    }
}

/// A list under way.
struct ItemsOf<'f, 'a> {
    filling: &'f mut Filling<'a>,
    items: Items<'a>,
    depth: u8,
}

macro_rules! items {
    ($($trait:ident $push:ident),*) => {
        $(impl ser::$trait for ItemsOf<'_, '_> {
            type Ok = ();
            type Error = Unusual;

            #[inline]
            fn $push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unusual> {
                let at = self.items.item();
                Place { filling: &mut *self.filling, at, depth: self.depth }.read(value)
            }

            #[inline]
            fn end(self) -> Result<(), Unusual> {
                self.filling.close_items(self.items);
                Ok(())
            }
        })*
    };
}

items!(SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field);

/// A set of keys under way.
struct KeysOf<'f, 'a> {
    filling: &'f mut Filling<'a>,
    keys: Keys<'a>,
    /// What a key stands for whose value has not come.
    waiting: Option<At<'a>>,
    depth: u8,
}

impl ser::SerializeStruct for KeysOf<'_, '_> {
    type Ok = ();
    type Error = Unusual;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Unusual> {
        let at = self.filling.key(&mut self.keys, key)?;
        Place { filling: &mut *self.filling, at, depth: self.depth }.read(value)
    }

    #[inline]
    fn end(self) -> Result<(), Unusual> {
        self.filling.close_keys(self.keys)
    }
}

impl ser::SerializeMap for KeysOf<'_, '_> {
    type Ok = ();
    type Error = Unusual;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unusual> {
        if self.waiting.is_some() {
            return self.filling.give_up();
        }
        self.filling.keyed = (self.keys, At::Key);
        Place { filling: &mut *self.filling, at: At::Key, depth: self.depth }.read(key)?;
        match self.filling.keyed {
            (_, At::Key) => self.filling.give_up(),
            (keys, found) => {
                self.keys = keys;
                self.waiting = Some(found);
                Ok(())
            }
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unusual> {
        match self.waiting.take() {
            Some(at) => Place { filling: &mut *self.filling, at, depth: self.depth }.read(value),
            None => self.filling.give_up(),
        }
    }

    #[inline]
    fn end(self) -> Result<(), Unusual> {
        match self.waiting {
            None => self.filling.close_keys(self.keys),
            Some(_) => self.filling.give_up(),
        }
    }
}
