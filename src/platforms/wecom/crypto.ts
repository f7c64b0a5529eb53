import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const blockBytes = 32;
const randomLength = 16;
const headLength = randomLength + 4;

export type Opened = { kind: 'text'; text: string } | { kind: 'malformed' } | { kind: 'foreign' };

/**
 * Signature and encryption of callbacks. AES-256-CBC with PKCS#7 on blocks of 32 bytes, which Node's own unpadding refuses.
 * https://developer.work.weixin.qq.com/document/path/91144
 */
export class CallbackCrypto {
  readonly #token: string;
  readonly #key: Buffer;
  readonly #receiveId: string;

  /** `receiveId` is empty for 智能机器人 and the corp id for an app. */
  constructor({ token, aesKey }: { token: string; aesKey: string }, receiveId: string) {
    this.#token = token;
    this.#key = keyOf(aesKey);
    this.#receiveId = receiveId;
  }

  signature(timestamp: string, nonce: string, encrypted: string): string {
    const parts = [this.#token, timestamp, nonce, encrypted].map((part) => Buffer.from(part));
    return createHash('sha1')
      .update(Buffer.concat(parts.sort(Buffer.compare)))
      .digest('hex');
  }

  signed(signature: string, timestamp: string, nonce: string, encrypted: string): boolean {
    const expected = Buffer.from(this.signature(timestamp, nonce, encrypted));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  encrypt(text: string, random: Buffer = randomBytes(randomLength)): string {
    const message = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(message.length);
    const plain = Buffer.concat([random, length, message, Buffer.from(this.#receiveId)]);
    const padding = blockBytes - (plain.length % blockBytes);
    const cipher = createCipheriv('aes-256-cbc', this.#key, this.#key.subarray(0, 16)).setAutoPadding(false);
    const padded = Buffer.concat([plain, Buffer.alloc(padding, padding)]);
    return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
  }

  /** Only for what `signed` has let through. */
  decrypt(encrypted: string): Opened {
    const plain = decrypted(this.#key, Buffer.from(encrypted, 'base64'));
    if (!plain || plain.length < headLength) return { kind: 'malformed' };
    const end = headLength + plain.readUInt32BE(randomLength);
    if (end > plain.length) return { kind: 'malformed' };
    if (plain.subarray(end).toString() !== this.#receiveId) return { kind: 'foreign' };
    return { kind: 'text', text: plain.subarray(headLength, end).toString() };
  }

  /** A file that came by this callback: the same key, no frame. */
  decryptFile(content: Uint8Array): Uint8Array | null {
    return decrypted(this.#key, content);
  }
}

/** A file that came by the long connection, with the key that came beside it. */
export function decryptFile(content: Uint8Array, key: string): Uint8Array | null {
  const bytes = Buffer.from(key, 'base64');
  return bytes.length === 32 ? decrypted(bytes, content) : null;
}

function keyOf(encodingAesKey: string): Buffer {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  if (!/^[A-Za-z0-9+/]{43}$/.test(encodingAesKey) || key.length !== 32) {
    throw new Error('an EncodingAESKey has 43 letters and digits');
  }
  return key;
}

function decrypted(key: Buffer, content: Uint8Array): Buffer | null {
  if (content.byteLength === 0 || content.byteLength % 16 !== 0) return null;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(content), decipher.final()]);
  const padding = plain.at(-1) ?? 0;
  const start = plain.length - padding;
  if (padding < 1 || padding > blockBytes || start < 0) return null;
  return plain.subarray(start).every((byte) => byte === padding) ? plain.subarray(0, start) : null;
}
