//! How many customers are in each tier, as the triggers of `0014_tier_counts.sql` keep it.

use shared::id::{UnitId, UserId};

use super::db::{Statement, sql};

/// The counts of a unit, a rep or, without either, the company, as one JSON cell of
/// `shared::dto::customer::TierCount`: a row read for each tier. A rep's customers are all in the
/// rep's unit, which the guards see to; with a rep of another unit there is nothing to count.
pub fn of(unit: Option<&UnitId>, rep: Option<&UserId>) -> Statement {
    const COUNTS: &str = "SELECT json_group_array(json_object('tier', nullif(tier, ''), 'customers', customers)) AS json \
        FROM tier_counts WHERE scope = ? AND customers > 0";
    match (unit, rep) {
        (None, None) => sql(COUNTS).bind(""),
        (Some(unit), None) => sql(COUNTS).bind(format!("u-{unit}")),
        (None, Some(rep)) => sql(COUNTS).bind(format!("r-{rep}")),
        (Some(unit), Some(rep)) => {
            sql(format!("{COUNTS} AND EXISTS (SELECT 1 FROM users WHERE id = ? AND unit = ?)"))
                .bind(format!("r-{rep}"))
                .bind(rep)
                .bind(unit)
        }
    }
}
