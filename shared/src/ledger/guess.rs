//! What can be told from a sheet by itself, and what must be asked.

use serde::{Deserialize, Serialize};

use super::cell::{Cell, Grid, folded};
use super::date::{self, Written};
use super::decimal::{Decimal, ungrouped};
use super::heading::{self, Heading, heading_key};
use super::value;
use super::{AmountUnit, Column, DateOrder, Field, Kind, Mapping, RatioUnit, Shape};

/// What a person must be asked, because the file leaves it open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Question {
    /// Is 03/01/2012 the third of January or the first of March?
    DateOrder {
        /// A column with such dates, from 0.
        index: u32,
        /// One of them.
        sample: String,
    },
    /// Does a plain number count 元, 千元 or 万元?
    AmountUnit {
        /// The column, from 0.
        index: u32,
        /// One of its numbers.
        sample: String,
    },
    /// Is 0.85 a ratio of 85 % or of 0.85 %?
    RatioUnit {
        /// What the column holds.
        field: Field,
        /// The column, from 0.
        index: u32,
        /// One of its numbers.
        sample: String,
        /// What the numbers look like.
        suggested: RatioUnit,
    },
    /// Several columns could be the field; the first was taken.
    TwoColumns {
        /// The field.
        field: Field,
        /// The columns, from 0.
        indexes: Vec<u32>,
    },
    /// Which year are the figures of?
    Year,
    /// No column says when invoices were settled: are they all open?
    AllOpen,
}

/// How a sheet would be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guess {
    /// The shape of ledger it looks like.
    pub shape: Shape,
    /// How its columns would be read.
    pub mapping: Mapping,
    /// What remains to be asked.
    pub questions: Vec<Question>,
    /// The key under which a correction is remembered.
    pub heading_key: String,
}

/// Guesses the shape and the mapping of a sheet.
#[must_use]
pub fn guess(grid: &Grid) -> Guess {
    let score = |shape: Shape| {
        let (row, named) = heading::find(grid, shape);
        let mapping = columns(&grid.headings(row), shape).0;
        let lacking = Field::ALL
            .iter()
            .filter(|field| field.required(shape) && **field != Field::Year)
            .filter(|field| mapping.iter().all(|column| column.field != **field))
            .count();
        (lacking == 0, named)
    };
    let receivables = score(Shape::Receivables) > score(Shape::Annual);
    guess_as(grid, if receivables { Shape::Receivables } else { Shape::Annual })
}

/// Guesses the mapping of a sheet whose shape is known.
#[must_use]
pub fn guess_as(grid: &Grid, shape: Shape) -> Guess {
    guess_at(grid, shape, heading::find(grid, shape).0)
}

/// Guesses the mapping of a sheet whose shape and line of headings (from 0) are known.
#[must_use]
pub fn guess_at(grid: &Grid, shape: Shape, header_row: u32) -> Guess {
    let headings = grid.headings(header_row);
    let (columns, doubled) = columns(&headings, shape);
    let mut mapping = Mapping { header_row, columns, ..Mapping::default() };
    mapping.amount_unit = amount_unit(grid, &mapping, &headings, shape);
    mapping.decimal_comma = decimal_comma(grid, &mapping);
    mapping.date_order = date_order(grid, &mapping);
    if shape == Shape::Annual && mapping.column(Field::Year).is_none() {
        mapping.year = year(grid, &mapping, &headings);
    }
    for at in 0..mapping.columns.len() {
        let unit = mapping.columns.get(at).and_then(|column| ratio_unit(grid, &mapping, column, &headings));
        if let Some(column) = mapping.columns.get_mut(at) {
            column.ratio = unit;
        }
    }
    let mut questions = doubled;
    questions.extend(self::questions(grid, &mapping, shape));
    Guess { shape, mapping, questions, heading_key: heading_key(&headings) }
}

/// Reads a sheet as a person said for the same headings before. The line of the headings and
/// the year are this file's own, and so is an order of day and month that it proves.
#[must_use]
pub fn recall(grid: &Grid, shape: Shape, remembered: &Mapping) -> Guess {
    let fresh = guess_as(grid, shape);
    let mut mapping = remembered.clone();
    mapping.header_row = fresh.mapping.header_row;
    mapping.year = match mapping.column(Field::Year) {
        Some(_) => None,
        None => fresh.mapping.year,
    };
    mapping.date_order = date_order(grid, &mapping).or(mapping.date_order);
    let questions = questions(grid, &mapping, shape);
    Guess { shape, mapping, questions, heading_key: fresh.heading_key }
}

