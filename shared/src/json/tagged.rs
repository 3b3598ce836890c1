//! Enums that name their variant in a field of their own (`{"kind": "days", "days": 30}`).
//!
//! Serde can derive the reading of them, by keeping all fields in a form of its own and making the code of
//! everything inside a second time for that form. A parsed value is such a form already: the variant is
//! looked up, and what is inside is read as everything else is. A fault inside keeps its place.

use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _};
use serde_json::{Map, Value};

use super::deserializer::Node;
use super::{Mismatch, fits};

/// The fields beside the tag that have not been taken yet, and whether they are read exactly.
pub(crate) struct Fields {
    rest: Map<String, Value>,
    exact: bool,
}

impl Fields {
    /// Takes a field; where it is absent, only what may be absent is read.
    pub(crate) fn take<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T, Mismatch> {
        let value = self.rest.remove(name);
        T::deserialize(Node { value: value.as_ref(), exact: self.exact }).map_err(|mismatch| {
            if value.is_some() { mismatch.within(&name) } else { Mismatch::missing_field(name) }
        })
    }

    /// Reads them all as one value.
    pub(crate) fn whole<T: DeserializeOwned>(&mut self) -> Result<T, Mismatch> {
        let value = Value::Object(std::mem::take(&mut self.rest));
        T::deserialize(Node { value: Some(&value), exact: self.exact })
    }

    /// Where they are read exactly, refuses what nobody has taken.
    pub(crate) fn end(&self) -> Result<(), Mismatch> {
        match self.rest.keys().next() {
            Some(name) if self.exact => {
                Err(Mismatch::custom(format_args!("unknown field `{name}`")).within(name))
            }
            _ => Ok(()),
        }
    }
}

/// The variant that a value names, and its fields.
pub(crate) fn open<'de, D: Deserializer<'de>>(
    deserializer: D,
    tag: &'static str,
    exact: bool,
) -> Result<(String, Fields), D::Error> {
    split(Value::deserialize(deserializer)?, tag, exact).map_err(carry)
}

fn split(value: Value, tag: &'static str, exact: bool) -> Result<(String, Fields), Mismatch> {
    let mut rest: Map<_, _> = fits(&value)?;
    match rest.remove(tag) {
        Some(Value::String(name)) => Ok((name, Fields { rest, exact })),
        Some(other) => Err(fits::<String>(&other)
            .map_or_else(|mismatch| mismatch.within(&tag), |_| Mismatch::missing_field(tag))),
        None => Err(Mismatch::missing_field(tag)),
    }
}

/// Whether a tag is the name of a variant in snake case.
pub(crate) fn is(tag: &str, variant: &str) -> bool {
    snake(variant).eq(tag.chars())
}

fn snake(variant: &str) -> impl Iterator<Item = char> {
    variant.char_indices().flat_map(|(at, c)| {
        (at > 0 && c.is_ascii_uppercase()).then_some('_').into_iter().chain([c.to_ascii_lowercase()])
    })
}

/// The refusal of a tag that names no variant.
pub(crate) fn unknown(tag: &'static str, name: &str, variants: &[&str]) -> Mismatch {
    let names: Vec<String> =
        variants.iter().map(|variant| format!("`{}`", snake(variant).collect::<String>())).collect();
    let message = format_args!("unknown variant `{name}`, expected one of {}", names.join(", ")).to_string();
    Mismatch::custom(message).within(&tag)
}

/// A mismatch as another deserializer's error: as its text or, where that is this module's own, with its place.
pub(crate) fn carry<E: serde::de::Error>(mismatch: Mismatch) -> E {
    E::custom(Carried(mismatch))
}

/// What stands between path and message of a [`Carried`]: not in a path, and in no text that a person is shown.
pub(super) const MARK: char = '\u{1}';

struct Carried(Mismatch);

impl fmt::Display for Carried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, message) = (self.0.path(), self.0.message());
        if path.is_empty() { f.write_str(message) } else { write!(f, "{path}{MARK}{message}") }
    }
}

/// Reads an enum by its tag: `tagged! { Terms, "kind": Cash, Days { days }, Special { agreed } }`. A variant
/// that holds another value, whose fields stand beside the tag, is written `Draft(_)`, one whose value is in a field of
/// its own `Annual[rows]`. With `exact` before the name, a field that is not known is refused, in what it
/// holds as well.
macro_rules! tagged {
    (exact $type:ident, $tag:literal: $($rest:tt)+) => {
        $crate::json::tagged!(@all true $type, $tag: $($rest)+);
    };
    ($type:ident, $tag:literal: $($rest:tt)+) => {
        $crate::json::tagged!(@all false $type, $tag: $($rest)+);
    };
    (@all $exact:literal $type:ident, $tag:literal: $(
        $variant:ident $(($whole:tt))? $([$content:ident])? $({ $($field:ident),+ $(,)? })?
    ),+ $(,)?) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                fn read(name: &str, mut fields: $crate::json::Fields) -> Result<$type, $crate::json::Mismatch> {
                    $(if $crate::json::is(name, stringify!($variant)) {
                        return Ok($crate::json::tagged!(
                            @one fields $type $variant $(($whole))? $([$content])? $({ $($field),+ })?
                        ));
                    })+
                    Err($crate::json::unknown($tag, name, &[$(stringify!($variant)),+]))
                }
                let (name, fields) = $crate::json::open(deserializer, $tag, $exact)?;
                read(&name, fields).map_err($crate::json::carry)
            }
        }

        // A variant that is not listed does not compile.
        const _: fn(&$type) = |one| match one { $($type::$variant { .. } => {})+ };
    };
    (@one $fields:ident $type:ident $variant:ident) => {{
        $fields.end()?;
        $type::$variant
    }};
    (@one $fields:ident $type:ident $variant:ident ($whole:tt)) => {
        $type::$variant($fields.whole()?)
    };
    (@one $fields:ident $type:ident $variant:ident [$content:ident]) => {{
        let one = $type::$variant($fields.take(stringify!($content))?);
        $fields.end()?;
        one
    }};
    (@one $fields:ident $type:ident $variant:ident { $($field:ident),+ }) => {{
        let one = $type::$variant { $($field: $fields.take(stringify!($field))?),+ };
        $fields.end()?;
        one
    }};
}
pub(crate) use tagged;
