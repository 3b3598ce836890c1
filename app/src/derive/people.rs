//! What the lists of users and units show, and what their forms hold.

use shared::dto::unit::{Unit, UnitDraft, UnitKind};
use shared::dto::user::{NewUser, User, UserDraft};
use shared::id::{Login, Name, UnitId};
use shared::permission::Role;
use shared::problem::FieldProblem;

use super::edit::Form;
use super::problem::{field_problem, text_problem};

/// Whether a user is found by a part of the name or login, in any case.
#[must_use]
pub fn finds(user: &User, query: &str) -> bool {
    let query = query.trim().to_lowercase();
    query.is_empty()
        || user.name.as_str().to_lowercase().contains(&query)
        || user.login.as_str().contains(&query)
}

/// What is typed into the form of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserForm {
    /// Only for a new user.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The role's code.
    pub role: String,
    /// The unit's id, or nothing.
    pub unit: String,
}

impl Form for UserForm {
    type Of = User;

    fn of(stored: Option<&User>) -> Self {
        let (login, name) =
            stored.map(|user| (user.login.to_string(), user.name.to_string())).unwrap_or_default();
        let role = stored.map_or(Role::Rep, |user| user.role).code().to_owned();
        let unit = stored.and_then(|user| user.unit.as_ref()).map(ToString::to_string).unwrap_or_default();
        Self { login, name, role, unit }
    }

    fn fields(&mut self) -> Vec<(&'static str, &mut String)> {
        vec![
            ("login", &mut self.login),
            ("name", &mut self.name),
            ("role", &mut self.role),
            ("unit", &mut self.unit),
        ]
    }
}

impl UserForm {
    /// The role chosen.
    #[must_use]
    pub fn role(&self) -> Role {
        Role::from_code(&self.role).unwrap_or(Role::Rep)
    }

    /// The unit chosen, or the field that must be filled in first.
    fn unit(&self) -> Result<Option<UnitId>, FieldProblem> {
        let unit = UnitId::parse(&self.unit).ok();
        if unit.is_none() && self.role().needs_unit() {
            return Err(field_problem("unit", "required"));
        }
        Ok(unit)
    }

    /// What is sent to make the user.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn created(&self) -> Result<NewUser, Vec<FieldProblem>> {
        match (Login::parse(&self.login), Name::parse(&self.name), self.unit()) {
            (Ok(login), Ok(name), Ok(unit)) => Ok(NewUser { login, name, role: self.role(), unit }),
            (login, name, unit) => {
                Err([text_problem("login", login.err()), text_problem("name", name.err()), unit.err()]
                    .into_iter()
                    .flatten()
                    .collect())
            }
        }
    }

    /// What is sent to change the user.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn changed(&self, active: bool) -> Result<UserDraft, Vec<FieldProblem>> {
        match (Name::parse(&self.name), self.unit()) {
            (Ok(name), Ok(unit)) => Ok(UserDraft { name, role: self.role(), unit, active }),
            (name, unit) => {
                Err([text_problem("name", name.err()), unit.err()].into_iter().flatten().collect())
            }
        }
    }
}

/// The kinds of unit.
pub const KINDS: [UnitKind; 2] = [UnitKind::Section, UnitKind::Office];

/// A kind's code in the form of a unit.
#[must_use]
pub const fn kind_code(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Section => "section",
        UnitKind::Office => "office",
    }
}

/// The kind of a code.
#[must_use]
pub fn kind_of(code: &str) -> UnitKind {
    KINDS.into_iter().find(|kind| kind_code(*kind) == code).unwrap_or(UnitKind::Section)
}

/// What is typed into the form of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitForm {
    /// Its name.
    pub name: String,
    /// The code of its kind.
    pub kind: String,
}

impl Form for UnitForm {
    type Of = Unit;

    fn of(stored: Option<&Unit>) -> Self {
        let name = stored.map(|unit| unit.name.to_string()).unwrap_or_default();
        let kind = kind_code(stored.map_or(UnitKind::Section, |unit| unit.kind)).to_owned();
        Self { name, kind }
    }

    fn fields(&mut self) -> Vec<(&'static str, &mut String)> {
        vec![("name", &mut self.name), ("kind", &mut self.kind)]
    }
}

impl UnitForm {
    /// What is sent.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn draft(&self, active: bool) -> Result<UnitDraft, Vec<FieldProblem>> {
        match Name::parse(&self.name) {
            Ok(name) => Ok(UnitDraft { name, kind: kind_of(&self.kind), active }),
            Err(error) => Err(text_problem("name", Some(error)).into_iter().collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(login: &str, name: &str, role: Role, unit: &str) -> UserForm {
        let [login, name, unit] = [login, name, unit].map(str::to_owned);
        UserForm { login, name, role: role.code().to_owned(), unit }
    }

    fn wrong(form: &UserForm) -> Vec<String> {
        form.created().err().into_iter().flatten().map(|wrong| wrong.field).collect()
    }

    #[test]
    fn reps_and_chiefs_need_a_unit() {
        assert_eq!(wrong(&form("li", "李娜", Role::Rep, "")), ["unit"]);
        assert_eq!(wrong(&form("li", "李娜", Role::SectionChief, "")), ["unit"]);
        assert!(wrong(&form("li", "李娜", Role::Rep, "u1")).is_empty());
        assert!(wrong(&form("wang", "王建国", Role::Promotion, "")).is_empty());
    }

    #[test]
    fn every_wrong_field_is_named() {
        assert_eq!(wrong(&form("Li Na", " ", Role::Rep, "")), ["login", "name", "unit"]);
        assert!(form("", "李娜", Role::Admin, "").changed(true).is_ok());
        assert!(UnitForm { name: " ".to_owned(), kind: "office".to_owned() }.draft(true).is_err());
    }
}
