//! The kinds that are a few figures: a line, a target, the best of all, growth.

use leptos::prelude::*;
use shared::grading::scoring::{Best, Better, End, Goal, Growth, Linear, Target};
use shared::grading::{Policy, Scoring};
use shared::id::Key;
use shared::number::Points;

use super::{At, value_of};
use crate::contexts::i18n::lang;
use crate::derive::policy_figure::Figure;
use crate::derive::policy_scoring::common_value;
use crate::derive::policy_words;
use crate::pages::studio::fields::{Slot, choose, figure, input_choices, tick};
use crate::pages::studio::general::{of_points, points};
use crate::pages::studio::store::Studio;
use crate::texts::studio::field as names;
use crate::{say, t};

type Name = fn(shared::ledger::Lang) -> &'static str;

fn named(name: Name) -> impl Fn() -> &'static str + Send + Sync + 'static {
    move || name(lang())
}

/// The way to a rule of one kind, to read and to write.
type Access<R> = (fn(&Scoring) -> Option<&R>, fn(&mut Scoring) -> Option<&mut R>);

/// A figure of a rule of one kind, at the name of its field.
fn one<R: 'static>(
    studio: Studio,
    at: &At,
    (field, name): (&str, Name),
    kind: impl Fn(&Policy) -> Figure + Copy + Send + Sync + 'static,
    (of, of_mut): Access<R>,
    read: impl Fn(&R) -> i64 + Send + Sync + 'static,
    write: impl Fn(&mut R, i64) + Send + Sync + 'static,
) -> AnyView {
    let (reads, writes) = (at.clone(), at.clone());
    figure(
        studio,
        Slot::named(format!("{}.{field}", at.path()), named(name)),
        kind,
        false,
        move |policy| reads.get(policy).and_then(of).map(&read),
        move |policy, raw| {
            if let (Some(rule), Some(raw)) = (writes.get_mut(policy).and_then(of_mut), raw) {
                write(rule, raw);
            }
        },
    )
}

macro_rules! access {
    ($kind:ident) => {
        (
            |scoring: &Scoring| if let Scoring::$kind(rule) = scoring { Some(rule) } else { None },
            |scoring: &mut Scoring| if let Scoring::$kind(rule) = scoring { Some(rule) } else { None },
        )
    };
}

/// A straight line.
pub fn linear(studio: Studio, at: &At) -> AnyView {
    type Of = fn(&Linear) -> &End;
    type OfMut = fn(&mut Linear) -> &mut End;
    let value = |field, name, of: Of, of_mut: OfMut| {
        let kind = value_of(at.indicator);
        one(
            studio,
            at,
            (field, name),
            kind,
            access!(Linear),
            move |rule| of(rule).value,
            move |rule, raw| {
                of_mut(rule).value = raw;
            },
        )
    };
    let earned = |field, name, of: Of, of_mut: OfMut| {
        one(
            studio,
            at,
            (field, name),
            of_points,
            access!(Linear),
            move |rule| of(rule).points.get(),
            move |rule, raw| {
                of_mut(rule).points = points(Some(raw));
            },
        )
    };
    view! {
        <div class="fj-figures">
            {value("from.value", names::from_value, |rule| &rule.from, |rule| &mut rule.from)}
            {earned("from.points", names::from_points, |rule| &rule.from, |rule| &mut rule.from)}
            {value("to.value", names::to_value, |rule| &rule.to, |rule| &mut rule.to)}
            {earned("to.points", names::to_points, |rule| &rule.to, |rule| &mut rule.to)}
        </div>
        <p class="fj-muted">{t!(studio.scoring.linear_note)}</p>
    }
    .into_any()
}

