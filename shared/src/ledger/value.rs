//! Cells into values: amounts, ratios, whole numbers, levels, yes and no, texts.

use super::cell::{Cell, fold, folded};
use super::decimal::{Decimal, ungrouped};
use super::{AmountUnit, Fault, RatioUnit};

/// Fen of one 亿元.
const HUNDRED_MILLION: i64 = 10_000_000_000;

/// Whether a folded text is one of the ways to leave a cell of numbers or dates open.
fn is_open(text: &str) -> bool {
    is_stroke(text) || OPEN.iter().any(|word| text.eq_ignore_ascii_case(word))
}

const OPEN: [&str; 9] = ["n/a", "na", "null", "none", "nil", "无", "暂无", "缺", "空"];

/// Whether a folded text has nothing but strokes.
#[must_use]
pub fn is_stroke(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '—' | '–' | '/' | '\\' | '_' | '.'))
}

/// The folded text of a cell; `None` when it is blank or a stroke that stands for nothing.
///
/// # Errors
/// [`Fault::CellError`] for an error value.
pub fn content(cell: &Cell) -> Result<Option<String>, Fault> {
    if let Cell::Error(_) = cell {
        return Err(Fault::CellError);
    }
    let text = folded(&cell.text());
    Ok((!is_open(&text)).then_some(text))
}

/// Whether a folded text says that a figure does not apply.
#[must_use]
pub fn is_not_applicable(text: &str) -> bool {
    matches!(text, "不适用" | "不涉及") || text.eq_ignore_ascii_case("not applicable")
}

/// A number between its brackets, signs and marks of currency: `(¥1,234.50)` is −1234.50.
fn signed(text: &str) -> (bool, &str) {
    let (mut negative, mut rest) = (false, text.trim());
    // Each pass takes off one layer; three layers are all that make sense.
    for _ in 0..3 {
        if let Some(inner) = rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
            (negative, rest) = (!negative, inner.trim());
        }
        for mark in ["¥", "RMB", "CNY", "rmb", "cny", "人民币"] {
            rest = rest.strip_prefix(mark).unwrap_or(rest).trim_start();
        }
        let inner = rest.strip_prefix('-').filter(|inner| inner.starts_with(['¥', '(', 'R', 'C', '人']));
        if let Some(inner) = inner.or_else(|| rest.strip_suffix('-').filter(|inner| !inner.starts_with('-')))
        {
            (negative, rest) = (!negative, inner.trim());
        }
    }
    (negative, rest)
}

fn decimal(text: &str, decimal_comma: bool, fault: Fault) -> Result<Decimal, Fault> {
    let plain = ungrouped(text, decimal_comma).ok_or(fault)?;
    Decimal::parse(&plain).ok_or(fault)?
}

/// An amount in fen. A unit behind the number (元, 千元, 万, 万元, 亿) counts; a plain number
/// counts the column's unit. A fraction of a fen is rounded.
///
/// # Errors
/// [`Fault::BadAmount`], [`Fault::OutOfRange`], or [`Fault::Unanswered`] for a plain number
/// while the column's unit is unknown.
pub fn amount(text: &str, unit: Option<AmountUnit>, decimal_comma: bool) -> Result<i64, Fault> {
    let (negative, text) = signed(text);
    let suffixes = [
        ("亿元", HUNDRED_MILLION),
        ("亿", HUNDRED_MILLION),
        ("百万元", 100_000_000),
        ("万元", AmountUnit::TenThousand.fen()),
        ("万", AmountUnit::TenThousand.fen()),
        ("千元", AmountUnit::Thousand.fen()),
        ("元整", AmountUnit::Yuan.fen()),
        ("元", AmountUnit::Yuan.fen()),
        ("圆", AmountUnit::Yuan.fen()),
        ("RMB", AmountUnit::Yuan.fen()),
        ("CNY", AmountUnit::Yuan.fen()),
    ];
    let named = suffixes.iter().find_map(|(suffix, fen)| Some((text.strip_suffix(suffix)?.trim_end(), *fen)));
    let (number, factor) = match named {
        Some((number, fen)) => (number, Some(fen)),
        None => (text, unit.map(AmountUnit::fen)),
    };
    let number = decimal(number, decimal_comma, Fault::BadAmount)?;
    let fen = number.times(factor.ok_or(Fault::Unanswered)?)?;
    Ok(if negative { -fen } else { fen })
}

