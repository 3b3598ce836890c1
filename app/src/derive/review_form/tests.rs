use serde_json::json;
use shared::grading::{Cohort, default_policy, grade};
use shared::id::Label;

use super::super::what_if::controls;
use super::*;

pub fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

pub fn measured(value: i64) -> Input {
    Input::Measured { value }
}

pub fn judged(level: &str) -> Input {
    Input::Judged { level: Label::parse(level).unwrap() }
}

/// A draft of 2025 with two figures, one of which the chief has corrected.
pub fn view() -> FormView {
    let policy = default_policy().unwrap();
    let figure = |input: Input| json!({ "input": input, "source": "annual", "at": 1, "by": "周敏" });
    let inputs = Inputs::default();
    let value = json!({
        "cycle": { "id": "y2026", "year": 2025, "policy": "p1", "opens": "2026-03-25", "closes": "2026-03-30",
            "phase": { "phase": "gathering" } },
        "form": { "cycle": "y2026", "customer": "k1", "unit": "north", "round": 1, "since": 0,
            "state": { "state": "draft", "entrance": "window" } },
        "code": "KH-0217", "name": "江苏恒力", "version": 3,
        "figures": { "collection": figure(measured(8_200)), "credit_rating": figure(judged("B")) },
        "ground": { "year": 2025, "on": "2026-03-20" },
        "content": {
            "values": { "price_level": { "input": measured(9_700), "at": 2, "by": "李晓梅" } },
            "trend": "steady",
        },
        "inputs": inputs,
        "assessment": grade(&policy, &Cohort::default(), &inputs),
        "trail": [], "people": {}, "may": ["fill", "submit"],
    });
    serde_json::from_value(value).unwrap()
}

fn all() -> Vec<Control> {
    asked(controls(&default_policy().unwrap(), &Cohort::default(), &Inputs::default()))
}

fn number(text: &str) -> Option<Typed> {
    Some(Typed::Number(text.to_owned()))
}

#[test]
fn what_is_sent_is_what_is_stored_with_what_differs() {
    let view = view();
    let stored = Stored::of(&view);
    let mut written = Written::default();
    written.put(key("collection"), number("90"), &stored);
    written.put(key("loyalty"), Some(Typed::Level(Label::parse("A").unwrap())), &stored);
    written.write("trend", "rising".to_owned(), &stored);
    written.write("notes", "  两条新产线 ".to_owned(), &stored);
    let reading = written.read(&all(), &stored);
    assert_eq!((reading.changes(), reading.faults()), (4, 0));
    let sent = writing(&view, &reading);
    assert_eq!(sent.values[&key("collection")], measured(9_000));
    assert_eq!(sent.values[&key("loyalty")], judged("A"));
    assert_eq!(sent.values[&key("price_level")], measured(9_700), "nobody touched it");
    assert_eq!(sent.trend, Some(shared::review::Trend::Rising));
    assert_eq!(sent.notes.unwrap().as_str(), "两条新产线");
    assert_eq!(sent.cooperation, None);
}

#[test]
fn a_value_put_back_to_the_figure_is_no_correction_any_more() {
    let mut view = view();
    let correction = view.content.values.remove(&key("price_level")).unwrap();
    view.content
        .values
        .insert(key("collection"), shared::review::Correction { input: measured(9_000), ..correction });
    let stored = Stored::of(&view);
    let mut written = Written::default();
    written.put(key("collection"), number("82"), &stored);
    let sent = writing(&view, &written.read(&all(), &stored));
    assert!(sent.values.is_empty());
    written.write("trend", String::new(), &stored);
    assert_eq!(writing(&view, &written.read(&all(), &stored)).trend, None, "taken back");
}

#[test]
fn the_rating_is_not_asked_for_and_what_cannot_be_read_is_not_sent() {
    assert!(all().iter().all(|control| control.key != key("credit_rating")));
    let view = view();
    let stored = Stored::of(&view);
    let mut written = Written::default();
    written.put(key("collection"), number("九十"), &stored);
    written.write("notes", "长".repeat(Note::LIMIT + 1), &stored);
    let reading = written.read(&all(), &stored);
    assert_eq!(reading.faults(), 2);
    assert_eq!(writing(&view, &Reading { texts: Touched::new(), ..reading }), view.content.writing());
}

