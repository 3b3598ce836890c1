//! The record of a sitting as it is typed: begun with who is to be asked, read into what is sent.

use serde::{Deserialize, Serialize};
use shared::calendar::{Date, Time};
use shared::dto::review::MeetingView;
use shared::id::{BadText, Name};
use shared::ledger::Lang;
use shared::permission::Role;
use shared::problem::FieldProblem;
use shared::review::Cycle;
use shared::review::meeting::{Attendance, Presence, Record, Seat};

use super::measure::half_width;
use super::problem::{explain_field, field_problem, parse_day, text_problem};
use crate::say;
use crate::texts::{review_form::paper, role};

/// One person on the list, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The department.
    pub department: String,
    /// Who stands for it.
    pub person: String,
    /// Whether the person was there.
    pub presence: Presence,
    /// Who came instead.
    pub deputy: String,
}

/// A record as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The day.
    pub date: String,
    /// When it began.
    pub begun: String,
    /// When it ended.
    pub ended: String,
    /// Where.
    pub place: String,
    /// Who was in the chair.
    pub chair: String,
    /// Who was there.
    pub lines: Vec<Line>,
}

/// The department of somebody who is to be asked.
fn department(lang: Lang, seat: &Seat) -> String {
    match (seat.role, &seat.unit_name) {
        (_, Some(unit)) => unit.to_string(),
        (Role::Promotion, None) => paper::promotion(lang).to_owned(),
        (Role::Finance, None) => paper::finance(lang).to_owned(),
        (Role::Production, None) => role::production(lang).to_owned(),
        (Role::Director, None) => paper::director(lang).to_owned(),
        (Role::GeneralManager, None) => paper::general_manager(lang).to_owned(),
        (Role::SectionChief | Role::Rep | Role::Admin, None) => String::new(),
    }
}

impl Typed {
    /// As the record stands or, before the first, as it is likely: today, with everybody who has a seat, all
    /// of them there, whoever keeps it in the chair.
    #[must_use]
    pub fn of(lang: Lang, view: &MeetingView, today: Date, keeper: &Name) -> Self {
        let Some(record) = &view.record else {
            let lines = view.seats.iter().map(|seat| Line {
                department: department(lang, seat),
                person: seat.person.to_string(),
                presence: Presence::Present,
                deputy: String::new(),
            });
            let place = view.earlier.last().map(|last| last.place.to_string()).unwrap_or_default();
            return Self {
                date: today.max(view.cycle.closes.plus_days(1)).to_string(),
                begun: String::new(),
                ended: String::new(),
                place,
                chair: keeper.to_string(),
                lines: lines.collect(),
            };
        };
        let time = |time: Option<Time>| time.map(|time| time.to_string()).unwrap_or_default();
        let line = |one: &Attendance| Line {
            department: one.department.to_string(),
            person: one.person.to_string(),
            presence: one.presence,
            deputy: one.deputy.as_ref().map(ToString::to_string).unwrap_or_default(),
        };
        Self {
            date: record.date.to_string(),
            begun: time(record.begun),
            ended: time(record.ended),
            place: record.place.to_string(),
            chair: record.chair.to_string(),
            lines: record.attendance.iter().map(line).collect(),
        }
    }

    /// What is sent, by the Worker's own rules.
    ///
    /// # Errors
    /// Everything that is wrong, by field as the Worker names it.
    pub fn read(&self, cycle: &Cycle) -> Result<Record, Vec<FieldProblem>> {
        let mut reader = Reader::default();
        let date = parse_day("record.date", &self.date).map_err(|no_day| reader.wrong.push(no_day)).ok();
        let (begun, ended) =
            (reader.time("record.begun", &self.begun), reader.time("record.ended", &self.ended));
        let place = reader.name("record.place", &self.place);
        let chair = reader.name("record.chair", &self.chair);
        let mut attendance = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            let field = |name: &str| format!("record.attendance.{at}.{name}");
            let department = reader.name(&field("department"), &line.department);
            let person = reader.name(&field("person"), &line.person);
            let sent = line.presence == Presence::Deputy;
            let deputy = if sent { reader.name(&field("deputy"), &line.deputy) } else { None };
            if let Some((department, person)) = department.zip(person) {
                attendance.push(Attendance { department, person, presence: line.presence, deputy });
            }
        }
        let (Some(((date, place), chair)), true) = (date.zip(place).zip(chair), reader.wrong.is_empty())
        else {
            return Err(reader.wrong);
        };
        let record = Record { date, begun, ended, place, chair, attendance };
        let faults = record.faults(cycle);
        if faults.is_empty() {
            return Ok(record);
        }
        let told = faults.into_iter().map(|fault| FieldProblem {
            field: format!("record.{}", fault.field()),
            expected: fault.to_string(),
            code: fault.code().to_owned(),
        });
        Err(told.collect())
    }
}