/// A ratio in basis points. A percent sign counts; a plain number counts the column's unit.
///
/// # Errors
/// [`Fault::BadRatio`], [`Fault::OutOfRange`], or [`Fault::Unanswered`] for a plain number
/// while the column's unit is unknown.
pub fn basis_points(text: &str, unit: Option<RatioUnit>, decimal_comma: bool) -> Result<i64, Fault> {
    let (negative, text) = signed(text);
    let (number, factor) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), Some(100)),
        None => (
            text,
            unit.map(|unit| match unit {
                RatioUnit::Percent => 100,
                RatioUnit::Fraction => 10_000,
            }),
        ),
    };
    let number = decimal(number, decimal_comma, Fault::BadRatio)?;
    let points = number.times(factor.ok_or(Fault::Unanswered)?)?;
    Ok(if negative { -points } else { points })
}

/// A whole number, with 天, 日, 个月, days and the like behind it or not.
///
/// # Errors
/// [`Fault::BadWhole`] or [`Fault::OutOfRange`].
pub fn whole(text: &str) -> Result<i64, Fault> {
    let text = text.to_ascii_lowercase();
    let words = ["个月", "月", "天", "日", "days", "day", "months", "month"];
    let number = words.iter().find_map(|word| text.strip_suffix(word)).unwrap_or(&text).trim_end();
    let number = decimal(number, false, Fault::BadWhole)?;
    number.whole().ok_or(Fault::BadWhole)?;
    number.times(1)
}

/// A year from 1900 to 2199: `2025`, `2025年`, `2025年度`, `FY2025`.
///
/// # Errors
/// [`Fault::BadYear`].
pub fn year(text: &str) -> Result<i32, Fault> {
    let text = text.strip_prefix("FY").unwrap_or(text).trim_start();
    let text = ["年度", "年"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text).trim_end();
    let number = Decimal::parse(text).ok_or(Fault::BadYear)?.map_err(|_| Fault::BadYear)?;
    let year = number.whole().and_then(|year| i32::try_from(year).ok());
    year.filter(|year| (1900..=2199).contains(year)).ok_or(Fault::BadYear)
}

/// Yes or no.
///
/// # Errors
/// [`Fault::BadFlag`].
pub fn flag(text: &str) -> Result<bool, Fault> {
    let text = text.to_lowercase();
    match text.as_str() {
        "是" | "有" | "y" | "yes" | "true" | "t" | "1" | "√" | "✓" | "✔" | "☑" | "对" | "有争议" | "争议"
        | "争议中" => Ok(true),
        "否" | "无" | "n" | "no" | "false" | "f" | "0" | "×" | "✗" | "✘" | "☐" | "没有" | "无争议" | ""
        | "-" | "/" | "—" => Ok(false),
        _ => Err(Fault::BadFlag),
    }
}

/// A judged level in capital letters, without the word for level behind it: `a级` is `A`.
#[must_use]
pub fn level(text: &str) -> String {
    let text = text.trim();
    let bare =
        ["级", "等", "类", "档"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text).trim_end();
    if bare.is_empty() { text.to_owned() } else { bare.to_ascii_uppercase() }
}

