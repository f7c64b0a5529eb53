import type { ImportIssue } from '../domain/plan-draft.js';

/** What the parser says about a document, and what it assumed. `detail` is a name or a date that the message needs. */
const messages = {
  'no-plan': () => '没有读到编号的任务，请确认是否为任务文件。',
  'no-plan-title': (detail: string) => `没有读到计划标题，暂用“${detail}”。`,
  'no-year': () => '没有读到年份，没有写年份的时限不能推算。',
  'several-years': (detail: string) => `标题跨多个年度，没有写年份的时限按${detail}年推算，请核对。`,
  'no-issue-date': () => '没有读到印发日期。',
  'prefix-guessed': (detail: string) => `标题中没有认识的主题词，编号前缀暂用“${detail}”。`,
  'issue-date-assumed': (detail: string) => `没有读到落款日期，暂以${detail}为印发日期。`,
  'numbers-restart': () => '任务编号有重复（分节重新编号），已按先后顺序重新编号。',
  'number-gap': (detail: string) => `编号${detail}，请核对是否有缺项。`,
  'number-given': (detail: string) => `这一项不在任务的统一编号之内，暂编为${detail}。`,
  'duties-unread': (detail: string) => `“${detail}”按单位列出职责，没有作为任务读入。`,
  'section-unread': (detail: string) => `“${detail}”下没有编号的任务，正文没有作为任务读入。`,
  'no-responsibility': (detail: string) => `${detail}没有读到责任单位。`,
  'no-lead': (detail: string) => `${detail}没有写牵头单位，所列单位按负责处理。`,
  'clause-unread': (detail: string) => `责任分工中“${detail}”没有写牵头、配合或负责，没有读入。`,
  'inherited-first': (detail: string) =>
    `“以下”从下一项算起，${detail}本项是否也由该单位负责，文件没有写明；暂不计入本项。`,
  'inherited-exception': (detail: string) => `“以下均需”带有例外（${detail}），例外没有计入，请逐项核对。`,
  'inherited-same': () => '责任分工后写有“下同”，暂按以后各项都由所列单位承担处理，请核对。',
  'role-unsure': (detail: string) => `“${detail}”不是牵头、配合或负责，暂按相近的分工处理。`,
  'role-unsaid': () => '只列了单位，没有写牵头、配合或负责，暂按负责处理。',
  'role-partial': (detail: string) => `“${detail}”只负责其中一部分工作，按承担本项处理。`,
  'clause-unbracketed': () => '责任分工没有括号，从正文末句读出，请核对。',
  'not-a-unit': (detail: string) => `“${detail}”不像单位名称，按原文保留。`,
  'unit-bare': (detail: string) => `“${detail}”前面没有写级别，按原文保留。`,
  'parent-clause': (detail: string) => `本项没有写责任单位，沿用上级标题的分工：${detail}。`,
  'lead-rule': () => '文件写明未写牵头时以何者为牵头单位，已照此处理。',
  'lead-unseen': () => '文件用字体或颜色标出牵头单位，文字中看不出来，没有处理。',
  'lead-of-several': (detail: string) =>
    `责任单位即为牵头单位，但列有几个；暂以列第一位的“${detail}”为牵头单位，请核对。`,
  'units-glued': (detail: string) => `两个单位名称之间没有分隔，已按“${detail}”断开。`,
  'unit-forms': (detail: string) => `同一单位可能有两种写法：${detail}。均按原文保留。`,
  'unit-level': (detail: string) => `疑为“${detail}”之误，按原文保留。`,
  'limit-before-month': (detail: string) => `“×月前”有两种理解，暂按不含当月计算，即${detail}；也可能指当月底。`,
  'limit-before-year': (detail: string) => `“×年前”暂按不含当年计算，即${detail}。`,
  'limit-month-lost': (detail: string) => `疑漏“月”字，按${detail}计算。`,
  'limit-typo': (detail: string) => `疑有笔误，按${detail}计算。`,
  'limit-before-period': (detail: string) => `“×季度前”暂按不含该期计算，即${detail}。`,
  'limit-no-such-day': (detail: string) => `没有这一天，按当月最后一日${detail}计算。`,
  'limit-vague': (detail: string) => `“月初”没有确切日期，暂按${detail}计算。`,
  'limit-no-year': () => '时限没有年份，不能推算日期。',
  'limit-year-assumed': (detail: string) => `时限没有写明是哪一年，暂按${detail}计算。`,
  'limit-relative': () => '时限从某一事件算起，没有固定日期。',
  'limit-event': () => '时限取决于某一事件或时段，没有固定日期。',
  'limit-occasion': (detail: string) => `时限以节令或会期为准，暂按${detail}计算；各地不同，请核对。`,
  'limit-several-days': () => '每期有几个日子，暂按最后一个计算。',
  'limit-recurrence-day': () => '每期的具体日子不能完全确定，请核对。',
  'limit-odd-recurrence': () => '这样的周期不能自动推算各期，请核对。',
  'limit-undecided': (detail: string) => `完成时限写的是“${detail}”，按无时限处理。`,
  'limit-unread': () => '没有读懂完成时限，按无时限处理。',
  'limit-before-issue': (detail: string) => `时限${detail}早于印发日期，按原文保留。`,
  'number-missing': () => '量词前缺数字，按原文保留。',
  'table-unread': () => '没有认出表头，表格没有读入。',
  'row-width': (detail: string) => `本行${detail}，与表头不一致，请核对。`,
  'header-assumed': () => '表格没有表头，按上一张表的栏目读入。',
  'row-inherits': (detail: string) => `本行没有序号和名称，按上一行“${detail}”读入。`,
  'link-ambiguous': (detail: string) => `${detail}，没有自动关联，请人工确认。`,
  'annex-unread': () => '附件中的文字没有作为任务读入。',
} satisfies Record<string, (detail: string) => string>;

export type IssueCode = keyof typeof messages;

export function issue(code: IssueCode, at: { line: number; text: string }, detail = ''): ImportIssue {
  return { line: at.line, code, message: messages[code](detail), text: at.text };
}
