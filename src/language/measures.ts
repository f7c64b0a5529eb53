/**
 * Regular-expression source of a word that makes the number before it an amount or a date (7月, 7.5米, 3类), not a code
 * and not a day. What follows in brackets keeps 水7时限 and 气3分项 readable.
 */
export const measureWord = `(?:${[
  '[月号个米吨万亿千百元家次级类座套辆户亩度升倍种名件成份克瓦%‰℃]',
  '年(?![底末内前])',
  '日(?!期|常)',
  '天(?!然)',
  '周(?![期边报一二三四五六日])',
  '季',
  '点(?!位)',
  '时(?![限间])',
  '(?:平|立)方|平米',
  '公[里斤顷分]',
  '[毫厘]米?',
  '小时|分钟|分之|百分',
  '人(?!员)',
  '台(?!账|帐)',
  '批(?!示|准|复)',
  '处(?![理置于罚])',
  '条(?!件)',
  '项(?!目)',
  '(?:[kcm]?m|km|t|k?g|m?l)(?![a-z])',
].join('|')})`;
