//! How the columns of a file are to be read: guessed, corrected by a person, remembered.

use serde::{Deserialize, Serialize};

use super::{Field, Kind, Shape};

/// What a plain number in a money column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AmountUnit {
    /// 元.
    Yuan,
    /// 千元.
    Thousand,
    /// 万元.
    TenThousand,
}

impl AmountUnit {
    /// Fen of one unit.
    #[must_use]
    pub const fn fen(self) -> i64 {
        match self {
            Self::Yuan => 100,
            Self::Thousand => 100_000,
            Self::TenThousand => 1_000_000,
        }
    }
}

/// What a plain number in a ratio column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RatioUnit {
    /// 85 is 85 %.
    Percent,
    /// 0.85 is 85 %.
    Fraction,
}

/// The order of day and month in dates that do not begin with the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 31/12/2012.
    DayFirst,
    /// 12/31/2012.
    MonthFirst,
}

/// One column and the field it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// What it holds.
    pub field: Field,
    /// Its place, from 0.
    pub index: u32,
    /// For a ratio: what its plain numbers mean; absent while unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratio: Option<RatioUnit>,
}

/// How a file is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The line of the headings, from 0; the rows below it are data.
    pub header_row: u32,
    /// The columns that are read; the others are ignored.
    pub columns: Vec<Column>,
    /// What a plain number in a money column counts; absent while unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_unit: Option<AmountUnit>,
    /// The order of day and month, needed only where the year comes last; absent while unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// The year of annual figures without a column for it; absent while unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Whether `1.234,56` is one thousand two hundred and thirty-four.
    #[serde(default)]
    pub decimal_comma: bool,
    /// Whether a person said that every invoice of a ledger without settled dates is open.
    #[serde(default)]
    pub all_open: bool,
}

/// Why a mapping cannot be read with yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum MappingFault {
    /// No column holds a required field.
    Lacks {
        /// The field.
        field: Field,
    },
    /// Two columns hold the same field.
    Twice {
        /// The field.
        field: Field,
    },
    /// A field that ledgers of this shape do not have.
    Foreign {
        /// The field.
        field: Field,
    },
    /// One column is mapped to two fields.
    SharedColumn {
        /// The column, from 0.
        index: u32,
    },
    /// Annual figures with nothing to take but the customer.
    NoFigures,
    /// The year is neither in a column nor given, or is none from 1900 to 2199.
    NoYear,
    /// There is no column of settled dates and nobody said that all invoices are open.
    NoSettled,
}

impl Mapping {
    /// The column of a field.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<&Column> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// Whether rows can be read with it; the first thing that is lacking otherwise.
    ///
    /// # Errors
    /// The first [`MappingFault`].
    pub fn check(&self, shape: Shape) -> Result<(), MappingFault> {
        for (at, column) in self.columns.iter().enumerate() {
            let earlier = self.columns.get(..at).unwrap_or_default();
            if !column.field.fits(shape) {
                return Err(MappingFault::Foreign { field: column.field });
            }
            if earlier.iter().any(|other| other.field == column.field) {
                return Err(MappingFault::Twice { field: column.field });
            }
            if earlier.iter().any(|other| other.index == column.index) {
                return Err(MappingFault::SharedColumn { index: column.index });
            }
        }
        for field in Field::ALL.iter().copied().filter(|field| field.required(shape)) {
            if field != Field::Year && self.column(field).is_none() {
                return Err(MappingFault::Lacks { field });
            }
        }
        match shape {
            Shape::Annual => {
                if self.column(Field::Year).is_none()
                    && !self.year.is_some_and(|year| (1900..=2199).contains(&year))
                {
                    return Err(MappingFault::NoYear);
                }
                if !self.columns.iter().any(|column| !matches!(column.field, Field::Code | Field::Year)) {
                    return Err(MappingFault::NoFigures);
                }
            }
            Shape::Receivables => {
                if self.column(Field::Settled).is_none() && !self.all_open {
                    return Err(MappingFault::NoSettled);
                }
            }
        }
        Ok(())
    }

    /// Whether a column of ratios has plain numbers whose meaning nobody has said yet.
    pub fn ratios_unknown(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.field.kind() == Kind::Ratio && column.ratio.is_none())
    }
}
