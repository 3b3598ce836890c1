//! The import page's logic without its looks.

use serde::{Deserialize, Serialize};
use shared::calendar::Date;
use shared::dto::import::ImportState;
use shared::grading::Input;
use shared::id::{ImportId, Key, UnitId};
use shared::ledger::{Column, Field, Kind, Mapping, MappingFault, Shape};
use shared::number::{BasisPoints, Fen};

use super::format::{ten_thousands, whole};
use super::sheet::{Open, Opened, Refusal};
use crate::say;

/// The steps, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Choose a file.
    File,
    /// Say what the columns hold.
    Columns,
    /// See what it would do.
    Check,
    /// Send it.
    Send,
    /// See what it did.
    Done,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 5] = [Self::File, Self::Columns, Self::Check, Self::Send, Self::Done];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::File => say!(import.step.file),
            Self::Columns => say!(import.step.columns),
            Self::Check => say!(import.step.check),
            Self::Send => say!(import.step.send),
            Self::Done => say!(import.step.done),
        }
    }
}

/// What a plan lacks before its rows can be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanting {
    /// The unit of new customers.
    Unit,
    /// The ledger's day.
    Day,
    /// Either.
    Both,
}

/// How the open sheet is to be read and where its rows go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The sheet; empty for a text file.
    pub sheet: String,
    /// The shape.
    pub shape: Shape,
    /// The mapping.
    pub mapping: Mapping,
    /// The ledger's day, as typed.
    pub as_of: String,
    /// Where unassigned new customers go: a unit's id, or nothing yet.
    pub unit: String,
}

impl Plan {
    /// The plan of a sheet that has just been guessed at; day and unit are kept.
    #[must_use]
    pub fn of(opened: &Opened, as_of: String, unit: String) -> Self {
        let (shape, mapping) = (opened.guess.shape, opened.guess.mapping.clone());
        Self { sheet: opened.sheet.clone(), shape, mapping, as_of, unit }
    }

    /// What a column holds.
    #[must_use]
    pub fn field_at(&self, index: u32) -> Option<&Column> {
        self.mapping.columns.iter().find(|column| column.index == index)
    }

    /// A column holds this from now on; another that held it holds nothing.
    pub fn assign(&mut self, index: u32, field: Option<Field>) {
        let same = self.field_at(index).is_some_and(|column| Some(column.field) == field);
        if same {
            return;
        }
        self.mapping.columns.retain(|column| column.index != index && Some(column.field) != field);
        if let Some(field) = field {
            self.mapping.columns.push(Column { field, index, ratio: None });
            self.mapping.columns.sort_by_key(|column| column.index);
        }
    }

    /// Whether it has a column of a kind.
    #[must_use]
    pub fn has(&self, kind: Kind) -> bool {
        self.mapping.columns.iter().any(|column| column.field.kind() == kind)
    }

    /// Day and unit, once both are there.
    #[must_use]
    pub fn target(&self) -> Option<(Date, UnitId)> {
        Some((Date::parse(&self.as_of).ok()?, UnitId::parse(&self.unit).ok()?))
    }

    /// What [`Plan::target`] lacks.
    #[must_use]
    pub fn wanting(&self) -> Option<Wanting> {
        match (UnitId::parse(&self.unit).is_ok(), Date::parse(&self.as_of).is_ok()) {
            (true, true) => None,
            (false, true) => Some(Wanting::Unit),
            (true, false) => Some(Wanting::Day),
            (false, false) => Some(Wanting::Both),
        }
    }

    /// Whether the sheet can be read: nothing is open any more.
    #[must_use]
    pub fn is_ready(&self, open: &Open) -> bool {
        open.fault.is_none() && !open.asks() && self.target().is_some()
    }
}

/// An import under way, as the browser remembers it across a reload. The file itself is not
/// kept: the person chooses it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Its id.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// The file's size in bytes.
    pub size: u64,
    /// How it is read.
    pub plan: Plan,
    /// How many chunks it has.
    pub chunks: u32,
    /// How many rows it has.
    pub rows: u32,
}

/// The chunks the Worker does not have yet, ascending.
#[must_use]
pub fn missing(state: &ImportState) -> Vec<u32> {
    (0..state.chunks).filter(|chunk| !state.received.contains(chunk)).collect()
}

/// Part of a whole in percent, rounded down, so that 100 means all of it.
#[must_use]
pub fn percent(part: u64, whole: u64) -> u32 {
    let percent = part.saturating_mul(100).checked_div(whole).unwrap_or(100).min(100);
    u32::try_from(percent).unwrap_or(100)
}

