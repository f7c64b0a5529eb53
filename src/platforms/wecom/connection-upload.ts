import { createHash } from 'node:crypto';

import type { Upload } from '../uploads.js';
import { type AnsweredOr, sentFor } from './errors.js';
import { uploadedFrom } from './media.js';

const chunkBytes = 512 * 1024;

/** In pieces over the long connection, each taken before the next. https://developer.work.weixin.qq.com/document/path/101463 */
export async function uploadOver(
  call: (cmd: string, body: unknown) => Promise<AnsweredOr>,
  filename: string,
  bytes: Uint8Array,
): Promise<Upload<string>> {
  const chunks = Array.from({ length: Math.ceil(bytes.byteLength / chunkBytes) }, (_, at) =>
    bytes.subarray(at * chunkBytes, (at + 1) * chunkBytes),
  );
  const begun = await call('aibot_upload_media_init', {
    type: 'file',
    filename,
    total_size: bytes.byteLength,
    total_chunks: chunks.length,
    md5: createHash('md5').update(bytes).digest('hex'),
  });
  const upload_id = begun.kind === 'answered' && begun.errcode === 0 ? begun.body.upload_id : undefined;
  if (typeof upload_id !== 'string') return uploadedFrom(begun);
  for (const [chunk_index, chunk] of chunks.entries()) {
    const base64_data = Buffer.from(chunk).toString('base64');
    const taken = await call('aibot_upload_media_chunk', { upload_id, chunk_index, base64_data });
    if (taken.kind !== 'answered') return uploadedFrom(taken);
    if (taken.errcode !== 0) return sentFor(taken.errcode, taken.errmsg);
  }
  return uploadedFrom(await call('aibot_upload_media_finish', { upload_id }));
}
