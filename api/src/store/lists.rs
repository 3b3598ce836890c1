//! The customer list: a page is a walk along one index that ends with the page. It reads a row for each
//! customer shown and never more as customers are added; where two conditions meet that no index holds
//! together, the walk looks at [`SCAN`] customers at most and the page may be short, with a cursor to go
//! on from. A search is in [`super::found`].
//!
//! The budget for 50 rows, measured with 50,000 customers and the same with 400, the session's row
//! included: 54 rows read along an index, and twice [`SCAN`] at worst where conditions meet.

use shared::dto::customer::CustomerSort;
use shared::id::{Key, Label, UnitId, UserId};

use super::db::{Param, Statement, sql};

/// Most customers that a walk with a left-over condition looks at.
pub const SCAN: u32 = 1_000;

/// What a list shows; all conditions hold at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this unit.
    pub unit: Option<UnitId>,
    /// Only this rep.
    pub rep: Option<UserId>,
    /// Only this tier; empty for ungraded.
    pub tier: Option<String>,
    /// Only what had this tier before; empty for what had none.
    pub previous: Option<String>,
    /// Only what went from one tier to another among these; see [`moves`].
    pub moved: Option<String>,
    /// Only customers with missing data.
    pub lacking: bool,
    /// Only customers that lack this indicator.
    pub lacks: Option<Key>,
}

/// Where a page ended: the row's key in the order of the list, and what tells equals apart.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// The key, a text or a number.
    pub key: serde_json::Value,
    /// The customer's place in order of addition.
    pub tie: i64,
}

impl Place {
    fn param(&self) -> Param {
        match &self.key {
            serde_json::Value::String(text) => Param::Text(text.clone()),
            other => Param::Int(other.as_i64().unwrap_or_default()),
        }
    }
}

/// That the tier before and the tier now are a pair of [`moves`].
const MOVED: &str = "instr(?, char(31) || previous_tier || char(30) || tier || char(31)) > 0";

/// Pairs of a tier before and a tier now as one value: as many as there are, where a statement takes a hundred.
#[must_use]
pub fn moves(pairs: &[(&Label, &Label)]) -> String {
    pairs.iter().fold("\u{1f}".to_owned(), |text, (before, now)| format!("{text}{before}\u{1e}{now}\u{1f}"))
}

/// That an indicator is among those that are lacked, a JSON array of keys, in which nothing is escaped.
const LACKS: &str = "instr(lacks, '\"' || ? || '\"') > 0";

/// A condition with its value.
type Condition = (&'static str, Option<Param>);

/// Which index a list walks, and what is left to be looked at row by row.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    index: String,
    key: &'static str,
    walked: Vec<Condition>,
    left: Vec<Condition>,
}

fn plan(filter: &Filter, sort: CustomerSort) -> Plan {
    let (order, key) = match sort {
        CustomerSort::Score => ("score", "score_rank"),
        CustomerSort::Sales => ("sales", "sales_rank"),
        CustomerSort::Name => ("name", "name_key"),
        CustomerSort::Code => ("code", "code"),
    };
    let mut unit = filter.unit.as_ref().map(|unit| ("unit_id = ?", Some(unit.into())));
    let mut rep = filter.rep.as_ref().map(|rep| ("rep_id = ?", Some(rep.into())));
    let mut tier = filter.tier.as_ref().map(|tier| ("tier = ?", Some(tier.into())));
    // Whoever asks where customers came from asks for those of one tier now, and looks through them.
    let previous =
        filter.previous.as_ref().map(|tier| ("coalesce(previous_tier, '') = ?", Some(tier.into())));
    // Whoever asks for those that lack one thing looks through those that lack something.
    let lacks = filter.lacks.as_ref().map(|key| (LACKS, Some(Param::Text(key.to_string()))));
    let moved = filter.moved.as_ref().map(|moves| (MOVED, Some(moves.into())));
    let mut lacking = (filter.lacking || lacks.is_some()).then_some(("lacking = 1", None));
    let ranked = matches!(sort, CustomerSort::Score | CustomerSort::Sales);
    // A rep has few customers whatever the company's size; next comes what narrows a unit most.
    let (name, walked) = if rep.is_some() {
        ("rep_", vec![rep.take()])
    } else if unit.is_some() && tier.is_some() && ranked {
        ("unit_tier_", vec![unit.take(), tier.take()])
    } else if unit.is_some() && lacking.is_some() {
        ("unit_lacking_", vec![unit.take(), lacking.take()])
    } else if unit.is_some() {
        ("unit_", vec![unit.take()])
    } else if tier.is_some() {
        ("tier_", vec![tier.take()])
    } else if lacking.is_some() {
        ("lacking_", vec![lacking.take()])
    } else {
        ("", vec![])
    };
    Plan {
        index: format!("customers_{name}{order}"),
        key,
        walked: walked.into_iter().flatten().collect(),
        left: [unit, rep, tier, lacking, previous, moved, lacks].into_iter().flatten().collect(),
    }
}

fn bound(mut statement: Statement, conditions: &[Condition]) -> Statement {
    for (_, value) in conditions {
        if let Some(value) = value {
            statement = statement.bind(value.clone());
        }
    }
    statement
}

fn all_of(conditions: &[Condition]) -> String {
    conditions.iter().map(|(text, _)| *text).collect::<Vec<_>>().join(" AND ")
}

/// A row of the list as JSON of `shared::dto::customer::CustomerRow`: 14 fields; the platform lets a
/// function take 16 of them.
pub(super) const ROW: &str = "json_object('id', id, 'code', code, 'name', name, 'unit', unit_id, 'rep', rep_id, 'year', year, \
    'tier', nullif(tier, ''), 'computed', CASE WHEN computed_tier <> tier \
    THEN nullif(computed_tier, '') END, 'previous_tier', previous_tier, 'provisional', json(iif(provisional, 'true', 'false')), \
    'score', score, 'evidence', evidence, 'missing', missing, 'sales', sales)";

