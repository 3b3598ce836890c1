//! What a link shows, kept when it is made.

use serde::Deserialize;
use shared::dto::share::NewLink;
use shared::id::LinkId;
use shared::ledger::key;
use shared::permission::Permit;
use shared::share::{Group, MAX_CUSTOMERS, PAGE_CUSTOMERS, Rung};

use super::db::{DbError, Statement, sql};

/// Page 0: what is counted of the unit.
#[derive(Debug, Clone, Deserialize)]
pub struct Counted {
    /// The grades of the policy that was in force on the day.
    pub ladder: Vec<Rung>,
    /// The unit's customers.
    pub groups: Vec<Group>,
}

/// Keeps what a link shows: of everybody who belonged to the unit now and was a customer on its day, the grade
/// that was in force on the day and the one of the year before, and what was ticked. Nothing else is kept.
///
/// - A published grade is in force from its day until the next one is published. Before the first publication
///   the computed one counts, but of an earlier day nobody knows what it was.
/// - Figures are those that the grade follows from: of a published one those of its form, as corrected.
/// - The grade of the year before is the one published for an earlier year or, before the first publication,
///   the computed one of the year before.
///
/// It reads each customer of the unit a few times, in one transaction with the link; a unit of more than
/// [`MAX_CUSTOMERS`] is refused before.
///
/// # Errors
/// When the grades cannot be serialized.
pub fn freeze(
    _: &Permit,
    id: &LinkId,
    wanted: &NewLink,
    is_today: bool,
    ladder: &[Rung],
) -> Result<Statement, DbError> {
    let input = |key: &str, part: &str| format!("coalesce(f.inputs, a.inputs) ->> '$.values.{key}.{part}'");
    let (sales, collection) = (input(key::ANNUAL_SALES, "value"), input(key::COLLECTION, "value"));
    let rating = input(key::CREDIT_RATING, "level");
    let text = format!(
        "INSERT INTO link_pages (link_id, page, body) \
         WITH published AS MATERIALIZED ( \
            SELECT c.seq, g.cycle_id, g.year, coalesce(g.grade, '') AS grade, g.id \
            FROM customers c JOIN grades g ON g.id = (SELECT o.id FROM grades o \
                WHERE o.customer_id = c.id AND o.effective <= ?3 ORDER BY o.effective DESC, o.id DESC LIMIT 1) \
            WHERE c.unit_id = ?2), \
         held AS MATERIALIZED ( \
            SELECT c.name, c.code, c.name_key, c.tie, \
                CASE WHEN p.id IS NOT NULL THEN p.grade WHEN ?4 THEN c.tier ELSE '' END AS tier, \
                coalesce((SELECT coalesce(o.grade, '') FROM grades o WHERE o.customer_id = c.id AND o.effective <= ?3 \
                        AND o.year < p.year ORDER BY o.effective DESC, o.id DESC LIMIT 1), \
                    (SELECT b.tier FROM assessments b WHERE b.customer_id = c.id AND b.year = coalesce(p.year, \
                        iif(?4, c.year, NULL)) - 1), '') AS before, \
                CASE WHEN ?6 THEN {sales} END AS sales, CASE WHEN ?6 THEN {collection} END AS collection, \
                CASE WHEN ?7 THEN coalesce(f.credit ->> '$.rating', {rating}) END AS rating \
            FROM customers c LEFT JOIN published p ON p.seq = c.seq \
            LEFT JOIN forms f ON (?6 OR ?7) AND f.cycle_id = p.cycle_id AND f.customer_id = c.id \
            LEFT JOIN assessments a ON (?6 OR ?7) AND ?4 AND p.id IS NULL AND a.customer_id = c.id AND a.year = c.year \
            WHERE c.unit_id = ?2 AND (c.since IS NULL OR c.since <= ?3) LIMIT {MAX_CUSTOMERS}), \
         listed AS ( \
            SELECT *, row_number() OVER (ORDER BY coalesce((SELECT j.key FROM json_each(?5) j \
                WHERE j.value ->> 'tier' = tier), iif(tier = '', 99, 98)), tier, name_key, tie) - 1 AS place \
            FROM held WHERE ?8) \
         SELECT ?1, 0, json_object('ladder', json(?5), 'groups', (SELECT json_group_array(json_object( \
                'tier', nullif(tier, ''), 'before', nullif(before, ''), 'rating', rating, 'customers', customers, \
                'sales', sales, 'lacking', lacking)) \
            FROM (SELECT tier, before, rating, count(*) AS customers, count(*) - count(sales) AS lacking, \
                CAST(CASE WHEN count(sales) > 0 \
                    THEN max(min(total(sales), 9007199254740991), -9007199254740991) END AS INTEGER) AS sales \
                FROM held GROUP BY tier, before, rating))) \
         UNION ALL \
         SELECT ?1, 1 + place / {PAGE_CUSTOMERS}, json_group_array(json_object('name', name, 'code', code, \
            'tier', nullif(tier, ''), 'before', nullif(before, ''), 'sales', sales, 'collection', collection, \
            'rating', rating) ORDER BY place) FROM listed GROUP BY 2"
    );
    Ok(sql(text)
        .bind(id)
        .bind(&wanted.unit)
        .bind(&wanted.as_at)
        .bind(is_today)
        .bind_json(&ladder)?
        .bind(wanted.figures)
        .bind(wanted.credit)
        .bind(wanted.names))
}

/// A page of what a link shows, as one JSON cell: [`Counted`] or rows of customers. Past the last it is the last.
pub fn page(id: &LinkId, page: u32) -> Statement {
    sql("SELECT body AS json FROM link_pages WHERE link_id = ?1 \
         AND page = min(?2, (SELECT max(page) FROM link_pages WHERE link_id = ?1))")
    .bind(id)
    .bind(page)
}

/// All its customers, as one JSON cell.
pub fn rows(id: &LinkId) -> Statement {
    sql("SELECT json_group_array(json(j.value) ORDER BY p.page, j.key) AS json \
         FROM link_pages p CROSS JOIN json_each(p.body) j WHERE p.link_id = ? AND p.page > 0")
    .bind(id)
}
