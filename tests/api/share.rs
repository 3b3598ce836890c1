//! Public links, tried by a stranger: each state, each method, each path beneath, guesses, races.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;
use shared::dto::page::Page;
use shared::dto::share::{LinkRow, LinkView, MadeLink};
use shared::share::LinkState;
use tests::book::fill;
use tests::client::{Answer, Client};
use tests::company::Company;
use tests::review::{DAY, on};
use tests::server::NOW;
use tests::share::{open, path, share};

/// All that an answer tells, but for the name of the request.
fn told(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let own = ["x-request-id", "date", "x-fenji-statements", "x-fenji-rows-read"];
    let mut headers = answer.headers.clone();
    headers.retain(|(name, _)| !own.contains(&name.as_str()));
    headers.sort();
    (answer.status, headers, answer.text())
}

fn state(client: &Client, made: &MadeLink) -> LinkState {
    client.get(&format!("/links/{}", made.link.id)).ok::<LinkView>().link.state
}

fn revoked(client: &Client, made: &MadeLink) -> Answer {
    let view: LinkView = client.get(&format!("/links/{}", made.link.id)).ok();
    let path = format!("/links/{}/revoke", made.link.id);
    client.request("POST", &path).if_version(view.link.version).json(&json!({})).send()
}

#[test]
fn an_open_link_shows_what_was_ticked_and_nothing_follows_its_reader() {
    let company = Company::new();
    fill(&company, 2024, 1..31);
    fill(&company, 2025, 1..151);
    let (promotion, stranger) = (&company.promotion.client, company.server.client());
    let plain = share(promotion, &company.one.id, &json!({}));
    let answer = stranger.visit("GET", &path(&plain)).header("user-agent", "Agent-of-a-stranger").send();
    let text = answer.text();
    assert_eq!(answer.status, 200, "{text}");
    for part in ["销售一科", "等级截至", "2026-03-26", "苏婷", "各级客户", "与上年相比", "<b>A</b>"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    for hidden in ["有限公司", "K0000", "万元", "资信", "<script", "style=\"", "http:"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    assert!(answer.body.len() < 4_000, "{}", answer.body.len());
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("x-robots-tag", "noindex, nofollow"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'self'; form-action 'self'"), "{policy}");
    assert!(!policy.contains("script"), "{policy}");
    assert_eq!(answer.header("set-cookie"), None);
    let stored = String::from_utf8_lossy(&company.server.stored()).into_owned();
    assert!(
        !stored.contains("Agent-of-a-stranger") && !stored.contains(path(&plain).trim_start_matches("/s/"))
    );

    let terms = json!({ "names": true, "figures": true, "credit": true, "sheet": true });
    let whole = share(promotion, &company.one.id, &terms);
    let first = open(&stranger, &path(&whole));
    let text = first.text();
    for part in ["客户2有限公司", "K00002", "万元", "资信等级", "第 1 / 2 页", "value=\"xlsx\"", "82"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("客户1有限公司"), "that one is of the other unit");
    assert!(first.body.len() < 20_000, "{}", first.body.len());
    let rows = |text: &str| text.matches("<small>").count();
    let second = open(&stranger, &format!("{}?page=2", path(&whole)));
    assert_eq!((rows(&text), rows(&second.text())), (50, 25));
    let past = open(&stranger, &format!("{}?page=999", path(&whole)));
    assert_eq!(told(&past), told(&second), "past the last is the last");
    let english = stranger.visit("GET", &path(&whole)).header("accept-language", "en-GB").send();
    assert!(english.text().contains("Grades as at") && english.text().contains("lang=\"en\""));
    let chosen = open(&stranger, &format!("{}?lang=en&page=1", path(&whole)));
    assert!(chosen.text().contains("name=\"lang\" value=\"en\""));

    let book = open(&stranger, &format!("{}?file=xlsx", path(&whole)));
    assert_eq!(book.header("content-disposition"), Some("attachment; filename=\"fenji-2026-03-26.xlsx\""));
    let content = book.text();
    assert!(book.body.starts_with(b"PK") && content.contains("客户150有限公司") && !content.contains("<f>"));
    let refused = open(&stranger, &format!("{}?file=xlsx", path(&plain)));
    assert_eq!(refused.header("content-type"), Some("text/html; charset=utf-8"), "it was not allowed");

    // The log says how often, and on which day.
    let view: LinkView = promotion.get(&format!("/links/{}", whole.link.id)).ok();
    assert_eq!((view.link.views, view.days.len(), view.days[0].views), (6, 1, 6));
    assert_eq!(view.days[0].day.to_string(), "2026-03-26");
}

#[test]
fn whatever_opens_nothing_answers_alike() {
    let company = Company::new();
    let (promotion, stranger) = (&company.promotion.client, company.server.client());
    let one = &company.one.id;
    let unknown = told(&open(&stranger, "/s/abcdefghijkmnpqrstuvwxyz23456789abcdefghijkmnpqrstuv"));
    assert_eq!(unknown.0, 404);
    let same = |answer: &Answer, what: &str| assert_eq!(told(answer), unknown, "{what}");

    let live = path(&share(promotion, one, &json!({})));
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"] {
        same(&stranger.visit(method, &live).send(), method);
    }
    for beneath in ["/", "/export", "/export.xlsx", "/..%2f", "/s/x", "//", "/api/v1/links"] {
        same(&open(&stranger, &format!("{live}{beneath}")), beneath);
    }
    for path in ["/s/", "/s/a", "/s/%20", "/s/'%20or%201=1", "/s/..%2f..%2fapi"] {
        same(&open(&stranger, path), path);
    }
    assert_eq!(open(&stranger, &live).status, 200, "it is alive all the while");

    let over = share(promotion, one, &json!({ "until": "2026-03-26" }));
    assert_eq!(open(&stranger, &path(&over)).status, 200);
    same(&open(&stranger.at(NOW + DAY), &path(&over)), "expired");

    let twice = share(promotion, one, &json!({ "max_views": 2 }));
    let head = stranger.visit("HEAD", &path(&twice)).send();
    assert_eq!((head.status, head.body.len()), (200, 0), "a look at the head is no opening");
    assert_eq!([open(&stranger, &path(&twice)).status, open(&stranger, &path(&twice)).status], [200, 200]);
    same(&open(&stranger, &path(&twice)), "exhausted");
    assert_eq!(stranger.visit("HEAD", &path(&twice)).send().status, 404);
    assert_eq!(state(promotion, &twice), LinkState::Exhausted);

    let closed = share(promotion, one, &json!({ "passcode": "294817" }));
    assert_eq!(open(&stranger, &path(&closed)).status, 200, "asks for the passcode");
    let row: LinkRow = revoked(promotion, &closed).ok();
    assert_eq!((row.state, row.revoked_by.map(String::from)), (LinkState::Revoked, Some("苏婷".to_owned())));
    same(&open(&stranger, &path(&closed)), "revoked");
    same(
        &stranger.visit("POST", &path(&closed)).form("passcode=294817").send(),
        "revoked, with its passcode",
    );
    assert_eq!(revoked(promotion, &closed).status, 409, "once is enough");

    let turned = share(promotion, one, &json!({}));
    let answer = promotion
        .request("POST", &format!("/links/{}/rotate", turned.link.id))
        .if_version(turned.link.version)
        .json(&json!({}))
        .send();
    let again: MadeLink = answer.ok();
    assert_ne!(path(&again), path(&turned));
    same(&open(&stranger, &path(&turned)), "the former address");
    assert_eq!(open(&stranger, &path(&again)).status, 200);

    let all: Page<LinkRow> = promotion.get("/links").ok();
    let open_now = all.items.iter().filter(|row| row.state == LinkState::Open).count();
    assert_eq!((all.items.len(), open_now), (5, 3), "the live one, the one until today, the turned one");
    // A sign-in of tomorrow clears away the sessions of today, so it comes last.
    assert_eq!(state(&on(&company, "promotion", 1), &over), LinkState::Expired);
}

#[test]
fn a_passcode_is_asked_for_carried_along_and_throttled() {
    let company = Company::new();
    fill(&company, 2025, 1..201);
    let terms = json!({ "names": true, "sheet": true, "passcode": "29-48&17" });
    let made = share(&company.promotion.client, &company.one.id, &terms);
    let (stranger, at) = (company.server.client(), path(&made));
    let asked = open(&stranger, &at).text();
    assert!(asked.contains("type=\"password\"") && asked.contains("method=\"post\""), "{asked}");
    assert!(!asked.contains("销售一科") && !asked.contains("苏婷"), "{asked}");
    let by_address = open(&stranger, &format!("{at}?passcode=29-48%2617"));
    assert!(by_address.text().contains("type=\"password\""), "an address carries no passcode");
    let give = |client: &Client, form: &str| client.visit("POST", &at).form(form).send();
    let wrong = give(&stranger, "passcode=294818");
    assert!(wrong.status == 403 && wrong.text().contains("aria-invalid"), "{}", wrong.text());

    let right = give(&stranger, "passcode=29-48%2617");
    assert_eq!(right.status, 200);
    assert!(right.text().contains("<input type=\"hidden\" name=\"passcode\" value=\"29-48&amp;17\">"));
    assert!(give(&stranger, "passcode=29-48%2617&page=2").text().contains("第 2 / 2 页"));
    let book = give(&stranger, "passcode=29-48%2617&page=2&file=xlsx");
    assert!(book.body.starts_with(b"PK"));
    assert_eq!(give(&stranger, "page=2").text(), asked, "without it nothing is shown");

    let tries: Vec<u16> = (0..8).map(|_| give(&stranger, "passcode=111112").status).collect();
    assert_eq!((tries[0], tries[7]), (403, 429), "{tries:?}");
    let waiting = give(&stranger, "passcode=29-48%2617");
    assert_eq!(waiting.status, 429, "even the right one waits");
    assert!(waiting.header("retry-after").is_some() && !waiting.text().contains("销售一科"));
    assert_eq!(give(&stranger.at(NOW + DAY), "passcode=29-48%2617").status, 200);
    let view: LinkView = company.promotion.client.get(&format!("/links/{}", made.link.id)).ok();
    assert_eq!(view.link.views, 4, "only what was shown is counted");
}

#[test]
fn ten_thousand_guesses_find_nothing_and_leave_nothing() {
    let company = Company::new();
    let made = share(&company.promotion.client, &company.one.id, &json!({}));
    let (stranger, at) = (company.server.client(), path(&made));
    let letters = b"abcdefghijkmnpqrstuvwxyz23456789";
    // Near the right one: each differs in some letters.
    let guess = |number: usize| {
        let mut text = at.clone().into_bytes();
        for (place, shift) in [(3, number % 31), (20, number / 31 % 31), (40, number / 961 % 31)] {
            let now =
                letters.iter().position(|letter| *letter == text[place]).expect("a letter of the alphabet");
            text[place] = letters[(now + 1 + shift) % 32];
        }
        String::from_utf8(text).expect("letters")
    };
    let (dead, waiting, next) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed) as usize;
                    if number >= 10_000 {
                        break;
                    }
                    let answer = open(&stranger, &guess(number));
                    assert!(!answer.text().contains("销售一科"));
                    // One counter is written for those that were looked up, and nothing for all others.
                    let (statements, rows) = answer.cost();
                    assert!(
                        statements == if answer.status == 404 { 3 } else { 2 } && rows < 10,
                        "{statements} {rows}"
                    );
                    match answer.status {
                        404 => dead.fetch_add(1, Ordering::Relaxed),
                        429 => waiting.fetch_add(1, Ordering::Relaxed),
                        other => panic!("{other}"),
                    };
                }
            });
        }
    });
    let (dead, waiting) = (dead.into_inner(), waiting.into_inner());
    assert!(dead < 60 && waiting > 9_900, "{dead} looked up, {waiting} sent away");
    // Others behind the same address may have the right one: it opens, and guessing goes on waiting.
    assert_eq!(open(&stranger, &at).status, 200);
    assert_eq!(open(&stranger, &guess(10_001)).status, 429);
    assert_eq!(open(&stranger.at(NOW + 16 * 60_000), &guess(10_001)).status, 404);
    let view: LinkView = company.promotion.client.get(&format!("/links/{}", made.link.id)).ok();
    assert_eq!(view.link.views, 1);
}

#[test]
fn the_last_opening_is_had_by_one() {
    let company = Company::new();
    let made = share(&company.promotion.client, &company.one.id, &json!({ "max_views": 3 }));
    let (stranger, at) = (company.server.client(), path(&made));
    let opened: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..12).map(|_| scope.spawn(|| open(&stranger, &at).status)).collect();
        tries.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    assert_eq!(opened.iter().filter(|status| **status == 200).count(), 3, "{opened:?}");
    let view: LinkView = company.promotion.client.get(&format!("/links/{}", made.link.id)).ok();
    assert_eq!((view.link.views, view.link.state), (3, LinkState::Exhausted));
}
