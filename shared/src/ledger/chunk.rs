//! Rows into chunks for sending: each atomic, all invoices of a customer together.

use std::collections::BTreeMap;

use super::Shape;
use super::verdict::Row;
use crate::id::CustomerCode;

/// Most bytes of a chunk as estimated by [`Row::weight`].
const BYTES: usize = 1_500_000;

/// How many rows a chunk is filled to, and how many it may have at most.
const fn sizes(shape: Shape) -> (usize, usize) {
    match shape {
        Shape::Annual => (200, 200),
        Shape::Receivables => (500, 5_000),
    }
}

/// Splits rows into chunks, as places in `rows`. The rows of a customer stay in one chunk
/// unless they alone are more than a chunk may hold. The same rows in the same order always
/// give the same chunks, so that an interrupted import goes on where it stopped.
#[must_use]
pub fn chunks<'a, R: Row + 'a>(rows: impl IntoIterator<Item = &'a R>) -> Vec<Vec<usize>> {
    let rows: Vec<&R> = rows.into_iter().collect();
    let (target, most) = sizes(R::SHAPE);
    let mut by_customer: BTreeMap<&CustomerCode, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        by_customer.entry(row.customer()).or_default().push(at);
    }
    let weight = |at: &usize| rows.get(*at).map_or(0, |row| row.weight());
    let mut chunks = Vec::new();
    let (mut chunk, mut bytes): (Vec<usize>, usize) = (Vec::new(), 0);
    for places in by_customer.into_values() {
        let own: usize = places.iter().map(weight).sum();
        if !chunk.is_empty() && (chunk.len() + places.len() > target || bytes + own > BYTES) {
            chunks.push(std::mem::take(&mut chunk));
            bytes = 0;
        }
        for at in places {
            let weight = weight(&at);
            if !chunk.is_empty() && (chunk.len() >= most || bytes + weight > BYTES) {
                chunks.push(std::mem::take(&mut chunk));
                bytes = 0;
            }
            chunk.push(at);
            bytes += weight;
        }
    }
    if !chunk.is_empty() {
        chunks.push(chunk);
    }
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{AnnualRow, InvoiceRow};

    fn invoices(customers: &[(&str, usize)]) -> Vec<InvoiceRow> {
        let of = |code: &str, number: usize| {
            let json = format!(r#"{{"code":"{code}","number":"{number}","issued":"2025-01-01","amount":1}}"#);
            serde_json::from_str(&json).unwrap()
        };
        customers.iter().flat_map(|(code, count)| (0..*count).map(move |number| of(code, number))).collect()
    }

    fn lengths(customers: &[(&str, usize)]) -> Vec<usize> {
        chunks(&invoices(customers)).iter().map(Vec::len).collect()
    }

    #[test]
    fn customers_stay_whole() {
        assert_eq!(lengths(&[]), [0; 0]);
        assert_eq!(lengths(&[("a", 300), ("b", 200), ("c", 1)]), [500, 1]);
        assert_eq!(lengths(&[("a", 300), ("b", 201), ("c", 1)]), [300, 202]);
        assert_eq!(lengths(&[("a", 1), ("b", 4_000), ("c", 1)]), [1, 4_000, 1]);
        assert_eq!(lengths(&[("a", 5_001)]), [5_000, 1]);
    }

    #[test]
    fn scattered_rows_of_a_customer_come_together() {
        let mut rows = invoices(&[("b", 2), ("a", 2)]);
        rows.swap(1, 2);
        assert_eq!(chunks(&rows), [[1, 3, 0, 2]]);
    }

    #[test]
    fn annual_rows_come_by_two_hundred() {
        let row = |at: i32| -> AnnualRow {
            serde_json::from_str(&format!(r#"{{"code":"K{at}","year":2025}}"#)).unwrap()
        };
        let rows: Vec<AnnualRow> = (0..401).map(row).collect();
        assert_eq!(chunks(&rows).iter().map(Vec::len).collect::<Vec<_>>(), [200, 200, 1]);
    }
}