/// Milliseconds before the next try: 1 s, 2 s, 4 s … up to 30 s; `None` after eight tries.
#[must_use]
pub const fn wait_ms(failures: u32) -> Option<u32> {
    match failures {
        0..=4 => Some(1_000 << failures),
        5..=7 => Some(30_000),
        _ => None,
    }
}

/// What a field is called.
#[must_use]
pub fn field_name(field: Field) -> &'static str {
    match field {
        Field::Code => say!(import.field.code),
        Field::Name => say!(import.field.name),
        Field::Unit => say!(import.field.unit),
        Field::Rep => say!(import.field.rep),
        Field::Segment => say!(import.field.segment),
        Field::Since => say!(import.field.since),
        Field::Year => say!(import.field.year),
        Field::AnnualSales => say!(import.field.annual_sales),
        Field::PriceLevel => say!(import.field.price_level),
        Field::Collection => say!(import.field.collection),
        Field::Potential => say!(import.field.potential),
        Field::OrderPlanning => say!(import.field.order_planning),
        Field::ProductFit => say!(import.field.product_fit),
        Field::Communication => say!(import.field.communication),
        Field::Loyalty => say!(import.field.loyalty),
        Field::CreditRating => say!(import.field.credit_rating),
        Field::OverdueDays => say!(import.field.overdue_days),
        Field::CooperationMonths => say!(import.field.cooperation_months),
        Field::Number => say!(import.field.number),
        Field::Issued => say!(import.field.issued),
        Field::Due => say!(import.field.due),
        Field::Amount => say!(import.field.amount),
        Field::Settled => say!(import.field.settled),
        Field::Disputed => say!(import.field.disputed),
    }
}

