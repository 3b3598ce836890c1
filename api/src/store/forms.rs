//! Evaluation forms: read one by one, in lists, in stretches.

use serde::Deserialize;
use shared::calendar::Millis;
use shared::dto::review::FormRow;
use shared::id::{CustomerCode, CustomerId, CycleId, Label, Name, UnitId, UserId};
use shared::json;
use shared::number::Points;
use shared::review::{Form, Stage};

use super::db::{DbError, Param, Statement, flag, sql};

/// A form as far as its way goes, with what is needed to write it.
#[derive(Debug, Clone, Deserialize)]
pub struct PathRow {
    /// The customer's place in the book.
    pub seq: i64,
    cycle_id: CycleId,
    /// The customer.
    pub customer_id: CustomerId,
    unit_id: UnitId,
    rep_id: Option<UserId>,
    round: u32,
    since: Millis,
    /// For If-Match.
    pub version: i64,
    /// What the policy yields; empty with too little evidence.
    pub computed: String,
    /// The grade before; empty without one.
    pub last_grade: String,
    state: String,
}

const PATH: &str = "f.seq, f.cycle_id, f.customer_id, f.unit_id, f.rep_id, f.round, f.since, f.version, f.computed, \
    f.last_grade, f.state";

impl PathRow {
    /// The form.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn form(&self) -> Result<Form, DbError> {
        Ok(Form {
            cycle: self.cycle_id.clone(),
            customer: self.customer_id.clone(),
            unit: self.unit_id.clone(),
            rep: self.rep_id.clone(),
            round: self.round,
            since: self.since,
            state: json::read(&self.state)
                .map_err(|error| DbError::other(format!("form of {}: {error}", self.customer_id)))?,
        })
    }

    /// What the policy yields.
    ///
    /// # Errors
    /// When what is stored is no grade any more.
    pub fn computed(&self) -> Result<Option<Label>, DbError> {
        grade(&self.computed)
    }
}

/// A stored grade: empty is none.
///
/// # Errors
/// When it is no label.
pub fn grade(text: &str) -> Result<Option<Label>, DbError> {
    if text.is_empty() {
        return Ok(None);
    }
    Label::parse(text).map(Some).map_err(|error| DbError::other(format!("grade {text:?}: {error}")))
}

/// A whole form.
#[derive(Debug, Clone, Deserialize)]
pub struct WholeRow {
    /// As far as its way goes.
    #[serde(flatten)]
    pub path: PathRow,
    /// The company's number for the customer.
    pub code: CustomerCode,
    /// Its name.
    pub name: Name,
    /// `Credit`, as JSON.
    pub credit: Option<String>,
    /// `Content`, as JSON.
    pub content: String,
    /// `Ground`, as JSON.
    pub ground: String,
    /// The figures of the cycle's opening, as JSON.
    pub figures: String,
    /// What is graded, as JSON.
    pub inputs: String,
    /// What comes of it, as canonical JSON.
    pub explanation: String,
}

/// The form of a customer in a cycle.
pub fn find(cycle: &CycleId, customer: &CustomerId) -> Statement {
    sql(format!(
        "SELECT {PATH}, c.code, c.name, f.credit, f.content, f.ground, f.figures, f.inputs, f.explanation \
         FROM forms f JOIN customers c ON c.id = f.customer_id WHERE f.cycle_id = ? AND f.customer_id = ?"
    ))
    .bind(cycle)
    .bind(customer)
}

/// The ways of some customers' forms.
///
/// # Errors
/// When the ids cannot be serialized.
pub fn of_customers(cycle: &CycleId, ids: &[&CustomerId]) -> Result<Statement, DbError> {
    sql(format!(
        "SELECT {PATH} FROM json_each(?) j CROSS JOIN forms f ON f.customer_id = j.value WHERE f.cycle_id = ?"
    ))
    .bind_json(&ids)
    .map(|statement| statement.bind(cycle))
}

/// The ways of the forms after a place in the book.
pub fn stretch(cycle: &CycleId, after: i64, limit: u32) -> Statement {
    sql(format!(
        "SELECT {PATH} FROM forms f INDEXED BY forms_all WHERE f.cycle_id = ? AND f.seq > ? ORDER BY f.seq LIMIT ?"
    ))
    .bind(cycle)
    .bind(after)
    .bind(limit)
}

/// The trail of a form, first to last, as one JSON cell of `{entry, changes, assessment}`.
pub fn trail(cycle: &CycleId, customer: &CustomerId) -> Statement {
    sql("SELECT json_group_array(json_set(body, '$.assessment', json(explanation))) AS json FROM \
         (SELECT body, explanation FROM form_entries WHERE cycle_id = ? AND customer_id = ? ORDER BY id)")
    .bind(cycle)
    .bind(customer)
}

/// The names of the people in a form's trail, and of its rep, as one JSON cell.
pub fn people(cycle: &CycleId, customer: &CustomerId) -> Statement {
    sql("SELECT json_group_object(id, name) AS json FROM users WHERE id IN ( \
         SELECT body->>'$.entry.hand.user' FROM form_entries WHERE cycle_id = ?1 AND customer_id = ?2 \
         UNION SELECT body->>'$.entry.hand.on_behalf_of' FROM form_entries WHERE cycle_id = ?1 AND customer_id = ?2 \
         UNION SELECT rep_id FROM forms WHERE cycle_id = ?1 AND customer_id = ?2)")
    .bind(cycle)
    .bind(customer)
}

/// What a list shows; all conditions hold at once.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this unit.
    pub unit: Option<UnitId>,
    /// Only this rep.
    pub rep: Option<UserId>,
    /// Only this stage.
    pub stage: Option<Stage>,
    /// Only those on whose grade there is no agreement.
    pub disagree: bool,
    /// Only drafts that may, or may not, be submitted after the close.
    pub late: Option<bool>,
    /// Only those that finance can rate and has not.
    pub unrated: bool,
}

