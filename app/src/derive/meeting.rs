//! The review meeting as its page shows it (5.1.2): in which order the cases come, why they disagree, which
//! key decides what, and the totals under A to E.

use shared::dto::review::{CycleOverview, FormRow, FormView, ItemRow};
use shared::grading::Policy;
use shared::id::{CustomerId, ItemId, Label};
use shared::ledger::Lang;
use shared::review::Stage;
use shared::review::meeting::{ItemKind, ItemStage};

use super::review::tally;
use super::spacing::tidy;
use crate::texts::meeting as texts;

/// The parts of the agenda that are grades, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Before the meeting, and policy, people and last year do not agree.
    Disagreeing,
    /// Before the meeting, and they do.
    Agreeing,
    /// Not before the meeting yet; in the order in which they come, where they do not agree first.
    Waiting,
    /// Decided.
    Decided,
}

impl Group {
    /// In their order.
    pub const ALL: [Self; 4] = [Self::Disagreeing, Self::Agreeing, Self::Waiting, Self::Decided];

    /// Of a form; one whose A was refused waits for another decision.
    #[must_use]
    pub const fn of(row: &FormRow) -> Self {
        match row.stage {
            Stage::InReview if row.disagrees => Self::Disagreeing,
            Stage::Refused => Self::Disagreeing,
            Stage::InReview => Self::Agreeing,
            Stage::Draft | Stage::Submitted => Self::Waiting,
            Stage::Confirmed
            | Stage::AListed
            | Stage::AApplied
            | Stage::DirectorReviewed
            | Stage::Approved
            | Stage::SetAside
            | Stage::Effective => Self::Decided,
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Disagreeing => texts::group::disagreeing(lang),
            Self::Agreeing => texts::group::agreeing(lang),
            Self::Waiting => texts::group::waiting(lang),
            Self::Decided => texts::group::decided(lang),
        }
    }
}

/// The forms of a meeting, part by part, in which they are asked for; each is a list of its own, so that no
/// page of it costs more than a page.
pub const QUERIES: [(Stage, bool); 7] = [
    (Stage::InReview, true),
    (Stage::Refused, false),
    (Stage::InReview, false),
    (Stage::Submitted, true),
    (Stage::Submitted, false),
    (Stage::AListed, false),
    (Stage::Confirmed, false),
];

/// Something on the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// A customer's form.
    Form(CustomerId),
    /// An item.
    Item(ItemId),
}

/// Everything on the agenda in its order: the grades, what is decided last, then B, C and E.
#[must_use]
pub fn order(rows: &[FormRow], items: &[ItemRow]) -> Vec<Place> {
    let forms =
        Group::ALL.into_iter().flat_map(|group| rows.iter().filter(move |row| Group::of(row) == group));
    let of_kind = |kind| items.iter().filter(move |row| row.item.kind == kind);
    let items = ItemKind::ALL.into_iter().flat_map(of_kind);
    forms
        .map(|row| Place::Form(row.customer.clone()))
        .chain(items.map(|row| Place::Item(row.item.id.clone())))
        .collect()
}

/// Adds rows that are not there yet; those that are stay as they are.
pub fn add(rows: &mut Vec<FormRow>, more: Vec<FormRow>) {
    for row in more {
        if !rows.iter().any(|one| one.customer == row.customer) {
            rows.push(row);
        }
    }
}

/// The place after another one, or before it; the first without one, and none past the ends.
#[must_use]
pub fn beside(order: &[Place], at: Option<&Place>, back: bool) -> Option<Place> {
    let Some(now) = at.and_then(|at| order.iter().position(|one| one == at)) else {
        return order.first().cloned();
    };
    let to = if back { now.checked_sub(1) } else { now.checked_add(1) };
    to.and_then(|to| order.get(to)).cloned()
}

/// What comes up after a case was dealt with: the next one that is to be decided, in the order of before,
/// or else the first one that is.
#[must_use]
pub fn next_open(order: &[Place], dealt_with: &Place, open: impl Fn(&Place) -> bool) -> Option<Place> {
    let at = order.iter().position(|one| one == dealt_with);
    let later = order.iter().skip(at.map_or(0, |at| at + 1));
    later.chain(order).find(|place| *place != dealt_with && open(place)).cloned()
}

