//! One line of a sheet into one row.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{Cell, Grid, folded};
use super::verdict::Row;
use super::{AnnualRow, Fault, Field, InvoiceRow, Kind, Mapping, date, key, value};
use crate::calendar::Date;
use crate::grading::Input;
use crate::id::{BadText, CustomerCode, InvoiceNumber, Label, Name};
use crate::number::Fen;

/// One line being read: its cells by field, and what was wrong with them.
pub struct Line<'a> {
    cells: &'a [Cell],
    grid: &'a Grid,
    mapping: &'a Mapping,
    faults: Vec<(Option<Field>, Fault)>,
}

impl<'a> Line<'a> {
    /// A line not read yet.
    #[must_use]
    pub const fn new(cells: &'a [Cell], grid: &'a Grid, mapping: &'a Mapping) -> Self {
        Self { cells, grid, mapping, faults: Vec::new() }
    }

    /// The row, and what was wrong with its cells; with a fault there is no row.
    #[must_use]
    pub fn read<R: Readable>(mut self) -> (Option<R>, Vec<(Option<Field>, Fault)>) {
        let row = R::read(&mut self).filter(|_| self.faults.is_empty());
        (row, self.faults)
    }

    fn cell(&self, field: Field) -> Option<&Cell> {
        self.cells.get(self.mapping.column(field)?.index as usize)
    }

    /// The cell's folded text, if there is one.
    fn content(&mut self, field: Field) -> Option<String> {
        let content = value::content(self.cell(field)?);
        self.noted(field, content).flatten()
    }

    fn noted<T>(&mut self, field: Field, result: Result<T, Fault>) -> Option<T> {
        result.map_err(|fault| self.faults.push((Some(field), fault))).ok()
    }

    fn required<T>(&mut self, field: Field, value: Option<T>) -> Option<T> {
        let faulty = self.faults.iter().any(|(other, _)| *other == Some(field));
        if value.is_none() && !faulty {
            self.faults.push((Some(field), Fault::Required));
        }
        value
    }

    /// A text as data; in the folded form where it is an identifier.
    fn text<T>(
        &mut self,
        field: Field,
        identifier: bool,
        parse: fn(&str) -> Result<T, BadText>,
    ) -> Option<T> {
        // NA may be a customer's code, but it is nobody's name.
        let content = self.content(field);
        let text = if identifier {
            let text = folded(&self.cell(field)?.text());
            Some(text).filter(|text| !value::is_stroke(text))?
        } else {
            content?;
            self.cell(field)?.text().into_owned()
        };
        let parsed = parse(&value::plain(&text)).map_err(|_| Fault::BadText);
        self.noted(field, parsed)
    }

    fn reference(&mut self, field: Field) -> Option<String> {
        self.text(field, false, Name::parse).map(String::from)
    }

    fn date(&mut self, field: Field) -> Option<Date> {
        if let Some(Cell::Date(date)) = self.cell(field) {
            return Some(*date);
        }
        let text = self.content(field)?;
        let open = [
            "未结清",
            "未付",
            "未付款",
            "未回款",
            "未收",
            "未收款",
            "未到账",
            "open",
            "unpaid",
            "outstanding",
        ];
        if field == Field::Settled && open.iter().any(|word| text.eq_ignore_ascii_case(word)) {
            return None;
        }
        // A day count may have a time of day behind the point.
        let number = matches!(self.cell(field), Some(Cell::Number(_)));
        let day = if number { text.split('.').next().unwrap_or("") } else { &text };
        let written = date::parse(day, self.grid.epoch_1904).ok_or(Fault::BadDate);
        let date = written.and_then(|written| written.resolve(self.mapping.date_order));
        self.noted(field, date)
    }

