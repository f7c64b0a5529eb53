const space = '[\\s\\u2005\\u00a0]';

/**
 * Takes the mention of the bot out of what was said in a group. The platform gives no place of it: without the bot's name
 * the first word that begins with @ is taken for it, or the last when none stands at the beginning.
 */
export function withoutMention(text: string, name: string | null): string {
  if (name !== null) {
    const mention = new RegExp(`${space}*@${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?=${space}|$)${space}*`, 'gu');
    return text.replace(mention, ' ').trim();
  }
  const leading = new RegExp(`^${space}*@\\S+(?:${space}+|$)`, 'u');
  if (leading.test(text)) return text.replace(leading, '').trim();
  return text.replace(new RegExp(`${space}+@\\S+${space}*$`, 'u'), '').trim();
}
