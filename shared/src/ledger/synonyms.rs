//! How ledgers call each field, in Chinese and English.

use super::Field;

/// Headings by field, normalised: lower case, no spaces, signs or brackets.
#[rustfmt::skip] // One word a line would bury the table.
pub const SYNONYMS: &[(Field, &[&str])] = &[
    (Field::Code, &[
        "客户编号", "客户代码", "客户编码", "客户号", "客户id", "客户", "编码", "代码", "往来单位编码", "往来单位代码", "购货单位编码",
        "购货单位代码", "单位编码", "客商编码", "客商代码", "customercode", "customerid", "customerno",
        "customernumber", "customernum", "custid", "custno", "custcode", "customer", "clientid",
        "clientcode", "accountnumber", "accountcode", "accountid", "code"
    ]),
    (Field::Name, &[
        "客户名称", "客户全称", "客户简称", "单位名称", "公司名称", "企业名称", "往来单位", "往来单位名称", "购货单位", "购货单位名称",
        "客商名称", "名称", "customername", "clientname", "companyname", "company", "accountname",
        "custname", "name"
    ]),
    (Field::Unit, &[
        "销售科", "销售科室", "科室", "销售部门", "部门", "代表处", "办事处", "分支机构", "销售单位", "所属单位", "单位", "所属部门", "所属科室",
        "销售区域", "区域", "片区", "unit", "unitcode", "section", "salesunit", "salessection", "office",
        "salesoffice", "branch", "region", "department", "dept"
    ]),
    (Field::Rep, &[
        "销售员", "业务员", "业务代表", "销售代表", "销售经理", "客户经理", "负责人", "跟进人", "业务经理", "责任人", "rep",
        "salesrep", "salesperson", "salesman", "salesrepresentative", "representative",
        "accountmanager", "owner"
    ]),
    (Field::Segment, &[
        "细分", "客户类型", "客户类别", "客户分类", "行业", "所属行业", "城市等级", "城市级别", "产品线", "segment",
        "customertype", "type", "industry", "cityclass", "productline", "category"
    ]),
    (Field::Since, &[
        "合作开始日期", "开始合作日期", "合作日期", "首次合作日期", "首次合作时间", "合作起始日", "合作起始", "合作起始日期", "合作开始时间", "建档日期", "开户日期", "首单日期",
        "首次交易日期", "合作起始时间", "合作开始", "since", "customersince", "cooperationsince", "firstorder", "firstorderdate",
        "startdate", "relationshipstart"
    ]),
    (Field::Year, &[
        "年度", "年份", "年", "会计年度", "统计年度", "所属年度", "year", "fiscalyear", "financialyear", "fy"
    ]),
    (Field::AnnualSales, &[
        "销售总额", "销售额", "销售金额", "销售收入", "营业额", "年销售额", "年度销售额", "年销售总额", "年度销售总额", "销售合计", "销售总金额",
        "含税销售额", "annualsales", "sales", "salesamount", "totalsales", "netsales", "grosssales",
        "turnover", "revenue", "annualrevenue", "salesrevenue"
    ]),
    (Field::PriceLevel, &[
        "销售价格", "价格水平", "价格指数", "价格率", "价格执行率", "成交价比", "价格折扣", "折扣率", "实际价格比", "售价水平",
        "pricelevel", "priceindex", "pricerealisation", "pricerealization", "realisedprice",
        "realizedprice", "pricetolist", "priceratio"
    ]),
    (Field::Collection, &[
        "货款回收", "货款回收率", "回款率", "按期回款率", "按时回款率", "准时回款率", "及时回款率", "回收率", "回款及时率", "按期回收率",
        "collection", "collectionrate", "paymentcollection", "ontimecollection", "ontimecollectionrate",
        "ontimepayment", "ontimepaymentrate", "ontimerate", "ontime"
    ]),
    (Field::Potential, &[
        "发展潜力", "增长率", "同比增长", "同比增长率", "销售增长率", "增幅", "同比", "增速", "成长性", "potential", "growth",
        "growthrate", "salesgrowth", "yoy", "yoygrowth", "yearonyear"
    ]),
    (Field::OrderPlanning, &[
        "订单计划性", "计划性", "订单计划", "订单计划性评定", "orderplanning", "planning", "orderplan"
    ]),
    (Field::ProductFit, &[
        "产品满足度", "产品满足", "满足度", "产品匹配度", "产品适配度", "productfit", "fit"
    ]),
    (Field::Communication, &[
        "沟通一致性", "沟通", "一致性", "沟通情况", "communication", "communicationconsistency"
    ]),
    (Field::Loyalty, &[
        "合作忠诚度与信誉", "合作忠诚度", "忠诚度", "忠诚度与信誉", "忠诚度信誉", "信誉", "loyalty", "loyaltyandreputation",
        "loyaltyandcredit"
    ]),
    (Field::CreditRating, &[
        "资信等级", "信用等级", "信用评级", "资信评级", "资信", "信用级别", "creditrating", "creditgrade", "credit",
        "rating"
    ]),
    (Field::OverdueDays, &[
        "逾期天数", "最长逾期天数", "超期天数", "逾期日数", "最大逾期天数", "当前逾期天数", "overduedays", "daysoverdue",
        "maxoverduedays", "dayspastdue", "dayslate"
    ]),
    (Field::CooperationMonths, &[
        "合作月数", "合作时长", "合作时间月", "合作月份数", "已合作月数", "cooperationmonths", "monthsofcooperation",
        "months", "tenuremonths"
    ]),
    (Field::Number, &[
        "发票号", "发票号码", "发票编号", "单据号", "单据编号", "单号", "票号", "应收单号", "凭证号", "凭证编号", "销售单号", "结算单号",
        "invoicenumber", "invoiceno", "invoiceid", "invoicenum", "invoice", "billno",
        "billnumber", "documentnumber", "documentno", "docno", "docnumber", "voucherno",
        "reference"
    ]),
    (Field::Issued, &[
        "开票日期", "开票时间", "发票日期", "单据日期", "业务日期", "日期", "应收日期", "入账日期", "记账日期", "制单日期", "出票日期",
        "销售日期", "invoicedate", "issued", "issuedate", "issuedon", "dateissued", "billdate",
        "billingdate", "documentdate", "docdate", "postingdate", "date"
    ]),
    (Field::Due, &[
        "到期日", "到期日期", "应付日期", "应收到期日", "付款期限", "付款到期日", "应付款日期", "应回款日期", "约定付款日", "约定付款日期",
        "约定回款日", "账期到期日", "duedate", "due", "dueon", "datedue", "paymentdue", "paymentduedate",
        "netduedate", "maturitydate"
    ]),
    (Field::Amount, &[
        "发票金额", "金额", "开票金额", "应收金额", "应收账款", "价税合计", "含税金额", "单据金额", "货款金额", "结算金额", "应收余额",
        "invoiceamount", "amount", "amountdue", "total", "totalamount", "invoicetotal", "value",
        "invoicevalue", "grossamount", "receivable"
    ]),
    (Field::Settled, &[
        "结清日期", "结清日", "回款日期", "收款日期", "付款日期", "实际付款日期", "实际回款日期", "核销日期", "清账日期", "到账日期", "实收日期",
        "settleddate", "settled", "settleddon", "settlementdate", "datesettled", "paiddate",
        "paid", "paidon", "datepaid", "paymentdate", "cleareddate", "clearingdate", "receiptdate"
    ]),
    (Field::Disputed, &[
        "争议", "有争议", "是否争议", "是否有争议", "有无争议", "争议标志", "争议状态", "争议情况", "disputed", "dispute",
        "isdisputed", "indispute", "disputeflag"
    ]),
];
