//! One customer's invoices, added up per year.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{InvoiceRow, key};
use crate::calendar::Date;
use crate::grading::Input;
use crate::id::Key;
use crate::number::{BasisPoints, Fen, div_round, ratio};

/// What one customer's invoices of one year come to, as at a day.
///
/// Credit notes (amounts below zero) count in `sales` alone. An invoice has *come due* when it
/// has a due date and is either settled or past that date; one settled after the day asked
/// about counts as open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Aggregates {
    /// Invoices issued in the year.
    pub invoices: u32,
    /// Sum of all amounts, in fen.
    pub sales: Fen,
    /// Amount that has come due, in fen.
    pub due_amount: Fen,
    /// Part of it settled on or before its due date, in fen.
    pub on_time_amount: Fen,
    /// `on_time_amount` ÷ `due_amount`; absent when nothing has come due.
    pub on_time: Option<BasisPoints>,
    /// Mean days past due of the invoices that have come due, 0 for one settled in time.
    pub average_days_overdue: Option<i64>,
    /// Most days past due of the invoices that have come due.
    pub worst_days_overdue: Option<i64>,
    /// Open amount past due, in fen, of invoices issued up to the end of the year.
    pub overdue_now: Fen,
    /// Days past due of the oldest of them, 0 without one; absent when no invoice issued up to
    /// the end of the year has a due date.
    pub overdue_days: Option<i64>,
    /// Disputed amount ÷ amount of the invoices whose ledger says whether they are disputed.
    pub disputed_share: Option<BasisPoints>,
    /// Change of `sales` against the year before; absent without sales in that year.
    pub growth: Option<BasisPoints>,
}

/// What the invoices of one year have added up to so far.
#[derive(Default)]
struct Sums {
    invoices: u32,
    sales: i128,
    due: i128,
    on_time: i128,
    came_due: i64,
    days: i128,
    worst: i64,
    overdue: i128,
    oldest: i64,
    dated: bool,
    stated: i128,
    disputed: i128,
}

impl Sums {
    fn add(&mut self, invoice: &InvoiceRow, as_of: Date) {
        let amount = i128::from(invoice.amount.get());
        self.invoices = self.invoices.saturating_add(1);
        self.sales = self.sales.saturating_add(amount);
        self.dated |= invoice.due.is_some();
        if amount <= 0 {
            return;
        }
        if let Some(disputed) = invoice.disputed {
            self.stated = self.stated.saturating_add(amount);
            if disputed {
                self.disputed = self.disputed.saturating_add(amount);
            }
        }
        let Some(due) = invoice.due else { return };
        let settled = invoice.settled.filter(|settled| *settled <= as_of);
        let late = due.days_until(settled.unwrap_or(as_of)).max(0);
        if settled.is_none() && late == 0 {
            return;
        }
        self.came_due = self.came_due.saturating_add(1);
        self.due = self.due.saturating_add(amount);
        self.days = self.days.saturating_add(late.into());
        self.worst = self.worst.max(late);
        if late == 0 {
            self.on_time = self.on_time.saturating_add(amount);
        }
        if settled.is_none() {
            self.overdue = self.overdue.saturating_add(amount);
            self.oldest = self.oldest.max(late);
        }
    }
}

/// `part` of `whole` in basis points; `None` unless the whole is above zero.
fn share(part: i128, whole: i128) -> Option<BasisPoints> {
    if whole > 0 { ratio(part, whole) } else { None }
}

/// Adds up one customer's invoices per year of issue, as at a day.
///
/// The day itself is not late: an open invoice is overdue from the day after its due date.
#[must_use]
pub fn aggregate(invoices: &[InvoiceRow], as_of: Date) -> BTreeMap<i32, Aggregates> {
    let mut years: BTreeMap<i32, Sums> = BTreeMap::new();
    for invoice in invoices {
        years.entry(invoice.issued.year()).or_default().add(invoice, as_of);
    }
    let (mut overdue, mut oldest, mut dated) = (0_i128, 0, false);
    let mut before: Option<(i32, Fen)> = None;
    let mut result = BTreeMap::new();
    for (year, sums) in years {
        overdue = overdue.saturating_add(sums.overdue);
        oldest = sums.oldest.max(oldest);
        dated |= sums.dated;
        let sales = Fen::clamped(sums.sales);
        let growth = match before {
            Some((last, base)) if last == year - 1 && base > Fen::ZERO => {
                share(i128::from(sales.get()) - i128::from(base.get()), base.get().into())
            }
            _ => None,
        };
        before = Some((year, sales));
        let came_due = sums.came_due > 0;
        let aggregates = Aggregates {
            invoices: sums.invoices,
            sales,
            due_amount: Fen::clamped(sums.due),
            on_time_amount: Fen::clamped(sums.on_time),
            on_time: share(sums.on_time, sums.due),
            average_days_overdue: div_round(sums.days, sums.came_due.into())
                .and_then(|days| i64::try_from(days).ok()),
            worst_days_overdue: came_due.then_some(sums.worst),
            overdue_now: Fen::clamped(overdue),
            overdue_days: dated.then_some(oldest),
            disputed_share: share(sums.disputed, sums.stated),
            growth,
        };
        result.insert(year, aggregates);
    }
    result
}

