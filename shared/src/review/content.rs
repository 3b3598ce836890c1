//! What people write in an evaluation form, and what is graded of it (5.1.1).
//!
//! The figures that the cycle began with are frozen. A correction never overwrites them: it stands beside
//! them with who wrote it, and what is graded is the figures with the corrections over them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Credit;
use crate::calendar::{Date, Millis};
use crate::gather;
use crate::grading::{Background, Input, Inputs, Policy, derive};
use crate::id::{Key, Label, Name, Note};
use crate::ledger::key;

/// 合作状态: how the cooperation goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cooperation {
    /// 新开发: it has just begun.
    New,
    /// 稳定: orders come steadily.
    Steady,
    /// 间断: orders come now and then.
    Irregular,
    /// 减少: there are fewer and fewer.
    Declining,
    /// 停止: there are none any more.
    Ended,
}

/// 发展趋势: where the customer's business goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    /// 上升.
    Rising,
    /// 平稳.
    Steady,
    /// 下降.
    Falling,
}

/// A level judged or a figure corrected in the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Correction {
    /// What is graded in place of the figure.
    pub input: Input,
    /// When it was written.
    pub at: Millis,
    /// By whom.
    pub by: Name,
}

/// What people have written in a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Content {
    /// Judged levels and corrected figures, by input key.
    #[serde(default)]
    pub values: BTreeMap<Key, Correction>,
    /// How the cooperation goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cooperation: Option<Cooperation>,
    /// Where the customer's business goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trend: Option<Trend>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Note>,
}

/// What a form is to say from now on, as a whole: what is left out is taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Writing {
    /// Judged levels and corrected figures, by input key.
    #[serde(default)]
    pub values: BTreeMap<Key, Input>,
    /// How the cooperation goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cooperation: Option<Cooperation>,
    /// Where the customer's business goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trend: Option<Trend>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Note>,
}

impl Content {
    /// The same as a person would have to write it.
    #[must_use]
    pub fn writing(&self) -> Writing {
        Writing {
            values: gather::map(self.values.iter().map(|(key, one)| (key.clone(), one.input.clone()))),
            cooperation: self.cooperation,
            trend: self.trend,
            notes: self.notes.clone(),
        }
    }

    /// What comes of a writing. A value that stays the same stays with whoever wrote it.
    #[must_use]
    pub fn rewritten(&self, writing: &Writing, at: Millis, by: &Name) -> Self {
        let value = |(key, input): (&Key, &Input)| {
            let kept = self.values.get(key).filter(|one| one.input == *input).cloned();
            let fresh = || Correction { input: input.clone(), at, by: by.clone() };
            (key.clone(), kept.unwrap_or_else(fresh))
        };
        Self {
            values: gather::map(writing.values.iter().map(value)),
            cooperation: writing.cooperation,
            trend: writing.trend,
            notes: writing.notes.clone(),
        }
    }
}

/// What the grade follows from besides the figures of the cycle's year, as it was when the cycle was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ground {
    /// The year.
    pub year: i32,
    /// The figures of the year before.
    #[serde(default)]
    pub previous: BTreeMap<Key, Input>,
    /// Since when the company works with the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// The customer's segment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<Label>,
    /// The day on which the cycle was opened.
    pub on: Date,
}

impl Ground {
    /// What is graded: the frozen figures, the corrections over them, the rating that finance set where
    /// the policy asks for one, and what is derived from all that.
    #[must_use]
    pub fn inputs(
        &self,
        figures: &BTreeMap<Key, Input>,
        content: &Content,
        credit: Option<&Credit>,
        policy: &Policy,
    ) -> Inputs {
        let mut values = figures.clone();
        values.extend(content.values.iter().map(|(key, one)| (key.clone(), one.input.clone())));
        let rated = credit.and_then(|credit| credit.rating.input()).zip(key::key(key::CREDIT_RATING));
        if let Some((rating, key)) = rated
            && policy.fit(&key, &rating).is_ok()
        {
            values.insert(key, rating);
        }
        let background = Background {
            previous: Some(&self.previous),
            since: self.since,
            segment: self.segment.as_ref(),
            today: self.on,
        };
        derive(&values, self.year, background)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grading::default_policy;
    use crate::number::Fen;
    use crate::review::{Rating, Terms};

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    fn judged(level: &str) -> Input {
        Input::Judged { level: Label::parse(level).unwrap() }
    }

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

    #[test]
    fn an_unchanged_value_stays_with_whoever_wrote_it_and_one_left_out_is_taken_back() {
        let mut writing = Writing::default();
        writing.values.insert(key("loyalty"), judged("A"));
        writing.values.insert(key("communication"), judged("B"));
        let first = Content::default().rewritten(&writing, 1, &name("李晓梅"));
        writing.values.insert(key("loyalty"), judged("B"));
        writing.trend = Some(Trend::Rising);
        let second = first.rewritten(&writing, 2, &name("陈志远"));
        assert_eq!(second.values[&key("communication")], first.values[&key("communication")]);
        assert_eq!(second.values[&key("loyalty")].by, name("陈志远"));
        assert_eq!(second.writing(), writing);
        writing.values.clear();
        assert!(second.rewritten(&writing, 3, &name("陈志远")).values.is_empty());
    }

    #[test]
    fn corrections_lie_over_the_figures_and_what_is_derived_follows() {
        let policy = default_policy().unwrap();
        let measured = |value| Input::Measured { value };
        let ground = Ground {
            year: 2025,
            previous: BTreeMap::from([(key("annual_sales"), measured(100))]),
            since: Date::parse("2025-07-01").ok(),
            segment: None,
            on: Date::parse("2026-03-20").unwrap(),
        };
        let figures = BTreeMap::from([
            (key("annual_sales"), measured(110)),
            (key("credit_rating"), judged("B")),
            (key("loyalty"), Input::Missing),
        ]);
        let before = ground.inputs(&figures, &Content::default(), None, &policy);
        assert_eq!(before.get(&key("potential")), &measured(1_000));
        assert_eq!(before.get(&key("cooperation_months")), &measured(5));

        let mut writing = Writing::default();
        writing.values.insert(key("annual_sales"), measured(150));
        writing.values.insert(key("loyalty"), judged("A"));
        let content = Content::default().rewritten(&writing, 1, &name("李晓梅"));
        let credit = Credit { rating: Rating::D, limit: Fen::ZERO, terms: Terms::Cash, until: None };
        let after = ground.inputs(&figures, &content, Some(&credit), &policy);
        assert_eq!(after.get(&key("potential")), &measured(5_000));
        assert_eq!(after.get(&key("loyalty")), &judged("A"));
        assert_eq!(after.get(&key("credit_rating")), &judged("D"), "as finance set it");
        let mut without = policy;
        without.facts.retain(|fact| fact.key != key("credit_rating"));
        let after = ground.inputs(&figures, &content, Some(&credit), &without);
        assert_eq!(after.get(&key("credit_rating")), &judged("B"), "the policy asks for no rating");
    }
}
