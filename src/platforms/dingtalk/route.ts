import { z } from 'zod';

import { isSessionWebhook } from './addresses.js';

/** Where the very message can be answered, and until when (ms). */
const route = z.object({ sessionWebhook: z.string().max(2000), expiresAt: z.number() });
export type Route = z.infer<typeof route>;

/** The platform's clock is not ours. */
const marginMs = 60_000;

/** The address of the answers while it holds, else `null`. */
export function openRoute(given: unknown, oapiUrl: string, now: Date): string | null {
  const { data } = route.safeParse(given);
  if (!data || data.expiresAt - marginMs <= now.getTime()) return null;
  return isSessionWebhook(data.sessionWebhook, oapiUrl) ? data.sessionWebhook : null;
}
