//! Set-up, signing in and out, throttling, first passwords.

use shared::dto::session::{Session, Setup, SetupState};
use shared::id::Login;
use shared::permission::Role;
use shared::problem::Code;
use tests::company::{self, Company, PASSWORD, name};
use tests::server::{NOW, SECRET, Server};

const MINUTE: i64 = 60_000;

fn setup(secret: &str) -> Setup {
    Setup {
        secret: secret.to_owned(),
        login: Login::parse("admin").unwrap(),
        name: name("系统管理员"),
        password: PASSWORD.to_owned(),
    }
}

#[test]
fn the_first_admin_needs_the_secret_and_is_made_once() {
    let server = Server::start();
    let mut client = server.client();
    assert!(client.get("/setup").ok::<SetupState>().needed);
    let refused = client.set_up(&setup("guess")).unwrap_err();
    assert_eq!((refused.code, refused.fields[0].field.as_str()), (Code::BadCredentials, "secret"));
    assert_eq!(
        client.set_up(&Setup { password: "short".to_owned(), ..setup(SECRET) }).unwrap_err().code,
        Code::Invalid
    );
    assert!(client.get("/setup").ok::<SetupState>().needed, "a refused set-up leaves nothing behind");

    let session = client.set_up(&setup(SECRET)).unwrap();
    assert_eq!((session.role, session.must_change_password), (Role::Admin, false));
    assert!(!client.get("/setup").ok::<SetupState>().needed);
    let mut second = server.client();
    assert_eq!(second.set_up(&setup(SECRET)).unwrap_err().code, Code::Conflict);
}

#[test]
fn the_cookie_is_locked_down_and_the_session_ends_when_signed_out() {
    let server = Server::start();
    company::admin(server.client(), SECRET, PASSWORD);
    let body = serde_json::json!({ "login": "Admin ", "password": PASSWORD });
    let answer = server.client().request("POST", "/session").json(&body).send();
    let cookie = answer.header("set-cookie").unwrap().to_owned();
    for part in ["__Host-fenji=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }

    let mut client = server.client();
    client.sign_in("admin", PASSWORD).unwrap();
    assert_eq!(client.get("/session").ok::<Session>().login.as_str(), "admin");
    assert!(client.request("DELETE", "/session").send().status < 300);
    assert_eq!(client.get("/session").problem().code, Code::Unauthenticated);
}

#[test]
fn signing_out_everywhere_ends_every_session() {
    let server = Server::start();
    let admin = company::admin(server.client(), SECRET, PASSWORD);
    let mut phone = server.client();
    phone.sign_in("admin", PASSWORD).unwrap();
    assert!(admin.request("DELETE", "/sessions").send().status < 300);
    for client in [&admin, &phone] {
        assert_eq!(client.get("/session").problem().code, Code::Unauthenticated);
    }
}

#[test]
fn an_idle_session_expires_and_a_used_one_does_not() {
    let server = Server::start();
    let admin = company::admin(server.client(), SECRET, PASSWORD);
    let hour = 60 * MINUTE;
    for hours in [8, 16, 24] {
        assert_eq!(admin.at(NOW + hours * hour).get("/session").status, 200, "after {hours} h of use");
    }
    assert_eq!(admin.at(NOW + 37 * hour).get("/session").problem().code, Code::Unauthenticated);
}

#[test]
fn wrong_passwords_are_throttled_by_account_and_the_right_one_works_later() {
    let server = Server::start();
    company::admin(server.client(), SECRET, PASSWORD);
    let mut client = server.client();
    let mut refused = None;
    for _ in 0..12 {
        let problem = client.sign_in("admin", "not the password").unwrap_err();
        if problem.code == Code::TooManyRequests {
            refused = Some(problem);
            break;
        }
        assert_eq!(problem.code, Code::BadCredentials);
    }
    let wait = refused.expect("the account is throttled").retry_after.expect("it says how long");
    assert_eq!(
        client.sign_in("admin", PASSWORD).unwrap_err().code,
        Code::TooManyRequests,
        "even the right one waits"
    );
    let mut later = client.at(NOW + i64::from(wait) * 1000 + 1000);
    later.sign_in("admin", PASSWORD).unwrap();
}

#[test]
fn many_logins_from_one_address_are_throttled() {
    let server = Server::start();
    company::admin(server.client(), SECRET, PASSWORD);
    let mut client = server.client();
    let codes: Vec<_> = (0..45)
        .map(|n| client.sign_in(&format!("nobody{n}"), "not the password").unwrap_err().code)
        .collect();
    assert_eq!(codes[0], Code::BadCredentials);
    assert_eq!(codes[44], Code::TooManyRequests);
}

#[test]
fn an_unknown_login_and_a_wrong_password_answer_alike() {
    let server = Server::start();
    company::admin(server.client(), SECRET, PASSWORD);
    let mut client = server.client();
    let wrong = client.sign_in("admin", "not the password").unwrap_err();
    let unknown = client.sign_in("nobody", "not the password").unwrap_err();
    assert_eq!(wrong, unknown);
}

#[test]
fn a_first_password_must_be_changed_before_anything_else() {
    let server = Server::start();
    let admin = company::admin(server.client(), SECRET, PASSWORD);
    let draft = serde_json::json!({ "login": "gm", "name": "傅国栋", "role": "general_manager" });
    let made: shared::dto::user::FirstPassword = admin.post("/users", &draft).ok();
    let first = made.password.unwrap();

    let mut client = server.client();
    assert!(client.sign_in("gm", &first).unwrap().must_change_password);
    assert_eq!(client.get("/customers").problem().code, Code::PasswordChangeRequired);
    assert_eq!(client.change_password("wrong", PASSWORD).unwrap_err().code, Code::BadCredentials);
    assert_eq!(client.change_password(&first, "short").unwrap_err().code, Code::Invalid);
    assert_eq!(client.change_password(&first, &first).unwrap_err().code, Code::Invalid);
    client.change_password(&first, PASSWORD).unwrap();
    assert_eq!(client.get("/customers").status, 200);
}

#[test]
fn changing_the_password_ends_the_other_sessions() {
    let company = Company::new();
    let mut phone = company.server.client();
    phone.sign_in("gm", PASSWORD).unwrap();
    let mut desk = company.general_manager.client.clone();
    desk.change_password(PASSWORD, "another long password").unwrap();
    assert_eq!(desk.get("/session").status, 200);
    assert_eq!(phone.get("/session").problem().code, Code::Unauthenticated);
}

#[test]
fn a_request_from_another_site_is_refused() {
    let company = Company::new();
    let attack = |name: &str, value: &str| {
        company.admin.request("DELETE", "/sessions").header(name, value).send().problem().code
    };
    assert_eq!(attack("sec-fetch-site", "cross-site"), Code::CrossSite);
    assert_eq!(attack("origin", "https://evil.example"), Code::CrossSite);
    let bare = company.admin.request("DELETE", "/sessions").without("x-fenji").send();
    assert_eq!(bare.problem().code, Code::CrossSite);
    assert_eq!(company.admin.get("/session").status, 200, "nobody was signed out");
}
