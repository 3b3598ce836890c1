//! Public links, their log and what they show.

use serde::Deserialize;
use shared::calendar::{Date, Millis};
use shared::dto::share::{DayViews, LinkRow as Row, NewLink};
use shared::id::{LinkId, Name, UnitId, UserId};
use shared::permission::{Actor, Permit, Scope};
use shared::share::{Fields, Life, LinkState, may_revoke, may_rotate};

use super::db::{Statement, flag, sql};
use super::guard::Guard;

/// Days of the log that are answered.
const LOG_DAYS: u32 = 60;
/// Links whose content is cleared away at a time.
const SWEPT: u32 = 20;

/// That a link opens on the day bound to it: [`LinkState::Open`] once more, for a condition of a statement. A
/// test holds the two together.
const OPENS: &str = "revoked_at IS NULL AND until >= ? AND (max_views IS NULL OR views < max_views)";

/// A link as it is stored, without what opens it.
#[derive(Debug, Clone, Deserialize)]
pub struct LinkRow {
    /// Its place in the order in which they were made.
    pub seq: i64,
    /// Its id.
    pub id: LinkId,
    /// The unit.
    pub unit_id: UnitId,
    /// Its name at the time.
    pub unit_name: Name,
    /// Whose it is.
    pub owner: UserId,
    /// The owner's name at the time.
    pub owner_name: Name,
    /// The day whose grades it shows.
    pub as_at: Date,
    #[serde(deserialize_with = "flag")]
    names: bool,
    #[serde(deserialize_with = "flag")]
    figures: bool,
    #[serde(deserialize_with = "flag")]
    credit: bool,
    /// Whether it can be taken away as .xlsx.
    #[serde(deserialize_with = "flag")]
    pub sheet: bool,
    /// The last day on which it opens.
    pub until: Date,
    max_views: Option<u32>,
    /// When it was made.
    pub made_at: Millis,
    /// For If-Match.
    pub version: i64,
    views: u32,
    seen_on: Option<Date>,
    revoked_at: Option<Millis>,
    revoked_by: Option<Name>,
    /// The passcode's PHC string.
    pub passcode: Option<String>,
}

impl LinkRow {
    /// What it shows.
    #[must_use]
    pub const fn fields(&self) -> Fields {
        Fields { names: self.names, figures: self.figures, credit: self.credit }
    }

    /// How it stands on a day.
    #[must_use]
    pub fn state(&self, today: Date) -> LinkState {
        let Self { until, max_views, views, .. } = *self;
        Life { until, max_views, views, revoked: self.revoked_at.is_some() }.state(today)
    }

    /// The link as it is answered to somebody on a day.
    #[must_use]
    pub fn row(self, actor: &Actor, today: Date) -> Row {
        let (state, fields) = (self.state(today), self.fields());
        let turns = may_rotate(actor, &self.owner, &self.unit_id, fields).is_ok();
        let closes = may_revoke(actor, &self.owner);
        Row {
            id: self.id,
            unit: self.unit_id,
            unit_name: self.unit_name,
            as_at: self.as_at,
            names: self.names,
            figures: self.figures,
            credit: self.credit,
            sheet: self.sheet,
            passcode: self.passcode.is_some(),
            until: self.until,
            max_views: self.max_views,
            views: self.views,
            seen_on: self.seen_on,
            owner: self.owner,
            owner_name: self.owner_name,
            made_at: self.made_at,
            revoked_at: self.revoked_at,
            revoked_by: self.revoked_by,
            state,
            version: self.version,
            may_rotate: state == LinkState::Open && turns,
            may_revoke: state != LinkState::Revoked && closes,
        }
    }
}

/// One link.
pub fn find(id: &LinkId) -> Statement {
    sql("SELECT * FROM links WHERE id = ?").bind(id)
}

/// The link that an address opens on a day.
pub fn opens(hash: &str, today: Date) -> Statement {
    sql(format!("SELECT * FROM links WHERE hash = ? AND {OPENS}")).bind(hash).bind(&today)
}

/// Whose links a list shows.
#[derive(Debug, Clone, Copy)]
pub enum Whose<'a> {
    /// Everybody's.
    All,
    /// Those of a unit.
    Unit(&'a UnitId),
    /// Those of an owner.
    Owner(&'a UserId),
}

/// A page of links, newest first, before a place.
pub fn page(whose: Whose<'_>, before: Option<i64>, limit: u32) -> Statement {
    let before = before.unwrap_or(i64::from(u32::MAX) << 16);
    let (condition, value) = match whose {
        Whose::All => ("", None),
        Whose::Unit(unit) => ("unit_id = ? AND ", Some(unit.to_string())),
        Whose::Owner(owner) => ("owner = ? AND ", Some(owner.to_string())),
    };
    let text = format!("SELECT * FROM links WHERE {condition}seq < ? ORDER BY seq DESC LIMIT ?");
    value.into_iter().fold(sql(text), Statement::bind).bind(before).bind(limit)
}

/// The days on which a link was opened, newest first.
pub fn log(id: &LinkId) -> Statement {
    sql(format!("SELECT day, views FROM link_views WHERE link_id = ? ORDER BY day DESC LIMIT {LOG_DAYS}"))
        .bind(id)
}

/// A day of the log as it is stored.
#[derive(Debug, Clone, Deserialize)]
pub struct DayRow {
    day: Date,
    views: u32,
}

impl From<DayRow> for DayViews {
    fn from(DayRow { day, views }: DayRow) -> Self {
        Self { day, views }
    }
}

/// The units of a scope that a link shows on a day, as one JSON cell.
pub fn shared(scope: &Scope, today: Date) -> Statement {
    let (condition, value) = match scope {
        Scope::All => ("", None),
        Scope::Unit(unit) => ("u.id = ? AND ", Some(unit.to_string())),
        Scope::Rep(rep) => ("u.id = (SELECT unit FROM users WHERE id = ?) AND ", Some(rep.to_string())),
    };
    let text = format!(
        "SELECT json_group_array(u.id) AS json FROM units u WHERE {condition}EXISTS (SELECT 1 FROM links \
         WHERE unit_id = u.id AND {OPENS})"
    );
    value.into_iter().fold(sql(text), Statement::bind).bind(&today)
}

/// What is written of a link that is made.
#[derive(Debug, Clone)]
pub struct Fresh<'a> {
    /// Its id.
    pub id: &'a LinkId,
    /// The SHA-256 of its secret.
    pub hash: &'a str,
    /// The passcode's PHC string.
    pub passcode: Option<String>,
    /// The unit's name.
    pub unit_name: &'a Name,
    /// Whose it is.
    pub owner: (&'a UserId, &'a Name),
    /// When it is made.
    pub at: Millis,
}