/// What a mapping still leaves open for a sheet.
#[must_use]
pub fn questions(grid: &Grid, mapping: &Mapping, shape: Shape) -> Vec<Question> {
    let mut questions = Vec::new();
    if mapping.date_order.is_none()
        && let Some((column, sample)) = dates(grid, mapping)
            .find(|(_, _, written)| written.is_ambiguous())
            .map(|(column, text, _)| (column, folded(text)))
    {
        questions.push(Question::DateOrder { index: column.index, sample });
    }
    for column in &mapping.columns {
        let mut plain = plain_numbers(grid, mapping, column);
        match column.field.kind() {
            Kind::Money if mapping.amount_unit.is_none() => {
                if let Some((sample, _)) = plain.next() {
                    questions.push(Question::AmountUnit { index: column.index, sample });
                }
            }
            Kind::Ratio if column.ratio.is_none() => {
                if let Some((sample, first)) = plain.next() {
                    let percent = first.exceeds(2) || plain.any(|(_, number)| number.exceeds(2));
                    let suggested = if percent { RatioUnit::Percent } else { RatioUnit::Fraction };
                    questions.push(Question::RatioUnit {
                        field: column.field,
                        index: column.index,
                        sample,
                        suggested,
                    });
                }
            }
            _ => {}
        }
    }
    match shape {
        Shape::Annual if mapping.column(Field::Year).is_none() && mapping.year.is_none() => {
            questions.push(Question::Year);
        }
        Shape::Receivables if mapping.column(Field::Settled).is_none() && !mapping.all_open => {
            questions.push(Question::AllOpen);
        }
        _ => {}
    }
    questions
}

/// The columns the headings name, and a question for each field that two of them name.
fn columns(headings: &[String], shape: Shape) -> (Vec<Column>, Vec<Question>) {
    let mut found: Vec<(Field, Vec<u32>)> = Vec::new();
    let mut add = |field: Field, index: u32| match found.iter_mut().find(|(other, _)| *other == field) {
        Some((_, indexes)) => indexes.push(index),
        None => found.push((field, vec![index])),
    };
    let parsed: Vec<Heading> = headings.iter().map(|heading| Heading::parse(heading)).collect();
    let has = |wanted: Field| {
        parsed.iter().any(|heading| !heading.is_bare_customer() && heading.field(shape) == Some(wanted))
    };
    let (has_code, has_name) = (has(Field::Code), has(Field::Name));
    for (index, heading) in (0_u32..).zip(&parsed) {
        match heading.field(shape) {
            Some(Field::Code) if heading.is_bare_customer() && has_code && has_name => {}
            Some(Field::Code) if heading.is_bare_customer() && has_code => add(Field::Name, index),
            Some(field) => add(field, index),
            None => {}
        }
    }
    let questions = found
        .iter()
        .filter(|(_, indexes)| indexes.len() > 1)
        .map(|(field, indexes)| Question::TwoColumns { field: *field, indexes: indexes.clone() })
        .collect();
    let columns = found
        .iter()
        .filter_map(|(field, indexes)| Some(Column { field: *field, index: *indexes.first()?, ratio: None }))
        .collect();
    (columns, questions)
}

/// The cells of a column below the headings.
fn cells<'a>(grid: &'a Grid, mapping: &Mapping, column: &Column) -> impl Iterator<Item = &'a Cell> + use<'a> {
    let (skip, index) = (mapping.header_row as usize + 1, column.index as usize);
    grid.rows.iter().skip(skip).filter_map(move |row| row.get(index))
}

/// The numbers of a column that say nothing of their unit, with their text.
fn plain_numbers<'a>(
    grid: &'a Grid,
    mapping: &Mapping,
    column: &Column,
) -> impl Iterator<Item = (String, Decimal)> + use<'a> {
    let comma = mapping.decimal_comma;
    cells(grid, mapping, column).filter_map(move |cell| {
        let text = value::content(cell).ok()??;
        let plain = ungrouped(&text, comma)?;
        Some((text, Decimal::parse(&plain)?.ok()?))
    })
}

