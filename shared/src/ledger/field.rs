//! The fields a column of a ledger can be mapped to.

use serde::{Deserialize, Serialize};

use super::{Shape, key};
use crate::grading::{Input, Measure};

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The company's number for the customer.
    Code,
    /// The customer's name.
    Name,
    /// The unit (销售科 / 代表处).
    Unit,
    /// The representative (销售员).
    Rep,
    /// The segment.
    Segment,
    /// First day of cooperation.
    Since,
    /// The year of the figures.
    Year,
    /// 销售总额.
    AnnualSales,
    /// 销售价格.
    PriceLevel,
    /// 货款回收.
    Collection,
    /// 发展潜力.
    Potential,
    /// 订单计划性.
    OrderPlanning,
    /// 产品满足度.
    ProductFit,
    /// 沟通一致性.
    Communication,
    /// 合作忠诚度与信誉.
    Loyalty,
    /// 资信等级.
    CreditRating,
    /// Days the oldest open receivable is past due.
    OverdueDays,
    /// Months of cooperation.
    CooperationMonths,
    /// The invoice's number.
    Number,
    /// The day an invoice was issued.
    Issued,
    /// The day an invoice is due.
    Due,
    /// The amount of an invoice.
    Amount,
    /// The day an invoice was settled.
    Settled,
    /// Whether an invoice is disputed.
    Disputed,
}

/// How the cells of a field are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Printable text.
    Text,
    /// A short label.
    Label,
    /// A civil date.
    Date,
    /// A four-digit year.
    Year,
    /// Money, to fen.
    Money,
    /// A ratio, to basis points.
    Ratio,
    /// A judged level.
    Level,
    /// A whole number.
    Whole,
    /// Yes or no.
    Flag,
}

impl Field {
    /// Every field, in the order a template shows them.
    pub const ALL: &'static [Self] = &[
        Self::Code,
        Self::Name,
        Self::Unit,
        Self::Rep,
        Self::Segment,
        Self::Since,
        Self::Year,
        Self::AnnualSales,
        Self::PriceLevel,
        Self::Collection,
        Self::Potential,
        Self::OrderPlanning,
        Self::ProductFit,
        Self::Communication,
        Self::Loyalty,
        Self::CreditRating,
        Self::OverdueDays,
        Self::CooperationMonths,
        Self::Number,
        Self::Issued,
        Self::Due,
        Self::Amount,
        Self::Settled,
        Self::Disputed,
    ];

    /// How its cells are read.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Code | Self::Name | Self::Unit | Self::Rep | Self::Number => Kind::Text,
            Self::Segment => Kind::Label,
            Self::Since | Self::Issued | Self::Due | Self::Settled => Kind::Date,
            Self::Year => Kind::Year,
            Self::AnnualSales | Self::Amount => Kind::Money,
            Self::PriceLevel | Self::Collection | Self::Potential => Kind::Ratio,
            Self::OrderPlanning
            | Self::ProductFit
            | Self::Communication
            | Self::Loyalty
            | Self::CreditRating => Kind::Level,
            Self::OverdueDays | Self::CooperationMonths => Kind::Whole,
            Self::Disputed => Kind::Flag,
        }
    }

    /// The key its values are kept under; `None` for a field of the row itself.
    #[must_use]
    pub const fn key(self) -> Option<&'static str> {
        match self {
            Self::AnnualSales => Some(key::ANNUAL_SALES),
            Self::PriceLevel => Some(key::PRICE_LEVEL),
            Self::Collection => Some(key::COLLECTION),
            Self::Potential => Some(key::POTENTIAL),
            Self::OrderPlanning => Some(key::ORDER_PLANNING),
            Self::ProductFit => Some(key::PRODUCT_FIT),
            Self::Communication => Some(key::COMMUNICATION),
            Self::Loyalty => Some(key::LOYALTY),
            Self::CreditRating => Some(key::CREDIT_RATING),
            Self::OverdueDays => Some(key::OVERDUE_DAYS),
            Self::CooperationMonths => Some(key::COOPERATION_MONTHS),
            Self::Code
            | Self::Name
            | Self::Unit
            | Self::Rep
            | Self::Segment
            | Self::Since
            | Self::Year
            | Self::Number
            | Self::Issued
            | Self::Due
            | Self::Amount
            | Self::Settled
            | Self::Disputed => None,
        }
    }

    /// The field whose values are kept under a key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == Some(key))
    }

    /// The measure of its numbers; `None` where a column never holds a figure of a customer.
    #[must_use]
    pub const fn measure(self) -> Option<Measure> {
        match self {
            Self::AnnualSales => Some(Measure::Money),
            Self::PriceLevel | Self::Collection | Self::Potential => Some(Measure::Ratio),
            Self::OverdueDays => Some(Measure::Days),
            Self::CooperationMonths => Some(Measure::Months),
            _ => None,
        }
    }

    /// Whether a ledger of that shape can have it.
    #[must_use]
    pub const fn fits(self, shape: Shape) -> bool {
        match self {
            Self::Code | Self::Name | Self::Unit | Self::Rep => true,
            Self::Number | Self::Issued | Self::Due | Self::Amount | Self::Settled | Self::Disputed => {
                matches!(shape, Shape::Receivables)
            }
            _ => matches!(shape, Shape::Annual),
        }
    }

    /// Whether a ledger of that shape must have it. The year may be given for the whole file.
    #[must_use]
    pub const fn required(self, shape: Shape) -> bool {
        match shape {
            Shape::Annual => matches!(self, Self::Code | Self::Year),
            Shape::Receivables => matches!(self, Self::Code | Self::Number | Self::Issued | Self::Amount),
        }
    }

    /// Whether an input may stand under the field's key. An indicator that is judged by
    /// default may be measured under another policy, so only facts are held to their kind.
    #[must_use]
    pub const fn accepts(self, input: &Input) -> bool {
        match input {
            Input::Measured { .. } => !matches!(self, Self::CreditRating),
            Input::Judged { .. } => {
                !matches!(self, Self::AnnualSales | Self::OverdueDays | Self::CooperationMonths)
            }
            _ => true,
        }
    }
}
