//! The access matrix: every route attacked as nobody, as each role, and from the wrong unit.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use shared::dto::user::FirstPassword;
use shared::ledger::Mapping;
use shared::permission::{Action, Actor, Denied, Target, authorize};
use shared::problem::Code;
use tests::client::Client;
use tests::company::Company;

/// Whom a route lets in.
enum Door {
    /// Anybody, signed in or not.
    Public,
    /// Anybody signed in.
    SignedIn,
    /// Whoever may do this in the company.
    Company(Action),
    /// Whoever may do this to the customer.
    Customer(Action),
    /// Whoever may do this to every customer of the unit.
    Unit(Action),
}

struct Route {
    method: &'static str,
    path: &'static str,
    door: Door,
    /// A body that would be taken, with `CUSTOMER`, `UNIT`, `USER` and `REP` filled in.
    body: Option<Value>,
}

fn route(method: &'static str, path: &'static str, door: Door, body: Option<Value>) -> Route {
    Route { method, path, door, body }
}

fn routes() -> Vec<Route> {
    use Door::{Company, Customer, Public, SignedIn, Unit};
    let unit = json!({ "name": "新科", "kind": "section", "active": true });
    let user = json!({ "name": "新人", "role": "finance", "active": true });
    let customer = json!({ "code": "X9", "name": "新客户", "unit": "UNIT" });
    let start = json!({ "id": "import-1", "shape": "annual", "file_name": "a.csv", "as_of": "2025-12-31",
        "default_unit": "UNIT", "chunks": 1, "rows": 1 });
    let rows = json!({ "shape": "annual", "rows": [{ "code": "K1", "year": 2025, "values": {} }] });
    vec![
        route("GET", "/health", Public, None),
        route("GET", "/openapi.json", Public, None),
        route("GET", "/setup", Public, None),
        route(
            "POST",
            "/setup",
            Public,
            Some(json!({ "secret": "x", "login": "x", "name": "x", "password": "x" })),
        ),
        route("POST", "/session", Public, Some(json!({ "login": "x", "password": "x" }))),
        route("GET", "/session", SignedIn, None),
        route("DELETE", "/session", SignedIn, None),
        route("DELETE", "/sessions", SignedIn, None),
        route("PUT", "/session/password", SignedIn, Some(json!({ "current": "x", "new": "x" }))),
        route("GET", "/directory", Company(Action::ReadDirectory), None),
        route("GET", "/units", Company(Action::ManageUnits), None),
        route("POST", "/units", Company(Action::ManageUnits), Some(unit.clone())),
        route("PUT", "/units/{id}", Company(Action::ManageUnits), Some(unit)),
        route("GET", "/users", Company(Action::ManageUsers), None),
        route(
            "POST",
            "/users",
            Company(Action::ManageUsers),
            Some(json!({ "login": "n", "name": "n", "role": "finance" })),
        ),
        route("PUT", "/users/{id}", Company(Action::ManageUsers), Some(user)),
        route("POST", "/users/{id}/password", Company(Action::ManageUsers), Some(json!({}))),
        route("GET", "/audit", Company(Action::ReadAudit), None),
        route("GET", "/audit/verify", Company(Action::ReadAudit), None),
        route("GET", "/customers", Company(Action::ReadCustomer), None),
        route("POST", "/customers", Company(Action::EditCustomer), Some(customer.clone())),
        route("GET", "/customers/{id}", Customer(Action::ReadCustomer), None),
        route("PUT", "/customers/{id}", Customer(Action::EditCustomer), Some(customer)),
        route("GET", "/customers/{id}/history", Customer(Action::ReadCustomer), None),
        route(
            "PUT",
            "/customers/{id}/years/{year}/figures",
            Customer(Action::WriteFigures),
            Some(json!({ "values": {} })),
        ),
        route("GET", "/policies", Company(Action::ReadPolicy), None),
        route("GET", "/policies/current", Company(Action::ReadPolicy), None),
        route("GET", "/policies/{id}", Company(Action::ReadPolicy), None),
        route("GET", "/policies/{id}/cohort", Company(Action::ReadFigures), None),
        route("POST", "/policies/{id}/retire", Company(Action::PublishPolicy), reason()),
        route("GET", "/policy-drafts", Company(Action::EditPolicy), None),
        route("POST", "/policy-drafts", Company(Action::EditPolicy), Some(json!({ "based_on": "none" }))),
        route("GET", "/policy-drafts/{id}", Company(Action::EditPolicy), None),
        route("PUT", "/policy-drafts/{id}", Company(Action::EditPolicy), Some(json!({ "policy": {} }))),
        route("DELETE", "/policy-drafts/{id}", Company(Action::EditPolicy), None),
        route("POST", "/policy-drafts/{id}/publish", Company(Action::PublishPolicy), publish()),
        route("GET", "/rehearsal", Company(Action::EditPolicy), None),
        route("GET", "/regrades", Company(Action::ReadPolicy), None),
        route("POST", "/regrades", Company(Action::Regrade), Some(json!({ "years": [] }))),
        route("GET", "/regrades/{id}", Company(Action::ReadPolicy), None),
        route("POST", "/regrades/{id}/step", Company(Action::Regrade), Some(json!({ "at": 0 }))),
        route("POST", "/regrades/{id}/cancel", Company(Action::Regrade), None),
        route(
            "POST",
            "/assessments/preview",
            Company(Action::TryPolicy),
            Some(json!({ "inputs": { "values": {} } })),
        ),
        route("GET", "/reviews", Company(Action::ReadCustomer), None),
        route(
            "POST",
            "/reviews",
            Company(Action::RunReview),
            Some(json!({ "year": 1, "opens": "2026-03-26", "closes": "2026-03-30" })),
        ),
        route("GET", "/reviews/{id}", Company(Action::ReadCustomer), None),
        route(
            "POST",
            "/reviews/{id}/moves",
            Company(Action::RunReview),
            Some(json!({ "wanted": { "move": "conclude" } })),
        ),
        route("POST", "/reviews/{id}/step", Company(Action::RunReview), Some(json!({ "at": 999 }))),
        route("GET", "/reviews/{id}/forms", Company(Action::ReadCustomer), None),
        // Each of the moves is answered by itself.
        route("POST", "/reviews/{id}/forms/moves", SignedIn, Some(json!({ "moves": [] }))),
        route("GET", "/reviews/{id}/forms/{customer}", Customer(Action::ReadFigures), None),
        route(
            "PUT",
            "/reviews/{id}/forms/{customer}",
            Customer(Action::FillForm),
            Some(json!({ "content": {} })),
        ),
        route(
            "POST",
            "/reviews/{id}/forms/{customer}/moves",
            Customer(Action::SubmitForm),
            Some(json!({ "wanted": { "move": "submit", "grade": "B" } })),
        ),
        route("POST", "/reviews/{id}/forms/{customer}", Customer(Action::EditCustomer), None),
        route("GET", "/newcomers", Company(Action::ReadCustomer), None),
        route("GET", "/dashboard", Company(Action::ReadFigures), None),
        route("GET", "/dashboard/overdue", Company(Action::ReadFigures), None),
        route("POST", "/dashboard/recount", Company(Action::Regrade), Some(json!({ "unit": "UNIT" }))),
        route("GET", "/quarters/{quarter}", Company(Action::ReadFigures), None),
        route("GET", "/quarters/{quarter}/units/{unit}", Unit(Action::ReadFigures), None),
        route(
            "PUT",
            "/quarters/{quarter}/units/{unit}",
            Unit(Action::SubmitForm),
            Some(json!({ "look": {} })),
        ),
        route("GET", "/quarters/{quarter}/units/{unit}/customers", Unit(Action::ReadFigures), None),
        route("GET", "/customers/{id}/years/{year}/quarters", Customer(Action::ReadFigures), None),
        route("GET", "/customers/{id}/newcomer", Customer(Action::ReadCustomer), None),
        route("GET", "/customers/{id}/deal-grades", Customer(Action::ReadFigures), None),
        route(
            "POST",
            "/customers/{id}/deal-grades",
            Customer(Action::SubmitForm),
            Some(json!({ "deal": "D-1", "day": "2026-03-26", "grade": "B", "reason": "试" })),
        ),
        route("GET", "/reviews/{id}/meeting", Company(Action::ReadCustomer), None),
        route("PUT", "/reviews/{id}/meeting", Company(Action::RunReview), Some(record())),
        route("GET", "/reviews/{id}/meeting/items", Company(Action::ReadFigures), None),
        route(
            "POST",
            "/reviews/{id}/meeting/items",
            Customer(Action::SubmitForm),
            // Nothing is granted that could be stable.
            Some(
                json!({ "kind": "special_policy", "customer": "CUSTOMER", "choice": "stable", "reason": "试" }),
            ),
        ),
        // Who may is for the step to say.
        route("POST", "/reviews/{id}/meeting/items/{item}/moves", SignedIn, Some(json!({ "choice": "new" }))),
        route("GET", "/reviews/{id}/meeting/standing/{customer}", Customer(Action::ReadFigures), None),
        route("GET", "/reviews/{id}/meeting/minutes", Company(Action::ReadCustomer), None),
        route("POST", "/reviews/{id}/meeting/minutes", Company(Action::RunReview), Some(json!({}))),
        route("GET", "/duties", SignedIn, None),
        route("GET", "/stand-ins", SignedIn, None),
        route("GET", "/colleagues", SignedIn, None),
        route(
            "POST",
            "/stand-ins",
            SignedIn,
            Some(json!({ "by": "nobody", "from": "2026-03-26", "until": "2026-03-26" })),
        ),
        route("POST", "/stand-ins/{id}/end", SignedIn, None),
        route("GET", "/customers/{id}/grades", Customer(Action::ReadCustomer), None),
        route("GET", "/links", SignedIn, None),
        route(
            "POST",
            "/links",
            Unit(Action::ShareUnit),
            Some(json!({ "unit": "UNIT", "as_at": "2026-03-26", "until": "2026-03-26" })),
        ),
        // Which link it is decides, and this one is nobody's.
        route("GET", "/links/{id}", SignedIn, None),
        route("POST", "/links/{id}/rotate", SignedIn, None),
        route("POST", "/links/{id}/revoke", SignedIn, None),
        route(
            "POST",
            "/exports",
            Company(Action::Export),
            Some(json!({ "list": "stand_ins", "format": "csv", "rows": 0 })),
        ),
        route("GET", "/imports", Company(Action::Import), None),
        route("POST", "/imports", Company(Action::Import), Some(start)),
        route("GET", "/imports/known", Company(Action::Import), None),
        route("GET", "/imports/{id}", Company(Action::Import), None),
        route("PUT", "/imports/{id}/chunks/{n}", Company(Action::Import), Some(rows)),
        route("GET", "/import-mappings", Company(Action::Import), None),
        route(
            "PUT",
            "/import-mappings",
            Company(Action::Import),
            Some(json!({ "shape": "annual", "headings": "a", "mapping": Mapping::default() })),
        ),
    ]
}

