//! Services, one file per resource: authorize, load, decide, persist.

pub mod assessments;
pub mod audit;
pub mod chunks;
pub mod customers;
pub mod dashboard;
pub mod directory;
pub mod drafts;
pub mod duties;
pub mod figures;
pub mod forms;
pub mod grades;
pub mod imports;
pub mod meetings;
pub mod newcomers;
pub mod passes;
pub mod policies;
pub mod quarters;
pub mod regrades;
pub mod rehearsal;
pub mod reviews;
pub mod session;
pub mod setup;
pub mod share;
pub mod stand_ins;
pub mod units;
pub mod users;
