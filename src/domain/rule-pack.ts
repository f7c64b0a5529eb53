import { z } from 'zod';

/** 灯. `sheet-blue` is the mildest of the three sheets (蓝单), not the blue of what is closed. */
export const lightNames = {
  red: '红灯',
  orange: '橙单',
  yellow: '黄灯',
  'sheet-blue': '蓝单',
  green: '绿灯',
  grey: '灰灯',
  blue: '蓝灯',
} as const;
export type Light = keyof typeof lightNames;

const light = z.enum(Object.keys(lightNames) as [Light, ...Light[]]);
const days = z.number().int().min(0).max(366);
const on = <When extends string, Shape extends z.ZodRawShape>(when: When, shape: Shape) =>
  z.strictObject({ light, when: z.literal(when), ...shape });

/** Asked in their order; the first that holds gives the light. */
const rule = z.discriminatedUnion('when', [
  on('closed', {}),
  /** Paused or withdrawn. */
  on('paused', {}),
  /** Reported done and waiting for review. */
  on('reported', {}),
  /** The first working day after the limit has closed, after the start date, and no extension waits that was asked in time. */
  on('passed', {}),
  /** At most so many working days to the limit, and nothing reported in the last `quietWorkingDays`. */
  on('near', { workingDays: days, quietWorkingDays: days }),
  /** Nothing reported within so many days of the assignment. */
  on('silent', { days }),
  /** At least so many points behind the share of the stage that has gone by (序时进度). */
  on('behind', { points: z.number().min(0).max(100) }),
  on('problem', {}),
  on('round-missed', {}),
  /** Urged so often since the last report. */
  on('urged', { times: z.number().int().min(1).max(99) }),
  on('dated', {}),
  on('always', {}),
]);
export type Rule = z.infer<typeof rule>;

/** What a light means for one kind of work, as an office may edit it. */
export const rulePack = z.strictObject({
  name: z.string().min(1),
  /** Plans of a document, what is assigned by hand, or neither unless a workspace chooses it. */
  for: z.enum(['document', 'assigned', 'chosen']),
  rules: z
    .array(rule)
    .min(1)
    .refine((rules) => rules.at(-1)?.when === 'always', '最后一条应是 always，让每种情况都有灯'),
  /** For what is assigned without a day. */
  limits: z
    .strictObject({ ordinaryDays: z.number().int().min(1).max(366), complexMonths: z.number().int().min(1).max(24) })
    .optional(),
});
export type RulePack = z.infer<typeof rulePack>;

/** By the name of the file without its ending. */
export type RulePacks = ReadonlyMap<string, RulePack>;
