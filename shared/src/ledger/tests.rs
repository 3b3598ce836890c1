//! Whole sheets: what is guessed of them, what is asked, what they are read into.

use proptest::prelude::*;

use super::*;
use crate::grading::Input;

/// Rows of cells divided by `|`; a cell that begins with `#n` is a number, `#p` a percentage,
/// `#e` an error value.
fn grid(lines: &[&str]) -> Grid {
    let cell = |text: &str| match text.split_at_checked(2) {
        _ if text.is_empty() => Cell::Empty,
        Some(("#n", number)) => Cell::Number(number.into()),
        Some(("#p", number)) => Cell::Percent(number.into()),
        Some(("#e", _)) => Cell::Error("#REF!".into()),
        _ => Cell::Text(text.into()),
    };
    Grid { rows: lines.iter().map(|line| line.split('|').map(cell).collect()).collect(), ..Grid::default() }
}

fn faults<R>(reading: &Reading<R>) -> Vec<(u32, &str, Fault)> {
    reading.problems.iter().map(|problem| (problem.line, problem.column.as_str(), problem.code)).collect()
}

const INVOICES: &str = "客户编号|发票号|开票日期|到期日|金额|结清日期|是否争议";

#[test]
fn a_chinese_annual_ledger_needs_no_question() {
    let sheet = grid(&[
        "2024年客户销售台账",
        "单位：万元||编制：促销科",
        "客户编号|客户名称|销售科|销售员|销售总额|价格水平|货款回收率|订单计划性|资信等级|逾期天数",
        "K001|东方封头厂|销售一科|李伟|#n1234.5|98%|#p92.5|A级|AAA|#n15",
        "K002|<b>西部</b>|销售二科||３０元||-|b|不适用|",
        "合计||||#n1235",
        "",
    ]);
    let guess = guess(&sheet);
    assert_eq!((guess.shape, guess.mapping.header_row, guess.mapping.year), (Shape::Annual, 2, Some(2024)));
    assert_eq!(guess.questions, []);
    assert_eq!(guess.mapping.check(guess.shape), Ok(()));
    let reading = read::<AnnualRow>(&sheet, &guess.mapping);
    assert_eq!((reading.problems.as_slice(), reading.totals.as_slice()), (&[][..], &[6][..]));
    let rows = serde_json::to_value(reading.rows).unwrap();
    assert_eq!(
        rows,
        serde_json::json!([
            [4, {"code": "K001", "year": 2024, "name": "东方封头厂", "unit": "销售一科", "rep": "李伟", "values": {
                "annual_sales": {"state": "measured", "value": 1_234_500_000},
                "price_level": {"state": "measured", "value": 9_800},
                "collection": {"state": "measured", "value": 9_250},
                "order_planning": {"state": "judged", "level": "A"},
                "credit_rating": {"state": "judged", "level": "AAA"},
                "overdue_days": {"state": "measured", "value": 15},
            }}],
            [5, {"code": "K002", "year": 2024, "name": "<b>西部</b>", "unit": "销售二科", "values": {
                "annual_sales": {"state": "measured", "value": 3_000},
                "order_planning": {"state": "judged", "level": "B"},
                "credit_rating": {"state": "not_applicable"},
            }}],
        ])
    );
}

