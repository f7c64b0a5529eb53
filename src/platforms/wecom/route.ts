import { z } from 'zod';

/** How the very message can be answered, and until when (ms). Kept with the delivery. */
const route = z.discriminatedUnion('by', [
  z.object({ by: z.literal('response-url'), url: z.string(), until: z.number() }),
  z.object({ by: z.literal('connection'), requestId: z.string(), until: z.number() }),
]);
export type Route = z.infer<typeof route>;

const responseUrlMs = 3_600_000;
const connectionMs = 24 * 3_600_000;
/** The platform's clock is not ours. */
const marginMs = 60_000;

export function responseRoute(url: string | null, now: Date): Route | null {
  return url === null ? null : { by: 'response-url', url, until: now.getTime() + responseUrlMs - marginMs };
}

export function connectionRoute(requestId: string, now: Date): Route {
  return { by: 'connection', requestId, until: now.getTime() + connectionMs - marginMs };
}

/** `null` when there is none or its time is over. */
export function openRoute(given: unknown, now: Date): Route | null {
  const { data } = route.safeParse(given);
  return data && data.until > now.getTime() ? data : null;
}
