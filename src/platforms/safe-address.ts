/** This machine itself, by name or number. */
export const isLoopback = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/** A WebSocket whose host is the platform's to say: the line is encrypted, but for a relay on this machine. */
export function isSafeSocket(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'wss:' || (url?.protocol === 'ws:' && isLoopback(url));
}
