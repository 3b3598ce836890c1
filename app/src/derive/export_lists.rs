//! The columns of each list that can be taken away: what the page shows, the customer's number, and numbers and
//! days as such.

use std::fmt::Display;

use shared::calendar::Millis;
use shared::dto::audit::AuditEvent;
use shared::dto::customer::CustomerRow;
use shared::dto::import::ImportState;
use shared::dto::quarter::{QuarterCustomer, UnitQuarter};
use shared::dto::review::{Appointment, FormRow, NewcomerRow};
use shared::dto::share::{DayViews, LinkRow};
use shared::dto::unit::Unit;
use shared::dto::user::User;
use shared::grading::Policy;
use shared::id::{Label, UnitId, UserId};
use shared::ledger::{Shape, TableCell};

use super::export::Columns;
use super::{customer_history, format, quarter, review_words, share, stand_ins, words};
use crate::contexts::directory::{rep_name, unit_name};
use crate::contexts::i18n::lang;
use crate::say;

fn text(of: impl Display) -> TableCell {
    TableCell::text(of)
}

fn optional(of: Option<&impl Display>) -> TableCell {
    TableCell::of(of, text)
}

/// A grade by its key; that there is none in words.
fn grade(of: Option<&Label>) -> TableCell {
    of.map_or_else(|| text(say!(tier.none)), text)
}

fn yes(of: bool) -> TableCell {
    text(if of { say!(common.yes) } else { say!(common.no) })
}

fn unit(id: &UnitId) -> TableCell {
    text(unit_name(id))
}

fn rep(id: Option<&UserId>) -> TableCell {
    TableCell::of(id, |id| text(rep_name(id)))
}

/// China's date and time, as the page shows it.
fn moment(at: Option<Millis>) -> TableCell {
    TableCell::of(at, |at| text(format::moment(at)))
}

/// Customers; without what is for those who see figures, unless the person is one of them.
#[must_use]
pub fn customers(figures: bool) -> Columns<CustomerRow> {
    let known = Columns::new()
        .with(say!(export.col.code), |row: &CustomerRow| text(&row.code))
        .with(say!(export.col.customer), |row| text(&row.name))
        .with(say!(export.col.unit), |row| unit(&row.unit))
        .with(say!(export.col.rep), |row| rep(row.rep.as_ref()))
        .with(say!(export.col.year), |row| TableCell::of(row.year, TableCell::whole))
        .with(say!(export.col.tier), |row| grade(row.tier.as_ref()))
        .with(say!(export.col.provisional), |row| yes(row.provisional))
        .with(say!(export.col.computed), |row| optional(row.computed.as_ref()))
        .with(say!(export.col.previous), |row| optional(row.previous_tier.as_ref()))
        .with(say!(export.col.missing), |row| TableCell::of(row.missing, TableCell::whole));
    if !figures {
        return known;
    }
    known
        .with(say!(export.col.score), |row| TableCell::of(row.score, TableCell::hundredths))
        .with(say!(export.col.evidence), |row| TableCell::of(row.evidence, TableCell::hundredths))
        .with(say!(export.col.sales), |row| TableCell::of(row.sales, TableCell::yuan))
}

/// Evaluation forms.
#[must_use]
pub fn forms(figures: bool) -> Columns<FormRow> {
    let known = Columns::new()
        .with(say!(export.col.code), |row: &FormRow| text(&row.code))
        .with(say!(export.col.customer), |row| text(&row.name))
        .with(say!(export.col.unit), |row| unit(&row.unit))
        .with(say!(export.col.rep), |row| rep(row.rep.as_ref()))
        .with(say!(export.col.stage), |row| text(review_words::stage(row.stage)))
        .with(say!(export.col.since), |row| moment(Some(row.since)))
        .with(say!(export.col.round), |row| TableCell::whole(row.round))
        .with(say!(export.col.grade), |row| optional(row.grade.as_ref()))
        .with(say!(export.col.computed), |row| grade(row.computed.as_ref()))
        .with(say!(export.col.provisional), |row| yes(row.provisional))
        .with(say!(export.col.last), |row| optional(row.last.as_ref()))
        .with(say!(export.col.disagrees), |row| yes(row.disagrees))
        .with(say!(export.col.rated), |row| yes(row.rated));
    if !figures {
        return known;
    }
    known.with(say!(export.col.score), |row| TableCell::of(row.score, TableCell::hundredths))
}

/// New customers.
#[must_use]
pub fn newcomers() -> Columns<NewcomerRow> {
    Columns::new()
        .with(say!(export.col.code), |row: &NewcomerRow| text(&row.code))
        .with(say!(export.col.customer), |row| text(&row.name))
        .with(say!(export.col.unit), |row| unit(&row.unit))
        .with(say!(export.col.rep), |row| rep(row.rep.as_ref()))
        .with(say!(export.col.tier), |row| grade(row.tier.as_ref()))
        .with(say!(export.col.state), |row| text(review_words::youth(row.state)))
        .with(say!(export.col.due), |row| TableCell::Date(row.due_on))
}

/// How far the units are with a quarter.
#[must_use]
pub fn quarters() -> Columns<UnitQuarter> {
    Columns::new()
        .with(say!(export.col.unit), |row: &UnitQuarter| text(&row.name))
        .with(say!(export.col.quarter_sales), |row| TableCell::of(row.sales, TableCell::yuan))
        .with(say!(export.col.counted), |row| yes(row.counted))
        .with(say!(export.col.state), |row| text(quarter::state(row)))
        .with(say!(export.col.closed), |row| moment(row.closed_at))
}

