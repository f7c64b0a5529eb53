import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Chance } from './chance.js';
import { keyHonouredMs } from './office.js';

export interface Arrival {
  platform: string;
  key: string;
  to: string;
  /** On the clock of the instance that sent it. */
  at: number;
}

export interface Platform {
  url: string;
  arrivals: Arrival[];
  /** How many calls it left without an answer after taking them, refused for now, and knew by their key. */
  faults: { unanswered: number; busy: number; known: number };
  close(): Promise<void>;
}

const share = { unanswered: 0.004, busy: 0.01 };

/** A chat platform outside the bot: it outlives every instance, fails now and then, and one half of it takes keys. */
export async function openPlatform(chance: Chance): Promise<Platform> {
  const arrivals: Arrival[] = [];
  const known = new Set<string>();
  const faults = { unanswered: 0, busy: 0, known: 0 };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const said: Arrival = JSON.parse(body);
    if (chance.is(share.busy)) {
      faults.busy += 1;
      response.writeHead(503).end();
      return;
    }
    const takesKeys = (keyHonouredMs[said.platform] ?? 0) > 0;
    if (takesKeys && known.has(said.key)) faults.known += 1;
    else arrivals.push(said);
    known.add(said.key);
    if (chance.is(share.unanswered)) {
      faults.unanswered += 1;
      request.socket.destroy();
      return;
    }
    response.end(`message ${arrivals.length}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    arrivals,
    faults,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
