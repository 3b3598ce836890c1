//! The sums of the dashboard, as the triggers of `0055_book.sql` and `0056_lacks.sql` keep them. A read takes a row
//! for each pair of tiers and unit, for each class of size and for each indicator, whatever the number of customers.

use shared::id::UnitId;
use shared::permission::Permit;

use super::db::{Statement, sql};

/// The cells of a unit or, without one, of all units, as one JSON cell of `shared::book::Cell`.
pub fn cells(unit: Option<&UnitId>) -> Statement {
    const SELECT: &str = "SELECT json_group_array(json_object('unit', substr(scope, 3), 'previous', nullif(previous, ''), \
        'tier', nullif(tier, ''), 'customers', customers, 'lacking', lacking, 'sold', sold, 'sales', sales)) AS json \
        FROM book_moves WHERE";
    match unit {
        Some(unit) => sql(format!("{SELECT} scope = ?")).bind(format!("u-{unit}")),
        // The character after '-': every unit, and not the company.
        None => sql(format!("{SELECT} scope > 'u-' AND scope < 'u.'")),
    }
}

/// The classes of size of a unit or, without one, of the company, the smallest first, as one JSON cell of
/// `shared::book::Size`.
pub fn sizes(unit: Option<&UnitId>) -> Statement {
    let scope = unit.map(|unit| format!("u-{unit}")).unwrap_or_default();
    sql("SELECT json_group_array(json_object('class', class, 'customers', customers, 'sales', sales)) AS json \
         FROM (SELECT * FROM book_sizes WHERE scope = ? ORDER BY class)")
    .bind(scope)
}

/// How many of a unit or, without one, of the company lack what, as one JSON cell of `shared::book::Lack`.
pub fn lacks(unit: Option<&UnitId>) -> Statement {
    let scope = unit.map(|unit| format!("u-{unit}")).unwrap_or_default();
    sql("SELECT json_group_array(json_object('indicator', indicator, 'customers', customers)) AS json \
         FROM book_lacks WHERE scope = ?")
    .bind(scope)
}

/// How many of what is kept and of what is counted are not in the other, after both were named.
const APART: &str = "SELECT CAST((SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted)) \
    + (SELECT count(*) FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)) AS TEXT) AS json";

/// How many sums of a unit are not what its customers come to, and of the company are not what its units
/// come to: those by tier and size, and those of what is lacked. The platform joins five selections at most.
pub fn wrong(unit: &UnitId) -> [Statement; 2] {
    let sums = "WITH \
        kept AS (SELECT 1, previous, tier, customers, lacking, sold, sales FROM book_moves WHERE scope = 'u-' || ?1 \
            UNION ALL SELECT 2, class, '', customers, 0, 0, sales FROM book_sizes WHERE scope = 'u-' || ?1 \
            UNION ALL SELECT 3, previous, tier, customers, lacking, sold, sales FROM book_moves WHERE scope = '' \
            UNION ALL SELECT 4, class, '', customers, 0, 0, sales FROM book_sizes WHERE scope = ''), \
        counted AS (SELECT 1, previous, tier, customers, lacking, sold, sales FROM counted_moves WHERE unit_id = ?1 \
            UNION ALL SELECT 2, class, '', customers, 0, 0, sales FROM counted_sizes WHERE unit_id = ?1 \
            UNION ALL SELECT 3, previous, tier, sum(customers), sum(lacking), sum(sold), sum(sales) \
                FROM book_moves WHERE scope > 'u-' AND scope < 'u.' GROUP BY previous, tier \
            UNION ALL SELECT 4, class, '', sum(customers), 0, 0, sum(sales) \
                FROM book_sizes WHERE scope > 'u-' AND scope < 'u.' GROUP BY class)";
    let lacks = "WITH \
        kept AS (SELECT 1, indicator, customers FROM book_lacks WHERE scope = 'u-' || ?1 \
            UNION ALL SELECT 2, indicator, customers FROM book_lacks WHERE scope = ''), \
        counted AS (SELECT 1, indicator, customers FROM counted_lacks WHERE unit_id = ?1 \
            UNION ALL SELECT 2, indicator, sum(customers) \
                FROM book_lacks WHERE scope > 'u-' AND scope < 'u.' GROUP BY indicator)";
    [sums, lacks].map(|both| sql(format!("{both} {APART}")).bind(unit))
}

/// Puts what the unit's customers come to in the place of its sums, and what the units come to in that of the
/// company's.
pub fn recount(_: &Permit, unit: &UnitId) -> [Statement; 12] {
    [
        sql("DELETE FROM book_moves WHERE scope = 'u-' || ?").bind(unit),
        sql(
            "INSERT INTO book_moves SELECT 'u-' || unit_id, previous, tier, customers, lacking, sold, sales \
             FROM counted_moves WHERE unit_id = ?",
        )
        .bind(unit),
        sql("DELETE FROM book_moves WHERE scope = ''"),
        sql(
            "INSERT INTO book_moves SELECT '', previous, tier, sum(customers), sum(lacking), sum(sold), sum(sales) \
             FROM book_moves WHERE scope > 'u-' AND scope < 'u.' GROUP BY previous, tier",
        ),
        sql("DELETE FROM book_sizes WHERE scope = 'u-' || ?").bind(unit),
        sql("INSERT INTO book_sizes SELECT 'u-' || unit_id, class, customers, sales \
             FROM counted_sizes WHERE unit_id = ?")
        .bind(unit),
        sql("DELETE FROM book_sizes WHERE scope = ''"),
        sql("INSERT INTO book_sizes SELECT '', class, sum(customers), sum(sales) \
             FROM book_sizes WHERE scope > 'u-' AND scope < 'u.' GROUP BY class"),
        sql("DELETE FROM book_lacks WHERE scope = 'u-' || ?").bind(unit),
        sql("INSERT INTO book_lacks SELECT 'u-' || unit_id, indicator, customers FROM counted_lacks WHERE unit_id = ?")
            .bind(unit),
        sql("DELETE FROM book_lacks WHERE scope = ''"),
        sql("INSERT INTO book_lacks SELECT '', indicator, sum(customers) \
             FROM book_lacks WHERE scope > 'u-' AND scope < 'u.' GROUP BY indicator"),
    ]
}
