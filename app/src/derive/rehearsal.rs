//! What a rehearsal shows: who moves and why, how each unit shifts, and a file of it.

use std::collections::BTreeMap;

use shared::dto::rehearsal::Rehearsed;
use shared::grading::{Cause, Method, Mover, Policy, Shift, Way, YearRehearsal};
use shared::id::{CustomerId, Label, UnitId};
use shared::ledger::{Lang, Table, TableCell};
use shared::number::Points;

use super::format;
use super::measure::points_short;
use super::sentences::{local, name_of};
use super::spacing::tidy;
use crate::texts::{self, rehearsal as words};

/// Which movers are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those of a unit; `Some(None)` for those without one.
    pub unit: Option<Option<UnitId>>,
    /// Only those who move this way.
    pub way: Option<Way>,
}

impl Filter {
    /// Whether a mover is shown.
    #[must_use]
    pub fn takes(&self, mover: &Mover) -> bool {
        self.unit.as_ref().is_none_or(|unit| *unit == mover.unit)
            && self.way.is_none_or(|way| way == mover.way)
    }
}

/// How many move each way, in the order of [`WAYS`].
#[must_use]
pub fn counts(movers: &[Mover]) -> [(Way, usize); 5] {
    WAYS.map(|way| (way, movers.iter().filter(|mover| mover.way == way).count()))
}

/// The ways a customer can move, downwards first: they are what one looks at.
pub const WAYS: [Way; 5] = [Way::Down, Way::Up, Way::Ungraded, Way::Graded, Way::Elsewhere];

/// A way in a word.
#[must_use]
pub const fn way(lang: Lang, way: Way) -> &'static str {
    match way {
        Way::Up => words::up(lang),
        Way::Down => words::down(lang),
        Way::Graded => words::graded(lang),
        Way::Ungraded => words::ungraded(lang),
        Way::Elsewhere => words::elsewhere(lang),
    }
}

/// A tier by name, or that there is none.
#[must_use]
pub fn tier(lang: Lang, tier: Option<&Label>) -> String {
    tier.map_or_else(|| texts::tier::none(lang).to_owned(), |tier| texts::tier::label(lang, tier))
}

/// Why a customer moves, in one sentence. Names are those of the draft, or of the policy in force for
/// what the draft no longer has.
#[must_use]
pub fn cause(lang: Lang, draft: &Policy, current: &Policy, cause: &Cause) -> String {
    tidy(&match cause {
        Cause::Indicator { indicator, points } => {
            let known = draft.indicators.iter().any(|one| one.key == *indicator);
            let name = name_of(lang, if known { draft } else { current }, indicator);
            let amount = points_short(Points::clamped(i128::from(points.get()).abs()));
            if points.get() < 0 {
                words::fewer(lang, &name, &amount)
            } else {
                words::more(lang, &name, &amount)
            }
        }
        Cause::Gate { gate, holds } => {
            let found = draft.gates.iter().chain(&current.gates).find(|one| one.key == *gate);
            let name = found.map(|one| local(lang, &one.name)).filter(|name| !name.is_empty());
            let name = name.unwrap_or(gate.as_str());
            if *holds { words::gate_holds(lang, &name) } else { words::gate_gone(lang, &name) }
        }
        Cause::Rule { rule: Some(rule) } => {
            let rules = match &draft.method {
                Method::Rules(method) => method.rules.as_slice(),
                Method::Threshold(_) | Method::Quota(_) => &[],
            };
            let name = rules.iter().find(|one| one.key == *rule).map(|one| local(lang, &one.name));
            words::rule(lang, &name.filter(|name| !name.is_empty()).unwrap_or(rule.as_str()))
        }
        Cause::Rule { rule: None } => words::last_resort(lang).to_owned(),
        Cause::Tiers => words::tiers(lang).to_owned(),
        Cause::Evidence => words::evidence(lang).to_owned(),
    })
}

/// How the customers of a unit are spread over the tiers, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitShift {
    /// The unit; `None` for customers without one.
    pub unit: Option<UnitId>,
    /// Customers of each tier of the policy in force, best first, those without a grade last.
    pub before: Vec<u64>,
    /// The same under the draft.
    pub after: Vec<u64>,
    /// How many move.
    pub moved: u64,
}

