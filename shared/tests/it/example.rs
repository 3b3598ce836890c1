//! The example `grade`, run as a program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// Beside the folder of this test's own binary; `cargo test` and nextest build examples with it.
fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let profile = own.parent().and_then(Path::parent).unwrap();
    profile.join("examples").join(format!("grade{}", std::env::consts::EXE_SUFFIX))
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("fenji-grade-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(policy: &Path, figures: &Path) -> Output {
    Command::new(program()).args([policy, figures]).output().unwrap()
}

fn policy(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[test]
fn a_file_is_graded_line_by_line() {
    let folder = folder("graded");
    let figures = folder.join("figures.csv");
    let text = "客户编号,销售总额（万元）,销售价格（%）,货款回收（%）,订单计划性,产品满足度,沟通一致性,合作忠诚度与信誉,发展潜力（%）,资信等级\n\
                K1,600,98,82,A,A,B,A,5,AA\n\
                K2,600,98,79%,A,A,B级,A,5,D\n\
                K3,2000,,,,,,,不适用,\n";
    std::fs::write(&figures, text).unwrap();
    let output = run(&policy("policies/default.json"), &figures);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told =
        |at: usize| (lines[at]["customer"].clone(), lines[at]["tier"].clone(), lines[at]["score"].clone());
    assert_eq!(lines.len(), 3);
    assert_eq!(told(0), ("K1".into(), "A".into(), 8050.into()));
    assert_eq!(told(1), ("K2".into(), "C".into(), 7550.into()));
    // 30 of the 95 that apply is too little: no grade.
    assert_eq!(told(2), ("K3".into(), Value::Null, 3158.into()));
}

#[test]
fn the_customers_of_the_file_are_the_cohort_and_keys_head_raw_figures() {
    let folder = folder("cohort");
    let figures = folder.join("figures.csv");
    std::fs::write(&figures, "code,annual_sales,lead_days\na,700000000,10\nb,350000000,3\n").unwrap();
    let output = run(&policy("tests/data/policies/best-of-cohort-30.json"), &figures);
    let text = String::from_utf8(output.stdout).unwrap();
    // 70 + 30 x 3 / 10, and 35 + 30.
    let scores: Vec<i64> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["score"].as_i64().unwrap())
        .collect();
    assert_eq!(scores, [7_900, 6_500], "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_is_wrong_is_told_all_at_once_with_exit_code_2() {
    let folder = folder("wrong");
    let (bad, figures) = (folder.join("policy.json"), folder.join("figures.csv"));
    let mut value: Value =
        serde_json::from_str(&std::fs::read_to_string(policy("policies/default.json")).unwrap()).unwrap();
    value["indicators"][0]["weight"] = 2_900.into();
    std::fs::write(&bad, value.to_string()).unwrap();
    std::fs::write(&figures, "客户编号,销售总额,订单计划性\nK1,600,A\nK2,3万,E\n").unwrap();
    let said = |output: Output| {
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        String::from_utf8(output.stderr).unwrap()
    };
    let text = said(run(&bad, &figures));
    assert!(text.contains("indicators.0.scoring: ") && text.contains("(99; wanted: 100)"), "{text}");
    let text = said(run(&policy("policies/default.json"), &figures));
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(
        text.contains("B2 (销售总额): ") && text.contains("C3 (订单计划性): must be one of A, B, C"),
        "{text}"
    );
    let text = said(run(&folder.join("none.json"), &folder.join("none.csv")));
    assert_eq!(text.lines().count(), 2, "{text}");
}