impl Plan {
    /// The walk from a place on, over at most so many customers.
    fn walk(&self, after: Option<&Place>, most: u32) -> (String, Vec<Param>) {
        let mut conditions: Vec<&str> = self.walked.iter().map(|(text, _)| *text).collect();
        let mut params: Vec<Param> = self.walked.iter().filter_map(|(_, value)| value.clone()).collect();
        let unique = self.key == "code";
        let place = format!("({}, tie) > (?, ?)", self.key);
        if let Some(after) = after {
            params.push(after.param());
            if unique {
                conditions.push("code > ?");
            } else {
                conditions.push(&place);
                params.push(Param::Int(after.tie));
            }
        }
        let conditions =
            if conditions.is_empty() { String::new() } else { format!("WHERE {}", conditions.join(" AND ")) };
        let (index, key) = (&self.index, self.key);
        let order = if unique { "code".to_owned() } else { format!("{key}, tie") };
        let text =
            format!("SELECT * FROM customers INDEXED BY {index} {conditions} ORDER BY {order} LIMIT {most}");
        (text, params)
    }
}

/// Whether some condition of the list is left to be looked at row by row.
#[must_use]
pub fn is_scanned(filter: &Filter, sort: CustomerSort) -> bool {
    !plan(filter, sort).left.is_empty()
}

/// Rows of a list from a place on, as one JSON cell of `[row, key, tie]`.
pub fn page(filter: &Filter, sort: CustomerSort, after: Option<&Place>, rows: u32) -> Statement {
    let plan = plan(filter, sort);
    let most = if plan.left.is_empty() { rows } else { SCAN };
    let (walk, params) = plan.walk(after, most);
    let left = if plan.left.is_empty() { String::new() } else { format!("WHERE {}", all_of(&plan.left)) };
    let text = format!(
        "SELECT json_group_array(json_array({ROW}, {}, tie)) AS json FROM (SELECT * FROM ({walk}) {left} LIMIT {rows})",
        plan.key
    );
    bound(params.into_iter().fold(sql(text), Statement::bind), &plan.left)
}

/// The place at which a walk of [`SCAN`] customers ends, as one JSON cell; none when there are fewer.
pub fn end_of_scan(filter: &Filter, sort: CustomerSort, after: Option<&Place>) -> Statement {
    let plan = plan(filter, sort);
    let (walk, params) = plan.walk(after, SCAN);
    let text = format!(
        "SELECT json_object('key', {}, 'tie', tie) AS json FROM ({walk}) LIMIT 1 OFFSET {}",
        plan.key,
        SCAN - 1
    );
    params.into_iter().fold(sql(text), Statement::bind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SORTS: [CustomerSort; 4] =
        [CustomerSort::Score, CustomerSort::Sales, CustomerSort::Name, CustomerSort::Code];

    fn filters() -> Vec<Filter> {
        let mut all = Vec::new();
        for bits in 0..128_u8 {
            all.push(Filter {
                unit: (bits & 1 > 0).then(|| UnitId::parse("u1").unwrap()),
                rep: (bits & 2 > 0).then(|| UserId::parse("r1").unwrap()),
                tier: (bits & 4 > 0).then(|| "A".to_owned()),
                lacking: bits & 8 > 0,
                previous: (bits & 16 > 0).then(|| "B".to_owned()),
                moved: (bits & 64 > 0).then(|| moves(&[])),
                lacks: (bits & 32 > 0).then(|| Key::parse("loyalty").unwrap()),
            });
        }
        all
    }

    #[test]
    fn every_list_walks_an_index_that_exists() {
        let schema = include_str!("../../migrations/0011_customers.sql");
        for filter in filters() {
            for sort in SORTS {
                let plan = plan(&filter, sort);
                assert!(schema.contains(&format!("INDEX {} ON", plan.index)), "{}", plan.index);
                let conditions = plan.walked.len() + plan.left.len();
                let asked = [
                    filter.unit.is_some(),
                    filter.rep.is_some(),
                    filter.tier.is_some(),
                    filter.previous.is_some(),
                    filter.lacking || filter.lacks.is_some(),
                    filter.lacks.is_some(),
                    filter.moved.is_some(),
                ];
                assert_eq!(conditions, asked.into_iter().filter(|set| *set).count());
            }
        }
    }

    #[test]
    fn a_single_condition_leaves_nothing_to_look_at() {
        for filter in filters()
            .into_iter()
            .filter(|one| one.previous.is_none() && one.lacks.is_none() && one.moved.is_none())
        {
            let asked = [filter.unit.is_some(), filter.rep.is_some(), filter.tier.is_some(), filter.lacking];
            if asked.into_iter().filter(|set| *set).count() <= 1 {
                assert!(SORTS.into_iter().all(|sort| !is_scanned(&filter, sort)), "{filter:?}");
            }
        }
    }

    #[test]
    fn a_page_goes_on_where_the_last_one_ended() {
        let filter = Filter { rep: UserId::parse("r1").ok(), tier: Some(String::new()), ..Filter::default() };
        let place = Place { key: (-8_000).into(), tie: 7 };
        let (walk, params) = plan(&filter, CustomerSort::Score).walk(Some(&place), SCAN);
        assert_eq!(
            walk,
            "SELECT * FROM customers INDEXED BY customers_rep_score WHERE rep_id = ? AND (score_rank, tie) > (?, ?) \
             ORDER BY score_rank, tie LIMIT 1000"
        );
        assert_eq!(params, [Param::Text("r1".to_owned()), Param::Int(-8_000), Param::Int(7)]);
    }
}
