//! A year beside the year before in words: points won and lost by indicator, each year dated and by its policy.

use shared::dto::figures::YearView;
use shared::dto::review::{FormView, GradedYear};
use shared::grading::{Assessment, Side, compare};
use shared::id::Label;
use shared::ledger::Lang;
use shared::number::Points;
use shared::review::Step;

use super::measure::points_short;
use super::{format, sentences};
use crate::contexts::policies::Published;
use crate::texts::{compare as texts, customer, tier};

/// A graded year with the policy that graded it.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// The year.
    pub graded: GradedYear,
    /// Its policy.
    pub policy: Published,
}

/// What stands at the head of a year's column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The year.
    pub year: String,
    /// On which day it was decided or computed, or from which day it counts.
    pub day: String,
    /// The version of the policy.
    pub version: String,
}

/// An indicator in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Points of full marks.
    pub points: String,
    /// The value behind them.
    pub value: String,
}

/// What became of the points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gain {
    /// Won, or lost when negative.
    Points(Points),
    /// Not to be compared, and why.
    Said(String),
}

/// An indicator in two years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// The earlier year; absent when its policy had no such indicator.
    pub before: Option<Cell>,
    /// The later year.
    pub now: Option<Cell>,
    /// What became of the points.
    pub gain: Gain,
}

/// The whole table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Points won and points lost, in one sentence.
    pub summary: String,
    /// The heads of the two columns.
    pub heads: [Head; 2],
    /// One row for each indicator.
    pub rows: Vec<Row>,
    /// The scores, and their change.
    pub total: ([String; 2], Gain),
    /// The grades, each with the computed one where another was decided on.
    pub grades: [String; 2],
    /// Whether two versions of the policy are compared.
    pub policies_differ: bool,
}

/// A year of the figures, as they gave it.
#[must_use]
pub fn computed(view: &YearView) -> GradedYear {
    GradedYear {
        year: view.year,
        policy: view.policy.clone(),
        cycle: None,
        at: view.graded_at,
        effective: None,
        grade: view.tier.clone(),
        assessment: view.detail.as_ref().map(|detail| detail.assessment.clone()),
    }
}

/// A customer's year as it counts: as it was decided or, where nobody has, as its figures gave it.
#[must_use]
pub fn of_year(year: i32, decided: &[GradedYear], years: &[YearView]) -> Option<GradedYear> {
    let decided = decided.iter().find(|one| one.year == year);
    decided.cloned().or_else(|| years.iter().find(|one| one.year == year).map(computed))
}

/// What a cycle published for a year, where it is another grade or score than the figures give now: a form
/// keeps its own figures, and what was judged or amended there is not entered for the customer.
#[must_use]
pub fn differing<'a>(year: i32, decided: &'a [GradedYear], computed: &Assessment) -> Option<&'a GradedYear> {
    let published = decided.iter().find(|one| one.year == year && one.effective.is_some())?;
    let scored = published.assessment.as_ref().is_some_and(|one| one.score != computed.score);
    (scored || published.grade != computed.tier).then_some(published)
}

/// The year of a form with what is computed of it: once it is decided, with its day and the grade decided on.
#[must_use]
pub fn of_form(view: &FormView, assessment: &Assessment) -> GradedYear {
    let state = &view.form.state;
    let says = |step| matches!(step, Step::Decide | Step::SetAside);
    let decision = view.trail.iter().rev().find(|row| says(row.entry.step));
    let decided = decision.filter(|_| state.stage().is_decided());
    GradedYear {
        year: view.cycle.year,
        policy: view.cycle.policy.clone(),
        cycle: decided.map(|_| view.cycle.id.clone()),
        at: decided.map_or(view.form.since, |row| row.entry.at),
        effective: shared::review::Published::of(&view.form).map(|one| one.effective),
        grade: decided.map_or_else(|| assessment.tier.clone(), |_| state.grade().cloned()),
        assessment: Some(assessment.clone()),
    }
}

