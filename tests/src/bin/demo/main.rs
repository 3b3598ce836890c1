//! Loads the demo company through the API: a fictional maker of heads, the same every time.
//!
//! `SETUP_SECRET=… demo --url http://127.0.0.1:8787` fills an empty instance and prints the accounts.

mod customers;
mod random;

use shared::calendar::Date;
use shared::dto::import::{ChunkResult, ImportState, Rows, StartImport};
use shared::dto::unit::{Unit, UnitKind};
use shared::id::{ImportId, UnitId};
use shared::ledger::Shape;
use shared::permission::Role;
use tests::client::Client;
use tests::company;

/// Everybody's password in the demo; a real instance never has a default one.
const PASSWORD: &str = "fenji-demo-2026";

/// A unit with its chief and reps, each rep a login and a name.
type Staffed = (&'static str, UnitKind, &'static str, [(&'static str, &'static str); 2]);

/// The units; the logins are pinyin.
const UNITS: [Staffed; 8] = [
    ("销售一科", UnitKind::Section, "陈志远", [("lixiaomei", "李晓梅"), ("wangjun", "王军")]),
    ("销售二科", UnitKind::Section, "刘建国", [("zhangwei", "张伟"), ("zhaolei", "赵磊")]),
    ("销售三科", UnitKind::Section, "周文斌", [("sunyan", "孙燕"), ("qianfeng", "钱峰")]),
    ("销售四科", UnitKind::Section, "吴海涛", [("zhengjie", "郑洁"), ("fengtao", "冯涛")]),
    ("外贸科", UnitKind::Section, "何静", [("xulin", "徐琳"), ("gaoming", "高明")]),
    ("云泽代表处", UnitKind::Office, "马强", [("linna", "林娜"), ("guopeng", "郭鹏")]),
    ("青屿代表处", UnitKind::Office, "罗秀英", [("tangbo", "唐波"), ("xiemin", "谢敏")]),
    ("朔川代表处", UnitKind::Office, "宋立新", [("hanxue", "韩雪"), ("caogang", "曹刚")]),
];

const OFFICES: [(&str, &str, Role); 5] = [
    ("promotion", "促销科 苏婷", Role::Promotion),
    ("finance", "财务部 沈会", Role::Finance),
    ("production", "生产部 田野", Role::Production),
    ("director", "销售部长 丁建平", Role::Director),
    ("gm", "总经理 傅国栋", Role::GeneralManager),
];

fn main() {
    let url = argument("--url").unwrap_or_else(|| fail("usage: SETUP_SECRET=… demo --url http://HOST:PORT"));
    let secret = std::env::var("SETUP_SECRET").unwrap_or_else(|_| fail("SETUP_SECRET is not set"));
    let admin = company::admin(Client::new(&url), &secret, PASSWORD);

    let units = people(&admin);
    let mut promotion = admin.anonymous();
    promotion.sign_in("promotion", PASSWORD).unwrap_or_else(|problem| fail(&problem.detail));
    let first_unit = units.first().map(|unit| unit.id.clone()).unwrap_or_else(|| fail("no unit was made"));
    let customers = customers::all(&UNITS.map(|(unit, _, _, reps)| (unit, reps.map(|(login, _)| login))));
    for year in customers::YEARS {
        import(&promotion, year, &first_unit, customers::rows(&customers, year));
    }

    println!("demo accounts, all with the password {PASSWORD}:");
    println!("  admin         系统管理员");
    for (login, title, _) in OFFICES {
        println!("  {login:<13} {title}");
    }
    for (index, (title, _, chief, [(rep, name), _])) in UNITS.iter().enumerate().take(2) {
        println!("  {:<13} {title}科长 {chief}", chief_login(index));
        println!("  {rep:<13} {title}销售员 {name}");
    }
}

fn chief_login(index: usize) -> String {
    format!("chief{}", index + 1)
}

fn people(admin: &Client) -> Vec<Unit> {
    for (login, title, role) in OFFICES {
        company::person(admin, login, title, role, None, PASSWORD);
    }
    let unit = |(index, (title, kind, chief, reps)): (usize, Staffed)| {
        let unit = company::unit(admin, title, kind);
        company::person(admin, &chief_login(index), chief, Role::SectionChief, Some(&unit.id), PASSWORD);
        for (login, name) in reps {
            company::person(admin, login, name, Role::Rep, Some(&unit.id), PASSWORD);
        }
        unit
    };
    UNITS.into_iter().enumerate().map(unit).collect()
}

fn import(promotion: &Client, year: i32, default_unit: &UnitId, rows: Vec<shared::ledger::AnnualRow>) {
    let chunks: Vec<_> = rows.chunks(200).map(<[_]>::to_vec).collect();
    let id = ImportId::parse(&format!("demo-{year}")).expect("a valid id");
    let start = StartImport {
        id: id.clone(),
        shape: Shape::Annual,
        file_name: company::name(&format!("{year}年销售台账（演示）.xlsx")),
        as_of: Date::year_end(year).expect("a valid year"),
        default_unit: default_unit.clone(),
        chunks: chunks.len() as u32,
        rows: rows.len() as u32,
    };
    promotion.post("/imports", &start).ok::<ImportState>();
    for (index, chunk) in chunks.into_iter().enumerate() {
        let path = format!("/imports/{id}/chunks/{index}");
        promotion.request("PUT", &path).json(&Rows::Annual(chunk)).send().ok::<ChunkResult>();
    }
}

fn argument(name: &str) -> Option<String> {
    let mut arguments = std::env::args().skip(1);
    arguments.find(|argument| argument == name)?;
    arguments.next()
}

fn fail(message: &str) -> ! {
    eprintln!("demo: {message}");
    std::process::exit(2)
}