#[test]
fn people_meet_only_where_both_changed_and_nothing_of_either_is_lost() {
    let view = view();
    let begun = Stored::of(&view);
    let mut written = Written::default();
    written.put(key("collection"), number("90"), &begun);
    written.put(key("annual_sales"), number("600"), &begun);
    written.write("trend", "rising".to_owned(), &begun);
    let mut theirs = begun.clone();
    theirs.inputs.insert(key("collection"), measured(8_500));
    theirs.inputs.insert(key("loyalty"), judged("B"));
    theirs.texts.insert("trend".to_owned(), "rising".to_owned());
    // Kept on the device and read again: it is still known over what it was typed.
    let text = serde_json::to_string(&written).unwrap();
    let mut written: Written = serde_json::from_str(&text).unwrap();
    let clashes = |written: &Written| written.clashes(&written.read(&all(), &theirs), &theirs);
    let expected = Conflict { key: key("collection"), mine: measured(9_000), theirs: measured(8_500) };
    assert_eq!(clashes(&written), [Clash::Input(expected)]);

    let mut yielding = written.clone();
    yielding.yield_to("values.collection");
    assert!(clashes(&yielding).is_empty());
    assert!(!yielding.entries.contains_key(&key("collection")));
    written.insist(&theirs);
    assert!(clashes(&written).is_empty());
    let reading = written.read(&all(), &theirs);
    assert_eq!(reading.changed[&key("collection")], measured(9_000));
    assert_eq!(reading.changes(), 2, "the trend is as the other person set it");
}

#[test]
fn what_is_saved_is_let_go_but_not_under_the_hand() {
    let view = view();
    let mut stored = Stored::of(&view);
    let mut written = Written::default();
    written.put(key("collection"), number("90.0"), &stored);
    written.write("notes", "一 ".to_owned(), &stored);
    written.put(key("annual_sales"), number("6"), &stored);
    stored.inputs.insert(key("collection"), measured(9_000));
    stored.texts.insert("notes".to_owned(), "一".to_owned());
    written.settle(&all(), &stored, Some("collection"));
    assert_eq!(written.entries.len(), 2, "what is typed into, and what is not saved");
    assert!(written.texts.is_empty());
    written.settle(&all(), &stored, None);
    assert_eq!(written.entries.keys().collect::<Vec<_>>(), [&key("annual_sales")]);
    written.put(key("annual_sales"), None, &stored);
    assert_eq!(written, Written::default());
}

#[test]
fn what_was_saved_under_the_hand_is_no_change_when_another_person_changes_it() {
    let view = view();
    let mut stored = Stored::of(&view);
    let mut written = Written::default();
    written.put(key("collection"), number("90"), &stored);
    written.write("notes", "一".to_owned(), &stored);
    stored.inputs.insert(key("collection"), measured(9_000));
    stored.texts.insert("notes".to_owned(), "一".to_owned());
    for focused in ["collection", "notes"] {
        let mut written = written.clone();
        written.settle(&all(), &stored, Some(focused));
        let (mut theirs, mut later) = (stored.clone(), written);
        theirs.inputs.insert(key("collection"), measured(9_500));
        theirs.texts.insert("notes".to_owned(), "二".to_owned());
        later.settle(&all(), &theirs, None);
        assert_eq!(later, Written::default(), "{focused}");
    }
    // What was not saved still meets theirs.
    stored.inputs.insert(key("collection"), measured(9_500));
    written.settle(&all(), &stored, None);
    assert_eq!(written.clashes(&written.read(&all(), &stored), &stored).len(), 1);
}

#[test]
fn the_preview_grades_corrections_over_figures() {
    let (view, policy) = (view(), default_policy().unwrap());
    let stored = Stored::of(&view);
    let mut written = Written::default();
    written.put(key("collection"), number("95"), &stored);
    let sent = writing(&view, &written.read(&all(), &stored));
    let inputs = inputs(&view, &sent, &policy, &view.name);
    assert_eq!(inputs.get(&key("collection")), &measured(9_500));
    assert_eq!(inputs.get(&key("credit_rating")), &judged("B"));
}
