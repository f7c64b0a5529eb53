import { z } from 'zod';

import type { Http, HttpAnswer, HttpCall } from '../http.js';
import { hasCards } from './cards.js';
import { topics } from './frames.js';
import type { RobotSettings } from './settings.js';

const place = z.object({ endpoint: z.string().min(1), ticket: z.string().min(1) });

export interface GatewayAnswer {
  http: HttpAnswer;
  /** Where to connect; `null` when the gateway gave no place. */
  place: z.infer<typeof place> | null;
}

/** Asks for a place on the long connection. A ticket holds for 90 seconds and for one connection; unused it takes nothing. */
export async function askGateway(
  settings: RobotSettings,
  http: Http,
  patience: Pick<HttpCall, 'timeoutMs' | 'signal'>,
): Promise<GatewayAnswer> {
  const topic = (name: string) => ({ type: 'CALLBACK', topic: name });
  const answer = await http.call({
    ...patience,
    method: 'POST',
    url: `${settings.apiUrl}/v1.0/gateway/connections/open`,
    // The answer is XML otherwise.
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      clientId: settings.clientId,
      clientSecret: settings.clientSecret,
      ua: 'duban/1.0',
      subscriptions: [topic(topics.messages), ...(hasCards(settings) ? [topic(topics.cards)] : [])],
    }),
  });
  return { http: answer, place: place.safeParse(answer.json).data ?? null };
}