#[test]
fn what_the_file_leaves_open_is_asked() {
    let sheet = grid(&["Customer|Sales|On-time rate|Growth|growth rate", "K1|#n5|#n0.85|#n12.5|#n1"]);
    let guess = guess(&sheet);
    assert_eq!(
        guess.questions,
        [
            Question::TwoColumns { field: Field::Potential, indexes: vec![3, 4] },
            Question::AmountUnit { index: 1, sample: "5".into() },
            Question::RatioUnit {
                field: Field::Collection,
                index: 2,
                sample: "0.85".into(),
                suggested: RatioUnit::Fraction
            },
            Question::Year,
        ]
    );
    assert_eq!(guess.mapping.check(Shape::Annual), Err(MappingFault::NoYear));
    let mut mapping = guess.mapping;
    mapping.year = Some(2025);
    assert_eq!(
        faults(&read::<AnnualRow>(&sheet, &mapping)),
        [(2, "B", Fault::Unanswered), (2, "C", Fault::Unanswered)]
    );
    mapping.amount_unit = Some(AmountUnit::Yuan);
    mapping
        .columns
        .iter_mut()
        .filter(|column| column.index == 2)
        .for_each(|column| column.ratio = Some(RatioUnit::Fraction));
    assert_eq!(questions(&sheet, &mapping, Shape::Annual), []);
    let reading = read::<AnnualRow>(&sheet, &mapping);
    let collection = &reading.rows[0].1.values[&key::key(key::COLLECTION).unwrap()];
    assert_eq!(*collection, Input::Measured { value: 8_500 });
    assert_eq!(
        recall(&sheet, Shape::Annual, &mapping).questions,
        [Question::Year],
        "the year is never remembered"
    );
}

#[test]
fn one_value_settles_the_order_of_day_and_month() {
    let open = grid(&[INVOICES, "K1|1|03/01/2012|02/02/2012|5|01/02/2012|"]);
    let asked = guess(&open);
    assert_eq!(asked.shape, Shape::Receivables);
    assert_eq!(asked.questions, [Question::DateOrder { index: 2, sample: "03/01/2012".into() }]);
    assert_eq!(faults(&read::<InvoiceRow>(&open, &asked.mapping))[0], (2, "C", Fault::Unanswered));

    let settled = grid(&[INVOICES, "K1|1|03/01/2012|02/02/2012|5|13/02/2012|是"]);
    let guessed = guess(&settled);
    assert_eq!((guessed.mapping.date_order, guessed.questions.len()), (Some(DateOrder::DayFirst), 0));
    let reading = read::<InvoiceRow>(&settled, &guessed.mapping);
    assert_eq!(reading.rows[0].1.issued.to_string(), "2012-01-03");
    assert_eq!(reading.rows[0].1.disputed, Some(true));

    let torn = grid(&[INVOICES, "K1|1|13/01/2012||5||", "K1|2|14/01/2012||5||", "K1|3|01/14/2012||5||"]);
    let guessed = guess(&torn);
    assert_eq!(guessed.mapping.date_order, Some(DateOrder::DayFirst));
    assert_eq!(faults(&read::<InvoiceRow>(&torn, &guessed.mapping)), [(4, "C", Fault::DateOrder)]);
}

#[test]
fn every_wrong_cell_is_a_problem_of_its_own() {
    let sheet = grid(&[
        INVOICES,
        "|1|2025-01-01|||2025-01-02|",
        "K1|2|someday|2025-02-30|5 dollars|#e|maybe",
        "K1|=SUM(A1)|#n45717|-|(1,234.50)|未结清|√",
        "K1|4|2025-01-01||1e300||",
        "K1|5|2025-01-01||1,5||",
    ]);
    let reading = read::<InvoiceRow>(&sheet, &guess(&sheet).mapping);
    assert_eq!(
        faults(&reading),
        [
            (2, "A", Fault::Required),
            (2, "E", Fault::Required),
            (3, "C", Fault::BadDate),
            (3, "E", Fault::BadAmount),
            (3, "D", Fault::BadDate),
            (3, "F", Fault::CellError),
            (3, "G", Fault::BadFlag),
            (5, "E", Fault::OutOfRange),
            (6, "E", Fault::BadAmount),
        ]
    );
    assert_eq!(reading.problems[3].value, "5 dollars");
    assert_eq!(reading.problems[3].heading, "金额");
    let [(4, row)] = reading.rows.as_slice() else { panic!("{:?}", reading.rows) };
    assert_eq!((row.number.as_str(), row.amount.get(), row.disputed), ("=SUM(A1)", -123_450, Some(true)));
    assert_eq!((row.issued.to_string(), row.settled), ("2025-03-01".to_owned(), None));
}

