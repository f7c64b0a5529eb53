import { setTimeout as wait } from 'node:timers/promises';

import { isWorkingDay } from '../../src/domain/calendar.js';
import { addDays, type LocalDate, momentOf } from '../../src/domain/local-date.js';
import type { ScheduleRule } from '../../src/domain/slot.js';
import { openStore } from '../../src/store/open.js';
import { findSchedule, setScheduleRule } from '../../src/store/schedules.js';
import type { Store } from '../../src/store/store.js';
import { Chance } from './chance.js';
import { Instance } from './instances.js';
import { anyRule, foundOffice, type Office, times, timeZone } from './office.js';
import { openPlatform, type Platform } from './platform.js';

export interface Plan {
  location: string;
  groups: number;
  instances: number;
  from: LocalDate;
  days: number;
  seed: number;
  /** Of each day, how likely the machine goes down, and how likely a pass is cut by kill -9. */
  downs: number;
  kills: number;
  /** By `performance.now()`; no day begins after it. */
  endAt?: number;
}

export interface Lived {
  office: Office;
  platform: Platform;
  /** Which rule each digest had, from when. */
  rules: Map<string, { rule: ScheduleRule; from: number }[]>;
  from: number;
  until: number;
  /** When a pass ran. */
  passedAt: number[];
  counts: {
    days: number;
    passes: number;
    kills: number;
    downs: number;
    jumps: number;
    doubles: number;
    changes: number;
  };
}

const minuteMs = 60_000;
/** Longer than whoever was killed keeps what it had taken. */
const retryMs = 130_000;
const hourMs = 60 * minuteMs;
/** 08:31 sends what waited for the morning; 12:20 and 19:00 are quiet. */
const quiet = ['12:20', '19:00'];
const passes = ['08:31', '08:35', '11:59', '14:30', '16:00', ...quiet, ...times].sort();

/** Lives through the days with real programs on one database, which are killed, stopped for days and told wrong times. */
export async function simulate(plan: Plan): Promise<Lived> {
  const chance = new Chance(plan.seed);
  const store = await openStore(plan.location, { connections: 2 });
  const platform = await openPlatform(new Chance(plan.seed + 1));
  const from = momentOf(plan.from, '08:00', timeZone).getTime();
  const office = await foundOffice(store, plan.groups, chance, new Date(from));
  const life = new Life(plan, chance, store, platform, office, from);
  try {
    await life.run();
    return life.lived();
  } finally {
    await life.end();
    await store.close();
  }
}

class Life {
  readonly #plan: Plan;
  readonly #chance: Chance;
  readonly #store: Store;
  readonly #platform: Platform;
  readonly #office: Office;
  readonly #from: number;
  readonly #rules: Lived['rules'] = new Map();
  readonly #counts = { days: 0, passes: 0, kills: 0, downs: 0, jumps: 0, doubles: 0, changes: 0 };
  #running: Instance[] = [];
  #until: number;
  readonly #passedAt: number[] = [];
  #downUntil = 0;
  #wakesInQuiet = false;

  constructor(plan: Plan, chance: Chance, store: Store, platform: Platform, office: Office, from: number) {
    this.#plan = plan;
    this.#chance = chance;
    this.#store = store;
    this.#platform = platform;
    this.#office = office;
    this.#from = from;
    this.#until = from;
  }

  lived(): Lived {
    return {
      office: this.#office,
      platform: this.#platform,
      rules: this.#rules,
      from: this.#from,
      until: this.#until,
      passedAt: this.#passedAt,
      counts: this.#counts,
    };
  }

