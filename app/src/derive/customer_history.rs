//! What happened to a customer, as sentences: one for each verb of the audit trail that is about customers.

use serde_json::Value;
use shared::dto::audit::{AuditEvent, Verb};
use shared::grading::{Input, Policy};
use shared::id::{Key, Label};
use shared::ledger::Lang;

use super::review_trail::done;
use super::sentences;
use crate::texts;

/// What was done, in one sentence.
#[must_use]
pub fn title(lang: Lang, policy: &Policy, event: &AuditEvent) -> String {
    let own =
        event.actor_name.as_ref().map_or_else(|| texts::event::someone(lang).to_owned(), ToString::to_string);
    let who = match &event.absent_name {
        Some(absent) => texts::review_form::trail::acting(lang, &own, absent),
        None => own,
    };
    let years: Vec<String> = grades(&event.detail).into_iter().map(|(year, _)| year).collect();
    let years = years.join(match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    });
    let label = |field: &str| event.detail.get(field)?.as_str().and_then(|text| Label::parse(text).ok());
    let text = |field: &str| match event.detail.get(field) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => texts::event::nothing(lang).to_owned(),
    };
    match event.verb {
        Verb::CustomerCreated => texts::event::created(lang, &who),
        Verb::CustomerChanged => texts::event::changed(lang, &who),
        Verb::FiguresSaved if years.is_empty() => texts::event::saved_plain(lang, &who),
        Verb::FiguresSaved => texts::event::saved(lang, &who, &years),
        Verb::FiguresImported if years.is_empty() => texts::event::imported_plain(lang, &who),
        Verb::FiguresImported => texts::event::imported(lang, &who, &years),
        Verb::Regraded if years.is_empty() => texts::event::regraded_plain(lang, &who),
        Verb::Regraded => texts::event::regraded(lang, &who, &years),
        Verb::FormMoved => match serde_json::from_value(event.detail.clone()) {
            Ok(step) => done(lang, &who, &step, policy),
            // Whoever may not see figures is not told which step.
            Err(_hidden) => texts::event::form_moved(lang, &who),
        },
        Verb::FormAdded => texts::event::form_added(lang, &who, &text("year")),
        Verb::DealGraded => texts::event::deal_graded(lang, &who, &text("deal"), &text("after")),
        Verb::GradePublished => match label("after") {
            Some(grade) => texts::event::published(lang, &text("year"), &grade, &text("effective")),
            None => texts::event::published_none(lang, &text("year")),
        },
        Verb::Exported => match event.detail.get("list").and_then(Value::as_str) {
            Some("form") => texts::event::exported_form(lang, &who),
            _ => texts::event::exported_history(lang, &who, &text("rows")),
        },
        _ => texts::event::other(lang, &who),
    }
}

/// The tier that an event gave, to be stamped.
#[must_use]
pub fn tier(event: &AuditEvent) -> Option<Label> {
    let said = |field: &str| event.detail.get(field)?.as_str().and_then(|text| Label::parse(text).ok());
    match event.verb {
        Verb::GradePublished | Verb::DealGraded => said("after"),
        Verb::FormMoved => said("grade"),
        _ => grades(&event.detail).last().and_then(|(_, grade)| tier_of(grade, "after")),
    }
}

/// What an event changed: figures by name, and each grade that moved.
#[must_use]
pub fn changes(lang: Lang, policy: &Policy, detail: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    let of =
        |value: Option<&Value>| value.and_then(|value| serde_json::from_value::<Input>(value.clone()).ok());
    for (key, change) in detail.get("changes").and_then(Value::as_object).into_iter().flatten() {
        let Ok(key) = Key::parse(key) else { continue };
        let measure = sentences::measure_of(policy, &key);
        let said = |input: Option<Input>| {
            input.map_or_else(
                || texts::event::nothing(lang).to_owned(),
                |input| sentences::input(lang, measure, &input),
            )
        };
        let (before, after) = (said(of(change.get("before"))), said(of(change.get("after"))));
        if before != after {
            lines.push(texts::event::figure(lang, &sentences::name_of(lang, policy, &key), &before, &after));
        }
    }
    for (year, grade) in grades(detail) {
        let (before, after) = (tier_of(grade, "before"), tier_of(grade, "after"));
        if before != after {
            let said =
                |tier: Option<Label>| tier.map_or_else(|| texts::tier::none(lang).to_owned(), String::from);
            lines.push(texts::event::graded(lang, &year, &said(before), &said(after)));
        }
    }
    lines
}

/// The years that an event graded, earliest first, with what each was before and after. A save names
/// its year and perhaps the one that follows from it; an import names any number.
fn grades(detail: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    if let (Some(year), Some(grade)) = (detail.get("year"), detail.get("grade")) {
        found.push((year.to_string(), grade));
    }
    for (year, one) in detail.get("years").and_then(Value::as_object).into_iter().flatten() {
        found.extend(one.get("grade").map(|grade| (year.clone(), grade)));
    }
    found
}

fn tier_of(grade: &Value, when: &str) -> Option<Label> {
    grade.get(when)?.get("tier")?.as_str().and_then(|tier| Label::parse(tier).ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shared::grading::default_policy;

    use super::*;

    fn said(lang: Lang, verb: Verb, detail: Value) -> String {
        let event = json!({ "seq": 1, "at": 0, "actor_name": "李晓梅", "verb": verb, "subject": "k1", "detail": detail,
            "hash": "" });
        title(lang, &default_policy().unwrap(), &serde_json::from_value(event).unwrap())
    }

    #[test]
    fn every_verb_of_a_customer_has_a_sentence_of_its_own() {
        for lang in [Lang::Zh, Lang::En] {
            let other = texts::event::other(lang, &"李晓梅");
            let mut seen = std::collections::BTreeSet::new();
            for verb in Verb::OF_CUSTOMERS {
                for detail in [json!({}), json!({ "hidden": true })] {
                    let said = said(lang, verb, detail);
                    assert_ne!(said, other, "{verb:?}");
                    seen.insert(said);
                }
            }
            assert_eq!(seen.len(), Verb::OF_CUSTOMERS.len(), "{seen:?}");
        }
    }

    #[test]
    fn a_sentence_says_what_was_done() {
        let deal = json!({ "deal": "HT-1", "day": "2026-03-02", "after": "B" });
        assert_eq!(said(Lang::Zh, Verb::DealGraded, deal.clone()), "李晓梅 为订单 HT-1 定了暂定等级 B 级");
        assert_eq!(said(Lang::En, Verb::DealGraded, deal), "李晓梅 gave deal HT-1 the provisional grade B");
        let step =
            json!({ "step": "submit", "from": "draft", "to": "submitted", "grade": "B", "computed": "B" });
        assert_eq!(said(Lang::Zh, Verb::FormMoved, step), "李晓梅提交初评，建议评为 B 级");
        let published = json!({ "year": 2025, "before": "C", "after": "B", "effective": "2026-04-01" });
        assert_eq!(
            said(Lang::Zh, Verb::GradePublished, published),
            "公布 2025 年度等级：B 级，2026-04-01 起"
        );
        let none = json!({ "year": 2025, "before": "C", "after": null, "effective": "2026-04-01" });
        assert_eq!(said(Lang::En, Verb::GradePublished, none), "Published for 2025: no grade");
    }
}
