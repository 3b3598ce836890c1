//! The rows of a sheet as inputs, or everything that is wrong with them.

use shared::grading::{Input, Inputs, Measure, Policy};
use shared::id::Label;
use shared::ledger::{AmountUnit, Cell, Fault, Grid, Heading, Lang, RatioUnit, column_letters, value};

use super::columns::{Columns, Figure, Unit, columns};

/// A customer of the file.
pub struct Row {
    /// The code or the name.
    pub customer: Option<String>,
    /// What is known.
    pub inputs: Inputs,
}

/// Reads every row below the headings; blank rows are passed over.
///
/// # Errors
/// Every cell that cannot be read, with its place.
pub fn read(policy: &Policy, grid: &Grid) -> Result<Vec<Row>, Vec<String>> {
    let Some((header, found)) = header(policy, grid) else {
        return Err(vec!["no heading names an input of the policy".to_owned()]);
    };
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for (index, cells) in grid.rows.iter().enumerate().skip(header + 1) {
        if cells.iter().all(Cell::is_blank) {
            continue;
        }
        let mut at = |column: usize, heading: &str, why: &str| {
            let place = column_letters(u32::try_from(column).unwrap_or(u32::MAX));
            problems.push(format!("{place}{} ({heading}): {why}", index + 1));
        };
        let cell = |column: usize| cells.get(column).unwrap_or(&Cell::Empty);
        let mut inputs = Inputs::default();
        for figure in &found.figures {
            match input(figure, cell(figure.index)) {
                Ok(input) => {
                    inputs.values.insert(figure.key.clone(), input);
                }
                Err(Fault::Unanswered) => at(figure.index, &figure.heading, UNANSWERED),
                Err(Fault::BadLevel) => {
                    let levels: Vec<&str> = figure.levels.iter().map(Label::as_str).collect();
                    at(figure.index, &figure.heading, &format!("must be one of {}", levels.join(", ")));
                }
                Err(fault) => at(figure.index, &figure.heading, fault.reason(Lang::En)),
            }
        }
        inputs.segment = match found.segment.map(|column| (column, value::plain(&cell(column).text()))) {
            Some((column, text)) if !text.is_empty() => {
                let segment = segment(policy, &text);
                if segment.is_none() {
                    at(column, "segment", &format!("the policy has no segment {text}"));
                }
                segment
            }
            _ => None,
        };
        let customer = found.customer.map(|column| value::plain(&cell(column).text()));
        rows.push(Row { customer: customer.filter(|text| !text.is_empty()), inputs });
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

const UNANSWERED: &str = "a plain number without a unit: state it in the heading, as in 销售额（万元） or 回款率（%）, \
                          or behind the number";

/// The line of headings, of the first twenty the one that names most inputs.
fn header(policy: &Policy, grid: &Grid) -> Option<(usize, Columns)> {
    let lines = (0..20_u32).map(|row| columns(policy, &grid.headings(row))).enumerate();
    let named = lines.filter(|(_, found)| !found.figures.is_empty());
    // The first of those that name alike many.
    named.reduce(|most, one| if one.1.figures.len() > most.1.figures.len() { one } else { most })
}

/// A segment by its key or by its name in either language.
fn segment(policy: &Policy, text: &str) -> Option<Label> {
    let same = |own: &str| Heading::parse(own).name == Heading::parse(text).name;
    let found =
        policy.segments.iter().find(|one| same(one.key.as_str()) || same(&one.name.zh) || same(&one.name.en));
    found.map(|one| one.key.clone())
}

fn input(figure: &Figure, cell: &Cell) -> Result<Input, Fault> {
    if figure.measure == Measure::Level {
        return judged(figure, cell);
    }
    let Some(text) = value::content(cell)? else {
        return Ok(Input::Missing);
    };
    if value::is_not_applicable(&text) {
        return Ok(Input::NotApplicable);
    }
    let raw = || value::whole(&text).ok();
    let value = match (figure.measure, &figure.unit) {
        (Measure::Money | Measure::Ratio, Unit::Raw) if raw().is_some() => raw().unwrap_or_default(),
        (Measure::Money, unit) => value::amount(&text, unit.amount(), false)?,
        (Measure::Ratio, unit) => value::basis_points(&text, unit.ratio(), false)?,
        (Measure::Days | Measure::Months | Measure::Count | Measure::Level, _) => value::whole(&text)?,
    };
    Ok(Input::Measured { value })
}

/// A level as it is written, or without the word for level behind it.
fn judged(figure: &Figure, cell: &Cell) -> Result<Input, Fault> {
    if let Cell::Error(_) = cell {
        return Err(Fault::CellError);
    }
    let text = value::plain(&cell.text());
    let known = |text: &str| figure.levels.iter().find(|level| level.as_str() == text).cloned();
    let level = known(&text).or_else(|| known(&value::level(&text)));
    match level {
        Some(level) => Ok(Input::Judged { level }),
        None if text.is_empty() || value::is_stroke(&text) => Ok(Input::Missing),
        None if value::is_not_applicable(&text) => Ok(Input::NotApplicable),
        None => Err(Fault::BadLevel),
    }
}

impl Unit {
    const fn amount(&self) -> Option<AmountUnit> {
        match self {
            Self::Raw => None,
            Self::Stated(amount, _) => *amount,
        }
    }

    const fn ratio(&self) -> Option<RatioUnit> {
        match self {
            Self::Raw => None,
            Self::Stated(_, ratio) => *ratio,
        }
    }
}