/// A row of the list as the form is now.
#[must_use]
pub fn updated(row: &FormRow, view: &FormView) -> FormRow {
    let (computed, grade) = (view.assessment.tier.clone(), view.form.state.grade().cloned());
    let proposed_otherwise = grade.is_some() && grade != computed;
    let moved = view.last.as_ref().is_some_and(|last| grade.as_ref().or(computed.as_ref()) != Some(last));
    FormRow {
        stage: view.form.state.stage(),
        round: view.form.round,
        since: view.form.since,
        provisional: view.assessment.provisional,
        score: row.score.map(|_| view.assessment.score),
        last: view.last.clone(),
        disagrees: proposed_otherwise || moved,
        rated: view.credit.is_some(),
        version: view.version,
        computed,
        grade,
        ..row.clone()
    }
}

/// Why a case disagrees, in words; nothing when it does not.
#[must_use]
pub fn why(lang: Lang, policy: &Policy, of: Grades<'_>) -> Vec<String> {
    let mut said = Vec::new();
    match (of.computed, of.table) {
        (None, _) => said.push(texts::why::no_grade(lang).to_owned()),
        (Some(computed), Some(grade)) if computed != grade => {
            said.push(texts::why::proposed(lang, computed, grade));
        }
        (Some(_), _) => {}
    }
    let place = |grade: &Label| policy.tiers.iter().position(|tier| tier.key == *grade);
    if let (Some(last), Some(now)) = (of.last, of.table.or(of.computed))
        && last != now
    {
        said.push(match place(now).zip(place(last)) {
            Some((now, then)) if now < then => texts::why::up(lang, last),
            Some(_) => texts::why::down(lang, last),
            // Of a policy that had other grades.
            None => texts::why::other(lang, last),
        });
    }
    said.iter().map(|one| tidy(one)).collect()
}

/// The three grades of a case.
#[derive(Debug, Clone, Copy)]
pub struct Grades<'a> {
    /// What the policy yields.
    pub computed: Option<&'a Label>,
    /// What is on the table.
    pub table: Option<&'a Label>,
    /// The grade before.
    pub last: Option<&'a Label>,
}

/// Keys with a meaning of their own: next, previous, undo, amend.
pub const OWN_KEYS: [char; 4] = ['j', 'k', 'u', 'm'];

/// The key of each grade, best first: its own letter where it has one and no other key has it, or its place.
#[must_use]
pub fn tier_keys(tiers: &[Label]) -> Vec<(char, Label)> {
    let mut taken: Vec<char> = OWN_KEYS.to_vec();
    let places = ('1'..='9').chain(std::iter::repeat(' '));
    tiers
        .iter()
        .zip(places)
        .map(|(tier, place)| {
            let mut letters = tier.as_str().chars();
            let letter = match (letters.next(), letters.next()) {
                (Some(letter), None) if letter.is_ascii_alphanumeric() => Some(letter.to_ascii_lowercase()),
                _ => None,
            };
            let key = letter.filter(|letter| !taken.contains(letter)).unwrap_or(place);
            taken.push(key);
            (key, tier.clone())
        })
        .collect()
}

/// The grade that a key stands for.
#[must_use]
pub fn tier_of<'a>(keys: &'a [(char, Label)], pressed: &str) -> Option<&'a Label> {
    let mut letters = pressed.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
    keys.iter().find(|(key, _)| *key == letter.to_ascii_lowercase() && *key != ' ').map(|(_, tier)| tier)
}

/// How many of what are on the table: done and in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// A: customers on the A list.
    pub listed: u64,
    /// Forms that the meeting has to decide.
    pub undecided: u64,
    /// B, C and E, each decided and in all.
    pub items: [(usize, usize); 3],
}

/// The totals as they stand.
#[must_use]
pub fn totals(overview: &CycleOverview, items: &[ItemRow]) -> Totals {
    let standing = overview.company.as_ref();
    let tally = standing.map(tally).unwrap_or_default();
    let at = |stage: Stage| {
        let found = standing.and_then(|of| of.stages.iter().find(|one| one.stage == stage));
        found.map_or(0, |one| one.forms)
    };
    let stages = [Stage::AListed, Stage::AApplied, Stage::DirectorReviewed, Stage::Approved];
    let of_kind = |kind: ItemKind| {
        let all = items.iter().filter(|row| row.item.kind == kind && row.stage != ItemStage::Withdrawn);
        (all.clone().filter(|row| row.stage == ItemStage::Decided).count(), all.count())
    };
    Totals {
        listed: stages.map(at).into_iter().fold(0, u64::saturating_add),
        undecided: tally.undecided().saturating_add(tally.refused),
        items: ItemKind::ALL.map(of_kind),
    }
}

#[cfg(test)]
mod tests;
