//! What a link shows, as a workbook of one sheet. A text is a text whatever it begins with: no cell is a formula.

use shared::ledger::Lang;
use shared::number::{BasisPoints, Fen, div_round};
use shared::share::{Rung, SharedRow};

use super::html::Markup;
use super::page::tier_name;
use super::texts as say;
use super::zip::Zip;
use crate::services::share::open::Shown;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
    <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>\
    </Types>";
const ROOT: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>\
    </Relationships>";
const BOOK: &str = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
    <sheets><sheet name=\"Fenji\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
const SHEETS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
    </Relationships>";

/// The workbook; `None` past 4 GB.
pub fn workbook(lang: Lang, shown: &Shown) -> Option<Vec<u8>> {
    let part = |text: &str| [XML, text].concat().into_bytes();
    Zip::default()
        .add("[Content_Types].xml", &part(TYPES))?
        .add("_rels/.rels", &part(ROOT))?
        .add("xl/workbook.xml", &part(BOOK))?
        .add("xl/_rels/workbook.xml.rels", &part(SHEETS))?
        .add("xl/worksheets/sheet1.xml", &part(&sheet(lang, shown)))?
        .finish()
}

/// The one sheet: what and of when, how many in each grade, then the customers.
fn sheet(lang: Lang, shown: &Shown) -> String {
    let mut sheet = Sheet::default();
    let (link, fields, summary) = (&shown.link, shown.fields(), &shown.summary);
    let text = |text: &str| Cell::Text(text.to_owned());
    sheet.row([text(&say::title(lang, &link.unit_name))]);
    sheet.row([text(say::as_at(lang)), text(&link.as_at.to_string())]);
    sheet.row([text(say::issued(lang)), text(&super::page::issued(lang, link))]);
    sheet.row([]);
    let sales = fields.figures.then(|| text(say::sales(lang)));
    let heads = [say::tier(lang), say::customers(lang), say::before(lang)].map(text);
    sheet.row(heads.into_iter().chain(sales));
    for line in &summary.tiers {
        let name =
            line.tier.as_ref().map_or_else(|| say::ungraded(lang).to_owned(), |rung| tier_of(lang, rung));
        let counts = [Cell::Text(name), Cell::count(line.customers), Cell::count(line.before)];
        sheet.row(counts.into_iter().chain(fields.figures.then(|| Cell::money(line.sales))));
    }
    sheet.row([text(say::total(lang)), Cell::count(summary.customers)]);
    if fields.credit {
        sheet.row([]);
        sheet.row([text(say::ratings(lang)), text(say::customers(lang))]);
        for line in &summary.ratings {
            let name =
                line.rating.as_ref().map_or_else(|| say::unrated(lang).to_owned(), ToString::to_string);
            sheet.row([Cell::Text(name), Cell::count(line.customers)]);
        }
    }
    if fields.names {
        sheet.row([]);
        let heads = [say::code(lang), say::name(lang), say::tier(lang), say::before(lang)].map(text);
        let figures = fields.figures.then(|| [text(say::sales(lang)), text(say::collection_percent(lang))]);
        let credit = fields.credit.then(|| text(say::rating(lang)));
        sheet.row(heads.into_iter().chain(figures.into_iter().flatten()).chain(credit));
        for row in &shown.rows {
            sheet.row(customer(row, fields.figures, fields.credit));
        }
    }
    sheet.finish()
}

fn tier_of(lang: Lang, rung: &Rung) -> String {
    let name = tier_name(lang, rung);
    if name.is_empty() { rung.tier.to_string() } else { format!("{} {name}", rung.tier) }
}

fn customer(row: &SharedRow, figures: bool, credit: bool) -> impl Iterator<Item = Cell> {
    let label = |label: &Option<shared::id::Label>| {
        Cell::Text(label.as_ref().map_or_else(String::new, ToString::to_string))
    };
    let known = [
        Cell::Text(row.code.to_string()),
        Cell::Text(row.name.to_string()),
        label(&row.tier),
        label(&row.before),
    ];
    let figures = figures.then(|| [Cell::money(row.sales), Cell::ratio(row.collection)]);
    known.into_iter().chain(figures.into_iter().flatten()).chain(credit.then(|| label(&row.rating)))
}

/// What stands in a cell.
enum Cell {
    Text(String),
    /// In hundredths.
    Number(i128),
    Empty,
}

impl Cell {
    fn count(count: u32) -> Self {
        Self::Number(i128::from(count) * 100)
    }

    /// In 万元.
    fn money(amount: Option<Fen>) -> Self {
        amount.and_then(|amount| div_round(amount.get().into(), 10_000)).map_or(Self::Empty, Self::Number)
    }

    /// In percent.
    fn ratio(ratio: Option<BasisPoints>) -> Self {
        ratio.map_or(Self::Empty, |ratio| Self::Number(ratio.get().into()))
    }
}

/// A sheet under way.
struct Sheet(Markup);

impl Default for Sheet {
    fn default() -> Self {
        let mut sheet = Markup::default();
        sheet.raw("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cols>")
            .raw("<col min=\"1\" max=\"1\" width=\"18\" customWidth=\"1\"/><col min=\"2\" max=\"2\" width=\"36\" customWidth=\"1\"/>")
            .raw("<col min=\"3\" max=\"7\" width=\"16\" customWidth=\"1\"/></cols><sheetData>");
        Self(sheet)
    }
}

impl Sheet {
    fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.0.raw("<row>");
        for cell in cells {
            match cell {
                Cell::Text(text) => {
                    self.0
                        .raw("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">")
                        .text(&text)
                        .raw("</t></is></c>");
                }
                Cell::Number(hundredths) => {
                    self.0.raw("<c><v>").text(&plain(hundredths)).raw("</v></c>");
                }
                Cell::Empty => {
                    self.0.raw("<c/>");
                }
            }
        }
        self.0.raw("</row>");
    }

    fn finish(mut self) -> String {
        self.0.raw("</sheetData></worksheet>");
        self.0.finish()
    }
}

/// Hundredths as a number that a spreadsheet reads: no separators, no fraction that is zero.
fn plain(hundredths: i128) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain_and_exact() {
        for (hundredths, text) in [(0, "0"), (5, "0.05"), (-5, "-0.05"), (128_640, "1286.40"), (-700, "-7")] {
            assert_eq!(plain(hundredths), text);
        }
    }

    #[test]
    fn a_text_is_a_text_whatever_it_begins_with() {
        let mut sheet = Sheet::default();
        sheet.row([Cell::Text("=HYPERLINK(\"http://x\")&<".to_owned()), Cell::count(3), Cell::Empty]);
        let text = sheet.finish();
        assert!(text.contains(
            "<row><c t=\"inlineStr\"><is><t xml:space=\"preserve\">=HYPERLINK(&quot;http://x&quot;)&amp;&lt;</t></is></c>\
             <c><v>3</v></c><c/></row>"
        ));
        assert!(!text.contains("<f>"));
    }
}