impl Aggregates {
    /// The same as inputs by key. What the invoices do not tell is [`Input::Missing`]; a store
    /// that merges must not let it overwrite a figure that another ledger gave.
    #[must_use]
    pub fn to_figures(&self) -> BTreeMap<Key, Input> {
        let figures = [
            (key::ANNUAL_SALES, Some(self.sales.get())),
            (key::COLLECTION, self.on_time.map(BasisPoints::get)),
            (key::POTENTIAL, self.growth.map(BasisPoints::get)),
            (key::AVERAGE_DAYS_OVERDUE, self.average_days_overdue),
            (key::WORST_DAYS_OVERDUE, self.worst_days_overdue),
            (key::OVERDUE_NOW, self.overdue_days.map(|_| self.overdue_now.get())),
            (key::OVERDUE_DAYS, self.overdue_days),
            (key::DISPUTED_SHARE, self.disputed_share.map(BasisPoints::get)),
            (key::INVOICE_COUNT, Some(self.invoices.into())),
        ];
        figures
            .into_iter()
            .filter_map(|(name, value)| {
                let input = value.map_or(Input::Missing, |value| Input::Measured { value });
                Some((key::key(name)?, input))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::MAX_SAFE;

    /// `number issued due amount settled disputed`, `-` for absent.
    fn invoice(line: &str) -> InvoiceRow {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let date = |at: usize| (parts[at] != "-").then(|| Date::parse(parts[at]).unwrap());
        InvoiceRow {
            code: "K1".parse().unwrap(),
            number: parts[0].parse().unwrap(),
            name: None,
            unit: None,
            rep: None,
            issued: date(1).unwrap(),
            due: date(2),
            amount: Fen::new(parts[3].parse().unwrap()).unwrap(),
            settled: date(4),
            disputed: (parts[5] != "-").then(|| parts[5] == "y"),
        }
    }

    fn of(as_of: &str, lines: &[&str]) -> BTreeMap<i32, Aggregates> {
        let invoices: Vec<_> = lines.iter().map(|line| invoice(line)).collect();
        aggregate(&invoices, Date::parse(as_of).unwrap())
    }

    #[test]
    fn collection_is_weighted_by_amount() {
        let years = of(
            "2025-12-31",
            &[
                "1 2025-01-01 2025-02-01 300 2025-02-01 n",
                "2 2025-01-01 2025-02-01 100 2025-02-11 y",
                "3 2025-01-01 2025-02-01 -50 - y",
                "4 2025-12-01 2026-01-01 900 - n",
            ],
        );
        let year = years[&2025];
        assert_eq!((year.invoices, year.sales.get()), (4, 1250));
        assert_eq!((year.due_amount.get(), year.on_time_amount.get()), (400, 300));
        assert_eq!(year.on_time.map(BasisPoints::get), Some(7500));
        assert_eq!((year.average_days_overdue, year.worst_days_overdue), (Some(5), Some(10)));
        assert_eq!((year.overdue_now.get(), year.overdue_days), (0, Some(0)));
        assert_eq!(year.disputed_share.map(BasisPoints::get), Some(769));
    }

    #[test]
    fn an_open_invoice_is_overdue_from_the_day_after() {
        let line = ["1 2025-01-01 2025-02-01 300 - -"];
        let on_the_day = of("2025-02-01", &line)[&2025];
        assert_eq!((on_the_day.on_time, on_the_day.overdue_days), (None, Some(0)));
        let day_after = of("2025-02-02", &line)[&2025];
        assert_eq!((day_after.on_time.map(BasisPoints::get), day_after.overdue_days), (Some(0), Some(1)));
        assert_eq!(day_after.overdue_now.get(), 300);
    }

    #[test]
    fn a_later_settlement_is_not_known_yet() {
        let line = ["1 2025-01-01 2025-02-01 300 2025-03-01 -"];
        assert_eq!(of("2025-02-11", &line)[&2025].overdue_days, Some(10));
        assert_eq!(of("2025-03-01", &line)[&2025].overdue_days, Some(0));
        assert_eq!(of("2025-03-01", &line)[&2025].worst_days_overdue, Some(28));
    }

    #[test]
    fn an_open_invoice_of_last_year_is_still_overdue_this_year() {
        let years = of(
            "2025-06-01",
            &["1 2024-01-01 2024-05-31 300 - -", "2 2025-01-01 2025-02-01 600 2025-02-01 -"],
        );
        assert_eq!(years[&2024].overdue_days, Some(366));
        assert_eq!((years[&2025].overdue_now.get(), years[&2025].overdue_days), (300, Some(366)));
        assert_eq!(years[&2025].growth.map(BasisPoints::get), Some(10_000));
    }

    #[test]
    fn what_is_unknown_is_missing() {
        let years = of("2025-06-01", &["1 2022-01-01 - 300 - -", "2 2024-01-01 - 600 - -"]);
        let year = years[&2024];
        assert_eq!(
            (year.on_time, year.overdue_days, year.disputed_share, year.growth),
            (None, None, None, None)
        );
        let figures = year.to_figures();
        assert_eq!(figures.len(), 9);
        assert_eq!(figures.values().filter(|input| **input == Input::Missing).count(), 7);
        assert!(of("2025-06-01", &[]).is_empty());
    }

    #[test]
    fn extremes_do_not_overflow() {
        let most = format!("1 2024-01-01 1900-01-01 {MAX_SAFE} - y");
        let least = format!("2 2025-01-01 1900-01-01 -{MAX_SAFE} 2199-12-31 y");
        let years = of("2199-12-31", &[&most, &most, &least, &least]);
        assert_eq!(years[&2024].sales.get(), MAX_SAFE);
        assert_eq!(years[&2025].growth.map(BasisPoints::get), Some(-20_000));
    }
}
