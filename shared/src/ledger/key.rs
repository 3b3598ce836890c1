//! The keys under which figures of a customer and year are kept.

use crate::id::Key;

/// Yearly sales (销售总额) in fen.
pub const ANNUAL_SALES: &str = "annual_sales";
/// Realised price ÷ list price (销售价格) in basis points.
pub const PRICE_LEVEL: &str = "price_level";
/// On-time collection rate (货款回收) in basis points.
pub const COLLECTION: &str = "collection";
/// Growth over the year before (发展潜力) in basis points.
pub const POTENTIAL: &str = "potential";
/// How well orders are planned (订单计划性), judged.
pub const ORDER_PLANNING: &str = "order_planning";
/// Whether the products fit (产品满足度), judged.
pub const PRODUCT_FIT: &str = "product_fit";
/// Whether both sides read things alike (沟通一致性), judged.
pub const COMMUNICATION: &str = "communication";
/// Loyalty and creditworthiness (合作忠诚度与信誉), judged.
pub const LOYALTY: &str = "loyalty";
/// Credit rating (资信等级), judged AAA to D.
pub const CREDIT_RATING: &str = "credit_rating";
/// Days the oldest open receivable is past due.
pub const OVERDUE_DAYS: &str = "overdue_days";
/// Whole months of cooperation.
pub const COOPERATION_MONTHS: &str = "cooperation_months";
/// Average days an invoice was or is past due.
pub const AVERAGE_DAYS_OVERDUE: &str = "avg_days_overdue";
/// Worst days an invoice was or is past due.
pub const WORST_DAYS_OVERDUE: &str = "worst_days_overdue";
/// Open amount past due, in fen.
pub const OVERDUE_NOW: &str = "overdue_now";
/// Disputed part of the invoiced amount, in basis points.
pub const DISPUTED_SHARE: &str = "disputed_share";
/// Number of invoices.
pub const INVOICE_COUNT: &str = "invoice_count";

/// The key of one of the constants above; `None` for a text that is no key.
#[must_use]
pub fn key(text: &str) -> Option<Key> {
    Key::parse(text).ok()
}