    fn input(&mut self, field: Field) -> Option<Input> {
        let text = self.content(field)?;
        if value::is_not_applicable(&text) {
            return Some(Input::NotApplicable);
        }
        let mapping = self.mapping;
        let measured = |value| Input::Measured { value };
        let input = match field.kind() {
            Kind::Money => value::amount(&text, mapping.amount_unit, mapping.decimal_comma).map(measured),
            Kind::Ratio => {
                let unit = mapping.column(field).and_then(|column| column.ratio);
                value::basis_points(&text, unit, mapping.decimal_comma).map(measured)
            }
            Kind::Whole => value::whole(&text).map(measured),
            _ => Label::parse(&value::level(&value::plain(&text)))
                .map(|level| Input::Judged { level })
                .map_err(|_| Fault::BadLevel),
        };
        self.noted(field, input)
    }

    fn flag(&mut self, field: Field) -> Option<bool> {
        let flag = match self.cell(field) {
            Some(Cell::Bool(flag)) => return Some(*flag),
            Some(Cell::Error(_)) => Err(Fault::CellError),
            Some(cell) => value::flag(&folded(&cell.text())),
            // A column of marks leaves the others blank: blank means no.
            None => return self.mapping.column(field).map(|_| false),
        };
        self.noted(field, flag)
    }

    /// Whether the line adds up others: 合计, Total.
    #[must_use]
    pub fn is_total(&self) -> bool {
        let first = self.cells.iter().find(|cell| !cell.is_blank());
        let text = first.map(|cell| folded(&cell.text()).to_lowercase()).unwrap_or_default();
        let word: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        matches!(
            word.as_str(),
            "合计"
                | "总计"
                | "小计"
                | "总合计"
                | "本页合计"
                | "total"
                | "totals"
                | "grandtotal"
                | "subtotal"
                | "sum"
        )
    }
}

/// A row that can be read from a line.
pub trait Readable: Row {
    /// Reads the line; `None` leaves a fault in it.
    fn read(line: &mut Line<'_>) -> Option<Self>;
}

impl Readable for AnnualRow {
    fn read(line: &mut Line<'_>) -> Option<Self> {
        let code = line.text(Field::Code, true, CustomerCode::parse);
        let code = line.required(Field::Code, code);
        let year = match line.mapping.column(Field::Year) {
            Some(_) => {
                let year = match line.cell(Field::Year) {
                    Some(Cell::Date(date)) => Some(date.year()),
                    _ => {
                        line.content(Field::Year).and_then(|text| line.noted(Field::Year, value::year(&text)))
                    }
                };
                line.required(Field::Year, year)
            }
            None => line.mapping.year,
        };
        let mut values = BTreeMap::new();
        for column in &line.mapping.columns {
            if let Some(name) = column.field.key()
                && let Some(input) = line.input(column.field)
                && let Some(key) = key::key(name)
            {
                values.insert(key, input);
            }
        }
        let row = Self {
            name: line.text(Field::Name, false, Name::parse),
            unit: line.reference(Field::Unit),
            rep: line.reference(Field::Rep),
            segment: line.text(Field::Segment, false, Label::parse),
            since: line.date(Field::Since),
            code: code?,
            year: year?,
            values,
            entered: BTreeSet::new(),
        };
        Some(row)
    }
}

impl Readable for InvoiceRow {
    fn read(line: &mut Line<'_>) -> Option<Self> {
        let code = line.text(Field::Code, true, CustomerCode::parse);
        let code = line.required(Field::Code, code);
        let number = line.text(Field::Number, true, InvoiceNumber::parse);
        let number = line.required(Field::Number, number);
        let issued = line.date(Field::Issued);
        let issued = line.required(Field::Issued, issued);
        let amount = line.content(Field::Amount).and_then(|text| {
            let fen = value::amount(&text, line.mapping.amount_unit, line.mapping.decimal_comma);
            line.noted(Field::Amount, fen.and_then(|fen| Fen::new(fen).map_err(|_| Fault::OutOfRange)))
        });
        let amount = line.required(Field::Amount, amount);
        let row = Self {
            name: line.text(Field::Name, false, Name::parse),
            unit: line.reference(Field::Unit),
            rep: line.reference(Field::Rep),
            due: line.date(Field::Due),
            settled: line.date(Field::Settled),
            disputed: line.flag(Field::Disputed),
            code: code?,
            number: number?,
            issued: issued?,
            amount: amount?,
        };
        Some(row)
    }
}
