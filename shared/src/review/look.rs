//! The quarterly look (3.1): what a section makes of its quarter and of each of its customers, until it is
//! closed.

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::id::Note;
use crate::number::Fen;
use crate::quarter::Quarter;

/// 保A、扶B、放C: what is to become of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// 保: protected.
    Protect,
    /// 扶: supported.
    Support,
    /// 放: a candidate to be given up.
    LetGo,
}

impl Mark {
    /// Every mark.
    pub const ALL: [Self; 3] = [Self::Protect, Self::Support, Self::LetGo];

    /// The code used in tables and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Protect => "protect",
            Self::Support => "support",
            Self::LetGo => "let_go",
        }
    }
}

/// How the section's sales go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stability {
    /// 上升.
    Rising,
    /// 稳定.
    Steady,
    /// 波动.
    Wavering,
    /// 下降.
    Falling,
}

impl Stability {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Rising, Self::Steady, Self::Wavering, Self::Falling];

    /// The code used on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Steady => "steady",
            Self::Wavering => "wavering",
            Self::Falling => "falling",
        }
    }
}

/// What a chief writes of a quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// The section's sales, where no ledger gave them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed: Option<Fen>,
    /// How they go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stability: Option<Stability>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Note>,
    /// What room there is to grow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<Note>,
    /// What follows for the section: whom to protect, to support, to let go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conclusion: Option<Note>,
}

/// Why a look is not written or closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookFault {
    /// The quarter has not begun.
    Ahead,
    /// It was closed: what is kept of it stays.
    Closed,
    /// A ledger gave the sales, and nobody types others.
    Counted,
    /// The quarter is not over.
    NotOver,
    /// Something that it has to say is not there: the field.
    Lacks(&'static str),
}

impl LookFault {
    /// The part of the request that it is about.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Ahead | Self::Closed => "quarter",
            Self::Counted => "look.typed",
            Self::NotOver => "close",
            Self::Lacks(field) => field,
        }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Closed => "closed",
            Self::Counted => "counted",
            Self::NotOver => "not_over",
            Self::Lacks(_) => "required",
        }
    }
}

impl std::fmt::Display for LookFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Ahead => "the quarter has not begun",
            Self::Closed => "the look was closed and stays as it is",
            Self::Counted => "must be left out: a ledger gave the sales",
            Self::NotOver => "possible once the quarter is over",
            Self::Lacks(_) => "is required before it is closed",
        })
    }
}

impl Look {
    /// Whether this can be kept of a quarter on a day, and, if asked, closed. `counted` are the sales that a
    /// ledger gave.
    ///
    /// # Errors
    /// [`LookFault`], the first that holds.
    pub fn check(
        &self,
        quarter: Quarter,
        (was_closed, close): (bool, bool),
        counted: Option<Fen>,
        today: Date,
    ) -> Result<(), LookFault> {
        if was_closed {
            return Err(LookFault::Closed);
        }
        if !quarter.has_begun_by(today) {
            return Err(LookFault::Ahead);
        }
        if counted.is_some() && self.typed.is_some() {
            return Err(LookFault::Counted);
        }
        if !close {
            return Ok(());
        }
        if !quarter.is_over_by(today) {
            return Err(LookFault::NotOver);
        }
        let lacking = [
            (counted.or(self.typed).is_none(), "look.typed"),
            (self.stability.is_none(), "look.stability"),
            (self.conclusion.is_none(), "look.conclusion"),
        ];
        match lacking.into_iter().find(|(lacks, _)| *lacks) {
            Some((_, field)) => Err(LookFault::Lacks(field)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_written_from_the_first_day_and_closed_after_the_last_once_it_says_enough() {
        let quarter = Quarter::parse("2026Q1").unwrap();
        let day = |text| Date::parse(text).unwrap();
        let whole = Look {
            typed: Some(Fen::ZERO),
            stability: Some(Stability::Steady),
            cause: None,
            room: None,
            conclusion: Note::parse("保A").ok(),
        };
        let check = |look: &Look, state, counted, on| look.check(quarter, state, counted, day(on));
        let (write, close) = ((false, false), (false, true));
        assert_eq!(check(&whole, write, None, "2025-12-31"), Err(LookFault::Ahead));
        assert_eq!(check(&whole, write, None, "2026-01-01"), Ok(()));
        assert_eq!(check(&Look::default(), write, None, "2026-01-01"), Ok(()));
        assert_eq!(check(&whole, close, None, "2026-03-31"), Err(LookFault::NotOver));
        assert_eq!(check(&whole, close, None, "2026-04-01"), Ok(()));
        assert_eq!(check(&whole, (true, false), None, "2026-04-01"), Err(LookFault::Closed));
        assert_eq!(check(&whole, write, Some(Fen::ZERO), "2026-04-01"), Err(LookFault::Counted));
        let counted = Look { typed: None, ..whole.clone() };
        assert_eq!(check(&counted, close, Some(Fen::ZERO), "2026-04-01"), Ok(()));
        assert_eq!(check(&counted, close, None, "2026-04-01"), Err(LookFault::Lacks("look.typed")));
        let unsaid = Look { conclusion: None, ..whole };
        assert_eq!(check(&unsaid, close, None, "2026-04-01"), Err(LookFault::Lacks("look.conclusion")));
    }

    #[test]
    fn every_code_is_its_wire_name() {
        for one in Mark::ALL {
            assert_eq!(serde_json::to_value(one).unwrap(), one.code());
        }
        for one in Stability::ALL {
            assert_eq!(serde_json::to_value(one).unwrap(), one.code());
        }
    }
}
