//! Builders: a company with units and a person for every role.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use shared::calendar::{Date, Millis};
use shared::dto::customer::{Customer, CustomerDraft};
use shared::dto::session::Setup;
use shared::dto::unit::{Unit, UnitDraft, UnitKind};
use shared::dto::user::{FirstPassword, NewUser, User};
use shared::id::{CustomerCode, Login, Name, UnitId};
use shared::permission::Role;

use crate::client::Client;
use crate::server::Server;

/// The password of everybody made here, after the forced change.
pub const PASSWORD: &str = "correct horse battery";

/// A person with a browser.
pub struct Person {
    /// Signed in, first password changed.
    pub client: Client,
    /// The account.
    pub user: User,
}

/// A name that is known to be valid.
pub fn name(text: &str) -> Name {
    Name::parse(text).expect("a valid name")
}

/// Makes the first admin and signs in.
pub fn admin(mut client: Client, secret: &str, password: &str) -> Client {
    let setup = Setup {
        secret: secret.to_owned(),
        login: Login::parse("admin").expect("a valid login"),
        name: name("系统管理员"),
        password: password.to_owned(),
    };
    client.set_up(&setup).expect("the first admin is made");
    client
}

/// Makes a unit.
pub fn unit(admin: &Client, title: &str, kind: UnitKind) -> Unit {
    admin.post("/units", &UnitDraft { name: name(title), kind, active: true }).ok()
}

/// Makes a user, signs in, changes the first password.
pub fn person(
    admin: &Client,
    login: &str,
    title: &str,
    role: Role,
    unit: Option<&UnitId>,
    password: &str,
) -> Person {
    let draft = NewUser {
        login: Login::parse(login).expect("a valid login"),
        name: name(title),
        role,
        unit: unit.cloned(),
    };
    let made: FirstPassword = admin.post("/users", &draft).ok();
    let first = made.password.expect("a first password");
    let mut client = admin.anonymous();
    client.sign_in(login, &first).expect("the first sign-in");
    client.change_password(&first, password).expect("the first password is changed");
    Person { client, user: made.user }
}

/// Who belongs to a company, each with the cookie of a session.
#[derive(Serialize, Deserialize)]
struct People {
    units: [Unit; 2],
    admin: String,
    users: [(User, String); 9],
}

fn cookie(of: &Client) -> String {
    of.cookie().expect("somebody signed in").to_owned()
}

/// Where the company of this run of tests is kept; `None` without a runner that names its runs.
fn kept() -> Option<PathBuf> {
    let run = std::env::var("NEXTEST_RUN_ID").ok()?;
    let results = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("test-results");
    std::fs::create_dir_all(&results).ok()?;
    Some(results.join(format!("company-{run}")))
}

/// A small company on a server of its own: two units and a person for every role.
pub struct Company {
    /// Where it runs.
    pub server: Server,
    /// 系统管理员.
    pub admin: Client,
    /// 销售一科, where `chief` and `rep` belong.
    pub one: Unit,
    /// 销售二科, where `other_chief` and `other_rep` belong.
    pub two: Unit,
    /// A rep of unit one.
    pub rep: Person,
    /// The chief of unit one.
    pub chief: Person,
    /// A rep of unit two.
    pub other_rep: Person,
    /// The chief of unit two.
    pub other_chief: Person,
    /// 促销科.
    pub promotion: Person,
    /// 财务部.
    pub finance: Person,
    /// 生产部.
    pub production: Person,
    /// 销售部长.
    pub director: Person,
    /// 总经理.
    pub general_manager: Person,
}

