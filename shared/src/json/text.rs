//! The deserializer over a bare text: the key of an object, a parameter of a path or a query.

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::{Mismatch, members};

/// A text that stands for a value: for itself, or for a number or a flag where one is asked for. Nothing for
/// a parameter that is not there.
#[derive(Clone, Copy)]
pub(super) struct Text<'de>(pub Option<&'de str>);

impl<'de> Text<'de> {
    fn text(self) -> Result<&'de str, Mismatch> {
        self.0.ok_or_else(|| Mismatch::custom("nothing is there"))
    }

    /// Reads it as what it stands for.
    fn stands_for<T: std::str::FromStr>(self, visitor: &impl Visitor<'de>) -> Result<T, Mismatch> {
        let text = self.text()?;
        text.parse().map_err(|_| Mismatch::invalid_type(Unexpected::Str(text), visitor))
    }

    fn signed<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let number = self.stands_for(&visitor)?;
        visitor.visit_i64(number)
    }

    fn unsigned<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let number = self.stands_for(&visitor)?;
        visitor.visit_u64(number)
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
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let flag = self.stands_for(&visitor)?;
        visitor.visit_bool(flag)
    }

    numbers! {
        deserialize_i8 signed deserialize_i16 signed deserialize_i32 signed deserialize_i64 signed
        deserialize_u8 unsigned deserialize_u16 unsigned deserialize_u32 unsigned deserialize_u64 unsigned
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.0.is_none() { visitor.visit_none() } else { visitor.visit_some(self) }
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
        let name: StrDeserializer<'_, Mismatch> = self.text()?.into_deserializer();
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
/// When they do not fit, or one is not known or there twice, with the parameter's name as the path.
pub fn pairs<'a, T: DeserializeOwned>(
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<T, Mismatch> {
    T::deserialize(Pairs(&pairs.collect::<Vec<_>>()))
}

/// Names and their texts.
#[derive(Clone, Copy)]
struct Pairs<'a, 'de>(&'a [(&'de str, &'de str)]);

impl<'de> members::Source<'de> for Pairs<'_, 'de> {
    type Field = Text<'de>;

    fn field(&self, name: &'static str) -> (Text<'de>, bool) {
        let text = self.0.iter().find(|(given, _)| *given == name).map(|(_, text)| *text);
        (Text(text), text.is_some())
    }
}

impl<'de> Deserializer<'de> for Pairs<'_, 'de> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        Err(Mismatch::invalid_type(Unexpected::Map, &visitor))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        members::only(self.0.iter().map(|(name, _)| *name), names)?;
        for name in names {
            if self.0.iter().filter(|(given, _)| given == name).nth(1).is_some() {
                return Err(Mismatch::duplicate_field(name));
            }
        }
        members::read(self, names, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
