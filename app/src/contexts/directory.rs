//! The names of units and reps: loaded once behind the shell, loaded anew after a change.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::unit::Directory;
use shared::id::{UnitId, UserId};

use crate::client;

thread_local! {
    static DIRECTORY: ArcRwSignal<Option<Directory>> = ArcRwSignal::new(None);
}

/// The directory; `None` until it has come.
#[must_use]
pub fn directory() -> ArcRwSignal<Option<Directory>> {
    DIRECTORY.with(Clone::clone)
}

/// Loads it. Without an answer the former one stays: names are a help, never a condition.
pub fn reload() {
    spawn_local(async {
        if let Ok(found) = client::get("/directory").send::<Directory>().await {
            directory().set(Some(found));
        }
    });
}

/// Forgets it, when another person comes.
pub fn clear() {
    directory().set(None);
}

/// The name of a unit; empty while unknown.
#[must_use]
pub fn unit_name(id: &UnitId) -> String {
    directory()
        .with(|found| {
            let unit = found.as_ref()?.units.iter().find(|unit| unit.id == *id)?;
            Some(unit.name.to_string())
        })
        .unwrap_or_default()
}

/// What is said of units, in the order in which they are chosen from; as it came while that is unknown.
#[must_use]
pub fn in_order<T>(said: impl IntoIterator<Item = T>, unit: impl Fn(&T) -> &UnitId) -> Vec<T> {
    let mut said: Vec<T> = said.into_iter().collect();
    directory().with_untracked(|found| {
        let units = found.as_ref().map_or(&[][..], |found| &found.units);
        said.sort_by_key(|one| units.iter().position(|known| known.id == *unit(one)));
    });
    said
}

/// The name of a rep; empty while unknown.
#[must_use]
pub fn rep_name(id: &UserId) -> String {
    directory()
        .with(|found| {
            let rep = found.as_ref()?.reps.iter().find(|rep| rep.id == *id)?;
            Some(rep.name.to_string())
        })
        .unwrap_or_default()
}

/// Whether a public link shows a unit to whoever has its address.
#[must_use]
pub fn is_shared(id: &UnitId) -> bool {
    directory().with(|found| found.as_ref().is_some_and(|found| found.shared.contains(id)))
}
