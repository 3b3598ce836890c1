//! The yearly review as a whole: where it stands, how long is left, what is to be shown of many forms.

use shared::calendar::Date;
use shared::dto::review::{Duty, FormQuery, Standing};
use shared::grading::Tier;
use shared::id::{CycleId, Label, StandInId, UnitId};
use shared::problem::Code;
use shared::review::{Cycle, Move, Phase, Stage, Tally};

use crate::client::ApiError;

/// The great steps of a cycle, as people speak of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Forms come in.
    Gather,
    /// The meeting goes through them.
    Meet,
    /// The A list is approved.
    Approve,
    /// The grades are published.
    Publish,
}

impl Act {
    /// In their order.
    pub const ALL: [Self; 4] = [Self::Gather, Self::Meet, Self::Approve, Self::Publish];
}

/// Which act is on; `None` once everything is published.
#[must_use]
pub const fn act(phase: &Phase) -> Option<Act> {
    match phase {
        Phase::Opening { .. } | Phase::Gathering => Some(Act::Gather),
        Phase::Meeting { .. } => Some(Act::Meet),
        Phase::Concluded { .. } => Some(Act::Approve),
        Phase::Publishing { .. } => Some(Act::Publish),
        Phase::Published { .. } => None,
    }
}

/// How the window stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// So many days until it opens, at least one.
    Opens(i64),
    /// So many days until its last one; none on that day.
    Closes(i64),
    /// Its last day has passed.
    Closed,
}

/// How the window of a cycle stands.
#[must_use]
pub fn window(cycle: &Cycle, today: Date) -> Window {
    if cycle.has_closed_by(today) {
        Window::Closed
    } else if today < cycle.opens {
        Window::Opens(today.days_until(cycle.opens))
    } else {
        Window::Closes(today.days_until(cycle.closes))
    }
}

/// The window that a new cycle is given: 25 to 30 March (5.1), this year's or, once that has passed, from
/// today for as long.
#[must_use]
pub fn usual_window(today: Date) -> (Date, Date) {
    let march = |day| Date::new(today.year(), 3, day).ok();
    match march(25).zip(march(30)) {
        Some((opens, closes)) if today <= closes => (opens, closes),
        _ => (today, today.plus_days(5)),
    }
}

/// How many forms of a standing stand where.
#[must_use]
pub fn tally(standing: &Standing) -> Tally {
    standing.stages.iter().fold(Tally::default(), |tally, one| tally.with(one.stage, one.forms))
}

/// How many forms have left the draft, of how many.
#[must_use]
pub fn handed_in(tally: &Tally) -> (u64, u64) {
    let later =
        [tally.submitted, tally.in_review, tally.in_approval, tally.refused, tally.ready, tally.effective];
    let done = later.into_iter().fold(0, u64::saturating_add);
    (done, done.saturating_add(tally.drafts))
}

/// How many forms have which grade, in the order of the policy, those without one last: the grade on the
/// table, or the computed one while nobody has proposed any. Grades that no form has are there with 0.
#[must_use]
pub fn shares(standing: &Standing, tiers: &[Tier]) -> Vec<(Option<Label>, u64)> {
    let count = |wanted: Option<&Label>| {
        let of = standing.grades.iter().filter(|one| one.grade.as_ref().or(one.computed.as_ref()) == wanted);
        of.map(|one| one.forms).fold(0, u64::saturating_add)
    };
    let mut all: Vec<_> = tiers.iter().map(|tier| (Some(tier.key.clone()), count(Some(&tier.key)))).collect();
    all.push((None, count(None)));
    all
}

/// What the list of forms shows. It lives in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormsView {
    /// Only this stage.
    pub stage: Option<Stage>,
    /// Only this unit.
    pub unit: Option<UnitId>,
    /// Only those on whose grade the policy, the people and last year do not agree.
    pub disagree: bool,
    /// Only drafts that may, or may not, be submitted after the close.
    pub late: Option<bool>,
    /// Only those that finance can rate and has not.
    pub unrated: bool,
    /// As the person sees it whom one stands in for.
    pub stand_in: Option<StandInId>,
}

