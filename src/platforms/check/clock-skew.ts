import { type Finding, fail, ok, warn } from './check.js';

const warnMs = 60_000;
const failMs = 5 * 60_000;

/** `aheadMs` is how far this machine's clock is before the platform's. */
export function clockSkew(aheadMs: number, platform: string): Finding {
  const size = Math.abs(aheadMs);
  if (size <= warnMs) return ok(`和${platform}相差不到1分钟`);
  const say = `本机时间比${platform}${aheadMs > 0 ? '快' : '慢'}${spell(size)}`;
  const todo = '请校时：timedatectl set-ntp true';
  return size > failMs ? fail(say, todo) : warn(say, todo);
}

function spell(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `约${minutes}分钟`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `约${hours}小时` : `约${Math.round(hours / 24)}天`;
}