fn head(lang: Lang, Dated { graded, policy }: &Dated) -> Head {
    let day = format::day(graded.at);
    Head {
        year: customer::year_label(lang, &graded.year),
        day: match (&graded.effective, &graded.cycle) {
            (Some(from), _) => texts::published(lang, from),
            (None, Some(_)) => texts::decided(lang, &day),
            (None, None) => texts::computed(lang, &day),
        },
        version: customer::policy_version(lang, &policy.summary.version),
    }
}

fn grade(lang: Lang, graded: &GradedYear, all: &Assessment) -> String {
    let said = |of: Option<&Label>, provisional| match of {
        None => tier::none(lang).to_owned(),
        Some(of) if provisional => tier::provisional(lang, of),
        Some(of) => tier::label(lang, of),
    };
    let computed = said(all.tier.as_ref(), all.provisional);
    if graded.cycle.is_some() && graded.grade != all.tier {
        return texts::against(lang, &said(graded.grade.as_ref(), false), &computed);
    }
    computed
}

/// The table of two years; `None` where an explanation is not to be seen.
#[must_use]
pub fn table(lang: Lang, before: &Dated, now: &Dated) -> Option<Table> {
    let (old, new) = (before.graded.assessment.as_ref()?, now.graded.assessment.as_ref()?);
    let found = compare(old, new);
    let rows = found.rows.into_iter().map(|row| {
        let cell = |side: &Side, of: &Dated| Cell {
            points: texts::of_full(lang, &format::points(side.points), &points_short(side.weight)),
            value: sentences::input(lang, sentences::measure_of(&of.policy.policy, &row.key), &side.input),
        };
        let named_by = if row.now.is_some() { now } else { before };
        Row {
            name: sentences::name_of(lang, &named_by.policy.policy, &row.key),
            gain: match (&row.before, &row.now, row.gained) {
                (_, _, Some(points)) => Gain::Points(points),
                (None, ..) => Gain::Said(texts::only_now(lang).to_owned()),
                (_, None, _) => Gain::Said(texts::only_before(lang).to_owned()),
                (Some(_), Some(_), None) => Gain::Said("—".to_owned()),
            },
            before: row.before.as_ref().map(|side| cell(side, before)),
            now: row.now.as_ref().map(|side| cell(side, now)),
        }
    });
    let score = |all: &Assessment| {
        let of = |()| texts::of_full(lang, &format::points(all.score), &points_short(all.full));
        all.evidence.enough.then_some(()).map_or_else(|| "—".to_owned(), of)
    };
    let (won, lost) = (format::points(found.won), format::points(found.lost));
    Some(Table {
        summary: texts::summary(lang, &before.graded.year, &won, &lost),
        heads: [head(lang, before), head(lang, now)],
        rows: rows.collect(),
        total: (
            [score(old), score(new)],
            found.change.map_or_else(|| Gain::Said("—".to_owned()), Gain::Points),
        ),
        grades: [grade(lang, &before.graded, old), grade(lang, &now.graded, new)],
        policies_differ: before.graded.policy != now.graded.policy,
    })
}

/// What became of the points, as a text: `+4.00`, `-7.00`, `0.00`.
#[must_use]
pub fn gain(gain: &Gain) -> String {
    match gain {
        Gain::Points(points) if points.get() > 0 => format!("+{}", format::points(*points)),
        Gain::Points(points) => format::points(*points),
        Gain::Said(said) => said.clone(),
    }
}

/// The table's rows as texts, the total and the grades last: the same on paper and in a workbook.
#[must_use]
pub fn lines(lang: Lang, table: &Table) -> Vec<[String; 4]> {
    let cell = |cell: &Option<Cell>| {
        cell.as_ref().map_or_else(|| "—".to_owned(), |cell| format!("{} · {}", cell.points, cell.value))
    };
    let indicators =
        table.rows.iter().map(|row| [row.name.clone(), cell(&row.before), cell(&row.now), gain(&row.gain)]);
    let ([old, new], change) = (&table.total.0, gain(&table.total.1));
    let [was, is] = table.grades.clone();
    let total = [texts::total(lang).to_owned(), old.clone(), new.clone(), change];
    let grades = [texts::tier(lang).to_owned(), was, is, String::new()];
    indicators.chain([total, grades]).collect()
}

