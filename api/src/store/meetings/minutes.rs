//! What minutes are made of, and confirmed minutes. Nothing here goes through all forms: counts are those
//! that triggers keep, and the rest is found by an index that holds nothing else.

use serde::Deserialize;
use shared::calendar::Date;
use shared::dto::review::{Confirmed, Supplement};
use shared::id::{CustomerCode, CustomerId, CycleId, Label, Name, Note, UnitId, UserId};
use shared::json;
use shared::permission::Permit;
use shared::review::meeting::{Case, Item, Minutes, Tabled, Whose};
use shared::review::{CycleKind, Entry, State};

use crate::store::db::{DbError, Statement, sql};
use crate::store::forms::grade;
use crate::store::guard::Guard;

/// Most rows of one list of minutes; how many more there are is said there.
pub const LISTED: u32 = 1_000;

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, DbError> {
    json::read(text).map_err(|error| DbError::other(format!("minutes: {error}")))
}

/// A customer's form as minutes need it.
#[derive(Debug, Clone, Deserialize)]
pub struct CaseRow {
    id: CustomerId,
    code: CustomerCode,
    name: Name,
    unit: UnitId,
    unit_name: Name,
    rep: Option<UserId>,
    computed: String,
    last_grade: String,
    state: String,
    since: Option<Date>,
    entry: Option<String>,
}

impl CaseRow {
    fn whose(&self) -> Whose {
        Whose {
            id: self.id.clone(),
            code: self.code.clone(),
            name: self.name.clone(),
            unit: self.unit.clone(),
            unit_name: self.unit_name.clone(),
            rep: self.rep.clone(),
        }
    }

    /// What the minutes say of it; of an amendment what that put on the table.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn case(&self) -> Result<Case, DbError> {
        let state: State = parsed(&self.state)?;
        let case = Case::of(self.whose(), &state, grade(&self.computed)?, grade(&self.last_grade)?);
        let Some(entry) = &self.entry else { return Ok(Case { since: self.since, ..case }) };
        let entry: Entry = parsed(entry)?;
        Ok(Case {
            computed: entry.computed,
            grade: entry.grade,
            reason: entry.reason,
            raised_by: entry.raised_by,
            at: Some(entry.at),
            plan: None,
            ..case
        })
    }
}

/// Which forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which<'a> {
    /// Decided on a grade; without one, those that have none.
    Decided(Option<&'a Label>),
    /// Decided otherwise than computed or than proposed.
    Overruled,
    /// New customers: of a yearly cycle those with a computed grade that is provisional, of a supplementary
    /// one all (5.1.2-D).
    New(CycleKind),
    /// Amended at the meeting, once for each time.
    Amended,
}

const DECIDED: &str = "stage NOT IN ('draft', 'submitted', 'in_review')";

/// Forms, at most one more than can be listed.
pub fn cases(cycle: &CycleId, which: Which<'_>) -> Statement {
    let from = match which {
        Which::Decided(_) => format!(
            "SELECT *, NULL AS entry FROM forms INDEXED BY forms_decided WHERE cycle_id = ?1 AND {DECIDED} \
             AND grade = ?2 ORDER BY seq"
        ),
        Which::Overruled => format!(
            "SELECT *, NULL AS entry FROM forms INDEXED BY forms_decided_otherwise WHERE cycle_id = ?1 AND {DECIDED} \
             AND grade <> '' AND (grade <> computed OR grade <> proposed) ORDER BY seq"
        ),
        Which::New(CycleKind::Supplementary) => "SELECT *, NULL AS entry FROM forms INDEXED BY forms_all \
             WHERE cycle_id = ?1 ORDER BY seq"
            .to_owned(),
        Which::New(CycleKind::Yearly) => "SELECT *, NULL AS entry FROM forms INDEXED BY forms_provisional \
             WHERE cycle_id = ?1 AND provisional = 1 ORDER BY seq"
            .to_owned(),
        Which::Amended => "SELECT f.*, e.body->'$.entry' AS entry FROM form_entries e \
             INDEXED BY form_entries_amended CROSS JOIN forms f ON f.cycle_id = e.cycle_id \
             AND f.customer_id = e.customer_id WHERE e.cycle_id = ?1 AND e.body ->> '$.entry.step' = 'amend' \
             ORDER BY e.id"
            .to_owned(),
    };
    let text = format!(
        "SELECT c.id, c.code, c.name, f.unit_id AS unit, u.name AS unit_name, f.rep_id AS rep, f.computed, \
         f.last_grade, f.state, f.ground->>'$.since' AS since, f.entry FROM ({from} LIMIT {}) f \
         CROSS JOIN customers c ON c.seq = f.seq CROSS JOIN units u ON u.id = f.unit_id",
        LISTED + 1
    );
    let statement = sql(text).bind(cycle);
    match which {
        Which::Decided(of) => statement.bind(of.map_or("", Label::as_str)),
        Which::Overruled | Which::New(_) | Which::Amended => statement,
    }
}

