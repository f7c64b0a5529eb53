import { X509Certificate } from 'node:crypto';

import { type Finding, fail, ok, warn } from '../platforms/check/check.js';

/** What a file of certificates holds: one without any would be taken in silence. */
export function certificatesFinding(variable: string, pem: string, now: Date): Finding {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/gu) ?? [];
  const todo = `请把 ${variable} 指向 PEM 格式的根证书文件`;
  if (blocks.length === 0) return fail(`${variable} 的文件里没有证书`, todo);
  try {
    const certificates = blocks.map((block) => new X509Certificate(block));
    const expired = certificates.filter(({ validTo }) => Date.parse(validTo) < now.getTime());
    const renew = '请向平台的维护方要新的根证书';
    if (expired.length === blocks.length) return fail(`${variable} 的文件里的证书都已过期`, renew);
    if (expired.length > 0) return warn(`${variable} 的文件里有${expired.length}张证书过期`, renew);
    return ok(`${certificates.length}张证书，都在有效期内`);
  } catch {
    return fail(`${variable} 的文件里有读不懂的证书`, todo);
  }
}
