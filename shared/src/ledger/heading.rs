//! Which field a heading names, in Chinese or English, however it is written.

use super::cell::{Grid, folded};
use super::synonyms::SYNONYMS;
use super::{AmountUnit, Field, Shape};

/// Rows searched for the headings; what stands above them is a title.
pub const SEARCHED_ROWS: u32 = 20;

/// A heading taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// Lower case, no spaces or signs, no year, no bracketed note.
    pub name: String,
    /// The year in it, as in 2024年销售额.
    pub year: Option<i32>,
    /// The unit of money in it, as in 销售额（万元）.
    pub amount_unit: Option<AmountUnit>,
    /// Whether it says percent.
    pub percent: bool,
}

/// The unit of money a folded text states.
#[must_use]
pub fn stated_unit(text: &str) -> Option<AmountUnit> {
    [("万元", AmountUnit::TenThousand), ("千元", AmountUnit::Thousand), ("元", AmountUnit::Yuan)]
        .into_iter()
        .find_map(|(word, unit)| text.contains(word).then_some(unit))
}

/// A year of four digits from 1900 to 2199 that is not part of a longer number, with its place.
#[must_use]
pub fn year_in(text: &str) -> Option<(usize, i32)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).find_map(|at| {
        let alone = (at == 0 || !digit(at - 1)) && !digit(at + 4);
        let year: i32 =
            text.get(at..at + 4).filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
        (alone && (1900..=2199).contains(&year)).then_some((at, year))
    })
}

impl Heading {
    /// Takes a heading apart.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = folded(text).to_lowercase();
        let year = year_in(&text);
        let without_year = match year {
            Some((at, _)) => {
                let tail = text.get(at + 4..).unwrap_or("");
                let tail = tail.strip_prefix("年度").or_else(|| tail.strip_prefix('年')).unwrap_or(tail);
                format!("{}{tail}", text.get(..at).unwrap_or(""))
            }
            None => text.clone(),
        };
        let mut name = String::new();
        let mut depth = 0_u32;
        for c in without_year.chars() {
            match c {
                '(' | '[' | '{' | '【' | '〔' => depth += 1,
                ')' | ']' | '}' | '】' | '〕' => depth = depth.saturating_sub(1),
                _ if depth == 0 && c.is_alphanumeric() => name.push(c),
                _ => {}
            }
        }
        Self {
            year: year.map(|(_, year)| year),
            amount_unit: stated_unit(&text),
            percent: text.contains(['%', '\u{2030}']) || text.contains("百分"),
            name,
        }
    }

    /// The fields it can name in a ledger of that shape.
    #[must_use]
    pub fn field(&self, shape: Shape) -> Option<Field> {
        named(&self.name, shape).or_else(|| named(bare(&self.name), shape))
    }

    /// Whether it says no more than "customer": the code, or the name beside a code.
    #[must_use]
    pub fn is_bare_customer(&self) -> bool {
        matches!(self.name.as_str(), "客户" | "customer")
    }
}

fn named(name: &str, shape: Shape) -> Option<Field> {
    SYNONYMS.iter().find(|(field, names)| field.fits(shape) && names.contains(&name)).map(|(field, _)| *field)
}

/// The name without a word for the period before it and a unit or note behind it.
fn bare(name: &str) -> &str {
    let name = ["本年度", "本年", "全年", "累计", "当年", "本期"]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name);
    ["合计", "万元", "千元", "元", "必填"].iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name)
}

/// The row of headings and how many different fields it names: of the first
/// [`SEARCHED_ROWS`] the one that names most, or else the first with two texts.
#[must_use]
pub fn find(grid: &Grid, shape: Shape) -> (u32, usize) {
    let mut best: Option<(u32, usize)> = None;
    let mut first = None;
    for row in 0..SEARCHED_ROWS {
        let headings = grid.headings(row);
        let mut fields: Vec<Field> =
            headings.iter().filter_map(|heading| Heading::parse(heading).field(shape)).collect();
        fields.sort_unstable();
        fields.dedup();
        if !fields.is_empty() && best.is_none_or(|(_, most)| fields.len() > most) {
            best = Some((row, fields.len()));
        }
        if first.is_none() && headings.iter().filter(|heading| !heading.is_empty()).count() >= 2 {
            first = Some(row);
        }
    }
    match best {
        Some((row, named)) if named >= 2 => (row, named),
        _ => (first.unwrap_or(0), best.map_or(0, |(_, named)| named)),
    }
}

