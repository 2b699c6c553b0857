// Cells to begin with: one as it should be, one with mistakes, one with every kind of value.

const indicator = (ordinal, category, name, period, annual) =>
  `${ordinal}、${category}；${name}；实施周期指标值:${period}；年度指标值:${annual}。`;

export const EXAMPLES = [
  {
    id: "intact",
    en: "Intact",
    zh: "完好",
    cell: [
      indicator(1, "1-产出指标；11-数量指标", "全年支付次数", "4次/年", "4次"),
      indicator(2, "1-产出指标；12-质量指标", "验收合格率", "100%", "≥98%"),
      indicator(3, "2-效益指标；22-社会效益", "营商环境", "有效提升", "有效提升"),
    ].join(""),
  },
  {
    id: "damaged",
    en: "Damaged",
    zh: "有误",
    cell: [
      indicator(1, "1-产出指标；11-数量指标", "全年支付次数", "4次/年", "4次"),
      indicator(2, "1-产出指标；22-社会效益", "保税区服务效能", "有效提升", "有效提升"),
      "3、1-产出指标；12-质量指标；验收合格率；实施周期指标值:100%。",
      indicator(5, "1-产出指标；13-时效指标", "完工时间", "2024年13月底前", "年底前"),
    ].join(""),
  },
  {
    id: "values",
    en: "Kinds of values",
    zh: "各类指标值",
    cell: [
      indicator(1, "1-产出指标；11-数量指标", "补助标准", "≥200元每人每月", "不少于200家"),
      indicator(2, "1-产出指标；13-时效指标", "办结时限", "5-10个工作日", "2024年12月底前"),
      indicator(3, "1-产出指标；13-时效指标", "实施时间", "2023.07-2024.01", "每月15日前"),
      indicator(4, "1-产出指标；12-质量指标", "达标率", "工业90%以上，商贸服务业80%以上", "年底前100%完成"),
      indicator(5, "2-效益指标；22-社会效益", "企业满意程度", "不低于上年", "无"),
      indicator(6, "1-产出指标；11-数量指标", "检查次数", "≥不少于3次", "1/2"),
    ].join(""),
  },
];