/// The shifts of each unit, in the order of the ids, and of all together at the end.
#[must_use]
pub fn by_unit(draft: &Policy, current: &Policy, shifts: &[Shift]) -> (Vec<UnitShift>, UnitShift) {
    let place = |policy: &Policy, tier: Option<&Label>| {
        let last = policy.tiers.len();
        tier.and_then(|tier| policy.tiers.iter().position(|one| one.key == *tier)).unwrap_or(last)
    };
    let empty = |unit: Option<UnitId>| UnitShift {
        unit,
        before: vec![0; current.tiers.len().saturating_add(1)],
        after: vec![0; draft.tiers.len().saturating_add(1)],
        moved: 0,
    };
    let mut units: BTreeMap<Option<&UnitId>, UnitShift> = BTreeMap::new();
    let mut all = empty(None);
    for shift in shifts {
        let own = units.entry(shift.unit.as_ref()).or_insert_with(|| empty(shift.unit.clone()));
        for one in [own, &mut all] {
            let (from, to) = (place(current, shift.from.as_ref()), place(draft, shift.to.as_ref()));
            if let Some(count) = one.before.get_mut(from) {
                *count = count.saturating_add(shift.customers);
            }
            if let Some(count) = one.after.get_mut(to) {
                *count = count.saturating_add(shift.customers);
            }
            if shift.from != shift.to {
                one.moved = one.moved.saturating_add(shift.customers);
            }
        }
    }
    (units.into_values().collect(), all)
}

/// The width of a bar in its own units.
pub const BAR: u64 = 1_000;

/// The parts of a stacked bar: where each begins and how long it is. They fill the bar exactly, because
/// each ends where the sum so far ends.
#[must_use]
pub fn stacked(counts: &[u64]) -> Vec<(u64, u64)> {
    let whole: u64 = counts.iter().fold(0, |sum, count| sum.saturating_add(*count));
    let at = |sum: u64| (u128::from(sum) * u128::from(BAR)).checked_div(whole.into()).unwrap_or(0);
    let mut sum = 0_u64;
    counts
        .iter()
        .map(|count| {
            let from = at(sum);
            sum = sum.saturating_add(*count);
            let (from, to) = (u64::try_from(from).unwrap_or(BAR), u64::try_from(at(sum)).unwrap_or(BAR));
            (from, to.saturating_sub(from))
        })
        .collect()
}

/// The movers as a table.
#[must_use]
pub fn table<'a>(
    lang: Lang,
    (draft, current): (&Policy, &Policy),
    movers: impl Iterator<Item = &'a Mover>,
    book: &BTreeMap<CustomerId, Rehearsed>,
    unit: impl Fn(Option<&UnitId>) -> String,
) -> Table {
    let headings = [
        words::code(lang),
        words::name(lang),
        words::unit(lang),
        words::from(lang),
        words::to(lang),
        words::direction(lang),
        words::score_from(lang),
        words::score_to(lang),
        words::why(lang),
    ];
    let row = |mover: &Mover| {
        let known = book.get(&mover.customer);
        let text = |of: fn(&Rehearsed) -> String| TableCell::of(known, |one| TableCell::text(of(one)));
        let label = |tier: &Option<Label>| TableCell::of(tier.as_ref(), TableCell::text);
        vec![
            text(|one| one.code.to_string()),
            text(|one| one.name.to_string()),
            TableCell::text(unit(mover.unit.as_ref())),
            label(&mover.from),
            label(&mover.to),
            TableCell::text(way(lang, mover.way)),
            TableCell::hundredths(mover.score_from),
            TableCell::hundredths(mover.score_to),
            TableCell::text(cause(lang, draft, current, &mover.cause)),
        ]
    };
    Table { headings: headings.map(str::to_owned).to_vec(), rows: movers.map(row).collect() }
}

/// What a rehearsal came to, for those who decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The year.
    pub year: i32,
    /// Customers of it.
    pub customers: u64,
    /// How many move each way.
    pub counts: [(Way, usize); 5],
}

impl Verdict {
    /// What a year's rehearsal came to.
    #[must_use]
    pub fn of(year: &YearRehearsal) -> Self {
        Self { year: year.year, customers: year.customers, counts: counts(&year.movers) }
    }