/// The key under which a correction is remembered: the headings, normalised, joined by `|`.
/// A year within a heading is left out, so that next year's file is known again.
#[must_use]
pub fn heading_key(headings: &[String]) -> String {
    let names: Vec<String> = headings
        .iter()
        .map(|heading| {
            let heading = Heading::parse(heading);
            let unit = match heading.amount_unit {
                Some(AmountUnit::TenThousand) => "@10000",
                Some(AmountUnit::Thousand) => "@1000",
                Some(AmountUnit::Yuan) => "@1",
                None => "",
            };
            let percent = if heading.percent { "@%" } else { "" };
            format!("{}{unit}{percent}", heading.name.chars().take(40).collect::<String>())
        })
        .collect();
    names.join("|").trim_end_matches('|').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Cell;

    fn grid(lines: &[&str]) -> Grid {
        let rows =
            lines.iter().map(|line| line.split(',').map(|text| Cell::Text(text.into())).collect()).collect();
        Grid { rows, ..Grid::default() }
    }

    #[test]
    fn synonyms_are_normalised_and_name_one_field_each() {
        for shape in [Shape::Annual, Shape::Receivables] {
            let mut seen = Vec::new();
            for (field, names) in SYNONYMS.iter().filter(|(field, _)| field.fits(shape)) {
                for name in *names {
                    assert_eq!(Heading::parse(name).field(shape), Some(*field), "{name}");
                    assert!(!seen.contains(name), "{name} twice");
                    seen.push(*name);
                }
            }
        }
    }

    #[test]
    fn every_field_has_a_name_in_both_languages() {
        for field in Field::ALL {
            let names = SYNONYMS.iter().find(|(other, _)| other == field).map_or(&[][..], |(_, names)| names);
            assert!(names.iter().any(|name| name.is_ascii()), "{field:?}");
            assert!(names.iter().any(|name| !name.is_ascii()), "{field:?}");
        }
    }

    #[test]
    fn headings_are_taken_apart() {
        let heading = Heading::parse("2024年度 销售额（万元）");
        assert_eq!((heading.name.as_str(), heading.year), ("销售额", Some(2024)));
        assert_eq!(heading.amount_unit, Some(AmountUnit::TenThousand));
        assert!(Heading::parse("回款率(%)").percent);
        for (text, field) in [
            ("Customer ID", Field::Code),
            ("customer_id *", Field::Code),
            ("InvoiceNumber", Field::Number),
            ("Invoice Date", Field::Issued),
            ("发票 金额（元）", Field::Amount),
            ("是否争议？", Field::Disputed),
        ] {
            assert_eq!(Heading::parse(text).field(Shape::Receivables), Some(field), "{text}");
        }
        for text in ["countryCode", "PaperlessDate", "DaysLate", "上年金额", ""] {
            assert_eq!(Heading::parse(text).field(Shape::Receivables), None, "{text}");
        }
    }

    #[test]
    fn titles_above_the_headings_are_skipped() {
        let sheet = grid(&[
            "2024年客户销售台账",
            "单位：万元",
            "",
            "客户编号,客户名称,年度,销售总额",
            "K1,甲,2024,5",
        ]);
        assert_eq!(find(&sheet, Shape::Annual), (3, 4));
        assert_eq!(find(&grid(&["", "甲,乙", "1,2"]), Shape::Annual), (1, 0));
        assert_eq!(find(&Grid::default(), Shape::Annual), (0, 0));
    }

    #[test]
    fn the_key_is_stable_across_years_and_widths() {
        let key =
            |texts: &[&str]| heading_key(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        assert_eq!(key(&["客户编号", "2024年销售额（万元）", ""]), "客户编号|销售额@10000");
        assert_eq!(key(&["客户 编号 ", "2025年销售额(万元)"]), "客户编号|销售额@10000");
        assert_ne!(key(&["客户编号", "销售额（元）"]), key(&["客户编号", "销售额（万元）"]));
        assert_eq!(key(&[]), "");
    }
}
