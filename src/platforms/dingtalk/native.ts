import type { Part } from './render.js';

/** What a webhook takes: 《自定义机器人发送群聊消息》, 《消息发送与接收类型》. */
export function webhookMessage(part: Part, form: 'rich' | 'plain'): Record<string, unknown> {
  const { title, markdown, text, buttons, atUserIds } = part;
  const at = atUserIds.length === 0 ? {} : { at: { atUserIds, isAtAll: false } };
  if (form === 'plain' || markdown === null) return { msgtype: 'text', text: { content: text }, ...at };
  if (buttons.length === 0) return { msgtype: 'markdown', markdown: { title, text: markdown }, ...at };
  const [only, ...more] = buttons;
  const card =
    more.length === 0
      ? { title, text: markdown, singleTitle: only?.title, singleURL: only?.url }
      : {
          title,
          text: markdown,
          btnOrientation: '0',
          btns: buttons.map((button) => ({ title: button.title, actionURL: button.url })),
        };
  return { msgtype: 'actionCard', actionCard: card, ...at };
}

export interface RobotMessage {
  msgKey: string;
  /** JSON in a string. */
  msgParam: string;
}

/** What the robot's own calls take: 《企业机器人发送消息的消息类型》. They mention nobody. */
export function robotMessage(part: Part, form: 'rich' | 'plain'): RobotMessage {
  const { title, markdown, text, buttons } = part;
  const message = (msgKey: string, param: object) => ({ msgKey, msgParam: JSON.stringify(param) });
  if (form === 'plain' || markdown === null) return message('sampleText', { content: text });
  const [only, ...more] = buttons;
  if (!only) return message('sampleMarkdown', { title, text: markdown });
  if (more.length === 0) {
    return message('sampleActionCard', { title, text: markdown, singleTitle: only.title, singleURL: only.url });
  }
  const actions = buttons.flatMap((button, at) => [
    [`actionTitle${at + 1}`, button.title],
    [`actionURL${at + 1}`, button.url],
  ]);
  return message(`sampleActionCard${buttons.length}`, { title, text: markdown, ...Object.fromEntries(actions) });
}
