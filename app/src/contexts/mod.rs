//! State that outlives a page. A browser tab runs one app on one thread, so each of these keeps
//! its signals in a thread-local: reachable from any task, disposed by nothing.

pub mod book;
pub mod cohorts;
pub mod directory;
pub mod drafts;
pub mod i18n;
pub mod network;
pub mod policies;
pub mod session;
pub mod storage;
pub mod theme;
pub mod toasts;
pub mod worklist;
