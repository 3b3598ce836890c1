//! Appointments of stand-ins as a person sees them, and the form of a new one.

use shared::calendar::Date;
use shared::dto::review::{Appoint, Appointment, Colleague};
use shared::id::{Name, StandInId, UserId};
use shared::permission::{Action, Reach, Role, reach};
use shared::problem::FieldProblem;

use super::edit::Touched;
use super::problem::{field_problem, parse_day};
use crate::say;

/// Whose an appointment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Another acts in the person's place.
    Mine,
    /// The person acts in another's.
    ForMe,
    /// Of other people.
    Others,
}

impl Whose {
    /// In the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::ForMe, Self::Mine, Self::Others];
}

/// Whose an appointment is to a person.
#[must_use]
pub fn whose(of: &Appointment, person: &UserId) -> Whose {
    if of.absent == *person {
        Whose::Mine
    } else if of.by == *person {
        Whose::ForMe
    } else {
        Whose::Others
    }
}

/// How an appointment stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It begins later.
    Ahead,
    /// It counts today.
    Now,
    /// Its last day has passed.
    Over,
    /// It was ended before its last day.
    Ended,
}

/// How an appointment stands on a day.
#[must_use]
pub fn standing(of: &Appointment, today: Date) -> Standing {
    if of.ended_at.is_some() {
        Standing::Ended
    } else if today < of.from {
        Standing::Ahead
    } else if today <= of.until {
        Standing::Now
    } else {
        Standing::Over
    }
}

/// That in words.
#[must_use]
pub fn state(of: Standing) -> &'static str {
    match of {
        Standing::Ahead => say!(stand_ins.ahead),
        Standing::Now => say!(stand_ins.now),
        Standing::Over => say!(stand_ins.over),
        Standing::Ended => say!(stand_ins.ended),
    }
}

/// Somebody absent, and the appointment by which one acts in the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// The appointment.
    pub stand_in: StandInId,
    /// Who is absent.
    pub user: UserId,
    /// The person's name.
    pub name: Name,
    /// What the person is.
    pub role: Role,
}

/// In whose name a page is used. The address says which: `?for=` and the appointment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InName {
    /// Whose place it is, when not for oneself.
    pub now: Option<Absent>,
    /// In whose places it could be.
    pub others: Vec<Absent>,
}

impl InName {
    /// As the address says, of the appointments that stand.
    #[must_use]
    pub fn of(all: &[Appointment], person: &UserId, today: Date, named: Option<&str>) -> Self {
        let others = absent(all, person, today);
        Self { now: others.iter().find(|one| Some(one.stand_in.as_str()) == named).cloned(), others }
    }

    /// The appointment, for what is sent.
    #[must_use]
    pub fn stand_in(&self) -> Option<StandInId> {
        self.now.as_ref().map(|one| one.stand_in.clone())
    }

    /// Whether whoever's name it is may do something at all; `own` is the role of the person.
    #[must_use]
    pub fn may(&self, own: Role, action: Action) -> bool {
        reach(self.now.as_ref().map_or(own, |one| one.role), action) != Reach::None
    }

    /// The condition with which the Worker answers as that person sees it.
    #[must_use]
    pub fn seen(&self) -> (&'static str, Option<String>) {
        ("stand_in", self.stand_in().map(String::from))
    }

    /// What leads to another page in the same name.
    #[must_use]
    pub fn kept(&self) -> (&'static str, Option<String>) {
        ("for", self.stand_in().map(String::from))
    }
}

/// Whom a person stands in for on a day.
fn absent(all: &[Appointment], person: &UserId, today: Date) -> Vec<Absent> {
    let own = all.iter().filter(|one| one.by == *person && standing(one, today) == Standing::Now);
    own.map(|one| Absent {
        stand_in: one.id.clone(),
        user: one.absent.clone(),
        name: one.absent_name.clone(),
        role: one.absent_role,
    })
    .collect()
}

