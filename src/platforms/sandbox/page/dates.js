// The sandbox's time is a wall clock with a fixed offset ('2023-09-25T09:00:00+08:00'), whatever zone the browser is in.

const minute = 60_000;
const day = 24 * 60 * minute;
const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

const offsetOf = (iso) => /(?:Z|[+-]\d{2}:\d{2})$/.exec(iso)?.[0] ?? '+08:00';

function offsetMinutes(offset) {
  if (offset === 'Z') return 0;
  const [hours, minutes] = offset.slice(1).split(':').map(Number);
  return (offset[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

/** A Date whose UTC fields read as the wall clock of the moment. */
const wall = (iso) => new Date(Date.parse(iso) + offsetMinutes(offsetOf(iso)) * minute);

const fromWall = (date, offset) => `${date.toISOString().slice(0, 19)}${offset}`;

const two = (number) => String(number).padStart(2, '0');

export const dayKey = (iso) => wall(iso).toISOString().slice(0, 10);

export const longDate = (iso) => {
  const at = wall(iso);
  return `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
};

export const shortDate = (iso) => longDate(iso).replace(/^\d+年/u, '');

export const weekday = (iso) => weekdays[wall(iso).getUTCDay()];

export const clockTime = (iso) => {
  const at = wall(iso);
  return `${at.getUTCHours()}:${two(at.getUTCMinutes())}`;
};

/** The same moment, written with the sandbox's own offset. */
export function inOffsetOf(now, iso) {
  const offset = offsetOf(now);
  return fromWall(new Date(Date.parse(iso) + offsetMinutes(offset) * minute), offset);
}

/** What a datetime-local input holds. */
export const toInput = (iso) => wall(iso).toISOString().slice(0, 16);

export const fromInput = (value, now) => `${value.slice(0, 16)}:00${offsetOf(now)}`;

export const later = (iso, milliseconds) => fromWall(new Date(wall(iso).getTime() + milliseconds), offsetOf(iso));

export const plusDays = (iso, days) => later(iso, days * day);

export function nextMonday(iso) {
  const daysAhead = (8 - wall(iso).getUTCDay()) % 7 || 7;
  return `${dayKey(plusDays(iso, daysAhead))}T09:00:00${offsetOf(iso)}`;
}
