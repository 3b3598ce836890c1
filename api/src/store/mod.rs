//! All SQL, one file per resource. Functions that change something ask for a `Permit` and give back
//! statements; [`audit::commit`] runs them together with their events.

pub mod audit;
pub mod book;
pub mod bulk;
pub mod changes;
pub mod cohorts;
pub mod customers;
pub mod cycles;
pub mod dashboard;
pub mod db;
pub mod directory;
pub mod drafts;
pub mod figures;
pub mod form_writes;
pub mod forms;
pub mod found;
pub mod grades;
pub mod guard;
pub mod idempotency;
pub mod imports;
pub mod invoices;
pub mod lists;
pub mod meetings;
pub mod newcomers;
pub mod policies;
pub mod quarters;
pub mod regrades;
pub mod sessions;
pub mod share;
pub mod share_pages;
pub mod stand_ins;
pub mod throttle;
pub mod tier_counts;
pub mod units;
pub mod users;
