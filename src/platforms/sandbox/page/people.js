import { h, showCount } from './dom.js';

const verbsShown = 3;

/**
 * What a person may do, in a few words, from the commands that are open to them. What everybody may do goes without
 * saying.
 */
export function whatMay({ may }, people, commands) {
  const verbs = commands
    .filter(({ name }) => may.includes(name) && !people.every((other) => other.may.includes(name)))
    .map(({ verb }) => verb);
  const more = verbs.length > verbsShown ? '等' : '';
  return ['可查询', ...verbs.slice(0, verbsShown)].join('、') + more;
}

const shades = 6;

/** Two characters tell units apart, one (县, 市) does not. */
export function paintAvatar(element, { name, unit }) {
  const shown = (unit ?? name).replace(/^[省市县区旗州盟]/u, '');
  element.textContent = [...shown].slice(0, 2).join('');
  const sum = [...shown].reduce((total, character) => total + character.codePointAt(0), 0);
  element.dataset.shade = unit ? String(sum % shades) : 'office';
  return element;
}

/** The people to choose from: offices and roles first, then liaisons by unit. */
export function peopleList({ search, list, unreadOf, mayText, onChoose }) {
  let people = [];
  let current;

  function row(person) {
    const badge = h('span', { class: 'badge' });
    showCount(badge, unreadOf(person.name), '条单聊未读');
    const isMe = person.name === current;
    return h(
      'button',
      { type: 'button', class: 'person', 'aria-current': isMe ? 'true' : null, onclick: () => onChoose(person) },
      paintAvatar(h('span', { class: 'avatar', 'aria-hidden': 'true' }), person),
      h('span', { class: 'person-name' }, person.name),
      isMe ? h('span', { class: 'tag' }, '我') : badge,
      h('span', { class: 'person-may muted' }, mayText(person)),
    );
  }

  function fill() {
    const wanted = search.value.trim();
    const groups = [
      ['督查、领导和管理', people.filter(({ unit }) => !unit)],
      ['各单位', people.filter(({ unit }) => unit)],
    ];
    const sections = groups.flatMap(([title, members]) => {
      const found = members.filter(({ name, unit }) => `${name} ${unit ?? ''}`.includes(wanted));
      return found.length === 0
        ? []
        : [h('section', { 'aria-label': title }, h('h3', {}, title), ...found.map((person) => row(person)))];
    });
    list.replaceChildren(...(sections.length > 0 ? sections : [h('p', { class: 'muted' }, `没有找到“${wanted}”。`)]));
  }

  search.addEventListener('input', fill);

  return {
    show(everybody, name) {
      people = everybody;
      current = name;
      fill();
    },
    clearSearch() {
      if (search.value === '') return;
      search.value = '';
      fill();
      list.scrollTop = 0;
    },
  };
}
