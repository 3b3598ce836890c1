use serde_json::{Value, json};
use shared::calendar::Date;
use shared::grading::default_policy;
use shared::ledger::Figure;

use super::*;

/// A row's cells by heading, as csv would say them but for the apostrophes.
fn told<T: serde::de::DeserializeOwned + 'static>(columns: &Columns<T>, row: Value) -> Vec<(String, String)> {
    let row: T = serde_json::from_value(row).unwrap();
    let cells = columns.row(&row);
    assert_eq!(cells.len(), columns.headings().len());
    let said = |cell: TableCell| match cell {
        TableCell::Empty => String::new(),
        TableCell::Text(text) => text,
        TableCell::Number(figure) => figure.as_str().to_owned(),
        TableCell::Date(date) => date.to_string(),
    };
    columns.headings().iter().cloned().zip(cells.into_iter().map(said)).collect()
}

fn of<'a>(row: &'a [(String, String)], heading: &str) -> &'a str {
    &row.iter().find(|(own, _)| own == heading).unwrap().1
}

fn customer() -> Value {
    json!({ "id": "k-1", "code": "K0001", "name": "=cmd|' /C calc'!A0", "unit": "u-1", "year": 2025, "tier": "A",
        "previous_tier": "B", "score": 8_850, "evidence": 9_200, "missing": 1, "sales": 123_456_789_012_i64 })
}

#[test]
fn a_customer_is_told_with_exact_numbers() {
    let row = told(&customers(true), customer());
    for (heading, said) in [
        ("客户编号", "K0001"),
        ("客户名称", "=cmd|' /C calc'!A0"),
        ("年度", "2025"),
        ("等级", "A"),
        ("暂定", "否"),
        ("算得等级", ""),
        ("上次等级", "B"),
        ("得分", "88.50"),
        ("数据完整度（%）", "92.00"),
        ("缺项数", "1"),
        ("年销售额（元）", "1234567890.12"),
    ] {
        assert_eq!(of(&row, heading), said, "{heading}");
    }
    let sales = customers(true).row(&serde_json::from_value(customer()).unwrap()).pop();
    assert_eq!(sales, Figure::parse("1234567890.12").map(TableCell::Number), "a number, not a text");
}

#[test]
fn whoever_sees_no_figures_takes_none_away() {
    let headings = customers(false).headings().to_vec();
    assert!(
        headings
            .iter()
            .all(|heading| !["得分", "数据完整度（%）", "年销售额（元）"].contains(&heading.as_str()))
    );
    assert!(!forms(false).headings().contains(&"得分".to_owned()));
    let bare = json!({ "id": "k-1", "code": "K1", "name": "甲", "unit": "u-1" });
    assert_eq!(of(&told(&customers(true), bare), "等级"), "未评级");
}

#[test]
fn no_list_has_two_columns_of_one_name() {
    let today = Date::new(2026, 3, 26).unwrap();
    let all = [
        customers(true).headings().to_vec(),
        forms(true).headings().to_vec(),
        newcomers().headings().to_vec(),
        quarters().headings().to_vec(),
        quarter_customers().headings().to_vec(),
        links().headings().to_vec(),
        link_views().headings().to_vec(),
        imports().headings().to_vec(),
        users().headings().to_vec(),
        units().headings().to_vec(),
        stand_ins(today).headings().to_vec(),
        history(default_policy().unwrap()).headings().to_vec(),
    ];
    for headings in all {
        let mut names = headings.clone();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), headings.len(), "{headings:?}");
    }
}

#[test]
fn a_look_and_a_stand_in_are_told_in_words() {
    let quarter = json!({ "unit": "u-1", "name": "销售一科", "sales": 5, "counted": true, "begun": true });
    let row = told(&quarters(), quarter);
    assert_eq!(
        (of(&row, "状态"), of(&row, "季度销售额（元）"), of(&row, "结清时间")),
        ("填写中", "0.05", "")
    );
    let appointment = json!({ "id": "s-1", "absent": "a", "absent_name": "丁建平",
        "absent_role": "director", "by": "b", "by_name": "苏婷",
        "from": "2026-03-20", "until": "2026-03-30", "made_at": 1_774_490_400_000_i64, "made_by": "丁建平" });
    let row = told(&stand_ins(Date::new(2026, 3, 26).unwrap()), appointment);
    assert_eq!(
        (of(&row, "状态"), of(&row, "第一天"), of(&row, "建立时间")),
        ("代理中", "2026-03-20", "2026-03-26 10:00")
    );
}

#[test]
fn history_is_told_in_sentences() {
    let event = json!({ "seq": 1, "at": 1_774_490_400_000_i64, "actor_name": "李晓梅", "verb": "exported", "subject": "k-1",
        "detail": { "list": "form" }, "hash": "" });
    let row = told(&history(default_policy().unwrap()), event);
    assert_eq!((of(&row, "经办人"), of(&row, "事项")), ("李晓梅", "李晓梅 导出了评定表"));
}
