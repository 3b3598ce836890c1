//! Differences of what is scored, and how.

use std::collections::BTreeMap;

use shared::grading::scoring::{Band, Bands, Best, End, Growth, Level, Levels, Linear, Target};
use shared::grading::{Indicator, Measure, Policy, Scoring};
use shared::id::Label;
use shared::ledger::Lang;
use shared::number::Points;

use super::super::policy_scoring::Kind;
use super::super::sentences::{band, local, proportion};
use super::super::{measure::points_short, policy_words as words};
use super::{Teller, named};
use crate::texts::{self as all, studio as texts};

impl Teller<'_> {
    pub(super) fn indicators(&mut self, before: &[Indicator], after: &[Indicator]) {
        let lang = self.lang;
        self.list(
            texts::what::indicator(lang),
            (before, after),
            |one| &one.key,
            (
                |lang, one: &Indicator| named(lang, &one.name, one.key.as_str()),
                |lang, one, _| {
                    let weight = words::points(lang, one.weight);
                    let kind = words::kind(lang, Kind::of(&one.scoring));
                    [&weight, kind].join(words::separator(lang))
                },
            ),
            |tell, old, new| {
                let Indicator { key: _, name, asks, clause, measure, weight, scoring, by_segment } = new;
                tell.text(texts::field::name(lang), &old.name, name);
                tell.text(texts::field::asks(lang), &old.asks, asks);
                tell.string(texts::field::clause(lang), &old.clause, clause);
                tell.field(texts::field::measure(lang), &old.measure, measure, |measure, _| {
                    words::measure(lang, *measure).to_owned()
                });
                tell.field(texts::field::weight(lang), &old.weight, weight, |weight, _| {
                    points_short(*weight)
                });
                tell.scoring((old.measure, *measure), &old.scoring, scoring);
                tell.by_segment((old.measure, *measure), &old.by_segment, by_segment);
            },
        );
    }

    fn by_segment(
        &mut self,
        measures: (Measure, Measure),
        before: &BTreeMap<Label, Scoring>,
        after: &BTreeMap<Label, Scoring>,
    ) {
        let lang = self.lang;
        let what = texts::what::own(lang);
        for segment in before.keys().filter(|segment| !after.contains_key(*segment)) {
            let name = segment_name(lang, self.before, segment);
            self.plain(texts::diff::removed(lang, &what, &name));
        }
        for (segment, scoring) in after {
            let name = segment_name(lang, self.after, segment);
            let Some(old) = before.get(segment) else {
                let detail = words::kind(lang, Kind::of(scoring));
                self.plain(texts::diff::added_detail(lang, &what, &name, &detail));
                continue;
            };
            let outer = self.subject.clone();
            self.subject = texts::diff::of_segment(lang, &outer, &name);
            self.scoring(measures, old, scoring);
            self.subject = outer;
        }
    }

    /// Two scorings, each in the measure of its own policy.
    fn scoring(&mut self, (was, is): (Measure, Measure), before: &Scoring, after: &Scoring) {
        if before == after {
            return;
        }
        let (lang, told) = (self.lang, self.found.len());
        match (before, after) {
            (Scoring::Bands(before), Scoring::Bands(after)) => self.bands((was, is), before, after),
            (Scoring::Levels(before), Scoring::Levels(after)) => self.levels(before, after),
            (Scoring::Linear(before), Scoring::Linear(after)) => self.linear((was, is), before, after),
            (Scoring::Target(before), Scoring::Target(after)) => self.target((was, is), before, after),
            (Scoring::Best(before), Scoring::Best(after)) => self.best(before, after),
            (Scoring::Growth(before), Scoring::Growth(after)) => self.growth((was, is), before, after),
            _ => {
                let (was, is) = (whole(lang, self.before, was, before), whole(lang, self.after, is, after));
                self.plain(texts::diff::changed(lang, &texts::field::kind(lang), &was, &is));
            }
        }
        if self.found.len() == told {
            self.plain(texts::diff::same_words(lang, &texts::field::kind(lang)));
        }
    }

    /// Bands are known by what they hold: one that holds the same has other points, all others are new.
    fn bands(&mut self, (was, is): (Measure, Measure), before: &Bands, after: &Bands) {
        let lang = self.lang;
        let Bands { bands } = after;
        let alike = |one: &Band, other: &Band| was == is && one.ends() == other.ends();
        let what = texts::what::band(lang);
        for gone in before.bands.iter().filter(|old| !bands.iter().any(|new| alike(old, new))) {
            self.plain(texts::diff::removed(lang, &what, &band(lang, was, gone)));
        }
        for new in bands {
            let Band { at_least: _, above: _, at_most: _, below: _, points } = new;
            let name = band(lang, is, new);
            let points = points_short(*points);
            match before.bands.iter().find(|old| alike(old, new)) {
                None => {
                    let points = texts::diff::points(lang, &points);
                    self.plain(texts::diff::added_detail(lang, &what, &name, &points));
                }
                Some(old) if old.points != new.points => {
                    self.plain(texts::diff::band(lang, &name, &points_short(old.points), &points));
                }
                Some(_) => {}
            }
        }
    }

    fn levels(&mut self, before: &Levels, after: &Levels) {
        let lang = self.lang;
        let Levels { levels } = after;
        self.list(
            texts::what::level(lang),
            (&before.levels, levels),
            |one| &one.key,
            (|_, one: &Level| one.key.to_string(), |lang, one, _| level_detail(lang, one)),
            |tell, old, new| {
                let Level { key: _, points, meaning } = new;
                tell.points(texts::field::points(lang), old.points, *points);
                tell.text(texts::field::meaning(lang), &old.meaning, meaning);
            },
        );
    }

    fn linear(&mut self, measures: (Measure, Measure), before: &Linear, after: &Linear) {
        let lang = self.lang;
        let Linear { from, to } = after;
        for (value_name, points_name, old, new) in [
            (texts::field::from_value(lang), texts::field::from_points(lang), &before.from, from),
            (texts::field::to_value(lang), texts::field::to_points(lang), &before.to, to),
        ] {
            let End { value, points } = new;
            self.value(value_name, measures, old.value, *value);
            self.points(points_name, old.points, *points);
        }
    }

    fn target(&mut self, (was, is): (Measure, Measure), before: &Target, after: &Target) {
        let lang = self.lang;
        let Target { full, target, cap } = after;
        self.points(texts::field::full(lang), before.full, *full);
        let (old, new) = ((was, before.target.clone()), (is, target.clone()));
        self.field(texts::field::target(lang), &old, &new, |(measure, goal), policy| {
            words::goal(lang, policy, *measure, goal)
        });
        self.field(texts::field::cap(lang), &before.cap, cap, |cap, _| {
            cap.map_or_else(|| texts::field::full(lang).to_owned(), |cap| words::points(lang, cap))
        });
    }

    fn best(&mut self, before: &Best, after: &Best) {
        let lang = self.lang;
        let Best { full, better } = after;
        self.points(texts::field::full(lang), before.full, *full);
        self.field(texts::field::better(lang), &before.better, better, |better, _| {
            words::better(lang, *better).to_owned()
        });
    }

    fn growth(&mut self, measures: (Measure, Measure), before: &Growth, after: &Growth) {
        let lang = self.lang;
        let Growth { base, origin, unit, per_unit, whole_units, floor, ceiling } = after;
        self.points(texts::field::base(lang), before.base, *base);
        self.value(texts::field::origin(lang), measures, before.origin, *origin);
        self.value(texts::field::unit(lang), measures, before.unit, *unit);
        self.points(texts::field::per_unit(lang), before.per_unit, *per_unit);
        self.field(texts::field::whole_units(lang), &before.whole_units, whole_units, |yes, _| {
            if *yes { all::common::yes(lang) } else { all::common::no(lang) }.to_owned()
        });
        self.points(texts::field::floor(lang), before.floor, *floor);
        self.points(texts::field::ceiling(lang), before.ceiling, *ceiling);
    }

    pub(super) fn points(&mut self, name: &str, before: Points, after: Points) {
        self.field(name, &before, &after, |points, _| points_short(*points));
    }

    fn value(&mut self, name: &str, (was, is): (Measure, Measure), before: i64, after: i64) {
        let lang = self.lang;
        self.field(name, &(was, before), &(is, after), |(measure, raw), _| {
            words::exact(lang, *measure, *raw)
        });
    }
}

