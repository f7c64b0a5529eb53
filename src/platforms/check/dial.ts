import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';

import { type Finding, ok } from './check.js';
import { type Host, unreachable } from './unreachable.js';

const patienceMs = 8_000;

/** Whether the host of a long connection can be connected to; nothing is said there, so that nobody's line is taken. */
export async function lineFinding(
  address: string,
  about: Omit<Host, 'host'> & { certificates: string | undefined },
  note = '',
): Promise<Finding> {
  const { host } = new URL(address);
  try {
    await dial(address, about.certificates);
  } catch (error) {
    return unreachable(error, { ...about, host });
  }
  return ok(`${host} 连得上${note}`);
}

/** Connects to where a WebSocket would go and hangs up; over TLS for wss. Rejects with the error of the connection. */
function dial(address: string, ca: string | undefined): Promise<void> {
  const { protocol, hostname, port } = new URL(address);
  const host = hostname.replace(/^\[|\]$/gu, '');
  const isSecure = protocol === 'wss:';
  const to = { host, port: Number(port) || (isSecure ? 443 : 80) };
  return new Promise((resolve, reject) => {
    const socket: Socket = isSecure
      ? connectSecure({ ...to, ...(isIP(host) === 0 ? { servername: host } : {}), ...(ca === undefined ? {} : { ca }) })
      : connectPlain(to);
    const late = Object.assign(new Error('no connection'), { code: 'ETIMEDOUT' });
    const timer = setTimeout(() => socket.destroy(late), patienceMs);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      resolve();
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => clearTimeout(timer));
  });
}
