import { commandAtStart } from './commands.js';
import { h } from './dom.js';

/** What a bot writes in place of words that the person has to fill in, besides the command's own usage. */
const blanks = ['号数', '编号', '单位名', '单位', '理由', '原因', '情况', '完成情况', '命令', '关键词'];
const asBlank = (word) => word.replace(/[[\]…|]/gu, '');

/**
 * Turns a bot's words into nodes in which task codes and quoted commands can be pressed. Reading commands are sent;
 * what writes, answers a question or has a blank goes into the composer, for the person to finish and send.
 */
export function linker({ prefixes, commands, onSend, onFill }) {
  const longestFirst = prefixes
    .toSorted((one, other) => other.length - one.length)
    .map(escaped)
    .join('|');
  const code =
    prefixes.length > 0 ? `(?:(?:19|20)\\d\\d)?(?:${longestFirst})附?-\\d{1,4}(?:\\.\\d{1,2})?(?!\\d)` : '(?!)';
  const pattern = new RegExp(`(?<code>${code})|“(?<quoted>[^“”\\n]{1,60})”`, 'gu');

  const link = (text, title, press) =>
    h(
      'a',
      {
        href: '#',
        class: 'ref',
        title,
        onclick: (event) => {
          event.preventDefault();
          press();
        },
      },
      text,
    );

  const toTask = (text) => link(text, `看${text}的原文、责任和报送`, () => onSend(`/task ${text}`, false));

  function toCommand(quoted, before) {
    const isSlashed = /^[/／]/u.test(quoted);
    const asked = /(?<alone>单聊)?(?<verb>发|回)$/u.exec(before)?.groups;
    if (!isSlashed && !asked) return null;
    const found = commandAtStart(quoted, commands);
    if (!found && (isSlashed || asked.verb === '回')) return null;
    const blank = blankIn(quoted, found?.command);
    if (blank !== null || found?.command.writes || asked?.verb === '回') {
      return link(quoted, '填到输入框', () => onFill(blank ?? `${quoted} `));
    }
    return link(quoted, '发送', () => onSend(quoted, asked?.alone !== undefined));
  }

  return (text) => {
    const nodes = [];
    let done = 0;
    let before = '';
    for (const match of text.matchAll(pattern)) {
      const between = text.slice(done, match.index);
      // 发“甲”“乙”或“丙”: what introduces the first introduces them all.
      before = /^(?:|、|或|或者)$/u.test(between) && done > 0 ? before : between;
      const { code, quoted } = match.groups;
      const made = code === undefined ? toCommand(quoted, before) : toTask(code);
      if (made) nodes.push(between, ...(code === undefined ? ['“', made, '”'] : [made]));
      else nodes.push(between, match[0]);
      done = match.index + match[0].length;
    }
    return [...nodes, text.slice(done)].filter((node) => node !== '');
  };
}

/** What stands before the first blank, or null where there is none. */
function blankIn(quoted, command) {
  const open = quoted.search(/…|\.{3}/u);
  if (open >= 0) return quoted.slice(0, open);
  const usage = command?.usage.split(/\s+/u).slice(1).map(asBlank) ?? [];
  const at = quoted
    .split(/(?<=\s)/u)
    .findIndex((word, index) => index > 0 && [...usage, ...blanks].includes(word.trim()));
  return at < 0
    ? null
    : quoted
        .split(/(?<=\s)/u)
        .slice(0, at)
        .join('');
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
