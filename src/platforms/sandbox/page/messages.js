import { clockTime } from './dates.js';
import { h } from './dom.js';
import { endingOf, sizeText } from './files.js';
import { paintAvatar } from './people.js';
import { renderReply } from './reply.js';

const posted = '主动推送';

/** Draws entries of the conversation as `me` sees them. */
export function messageView({ me, personNamed, link, onButton, onResend }) {
  /** The last entry of each person: what was asked then may still be answered. */
  const asked = new Map();

  function message({ side, avatar, name, tag, at }, bubble) {
    return h(
      'article',
      { class: `message ${side}`, 'aria-label': `${name} ${clockTime(at)}` },
      avatar,
      h(
        'div',
        { class: 'message-body' },
        h(
          'p',
          { class: 'meta' },
          h('span', { class: 'meta-name' }, name),
          tag ? h('span', { class: 'tag' }, tag) : null,
          h('time', { datetime: at }, clockTime(at)),
        ),
        h('div', { class: 'bubble' }, ...[bubble].flat()),
      ),
    );
  }

  const fromBot = (reply, at, tag, mayAnswer) =>
    message(
      {
        side: tag === posted ? 'bot posted' : 'bot',
        avatar: h('span', { class: 'avatar', 'data-shade': 'bot', 'aria-hidden': 'true' }, '督办'),
        name: '督办助手',
        tag,
        at,
      },
      renderReply(reply, { link, onButton, mayAnswer }),
    );

  const fromPerson = (entry) =>
    message(
      {
        side: entry.user === me.name ? 'own' : 'other',
        avatar: paintAvatar(h('span', { class: 'avatar', 'aria-hidden': 'true' }), personNamed(entry.user)),
        name: entry.user,
        at: entry.at,
      },
      [entry.text === '' ? null : words(entry.text), ...entry.files.map(fileOf)],
    );

  const words = (text) =>
    text === null
      ? h('p', { class: 'plain-text muted' }, '（已拒收，内容没有保存）')
      : h('p', { class: 'plain-text' }, text);

  const fileOf = ({ name, size }) =>
    h(
      'div',
      { class: 'file' },
      h('span', { class: 'file-kind', 'aria-hidden': 'true' }, endingOf(name)),
      h('span', { class: 'file-name' }, name),
      h('span', { class: 'file-size muted' }, sizeText(size)),
    );

  const sendingText = ([first]) => (first ? `正在读《${first.name}》……` : '发送中……');

  function outcome(entry) {
    switch (entry.status) {
      case 'sending':
        return [h('p', { class: 'delivery muted' }, sendingText(entry.files))];
      case 'failed':
        return [
          h(
            'p',
            { class: 'delivery failed' },
            `发送失败：${entry.error}`,
            entry.again ? h('button', { type: 'button', onclick: () => onResend(entry) }, '重发') : null,
          ),
        ];
      default:
        return entry.replies.length > 0
          ? entry.replies.map((reply) => fromBot(reply, entry.at, '机器人', entry.user === me.name))
          : [h('p', { class: 'delivery muted' }, '已送达，督办助手不用回复')];
    }
  }

  /** A question lies open until the person says something else than a command. */
  function closeQuestion({ user, text }) {
    if (text === '' || /^\s*[/／]/u.test(text ?? '')) return;
    for (const button of asked.get(user)?.querySelectorAll('.reply-question button') ?? []) button.disabled = true;
  }

  return {
    render(entry) {
      if (entry.kind === 'posted') return h('div', { class: 'entry' }, fromBot(entry.reply, entry.at, posted, true));
      closeQuestion(entry);
      const element = h(
        'div',
        { class: 'entry' },
        fromPerson(entry),
        h('div', { class: 'outcome' }, ...outcome(entry)),
      );
      asked.set(entry.user, element);
      return element;
    },
    /** Only what follows the person's words changes, so that a screen reader reads only that. */
    update(element, entry) {
      element.querySelector('.outcome').replaceChildren(...outcome(entry));
      if (entry.text === null) element.querySelector('.message .bubble').replaceChildren(words(null));
    },
  };
}
