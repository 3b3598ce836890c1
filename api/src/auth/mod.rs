//! Who asks: the cookie, the session behind it, passwords, and the door against other sites.

mod caller;
pub mod cookie;
pub mod csrf;
pub mod password;

pub use caller::{AnyCaller, Caller};
