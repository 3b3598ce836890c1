//! The cohorts of the draft rehearsed last, by year: by these a customer is tried as it would be graded
//! among all. Nothing of it outlives the page.

use std::cell::RefCell;
use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::grading::Cohort;

thread_local! {
    static COHORTS: RefCell<Option<ArcRwSignal<BTreeMap<i32, Cohort>>>> = const { RefCell::new(None) };
}

fn signal() -> ArcRwSignal<BTreeMap<i32, Cohort>> {
    COHORTS.with_borrow_mut(|kept| kept.get_or_insert_with(ArcRwSignal::default).clone())
}

/// Keeps what a rehearsal found.
pub fn keep(found: BTreeMap<i32, Cohort>) {
    signal().set(found);
}

/// The cohort of a year; the latest without a year; an empty one before any rehearsal.
#[must_use]
pub fn of_draft(year: Option<i32>) -> Cohort {
    signal().with(|kept| {
        let found = year.map_or_else(|| kept.last_key_value().map(|(_, one)| one), |year| kept.get(&year));
        found.cloned().unwrap_or_default()
    })
}
