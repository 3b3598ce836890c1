//! Wrong requests: each has one clear answer and leaves nothing changed.

use shared::problem::Code;
use tests::company::Company;

#[test]
fn unknown_paths_and_methods_are_problems() {
    let company = Company::new();
    assert_eq!(company.admin.get("/nothing").problem().code, Code::NotFound);
    assert_eq!(company.admin.request("DELETE", "/units").send().problem().code, Code::MethodNotAllowed);
}

#[test]
fn bodies_that_are_not_what_was_asked_for_name_the_field() {
    let company = Company::new();
    let post = |kind: &str, body: &str| {
        let request = company.admin.request("POST", "/units").fresh_key().header("content-type", kind);
        request.bytes(body.as_bytes().to_vec()).send().problem()
    };
    assert_eq!(post("text/plain", "{}").code, Code::UnsupportedMedia);
    assert_eq!(post("application/json", "{").code, Code::Invalid);
    let cases = [
        (r#"{"name":"","kind":"section"}"#, "name"),
        (r#"{"name":"x","kind":"castle"}"#, "kind"),
        (r#"{"name":"x","kind":"section","colour":"red"}"#, "colour"),
        (r#"{"name":"a\u202eb","kind":"section"}"#, "name"),
    ];
    for (body, field) in cases {
        let problem = post("application/json", body);
        assert_eq!(problem.code, Code::Invalid, "{body}");
        assert!(problem.fields.iter().any(|one| one.field == field), "{body}: {:?}", problem.fields);
    }
    let large = format!(r#"{{"name":"{}"}}"#, "x".repeat(3 << 20));
    let request = company.admin.request("POST", "/units").fresh_key();
    let request = request.header("content-type", "application/json").bytes(large.into_bytes());
    assert_eq!(request.send_too_large().problem().code, Code::TooLarge);
}

#[test]
fn answers_carry_the_headers_that_keep_a_browser_safe() {
    let company = Company::new();
    for path in ["/session", "/nothing", "/customers"] {
        let answer = company.promotion.client.get(path);
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(answer.header("content-security-policy").unwrap().contains("default-src 'none'"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert!(answer.header("x-request-id").is_some(), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
    }
}

#[test]
fn markup_and_formulas_are_only_text() {
    let company = Company::new();
    for (code, title) in [
        ("K1", "<img src=x onerror=alert(1)>"),
        ("K2", "=HYPERLINK(\"http://x\")"),
        ("K3", "'); DROP TABLE customers; --"),
    ] {
        let made = company.customer(code, title);
        assert_eq!(made.name.as_str(), title);
    }
    let page: shared::dto::page::Page<shared::dto::customer::CustomerRow> =
        company.promotion.client.get("/customers").ok();
    assert_eq!(page.items.len(), 3);
    for q in ["%27", "%22", "*", "a%20OR%20b", "NEAR(", "-", "%25", "%E4%B8%9C%22"] {
        assert_eq!(company.promotion.client.get(&format!("/customers?q={q}")).status, 200, "{q}");
    }
}
