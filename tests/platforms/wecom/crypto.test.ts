import { randomBytes } from 'node:crypto';

import { decryptFile as officialDecryptFile, WecomCrypto } from '@wecom/aibot-node-sdk';
import * as official from '@wecom/crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CallbackCrypto, decryptFile } from '../../../src/platforms/wecom/crypto.js';
import { file, keys, type Vector, vectors } from './vectors.js';

const cases: [string, Vector][] = Object.entries(vectors);

describe.each(cases)('the recorded %s', (_name, vector) => {
  const { receiveId, random, timestamp, nonce, text, encrypted, signature } = vector;
  const crypto = new CallbackCrypto(keys, receiveId);

  it('has this signature', () => {
    expect(crypto.signature(timestamp, nonce, encrypted)).toBe(signature);
    expect(crypto.signed(signature, timestamp, nonce, encrypted)).toBe(true);
  });

  it('is decrypted', () => {
    expect(crypto.decrypt(encrypted)).toEqual({ kind: 'text', text });
  });

  it('is encrypted byte for byte', () => {
    expect(crypto.encrypt(text, Buffer.from(random))).toBe(encrypted);
  });

  it.each(['timestamp', 'nonce', 'encrypted', 'token'])('has no right signature with another %s', (changed) => {
    const given: Record<string, string> = { timestamp, nonce, encrypted };
    if (changed !== 'token') given[changed] = `${given[changed]}1`;
    const token = changed === 'token' ? 'JiceTestToken2027' : keys.token;
    const other = new CallbackCrypto({ ...keys, token }, receiveId);
    expect(other.signed(signature, given.timestamp ?? '', given.nonce ?? '', given.encrypted ?? '')).toBe(false);
  });

  it('is foreign to every other receiver', () => {
    for (const id of ['', 'wwdemo0123456789', 'wwother'].filter((one) => one !== receiveId)) {
      expect(new CallbackCrypto(keys, id).decrypt(encrypted)).toEqual({ kind: 'foreign' });
    }
  });
});

describe('beside the official packages', () => {
  const anything = fc.string({ unit: 'binary', maxLength: 300 });
  const receivers = fc.constantFrom('', 'wwdemo0123456789');

  it('reads what they write', () => {
    fc.assert(
      fc.property(anything, receivers, (text, receiveId) => {
        const encrypted = official.encrypt(keys.aesKey, text, receiveId);
        expect(new CallbackCrypto(keys, receiveId).decrypt(encrypted)).toEqual({ kind: 'text', text });
      }),
    );
  });

  it('writes what they read', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const encrypted = new CallbackCrypto(keys, '').encrypt(text);
        expect(official.decrypt(keys.aesKey, encrypted).message).toBe(text);
        expect(new WecomCrypto(keys.token, keys.aesKey).decrypt(encrypted)).toBe(text);
      }),
    );
  });

  it('signs as they do', () => {
    fc.assert(
      fc.property(anything, anything, anything, (timestamp, nonce, encrypted) => {
        const signature = new CallbackCrypto(keys, '').signature(timestamp, nonce, encrypted);
        const ascii = [timestamp, nonce, encrypted].every((part) => /^[\u0020-\u007e]*$/u.test(part));
        if (ascii) expect(official.getSignature(keys.token, timestamp, nonce, encrypted)).toBe(signature);
        expect(new CallbackCrypto(keys, '').signed(signature, timestamp, nonce, encrypted)).toBe(true);
      }),
    );
  });
});

describe('what is broken', () => {
  const crypto = new CallbackCrypto(keys, '');

  it.each(['', 'AAAA', 'no base64!', 'QUJDREVGR0hJSktMTU5PUA=='])('%j is malformed', (encrypted) => {
    expect(crypto.decrypt(encrypted)).toEqual({ kind: 'malformed' });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(crypto.decrypt(Buffer.from(bytes).toString('base64')).kind).not.toBe('text');
      }),
    );
  });

  it.each(['', 'short', `${keys.aesKey}x`, `${keys.aesKey.slice(0, 42)}-`])(
    'the key %j is refused at once',
    (aesKey) => {
      expect(() => new CallbackCrypto({ ...keys, aesKey }, '')).toThrow('EncodingAESKey');
    },
  );

  it('a signature of another length is wrong', () => {
    expect(crypto.signed('', '1', '2', '3')).toBe(false);
    expect(crypto.signed('é'.repeat(20), '1', '2', '3')).toBe(false);
  });
});

describe('a file', () => {
  const encrypted = Buffer.from(file.encrypted, 'hex');

  it('that came by callback is decrypted with its key', () => {
    const plain = new CallbackCrypto(keys, '').decryptFile(encrypted);
    expect(Buffer.from(plain ?? []).toString('hex')).toBe(file.plain);
  });

  it('that came by the long connection is decrypted with the key beside it', () => {
    const key = Buffer.from(`${keys.aesKey}=`, 'base64').toString('base64');
    expect(Buffer.from(decryptFile(encrypted, key) ?? [])).toEqual(officialDecryptFile(encrypted, key));
    expect(decryptFile(encrypted, 'c2hvcnQ=')).toBeNull();
    expect(decryptFile(randomBytes(31), key)).toBeNull();
  });
});