/// The customers of a unit in a quarter.
#[must_use]
pub fn quarter_customers() -> Columns<QuarterCustomer> {
    Columns::new()
        .with(say!(export.col.code), |row: &QuarterCustomer| text(&row.code))
        .with(say!(export.col.customer), |row| text(&row.name))
        .with(say!(export.col.tier), |row| grade(row.tier.as_ref()))
        .with(say!(export.col.quarter_sales), |row| TableCell::of(row.sales, TableCell::yuan))
        .with(say!(export.col.mark), |row| TableCell::of(row.mark, |mark| text(quarter::mark(mark))))
        .with(say!(export.col.note), |row| optional(row.note.as_ref()))
}

/// Public links. The address of one is known to nobody who reads a list.
#[must_use]
pub fn links() -> Columns<LinkRow> {
    Columns::new()
        .with(say!(export.col.unit), |row: &LinkRow| text(&row.unit_name))
        .with(say!(export.col.as_at), |row| TableCell::Date(row.as_at))
        .with(say!(export.col.shows), |row| text(share::shows(row).join(say!(export.between))))
        .with(say!(export.col.until), |row| TableCell::Date(row.until))
        .with(say!(export.col.views), |row| TableCell::whole(row.views))
        .with(say!(export.col.most), |row| TableCell::of(row.max_views, TableCell::whole))
        .with(say!(export.col.seen), |row| TableCell::of(row.seen_on, TableCell::Date))
        .with(say!(export.col.owner), |row| text(&row.owner_name))
        .with(say!(export.col.made), |row| moment(Some(row.made_at)))
        .with(say!(export.col.state), |row| text(share::standing(row.state)))
        .with(say!(export.col.ended), |row| moment(row.revoked_at))
        .with(say!(export.col.ended_by), |row| optional(row.revoked_by.as_ref()))
}

/// How often a link was opened.
#[must_use]
pub fn link_views() -> Columns<DayViews> {
    Columns::new()
        .with(say!(export.col.day), |row: &DayViews| TableCell::Date(row.day))
        .with(say!(export.col.times), |row| TableCell::whole(row.views))
}

/// Imports.
#[must_use]
pub fn imports() -> Columns<ImportState> {
    Columns::new()
        .with(say!(export.col.file), |row: &ImportState| text(&row.file_name))
        .with(say!(export.col.shape), |row| {
            text(match row.shape {
                Shape::Annual => say!(import.shape.annual),
                Shape::Receivables => say!(import.shape.receivables),
            })
        })
        .with(say!(export.col.ledger_day), |row| TableCell::Date(row.as_of))
        .with(say!(export.col.rows), |row| TableCell::whole(row.rows))
        .with(say!(export.col.new), |row| TableCell::whole(row.counts.new))
        .with(say!(export.col.updated), |row| TableCell::whole(row.counts.updated))
        .with(say!(export.col.unchanged), |row| TableCell::whole(row.counts.unchanged))
        .with(say!(export.col.added), |row| TableCell::whole(row.customers_added))
        .with(say!(export.col.by), |row| text(&row.by))
        .with(say!(export.col.began), |row| moment(Some(row.started_at)))
        .with(say!(export.col.completed), |row| moment(row.completed_at))
}

/// Users.
#[must_use]
pub fn users() -> Columns<User> {
    Columns::new()
        .with(say!(export.col.name), |row: &User| text(&row.name))
        .with(say!(export.col.login), |row| text(&row.login))
        .with(say!(export.col.role), |row| text(words::role_name(row.role)))
        .with(say!(export.col.unit), |row| TableCell::of(row.unit.as_ref(), unit))
        .with(say!(export.col.active), |row| yes(row.active))
        .with(say!(export.col.first), |row| yes(row.must_change_password))
        .with(say!(export.col.signed_in), |row| moment(row.last_sign_in))
}

/// Units.
#[must_use]
pub fn units() -> Columns<Unit> {
    Columns::new()
        .with(say!(export.col.unit_name), |row: &Unit| text(&row.name))
        .with(say!(export.col.kind), |row| text(words::unit_kind(row.kind)))
        .with(say!(export.col.active), |row| yes(row.active))
        .with(say!(export.col.shared), |row| yes(crate::contexts::directory::is_shared(&row.id)))
}

/// Stand-ins, as they stand on a day.
#[must_use]
pub fn stand_ins(today: shared::calendar::Date) -> Columns<Appointment> {
    Columns::new()
        .with(say!(export.col.absent), |row: &Appointment| text(&row.absent_name))
        .with(say!(export.col.stand_in), |row| text(&row.by_name))
        .with(say!(export.col.from), |row| TableCell::Date(row.from))
        .with(say!(export.col.to), |row| TableCell::Date(row.until))
        .with(say!(export.col.state), move |row| text(stand_ins::state(stand_ins::standing(row, today))))
        .with(say!(export.col.by), |row| text(&row.made_by))
        .with(say!(export.col.made), |row| moment(Some(row.made_at)))
        .with(say!(export.col.ended), |row| moment(row.ended_at))
        .with(say!(export.col.ended_by), |row| optional(row.ended_by.as_ref()))
}

/// What happened to a customer, in the words of a policy.
#[must_use]
pub fn history(policy: Policy) -> Columns<AuditEvent> {
    let policy = std::rc::Rc::new(policy);
    let again = policy.clone();
    Columns::new()
        .with(say!(export.col.at), |row: &AuditEvent| moment(Some(row.at)))
        .with(say!(export.col.who), |row| optional(row.actor_name.as_ref()))
        .with(say!(export.col.what), move |row| text(customer_history::title(lang(), &policy, row)))
        .with(say!(export.col.changes), move |row| {
            text(customer_history::changes(lang(), &again, &row.detail).join("\n"))
        })
        .with(say!(export.col.why), |row| optional(row.reason.as_ref()))
}

#[cfg(test)]
mod tests;