/// The headings of those rows.
#[must_use]
pub fn headings(lang: Lang, table: &Table) -> [String; 4] {
    let [old, new] = &table.heads;
    let year = |head: &Head| format!("{} · {} · {}", head.year, head.day, head.version);
    [texts::indicator(lang).to_owned(), year(old), year(new), texts::change(lang).to_owned()]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;
    use shared::dto::policy::PublishedPolicy;
    use shared::grading::{Cohort, Input, Inputs, Policy, default_policy, grade as graded};
    use shared::id::Key;

    use super::*;

    fn year(year: i32, id: &str, policy: Policy, inputs: &Inputs) -> Dated {
        let assessment = graded(&policy, &Cohort::default(), inputs);
        let policy = json!({ "id": id, "version": year - 2023, "effective_from": format!("{year}-01-01"),
            "published_at": 0, "policy": policy });
        let policy: PublishedPolicy = serde_json::from_value(policy).unwrap();
        let value = json!({ "year": year, "policy": id, "cycle": format!("y{year}"), "at": 0,
            "effective": format!("{}-04-01", year + 1), "grade": "A", "assessment": assessment });
        Dated { graded: serde_json::from_value(value).unwrap(), policy: Arc::new(policy) }
    }

    fn inputs(price: i64) -> Inputs {
        let measured = |value| Input::Measured { value };
        let values = [("price_level", measured(price)), ("annual_sales", measured(500_000_000))];
        Inputs {
            segment: None,
            values: values.map(|(key, of)| (Key::parse(key).unwrap(), of)).into_iter().collect(),
        }
    }

    #[test]
    fn what_was_published_is_said_where_the_figures_give_something_else() {
        let policy = default_policy().unwrap();
        let decided = vec![year(2025, "p2", policy.clone(), &inputs(9_700)).graded];
        let same = GradedYear { grade: decided[0].assessment.clone().unwrap().tier, ..decided[0].clone() };
        let computed = decided[0].assessment.clone().unwrap();
        let other = graded(&policy, &Cohort::default(), &inputs(9_400));
        assert_eq!(differing(2025, &decided, &computed), decided.first(), "another grade");
        assert_eq!(differing(2025, std::slice::from_ref(&same), &computed), None);
        assert!(differing(2025, std::slice::from_ref(&same), &other).is_some(), "another score");
        assert_eq!(differing(2024, &decided, &other), None, "another year");
        let open = GradedYear { effective: None, ..same };
        assert_eq!(differing(2025, &[open], &other), None, "not published yet");
    }

    #[test]
    fn each_year_is_dated_and_says_its_policy() {
        let policy = default_policy().unwrap();
        let before = year(2024, "p1", policy.clone(), &inputs(9_400));
        let now = year(2025, "p2", policy, &inputs(9_700));
        let table = table(Lang::Zh, &before, &now).unwrap();
        let [old, new] = &table.heads;
        assert_eq!((old.day.as_str(), new.day.as_str()), ("2025-04-01 起", "2026-04-01 起"));
        assert_ne!(old.version, new.version);
        assert!(table.policies_differ);
        let price = lines(Lang::Zh, &table).into_iter().find(|line| line[0] == "销售价格").unwrap();
        assert_eq!(price, ["销售价格", "13.00 / 20 · 94 %", "17.00 / 20 · 97 %", "+4.00"]);
        // Decided against what was computed: both are said.
        assert_eq!(table.grades[1], "A 级（算得 未评级）");
    }

    #[test]
    fn an_indicator_of_one_policy_only_says_so() {
        let mut policy = default_policy().unwrap();
        let before = year(2024, "p1", policy.clone(), &inputs(9_400));
        policy.indicators.first_mut().unwrap().key = Key::parse("turnover").unwrap();
        let now = year(2025, "p2", policy, &inputs(9_400));
        let table = table(Lang::Zh, &before, &now).unwrap();
        let (first, last) = (table.rows.first().unwrap(), table.rows.last().unwrap());
        assert_eq!((gain(&first.gain).as_str(), first.before.as_ref()), ("今年新增", None));
        assert_eq!((gain(&last.gain).as_str(), last.now.as_ref()), ("今年已无", None));
    }
}
