//! Grades a file of figures by a policy: `grade POLICY.json FIGURES.{csv,xlsx,xls}`.
//!
//! One line of JSON a customer on stdout, in the order of the file: `customer`, then the assessment. The
//! customers of the file are the cohort. What is wrong with the policy or the file goes to stderr, all of
//! it, one line each, and nothing to stdout; the exit code is 2 then.
//!
//! Columns are found by their headings: the key of an input (`annual_sales`), whose plain numbers are raw
//! integers (fen, basis points), or its name in either language, whose plain numbers are in the unit that
//! the heading states (`销售总额（万元）`, `回款率（%）`). Figures may state their unit themselves.

mod columns;
mod rows;

use std::io::{BufWriter, Write};
use std::process::ExitCode;

use serde::Serialize;
use shared::grading::{Assessment, Cohort, Compiled, Policy, check, parse};
use sheets::book::Book;

/// What is wrong, one line each.
type Problems = Vec<String>;

/// A line of the output.
#[derive(Serialize)]
struct Graded<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<&'a str>,
    #[serde(flatten)]
    assessment: Assessment,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.as_slice() {
        [policy, figures] => run(policy, figures),
        _ => Err(vec!["usage: grade POLICY.json FIGURES.{csv,xlsx,xls}".to_owned()]),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            problems.iter().for_each(|problem| eprintln!("{problem}"));
            ExitCode::from(2)
        }
    }
}

fn run(policy_file: &str, figures_file: &str) -> Result<(), Problems> {
    // Both files are looked at, so that one run tells all that is wrong.
    let (policy, grid) = (policy(policy_file), grid(figures_file));
    let (policy, grid) = match (policy, grid) {
        (Ok(policy), Ok(grid)) => (policy, grid),
        (policy, grid) => {
            return Err(policy.err().into_iter().chain(grid.err()).flatten().collect());
        }
    };
    let rows = rows::read(&policy, &grid)
        .map_err(|all| all.into_iter().map(|one| format!("{figures_file}: {one}")).collect::<Problems>())?;
    let cohort = Cohort::of(&policy, rows.iter().map(|row| &row.inputs));
    let compiled = Compiled::new(&policy, &cohort);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for row in &rows {
        let graded = Graded { customer: row.customer.as_deref(), assessment: compiled.grade(&row.inputs) };
        let line = serde_json::to_string(&graded).map_err(|error| vec![error.to_string()])?;
        writeln!(out, "{line}").map_err(|error| vec![error.to_string()])?;
    }
    out.flush().map_err(|error| vec![error.to_string()])
}

fn policy(file: &str) -> Result<Policy, Problems> {
    let text = std::fs::read_to_string(file).map_err(|error| vec![format!("{file}: {error}")])?;
    let told = |mistakes: Vec<shared::grading::Mistake>| {
        mistakes.into_iter().map(|one| format!("{file}: {one}")).collect::<Problems>()
    };
    let policy = parse(&text).map_err(told)?;
    match check(&policy) {
        mistakes if mistakes.is_empty() => Ok(policy),
        mistakes => Err(told(mistakes)),
    }
}

/// The first visible sheet of a workbook, or the lines of a text.
fn grid(file: &str) -> Result<shared::ledger::Grid, Problems> {
    let bytes = std::fs::read(file).map_err(|error| vec![format!("{file}: {error}")])?;
    let refused = |error| vec![format!("{file}: {error:?}")];
    let mut book = Book::open(bytes, gb18030).map_err(refused)?;
    let sheet = book.sheets().into_iter().next().unwrap_or_default();
    book.grid(&sheet, &mut |_, _| {}).map_err(refused)
}

fn gb18030(bytes: &[u8]) -> Option<String> {
    encoding_rs::GB18030
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
}
