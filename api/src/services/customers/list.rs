//! The customer list: a page in the order asked for or of a search, and on the first how many
//! customers are in each tier.

use shared::book::{Order, Way};
use shared::dto::customer::{CustomerList, CustomerQuery, CustomerRow, CustomerSort, Moved};
use shared::gather;
use shared::id::Label;
use shared::permission::{Action, Scope};
use shared::problem::Code;

use super::sees_figures;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::paging;
use crate::search::Nearness;
use crate::services::policies;
use crate::store::db::{Statement, nth};
use crate::store::found::{Asked, CANDIDATES, Spot};
use crate::store::lists::{self, Filter, Place};
use crate::store::tier_counts;

/// Most characters of a search.
const SEARCH_CHARS: usize = 60;

/// Rows of a page and where the next one begins.
type Found = (Vec<CustomerRow>, Option<String>);

/// A tier to list by; empty for those without one.
fn tier(field: &str, asked: Option<&str>) -> Result<Option<String>, ApiError> {
    match asked {
        None | Some("") => Ok(None),
        Some("none") => Ok(Some(String::new())),
        Some(text) => match Label::parse(text) {
            Ok(tier) => Ok(Some(tier.into())),
            Err(wrong) => Err(ApiError::field(field, "format", wrong.to_string())),
        },
    }
}

/// The conditions of a list within what the person may see; `None` when nothing can meet them.
fn narrowed(query: &CustomerQuery, scope: Scope) -> Result<Option<Filter>, ApiError> {
    let mut filter = Filter {
        unit: query.unit.clone(),
        rep: query.rep.clone(),
        tier: tier("tier", query.tier.as_deref())?,
        previous: tier("previous", query.previous.as_deref())?,
        lacking: query.missing.unwrap_or_default(),
        lacks: query.lacks.clone(),
        moved: None,
    };
    let within = match scope {
        Scope::All => true,
        Scope::Unit(unit) => *filter.unit.get_or_insert(unit.clone()) == unit,
        Scope::Rep(rep) => *filter.rep.get_or_insert(rep.clone()) == rep,
    };
    Ok(within.then_some(filter))
}

/// A page of the customers that the person may see.
///
/// # Errors
/// 403, 422.
pub async fn list(ctx: &Ctx, caller: &Caller, query: &CustomerQuery) -> Result<CustomerList, ApiError> {
    let sees = sees_figures(caller);
    let scope = caller.scope(Action::ReadCustomer)?;
    let limit = paging::limit(query.limit)?;
    let sort = match query.sort {
        Some(CustomerSort::Score | CustomerSort::Sales) if !sees => {
            return Err(ApiError::new(
                Code::Forbidden,
                "Your role does not see the figures this order follows.",
            ));
        }
        None if !sees => CustomerSort::Name,
        asked => asked.unwrap_or_default(),
    };
    let search = query.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
    if search.is_some_and(|q| q.chars().count() > SEARCH_CHARS) {
        return Err(ApiError::field("q", "too_long", format!("must have at most {SEARCH_CHARS} characters")));
    }
    let alone = [
        ("previous", query.previous.is_some()),
        ("lacks", query.lacks.is_some()),
        ("moved", query.moved.is_some()),
    ];
    if let Some((field, _)) = alone.into_iter().find(|(_, asked)| search.is_some() && *asked) {
        return Err(ApiError::field(field, "unknown", "must not stand beside a search"));
    }
    let Some(mut filter) = narrowed(query, scope)? else {
        return Ok(CustomerList { items: Vec::new(), next: None, tiers: Some(Vec::new()) });
    };
    if let Some(moved) = query.moved {
        let order = Order::of(&policies::current(ctx, caller).await?.policy);
        let way = match moved {
            Moved::Up => Way::Up,
            Moved::Down => Way::Down,
        };
        filter.moved = Some(lists::moves(&order.pairs(way)));
    }
    let cursor = query.cursor.as_deref();
    let page = Page { ctx, filter: &filter, limit };
    let (mut items, next) = match search {
        None => page.sorted(sort, cursor).await?,
        Some(q) => page.found(q, cursor).await?,
    };
    let tiers = match cursor {
        None => {
            let counts = tier_counts::of(filter.unit.as_ref(), filter.rep.as_ref());
            Some(ctx.db().run(counts).await?.json()?.unwrap_or_default())
        }
        Some(_) => None,
    };
    if !sees {
        for row in &mut items {
            (row.score, row.evidence, row.sales) = (None, None, None);
        }
    }
    Ok(CustomerList { items, next, tiers })
}