/// Makes a link; what it shows is kept by [`super::share_pages::freeze`].
pub fn insert(_: &Permit, fresh: &Fresh<'_>, wanted: &NewLink) -> Statement {
    sql("INSERT INTO links (id, hash, passcode, unit_id, unit_name, owner, owner_name, as_at, names, figures, \
         credit, sheet, until, max_views, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .bind(fresh.id)
    .bind(fresh.hash)
    .bind(fresh.passcode.clone())
    .bind(&wanted.unit)
    .bind(fresh.unit_name)
    .bind(fresh.owner.0)
    .bind(fresh.owner.1)
    .bind(&wanted.as_at)
    .bind(wanted.names)
    .bind(wanted.figures)
    .bind(wanted.credit)
    .bind(wanted.sheet)
    .bind(&wanted.until)
    .bind(wanted.max_views)
    .bind(fresh.at)
}

/// Gives an open link that is still at a version another secret; the former one opens nothing from now on.
pub fn rotate(_: &Permit, (id, version): (&LinkId, i64), hash: &str, today: Date) -> [Statement; 2] {
    let rotate = sql(format!(
        "UPDATE links SET hash = ?, version = version + 1 WHERE id = ? AND version = ? AND {OPENS}"
    ))
    .bind(hash)
    .bind(id)
    .bind(version)
    .bind(&today);
    [rotate, Guard::Version.one_changed()]
}

/// Closes a link that is still at a version, and forgets what it shows.
pub fn revoke((id, version): (&LinkId, i64), at: Millis, by: &Name) -> [Statement; 3] {
    let revoke =
        sql("UPDATE links SET hash = NULL, passcode = NULL, holds = 0, revoked_at = ?, revoked_by = ?, \
         version = version + 1 WHERE id = ? AND version = ? AND revoked_at IS NULL")
        .bind(at)
        .bind(by)
        .bind(id)
        .bind(version);
    let forget = sql("DELETE FROM link_pages WHERE link_id = ?").bind(id);
    [revoke, Guard::Version.one_changed(), forget]
}

/// Counts an opening, by the address that was used: one row when it was still to be had, none otherwise. It is
/// one statement, so that of two who come for the last opening one has it.
pub fn count(id: &LinkId, hash: &str, today: Date) -> Statement {
    sql(format!(
        "UPDATE links SET views = views + 1, seen_on = ? WHERE id = ? AND hash = ? AND {OPENS} RETURNING id"
    ))
    .bind(&today)
    .bind(id)
    .bind(hash)
    .bind(&today)
}

/// Forgets what some links showed whose last day is over.
pub fn sweep(today: Date) -> [Statement; 2] {
    const OVER: &str =
        "SELECT id FROM links INDEXED BY links_over WHERE holds = 1 AND until < ? ORDER BY until, seq";
    let forget = sql(format!("DELETE FROM link_pages WHERE link_id IN ({OVER} LIMIT {SWEPT})")).bind(&today);
    let note = sql(format!("UPDATE links SET holds = 0 WHERE id IN ({OVER} LIMIT {SWEPT})")).bind(&today);
    [forget, note]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_binds_its_values() {
        let (unit, user) = (UnitId::parse("u1").unwrap(), UserId::parse("r1").unwrap());
        let id = LinkId::parse("l1").unwrap();
        let day = Date::parse("2026-03-26").unwrap();
        let by = Name::parse("苏婷").unwrap();
        let mut all = vec![opens("h", day), count(&id, "h", day), log(&id), find(&id)];
        for scope in [Scope::All, Scope::Unit(unit.clone()), Scope::Rep(user.clone())] {
            all.push(shared(&scope, day));
        }
        for whose in [Whose::All, Whose::Unit(&unit), Whose::Owner(&user)] {
            all.push(page(whose, Some(7), 51));
        }
        all.extend(revoke((&id, 1), 5, &by));
        all.extend(sweep(day));
        for statement in all {
            assert_eq!(
                statement.text().matches('?').count(),
                statement.params().len(),
                "{}",
                statement.text()
            );
        }
    }
}
