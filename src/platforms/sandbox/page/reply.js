import { h } from './dom.js';
import { endingOf, sizeText } from './files.js';

/** Every reply has a plain form; the kinds known here are shown in their own. `link` makes nodes of the bot's words. */
export function renderReply(reply, { link, onButton, mayAnswer }) {
  return h(
    'div',
    { class: `reply reply-${reply.kind}` },
    ...contentOf(reply, link),
    buttons(reply, onButton, mayAnswer),
  );
}

function contentOf(reply, link) {
  switch (reply.kind) {
    case 'card':
      return [
        reply.title ? h('h3', {}, reply.title) : null,
        reply.fields?.length ? fields(reply.fields, link) : null,
        ...(reply.blocks ?? []).map((part) => block(part, link)),
      ];
    case 'table':
      return [
        reply.title ? h('h3', {}, reply.title) : null,
        table(reply.columns, reply.rows, link),
        reply.note ? h('p', { class: 'note' }, ...link(reply.note)) : null,
      ];
    case 'file':
      return [h('p', { class: 'plain-text' }, ...link(reply.text)), fileLink(reply)];
    default:
      return [h('p', { class: 'plain-text' }, ...link(reply.text))];
  }
}

function fileLink({ name, url, size }) {
  return h(
    'a',
    { class: 'file file-link', href: url, download: name },
    h('span', { class: 'file-kind', 'aria-hidden': 'true' }, endingOf(name)),
    h('span', { class: 'file-name' }, name),
    h('span', { class: 'file-size muted' }, size === null ? '下载' : `下载 ${sizeText(size)}`),
  );
}

function fields(list, link) {
  return h('dl', {}, ...list.map(({ label, value }) => h('div', {}, h('dt', {}, label), h('dd', {}, ...link(value)))));
}

function block(part, link) {
  switch (part.kind) {
    case 'section':
      return h(
        'h4',
        {},
        ...link(part.text),
        ...(part.mentions ?? []).map(({ name }) => h('span', { class: 'mention' }, `@${name}`)),
      );
    case 'items':
      return h('ul', {}, ...part.items.map((item) => h('li', { class: 'item' }, ...link(item))));
    default:
      return h('p', { class: part.kind }, ...link(part.text));
  }
}

// The roles are spelled out because the narrow form is no table to the browser any more (chat.css).
function table(columns, rows, link) {
  return h(
    'table',
    { role: 'table', class: columns.length > 3 ? 'wide' : null },
    h(
      'thead',
      { role: 'rowgroup' },
      h('tr', { role: 'row' }, ...columns.map((name) => h('th', { role: 'columnheader', scope: 'col' }, name))),
    ),
    h(
      'tbody',
      { role: 'rowgroup' },
      ...rows.map((cells) =>
        h(
          'tr',
          { role: 'row' },
          ...cells.map((cell, index) =>
            h('td', { role: 'cell', 'data-column': columns[index] }, ...link(String(cell ?? ''))),
          ),
        ),
      ),
    ),
  );
}

/** A question is answered once, by the person who was asked. */
function buttons({ kind, buttons: list }, onButton, mayAnswer) {
  if (!list?.length) return null;
  const disabled = kind === 'question' && !mayAnswer;
  return h(
    'div',
    { class: 'reply-buttons' },
    ...list.map(({ label, send }) => h('button', { type: 'button', disabled, onclick: () => onButton(send) }, label)),
  );
}
