import { byId, closable, h } from './dom.js';

/** All commands with their examples; an example goes into the composer. */
export function helpDialog({ commands, onExample }) {
  const dialog = closable(byId('help'));

  const example = (text) =>
    h(
      'button',
      {
        type: 'button',
        class: 'chip',
        onclick: () => {
          dialog.close();
          onExample(text);
        },
      },
      text,
    );

  byId('help-list').replaceChildren(
    ...commands.map(({ name, aliases, usage, summary, examples }) =>
      h(
        'li',
        {},
        h('h3', {}, `/${name}`, h('span', { class: 'aliases' }, aliases.join('　'))),
        h('p', {}, summary),
        h('p', { class: 'muted' }, `用法：${usage}`),
        h('div', { class: 'chips' }, ...examples.map(example)),
      ),
    ),
  );

  return { open: () => dialog.showModal() };
}