/// The people to choose from, by name, but for some.
#[must_use]
pub fn choices(all: &[Colleague], but: &[&str]) -> Vec<(UserId, String)> {
    let free = all.iter().filter(|one| !but.contains(&one.id.as_str()));
    let mut found: Vec<_> = free
        .map(|one| {
            let role = super::words::role_name(one.role);
            (one.id.clone(), say!(stand_ins.person, one.name, role))
        })
        .collect();
    found.sort_by(|one, other| one.1.cmp(&other.1));
    found
}

/// What is sent for a new appointment; `absent` is chosen by an admin only.
///
/// # Errors
/// What is wrong with which field.
pub fn appoint(said: &Touched, chooses: bool) -> Result<Appoint, Vec<FieldProblem>> {
    let text = |field: &str| said.get(field).map_or("", |text| text.trim());
    let mut wrong = Vec::new();
    let mut person = |field: &str| {
        let read = UserId::parse(text(field));
        read.map_err(|_empty| wrong.push(field_problem(field, "required"))).ok()
    };
    let absent = if chooses { person("absent").map(Some) } else { Some(None) };
    let by = person("by");
    let mut day = |field: &str| parse_day(field, text(field)).map_err(|no_day| wrong.push(no_day)).ok();
    match (absent, by, day("from"), day("until")) {
        (Some(absent), Some(by), Some(from), Some(until)) => Ok(Appoint { absent, by, from, until }),
        _ => Err(wrong),
    }
}

/// Why an appointment is refused, by the code at its field; `None` for any other.
#[must_use]
pub fn refusal(code: &str) -> Option<&'static str> {
    Some(match code {
        "for_oneself" => say!(stand_ins.refused.for_oneself),
        "unasked" => say!(stand_ins.refused.unasked),
        "no_days" => say!(stand_ins.refused.no_days),
        "too_many_absent" => say!(stand_ins.refused.too_many),
        "role" => say!(stand_ins.refused.role),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use shared::id::{Name, StandInId};

    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn appointment() -> Appointment {
        Appointment {
            id: StandInId::parse("s1").unwrap(),
            absent: UserId::parse("director").unwrap(),
            absent_name: Name::parse("丁建平").unwrap(),
            absent_role: Role::Director,
            by: UserId::parse("finance").unwrap(),
            by_name: Name::parse("沈会").unwrap(),
            from: day("2026-03-26"),
            until: day("2026-03-28"),
            made_at: 0,
            made_by: Name::parse("丁建平").unwrap(),
            ended_at: None,
            ended_by: None,
            may_end: true,
        }
    }

    #[test]
    fn an_appointment_on_both_sides_of_its_days() {
        let one = appointment();
        assert_eq!(standing(&one, day("2026-03-25")), Standing::Ahead);
        assert_eq!(standing(&one, day("2026-03-26")), Standing::Now);
        assert_eq!(standing(&one, day("2026-03-28")), Standing::Now);
        assert_eq!(standing(&one, day("2026-03-29")), Standing::Over);
        assert_eq!(standing(&Appointment { ended_at: Some(1), ..one }, day("2026-03-26")), Standing::Ended);
        let of = |person: &str| whose(&appointment(), &UserId::parse(person).unwrap());
        assert_eq!([of("director"), of("finance"), of("gm")], [Whose::Mine, Whose::ForMe, Whose::Others]);
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let said = |pairs: &[(&str, &str)]| -> Touched {
            pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
        };
        let wrong = appoint(&said(&[("from", "2026-03-26"), ("until", "x")]), true).unwrap_err();
        let fields: Vec<_> = wrong.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["absent", "by", "until"]);
        let made = appoint(&said(&[("by", "u2"), ("from", "2026-03-26"), ("until", "2026-03-27")]), false);
        assert_eq!(made.map(|made| (made.absent, made.by.to_string())), Ok((None, "u2".to_owned())));
    }
}
