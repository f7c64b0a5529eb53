/** How a value is meant: 以上 or 不低于, 以下 or 控制在…以内, 左右, exactly so many, or a change of so much (下降30%). */
export type Comparator = 'at-least' | 'at-most' | 'about' | 'exactly' | 'rise' | 'fall';

/** 指标: a quantity that a task's text demands. */
export interface Target {
  /** The words that state it: 达到90%以上. */
  phrase: string;
  /** What is measured: 秸秆综合利用率. */
  what: string;
  comparator: Comparator;
  value: number;
  /** %, 批次, 微克/立方米; empty for a bare number. */
  unit: string;
  line: number;
}
