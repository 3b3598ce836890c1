//! The person behind a request, as extractors: a handler that names one is closed to everybody else.

use axum::extract::FromRequestParts;
use http::request::Parts;
use shared::calendar::Millis;
use shared::id::{Login, Name};
use shared::permission::{Action, Actor, Permit, Scope, Target, authorize, scope};
use shared::problem::Code;
use worker::send::SendFuture;

use super::cookie;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::random::sha256;
use crate::store::audit::{self, Author, Head};
use crate::store::db::nth;
use crate::store::sessions::{self, SessionRow};

/// Somebody signed in.
#[derive(Debug, Clone)]
pub struct Caller {
    /// For `authorize`.
    pub actor: Actor,
    /// Sign-in name.
    pub login: Login,
    /// The person's name.
    pub name: Name,
    /// The session's id, the hash of its token.
    pub session: String,
    /// When the session ends unless used.
    pub expires_at: Millis,
    /// While true, only [`AnyCaller`] lets the person in.
    pub must_change_password: bool,
}

impl Caller {
    /// Whether the person may do it to the target.
    ///
    /// # Errors
    /// 403, or 404 when the person may not know of the target.
    pub fn may(&self, action: Action, target: Target<'_>) -> Result<Permit, ApiError> {
        Ok(authorize(&self.actor, action, target)?)
    }

    /// The customers a list may show this person.
    ///
    /// # Errors
    /// 403 when there are none.
    pub fn scope(&self, action: Action) -> Result<Scope, ApiError> {
        scope(&self.actor, action).ok_or_else(|| ApiError::new(Code::Forbidden, ""))
    }

    /// The person as the audit trail names them.
    #[must_use]
    pub fn author(&self) -> Author {
        Author { user: Some(self.actor.user.clone()), name: Some(self.name.clone()) }
    }
}

async fn identify(parts: &mut Parts) -> Result<Caller, ApiError> {
    let nobody = || ApiError::new(Code::Unauthenticated, "");
    let ctx = Ctx::from_request_parts(parts, &()).await?;
    let id = sha256(cookie::token(&parts.headers).ok_or_else(nobody)?);
    let mut statements = vec![sessions::find(&id)];
    if !parts.method.is_safe() {
        // A change will need the head of the audit chain: one round trip for both.
        statements.push(audit::head());
    }
    let rows = ctx.db().batch(&statements).await?;
    let session = nth(&rows, 0)?.one::<SessionRow>()?.ok_or_else(nobody)?;
    if let Some(head) = rows.get(1) {
        ctx.set_head(head.one::<Head>()?.unwrap_or_default());
    }
    if session.expires_at() <= ctx.now() {
        return Err(nobody());
    }
    let seen_at = if session.is_to_be_touched(ctx.now()) {
        ctx.db().run(sessions::touch(&id, ctx.now())).await?;
        ctx.now()
    } else {
        session.seen_at
    };
    let session = SessionRow { seen_at, ..session };
    Ok(Caller {
        expires_at: session.expires_at(),
        actor: Actor { user: session.user, role: session.role, unit: session.unit },
        login: session.login,
        name: session.name,
        session: id,
        must_change_password: session.must_change_password,
    })
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    fn from_request_parts(parts: &mut Parts, _: &S) -> impl Future<Output = Result<Self, ApiError>> + Send {
        SendFuture::new(async move {
            let caller = identify(parts).await?;
            if caller.must_change_password {
                return Err(ApiError::new(Code::PasswordChangeRequired, ""));
            }
            Ok(caller)
        })
    }
}

/// Somebody signed in, perhaps still with a first password.
#[derive(Debug, Clone)]
pub struct AnyCaller(pub Caller);

impl<S: Sync> FromRequestParts<S> for AnyCaller {
    type Rejection = ApiError;

    fn from_request_parts(parts: &mut Parts, _: &S) -> impl Future<Output = Result<Self, ApiError>> + Send {
        SendFuture::new(async move { identify(parts).await.map(Self) })
    }
}