impl Company {
    /// One on a server of its own. Hashing passwords takes most of founding it, so it is done once per run of
    /// tests and copied for each.
    pub fn new() -> Self {
        let Some(folder) = kept() else { return Self::found() };
        // Whoever makes the folder fills it, and writes down last who belongs to it.
        let (state, people) = (folder.join("state"), folder.join("people.json"));
        if std::fs::create_dir(&folder).is_ok() {
            let company = Self::found();
            let written = serde_json::to_vec(&company.people()).expect("people are JSON");
            company.server.leave(&state);
            std::fs::write(folder.join("writing"), written).expect("the people are written");
            std::fs::rename(folder.join("writing"), &people).expect("the people are there");
        }
        for _ in 0..1_200 {
            if let Ok(written) = std::fs::read(&people) {
                let people = serde_json::from_slice(&written).expect("people as they were written");
                return Self::again(Server::start_from(&state), people);
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("nobody founded the company in {}", folder.display())
    }

    fn people(&self) -> People {
        let of = |person: &Person| (person.user.clone(), cookie(&person.client));
        People {
            units: [self.one.clone(), self.two.clone()],
            admin: cookie(&self.admin),
            users: [
                of(&self.rep),
                of(&self.chief),
                of(&self.other_rep),
                of(&self.other_chief),
                of(&self.promotion),
                of(&self.finance),
                of(&self.production),
                of(&self.director),
                of(&self.general_manager),
            ],
        }
    }

    fn again(server: Server, people: People) -> Self {
        let nobody = server.client();
        let [one, two] = people.units;
        let [rep, chief, other_rep, other_chief, promotion, finance, production, director, general_manager] =
            people.users.map(|(user, cookie)| Person { client: nobody.with_cookie(&cookie), user });
        let admin = nobody.with_cookie(&people.admin);
        Self {
            server,
            admin,
            one,
            two,
            rep,
            chief,
            other_rep,
            other_chief,
            promotion,
            finance,
            production,
            director,
            general_manager,
        }
    }

    fn found() -> Self {
        let server = Server::start();
        let admin = admin(server.client(), crate::server::SECRET, PASSWORD);
        let one = unit(&admin, "销售一科", UnitKind::Section);
        let two = unit(&admin, "销售二科", UnitKind::Office);
        let hire = |login: &str, title: &str, role, unit: Option<&Unit>| {
            person(&admin, login, title, role, unit.map(|unit| &unit.id), PASSWORD)
        };
        Self {
            rep: hire("rep", "李晓梅", Role::Rep, Some(&one)),
            chief: hire("chief", "陈志远", Role::SectionChief, Some(&one)),
            other_rep: hire("other_rep", "张伟", Role::Rep, Some(&two)),
            other_chief: hire("other_chief", "刘建国", Role::SectionChief, Some(&two)),
            promotion: hire("promotion", "苏婷", Role::Promotion, None),
            finance: hire("finance", "沈会", Role::Finance, None),
            production: hire("production", "田野", Role::Production, None),
            director: hire("director", "丁建平", Role::Director, None),
            general_manager: hire("gm", "傅国栋", Role::GeneralManager, None),
            server,
            admin,
            one,
            two,
        }
    }

    /// 促销科 at another time, signed in anew: a session does not last for days.
    pub fn promotion_at(&self, now: Millis) -> Client {
        let mut client = self.promotion.client.anonymous().at(now);
        client.sign_in("promotion", PASSWORD).expect("the sign-in");
        client
    }

    /// A customer of unit one, looked after by `rep`.
    pub fn customer(&self, code: &str, title: &str) -> Customer {
        self.customer_of(&self.one, Some(&self.rep), code, title)
    }

    /// A customer of any unit and rep.
    pub fn customer_of(&self, unit: &Unit, rep: Option<&Person>, code: &str, title: &str) -> Customer {
        let draft = CustomerDraft {
            code: CustomerCode::parse(code).expect("a valid code"),
            name: name(title),
            unit: unit.id.clone(),
            rep: rep.map(|person| person.user.id.clone()),
            segment: None,
            since: Date::new(2015, 5, 1).ok(),
        };
        self.promotion.client.post("/customers", &draft).ok()
    }

    /// Everybody with a role, by the name of the fixture.
    pub fn everyone(&self) -> [(&'static str, &Client, Role); 10] {
        [
            ("rep", &self.rep.client, Role::Rep),
            ("chief", &self.chief.client, Role::SectionChief),
            ("other rep", &self.other_rep.client, Role::Rep),
            ("other chief", &self.other_chief.client, Role::SectionChief),
            ("promotion", &self.promotion.client, Role::Promotion),
            ("finance", &self.finance.client, Role::Finance),
            ("production", &self.production.client, Role::Production),
            ("director", &self.director.client, Role::Director),
            ("general manager", &self.general_manager.client, Role::GeneralManager),
            ("admin", &self.admin, Role::Admin),
        ]
    }
}

impl Default for Company {
    fn default() -> Self {
        Self::new()
    }
}
