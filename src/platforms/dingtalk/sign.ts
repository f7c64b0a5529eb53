import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The same in both directions: open.dingtalk.com 《机器人接收消息》, 《自定义机器人安全设置》. */
export function robotSign(timestamp: string, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}

/** Over the timestamp alone: 《注册卡片回调地址》. */
export function cardSign(timestamp: string, secret: string): string {
  return createHmac('sha256', secret).update(timestamp).digest('base64');
}

const staleMs = 3_600_000;

/** Whether a request is the platform's. The timestamp is signed as it was received; the body is not signed at all. */
export function judge(
  given: { timestamp: string | null; sign: string | null },
  expected: (timestamp: string) => string,
  now: Date,
): 'genuine' | 'forged' | 'stale' {
  const { timestamp, sign } = given;
  if (timestamp === null || sign === null || !/^\d{1,15}$/.test(timestamp)) return 'forged';
  if (!isSame(sign, expected(timestamp))) return 'forged';
  return Math.abs(now.getTime() - Number(timestamp)) > staleMs ? 'stale' : 'genuine';
}

export function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
