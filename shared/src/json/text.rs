//! The deserializer over a bare text: the key of an object, a parameter of a path or a query.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, Unexpected,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::Mismatch;

/// A text that stands for a value: for itself, or for a number or a flag where one is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'de>(pub &'de str);

impl<'de> Text<'de> {
    fn mismatch<V: Visitor<'de>>(self, visitor: &V) -> Mismatch {
        Mismatch::invalid_type(Unexpected::Str(self.0), visitor)
    }

    fn signed<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0.parse() {
            Ok(number) => visitor.visit_i64(number),
            Err(_) => Err(self.mismatch(&visitor)),
        }
    }

    fn unsigned<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0.parse() {
            Ok(number) => visitor.visit_u64(number),
            Err(_) => Err(self.mismatch(&visitor)),
        }
    }
}

macro_rules! numbers {
    ($($method:ident $how:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            self.$how(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Text<'de> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0.parse() {
            Ok(flag) => visitor.visit_bool(flag),
            Err(_) => Err(self.mismatch(&visitor)),
        }
    }

    numbers! {
        deserialize_i8 signed deserialize_i16 signed deserialize_i32 signed deserialize_i64 signed
        deserialize_u8 unsigned deserialize_u16 unsigned deserialize_u32 unsigned deserialize_u64 unsigned
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let name: StrDeserializer<'_, Mismatch> = self.0.into_deserializer();
        visitor.visit_enum(name)
    }

    forward_to_deserialize_any! {
        i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

/// Reads the parameters of a query as the fields of a struct.
///
/// # Errors
/// When they do not fit, with the parameter's name as the path.
pub fn pairs<'a, T: DeserializeOwned>(
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<T, Mismatch> {
    T::deserialize(Pairs(pairs.collect()))
}

/// Names and their texts.
struct Pairs<'de>(Vec<(&'de str, &'de str)>);

impl<'de> Deserializer<'de> for Pairs<'de> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_map(Rest { rest: self.0.into_iter(), now: None })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The pairs that have not been read yet.
struct Rest<'de> {
    rest: std::vec::IntoIter<(&'de str, &'de str)>,
    now: Option<(&'de str, &'de str)>,
}

impl<'de> MapAccess<'de> for Rest<'de> {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mismatch> {
        self.now = self.rest.next();
        let Some((name, _)) = self.now else { return Ok(None) };
        seed.deserialize(Text(name)).map(Some).map_err(|mismatch| mismatch.within(&name))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        let Some((name, text)) = self.now.take() else {
            return Err(Mismatch::custom("a value without a name"));
        };
        seed.deserialize(Text(text)).map_err(|mismatch| mismatch.within(&name))
    }
}
