import type { Dice } from './dice.js';

/** People's own words stand between these marks, so that what the bot quotes is told from what it says of its own accord. */
export const marks = { from: '〖', to: '〗' } as const;

const quoted = new RegExp(`${marks.from}[^${marks.to}\\n｜]*?(?:${marks.to}|……|$)`, 'gmu');

/** Without what people wrote, whole or cut off by the bot. */
export const withoutQuotes = (text: string): string => text.replace(quoted, '');

const told = [
  '主体完工正在调试',
  '五镇设施投运',
  '台账建好，家家到位',
  '管网过半',
  '设备到货，安装中',
  '镇里工作滞后，已约谈',
  '个别单位措施不力',
  '二期未开展，一期投运',
  '三个点位未完成，正在补齐',
  '我单位进度全县第一名',
  '排名倒数的企业已整改',
  '逾期未完成的两家已停产',
];

/** A sentence that tells something, some of them with words that the bot must never say itself. */
export const aSentence = (dice: Dice): string => `${marks.from}${dice.pick(told)}${marks.to}`;

/** What is assigned gets its title up to the first stop. */
export const withoutStops = (text: string): string => text.replace(/[，。；,;]/gu, '');

/** Words that tell nothing. */
export const nothingSaid = ['', '完成了', '好的', '都办完了'];
