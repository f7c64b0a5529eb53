import type { FetchedFile } from './adapter.js';
import { HostNotAllowed, type Http, type HttpAnswer, HttpFailure } from './http.js';

export const downloadMs = 60_000;
/** The bot keeps files of up to 20 MB. */
export const mostDownloaded = 21 * 1024 * 1024;

/** What the person hears of a file that is too long; how long it is nobody has waited to see. */
export const tooLarge = '文件超过20MB，没有收。请压缩或拆开再发。';

/** A host that nobody allowed, whether it was named at once or by a redirect, is not asked. */
export function notAllowed(platform: string, host: string): FetchedFile {
  const say = `${platform}存文件的地址不在允许之列，没有收。请告诉管理员。`;
  return { kind: 'refused', why: `host not allowed: ${host}`, say };
}

export const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/** Gets what somebody sent from where a platform keeps it, bounded in time and bytes. */
export async function download(
  http: Http,
  { url, platform, signal }: { url: string; platform: string; signal: AbortSignal },
): Promise<{ kind: 'answered'; answer: HttpAnswer } | FetchedFile> {
  const where = URL.parse(url)?.host ?? 'not a URL';
  try {
    const answer = await http.call({
      method: 'GET',
      url,
      timeoutMs: downloadMs,
      mostBytes: mostDownloaded,
      signal,
    });
    if (isRedirect(answer.status)) return notAllowed(platform, `a redirect of ${where}`);
    return { kind: 'answered', answer };
  } catch (error) {
    if (error instanceof HostNotAllowed) return notAllowed(platform, where);
    if (!(error instanceof HttpFailure)) throw error;
    if (error.tooLong) return { kind: 'refused', why: error.message, say: tooLarge };
    return { kind: 'retry', why: error.message };
  }
}
