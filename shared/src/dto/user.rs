//! Users, as the admin manages them.

use serde::{Deserialize, Serialize};

use crate::calendar::Millis;
use crate::id::{Login, Name, UnitId, UserId};
use crate::permission::Role;

/// A user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// Sign-in name, unique, never changed.
    pub login: Login,
    /// The person's name.
    pub name: Name,
    /// What the person is.
    pub role: Role,
    /// Where the person belongs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// False once the person may no longer sign in.
    pub active: bool,
    /// True until the first password has been changed.
    pub must_change_password: bool,
    /// When the person last signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sign_in: Option<Millis>,
    /// For If-Match.
    pub version: i64,
}

/// Makes a user. The first password is made by the Worker and shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    /// Sign-in name, unique.
    pub login: Login,
    /// The person's name.
    pub name: Name,
    /// What the person is.
    pub role: Role,
    /// Where the person belongs; needed for reps and chiefs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

/// Changes a user as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UserDraft {
    /// The person's name.
    pub name: Name,
    /// What the person is.
    pub role: Role,
    /// Where the person belongs; needed for reps and chiefs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// False ends every session and refuses the next sign-in.
    pub active: bool,
}

/// A user together with a password that is shown this once and must be changed at first sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FirstPassword {
    /// The user.
    pub user: User,
    /// The password, shown once; `None` when the same creation is answered again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}