/// What every page is made with.
struct Page<'a> {
    ctx: &'a Ctx,
    filter: &'a Filter,
    /// Rows wanted.
    limit: u32,
}

impl Page<'_> {
    /// One cell of JSON.
    async fn ask<T: serde::de::DeserializeOwned>(&self, statement: Statement) -> Result<Option<T>, ApiError> {
        Ok(self.ctx.db().run(statement).await?.json()?)
    }

    /// The row before which the next page begins, when there are more rows than wanted.
    fn last<'r, R>(&self, rows: &'r [R]) -> Option<&'r R> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        if rows.len() > limit { rows.get(limit.saturating_sub(1)) } else { None }
    }

    fn cut<R>(&self, rows: Vec<R>, row: impl Fn(R) -> CustomerRow) -> Vec<CustomerRow> {
        rows.into_iter().take(usize::try_from(self.limit).unwrap_or(usize::MAX)).map(row).collect()
    }

    /// In an order of the list; a cursor belongs to one.
    async fn sorted(&self, sort: CustomerSort, cursor: Option<&str>) -> Result<Found, ApiError> {
        let after = match cursor.map(paging::place::<(CustomerSort, Place)>).transpose()? {
            Some((of, place)) if of == sort => Some(place),
            Some(_) => {
                return Err(ApiError::field("cursor", "format", "must be of a page in the same order"));
            }
            None => None,
        };
        let after = after.as_ref();
        let statement = lists::page(self.filter, sort, after, self.limit + 1);
        let rows: Vec<(CustomerRow, serde_json::Value, i64)> = self.ask(statement).await?.unwrap_or_default();
        let next = match self.last(&rows) {
            Some((_, key, tie)) => Some(Place { key: key.clone(), tie: *tie }),
            None if lists::is_scanned(self.filter, sort) => {
                self.ask(lists::end_of_scan(self.filter, sort, after)).await?
            }
            None => None,
        };
        let next = next.map(|place| paging::cursor(&(sort, place))).transpose()?;
        Ok((self.cut(rows, |(row, ..)| row), next))
    }

    /// By a search. Where the ranked end, those in order of addition go on with the next page.
    async fn found(&self, q: &str, cursor: Option<&str>) -> Result<Found, ApiError> {
        let Some(asked) = Asked::new(q, self.filter) else { return Ok((Vec::new(), None)) };
        let after = match cursor.map(paging::place::<Spot>).transpose()? {
            None => None,
            Some(Spot::Ranked(nearness, tie)) => Some((nearness, tie)),
            Some(Spot::Rest(after)) => {
                let rows: Vec<(CustomerRow, i64)> =
                    self.ask(asked.rest(after, self.limit + 1)).await?.unwrap_or_default();
                let next = self.last(&rows).map(|(_, tie)| paging::cursor(&Spot::Rest(*tie))).transpose()?;
                return Ok((self.cut(rows, |(row, _)| row), next));
            }
        };
        let read = self.ctx.db().batch(&[asked.candidates(), asked.nearest()]).await?;
        let candidates: Vec<(CustomerRow, i64)> = nth(&read, 0)?.json()?.unwrap_or_default();
        let near: Vec<(CustomerRow, i64)> = nth(&read, 1)?.json()?.unwrap_or_default();
        // As many as there may be: there may be more.
        let full = u32::try_from(candidates.len()).is_ok_and(|count| count >= CANDIDATES);
        let end = candidates.last().map(|(_, tie)| *tie).filter(|_| full);
        let place = |row: &CustomerRow, tie| (Nearness::of(q, row.name.as_str(), row.code.as_str()), tie);
        let both = candidates.into_iter().chain(near);
        let ranked = gather::map(both.map(|(row, tie)| (place(&row, tie), row)));
        let rows: Vec<_> = ranked
            .into_iter()
            .filter(|(place, _)| after.as_ref().is_none_or(|after| place > after))
            .collect();
        let next = match self.last(&rows) {
            Some(((nearness, tie), _)) => Some(Spot::Ranked(nearness.clone(), *tie)),
            None => end.map(Spot::Rest),
        };
        Ok((self.cut(rows, |(_, row)| row), next.map(|spot| paging::cursor(&spot)).transpose()?))
    }
}
