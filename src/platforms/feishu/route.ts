import { z } from 'zod';

/** Which message is answered. */
export const route = z.object({ messageId: z.string().min(1).max(200) });
export type Route = z.infer<typeof route>;
