//! Tiers: how many there are, what they are called, what they promise.

use super::{Fix, Found, MistakeKind, percent};
use crate::grading::{PaymentTerm, Policy, Treatment};

/// How many tiers a policy has.
const COUNT: std::ops::RangeInclusive<usize> = 2..=30;
/// The longest time of a treatment, in its own unit: days, or hours for complaints.
const LONGEST: u32 = 3_650;

pub(super) fn tiers(policy: &Policy, found: &mut Found) {
    let count = policy.tiers.len();
    if count == 0 {
        found.add("tiers", MistakeKind::Empty, Fix::AddOne);
    } else if !COUNT.contains(&count) {
        let mistake = found.add("tiers", MistakeKind::Count, Fix::KeepWithin);
        mistake.given(count.to_string()).wanted(format!("{} – {}", COUNT.start(), COUNT.end()));
    }
    found.repeated("tiers", policy.tiers.iter().map(|one| &one.key));
    for (index, tier) in policy.tiers.iter().enumerate() {
        found.named(&format!("tiers.{index}.name"), &tier.name);
        treatment(&tier.treatment, &format!("tiers.{index}.treatment"), found);
    }
}

fn treatment(treatment: &Treatment, path: &str, found: &mut Found) {
    if let Some(limit) = treatment.discount_limit.filter(|limit| !(0..=10_000).contains(&limit.get())) {
        let mistake = found.add(format!("{path}.discount_limit"), MistakeKind::Range, Fix::KeepWithin);
        mistake.given(percent(limit.get())).wanted("0 % – 100 %");
    }
    let days = match &treatment.payment_term {
        Some(PaymentTerm::Days(days)) => Some(*days),
        Some(PaymentTerm::Terms(terms)) => {
            found.named(&format!("{path}.payment_term.terms"), terms);
            None
        }
        None => None,
    };
    for (name, given, least) in [
        ("production_priority", treatment.production_priority, 1),
        ("payment_term.days", days, 0),
        ("visit_days", treatment.visit_days, 1),
        ("complaint_hours", treatment.complaint_hours, 1),
        ("lead_days", treatment.lead_days, 1),
    ] {
        if let Some(given) = given.filter(|given| !(least..=LONGEST).contains(given)) {
            let mistake = found.add(format!("{path}.{name}"), MistakeKind::Range, Fix::KeepWithin);
            mistake.given(given.to_string()).wanted(format!("{least} – {LONGEST}"));
        }
    }
}
