//! The trail of an evaluation form as sentences: who did what in whose place, and what it changed (9.0).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::dto::figures::Figure;
use shared::dto::review::TrailRow;
use shared::grading::{Input, Policy};
use shared::id::{Key, Label, Name, UserId};
use shared::ledger::Lang;
use shared::review::{Credit, Entry, Hand, Plan, Step};

use super::review_said as said;
use super::spacing::tidy;
use crate::texts::review_form::trail as texts;

/// The names of the people of a form.
pub type People = BTreeMap<UserId, Name>;

fn name(lang: Lang, people: &People, user: &UserId) -> String {
    people.get(user).map_or_else(|| texts::someone(lang).to_owned(), ToString::to_string)
}

/// By whom a step was made, and in whose place.
#[must_use]
pub fn who(lang: Lang, people: &People, hand: &Hand) -> String {
    let own = name(lang, people, &hand.user);
    match &hand.on_behalf_of {
        Some(absent) => texts::acting(lang, &own, &name(lang, people, absent)),
        None => own,
    }
}

/// A step with what a sentence needs of it, as the trail and the audit trail keep it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Done {
    /// The step.
    pub step: Step,
    /// What the policy yielded.
    pub computed: Option<Label>,
    /// The grade that it named.
    pub grade: Option<Label>,
    /// Who asked for an amendment.
    pub raised_by: Option<Name>,
}

/// What was done, in one sentence.
#[must_use]
pub fn sentence(lang: Lang, entry: &Entry, people: &People, policy: &Policy) -> String {
    let Entry { step, computed, grade, raised_by, .. } = entry.clone();
    done(lang, &who(lang, people, &entry.hand), &Done { step, computed, grade, raised_by }, policy)
}

/// What somebody did, in one sentence.
#[must_use]
pub fn done(lang: Lang, who: &str, entry: &Done, policy: &Policy) -> String {
    let none = || texts::nothing(lang).to_owned();
    let grade = entry.grade.as_ref().map_or_else(none, ToString::to_string);
    let top = policy.tiers.first().map_or_else(none, |tier| tier.key.to_string());
    tidy(&match entry.step {
        Step::Fill => texts::fill(lang, &who),
        Step::Rate => texts::rate(lang, &who),
        Step::Submit => match &entry.computed {
            Some(computed) if entry.grade.as_ref() == Some(computed) => texts::submit(lang, &who, &grade),
            Some(computed) => texts::submit_against(lang, &who, &grade, computed),
            None => texts::submit_alone(lang, &who, &grade),
        },
        Step::Admit => texts::admit(lang, &who),
        Step::SetAside => texts::set_aside(lang, &who),
        Step::TakeUp => texts::take_up(lang, &who),
        Step::Amend => {
            let raised_by = entry.raised_by.as_ref();
            let raised_by = raised_by.map_or_else(|| texts::someone(lang).to_owned(), ToString::to_string);
            texts::amend(lang, &who, &raised_by, &grade)
        }
        Step::Decide => texts::decide(lang, &who, &grade),
        Step::Apply => texts::apply(lang, &who, &top),
        Step::Review => texts::review(lang, &who),
        Step::Approve => texts::approve(lang, &who, &top),
        Step::Refuse => texts::refuse(lang, &who, &top),
        Step::Return => texts::hand_back(lang, &who),
        Step::Withdraw => texts::withdraw(lang, &who),
        Step::Publish if entry.grade.is_none() => texts::publish_none(lang, &who),
        Step::Publish => texts::publish(lang, &who, &grade),
    })
}

/// The grade that a step put on the table, if it named one.
#[must_use]
pub const fn stamped(entry: &Entry) -> Option<&Label> {
    entry.grade.as_ref()
}

/// What a step changed, a line for each field. Before its first correction a value is that of the figures.
#[must_use]
pub fn changes(
    lang: Lang,
    policy: &Policy,
    figures: &BTreeMap<Key, Figure>,
    changes: &BTreeMap<String, Value>,
) -> Vec<String> {
    changes.iter().flat_map(|(path, change)| lines(lang, policy, figures, path, change)).collect()
}

/// The plan of the last application, returned or withdrawn since or not; `None` where the trail is from
/// before it kept plans.
#[must_use]
pub fn last_plan(trail: &[TrailRow]) -> Option<Plan> {
    trail.iter().rev().find_map(|row| side(row.changes.get("plan")?, "after"))
}

fn side<T: DeserializeOwned>(change: &Value, side: &str) -> Option<T> {
    change.get(side).and_then(|value| serde_json::from_value(value.clone()).ok())
}

fn lines(
    lang: Lang,
    policy: &Policy,
    figures: &BTreeMap<Key, Figure>,
    path: &str,
    change: &Value,
) -> Vec<String> {
    let nothing = || texts::nothing(lang).to_owned();
    if path == "credit" {
        return credit(lang, side(change, "before"), side(change, "after"));
    }
    if path == "plan" {
        let plan = side::<Plan>(change, "after").map(|plan| said::plan(lang, &plan));
        return plan.into_iter().flatten().map(|(name, text)| texts::plan(lang, &name, &text)).collect();
    }
    if path == "notes" {
        // A paragraph reads better by itself than beside the one it replaces.
        return vec![match side::<String>(change, "after") {
            Some(text) => texts::notes(lang, &text),
            None => texts::notes_gone(lang).to_owned(),
        }];
    }
    let word = |when: &str| match said::key_of(path) {
        Some(key) => {
            let input: Option<Input> =
                side(change, when).or_else(|| figures.get(&key).map(|figure| figure.input.clone()));
            input.map_or_else(nothing, |input| said::input(lang, policy, &key, &input))
        }
        None => side::<String>(change, when).map_or_else(nothing, |text| said::text(lang, path, &text)),
    };
    let (before, after) = (word("before"), word("after"));
    vec![texts::change(lang, &said::name(lang, policy, path), &before, &after)]
}

/// The parts of a credit that changed.
fn credit(lang: Lang, before: Option<Credit>, after: Option<Credit>) -> Vec<String> {
    let nothing = texts::nothing(lang).to_owned();
    let Some(after) = after else { return Vec::new() };
    let before = before.map(|before| said::credit(lang, &before));
    let parts = said::credit(lang, &after).into_iter().enumerate();
    let lines = parts.filter_map(|(at, (name, now))| {
        let then = before.as_ref().and_then(|before| before.get(at)).map(|(_, text)| text);
        let then = then.unwrap_or(&nothing);
        (*then != now).then(|| texts::change(lang, &name, then, &now))
    });
    lines.collect()
}

#[cfg(test)]
mod tests;
