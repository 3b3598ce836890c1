//! Signing in and out, and setting the company up.

use serde::{Deserialize, Serialize};

use crate::calendar::Millis;
use crate::id::{Login, Name, UnitId, UserId};
use crate::permission::Role;

/// Fewest characters of a password.
pub const PASSWORD_MIN: usize = 10;
/// Most bytes of a password, so that hashing stays bounded.
pub const PASSWORD_MAX_BYTES: usize = 256;

/// Credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Sign-in name, in any case.
    pub login: String,
    /// Password.
    pub password: String,
}

/// Whether the first admin is still to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetupState {
    /// True until the first admin exists.
    pub needed: bool,
}

/// Makes the first admin; works once, with the one-time secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The secret printed or set at deployment.
    pub secret: String,
    /// The admin's sign-in name.
    pub login: Login,
    /// The admin's name.
    pub name: Name,
    /// The admin's password, at least [`PASSWORD_MIN`] characters.
    pub password: String,
}

/// Changes the own password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The present password.
    pub current: String,
    /// The new one, at least [`PASSWORD_MIN`] characters, different from the present.
    pub new: String,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The person.
    pub user: UserId,
    /// Sign-in name.
    pub login: Login,
    /// The person's name.
    pub name: Name,
    /// What the person is.
    pub role: Role,
    /// The person's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// True while a first password must be changed before anything else.
    pub must_change_password: bool,
    /// When the session ends unless used.
    pub expires_at: Millis,
    /// Today's business date as the Worker sees it.
    pub today: crate::calendar::Date,
}