#[test]
fn a_repeated_line_is_dropped_and_a_contradiction_is_a_problem() {
    let sheet = grid(&[
        INVOICES,
        "K1|1|2025-01-01||5||",
        "K1|1|2025/1/1||5.00||否",
        "K1|2|2025-01-01||5||",
        "K2|2|2025-01-01||6||",
        "K1|2|2025-01-01||7||",
    ]);
    let reading = read::<InvoiceRow>(&sheet, &guess(&sheet).mapping);
    assert_eq!(reading.rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 5]);
    assert_eq!(reading.repeated, [3]);
    assert_eq!(faults(&reading), [(4, "B", Fault::Conflict), (6, "B", Fault::Conflict)]);
}

#[test]
fn rows_of_a_customer_agree_on_what_belongs_to_the_customer() {
    let sheet = grid(&[
        "客户编号|客户名称|年度|销售额（元）|销售科",
        "K1|新名|2025|#n2|",
        "K1|旧名|2024|#n1|销售一科",
        "K1||2023|#n1|",
    ]);
    let reading = read::<AnnualRow>(&sheet, &guess(&sheet).mapping);
    for (_, row) in &reading.rows {
        assert_eq!(row.name.as_ref().unwrap().as_str(), "新名");
        assert_eq!(row.unit.as_deref(), Some("销售一科"));
    }
    let totals = summary(&reading, &[Verdict::New, Verdict::Updated, Verdict::Unchanged]);
    assert_eq!((totals.rows, totals.customers, totals.years.len()), (3, 1, 3));
    assert_eq!((totals.years[2].sales.get(), totals.years[2].counts.new), (200, 1));
}

#[test]
fn a_ledger_without_settled_dates_is_asked_about() {
    let sheet = grid(&["客户|单据号|日期|应收余额", "K1|1|2025-01-01|5"]);
    let guess = guess(&sheet);
    assert_eq!(guess.questions, [Question::AllOpen]);
    assert_eq!(guess.mapping.check(guess.shape), Err(MappingFault::NoSettled));
    let answered = Mapping { all_open: true, ..guess.mapping };
    assert_eq!(answered.check(guess.shape), Ok(()));
    let reading = read::<InvoiceRow>(&sheet, &answered);
    assert_eq!((reading.rows[0].1.settled, reading.rows[0].1.disputed), (None, None));
}

#[test]
fn decimal_commas_are_told_by_their_places() {
    let comma = grid(&[INVOICES, "K1|1|2025-01-01||1.234,50||", "K1|2|2025-01-01||7||"]);
    let mapping = guess(&comma).mapping;
    assert!(mapping.decimal_comma);
    assert_eq!(read::<InvoiceRow>(&comma, &mapping).rows[0].1.amount.get(), 123_450);
    assert!(!guess(&grid(&[INVOICES, "K1|1|2025-01-01||1,234||"])).mapping.decimal_comma);
    assert!(!guess(&grid(&[INVOICES, "K1|1|2025-01-01||1,234.5||"])).mapping.decimal_comma);
}