/// A field's code on the wire, and back.
#[must_use]
pub fn field_code(field: Field) -> String {
    serde_json::to_value(field).ok().and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The field of a code; `None` for "not imported".
#[must_use]
pub fn field_of(code: &str) -> Option<Field> {
    Field::ALL.iter().copied().find(|field| field_code(*field) == code)
}

/// A figure of a row in short: `销售总额 1,286.40 万元`.
#[must_use]
pub fn figure(key: &Key, input: &Input) -> String {
    let field = Field::of_key(key.as_str());
    let name = match field {
        Some(field) => field_name(field),
        None => key.as_str(),
    };
    let value = match (input, field.map(Field::kind)) {
        (Input::Measured { value }, Some(Kind::Money)) => {
            format!("{} {}", ten_thousands(Fen::clamped((*value).into())), say!(import.ten_thousand))
        }
        (Input::Measured { value }, Some(Kind::Ratio)) => {
            format!("{} %", super::format::percent(BasisPoints::clamped((*value).into())))
        }
        (Input::Measured { value }, _) => whole(*value),
        (Input::Judged { level }, _) => level.to_string(),
        (Input::NotApplicable, _) => say!(import.not_applicable).to_owned(),
        (Input::Missing, _) => "—".to_owned(),
    };
    format!("{name} {value}")
}

/// What a mapping lacks, in words.
#[must_use]
pub fn fault_text(fault: MappingFault) -> String {
    match fault {
        MappingFault::Lacks { field } => say!(import.fault.lacks, field_name(field)),
        MappingFault::Twice { field } => say!(import.fault.twice, field_name(field)),
        MappingFault::Foreign { field } => say!(import.fault.foreign, field_name(field)),
        MappingFault::SharedColumn { index } => {
            say!(import.fault.shared, shared::ledger::column_letters(index))
        }
        MappingFault::NoFigures => say!(import.fault.no_figures).to_owned(),
        MappingFault::NoYear => say!(import.fault.no_year).to_owned(),
        MappingFault::NoSettled => say!(import.fault.no_settled).to_owned(),
    }
}

/// Why a file was refused, in words: what happened and what to do.
#[must_use]
pub fn refusal_text(refusal: &Refusal) -> String {
    let limit = refusal.limit.unwrap_or_default();
    match refusal.code.as_str() {
        "empty" => say!(import.refused.empty).to_owned(),
        "too_large" | "too_large_unpacked" => say!(import.refused.too_large, limit / (1024 * 1024)),
        "too_many_rows" => say!(import.refused.too_many_rows, limit),
        "too_many_columns" => say!(import.refused.too_many_columns, limit),
        "password" => say!(import.refused.password).to_owned(),
        "markup" => say!(import.refused.markup).to_owned(),
        "not_a_spreadsheet" => say!(import.refused.not_a_spreadsheet).to_owned(),
        "corrupt" => say!(import.refused.corrupt).to_owned(),
        "encoding" => say!(import.refused.encoding).to_owned(),
        "no_sheet" => say!(import.refused.no_sheet).to_owned(),
        "crashed" | "out_of_turn" => say!(import.refused.crashed).to_owned(),
        "unavailable" => say!(import.refused.unavailable).to_owned(),
        _ => say!(import.refused.other, refusal.code),
    }
}

#[cfg(test)]
mod tests {
    use shared::ledger::Heading;

    use super::*;

    fn plan() -> Plan {
        let column = |field, index| Column { field, index, ratio: None };
        let columns = vec![column(Field::Code, 0), column(Field::Name, 1), column(Field::AnnualSales, 2)];
        let mapping = Mapping { columns, year: Some(2025), ..Mapping::default() };
        let (sheet, as_of, unit) = (String::new(), "2025-12-31".to_owned(), "u1".to_owned());
        Plan { sheet, shape: Shape::Annual, mapping, as_of, unit }
    }

    #[test]
    fn what_is_still_to_be_chosen_is_named() {
        let with = |unit: &str, as_of: &str| {
            let plan = Plan { unit: unit.to_owned(), as_of: as_of.to_owned(), ..plan() };
            assert_eq!(plan.target().is_some(), plan.wanting().is_none());
            plan.wanting()
        };
        assert_eq!(with("u1", "2025-12-31"), None);
        assert_eq!(with("", "2025-12-31"), Some(Wanting::Unit));
        assert_eq!(with("u1", "2025-02-30"), Some(Wanting::Day));
        assert_eq!(with("", ""), Some(Wanting::Both));
    }

    #[test]
    fn a_field_is_held_by_one_column_only() {
        let mut plan = plan();
        plan.assign(3, Some(Field::Name));
        assert_eq!(plan.field_at(1), None);
        assert_eq!(plan.mapping.column(Field::Name).map(|column| column.index), Some(3));
        plan.assign(3, None);
        assert_eq!(plan.mapping.column(Field::Name), None);
        assert_eq!(plan.mapping.check(Shape::Annual), Ok(()));
    }

    #[test]
    fn it_is_ready_when_nothing_is_open_and_the_rows_have_a_place() {
        let mut plan = plan();
        assert!(plan.is_ready(&Open::default()));
        let asked = Open { questions: vec![shared::ledger::Question::Year], fault: None };
        assert!(!plan.is_ready(&asked));
        let fault = Open { questions: Vec::new(), fault: Some(MappingFault::NoFigures) };
        assert!(!plan.is_ready(&fault));
        plan.unit.clear();
        assert!(!plan.is_ready(&Open::default()));
    }

    #[test]
    fn percents_reach_a_hundred_at_the_end_only() {
        assert_eq!([percent(0, 7), percent(6, 7), percent(7, 7), percent(0, 0)], [0, 85, 100, 100]);
    }

    #[test]
    fn figures_have_their_unit() {
        let text = |key: &str, input| figure(&Key::parse(key).unwrap(), &input);
        assert_eq!(text("annual_sales", Input::Measured { value: 1_286_404_000 }), "销售总额 1,286.40 万元");
        assert_eq!(text("collection", Input::Measured { value: 8_250 }), "货款回收 82.5 %");
        assert_eq!(text("overdue_days", Input::Measured { value: 12 }), "逾期天数 12");
        assert_eq!(text("own_key", Input::NotApplicable), "own_key 不适用");
    }

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<_> = (0..10).map(wait_ms).collect();
        assert_eq!(waits[..2], [Some(1_000), Some(2_000)]);
        assert!(waits[8].is_none());
    }

    #[test]
    fn every_field_has_a_code_and_a_name() {
        for field in Field::ALL.iter().copied() {
            assert_eq!(field_of(&field_code(field)), Some(field));
            assert!(!field_name(field).is_empty());
        }
        assert_eq!(field_of(""), None);
    }

    #[test]
    fn a_heading_that_calls_a_field_as_the_page_does_is_recognised() {
        for field in Field::ALL.iter().copied() {
            let shape = if field.fits(Shape::Annual) { Shape::Annual } else { Shape::Receivables };
            assert_eq!(Heading::parse(field_name(field)).field(shape), Some(field));
        }
    }
}
