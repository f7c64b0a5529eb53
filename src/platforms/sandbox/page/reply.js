import { h } from './dom.js';

/** Every reply has a plain form; the kinds known here are shown in their own. */
export function renderReply(reply, onButton) {
  return h('div', { class: `reply reply-${reply.kind}` }, ...contentOf(reply), buttons(reply.buttons, onButton));
}

function contentOf(reply) {
  switch (reply.kind) {
    case 'card':
      return [
        reply.title ? h('h3', {}, reply.title) : null,
        reply.fields?.length ? fields(reply.fields) : null,
        ...(reply.blocks ?? []).map(block),
      ];
    case 'table':
      return [
        reply.title ? h('h3', {}, reply.title) : null,
        table(reply.columns, reply.rows),
        reply.note ? h('p', { class: 'note' }, reply.note) : null,
      ];
    default:
      return [h('p', { class: 'plain-text' }, reply.text)];
  }
}

function fields(list) {
  return h('dl', {}, ...list.map(({ label, value }) => h('div', {}, h('dt', {}, label), h('dd', {}, value))));
}

function block(part) {
  switch (part.kind) {
    case 'section':
      return h(
        'h4',
        {},
        part.text,
        ...(part.mentions ?? []).map(({ name }) => h('span', { class: 'mention' }, `@${name}`)),
      );
    case 'items':
      return h('ul', {}, ...part.items.map((item) => h('li', { class: 'item' }, item)));
    default:
      return h('p', { class: part.kind }, part.text);
  }
}

// The roles are spelled out because the narrow form is no table to the browser any more (style.css).
function table(columns, rows) {
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
          ...cells.map((cell, index) => h('td', { role: 'cell', 'data-column': columns[index] }, String(cell ?? ''))),
        ),
      ),
    ),
  );
}

function buttons(list, onButton) {
  if (!list?.length) return null;
  return h(
    'div',
    { class: 'reply-buttons' },
    ...list.map(({ label, send }) => h('button', { type: 'button', onclick: () => onButton(send) }, label)),
  );
}
