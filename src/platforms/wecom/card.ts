import { type Button, mentionedIn, plainText, type Reply } from '../../chat/message.js';

/** The limits of https://developer.work.weixin.qq.com/document/path/101032: six buttons, keys of 1024 bytes. */
const mostButtons = 6;
const mostKeyBytes = 1024;
const labelLength = 10;
/** Advised lengths; what is longer is said in a text of its own. */
const cardTextLength = 112;
const titleLength = 26;

/** Said by the button of a card that has been used. */
export const usedKey = 'duban-used';

export interface TemplateCard {
  card_type: 'button_interaction';
  main_title: { title: string; desc?: string };
  sub_title_text?: string;
  button_list: { text: string; style: number; key: string }[];
  task_id: string;
}

/** Those of a reply's buttons that a card can show: the first six, each said once. */
export function cardButtons(said: Reply): Button[] {
  if (said.kind !== 'question' && said.kind !== 'card') return [];
  const first = said.buttons.slice(0, mostButtons);
  const fit = first.every(({ send }) => Buffer.byteLength(send) <= mostKeyBytes);
  return fit && new Set(first.map(({ send }) => send)).size === first.length ? first : [];
}

/** Only buttons: the words stand in the message beside it. `isQuestion`: they are answers, which can be typed as well. */
export function buttonsCard(buttons: Button[], taskId: string, isQuestion: boolean): TemplateCard {
  return card({ title: isQuestion ? '请点一下，或直接回复' : '也可以点一下' }, buttons, taskId);
}

/** A reply that fits a card as a whole, else `null`. */
export function wholeCard(said: Reply, taskId: string): TemplateCard | null {
  const buttons = cardButtons(said);
  if (said.kind !== 'question' && said.kind !== 'card') return null;
  if (buttons.length === 0 || buttons.length < said.buttons.length || mentionedIn(said).length > 0) return null;
  const whole = plainText(said);
  const [first = '', ...others] = whole.split('\n');
  const isShort = [...first].length <= titleLength;
  const [title, text] = isShort ? [first, others.join('\n')] : ['请核对', whole];
  if ((!isShort && said.kind === 'card') || [...text].length > cardTextLength) return null;
  return card({ title }, buttons, taskId, text);
}

/** What a card becomes when somebody has pressed a button of it; the whole of it is replaced. */
export function usedCard(send: string, taskId: string): TemplateCard {
  const said = shortened(send, titleLength - 5);
  const button = { text: '已点', style: 4, key: usedKey };
  return {
    card_type: 'button_interaction',
    main_title: { title: `已选“${said}”` },
    button_list: [button],
    task_id: taskId,
  };
}

function card(main_title: TemplateCard['main_title'], buttons: Button[], task_id: string, text = ''): TemplateCard {
  const button_list = buttons.map(({ label, send }, index) => ({
    text: shortened(label, labelLength),
    style: index === 0 ? 1 : 2,
    key: send,
  }));
  return {
    card_type: 'button_interaction',
    main_title,
    ...(text === '' ? {} : { sub_title_text: text }),
    button_list,
    task_id,
  };
}

function shortened(text: string, length: number): string {
  const characters = [...text.replaceAll('\n', ' ')];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text.replaceAll('\n', ' ');
}