/// In proportion to a target.
#[component]
pub fn TargetEditor(studio: Studio, at: At) -> impl IntoView {
    let fixed = {
        let at = at.clone();
        studio.memo(move |policy| {
            matches!(at.get(policy), Some(Scoring::Target(Target { target: Goal::Value(_), .. })))
        })
    };
    let (read, write, cap_read, cap_write) = (at.clone(), at.clone(), at.clone(), at.clone());
    let own = at.clone();
    view! {
        <div class="fj-figures">
            {choose(
                studio,
                Slot::named(format!("{}.target", at.path()), t!(studio.scoring.goal)),
                |policy| {
                    let own = input_choices(policy).into_iter().map(|(key, name)| (key, say!(studio.word.own, name)));
                    std::iter::once((String::new(), say!(studio.scoring.fixed).to_owned())).chain(own).collect()
                },
                move |policy| match read.get(policy) {
                    Some(Scoring::Target(Target { target: Goal::Input(key), .. })) => key.to_string(),
                    _ => String::new(),
                },
                move |policy, chosen| {
                    let whole = common_value(write.measure(policy));
                    if let Some(Scoring::Target(rule)) = write.get_mut(policy) {
                        rule.target = Key::parse(chosen).map_or(Goal::Value(whole), Goal::Input);
                    }
                },
            )}
            {move || {
                fixed
                    .get()
                    .then(|| {
                        one(
                            studio,
                            &own,
                            ("target.value", names::target),
                            value_of(own.indicator),
                            access!(Target),
                            |rule: &Target| match rule.target {
                                Goal::Value(value) => value,
                                Goal::Input(_) => 0,
                            },
                            |rule, raw| rule.target = Goal::Value(raw),
                        )
                    })
            }}
            {one(studio, &at, ("full", names::full), of_points, access!(Target), |rule: &Target| rule.full.get(), |rule, raw| {
                rule.full = points(Some(raw));
            })}
            {figure(
                studio,
                Slot::named(format!("{}.cap", at.path()), t!(studio.scoring.cap)),
                of_points,
                true,
                move |policy| match cap_read.get(policy) {
                    Some(Scoring::Target(rule)) => rule.cap.map(Points::get),
                    _ => None,
                },
                move |policy, raw| {
                    if let Some(Scoring::Target(rule)) = cap_write.get_mut(policy) {
                        rule.cap = raw.map(|raw| points(Some(raw)));
                    }
                },
            )}
        </div>
    }
}

/// In proportion to the best.
pub fn best(studio: Studio, at: &At) -> AnyView {
    let (read, write) = (at.clone(), at.clone());
    view! {
        <div class="fj-figures">
            {one(studio, at, ("full", names::full), of_points, access!(Best), |rule: &Best| rule.full.get(), |rule, raw| {
                rule.full = points(Some(raw));
            })}
            {choose(
                studio,
                Slot::named(format!("{}.better", at.path()), t!(studio.field.better)),
                |_| better_choices(),
                move |policy| match read.get(policy) {
                    Some(Scoring::Best(rule)) => better_code(rule.better).to_owned(),
                    _ => String::new(),
                },
                move |policy, chosen| {
                    if let Some(Scoring::Best(rule)) = write.get_mut(policy) {
                        rule.better = better_of(chosen);
                    }
                },
            )}
        </div>
        <p class="fj-muted">{t!(studio.scoring.best_note)}</p>
    }
    .into_any()
}

/// Which values are better, to choose from.
#[must_use]
pub fn better_choices() -> Vec<(String, String)> {
    [Better::Higher, Better::Lower]
        .map(|one| (better_code(one).to_owned(), policy_words::better(lang(), one).to_owned()))
        .to_vec()
}

/// Its name on the wire.
#[must_use]
pub const fn better_code(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
    }
}

/// The direction of a name on the wire.
#[must_use]
pub fn better_of(code: &str) -> Better {
    if code == "lower" { Better::Lower } else { Better::Higher }
}

/// Per unit of growth.
pub fn growth(studio: Studio, at: &At) -> AnyView {
    let value = |field, name, read: fn(&Growth) -> i64, write: fn(&mut Growth, i64)| {
        one(studio, at, (field, name), value_of(at.indicator), access!(Growth), read, write)
    };
    let earned = |field, name, read: fn(&Growth) -> Points, write: fn(&mut Growth, Points)| {
        one(
            studio,
            at,
            (field, name),
            of_points,
            access!(Growth),
            move |rule| read(rule).get(),
            move |rule, raw| {
                write(rule, points(Some(raw)));
            },
        )
    };
    let (read, write) = (at.clone(), at.clone());
    view! {
        <div class="fj-figures">
            {value("origin", names::origin, |rule| rule.origin, |rule, raw| rule.origin = raw)}
            {earned("base", names::base, |rule| rule.base, |rule, points| rule.base = points)}
            {value("unit", names::unit, |rule| rule.unit, |rule, raw| rule.unit = raw)}
            {earned("per_unit", names::per_unit, |rule| rule.per_unit, |rule, points| rule.per_unit = points)}
            {earned("floor", names::floor, |rule| rule.floor, |rule, points| rule.floor = points)}
            {earned("ceiling", names::ceiling, |rule| rule.ceiling, |rule, points| rule.ceiling = points)}
            {tick(
                studio,
                Slot::named(format!("{}.whole_units", at.path()), t!(studio.field.whole_units)),
                move |policy| matches!(read.get(policy), Some(Scoring::Growth(rule)) if rule.whole_units),
                move |policy, yes| {
                    if let Some(Scoring::Growth(rule)) = write.get_mut(policy) {
                        rule.whole_units = yes;
                    }
                },
            )}
        </div>
    }
    .into_any()
}