fn segment_name(lang: Lang, policy: &Policy, segment: &Label) -> String {
    let known = policy.segments.iter().find(|one| one.key == *segment);
    known.map_or_else(|| segment.to_string(), |one| named(lang, &one.name, segment.as_str()))
}

fn level_detail(lang: Lang, level: &Level) -> String {
    let meaning = local(lang, &level.meaning);
    let points = words::points(lang, level.points);
    if meaning.is_empty() { points } else { [meaning, &points].join(words::separator(lang)) }
}

/// A scoring in one line: its kind, and what it says.
#[must_use]
pub fn whole(lang: Lang, policy: &Policy, measure: Measure, scoring: &Scoring) -> String {
    let said = match scoring {
        Scoring::Bands(rule) => {
            let one =
                |one: &Band| format!("{} {}", band(lang, measure, one), words::points(lang, one.points));
            rule.bands.iter().map(one).collect::<Vec<_>>().join(words::separator(lang))
        }
        Scoring::Levels(rule) => {
            let one = |one: &Level| format!("{} {}", one.key, words::points(lang, one.points));
            rule.levels.iter().map(one).collect::<Vec<_>>().join(words::separator(lang))
        }
        Scoring::Linear(rule) => {
            let value = |end: &End| words::exact(lang, measure, end.value);
            all::policy::linear_text(
                lang,
                &value(&rule.from),
                &points_short(rule.from.points),
                &value(&rule.to),
                &points_short(rule.to.points),
            )
        }
        Scoring::Target(_) | Scoring::Best(_) | Scoring::Growth(_) => {
            proportion(lang, policy, measure, scoring)
        }
    };
    texts::diff::of_segment(lang, &words::kind(lang, Kind::of(scoring)), &said)
}
