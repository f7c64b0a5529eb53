import { createHash } from 'node:crypto';

import ical from 'ical-generator';

import type { AgendaEntry } from '../domain/agenda.js';
import { addDays, type LocalDate } from '../domain/local-date.js';

export interface Agenda {
  id: string;
  name: string;
  entries: AgendaEntry[];
}

const hoursBetweenLooks = 6;

/** A calendar of whole days (RFC 5545): 30 September is 30 September in whatever zone it is read. */
export function writeIcs({ id, name, entries }: Agenda, { now, timeZone }: { now: Date; timeZone: string }): string {
  const calendar = ical({ name, prodId: '//Duban//Duban//ZH', ttl: hoursBetweenLooks * 3600 });
  for (const entry of entries) {
    calendar.createEvent({
      id: `${createHash('sha256').update(`${id} ${entry.name}`).digest('hex').slice(0, 32)}@duban`,
      stamp: now,
      start: midnight(entry.day),
      end: midnight(addDays(entry.day, 1)),
      allDay: true,
      summary: entry.title,
      description: entry.lines.join('\n'),
    });
  }
  // The library writes this before the events only together with a zone for them, in which DTSTAMP would not be UTC.
  return calendar.toString().replace('\r\nBEGIN:VEVENT', `\r\nX-WR-TIMEZONE:${timeZone}\r\nBEGIN:VEVENT`);
}

const midnight = (day: LocalDate) => new Date(`${day}T00:00:00Z`);
