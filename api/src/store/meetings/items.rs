//! What is put before a meeting besides the grades.

use serde::Deserialize;
use shared::dto::review::ItemRow as Row;
use shared::id::{CustomerCode, CustomerId, CycleId, ItemId, Name, UnitId, UserId};
use shared::json;
use shared::permission::Permit;
use shared::review::meeting::{Item, ItemKind, ItemStage};

use crate::store::db::{DbError, Param, Statement, sql};
use crate::store::guard::Guard;

/// An item as it is stored, with its customer's name.
#[derive(Debug, Clone, Deserialize)]
pub struct ItemRow {
    /// The place in the list.
    pub seq: i64,
    version: i64,
    body: String,
    code: Option<CustomerCode>,
    name: Option<Name>,
}

impl ItemRow {
    /// The item as it is answered.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn row(self) -> Result<Row, DbError> {
        let item: Item =
            json::read(&self.body).map_err(|error| DbError::other(format!("item {}: {error}", self.seq)))?;
        Ok(Row { stage: item.stage(), item, code: self.code, name: self.name, version: self.version })
    }
}

const SELECT: &str = "SELECT i.seq, i.version, i.body, c.code, c.name FROM meeting_items i";
const CUSTOMER: &str = "LEFT JOIN customers c ON c.id = i.customer_id";

/// An item of a cycle.
pub fn find(cycle: &CycleId, id: &ItemId) -> Statement {
    sql(format!("{SELECT} {CUSTOMER} WHERE i.id = ? AND i.cycle_id = ?")).bind(id).bind(cycle)
}

/// What a list shows; all conditions hold at once.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this unit.
    pub unit: Option<UnitId>,
    /// Only customers of this rep, who belongs to the unit.
    pub rep: Option<UserId>,
    /// Only this stage.
    pub stage: Option<ItemStage>,
}

impl Filter {
    /// The index along which the list is walked.
    const fn index(&self) -> &'static str {
        match (self.unit.is_some(), self.stage.is_some()) {
            (false, false) => "meeting_items_all",
            (false, true) => "meeting_items_stage",
            (true, false) => "meeting_items_unit",
            (true, true) => "meeting_items_unit_stage",
        }
    }
}

/// A page of the items of a cycle after a place.
pub fn page(cycle: &CycleId, filter: &Filter, after: i64, limit: u32) -> Statement {
    let mut text =
        format!("{SELECT} INDEXED BY {} {CUSTOMER} WHERE i.cycle_id = ? AND i.seq > ?", filter.index());
    let mut values: Vec<Param> = vec![cycle.into(), after.into()];
    if let Some(unit) = &filter.unit {
        text.push_str(" AND i.unit_id = ?");
        values.push(unit.into());
    }
    if let Some(stage) = filter.stage {
        text.push_str(" AND i.stage = ?");
        values.push(stage.code().into());
    }
    if let Some(rep) = &filter.rep {
        text.push_str(" AND c.rep_id = ?");
        values.push(rep.into());
    }
    text.push_str(" ORDER BY i.seq LIMIT ?");
    values.push(limit.into());
    values.into_iter().fold(sql(text), Statement::bind)
}

/// The item of a kind that was decided last about a customer.
pub fn last(customer: &CustomerId, kind: ItemKind) -> Statement {
    sql(format!(
        "{SELECT} INDEXED BY meeting_items_last {CUSTOMER} WHERE i.customer_id = ? AND i.kind = ? \
         AND i.stage = 'decided' ORDER BY i.decided_seq DESC LIMIT 1"
    ))
    .bind(customer)
    .bind(kind.code())
}

/// Fails the batch unless the item that was decided last about a customer is the one that was read.
pub fn still_last(item: &Item, seq: Option<i64>) -> Statement {
    Guard::State
        .holds(
            "(SELECT seq FROM meeting_items INDEXED BY meeting_items_last WHERE customer_id = ? AND kind = ? \
             AND stage = 'decided' ORDER BY decided_seq DESC LIMIT 1) IS ?",
        )
        .bind(item.customer.as_ref())
        .bind(item.kind.code())
        .bind(seq)
}

/// Puts an item before a meeting.
///
/// # Errors
/// When it cannot be serialized.
pub fn insert(_: &Permit, item: &Item) -> Result<Statement, DbError> {
    sql("INSERT INTO meeting_items (body, id, cycle_id, kind, customer_id, unit_id, stage) \
         VALUES (?, ?, ?, ?, ?, ?, ?)")
    .bind_json(item)
    .map(|statement| {
        statement
            .bind(&item.id)
            .bind(&item.cycle)
            .bind(item.kind.code())
            .bind(item.customer.as_ref())
            .bind(item.unit.as_ref())
            .bind(item.stage().code())
    })
}

/// Writes what became of an item over the version that was read.
///
/// # Errors
/// When it cannot be serialized.
pub fn settle(_: &Permit, item: &Item, version: i64) -> Result<[Statement; 2], DbError> {
    let choice = item.decision.as_ref().map(|decision| decision.choice.code());
    let update = sql("UPDATE meeting_items SET body = ?1, stage = ?2, version = version + 1, choice = ?3, \
         effective_from = ?4, effective_until = ?5, decided_seq = iif(?3 IS NULL, NULL, \
         1 + coalesce((SELECT max(decided_seq) FROM meeting_items WHERE stage = 'decided'), 0)) \
         WHERE id = ?6 AND version = ?7")
    .bind_json(item)?
    .bind(item.stage().code())
    .bind(choice)
    .bind(item.effective_from.as_ref())
    .bind(item.effective_until.as_ref())
    .bind(&item.id)
    .bind(version);
    Ok([update, Guard::Version.one_changed()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_walks_an_index_that_exists() {
        let schema = include_str!("../../../migrations/0041_meeting_items.sql");
        for bits in 0..8_u32 {
            let filter = Filter {
                unit: UnitId::parse("u1").ok().filter(|_| bits & 1 > 0),
                rep: UserId::parse("r1").ok().filter(|_| bits & 2 > 0),
                stage: Some(ItemStage::Proposed).filter(|_| bits & 4 > 0),
            };
            assert!(schema.contains(&format!("INDEX {} ON", filter.index())), "{}", filter.index());
            let page = page(&CycleId::parse("c").unwrap(), &filter, 7, 51);
            assert_eq!(page.text().matches('?').count(), page.params().len());
            assert_eq!(page.params().last(), Some(&Param::Int(51)));
        }
    }
}
