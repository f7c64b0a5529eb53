const dates =
  /(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)?|年?[底末]|第?[一二三四]季度末?|[上下]半年)(?:之?前)?(?:[、和](?:\d{1,2}月(?:\d{1,2}日|底)?)(?:之?前)?)*|到?20\d\d年(?:底|末)?(?:之?前|[，,]|$)|到20\d\d年|年内/g;

/** The words without the dates in them: what is measured is not 9月底前. */
export const withoutDates = (words: string) => words.replace(dates, '');
