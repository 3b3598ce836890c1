//! The roles of the sales organisation.

use serde::{Deserialize, Serialize};

/// What a person is in the company; one per user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 销售员: looks after own customers.
    Rep,
    /// 销售科长 / 代表处经理: owns a unit.
    SectionChief,
    /// 促销科: runs the review, imports, keeps the policy.
    Promotion,
    /// 财务部: credit, terms, payments.
    Finance,
    /// 生产部: works the order queue.
    Production,
    /// 销售部长: reviews A applications.
    Director,
    /// 总经理: final approval of A grades.
    GeneralManager,
    /// 系统管理员: users, units, retention.
    Admin,
}

impl Role {
    /// Every role, in the order of the glossary.
    pub const ALL: [Self; 8] = [
        Self::Rep,
        Self::SectionChief,
        Self::Promotion,
        Self::Finance,
        Self::Production,
        Self::Director,
        Self::GeneralManager,
        Self::Admin,
    ];

    /// The code used in tables and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rep => "rep",
            Self::SectionChief => "section_chief",
            Self::Promotion => "promotion",
            Self::Finance => "finance",
            Self::Production => "production",
            Self::Director => "director",
            Self::GeneralManager => "general_manager",
            Self::Admin => "admin",
        }
    }

    /// The role of a code; `None` for any other text.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether a user of this role must belong to a unit.
    #[must_use]
    pub const fn needs_unit(self) -> bool {
        matches!(self, Self::Rep | Self::SectionChief)
    }
}
