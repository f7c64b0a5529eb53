import { z } from 'zod';

/** One government: its plans, units, people, groups and settings. */
export const workspaceId = z.string().min(1).brand<'WorkspaceId'>();
export type WorkspaceId = z.infer<typeof workspaceId>;

/** A work group, or the one-to-one chats that stand beside it. */
export const groupId = z.string().min(1).brand<'GroupId'>();
export type GroupId = z.infer<typeof groupId>;

/** What an office sets for its workspace. */
const monthAndDay = z.string().regex(/^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, '应是月-日，如 11-01');

export const workspaceSettings = z.object({
  /** 采暖季前 and 汛期前 in an imported document are counted from what is usual here: 内蒙古. */
  province: z.string().optional(),
  /** First days, where the place keeps others: { "heating": "11-01", "flood": "06-15" }. */
  seasons: z.object({ heating: monthAndDay.optional(), flood: monthAndDay.optional() }).optional(),
  /** With review off, a done report closes at once. */
  review: z.boolean().default(true),
  /** A done report has to say that the unit's head has signed it off (已审签). */
  signOff: z.boolean().default(false),
  /** Under what the bot sends for the supervisors: 县政府办督查室. */
  signature: z.string().default(''),
  /** What the codes of assigned tasks begin with: 临-1. */
  assignedPrefix: z
    .string()
    .regex(/^\p{Script=Han}{1,4}$/u, '应是1到4个汉字')
    .default('临'),
  /** So many messages a week the bot sends a group of its own; what comes on top is merged into the next one. */
  weeklyMessages: z.number().int().min(1).max(50).default(5),
  /** Who decides extensions. A supervisor who does names the leader who agreed. */
  /** The rule pack of plan tasks and of what is assigned; by default those that are made for them. */
  packs: z.object({ document: z.string().optional(), assigned: z.string().optional() }).default({}),
  extensionsBy: z.enum(['leader', 'supervisor']).default('leader'),
  /** For how many days what was handed over with reports is kept; by default as long as the ledger. */
  keepEvidenceDays: z.number().int().min(30).optional(),
  /** What people call a plan besides its prefix and title: { "气": ["大气"] }. */
  planNames: z.record(z.string(), z.array(z.string())).default({}),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettings>;
