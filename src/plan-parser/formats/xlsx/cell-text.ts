export type CellFormat = { kind: 'general' } | { kind: 'date'; code: string } | { kind: 'number'; code: string };

/** Formats that a workbook need not spell out, in the meaning they have in Chinese Excel (ECMA-376, 18.8.30). */
const builtIn: Record<number, string> = {
  ...{ 1: '0', 2: '0.00', 3: '#,##0', 4: '#,##0.00', 9: '0%', 10: '0.00%', 14: 'yyyy/m/d', 15: 'd-mmm-yy' },
  ...{ 16: 'd-mmm', 17: 'mmm-yy', 22: 'yyyy/m/d h:mm', 27: 'yyyy年m月', 28: 'm月d日', 29: 'm月d日' },
  ...{ 30: 'm-d-yy', 31: 'yyyy年m月d日', 36: 'yyyy年m月', 50: 'yyyy年m月', 51: 'm月d日', 52: 'yyyy年m月' },
  ...{ 53: 'm月d日', 54: 'm月d日', 55: 'yyyy年m月', 56: 'm月d日', 57: 'yyyy年m月', 58: 'm月d日' },
};

/** The first section of a code without colours, locales and quoted words. */
const bareCode = (code: string) =>
  (code.split(';')[0] ?? '').replace(/"[^"]{0,100}"|\[[^\]]{0,100}\]|\\.|_./g, '').toLowerCase();

export function formatOf(id: number, codes: ReadonlyMap<number, string>): CellFormat {
  const code = codes.get(id) ?? builtIn[id];
  if (code === undefined) return { kind: 'general' };
  const bare = bareCode(code);
  if (/[yd年月日]|m(?!m?s)/.test(bare) && !/[#0]/.test(bare)) return { kind: 'date', code: bare };
  return bare.includes('general') ? { kind: 'general' } : { kind: 'number', code: bare };
}

const millisecondsInDay = 86_400_000;

/** The day of a serial number. Excel's 1900 system counts a 29 February 1900 that never was. */
function dayOfSerial(serial: number, from1904: boolean): Date {
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  return new Date(epoch + Math.floor(serial) * millisecondsInDay);
}

function writeDate(serial: number, code: string, from1904: boolean): string {
  if (serial < 0 || serial > 2_958_465) return String(serial);
  const day = dayOfSerial(serial, from1904);
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
  const showsYear = code.includes('y') || code.includes('年');
  const showsDay = code.includes('d') || code.includes('日');
  return `${showsYear ? `${year}年` : ''}${month}月${showsDay ? `${date}日` : ''}`;
}

function writeNumber(value: number, code: string): string {
  const decimals = /\.(0+)/.exec(code)?.[1]?.length ?? 0;
  if (code.includes('%')) return `${Number((value * 100).toFixed(Math.max(decimals, 2)))}%`;
  return decimals > 0 && decimals <= 10 ? value.toFixed(decimals) : general(value);
}

/** Fifteen digits, as Excel keeps them: 0.1 + 0.2 is 0.3. */
const general = (value: number) => String(Number(value.toPrecision(15)));

/** A number as the sheet shows it; a date in the words of the documents, 2024年6月30日. */
export function writeCell(raw: string, format: CellFormat, from1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  if (format.kind === 'date') return writeDate(value, format.code, from1904);
  return format.kind === 'number' ? writeNumber(value, format.code) : general(value);
}
