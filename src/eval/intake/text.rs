//! Texts that say what they hold, such as JSON, read as they are parsed.

use super::Unusual;
use super::filling::{At, Filling, Keys};
use crate::value::Number;
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

pub(super) fn fill<'de, D: Deserializer<'de>>(filling: &mut Filling<'_>, deserializer: D) -> Result<(), Unusual> {
    Place { filling, at: At::Facts }.deserialize(deserializer).map_err(|_| Unusual)
}

/// One place in the text.
struct Place<'f, 'a> {
    filling: &'f mut Filling<'a>,
    at: At<'a>,
}

/// What is wrong is told by the long way, so the words matter to nobody.
#[cold]
fn unusual<E: Error>(Unusual: Unusual) -> E {
    E::custom(Unusual)
}

impl<'de> DeserializeSeed<'de> for Place<'_, '_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ordinary data")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.filling.nothing(self.at).map_err(unusual)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.filling.truth(self.at, value).map_err(unusual)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.filling.whole(self.at, value).map_err(unusual)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => self.filling.give_up().map_err(unusual),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        match Number::from_f64(value) {
            Ok(number) => self.filling.number(self.at, number).map_err(unusual),
            Err(_) => self.filling.give_up().map_err(unusual),
        }
    }

    #[inline]
    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.filling.text(self.at, value).map_err(unusual)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let filling = self.filling;
        let mut items = filling.open_items(self.at).map_err(unusual)?;
        loop {
            let before = items;
            let at = items.item();
            if access.next_element_seed(Place { filling: &mut *filling, at })?.is_none() {
                filling.close_items(before);
                return Ok(());
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let filling = self.filling;
        let mut keys = filling.open_keys(self.at).map_err(unusual)?;
        while let Some(at) = access.next_key_seed(Key { filling: &mut *filling, keys: &mut keys })? {
            access.next_value_seed(Place { filling: &mut *filling, at })?;
        }
        filling.close_keys(keys).map_err(unusual)
    }
}

/// A key of a set.
struct Key<'f, 'a> {
    filling: &'f mut Filling<'a>,
    keys: &'f mut Keys<'a>,
}

impl<'de, 'a> DeserializeSeed<'de> for Key<'_, 'a> {
    type Value = At<'a>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<At<'a>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'a> Visitor<'_> for Key<'_, 'a> {
    type Value = At<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    #[inline]
    fn visit_str<E: Error>(self, name: &str) -> Result<At<'a>, E> {
        self.filling.key(self.keys, name).map_err(unusual)
    }
}
