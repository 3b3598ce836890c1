use super::*;
use crate::id::{UnitId, UserId};

fn actor(role: Role) -> Actor {
    Actor {
        user: UserId::parse("me").unwrap(),
        role,
        unit: role.needs_unit().then(|| UnitId::parse("mine").unwrap()),
    }
}

/// The whole table, one line per action, one column per role.
fn table() -> String {
    let mut text = format!("{:<20}", "");
    for role in Role::ALL {
        text.push_str(&format!("{:<16}", role.code()));
    }
    for action in Action::ALL {
        text = text.trim_end().to_owned();
        text.push_str(&format!("\n{:<20}", format!("{action:?}")));
        for role in Role::ALL {
            text.push_str(&format!("{:<16}", format!("{:?}", reach(role, action)).to_lowercase()));
        }
    }
    text.trim_end().to_owned() + "\n"
}

#[test]
fn the_table_is_the_one_agreed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/permission/access.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, table()).unwrap();
    }
    assert_eq!(
        table(),
        std::fs::read_to_string(path).unwrap(),
        "rerun with UPDATE_GOLDEN=1 after agreeing on it"
    );
}

#[test]
fn a_single_target_is_allowed_exactly_within_the_scope_of_its_list() {
    let (mine, other) = (UnitId::parse("mine").unwrap(), UnitId::parse("other").unwrap());
    let (me, someone) = (UserId::parse("me").unwrap(), UserId::parse("someone").unwrap());
    for role in Role::ALL {
        for action in Action::ALL {
            for unit in [&mine, &other] {
                for rep in [Some(&me), Some(&someone), None] {
                    let actor = actor(role);
                    let allowed = authorize(&actor, action, Target::Customer { unit, rep }).is_ok();
                    let listed = match scope(&actor, action) {
                        None => false,
                        Some(Scope::All) => true,
                        Some(Scope::Unit(id)) => id == *unit,
                        Some(Scope::Rep(id)) => rep == Some(&id),
                    };
                    assert_eq!(allowed, listed, "{role:?} {action:?} {unit} {rep:?}");
                }
            }
        }
    }
}

#[test]
fn what_cannot_be_read_is_hidden_and_what_can_be_read_is_forbidden() {
    let (mine, other) = (UnitId::parse("mine").unwrap(), UnitId::parse("other").unwrap());
    let me = UserId::parse("me").unwrap();
    let edit =
        |role, unit, rep| authorize(&actor(role), Action::EditCustomer, Target::Customer { unit, rep });
    assert_eq!(edit(Role::Rep, &mine, Some(&me)), Err(Denied::Forbidden));
    assert_eq!(edit(Role::Rep, &mine, None), Err(Denied::Hidden));
    assert_eq!(edit(Role::SectionChief, &other, None), Err(Denied::Hidden));
    assert_eq!(edit(Role::Admin, &mine, None), Err(Denied::Hidden));
    assert_eq!(authorize(&actor(Role::Rep), Action::Import, Target::Company), Err(Denied::Forbidden));
}

#[test]
fn whoever_writes_or_rehearses_with_figures_reads_them_and_whoever_reads_them_reads_the_customer() {
    let width = |role, action| match reach(role, action) {
        Reach::None => 0,
        Reach::Own => 1,
        Reach::Unit => 2,
        Reach::All => 3,
    };
    for role in Role::ALL {
        assert!(width(role, Action::WriteFigures) <= width(role, Action::ReadFigures), "{role:?}");
        assert!(width(role, Action::ReadFigures) <= width(role, Action::ReadCustomer), "{role:?}");
        assert!(width(role, Action::EditPolicy) <= width(role, Action::ReadFigures), "{role:?}");
        assert!(width(role, Action::EditCustomer) <= width(role, Action::ReadCustomer), "{role:?}");
        for action in [
            Action::FillForm,
            Action::SubmitForm,
            Action::RateCredit,
            Action::RunReview,
            Action::ReviewApplication,
            Action::ApproveApplication,
        ] {
            assert!(width(role, action) <= width(role, Action::ReadFigures), "{role:?} {action:?}");
        }
    }
}
