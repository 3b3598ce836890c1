//! Typed identifiers and parsed names. Each has a private field and one fallible constructor,
//! so a value that exists is a valid one, in a form in the browser and in the API alike.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// Why a text is not a valid identifier of the kind asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadText {
    /// Nothing but white space.
    Empty,
    /// More characters than the kind allows; carries the limit.
    TooLong(usize),
    /// A character the kind does not allow.
    Character(char),
}

impl std::fmt::Display for BadText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("must not be empty"),
            Self::TooLong(limit) => write!(f, "must have at most {limit} characters"),
            Self::Character(c) => write!(f, "must not contain {c:?}"),
        }
    }
}

impl std::error::Error for BadText {}

fn checked(text: &str, limit: usize, fits: fn(char) -> bool) -> Result<SmolStr, BadText> {
    let text = text.trim();
    if text.is_empty() {
        return Err(BadText::Empty);
    }
    if text.chars().count() > limit {
        return Err(BadText::TooLong(limit));
    }
    match text.chars().find(|c| !fits(*c)) {
        Some(c) => Err(BadText::Character(c)),
        None => Ok(text.into()),
    }
}

/// Neither a control character nor one that reorders or hides text around it.
fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// What may stand in a sentence or two, which may have paragraphs.
fn is_prose(c: char) -> bool {
    c == '\n' || is_printable(c)
}

fn is_opaque(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

fn is_slug(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
}

fn is_login(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-' | '@')
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $limit:literal, $fits:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[cfg_attr(test, schemars(extend("format" = stringify!($name), "minLength" = 1, "maxLength" = $limit)))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(
            // A short text lies in the value itself, and a long one is shared: copies cost next to nothing.
            #[cfg_attr(test, schemars(with = "String"))]
            SmolStr,
        );

        impl $name {
            /// Most characters it may have.
            pub const LIMIT: usize = $limit;

            /// Parses the text, trimmed of white space at both ends.
            ///
            /// # Errors
            /// [`BadText`]: empty, too long, or with a character this kind does not allow.
            pub fn parse(text: &str) -> Result<Self, BadText> {
                checked(text, $limit, $fits).map(Self)
            }

            /// The text itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadText;
            fn try_from(text: String) -> Result<Self, BadText> {
                Self::parse(&text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadText;
            fn from_str(text: &str) -> Result<Self, BadText> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0.into()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text! {
    /// A customer's (客户) opaque id, given by the Worker.
    CustomerId, 40, is_opaque
}
text! {
    /// A unit's (销售科 / 代表处) opaque id.
    UnitId, 40, is_opaque
}
text! {
    /// A user's opaque id.
    UserId, 40, is_opaque
}
text! {
    /// An import's opaque id, chosen by the browser so that a repeated start is the same import.
    ImportId, 40, is_opaque
}
text! {
    /// A policy version's opaque id.
    PolicyId, 40, is_opaque
}
text! {
    /// The opaque id of a draft of a policy.
    DraftId, 40, is_opaque
}
text! {
    /// The opaque id of a run that grades the book anew.
    RegradeId, 40, is_opaque
}
text! {
    /// The opaque id of a cycle of the yearly review (5.1).
    CycleId, 40, is_opaque
}
text! {
    /// The opaque id of an appointment of a stand-in.
    StandInId, 40, is_opaque
}
text! {
    /// The opaque id of an item of a review meeting (5.1.2).
    ItemId, 40, is_opaque
}
text! {
    /// The opaque id of a public link; it is not the secret of its address.
    LinkId, 40, is_opaque
}
text! {
    /// A paragraph or two that somebody wrote.
    Note, 2000, is_prose
}
text! {
    /// Why somebody did something, in their words, for the audit trail.
    Reason, 500, is_prose
}
text! {
    /// The company's own number for a customer; the key by which imports find it.
    CustomerCode, 40, is_printable
}
text! {
    /// A name of a customer, unit or person, 1 to 120 printable characters.
    Name, 120, is_printable
}
text! {
    /// A sign-in name: lower-case letters, digits and `. _ - @`.
    Login, 60, is_login
}
text! {
    /// An invoice's number, unique within its customer.
    InvoiceNumber, 60, is_printable
}
text! {
    /// The key of an indicator, input or gate: lower-case letters, digits and `_`.
    Key, 40, is_slug
}
text! {
    /// A short visible label that is also a key: a tier (`A`), a judged level, a rating (`AAA`), a segment.
    Label, 20, is_printable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed_and_printable() {
        assert_eq!(Name::parse(" 东方封头 ").map(String::from), Ok("东方封头".to_owned()));
        assert_eq!(Name::parse(" \t"), Err(BadText::Empty));
        assert_eq!(Name::parse("a\u{202e}b"), Err(BadText::Character('\u{202e}')));
        assert_eq!(Name::parse(&"x".repeat(121)), Err(BadText::TooLong(120)));
    }

    #[test]
    fn json_goes_through_the_same_parser() {
        assert!(serde_json::from_str::<Key>("\"Annual Sales\"").is_err());
        assert_eq!(serde_json::to_string(&Key::parse("annual_sales").unwrap()).unwrap(), "\"annual_sales\"");
    }
}
