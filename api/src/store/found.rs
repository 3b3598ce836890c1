//! A search in the customer list, what is most likely meant first, by reading a bounded number of rows
//! however many customers there are and however many of them are found.
//!
//! First come the ranked, in the order of [`search::Nearness`]. They are drawn from three sources, each
//! bounded: the code's index, [`NEAR`] customers from where names of those initials begin, and the
//! first [`CANDIDATES`] that the search index finds, in order of addition. A search that finds fewer is
//! ranked as a whole. Of a vaguer one the others follow in order of addition, a walk along the search
//! index that leaves out what was near.
//!
//! In the search index every condition is a token, so that nothing is left to be looked at; the near
//! ones are looked at one by one. Two rows are read for each customer found: 240 for the candidates,
//! 100 for a page of 50 after them, and at most 120 for what is near.

use serde::{Deserialize, Serialize};

use super::db::{Param, Statement, sql};
use super::lists::{Filter, ROW};
use crate::search::{self, Nearness};

/// Customers that the search index gives to be ranked.
pub const CANDIDATES: u32 = 120;
/// Customers looked at from where names of the same initials begin.
const NEAR: u32 = 60;

/// Where a page of a search ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// Among the ranked, after this one.
    Ranked(Nearness, i64),
    /// Among those in order of addition, after this one.
    Rest(i64),
}

/// What was asked for.
#[derive(Debug)]
pub struct Asked<'a> {
    q: &'a str,
    question: String,
    filter: &'a Filter,
}

/// A part of a statement with its values.
struct Part(String, Vec<Param>);

impl<'a> Asked<'a> {
    /// A search for `q`; `None` when nothing in it can be searched for.
    #[must_use]
    pub fn new(q: &'a str, filter: &'a Filter) -> Option<Self> {
        let question = search::question(q, &tokens(filter))?;
        Some(Self { q, question, filter })
    }

    /// The customers of that code, or whose name or initials begin so, by their `seq`.
    fn near(&self) -> Part {
        let filter = self.filter;
        let (mut conditions, mut values) = (String::new(), Vec::new());
        let mut narrow = |text: &str, value: Option<Param>| {
            conditions.push_str(text);
            values.extend(value);
        };
        if let Some(unit) = &filter.unit {
            narrow(" AND unit_id = ?", Some(unit.into()));
        }
        if let Some(rep) = &filter.rep {
            narrow(" AND rep_id = ?", Some(rep.into()));
        }
        if let Some(tier) = &filter.tier {
            narrow(" AND tier = ?", Some(tier.into()));
        }
        if filter.lacking {
            narrow(" AND lacking = 1", None);
        }
        // Codes are unique as they are written, and searched for in any case.
        let (upper, lower) = (self.q.to_uppercase(), self.q.to_lowercase());
        let mut text = format!("SELECT seq FROM customers WHERE code IN (?, ?, ?){conditions}");
        let mut params: Vec<Param> = [self.q, &upper, &lower].map(Param::from).to_vec();
        params.extend(values.iter().cloned());
        let initials = search::initials(self.q);
        if !initials.is_empty() {
            let (index, owner) = match (&filter.rep, &filter.unit) {
                (Some(rep), _) => ("customers_rep_name", Some(("rep_id = ? AND ", rep.into()))),
                (None, Some(unit)) => ("customers_unit_name", Some(("unit_id = ? AND ", unit.into()))),
                (None, None) => ("customers_name", None),
            };
            let (owned, owner): (&str, Option<Param>) = match owner {
                Some((owned, owner)) => (owned, Some(owner)),
                None => ("", None),
            };
            text.push_str(&format!(
                " UNION SELECT seq FROM (SELECT * FROM customers INDEXED BY {index} WHERE {owned}name_key >= ? \
                 AND name_key < ? ORDER BY name_key, tie LIMIT {NEAR}) WHERE {BEGINS}{conditions}"
            ));
            // Past everything that begins with the initials: no character sorts after this one.
            let end = format!("{initials}\u{10ffff}");
            params.extend(owner);
            params.extend([initials.as_str(), &end].map(Param::from));
            params.extend(self.begins());
            params.extend(values);
        }
        Part(text, params)
    }

