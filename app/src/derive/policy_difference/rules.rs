//! Differences of gates, of the method, of the tiers and what they get.

use shared::grading::method::{Quota, Rule, Rules, Threshold};
use shared::grading::{Gate, Method, PaymentTerm, Tier, Treatment};

use super::super::sentences::{entry, rule};
use super::super::{format, policy_words as words};
use super::{Part, Teller, named};
use crate::derive::measure::points_short;
use crate::texts::studio as texts;

impl Teller<'_> {
    pub(super) fn gates(&mut self, before: &[Gate], after: &[Gate]) {
        let lang = self.lang;
        self.list(
            texts::what::gate(lang),
            (before, after),
            |one| &one.key,
            (
                |lang, one: &Gate| named(lang, &one.name, one.key.as_str()),
                |lang, one, policy| rule(lang, policy, one),
            ),
            |tell, old, new| {
                let Gate { key: _, name, clause, when, effect } = new;
                tell.text(texts::field::name(lang), &old.name, name);
                tell.string(texts::field::clause(lang), &old.clause, clause);
                if (&old.when, &old.effect) != (when, effect) {
                    tell.field(texts::field::rule(lang), old, new, |gate, policy| {
                        format!("“{}”", rule(lang, policy, gate))
                    });
                }
            },
        );
    }

    pub(super) fn method(&mut self, before: &Method, after: &Method) {
        let lang = self.lang;
        match (before, after) {
            (Method::Threshold(Threshold {}), Method::Threshold(Threshold {})) => {}
            (Method::Quota(old), Method::Quota(new)) => {
                let Quota { rounding, ties } = new;
                self.field(texts::field::rounding(lang), &old.rounding, rounding, |rounding, _| {
                    words::rounding(lang, *rounding).to_owned()
                });
                self.field(texts::field::ties(lang), &old.ties, ties, |ties, policy| {
                    words::ties(lang, policy, ties)
                });
            }
            (Method::Rules(old), Method::Rules(new)) => {
                let Rules { rules, otherwise } = new;
                self.rules(&old.rules, rules);
                self.field(texts::field::otherwise(lang), &old.otherwise, otherwise, |tier, _| {
                    tier.to_string()
                });
            }
            _ => {
                self.field(texts::field::method(lang), before, after, |method, _| {
                    words::method(lang, method).to_owned()
                });
                if let Method::Rules(new) = after {
                    self.rules(&[], &new.rules);
                }
            }
        }
    }

    fn rules(&mut self, before: &[Rule], after: &[Rule]) {
        let lang = self.lang;
        self.list(
            texts::what::rule(lang),
            (before, after),
            |one| &one.key,
            (
                |lang, one: &Rule| named(lang, &one.name, one.key.as_str()),
                |lang, one, policy| format!("{} → {}", words::when(lang, policy, one), one.tier),
            ),
            |tell, old, new| {
                let Rule { key: _, name, clause, all, any, tier } = new;
                tell.text(texts::field::name(lang), &old.name, name);
                tell.string(texts::field::clause(lang), &old.clause, clause);
                if (&old.all, &old.any) != (all, any) {
                    tell.field(texts::field::when(lang), old, new, |rule, policy| {
                        format!("“{}”", words::when(lang, policy, rule))
                    });
                }
                tell.field(texts::field::tier(lang), &old.tier, tier, |tier, _| tier.to_string());
            },
        );
    }

    pub(super) fn tiers(&mut self, before: &[Tier], after: &[Tier]) {
        let lang = self.lang;
        let none = || texts::word::none(lang).to_owned();
        self.list(
            texts::what::tier(lang),
            (before, after),
            |one| &one.key,
            (|_, one: &Tier| one.key.to_string(), |lang, one, _| entry(lang, one)),
            |tell, old, new| {
                let Tier { key: _, name, from, share, colour, treatment } = new;
                tell.text(texts::field::name(lang), &old.name, name);
                tell.field(texts::field::from(lang), &old.from, from, |from, _| {
                    from.map_or_else(none, points_short)
                });
                tell.field(texts::field::share(lang), &old.share, share, |share, _| {
                    share.map_or_else(none, |share| format!("{} %", format::percent(share)))
                });
                tell.field(texts::field::colour(lang), &old.colour, colour, |colour, _| {
                    words::colour(lang, *colour).to_owned()
                });
                tell.part = Part::Treatment;
                tell.treatment(&old.treatment, treatment);
                tell.part = Part::Tiers;
            },
        );
    }

    fn treatment(&mut self, before: &Treatment, after: &Treatment) {
        let lang = self.lang;
        let Treatment {
            production_priority,
            discount_limit,
            payment_term,
            visit_days,
            complaint_hours,
            lead_days,
        } = after;
        use words::Promise;
        for (promise, same) in [
            (Promise::Priority, before.production_priority == *production_priority),
            (Promise::Discount, before.discount_limit == *discount_limit),
            (Promise::Visits, before.visit_days == *visit_days),
            (Promise::Complaints, before.complaint_hours == *complaint_hours),
            (Promise::Lead, before.lead_days == *lead_days),
        ] {
            if !same {
                self.promise(promise, before, after);
            }
        }
        match (&before.payment_term, payment_term) {
            // Words in both languages: either may differ.
            (Some(PaymentTerm::Terms(old)), Some(PaymentTerm::Terms(new))) => {
                self.text(Promise::Term.name(lang), old, new);
            }
            (old, new) if old != new => self.promise(Promise::Term, before, after),
            _ => {}
        }
    }

    fn promise(&mut self, promise: words::Promise, before: &Treatment, after: &Treatment) {
        let lang = self.lang;
        let none = || texts::word::none(lang).to_owned();
        self.field(promise.name(lang), before, after, |treatment, _| {
            promise.of(lang, treatment).unwrap_or_else(none)
        });
    }
}
