import { after, type Day, isWorking } from './days.js';
import { Dice } from './dice.js';

/** A while in which people write, before the clock moves on. */
export interface Sitting {
  day: Day;
  time: string;
  messages: number;
}

export const firstDay = '2023-09-25';
const daysInAll = 366;
/** Of a season with jumps; after them two to seventeen days go by at a time. */
const daysBeforeJumps = 17;

/** Mornings and afternoons of working days, at times the evening, at times a day off; over a year, with or without jumps. */
export function sittingsOf(dice: Dice, messages: number, everyDay: boolean): Sitting[] {
  const sittings: Omit<Sitting, 'messages'>[] = [];
  const step = (day: Day) => (everyDay || day < after(firstDay, daysBeforeJumps) ? 1 : dice.between(2, 17));
  let minute = 0;
  for (let day = firstDay; day < after(firstDay, daysInAll); day = after(day, step(day))) {
    // No two days share a minute: /undo reaches back 24 hours, and nobody should stand on its edge.
    minute = (minute + dice.between(4, 25)) % 30;
    const usual = [9, 10, 15, 16, 19].filter((hour) => dice.chance(hour === 19 ? 0.3 : 0.9));
    const hours = isWorking(day) ? usual : dice.chance(0.4) ? [10] : [];
    for (const hour of hours) sittings.push({ day, time: `${String(hour).padStart(2, '0')}:${minute + 15}` });
  }
  const upTo = (index: number) => Math.round((index * messages) / sittings.length);
  return sittings.map((sitting, index) => ({ ...sitting, messages: upTo(index + 1) - upTo(index) }));
}

/** Its own dice, so that a season of other length still has the same days. */
export const diceOfDays = (seed: number) => new Dice(seed + 1);