    /// The values of [`BEGINS`].
    fn begins(&self) -> [Param; 4] {
        let plain = search::plain(self.q);
        [self.q.into(), self.q.into(), plain.as_str().into(), plain.into()]
    }

    /// The customer of that code and those whose name or initials begin so, as one JSON cell of
    /// `[row, tie]`.
    pub fn nearest(&self) -> Statement {
        let Part(near, values) = self.near();
        let text = format!(
            "SELECT json_group_array(json_array({ROW}, tie)) AS json FROM customers WHERE seq IN ({near})"
        );
        values.into_iter().fold(sql(text), Statement::bind)
    }

    /// The first [`CANDIDATES`] that the search index finds, as one JSON cell of `[row, tie]`.
    pub fn candidates(&self) -> Statement {
        let text = format!(
            "SELECT json_group_array(json_array({ROW}, tie)) AS json FROM (SELECT c.* FROM customer_search s \
             CROSS JOIN customers c ON c.seq = s.rowid WHERE customer_search MATCH ? ORDER BY s.rowid LIMIT {CANDIDATES})"
        );
        sql(text).bind(self.question.as_str())
    }

    /// Those found after a place in order of addition, as one JSON cell of `[row, tie]`.
    pub fn rest(&self, after: i64, rows: u32) -> Statement {
        let Part(near, near_values) = self.near();
        // Without the CAST the place is a REAL, from which the search index cannot go on.
        let text = format!(
            "SELECT json_group_array(json_array({ROW}, tie)) AS json FROM (SELECT c.* FROM customer_search s \
             CROSS JOIN customers c ON c.seq = s.rowid WHERE customer_search MATCH ? \
             AND s.rowid > CAST(? AS INTEGER) AND c.seq NOT IN ({near}) ORDER BY s.rowid LIMIT {rows})"
        );
        let found: [Param; 2] = [self.question.as_str().into(), after.into()];
        found.into_iter().chain(near_values).fold(sql(text), Statement::bind)
    }
}

/// Whether a name or its initials begin so, in any case. Not LIKE, whose patterns the platform holds to
/// fifty bytes.
const BEGINS: &str = "(lower(substr(name, 1, length(?))) = lower(?) OR substr(initials, 1, length(?)) = ?)";

/// The conditions of a list as tokens of the search index.
fn tokens(filter: &Filter) -> Vec<String> {
    let mut tokens = Vec::new();
    if let Some(unit) = &filter.unit {
        tokens.push(format!("u-{unit}"));
    }
    if let Some(rep) = &filter.rep {
        tokens.push(format!("r-{rep}"));
    }
    if let Some(tier) = &filter.tier {
        let hex: String = tier.bytes().map(|byte| format!("{byte:02x}")).collect();
        tokens.push(if hex.is_empty() { "t-none".to_owned() } else { format!("t-{hex}") });
    }
    if filter.lacking {
        tokens.push("l-1".to_owned());
    }
    tokens
}

#[cfg(test)]
mod tests {
    use shared::id::{UnitId, UserId};

    use super::*;

    #[test]
    fn every_value_has_its_place_in_the_statement() {
        for bits in 0..16_u8 {
            let filter = Filter {
                unit: (bits & 1 > 0).then(|| UnitId::parse("u1").unwrap()),
                rep: (bits & 2 > 0).then(|| UserId::parse("r1").unwrap()),
                tier: (bits & 4 > 0).then(|| "A".to_owned()),
                previous: None,
                lacks: None,
                moved: None,
                lacking: bits & 8 > 0,
            };
            for q in ["东方", "kh-08", "no initials: 。", "x"] {
                let asked = Asked::new(q, &filter).unwrap();
                for statement in [asked.nearest(), asked.candidates(), asked.rest(120, 51)] {
                    assert_eq!(
                        statement.text().matches('?').count(),
                        statement.params().len(),
                        "{q} {filter:?}"
                    );
                }
            }
        }
        assert!(Asked::new("。", &Filter::default()).is_none());
    }
}