#[test]
fn a_mapping_is_checked() {
    let column = |field, index| Column { field, index, ratio: None };
    let check = |columns: &[Column]| {
        Mapping { columns: columns.to_vec(), year: Some(2025), ..Mapping::default() }.check(Shape::Annual)
    };
    assert_eq!(check(&[]), Err(MappingFault::Lacks { field: Field::Code }));
    assert_eq!(check(&[column(Field::Code, 0)]), Err(MappingFault::NoFigures));
    assert_eq!(
        check(&[column(Field::Code, 0), column(Field::Code, 1)]),
        Err(MappingFault::Twice { field: Field::Code })
    );
    assert_eq!(
        check(&[column(Field::Code, 0), column(Field::Name, 0)]),
        Err(MappingFault::SharedColumn { index: 0 })
    );
    assert_eq!(check(&[column(Field::Due, 0)]), Err(MappingFault::Foreign { field: Field::Due }));
    assert_eq!(check(&[column(Field::Code, 0), column(Field::Name, 1)]), Ok(()));
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        "\\PC{0,12}".prop_map(|text| Cell::Text(text.into())),
        "[-0-9.,/年月日万元%()¥ eE:]{0,12}".prop_map(|text| Cell::Text(text.into())),
        "-?[0-9]{1,40}(\\.[0-9]{1,40})?(e-?[0-9]{1,5})?".prop_map(|text| Cell::Number(text.into())),
        "[0-9.]{0,6}".prop_map(|text| Cell::Percent(text.into())),
        any::<bool>().prop_map(Cell::Bool),
        Just(Cell::Error("#N/A".into())),
        proptest::sample::select(vec![
            "客户编号",
            "年度",
            "销售额",
            "回款率",
            "发票号",
            "日期",
            "金额",
            "结清日期",
            "合计"
        ])
        .prop_map(|text| Cell::Text(text.into())),
    ]
}

proptest! {
    #[test]
    fn no_sheet_panics(
        rows in proptest::collection::vec(proptest::collection::vec(any_cell(), 0..10), 0..30),
        epoch_1904: bool,
        header_row: u32,
    ) {
        let sheet = Grid { rows, epoch_1904, ..Grid::default() };
        let guess = guess(&sheet);
        for shape in [Shape::Annual, Shape::Receivables] {
            let mut guess = guess_as(&sheet, shape);
            let _ = recall(&sheet, shape, &guess.mapping);
            for row in [guess.mapping.header_row, header_row] {
                guess.mapping.header_row = row;
                let annual = read::<AnnualRow>(&sheet, &guess.mapping);
                let invoices = read::<InvoiceRow>(&sheet, &guess.mapping);
                prop_assert!(annual.rows.iter().all(|(_, row)| row.check().is_ok()));
                let rows: Vec<_> = invoices.rows.into_iter().map(|(_, row)| row).collect();
                let _ = aggregate(&rows, crate::calendar::Date::year_end(2025).unwrap());
                prop_assert_eq!(chunks(&rows).iter().map(Vec::len).sum::<usize>(), rows.len());
            }
        }
        prop_assert!(heading_key(&sheet.headings(guess.mapping.header_row)).len() < 100_000);
    }

    #[test]
    fn what_is_written_is_read_again(
        fen in -9_007_199_254_740_991_i64..=9_007_199_254_740_991,
        days in 0_u32..109_000,
        code in "[A-Z0-9][A-Z0-9-]{0,20}",
        name in "[=+@-]?[甲-龟A-Za-z]{1,20}",
    ) {
        let date = crate::calendar::Date::new(1900, 3, 1).unwrap().plus_days(days);
        let sign = if fen < 0 { "-" } else { "" };
        let amount = format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
        let cells = [code.clone(), "1".into(), date.to_string(), String::new(), amount, date.to_string(), "是".into()];
        let mut rows = vec![INVOICES.split('|').map(|text| Cell::Text(text.into())).collect::<Vec<_>>()];
        rows[0].push(Cell::Text("客户名称".into()));
        rows.push(cells.iter().map(|text| Cell::Text(text.as_str().into())).collect());
        rows[1].push(Cell::Text(formula_safe(&name).into()));
        let sheet = Grid { rows, ..Grid::default() };
        let reading = read::<InvoiceRow>(&sheet, &guess(&sheet).mapping);
        prop_assert_eq!(faults(&reading), []);
        let row = &reading.rows[0].1;
        prop_assert_eq!((row.amount.get(), row.issued, row.settled), (fen, date, Some(date)));
        prop_assert_eq!(row.code.as_str(), code);
        prop_assert_eq!(row.name.as_ref().map(|name| name.as_str()), Some(name.as_str()));
    }
}
