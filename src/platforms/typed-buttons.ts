import { type Button, plainText, type Reply } from '../chat/message.js';

export function buttonsOf(said: Reply): Button[] {
  return said.kind === 'card' || said.kind === 'question' ? said.buttons : [];
}

/**
 * Where a click does not come back: what to type instead, a line for each button whose words the reply does not say already,
 * be it with more behind them: “/done 水-7 情况”.
 */
export function typedButtons(said: Reply): string[] {
  const text = plainText(said);
  return buttonsOf(said)
    .filter(({ send }) => !text.includes(`“${send}”`) && !text.includes(`“${send} `))
    .map(({ label, send }) => (label === send ? `可回“${send}”` : `${label}：发“${send}”`));
}

/** Whether a button may be pressed again and again: a command may, an answer is given once. */
export function isRepeatable(send: string): boolean {
  return send.startsWith('/');
}
