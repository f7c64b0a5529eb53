/** better-sqlite3's binaries and the hook at the program's entry need it. */
export const leastNode = '22.15';

export function isNodeEnough(version: string): boolean {
  const numbers = (text: string) => text.replace(/^v/u, '').split('.').map(Number);
  const [major = 0, minor = 0] = numbers(version);
  const [leastMajor = 0, leastMinor = 0] = numbers(leastNode);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
