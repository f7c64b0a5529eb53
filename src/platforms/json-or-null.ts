/** What comes from outside as JSON, `null` where it is none; its shape is for the caller to check. */
export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
