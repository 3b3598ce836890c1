//! The minutes (会议纪要, 5.1.2): written by the system out of what was recorded, under A to E. They stand
//! by themselves: names are those of the moment, so that nothing later changes what confirmed ones say.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Item, ItemKind, Record};
use crate::calendar::{Date, Millis};
use crate::id::{CustomerCode, CustomerId, CycleId, Label, Name, PolicyId, Reason, UnitId, UserId};
use crate::permission::Scope;
use crate::review::{Cycle, CycleKind, Plan, Stage, State};

/// A customer as the minutes name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Whose {
    /// The customer.
    pub id: CustomerId,
    /// The company's number for it.
    pub code: CustomerCode,
    /// Its name.
    pub name: Name,
    /// Its unit.
    pub unit: UnitId,
    /// The unit's name.
    pub unit_name: Name,
    /// Its rep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<UserId>,
}

/// What is said of one customer's grade. Which parts are there follows from the list that it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Case {
    /// Whose.
    pub customer: Whose,
    /// Where the form stood.
    pub stage: Stage,
    /// The grade before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Label>,
    /// What the policy yields; absent with too little evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Label>,
    /// The preliminary grade (初评).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Label>,
    /// The grade decided on or, of an amendment, put on the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Label>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Who asked for an amendment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised_by: Option<Name>,
    /// When an amendment was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Millis>,
    /// Since when the company works with a new customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// What the company undertakes for an A customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
}

impl Case {
    /// A customer's case as its form stands.
    #[must_use]
    pub fn of(customer: Whose, state: &State, computed: Option<Label>, last: Option<Label>) -> Self {
        let decision = state.decision();
        let decided = decision.and_then(|decision| decision.decided.reason.as_ref());
        Self {
            customer,
            stage: state.stage(),
            last,
            computed,
            proposed: state.review().map(|review| review.submission.proposal.grade.clone()),
            grade: state.grade().cloned(),
            reason: decided.or(state.closed_because()).cloned(),
            raised_by: None,
            at: None,
            since: None,
            plan: state.plan().cloned(),
        }
    }
}

/// An item with its customer's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tabled {
    /// The item; one that is not decided says so.
    pub item: Item,
    /// Its customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Whose>,
}

/// How many customers have a grade, this time and before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Count {
    /// The grade; absent for those without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Label>,
    /// Decided now.
    pub forms: u64,
    /// Before.
    pub last: u64,
}

/// The totals of a unit, or of the company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Section {
    /// The unit; absent for the company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The unit's name; absent for the company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// By grade, best first, those without one last.
    pub counts: Vec<Count>,
    /// How many are not decided yet.
    pub undecided: u64,
}

/// The minutes of a meeting, with all sittings up to the one they are of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Minutes {
    /// The cycle.
    pub cycle: CycleId,
    /// Whom the cycle is over.
    #[serde(default)]
    pub kind: CycleKind,
    /// The year whose figures are graded.
    pub year: i32,
    /// The version of the policy.
    pub policy: PolicyId,
    /// The sittings, first to last: when, where, who.
    pub sittings: Vec<Record>,
    /// The company's totals, then each unit's, by name.
    pub sections: Vec<Section>,
    /// A: the A list, with its plans.
    pub a_list: Vec<Case>,
    /// What was amended at the meeting, in the order in which it was.
    pub amended: Vec<Case>,
    /// Decisions that are not the computed grade, or not the one proposed.
    pub overruled: Vec<Case>,
    /// Customers closed without a grade this year.
    pub set_aside: Vec<Case>,
    /// B: special policies.
    pub special_policies: Vec<Tabled>,
    /// C: settlement.
    pub settlements: Vec<Tabled>,
    /// D: new customers with a provisional grade; in a supplementary cycle all of its customers, who are new.
    pub provisional: Vec<Case>,
    /// E: other matters.
    pub others: Vec<Tabled>,
    /// How many rows were too many to be listed; the lists of forms and items have them all.
    pub left_out: u64,
}

/// How many forms stand where, by unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// Unit, stage, grade on the table, how many.
    pub now: Vec<(UnitId, Stage, Option<Label>, u64)>,
    /// Unit, grade before, how many.
    pub before: Vec<(UnitId, Option<Label>, u64)>,
}

/// What minutes are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source<'a> {
    /// The cycle.
    pub cycle: &'a Cycle,
    /// The grades of its policy, best first.
    pub tiers: &'a [Label],
    /// The records of the sittings, first to last.
    pub records: Vec<Record>,
    /// The names of the units.
    pub units: Vec<(UnitId, Name)>,
    /// How many forms stand where.
    pub sums: Sums,
    /// Forms decided on the top grade.
    pub a_list: Vec<Case>,
    /// Amendments.
    pub amended: Vec<Case>,
    /// Forms decided otherwise than computed or than proposed.
    pub overruled: Vec<Case>,
    /// Forms without a grade, whatever the reason.
    pub without: Vec<Case>,
    /// Forms whose computed grade is provisional; of a supplementary cycle, all.
    pub provisional: Vec<Case>,
    /// The items of the meeting.
    pub items: Vec<Tabled>,
    /// How many rows were too many.
    pub left_out: u64,
}