impl FormsView {
    /// Reads the address; what it does not understand it leaves out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            stage: get("stage").and_then(|code| Stage::from_code(&code)),
            unit: get("unit").and_then(|id| UnitId::parse(&id).ok()),
            disagree: get("disagree").is_some_and(|text| text == "1"),
            late: get("late").map(|text| text == "1"),
            unrated: get("unrated").is_some_and(|text| text == "1"),
            stand_in: get("for").and_then(|id| StandInId::parse(&id).ok()),
        }
    }

    /// The list of everything that waits with a duty.
    #[must_use]
    pub fn of(duty: &Duty) -> Self {
        Self {
            stage: duty.stage,
            late: duty.late,
            unrated: duty.unrated.unwrap_or_default(),
            stand_in: duty.stand_in.clone(),
            ..Self::default()
        }
    }

    /// The address of this view of a cycle's forms. Ids and codes need no escaping.
    #[must_use]
    pub fn address(&self, cycle: &CycleId) -> String {
        let parts = [
            self.stage.map(|stage| format!("stage={stage}")),
            self.unit.as_ref().map(|unit| format!("unit={unit}")),
            self.disagree.then(|| "disagree=1".to_owned()),
            self.late.map(|late| format!("late={}", u8::from(late))),
            self.unrated.then(|| "unrated=1".to_owned()),
            self.stand_in.as_ref().map(|id| format!("for={id}")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let path = format!("/reviews/{cycle}/forms");
        if parts.is_empty() { path } else { format!("{path}?{}", parts.join("&")) }
    }

    /// The parameters of a request for a page of it.
    #[must_use]
    pub fn pairs(&self, cursor: Option<String>) -> Vec<(&'static str, Option<String>)> {
        let query = self.query(cursor);
        vec![
            ("stage", query.stage.map(|stage| stage.to_string())),
            ("unit", query.unit.map(String::from)),
            ("disagree", query.disagree.map(|disagree| disagree.to_string())),
            ("late", query.late.map(|late| late.to_string())),
            ("unrated", query.unrated.map(|unrated| unrated.to_string())),
            ("stand_in", query.stand_in.map(String::from)),
            ("cursor", query.cursor),
        ]
    }

    /// The request for a page of it.
    #[must_use]
    pub fn query(&self, cursor: Option<String>) -> FormQuery {
        FormQuery {
            unit: self.unit.clone(),
            rep: None,
            stage: self.stage,
            disagree: self.disagree.then_some(true),
            late: self.late,
            unrated: self.unrated.then_some(true),
            stand_in: self.stand_in.clone(),
            cursor,
            limit: None,
        }
    }
}

/// What is left to do until a day.
#[must_use]
pub fn left(until: Date, today: Date) -> Window {
    if until < today { Window::Closed } else { Window::Closes(today.days_until(until)) }
}

/// The move that brings many forms of a stage on at once, because it asks for nothing but a yes.
#[must_use]
pub const fn bulk_move(stage: Stage) -> Option<Move> {
    match stage {
        Stage::Submitted => Some(Move::TakeUp),
        Stage::AApplied => Some(Move::Review { reason: None }),
        Stage::DirectorReviewed => Some(Move::Approve { reason: None }),
        Stage::Draft
        | Stage::InReview
        | Stage::Confirmed
        | Stage::AListed
        | Stage::Approved
        | Stage::Refused
        | Stage::SetAside
        | Stage::Effective => None,
    }
}

/// An error whose rule is about a day, said at the field that holds the day.
#[must_use]
pub fn at_day(error: ApiError, field: &str) -> ApiError {
    let ApiError::Problem(mut problem) = error else { return error };
    for wrong in problem.fields.iter_mut().filter(|wrong| wrong.code == "day") {
        (wrong.field, wrong.code) = (field.to_owned(), "too_early".to_owned());
        problem.code = Code::Invalid;
    }
    ApiError::Problem(problem)
}

#[cfg(test)]
mod tests {
    use shared::dto::review::{FormCount, GradeCount};
    use shared::id::PolicyId;
    use shared::review::CycleKind;

    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn label(text: &str) -> Label {
        Label::parse(text).unwrap()
    }

    #[test]
    fn the_window_on_both_sides_of_each_end() {
        let cycle = Cycle {
            id: CycleId::parse("c").unwrap(),
            kind: CycleKind::Yearly,
            year: 2025,
            policy: PolicyId::parse("p").unwrap(),
            opens: day("2026-03-25"),
            closes: day("2026-03-30"),
            phase: Phase::Gathering,
        };
        assert_eq!(window(&cycle, day("2026-03-24")), Window::Opens(1));
        assert_eq!(window(&cycle, day("2026-03-25")), Window::Closes(5));
        assert_eq!(window(&cycle, day("2026-03-30")), Window::Closes(0));
        assert_eq!(window(&cycle, day("2026-03-31")), Window::Closed);
    }

    #[test]
    fn a_new_window_is_in_march_or_begins_today() {
        assert_eq!(usual_window(day("2026-01-10")), (day("2026-03-25"), day("2026-03-30")));
        assert_eq!(usual_window(day("2026-03-30")), (day("2026-03-25"), day("2026-03-30")));
        assert_eq!(usual_window(day("2026-03-31")), (day("2026-03-31"), day("2026-04-05")));
    }

    #[test]
    fn a_standing_is_counted_by_step_and_by_grade() {
        let stages = [(Stage::Draft, 3), (Stage::Submitted, 2), (Stage::Approved, 1), (Stage::Refused, 1)];
        let grades =
            [(Some("A"), None, 2), (Some("A"), Some("B"), 3), (None, None, 1), (Some("B"), Some("B"), 1)];
        let standing = Standing {
            stages: stages.map(|(stage, forms)| FormCount { stage, forms }).to_vec(),
            grades: grades
                .map(|(computed, grade, forms)| GradeCount {
                    computed: computed.map(label),
                    grade: grade.map(label),
                    forms,
                })
                .to_vec(),
        };
        assert_eq!(handed_in(&tally(&standing)), (4, 7));
        let tiers = shared::grading::default_policy().unwrap().tiers;
        let expected =
            [(Some(label("A")), 2), (Some(label("B")), 4), (Some(label("C")), 0), (None, 1)].to_vec();
        assert_eq!(shares(&standing, &tiers), expected);
    }

    #[test]
    fn a_view_of_the_forms_survives_its_address() {
        let view = FormsView {
            stage: Some(Stage::AApplied),
            unit: UnitId::parse("u1").ok(),
            disagree: true,
            late: Some(false),
            unrated: true,
            stand_in: StandInId::parse("s1").ok(),
        };
        let address = view.address(&CycleId::parse("c1").unwrap());
        assert_eq!(address, "/reviews/c1/forms?stage=a_applied&unit=u1&disagree=1&late=0&unrated=1&for=s1");
        let pairs: Vec<(&str, &str)> = address
            .split_once('?')
            .map(|(_, query)| query.split('&').filter_map(|pair| pair.split_once('=')).collect())
            .unwrap_or_default();
        let get = |key: &str| pairs.iter().find(|(one, _)| *one == key).map(|(_, text)| (*text).to_owned());
        assert_eq!(FormsView::read(get), view);
        assert_eq!(FormsView::default().address(&CycleId::parse("c1").unwrap()), "/reviews/c1/forms");
    }
}