/// A text as data: control characters and odd spaces become spaces, and the apostrophe that
/// [`super::formula_safe`] put before a formula is taken off again.
#[must_use]
pub fn plain(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter_map(|c| match fold(c) {
            None => None,
            Some(' ') => Some(' '),
            Some(_) => Some(c),
        })
        .collect();
    let kept = kept.trim();
    match kept.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => kept.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YUAN: Option<AmountUnit> = Some(AmountUnit::Yuan);

    fn fen(text: &str, unit: Option<AmountUnit>) -> Result<i64, Fault> {
        amount(&folded(text), unit, false)
    }

    #[test]
    fn amounts_are_exact_fen() {
        for (text, expected) in [
            ("50.39", 5_039),
            ("50.390000000000001", 5_039),
            ("1,234.50", 123_450),
            ("１，２３４．５０", 123_450),
            ("¥1,234.50", 123_450),
            ("￥ 1 234.5", 123_450),
            ("RMB 12", 1_200),
            ("12元", 1_200),
            ("12 CNY", 1_200),
            ("3.5万", 3_500_000),
            ("3.5万元", 3_500_000),
            ("2千元", 200_000),
            ("0.01亿", 100_000_000),
            ("1亿元", 10_000_000_000),
            ("(1,234.50)", -123_450),
            ("（1,234.50）", -123_450),
            ("¥(5)", -500),
            ("-¥5", -500),
            ("¥-5", -500),
            ("123-", -12_300),
            ("-0.005", -1),
            ("1e3", 100_000),
        ] {
            assert_eq!(fen(text, YUAN), Ok(expected), "{text}");
        }
        assert_eq!(fen("3.5", Some(AmountUnit::TenThousand)), Ok(3_500_000));
        assert_eq!(fen("3.5", Some(AmountUnit::Thousand)), Ok(350_000));
        assert_eq!(fen("3.5元", Some(AmountUnit::TenThousand)), Ok(350));
        assert_eq!(amount("1.234,5", YUAN, true), Ok(123_450));
    }

    #[test]
    fn other_texts_are_no_amount() {
        for text in
            ["", "abc", "$5", "1,5", "3万5", "--5", "(-)", "1.2.3", "￥", "()", "5元元", "=1+1", "((((5))))"]
        {
            assert_eq!(fen(text, YUAN), Err(Fault::BadAmount), "{text}");
        }
        assert_eq!(fen("5", None), Err(Fault::Unanswered));
        assert_eq!(fen("5万", None), Ok(5_000_000));
        assert_eq!(fen("1e14", YUAN), Err(Fault::OutOfRange));
    }

    #[test]
    fn ratios_are_basis_points() {
        for (text, unit, expected) in [
            ("92.5%", None, 9_250),
            ("９２．５％", None, 9_250),
            ("92.5", Some(RatioUnit::Percent), 9_250),
            ("0.925", Some(RatioUnit::Fraction), 9_250),
            ("92.5 %", Some(RatioUnit::Fraction), 9_250),
            ("-3%", None, -300),
            ("(3%)", None, -300),
            ("0.85", Some(RatioUnit::Percent), 85),
        ] {
            assert_eq!(basis_points(&folded(text), unit, false), Ok(expected), "{text}");
        }
        assert_eq!(basis_points("0.85", None, false), Err(Fault::Unanswered));
        assert_eq!(basis_points("九成", Some(RatioUnit::Percent), false), Err(Fault::BadRatio));
        assert_eq!(basis_points("92.5%%", None, false), Err(Fault::BadRatio));
    }

    #[test]
    fn wholes_years_and_flags() {
        assert_eq!(whole("45"), Ok(45));
        assert_eq!(whole("45.0 天"), Ok(45));
        assert_eq!(whole("6个月"), Ok(6));
        assert_eq!(whole("1,045"), Ok(1045));
        assert_eq!(whole("45.5"), Err(Fault::BadWhole));
        assert_eq!(whole("天"), Err(Fault::BadWhole));
        for text in ["2025", "2025年", "2025年度", "FY2025", "2025.0"] {
            assert_eq!(year(text), Ok(2025), "{text}");
        }
        for text in ["25", "1899", "2200", "今年", "2025-2026", ""] {
            assert_eq!(year(text), Err(Fault::BadYear), "{text}");
        }
        for (text, expected) in [
            ("是", true),
            ("Yes", true),
            ("√", true),
            ("有争议", true),
            ("否", false),
            ("无", false),
            ("NO", false),
        ] {
            assert_eq!(flag(text), Ok(expected), "{text}");
        }
        assert_eq!(flag("也许"), Err(Fault::BadFlag));
    }

    #[test]
    fn levels_and_texts() {
        for (text, expected) in [("a级", "A"), ("AAA", "AAA"), ("优", "优"), ("级", "级"), ("b 等", "B")]
        {
            assert_eq!(level(text), expected);
        }
        assert_eq!(plain("\u{3000}东方\n封头\t厂\u{200b}"), "东方 封头 厂");
        assert_eq!(plain("'=SUM(A1)"), "=SUM(A1)");
        assert_eq!(plain("'n Sync"), "'n Sync");
        assert_eq!(plain("（甲）公司"), "（甲）公司");
    }

    #[test]
    fn a_stroke_stands_for_nothing() {
        for text in ["", " - ", "——", "/", "N/A", "无", "　"] {
            assert_eq!(content(&Cell::Text(text.into())), Ok(None), "{text}");
        }
        assert_eq!(content(&Cell::Number("0".into())), Ok(Some("0".into())));
        assert_eq!(content(&Cell::Error("#REF!".into())), Err(Fault::CellError));
    }
}