fn reason() -> Option<Value> {
    Some(json!({ "reason": "试" }))
}

fn record() -> Value {
    json!({ "record": { "date": "2026-03-31", "place": "会议室", "chair": "苏婷",
        "attendance": [{ "department": "促销科", "person": "苏婷", "presence": "present" }] } })
}

fn publish() -> Option<Value> {
    Some(json!({ "effective_from": "2099-01-01", "reason": "试" }))
}

/// What a path's `{id}` stands for.
struct Ids {
    customer: String,
    policy: String,
    /// Open, with a form of the customer.
    cycle: String,
    /// Somebody whom no test signs in.
    user: String,
}

fn ask(client: &Client, route: &Route, company: &Company, ids: &Ids) -> tests::client::Answer {
    let id = match route.path {
        path if path.starts_with("/customers") => &ids.customer,
        path if path.starts_with("/units") => company.two.id.as_str(),
        path if path.starts_with("/users") => &ids.user,
        path if path.starts_with("/policies") => &ids.policy,
        path if path.starts_with("/reviews") => &ids.cycle,
        path if path.starts_with("/stand-ins") || path.starts_with("/links") => "nowhere",
        path if path.starts_with("/policy-drafts") || path.starts_with("/regrades") => "nowhere",
        _ => "import-1",
    };
    let path = route
        .path
        .replace("{id}", id)
        .replace("{customer}", &ids.customer)
        .replace("{item}", "nowhere")
        .replace("{year}", "2025")
        .replace("{quarter}", "2026Q1")
        .replace("{unit}", company.one.id.as_str())
        .replace("{n}", "0");
    let path = match path.as_str() {
        "/imports/known" => "/imports/known?shape=annual".to_owned(),
        "/newcomers" => "/newcomers?state=due".to_owned(),
        path if path.ends_with("/cohort") => format!("{path}?year=2025"),
        "/import-mappings" if route.method == "GET" => "/import-mappings?shape=annual&headings=a".to_owned(),
        _ => path,
    };
    // A version that nobody has reached: whoever is let in changes nothing.
    let request = client.request(route.method, &path).if_version(999_999).fresh_key();
    match &route.body {
        Some(body) => {
            let body = body.to_string().replace("\"UNIT\"", &format!("\"{}\"", company.one.id));
            let body = body.replace("\"CUSTOMER\"", &format!("\"{}\"", ids.customer));
            request.header("content-type", "application/json").bytes(body.into_bytes()).send()
        }
        None => request.send(),
    }
}

