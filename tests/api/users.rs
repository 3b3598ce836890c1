//! Units and users, as the admin manages them.

use shared::dto::page::Page;
use shared::dto::unit::{Directory, Unit};
use shared::dto::user::{FirstPassword, User};
use shared::problem::Code;
use tests::company::{Company, PASSWORD};

fn fields(problem: &shared::problem::Problem) -> Vec<&str> {
    problem.fields.iter().map(|field| field.field.as_str()).collect()
}

#[test]
fn a_creation_repeated_under_its_key_is_one_creation() {
    let company = Company::new();
    let draft = serde_json::json!({ "name": "销售三科", "kind": "section" });
    let send = |body: &serde_json::Value| {
        company.admin.request("POST", "/units").header("idempotency-key", "once").json(body).send()
    };
    let (first, second): (Unit, Unit) = (send(&draft).ok(), send(&draft).ok());
    assert_eq!(first, second);
    let other = serde_json::json!({ "name": "销售四科", "kind": "section" });
    assert_eq!(send(&other).problem().code, Code::Conflict, "the same key with another body");
    let without = company.admin.request("POST", "/units").json(&draft).send();
    assert_eq!(without.problem().code, Code::PreconditionRequired);
}

#[test]
fn a_first_password_is_shown_once() {
    let company = Company::new();
    let draft = serde_json::json!({ "login": "new", "name": "新人", "role": "finance" });
    let send =
        || company.admin.request("POST", "/users").header("idempotency-key", "once").json(&draft).send();
    let (first, second): (FirstPassword, FirstPassword) = (send().ok(), send().ok());
    assert_eq!(first.user, second.user);
    assert!(first.password.is_some());
    assert_eq!(second.password, None);
}

#[test]
fn names_and_logins_are_unique_and_the_field_is_named() {
    let company = Company::new();
    let unit =
        company.admin.post("/units", &serde_json::json!({ "name": "销售一科", "kind": "office" })).problem();
    assert_eq!((unit.code, fields(&unit)), (Code::Taken, vec!["name"]));
    let user = serde_json::json!({ "login": "rep", "name": "另一人", "role": "finance" });
    let user = company.admin.post("/users", &user).problem();
    assert_eq!((user.code, fields(&user)), (Code::Taken, vec!["login"]));
}

#[test]
fn a_rep_needs_a_unit() {
    let company = Company::new();
    let draft = serde_json::json!({ "login": "new", "name": "新人", "role": "rep" });
    let problem = company.admin.post("/users", &draft).problem();
    assert_eq!((problem.code, fields(&problem)), (Code::Invalid, vec!["unit"]));
}

#[test]
fn of_two_saves_of_the_same_version_one_is_told() {
    let company = Company::new();
    let path = format!("/units/{}", company.two.id);
    let save = |title: &str| {
        let body = serde_json::json!({ "name": title, "kind": "office", "active": true });
        company.admin.put(&path, company.two.version, &body)
    };
    let saved: Unit = save("云泽代表处").ok();
    assert!(saved.version > company.two.version);
    assert_eq!(save("青屿代表处").problem().code, Code::VersionMismatch);
    let body = serde_json::json!({ "name": "x", "kind": "office", "active": true });
    let without = company.admin.request("PUT", &path).json(&body).send();
    assert_eq!(without.problem().code, Code::PreconditionRequired);
}

#[test]
fn a_person_switched_off_is_out_at_once() {
    let company = Company::new();
    let user = &company.finance.user;
    let current: Page<User> = company.admin.get("/users?limit=200").ok();
    let version = current.items.iter().find(|one| one.id == user.id).unwrap().version;
    let body = serde_json::json!({ "name": user.name, "role": "finance", "active": false });
    company.admin.put(&format!("/users/{}", user.id), version, &body).ok::<User>();
    assert_eq!(company.finance.client.get("/session").problem().code, Code::Unauthenticated);
    let mut again = company.server.client();
    assert_eq!(again.sign_in("finance", PASSWORD).unwrap_err().code, Code::BadCredentials);
}

#[test]
fn the_last_admin_stays() {
    let company = Company::new();
    let users: Page<User> = company.admin.get("/users?limit=200").ok();
    let admin = users.items.iter().find(|user| user.login.as_str() == "admin").unwrap();
    for body in [
        serde_json::json!({ "name": "x", "role": "admin", "active": false }),
        serde_json::json!({ "name": "x", "role": "finance", "active": true }),
    ] {
        let answer = company.admin.put(&format!("/users/{}", admin.id), admin.version, &body);
        assert_eq!(answer.problem().code, Code::Conflict, "{body}");
    }
}

#[test]
fn a_reset_password_works_once_and_ends_the_sessions() {
    let company = Company::new();
    let path = format!("/users/{}/password", company.finance.user.id);
    let reset: FirstPassword = company.admin.post(&path, &serde_json::json!({})).ok();
    assert_eq!(company.finance.client.get("/session").problem().code, Code::Unauthenticated);
    let mut again = company.server.client();
    assert_eq!(again.sign_in("finance", PASSWORD).unwrap_err().code, Code::BadCredentials);
    assert!(again.sign_in("finance", &reset.password.unwrap()).unwrap().must_change_password);
}

#[test]
fn a_unit_with_people_is_not_closed() {
    let company = Company::new();
    let body = serde_json::json!({ "name": "销售一科", "kind": "section", "active": false });
    let answer = company.admin.put(&format!("/units/{}", company.one.id), company.one.version, &body);
    assert_eq!(answer.problem().code, Code::Conflict);
}

#[test]
fn the_directory_shows_what_one_may_filter_by() {
    let company = Company::new();
    let names = |client: &tests::client::Client| {
        let directory: Directory = client.get("/directory").ok();
        let units: Vec<_> = directory.units.iter().map(|unit| unit.name.to_string()).collect();
        let reps: Vec<_> = directory.reps.iter().map(|rep| rep.name.to_string()).collect();
        (units, reps)
    };
    assert_eq!(names(&company.rep.client), (vec!["销售一科".to_owned()], vec!["李晓梅".to_owned()]));
    assert_eq!(names(&company.chief.client), (vec!["销售一科".to_owned()], vec!["李晓梅".to_owned()]));
    assert_eq!(names(&company.promotion.client).0.len(), 2);
    assert_eq!(names(&company.promotion.client).1.len(), 2);
}
