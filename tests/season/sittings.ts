import { after, type Day, isWorking } from './days.js';
import { Dice } from './dice.js';

/** A while in which people write, before the clock moves on. */
export interface Sitting {
  day: Day;
  time: string;
  messages: number;
  /** Nobody writes but those whom the work is none of. */
  strangers: boolean;
}

export const firstDay = '2023-09-25';
const daysInAll = 366;
/** Of a season with jumps; after them two to seventeen days go by at a time. */
const daysBeforeJumps = 17;

/** Nobody writes on most days off; yet every day is looked at. */
const onADayOff = 0.4;
/** One sitting in so many belongs to strangers. */
const strangersEvery = 19;

/** Mornings and afternoons of working days, at times the evening, at times a day off; over a year, with or without jumps. */
export function sittingsOf(dice: Dice, messages: number, everyDay: boolean): Sitting[] {
  const sittings: { day: Day; time: string; busy: boolean }[] = [];
  const step = (day: Day) => (everyDay || day < after(firstDay, daysBeforeJumps) ? 1 : dice.between(2, 17));
  let minute = 0;
  for (let day = firstDay; day < after(firstDay, daysInAll); day = after(day, step(day))) {
    // No two days share a minute: /undo reaches back 24 hours, and nobody should stand on its edge.
    minute = (minute + dice.between(4, 25)) % 30;
    const usual = [9, 10, 15, 16, 19].filter((hour) => dice.chance(hour === 19 ? 0.3 : 0.9));
    const hours = isWorking(day) ? usual : dice.chance(onADayOff) ? [10] : [];
    const at = (hour: number) => `${String(hour).padStart(2, '0')}:${minute + 15}`;
    for (const hour of hours) sittings.push({ day, time: at(hour), busy: true });
    if (everyDay && hours.length === 0) sittings.push({ day, time: at(20), busy: false });
  }
  const all = sittings.filter(({ busy }) => busy).length;
  const upTo = (index: number) => Math.round((index * messages) / all);
  let seen = 0;
  return sittings.map(({ day, time, busy }) => {
    const strangers = busy && seen % strangersEvery === strangersEvery - 1;
    const said = busy ? upTo(seen + 1) - upTo(seen) : 0;
    if (busy) seen += 1;
    return { day, time, messages: said, strangers };
  });
}

/** Its own dice, so that a season of other length still has the same days. */
export const diceOfDays = (seed: number) => new Dice(seed + 1);
