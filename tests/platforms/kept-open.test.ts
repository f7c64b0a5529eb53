import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';

import { ConnectionRefused, KeptOpen, type Protocol } from '../../src/platforms/kept-open.js';
import { eventually } from '../support/eventually.js';

const never = () => new Promise<never>(() => {});
const addressOf = (server: { address(): unknown }) => `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;

let platform: WebSocketServer;
/** Its ends of the lines. */
let far: Set<WebSocket>;
let opened: number;
/** Takes a call and says nothing. */
let silent: Server;
let calls: Set<Socket>;
let logged: string[];
let kept: KeptOpen;

function keep(changes: Partial<Protocol> = {}): KeptOpen {
  const protocol: Protocol = {
    pingMs: 20,
    address: async () => addressOf(platform),
    ping: (line) => line.ping(),
    hear: () => {},
    ...changes,
  };
  const log = pino({ level: 'trace' }, { write: (line) => void logged.push(line) });
  const times = { firstWaitMs: 10, longestWaitMs: 40, openMs: 600_000, pongMs: 60 };
  kept = new KeptOpen(protocol, { platform: 'demo', times, log });
  return kept;
}

function cut(): void {
  for (const line of far) line.terminate();
}

async function listen(autoPong = true): Promise<void> {
  platform = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong });
  platform.on('connection', (line) => {
    opened += 1;
    far.add(line);
    line.on('close', () => far.delete(line));
  });
  await once(platform, 'listening');
}

beforeEach(async () => {
  far = new Set();
  opened = 0;
  logged = [];
  calls = new Set();
  await listen();
  silent = createServer((call) => calls.add(call)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
});
afterEach(async () => {
  await kept.close();
  for (const call of calls) call.destroy();
  silent.close();
  platform.close();
});

describe('a connection', () => {
  it('is up with its line, and opened again when that is cut', async () => {
    const ended = vi.fn();
    await keep({ ended }).start();
    const first = kept.line;
    expect(first).not.toBeNull();
    cut();
    await eventually(() => expect(opened).toBe(2));
    await eventually(() => expect(kept.line).not.toBeNull());
    expect(kept.line).not.toBe(first);
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('is up only when the platform has taken who we are', async () => {
    let take = () => {};
    const taken = new Promise<void>((resolve) => {
      take = resolve;
    });
    const start = keep({ greet: () => taken }).start();
    await eventually(() => expect(far.size).toBe(1));
    expect(kept.line).toBeNull();
    take();
    await start;
    expect(kept.line).not.toBeNull();
  });

  it('is tried again where an address is not given, a line not opened, or a greeting not taken', async () => {
    const failures = [
      async () => Promise.reject(new Error('busy', { cause: 503 })),
      async () => 'ws://127.0.0.1:1/?ticket=secret',
      async () => addressOf(platform),
    ];
    let greeted = 0;
    const greet = async () => {
      greeted += 1;
      if (greeted === 1) throw new Error('not taken', { cause: 45009 });
    };
    await keep({ address: () => (failures.shift() ?? (async () => addressOf(platform)))(), greet }).start();
    expect(logged.join('').match(/"code":(?:503|"ECONNREFUSED"|45009)/gu)).toHaveLength(3);
    expect(logged.join('')).not.toContain('ticket');
  });

  it('is cut and opened again when no ping is answered', async () => {
    platform.close();
    await listen(false);
    await keep().start();
    await eventually(() => expect(opened).toBe(2));
    expect(logged.join('')).toContain('half open');
  });

  it('is cut by a frame without end', async () => {
    await keep().start();
    for (const line of far) line.send(Buffer.alloc(5 * 1024 * 1024));
    await eventually(() => expect(opened).toBe(2));
    expect(logged.join('')).toContain('WS_ERR_UNSUPPORTED_MESSAGE_LENGTH');
  });

  it('outlives a frame that is not understood', async () => {
    const heard: string[] = [];
    const hear: Protocol['hear'] = (_line, bytes) => {
      if (heard.push(String(bytes)) === 1) throw new Error('what is this?');
    };
    await keep({ hear }).start();
    for (const line of far) for (const text of ['?', '!']) line.send(text);
    await eventually(() => expect(heard).toEqual(['?', '!']));
    expect(logged.join('')).toContain('what is this?');
    expect(opened).toBe(1);
  });

  it('stays while anything comes, if it is no pong', async () => {
    platform.close();
    await listen(false);
    platform.on('connection', (line) => line.on('ping', () => line.send('alive')));
    const heard: string[] = [];
    await keep({ hear: (_line, bytes) => void heard.push(String(bytes)) }).start();
    await eventually(() => expect(heard.length).toBeGreaterThan(10));
    expect(opened).toBe(1);
  });

  it('is not tried again when the platform refuses the bot at first', async () => {
    let asked = 0;
    const address = async () => {
      asked += 1;
      throw new ConnectionRefused('demo', 514);
    };
    await expect(keep({ address }).start()).rejects.toThrow('demo refuses the long connection: 514');
    await kept.close();
    expect(asked).toBe(1);
  });

  it('is tried again when the platform refuses the bot later', async () => {
    let asked = 0;
    const address = async () => {
      asked += 1;
      if (asked === 2) throw new ConnectionRefused('demo', 514);
      return addressOf(platform);
    };
    await keep({ address }).start();
    cut();
    await eventually(() => expect(opened).toBe(2));
    expect(asked).toBe(3);
  });

  it('stays closed when it is given up', async () => {
    await keep().start();
    kept.giveUp(new Error('somebody else is it'));
    expect(kept.line).toBeNull();
    await kept.close();
    expect(opened).toBe(1);
    expect(logged.join('')).toContain('somebody else is it');
  });

  it('keeps a line that is replaced for what is still to be acknowledged', async () => {
    const hear: Protocol['hear'] = (line, bytes) => {
      if (bytes.toString() === 'another') kept.replace(line, 200);
      else kept.attend(async () => line.send('acknowledged'));
    };
    await keep({ hear }).start();
    const [old] = far;
    const said: string[] = [];
    old?.on('message', (bytes) => said.push(String(bytes)));
    old?.send('another');
    await eventually(() => expect(far.size).toBe(2));
    old?.send('something');
    await eventually(() => expect(said).toEqual(['acknowledged']));
    await eventually(() => expect(far.size).toBe(1));
    expect(far.has(old as WebSocket)).toBe(false);
    expect(opened).toBe(2);
  });
});

describe('closing', () => {
  it('waits for what is being heard, and hears nothing new', async () => {
    const done: string[] = [];
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const hear: Protocol['hear'] = (line, bytes) =>
      kept.attend(async () => {
        done.push(`begun ${bytes}`);
        await finished;
        line.send('acknowledged');
        done.push(`done ${bytes}`);
      });
    await keep({ hear }).start();
    const [line] = far;
    const said: string[] = [];
    line?.on('message', (bytes) => said.push(String(bytes)));
    line?.send('one');
    await eventually(() => expect(done).toEqual(['begun one']));
    const closing = kept.close();
    line?.send('two');
    finish();
    await closing;
    expect(done).toEqual(['begun one', 'done one']);
    await eventually(() => expect(far.size).toBe(0));
    expect(said).toEqual(['acknowledged']);
  });

  const stages: [string, () => { changes: Partial<Protocol>; reached: () => boolean }][] = [
    [
      'an address is awaited',
      () => {
        let isAsked = false;
        const address = (signal: AbortSignal) => {
          isAsked = true;
          return new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        };
        return { changes: { address }, reached: () => isAsked };
      },
    ],
    [
      'a line is opened',
      () => ({ changes: { address: async () => addressOf(silent) }, reached: () => calls.size > 0 }),
    ],
    ['a greeting is awaited', () => ({ changes: { greet: never }, reached: () => far.size > 0 })],
    [
      'nothing succeeds',
      () => ({
        changes: { address: () => Promise.reject(new Error('busy')) },
        reached: () => logged.length > 2,
      }),
    ],
  ];
  const ways: [string, (closer: AbortController) => unknown][] = [
    ['close()', () => kept.close()],
    ['its signal', (closer) => closer.abort()],
  ];

  describe.each(ways)('by %s', (_way, close) => {
    it.each(stages)('while %s rejects the start and tries no more', async (_what, stage) => {
      const { changes, reached } = stage();
      const closer = new AbortController();
      const start = keep(changes).start(closer.signal);
      const refused = expect(start).rejects.toThrow('closed before it was up');
      await eventually(() => expect(reached()).toBe(true));
      close(closer);
      await refused;
      await kept.close();
      const before = [...logged];
      await eventually(() => expect(far.size).toBe(0));
      expect(logged).toEqual(before);
    });
  });

  it('before it is started rejects the start', async () => {
    await keep().close();
    await expect(kept.start()).rejects.toThrow('closed before it was up');
    await expect(keep().start(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    expect(opened).toBe(0);
  });
});
