export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

export const verdict = (met) => (met ? '达到' : '未达到');

export const cells = (values) => values.map((value) => String(value).padStart(9)).join(' ');

/** p50 and p99 of what took so many milliseconds. */
export function percentiles(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  return { p50: at(0.5), p99: at(0.99) };
}
