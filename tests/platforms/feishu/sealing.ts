import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** As the platform does it, written from its page and not from the adapter. */
export function sealed(plain: string, encryptKey: string, iv = randomBytes(16)): string {
  const key = createHash('sha256').update(encryptKey, 'utf8').digest();
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const encrypt = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
  return JSON.stringify({ encrypt });
}

export function signature(body: string, timestamp: string, nonce: string, encryptKey: string): string {
  return createHash('sha256').update(`${timestamp}${nonce}${encryptKey}${body}`, 'utf8').digest('hex');
}

export function signedRequest(body: string, encryptKey: string, headers: Record<string, string> = {}): Request {
  const [timestamp, nonce] = ['1775001600', randomBytes(8).toString('hex')];
  return new Request('http://127.0.0.1/webhooks/feishu', {
    method: 'POST',
    headers: {
      'content-type': 'application/json;charset=utf-8',
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': signature(body, timestamp, nonce, encryptKey),
      ...headers,
    },
    body,
  });
}
