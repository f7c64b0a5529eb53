import { byId, closable, h, showCount } from './dom.js';

const may = {
  supervisor: '可核查销号、退回、催办、代录',
  leader: '可批示、交办、决定延期',
  administrator: '管理人员、群和计划',
  auditor: '只读，可看全部记录',
  coordinator: '可对本计划开调度',
  liaison: '可为本单位报送',
};

/** What a person may do, in a few words; everybody may ask. */
export const whatMay = ({ roles }) => roles.map((role) => may[role]).find(Boolean) ?? '可查询';

const shades = 6;

/** Two characters tell units apart, one (县, 市) does not. */
export function paintAvatar(element, { name, unit }) {
  const shown = (unit ?? name).replace(/^[省市县区旗州盟]/u, '');
  element.textContent = [...shown].slice(0, 2).join('');
  const sum = [...shown].reduce((total, character) => total + character.codePointAt(0), 0);
  element.dataset.shade = unit ? String(sum % shades) : 'office';
  return element;
}

/** The list to choose from: offices and roles first, then liaisons by unit. */
export function peopleDialog({ people, onChoose, unreadOf }) {
  const dialog = closable(byId('people'));
  const search = byId('people-search');
  const list = byId('people-list');
  let current;

  const groups = [
    ['督查、领导和管理', people.filter(({ unit }) => !unit)],
    ['各单位', people.filter(({ unit }) => unit)],
  ];

  function row(person) {
    const badge = h('span', { class: 'badge', hidden: true });
    showCount(badge, unreadOf(person.name), '条单聊未读');
    return h(
      'button',
      {
        type: 'button',
        class: 'person',
        'aria-current': person.name === current ? 'true' : null,
        onclick: () => {
          dialog.close();
          onChoose(person);
        },
      },
      paintAvatar(h('span', { class: 'avatar', 'aria-hidden': 'true' }), person),
      h('span', { class: 'person-name' }, person.name),
      badge,
      h('span', { class: 'muted' }, whatMay(person)),
    );
  }

  function fill() {
    const wanted = search.value.trim();
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
    open(name) {
      current = name;
      search.value = '';
      fill();
      dialog.showModal();
      list.scrollTop = 0;
    },
  };
}