/// Writes the minutes. What was taken back is not in them; what is not decided is, and says so.
#[must_use]
pub fn minutes(source: Source<'_>) -> Minutes {
    let sections = sections(source.tiers, source.units, &source.sums);
    let (mut special_policies, mut settlements, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for tabled in source.items.into_iter().filter(|one| one.item.withdrawn.is_none()) {
        match tabled.item.kind {
            ItemKind::SpecialPolicy => special_policies.push(tabled),
            ItemKind::Settlement => settlements.push(tabled),
            ItemKind::Other => others.push(tabled),
        }
    }
    let closed = |case: &Case| case.stage == Stage::SetAside || case.stage == Stage::Effective;
    Minutes {
        cycle: source.cycle.id.clone(),
        kind: source.cycle.kind,
        year: source.cycle.year,
        policy: source.cycle.policy.clone(),
        sittings: source.records,
        sections,
        a_list: by_unit(source.a_list),
        amended: source.amended,
        overruled: by_unit(source.overruled),
        set_aside: by_unit(source.without.into_iter().filter(closed).collect()),
        special_policies,
        settlements,
        provisional: by_unit(source.provisional),
        others,
        left_out: source.left_out,
    }
}

/// Cases in the order of the units' names, within a unit by the customer's number.
fn by_unit(mut cases: Vec<Case>) -> Vec<Case> {
    cases.sort_unstable_by(|one, other| {
        let place = |case: &Case| (case.customer.unit_name.clone(), case.customer.code.clone());
        place(one).cmp(&place(other))
    });
    cases
}

/// The totals while they are added up: by grade now and before, and how many are open.
#[derive(Default)]
struct Adding {
    now: BTreeMap<Option<Label>, u64>,
    before: BTreeMap<Option<Label>, u64>,
    undecided: u64,
}

impl Adding {
    fn section(self, tiers: &[Label], unit: Option<UnitId>, name: Option<Name>) -> Section {
        let of = |counts: &BTreeMap<Option<Label>, u64>, grade: &Option<Label>| {
            counts.get(grade).copied().unwrap_or_default()
        };
        // Grades before may be of a policy that had others: they come after this policy's.
        let known: Vec<Option<Label>> = tiers.iter().cloned().map(Some).collect();
        let others = self.now.keys().chain(self.before.keys()).filter(|one| one.is_some());
        let mut grades = known;
        for grade in others {
            if !grades.contains(grade) {
                grades.push(grade.clone());
            }
        }
        grades.push(None);
        let count = |grade: Option<Label>| {
            let (forms, last) = (of(&self.now, &grade), of(&self.before, &grade));
            Count { grade, forms, last }
        };
        Section { unit, name, counts: grades.into_iter().map(count).collect(), undecided: self.undecided }
    }
}

fn sections(tiers: &[Label], units: Vec<(UnitId, Name)>, sums: &Sums) -> Vec<Section> {
    let mut company = Adding::default();
    let mut by_unit: BTreeMap<&UnitId, Adding> = BTreeMap::new();
    for (unit, stage, grade, forms) in &sums.now {
        for adding in [&mut company, by_unit.entry(unit).or_default()] {
            if stage.is_decided() {
                let count = adding.now.entry(grade.clone()).or_default();
                *count = count.saturating_add(*forms);
            } else {
                adding.undecided = adding.undecided.saturating_add(*forms);
            }
        }
    }
    for (unit, grade, forms) in &sums.before {
        for adding in [&mut company, by_unit.entry(unit).or_default()] {
            let count = adding.before.entry(grade.clone()).or_default();
            *count = count.saturating_add(*forms);
        }
    }
    let mut sections = vec![company.section(tiers, None, None)];
    let mut units = units;
    units.sort_by(|(_, one), (_, other)| one.cmp(other));
    for (unit, name) in units {
        if let Some(adding) = by_unit.remove(&unit) {
            sections.push(adding.section(tiers, Some(unit), Some(name)));
        }
    }
    sections
}

impl Minutes {
    /// As somebody may see them: whole sections and rows of customers within a scope; special policies
    /// and settlement only for whoever sees figures. Matters that are about no unit are everybody's.
    #[must_use]
    pub fn narrowed(mut self, scope: &Scope, sees_figures: bool) -> Self {
        let whole = |unit: Option<&UnitId>| match scope {
            Scope::All => true,
            Scope::Unit(own) => unit.is_none_or(|unit| unit == own),
            Scope::Rep(_) => false,
        };
        let sees = |customer: &Whose| match scope {
            Scope::All => true,
            Scope::Unit(own) => customer.unit == *own,
            Scope::Rep(own) => customer.rep.as_ref() == Some(own),
        };
        let sees_item = |tabled: &Tabled| match (&tabled.customer, &tabled.item.unit) {
            (Some(customer), _) => sees(customer),
            (None, Some(unit)) => whole(Some(unit)),
            (None, None) => true,
        };
        self.sections.retain(|section| whole(section.unit.as_ref()));
        for cases in [
            &mut self.a_list,
            &mut self.amended,
            &mut self.overruled,
            &mut self.set_aside,
            &mut self.provisional,
        ] {
            cases.retain(|case| sees(&case.customer));
        }
        for items in [&mut self.special_policies, &mut self.settlements, &mut self.others] {
            items.retain(sees_item);
        }
        if !sees_figures {
            self.special_policies.clear();
            self.settlements.clear();
        }
        self
    }
}
