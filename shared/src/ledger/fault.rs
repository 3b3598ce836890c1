//! What can be wrong with a cell or a row, with a stable code and words for a person.

use serde::{Deserialize, Serialize};

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident: $zh:literal, $en:literal;)*) => {
        /// Why a cell or a row could not be taken; the code is stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Fault {
            $($(#[$doc])* $name,)*
        }

        impl Fault {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// What is wrong and what is expected, in one sentence.
            #[must_use]
            pub const fn reason(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$name, Lang::Zh) => $zh, (Self::$name, Lang::En) => $en,)*
                }
            }
        }
    };
}

faults! {
    /// A required cell is empty.
    Required: "必填项为空", "this cell must not be empty";
    /// The text is too long or has characters that are not allowed.
    BadText: "文字过长或含有不允许的字符", "the text is too long or has characters that are not allowed";
    /// Not an amount of money.
    BadAmount: "不是金额，应为数字，如 12,345.67 或 3.5万", "not an amount: expected a number such as 12,345.67";
    /// Not a ratio.
    BadRatio: "不是比率，应为百分数，如 92.5%", "not a ratio: expected a percentage such as 92.5%";
    /// Not a whole number.
    BadWhole: "不是整数", "not a whole number";
    /// Not a date, or none from 1900 to 2199.
    BadDate: "不是日期，应为 2025-03-01 这样的日期", "not a date: expected one such as 2025-03-01";
    /// A date that contradicts the order of day and month of its column.
    DateOrder: "日期与本列的日月顺序不符", "the date contradicts the order of day and month in this column";
    /// Not a year from 1900 to 2199.
    BadYear: "不是年份，应为四位数年份，如 2025", "not a year: expected four digits such as 2025";
    /// Neither yes nor no.
    BadFlag: "应填 是 或 否", "expected yes or no";
    /// Not a judged level.
    BadLevel: "不是评定等级，应为 A、B、C 这样的等级", "not a level: expected one such as A, B or C";
    /// The number is more or less than a figure of its kind can be.
    OutOfRange: "数值超出范围", "the number is out of range";
    /// The value's kind does not fit its key.
    WrongKind: "数值类型与该指标不符", "the kind of value does not fit this indicator";
    /// The cell holds a spreadsheet error such as #REF!.
    CellError: "单元格为错误值（如 #REF!）", "the cell holds an error value such as #REF!";
    /// Another row of the file has the same key and says something else.
    Conflict: "与文件中另一行重复但内容不同", "another row of the file has the same key and says otherwise";
    /// No unit of that code or name.
    UnknownUnit: "系统中没有此销售科或代表处", "no unit has this code or name";
    /// No user of that login or name.
    UnknownRep: "系统中没有此销售员", "no user has this login or name";
    /// How the column is to be read was asked and not answered.
    Unanswered: "本列的单位或日月顺序尚未确定", "the unit or the order of day and month of this column has not been chosen";
    /// More values or cells than allowed.
    TooMany: "列或数值过多", "too many values";
}
