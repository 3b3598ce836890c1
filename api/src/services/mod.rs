//! Services, one file per resource: authorize, load, decide, persist.

pub mod assessments;
pub mod audit;
pub mod chunks;
pub mod customers;
pub mod directory;
pub mod drafts;
pub mod figures;
pub mod imports;
pub mod passes;
pub mod policies;
pub mod regrades;
pub mod rehearsal;
pub mod session;
pub mod setup;
pub mod units;
pub mod users;
