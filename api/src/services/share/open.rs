//! Opening a public link: what a stranger may see of it, by the address and the passcode alone. Nothing is
//! asked of who it is, and nothing is kept of them but a count of wrong tries by address, for a day.

use shared::share::{Fields, SharedRow, Summary};

use crate::auth::password;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::random::sha256;
use crate::store::db::{Statement, nth};
use crate::store::share::{self as store, LinkRow};
use crate::store::share_pages::{self, Counted};
use crate::store::throttle::{self, Blocked, Kind};

/// What a stranger asks for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What stands in the address.
    pub secret: &'a str,
    /// The passcode, where one was typed.
    pub passcode: Option<&'a str>,
    /// What of it.
    pub part: Part,
}

/// What of a link is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Whether there is something: shows nothing and counts as no opening.
    Head,
    /// A page of the list, from 1, under what is counted.
    Page(u32),
    /// Everything, to take away; the first page where that is not allowed.
    Sheet,
}

/// What comes of it.
#[derive(Debug)]
pub enum Opened {
    /// Too many wrong tries, at links or at the passcode of this one: to wait so many seconds.
    Wait(u32),
    /// Nothing. Why is said to nobody: unknown, over, closed and used up are one.
    Dead,
    /// A passcode is asked for.
    Passcode {
        /// Whether a wrong one was given.
        wrong: bool,
    },
    /// There is something, which only a request for a page shows.
    There,
    /// What it shows.
    Shown(Box<Shown>),
}

/// What a link shows.
#[derive(Debug)]
pub struct Shown {
    /// The link.
    pub link: LinkRow,
    /// The unit as a whole.
    pub summary: Summary,
    /// The page that is shown, from 1; none for a sheet.
    pub page: Option<u32>,
    /// Customers of the page, or all of them.
    pub rows: Vec<SharedRow>,
}

impl Shown {
    /// What it shows.
    #[must_use]
    pub const fn fields(&self) -> Fields {
        self.link.fields()
    }
}

/// Opens a link.
///
/// # Errors
/// When the database does not answer.
pub async fn open(ctx: &Ctx, asked: Asked<'_>) -> Result<Opened, ApiError> {
    let (today, hash) = (ctx.today()?, sha256(asked.secret));
    let network = throttle::network(ctx.address());
    let stranger = (Kind::Stranger, network.as_str());
    let batch = [throttle::blocked(stranger, stranger), store::opens(&hash, today)];
    let rows = ctx.db().batch(&batch).await?;
    let Some(link) = nth(&rows, 1)?.one::<LinkRow>()? else {
        // Behind one address there may be a whole office: nobody waits for another's wrong tries but who tries wrong.
        if let Some(seconds) = waits(ctx, nth(&rows, 0)?.one()?) {
            return Ok(Opened::Wait(seconds));
        }
        ctx.db().run(throttle::count(Kind::Stranger, &network, None, ctx.now())).await?;
        return Ok(Opened::Dead);
    };
    let mut work = Vec::new();
    if let Some(phc) = &link.passcode {
        let Some(given) = asked.passcode else { return Ok(Opened::Passcode { wrong: false }) };
        let id = link.id.to_string();
        match judged(ctx, (phc, given), (&id, &network)).await? {
            Judged::Wait(seconds) => return Ok(Opened::Wait(seconds)),
            Judged::Wrong => return Ok(Opened::Passcode { wrong: true }),
            Judged::Right => {
                work.push(throttle::clear(Kind::Passcode, &id));
                work.push(throttle::forgive(Kind::Stranger, &network));
            }
        }
    }
    if asked.part == Part::Head {
        return Ok(Opened::There);
    }
    show(ctx, link, &hash, asked.part, work).await
}

fn waits(ctx: &Ctx, blocked: Option<Blocked>) -> Option<u32> {
    blocked.and_then(|blocked| blocked.seconds(ctx.now()))
}

/// What a passcode is judged to be.
enum Judged {
    Right,
    Wrong,
    Wait(u32),
}

/// Judges a passcode. The try counts before it is judged, by the link and by the address.
async fn judged(
    ctx: &Ctx,
    (phc, given): (&str, &str),
    (id, network): (&str, &str),
) -> Result<Judged, ApiError> {
    let stranger = (Kind::Stranger, network);
    let tries = [
        throttle::blocked((Kind::Passcode, id), stranger),
        throttle::count(Kind::Passcode, id, Some(stranger), ctx.now()),
        throttle::count(Kind::Stranger, network, None, ctx.now()),
    ];
    let rows = ctx.db().batch(&tries).await?;
    if let Some(seconds) = waits(ctx, nth(&rows, 0)?.one()?) {
        return Ok(Judged::Wait(seconds));
    }
    Ok(if password::verify(given, Some(phc))? { Judged::Right } else { Judged::Wrong })
}

/// Counts the opening and reads what is shown, in one transaction. Whoever comes when the last opening has just
/// been taken is shown nothing.
async fn show(
    ctx: &Ctx,
    link: LinkRow,
    hash: &str,
    part: Part,
    mut work: Vec<Statement>,
) -> Result<Opened, ApiError> {
    let names = link.fields().names;
    let page = match part {
        Part::Sheet if link.sheet => None,
        Part::Page(page) => Some(page.max(1)),
        Part::Head | Part::Sheet => Some(1),
    };
    let first = work.len();
    work.push(store::count(&link.id, hash, ctx.today()?));
    work.push(share_pages::page(&link.id, 0));
    if names {
        work.push(page.map_or_else(|| share_pages::rows(&link.id), |page| share_pages::page(&link.id, page)));
    }
    let read = ctx.db().batch(&work).await?;
    if nth(&read, first)?.one::<Counter>()?.is_none() {
        return Ok(Opened::Dead);
    }
    let counted: Counted =
        nth(&read, first + 1)?.json()?.ok_or_else(|| ApiError::internal("a link without pages"))?;
    let rows = if names { nth(&read, first + 2)?.json()?.unwrap_or_default() } else { Vec::new() };
    let summary = Summary::of(&counted.ladder, &counted.groups);
    let page = page.map(|page| page.min(summary.pages().max(1)));
    Ok(Opened::Shown(Box::new(Shown { link, summary, page, rows })))
}

/// The row of an opening that was counted.
#[derive(serde::Deserialize)]
struct Counter {}