/// Reads texts and collects what is wrong with them.
#[derive(Default)]
struct Reader {
    wrong: Vec<FieldProblem>,
}

impl Reader {
    fn name(&mut self, field: &str, text: &str) -> Option<Name> {
        let read: Result<Name, BadText> = Name::parse(text);
        read.map_err(|wrong| self.wrong.extend(text_problem(field, Some(wrong)))).ok()
    }

    fn time(&mut self, field: &str, text: &str) -> Option<Time> {
        let typed: String = text.trim().chars().map(half_width).collect();
        if typed.is_empty() {
            return None;
        }
        // People write 9:00 as well.
        let full = if typed.find(':') == Some(1) { format!("0{typed}") } else { typed };
        Time::parse(&full).map_err(|_no_time| self.wrong.push(field_problem(field, "time"))).ok()
    }
}

/// What is wrong with a field of a record, in the words of the record where it has its own.
#[must_use]
pub fn said(wrong: &FieldProblem) -> String {
    match (wrong.field.as_str(), wrong.code.as_str()) {
        ("record.date", "too_early") => {
            format!("{}；{}", say!(meeting.record.too_early), explain_field(wrong))
        }
        ("record.ended", "range") => say!(meeting.record.ended_early).to_owned(),
        (_, "taken") => say!(meeting.record.twice).to_owned(),
        _ => explain_field(wrong),
    }
}

/// How many were there, in person or by a deputy, of how many.
#[must_use]
pub fn present(record: &Record) -> (usize, usize) {
    let there = record.attendance.iter().filter(|one| one.presence != Presence::Absent);
    (there.count(), record.attendance.len())
}

#[cfg(test)]
mod tests {
    use shared::id::{CycleId, PolicyId};
    use shared::review::Phase;

    use super::*;

    fn view() -> MeetingView {
        let day = |text| Date::parse(text).unwrap();
        MeetingView {
            cycle: Cycle {
                id: CycleId::parse("c").unwrap(),
                kind: shared::review::CycleKind::Yearly,
                year: 2025,
                policy: PolicyId::parse("p").unwrap(),
                opens: day("2026-03-25"),
                closes: day("2026-03-30"),
                phase: Phase::Gathering,
            },
            sitting: 1,
            record: None,
            version: 0,
            earlier: Vec::new(),
            seats: vec![
                Seat { role: Role::Promotion, unit: None, unit_name: None, person: name("苏婷") },
                Seat {
                    role: Role::SectionChief,
                    unit: None,
                    unit_name: Some(name("销售一科")),
                    person: name("陈志远"),
                },
                Seat { role: Role::Finance, unit: None, unit_name: None, person: name("沈会") },
            ],
            may_record: true,
            may_decide: false,
            may_propose: Vec::new(),
            confirmed: Vec::new(),
            trail: Vec::new(),
        }
    }

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

    #[test]
    fn a_record_begins_with_the_departments_and_comes_back_as_it_was_kept() {
        let today = Date::parse("2026-03-28").unwrap();
        let mut view = view();
        let mut typed = Typed::of(Lang::Zh, &view, today, &name("苏婷"));
        assert_eq!(
            (typed.date.as_str(), typed.chair.as_str()),
            ("2026-03-31", "苏婷"),
            "once the window has closed"
        );
        let departments: Vec<_> = typed.lines.iter().map(|line| line.department.as_str()).collect();
        assert_eq!(departments, ["促销科", "销售一科", "财务部"]);
        "三楼会议室".clone_into(&mut typed.place);
        "09:00".clone_into(&mut typed.begun);
        let record = typed.read(&view.cycle).unwrap();
        assert_eq!(present(&record), (3, 3));
        view.record = Some(record);
        assert_eq!(Typed::of(Lang::Zh, &view, today, &name("谁")), typed);
        "９：00".clone_into(&mut typed.begun);
        assert_eq!(typed.read(&view.cycle).ok(), view.record, "a time as people write it");
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let view = view();
        let mut typed = Typed::of(Lang::Zh, &view, view.cycle.closes, &name("苏婷"));
        "9 点".clone_into(&mut typed.begun);
        typed.lines[2].presence = Presence::Deputy;
        typed.lines[0].person.clear();
        let fields: Vec<_> =
            typed.read(&view.cycle).unwrap_err().into_iter().map(|wrong| wrong.field).collect();
        assert_eq!(
            fields,
            ["record.begun", "record.place", "record.attendance.0.person", "record.attendance.2.deputy"]
        );
        let mut early = Typed::of(Lang::Zh, &view, view.cycle.closes, &name("苏婷"));
        (early.place, early.date) = ("会议室".to_owned(), "2026-03-30".to_owned());
        let wrong = early.read(&view.cycle).unwrap_err();
        assert_eq!(said(&wrong[0]), "会议在填报截止之后召开；不能早于 2026-03-31");
    }
}
