import { z } from 'zod';

/** One government: its plans, units, people, groups and settings. */
export const workspaceId = z.string().min(1).brand<'WorkspaceId'>();
export type WorkspaceId = z.infer<typeof workspaceId>;

/** A work group, or the one-to-one chats that stand beside it. */
export const groupId = z.string().min(1).brand<'GroupId'>();
export type GroupId = z.infer<typeof groupId>;

/** What an office sets for its workspace. */
export const workspaceSettings = z.object({
  /** With review off, a done report closes at once. */
  review: z.boolean().default(true),
  /** What people call a plan besides its prefix and title: { "气": ["大气"] }. */
  planNames: z.record(z.string(), z.array(z.string())).default({}),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettings>;