#[test]
fn every_route_keeps_its_door() {
    let company = Company::new();
    let customer = company.customer("K0001", "东方封头用户有限公司");
    let policy: Value = company.promotion.client.get("/policies/current").ok();
    let spare = json!({ "login": "spare", "name": "备用", "role": "finance" });
    let spare: FirstPassword = company.admin.post("/users", &spare).ok();
    let ids = Ids {
        customer: customer.id.to_string(),
        policy: policy["id"].as_str().expect("the policy's id").to_owned(),
        user: spare.user.id.to_string(),
        cycle: tests::review::opened(&company.promotion.client).to_string(),
    };

    let mut wrong = Vec::new();
    for route in routes() {
        let ends_session = route.path.starts_with("/session") && route.method != "GET";
        let mut expect = |who: &str, answer: &tests::client::Answer, expected: Option<Code>| {
            let refused = [401, 403].contains(&answer.status)
                || (answer.status == 404 && matches!(route.door, Door::Customer(_) | Door::Unit(_)));
            let right = match expected {
                Some(code) => answer.status == code.status() && answer.problem().code == code,
                None => !refused || matches!(route.door, Door::Public),
            };
            if !right {
                wrong.push(format!(
                    "{} {} as {who}: {} {}",
                    route.method,
                    route.path,
                    answer.status,
                    answer.text()
                ));
            }
        };
        if !matches!(route.door, Door::Public) {
            let answer = ask(&company.admin.anonymous(), &route, &company, &ids);
            expect("nobody", &answer, Some(Code::Unauthenticated));
        }
        if ends_session {
            continue;
        }
        for (who, client, role) in company.everyone() {
            let person = [&company.rep, &company.chief, &company.other_rep, &company.other_chief]
                .into_iter()
                .find(|person| person.client.cookie() == client.cookie());
            let actor = Actor {
                user: person.map_or_else(|| company.finance.user.id.clone(), |person| person.user.id.clone()),
                role,
                unit: person.and_then(|person| person.user.unit.clone()),
            };
            let expected = match route.door {
                Door::Public | Door::SignedIn => None,
                Door::Company(action) => authorize(&actor, action, Target::Company).err(),
                Door::Customer(action) => {
                    let target = Target::Customer { unit: &customer.unit, rep: customer.rep.as_ref() };
                    authorize(&actor, action, target).err()
                }
                Door::Unit(action) => {
                    authorize(&actor, action, Target::Customer { unit: &company.one.id, rep: None }).err()
                }
            };
            let expected = expected.map(|denied| match denied {
                Denied::Forbidden => Code::Forbidden,
                Denied::Hidden => Code::NotFound,
            });
            expect(who, &ask(client, &route, &company, &ids), expected);
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_route_of_the_document_has_a_row() {
    let server = tests::server::Server::start();
    let document: Value = server.client().get("/openapi.json").ok();
    let documented: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .expect("paths")
        .iter()
        .flat_map(|(path, item)| {
            let path = path.trim_start_matches("/api/v1").to_owned();
            let methods = item
                .as_object()
                .expect("operations")
                .keys()
                .filter(|key| ["get", "put", "post", "patch", "delete"].contains(&key.as_str()));
            methods.map(move |method| (method.to_uppercase(), path.clone()))
        })
        .collect();
    let rows: BTreeSet<_> =
        routes().into_iter().map(|route| (route.method.to_owned(), route.path.to_owned())).collect();
    let shape = |set: &BTreeSet<(String, String)>| -> BTreeSet<(String, String)> {
        // The names of parameters do not matter.
        set.iter()
            .map(|(method, path)| {
                let parts: Vec<_> =
                    path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect();
                (method.clone(), parts.join("/"))
            })
            .collect()
    };
    assert_eq!(shape(&documented), shape(&rows), "left: routes of the Worker, right: rows of the matrix");
}