/// The texts of all columns of dates that can be read as one, with their column.
fn dates<'a>(
    grid: &'a Grid,
    mapping: &'a Mapping,
) -> impl Iterator<Item = (Column, &'a str, Written)> + use<'a> {
    let of_dates = mapping.columns.iter().filter(|column| column.field.kind() == Kind::Date);
    of_dates.flat_map(move |column| {
        cells(grid, mapping, column).filter_map(move |cell| match cell {
            Cell::Text(text) => Some((*column, text.as_str(), date::parse(text, grid.epoch_1904)?)),
            _ => None,
        })
    })
}

/// The order the dates themselves prove; with proofs of both, the one proved more often, so
/// that the rows of the other become problems.
fn date_order(grid: &Grid, mapping: &Mapping) -> Option<DateOrder> {
    let (mut day_first, mut month_first) = (0_u32, 0_u32);
    for (_, _, written) in dates(grid, mapping) {
        match written.proves() {
            Some(DateOrder::DayFirst) => day_first += 1,
            Some(DateOrder::MonthFirst) => month_first += 1,
            None => {}
        }
    }
    match (day_first, month_first) {
        (0, 0) => None,
        _ if day_first >= month_first => Some(DateOrder::DayFirst),
        _ => Some(DateOrder::MonthFirst),
    }
}

/// The unit of money stated in the heading or in the title above; invoices are in yuan.
fn amount_unit(grid: &Grid, mapping: &Mapping, headings: &[String], shape: Shape) -> Option<AmountUnit> {
    let money = mapping.columns.iter().find(|column| column.field.kind() == Kind::Money)?;
    let stated = headings.get(money.index as usize).and_then(|text| Heading::parse(text).amount_unit);
    let title = || {
        grid.rows.iter().take(mapping.header_row as usize).flatten().find_map(|cell| {
            let text = folded(&cell.text());
            text.contains("单位").then(|| heading::stated_unit(&text)).flatten()
        })
    };
    stated.or_else(title).or((shape == Shape::Receivables).then_some(AmountUnit::Yuan))
}

/// What the plain numbers of a column of ratios can only mean.
fn ratio_unit(grid: &Grid, mapping: &Mapping, column: &Column, headings: &[String]) -> Option<RatioUnit> {
    if column.field.kind() != Kind::Ratio {
        return None;
    }
    let heading = headings.get(column.index as usize).map(|text| Heading::parse(text)).unwrap_or_default();
    let bound = if heading.percent { 2 } else { 10 };
    plain_numbers(grid, mapping, column)
        .any(|(_, number)| number.exceeds(bound))
        .then_some(RatioUnit::Percent)
}

/// Whether the numbers of the money and ratio columns divide with a comma and none with a point.
fn decimal_comma(grid: &Grid, mapping: &Mapping) -> bool {
    let mut comma = false;
    for column in
        mapping.columns.iter().filter(|column| matches!(column.field.kind(), Kind::Money | Kind::Ratio))
    {
        for cell in cells(grid, mapping, column) {
            let Cell::Text(text) = cell else { continue };
            let text: String =
                folded(text).chars().filter(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect();
            let Some(last) = text.rfind([',', '.']) else { continue };
            let (head, tail) = text.split_at(last);
            let point = tail.starts_with('.');
            let other = if point { ',' } else { '.' };
            let proves = !matches!(tail.len(), 4 | 5) || head.contains(other);
            if proves && point {
                return false;
            }
            comma |= proves;
        }
    }
    comma
}

/// The year in a heading of figures, in the title above the headings, or in the file's name.
fn year(grid: &Grid, mapping: &Mapping, headings: &[String]) -> Option<i32> {
    let of_figures = mapping.columns.iter().filter(|column| column.field.key().is_some());
    let in_headings = of_figures
        .filter_map(|column| headings.get(column.index as usize))
        .find_map(|heading| Heading::parse(heading).year);
    let in_title = || {
        let rows = grid.rows.iter().take(mapping.header_row as usize).flatten();
        rows.filter_map(|cell| match cell {
            Cell::Text(text) => heading::year_in(&folded(text)),
            _ => None,
        })
        .map(|(_, year)| year)
        .next()
    };
    in_headings.or_else(in_title).or_else(|| heading::year_in(&folded(&grid.title)).map(|(_, year)| year))
}