    /// It in one sentence.
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        let moved: usize = self.counts.iter().map(|(_, count)| count).sum();
        let parts: Vec<String> = self
            .counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(one, many)| words::part(lang, &way(lang, *one), &format::count(*many)))
            .collect();
        let customers = format::count(self.customers);
        if parts.is_empty() {
            words::nobody(lang, &self.year, &customers)
        } else {
            let list = parts.join(super::policy_words::separator(lang));
            words::verdict(lang, &self.year, &customers, &format::count(moved), &list)
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::grading::{Customer, Input, Inputs, default_policy, simulate};
    use shared::id::{CustomerCode, Key, Name};

    use super::*;

    fn id(text: &str) -> CustomerId {
        CustomerId::parse(text).unwrap()
    }

    fn rehearsed(number: usize, sales: i64, unit: &str) -> Rehearsed {
        let mut inputs = Inputs::default();
        for (key, value) in [("annual_sales", sales), ("price_level", 10_000), ("collection", 9_500)] {
            inputs.values.insert(Key::parse(key).unwrap(), Input::Measured { value });
        }
        let id = id(&format!("c-{number}"));
        Rehearsed {
            code: CustomerCode::parse(&format!("KH-{number}")).unwrap(),
            name: Name::parse(&format!("=客户, {number}")).unwrap(),
            customer: Customer { id, unit: UnitId::parse(unit).ok(), years: [(2025, inputs)].into() },
        }
    }

    fn rehearsal() -> (Policy, Policy, Vec<Rehearsed>, YearRehearsal) {
        let current = default_policy().unwrap();
        let mut draft = current.clone();
        draft.evidence_floor = shared::number::BasisPoints::ZERO;
        draft.indicators[0] =
            super::super::policy_edit::reweighted(&draft.indicators[0], Points::clamped(500));
        let book: Vec<Rehearsed> = (0..4)
            .map(|at| {
                rehearsed(
                    at,
                    1_500_000_000 / (1 + 3 * i64::try_from(at).unwrap()),
                    if at < 3 { "u-1" } else { "" },
                )
            })
            .collect();
        let customers: Vec<Customer> = book.iter().map(|one| one.customer.clone()).collect();
        let year = simulate(&draft, &current, &customers).years.remove(0);
        (draft, current, book, year)
    }

    #[test]
    fn units_add_up_to_all() {
        let (draft, current, _, year) = rehearsal();
        let (units, all) = by_unit(&draft, &current, &year.shifts);
        assert_eq!(units.len(), 2);
        assert_eq!(all.before.iter().sum::<u64>(), 4);
        assert_eq!(all.after.iter().sum::<u64>(), 4);
        assert_eq!(units.iter().map(|one| one.moved).sum::<u64>(), u64::try_from(year.movers.len()).unwrap());
        for at in 0..all.after.len() {
            assert_eq!(units.iter().map(|one| one.after[at]).sum::<u64>(), all.after[at]);
        }
    }

    #[test]
    fn stacked_parts_fill_the_bar() {
        for counts in [vec![1, 1, 1], vec![7, 0, 12_345], vec![0, 5], vec![u64::MAX, 3]] {
            let parts = stacked(&counts);
            assert_eq!(parts.iter().map(|part| part.1).sum::<u64>(), BAR, "{counts:?}");
            assert!(parts.windows(2).all(|two| two[0].0 + two[0].1 == two[1].0));
        }
        assert_eq!(stacked(&[0, 0]), [(0, 0), (0, 0)]);
    }

    #[test]
    fn movers_are_filtered_counted_and_explained() {
        let (draft, current, _, year) = rehearsal();
        assert!(!year.movers.is_empty());
        let all: usize = counts(&year.movers).iter().map(|(_, count)| count).sum();
        assert_eq!(all, year.movers.len());
        let without = Filter { unit: Some(None), way: None };
        assert!(year.movers.iter().filter(|mover| without.takes(mover)).all(|mover| mover.unit.is_none()));
        for mover in &year.movers {
            assert!(!cause(Lang::Zh, &draft, &current, &mover.cause).is_empty());
        }
        let sales = Key::parse("annual_sales").unwrap();
        let fewer = Cause::Indicator { indicator: sales, points: Points::clamped(-250) };
        assert_eq!(cause(Lang::Zh, &draft, &current, &fewer), "销售总额少得 2.5 分");
        assert!(Verdict::of(&year).said(Lang::Zh).starts_with("2025 年度 4 家客户中"));
    }

    #[test]
    fn the_file_has_a_row_for_each_mover() {
        let (draft, current, book, year) = rehearsal();
        let book: BTreeMap<CustomerId, Rehearsed> =
            book.into_iter().map(|one| (one.customer.id.clone(), one)).collect();
        let table = table(Lang::Zh, (&draft, &current), year.movers.iter(), &book, |_| "@科".to_owned());
        assert_eq!(table.rows.len(), year.movers.len());
        for (row, mover) in table.rows.iter().zip(&year.movers) {
            assert_eq!(row.len(), table.headings.len());
            assert_eq!(row[1], TableCell::text(&book[&mover.customer].name));
            assert_eq!((&row[2], &row[7]), (&TableCell::text("@科"), &TableCell::hundredths(mover.score_to)));
        }
    }
}
