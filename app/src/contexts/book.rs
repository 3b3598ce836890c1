//! The book of customers that drafts are rehearsed with: fetched once, kept while the page is open, so that
//! a draft can be changed and rehearsed again at once.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;
use shared::calendar::Millis;
use shared::dto::rehearsal::{RehearsalPage, Rehearsed};
use shared::id::UserId;

use crate::client::{self, Answer};
use crate::clock::now;
use crate::derive::rehearsal::Verdict;
use shared::grading::Policy;

/// The customers, and of when they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// The customers.
    pub customers: Vec<Rehearsed>,
    /// When they were fetched.
    pub at: Millis,
}

thread_local! {
    static BOOK: RefCell<Option<(UserId, Arc<Book>)>> = const { RefCell::new(None) };
    static VERDICT: RefCell<Option<(Policy, Vec<Verdict>)>> = const { RefCell::new(None) };
}

/// The book as it was fetched for this person, if it was.
#[must_use]
pub fn kept(user: &UserId) -> Option<Arc<Book>> {
    BOOK.with_borrow(|kept| kept.as_ref().filter(|(own, _)| own == user).map(|(_, book)| book.clone()))
}

/// Fetches it page by page; how many customers have come is told as they come.
///
/// # Errors
/// [`client::ApiError`].
pub async fn fetch(user: &UserId, come: RwSignal<usize>) -> Answer<Arc<Book>> {
    let (mut customers, mut cursor) = (Vec::new(), None);
    come.try_set(0);
    loop {
        let call = client::get(client::with_query("/rehearsal", &[("cursor", cursor)]));
        let page: RehearsalPage = call.send().await?;
        customers.extend(page.customers);
        come.try_set(customers.len());
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let book = Arc::new(Book { customers, at: now() });
    BOOK.with_borrow_mut(|kept| *kept = Some((user.clone(), book.clone())));
    Ok(book)
}

/// Keeps what a rehearsal of a policy came to, for the dialog that publishes it.
pub fn judge(policy: Policy, verdict: Vec<Verdict>) {
    VERDICT.with_borrow_mut(|kept| *kept = Some((policy, verdict)));
}

/// What the rehearsal of exactly this policy came to.
#[must_use]
pub fn verdict(policy: &Policy) -> Option<Vec<Verdict>> {
    VERDICT.with_borrow(|kept| {
        kept.as_ref().filter(|(own, _)| own == policy).map(|(_, verdict)| verdict.clone())
    })
}
