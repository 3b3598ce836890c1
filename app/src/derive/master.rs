//! The form of a customer's master record.

use shared::dto::customer::{Customer, CustomerDraft};
use shared::grading::Policy;
use shared::id::{CustomerCode, Label, Name, UnitId, UserId};
use shared::ledger::Lang;
use shared::problem::FieldProblem;

use super::edit::Form;
use super::problem::{parse_day, text_problem};
use super::sentences::local;
use crate::texts;

/// What is typed into it. What may be left open is an empty text then.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MasterForm {
    /// The customer's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The unit's id.
    pub unit: String,
    /// The rep's id, or nothing.
    pub rep: String,
    /// The segment's key, or nothing.
    pub segment: String,
    /// The first day of cooperation, or nothing.
    pub since: String,
}

fn open<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

impl Form for MasterForm {
    type Of = Customer;

    fn of(stored: Option<&Customer>) -> Self {
        stored.map_or_else(Self::default, |stored| Self {
            code: stored.code.to_string(),
            name: stored.name.to_string(),
            unit: stored.unit.to_string(),
            rep: open(stored.rep.as_ref()),
            segment: open(stored.segment.as_ref()),
            since: open(stored.since.as_ref()),
        })
    }

    fn fields(&mut self) -> Vec<(&'static str, &mut String)> {
        vec![
            ("code", &mut self.code),
            ("name", &mut self.name),
            ("unit", &mut self.unit),
            ("rep", &mut self.rep),
            ("segment", &mut self.segment),
            ("since", &mut self.since),
        ]
    }
}

impl MasterForm {
    /// What is sent.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn draft(&self) -> Result<CustomerDraft, Vec<FieldProblem>> {
        let (code, name) = (CustomerCode::parse(&self.code), Name::parse(&self.name));
        let unit = UnitId::parse(&self.unit);
        let since = (!self.since.is_empty()).then(|| parse_day("since", &self.since)).transpose();
        match (code, name, unit, since) {
            (Ok(code), Ok(name), Ok(unit), Ok(since)) => Ok(CustomerDraft {
                code,
                name,
                unit,
                rep: UserId::parse(&self.rep).ok(),
                segment: Label::parse(&self.segment).ok(),
                since,
            }),
            (code, name, unit, since) => Err([
                text_problem("code", code.err()),
                text_problem("name", name.err()),
                text_problem("unit", unit.err()),
                since.err(),
            ]
            .into_iter()
            .flatten()
            .collect()),
        }
    }
}

/// What a segment is called; one that the policy no longer knows is called by its key.
#[must_use]
pub fn segment_name(lang: Lang, policy: &Policy, segment: &str) -> String {
    match policy.segments.iter().find(|one| one.key.as_str() == segment) {
        Some(known) => local(lang, &known.name).to_owned(),
        None if segment.is_empty() => texts::customer::no_segment(lang).to_owned(),
        None => texts::customer::segment_gone(lang, &segment),
    }
}

/// The segments to choose from, key and name: none, those of the policy, and the one that is stored
/// even when the policy no longer knows it. Nothing when there is no choice.
#[must_use]
pub fn segments(lang: Lang, policy: &Policy, stored: Option<&Label>) -> Vec<(String, String)> {
    let known = policy.segments.iter().map(|one| one.key.as_str());
    let gone = stored.map(Label::as_str).filter(|stored| known.clone().all(|one| one != *stored));
    let all: Vec<&str> = std::iter::once("").chain(known).chain(gone).collect();
    if all.len() < 2 {
        return Vec::new();
    }
    all.into_iter().map(|key| (key.to_owned(), segment_name(lang, policy, key))).collect()
}

#[cfg(test)]
mod tests {
    use shared::grading::{Localized, Segment, default_policy};

    use super::super::edit::texts;
    use super::*;

    fn customer(segment: Option<&str>) -> Customer {
        let json = serde_json::json!({ "id": "c1", "code": "K1", "name": "东方封头", "unit": "u1", "rep": "r1",
            "segment": segment, "since": "2019-03-01", "version": 3 });
        serde_json::from_value(json).unwrap()
    }

    fn policy() -> Policy {
        let mut policy = default_policy().unwrap();
        let name = Localized { zh: "一类城市".to_owned(), en: "First cities".to_owned() };
        policy.segments = vec![Segment { key: Label::parse("T1").unwrap(), name }];
        policy
    }

    #[test]
    fn what_is_not_touched_is_sent_as_it_is_stored() {
        for segment in [None, Some("T1"), Some("an older policy's")] {
            let stored = customer(segment);
            let draft = MasterForm::of(Some(&stored)).draft().unwrap();
            let Customer { code, name, unit, rep, segment, since, .. } = stored;
            assert_eq!(draft, CustomerDraft { code, name, unit, rep, segment, since });
        }
    }

    #[test]
    fn every_wrong_field_is_named() {
        let wrong = MasterForm { since: "2019-13-01".to_owned(), ..MasterForm::default() }.draft();
        let fields: Vec<_> = wrong.unwrap_err().into_iter().map(|wrong| wrong.field).collect();
        assert_eq!(fields, ["code", "name", "unit", "since"]);
        assert_eq!(texts(&MasterForm::default()).len(), 6);
    }

    #[test]
    fn a_segment_that_the_policy_no_longer_knows_stays_to_be_chosen() {
        let label = |text| Label::parse(text).unwrap();
        let keys = |stored: Option<&Label>| {
            let all = segments(Lang::Zh, &policy(), stored);
            all.into_iter().map(|(key, _)| key).collect::<Vec<_>>()
        };
        assert_eq!(keys(None), ["", "T1"]);
        assert_eq!(keys(Some(&label("T1"))), ["", "T1"]);
        assert_eq!(keys(Some(&label("旧类"))), ["", "T1", "旧类"]);
        assert!(segment_name(Lang::Zh, &policy(), "旧类").contains("旧类"));
        assert_eq!(segment_name(Lang::Zh, &policy(), "T1"), "一类城市");
        assert!(segments(Lang::Zh, &Policy { segments: Vec::new(), ..policy() }, None).is_empty());
    }
}
