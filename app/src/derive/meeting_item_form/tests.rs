use shared::ledger::Lang;

use super::super::meeting_item::granted;
use super::*;

fn said(pairs: &[(&str, &str)]) -> Touched {
    pairs.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect()
}

fn customer() -> Option<CustomerId> {
    CustomerId::parse("k1").ok()
}

#[test]
fn a_proposal_is_read_by_its_kind_and_all_that_is_wrong_is_said() {
    let nothing = proposed(ItemKind::SpecialPolicy, None, Now::Said(false), &Touched::new()).unwrap_err();
    let fields: Vec<_> = nothing.iter().map(|wrong| wrong.field.as_str()).collect();
    assert_eq!(fields, ["customer", "choice", "reason"]);
    let text = said(&[("choice", "new"), ("granted.text", "运费由我方承担"), ("reason", "量大")]);
    let body = proposed(ItemKind::SpecialPolicy, customer(), Now::Said(false), &text).unwrap();
    assert_eq!((body.choice, body.was.is_none()), (Choice::New, true));
    let wrong = proposed(ItemKind::SpecialPolicy, customer(), Now::Known(true), &text).unwrap_err();
    assert_eq!(wrong[0].field, "choice", "something is granted: nothing is new");
    let mut terms = said(&[
        ("choice", "new"),
        ("granted.terms", "days"),
        ("granted.days", ""),
        ("granted.limit", "x"),
        ("reason", "r"),
    ]);
    let wrong = proposed(ItemKind::Settlement, customer(), Now::Said(false), &terms).unwrap_err();
    let fields: Vec<_> = wrong.iter().map(|wrong| wrong.field.as_str()).collect();
    assert_eq!(fields, ["granted.terms.days", "granted.limit"]);
    terms.extend(said(&[("granted.terms.days", "60"), ("granted.limit", "50")]));
    let body = proposed(ItemKind::Settlement, customer(), Now::Said(false), &terms).unwrap();
    let read = body.granted.unwrap();
    assert_eq!(granted(Lang::Zh, &read), "60 天账期 · 额度 50 万元");
    assert_eq!(texts_of("granted", &read)["granted.limit"], "50");
    terms.insert("granted.terms.days".to_owned(), "731".to_owned());
    let wrong = proposed(ItemKind::Settlement, customer(), Now::Said(false), &terms).unwrap_err();
    assert_eq!((wrong[0].field.as_str(), wrong[0].code.as_str()), ("granted.terms.days", "term_days"));
}
