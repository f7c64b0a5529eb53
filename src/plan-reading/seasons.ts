import type { WorkspaceSettings } from '../domain/workspace.js';
import { type LocalDays, localDaysOf, type MonthDay } from '../plan-parser/limits/local-days.js';

/** When the seasons that a limit may name begin here: as set, else as usual in the province. */
export function seasonsOf({ province = '', seasons = {} }: Pick<WorkspaceSettings, 'province' | 'seasons'>): LocalDays {
  const usual = localDaysOf(province);
  return { heating: dayOr(seasons.heating, usual.heating), flood: dayOr(seasons.flood, usual.flood) };
}

function dayOr(written: string | undefined, usual: MonthDay): MonthDay {
  const [month, day] = written?.split('-').map(Number) ?? [];
  return month === undefined || day === undefined ? usual : { month, day };
}
