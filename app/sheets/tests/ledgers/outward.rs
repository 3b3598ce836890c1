//! What goes out can be read in again.

use super::*;

#[test]
fn problem_rows_come_back_as_they_were_with_their_reason() {
    let mut driver = Driver::default();
    let text = "客户编号,客户名称,发票号,开票日期,金额,结清日期\n\
                K1,=HYPERLINK(1),1,2025-02-30,5 dollars,\nK2,乙,2,2025-01-01,5,\nK3,丙,3,,7,2025-01-09\n";
    let summary = driver.import("a.csv", text.as_bytes().to_vec());
    assert_eq!((summary.rows, summary.problem_lines), (1, 2));
    let sheet = driver.bytes(json!({ "op": "problem_sheet", "lang": "zh" }));
    assert_eq!(
        sheet,
        driver.bytes(json!({ "op": "problem_sheet", "lang": "zh" })),
        "the same bytes every time"
    );

    let mut again = Driver::default();
    let opened = again.open("p.xlsx", sheet).unwrap();
    assert_eq!(
        opened.headings.iter().map(|heading| heading.text.as_str()).skip(5).collect::<Vec<_>>(),
        ["结清日期", "原行号", "原因"]
    );
    let first = &opened.sample[0];
    assert_eq!(
        (first[1].as_str(), first[4].as_str(), first[6].as_str()),
        ("=HYPERLINK(1)", "5 dollars", "2")
    );
    assert!(first[7].contains("D 列“开票日期”") && first[7].contains("E 列“金额”"), "{}", first[7]);
    let summary = again.read(opened.guess.shape, &opened.guess.mapping);
    assert_eq!((summary.rows, summary.problem_lines), (0, 2), "the same problems, once more");
    let english = driver.bytes(json!({ "op": "problem_sheet", "lang": "en" }));
    assert!(Driver::default().open("p.xlsx", english).unwrap().sample[1][7].contains("must not be empty"));
}

#[test]
fn cells_keep_their_kind_in_the_problem_sheet() {
    let mut driver = Driver::default();
    let opened = driver.open("a.xlsx", data("ledgers/annual-1904.xlsx")).unwrap();
    let mut mapping = opened.guess.mapping;
    mapping.columns.retain(|column| column.field != Field::Year);
    // Read names as levels are not: make every row a problem by asking a date of the name.
    mapping
        .columns
        .iter_mut()
        .filter(|column| column.field == Field::Name)
        .for_each(|column| column.field = Field::OverdueDays);
    driver.read(Shape::Annual, &mapping);
    let sheet = driver.bytes(json!({ "op": "problem_sheet", "lang": "zh" }));
    let sample = Driver::default().open("p.xlsx", sheet).unwrap().sample;
    assert_eq!(sample[0][2..7], ["350.5", "92.5%", "-3.1%", "2019-03-01", "A级"]);
}

#[test]
fn templates_are_read_as_they_are() {
    for shape in ["annual", "receivables"] {
        for lang in ["zh", "en"] {
            let mut driver = Driver::default();
            let template = driver.bytes(json!({ "op": "template", "shape": shape, "lang": lang }));
            let summary = driver.import("t.xlsx", template);
            assert_eq!((summary.rows, summary.problem_lines), (1, 0), "{shape} {lang}");
        }
    }
}
