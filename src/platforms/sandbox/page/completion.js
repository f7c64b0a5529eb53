import { wordsOf } from './commands.js';
import { byId, h } from './dom.js';

/** The command being typed on the caret's line, or null: its query ('du'), where it starts, and whether it is complete. */
function commandTyped(textarea) {
  const { value, selectionStart, selectionEnd } = textarea;
  if (selectionStart !== selectionEnd) return null;
  const lineStart = value.lastIndexOf('\n', selectionStart - 1) + 1;
  const typed = /^\s*[/／、](\S*)(\s?)/u.exec(value.slice(lineStart, selectionStart));
  return typed && { query: typed[1].toLowerCase(), complete: typed[2] !== '', start: lineStart };
}

function closeness(command, query) {
  const words = wordsOf(command);
  if (words.includes(query)) return 3;
  if (words.some((word) => word.startsWith(query))) return 2;
  return words.some((word) => word.includes(query)) ? 1 : 0;
}

const aliasesShown = 2;

const matching = (commands, query) =>
  commands
    .map((command) => ({ command, score: closeness(command, query) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ command }) => command);

/** The list of commands above the composer. `onKey` returns whether it took the key. */
export function commandCompletion({ textarea, commands, mayUse, onAccept }) {
  const list = byId('completion');
  const usage = byId('usage');
  let offered = [];
  let active = 0;
  let typed = null;

  function close() {
    offered = [];
    list.hidden = true;
    list.replaceChildren();
    textarea.removeAttribute('aria-activedescendant');
  }

  function mark(index) {
    active = (index + offered.length) % offered.length;
    for (const [each, option] of [...list.children].entries()) {
      option.setAttribute('aria-selected', String(each === active));
    }
    list.children[active].scrollIntoView({ block: 'nearest' });
    textarea.setAttribute('aria-activedescendant', list.children[active].id);
  }

  function accept(command) {
    const word = wordsOf(command).find((each) => typed.query && each.startsWith(typed.query)) ?? command.name;
    textarea.setRangeText(`/${word} `, typed.start, textarea.selectionStart, 'end');
    close();
    onAccept();
  }

  function option(command, index) {
    return h(
      'div',
      { id: `completion-${index}`, role: 'option', class: 'option', onclick: () => accept(command) },
      h('span', { class: 'option-name' }, `/${command.name}`),
      h('span', { class: 'option-aliases muted' }, command.aliases.slice(0, aliasesShown).join('　')),
      h('span', { class: 'option-summary' }, command.summary),
      h('span', { class: 'option-usage muted' }, mayUse(command) ? command.usage : '当前身份不能用'),
    );
  }

  function showUsage() {
    const command = typed?.complete ? commands.find((each) => wordsOf(each).includes(typed.query)) : undefined;
    usage.hidden = !command;
    usage.textContent = command ? `${command.usage}　${command.summary}` : '';
  }

  function update() {
    typed = commandTyped(textarea);
    close();
    showUsage();
    if (!typed || typed.complete) return;
    offered = matching(commands, typed.query);
    if (offered.length === 0) return;
    list.replaceChildren(...offered.map(option));
    list.hidden = false;
    mark(0);
  }

  textarea.addEventListener('blur', close);
  textarea.addEventListener('click', update);
  list.addEventListener('mousedown', (event) => event.preventDefault()); // a tap on the list leaves the caret in the text

  return {
    update,
    onKey(key) {
      if (offered.length === 0) return false;
      switch (key) {
        case 'ArrowDown':
          mark(active + 1);
          return true;
        case 'ArrowUp':
          mark(active - 1);
          return true;
        case 'Tab':
          accept(offered[active]);
          return true;
        case 'Enter':
          // A command typed out in full is meant to be sent.
          if (wordsOf(offered[active]).includes(typed.query)) return false;
          accept(offered[active]);
          return true;
        case 'Escape':
          close();
          return true;
        case 'ArrowLeft':
        case 'ArrowRight':
          close();
          return false;
        default:
          return false;
      }
    },
  };
}
