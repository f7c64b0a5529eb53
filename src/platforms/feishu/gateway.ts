import { z } from 'zod';

import type { Http, HttpCall } from '../http.js';
import type { FeishuSettings } from './settings.js';

/** Seconds between two pings, where the platform asks for another number than ours. */
export const clientConfig = z.object({ PingInterval: z.number().positive().max(3600).optional().catch(undefined) });

const given = z.object({
  code: z.number(),
  data: z
    .object({ URL: z.string().min(1), ClientConfig: clientConfig.nullish().catch(null) })
    .nullish()
    .catch(null),
});

export interface GatewayAnswer {
  status: number;
  /** The platform's own, `null` where the answer was not the platform's. */
  code: number | null;
  /** Where to connect; `null` when the gateway gave no place. */
  place: { url: string; pingInterval: number | undefined } | null;
}

/** Asks for a place on the long connection. */
export async function askGateway(
  settings: FeishuSettings,
  http: Http,
  patience: Pick<HttpCall, 'timeoutMs' | 'signal'>,
): Promise<GatewayAnswer> {
  const { json, status } = await http.call({
    ...patience,
    method: 'POST',
    url: `${settings.baseUrl}/callback/ws/endpoint`,
    headers: { 'content-type': 'application/json', locale: 'zh' },
    body: JSON.stringify({ AppID: settings.appId, AppSecret: settings.appSecret }),
  });
  const { code = null, data } = given.safeParse(json).data ?? {};
  const place = code === 0 && data ? { url: data.URL, pingInterval: data.ClientConfig?.PingInterval } : null;
  return { status, code, place };
}
