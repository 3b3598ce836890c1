//! How the product itself heads the columns it writes.

use super::{Field, Lang};

impl Field {
    /// The heading of a column of this field; reading it finds the field again, with its unit.
    #[must_use]
    pub const fn heading(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Code => ("客户编号", "Customer code"),
            Self::Name => ("客户名称", "Customer name"),
            Self::Unit => ("销售科", "Unit"),
            Self::Rep => ("销售员", "Rep"),
            Self::Segment => ("客户类型", "Segment"),
            Self::Since => ("合作开始日期", "Customer since"),
            Self::Year => ("年度", "Year"),
            Self::AnnualSales => ("销售总额（万元）", "Annual sales (万元)"),
            Self::PriceLevel => ("销售价格（%）", "Price level (%)"),
            Self::Collection => ("货款回收（%）", "Collection (%)"),
            Self::Potential => ("发展潜力（%）", "Growth (%)"),
            Self::OrderPlanning => ("订单计划性", "Order planning"),
            Self::ProductFit => ("产品满足度", "Product fit"),
            Self::Communication => ("沟通一致性", "Communication"),
            Self::Loyalty => ("合作忠诚度与信誉", "Loyalty"),
            Self::CreditRating => ("资信等级", "Credit rating"),
            Self::OverdueDays => ("逾期天数", "Overdue days"),
            Self::CooperationMonths => ("合作月数", "Cooperation months"),
            Self::Number => ("发票号", "Invoice number"),
            Self::Issued => ("开票日期", "Invoice date"),
            Self::Due => ("到期日", "Due date"),
            Self::Amount => ("金额（元）", "Amount (元)"),
            Self::Settled => ("结清日期", "Settled date"),
            Self::Disputed => ("是否争议", "Disputed"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// A value of a made-up customer, for the first row of a template.
    #[must_use]
    pub const fn example(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Code, _) => "K0001",
            (Self::Name, Lang::Zh) => "示例客户（请删除本行）",
            (Self::Name, Lang::En) => "Example customer (delete this row)",
            (Self::Unit, Lang::Zh) => "销售一科",
            (Self::Unit, Lang::En) => "Sales section 1",
            (Self::Rep, Lang::Zh) => "张三",
            (Self::Rep, Lang::En) => "Zhang San",
            (Self::Segment, _) => "",
            (Self::Since, _) => "2021-03-01",
            (Self::Year, _) => "2025",
            (Self::AnnualSales, _) => "350.5",
            (Self::PriceLevel | Self::Collection, _) => "92.5%",
            (Self::Potential, _) => "8%",
            (Self::OrderPlanning | Self::Communication, _) => "B",
            (Self::ProductFit | Self::Loyalty | Self::CreditRating, _) => "A",
            (Self::OverdueDays, _) => "0",
            (Self::CooperationMonths, _) => "57",
            (Self::Number, _) => "2025030001",
            (Self::Issued, _) => "2025-03-01",
            (Self::Due, _) => "2025-04-30",
            (Self::Amount, _) => "12345.67",
            (Self::Settled, _) => "2025-04-20",
            (Self::Disputed, Lang::Zh) => "否",
            (Self::Disputed, Lang::En) => "No",
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ledger::heading::Heading;
    use crate::ledger::{AnnualRow, Cell, Field, Grid, InvoiceRow, Lang, Mapping, Shape, guess, read};

    #[test]
    fn a_template_is_understood_as_it_stands() {
        for shape in [Shape::Annual, Shape::Receivables] {
            for lang in [Lang::Zh, Lang::En] {
                let fields = || Field::ALL.iter().filter(|field| field.fits(shape));
                for field in fields() {
                    assert_eq!(Heading::parse(field.heading(lang)).field(shape), Some(*field));
                }
                let row = |text: fn(Field, Lang) -> &'static str| {
                    fields().map(|field| Cell::Text(text(*field, lang).into())).collect()
                };
                let sheet = Grid { rows: vec![row(Field::heading), row(Field::example)], ..Grid::default() };
                let guess = guess(&sheet);
                assert_eq!((guess.shape, guess.questions.as_slice()), (shape, &[][..]));
                let rows = |mapping: &Mapping| match shape {
                    Shape::Annual => read::<AnnualRow>(&sheet, mapping).rows.len(),
                    Shape::Receivables => read::<InvoiceRow>(&sheet, mapping).rows.len(),
                };
                assert_eq!(rows(&guess.mapping), 1);
            }
        }
    }
}