impl Filter {
    /// The index along which the list is walked. A rep's customers all belong to the rep's unit and are
    /// few: what else narrows them is looked at one by one.
    fn index(&self) -> &'static str {
        match (self.rep.is_some(), self.late.is_some(), self.unrated, self.unit.is_some()) {
            (false, true, _, false) => return "forms_late",
            (false, true, _, true) => return "forms_unit_late",
            (false, false, true, false) => return "forms_unrated",
            (false, false, true, true) => return "forms_unit_unrated",
            (true, ..) | (false, false, false, _) => {}
        }
        match (self.rep.is_some(), self.disagree, self.unit.is_some(), self.stage.is_some()) {
            (true, _, _, false) => "forms_rep",
            (true, _, _, true) => "forms_rep_stage",
            (false, false, false, false) => "forms_all",
            (false, false, false, true) => "forms_stage",
            (false, false, true, false) => "forms_unit",
            (false, false, true, true) => "forms_unit_stage",
            (false, true, false, false) => "forms_disagree",
            (false, true, false, true) => "forms_disagree_stage",
            (false, true, true, false) => "forms_disagree_unit",
            (false, true, true, true) => "forms_disagree_unit_stage",
        }
    }

    fn conditions(&self) -> (String, Vec<Param>) {
        let mut text = String::from("cycle_id = ?");
        let mut values = Vec::new();
        let mut narrow = |condition: &str, value: Option<Param>| {
            text.push_str(condition);
            values.extend(value);
        };
        if let Some(unit) = &self.unit {
            narrow(" AND unit_id = ?", Some(unit.into()));
        }
        if let Some(rep) = &self.rep {
            narrow(" AND rep_id = ?", Some(rep.into()));
        }
        if let Some(stage) = self.stage {
            narrow(" AND stage = ?", Some(stage.code().into()));
        }
        if self.disagree {
            narrow(" AND disagrees = 1", None);
        }
        if let Some(late) = self.late {
            narrow(" AND late = ?", Some(late.into()));
        }
        if self.unrated {
            narrow(" AND unrated = 1", None);
        }
        (text, values)
    }
}

/// A form in a list as it is stored.
#[derive(Debug, Clone, Deserialize)]
pub struct ListRow {
    /// The place in the list.
    pub seq: i64,
    customer_id: CustomerId,
    code: CustomerCode,
    name: Name,
    unit_id: UnitId,
    rep_id: Option<UserId>,
    stage: Stage,
    round: u32,
    since: Millis,
    computed: String,
    #[serde(deserialize_with = "flag")]
    provisional: bool,
    score: i64,
    grade: String,
    last_grade: String,
    #[serde(deserialize_with = "flag")]
    disagrees: bool,
    #[serde(deserialize_with = "flag")]
    rated: bool,
    version: i64,
}

impl ListRow {
    /// The row as it is answered.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn row(self, sees_figures: bool) -> Result<FormRow, DbError> {
        let score = Points::new(self.score).map_err(|error| DbError::other(error.to_string()))?;
        Ok(FormRow {
            computed: grade(&self.computed)?,
            grade: grade(&self.grade)?,
            last: grade(&self.last_grade)?,
            customer: self.customer_id,
            code: self.code,
            name: self.name,
            unit: self.unit_id,
            rep: self.rep_id,
            stage: self.stage,
            round: self.round,
            since: self.since,
            provisional: self.provisional,
            score: sees_figures.then_some(score),
            disagrees: self.disagrees,
            rated: self.rated,
            version: self.version,
        })
    }
}

/// A page of a list after a place.
pub fn page(cycle: &CycleId, filter: &Filter, after: i64, limit: u32) -> Statement {
    let (conditions, values) = filter.conditions();
    let text = format!(
        "SELECT f.*, c.code, c.name FROM (SELECT seq, customer_id, unit_id, rep_id, stage, round, since, computed, \
         provisional, score, grade, last_grade, disagrees, credit IS NOT NULL AS rated, version \
         FROM forms INDEXED BY {} WHERE {conditions} AND seq > ? ORDER BY seq LIMIT ?) f \
         CROSS JOIN customers c ON c.seq = f.seq ORDER BY f.seq",
        filter.index()
    );
    let places = [Param::Int(after), Param::Int(i64::from(limit))];
    values.into_iter().chain(places).fold(sql(text).bind(cycle), Statement::bind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_walks_an_index_that_exists_and_has_its_conditions() {
        let schema = concat!(
            include_str!("../../migrations/0031_forms.sql"),
            include_str!("../../migrations/0045_waiting.sql")
        );
        for bits in 0..64_u32 {
            let filter = Filter {
                unit: UnitId::parse("u1").ok().filter(|_| bits & 1 > 0),
                rep: UserId::parse("r1").ok().filter(|_| bits & 2 > 0),
                stage: Some(Stage::Draft).filter(|_| bits & 4 > 0),
                disagree: bits & 8 > 0,
                late: Some(false).filter(|_| bits & 16 > 0),
                unrated: bits & 32 > 0,
            };
            assert!(schema.contains(&format!("INDEX {} ON", filter.index())), "{}", filter.index());
            let (text, values) = filter.conditions();
            assert_eq!(text.matches('?').count(), values.len() + 1);
            let (text, params) = {
                let page = page(&CycleId::parse("c").unwrap(), &filter, 7, 51);
                (page.text().to_owned(), page.params().to_vec())
            };
            assert_eq!(text.matches('?').count(), params.len());
            assert_eq!(params.last(), Some(&Param::Int(51)));
        }
    }
}