  async run(): Promise<void> {
    for (const { schedule } of this.#office.digests) await this.#noteRule(schedule, this.#from);
    let day = this.#plan.from;
    const { days, endAt = Number.POSITIVE_INFINITY } = this.#plan;
    for (; this.#counts.days < days && performance.now() < endAt; day = addDays(day, 1)) {
      await this.#liveDay(day);
      this.#counts.days += 1;
    }
    // Days on which all goes well, so that what can be caught up is.
    this.#downUntil = 0;
    for (let calm = 0; calm < 12; calm += 1, day = addDays(day, 1)) {
      for (const time of ['08:35', ...times, '16:00']) await this.#tick(momentOf(day, time, timeZone).getTime(), true);
    }
  }

  async #liveDay(day: LocalDate): Promise<void> {
    const today = isWorkingDay(day) ? passes : ['09:00', '19:00'];
    const downAt = this.#chance.is(this.#plan.downs) ? this.#chance.of(today) : null;
    for (const time of today) {
      const at = momentOf(day, time, timeZone).getTime() + (this.#chance.upTo(50) - 1) * 1000;
      if (at < this.#downUntil || (this.#wakesInQuiet && !quiet.includes(time))) continue;
      this.#wakesInQuiet = false;
      if (time === downAt) {
        await this.#killAll();
        this.#counts.downs += 1;
        this.#wakesInQuiet = this.#chance.is(0.5);
        // From ten minutes to six days, the short ones more often.
        this.#downUntil = at + 10 * minuteMs * Math.exp(this.#chance.next() * Math.log(6 * 24 * 6));
        continue;
      }
      if (this.#chance.is(0.01)) await this.#jump(at);
      if (await this.#tick(at, false)) await this.#tick(at + retryMs, true);
      if (isWorkingDay(day) && this.#chance.is(0.02)) await this.#change(at + 30_000);
    }
  }

  /** The clock is set forward or back by an hour, and put right by the next pass. */
  async #jump(at: number): Promise<void> {
    this.#counts.jumps += 1;
    await this.#tick(at + (this.#chance.is(0.5) ? hourMs : -hourMs), true);
  }

  /** Whether something went wrong that the next minutes' passes put right. */
  async #tick(at: number, calm: boolean): Promise<boolean> {
    await this.#startAll();
    this.#counts.passes += 1;
    this.#passedAt.push(at);
    const { unanswered, busy } = this.#platform.faults;
    let killing = false;
    this.#until = Math.max(this.#until, at);
    const twice = this.#chance.is(0.05);
    if (twice) this.#counts.doubles += 1;
    const passing = Promise.all(this.#running.map((instance) => instance.pass(at, twice)));
    if (!calm && this.#chance.is(this.#plan.kills)) {
      killing = true;
      const killed = this.#chance.of(this.#running);
      await wait(this.#chance.upTo(60));
      await killed.kill();
      this.#counts.kills += 1;
      this.#running = this.#running.filter((one) => one !== killed);
    }
    await passing;
    const { faults } = this.#platform;
    return killing || faults.unanswered + faults.busy > unanswered + busy;
  }

  /** Somebody chooses another time; what came before has been handled. */
  async #change(at: number): Promise<void> {
    const { schedule } = this.#chance.of(this.#office.digests);
    await this.#tick(at, true);
    const rule = anyRule(this.#chance, new Date(at));
    const { workspace } = this.#office;
    await this.#store.transaction((tx) => setScheduleRule(tx, workspace, schedule, { rule, changedBy: 'test' }));
    this.#counts.changes += 1;
    await this.#noteRule(schedule, at);
  }

  async #noteRule(schedule: string, from: number): Promise<void> {
    const row = await findSchedule(this.#store.read, this.#office.workspace, schedule);
    this.#rules.set(schedule, [...(this.#rules.get(schedule) ?? []), { rule: row?.rule as ScheduleRule, from }]);
  }

  async #startAll(): Promise<void> {
    while (this.#running.length < this.#plan.instances) {
      this.#running.push(await Instance.start(this.#plan.location, this.#platform.url));
    }
  }

  async #killAll(): Promise<void> {
    await Promise.all(this.#running.map((instance) => instance.kill()));
    this.#running = [];
  }

  async end(): Promise<void> {
    await this.#killAll();
    await this.#platform.close();
  }
}
