//! A customer's credit as finance sets it in the review (4.2, 5.1.2-C).

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::grading::Input;
use crate::id::{Label, Note};
use crate::json::tagged;
use crate::number::Fen;

/// 资信等级: the credit rating, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "each is its own name")]
pub enum Rating {
    Aaa,
    Aa,
    A,
    B,
    C,
    D,
}

impl Rating {
    /// Every rating, best first.
    pub const ALL: [Self; 6] = [Self::Aaa, Self::Aa, Self::A, Self::B, Self::C, Self::D];

    /// As it is written, in tables and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Aaa => "AAA",
            Self::Aa => "AA",
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }

    /// As what a policy's gates look at; `None` only if the code were no label.
    #[must_use]
    pub fn input(self) -> Option<Input> {
        Label::parse(self.code()).ok().map(|level| Input::Judged { level })
    }
}

/// 结算方式: how a customer settles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Terms {
    /// 现款: before or on delivery.
    Cash,
    /// Some days after delivery.
    Days {
        /// How many, 1 to [`Terms::MAX_DAYS`].
        days: u16,
    },
    /// 月结: once a month.
    Monthly,
    /// 特殊结算: as agreed.
    Special {
        /// What was agreed.
        agreed: Note,
    },
}

tagged! { exact Terms, "kind": Cash, Days { days }, Monthly, Special { agreed } }

impl Terms {
    /// The longest term in days.
    pub const MAX_DAYS: u16 = 730;
}

/// What finance grants a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Credit {
    /// The rating.
    pub rating: Rating,
    /// The most that may be open at a time; not negative.
    pub limit: Fen,
    /// How the customer settles.
    pub terms: Terms,
    /// The last day on which it holds; absent while nothing else is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// What is wrong with a credit, each with its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditFault {
    /// A limit below zero.
    Limit,
    /// A term of no days, or of more than [`Terms::MAX_DAYS`].
    Days,
    /// A last day that has passed.
    Until,
}

impl CreditFault {
    /// What is wrong with as much of a credit as is there.
    #[must_use]
    pub fn of(limit: Option<Fen>, terms: Option<&Terms>, until: Option<Date>, today: Date) -> Vec<Self> {
        let below = limit.is_some_and(|limit| limit < Fen::ZERO);
        let term = matches!(terms, Some(Terms::Days { days }) if !(1..=Terms::MAX_DAYS).contains(days));
        let past = until.is_some_and(|until| until < today);
        let all = [(below, Self::Limit), (term, Self::Days), (past, Self::Until)];
        all.into_iter().filter_map(|(wrong, fault)| wrong.then_some(fault)).collect()
    }

    /// The field, within the credit.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Days => "terms.days",
            Self::Until => "until",
        }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Limit => "negative",
            Self::Days => "term_days",
            Self::Until => "past",
        }
    }
}

impl std::fmt::Display for CreditFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Limit => f.write_str("must not be negative"),
            Self::Days => write!(f, "must be 1 to {}", Terms::MAX_DAYS),
            Self::Until => f.write_str("must be today or later"),
        }
    }
}

impl std::error::Error for CreditFault {}

impl Credit {
    /// Why it cannot be granted on a day: everything that is wrong, nothing where it can.
    #[must_use]
    pub fn faults(&self, today: Date) -> Vec<CreditFault> {
        CreditFault::of(Some(self.limit), Some(&self.terms), self.until, today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_written_as_its_code_and_is_a_level_of_the_policy() {
        for rating in Rating::ALL {
            assert_eq!(serde_json::to_string(&rating).unwrap(), format!("\"{}\"", rating.code()));
            let level = Label::parse(rating.code()).unwrap();
            assert_eq!(rating.input(), Some(Input::Judged { level }));
        }
        assert!(Rating::Aaa < Rating::D, "best first");
    }

    #[test]
    fn both_sides_of_every_bound() {
        let today = Date::parse("2026-03-26").unwrap();
        let of = |limit, terms, until: Option<&str>| {
            let limit = Fen::new(limit).unwrap();
            let until = until.map(|day| Date::parse(day).unwrap());
            Credit { rating: Rating::B, limit, terms, until }.faults(today)
        };
        assert_eq!(of(0, Terms::Cash, None), []);
        assert_eq!(of(-1, Terms::Cash, None), [CreditFault::Limit]);
        for (days, fits) in [(0, false), (1, true), (730, true), (731, false)] {
            assert_eq!(of(1, Terms::Days { days }, None).is_empty(), fits, "{days}");
        }
        assert_eq!(of(1, Terms::Monthly, Some("2026-03-26")), []);
        assert_eq!(of(1, Terms::Monthly, Some("2026-03-25")), [CreditFault::Until]);
        let all = of(-1, Terms::Days { days: 0 }, Some("2026-03-25"));
        assert_eq!(all, [CreditFault::Limit, CreditFault::Days, CreditFault::Until]);
    }
}