/// An item as minutes need it.
#[derive(Debug, Clone, Deserialize)]
pub struct TabledRow {
    body: String,
    id: Option<CustomerId>,
    code: Option<CustomerCode>,
    name: Option<Name>,
    unit: Option<UnitId>,
    unit_name: Option<Name>,
    rep: Option<UserId>,
}

impl TabledRow {
    /// What the minutes say of it.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn tabled(self) -> Result<Tabled, DbError> {
        let item: Item = parsed(&self.body)?;
        let customer = match (self.id, self.code, self.name, self.unit, self.unit_name) {
            (Some(id), Some(code), Some(name), Some(unit), Some(unit_name)) => {
                Some(Whose { id, code, name, unit, unit_name, rep: self.rep })
            }
            _ => None,
        };
        Ok(Tabled { item, customer })
    }
}

/// The items of a cycle that were not taken back, at most one more than can be listed.
pub fn tabled(cycle: &CycleId) -> Statement {
    sql(format!(
        "SELECT i.body, c.id, c.code, c.name, c.unit_id AS unit, u.name AS unit_name, c.rep_id AS rep \
         FROM meeting_items i INDEXED BY meeting_items_all LEFT JOIN customers c ON c.id = i.customer_id \
         LEFT JOIN units u ON u.id = c.unit_id WHERE i.cycle_id = ? AND i.stage <> 'withdrawn' \
         ORDER BY i.seq LIMIT {}",
        LISTED + 1
    ))
    .bind(cycle)
}

/// How many forms have which grade before, as one JSON cell of `[unit, grade, forms]`.
pub fn before(cycle: &CycleId) -> Statement {
    sql("SELECT json_group_array(json_array(unit_id, last_grade, forms)) AS json \
         FROM form_last_counts WHERE cycle_id = ?")
    .bind(cycle)
}

/// The units by their names, as one JSON cell of `[unit, name]`.
pub fn units() -> Statement {
    sql("SELECT json_group_array(json_array(id, name)) AS json FROM units")
}

/// The confirmed minutes of a sitting, as one JSON cell of [`Minutes`].
pub fn find(cycle: &CycleId, sitting: u32) -> Statement {
    sql("SELECT body AS json FROM minutes WHERE cycle_id = ? AND sitting = ?").bind(cycle).bind(sitting)
}

/// What was added to the minutes of a sitting, first to last, as one JSON cell.
pub fn supplements(cycle: &CycleId, sitting: u32) -> Statement {
    sql("SELECT json_group_array(json_object('at', at, 'by', by_name, 'text', text)) AS json FROM \
         (SELECT at, by_name, text FROM minutes_supplements WHERE cycle_id = ? AND sitting = ? ORDER BY id)")
    .bind(cycle)
    .bind(sitting)
}

/// Freezes the minutes of a sitting, once.
///
/// # Errors
/// When they cannot be serialized.
pub fn insert(
    _: &Permit,
    cycle: &CycleId,
    confirmed: &Confirmed,
    minutes: &Minutes,
) -> Result<[Statement; 2], DbError> {
    let insert = sql("INSERT INTO minutes (body, cycle_id, sitting, at, by_name) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT DO NOTHING")
    .bind_json(minutes)?
    .bind(cycle)
    .bind(confirmed.sitting)
    .bind(confirmed.at)
    .bind(&confirmed.by);
    Ok([insert, Guard::State.one_changed()])
}

/// Adds to the confirmed minutes of a sitting.
pub fn supplement(_: &Permit, cycle: &CycleId, sitting: u32, added: &Supplement) -> Statement {
    let text: &Note = &added.text;
    sql("INSERT INTO minutes_supplements (cycle_id, sitting, at, by_name, text) VALUES (?, ?, ?, ?, ?)")
        .bind(cycle)
        .bind(sitting)
        .bind(added.at)
        .bind(&added.by)
        .bind(text)
}
