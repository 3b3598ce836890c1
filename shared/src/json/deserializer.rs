//! The deserializer over a parsed value.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value, map, value::Number};

use super::{Mismatch, Text, members};

/// A value to be read, if it is there.
#[derive(Clone, Copy)]
pub(super) struct Node<'de> {
    /// Nothing for the field of an object that has none of that name.
    pub value: Option<&'de Value>,
    /// Whether an object may have no other fields than those of the struct it is read as.
    pub exact: bool,
}

impl<'de> Node<'de> {
    /// The value; what is absent is read as nothing but an option.
    fn value(self) -> Result<&'de Value, Mismatch> {
        self.value.ok_or_else(|| Mismatch::custom("nothing is there"))
    }

    /// Something inside it.
    const fn inside(self, value: &'de Value) -> Self {
        Self { value: Some(value), exact: self.exact }
    }
}

/// What it is, where something else was expected.
fn found(value: &Value) -> Unexpected<'_> {
    match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(flag) => Unexpected::Bool(*flag),
        Value::Number(number) => unexpected(number),
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}

fn unexpected(number: &Number) -> Unexpected<'static> {
    if let Some(number) = number.as_u64() {
        Unexpected::Unsigned(number)
    } else if let Some(number) = number.as_i64() {
        Unexpected::Signed(number)
    } else {
        Unexpected::Float(number.as_f64().unwrap_or_default())
    }
}

fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, Mismatch> {
    match unexpected(number) {
        Unexpected::Unsigned(number) => visitor.visit_u64(number),
        Unexpected::Signed(number) => visitor.visit_i64(number),
        _ => visitor.visit_f64(number.as_f64().unwrap_or_default()),
    }
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.value()? {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(*flag),
            Value::Number(number) => visit_number(number, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.value {
            None | Some(Value::Null) => visitor.visit_none(),
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let value = self.value()?;
        let Value::Array(items) = value else {
            return Err(Mismatch::invalid_type(found(value), &visitor));
        };
        let mut rest = Items { rest: items.iter(), at: 0, of: self };
        let read = visitor.visit_seq(&mut rest)?;
        if rest.rest.len() == 0 {
            Ok(read)
        } else {
            Err(Mismatch::invalid_length(items.len(), &"fewer elements"))
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let value = self.value()?;
        let Value::Object(fields) = value else {
            return Err(Mismatch::invalid_type(found(value), &visitor));
        };
        visitor.visit_map(Entries { rest: fields.iter(), now: None, of: self })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let value = self.value()?;
        let Value::Object(fields) = value else {
            return Err(Mismatch::invalid_type(found(value), &visitor));
        };
        if self.exact {
            members::only(fields.keys().map(String::as_str), names)?;
        }
        members::read(Object { fields, exact: self.exact }, names, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let value = self.value()?;
        match value {
            Value::String(name) => visitor.visit_enum(Variant { name, content: None, of: self }),
            Value::Object(fields) if fields.len() == 1 => match fields.iter().next() {
                Some((name, content)) => {
                    visitor.visit_enum(Variant { name, content: Some(content), of: self })
                }
                None => Err(Mismatch::invalid_type(Unexpected::Map, &visitor)),
            },
            _ => Err(Mismatch::invalid_type(found(value), &visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        identifier
    }
}

/// An object that is read as a struct.
struct Object<'de> {
    fields: &'de Map<String, Value>,
    exact: bool,
}

impl<'de> members::Source<'de> for Object<'de> {
    type Field = Node<'de>;

    fn field(&self, name: &'static str) -> (Node<'de>, bool) {
        let value = self.fields.get(name);
        (Node { value, exact: self.exact }, value.is_some())
    }
}

/// The elements of an array.
struct Items<'de> {
    rest: std::slice::Iter<'de, Value>,
    at: usize,
    of: Node<'de>,
}

impl<'de> SeqAccess<'de> for &mut Items<'de> {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mismatch> {
        let Some(value) = self.rest.next() else { return Ok(None) };
        let at = self.at;
        self.at = at.saturating_add(1);
        seed.deserialize(self.of.inside(value)).map(Some).map_err(|mismatch| mismatch.within(&at))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The entries of an object that is read as a map.
struct Entries<'de> {
    rest: map::Iter<'de>,
    now: Option<(&'de String, &'de Value)>,
    of: Node<'de>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mismatch> {
        self.now = self.rest.next();
        let Some((key, _)) = self.now else { return Ok(None) };
        seed.deserialize(Text(Some(key))).map(Some).map_err(|mismatch| mismatch.within(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        let Some((key, value)) = self.now.take() else {
            return Err(Mismatch::custom("a value without a key"));
        };
        seed.deserialize(self.of.inside(value)).map_err(|mismatch| mismatch.within(key))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// A variant of an enum by its name, with what it holds.
struct Variant<'de> {
    name: &'de str,
    content: Option<&'de Value>,
    of: Node<'de>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Mismatch;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Mismatch> {
        let name: StrDeserializer<'_, Mismatch> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> Variant<'de> {
    const fn content(&self) -> Node<'de> {
        let content = match self.content {
            Some(content) => content,
            None => &Value::Null,
        };
        self.of.inside(content)
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        match self.content {
            None | Some(Value::Null) => Ok(()),
            Some(value) => Err(Mismatch::invalid_type(found(value), &"no content")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Mismatch> {
        seed.deserialize(self.content()).map_err(|mismatch| mismatch.within(&self.name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.content().deserialize_seq(visitor).map_err(|mismatch| mismatch.within(&self.name))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.content().deserialize_struct("", names, visitor).map_err(|mismatch| mismatch.within(&self.name))
    }
}
