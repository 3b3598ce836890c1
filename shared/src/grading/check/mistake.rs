//! A mistake in a policy: where, what, and what to do about it.

use serde::{Deserialize, Serialize};

/// A mistake in a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mistake {
    /// Where, as a path: `indicators.0.scoring.bands.2`; empty for the whole.
    pub path: String,
    /// What.
    pub kind: MistakeKind,
    /// What to do.
    pub fix: Fix,
    /// What stands there, or what it comes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// What should stand there, or what it should come to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
}

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $code:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$about])* #[doc = $text] $code,)+
        }

        impl $name {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$code),+];

            /// It in English.
            #[must_use]
            pub const fn english(self) -> &'static str {
                match self {
                    $(Self::$code => $text,)+
                }
            }
        }
    };
}

codes! {
    /// The kind of a mistake.
    MistakeKind {
        Empty = "there must be at least one",
        Duplicate = "the key is used twice",
        Unknown = "there is no such tier, segment or input",
        Mismatch = "does not fit the measure of the input, or names a level it has not",
        Impossible = "nothing can meet it",
        Overlap = "another band holds the same values",
        Hole = "some values fall in no band",
        NotFullMarks = "the points of the rule are not the full marks",
        Worthless = "nothing earns points, so that nobody can be graded",
        FlatLine = "both ends of the line lie at one value",
        Order = "must be less than for the tier before",
        Unreached = "nobody can reach the tier",
        Range = "lies outside what is allowed",
        Count = "there are too few or too many",
        Total = "the weights do not add up",
        Quota = "the shares do not add up to 100 %",
        Absent = "is needed here and absent",
        Unused = "has no effect here",
        Shadowed = "never decides, for an earlier one always does",
        Cycle = "an input is measured by itself, directly or through others",
        Contrary = "the least is more than the most",
        UnknownKey = "there is no such key here",
        Type = "is of the wrong type",
        Text = "is empty, too long, or has a character that it may not have",
        Syntax = "is not JSON",
    }
}

codes! {
    /// What to do about a mistake.
    Fix {
        AddOne = "add one",
        Rename = "give it a key of its own",
        ChooseKnown = "choose one that the policy has",
        FitMeasure = "choose what fits the measure of the input",
        SwapBounds = "put the lower bound below the upper one",
        Narrow = "move the bounds so that each value falls in one band",
        Widen = "move a bound so that these values fall in a band",
        SetWeight = "make the full marks and the points agree",
        SpreadEnds = "put the ends at two different values",
        Descend = "put the thresholds in descending order",
        BeginLowest = "let the last tier begin at the lowest score",
        MakeReachable = "set it to what can be reached, or remove the tier",
        KeepWithin = "set it within the limits",
        AddUp = "change the parts until they add up",
        Give = "add it",
        Remove = "remove it",
        Reorder = "put it before the one that shadows it, or remove it",
        Untangle = "measure it by a constant or by another input",
        SwapLimits = "put the least below the most",
        Correct = "correct it as the schema says",
    }
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(self.kind.english())?;
        match (&self.given, &self.wanted) {
            (Some(given), Some(wanted)) => write!(f, " ({given}; wanted: {wanted})")?,
            (Some(given), None) => write!(f, " ({given})")?,
            (None, Some(wanted)) => write!(f, " (wanted: {wanted})")?,
            (None, None) => {}
        }
        write!(f, ": {}", self.fix.english())
    }
}
